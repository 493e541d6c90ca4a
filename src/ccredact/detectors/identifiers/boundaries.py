"""Run boundaries: with which words an alphanumeric run or an e-mail begins, goes on and pauses, and what may lead it.

All functions here are pure: they look at a word, at what is known of the run and at the question that is waited for,
and change nothing.
"""

from __future__ import annotations

import re
from typing import Final

from ccredact.detectors.identifiers.age import RELATIVE, age_lead
from ccredact.detectors.identifiers.code_run import (
    LETTERS,
    NOT_SPELLING,
    SPELLING_IN_NEXT,
    SPELLING_NEXT,
    CodeRun,
)
from ccredact.detectors.identifiers.half_day import is_half_day
from ccredact.detectors.identifiers.held_word import HeldWord
from ccredact.dialogue.answer_lengths import most_length
from ccredact.dialogue.choice import BESIDE
from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.dialogue.kinds import (
    AGE,
    CARD_DATA,
    CODE,
    COUNTED,
    DATE,
    DATE_TIME,
    DIGITS,
    EMAIL,
    NONE,
    READ_OUT,
    SPELLED,
    TEXT,
)
from ccredact.dialogue.placement import binds, leads
from ccredact.lang.en.ages import COPULAS as AGE_COPULAS
from ccredact.lang.en.ages import RELATIVE_IS
from ccredact.lang.en.cardinals import OH
from ccredact.lang.en.dates import BETWEEN_DATES, IN_DATES, INSIDE_DATES, ORDINAL_SUFFIXES
from ccredact.lang.en.free_text import LETTER_CASES, SIGNS
from ccredact.lang.en.identifiers import (
    AND,
    ARTICLE,
    AS,
    BEFORE_CLITICS,
    BEHIND_ONE,
    CHOSEN,
    CLITICS,
    COPULAS,
    FOR,
    IT_IS,
    LEAD_PAIRS,
    LETTER_LOOKALIKES,
    LETTER_SOUNDS,
    ONE,
    PLUS,
    PRONOUN,
    SPELLING_CUES,
    SPELLING_IN,
    THAT,
    THE,
    TO,
    UNIT_LOOKALIKES,
    VOWELS,
    X_RAY,
)
from ccredact.lang.en.places import UK_AREAS
from ccredact.lang.en.words import FUNCTION, GREETINGS, MISHEARD
from ccredact.numbers.years import YEAR_DIGITS, is_year
from ccredact.text import word_class as wc
from ccredact.text.token import Token
from ccredact.text.words import MONEY, PLAIN, ends_sentence, gap_kind, is_glued

NUMBERS: Final = wc.NUMERIC | wc.MIXED
"""Classes of words that are or hold digits."""
NEAR: Final = 3
"""Words between the phrase for a code or an e-mail address and an answer of unusual form, in the same turn."""
_MAY_BE_HELD: Final = wc.UNCOMMON | wc.PLUS
_NEVER_HELD: Final = wc.LEAD | wc.PROMPT_END | wc.LABEL

_PREFIX_LETTERS: Final = 4
"""Letters of a word before a number that may be part of it: "bery 45"."""
UNCUED_PREFIX_LETTERS: Final = 3
"""The same where nothing was asked for."""
_NEAR_PREFIX_LETTERS: Final = 6
"""The same right behind the phrase for a code: "the confirmation number is jfkow 58"."""
_CONSONANTS: Final = re.compile(r"[^aeiouy]{4}|^[^aeiouy]+$|[bcdfghjklmnpqrstvwxz]q|q[^u]|[jv][^aeiouy]")
"""Letters that stand in few words of English."""
_CODE_LETTERS: Final = 5
_MOST_CODE_LETTERS: Final = 8
"""Letters up to which a word that is the whole answer, or a piece of it, may be a code."""
_CODE_WORD_LETTERS: Final = 6
"""Letters from which on a word can be a code by itself."""
_MISHEARD_LETTERS: Final = 7
"""Letters of an everyday word that may be a misheard part of one."""
_MISHEARD_WORDS: Final = 3
"""Words before a date or a postcode that may be misheard parts of it."""
_LETTERED: Final = frozenset({CODE, SPELLED})
"""Types of answers of which a piece may be letters alone."""
_INSIDE_WORDS: Final = frozenset({" ", "-"})
_JOINED_GAPS: Final = frozenset({"", "-", "#"})
"""What may stand between a prefix and its number, apart from spaces."""

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


