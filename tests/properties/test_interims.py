"""Interim safety: no frame of a growing, revised hypothesis shows a card that the call ends with."""

from __future__ import annotations

import random
import re

from hypothesis import given, settings
from hypothesis import strategies as st

import talk
from ccredact import Redactor, Segment, Utterance

REDACTOR = Redactor(tagger=False)
QUESTIONS = ("what's the card number", "can i take the long number across the front", "", "how can i help")
SOUNDS_LIKE = {
    "four": "for",
    "two": "to",
    "eight": "ate",
    "one": "won",
    "five": "hive",
    "nine": "line",
    "six": "sex",
}


def hypotheses(words: list[str], rng: random.Random) -> list[str]:
    """What a recogniser shows on its way: each frame some more words, the last ones often wrong."""
    frames = []
    at = 0
    while at < len(words):
        at = min(len(words), at + rng.randrange(1, 4))
        shown = list(words[:at])
        for place in range(max(0, at - 3), at):
            roll = rng.random()
            if roll < 0.15:
                shown[place] = SOUNDS_LIKE.get(shown[place], rng.choice(talk.UNITS))
            elif roll < 0.22:
                shown[place] = rng.choice(["people", "and", "the", "pizza", "4", "41"])
        if rng.random() < 0.1:
            shown = shown[: rng.randrange(len(shown) + 1)]
        frames.append(" ".join(shown))
    return frames


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


@settings(max_examples=max(1, settings.default.max_examples // 5 if settings.default else 100))
@given(seed=st.integers(0, 2**48))
def test_no_frame_shows_five_digits_of_a_card(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(100):
        words = talk.cards(rng)
        question = rng.choice(QUESTIONS)
        cued = (bool(question) and "card" in question) or "number" in question
        lead = rng.choice([["it's"], ["yeah", "it's"], [], ["sure", "so"]])
        call = REDACTOR.stream()
        call.push(Utterance(question, speaker="agent"))
        card = digits(" ".join(words)).replace(" ", "")
        frames = hypotheses([*lead, *words, "okay"], rng)
        shown = [s for frame in frames for s in call.push(Utterance(frame, speaker="c", id="1", is_final=False))]
        final = [*call.push(Utterance(" ".join([*lead, *words, "okay"]), speaker="c", id="1")), *call.close()]
        hidden = any(e.label.startswith("CREDIT_CARD") for s in final for e in s.entities)
        assert hidden or not cued
        if hidden:
            assert not any(shows_part_of(card, frame) for frame in shown)


@settings(max_examples=max(1, settings.default.max_examples // 5 if settings.default else 100))
@given(seed=st.integers(0, 2**48))
def test_no_frame_shows_a_digit_of_a_security_code(seed: int) -> None:
    rng = random.Random(seed)
    call = REDACTOR.stream()
    call.push(Utterance("my card number is 4242 4242 4242 4242", speaker="c"))
    call.push(Utterance("and the security code on the back", speaker="agent"))
    code = [rng.choice(talk.UNITS[:10]) for _ in range(3)]
    words = [*rng.choice([["it's"], ["yeah"], []]), *code, *rng.choice([["okay"], []])]
    for end in range(1, len(words) + 1):
        for segment in call.push(Utterance(" ".join(words[:end]), speaker="c", id="1", is_final=False)):
            assert not digits(segment.text).strip()
    final = [*call.push(Utterance(" ".join(words), speaker="c", id="1")), *call.close()]
    assert not digits("".join(segment.text for segment in final)).strip()
