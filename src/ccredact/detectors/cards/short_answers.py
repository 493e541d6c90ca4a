"""Short numbers as answers: where a few digits are a part of a card, or its date, and no other number.

Pure functions: they look at a run that has ended, at what was asked for and at the word behind it.
"""

from __future__ import annotations

from typing import Final

from ccredact.detectors.cards.digit_run import DigitRun
from ccredact.detectors.cards.expiry_cvv import is_likely_expiry
from ccredact.detectors.cards.windows import digits_of, may_begin_card
from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.dialogue.kinds import MENTION
from ccredact.dialogue.lifetimes import OPEN_TURNS
from ccredact.dialogue.placement import TOLD_TURNS, UNMARKED, begins_sentence, is_counted, key_behind, may_be_digit_one
from ccredact.text.token import Token
from ccredact.text.words import SLASH

_WORD_DIGITS: Final = frozenset({"0", "1"})
"""Digits whose words are words of a sentence too: "one moment"."""
MONTH_DIGITS: Final = 2
"""As many digits the name of a month stands for."""


def is_told(run: DigitRun, item: ExpectedAnswer, token: Token | None) -> bool:
    """Return whether a run stands where who is asked tells it, and belongs to no other noun: "next up is four"."""
    if run.by_other or run.context.bound or is_counted(token, run.filler_behind):
        return False
    is_one = item.has_reader and may_be_digit_one(key_behind(token, run.filler_behind))
    if digits_of(run.groups) in _WORD_DIGITS and not is_one:
        return False  # "one moment"
    if run.speaker is None:
        return run.start - item.latest_word <= UNMARKED
    if item.has_reader:
        return run.speaker == item.reader and run.turn - item.latest_turn <= OPEN_TURNS
    return run.context.early and run.turn != item.turn and run.turn - item.turn <= TOLD_TURNS


def is_whole(run: DigitRun, token: Token | None, *, begun: bool) -> bool:
    """Return whether a run that nothing leads into may be all of an answer, or the last piece of one."""
    if run.context.behind_article and begun:
        return True  # "and a nine at the end"
    if run.speaker is None and not run.context.bound:
        return True  # anything may stand before it
    return token is None and run.context.early and run.fillers == 0


def is_followed_by_sentence(run: DigitRun, item: ExpectedAnswer | None, token: Token | None) -> bool:
    """Return whether another sentence begins behind a piece of an answer: "four | where was i"."""
    if item is None or token is None or run.fillers or digits_of(run.groups) in _WORD_DIGITS:
        return False
    return item.has_reader and item.reader == run.speaker and begins_sentence(token)


def begins_announced(run: DigitRun, token: Token | None) -> bool:
    """Return whether a run of a few digits, of which nothing says yet that they are a card, may begin one.

    They stand alone behind "my card is", and that is not said of something on it: "the limit on my card is 50".
    """
    context = run.context
    if context.cue != MENTION or context.bound or context.about_thing_on or run.has_magnitude or run.has_month:
        return False
    if not (context.led or context.cue_touches) or not run.stands_alone(token):
        return False
    return bool(run.groups) and may_begin_card(run.groups, printed=False)


def is_part_of_date(run: DigitRun) -> bool:
    """Return whether a run is the month of an expiry date or its year, and not both."""
    return run.digit_count < MONTH_DIGITS + 1 and not (run.has_month and run.digit_count)


def is_card_like_date(run: DigitRun) -> bool:
    """Return whether a run is a month and a year in which a card may end, and reads as such: "09/2027"."""
    groups = run.groups
    return not run.has_month and any(group.gap == SLASH for group in groups) and is_likely_expiry(groups)
