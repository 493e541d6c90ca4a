"""Interim safety: no frame of a growing, revised hypothesis shows a card that the call ends with."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Final

from hypothesis import given

import talk
from ccredact import Redactor, Segment, Utterance
from strategies import RANDOMS, chance

if TYPE_CHECKING:
    from collections.abc import Iterator

REDACTOR = Redactor(tagger=False)
READINGS: Final = 20
"""Cards that are read in an example, each in a call of its own: the 50,000 examples of the profile `thorough` make
50,000 x 20 = 1,000,000 cards."""
QUESTIONS = ("", "how can i help", "what's the card number", "can i take the long number across the front")
LEADS: list[list[str]] = [[], ["it's"], ["yeah", "it's"], ["sure", "so"]]
SOUNDS_LIKE = {
    "four": "for",
    "two": "to",
    "eight": "ate",
    "one": "won",
    "five": "hive",
    "nine": "line",
    "six": "sex",
}


def hypotheses(words: list[str], rng: random.Random) -> Iterator[str]:
    """What a recogniser shows on its way: each frame some more words, the last ones often wrong."""
    at = 0
    while at < len(words):
        at = min(len(words), at + 3 - rng.randrange(3))
        shown = list(words[:at])
        for place in range(max(0, at - 3), at):
            roll = rng.randrange(100)
            if roll >= 93:
                shown[place] = rng.choice(["people", "and", "the", "pizza", "4", "41"])
            elif roll >= 78:
                shown[place] = SOUNDS_LIKE.get(shown[place]) or rng.choice(talk.UNITS)
        if chance(rng, 10):
            shown = shown[: rng.randrange(len(shown) + 1)]
        yield " ".join(shown)


def digits(text: str) -> str:
    """The digits that can be read in `text`, anything else as a blank."""
    spoken = {"zero": "0", "oh": "0", **{word: str(n) for n, word in enumerate(talk.UNITS[:10])}}
    tens = {w: str(n) for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
    found = re.findall(r"[a-z]+|\d+|\S", text.lower())
    return "".join(word if word.isdigit() else spoken.get(word) or tens.get(word) or " " for word in found)


def shows_part_of(card: str, segment: Segment) -> bool:
    """Whether five digits that follow each other in the card can be read in the frame."""
    seen = digits(segment.text)
    return any(card[at : at + 5] in seen for at in range(len(card) - 4))


@given(rng=RANDOMS)
def test_no_frame_shows_five_digits_of_a_card(rng: random.Random) -> None:
    for _ in range(READINGS):
        question, lead, words = rng.choice(QUESTIONS), rng.choice(LEADS), talk.cards(rng)
        said = " ".join([*lead, *words, "okay"])
        card = digits(" ".join(words)).replace(" ", "")
        call = REDACTOR.stream()
        call.push(Utterance(question, speaker="agent"))
        frames = list(hypotheses(said.split(), rng))
        shown = [s for frame in frames for s in call.push(Utterance(frame, speaker="c", id="1", is_final=False))]
        final = [*call.push(Utterance(said, speaker="c", id="1")), *call.close()]
        hidden = any(e.label.startswith("CREDIT_CARD") for s in final for e in s.entities)
        assert hidden or "number" not in question, f"{question!r}: {said!r}"
        if hidden:
            for frame, segment in zip(frames, shown, strict=True):
                assert not shows_part_of(card, segment), f"{question!r}: {said!r}, when heard as {frame!r}"


@given(rng=RANDOMS)
def test_no_frame_shows_a_digit_of_a_security_code(rng: random.Random) -> None:
    call = REDACTOR.stream()
    call.push(Utterance("my card number is 4242 4242 4242 4242", speaker="c"))
    call.push(Utterance("and the security code on the back", speaker="agent"))
    code = [rng.choice(talk.UNITS[:10]) for _ in range(3)]
    words = [*rng.choice([[], ["it's"], ["yeah"]]), *code, *rng.choice([[], ["okay"]])]
    for end in range(1, len(words) + 1):
        for segment in call.push(Utterance(" ".join(words[:end]), speaker="c", id="1", is_final=False)):
            assert not digits(segment.text).strip(), words[:end]
    final = [*call.push(Utterance(" ".join(words), speaker="c", id="1")), *call.close()]
    assert not digits("".join(segment.text for segment in final)).strip(), words
