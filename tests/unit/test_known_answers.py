"""Answers that are known for the rest of a call: which are kept when there are too many."""

from __future__ import annotations

import pytest

from ccredact.dialogue.known_answers import MOST, NOTHING_KNOWN


@pytest.mark.parametrize("kind", ["PIN", "CVV", "CARD"])
def test_what_is_most_secret_is_forgotten_last(kind: str) -> None:
    known = NOTHING_KNOWN.with_answer(kind, "482916")
    for number in range(2 * MOST):
        known = known.with_answer("ORDER_NUMBER", f"{7_310_000 + 97 * number}")
    assert known.kind_of("482916") == kind
    assert known.kind_of("7310000") == ""


def test_of_answers_of_one_kind_the_oldest_is_forgotten() -> None:
    known = NOTHING_KNOWN
    for number in range(MOST + 1):
        known = known.with_answer("PIN", f"{7_310_000 + 97 * number}")
    assert known.kind_of("7310000") == ""
    assert known.kind_of(f"{7_310_000 + 97}") == "PIN"
    assert known.kind_of(f"{7_310_000 + 97 * MOST}") == "PIN"
