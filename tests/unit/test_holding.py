"""What is held is held within the policy's bounds, whatever is said."""

from __future__ import annotations

import pytest

from ccredact import Redactor, Utterance
from ccredact.policy import Hold

REDACTOR = Redactor()
HELD_WORDS = Hold().words


@pytest.mark.parametrize("said", ["double", "double triple", "double um", "double [noise]", "treble no wait double"])
def test_a_multiplier_that_never_gets_its_digit_is_not_held(said: str) -> None:
    call, words = REDACTOR.stream(), len(said.split())
    held = 0
    for _ in range(3 * HELD_WORDS // words):
        released = call.push(Utterance(said, "a"))
        held += words - sum(len(segment.text.split()) for segment in released)
        assert held <= 2 * words
    call.close()
