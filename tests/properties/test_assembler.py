"""Turns from segments: each whole, once, in the order in which they were said."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given

import cuts
import talk
from ccredact import Redactor, Utterance
from ccredact.live.assembler import Assembler
from strategies import RANDOMS, made

if TYPE_CHECKING:
    import random

REDACTOR = Redactor(tagger=False)


def test_a_turn_waits_for_its_held_words_and_for_those_before_it() -> None:
    call, turns = REDACTOR.stream(), Assembler()
    out = []
    for utterance in [
        Utterance("so it is 4242 4242 4242", "c"),
        Utterance("okay", "a"),
        Utterance("4242", "c"),
        Utterance("thanks", "c"),
    ]:
        turns.expect(utterance)
        out.append([(turn.speaker, turn.text) for turn in turns.add(call.push(utterance))])
    assert out[:2] == [[], []]
    assert [turn for given in out for turn in given] == [("c", "so it is [CREDIT_CARD]"), ("a", "okay")]
    assert [(turn.speaker, turn.text) for turn in turns.end(call.close())] == [("c", "[CREDIT_CARD] thanks")]


@given(call=made(talk.turns), rng=RANDOMS)
def test_turns_are_those_of_the_finished_call(call: talk.Turns, rng: random.Random) -> None:
    pieces = cuts.with_interims(cuts.recut(call, rng), rng)
    finals = [piece for _, piece in pieces if piece.is_final]
    stream, turns = REDACTOR.stream(), Assembler()
    found = []
    for _, piece in pieces:
        turns.expect(piece)
        found += turns.add(stream.push(piece))
    found += turns.end(stream.close())
    texts = [segment.text for turn in found for segment in turn.utterances]
    assert texts == [segment.text for segment in REDACTOR.redact_call(finals)]
    assert all(one.speaker != other.speaker for one, other in pairwise(found))
