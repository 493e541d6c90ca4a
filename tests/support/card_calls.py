"""Random calls in which a card is read out over several turns, with the other speaker talking in between.

The customer reads the number in any form, slips, corrects and starts again; the agent answers with anything from
"okay" to a hundred words of small talk with amounts, dates and times in it, reads back groups, the whole or the last
four. Every piece says which digits of the card it stands for (`card_numbers`).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from brand_table import ROWS, UNCUED, number_of
from card_numbers import FORMS, Piece, Pieces, Turn, plain, unit

if TYPE_CHECKING:
    import random

ASKS = (
    "could I take the long number on the front of your card please",
    "what's the card number please",
    "can you read me your card number whenever you're ready",
    "and which card are we charging, go ahead with the number on it",
    "I'll need the sixteen digit number across the front of the card",
    "to take that payment I just need your credit card number",
    "alright what's your debit card number",
)
INTROS = (
    "", "", "", "sure it's", "okay so it's", "yeah it is", "right, that's", "the number is", "okay ready, it's",
    "let me get it out, okay",
)  # fmt: skip
SHORT_ANSWERS = (
    "mm-hmm go on", "okay got that", "yes go ahead", "right, and then", "okay next ones please", "yep I'm with you",
    "got it, carry on", "uh-huh what's next", "perfect, keep going", "okay thank you and the next part",
)  # fmt: skip
SMALL_TALK = (
    "bear with me the screen is loading", "sorry my computer is a little slow this afternoon",
    "that comes to forty five dollars and twenty cents by the way", "your order was placed on the third of march",
    "it should be with you by ten thirty tomorrow morning", "the total is $129.99 including the delivery",
    "we are open until 5:30 on weekdays", "I see you have been with us for seven years now",
    "is it still raining over there", "we had about two inches of snow on sunday",
    "that offer runs until the 15th of June", "it is two pairs of shoes and one jacket",
    "I can give you ten percent off that today", "the refund takes three to five business days",
    "let me just move this window out of the way", "the delivery window is between nine and eleven am",
    "you'll get an email about that in twenty minutes", "there are only four left in that color",
    "my daughter has the very same one and she loves it", "it normally costs eighty nine pounds a year",
    "that was back in 2019 if I remember correctly", "sorry somebody was talking behind me just then",
)  # fmt: skip
SLIPS = ("no", "no sorry", "sorry", "wait", "I mean", "no wait", "oops", "sorry I meant", "actually no", "correction")
RESTARTS = (
    "sorry let me start again",
    "hang on, let me start over",
    "no wait, from the beginning",
    "sorry I'll do that again",
)
READ_BACKS = (
    "let me read that back, {}",
    "so I have {} is that right",
    "okay so that's {}",
    "just to confirm {} correct",
)
LAST_FOURS = ("okay so that's the card ending in {}", "so the last four are {}", "and it ends in {} correct")
CLOSINGS = ("yes that's right", "yep that's correct thank you", "that's the one", "correct")


def sliced(pieces: Pieces, start: int) -> Pieces:
    """Move the places of a part's digits to where the part stands in the number."""
    return [Piece(piece.text, tuple(at + start for at in piece.at)) for piece in pieces]


def read(digits: str, start: int, end: int, rng: random.Random) -> Pieces:
    """Say the digits `[start, end)` of a number in some form."""
    form = FORMS[rng.choices(tuple(FORMS), (4, 4, 2, 2, 6, 4, 3, 3))[0]]
    return sliced(form(digits[start:end], rng), start)


def slip(digits: str, start: int, end: int, rng: random.Random) -> Pieces:
    """Say one or two digits wrong, then what a caller says to correct, then the right ones.

    What was said wrong stands for the digits that it happens to name.
    """
    count = rng.randint(1, min(4, end - start))
    right = digits[start : start + count]
    wrong = right[::-1] if rng.random() < 0.5 else rng.choice("0123456789".replace(right[0], "")) + right[1:]
    said = [Piece(unit(digit, rng), (start + at,) if digit == right[at] else ()) for at, digit in enumerate(wrong)]
    return said + plain(rng.choice(SLIPS)) + [Piece(unit(d, rng), (start + at,)) for at, d in enumerate(right)]


