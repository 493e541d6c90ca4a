"""Which digits are a year."""

from __future__ import annotations

import pytest

from ccredact.numbers.years import is_year, year_of


@pytest.mark.parametrize(("digits", "year"), [
    ("1899", False), ("1900", True), ("2035", True), ("2036", False), ("19850", False), ("198", False), ("19a5", False),
])  # fmt: skip
def test_a_year_is_one_that_people_talk_of(digits: str, *, year: bool) -> None:
    assert is_year(digits) is year


@pytest.mark.parametrize(("digits", "year"), [
    ("1968", 1968), ("68", 1968), ("30", 1930), ("29", 2029), ("04", 2004), ("1868", 0), ("5", 0), ("195", 0), ("", 0),
    ("x5", 0),
])  # fmt: skip
def test_two_digits_of_a_date_are_a_year_of_this_century_or_the_last(digits: str, year: int) -> None:
    assert year_of(digits) == year
