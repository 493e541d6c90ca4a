"""Uncued classification: what a run is that nobody asked for, by its form, its length and its check digits."""

from __future__ import annotations

import re
from typing import Final

from ccredact.detectors.identifiers.code_run import CodeRun
from ccredact.detectors.identifiers.phone import is_phone
from ccredact.dialogue.kinds import OTHER
from ccredact.dialogue.placement import binds
from ccredact.entities import NUMBER
from ccredact.lang.en.dates import BEFORE_CLOCK_TIMES, CLOCK_TIMES
from ccredact.lang.en.identifiers import BEFORE_AMOUNTS, COUNTING
from ccredact.lang.en.words import CLASSES, COUNTED_THINGS
from ccredact.numbers.quantity import has_unit_sign, is_unit
from ccredact.numbers.years import YEAR_DIGITS, is_year
from ccredact.text.token import Token
from ccredact.text.word_class import LEAD, MAGNITUDE, MONTH
from ccredact.text.words import ends_sentence

SURE_DIGITS: Final = 7
"""As many digits are an identifier whatever they are."""
CODE_DIGITS: Final = 4
"""Digits of the shortest code that is known by its form."""
DAY_DIGITS: Final = 2
DATE_DIGITS: Final = 6
_SLASHED_DATE_DIGITS: Final = 8
_PREFIX_LETTERS: Final = 3
"""Letters of a prefix with which two digits are a code."""
_MIXED_SIZE: Final = 5
"""Digits and letters of a code of both."""
_PAIR: Final = 2
_MIXED_WORD: Final = 4
"""Letters and digits of a word from which on it is more than a letter and a count: "S4 E11"."""
_LONG_MIXED_SIZE: Final = 8
"""The same where only one of them is a digit."""
_SINGLES: Final = 3
"""Single digits said one after the other that are no time."""
_IBAN_SIZE: Final = 15
_LEAST_POSTCODE: Final = 5
_MOST_POSTCODE: Final = 7
"""Digits and letters of a British postcode."""
_GROUPED_WORDS: Final = 4
"""Words of a number of four digits of which some are said one by one."""

_MILLION: Final = "000000"

_UK_POSTCODE: Final = re.compile(r"(?:[a-z]{1,2}\d[a-z\d]?\d|gir0)[a-z]{2}")
_DATE_AND_TIME: Final = re.compile(
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"(?:t?(?:[01]\d|2[0-4])(?:[0-5]\d){0,2}(?:\d{3}){0,3}(?:z|[01]\d(?:[0-5]\d)?)?)?$"
)
"""2024-05-01, with the time, its fraction and its zone or without (ISO 8601): 2024-05-01T10:30:00.512+00:00."""
_DATE_FIGURES: Final = 3
_DATE_LENGTH: Final = 8
_SLASHED_DATES: Final = frozenset({(2, 2, 4), (1, 2, 4), (2, 1, 4), (1, 1, 4), (4, 2, 2)})
"""Lengths of the figures of a date with slashes."""
_VIN: Final = re.compile(r"(?=.*\d.*\d)(?=.*[a-hj-npr-z])[a-hj-npr-z\d]{17}")
"""A vehicle identification number, which has no I, O or Q (ISO 3779)."""


def is_amount(run: CodeRun, token: Token | None, *, named: bool = False, formatted: bool = False) -> bool:
    """Return whether a run is money, a time, a quantity, a date or part of one; `token` is the word behind it.

    `named`: of what stands behind it only a unit counts, since the run answers a question. `formatted`: the marks in it
    count for nothing, since a recogniser may write any number so.
    """
    if run.month or (run.magnitude and not named and run.spoken_only and run.singles < CODE_DIGITS):
        return True
    if run.million and (run.kind in {"", OTHER} or run.text.endswith(_MILLION)):
        return True
    if not formatted and is_written_as_amount(run):
        return True
    if token is not None and run.fillers == 0 and _is_measured(run, token, named=named):
        return True
    if run.led_by != run.prefix and CLASSES.get(run.led_by, 0) & MONTH and _is_day_of_month(run):
        return True  # "june 23 2018"
    if run.letters and CLOCK_TIMES.fullmatch(run.text):
        return True
    if (
        run.spoken_only
        and run.letters <= 1
        and run.led_by in BEFORE_CLOCK_TIMES
        and run.digits <= CODE_DIGITS
        and run.singles < _SINGLES
    ):
        return True
    if run.figures[:1] == (4,) and (run.joined or len(run.figures) == _DATE_FIGURES) and _DATE_AND_TIME.match(run.text):
        return True
    return bool(run.ordinal)


def may_be_stamp(run: CodeRun) -> bool:
    """Return whether a run begins as a date with its time does: "2024-05-01T10:30"."""
    return run.joined and run.figures[:1] == (YEAR_DIGITS,) and is_year(run.text[:YEAR_DIGITS])


def is_written_as_amount(run: CodeRun) -> bool:
    """Return whether a run is written as money, a time, a date, a decimal or with thousands: "$17.34"."""
    if run.currency or (run.clock and run.digits <= DATE_DIGITS) or (run.slash and run.digits <= _SLASHED_DATE_DIGITS):
        return True
    if run.slash and run.figures[:3] in _SLASHED_DATES and run.digits <= _SLASHED_DATE_DIGITS + DATE_DIGITS:
        return True  # "03/18/2025 12:30"
    return (run.point and run.letters == 0 and _is_decimal(run.figures)) or run.is_decimal


def _is_day_of_month(run: CodeRun) -> bool:
    """Return whether a run behind a month may be a day, a year or both: no "in may 516442 worked"."""
    if run.letters or run.digits > DATE_DIGITS:
        return False
    return run.spoken_only or run.digits <= DAY_DIGITS or is_year(run.text[-4:])


