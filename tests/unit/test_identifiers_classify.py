"""What a run is that answers a question, and what one that does not."""

from __future__ import annotations

import pytest

from ccredact.detectors.identifiers.classify import classify, is_certain
from ccredact.detectors.scores import CUED_SCORE, UNCUED_SCORE
from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.reasons import Reason
from read_runs import PLACE, asked, cued, run_of, token_of


def label_of(run: str, question: ExpectedAnswer | None, behind: str = "", *, numbers: bool = True) -> str:
    return classify(run_of(run, question), question, token_of(behind), numbers=numbers)[0]


@pytest.mark.parametrize(("run", "question", "label"), [
    ("four one two", asked("PIN"), "PIN"),
    ("four one", asked("PIN"), "PIN"),
    ("four one", cued("PIN"), "PIN"),
    ("four", asked("PIN", parts=True), "PIN"),
    ("four", asked("PIN"), ""),
    ("k x 4", asked("POLICY_NUMBER"), "POLICY_NUMBER"),
    ("123", cued("ORDER_NUMBER", weak=True), "ORDER_NUMBER"),
    ("1234", cued("ORDER_NUMBER", weak=True), "ORDER_NUMBER"),
    ("march 3", asked("DATE_OF_BIRTH"), "DATE_OF_BIRTH"),
    ("1985", asked("DATE_OF_BIRTH"), "DATE_OF_BIRTH"),
    ("4127", asked("DATE_OF_BIRTH"), "NUMBER"),
    ("that|may", asked("DATE_OF_BIRTH"), ""),
    ("52", asked("AGE"), "AGE"),
    ("5212", asked("AGE"), "NUMBER"),
    ("k o w a l s k y", asked("PERSON"), "PERSON"),
    ("44 12 k", asked("PERSON"), "NUMBER"),
    ("4111 2222", asked("CARD"), "NUMBER"),
])  # fmt: skip
def test_answers_have_the_size_and_the_form_that_was_asked_for(run: str, question: ExpectedAnswer, label: str) -> None:
    assert label_of(run, question) == label


@pytest.mark.parametrize(("run", "behind", "label"), [
    ("i'm|ninety two", "", "AGE"),
    ("655 437 108", "office", "PHONE_NUMBER"),
    ("tx|75001", "", "POSTCODE"),
    ("gb29 nwbk 6016 1331 9268 19", "", "IBAN_CODE"),
    ("4127", "dollars", ""),
    ("four one two", "", "NUMBER"),  # a piece with which a turn ends
    ("four one two", "chairs", ""),
    ("error|four oh four", "", ""),
])  # fmt: skip
def test_what_answers_nothing_is_known_by_its_form(run: str, behind: str, label: str) -> None:
    assert label_of(run, None, behind) == label


def test_an_amount_is_no_answer() -> None:
    assert label_of("450", asked("PIN"), "dollars") == ""
    assert label_of("450", asked("PIN"), "chairs") == "PIN"


def test_numbers_of_unknown_kind_are_hidden_only_if_they_are_wanted() -> None:
    assert label_of("12345678", None) == "NUMBER"
    assert label_of("12345678", None, numbers=False) == ""
    assert label_of("123-45-6789", None, numbers=False) == "US_SSN"


def test_a_last_number_that_belongs_to_the_next_word_is_left_out() -> None:
    run = run_of("4589 24", asked("PIN"))
    assert classify(run, asked("PIN"), token_of("hours"), numbers=True) == ("PIN", CUED_SCORE, Reason.CUED)
    assert (run.text, run.last) == ("4589", PLACE)


def test_what_is_numbered_behind_its_name_is_small() -> None:
    for said, label in (("4127", ""), ("41275", "NUMBER")):
        run = run_of(said)
        run.counted = True  # "room 4127"
        assert classify(run, None, None, numbers=True)[0] == label


def test_scores_tell_what_was_asked_for_from_what_was_not() -> None:
    assert classify(run_of("4127"), None, None, numbers=True) == ("NUMBER", UNCUED_SCORE, Reason.FORM)


@pytest.mark.parametrize(("run", "question", "certain"), [
    ("41275", asked("PIN"), True),
    ("4127", asked("PIN"), False),
    ("k x q r 41", asked("POLICY_NUMBER"), False),
    ("k x q 412", asked("POLICY_NUMBER"), True),
    ("4.1275", asked("PIN"), False),
    ("$41275", asked("PIN"), False),
    ("tx|75001", asked("PIN"), False),
    ("41275", asked("DATE_OF_BIRTH"), False),
    ("41275", None, False),
])  # fmt: skip
def test_a_cued_run_is_certain_from_five_characters_on(
    run: str, question: ExpectedAnswer | None, *, certain: bool
) -> None:
    assert is_certain(run_of(run, question), question) is certain


def test_more_of_an_answer_comes_from_who_gave_it() -> None:
    question = asked("PIN")
    question.answer_turn, question.answer_word, question.reader = 0, PLACE - 3, "caller"
    assert label_of("41", question) == "PIN"
    question.reader = "agent"
    assert label_of("41", question) == ""
