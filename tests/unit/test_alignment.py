"""Where a recogniser's words stand in a text, and when a range of it was said."""

from __future__ import annotations

import pytest

from ccredact import Utterance, Word
from ccredact.core.alignment import Times, time_at, times_in, times_of
from ccredact.text.placing import Place, place, says

TIMES: Times = [(0, 4, 0.0, 0.4), (5, 7, 1.0, 1.5), (9, 12, None, 2.5), (13, 15, 3.0, None)]


def times_of_words(text: str, *words: Word) -> Times | None:
    return times_in(Utterance(text, words=words))


def test_words_are_found_in_order() -> None:
    assert times_of_words("no words") is None
    found = times_of_words("it's  it's, ok", Word("it's", 0.0, 0.5), Word(" it's, ", 1, 2), Word("ok"))
    assert found == [(0, 4, 0.0, 0.5), (6, 11, 1.0, 2.0), (12, 14, None, None)]
    assert times_of_words("a b", Word("a", "0.25", "0.5"), Word("b", None, "1")) == [
        (0, 1, 0.25, 0.5),
        (2, 3, None, 1.0),
    ]


def test_a_word_whose_place_is_not_sure_has_no_times() -> None:
    heard = [Word("card", 0, 1), Word("four", 1, 2), Word("one", 2, 3), Word("thanks", 3, 4)]
    assert times_of_words("Card 41. Thanks!", *heard) == [(0, 4, 0.0, 1.0), (9, 15, 3.0, 4.0)]


@pytest.mark.parametrize(
    ("text", "words", "places"),
    [
        ("a b", [], []),
        ("It is 42, OK?", ["it", "is", "four", "two", "ok?"],
         [Place(0, 2), Place(3, 5), Place(5, 10, sure=False), Place(5, 10, sure=False), Place(10, 13)]),
        ("well 42", ["42"], [Place(5, 7)]),
        (".1", [".", ".1"], [Place(0, 1), Place(1, 2)]),  # a mark is of one word
        ("42", ["well", "42"], [Place(0, 0, sure=False), Place(0, 2)]),
        ("so , yes", ["so", ",", "yes"], [Place(0, 2), Place(3, 4), Place(5, 8)]),
        ("41-11 ok", ["4111", "ok"], [Place(0, 6, sure=False), Place(6, 8)]),
    ],
)  # fmt: skip
def test_the_places_of_words_that_are_written_otherwise(text: str, words: list[str], places: list[Place]) -> None:
    assert place(text, words) == places


def test_a_text_says_words_when_letters_and_digits_are_the_same() -> None:
    assert says("It's 42, OK?", ["it's", "42", "ok"])
    assert not says("It's 42", ["it's", "4", "2"])


@pytest.mark.parametrize(("char", "time"), [(0, 0.0), (4, 0.0), (5, 1.0), (9, None), (13, 3.0), (99, 3.0)])
def test_the_time_of_a_character(char: int, time: float | None) -> None:
    assert time_at(TIMES, char) == time
    assert time_at(TIMES[1:], 0) is None


@pytest.mark.parametrize(
    ("start", "end", "times"),
    [
        (0, 4, (0.0, 0.4)),
        (0, 7, (0.0, 1.5)),
        (2, 6, (0.0, 1.5)),  # parts of words
        (4, 8, (1.0, 1.5)),  # a bracket on each side
        (9, 12, (None, 2.5)),
        (5, 15, (1.0, 2.5)),
        (7, 9, (1.5, None)),  # no word stands for it: it was said between two
        (7, 12, (1.5, 2.5)),
        (20, 22, (None, None)),
    ],
)
def test_the_times_of_a_range(start: int, end: int, times: tuple[float | None, float | None]) -> None:
    assert times_of(TIMES, start, end) == times


def test_words_that_overlap_begin_with_the_first_and_end_with_the_last() -> None:
    assert times_of([(0, 1, 1.0, 3.0), (2, 3, 2.0, 2.5), (4, 5, 0.5, 0.6)], 0, 5) == (0.5, 3.0)
