"""Everything that is read out on a call beside cards: numbers, codes, dates of birth, ages, spelled words, passwords.

What was asked or announced decides (`ccredact.dialogue.open_questions`); what nobody asked for is judged by its form
when its run ends (`uncued`). A run never outlives its turn: when the speaker changes, it is settled.
"""

from __future__ import annotations

from typing import ClassVar

from ccredact.detectors.base import LOOK_BACK, Context
from ccredact.detectors.identifiers.boundaries import (
    CLOSE,
    NUMBERS,
    begins_mail,
    begins_run,
    chains,
    is_misread,
    leads,
    led_by,
    may_lead,
)
from ccredact.detectors.identifiers.classify import ASKED
from ccredact.detectors.identifiers.code_run import CodeRun
from ccredact.detectors.identifiers.continuation import passes, takes
from ccredact.detectors.identifiers.free_text import InWords
from ccredact.detectors.identifiers.runs import Runs
from ccredact.detectors.identifiers.spoken_email import Mail
from ccredact.dialogue.kinds import CARD, EMAIL, TEXT
from ccredact.dialogue.open_questions import Question
from ccredact.dialogue.prompts import prompts
from ccredact.text import word_class as wc
from ccredact.text.token import Token
from ccredact.transcript import Span

FIRST = 6
"""Words of a turn in which an answer to the turn before begins."""
_STARTS = NUMBERS | wc.LETTER | wc.NATO | wc.ASKED | wc.CUED | wc.LABEL
_ANSWERS = _STARTS | wc.UNCOMMON | wc.ARTICLE
"""Classes of words with which something may begin, where nothing is waited for, and where something is."""
_PHRASED = wc.ASK | wc.CUE
_CODES = _ANSWERS | _PHRASED
"""Where a code is waited for, the last word of a phrase may be its first letters too."""
_LEADS_NONE = wc.ARTICLE | _PHRASED
"""Classes of words that are not held where nothing is: "a 4 g 4" is said behind a name."""