# -- beginning -----------------------------------------------------------------------------------------------------


def word_before(before: tuple[str, ...]) -> str:
    """Return the word before a number, "" for none; "he's" for "my father is", "and" for "followed by"."""
    last = before[-1] if before else ""
    if before[-2:] in LEAD_PAIRS:
        return AND
    return RELATIVE_IS if last in AGE_COPULAS and age_lead(before) == RELATIVE else last


def begins_run(token: Token, before: str, question: ExpectedAnswer | None, *, capital: bool = False) -> bool:
    """Return whether a run may begin with the word.

    `before` is the word before it, `question` what it would answer; `capital`: it is written in capitals alone.
    """
    classes = token.classes
    form = None if question is None else question.answer_type
    if classes & NUMBERS:
        return True
    if classes & wc.HOMOPHONE and question is not None and _may_begin_with_homophone(question, token, before):
        return True
    if classes & wc.LETTER:
        reading = question is not None and question.begun and before == THAT
        return reading or not (token.key in CLITICS and before in BEFORE_CLITICS)
    if classes & wc.ARTICLE:
        return form in {CODE, DIGITS, SPELLED, EMAIL} or (question is not None and question.in_parts)
    if classes & wc.NATO:
        return form != TEXT
    if classes & (wc.QUANTITY | wc.SPELLER) and question is not None:
        return _may_be_code_here(question, token, before)
    if classes & (wc.MONTH | wc.ORDINAL) and form == DATE:
        return True
    if classes & wc.ORDINAL and token.key[0].isdecimal():
        asked = question is not None and question.is_counted and not question.weak
        told = before not in IN_DATES or (before in COPULAS and question is not None and question.begun)
        return asked and told  # "3rd 716", "that was 3rd", and not "the 3rd"
    return question is not None and (
        _is_code_word(question, token, before) or _is_code_piece(question, token, before, capital=capital)
    )


def _is_code_word(question: ExpectedAnswer, token: Token, before: str) -> bool:
    """Return whether a word is a code of letters alone: "your reference number is SLTIVABU"."""
    if not _is_open_code_cue(question, token):
        return False
    distance = token.index - question.word
    near = distance == 1 or (distance <= NEAR and before in COPULAS)
    return near and bool(token.classes & wc.UNCOMMON) and len(token.key) >= _CODE_WORD_LETTERS


def _may_be_code_here(question: ExpectedAnswer, token: Token, before: str) -> bool:
    """Return whether a word that is everyday talk elsewhere may be a piece of a code: "then 5d", "sugar"."""
    if question.answer_type != CODE or question.weak or not leads(before):
        return False
    if question.turn == token.turn and not question.begun:
        return token.classes & wc.QUANTITY > 0 and token.index - question.word <= BESIDE
    if question.begun:
        return token.speaker == question.reader or token.classes & wc.QUANTITY > 0
    return question.asked and token.speaker != question.speaker


def _may_begin_with_homophone(question: ExpectedAnswer, token: Token, before: str) -> bool:
    """Return whether a word that sounds like a digit may be the first one of an answer: "to for ate won oh to"."""
    if question.answer_type not in {DIGITS, CODE} or question.weak or question.kind in CARD_DATA:
        return False
    return (
        (question.turn != token.turn or token.speaker is None) and (question.asked or question.begun) and leads(before)
    )


