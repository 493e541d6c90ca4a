"""Postcodes by their place (behind a state of the US, behind or before a town) and by the form that a country has."""

from __future__ import annotations

import re
from typing import Final

from ccredact.detectors.identifiers.code_run import CodeRun
from ccredact.lang.en.places import (
    AMBIGUOUS_STATES,
    BEFORE_TOWNS,
    IN,
    INSIDE_TOWNS,
    POSTCODE_NAMES,
    RESIDE,
    STATES,
    STREET_ENDINGS,
    STREET_WORDS,
)
from ccredact.lang.en.words import CLASSES, common_words
from ccredact.numbers.years import is_year
from ccredact.text.token import Token

_ZIP_FIGURES: Final = frozenset({(5,), (5, 4)})
_ZIP_DIGITS: Final = 5
_FIGURES: Final = frozenset({(4,), (5,), (6,), (3, 2), (3, 3), (4, 3), (5, 3)})
"""Lengths of the figures of a postcode: 6091, 43015, 101000, 840 24, 110 001, 3610-114, 01310-100."""
_LEAST_SPOKEN: Final = 4
_MOST_SPOKEN: Final = 5
"""Digits of a postcode that is said behind a town."""
_HOUSE_DIGITS: Final = 4
_COUNTRY_LETTERS: Final = 2
"""Letters of the short name of a country or a state."""
_TOWN_WORDS: Final = 3
"""Words between the number of a house and the postcode: the town."""
_STREET_REACH: Final = 3
"""Words before a number among which the first word of a street's name may be."""

_CLEAR_STATES: Final = STATES - AMBIGUOUS_STATES
_LEAD_WORDS: Final = STATES | POSTCODE_NAMES
_STREET: Final = re.compile(f".+(?:{'|'.join(STREET_ENDINGS)})")
_COUNTRY_FORMS: Final = re.compile(
    r"[abceghj-nprstvxy]\d[a-ceghj-nprstv-z]\d[a-ceghj-nprstv-z]\d"  # Canada
    r"|(?:[ac-fhknprtvwxy]\d\d|d6w)(?=.{0,3}[ac-fhknprtv-y])[ac-fhknprtv-y\d]{4}"  # Ireland
)
_COUNTRY_AND_DIGITS: Final = re.compile(r"[a-z]\d{4,5}")
"""The country before the code, as on letters, or a letter of the code: "D-80331"."""
_COUNTRIES: Final = frozenset("abdfhilns")
_DUTCH: Final = re.compile(r"\d{0,4}[1-9]\d{3}[a-z]{2}")
"""With the number of a house before it: "Stationsplein 4, 1012 AB"."""


def is_zip(run: CodeRun) -> bool:
    """Return whether a run is five digits, or five and four, behind a state of the US or "live in"."""
    if run.letters or run.plus or run.currency:
        return False
    state = run.prefix or run.led_by
    if state not in STATES:
        return False
    if run.figures in _ZIP_FIGURES:
        return True
    if run.digits != _ZIP_DIGITS:
        return False
    return state not in AMBIGUOUS_STATES or (state == IN and not RESIDE.isdisjoint(run.before[-2:-1]))


def may_become_zip(run: CodeRun) -> bool:
    """Return whether a run is a ZIP code or the beginning of one: all of it must be heard before it is classified."""
    if is_zip(run):
        return True
    if run.letters or run.plus or run.currency:
        return False
    return run.digits < _ZIP_DIGITS and (run.prefix or run.led_by) in _CLEAR_STATES


def is_postcode(run: CodeRun, token: Token | None) -> bool:
    """Return whether a number that is hidden in any case is a postcode of some country.

    `token` is the word behind it, None when its turn is over.
    """
    if run.plus or run.currency or run.magnitude:
        return False
    if run.letters:
        return _has_country_form(run, token)
    if run.led_by in POSTCODE_NAMES:
        return run.figures in _FIGURES
    if run.figures in _FIGURES:
        if _stands_behind_town(run.before) or not STREET_WORDS.isdisjoint(run.before):
            return True
        return _stands_behind_house(run.before) and not is_year(run.text)
    if run.spoken_only:
        return _LEAST_SPOKEN <= run.digits <= _MOST_SPOKEN and _stands_behind_town(run.before)
    house, *code = run.figures  # "Hauptstr. 12, 80331 München"
    return house < _HOUSE_DIGITS and tuple(code) in _FIGURES and _stands_behind_street(run.before)


def is_word_before_postcode(run: CodeRun) -> bool:
    """Return whether the prefix of a postcode is no part of it: "york 10001"; two letters may be part of a code."""
    return len(run.prefix) > _COUNTRY_LETTERS and run.prefix in _LEAD_WORDS


def _has_country_form(run: CodeRun, token: Token | None) -> bool:
    """Return whether letters and digits are a postcode as Canada, Ireland, the Netherlands or mail abroad write it."""
    text = run.text
    if _COUNTRY_FORMS.fullmatch(text):
        return len(run.figures) == 2 or _stands_behind_town(run.before)
    if _COUNTRY_AND_DIGITS.fullmatch(text):
        town_follows = token is not None and _may_be_place(token.key)
        return _stands_behind_town(run.before) or (text[0] in _COUNTRIES and town_follows)
    if not _DUTCH.fullmatch(text):
        return False
    return _stands_behind_street(run.before) or _stands_behind_town(run.before)


def _may_be_place(key: str) -> bool:
    """Return whether a word may be the name of a place: no table has it."""
    return len(key) > 1 and key.isalpha() and key not in CLASSES and key not in common_words()


def _stands_behind_street(before: tuple[str, ...]) -> bool:
    """Return whether the words before a number end with the name of a street: "hauptstr", "rue de rivoli"."""
    if not before:
        return False
    return _STREET.fullmatch(before[-1]) is not None or not STREET_WORDS.isdisjoint(before[-_STREET_REACH:])


def _stands_behind_town(before: tuple[str, ...]) -> bool:
    """Return whether the words before a number end with "in" and a town: "in Quinta de São Tiago", "in Bjert"."""
    named = False
    for key in reversed(before):
        if key in BEFORE_TOWNS:
            return named
        if _may_be_place(key):
            named = True
        elif not (key in INSIDE_TOWNS or len(key) == 1) or key.isdecimal():
            return False  # a letter may stand in a town: "in København K 1421"
    return False


def _stands_behind_house(before: tuple[str, ...]) -> bool:
    """Return whether the words before a number end with street, house and town: "Mellemvej 32 Aalborg"."""
    named = False
    for distance, key in enumerate(reversed(before)):
        if key.isdecimal():
            street = before[-distance - 2] if len(before) > distance + 1 else ""
            return named and len(key) <= _HOUSE_DIGITS and _may_be_place(street)
        if distance == _TOWN_WORDS:
            return False
        if _may_be_place(key):
            named = True
        elif not (key in INSIDE_TOWNS or len(key) <= _COUNTRY_LETTERS):
            return False
    return False
