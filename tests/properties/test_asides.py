"""Texts beside a running call: redacted as if the finished call went on with them, and without a trace in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

import cuts
import talk
from ccredact import Redactor, Utterance
from strategies import RANDOMS, made
from streams import by_utterance

if TYPE_CHECKING:
    import random

REDACTOR = Redactor(tagger=False)
CALLS = made(talk.turns)


@given(call=CALLS, beside=CALLS, rng=RANDOMS)
def test_a_text_beside_a_call_is_what_it_is_behind_it(call: talk.Turns, beside: talk.Turns, rng: random.Random) -> None:
    finals = [utterance for _, utterance in cuts.recut(call, rng)]
    texts = [Utterance(" ".join(words), f"\0{at}", f"\0{at}") for at, (_, words) in enumerate(beside)]
    stream = REDACTOR.stream()
    segments = []
    at = rng.randrange(len(finals) + 1)
    for number, final in enumerate([*finals, None]):
        if number == at:
            got = by_utterance(stream.aside(texts))
            expected = REDACTOR.redact_call([*finals[:number], *texts])[number:]
            assert ["".join(piece.text for piece in got[f"\0{n}"]) for n in range(len(texts))] == [
                one.text for one in expected
            ]
        if final is not None:
            segments += stream.push(final)
    segments += stream.close()
    pieces = by_utterance(segments)
    texts_of = ["".join(piece.text for piece in pieces[str(number)]) for number in range(len(finals))]
    assert texts_of == [segment.text for segment in REDACTOR.redact_call(finals)]
