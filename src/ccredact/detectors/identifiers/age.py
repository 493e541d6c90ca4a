"""Ages that nobody asked for: "i'm ninety two", "a 60 year old" (`classify` has those that answer a question)."""

from __future__ import annotations

from typing import Final

from ccredact.detectors.identifiers.code_run import CodeRun
from ccredact.dialogue.placement import is_counted
from ccredact.lang.en.ages import (
    AGE,
    AGE_IN_ONE_WORD,
    AGE_SIGN,
    AGE_SIGNS,
    AGE_UNITS,
    ALWAYS_BEFORE_AGE,
    AT,
    AWAY,
    COPULAS,
    DIED,
    GOING,
    HALF_SAID,
    JOINS,
    MODALS,
    NO_AGE_BEHIND,
    OF,
    OLD,
    OLDEST,
    OWNERS,
    PARTS_OF_DECADES,
    PERSON_IS,
    PERSON_WILL,
    PERSONS,
    RELATIVES,
    RELATIVES_PLURAL,
    WHEN,
)
from ccredact.lang.en.identifiers import CONTINUATIONS
from ccredact.lang.en.places import IN
from ccredact.lang.en.words import FUNCTION, POSSESSIVE
from ccredact.text import word_class as wc
from ccredact.text.token import Token

AGE_DIGITS: Final = 3
"""Digits of an age at most."""
_ADULT: Final = 20
"""From this age on, what is said so of people is seldom said of things: "i'm seventy three love"."""
_TEEN: Final = 13
"""The same of a relative, or where it is said who died at which age."""
_OLD: Final = 90
_OLDEST: Final = 120
_QUANTITIES: Final = wc.MEASURE | wc.NUMERIC | wc.MAGNITUDE | wc.MONTH | wc.ORDINAL
_SIGN_GAPS: Final = frozenset({"/", "."})

NO_AGE: Final = 0
PERSON: Final = 1
"""A person "is": an age, where nothing is counted."""
RELATIVE: Final = 2
"""The same of one whose age is told more often than anything else that is a number."""
DEATH: Final = 3
"""Behind "died at": an age, or a time."""
CHILDHOOD: Final = 4
"""Behind "when he was"."""
ALWAYS: Final = 5
_LEAST: Final = {PERSON: _ADULT, RELATIVE: _TEEN, DEATH: _TEEN, CHILDHOOD: 2}
"""From which age on more of the sentence may follow."""


def age_lead(before: tuple[str, ...]) -> int:
    """Return how the words before a number lead into an age (`NO_AGE` ... `ALWAYS`): "my dad would be nearly"."""
    end = len(before)
    while end and before[end - 1] in HALF_SAID:
        end -= 1
    if before[max(end - 2, 0) : end] == GOING:
        end -= 2
    if not end:
        return NO_AGE
    last = before[end - 1]
    in_turn = before[end - 2 : end - 1] == (IN,)
    if (last in ALWAYS_BEFORE_AGE and not in_turn) or (last == OF and before[end - 2 : end - 1] == (AGE,)):
        return ALWAYS
    if last == AT:
        end -= 1 + (before[end - 2 : end - 1] == (AWAY,))
        return DEATH if end > 0 and before[end - 1] in DIED else NO_AGE
    if last in PERSON_IS:
        return PERSON
    if last.endswith(POSSESSIVE) and last.removesuffix(POSSESSIVE) in RELATIVES:
        return RELATIVE
    return _subject(before[: end - 1]) if last in COPULAS else NO_AGE


def _subject(before: tuple[str, ...]) -> int:
    """Return the same for the words before a copula."""
    while before and before[-1] in MODALS:
        before = before[:-1]
    if not before:
        return NO_AGE
    last = before[-1]
    if last in PERSON_WILL or last in PERSONS:
        return CHILDHOOD if before[-2:-1] and before[-2] in WHEN else PERSON
    return RELATIVE if last in RELATIVES or last in RELATIVES_PLURAL else NO_AGE


