"""One expected answer: who may give it, what is kept when it is asked for again, how long it is waited for."""

from __future__ import annotations

import pytest

from ccredact import Redactor, Utterance
from ccredact.dialogue.answer_lengths import USUAL, least_length
from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.dialogue.hold_bounds import HoldBounds
from ccredact.dialogue.kinds import ANSWER_TYPES
from ccredact.dialogue.lifetimes import ENOUGH, LIFETIMES, OPEN_TURNS

HOLD = HoldBounds(turns=12, words=800, seconds=120.0)


def asked(kind: str, given: int = 0, *, fulfilled: bool = False) -> ExpectedAnswer:
    """What was asked for in turn 0, and read in turn 1 if anything of it was."""
    item = ExpectedAnswer(kind, 5, 0, "agent")
    item.asked, item.wanted = True, USUAL.get(kind, 0)
    if given:
        item.be_read("caller", 10, 1, None)
        item.given, item.fulfilled = given, fulfilled
    return item


@pytest.mark.parametrize(
    ("item", "last_turn"),
    [
        (asked("CARD"), 12),
        (asked("CARD", 8), 13),
        (asked("CARD", ENOUGH), 1 + OPEN_TURNS),
        (asked("CARD", 16, fulfilled=True), 1 + OPEN_TURNS),
        (asked("PIN"), 12),
        (asked("PIN", 2), 13),
        (asked("PIN", 4), 3),
        (asked("ACCOUNT_NUMBER", 4), 13),
        (asked("ACCOUNT_NUMBER", 6), 5),
        (asked("PASSWORD"), 4),
        (asked("PASSWORD", 4), 1 + OPEN_TURNS),
    ],
)
def test_how_long_an_answer_is_waited_for(item: ExpectedAnswer, last_turn: int) -> None:
    lives = [turn for turn in range(1, 30) if item.lives(turn, 40, None, HOLD)]
    assert lives == list(range(1, last_turn + 1))


def test_data_of_a_card_never_outlives_the_bounds_of_a_hold() -> None:
    short = HoldBounds(turns=1, words=20, seconds=1.0)
    assert asked("PIN").lives(4, 40, None, short)
    assert not asked("CARD").lives(2, 10, None, short)
    assert not asked("CARD", ENOUGH).lives(1, 31, None, short)


def test_who_asks_does_not_answer_inside_a_sentence() -> None:
    item = asked("CARD")
    assert item.may_be_answered_by("caller", 1, led=False)
    assert not item.may_be_answered_by("agent", 2, led=False)
    assert item.may_be_answered_by("agent", 2, led=True)
    item.be_read("caller", 10, 1, None)
    assert not item.may_be_answered_by("agent", 2, led=True)


def test_what_is_asked_for_again_keeps_what_was_read() -> None:
    item, again = asked("CARD", 8), ExpectedAnswer("CARD", 20, 2, "agent")
    item.entity, item.answer = 7, "41111111"
    again.go_on_from(item)
    assert (again.entity, again.answer, again.given, again.reader) == (7, "41111111", 8, "caller")
    assert again.has_reader
    assert not again.begun


def test_every_kind_has_a_lifetime_and_a_length() -> None:
    assert LIFETIMES.keys() == ANSWER_TYPES.keys()
    assert ANSWER_TYPES.keys() >= USUAL.keys()
    assert all(0 < least_length(kind) <= 7 for kind in ANSWER_TYPES)


def test_a_card_that_was_given_takes_no_other_number_where_cards_are_not_hidden() -> None:
    turns = [
        "what is the card number", "4111 1111 1111 1111", "thank you", "sure", "anything else",
        "it says 598 0325 511 on the letter",
    ]  # fmt: skip
    call = [Utterance(text, speaker="ab"[number % 2]) for number, text in enumerate(turns)]
    texts = [segment.text for segment in Redactor("hipaa", tagger=False).redact_call(call)]
    assert texts[1] == turns[1]
    assert texts[-1] == "it says [NUMBER] on the letter"
