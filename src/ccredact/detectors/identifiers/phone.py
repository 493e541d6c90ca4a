"""Telephone numbers: digits that the numbering plan of some country allows."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Final

LEAST_DIGITS: Final = 7
MOST_DIGITS: Final = 15
"""Digits of a number with its country's code (E.164)."""
_PREFIX_DIGITS: Final = 2
"""Digits of "00" before the country's code."""
_TRUNK_REGIONS: Final = ("GB", "IE", "AU")
"""Where numbers are said with a leading zero, and are known by it."""
_UK_AREAS: Final = "12357"
"""The digit behind the zero of a British number of eleven digits."""


@cache
def _plans() -> ModuleType:
    """Load the numbering plans, with the first number that may be one."""
    return import_module("phonenumbers")


def is_phone(text: str, *, plus: bool = False) -> bool:
    """Return whether digits are a valid number: with a country's code behind "+" or "00", or as people say it at home.

    `plus`: a "+" stands before them.
    """
    if not LEAST_DIGITS <= len(text) <= MOST_DIGITS + _PREFIX_DIGITS or not text.isascii():
        return False
    if plus:
        return _is_valid(f"+{text}", None)
    if text.startswith("00"):
        return _is_valid(f"+{text[2:]}", None)
    if text[0] == "0":
        if len(text) == 11 and text[1] in _UK_AREAS:
            return True  # numbers kept for plays are in no plan
        return 9 <= len(text) <= 11 and any(_is_valid(text, region) for region in _TRUNK_REGIONS)
    if len(text) == 11 and text[0] == "1":
        text = text[1:]
    return len(text) == 10 and text[0] > "1" < text[3] and _is_valid(text, "US")


def _is_valid(text: str, region: str | None) -> bool:
    plans = _plans()
    try:
        number = plans.parse(text, region)
    except plans.NumberParseException:
        return False
    valid: bool = plans.is_valid_number(number)
    return valid
