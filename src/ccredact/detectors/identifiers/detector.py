"""Everything that is read out on a call beside cards: numbers, codes, dates of birth, ages, spelled words, passwords.

What was asked or announced decides (`ccredact.dialogue.open_answers`); what nobody asked for is classified by its
form when its run ends (`uncued`).

Theory. The detector is one state machine for one call. It reads words in order, and at any time at most one of each of
these is open, all within one turn:

- `held`: one word that may be the beginning of what follows: "bery | 45", "k | dot wells at".
- `run`: an alphanumeric run (`code_run`). If it answers a question, it is hidden as it comes from the moment that it
  `is_certain`; else it is classified when it ends.
- `email`: a candidate for a spoken e-mail address (`spoken_email`). It may begin with a run, which then waits under it.
- `age_run`: a run that has ended before a unit ("60 years"). It is an age if "old" or "of age" follows.
- `early`: a run that has ended before "is": it is the answer if a phrase follows ("638 is the security code").
- `free_text.short`: everyday words that are the answer if hardly anything else is said in the turn (`free_text`).

A word is read like this (`_read`); each step may leave it to the next:

1. The end of a turn ends all that is open (`end_turn`). A run never outlives its turn; questions do.
2. The word behind an `age_run` decides about it. A word behind the end of a sentence settles `free_text`.
3. A label of an earlier redaction ends all that is open: it is the answer to what was asked.
4. An open `email` takes the word, or ends: complete, it is hidden and the run under it is dropped; else the run ends
   where the candidate began, and the words since then are read again, from step 1 on, before this one.
5. An open `run` takes the word (`continues_run`), makes it the beginning of an `email` ("at"), pauses with it
   (`pauses_run`), or ends and is classified with this word behind it.
6. Where nothing is open, the word is known from an answer before, or begins an e-mail address or a run, or is taken as
   free text, or is held for the word behind it.
7. Behind a word that ends a phrase the dialogue opens a question, unless a candidate for an e-mail address took the
   word: then that is put off until the word is read again.

Where nothing but `held` is open, a word with which nothing begins takes a short way (`_pass`): it may only be held.

What each state must keep: words before `open_from` are decided for good; an ended run that has a `label` was hidden up
to `emitted`, and only the rest may still be; a candidate keeps every word that it took, since all of them may be read
again; `busy` is true while any word may change a decision, `active` while the next one may, so that the scanner may
leave out words that wake nobody.
"""

from __future__ import annotations

from typing import ClassVar, Final

from ccredact.detectors.base import EVERY_WORD, LOOK_BACK, Context
from ccredact.detectors.identifiers import house_number
from ccredact.detectors.identifiers.age import (
    NO_AGE,
    age_lead,
    ends_with_sign,
    is_age_end,
    is_age_sign,
    is_decade,
    is_old_sign,
    lists_ages,
    may_be_age,
)
from ccredact.detectors.identifiers.assembly import WORD_LETTERS, known_label, label_for
from ccredact.detectors.identifiers.beginnings import (
    NEAR,
    NUMBERS,
    UNCUED_PREFIX_LETTERS,
    begins_run,
    chains_prefix,
    may_be_misread_code,
    may_be_prefix,
)
from ccredact.detectors.identifiers.classify import (
    LEAST_SIZE,
    NOTHING,
    Found,
    answer_reason,
    classify,
    is_certain,
)
from ccredact.detectors.identifiers.code_run import MOST_TEXT, CodeRun
from ccredact.detectors.identifiers.contact import ContactAnswers
from ccredact.detectors.identifiers.early import EarlyAnswer, may_be_early
from ccredact.detectors.identifiers.free_text import FreeTextAnswers
from ccredact.detectors.identifiers.going_on import continues_run, pauses_run
from ccredact.detectors.identifiers.half_day import ends_half_day
from ccredact.detectors.identifiers.held_word import HeldWord
from ccredact.detectors.identifiers.house_number import HouseNumbers
from ccredact.detectors.identifiers.opening import (
    FIRST_WORDS,
    Opening,
    glued_words,
    is_capital,
    may_be_password,
    one_of_age,
    opened,
)
from ccredact.detectors.identifiers.pieces import UnaskedPieces, is_piece
from ccredact.detectors.identifiers.postcode import is_word_before_postcode
from ccredact.detectors.identifiers.spoken_email import SpokenEmail
from ccredact.detectors.identifiers.uncued import DAY_DIGITS, is_uk_postcode, may_be_stamp
from ccredact.detectors.scores import CUED_SCORE, HOUSE_SCORE, UNCUED_SCORE
from ccredact.dialogue.answer_lengths import USUAL
from ccredact.dialogue.choice import BESIDE
from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.dialogue.kinds import (
    AGE,
    CARD,
    COUNTED,
    CVV,
    DIGITS,
    EXPIRY,
    IDENTIFIER,
    LABELS,
    LAST4,
    NONE,
    READ_OUT,
    SPELLED,
    TEXT,
)
from ccredact.dialogue.open_answers import OpenAnswers
from ccredact.dialogue.placement import EARLY, MARKS
from ccredact.dialogue.state import Dialogue
from ccredact.entities import NUMBER
from ccredact.lang.en.ages import JOINS, OF, OLDEST
from ccredact.lang.en.emails import AT, DOT, JOINTS
from ccredact.lang.en.emails import WEB as WEB_LETTERS
from ccredact.lang.en.free_text import GOING_ON, LETTER_CASES
from ccredact.lang.en.identifiers import ARTICLE, IS
from ccredact.lang.en.places import UK_AREAS
from ccredact.reasons import Reason
from ccredact.text import word_class as wc
from ccredact.text.token import Token
from ccredact.text.words import ends_sentence
from ccredact.transcript import Span, make_span