def _is_no_word(key: str) -> bool:
    """Return whether letters are none that a word is written with: "bvxqtz"."""
    return _CODE_LETTERS <= len(key) <= _MOST_CODE_LETTERS and _CONSONANTS.search(key) is not None


def _is_code_piece(question: ExpectedAnswer, token: Token, before: str, *, capital: bool) -> bool:
    """Return whether a word of no dictionary may be a code, or a piece of one: "INC", then "82"."""
    if question.answer_type not in _LETTERED or question.weak or not may_be_letters(token):
        return False
    if question.kind == "POSTCODE" or not (capital or _is_no_word(token.key)):
        return False
    if before in COPULAS and before not in IT_IS:
        return question.turn == token.turn
    if capital and token.index - question.word == 1:
        return True  # "reg SH"
    return leads(before)


def may_be_letters(token: Token) -> bool:
    """Return whether a word that is written in capitals may be letters of a code: it is none of the language."""
    if token.classes & wc.UNCOMMON:
        return True
    return not token.classes & wc.LEADING and token.key.isalpha() and VOWELS.isdisjoint(token.key)


def _is_open_code_cue(question: ExpectedAnswer, token: Token) -> bool:
    """Return whether a code was announced in the word's turn, by a strong phrase, and none of it has come."""
    return question.answer_type == CODE and not question.weak and not question.begun and question.turn == token.turn


def begins_email(token: Token, question: ExpectedAnswer) -> bool:
    """Return whether an e-mail address that was asked for or announced may begin with the word."""
    if question.turn == token.turn and token.index - question.word > NEAR:
        return False
    classes, key = token.classes, token.key
    if classes & (wc.UNCOMMON | wc.LETTER | NUMBERS | wc.NATO | wc.ARTICLE):
        return key not in FUNCTION or bool(classes & wc.ARTICLE)
    return key.isalpha() and key not in FUNCTION and not classes & (wc.LEAD | wc.FILLER | wc.PROMPT_END)


# -- words before a run --------------------------------------------------------------------------------------------


def may_be_prefix(token: Token, question: ExpectedAnswer | None) -> bool:
    """Return whether a word may belong to the number or the address that follows it: it is held for a word."""
    key, classes = token.key, token.classes
    if classes & _MAY_BE_HELD:
        return True
    if question is not None and question.answer_type == CODE and key in LETTER_CASES:
        return True  # "capital h ..."
    if question is not None and question.kind == "POSTCODE" and key in UK_AREAS and key not in FUNCTION:
        return True  # "ox", "eh"
    asked = question is not None and question.turn != token.turn and question.is_fresh(token.turn)
    if asked and question is not None and question.kind == "POSTCODE" and key in MISHEARD:
        return True
    if asked and question is not None and question.answer_type == SPELLED and key in LETTER_SOUNDS:
        return True
    if classes & _NEVER_HELD or (classes & wc.MONTH and question is not None):
        return False
    if classes & wc.ARTICLE and key == ARTICLE:
        return True
    if question is not None and (question.answer_type == DATE or question.kind == "POSTCODE"):
        return (asked and question.kind != DATE_TIME and may_be_misheard(token, question)) or key == THE
    most = UNCUED_PREFIX_LETTERS if question is None else _PREFIX_LETTERS
    return len(key) <= most and key.isalpha() and key not in FUNCTION


def may_be_misheard(token: Token, question: ExpectedAnswer) -> bool:
    """Return whether a word before a date or a postcode may be a misheard part of it: "list of april", "bury 1 a h".

    Greetings, thanks, hesitations and long everyday words are none, nor are, before a date, the words of a sentence.
    """
    key, classes = token.key, token.classes
    if classes & (wc.HESITATION | wc.CORRECTION | wc.MEASURE | wc.DAY) or key in OH or key in GREETINGS:
        return False
    if key in FUNCTION and question.answer_type == DATE:
        return key in MISHEARD or key in INSIDE_DATES
    return len(key) <= _MISHEARD_LETTERS or bool(classes & wc.UNCOMMON)


