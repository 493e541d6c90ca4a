"""With which words a run begins, goes on and pauses, and which may lead it."""

from __future__ import annotations

import pytest

from ccredact.detectors.identifiers.beginnings import (
    begins_email,
    begins_run,
    chains_prefix,
    is_prefix,
    may_be_misheard,
    may_be_misread_code,
    may_be_prefix,
    word_before,
)
from ccredact.detectors.identifiers.going_on import continues_run, pauses_run
from ccredact.detectors.identifiers.half_day import ends_half_day
from ccredact.detectors.identifiers.held_word import HeldWord
from ccredact.dialogue.expected_answer import ExpectedAnswer
from read_runs import asked, cued, run_of, tokens_of


@pytest.mark.parametrize(("before", "word"), [
    ("so my code is", "is"), ("my father is", "he's"), ("is", "is"), ("", ""),
])  # fmt: skip
def test_a_relative_stands_for_he(before: str, word: str) -> None:
    assert word_before(tuple(before.split())) == word


@pytest.mark.parametrize(("word", "before", "question", "begins"), [
    ("four", "", None, True),
    ("4g7", "", None, True),
    ("k", "", None, True),
    ("s", "it", None, False),  # "it's" was cut
    ("a", "", None, False),
    ("a", "", asked("POLICY_NUMBER"), True),
    ("tango", "", None, True),
    ("tango", "", asked("PASSWORD"), False),
    ("march", "", None, False),
    ("march", "", asked("DATE_OF_BIRTH"), True),
    ("sltivabu", "is", cued("BOOKING_REFERENCE", 2), True),
    ("sltivabu", "is", cued("BOOKING_REFERENCE", 2, weak=True), False),
    ("sltivabu", "is", asked("BOOKING_REFERENCE"), False),
    ("hello", "", None, False),
])  # fmt: skip
def test_words_with_which_a_run_begins(
    word: str, before: str, question: ExpectedAnswer | None, *, begins: bool
) -> None:
    assert begins_run(tokens_of(word)[0], before, question) is begins


@pytest.mark.parametrize(("run", "word", "question", "goes_on"), [
    ("4111", "22", None, True),
    ("4111", "$22", None, False),
    ("4111", "hundred", None, True),
    ("4111", "k", None, True),
    ("4111", "k. k", None, True),
    ("4111", "a", None, False),
    ("41 k", "a", None, True),
    ("41", "xq", None, True),
    ("41", "lamp", None, False),
    ("3", "may", asked("DATE_OF_BIRTH"), True),
    ("3", "may", None, False),
    ("b33", "8th", None, True),
    ("40", "9tb", asked("POLICY_NUMBER"), True),
    ("40", "9tb", None, False),
    ("t for", "tommy", None, True),
    ("5 for", "the", None, False),
    ("gb29", "nwbk", None, True),
])  # fmt: skip
def test_words_with_which_a_run_goes_on(run: str, word: str, question: ExpectedAnswer | None, *, goes_on: bool) -> None:
    assert continues_run(run_of(run, question), tokens_of(word)[0]) is goes_on


@pytest.mark.parametrize(("run", "word", "question", "pauses"), [
    ("4111", "uh", None, True),
    ("4111", "dash", None, True),
    ("4111 uh um er ah", "uh", None, False),
    ("1000", "to", None, False),  # two numbers
    ("one", "to", None, True),  # "one to three" may be 1 2 3
    ("t", "for", None, True),
    ("t as", "in", None, True),
    ("4111", "in", None, False),
    ("3", "of", asked("DATE_OF_BIRTH"), True),
    ("2000", "and", asked("DATE_OF_BIRTH"), True),
    ("1998", "and", asked("DATE_OF_BIRTH"), False),
    ("4111", "house", None, False),
    ("4 x 9", "i", None, True),
])  # fmt: skip
def test_words_that_may_stand_inside_a_run(
    run: str, word: str, question: ExpectedAnswer | None, *, pauses: bool
) -> None:
    assert pauses_run(run_of(run, question), tokens_of(word)[0]) is pauses


