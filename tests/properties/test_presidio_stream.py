"""A user's Presidio recogniser in a stream: it reads windows of words, and finds the same however a call is cut."""

from __future__ import annotations

import random
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cuts
import talk
from ccredact import Utterance
from pet_tags import needs_presidio, redactor
from strategies import RANDOMS, chance, made

pytestmark = pytest.mark.extras
FORMS = "tag Tag-7 x-ray TAG and 7 71 the collar, (blue) is one; two. café tag: it's 12".split()
CUTS: Final = 5
"""Ways in which a call is cut, every second one with interims."""


def turns(rng: random.Random) -> talk.Turns:
    """Turns of words that are part of an entity, or not, with all that may stand between two words."""
    return [
        ("ab"[number % 2], [rng.choice(talk.UNITS if chance(rng, 20) else FORMS) for _ in range(rng.randrange(1, 30))])
        for number in range(rng.randrange(1, 5))
    ]


@needs_presidio
@given(call=made(turns), rng=RANDOMS, words=st.sampled_from([3, 7, 12, 60]))
def test_a_call_is_hidden_alike_however_windows_are_cut(call: talk.Turns, rng: random.Random, words: int) -> None:
    made = redactor(words=words, policy={"entities": {"PERSON": "replace"}})
    whole = cuts.finished(call, made)
    for number in range(CUTS):
        pieces = []
        for turn, piece in cuts.recut(call, rng):
            if number % 2:
                pieces.append((turn, Utterance(f"{piece.text} tag 7", speaker=piece.speaker, is_final=False)))
            pieces.append((turn, piece))
        assert cuts.streamed(pieces, made) == whole, f"in these pieces:\n{cuts.shown(pieces)}"
