"""Halves of the day, of which the letters are none of a code: "9 a.m."."""

from __future__ import annotations

from typing import Final

from ccredact.lang.en.dates import MERIDIEM
from ccredact.lang.en.identifiers import ARTICLE
from ccredact.lang.en.words import CLASSES
from ccredact.text import word_class as wc
from ccredact.text.token import Token

_HOUR_WORDS: Final = 2
"""Words before the "m" of a time: the hour and the "a"."""


def is_half_day(last: str, key: str) -> bool:
    """Return whether two words are those of "a.m."."""
    return last == ARTICLE and key == MERIDIEM


def ends_half_day(token: Token, before: tuple[str, ...]) -> bool:
    """Return whether a word with which nothing begins ends a time of day: "9 a. | m."; `before` are those before it."""
    if len(before) < _HOUR_WORDS or not is_half_day(before[-1], token.key):
        return False
    hour = before[-_HOUR_WORDS]
    return hour.isdecimal() or bool(CLASSES.get(hour, 0) & (wc.NUMERIC | wc.MIXED))
