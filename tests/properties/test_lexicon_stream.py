"""A list detector gives the same however a call is cut: terms of several words, exceptions, answers, numbers beside."""

from __future__ import annotations

import random
from typing import Final

from hypothesis import given

import cuts
import talk
from allergies import OTHERS_OFF, AllergyDetector
from ccredact import Redactor
from strategies import RANDOMS, made

REDACTOR = Redactor(OTHERS_OFF, detectors=[AllergyDetector()], tagger=False)
CUTS: Final = 20
LEXICON = AllergyDetector()._lexicon
TERMS = sorted(LEXICON.terms)
WORDS = sorted({word for term in TERMS for word in term})
BETWEEN = "uh um and or the bergamot sesame [PERSON] pin 4821 Dust. Hay-fever nuts, tree? bergamot, [noise]".split()
PROMPTS = "any allergies|allergic to|your known allergies|what's your pin|the card number is".split("|")


def words(rng: random.Random) -> list[str]:
    kind = rng.randrange(6)
    if kind == 0:
        return [rng.choice(BETWEEN)]
    if kind == 1:
        return [rng.choice(WORDS)]
    if kind == 2:
        return rng.choice(PROMPTS).split()
    if kind == 3:
        return [rng.choice(talk.TALK)]
    return talk.term_in_talk(rng.choice(TERMS), BETWEEN, rng)


def turns(rng: random.Random) -> talk.Turns:
    return talk.turns_of(words, rng)


@given(call=made(turns), rng=RANDOMS)
def test_terms_are_hidden_alike_however_a_call_is_cut(call: talk.Turns, rng: random.Random) -> None:
    whole = cuts.finished(call, REDACTOR)
    assert cuts.streamed(list(cuts.word_by_word(call)), REDACTOR) == whole
    for number in range(CUTS):
        cut = cuts.recut(call, rng)
        pieces = cuts.with_interims(cut, rng) if number % 2 else list(cut)
        assert cuts.streamed(pieces, REDACTOR) == whole, f"in these pieces:\n{cuts.shown(pieces)}"