def between(rng: random.Random) -> Pieces:
    """Give the other speaker's 3 to 120 words."""
    words = plain(rng.choice(SHORT_ANSWERS))
    if rng.random() < 0.5:
        return words
    wanted = rng.choice((10, 20, 40, 80, 120))
    while len(words) < wanted:
        words += plain(rng.choice(SMALL_TALK))
    return words[:120]


def cuts(count: int, parts: int, rng: random.Random) -> list[int]:
    """Where a number of `count` digits is cut into at most `parts`: between groups of four, or anywhere."""
    places = list(range(4, count, 4)) if rng.random() < 0.6 else list(range(2, count - 1))
    return [0, *sorted(rng.sample(places, min(parts - 1, len(places)))), count]


def agent_turn(digits: str, start: int, end: int, rng: random.Random) -> Turn:
    """Answer a part of the number: talk, or read it back."""
    if rng.random() < 0.2:
        lead, tail = rng.choice((("", "yes go on"), ("okay", ""), ("", "mm-hmm and then"), ("got", "what's next")))
        return Turn("agent", plain(lead) + read(digits, start, end, rng) + plain(tail))
    return Turn("agent", between(rng))


def with_pieces(frame: str, pieces: Pieces) -> Pieces:
    before, _, after = frame.partition("{}")
    return plain(before) + pieces + plain(after)


def card_call(rng: random.Random) -> tuple[str, list[Turn]]:
    """Make a call: the card's digits and its turns."""
    row = rng.choice(ROWS) if rng.random() < 0.5 else rng.choice(ROWS[:4])
    digits = number_of(row, rng.choice(row.lengths), rng)
    places = cuts(len(digits), rng.randint(1, 6), rng)
    turns = [Turn("agent", plain(rng.choice(SMALL_TALK) + " " + rng.choice(ASKS)))]
    last = len(places) - 2
    restart = rng.randint(0, last) if rng.random() < 0.1 else -1
    for number, (start, end) in enumerate(pairwise(places)):
        said = plain(rng.choice(INTROS)) if number == 0 else []
        if rng.random() < 0.15:
            middle = rng.randrange(start, end)
            said += read(digits, start, middle, rng) if middle > start else []
            said += slip(digits, middle, end, rng)
            middle = max(at for piece in said for at in piece.at) + 1
            said += read(digits, middle, end, rng) if middle < end else []
        else:
            said += read(digits, start, end, rng)
        if number == restart:
            said += plain(rng.choice(RESTARTS)) + read(digits, 0, end, rng)
        turns.append(Turn("customer", said))
        if number < last:
            turns.append(agent_turn(digits, start, end, rng))
    ending = rng.random()
    if ending < 0.3:
        turns.append(Turn("agent", with_pieces(rng.choice(READ_BACKS), read(digits, 0, len(digits), rng))))
    elif ending < 0.6:
        four = read(digits, len(digits) - 4, len(digits), rng)
        turns.append(Turn("agent", with_pieces(rng.choice(LAST_FOURS), four)))
    if ending < 0.6:
        turns.append(Turn("customer", plain(rng.choice(CLOSINGS))))
    turns.append(Turn("agent", plain(rng.choice(SMALL_TALK))))
    return digits, turns


def bare_call(rng: random.Random) -> tuple[str, list[Turn]]:
    """Make a call in which nothing announces the number: valid, in clean printed groups, short answers between."""
    row = rng.choice(UNCUED) if rng.random() < 0.5 else rng.choice(UNCUED[:4])
    digits = number_of(row, rng.choice(row.lengths), rng)
    form = FORMS[rng.choice(("spaced", "singles", "words", "doubled", "pairs"))]
    edges = list(range(4, len(digits) - 1, 4))
    picked = sorted(rng.sample(edges, min(rng.randint(0, 5), len(edges))))
    places = [0, *picked, len(digits)]
    turns = [Turn("agent", plain("go ahead whenever you are ready"))]
    for start, end in pairwise(places):
        turns.append(Turn("customer", sliced(form(digits[start:end], rng), start)))
        turns.append(Turn("agent", plain(rng.choice(SHORT_ANSWERS))))
    return digits, turns
