"""Ages that nobody asked for: "i'm ninety two", "a 60 year old" (`classify` has those that answer a question)."""

from __future__ import annotations

from typing import Final

from ccredact.detectors.identifiers.code_run import CodeRun
from ccredact.lang.en.ages import AGE_UNITS, ALWAYS_BEFORE_AGE, BEFORE_AGE, OLD
from ccredact.lang.en.identifiers import CONTINUATIONS
from ccredact.lang.en.words import FUNCTION
from ccredact.text import word_class as wc
from ccredact.text.token import Token

AGE_DIGITS: Final = 3
"""Digits of an age at most."""
_ADULT: Final = "20"
"""From this age on, what is said so of people is seldom said of things: "i'm seventy three love"."""
_QUANTITIES: Final = wc.MEASURE | wc.NUMERIC | wc.MAGNITUDE | wc.MONTH | wc.ORDINAL


def introduces_age(word: str) -> bool:
    """Return whether an age may stand behind the word: "i'm", "aged"."""
    return word in BEFORE_AGE


def may_be_age(run: CodeRun, token: Token) -> bool:
    """Return whether a run before `token` may be an age, the unit being said: "60 years"; `is_age_end` decides."""
    if token.key not in AGE_UNITS or run.fillers:
        return False
    return 0 < run.digits <= AGE_DIGITS and (not run.letters or run.has_article)


def is_age_end(token: Token) -> bool:
    """Return whether the word behind the unit says that it was an age: "60 years | old"."""
    return token.key in OLD


def is_stated_age(run: CodeRun, token: Token | None) -> bool:
    """Return whether an ended run is an age without a unit: "i'm ninety two", not "i'm two blocks away".

    `token` is the word behind it, None when its turn is over.
    """
    if not 0 < run.digits <= AGE_DIGITS or not introduces_age(run.led_by) or run.letters:
        return False
    if token is None or run.led_by in ALWAYS_BEFORE_AGE or run.first_filler in CONTINUATIONS:
        return True
    if token.classes & wc.ORDINAL:
        return False
    if token.classes & (wc.CORRECTION | wc.LEAD) or token.key in CONTINUATIONS:
        return True
    adult = run.spoken_only and not run.magnitude and run.digits == len(_ADULT) and run.text >= _ADULT
    if not adult or token.classes & _QUANTITIES:
        return False
    return run.word_count > 1 or token.key in FUNCTION  # "she's seventy one she hurt", "i'm fifty you"