LONGEST: Final = 24
"""No identifier has as many digits and letters: what goes on is hidden as it comes, whatever it is."""
LONGEST_STAMP: Final = 30
"""Digits and letters of a date with its time, its fraction and its zone, at most."""
_BEGINNINGS: Final = NUMBERS | wc.MAGNITUDE | wc.LETTER | wc.NATO | wc.PROMPTED | wc.LABEL
"""Classes of words with which something may begin where nothing is waited for."""
_ANSWER_BEGINNINGS: Final = (
    _BEGINNINGS | wc.ORDINAL | wc.UNCOMMON | wc.ARTICLE | wc.HOMOPHONE | wc.QUANTITY | wc.SPELLER | wc.SYMBOL
)
"""The same where something is."""
_CODE_BEGINNINGS: Final = _ANSWER_BEGINNINGS | wc.PROMPT_END
"""The same where a code is: the last word of a phrase may be its first letters too."""
_NEVER_HELD: Final = wc.ARTICLE | wc.PROMPT_END
"""Classes of words that are not held where nothing is held yet: "a 4 g 4" is said behind a name."""
_PIECE_LABELS: Final = frozenset({"", NUMBER})
_UNKNOWN: Final = frozenset({"", NUMBER, "PHONE_NUMBER"})
"""Labels of what is known by its form, which says less than that it was told before."""
_CARD_SIZES: Final = {CVV: (3, 4), EXPIRY: (4, 6), LAST4: (4,)}
"""Digits of what is told of a card before its phrase."""
_NO_KNOWN_WORD: Final = (-2, "")
_NO_PIECES: Final = UnaskedPieces()
"""Shared by the calls in which there is none: it is replaced, and never changed."""