@pytest.mark.parametrize(("word", "question", "held"), [
    ("plus", None, True),
    ("bery", None, True),
    ("the", None, False),
    ("the", cued("POSTCODE"), True),
    ("box", None, True),
    ("boxes", None, False),
    ("march", cued("POLICY_NUMBER"), False),
    ("he", asked("POSTCODE"), True),  # "e"
])  # fmt: skip
def test_words_that_are_held_for_a_number(word: str, question: ExpectedAnswer | None, *, held: bool) -> None:
    assert may_be_prefix(tokens_of(word)[0], question) is held


@pytest.mark.parametrize(("held", "word", "question", "belongs"), [
    ("plus", "44", None, True),
    ("bery", "45", None, True),
    ("bery", "forty", None, False),
    ("bery", "forty", asked("POLICY_NUMBER"), True),
    ("berylla", "45", None, False),
    ("jfkow", "58", asked("POLICY_NUMBER"), False),
    ("jfkow", "58", cued("POLICY_NUMBER"), True),
    ("jfkow", ", 58", cued("POLICY_NUMBER"), False),
    ("april", "3", asked("DATE_OF_BIRTH"), True),
    ("", "4", None, False),
])  # fmt: skip
def test_words_that_belong_to_the_run_behind_them(
    held: str, word: str, question: ExpectedAnswer | None, *, belongs: bool
) -> None:
    assert is_prefix(HeldWord(0, held), tokens_of(word)[0], question) is belongs


@pytest.mark.parametrize(("word", "before", "question", "misread"), [
    ("as", "is", cued("BOOKING_REFERENCE", 2), True),
    ("as", "number", cued("BOOKING_REFERENCE", 1), False),
    ("be", "is", cued("BOOKING_REFERENCE", 2), True),
    ("jfkow", "is", cued("BOOKING_REFERENCE", 2), True),
    ("as", "the", cued("BOOKING_REFERENCE", 2), False),
    ("as", "is", asked("BOOKING_REFERENCE"), False),
    ("as", "is", cued("POSTCODE", 2), False),
])  # fmt: skip
def test_words_that_letters_of_a_code_were_taken_for(
    word: str, before: str, question: ExpectedAnswer, *, misread: bool
) -> None:
    assert may_be_misread_code(tokens_of(word)[0], before, question) is misread


def test_three_words_before_a_date_may_be_misheard_parts_of_it() -> None:
    words = tokens_of("list of the april")
    places = [chains_prefix(asked("DATE_OF_BIRTH"), words[0].index, word) for word in words]
    assert places == [True, True, True, False]
    assert not chains_prefix(asked("POLICY_NUMBER"), words[0].index, words[1])


@pytest.mark.parametrize(("word", "question", "begins"), [
    ("wexley", asked("EMAIL_ADDRESS"), True),
    ("j", asked("EMAIL_ADDRESS"), True),
    ("it's", asked("EMAIL_ADDRESS"), False),
    ("wexley", cued("EMAIL_ADDRESS", 3), True),
    ("wexley", cued("EMAIL_ADDRESS", 4), False),
])  # fmt: skip
def test_words_with_which_an_email_address_begins(word: str, question: ExpectedAnswer, *, begins: bool) -> None:
    assert begins_email(tokens_of(word)[0], question) is begins


@pytest.mark.parametrize(("word", "kind", "misheard"), [
    ("list", "DATE_OF_BIRTH", True), ("after", "DATE_OF_BIRTH", False), ("hello", "DATE_OF_BIRTH", False),
    ("um", "DATE_OF_BIRTH", False), ("bury", "POSTCODE", True), ("they", "POSTCODE", True),
    ("thanks", "POSTCODE", False), ("morning", "POSTCODE", False), ("something", "POSTCODE", False),
    ("oh", "DATE_OF_BIRTH", False),
])  # fmt: skip
def test_short_words_may_be_misheard_parts(word: str, kind: str, *, misheard: bool) -> None:
    assert may_be_misheard(tokens_of(word)[0], asked(kind)) is misheard


@pytest.mark.parametrize(("before", "word", "ends"), [
    ("9 a", "m", True), ("nine a", "m", True), ("k a", "m", False), ("a", "m", False), ("9 a", "n", False),
])  # fmt: skip
def test_an_m_behind_an_hour_is_no_letter_of_a_code(before: str, word: str, *, ends: bool) -> None:
    assert ends_half_day(tokens_of(word)[0], tuple(before.split())) is ends
