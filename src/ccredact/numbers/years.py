"""Which digits are a year that people talk of: the one rule for it."""

from __future__ import annotations

from typing import Final

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2035
YEAR_DIGITS: Final = 4
"""Digits of a year that is written out."""
_SHORT_YEAR_DIGITS: Final = 2
_LAST_CENTURY: Final = 30
"""From this on a year of two digits is of the last century."""


def is_year(digits: str) -> bool:
    """Return whether digits are a year of four digits."""
    return len(digits) == YEAR_DIGITS and digits.isdecimal() and FIRST_YEAR <= int(digits) <= LAST_YEAR


def year_of(digits: str) -> int:
    """Return the year that four digits are, or two of a date; 0 for none."""
    if is_year(digits):
        return int(digits)
    if len(digits) != _SHORT_YEAR_DIGITS or not digits.isdecimal():
        return 0
    return int(digits) + (1900 if int(digits) >= _LAST_CENTURY else 2000)