class IdentifierDetector:
    """The state machine of one call."""

    wake: ClassVar[int] = (
        NUMBERS
        | wc.ORDINAL
        | wc.LETTER
        | wc.ARTICLE
        | wc.NATO
        | wc.UNCOMMON
        | wc.QUANTITY
        | wc.PLUS
        | wc.PROMPTED
        | wc.LABEL
    )
    wake_words: ClassVar[frozenset[str]] = OLDEST
    guards: ClassVar[int] = EVERY_WORD  # a password may be any word

    __slots__ = (
        "active", "age_run", "age_word", "busy", "cards", "contact", "dialogue", "early", "fed", "free_text", "held",
        "house_numbers", "known_word", "numbers", "pieces", "questions", "run", "uncued",
    )  # fmt: skip

    dialogue: Dialogue
    """That of the call (`follow`); `questions` are its open answers."""
    questions: OpenAnswers

    def __init__(self, *, numbers: bool, uncued: bool, cards: bool) -> None:
        self.numbers = numbers  # whether numbers of unknown kind are hidden
        self.uncued = uncued  # whether anything is wanted that nobody need have asked for
        self.cards = cards  # whether what was announced as a card is hidden here too, if its own detector does not
        self.run: CodeRun | None = None
        self.age_run: CodeRun | None = None
        self.age_word = -9  # the last word of the last age: another one may follow, "four and eleven"
        self.early: EarlyAnswer | None = None
        self.contact = ContactAnswers()
        self.free_text = FreeTextAnswers()
        self.house_numbers = HouseNumbers()
        self.pieces = _NO_PIECES
        self.held: HeldWord | None = None
        self.known_word = _NO_KNOWN_WORD  # the last word that was said again, and its label: a number behind it is too
        self.fed = -1  # the word that was fed last: not one that is read again
        self.busy = False
        self.active = False

    # -- the contract of a detector --------------------------------------------------------------------------------

    def fork(self) -> IdentifierDetector:
        """Return an independent copy."""
        other = IdentifierDetector(numbers=self.numbers, uncued=self.uncued, cards=self.cards)
        other.run = None if self.run is None else self.run.fork()
        other.age_run, other.early = self.age_run, self.early  # they have ended: they change no more
        other.free_text = self.free_text.fork()
        other.house_numbers = self.house_numbers.fork()
        other.pieces = self.pieces if self.pieces is _NO_PIECES else self.pieces.fork()
        other.contact = self.contact.fork()
        other.known_word, other.age_word = self.known_word, self.age_word
        other.held = self.held
        other.active, other.busy, other.fed = self.active, self.busy, self.fed
        return other

    def follow(self, dialogue: Dialogue) -> None:
        """Take the dialogue of the call."""
        self.dialogue, self.questions = dialogue, dialogue.answers

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Take one word; return what is decided by it."""
        questions = self.questions
        self.fed = token.index
        beginnings = _BEGINNINGS
        if questions.open:
            beginnings = _CODE_BEGINNINGS if questions.awaits_code else _ANSWER_BEGINNINGS
        if not (self.busy or token.classes & beginnings or self.free_text.knows_words or token.key in OLDEST):
            self._pass(token, ctx)
            return []
        out: list[Span] = []
        if self._read(token, ctx.before(LOOK_BACK), out, ctx):
            ctx.dialogue.put_off(token.index)
        self._update_activity()
        return out

    def begin_turn(self) -> None:
        """Take note that the first word of the turn may be a digit, though it does not look so: "to for ate"."""
        self.active = True

    def end_turn(self, ctx: Context) -> list[Span]:
        """End all that is open: nothing but the questions outlives a turn."""
        out: list[Span] = []
        self.fed = -1
        self._end_turn(out, ctx)
        self._update_activity()
        return out

    def take_prompt(self, token: Token, ctx: Context) -> list[Span]:
        """Take note that something was asked for with the word."""
        out: list[Span] = []
        if self.early is not None:
            self._announce_early(self.early, token, out, ctx)
        self._update_activity()
        return out

    def close(self, ctx: Context, *, cut: bool = False) -> list[Span]:
        """Decide what is open."""
        out: list[Span] = []
        self.fed = -1
        if cut and self.run is not None and not self.run.label:
            self._hide_cut_off(self.run, out, ctx)
        if cut and self.pieces.waiting:
            entity = ctx.new_entity()
            waiting = self.pieces.waiting
            out += [Span(start, end, NUMBER, UNCUED_SCORE, entity, Reason.HELD_BOUND) for start, end in waiting]
        self._end_turn(out, ctx)
        self.pieces = _NO_PIECES
        self._update_activity()
        return out

    def _hide_cut_off(self, run: CodeRun, out: list[Span], ctx: Context) -> None:
        """Hide an open run that may be the beginning of an answer, since no more of it comes."""
        question = self.questions.find(run.prompt)
        if question is None or question.answer_type == NONE:
            return
        self.run = None
        self._set_label(run, label_for(question.kind), ctx)
        reason = answer_reason(question, run.turn)  # as the words of it that are out
        out.append(Span(run.start, run.last_seen + 1, run.label, CUED_SCORE, run.entity, reason))

    def open_from(self, start: int, end: int) -> int:
        """Find the first undecided word in `[start, end)`."""
        first = self._candidate_from(start, end, self.run)
        if self.held is not None:
            first = min(first, max(start, self.held.word))
        return min(first, self.free_text.open_from(start, end))

    def candidate_from(self, start: int, end: int) -> int:
        """Return the first word of an open candidate.

        Where nothing is asked for, it is none of a word that waits, nor of a letter that may be a word.
        """
        run, held = self.run, self.held
        if not self.questions.open:
            if run is not None and not run.digits and (run.nato or run.text in WORD_LETTERS):
                run = None  # "i", "a", "that hotel"
            if held is not None and held.key:
                held = None
        first = self._candidate_from(start, end, run)
        return first if held is None else min(first, max(start, held.word))

    def _candidate_from(self, start: int, end: int, run: CodeRun | None) -> int:
        first = self.pieces.open_from(start, end)
        if run is not None:
            before = run.email_start >= 0 and not run.label and not run.overlong
            first = min(first, max(start, run.email_start if before else run.emitted))
        if self.contact.email is not None:
            first = min(first, max(start, self.contact.email.start))
        if self.age_run is not None:
            first = min(first, max(start, self.age_run.start))
        if self.early is not None and self.early.start < end and self.early.end > start:
            first = min(first, max(start, self.early.start))
        return first

    def is_open(self, entity: int) -> bool:
        """Return whether the entity may still get another piece."""
        return (self.run is not None and self.run.entity == entity) or self.questions.is_open(entity)

    def value(self, entity: int) -> str | None:
        """Return None: it keeps no values."""
        del entity
        return None

    @property
    def _may_begin_digits(self) -> bool:
        """Return whether the next word may be the first digit of an answer, though it does not look so."""
        questions = self.questions
        return questions.awaits_digits and 0 <= self.fed - questions.first_word < EARLY

    def _update_activity(self) -> None:
        """Say which words it must be fed from here on."""
        self.busy = (
            self.run is not None
            or self.questions.awaits_words
            or self.contact.email is not None
            or self.age_run is not None
            or self.early is not None
            or self.free_text.short is not None
            or bool(self.pieces.waiting)
        )
        self.active = self.busy or self.held is not None or self.questions.awaits_code or self._may_begin_digits

    # -- reading a word --------------------------------------------------------------------------------------------

    def _pass(self, token: Token, ctx: Context) -> None:
        """Take a word with which nothing begins, while nothing is open: it may lead a number or an e-mail address."""
        questions = self.questions
        held, self.held = self.held, None
        if held is None and token.classes & _NEVER_HELD:
            if token.key == ARTICLE and age_lead(ctx.before(LOOK_BACK)) > NO_AGE:
                self.held = HeldWord(token.index, ARTICLE)  # "she's | a hundred and two"
                self._update_activity()
            return
        if held is not None and token.key in JOINTS:
            self.contact.begin_at(token, ctx.before(LOOK_BACK), held)
        leads = self.uncued and may_be_prefix(token, None)
        if questions.awaits_code and not token.classes & wc.PROMPT_END:
            leads = leads or token.key in LETTER_CASES or self._may_be_misread_code(token, ctx)
            questions.give_up_code(token.index)
        if leads:
            self._hold(token, held, None, ctx)
        self._update_activity()

    def _may_be_misread_code(self, token: Token, ctx: Context) -> bool:
        """Return whether letters of a code were taken for a short word: "the booking number is as 43 x 6"."""
        last = self.questions.last
        if last is None:
            return False
        if last.turn == token.turn and token.index - last.word > NEAR:
            return False
        question = self.questions.answered_by(token, ctx.before(LOOK_BACK))
        if question is None:
            return False
        spelled = question.answer_type == SPELLED and may_be_prefix(token, question)  # "see | h r i s t i n e"
        return spelled or may_be_misread_code(token, "".join(ctx.before(1)), question)

    def _read(self, token: Token, before: tuple[str, ...], out: list[Span], ctx: Context) -> bool:
        """Read a word as the module's theory says; `before` are the words before it.

        Return whether it is part of an e-mail address, as it seems: the phrase that ends with it asks for nothing then.
        """
        if self.pieces.waiting:
            self.pieces.pass_word(token, token.index - self.questions.first_word)
        if self.age_run is not None:
            self._end_age(self.age_run, token, out, ctx)
        if self.early is not None and self.early.is_over(token):
            self._end_early(self.early, "", out, ctx)
        if self.free_text.short is not None and self.free_text.short.is_over(token):
            out += self.free_text.settle(self.questions, ctx)
        classes = token.classes
        if classes & wc.LABEL:
            self._end_at_label(token, out, ctx)
            return False
        email = self.contact.email
        if email is not None:
            if email.take(token, before):
                return True
            self._end_email(email, token, out, ctx)
        if self.run is None or not self._continue(self.run, token, before, out, ctx):
            self._begin(token, before, out, ctx)
        return self.contact.email is not None and token.prompt is not None and token.prompt.kind == "EMAIL_ADDRESS"

    def _continue(self, run: CodeRun, token: Token, before: tuple[str, ...], out: list[Span], ctx: Context) -> bool:
        """Take the word into the open run and return True; else end the run."""
        if ends_with_sign(run, token):
            self.run = None
            run.drop_last()
            self._emit_age(run, out, ctx)
            return True
        over = ends_sentence(token.gap) and run.size >= USUAL.get(run.kind, MOST_TEXT)
        over = over or lists_ages(run, token)
        if continues_run(run, token) and not over:
            run.add(token)
            self._emit_certain(run, out, ctx)
            return True
        may_be_email = run.kind != "PASSWORD" and run.fillers == 0 and not run.label
        if token.key == AT and may_be_email and run.last == token.index - 1:
            self.contact.open(token, before, run.email_start if run.email_start >= 0 else run.start)
            return True
        if token.key == DOT and run.text == WEB_LETTERS and may_be_email:
            self.contact.open(token, before, run.start, kind="URL")
            return True
        if pauses_run(run, token) and not over:
            run.pause(token)
            return True
        found = len(out)
        self._end_run(run, token, out, ctx)
        letters = run.letters and not run.digits and run.fillers <= 1
        if letters and token.classes & wc.UNCOMMON and len(out) == found:
            self.held = HeldWord(run.start, "", last=token.index - 1)  # "k dot wells at example dot com"
        return False

    def _begin(self, token: Token, before: tuple[str, ...], out: list[Span], ctx: Context) -> None:
        """Read a word where nothing is open, or hold it."""
        if self._is_known_word(token, out, ctx):
            return
        held, self.held = self.held, None
        if token.index == self.questions.first_word and token.key in GOING_ON:
            self.questions.go_on(token)
        if token.classes & wc.CORRECTION and self.questions.awaits_words:
            self.questions.take_back(token)
        question = self.questions.answered_by(token, before) if self.questions.open else None
        if question is not None and question.fulfilled and not (self.cards or question.is_fresh(token.turn)):
            question = None  # the card has been given: this is another number
        if not self._is_wanted(token, question):
            return
        if self.contact.begin(token, before, held, question, self.questions):
            return
        opening = Opening(token, before, question, held)
        if not (self._begin_age(opening, out, ctx) or ends_half_day(token, before)):
            self._begin_run(opening, out, ctx)

    def _begin_run(self, opening: Opening, out: list[Span], ctx: Context) -> None:
        """Begin a run or an answer in words with a word, or hold it."""
        token, question, last = opening.token, opening.question, opening.last
        if question is not None and question.email_part and not question.goes_on:
            question = None  # what goes on with it is a piece, or nothing
            opening = opening.without_question()
        if begins_run(token, last, question, capital=is_capital(opening, self.fed, ctx)):
            run = self._open_run(opening)
            glued = glued_words(opening, self.fed, ctx)
            if glued:
                run.join(glued)
            self._emit_certain(run, out, ctx)
        elif question is not None and question.answer_type == TEXT and not may_be_password(opening):
            out += self.free_text.take(token, last, question, self.questions, ctx)
        elif may_be_prefix(token, question) or (question is not None and may_be_misread_code(token, last, question)):
            self._hold(token, opening.held, question, ctx)

    def _begin_age(self, opening: Opening, out: list[Span], ctx: Context) -> bool:
        """Read a word that is an age by itself, or begins one that is said as "a hundred"; return whether it does."""
        token = opening.token
        if is_decade(token, opening.before) or is_age_sign(token):
            out.append(Span(token.index, token.index + 1, "AGE", CUED_SCORE, ctx.new_entity(), Reason.FORM))
            return True
        one = one_of_age(opening)
        if one is None:
            return False
        self._open_run(one).add(token)
        return True

    def _open_run(self, opening: Opening) -> CodeRun:
        """Begin a run with a word."""
        self.run = run = opened(opening, first_word=self.questions.first_word)
        since = opening.token.index - self.age_word
        run.behind_age = since == 1 or (since == BESIDE and run.led_by in JOINS)
        run.counted = run.start == self.dialogue.counting_word + 1
        run.add(opening.token)
        return run

    def _is_wanted(self, token: Token, question: ExpectedAnswer | None) -> bool:
        """Return whether a word may be of use: a number of a card that was asked for is the card detector's.

        Where numbers of no kind are not hidden, one behind a card is not of use because it was announced.
        """
        if question is not None and question.kind == IDENTIFIER and not self.numbers:
            return not self.dialogue.subject.is_behind_card(question.word)
        if question is None:
            return bool(self.uncued or self.questions.known or token.classes & NUMBERS)
        return not question.of_card or self.cards

    def _is_known_word(self, token: Token, out: list[Span], ctx: Context) -> bool:
        """Hide a word of an answer in words that is said again, and return whether it is one."""
        known = self.free_text.known_label(token) if self.free_text.knows_words else ""
        if not known:
            return False
        self.held = None
        answered = self.questions.latest_of(known)
        if answered is not None and known == "PASSWORD" and answered.begun and answered.reader == token.speaker:
            self.questions.record_answer(answered, "", token.index, token.turn, token.speaker)
        out.append(Span(token.index, token.index + 1, known, CUED_SCORE, ctx.new_entity(), Reason.SAID_AGAIN))
        self.known_word = (token.index, known)
        return True

    def _hold(self, token: Token, held: HeldWord | None, question: ExpectedAnswer | None, ctx: Context) -> None:
        """Hold the word for the one behind it, from the first one on if several are held: "list of april"."""
        chained = held is not None and (
            (held.key == "" and token.index == held.last + 1)
            or (held.key in LETTER_CASES and token.key in LETTER_CASES)
            or (question is not None and chains_prefix(question, held.word, token))
        )
        short = len(token.key) <= UNCUED_PREFIX_LETTERS and question is None and token.index == self.fed
        written = ctx.written() if short else ""
        capital = len(written) > 1 and written.isupper()
        if chained and held is not None:
            self.held = HeldWord(
                held.word,
                held.key,
                last=held.last,
                behind_mark=held.behind_mark,
                is_capital=capital,
                is_unknown=held.is_unknown,
            )
        else:
            marked = not MARKS.isdisjoint(token.gap)
            unknown = bool(token.classes & wc.UNCOMMON)
            self.held = HeldWord(token.index, token.key, behind_mark=marked, is_capital=capital, is_unknown=unknown)

    # -- runs ------------------------------------------------------------------------------------------------------

    def _emit_certain(self, run: CodeRun, out: list[Span], ctx: Context) -> None:
        """Hide what is certain of an open run."""
        if run.overlong:
            run.emitted = run.last + 1
            return
        if not run.label and run.size >= LONGEST and not (run.size < LONGEST_STAMP and may_be_stamp(run)):
            run.kind = ""
            if not self.numbers:
                run.overlong, run.emitted = True, run.last + 1
                return
            self._set_label(run, NUMBER, ctx)
        elif not run.label:
            if not is_certain(run, self.questions.find(run.prompt)):
                return
            self._set_label(run, label_for(run.kind), ctx)
        until = (run.before_last if run.ends_small and run.size < LONGEST else run.last) + 1  # "560394 | 10 gb"
        if until > run.emitted:
            out.append(make_span(run.emitted, until, run.label, CUED_SCORE, run.entity, run.reason))
            run.emitted = until

    def _set_label(self, run: CodeRun, label: str, ctx: Context) -> None:
        """Name the run; all pieces of the answer to one question are one entity."""
        question = self.questions.find(run.prompt)
        run.label = label
        if question is not None and not question.of_card and label == label_for(question.kind):
            question.entity = question.entity or ctx.new_entity()
            run.entity = question.entity
            run.reason = answer_reason(question, run.turn)
        else:
            run.entity = ctx.new_entity()

    def _end_run(self, run: CodeRun, token: Token | None, out: list[Span], ctx: Context) -> None:
        """End the run and hide what it is; `token` is the word behind it, None when its turn is over."""
        self.run = None
        if run.overlong:
            return
        if token is None or not MARKS.isdisjoint(token.gap):
            run.take_signs()
        run.take_tail(self.questions.first_word, "" if token is None else token.key)
        if token is None and run.kind == "POSTCODE" and run.immediate and run.size >= LEAST_SIZE:
            run.last = run.last_seen  # what is left of the turn are letters that were misheard
        if run.answer_type == DIGITS or run.kind == "POSTCODE":
            run.drop_article()
        question = self.questions.find(run.prompt)
        asked = question is not None and not question.weak and (question.asked or question.begun)
        goes_on = question is not None and question.begun and not question.is_complete
        answers = asked and run.answer_type in COUNTED
        run.take_edges(is_over=token is None, answers=answers, goes_on=goes_on)
        if question is not None and not question.weak and token is None and run.may_end_in_article:
            run.take_article()  # "five seven a"
        if run.label:
            self._emit_rest(run, token, out)
        elif run.word_count or run.digits:
            self._end_uncertain(run, question, token, out, ctx)

    def _end_uncertain(
        self, run: CodeRun, question: ExpectedAnswer | None, token: Token | None, out: list[Span], ctx: Context
    ) -> None:
        """Decide what a run that has ended is, or let it wait for the words behind it."""
        if run.spoken_only and run.prefix in UK_AREAS and not run.kind and not is_uk_postcode(run.text):
            run.drop_prefix()  # "hr one twenty"
        if token is not None and may_be_age(run, token):
            if is_old_sign(token):
                self._emit_age(run, out, ctx)
                return
            if question is None or question.answer_type != AGE or question.begun:
                self.age_run = run
                return
            token = None  # "how old are you" - "forty five years"
        label, score, reason = self._classify(run, question, token)
        spelled = run.email_start == self.questions.first_word and run.size > 1  # "tulip forty two | is my login"
        early = token is not None and (may_be_early(run, token) or (spelled and token.key in IS))
        if label in _PIECE_LABELS and token is not None and early:
            start = run.email_start if spelled else self._start_of(run, label)
            self.early = EarlyAnswer(start, run.last + 1, run.text, run.turn, run.speaker, token.index, label)
            return
        if label:
            self._emit(run, label, score, reason, out, ctx)
        if not label and question is not None and question.kind == "PASSWORD" and run.digits <= DAY_DIGITS:
            self.free_text.take_number(run, question, self.questions.first_word)
        named = (question is not None and question.is_read_out) or self.pieces.continues(run)
        if self.numbers and label in _PIECE_LABELS and is_piece(run, token, named=named):
            self._take_piece(run, out, ctx)

    def _take_piece(self, run: CodeRun, out: list[Span], ctx: Context) -> None:
        """Take a piece of a number that nobody asked for; hide what is one now."""
        if self.pieces is _NO_PIECES:
            self.pieces = UnaskedPieces()
        pieces = self.pieces
        ready = (pieces.echo if pieces.repeats(run) else pieces.take)(run, hidden=run.entity)
        if ready:
            pieces.entity = pieces.entity or ctx.new_entity()
            out += [Span(start, end, NUMBER, UNCUED_SCORE, pieces.entity, Reason.PIECE) for start, end in ready]

    def _emit_rest(self, run: CodeRun, token: Token | None, out: list[Span]) -> None:
        """Hide what is left of a run that was certain."""
        measured = token is not None and run.fillers == 0 and bool(token.classes & wc.MEASURE)
        question = self.questions.find(run.prompt)
        whole = question is not None and 0 < question.wanted <= question.given + run.size
        if (measured and run.ends_small and not whole) or run.ends_apart:
            run.drop_last()
        if run.last >= run.emitted:
            out.append(Span(run.emitted, run.last + 1, run.label, CUED_SCORE, run.entity, run.reason))
        self._record_answer(run)

    def _classify(self, run: CodeRun, question: ExpectedAnswer | None, token: Token | None) -> Found:
        """Return what a run is that has ended: house numbers and what was told before are known by the call."""
        first = self.dialogue.address_turn == run.turn - 1 and run.position < FIRST_WORDS
        most = house_number.BELOW_ZIP if first else house_number.BELOW_CODE
        if question is not None:  # it was asked for before the address, and is answered, or longer than that
            earlier = question.word < self.dialogue.places.address_word
            answered = question.begun or question.kind == "PHONE_NUMBER"
            most = house_number.BELOW_ZIP if earlier and answered else 0
        if self.house_numbers.recognises(run, token, self.dialogue, most_digits=most):
            return "STREET_ADDRESS", HOUSE_SCORE, Reason.FORM
        label, score, reason = classify(run, question, token, numbers=self.numbers)
        told = self._label_again(run, token) if label in _UNKNOWN else ""
        if told:
            return told, CUED_SCORE, Reason.SAID_AGAIN
        if not self.uncued and score == UNCUED_SCORE:
            return NOTHING  # it was read for what was told before
        if not label and self.house_numbers.recognises(run, token, self.dialogue):
            return "STREET_ADDRESS", HOUSE_SCORE, Reason.FORM
        if not label and self.house_numbers.is_half_postcode(run, token, self.dialogue):
            return "POSTCODE", UNCUED_SCORE, Reason.FORM
        return label, score, reason

    def _label_again(self, run: CodeRun, token: Token | None) -> str:
        """Return the label of an answer that a run says again, "" for none."""
        word, label = self.known_word
        if run.start == word + 1:
            return label  # "sparrow quartz | sixty nine"
        return known_label(run, token, self.questions.known) if self.questions.known else ""

    def _emit(  # as `classify` has it
        self, run: CodeRun, label: str, score: float, reason: Reason, out: list[Span], ctx: Context
    ) -> None:
        """Hide all of a run that has ended."""
        self._set_label(run, label, ctx)
        if label == "STREET_ADDRESS":
            self.house_numbers.record(run)
        answers = bool(run.kind) and label == label_for(run.kind)
        if label == "AGE":
            self.age_word = run.last
        digits_only = bool(run.prefix) and run.answer_type == DIGITS  # "try 9503"
        start = run.start if answers and not digits_only else run.core_start if answers else self._start_of(run, label)
        out.append(Span(start, run.last + 1, label, score, run.entity, run.reason if answers else reason))
        if answers:
            self._record_answer(run)

    @staticmethod
    def _start_of(run: CodeRun, label: str) -> int:
        """Return the first word of a run that is hidden where nobody asked for it."""
        prefixed = bool(run.prefix) and not (label == "POSTCODE" and is_word_before_postcode(run))
        return run.start if run.plus or prefixed else run.core_start

    def _record_answer(self, run: CodeRun) -> None:
        question = self.questions.find(run.prompt)
        if question is not None:
            self.questions.record_answer(question, run.text, run.last, run.turn, run.speaker, run.time)

    def _end_age(self, run: CodeRun, token: Token, out: list[Span], ctx: Context) -> None:
        """Decide about the run before a unit of age, by the words behind the unit."""
        if token.key == OF and token.index == run.last + 2:
            return  # "ninety four years of | age"
        self.age_run = None
        if is_age_end(token):
            self._emit_age(run, out, ctx)

    def _emit_age(self, run: CodeRun, out: list[Span], ctx: Context) -> None:
        """Hide a run as an age."""
        self.age_word = run.last
        start = run.core_start + run.letters  # "a 60 year old"
        out.append(Span(start, run.last + 1, "AGE", CUED_SCORE, ctx.new_entity(), Reason.FORM))

    def _announce_early(self, early: EarlyAnswer, token: Token, out: list[Span], ctx: Context) -> None:
        """Look whether the phrase that ends with the word names the answer before it."""
        kind = "" if token.prompt is None else token.prompt.kind
        about_cards = self.dialogue.subject.is_about_cards(token.index)
        sizes = _CARD_SIZES.get(kind)
        if sizes is not None and (kind != LAST4 or about_cards):
            if len(early.text) in sizes:
                self.questions.fulfil(kind)
                self.questions.know(kind, early.text)
                self._end_early(early, LABELS[kind], out, ctx, ctx.new_entity())
            return
        question = self.questions.last
        if (
            question is None
            or question.word != token.index
            or (question.weak and question.kind != "PASSWORD")
            or question.answer_type not in READ_OUT | {TEXT}
        ):
            return
        if question.kind == CARD and not self.cards:
            self.early = None
            return
        entity = question.entity or ctx.new_entity()
        if question.kind != CARD:
            question.entity = entity
        self._end_early(early, label_for(question.kind), out, ctx, entity)
        self.questions.record_answer(question, early.text, token.index, token.turn, early.speaker, token.time)

    def _end_early(self, early: EarlyAnswer, label: str, out: list[Span], ctx: Context, entity: int = 0) -> None:
        """Hide an early answer under the label, or as what it is by its form."""
        self.early = None
        if label:
            out.append(Span(early.start, early.end, label, CUED_SCORE, entity, Reason.CUED))
        elif early.label:
            out.append(Span(early.start, early.end, early.label, UNCUED_SCORE, ctx.new_entity(), Reason.FORM))

    # -- e-mail addresses and the like -----------------------------------------------------------------------------

    def _end_email(self, email: SpokenEmail, token: Token | None, out: list[Span], ctx: Context) -> None:
        """End a candidate with which no word goes on; `token` is the word behind it, None when its turn is over."""
        found, end = self.contact.end(token, self.questions, ctx, turn_over=token is None)
        out += found
        if found:
            self.run = None
        elif self.run is not None:
            self._end_run(self.run, email.kept[0][0], out, ctx)
        self.held = None  # what is held is one of these words, and comes again
        for kept, before in email.kept:
            if kept.index > end and not self._read(kept, before, out, ctx):
                ctx.dialogue.take_again(kept, before)

    # -- ends of all that is open ----------------------------------------------------------------------------------

    def _end_open(self, token: Token | None, out: list[Span], ctx: Context) -> None:
        """End what is open; `token` is the label at which it ends, None when its turn is over."""
        while self.contact.email is not None:  # what is read again may begin another
            self._end_email(self.contact.email, token, out, ctx)
        if self.run is not None:
            self._end_run(self.run, token, out, ctx)
        if self.early is not None:
            self._end_early(self.early, "", out, ctx)
        self.held = None

    def _end_turn(self, out: list[Span], ctx: Context) -> None:
        """End all that is open: the turn is over."""
        self._end_open(None, out, ctx)
        out += self.free_text.settle(self.questions, ctx)
        self.age_run = None

    def _end_at_label(self, token: Token, out: list[Span], ctx: Context) -> None:
        """End all that is open at a label of an earlier redaction, which is the answer to what was asked."""
        self._end_open(token, out, ctx)
        self.free_text.drop()
        self.dialogue.close_all()
