"""Answers in words: passwords, user names, the answers to security questions."""

from __future__ import annotations

from ccredact.detectors.base import Context
from ccredact.detectors.identifiers.boundaries import COPULAS
from ccredact.detectors.identifiers.classify import ASKED
from ccredact.detectors.identifiers.short_answer import ShortAnswer
from ccredact.dialogue.open_questions import CLOSE, NEAR, OpenQuestions, Question
from ccredact.lang.en import words as en
from ccredact.text import word_class as wc
from ccredact.text.token import Token
from ccredact.text.words import PLAIN, gap_kind
from ccredact.transcript import Span

KNOWN = 8
"""Words of answers that are known when they are said again."""
EVERYDAY = "~"
"""Said of an answer that begins with an everyday word and may go on with more: "correct horse battery staple"."""
_AGAIN = COPULAS | {"right", "no", "yes", "maybe", "called", "named"}
_PLACES = frozenset({"on", "in", "at", "under", "inside", "behind", "with"})
"""Behind "is" they say where it is: "the password is on the sticker"."""
_JOINERS = frozenset({"underscore", "dash", "hyphen", "dot"})
_CASES = frozenset({"capital", "uppercase", "lowercase", "caps"})
"""Said before the letters of a password."""
_JOINED = frozenset({"USERNAME", "PASSWORD"})
_GOES_ON = wc.FILLER | wc.HESITATION | wc.CORRECTION


def _bare(token: Token) -> str:
    return token.key.removesuffix("'s")


class InWords:
    """What is heard of such an answer, and the ones that were given."""

    __slots__ = ("known", "placed", "refused", "short")

    def __init__(self) -> None:
        self.short: ShortAnswer | None = None
        self.refused = -1  # the turn in which an answer was refused or asked back
        self.placed = -1  # the turn in which it was said where the answer is
        self.known: dict[str, str] = {}  # words of answers with their label, to know them when they are said again

    def fork(self) -> InWords:
        """An independent copy."""
        other = InWords()
        other.short = None if self.short is None else self.short.fork()
        other.refused, other.placed, other.known = self.refused, self.placed, dict(self.known)
        return other

    def open_from(self, start: int, end: int) -> int:
        """Find the first undecided word in `[start, end)`."""
        return end if self.short is None else self.short.open_from(start, end)

    def pauses(self, token: Token) -> bool:
        """Whether the word stands behind the end of a sentence that was nothing but the answer."""
        return self.short is not None and self.short.pauses(token)

    def knows(self, token: Token) -> str:
        """The label of the answer that the word was before; "" for none."""
        return self.known.get(_bare(token), "")

    def drop(self) -> None:
        """Decide nothing more about the words of a short answer."""
        self.short = None

    def hear(self, token: Token, last: str, question: Question, questions: OpenQuestions, ctx: Context) -> list[Span]:
        """Take a word where such an answer is waited for; `last` is the one before it."""
        if token.key in en.REFUSALS:
            self.refused, self.short = token.turn, None
        if _joins(token, last, question):
            question.in_parts = question.in_parts or token.key in _CASES
            questions.record_answer(question, "", token.index, token.turn, token.speaker)
            return [_span(question, token.index, ctx)]  # "kyle underscore home"
        if question.turn == token.turn and last in COPULAS and token.key in _PLACES:
            self.placed = token.turn
        if _is_none(token, last, question):
            return []
        uncommon = bool(token.classes & (wc.UNCOMMON | wc.NATO))
        asked_before = question.turn != token.turn
        if asked_before and self.short is None and question.answer_turn < 0 and self.refused != token.turn:
            self.short = ShortAnswer((question.kind, question.word), questions.first_word)
        if self.short is not None:
            self.short.add(token.index, hidden=uncommon)
        goes_on = _goes_on_with(question, token)
        said = last in COPULAS and question.answer_turn < 0 and (asked_before or token.index - question.word <= NEAR)
        if not (uncommon or goes_on or said):
            return []
        text = EVERYDAY if not uncommon and question.answer_turn < 0 else ""
        if self.placed != token.turn or question.turn != token.turn:  # else it is still waited for
            questions.record_answer(question, text, token.index, token.turn, token.speaker)
        if uncommon:
            self._remember(token, question.kind)
        return [_span(question, token.index, ctx)]

    def _remember(self, token: Token, kind: str) -> None:
        """Know a word of an answer again; a user name is a name, and often no secret."""
        if kind != "USERNAME":
            self.known[_bare(token)] = kind
            if len(self.known) > KNOWN:
                del self.known[next(iter(self.known))]

    def settle(self, questions: OpenQuestions, ctx: Context) -> list[Span]:
        """Nothing more is said in a short answer: its words are it."""
        short, self.short = self.short, None
        question = None if short is None else questions.find(short.asked)
        if short is None or question is None:
            return []
        out = [_span(question, word, ctx) for word in short.words]
        for word in short.words:
            questions.record_answer(question, "", word, questions.turn, None)
        return out


def _goes_on_with(question: Question, token: Token) -> bool:
    """Whether the word goes on with a password in words: "blue horse staple"."""
    if question.kind != "PASSWORD" or question.answer_word != token.index - 1:
        return False
    return not question.answer.strip(EVERYDAY) and gap_kind(token.gap) == PLAIN


def _is_none(token: Token, last: str, question: Question) -> bool:
    """Whether a word is no part of any answer."""
    if token.key in en.FUNCTION or token.classes & (_GOES_ON | wc.LEAD | wc.HOMOPHONE):
        return True
    late = question.answer_turn == token.turn and token.index - question.answer_word > CLOSE
    return late and last not in _AGAIN  # "was it Herbert? no it was | Cooper"


def _joins(token: Token, last: str, question: Question) -> bool:
    """Whether a word goes on with a user name or a password by a mark that is said, or is that mark, or "capital"."""
    if question.kind not in _JOINED:
        return False
    beside = question.answer_word == token.index - 1 and question.answer_turn == token.turn
    answers = question.turn != token.turn or last in COPULAS  # "it must have one capital"
    return (token.key in _CASES and answers) or (beside and (token.key in _JOINERS or last in _JOINERS))


def _span(question: Question, word: int, ctx: Context) -> Span:
    question.entity = question.entity or ctx.new_entity()
    return Span(word, word + 1, question.kind, ASKED, question.entity)
