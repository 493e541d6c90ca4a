"""Number words become groups of digits, with every reading that people use."""

from __future__ import annotations

import pytest

from ccredact.numbers.composer import LONGEST, MOST_READINGS, cardinal, readings_of
from digit_groups import groups_of


@pytest.mark.parametrize(
    ("parts", "digits"),
    [
        (("7",), "7"),
        (("40", "2"), "42"),
        (("2", "00"), "200"),
        (("2", "00", "40", "2"), "242"),
        (("2", "000", "9"), "2009"),
        (("2", "000", "5", "00", "40"), "2540"),
        (("45", "00"), "4500"),
        (("40", "12"), None),  # forty twelve
        (("4", "2"), None),
        (("00",), None),
        (("2", "00", "00"), None),
        (("2", "000", "000"), None),
        (("40", "0"), None),
        (("10", "2"), None),  # ten two
    ],
)
def test_what_english_says_as_one_cardinal(parts: tuple[str, ...], digits: str | None) -> None:
    assert cardinal(parts) == digits


@pytest.mark.parametrize(
    ("parts", "readings"),
    [
        (("4111",), ("4111",)),
        (("40", "2"), ("42", "402")),
        (("2", "000", "9"), ("2009", "20009")),
        (("45", "00"), ("4500",)),
        (("2", "00", "40", "2"), ("242", "2402", "20042", "200402")),
    ],
)
def test_every_cut_into_cardinals_is_a_reading_the_fewest_pieces_first(
    parts: tuple[str, ...], readings: tuple[str, ...]
) -> None:
    assert readings_of(parts) == readings
    assert len(readings_of(("2", "000", "5", "00", "40", "2"))) == MOST_READINGS


@pytest.mark.parametrize(
    ("said", "readings"),
    [
        ("four oh two", [("4",), ("0",), ("2",)]),
        ("forty two", [("42", "402")]),
        ("forty two two", [("42", "402"), ("2",)]),
        ("forty twelve", [("40",), ("12",)]),
        ("twenty oh", [("20",), ("0",)]),
        ("double four", [("44",)]),
        ("triple seven one", [("777",), ("1",)]),
        ("double double four", [("44",)]),  # the first one is a slip
        ("double twelve", [("1212", "12")]),  # as a rule a digit is said twice
        ("double five hundred", [("5500",)]),
        ("double five six", [("55",), ("6",)]),
        ("forty five hundred", [("4500", "40500")]),
        ("two thousand nine", [("2009", "20009")]),
        ("4 1 1", [("4",), ("1",), ("1",)]),
        ("4111 1111", [("4111",), ("1111",)]),
        ("9" * (LONGEST + 9), [("9" * LONGEST,)]),
    ],
)
def test_words_are_grouped_as_they_are_said(said: str, readings: list[tuple[str, ...]]) -> None:
    assert [group.readings for group in groups_of(said)] == readings


@pytest.mark.parametrize(
    ("said", "boundaries"),
    [
        ("four two oh", [True, False, False]),  # read digit by digit: nothing begins inside
        ("4 2 0", [True, False, False]),
        ("4 1111", [True, True]),
        ("1111 4", [True, True]),
        ("four um two", [True, True]),
        ("four, two", [True, True]),
        ("four-two", [True, False]),
        ("four 2", [True, True]),
    ],
)
def test_where_a_number_may_begin(said: str, boundaries: list[bool]) -> None:
    assert [group.is_boundary for group in groups_of(said)] == boundaries


def test_a_group_knows_its_words() -> None:
    one, two = groups_of("double four forty two", first=10)
    assert (one.first, one.last, two.first, two.last) == (10, 11, 12, 13)
    assert one.run_id == two.run_id == 10
