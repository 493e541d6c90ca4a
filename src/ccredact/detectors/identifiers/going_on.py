"""Run boundaries: with which words an alphanumeric run goes on, and with which it pauses.

All functions here are pure: they look at a word and at what is known of the run, and change nothing.
"""

from __future__ import annotations

import re
from typing import Final

from ccredact.detectors.identifiers.beginnings import LETTERED, NUMBERS, is_no_word
from ccredact.detectors.identifiers.code_run import (
    LETTERS,
    NOT_SPELLING,
    SPELLING_IN_NEXT,
    SPELLING_NEXT,
    CodeRun,
)
from ccredact.detectors.identifiers.half_day import is_half_day
from ccredact.dialogue.answer_lengths import most_length
from ccredact.dialogue.kinds import (
    CODE,
    COUNTED,
    DATE,
    DATE_TIME,
    DIGITS,
    NONE,
    READ_OUT,
    TEXT,
)
from ccredact.lang.en.dates import BETWEEN_DATES, INSIDE_DATES, ORDINAL_SUFFIXES
from ccredact.lang.en.free_text import LETTER_CASES, SIGNS
from ccredact.lang.en.identifiers import (
    AND,
    ARTICLE,
    AS,
    BEFORE_CLITICS,
    BEHIND_ONE,
    CHOSEN,
    CLITICS,
    FOR,
    ONE,
    PRONOUN,
    SPELLING_CUES,
    SPELLING_IN,
    TO,
    UNIT_LOOKALIKES,
    VOWELS,
    X_RAY,
)
from ccredact.lang.en.words import FUNCTION, GREETINGS
from ccredact.numbers.years import YEAR_DIGITS, is_year
from ccredact.text import word_class as wc
from ccredact.text.token import Token
from ccredact.text.words import MONEY, PLAIN, ends_sentence, gap_kind, is_glued

_INSIDE_WORDS: Final = frozenset({" ", "-"})
_DECIMAL: Final = (1, 1)
"""Lengths of the figures of a small number with one decimal."""
_LIST_MARK: Final = ", "
_MOST_STUTTERS: Final = 4
"""Multipliers in a row that may stand inside a run, behind the first."""
_MOST_FILLERS: Final = 4
"""Fillers in a row that may stand inside a run."""
_POSTCODE_FILLERS: Final = 2
"""Misheard words in a row that may stand inside a postcode."""
_FRAGMENT_LETTERS: Final = 3
"""Letters of an unknown word that may be part of a code: "de 54 d 4"."""
_SPELLED_LETTERS: Final = 2
"""Letters after which "i t" is no "it" that was cut: "s m i t h"."""
_BANK_CODE_LETTERS: Final = 4
_IBAN_START: Final = re.compile(r"[a-z]{2}\d\d")
"""Country and check digits, behind which the bank's code stands (ISO 13616): "GB29 NWBK"."""


def continues_run(run: CodeRun, token: Token) -> bool:
    """Return whether the run goes on with the word."""
    classes = token.classes
    if (run.last_key, token.key) == X_RAY and run.fillers == 0 and token.gap in _INSIDE_WORDS:
        return run.answer_type in LETTERED
    sounds = classes & NUMBERS and not run.last_classes & LETTERS  # "seven for one": a four
    if run.spelling != NOT_SPELLING and not sounds and _is_spelling_word(run, token):
        return bool(run.last_classes & LETTERS) or token.key not in FUNCTION  # "ending in 1531 for the rest"
    if classes & wc.MULTIPLIER & run.last_classes and (run.size == 0 or run.stutters >= _MOST_STUTTERS):
        return False  # the first "double" has lost its digit, and is waited for no longer
    if run.answer_type == TEXT and is_glued(token.gap):
        return True  # "p@55.word/9"
    if run.fillers and run.last_filler in LETTER_CASES:
        return bool(classes & (LETTERS | wc.NATO))
    if classes & NUMBERS:
        return _continues_with_number(run, token)
    if run.answer_type == CODE and not classes & ~(wc.DAY | wc.QUANTITY) and _has_figures(token.key):
        return True  # "9tb" is no quantity here
    if classes & wc.ORDINAL and token.key[0].isdecimal() and (run.answer_type in COUNTED or run.letters):
        return True  # "41 7th", the second half of "B33 8TH"
    if classes & (wc.MAGNITUDE | wc.PLURAL):
        return run.may_be_multiplied(token)
    return not ends_sentence(token.gap) and _continues_with_letters(run, token)


def _continues_with_number(run: CodeRun, token: Token) -> bool:
    """Return whether the run goes on with a word that is or holds digits."""
    classes = token.classes
    if run.answer_type in {None, NONE}:
        listed = run.letters or classes & wc.MIXED or _is_one_year(run)
        if listed and _LIST_MARK in token.gap:
            return False  # "F-150, 2019, 5.0"
        if run.only_point and run.figures == _DECIMAL and classes & wc.MIXED:
            return False  # "5.0 | V8"
    inside = run.answer_type in READ_OUT and not run.has_article and run.size < most_length(run.kind)
    other = not inside and (gap_kind(token.gap) == MONEY or _is_behind_amount(run, token))  # "415 $555 0182"
    return run.fillers <= _MOST_FILLERS and not other


def _is_behind_amount(run: CodeRun, token: Token) -> bool:
    """Return whether figures stand apart behind money, whose sign says nothing of them: "$2.05. +1 202 555 0110"."""
    return run.currency and bool(token.classes & wc.DIGITS) and any(map(str.isspace, token.gap))