class AnswerDetector(Runs):
    """The state of one call."""

    wake: ClassVar[int] = NUMBERS | wc.LETTER | wc.ARTICLE | wc.NATO | wc.UNCOMMON | wc.PLUS | wc.ASKED | wc.LABEL
    guards: ClassVar[int] = (
        NUMBERS | wc.LETTER | wc.NATO | wc.UNCOMMON | wc.HOMOPHONE | wc.MAGNITUDE | wc.MONTH | wc.ORDINAL
    )

    __slots__ = ("active", "busy", "cards", "held", "mail", "no_mail", "uncued", "words")

    def __init__(self, *, numbers: bool, uncued: bool, cards: bool) -> None:
        super().__init__(numbers=numbers)
        self.cards = cards  # whether what was announced as a card is hidden here too, if its own detector does not
        self.uncued = uncued  # whether anything is wanted that nobody need have asked for
        self.mail: Mail | None = None
        self.words = InWords()
        self.held: tuple[int, str] | None = None  # (word, key) that may belong to what follows
        self.no_mail = (-1, -1)  # (turn, word) with which no address begins
        self.busy = False  # whether something is open, or may be in any word: more than a word held
        self.active = False  # whether there is anything that waits for the next word

    def fork(self) -> AnswerDetector:
        """Copy it, to go on independently."""
        other = AnswerDetector(numbers=self.numbers, uncued=self.uncued, cards=self.cards)
        other.questions = self.questions.fork()
        other.run = None if self.run is None else self.run.fork()
        other.mail = None if self.mail is None else self.mail.fork()
        other.words = self.words.fork()
        other.held, other.age, other.no_mail, other.house = self.held, self.age, self.no_mail, self.house.fork()
        other.active, other.busy = self.active, self.busy
        return other

    def _settle(self) -> None:
        """A word has been taken."""
        self.busy = (
            self.run is not None
            or self.questions.awaits_words
            or self.mail is not None
            or self.age is not None
            or self.words.short is not None
        )
        self.active = self.busy or self.held is not None or self.questions.awaits_code

    def _idle(self, token: Token, ctx: Context) -> None:
        """A word with which nothing begins, while nothing is open: it may lead a number, or be part of an address."""
        if token.turn != self.questions.turn:
            self.questions.begin_turn(token.turn, ctx.turn_start)
            self.held = None
            self._settle()
        held, self.held = self.held, None
        if held is None and token.classes & _LEADS_NONE:
            return
        if held is not None and token.key in {"at", "dot"}:
            self._open_mail(token, ctx.before(LOOK_BACK), held[0])
        lead = self.uncued and may_lead(token, None)
        if self.questions.awaits_code and not token.classes & _PHRASED:
            lead = lead or self._misread(token, ctx)
            self.questions.give_up_code(token.index)
        if lead:
            self.held = (token.index, token.key)
        self._settle()

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Take one word."""
        out: list[Span] = []
        questions = self.questions
        begins = _STARTS if not questions.open else _CODES if questions.awaits_code else _ANSWERS
        if self.busy or token.classes & begins or self.words.known:
            self._step(token, ctx.before(LOOK_BACK), out, ctx)
            self._settle()
        else:
            self._idle(token, ctx)
        return out

    def close(self, ctx: Context, *, cut: bool = False) -> list[Span]:
        """Decide what is open."""
        del cut
        out: list[Span] = []
        self._leave(out, ctx)
        self._settle()
        return out

    def open_from(self, start: int, end: int) -> int:
        """Find the first undecided word in `[start, end)`."""
        first = end
        if self.run is not None:
            run = self.run
            opened = run.mail_start if run.mail_start >= 0 and not run.label and not run.void else run.emitted
            first = min(first, max(start, opened))
        if self.mail is not None:
            first = min(first, max(start, self.mail.start))
        if self.age is not None:
            first = min(first, max(start, self.age.start))
        if self.held is not None:
            first = min(first, max(start, self.held[0]))
        return min(first, self.words.open_from(start, end))

    def is_open(self, entity: int) -> bool:
        """Whether the entity may still get another piece."""
        return (self.run is not None and self.run.entity == entity) or self.questions.is_open(entity)

    def value(self, entity: int) -> str | None:
        """It keeps no values."""
        del entity
        return None

    def _misread(self, token: Token, ctx: Context) -> bool:
        """Whether letters of a code were taken for a short word: "the booking number is as 43 x 6"."""
        if token.index - self.questions.open[-1].word > CLOSE:
            return False
        question = self.questions.answered_by(token)
        return question is not None and is_misread(token, "".join(ctx.before(1)), question)

    # -- words -------------------------------------------------------------------------------------------------

    def _step(self, token: Token, before: tuple[str, ...], out: list[Span], ctx: Context) -> None:
        if token.turn != self.questions.turn:
            self._leave(out, ctx)
            self.questions.begin_turn(token.turn, ctx.turn_start)
        if self.age is not None:
            self._old(token, out, ctx)
        if self.words.short is not None and self.words.pauses(token):
            out += self.words.settle(self.questions, ctx)
        if token.classes & wc.LABEL:
            self._label(token, out, ctx)
            return
        phrase = prompts().find(token.key, before, token.classes) if token.classes & (wc.ASKED | wc.CUED) else None
        if self.mail is not None:
            if self.mail.takes(token):
                self.mail.held.append((token, before))
                return
            self._end_mail(self.mail, out, ctx)
        if self.run is None or not self._goes_on(self.run, token, before, out, ctx):
            self._begin(token, before, out, ctx)
        if phrase is not None and (self.mail is None or phrase.kind != "EMAIL_ADDRESS"):
            self.questions.take(phrase, token, before)

    def _label(self, token: Token, out: list[Span], ctx: Context) -> None:
        """A label of an earlier redaction: the answer to what was asked."""
        while self.mail is not None:
            self._end_mail(self.mail, out, ctx)
        if self.run is not None:
            self._end(self.run, token, out, ctx)
        self.held = None
        self.words.drop()
        self.questions.close_all()

    def _goes_on(self, run: CodeRun, token: Token, before: tuple[str, ...], out: list[Span], ctx: Context) -> bool:
        """Take the word into the open run; else end the run."""
        if takes(run, token):
            run.add(token)
            self._decide(run, out, ctx)
            return True
        if token.key == "at" and run.slack == 0 and run.last == token.index - 1 and not run.label:
            self._open_mail(token, before, run.mail_start if run.mail_start >= 0 else run.start)
            return True
        if passes(run, token):
            run.pause(token)
            return True
        found = len(out)
        self._end(run, token, out, ctx)
        if token.classes & wc.UNCOMMON and len(out) == found and run.letters and not run.digits and run.slack <= 1:
            self.held = (run.start, "")  # "k dot wells at example dot com"
        return False

    def _begin(self, token: Token, before: tuple[str, ...], out: list[Span], ctx: Context) -> None:
        """A word outside of any run."""
        known = self.words.knows(token) if self.words.known else ""
        if known:
            self.held = None
            out.append(Span(token.index, token.index + 1, known, ASKED, ctx.new_entity()))
            return
        held, self.held = self.held, None
        question = self.questions.answered_by(token) if self.questions.open else None
        form = None if question is None else question.answer_type
        last = before[-1] if before else ""
        if question is None and not self.uncued:
            return
        if form == EMAIL and question is not None and self._mail_may_begin(question, token):
            stage = max(0, question.email_part - 1)
            self._open_mail(token, before, token.index if held is None else held[0], stage)
            return
        if held is not None and token.key in {"at", "dot"}:
            self._open_mail(token, before, held[0])
            return
        if begins_run(token, last, question):
            if question is None or question.kind != CARD or self.cards:  # else it is the card detector's
                self._begin_run(token, before, question, held, 0 if token.gap != "_" else ctx.glued())
        elif form == TEXT and question is not None:
            out += self.words.hear(token, last, question, self.questions, ctx)
        elif may_lead(token, question) or (question is not None and is_misread(token, last, question)):
            chained = held is not None and (
                held[1] == "" or (question is not None and chains(question, held[0], token))
            )
            self.held = held if chained else (token.index, token.key)  # "list of april" for the first of it

    def _begin_run(
        self,
        token: Token,
        before: tuple[str, ...],
        question: Question | None,
        held: tuple[int, str] | None,
        glued: int,
    ) -> None:
        self.run = run = CodeRun(token, question, led_by(before), before)
        run.misheard = question is not None and self._answers_now(question, token)
        if held is not None:
            run.mail_start = held[0]
            if leads(held[1], token, question):
                run.lead_with(*held)
        run.counted = run.start == self.questions.counting_word + 1
        run.add(token)
        if glued:
            run.join(glued)

    def _answers_now(self, question: Question, token: Token) -> bool:
        """Whether the turn is all answer: the question was the turn before, and the word is one of its first."""
        return question.turn == token.turn - 1 and self._answers_soon(token)

    def _answers_soon(self, token: Token) -> bool:
        return token.index - self.questions.first_word < FIRST

    def _open_mail(self, token: Token, before: tuple[str, ...], start: int, stage: int = 0) -> None:
        self.mail = Mail(token, start, stage)
        self.mail.takes(token)
        self.mail.held.append((token, before))

    def _mail_may_begin(self, question: Question, token: Token) -> bool:
        turn, word = self.no_mail
        if question.email_part and token.speaker == question.reader:  # "john dot smith", "mm-hmm", "at gmail dot com"
            domain = question.email_part > 1 and token.key.isalpha()  # "at" was said before
            begins = token.key in {"at", "dot"} or domain or begins_mail(token, question)
            return begins and self._answers_soon(token) and (turn != token.turn or token.index > word)
        if question.answer_turn >= 0 or not begins_mail(token, question):
            return False
        if turn != token.turn:
            return True
        return token.index > word and bool(token.classes & (NUMBERS | wc.LETTER | wc.UNCOMMON))

    # -- ends -------------------------------------------------------------------------------------------------

    def _end_mail(self, mail: Mail, out: list[Span], ctx: Context, *, over: bool = False) -> None:
        """No word goes on with it; `over`: its turn has ended."""
        self.mail = None
        question = self.questions.latest_of("EMAIL_ADDRESS")
        asked = question is not None and (question.answer_turn < 0 or question.email_part > 0)
        piece = over and asked and mail.signed  # more of it may come in a later turn
        if mail.complete or piece:
            self.run = None
            out.append(Span(mail.start, mail.last + 1, "EMAIL_ADDRESS", ASKED, ctx.new_entity()))
            if question is not None:
                question.email_part = 0 if mail.complete else mail.stage + 1
                self.questions.record_answer(question, "", mail.last, mail.turn, mail.speaker)
            return
        site = mail.site_end
        if site >= 0:
            self.run = None
            out.append(Span(mail.start, site + 1, "URL", ASKED, ctx.new_entity()))
        if self.run is not None:
            self._end(self.run, mail.held[0][0], out, ctx)
        self.no_mail = (mail.turn, mail.held[-1][0].index)
        self.held = None  # what waits is one of these words, and comes again
        for held, before in mail.held:  # it was none: the words since then are looked at again
            if held.index > site:
                self._step(held, before, out, ctx)

    def _leave(self, out: list[Span], ctx: Context) -> None:
        """The turn is over."""
        while self.mail is not None:  # what is looked at again may begin another
            self._end_mail(self.mail, out, ctx, over=True)
        if self.run is not None:
            self._end(self.run, None, out, ctx)
        out += self.words.settle(self.questions, ctx)
        self.age = self.held = None
