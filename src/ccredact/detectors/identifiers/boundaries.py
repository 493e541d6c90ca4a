"""With which words an answer begins: numbers and letters, and the words before them that may be part of it."""

from __future__ import annotations

from ccredact.dialogue.kinds import CODE, DATE, DIGITS, EMAIL, SPELLED, TEXT
from ccredact.dialogue.open_questions import Question
from ccredact.lang.en import words as en
from ccredact.text import word_class as wc
from ccredact.text.token import Token

NUMBERS = wc.NUMERIC | wc.MIXED
MOST_LETTERS = 4
"""Letters of a word before a number that may be part of it: "bery 45"."""
SHORT = 3
"""The same where nothing was asked for."""
MOST_MISHEARD = 3
"""Words before a date or a postcode that may be misheard parts of it."""
LONG_CODE = 6
"""Letters from which on a word can be a code by itself."""
CLOSE = 3
"""Words between a phrase and such a code, or an e-mail address, in the same turn."""
MOST_BESIDE = 6
"""Letters of a word before a number right behind the phrase for a code: "the confirmation number is jfkow 58"."""
_LETTERS_TOO = frozenset("as er we be he at mm hm us by am an or if up do go hi me".split())
"""Short words that letters are taken for."""
COPULAS = frozenset({"is", "was", "are", "it's", "its", "be", "as"})
_KIN = frozenset(
    """
father mother dad mum mom husband wife son daughter brother sister grandfather grandmother grandson granddaughter
patient uncle aunt nephew niece
""".split()
)
_PLAIN = frozenset({"", "-", "#"})
CLITICS = frozenset({"s", "t", "m", "d"})
BEFORE_CLITICS = frozenset(
    """
i it that he she what there here who where how when let don can won didn isn doesn couldn wouldn shouldn wasn aren weren
hasn haven ain you we they people name
""".split()
)
"""Where a recogniser or a tokenizer has cut off the apostrophe: "it s", "don t", "i m"."""


def led_by(before: tuple[str, ...]) -> str:
    """The word before a number; "he's" for "my father is"."""
    last = before[-1] if before else ""
    return "he's" if last in {"is", "was"} and before[-2:-1] and before[-2] in _KIN else last


def begins_run(token: Token, before: str, question: Question | None) -> bool:
    """Whether a run may begin with the word; `before` is the word before it, `question` what is waited for."""
    classes = token.classes
    form = None if question is None else question.answer_type
    if classes & NUMBERS:
        return True
    if classes & wc.LETTER:
        return not (token.key in CLITICS and before in BEFORE_CLITICS)
    if classes & wc.ARTICLE:
        return form in {CODE, DIGITS, SPELLED, EMAIL} or (question is not None and question.in_parts)
    if classes & wc.NATO:
        return form != TEXT
    if classes & (wc.MONTH | wc.ORDINAL) and form == DATE:
        return True
    return question is not None and _is_code(question, token, before)


def _is_code(question: Question, token: Token, before: str) -> bool:
    """Whether a word is a code of letters alone: "your reference number is SLTIVABU"."""
    if question.answer_type != CODE or question.weak or question.answer_turn >= 0 or question.turn != token.turn:
        return False
    distance = token.index - question.word
    near = distance == 1 or (distance <= CLOSE and before in COPULAS)
    return near and bool(token.classes & wc.UNCOMMON) and len(token.key) >= LONG_CODE


def may_lead(token: Token, question: Question | None) -> bool:
    """Whether a word may belong to the number that follows it, or to an address: it is held for a word."""
    key, classes = token.key, token.classes
    if classes & (wc.UNCOMMON | wc.PLUS):
        return True
    asked = question is not None and question.turn != token.turn
    if asked and question is not None and question.kind == "POSTCODE" and key in en.MISHEARD:
        return True
    if classes & (wc.LEAD | wc.ASK | wc.CUE | wc.LABEL) or (classes & wc.MONTH and question is not None):
        return False
    if classes & wc.ARTICLE and key == "a":
        return True
    if question is not None and (question.answer_type == DATE or question.kind == "POSTCODE"):
        return asked or key == "the"
    return len(key) <= (SHORT if question is None else MOST_LETTERS) and key.isalpha() and key not in en.FUNCTION


def is_misread(token: Token, before: str, question: Question) -> bool:
    """Whether the first letters of a code may have become an everyday word: "the booking number is as 43 x 6"."""
    if question.answer_type != CODE or question.weak or question.answer_turn >= 0 or question.turn != token.turn:
        return False
    if question.kind == "POSTCODE":
        return False
    near = token.index - question.word
    if near != 1 and (near > CLOSE or before not in COPULAS):
        return False
    key, classes = token.key, token.classes
    if key in _LETTERS_TOO:
        return key not in COPULAS or before in COPULAS
    return bool(classes & wc.UNCOMMON) and len(key) <= MOST_BESIDE


def leads(key: str, token: Token, question: Question | None) -> bool:
    """Whether the word held belongs to the run that begins with `token`."""
    if question is not None and (question.answer_type == DATE or question.kind == "POSTCODE"):
        return True
    if token.gap.strip() not in _PLAIN or not key:
        return False
    if key == "plus":
        return bool(token.classes & NUMBERS)
    figures = wc.DIGITS | wc.MIXED if question is None else NUMBERS
    most = MOST_LETTERS
    if (
        question is not None
        and question.answer_type == CODE
        and question.turn == token.turn
        and token.index - question.word <= CLOSE + 1
    ):
        most = MOST_BESIDE
    return len(key) <= most and bool(token.classes & figures)


def chains(question: Question, first: int, token: Token) -> bool:
    """Whether several words before a date or a postcode, from `first` on, may be misheard parts of it."""
    misheard = question.answer_type == DATE or (question.kind == "POSTCODE" and question.turn != token.turn)
    return misheard and token.index - first < MOST_MISHEARD


def begins_mail(token: Token, question: Question) -> bool:
    """Whether an address that was asked for or announced may begin with the word."""
    if question.turn == token.turn and token.index - question.word > CLOSE:
        return False
    classes, key = token.classes, token.key
    if classes & (wc.UNCOMMON | wc.LETTER | NUMBERS | wc.NATO | wc.ARTICLE):
        return key not in en.FUNCTION or bool(classes & wc.ARTICLE)
    return key.isalpha() and key not in en.FUNCTION and not classes & (wc.LEAD | wc.FILLER | wc.ASK | wc.CUE)
