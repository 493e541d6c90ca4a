"""Run boundaries: with which words an alphanumeric run or an e-mail begins, and what may lead it.

All functions here are pure: they look at a word, at what is known of the run and at the question that is waited for,
and change nothing.
"""

from __future__ import annotations

import re
from typing import Final

from ccredact.detectors.identifiers.age import RELATIVE, age_lead
from ccredact.detectors.identifiers.code_run import (
    LETTERS,
)
from ccredact.detectors.identifiers.held_word import HeldWord
from ccredact.dialogue.choice import BESIDE
from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.dialogue.kinds import (
    AGE,
    CARD_DATA,
    CODE,
    DATE,
    DATE_TIME,
    DIGITS,
    EMAIL,
    NONE,
    SPELLED,
    TEXT,
)
from ccredact.dialogue.placement import binds, leads
from ccredact.lang.en.ages import COPULAS as AGE_COPULAS
from ccredact.lang.en.ages import RELATIVE_IS
from ccredact.lang.en.cardinals import OH
from ccredact.lang.en.dates import IN_DATES, INSIDE_DATES
from ccredact.lang.en.free_text import LETTER_CASES
from ccredact.lang.en.identifiers import (
    AND,
    ARTICLE,
    BEFORE_CLITICS,
    CLITICS,
    COPULAS,
    IT_IS,
    LEAD_PAIRS,
    LETTER_LOOKALIKES,
    LETTER_SOUNDS,
    PLUS,
    THAT,
    THE,
    VOWELS,
)
from ccredact.lang.en.places import UK_AREAS
from ccredact.lang.en.words import FUNCTION, GREETINGS, MISHEARD
from ccredact.text import word_class as wc
from ccredact.text.token import Token
from ccredact.text.words import MONEY, gap_kind

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
LETTERED: Final = frozenset({CODE, SPELLED})
"""Types of answers of which a piece may be letters alone."""
_JOINED_GAPS: Final = frozenset({"", "-", "#"})
"""What may stand between a prefix and its number, apart from spaces."""


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


def is_no_word(key: str) -> bool:
    """Return whether letters are none that a word is written with: "bvxqtz"."""
    return _CODE_LETTERS <= len(key) <= _MOST_CODE_LETTERS and _CONSONANTS.search(key) is not None


def _is_code_piece(question: ExpectedAnswer, token: Token, before: str, *, capital: bool) -> bool:
    """Return whether a word of no dictionary may be a code, or a piece of one: "INC", then "82"."""
    if question.answer_type not in LETTERED or question.weak or not may_be_letters(token):
        return False
    if question.kind == "POSTCODE" or not (capital or is_no_word(token.key)):
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
