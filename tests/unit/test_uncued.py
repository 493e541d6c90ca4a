"""What a number or code is that nobody asked for."""

from __future__ import annotations

import pytest

from ccredact.detectors.identifiers.uncued import (
    is_amount,
    is_amount_with_letters,
    is_iban,
    uncued_label,
)
from read_runs import run_of, token_of


@pytest.mark.parametrize(("run", "label"), [
    ("123-45-6789", "US_SSN"),
    ("912-70-1234", "US_ITIN"),
    ("212 555 0123", "PHONE_NUMBER"),
    ("12345678", "NUMBER"),
    ("4127", "NUMBER"),
    ("1985", ""),  # a year
    ("4000", ""),
    ("about|4127", ""),
    ("412", ""),
    ("four one two seven", "NUMBER"),
    ("forty one twenty seven", "NUMBER"),
    ("twelve thirty four", ""),
    ("sw1a 1aa", "POSTCODE"),
    ("1hgcm82633a004352", "VEHICLE_ID"),
    ("gb29 nwbk 6016 1331 9268 19", "IBAN_CODE"),
    ("gb28 nwbk 6016 1331 9268 19", "NUMBER"),  # its check digits are wrong
    ("k o f o", "PERSON"),
    ("hotel 150", ""),
    ("k 7 q 4 z", "NUMBER"),
    ("k 7", ""),
])  # fmt: skip
def test_a_run_is_known_by_its_form(run: str, label: str) -> None:
    assert uncued_label(run_of(run)) == label


@pytest.mark.parametrize(("run", "behind", "amount"), [
    ("$ 45", "", True),
    ("45", "", False),
    ("45", "dollars", True),
    ("45", "chairs", False),
    ("45 uh", "dollars", False),  # the filler stands between them
    ("4512345", "days", False),  # so many digits are no amount
    ("10:30", "", True),
    ("at|five thirty", "", True),
    ("at|5 3 0 1", "", False),
    ("at|five three oh", "", False),
    ("june|23 2018", "", True),
    ("23", "june", True),
    ("234", "june", False),
    ("1,200.99", "", True),
    ("4.5", "", True),
    ("45/67", "", True),
    ("six p m", "", True),
    ("2024-05-01", "", True),
    ("two hundred", "", True),
    ("four one five", "number", False),
])  # fmt: skip
def test_amounts_times_and_dates_are_told_from_identifiers(run: str, behind: str, *, amount: bool) -> None:
    assert is_amount(run_of(run), token_of(behind)) is amount


@pytest.mark.parametrize(("run", "plain"), [("six p m", True), ("45", True), ("k 45", False), ("45 k x", False)])
def test_letters_of_an_amount_are_no_code(run: str, *, plain: bool) -> None:
    assert is_amount_with_letters(run_of(run)) is plain


def test_an_iban_needs_its_length_and_its_check_digits() -> None:
    assert is_iban("gb29nwbk60161331926819")
    assert not is_iban("gb29nwbk6016133192681")
    assert not is_iban("gb29nwbk60161331926818")
