"""Opening a run: what it begins with, and how many words before it belong to it. Pure functions."""

from __future__ import annotations

from typing import Final

from ccredact.detectors.base import Context
from ccredact.detectors.identifiers.age import NO_AGE, age_lead
from ccredact.detectors.identifiers.beginnings import is_prefix, may_be_letters, may_be_misread_code, word_before
from ccredact.detectors.identifiers.code_run import CodeRun
from ccredact.detectors.identifiers.held_word import HeldWord
from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.dialogue.kinds import AGE
from ccredact.dialogue.placement import binds
from ccredact.lang.en.identifiers import ARTICLE, LETTER_LOOKALIKES, ONE
from ccredact.lang.en.words import CLASSES
from ccredact.text import word_class as wc
from ccredact.text.token import Token
from ccredact.text.words import ends_sentence

FIRST_WORDS: Final = 6
"""Words of a turn in which an answer to the turn before begins."""


class Opening:
    """What a run begins with: a value, of which nothing is changed once it is made.

    `token` is its first word and `before` are the words before it, `held` is the one that was held for it and
    `question` what it would answer, None for none.
    """

    __slots__ = ("before", "held", "question", "token")

    def __init__(
        self, token: Token, before: tuple[str, ...], question: ExpectedAnswer | None, held: HeldWord | None
    ) -> None:
        self.token = token
        self.before = before
        self.question = question
        self.held = held

    @property
    def last(self) -> str:
        """Return the word before it, "" for none."""
        return self.before[-1] if self.before else ""

    def without_question(self) -> Opening:
        """Return the same, that answers nothing."""
        return Opening(self.token, self.before, None, self.held)


def opened(opening: Opening, *, first_word: int) -> CodeRun:
    """Return a run that begins so, with no word taken yet; `first_word` is the first one of its turn."""
    token, before, question, held = opening.token, opening.before, opening.question, opening.held
    if before and binds(before[-1]) and ends_sentence(token.gap):
        before = ()  # "let me start over. | 60,366,114"
    run = CodeRun(token, question, word_before(before), before)
    run.position = token.index - first_word
    run.immediate = question is not None and question.turn == token.turn - 1 and run.position < FIRST_WORDS
    if held is not None:
        run.email_start = held.word
        article = held.key == ARTICLE and age_lead(before[:-1]) > NO_AGE  # "she's a 2024 graduate"
        apart = article or (run.kind == "POSTCODE" and binds(run.led_by))
        if is_prefix(held, token, question) and not apart:
            run.begin_with(held)
            run.acronym = question is None and token.gap == " " and held.is_capital
    return run


def one_of_age(opening: Opening) -> Opening | None:
    """Return the opening of an age that is said as "a hundred", which begins with its article; None for no age."""
    token, before, question, held = opening.token, opening.before, opening.question, opening.held
    if held is None or held.key != ARTICLE or not token.classes & wc.MAGNITUDE:
        return None
    asked = question is not None and question.answer_type == AGE
    if not asked and (question is not None or age_lead(before[:-1]) == NO_AGE):
        return None
    one = Token(held.word, token.turn, token.speaker, ONE, CLASSES[ONE], " ", token.time)
    return Opening(one, before[:-1], question, None)


def glued_words(opening: Opening, fed: int, ctx: Context) -> int:
    """Return how many words before a word are written in one with it, and begin its run: "gift_card_77".

    `fed` is the word that was fed last: how another one was written nobody knows any longer.
    """
    token, question, last = opening.token, opening.question, opening.last
    if question is not None and question.answer_word == token.index - 1:
        return 0  # they are hidden
    if token.gap == "_" and token.index == fed:
        return ctx.glued()
    return int(token.gap == "-" and len(last) == 1 and last.isalpha() and opening.held is None)  # "G-482913"


def is_capital(opening: Opening, fed: int, ctx: Context) -> bool:
    """Return whether a word that may be a code, of two letters or more, is written in capitals; `fed` as above."""
    token = opening.token
    if opening.question is None or not may_be_letters(token) or token.index != fed:
        return False
    written = ctx.written()
    return len(written) > 1 and written.isupper()


def may_be_password(opening: Opening) -> bool:
    """Return whether the first letters of a password may have become a short word: "as 4471"."""
    token, question = opening.token, opening.question
    if question is None or token.key not in LETTER_LOOKALIKES:
        return False
    return may_be_misread_code(token, opening.last, question)
