"""Lists of disclosures give the same however a call is cut: terms, what belongs to them, questions and answers."""

from __future__ import annotations

import random
from typing import Final

from hypothesis import given

import cuts
import talk
from ccredact import Redactor
from ccredact.detectors.disclosures.families import FAMILIES
from strategies import RANDOMS, made

REDACTOR = Redactor({"entities": {"SPECIAL_CATEGORY": "replace"}}, tagger=False)
CUTS: Final = 12
TERMS: Final = [sorted(family().terms) for family, _ in FAMILIES]
BETWEEN: Final = (
    "uh um and or the my your 5 2, $45.20 twenty dollars [PERSON] pin 4821 Pain. knee-pain (blue, xl) yesterday at in "
    "my metforman lisinopryl people with our team two three one"
).split()
PROMPTS: Final = (
    "any medications|how many kids do you have|what did you order|i bought|when did you buy|what's your pin|"
    "the card number is|any allergies"
).split("|")


def words(rng: random.Random) -> list[str]:
    kind = rng.randrange(6)
    if kind == 0:
        return [rng.choice(BETWEEN)]
    if kind == 1:
        return rng.choice(PROMPTS).split()
    if kind == 2:
        return [rng.choice(talk.TALK)]
    term = rng.choice(rng.choice(TERMS)).split()
    return talk.term_in_talk(term, BETWEEN, rng) if kind == 3 else term


def turns(rng: random.Random) -> talk.Turns:
    return talk.turns_of(words, rng)


@given(call=made(turns), rng=RANDOMS)
def test_disclosures_are_hidden_alike_however_a_call_is_cut(call: talk.Turns, rng: random.Random) -> None:
    whole = cuts.finished(call, REDACTOR)
    assert cuts.streamed(list(cuts.word_by_word(call)), REDACTOR) == whole
    for number in range(CUTS):
        cut = cuts.recut(call, rng)
        pieces = cuts.with_interims(cut, rng) if number % 2 else list(cut)
        assert cuts.streamed(pieces, REDACTOR) == whole, f"in these pieces:\n{cuts.shown(pieces)}"
