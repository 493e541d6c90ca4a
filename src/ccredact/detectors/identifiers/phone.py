"""Whether digits are those of a telephone number of some country, by its numbering plan."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import ModuleType

LEAST, MOST = 7, 15
"""Digits of a number (E.164)."""
TRUNK = ("GB", "IE", "AU")
"""Where numbers are said with a leading zero, and are known by it."""

UK = "12357"
"""Behind the zero of a number of eleven digits there."""


@cache
def _plans() -> ModuleType:
    """The numbering plans: loaded with the first number that may be one."""
    return import_module("phonenumbers")


def is_phone(text: str, *, plus: bool = False) -> bool:
    """Whether the digits are a valid number: with a country's code behind "+" or "00", or as people at home say it."""
    if not LEAST <= len(text) <= MOST + 2 or not text.isascii():
        return False
    if plus:
        return _is_valid(f"+{text}", None)
    if text.startswith("00"):
        return _is_valid(f"+{text[2:]}", None)
    if text[0] == "0":
        if len(text) == 11 and text[1] in UK:
            return True  # numbers kept for plays are in no plan
        return 9 <= len(text) <= 11 and any(_is_valid(text, region) for region in TRUNK)
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
