"""What is done with a run of digits and letters: named as it comes when it was announced, else when it ends."""

from __future__ import annotations

from ccredact.detectors.base import Context
from ccredact.detectors.identifiers import house_number as house
from ccredact.detectors.identifiers.classify import ASKED, FORM, LEAST, OLDEST, is_sure, judge, label_for
from ccredact.detectors.identifiers.code_run import CodeRun
from ccredact.detectors.identifiers.house_number import House
from ccredact.detectors.identifiers.postcode import word_before
from ccredact.dialogue.kinds import AGE
from ccredact.dialogue.open_questions import OpenQuestions, Question
from ccredact.entities import NUMBER
from ccredact.text import word_class as wc
from ccredact.text.token import Token
from ccredact.transcript import Span

LONGEST = 24
"""No identifier has as many digits and letters: what goes on is hidden as it comes, whatever it is."""
_AGE_WORDS = frozenset("year years yr yrs yo month months week weeks day days".split())


class Runs:
    """The open run of a call, and what was asked."""

    __slots__ = ("age", "house", "numbers", "questions", "run")

    def __init__(self, *, numbers: bool) -> None:
        self.numbers = numbers  # whether numbers of unknown kind are hidden
        self.questions = OpenQuestions()
        self.run: CodeRun | None = None
        self.age: CodeRun | None = None  # a run before "years": "old" may follow
        self.house = House()

    def _decide(self, run: CodeRun, out: list[Span], ctx: Context) -> None:
        """Hide what was announced as it comes."""
        if run.void:
            run.emitted = run.last + 1
            return
        if not run.label and run.size >= LONGEST:
            run.kind = ""
            if not self.numbers:
                run.void, run.emitted = True, run.last + 1
                return
            self._name(run, NUMBER, ctx)
        elif not run.label:
            if not is_sure(run, self.questions.find(run.asked)):
                return
            self._name(run, label_for(run.kind), ctx)
        until = (run.before_last if run.small_last and run.size < LONGEST else run.last) + 1  # "560394 | 10 gb"
        if until > run.emitted:
            out.append(Span(run.emitted, until, run.label, ASKED, run.entity))
            run.emitted = until

    def _name(self, run: CodeRun, label: str, ctx: Context) -> None:
        question = self.questions.find(run.asked)
        run.label = label
        if question is not None and label == label_for(question.kind):
            question.entity = question.entity or ctx.new_entity()
            run.entity = question.entity
        else:
            run.entity = ctx.new_entity()

    def _end(self, run: CodeRun, token: Token | None, out: list[Span], ctx: Context) -> None:
        """The run is over; `token` is the word behind it, None when its turn is over."""
        self.run = None
        if run.void:
            return
        run.take_tail(self.questions.first_word, "" if token is None else token.key)
        if token is None and run.kind == "POSTCODE" and run.misheard and run.size >= LEAST:
            run.last = run.seen  # what is left of the turn are letters that were misheard
        if run.label:
            measured = run.slack == 0 and token is not None and bool(token.classes & wc.MEASURE)
            if (measured and run.small_last) or run.ends_apart:
                run.drop_last()
            if run.last >= run.emitted:
                out.append(Span(run.emitted, run.last + 1, run.label, ASKED, run.entity))
            self._answered(run)
            return
        question = self.questions.find(run.asked)
        if token is not None and token.key in _AGE_WORDS and run.slack == 0 and self._may_be_age(run):
            if question is None or question.answer_type != AGE or question.answer_turn >= 0:
                self.age = run
                run.start = run.core + run.letters  # "a 60 year old"
                return
            token = None  # "how old are you" - "forty five years"
        label, score = self._judged(run, question, token)
        if label:
            self._hide(run, label, score, out, ctx)

    def _judged(self, run: CodeRun, question: Question | None, token: Token | None) -> tuple[str, float]:
        """The label of a run that has ended, "" for none, and its score."""
        most = house.NO_CODE
        if question is not None:  # it was asked for before the address, and is answered, or longer than that
            earlier = question.word < self.questions.address[1]
            most = house.NO_ZIP if earlier and (question.answer_turn >= 0 or question.kind == "PHONE_NUMBER") else 0
        if self.house.knows(run, token, self.questions, most=most):
            return "STREET_ADDRESS", house.SCORE
        label, score = judge(run, question, token, numbers=self.numbers)
        if not label and self.house.knows(run, token, self.questions):
            return "STREET_ADDRESS", house.SCORE
        if not label and self.house.is_piece(run, token, self.questions):
            return "POSTCODE", FORM
        return label, score

    def _hide(self, run: CodeRun, label: str, score: float, out: list[Span], ctx: Context) -> None:
        """The run is that, all of it."""
        self._name(run, label, ctx)
        if label == "STREET_ADDRESS":
            self.house.told(run)
        answers = bool(run.kind) and label == label_for(run.kind)
        begun = run.plus or answers or (bool(run.prefix) and not (label == "POSTCODE" and word_before(run)))
        start = run.start if begun else run.core
        out.append(Span(start, run.last + 1, label, score, run.entity))
        if answers:
            self._answered(run)

    @staticmethod
    def _may_be_age(run: CodeRun) -> bool:
        article = run.letters == 1 and run.text[0] == "a" and run.start < run.last
        return 0 < run.digits <= OLDEST and (not run.letters or article)

    def _answered(self, run: CodeRun) -> None:
        question = self.questions.find(run.asked)
        if question is not None:
            self.questions.record_answer(question, run.text, run.last, run.turn, run.speaker)

    def _old(self, token: Token, out: list[Span], ctx: Context) -> None:
        run, self.age = self.age, None
        if run is not None and token.key in {"old", "olds", "age"}:
            out.append(Span(run.start, run.last + 1, "AGE", ASKED, ctx.new_entity()))
