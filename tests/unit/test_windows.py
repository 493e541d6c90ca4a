"""Where in a row of digit groups a card begins and ends, and what may still become one."""

from __future__ import annotations

import pytest

from ccredact.detectors.cards.windows import (
    Window,
    card_at_end,
    card_at_start,
    count_digits,
    digits_of,
    find_cards,
    first_open,
    five_by_four,
    is_part_of,
    is_usual_card,
    may_begin_card,
    most_digits,
    printed_rows,
    usual_length,
)
from ccredact.detectors.scores import UNCUED_SCORE
from ccredact.reasons import Reason
from digit_groups import groups_of

VISA, AMEX = "4111 1111 1111 1111", "3782 822463 10005"


def test_digits_are_counted_in_the_usual_and_in_the_longest_reading() -> None:
    groups = groups_of("forty two oh")
    assert (count_digits(groups), most_digits(groups), digits_of(groups)) == (3, 4, "420")


@pytest.mark.parametrize(
    ("said", "cards"),
    [
        (VISA, [(0, 4, "4111111111111111")]),
        (VISA.replace(" ", "-"), [(0, 4, "4111111111111111")]),
        (VISA.replace(" ", ""), [(0, 1, "4111111111111111")]),
        ("four " + "one " * 15, [(0, 16, "4111111111111111")]),
        (AMEX, [(0, 3, "378282246310005")]),
        (f"77 {VISA}", [(1, 5, "4111111111111111")]),
        (f"{VISA} 123", [(0, 4, "4111111111111111")]),
        ("4111 1111 1111 1112", []),  # the check digit is wrong
        ("9111 1111 1111 1111", []),  # of no issuer
        ("4111 1111", []),
        ("nine four " + "one " * 15, []),  # nothing begins inside digits that are read one by one
        ("411 1111, 1111-11111", []),  # written in pieces that are separated in two ways
    ],
)
def test_a_card_is_known_by_range_length_and_check_digit(said: str, cards: list[tuple[int, int, str]]) -> None:
    groups = groups_of(said)
    assert [(card.start, card.end, card.digits) for card in find_cards(groups)] == cards
    assert all(card_at_end(groups[:end]) is not None for _, end, _ in cards)


def test_a_card_may_be_said_in_another_reading() -> None:
    groups = groups_of("forty one " + "eleven " * 7)
    assert [card.digits for card in find_cards(groups)] == ["4111111111111111"]
    assert card_at_end(groups, usual=True) is not None
    other = groups_of("four one one one one one one one one one one one one one forty one")
    assert card_at_end(other, usual=True) is None


def test_the_longest_card_that_ends_with_the_groups_is_taken() -> None:
    groups = groups_of("4 " + VISA)
    hit = card_at_end(groups)
    assert hit is not None
    assert (hit.start, hit.end) == (1, 5)
    assert card_at_end(groups_of(f"{VISA} 12")) is None


@pytest.mark.parametrize(
    ("said", "end"),
    [(f"{VISA} 1227 123", 4), (VISA, None), (f"{VISA} {VISA}", None), ("4111 1111 1111 1112 123", None)],
)
def test_a_card_with_a_few_digits_behind_it(said: str, end: int | None) -> None:
    hit = card_at_start(groups_of(said))
    assert (None if hit is None else hit.end) == end


def test_the_usual_length_of_each_range() -> None:
    lengths = {usual_length(digits) for digits in ("34", "37")}, {usual_length(digits) for digits in ("30", "36", "38")}
    assert (*lengths, usual_length("4")) == ({15}, {14}, 16)
    assert is_usual_card(groups_of(VISA))
    assert not is_usual_card(groups_of("4222222222222"))  # a Visa of 13 digits


def test_what_is_printed_like_a_card() -> None:
    assert printed_rows(groups_of("1234 9111 2222 3333 4444")) == [(0, 5)]
    assert printed_rows(groups_of("12 9111 2222 3333 4444")) == [(1, 5)]
    assert printed_rows(groups_of("0000 0000 0000 0000")) == []
    assert printed_rows(groups_of("9111-2222 3333 4444")) == []
    assert five_by_four(groups_of("1234 9111 2222 3333 4444")) == [Window(0, 5, None, UNCUED_SCORE, Reason.FORM)]
    assert five_by_four(groups_of("9111 2222 3333 4444")) == []


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("four one", True),
        ("nine one", False),  # of no issuer
        ("4111", True),
        ("9111", False),
        ("forty", True),
        ("ninety five", False),
        ("four " + "one " * 17, True),
        ("four " + "one " * 22, False),  # longer than any card
    ],
)
def test_what_may_begin_a_card(said: str, begins: bool) -> None:  # noqa: FBT001 - a column of the table
    assert may_begin_card(groups_of(said), printed=False) is begins


def test_four_figures_may_be_a_card_that_is_misread() -> None:
    assert not may_begin_card(groups_of("9111"), printed=False)
    assert may_begin_card(groups_of("9111"), printed=True)
    assert may_begin_card(groups_of("9111 2222"), printed=True)


def test_from_where_on_a_row_is_open() -> None:
    assert first_open(groups_of("99 4111 11"), printed=False) == 1
    assert first_open(groups_of("99 90"), printed=False) is None
    assert first_open(groups_of(f"{VISA} 1227"), printed=False) == 0


@pytest.mark.parametrize(("said", "part"), [("one two", True), ("forty two", True), ("402", True), ("five", False)])
def test_digits_that_are_part_of_others(said: str, part: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_part_of(groups_of(said), "12 402") is part
