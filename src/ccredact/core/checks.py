"""Whether what a user gives is an utterance: plain Python, as compiled code refuses a wrong type in its own words."""

from __future__ import annotations

from math import isfinite

from ccredact.transcript import Utterance, Word


def problem_with(utterance: object) -> str | None:
    """Return what makes it no utterance, None when it is one.

    It is for the caller to raise, once the text is out of reach: no frame of a traceback may hold it.
    """
    if not isinstance(utterance, Utterance):
        return "this takes an Utterance"
    if not isinstance(utterance.text, str):
        return "the text of an utterance is a str"
    if not _is_name(utterance.speaker):
        return "a speaker is a str, an int or None"
    if not _is_name(utterance.id):
        return "the id of an utterance is a str, an int or None"
    if utterance.is_final is not True and utterance.is_final is not False:
        return "is_final is True or False"
    return _problem_with_words(utterance.words)


def _is_name(value: object) -> bool:
    return value is None or isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool))


def _problem_with_words(words: object) -> str | None:
    if not isinstance(words, tuple | list):
        return "words are a tuple or a list of Word"
    for word in words:
        if not isinstance(word, Word) or not isinstance(word.text, str):
            return "words are a tuple or a list of Word whose text is a str"
        if seconds(word.start_s) is None or seconds(word.end_s) is None:
            return "the times of a word are finite seconds or None"
    return None


def seconds(value: object) -> float | None:
    """Return a time as finite seconds, -1 for None: no time at all; None for what is no time.

    A time is a number or, as Amazon Transcribe writes it, a number as text.
    """
    if value is None:
        return -1.0
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if isfinite(number) else None