def lists_ages(run: CodeRun, token: Token) -> bool:
    """Return whether the word stands between the ages of several: "they are four | and | eleven"."""
    if run.magnitude or not 0 < run.digits <= AGE_DIGITS or run.letters:
        return False
    if not (token.key in JOINS or "," in token.gap):
        return False
    return run.kind == "AGE" or (not run.kind and (run.behind_age or age_lead(run.before) > NO_AGE))


def is_decade(token: Token, before: tuple[str, ...]) -> bool:
    """Return whether a word is an age over 89 that is told by its decade: "in his late | nineties"."""
    if token.key not in OLDEST:
        return False
    owner = before[-2:-1] if before[-1:] and before[-1] in PARTS_OF_DECADES else before[-1:]
    return not OWNERS.isdisjoint(owner)


def is_age_sign(token: Token) -> bool:
    """Return whether an age and its unit are one word: "92yo"."""
    return bool(token.classes & wc.MIXED) and AGE_IN_ONE_WORD.fullmatch(token.key) is not None


def is_old_sign(token: Token) -> bool:
    """Return whether a unit says by itself that it is one of an age: "92 | yo"."""
    return token.key in AGE_SIGNS


def ends_with_sign(run: CodeRun, token: Token) -> bool:
    """Return whether a run is an age and the first letter of its unit, and the word the second: "92 y/ | o"."""
    if not 0 < run.digits <= AGE_DIGITS or run.fillers or token.gap not in _SIGN_GAPS:
        return False
    return (run.last_key, token.key) == AGE_SIGN and run.text[len(run.prefix) : -1].isdecimal()


def may_be_age(run: CodeRun, token: Token) -> bool:
    """Return whether a run before `token` may be an age, the unit being said: "60 years"; `is_age_end` decides."""
    if not (token.key in AGE_UNITS or token.key in AGE_SIGNS) or run.fillers:
        return False
    return 0 < run.digits <= AGE_DIGITS and (not run.letters or run.has_article)


def is_age_end(token: Token) -> bool:
    """Return whether the word behind the unit says that it was an age: "60 years | old"."""
    return token.key in OLD


def is_stated_age(run: CodeRun, token: Token | None) -> bool:
    """Return whether an ended run is an age without a unit: "i'm ninety two", not "i'm two blocks away".

    `token` is the word behind it, None when its turn is over.
    """
    if not (0 < run.digits <= AGE_DIGITS and run.is_one_number):
        return False  # "you're four for four"
    age = int(run.text)
    if age > _OLDEST or (run.magnitude and age <= _OLD):
        return False
    lead = RELATIVE if run.behind_age else age_lead(run.before)
    if lead == NO_AGE:
        return False
    if lead == DEATH and age < _TEEN:
        return False  # "he died at ten"
    if token is None or lead == ALWAYS or run.first_filler in CONTINUATIONS:
        return True
    return not token.classes & wc.ORDINAL and _may_go_on(run, token, lead, age)


def _may_go_on(run: CodeRun, token: Token, lead: int, age: int) -> bool:
    """Return whether an age may stand before the words that follow: "she's seventy one | she hurt"."""
    if token.classes & (wc.CORRECTION | wc.LEAD) or token.key in CONTINUATIONS:
        return True
    if "," in token.gap:
        return lead > PERSON or not token.classes & wc.NUMERIC  # "she's about 3, 3 and a half pounds"
    behind = run.filler_behind or token.key
    if token.classes & _QUANTITIES or (behind not in FUNCTION and is_counted(token, run.filler_behind)):
        return False
    if _OLD <= age <= _OLDEST:
        return True
    if age < _LEAST[lead] or run.digits > len(str(_ADULT)):
        return False
    if run.spoken_only:
        return run.word_count > 1 or behind in FUNCTION  # "she's seventy one she hurt", "i'm fifty you"
    return behind in FUNCTION and behind not in NO_AGE_BEHIND  # "he was 61 when"
