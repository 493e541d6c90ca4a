"""Payment cards: number, expiry, security code, last four.

Announced or asked for (`ccredact.dialogue`), digits are hidden as they come, whatever range, length and check digit
say: recognisers mishear digits and callers stop half-way. Not announced, a run of digits must be a card by issuer
range, length and check digit; while it could still become one it is held, over the other speaker's answers too.
"""

from __future__ import annotations

from typing import ClassVar

from ccredact.detectors.base import LOOK_BACK, Context
from ccredact.detectors.cards import windows
from ccredact.detectors.cards.candidate import KEPT_GROUPS, Candidate
from ccredact.detectors.cards.classify import KINDS, LABELS, Judge
from ccredact.detectors.cards.digit_run import Run
from ccredact.detectors.cards.run_end import Endings
from ccredact.detectors.cards.seen import KnownCards
from ccredact.dialogue.card_prompts import (
    ASIDES,
    CARD,
    CODE,
    CUES,
    EXPIRY,
    INVITE,
    LAST_WORDS,
    MENTION,
    OTHER,
    TRIGGERS,
    cue,
)
from ccredact.dialogue.cards import NEAR, Dialogue
from ccredact.entities import FAIL_SAFE
from ccredact.lang.en.words import CLASSES  # fmt: skip
from ccredact.policy import Hold
from ccredact.text.phrase_table import PhraseEnds
from ccredact.text.token import Token
from ccredact.text.word_class import (  # fmt: skip
    CORRECTION,
    CUE,
    CUED,
    FILLER,
    HOMOPHONE,
    LABEL,
    LEAD,
    MAGNITUDE,
    MONTH,
    NUMERIC,
)
from ccredact.transcript import Span

_LEADING = FILLER | LEAD | CORRECTION
_COUNTED = TRIGGERS | {CODE}


