"""With which words a run of digits and letters goes on, and which may stand inside it."""

from __future__ import annotations

import re

from ccredact.detectors.identifiers.boundaries import BEFORE_CLITICS, CLITICS
from ccredact.detectors.identifiers.code_run import ALPHABET, LETTERS, NUMBERS, SHORT, SUFFIXES, CodeRun
from ccredact.dialogue.kinds import CODE, DATE, DIGITS
from ccredact.lang.en import words as en
from ccredact.text import word_class as wc
from ccredact.text.token import Token
from ccredact.text.words import MONEY, gap_kind

SLACK = 4
"""Fillers that may stand inside a run."""
_UNITS = frozenset("st nd rd th ft lb kg mg ml gb mb tb km mm".split())
"""Two letters that are no unit inside a code: "c 4 ft 26"."""
_DATE_WORDS = frozenset({"of", "the", "day", "eve"})
SPELLED_OUT = 2
"""Letters after which "i t" is no "it" that was cut: "s m i t h"."""
BANK_CODE = 4
_IBAN_START = re.compile(r"[a-z]{2}\d\d")
"""GB29 NWBK ..."""
_VOWELS = frozenset("aeiouy")


def _ends_sentence(gap: str) -> bool:
    return len(gap) > 1 and any(mark in gap for mark in ".?!")


def takes(run: CodeRun, token: Token) -> bool:
    """Whether the run goes on with the word."""
    classes = token.classes
    if run.alphabet == 2 or (run.alphabet == 1 and not classes & wc.FILLER and token.key != "in"):
        return bool(run.classes & LETTERS) or token.key not in en.FUNCTION  # "ending in 1531 for the rest"
    if classes & (NUMBERS | wc.MIXED):
        return gap_kind(token.gap) != MONEY and run.slack <= SLACK
    if run.form == CODE and not classes & ~wc.DAY and any(map(str.isdecimal, token.key)) and "'" not in token.key:
        return True  # "9tb" is no quantity here
    if classes & wc.ORDINAL and token.key[0].isdecimal() and (run.form == CODE or run.letters):
        return True  # the second half of "B33 8TH"
    if classes & wc.MAGNITUDE:
        return run.words > 0 and run.slack == 0
    return not _ends_sentence(token.gap) and _takes_letters(run, token)


def _takes_letters(run: CodeRun, token: Token) -> bool:
    """The same for letters, parts of dates and words that are too short to be any."""
    classes, key = token.classes, token.key
    if classes & (wc.LETTER | wc.NATO):
        return not (key in CLITICS and run.key in BEFORE_CLITICS and run.letters < SPELLED_OUT)
    if classes & wc.ARTICLE:
        spelled = run.classes & (wc.LETTER | wc.ARTICLE | wc.NATO) or (key == "a" and (run.letters or run.prefix))
        return run.slack == 0 and bool(spelled)
    if run.form == DATE and (classes & (wc.MONTH | wc.ORDINAL) or key in SUFFIXES):
        return True
    if run.slack or not key.isalpha() or not run.digits:
        return False
    if len(key) > SHORT:
        return len(key) == BANK_CODE and bool(_IBAN_START.fullmatch(run.text))
    if run.form == CODE:
        return key not in en.FUNCTION and not classes & wc.MEASURE
    return bool(classes & wc.UNCOMMON) and (len(key) < SHORT or _VOWELS.isdisjoint(key))


def passes(run: CodeRun, token: Token) -> bool:
    """Whether the word may stand inside the run."""
    key, classes = token.key, token.classes
    if run.slack >= SLACK:
        return False
    if key in ALPHABET and run.slack == 0 and (run.may_be_spelled or key == "as"):
        return True
    if key == "in" and run.alphabet == 1:
        return True
    if run.form == DATE and (key in _DATE_WORDS or classes & wc.HOMOPHONE):
        return True
    if run.misheard and run.kind == "POSTCODE" and not classes & wc.LEAD and run.slack < 2:
        return True
    if run.slack == 0 and _may_be_letters(run, key, classes):
        return True
    if key == "and" and (run.form == DATE or run.ends_written):
        return run.form == DATE and run.text.endswith("00")  # "2000 and 6"
    if classes & wc.HOMOPHONE:
        return not run.ends_written
    return bool(classes & (wc.FILLER | wc.HESITATION)) and not classes & wc.ARTICLE


def _may_be_letters(run: CodeRun, key: str, classes: int) -> bool:
    """Whether the word may be letters of a code, if figures follow."""
    if classes & wc.UNCOMMON:
        return len(key) <= (BANK_CODE if run.is_code and run.digits > 1 else SHORT)
    if key == "a":
        return run.form in {CODE, DIGITS}
    if key == "i":
        return run.is_split
    return key in _UNITS and run.is_code and run.letters > 0 and bool(run.classes & wc.DIGITS)
