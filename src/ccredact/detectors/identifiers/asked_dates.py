"""Dates that were asked for, whole or in parts, and the everyday words that parts of dates are too."""

from __future__ import annotations

from typing import Final

from ccredact.detectors.identifiers.assembly import is_piece_of_answer
from ccredact.detectors.identifiers.code_run import ZERO, CodeRun
from ccredact.detectors.identifiers.standing import is_bound, is_led, is_led_date
from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.dialogue.kinds import DATE_TIME
from ccredact.dialogue.placement import MARKS, key_behind
from ccredact.lang.en.dates import AMBIGUOUS_PARTS, BEFORE_DATES, BEFORE_MAY, BEHIND_MAY, MAY
from ccredact.lang.en.identifiers import (
    ARTICLE,
    ONE,
)
from ccredact.lang.en.words import CLASSES, FUNCTION, NOUNS
from ccredact.numbers.years import YEAR_DIGITS, is_year
from ccredact.text import word_class as wc
from ccredact.text.token import Token

_MOST_DATE_DIGITS: Final = 8
_DATE_DIGITS: Final = 5
"""Digits from which on an answer is a date however it was said."""
_DATE_WORDS: Final = 3
"""Words of a date of four digits: "four five eighty"."""
_BESIDE_DATE: Final = 3
"""Words behind the phrase for a date in which a day is it: "my birthday is the 24th"."""
_READING: Final = (3,)
"""Lengths of the figures of no date: "120"."""


def is_asked_date(run: CodeRun, question: ExpectedAnswer, token: Token | None, *, amount: bool) -> bool:
    """Return whether a run is the date that was asked for, or a part of it."""
    if is_bound(run, question) or (question.kind == DATE_TIME and (run.text == ZERO or run.figures == _READING)):
        return False  # "it came in 2021", "oh", "it was 120"
    if not question.is_fresh(run.turn) and not is_piece_of_answer(run, question, token):
        return False
    if question.in_parts and question.turn != run.turn and run.digits <= YEAR_DIGITS and token is None:
        return True
    if not amount and is_piece_of_answer(run, question, token) and run.digits <= _MOST_DATE_DIGITS:
        return not _is_everyday_word(run, question, token)
    return _is_date(run, question) and not _is_everyday_word(run, question, token)


def _is_date(run: CodeRun, question: ExpectedAnswer) -> bool:
    """Return whether a run is a date of birth, or part of one."""
    if run.month or (run.slash and run.digits > 1) or run.digits >= _DATE_DIGITS:
        return True
    beside = (is_led(run) or is_led_date(run, question)) and run.core_start - question.word <= _BESIDE_DATE
    if run.ordinal and (run.digits > 1 or question.turn != run.turn or beside):
        return True
    return run.digits == YEAR_DIGITS and (run.word_count >= _DATE_WORDS or is_year(run.text))


def _is_everyday_word(run: CodeRun, question: ExpectedAnswer, token: Token | None) -> bool:
    """Return whether a part of a date is another word here: "may I", "that may arise", "a report first"."""
    if run.ordinal and run.last_key == ONE and run.word_count == 1 + run.ordinal:
        return True  # "the first one"
    if run.ordinal and run.word_count == 1 and _counts_order(run, question, token):
        return True
    if run.word_count > 1 or run.ordinal + run.month != 1 or run.last_key not in AMBIGUOUS_PARTS:
        return False
    led_by = run.led_by
    if run.last_key == MAY:
        return (token is not None and token.key in BEHIND_MAY) or led_by in BEFORE_MAY
    if led_by == ARTICLE or led_by in BEHIND_MAY:
        return True  # "give me a second", "when i first get up"
    return bool(led_by) and led_by not in BEFORE_DATES and not CLASSES.get(led_by, 0) & (wc.LEAD | wc.FILLER)


def _counts_order(run: CodeRun, question: ExpectedAnswer, token: Token | None) -> bool:
    """Return whether ordinals say which of several is meant, and no day: "the first line", "i'll try the second"."""
    behind = key_behind(token, run.filler_behind)
    is_over = token is None or not MARKS.isdisjoint(token.gap)
    if behind and not (is_over and not run.filler_behind):
        classes = CLASSES.get(behind, 0)
        if behind in NOUNS or not (behind in FUNCTION or classes & (wc.LEADING | wc.NUMERIC | wc.MONTH | wc.DAY)):
            return True
    is_asker = run.speaker is not None and run.speaker == question.speaker and run.turn != question.turn
    return is_asker and not question.begun