class CardDetector:
    """The state of one call's cards."""

    wake: ClassVar[int] = NUMERIC | CUED | LABEL
    phrases: ClassVar[tuple[PhraseEnds, ...]] = (PhraseEnds(LAST_WORDS, CUES.alone, CUES.pairs, CUE, CUED),)
    guards: ClassVar[int] = NUMERIC | HOMOPHONE | MAGNITUDE | MONTH

    __slots__ = ("_open", "_run_open", "active", "candidate", "dialogue", "endings", "judge", "known", "run")

    def __init__(self, hold: Hold, *, keep_values: bool = False) -> None:
        self._set(Dialogue(hold), Candidate(), KnownCards(keep_values=keep_values), None)

    def _set(self, dialogue: Dialogue, candidate: Candidate, known: KnownCards, run: Run | None) -> None:
        self.dialogue, self.candidate, self.known, self.run = dialogue, candidate, known, run
        self.judge = Judge(dialogue, known)
        self.endings = Endings(dialogue, candidate, known, self.judge)
        self._run_open = -1
        self._settle()

    def fork(self) -> CardDetector:
        """Copy it, to go on independently."""
        other = CardDetector(self.dialogue.hold)
        run = None if self.run is None else self.run.fork()
        other._set(self.dialogue.fork(), self.candidate.fork(), self.known.fork(), run)
        return other

    def _settle(self) -> None:
        """A word has been taken: `active` while a run or a candidate is open, or a number is waited for."""
        self._open: list[tuple[int, int]] | None = None  # what `open_from` needs, until the next word
        self.active = self.run is not None or bool(self.candidate.groups or self.dialogue.expected)

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Take one word."""
        out: list[Span] = []
        self._take(token, out, ctx)
        self._settle()
        return out

    def _take(self, token: Token, out: list[Span], ctx: Context) -> None:
        if self.run is not None and token.turn != self.run.turn:
            self._end_run(out, ctx, None)
        dialogue, classes = self.dialogue, token.classes
        if dialogue.expected:
            dialogue.prune(token.turn, token.index, token.time)
        if self.candidate.groups and self.candidate.overdue(token, dialogue.hold):
            out += self.endings.give_up(ctx)
        if classes & LABEL:
            self._label(token, out, ctx)
            return
        kind = cue(token.key, ctx.before(LOOK_BACK)) if classes & CUED else None
        if kind is not None and classes & NUMERIC and kind in _COUNTED:  # the "four" of "last four"
            self._announce(kind, token, out, ctx)
            return
        if classes & NUMERIC or self._goes_on(token):
            self._digit(token, out, ctx)
        else:
            self._other_word(token, out, ctx)
        if kind is not None:  # what was said before the phrase is not announced by it
            self._announce(kind, token, out, ctx)

    def close(self, ctx: Context, *, cut: bool = False) -> list[Span]:
        """Decide what is open: the call is over, or was cut off in the middle."""
        out: list[Span] = []
        self._end_run(out, ctx, None)
        if cut and self.candidate.groups:
            out += self.endings.give_up(ctx)
        self.candidate.settle()
        self._settle()
        return out

    def open_from(self, start: int, end: int) -> int:
        """Find the first undecided word in `[start, end)`."""
        if self._open is None:
            self._run_open = -1 if self.run is None else self._run_open_from(self.run)
            self._open = sorted(self.candidate.open_ranges()) if self.candidate.groups else []
        first = end
        if self.run is not None and end > self._run_open:  # all of the run's words from there on are undecided
            if start >= self._run_open:
                return start
            first = self._run_open
        for low, high in self._open:
            if low < first and high > start:
                return max(low, start)
        return first

    def is_open(self, entity: int) -> bool:
        """Whether the entity may still get another piece."""
        if self.run is not None and self.run.entity == entity:
            return True
        return any(item.entity == entity for item in self.dialogue.expected.values())

    def value(self, entity: int) -> str | None:
        """Digits of a complete card."""
        return self.known.value(entity)

    # -- words -------------------------------------------------------------------------------------------------

    def _label(self, token: Token, out: list[Span], ctx: Context) -> None:
        """A label of an earlier redaction: the answer to what was asked."""
        self._other_word(token, out, ctx)
        self.dialogue.cue_used()
        label = token.form[0] if token.form is not None else ""
        kind = KINDS.get(label) or (next(reversed(self.dialogue.expected), None) if label in FAIL_SAFE else None)
        if kind is not None:
            self.dialogue.answered(kind)

    def _announce(self, kind: str | None, token: Token, out: list[Span], ctx: Context) -> None:
        self.dialogue.announce(kind or OTHER, token)
        candidate = self.candidate
        if not candidate.groups:
            return
        if kind == OTHER and token.speaker != candidate.groups[-1].speaker:
            candidate.settle()  # something else is asked for: the digits before were no part of a card
        elif kind == CARD or (kind == MENTION and windows.size(candidate.groups) >= windows.LONG):
            out += self.endings.announced_late(ctx)

    def _goes_on(self, token: Token) -> bool:
        """Whether a word that is no number belongs to one here."""
        classes, run = token.classes, self.run
        if not classes & (MAGNITUDE | HOMOPHONE | MONTH):
            return False
        if run is not None and run.takes(token):
            return True
        if run is None and classes & HOMOPHONE and self.dialogue.expected:
            return True  # an announced number may begin with one: "ate won seven for"
        if not classes & MONTH:
            return False
        if self.known.near(token.turn, token.index):
            return True
        date = self.dialogue.waiting(EXPIRY, token.turn, token.index, token.time)
        asked_else = run is not None and run.elsewhere  # then its digits were shown already: they are no such date
        return date is not None and (not asked_else or date.is_current(token.turn))

    def _other_word(self, token: Token, out: list[Span], ctx: Context) -> None:
        run = self.run
        if run is None:
            self.candidate.wait(token, 1)
        elif token.classes & (FILLER | CORRECTION) and run.passes(token):
            run.pause(token)
        else:
            words = run.slack + 1
            self._end_run(out, ctx, token)
            self.candidate.wait(token, words)

    def _digit(self, token: Token, out: list[Span], ctx: Context) -> None:
        run = self._run_for(token, out, ctx)
        if token.classes & MONTH and not token.classes & NUMERIC:
            run.add_month(token)
        else:
            run.add(token)
        if run.last == token.index and not run.amount and run.oh < 0:
            self._decide(run, token, out, ctx)

    def _run_for(self, token: Token, out: list[Span], ctx: Context) -> Run:
        """Find the run that takes the word: the open one, or a new one."""
        run = self.run
        number = bool(token.classes & NUMERIC)  # else it only goes on with a number: "thousand", "for"
        if run is not None and number and run.ends_before(token):
            self._end_run(out, ctx, token)
            run = None
        if run is None:
            run = self._new_run(token, ctx)
        elif len(run.groups) >= KEPT_GROUPS:
            out += self.endings.shorten(run, ctx)
        elif run.must and run.empty and run.start != token.index and not run.corrected:
            run.begin_at(token.index)  # "uh eight three": only the digits
        self.run = run
        return run

    def _new_run(self, token: Token, ctx: Context) -> Run:
        before = ctx.before(LOOK_BACK)
        near = self.dialogue.near(token.turn, token.index)
        aside = "" if ASIDES.isdisjoint(before[-NEAR - 1 :]) else self._aside(before, token.index)
        if aside:
            near = OTHER
        recent = self.known.given and self.known.recent(token.turn)
        if near is None and recent and any(CLASSES.get(key, 0) & CORRECTION for key in before[-NEAR:]):
            near = self.known.latest  # "sorry, the last one is a seven"
        led = not before or bool(CLASSES.get(before[-1], 0) & _LEADING)
        touching = self.dialogue.touches(token.index) or bool(aside and aside == before[-1])
        if near == OTHER and not (led or touching):
            near = None  # "the amount, John Smith 4242 ..."
        run = Run(token, adjacent=near, led=led)
        run.touching = touching
        if near is None and len(before) < LOOK_BACK:  # an answer gives its number early
            question = self.dialogue.question(token.turn)
            run.asked = question in {MENTION, INVITE}
            run.invited = question == INVITE
            run.elsewhere = question == OTHER
            run.follows = question != OTHER and recent
        return run

    def _aside(self, before: tuple[str, ...], word: int) -> str:
        """The word nearer than the last phrase that says that the number is another one: "order 4242 ..."."""
        for distance, key in enumerate(reversed(before[-NEAR - 1 :]), 1):
            if key.isdecimal() or CLASSES.get(key, 0) & NUMERIC or self.dialogue.ends_at(word - distance):
                return ""
            if key in ASIDES:
                return key
        return ""

    def _decide(self, run: Run, token: Token, out: list[Span], ctx: Context) -> None:
        """Hide what can be decided now."""
        if not run.label:
            if run.must and windows.size(run.seen()) <= windows.BESIDE:
                return
            more = run.must and (run.entity or self.judge.waiting(run, token.index, token.time))
            kind = CARD if more else None
            run.must, run.entity = False, 0
            kind = kind or self.judge.kind(run, token.index, token.time)
            if kind is None or not self.judge.at_once(run):
                return
            self.endings.name(run, kind, token.index, token.time, ctx)
        out.append(Span(run.emitted, run.last + 1, run.label, run.score, run.entity))
        run.emitted = run.last + 1
        if run.label == LABELS[CARD] and self.endings.is_complete(run):
            self.run = run.rest(token)

    def _end_run(self, out: list[Span], ctx: Context, token: Token | None) -> None:
        """End the run; `token` is the word of its turn that ends it, None when the turn is over."""
        run, self.run = self.run, None
        if run is not None:
            out += self.endings.end(run, ctx, token)

    # -- the horizon -------------------------------------------------------------------------------------------

    def _run_open_from(self, run: Run) -> int:
        """Find the first word of the open run that may still change."""
        if run.label:
            return run.emitted
        if run.amount:
            return run.last + 1
        groups = run.seen()
        if run.must or not groups or self.judge.may_be_announced(run, groups) or self.candidate.repeated_by(run):
            return run.start
        if not (run.sounds or run.oh >= 0 or run.composer.may_grow):  # as most are
            first = self.candidate.open_word(groups, printed=True)
            return run.last + 1 if first is None else max(run.start, first)
        waits = [group.first for group in run.sounds[:1]]
        if run.composer.repeat_at is not None:
            waits.append(run.composer.repeat_at)
        if run.composer.may_grow:  # "forty" may become "forty two": its four is sure, its zero is not
            last = groups[-1]
            groups = [*groups[:-1], last._replace(readings=(*last.readings, last.readings[0][0]))]
        for seen in (groups, groups[:-1]) if run.oh >= 0 else (groups,):  # "oh" may be no zero
            first = self.candidate.open_word(seen, printed=True)
            if first is not None:
                waits.append(max(run.start, first))
        return min(waits, default=run.last + 1)
