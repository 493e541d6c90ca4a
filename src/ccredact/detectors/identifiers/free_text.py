"""Free-text answers: passwords, user names, the answers to security questions.

A word of no dictionary is hidden as it comes. Everyday words wait (`ShortAnswer`): they are the answer if hardly
anything else is said in the turn ("it's poppy"), and hidden when it ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ccredact.detectors.base import LOOK_BACK, Context
from ccredact.detectors.identifiers.classify import answer_reason
from ccredact.detectors.identifiers.code_run import CodeRun
from ccredact.detectors.identifiers.uncued import DAY_DIGITS
from ccredact.detectors.scores import CUED_SCORE
from ccredact.dialogue.choice import CLOSE, NEAR
from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.dialogue.kinds import CONTACT
from ccredact.dialogue.lifetimes import MORE_TURNS
from ccredact.dialogue.open_answers import OpenAnswers
from ccredact.lang.en.emails import ASIDES, NO_PIECES, PIECE_LEADS
from ccredact.lang.en.free_text import (
    BEFORE_RETRIES,
    DETERMINERS,
    HANDLING,
    INTERJECTIONS,
    JOINERS,
    LETTER_CASES,
    POSSESSIVE,
    SAME,
    SIGNS,
    STATE_ENDING,
    STATES,
    WHEREABOUTS,
)
from ccredact.lang.en.identifiers import ACKNOWLEDGEMENTS, ARTICLE, AS, COPULAS, TO
from ccredact.lang.en.names import SUBJECT_PRONOUNS
from ccredact.lang.en.prompts import CHARACTERS
from ccredact.lang.en.words import CLASSES, FUNCTION, REFUSALS
from ccredact.text import word_class as wc
from ccredact.text.token import Token
from ccredact.text.words import PLAIN, gap_kind, is_glued
from ccredact.transcript import Name, Span

MOST_KNOWN: Final = 8
"""Words of answers that are known when they are said again."""
EVERYDAY: Final = "~"
"""Recorded for an answer that begins with an everyday word and may go on with more: "correct horse battery staple"."""
COMMA: Final = ","
_JOINED: Final = frozenset({"USERNAME", "PASSWORD"})
"""Kinds of answers with marks and capital letters in them."""
_NO_ANSWER: Final = wc.FILLER | wc.HESITATION | wc.CORRECTION | wc.LEAD | wc.HOMOPHONE
_UNUSUAL: Final = wc.UNCOMMON | wc.NATO

MOST_EVERYDAY: Final = 4
"""Everyday words of an answer that are known in the turns right after it."""
_NO_WORDS: Final[Mapping[str, str]] = {}
_NO_EVERYDAY: Final[tuple[int, str, tuple[str, ...]]] = (-9, "", ())
SHORT_WORDS: Final = 2
"""Words of a short answer that carry meaning; in a longer one only unusual words are hidden."""
SHORT_TURN: Final = 7
"""Words of its turn."""
_PAUSES: Final = ".!?;,"
ANNOUNCES: Final = ":"
"""Between a phrase and what it announces: "password: sunflower"."""
_STATE_LETTERS: Final = 5
"""Letters of a word in "-ed" that is no password: not "red"."""


class ShortAnswer:
    """Everyday words of one turn that are the answer if hardly anything else is said in it."""

    __slots__ = ("count", "keys", "numbers", "prompt", "speaker", "turn_start", "words")

    def __init__(self, prompt: tuple[str, int], turn_start: int, speaker: Name | None) -> None:
        self.prompt = prompt  # the kind and the word of the question
        self.turn_start = turn_start
        self.speaker = speaker
        self.words: list[int] = []  # those that wait
        self.keys: list[str] = []  # what they are
        self.count = 0  # words that carry meaning
        self.numbers = 0  # those of them that are numbers, and no answer by themselves

    def fork(self) -> ShortAnswer:
        """Return an independent copy."""
        other = ShortAnswer(self.prompt, self.turn_start, self.speaker)
        other.words, other.keys, other.count = list(self.words), list(self.keys), self.count
        other.numbers = self.numbers
        return other

    def add(self, word: int, key: str, *, hidden: bool) -> None:
        """Take a word that carries meaning; `hidden`: it is hidden in any case, and need not wait."""
        self.count += 1
        alone = self.prompt[0] == "PASSWORD" and word - self.turn_start < self.count  # "correct horse battery staple"
        if (self.count > SHORT_WORDS and not alone) or word - self.turn_start >= SHORT_TURN:
            self._give_up()
        elif not hidden:
            self.words.append(word)
            self.keys.append(key)

    def is_over(self, token: Token) -> bool:
        """Return whether the word stands behind the end of a sentence that was nothing but the answer."""
        if token.index - self.turn_start >= SHORT_TURN:
            self._give_up()
        return bool(self.words) and len(token.gap) > 1 and any(mark in token.gap for mark in _PAUSES)

    def open_from(self, start: int, end: int) -> int:
        """Find the first undecided word in `[start, end)`."""
        return min((word for word in self.words if start <= word < end), default=end)

    def _give_up(self) -> None:
        """Let no word wait in the rest of the turn: its answer is not short."""
        self.words, self.keys, self.count = [], [], SHORT_WORDS


class FreeTextAnswers:
    """The answer that is open in this turn, and the words of those that were given."""

    __slots__ = ("corrected_in", "everyday", "known_words", "located_in", "refused_in", "short")

    def __init__(self) -> None:
        self.short: ShortAnswer | None = None
        self.refused_in = -1  # the turn in which an answer was refused or asked back
        self.corrected_in = -1  # the turn in which something was taken back
        self.located_in = -1  # the turn in which it was said where the answer is: "on the sticker"
        self.known_words: Mapping[str, str] = _NO_WORDS  # of answers, with their label; replaced, and never changed
        self.everyday = _NO_EVERYDAY  # (turn, label, words) of the latest answer in everyday words

    def fork(self) -> FreeTextAnswers:
        """Return an independent copy."""
        other = FreeTextAnswers()
        other.short = None if self.short is None else self.short.fork()
        other.corrected_in, other.everyday = self.corrected_in, self.everyday
        other.refused_in, other.located_in, other.known_words = self.refused_in, self.located_in, self.known_words
        return other

    def open_from(self, start: int, end: int) -> int:
        """Find the first undecided word in `[start, end)`."""
        return end if self.short is None else self.short.open_from(start, end)

    def known_label(self, token: Token) -> str:
        """Return the label of the answer in which the word was said before; "" for none."""
        stem = _stem(token)
        turn, kind, words = self.everyday
        if words and token.turn - turn > MORE_TURNS:
            self.everyday = _NO_EVERYDAY
        elif stem in words:
            return kind
        return self.known_words.get(stem, "")

    @property
    def knows_words(self) -> bool:
        """Return whether any word is known."""
        return bool(self.known_words or self.everyday[2])

    def drop(self) -> None:
        """Let the words of a short answer go."""
        self.short = None

    def take(
        self, token: Token, last: str, question: ExpectedAnswer, questions: OpenAnswers, ctx: Context
    ) -> list[Span]:
        """Take a word where a free-text answer is waited for, and return it if it is hidden at once.

        `last` is the word before it, `question` the one of `questions` that it would answer.
        """
        self._note(token, last, question)
        if self._is_talked_of(token, last, question, ctx):
            return []
        if _is_joined(token, last, question):
            question.in_parts = question.in_parts or token.key in LETTER_CASES
            questions.record_answer(question, "", token.index, token.turn, token.speaker)
            return [_span(question, token.index, token.turn, ctx)]  # "kyle underscore home"
        if _is_no_answer(token, last, question, corrected=self.corrected_in == token.turn):
            return []
        again = question.taken_back and not question.goes_on and last in COPULAS  # "no wait, now it's october"
        if question.taken_back and not (again or question.goes_on or question.answer_turn == token.turn):
            return []
        unusual = bool(token.classes & _UNUSUAL)
        prompted = question.turn != token.turn
        begins = question.goes_on or not question.begun
        if prompted and self.short is None and begins and self.refused_in != token.turn:
            self.short = ShortAnswer((question.kind, question.word), questions.first_word, token.speaker)
        if self.short is not None:
            self.short.add(token.index, _stem(token), hidden=unusual)
        near = prompted or token.index - question.word <= NEAR
        stated = near and (again or not question.begun) and _is_stated(token, last, question, ctx)
        if not (unusual or stated or _continues_password(question, token)):
            return []
        text = EVERYDAY if not (unusual or question.begun) else ""
        questions.record_answer(question, text, token.index, token.turn, token.speaker)
        if unusual:
            self._remember(token, question.kind)
        else:
            self._remember_for_now((_stem(token),), question.kind, token.turn)
        return [_span(question, token.index, token.turn, ctx)]

    def _is_talked_of(self, token: Token, last: str, question: ExpectedAnswer, ctx: Context) -> bool:
        """Return whether the sentence of a phrase tells where or how an answer is, and the word is none."""
        if question.turn != token.turn or question.begun:
            return False
        return self.located_in == token.turn or (question.stated and not _is_stated(token, last, question, ctx))

    def take_number(self, run: CodeRun, question: ExpectedAnswer, first_word: int) -> None:
        """Take a small number that stands before an answer in words, as it may: "4 candles"; it waits for these."""
        begins = run.start == first_word or run.led_by in COPULAS
        if question.begun or question.turn == run.turn or not begins or self.refused_in == run.turn:
            return
        if self.short is None:
            self.short = ShortAnswer((question.kind, question.word), first_word, run.speaker)
        for word in range(run.start, run.last + 1):
            self.short.words.append(word)
        self.short.keys.append(run.text)
        self.short.numbers += 1
        self.short.count += 1

    def _note(self, token: Token, last: str, question: ExpectedAnswer) -> None:
        """Take note of what a word says about the answers in its turn."""
        if token.classes & wc.CORRECTION:
            self.corrected_in = token.turn
        if token.key in REFUSALS:
            self.refused_in, self.short = token.turn, None
        if question.turn != token.turn or question.begun:
            return
        if last in WHEREABOUTS and token.key in DETERMINERS:
            self.located_in = token.turn
        elif token.key in COPULAS:
            self.located_in = -1
        elif (last in COPULAS and is_state(token.key)) or (last in DETERMINERS and token.key == SAME):
            question.stated = question.weak = True

    def settle(self, questions: OpenAnswers, ctx: Context) -> list[Span]:
        """Return the words of a short answer, of which no more is said."""
        short, self.short = self.short, None
        question = None if short is None else questions.find(short.prompt)
        if short is None or question is None or short.count == short.numbers:
            return []
        out = [_span(question, word, questions.turn, ctx) for word in short.words]
        for word in short.words:
            questions.record_answer(question, "", word, questions.turn, short.speaker)
        self._remember_for_now(tuple(short.keys), question.kind, questions.turn)
        return out

    def _remember_for_now(self, words: tuple[str, ...], kind: str, turn: int) -> None:
        """Know everyday words of an answer in the turns right after it, in which they are said back."""
        if kind == "USERNAME" or not words:
            return
        before = self.everyday[2] if self.everyday[0] == turn else ()
        self.everyday = (turn, kind, (*before, *words)[-MOST_EVERYDAY:])

    def _remember(self, token: Token, kind: str) -> None:
        """Know a word of an answer again; a user name is a name, and often no secret."""
        if kind != "USERNAME":
            known = {**self.known_words, _stem(token): kind}
            if len(known) > MOST_KNOWN:
                del known[next(iter(known))]
            self.known_words = known


def is_state(key: str) -> bool:
    """Return whether a word behind "is" says how something is: "wrong", "stored"."""
    return key in STATES or (len(key) >= _STATE_LETTERS and key.endswith(STATE_ENDING))


def _stem(token: Token) -> str:
    return token.key.removesuffix(POSSESSIVE)


def _continues_password(question: ExpectedAnswer, token: Token) -> bool:
    """Return whether the word goes on with a password in words: "blue horse staple"."""
    if question.kind != "PASSWORD" or question.answer_word != token.index - 1:
        return False
    said = question.answer
    few = not said.strip(EVERYDAY) or (said.isdecimal() and len(said) <= DAY_DIGITS)  # "99 red kites"
    return few and (gap_kind(token.gap) == PLAIN or token.gap.strip() == COMMA)  # "purple, monkey, dishwasher"


def _is_no_answer(token: Token, last: str, question: ExpectedAnswer, *, corrected: bool) -> bool:
    """Return whether the word is part of the sentence around an answer, or of talk behind it.

    `corrected`: something was taken back in the turn: another answer may come.
    """
    if token.classes & _NO_ANSWER or token.key in FUNCTION:
        return True
    if question.in_parts and (token.classes & wc.ORDINAL or token.key in CHARACTERS):
        return True  # "the second letter is r"
    if question.turn != token.turn and (token.key in ACKNOWLEDGEMENTS or token.key in INTERJECTIONS):
        return True
    if token.classes & wc.MEASURE and CLASSES.get(last, 0) & wc.NUMERIC:
        return True  # "eight characters"
    if last == ARTICLE and token.key in ASIDES:
        return True  # "hang on a sec"
    if last in SUBJECT_PRONOUNS and not token.classes & _UNUSUAL:
        return True  # "i always forget"
    if last in COPULAS and question.turn == token.turn and is_state(token.key):
        return True
    if question.kind in CONTACT and (token.key in NO_PIECES or token.key in PIECE_LEADS):
        return True
    late = question.answer_turn == token.turn and token.index - question.answer_word > CLOSE
    return late and not corrected and last not in BEFORE_RETRIES  # "was it Herbert? no it was | Cooper"


def _is_stated(token: Token, last: str, question: ExpectedAnswer, ctx: Context) -> bool:
    """Return whether the words before a word say that it is the answer: "it's kestrel", "I changed it to kestrel"."""
    if question.kind == "PASSWORD" and question.weak and not question.mine:
        return False  # "passwords are ..."
    if last in {TO, AS}:  # "the same as before"
        return not HANDLING.isdisjoint(ctx.before(LOOK_BACK))
    return last in COPULAS or (token.index == question.word + 1 and ANNOUNCES in token.gap)


def _is_joined(token: Token, last: str, question: ExpectedAnswer) -> bool:
    """Return whether the word is a mark or "capital" in a user name or a password, or stands behind such a mark."""
    if question.kind not in _JOINED:
        return False
    beside = question.answer_word == token.index - 1 and question.answer_turn == token.turn
    if beside and (token.key in JOINERS or last in JOINERS or is_glued(token.gap)):
        return True
    if beside and token.key in SIGNS and last in SIGNS:
        return True  # "dollar sign"
    answers = question.turn != token.turn or last in COPULAS  # "it must have one capital"
    return answers and token.key in LETTER_CASES


def _span(question: ExpectedAnswer, word: int, turn: int, ctx: Context) -> Span:
    question.entity = question.entity or ctx.new_entity()
    return Span(word, word + 1, question.kind, CUED_SCORE, question.entity, answer_reason(question, turn))
