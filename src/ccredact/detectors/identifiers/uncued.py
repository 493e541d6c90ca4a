"""What a run of digits and letters is that nobody asked for: by its form, its length and its check digits."""

from __future__ import annotations

import re

from ccredact.detectors.identifiers.code_run import CodeRun
from ccredact.detectors.identifiers.phone import is_phone
from ccredact.dialogue.kinds import OTHER
from ccredact.entities import NUMBER
from ccredact.lang.en.words import CLASSES
from ccredact.text.token import Token
from ccredact.text.word_class import LEAD, MEASURE, MONTH

MANY = 7
"""As many digits are an identifier whatever they are."""
SOME = 4
SHORT_PREFIX = 3
DAY, DATE_DIGITS = 2, 6
AT_LEAST = 5
"""Digits and letters of a code that nobody asked for."""
_UK_POSTCODE = re.compile(r"(?:[a-z]{1,2}\d[a-z\d]?\d|gir0)[a-z]{2}")
_TIMES = re.compile(r"(?:\d{1,4}[ap]m)+\d{0,4}")
_DATED = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d\d){0,3}")
"""2024-05-01 10:30:00."""
_TIMED = frozenset("at after before by until till from around about between".split())
LEAST_SINGLES = 3
"""Single digits said one after the other that are no time."""
_VIN = re.compile(r"(?=.*\d.*\d)(?=.*[a-hj-npr-z])[a-hj-npr-z\d]{17}")
_COUNTED = frozenset(
    "at around about over under than least most roughly nearly almost up for only exactly x by".split()
)


def is_amount(run: CodeRun, token: Token | None) -> bool:
    """Whether it is money, a time, a quantity, a date or part of one; `token` is the word behind it."""
    if run.amount or run.month or (run.magnitude and run.spoken_only and run.singles < SOME):
        return True
    if run.clock and run.digits <= 6:
        return True
    behind = _behind(run, token)
    if token is not None and run.slack == 0 and ("%" in token.gap or "€" in token.gap or "£" in token.gap):
        return True
    if run.slack == 0 and run.digits < MANY and (behind & MEASURE or (behind & MONTH and run.digits <= DAY)):
        return True
    if CLASSES.get(run.led_by, 0) & MONTH and run.digits <= DATE_DIGITS and not run.letters:
        return True  # "june 23 2018"
    if run.letters and _TIMES.fullmatch(run.text):
        return True
    if run.spoken_only and run.led_by in _TIMED and run.digits <= SOME and run.singles < LEAST_SINGLES:
        return True
    if run.joined and run.figures[:3] == (4, 2, 2) and _DATED.fullmatch(run.text):
        return True
    if run.point and run.letters == 0 and _is_decimal(run.figures):
        return True
    return bool(run.ordinal) or (run.slash and run.digits <= 8)


def _behind(run: CodeRun, token: Token | None) -> int:
    """Classes of the word behind it, none where it leads into another number: "area code four one five number"."""
    behind = token.classes if token is not None else 0
    return 0 if behind & LEAD and run.singles >= LEAST_SINGLES else behind


def is_plain(run: CodeRun) -> bool:
    """Whether an amount is one although it has letters: "six p m", "a fifteen inch model"."""
    if run.letters == 1:
        return run.text[0] == "a" and run.start < run.last
    return not run.letters or (run.digits <= DATE_DIGITS and _TIMES.fullmatch(run.text) is not None)


def _is_decimal(figures: tuple[int, ...]) -> bool:
    """4.50, 1,500, 1,200.99."""
    return 2 <= len(figures) <= 5 and all(size == 3 for size in figures[1:-1]) and figures[-1] <= 3 and figures[0] <= 3


def is_year(text: str) -> bool:
    """Whether four digits are a year that people talk of."""
    return len(text) == 4 and "1900" <= text <= "2035"


def label_of(run: CodeRun) -> str:
    """The label of a run that nobody asked for; "" when it is no identifier."""
    text = run.text
    if run.kind == OTHER and run.digits < MANY and not (run.letters or run.prefix):
        return ""
    if run.letters or run.prefix:
        return _mixed(run, text)
    if run.digits >= MANY:
        return _long(run, text)
    if run.digits < SOME or not text.isdecimal():
        return ""
    if run.spoken_only:
        return NUMBER if run.singles >= SOME or (run.singles >= 2 and run.words >= 4) else ""
    if len(run.figures) == 1 and (is_year(text) or run.led_by in _COUNTED or text.endswith("000")):
        return ""
    return NUMBER if max(run.figures) >= 3 or len(run.figures) >= 3 else ""


def _mixed(run: CodeRun, text: str) -> str:
    if run.size >= 15 and (iban_like(text) or (run.ohs and iban_like(_with_letter_o(text)))):
        return "IBAN_CODE"
    if _VIN.fullmatch(text):
        return "VEHICLE_ID"
    if run.digits >= MANY:
        return NUMBER
    if 5 <= len(text) <= 7 and _UK_POSTCODE.fullmatch(text):
        return "POSTCODE"
    if run.nato and run.letters == 1:
        return ""  # "hotel 150"
    if run.digits == run.ohs:
        return "PERSON" if run.letters + run.ohs >= SOME and run.words >= SOME else ""
    if run.prefix and (run.digits > DAY or (run.digits == DAY and len(run.prefix) <= SHORT_PREFIX)):
        return NUMBER
    if run.digits == 1:
        return NUMBER if (run.words == 1 and run.size >= 8) or (run.words >= 6 and run.letters >= AT_LEAST) else ""
    return NUMBER if len(text) >= AT_LEAST else ""


def _with_letter_o(text: str) -> str:
    """The same, an "o" of its bank's code being the letter: "g b ... l o w w"."""
    return text[:4] + text[4:8].replace("0", "o") + text[8:]


def iban_like(text: str) -> bool:
    """Whether it is an IBAN by country, length and check digits (ISO 13616)."""
    from stdnum import iban  # noqa: PLC0415 - it loads much, and few calls need it

    return bool(iban.is_valid(text))


def _long(run: CodeRun, text: str) -> str:
    if run.joined and run.figures == (3, 2, 4):
        return "US_ITIN" if text[0] == "9" else "US_SSN"
    if run.plus or (run.figures == (3, 3, 4) and text[0] > "1" < text[3]) or is_phone(text):
        return "PHONE_NUMBER"
    return NUMBER
