"""Random calls that are hard on the engine: what detectors look for, cut, mixed and interrupted at random.

A call is a list of turns `(speaker, words)`; no two turns beside each other have one speaker. The words hold digits
in every form, phrases that announce numbers, fillers, corrections, units and other talk, so that runs, candidates and
expectations begin, end, cross turns and die everywhere.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from strategies import chance

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Turns = list[tuple[str | None, list[str]]]

UNITS = "zero one two three four five six seven eight nine oh".split()
BITS = (
    "double triple forty twenty ninety fifteen nineteen hundred thousand for to too ate won 4 41 4111 1111 4242 "
    "4111111111111111 371449635398431 0 12 09/27 10:30 $45.20 4111-1111-1111-1111 ４１１１ ٤١١١ 1,111 2026 99 uh "
    "um and then dash comma sorry no wait actually dollars minutes am percent th oh "
    "[noise] <unk> (coughs) [laughter-yes] {phone_ringing}"
).split()
CUES = (
    "card|card number is|the long number|sixteen digits|ending in|last four digits|security code|cvv|on the back|"
    "expiry date|expires|september of|my visa|payment|social security number|phone number|order number|"
    "is my card number|credit|what's the card number|and the expiry|valid thru"
).split("|")
TALK = "yes okay mm-hmm please thank you let me check that for you hold on a moment it's right there is".split()
SLIPS = ["uh", "and", "then", "sorry", "dash"]
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()


def cards(rng: random.Random) -> list[str]:
    """The words of a valid card in some spoken or written form, perhaps with a slip."""
    prefix = rng.choice(["4", "51", "2221", "34", "6011", "36", "3528", "62"])
    length = {"34": 15, "36": 14}.get(prefix, 16)
    digits = prefix + "".join(rng.choice("0123456789") for _ in range(length - len(prefix) - 1))
    digits += next(c for c in "0123456789" if _luhn(digits + c))
    if chance(rng, 15):
        at = rng.randrange(len(digits))
        digits = digits[:at] + rng.choice("0123456789") + digits[at + 1 :]
    return say(digits, rng)


def _luhn(digits: str) -> bool:
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def say(digits: str, rng: random.Random) -> list[str]:
    """Digits as words: figures in groups, digit by digit, doubled, in pairs."""
    form = rng.randrange(5)
    if form == 0:
        return [digits]
    if form == 1:
        return [digits[at : at + 4] for at in range(0, len(digits), 4)]
    out: list[str] = []
    at = 0
    while at < len(digits):
        pair = digits[at : at + 2]
        if len(pair) == 2 and pair[0] == pair[1] and form == 3:
            out += ["double", UNITS[int(pair[0])]]
            at += 2
        elif len(pair) == 2 and form == 4 and pair[0] in "23456789":
            out += [TENS[int(pair[0])]] + ([UNITS[int(pair[1])]] if pair[1] != "0" else [])
            at += 2
        else:
            out.append(UNITS[int(digits[at])])
            at += 1
        if chance(rng, 5):
            out.append(rng.choice(SLIPS))
    return out


def phrase(rng: random.Random) -> list[str]:
    """A few words of one sort."""
    sort = rng.randrange(20)
    if sort < 3:
        return [rng.choice(TALK) for _ in range(rng.randrange(1, 12))]
    if sort < 7:
        return [rng.choice(UNITS) for _ in range(rng.randrange(1, 8))]
    if sort < 11:
        return [rng.choice(BITS) for _ in range(rng.randrange(1, 4))]
    if sort < 15:
        return rng.choice(CUES).split()
    return cards(rng)


def term_in_talk(term: Sequence[str], between: Sequence[str], rng: random.Random) -> list[str]:
    """The words of a term, perhaps with another word among them, perhaps broken off."""
    words = list(term)
    if chance(rng, 30):
        words.insert(1 + rng.randrange(len(words)), rng.choice(between))
    return words[: 1 + rng.randrange(len(words))] if chance(rng, 30) else words


def turns_of(words: Callable[[random.Random], list[str]], rng: random.Random) -> Turns:
    """Some turns, of two speakers or of nobody who is known, each of several draws of `words`."""
    speakers = rng.choice([("a", "b"), ("a", "b"), (None, "b")])
    return [
        (speakers[number % 2], [word for _ in range(1 + rng.randrange(6)) for word in words(rng)])
        for number in range(1 + rng.randrange(5))
    ]


def turns(rng: random.Random) -> Turns:
    """A call."""
    choices: list[list[str | None]] = [["agent", "customer"], ["a", "b", "c"], ["only", None]]
    speakers = rng.choice(choices)
    out: Turns = []
    last: object = object()
    for _ in range(rng.randrange(1, 9)):
        speaker = rng.choice([s for s in speakers if s != last])
        last = speaker
        words = [word for _ in range(rng.randrange(1, 4)) for word in phrase(rng)]
        out.append((speaker, words))
    if chance(rng, 30):  # a card in groups, the other one answering
        said = cards(rng)
        cut = sorted(rng.sample(range(1, max(2, len(said))), min(len(said) - 1, rng.randrange(1, 4))))
        for start, end in zip([0, *cut], [*cut, len(said)], strict=True):
            part = said[start:end]
            out.append(("b", part))
            out.append(("a", rng.choice([["mm-hmm"], ["okay", "go", "on"], part])))
    merged: Turns = []
    for speaker, words in out:
        if merged and merged[-1][0] == speaker:
            merged[-1] = (speaker, merged[-1][1] + words)
        elif words:
            merged.append((speaker, words))
    return merged