def may_be_misread_code(token: Token, before: str, question: ExpectedAnswer) -> bool:
    """Return whether the first letters of a code may have become a word: "the booking number is as 43 x 6".

    In the turn behind the question every short word with which the answer begins may be some: "our 417", "aug 593".
    """
    if question.turn != token.turn:
        return _may_begin_code(token, before, question)
    if question.kind == "POSTCODE" or not _is_open_code_cue(question, token):
        return False
    distance = token.index - question.word
    if distance != 1 and (distance > NEAR or before not in COPULAS):
        return False
    key = token.key
    if key in LETTER_LOOKALIKES:
        return key not in COPULAS or before in COPULAS
    return bool(token.classes & wc.UNCOMMON) and len(key) <= _NEAR_PREFIX_LETTERS


def _may_begin_code(token: Token, before: str, question: ExpectedAnswer) -> bool:
    """Return whether a short word is the first one of the answer to a question for a code."""
    if not (question.answer_type == CODE or question.kind == "PASSWORD"):
        return False
    if question.weak or question.begun or not question.asked:
        return False
    begins = not before or before in IT_IS
    return begins and len(token.key) <= _PREFIX_LETTERS and token.key.isalpha() and not token.classes & wc.LEADING


def is_prefix(held_word: HeldWord, token: Token, question: ExpectedAnswer | None) -> bool:
    """Return whether a word that was held belongs to the run that begins with `token`."""
    held = held_word.key
    if question is not None and (question.answer_type == DATE or question.kind == "POSTCODE"):
        return True
    if held in LETTER_CASES:
        return bool(token.classes & (LETTERS | wc.NATO))
    formatted = question is not None and question.is_counted and gap_kind(token.gap) == MONEY
    if not (formatted or token.gap.strip() in _JOINED_GAPS) or not held:
        return False
    if question is not None and question.answer_type == SPELLED and held in LETTER_SOUNDS:
        return bool(token.classes & wc.LETTER)
    if held == PLUS:
        return bool(token.classes & NUMBERS) and (question is None or not question.begun)
    unasked = question is None or question.answer_type in {AGE, NONE}
    if unasked and held in UK_AREAS and token.classes & (wc.UNIT | wc.TEEN | wc.TENS):
        return True  # "sw | eight four t n"
    if question is None:
        return len(held) <= _PREFIX_LETTERS and bool(token.classes & (wc.DIGITS | wc.MIXED))
    here = question.turn == token.turn
    near = token.index - question.word <= NEAR + 1 if here else held_word.is_unknown and question.is_expected
    near = near and (here or bool(token.classes & wc.NUMERIC)) and not binds(held)  # "it's on the iPhone 12"
    near = near and question.answer_type == CODE
    return len(held) <= (_NEAR_PREFIX_LETTERS if near else _PREFIX_LETTERS) and bool(token.classes & NUMBERS)


def chains_prefix(question: ExpectedAnswer, first: int, token: Token) -> bool:
    """Return whether several words before a date or a postcode, from `first` on, may be misheard parts of it."""
    misheard = question.answer_type == DATE or (question.kind == "POSTCODE" and question.turn != token.turn)
    return misheard and token.index - first < _MISHEARD_WORDS


# -- going on ------------------------------------------------------------------------------------------------------


def continues_run(run: CodeRun, token: Token) -> bool:
    """Return whether the run goes on with the word."""
    classes = token.classes
    if (run.last_key, token.key) == X_RAY and run.fillers == 0 and token.gap in _INSIDE_WORDS:
        return run.answer_type in _LETTERED
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
    other = gap_kind(token.gap) == MONEY and not inside
    return run.fillers <= _MOST_FILLERS and not other  # "415 $555 0182"


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
        return run.answer_type in _LETTERED
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
        return bank or (run.is_code and bool(classes & wc.UNCOMMON) and _is_no_word(key))  # "4 SRNGTLW 2"
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
