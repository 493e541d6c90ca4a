"""Which of several open answers a number or a name is. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ccredact.dialogue.answer_lengths import least_length
from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.dialogue.hold_bounds import HoldBounds
from ccredact.dialogue.kinds import AGE, DATE, EMAIL, OTHER, SPELLED, TEXT
from ccredact.dialogue.lifetimes import MORE_TURNS, OPEN_TURNS, SPOKEN_IN_PARTS
from ccredact.lang.en.prompts import STARTS_OVER
from ccredact.text.token import Token
from ccredact.text.word_class import DIGITS, LETTER, MIXED, MONTH, NATO, NUMERIC, ORDINAL, TEEN, TENS, UNCOMMON

NEAR: Final = 7
"""Words between a cue and its answer in the same turn."""
CLOSE: Final = 4
"""The same behind a weak one."""
BESIDE: Final = 2
"""Words behind a cue in which a number is its answer, whatever else is waited for."""
FAR: Final = 20
"""Words between a question and an answer in words where the speakers are not told apart."""
FIRST_WORDS: Final = 40
"""Words of a turn in which an answer may begin."""
GOES_ON: Final = 12
"""Words of a turn, or behind a part of an answer in it, in which the answer may go on."""
SITE: Final = "URL"
_WORDED: Final = frozenset({TEXT, SPELLED, EMAIL})
"""Types of answers that may be any word."""
_DATED: Final = DIGITS | MONTH | ORDINAL | TEEN | TENS
"""Classes of words with which a date begins, and no spelled name."""
_COUNTED: Final = _DATED | NUMERIC | LETTER | MIXED | NATO
"""Classes of words with which an answer of another type begins."""


def answer_with(
    items: Sequence[ExpectedAnswer], token: Token, words: tuple[str, ...], first_word: int, hold: HoldBounds
) -> ExpectedAnswer | None:
    """Return what a number or name that begins with a word answers, of all that is open, or None.

    `words` are those before it, `first_word` is the first one of its turn.
    """
    beside = here = before = None
    dated = bool(token.classes & _DATED) and _awaits_date(items)
    for item in items:
        if _is_passed_over(item, items, token, dated=dated):
            continue
        if item.turn == token.turn:
            distance = token.index - item.word
            if item.mine and not item.begun and distance > BESIDE and _is_read_by(items, token):
                continue  # "i'm doing this off my phone, sorry"
            if distance <= BESIDE:
                beside = item
            since = token.index - item.latest_word
            if since <= _reach(item, token, words) and (here is None or _goes_first(item, here)):
                here = item
        elif not (item.begun or item.asked) and _is_read_by(items, token):
            continue
        elif _may_be_answered(item, token, first_word, hold) and (before is None or _is_next(item, before)):
            before = item
    if here is not None and here.kind == OTHER and before is not None and not _is_begun(before):
        here = None  # "so many people ask me for it, it's 3906"
    return beside or here or before


def _is_passed_over(item: ExpectedAnswer, items: Sequence[ExpectedAnswer], token: Token, *, dated: bool) -> bool:
    """Return whether a word answers another question than this one; `dated`: a date may begin with it."""
    if item.kind == OTHER:  # "four four" - "how many more are there" - "and eight"
        return item.turn != token.turn and _is_read_by(items, token)
    if item.cards_only or item.kind == SITE:
        return True
    if not (item.begun or item.answer_type in _WORDED or token.classes & _COUNTED) and _awaits_words(
        items, item, token
    ):
        return True  # "your postcode and your password?" - "marmalade"
    if item.answer_type == DATE and token.classes & ORDINAL:  # "the second is r"
        return any(other.in_parts and not other.of_card and other.turn > item.latest_turn for other in items)
    if item.answer_type == AGE:
        return bool(token.classes & (LETTER | NATO | MIXED))  # "w four seven"
    return dated and item.answer_type == SPELLED  # "full name and birthday?" - "june the first"


def is_being_read(item: ExpectedAnswer, token: Token) -> bool:
    """Return whether the speaker of a word has given a part of the answer, and more of it is to come."""
    if not (item.begun and item.is_read_out) or token.turn - item.answer_turn > MORE_TURNS:
        return False
    return not item.is_complete and item.reader == token.speaker


def _is_begun(item: ExpectedAnswer) -> bool:
    """Return whether a part of the answer has come, of which others know: what is read of a card its detector takes."""
    return item.begun and not item.of_card


def _awaits_date(items: Sequence[ExpectedAnswer]) -> bool:
    """Return whether a date was asked for."""
    for item in items:  # noqa: SIM110 - asked for every number, and a generator costs more than the rest
        if item.answer_type == DATE:
            return True
    return False


def _awaits_words(items: Sequence[ExpectedAnswer], than: ExpectedAnswer, token: Token) -> bool:
    """Return whether an answer in words was asked for too, in the turn of another one or since."""
    for item in items:
        asked = item.answer_type == TEXT and item.asked and not (item.begun or item.stated or item.weak)
        if asked and item.turn >= than.turn and item.turn != token.turn:
            return True
    return False


def _is_read_by(items: Sequence[ExpectedAnswer], token: Token) -> bool:
    """Return whether the speaker of a word is in the middle of an answer, and more of it must come."""
    for item in items:  # noqa: SIM110 - as above
        if not item.cards_only and is_being_read(item, token) and item.is_read_on(token.turn):
            return True
    return False


def _may_be_answered(item: ExpectedAnswer, token: Token, first_word: int, hold: HoldBounds) -> bool:
    """Return whether a word of a later turn may be the answer."""
    if item.answer_type == TEXT and item.answer_turn == token.turn:
        return token.index - first_word <= FIRST_WORDS
    since = token.index - max(first_word, item.answer_word)  # "scrap that, from the top, it's ..."
    if since > (GOES_ON if item.begun else FIRST_WORDS):
        return False
    if not item.lives(token.turn, token.index, token.time, hold):
        return False
    if item.in_parts and item.begun:
        return token.speaker == item.reader  # "and the fifth?"
    if item.answer_type != TEXT:
        return True
    if item.begun:
        more = item.goes_on or item.taken_back or _goes_on_without(item, token, first_word)
        return more and token.speaker == item.reader
    return not (item.weak or item.stated or token.speaker == item.speaker)


def _goes_on_without(item: ExpectedAnswer, token: Token, first_word: int) -> bool:
    """Return whether an answer in words goes on though nothing says so: with a number, or an unusual word."""
    if item.kind not in SPOKEN_IN_PARTS or token.turn - item.answer_turn > OPEN_TURNS:
        return False
    first = token.index == first_word and token.classes & UNCOMMON
    return bool(first or token.classes & (NUMERIC | MIXED))


def _reach(item: ExpectedAnswer, token: Token, words: tuple[str, ...]) -> int:
    """Return how many words behind a phrase, or a part of its answer, a word of the same turn may answer it."""
    if item.begun and not STARTS_OVER.isdisjoint(words) and is_being_read(item, token):
        return GOES_ON
    if item.answer_type == TEXT and not item.weak:
        if token.speaker is None and token.classes & (UNCOMMON | NATO):
            return FAR  # the answer may stand in the same turn
        return CLOSE if item.begun else NEAR
    if token.speaker is None and (item.begun or item.asked) and item.is_read_out:
        return FAR  # where no turns are told apart, words of the other speaker stand between
    return CLOSE if item.weak else NEAR


def _is_next(item: ExpectedAnswer, than: ExpectedAnswer) -> bool:
    """Return whether `item`, asked after `than` in an earlier turn, is the one that is answered now."""
    unanswered = than if _is_begun(item) else item
    if item.turn == than.turn and _is_begun(item) != _is_begun(than) and not unanswered.weak:
        return _goes_first(item, than)  # two things asked at once
    turn, other = _turn_of(item), _turn_of(than)
    return turn > other if turn != other else _goes_first(item, than)


def _turn_of(item: ExpectedAnswer) -> int:
    """Return the turn that counts where two are waited for: of a card that of its phrase, since others know no more."""
    return item.turn if item.of_card else item.latest_turn


def _goes_first(item: ExpectedAnswer, than: ExpectedAnswer) -> bool:
    """Return whether `item`, asked after `than` in the same turn, is the one that is answered now."""
    if item.fulfilled != than.fulfilled:
        return than.fulfilled
    if item.begun == than.begun:
        return item.begun or than.kind == OTHER
    unanswered, begun = (than, item) if item.begun else (item, than)
    complete = begun.is_complete or len(begun.answer) >= least_length(begun.kind)
    return item is (unanswered if unanswered.kind != OTHER and complete else begun)