def _is_one_year(run: CodeRun) -> bool:
    """Return whether a run is a year and no more."""
    return run.figures == (YEAR_DIGITS,) and is_year(run.text)


def _is_spelling_word(run: CodeRun, token: Token) -> bool:
    """Return whether the word stands for the letter before "for", "as" or "as in"."""
    if run.spelling == SPELLING_IN_NEXT:
        return True
    return run.spelling == SPELLING_NEXT and not token.classes & wc.FILLER and token.key != SPELLING_IN


def _has_figures(key: str) -> bool:
    return any(map(str.isdecimal, key)) and "'" not in key


def _continues_with_letters(run: CodeRun, token: Token) -> bool:
    """Return the same for letters, parts of dates and words that are too short to be any."""
    classes, key = token.classes, token.key
    if classes & wc.SPELLER and run.spells and run.fillers == 0:
        return run.answer_type in LETTERED
    if classes & wc.NATO and run.last_key == ARTICLE and run.size == 1:
        return False  # "it's a hotel"
    if run.is_hour:
        return is_half_day(run.first_filler, key)  # "9 a.m."
    if classes & (wc.LETTER | wc.NATO):
        return not (key in CLITICS and run.last_key in BEFORE_CLITICS and run.letters < _SPELLED_LETTERS)
    if classes & wc.ARTICLE:
        letters = run.last_classes & (LETTERS | wc.NATO) or (key == ARTICLE and (run.letters or run.prefix))
        return run.fillers == 0 and bool(letters)
    if run.answer_type == DATE and (classes & (wc.MONTH | wc.ORDINAL) or key in ORDINAL_SUFFIXES):
        return True
    if (
        run.fillers
        or key in GREETINGS
        or not key.isalpha()
        or not run.digits
        or (run.last_key == ONE and key in BEHIND_ONE)
    ):
        return False
    if len(key) > _FRAGMENT_LETTERS:
        bank = len(key) == _BANK_CODE_LETTERS and _IBAN_START.fullmatch(run.text) is not None
        return bank or (run.is_code and bool(classes & wc.UNCOMMON) and is_no_word(key))  # "4 SRNGTLW 2"
    if run.answer_type == CODE:
        return key not in FUNCTION and not classes & wc.MEASURE
    return bool(classes & wc.UNCOMMON) and (len(key) < _FRAGMENT_LETTERS or VOWELS.isdisjoint(key))


def pauses_run(run: CodeRun, token: Token) -> bool:
    """Return whether the word may stand inside the run: it belongs to it if more of the run follows."""
    key, classes = token.key, token.classes
    if run.fillers >= _MOST_FILLERS:
        return False
    if run.is_dictated and (key in LETTER_CASES or (key in SIGNS and not (run.is_code and classes & wc.MEASURE))):
        return True
    if _may_spell(run, key):
        return True
    if run.answer_type == DATE and (key in INSIDE_DATES or classes & wc.HOMOPHONE or key in BETWEEN_DATES):
        return _may_stand_in_date(run, key)
    misheard = run.immediate and run.kind == "POSTCODE" and run.fillers < _POSTCODE_FILLERS
    misheard = misheard and not (classes & (wc.LEAD | wc.MEASURE) or key in CHOSEN or key in GREETINGS)
    if misheard and gap_kind(token.gap) == PLAIN:
        return True
    if run.fillers == 0 and _may_be_letters(run, key, classes):
        return True
    if key == AND and (run.answer_type == DATE or run.ends_written):
        return run.answer_type == DATE and (
            (run.immediate and not run.month) or run.text.endswith("00")
        )  # "the eleven three and nineteen"
    if classes & wc.HOMOPHONE:
        inside = key == TO and run.answer_type in COUNTED and not run.ends_in_four
        return inside or not run.ends_written  # "25894 to 45", and not "from 4321 to 0079"
    return bool(classes & (wc.FILLER | wc.HESITATION)) and (not classes & wc.ARTICLE or run.may_end_with(key))


def _may_stand_in_date(run: CodeRun, key: str) -> bool:
    """Return whether a small word may stand inside a date, or between two: "ten eleven | through ten fifteen"."""
    if run.kind == DATE_TIME:
        return key != FOR  # "march twelfth | for two people"
    return key not in BETWEEN_DATES


def _may_spell(run: CodeRun, key: str) -> bool:
    """Return whether the word may stand between a letter and the word that spells it: "t | for tommy"."""
    if key in SPELLING_CUES:
        return (run.fillers == 0 and (run.may_be_spelled or key == AS)) or run.may_end_in_article
    return key == SPELLING_IN and run.spelling == SPELLING_NEXT


def _may_be_letters(run: CodeRun, key: str, classes: int) -> bool:
    """Return whether the word may be letters of a code, if figures follow."""
    if classes & wc.UNCOMMON:
        return len(key) <= (_BANK_CODE_LETTERS if run.is_code and run.digits > 1 else _FRAGMENT_LETTERS)
    if key == ARTICLE:
        return run.answer_type in {CODE, DIGITS} or bool(run.last_classes & wc.NUMERIC)
    if key == PRONOUN:
        return run.is_split
    return (
        key in UNIT_LOOKALIKES
        and run.is_code
        and bool(run.letters or run.prefix)
        and bool(run.last_classes & wc.DIGITS)
    )
