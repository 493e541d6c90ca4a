"""Words with which an utterance begins and that what follows explains.

An answer before its phrase ("pickles was my first pet"); the words of an e-mail address that nobody asked for, before
its number ("sunday fox forty at hotmail dot com"); and where no final waits, the number of a house with which one ends
("we are located at forty two").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ccredact.detectors.scores import TAGGED_SCORE
from ccredact.dialogue.kinds import TEXT
from ccredact.lang.en.addresses import ADDRESS_IS, GOES_TO, STANDS_AT, TO
from ccredact.lang.en.emails import AT, DOT
from ccredact.lang.en.identifiers import IS
from ccredact.lang.en.words import CLASSES, FUNCTION
from ccredact.reasons import Reason
from ccredact.tagger.prefilter import is_number
from ccredact.text.labels import OPAQUE
from ccredact.text.word_class import LEADING
from ccredact.transcript import Span

if TYPE_CHECKING:
    from ccredact.detectors.base import Context
    from ccredact.detectors.names.utterance import UtteranceView
    from ccredact.dialogue.expected_answer import ExpectedAnswer

_MOST_FIGURES: Final = 6
"""Words of the number of a house, at most."""
_MOST_WORDS: Final = 5
"""Words of the answer, with which its utterance begins."""
_WAITS: Final = 7
"""Words from "is" to the end of the phrase."""


def has_explained_words(keys: list[str], first_word: int, ctx: Context) -> bool:
    """Return whether an utterance may have any: it is asked of all, and most have none."""
    if DOT in keys and AT in keys:
        return True
    for item in ctx.dialogue.answers.open:  # noqa: SIM110 - asked for every utterance, and a generator costs more
        if _is_named(item, first_word):
            return True
    return False


def _is_named(question: ExpectedAnswer, first_word: int) -> bool:
    """Return whether a phrase for an answer in words stands in the utterance."""
    return question.word >= first_word and question.answer_type == TEXT and not question.begun


def explained_words(view: UtteranceView, ctx: Context) -> list[Span]:
    """Return the words with which a final begins that what follows in it explains."""
    return _email_words(view, ctx) or _early_answer(view, ctx)


def with_house_number(spans: list[Span], view: UtteranceView, start: int, ctx: Context) -> list[Span]:
    """Return the spans of a text with the number of a house with which it ends, from the place `start` on."""
    low, high = view.first_word + start, view.first_word + len(view.keys)
    if spans and spans[-1].end > low:
        return spans
    return [*spans, Span(low, high, "STREET_ADDRESS", TAGGED_SCORE, ctx.new_entity(), Reason.FORM)]


def _early_answer(view: UtteranceView, ctx: Context) -> list[Span]:
    """Return the words before "is" that the phrase behind it names."""
    low = view.first_word
    named = [item for item in ctx.dialogue.answers.open if _is_named(item, low)]
    if not named:
        return []
    start, end = _words_before_is(view)
    question = named[0]
    if start == end or not end < question.word - low <= end + _WAITS:
        return []
    return [Span(start + low, end + low, question.kind, TAGGED_SCORE, ctx.new_entity(), Reason.CUED)]


def _email_words(view: UtteranceView, ctx: Context) -> list[Span]:
    """Return the words before the number and the "at" of an e-mail address."""
    keys = view.keys
    at = keys.index(AT) if AT in keys[: _MOST_WORDS + 2] else 0
    if at < 2 or keys[at + 2 : at + 3] != [DOT] or not is_number(keys[at - 1]):
        return []
    if any(key in FUNCTION or key == OPAQUE or CLASSES.get(key, 0) & LEADING for key in keys[:at]):
        return []
    low = view.first_word
    return [Span(low, low + at, "EMAIL_ADDRESS", TAGGED_SCORE, ctx.new_entity(), Reason.FORM)]


def house_number(keys: list[str]) -> int:
    """Return where the number of a house begins with which a text ends, by the words before it; -1 for none."""
    start = len(keys)
    while start and len(keys) - start < _MOST_FIGURES and is_number(keys[start - 1]):
        start -= 1
    if start == len(keys) or not start:
        return -1
    before, last = keys[start - 2] if start > 1 else "", keys[start - 1]
    if last == AT:
        found = before in STANDS_AT
    elif last == TO:
        found = before in GOES_TO
    else:
        found = last in ADDRESS_IS or f"{before} {last}" in ADDRESS_IS
    return start if found else -1


def _words_before_is(view: UtteranceView) -> tuple[int, int]:
    """Return the places of the words with which an utterance begins, before "is"; an empty range for none."""
    keys = view.keys
    start = 0
    while start < len(keys) and CLASSES.get(keys[start], 0) & LEADING:
        start += 1
    end = start
    while end < min(len(keys), start + _MOST_WORDS) and keys[end] not in FUNCTION and keys[end] != OPAQUE:
        if view.mark(end):
            return start, start
        end += 1
    return (start, end) if end < len(keys) and keys[end] in IS else (start, start)
