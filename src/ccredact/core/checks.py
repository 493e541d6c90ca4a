"""Whether what a user gives is an utterance: plain Python, as compiled code refuses a wrong type in its own words."""

from __future__ import annotations

from typing import Final

from ccredact.text.times import seconds
from ccredact.transcript import Utterance, Word

_FAR: Final = 1e15
_NAMES: Final = frozenset({str, int, type(None)})


def problem_with(utterance: object) -> str | None:
    """Return what makes it no utterance, None when it is one.

    It is for the caller to raise, once the text is out of reach: no frame of a traceback may hold it.
    """
    if not isinstance(utterance, Utterance):
        return "this takes an Utterance"
    words = utterance.words
    named = type(utterance.speaker) in _NAMES and type(utterance.id) in _NAMES
    told = type(utterance.text) is str and type(utterance.is_final) is bool
    if named and told and type(words) is tuple and not words:
        return None  # as most are
    if not isinstance(utterance.text, str):
        return "the text of an utterance is a str"
    if utterance.speaker is not None and not is_name(utterance.speaker):
        return "a speaker is a str, an int or None"
    if utterance.id is not None and not is_name(utterance.id):
        return "the id of an utterance is a str, an int or None"
    if utterance.is_final is not True and utterance.is_final is not False:
        return "is_final is True or False"
    return _problem_with_words(utterance.words)


def is_name(value: object) -> bool:
    """Return whether a value may name a speaker, an utterance or a call: text or a whole number, but no bool."""
    return isinstance(value, str | int) and not isinstance(value, bool)


def _problem_with_words(words: object) -> str | None:
    if not isinstance(words, tuple | list):
        return "words are a tuple or a list of Word"
    for word in words:
        if not isinstance(word, Word) or not isinstance(word.text, str):
            return "words are a tuple or a list of Word whose text is a str"
        start, end = word.start_s, word.end_s
        if type(start) is type(end) is float and -_FAR < start < _FAR and -_FAR < end < _FAR:
            continue  # as nearly all are
        if any(time is not None and seconds(time) is None for time in (start, end)):
            return "the times of a word are finite seconds or None"
    return None