def _is_measured(run: CodeRun, token: Token, *, named: bool) -> bool:
    """Return whether the word right behind a run makes it an amount: "45 percent", "5 june", "20 €"."""
    if has_unit_sign(token.gap):
        return True
    if ends_sentence(token.gap):
        return False
    if named and (token.key in COUNTED_THINGS or run.singles == run.digits >= _SINGLES):
        return False
    if token.classes & LEAD and run.singles >= _SINGLES:
        return False  # it leads into another number: "area code four one five number"
    if run.digits >= SURE_DIGITS and not run.million:
        return False
    return is_unit(token.classes) or (bool(token.classes & MONTH) and run.digits <= DAY_DIGITS)


def is_amount_with_letters(run: CodeRun) -> bool:
    """Return whether the letters of an amount are no letters of a code: "six p m", "a fifteen inch model"."""
    if run.letters == 1:
        return run.has_article
    return not run.letters or (run.digits <= DATE_DIGITS and CLOCK_TIMES.fullmatch(run.text) is not None)


def _is_decimal(figures: tuple[int, ...]) -> bool:
    """Return whether figures of these lengths are one number with points or commas: 4.50, 1,500, 1,200.99."""
    return 2 <= len(figures) <= 5 and all(size == 3 for size in figures[1:-1]) and figures[-1] <= 3 and figures[0] <= 3


def uncued_label(run: CodeRun) -> str:
    """Return the label of a run that nobody asked for; "" when it is no identifier."""
    text = run.text
    if run.inside_name and run.figures[:1] == (_DATE_LENGTH,) and _DATE_AND_TIME.match(text[:_DATE_LENGTH]):
        return ""  # "batch-20251103-114"
    if run.kind == OTHER and run.digits < SURE_DIGITS and not (run.letters or run.prefix):
        return ""
    if run.letters or run.prefix:
        return _label_of_mixed(run, text)
    if run.counts_only or _is_row(run, text):
        return ""
    if run.digits >= SURE_DIGITS:
        return _label_of_long(run, text)
    if run.digits < CODE_DIGITS or not text.isdecimal() or binds(run.led_by) or run.is_range:
        return ""
    if run.spoken_only:
        grouped = run.singles >= 2 and run.word_count >= _GROUPED_WORDS
        if run.last_classes & MAGNITUDE and run.singles == CODE_DIGITS:
            return ""  # "seven three seven eight hundred"
        return NUMBER if run.singles >= CODE_DIGITS or grouped else ""
    counted = is_year(text) or run.led_by in BEFORE_AMOUNTS or text.endswith("000")
    if len(run.figures) == 1 and counted:
        return ""
    return NUMBER if max(run.figures) >= 3 or len(run.figures) >= 3 else ""


def _is_row(run: CodeRun, text: str) -> bool:
    """Return whether digits are several years, or are counted up or down: "in 1998, 2007 and 2013"."""
    if not COUNTING.isdisjoint(run.before):
        return True
    if len(text) < 2 * YEAR_DIGITS or len(text) % YEAR_DIGITS or not set(run.figures) <= {YEAR_DIGITS}:
        return False
    return all(is_year(text[at : at + YEAR_DIGITS]) for at in range(0, len(text), YEAR_DIGITS))


def _label_of_mixed(run: CodeRun, text: str) -> str:
    """Return the label of letters and digits."""
    if run.size >= _IBAN_SIZE and (is_iban(text) or (run.letter_os and is_iban(_with_letter_o(text)))):
        return "IBAN_CODE"
    if _VIN.fullmatch(text):
        return "VEHICLE_ID"
    if run.digits >= SURE_DIGITS:
        return NUMBER
    if is_uk_postcode(text):
        return "POSTCODE"
    if run.nato and run.letters == 1:
        return ""  # "hotel 150"
    if run.digits == run.letter_os:
        spelled = run.letters + run.letter_os >= CODE_DIGITS and run.word_count >= CODE_DIGITS
        return "PERSON" if spelled else ""
    if run.prefix and (run.digits > DAY_DIGITS or (run.digits == DAY_DIGITS and len(run.prefix) <= _PREFIX_LETTERS)):
        return NUMBER
    if run.digits == 1:
        in_one_word = run.word_count == 1 and run.size >= _LONG_MIXED_SIZE
        return NUMBER if in_one_word or (run.word_count >= 6 and run.letters >= _MIXED_SIZE) else ""
    if run.word_count == _PAIR == len(run.figures) and run.letters == _PAIR and max(run.figures) < _MIXED_WORD:
        return ""  # "S4 E11"
    return NUMBER if len(text) >= _MIXED_SIZE else ""


def is_uk_postcode(text: str) -> bool:
    """Return whether letters and digits have the form of a British postcode, whole."""
    return _LEAST_POSTCODE <= len(text) <= _MOST_POSTCODE and _UK_POSTCODE.fullmatch(text) is not None


def _with_letter_o(text: str) -> str:
    """Return an IBAN with the letter "o" in its bank's code, where it was said like a digit: "g b ... l o w w"."""
    return text[:4] + text[4:8].replace("0", "o") + text[8:]


def is_iban(text: str) -> bool:
    """Return whether a text is an IBAN by country, length and check digits (ISO 13616)."""
    from stdnum import iban  # noqa: PLC0415 - it loads much, and few calls need it

    return bool(iban.is_valid(text))


def _label_of_long(run: CodeRun, text: str) -> str:
    """Return the label of digits that are an identifier in any case."""
    if run.joined and run.figures == (3, 2, 4):
        return "US_ITIN" if text[0] == "9" else "US_SSN"
    if run.plus or (run.figures == (3, 3, 4) and text[0] > "1" < text[3]) or is_phone(text):
        return "PHONE_NUMBER"
    return NUMBER
