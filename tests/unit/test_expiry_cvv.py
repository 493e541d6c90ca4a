"""What the digits beside a card are."""

from __future__ import annotations

import pytest

from ccredact.detectors.cards.expiry_cvv import (
    card_before_data,
    is_expiry,
    is_likely_expiry,
    is_measured,
    parts_beside_card,
)
from ccredact.dialogue.kinds import CARD, CVV, EXPIRY
from digit_groups import groups_of, run_of, tokens

NOTHING: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("said", "strict", "loose"),
    [
        ("1227", True, True),
        ("12 27", True, True),
        ("12/2027", True, True),
        ("122099", True, True),
        ("1327", False, False),
        ("121999", False, False),
        ("3/27", True, True),
        ("three twenty seven", False, True),
        ("zero twenty seven", False, False),
        ("327", False, False),
    ],
)
def test_an_expiry_date(said: str, strict: bool, loose: bool) -> None:  # noqa: FBT001 - columns of the table
    groups = groups_of(said)
    assert (is_expiry(groups, loose=False), is_expiry(groups, loose=True)) == (strict, loose)


def test_a_date_that_nobody_asked_for_is_of_these_years() -> None:
    assert is_likely_expiry(groups_of("1227"))
    assert not is_likely_expiry(groups_of("1218"))
    assert not is_likely_expiry(groups_of("1250"))


@pytest.mark.parametrize(
    ("said", "wants", "parts"),
    [
        ("1227", NOTHING, [(EXPIRY, 0, 1)]),
        ("1227", {CVV}, [(CVV, 0, 1)]),
        ("march 27", NOTHING, [(EXPIRY, 0, 2)]),
        ("123", NOTHING, [(CVV, 0, 1)]),
        ("123", {EXPIRY}, [(EXPIRY, 0, 1)]),
        ("1227 123", NOTHING, [(EXPIRY, 0, 1), (CVV, 1, 2)]),
        ("123 12 27", NOTHING, [(CVV, 0, 1), (EXPIRY, 1, 3)]),
        ("27", {EXPIRY, CVV}, [(EXPIRY, 0, 1)]),
        ("27", NOTHING, []),
        ("123456", {EXPIRY}, [(CARD, 0, 1)]),
    ],
)
def test_the_parts_of_a_run_beside_a_card(said: str, wants: set[str], parts: list[tuple[str, int, int]]) -> None:
    assert parts_beside_card(run_of(said), wants=frozenset(wants), continued=False) == parts


def test_without_a_question_more_of_the_card_stands_right_behind_it() -> None:
    assert parts_beside_card(run_of("27"), wants=NOTHING, continued=True) == [(CARD, 0, 1)]


def test_a_card_that_is_read_on_into_its_data() -> None:
    card = card_before_data(run_of("4111 1111 1111 1111 1227 123"))
    assert card is not None
    assert card.digits == "4111111111111111"
    assert card_before_data(run_of("4111 1111 1111 1111 99")) is None


def test_a_quantity_is_told_by_the_word_behind_it() -> None:
    dollars, okay = tokens("dollars okay", first=1)
    assert is_measured(run_of("400"), dollars)
    assert not is_measured(run_of("400"), okay)
    assert not is_measured(run_of("400"), None)
    assert not is_measured(run_of("400 um"), dollars)
    assert is_measured(run_of("99 a"), okay)  # "ninety nine a month"
