"""The bare answer: a few words that are all of what is said, where a name was asked for ("coffee", "yeah it's steel").

Whatever they are in a dictionary, they are the name, unless one of them refuses, asks back or waits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ccredact.lang.en.name_slots import BEFORE_BARE_ANSWERS, BEHIND_BARE_ANSWERS, NO_ANSWERS, RETRIES
from ccredact.lang.en.words import CLASSES, FUNCTION
from ccredact.tagger.prefilter import is_number
from ccredact.text.labels import OPAQUE
from ccredact.text.word_class import HESITATION

if TYPE_CHECKING:
    from collections.abc import Collection

    from ccredact.detectors.names.utterance import UtteranceView

MOST: Final = 3
"""Words of a bare answer."""
_LATER: Final = 3
"""Words behind it, at most, where nothing says that it ends."""
_ENDS: Final = ".!;"
_ASKED_BACK: Final = "?"
_PAUSE: Final = ","


def bare_answers(view: UtteranceView, nouns: Collection[str]) -> list[tuple[int, int]]:
    """Return the places `[start, end)` of the bare answers of an utterance; `nouns` may end one: "Fulton county".

    There is more than one where it is taken back: "Garlick... no, Garlic".
    """
    out: list[tuple[int, int]] = []
    start = behind_leads(view.keys)
    while start < len(view.keys):
        end = _end(view, start, nouns)
        if end == start:
            break
        out.append((start, end))
        if end == len(view.keys) or view.keys[end] not in RETRIES:
            break
        start = _behind_retry(view, end)
    return out


def first_open(keys: list[str]) -> int:
    """Return the first place of an interim that may be a bare answer, or none, by what is still to come; -1 for none.

    What stands behind one decides about it for a few words; a longer utterance is decided.
    """
    start = min(behind_leads(keys), len(keys) - 1)
    if len(keys) - start <= MOST + _LATER:
        return start
    return next((at for at in range(len(keys) - 1, max(start, len(keys) - MOST - 2), -1) if keys[at] in RETRIES), -1)


def is_name_word(key: str) -> bool:
    """Return whether a word may be one of a name at all."""
    return len(key) > 1 and key.replace("'", "").isalpha() and key != OPAQUE and not is_number(key)


def may_answer(key: str) -> bool:
    """Return whether a word may be one of a bare answer."""
    return is_name_word(key) and key not in NO_ANSWERS


def behind_leads(keys: list[str]) -> int:
    """Return the place behind the words that lead into a bare answer."""
    at = 0
    while at < len(keys) and (keys[at] in BEFORE_BARE_ANSWERS or CLASSES.get(keys[at], 0) & HESITATION):
        at += 1
    return at


def _behind_retry(view: UtteranceView, at: int) -> int:
    """Return the place behind the words that take an answer back."""
    while at < len(view.keys) and view.keys[at] in RETRIES | BEFORE_BARE_ANSWERS:
        at += 1
    return at


def _end(view: UtteranceView, start: int, nouns: Collection[str]) -> int:
    """Return the end of the bare answer that begins at a place, `start` for none."""
    keys = view.keys
    end = start
    while end < len(keys) and is_name_word(keys[end]) and keys[end] not in FUNCTION:
        if keys[end] in NO_ANSWERS or (keys[end] in nouns and end == start):
            return start
        end += 1
        if view.mark(end - 1) or keys[end - 1] in nouns:
            break
    if not 0 < end - start <= MOST or view.mark(end - 1) == _ASKED_BACK:
        return start
    return end if _is_over(view, end) else start


def _is_over(view: UtteranceView, end: int) -> bool:
    """Return whether a bare answer may end at a place."""
    keys = view.keys
    mark = view.mark(end - 1)
    if end == len(keys) or (mark and mark in _ENDS) or keys[end] in BEHIND_BARE_ANSWERS or keys[end] in RETRIES:
        return True
    if len(keys[end]) == 1 and end + 1 < len(keys) and len(keys[end + 1]) == 1:
        return True  # it is spelled
    return mark == _PAUSE and len(keys) - end <= _LATER
