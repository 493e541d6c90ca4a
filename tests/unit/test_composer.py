"""Number words become groups of digits, with every reading that people use."""

from __future__ import annotations

import pytest

from ccredact.lang.en.cardinals import VALUES
from ccredact.lang.en.words import CLASSES, other_classes
from ccredact.numbers.composer import LONGEST, MOST_READINGS, cardinal, combined, read_words, readings_of
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
        (("8", "000000", "4", "00", "70", "1", "000", "2", "00", "3"), "8471203"),
        (("2", "00", "000000", "5"), "200000005"),
        (("1", "000000000"), "1000000000"),
        (("5", "000", "000000"), None),  # five thousand million
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
        (("6", "0s"), ("000000", "60", "600", "6000")),
        (("12", "2s"), ("2" * 12, "122", "1222", "12222")),
        (("0s",), ("0", "00", "000")),
        (("1", "0s"), ("10", "100", "1000")),  # one is no count
        (("40", "2s"), ("42", "402", "4022", "40222")),
        (("40", "2", "0s"), ("4000", "420", "4200", "42000")),
    ],
)
def test_every_cut_into_cardinals_is_a_reading_the_fewest_pieces_first(
    parts: tuple[str, ...], readings: tuple[str, ...]
) -> None:
    assert readings_of(parts) == readings
    assert len(readings_of(("2", "000", "5", "00", "40", "2"))) == MOST_READINGS


def test_what_is_no_number_is_read_one_by_one() -> None:
    assert readings_of(("00", "2")) == ("002",)


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
        ("five six zeros", [("5",), ("000000", "60", "600", "6000")]),
        ("two nines three zeros", [("99", "29", "299", "2999"), ("000", "30", "300", "3000")]),
        ("3 zeros four", [("000", "30", "300", "3000"), ("4",)]),
        ("4512 zeros", [("4512",), ("0", "00", "000")]),
        ("double zeros", [("00",)]),
        ("eight hundred five", [("805", "8005")]),
        ("eight hundred five five", [("8005", "805"), ("5",)]),  # one by one
        ("eight hundred five double six", [("8005", "805"), ("66",)]),
        ("eight hundred five 55", [("805", "8005"), ("55",)]),
        ("two million 350 thousand 12", [("2350012", "235000012", "2000000350012", "200000035000012")]),
    ],
)
def test_words_are_grouped_as_they_are_said(said: str, readings: list[tuple[str, ...]]) -> None:
    assert [group.readings for group in groups_of(said)] == readings


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("two thousand and six", ["2006"]),
        ("nineteen hundred and fifty four", ["1954"]),
        ("nineteen fifty four", ["19", "54"]),
        ("twenty oh six", ["20", "0", "6"]),
        ("ends in four two of the 12b", ["4", "2", "12"]),
        ("for four to two", ["", "4", "", "2"]),  # words that sound like a digit are words first
        ("the account is closed", []),
        ("triple nine and eight hundred five six", ["999", "8005", "6"]),
    ],
)
def test_the_numbers_of_a_text_are_read_in_their_usual_way(said: str, digits: list[str]) -> None:
    words = [(key, CLASSES.get(key) or other_classes(key)) for key in said.split()]
    assert [readings[0] for readings in read_words(words, VALUES)] == digits


@pytest.mark.parametrize(
    ("readings", "together"),
    [
        ([], ("",)),
        ([("42", "402"), ("7",)], ("427", "4027")),
        ([("42", "402"), ("", "8"), ("65", "605")], ("4265", "42605", "42865", "40265")),
        ([("1", "11"), ("1", "11")], ("11", "111", "1111")),
    ],
)
def test_groups_together_are_read_in_the_usual_way_first(
    readings: list[tuple[str, ...]], together: tuple[str, ...]
) -> None:
    assert combined(readings) == together


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
