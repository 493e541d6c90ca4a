"""Payment cards: number, expiry, security code, last four.

Announced or asked for, digits are hidden as they come, whatever range, length and check digit say: recognisers mishear
digits and callers stop half-way. Not announced, a run of digits must be a card by issuer range, length and check digit;
while it could still become one it is held, over the other speaker's answers too.

The state of a call's cards has four parts: dialogue, run, candidate and seen (`state.py`). Each word of the call is one
step. `answers.py` has what a label makes of a run, `run_end.py` the end of a run without one, `unannounced.py` what
becomes of the candidate.

A run is in one of three states:

    undecided  nothing is hidden of it; what could become a card is held
    pending    it stands where card data goes on: its kind, expiry or code or more of the card, waits for its end
    named      it has a label and an entity: hidden up to its last digit, and held no longer

    none       a number word ......................................  undecided
    undecided  prompted, cued, said again, or long in card talk ...  named       `_decide`
    undecided  where card data goes on ............................  pending     `_decide`
    undecided  the name of a month ................................  pending     `DigitRun.add_month`
    pending    more digits than an expiry and a code have .........  named       `_decide`
    named      all digits of a card are there .....................  pending, a new run of what follows
    any        a word that does not go on with it, the end of its turn or of the call ..  none, `_end_run`:
                 named      its digits count towards the expectation that it answers
                 pending    expiry, code or more of the card, else as undecided
                 undecided  a short answer is hidden; else it may be part of the candidate

The candidate is empty or open:

    empty      an undecided run ends that may begin a card ........  open
    open       it becomes a card ..................................  hidden, empty     `search`
    open       "is my card number" ................................  hidden, empty     `hide_announced`
    open       a few digits behind "my card is", and the next ones   hidden, empty     `_hide_begun`, `hide_before`
    open       the policy's bound is met, or the call breaks off ..  hidden, empty     `give_up`
    open       nothing in it may become a card any longer, its speaker talks of other things, something else is
               asked for, or the call is over .....................  empty

What must stay true between two words:

- Only `run` and `candidate` hold undecided words; nothing in the candidate is hidden, and its runs have ended.
- A run lives within one turn. One that is money stays undecided, holds nothing and ends without being looked at.
- A named run is hidden up to `hidden_to`. Its entity may get more pieces in later turns while an expectation has it.
- No data of a card that has outlived its bounds is expected when a word is looked at; to ask changes nothing.
- `seen` keeps the digits of the last few cards, codes and dates alone, and of more only for operators that need them.
"""

from __future__ import annotations

from typing import ClassVar, Final

from ccredact.detectors.base import LOOK_BACK, Context
from ccredact.detectors.cards.answers import (
    CARD_LABEL,
    KINDS,
    classify,
    complete,
    count_answer,
    hidden_span,
    is_complete,
    name_run,
)
from ccredact.detectors.cards.candidate import KEPT_GROUPS, LEAST, stretches
from ccredact.detectors.cards.classify import first_open_word, is_certain, waiting_for
from ccredact.detectors.cards.digit_run import DigitRun
from ccredact.detectors.cards.run_context import context_of
from ccredact.detectors.cards.run_end import end_unnamed, hide_answer, is_of_reading
from ccredact.detectors.cards.state import CardState
from ccredact.detectors.cards.unannounced import give_up, hide_announced, hide_before
from ccredact.detectors.cards.windows import LONG, MOST_BESIDE, count_digits, find_cards
from ccredact.dialogue.kinds import (
    ANOTHER,
    CARD,
    CARD_DATA,
    EXPIRY,
    INVITE,
    MENTION,
    SECURITY_CODE,
    among_cards,
    is_answered_by_number,
)
from ccredact.dialogue.state import Dialogue
from ccredact.entities import FAIL_SAFE
from ccredact.lang.en.dates import BEFORE_DAYS
from ccredact.lang.en.identifiers import IT_IS
from ccredact.reasons import Reason
from ccredact.text.token import Token
from ccredact.text.word_class import (
    CORRECTION,
    FILLER,
    HOMOPHONE,
    LABEL,
    LEAD,
    MAGNITUDE,
    MONTH,
    NUMERIC,
    ORDINAL,
    PLURAL,
    PROMPTED,
)
from ccredact.transcript import Span

KEPT_OF_RUN: Final = KEPT_GROUPS // 2 + 4
"""Groups that are kept of a run without end."""
_COUNTING: Final = CARD_DATA | {SECURITY_CODE}
"""Kinds of prompts that may end with a number word, which is no digit then: "the last four"."""


class CardDetector(CardState):
    """Takes the words of one call (see above)."""

    wake: ClassVar[int] = NUMERIC | ORDINAL | PROMPTED | LABEL
    guards: ClassVar[int] = NUMERIC | HOMOPHONE | MAGNITUDE | PLURAL | MONTH

    __slots__ = ("_open_ranges", "_run_open", "active")

    def __init__(self, *, keep_values: bool = False) -> None:
        super().__init__(keep_values=keep_values)
        self.active = False  # a run or a candidate is open, or a number is waited for
        self._run_open = -1  # with `_open_ranges`: what `open_from` needs, until the next word
        self._open_ranges: list[tuple[int, int]] | None = None

    # -- the contract of a detector ------------------------------------------------------------------------------

    def fork(self) -> CardDetector:
        """Return an independent copy."""
        other = CardDetector()
        other.candidate, other.seen = self.candidate.fork(), self.seen.fork()
        other.run = None if self.run is None else self.run.fork()
        other.active = self.active
        return other

    def follow(self, dialogue: Dialogue) -> None:
        """Take the dialogue of the call."""
        self.dialogue = dialogue

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Take one word; return the spans that are decided by it."""
        out: list[Span] = []
        self._take(token, out, ctx)
        self._settle(awaits_date=self._may_expire(token))
        return out

    def end_turn(self, ctx: Context) -> list[Span]:
        """End the open run, which does not outlive its turn."""
        out: list[Span] = []
        self._end_run(out, ctx, None)
        self._settle(awaits_date=False)
        return out

    def take_prompt(self, token: Token, ctx: Context) -> list[Span]:
        """Take a prompt that has ended with the word: it may decide about the candidate."""
        out: list[Span] = []
        candidate = self.candidate
        if candidate.groups and token.prompt is not None and not token.classes & LABEL:
            kind = among_cards(token.prompt)
            asked = token.speaker != candidate.groups[-1].speaker
            few = count_digits(candidate.groups) < LEAST and (kind == CARD or is_answered_by_number(token.prompt))
            if asked and (kind == ANOTHER or few):
                candidate.clear()  # something else is asked for: the digits before were no part of a card
            elif kind == CARD or (kind == MENTION and count_digits(candidate.groups) >= LONG):
                out += hide_announced(self, ctx)
        self._settle(awaits_date=self._may_expire(token))
        return out

    def close(self, ctx: Context, *, cut: bool = False) -> list[Span]:
        """Decide what is open, since the call is over, or was cut off in the middle (`cut`)."""
        out: list[Span] = []
        if cut and self.run is not None and not self.run.label:
            out += self._hide_cut_off(self.run, ctx)
        self._end_run(out, ctx, None)
        if cut and self.candidate.groups:
            out += give_up(self, ctx)
        self.candidate.clear()
        self._settle(awaits_date=False)
        return out

    def _hide_cut_off(self, run: DigitRun, ctx: Context) -> list[Span]:
        """Hide an open run that may be the beginning of an answer, since no more of it comes."""
        waiting = waiting_for(run, self.dialogue, run.last, run.time)
        if not waiting or run.is_amount:
            return []
        self.run = None
        run.finish()
        return hide_answer(self, run, waiting[0].kind, ctx) if run.groups or run.has_month else []

    def open_from(self, start: int, end: int) -> int:
        """Return the first undecided word in `[start, end)`, `end` when there is none."""
        if self._open_ranges is None:
            run = self.run
            self._run_open = -1 if run is None else first_open_word(run, self.candidate, self.dialogue, self.seen)
            self._open_ranges = sorted(self.candidate.open_ranges()) if self.candidate.groups else []
        first = end
        if self.run is not None and end > self._run_open:  # all of the run's words from there on are undecided
            if start >= self._run_open:
                return start
            first = self._run_open
        for low, high in self._open_ranges:
            if low < first and high > start:
                return max(low, start)
        return first

    def candidate_from(self, start: int, end: int) -> int:
        """Return the first word of an open candidate: every undecided word is one of it."""
        return self.open_from(start, end)

    def is_open(self, entity: int) -> bool:
        """Return whether the entity may still get another piece."""
        if self.run is not None and self.run.entity == entity:
            return True
        return self.dialogue.answers.is_open(entity)

    def value(self, entity: int) -> str | None:
        """Return the digits of a complete card, None when they are unknown, ambiguous or not kept."""
        return self.seen.value(entity)

    def _may_expire(self, token: Token) -> bool:
        """Return whether the month of an expiry date may follow the word, or one that is not far behind it."""
        may_expire = self.dialogue.subject.may_expire(token.turn, token.index + 1)
        return may_expire or self.seen.gives_expiry(token.turn)

    def _settle(self, *, awaits_date: bool) -> None:
        """Bring `active` up to date: a word has been taken."""
        self._open_ranges = None
        self.active = (
            self.run is not None or awaits_date or self.dialogue.answers.awaits_card or bool(self.candidate.groups)
        )

    # -- words ---------------------------------------------------------------------------------------------------

    def _take(self, token: Token, out: list[Span], ctx: Context) -> None:
        """Take one word."""
        dialogue, classes = self.dialogue, token.classes
        if dialogue.answers.awaits_card:
            dialogue.answers.prune(token.turn, token.index, token.time)
        if self.candidate.groups and self.candidate.is_overdue(token, dialogue.answers.hold):
            if count_digits(self.candidate.groups) < LEAST:
                self.candidate.clear()  # "my card is 3", and no more of it came: hardly one
            else:
                out += give_up(self, ctx)
        if classes & LABEL:
            self._take_label(token, out, ctx)
            return
        prompt = token.prompt
        if prompt is not None and classes & NUMERIC and prompt.kind in _COUNTING:
            return  # the "four" of "last four"
        if classes & NUMERIC or self._goes_on(token, ctx):
            self._take_number(token, out, ctx)
        else:
            self._take_other(token, out, ctx)

    def _take_label(self, token: Token, out: list[Span], ctx: Context) -> None:
        """Take a label of an earlier redaction: the answer to what was asked."""
        self._take_other(token, out, ctx)
        self.dialogue.subject.use_cue()
        label = token.form[0] if token.form is not None else ""
        kind = KINDS.get(label, "")
        if label in FAIL_SAFE:
            item = self.dialogue.answers.latest_of_card()
            kind = "" if item is None else item.kind
        if kind:
            self.dialogue.answers.fulfil(kind)

    def _goes_on(self, token: Token, ctx: Context) -> bool:
        """Return whether a word that is no number belongs to one here."""
        classes, run = token.classes, self.run
        if classes & ORDINAL and token.key[0].isdecimal():  # "4111 1st"
            cue = self.dialogue.subject.cue_of(token.turn, token.index)
            expected = self.dialogue.answers.awaits_card or self.seen.any_data or bool(self.candidate.groups)
            expected = expected or (cue is not None and cue != ANOTHER)
            expected = expected or self.dialogue.subject.question_before(token.turn) in {MENTION, INVITE}
            inside = run is not None and run.has_month
            dated = not BEFORE_DAYS.isdisjoint(ctx.before(1))  # "the 4th", and not "that was 4th"
            return expected and (inside or not dated)
        if not classes & (MAGNITUDE | HOMOPHONE | PLURAL | MONTH):
            return False
        if run is not None and run.takes(token):
            return True
        if run is None and classes & (HOMOPHONE | PLURAL) and not classes & LEAD and self.dialogue.answers.awaits_card:
            return True  # a number that is waited for may begin with one: "ate won seven for", not "ones"
        if not classes & MONTH:
            return False
        if self.seen.ends_near(token.turn, token.index) or self.dialogue.subject.may_expire(token.turn, token.index):
            return True
        if self.seen.gives_expiry(token.turn) and not IT_IS.isdisjoint(ctx.before(1)):
            return True  # "it expires june twenty six no sorry it's march twenty nine"
        date = self.dialogue.answers.waiting(EXPIRY, token.turn, token.index, token.time)
        shown = run is not None and run.context.other_prompted  # its digits are no such date
        return date is not None and (not shown or date.is_current(token.turn))

    def _take_other(self, token: Token, out: list[Span], ctx: Context) -> None:
        """Take a word that is part of no number."""
        run = self.run
        if run is None:
            self.candidate.wait(token, 1)
        elif token.classes & (FILLER | CORRECTION) and run.may_pause(token):
            run.pause(token)
        else:
            words = run.fillers + 1
            self._end_run(out, ctx, token)
            self.candidate.wait(token, words)

    def _take_number(self, token: Token, out: list[Span], ctx: Context) -> None:
        """Take a word of a number."""
        run = self._run_for(token, out, ctx)
        if token.classes & MONTH and not token.classes & NUMERIC:
            run.add_month(token)
        else:
            run.add(token)
        if run.last == token.index and not run.may_be_amount and run.last_oh < 0:
            self._decide(run, token, out, ctx)

    def _run_for(self, token: Token, out: list[Span], ctx: Context) -> DigitRun:
        """Return the run that takes the word: the open one, or a new one."""
        run = self.run
        begins = bool(token.classes & NUMERIC)  # else it only goes on with a number: "thousand", "for"
        if run is not None and begins and run.ends_before(token):
            self._end_run(out, ctx, token)
            run = None
        if run is None:
            run = DigitRun(token, context_of(token, ctx.before(LOOK_BACK), self.dialogue.subject, self.seen))
            run.expected = self._is_expected(run, token)
        elif len(run.groups) >= KEPT_GROUPS:
            out += self._shorten(run, ctx)
        elif run.pending and run.is_empty and run.start != token.index and not run.corrects:
            run.begin_at(token.index)  # "uh eight three": only the digits
        self.run = run
        return run

    def _is_expected(self, run: DigitRun, token: Token) -> bool:
        """Return whether digits of a card may stand where a run begins: then its marks say little."""
        context = run.context
        named = context.cue == MENTION or context.cards_named or bool(self.candidate.groups)
        return named or self.seen.any_data or bool(waiting_for(run, self.dialogue, token.index, token.time))

    # -- the open run --------------------------------------------------------------------------------------------

    def _decide(self, run: DigitRun, token: Token, out: list[Span], ctx: Context) -> None:
        """Hide what can be decided now of a run that has got another number word."""
        if not run.label:
            kind = None
            if run.pending:
                if run.digit_count <= MOST_BESIDE:
                    return
                if run.entity or waiting_for(run, self.dialogue, token.index, token.time):
                    kind, run.reason = CARD, Reason.FORM  # too many digits for an expiry and a code
            run.pending, run.entity = False, 0
            kind = kind or classify(self, run, token.index, token.time)
            if kind is None or not is_certain(run):
                return
            name_run(self, run, kind, token.index, token.time, ctx)
        out.append(hidden_span(run))
        run.hidden_to = run.last + 1
        if run.label == CARD_LABEL and is_complete(self, run):
            self.run = run.rest(token)

    def _shorten(self, run: DigitRun, ctx: Context) -> list[Span]:
        """Decide about the groups that can be forgotten of a run without end."""
        out: list[Span] = []
        kept = KEPT_OF_RUN
        if run.label:  # so many digits are no card: what comes is another entity
            entity = ctx.new_entity()
            item = self.dialogue.answers.of_card(KINDS[run.label])
            if item is not None and item.entity == run.entity:
                item.entity, item.groups, item.entity_start = entity, (), (run.turn, run.last)
            run.entity = entity
        else:
            groups = run.all_groups()  # with the open one: no card ends where only the closed ones do
            for card in find_cards(groups):
                entity = ctx.new_entity()
                pieces = stretches(groups[card.start : card.end])
                out += [Span(start, end, CARD_LABEL, card.score, entity, card.reason) for start, end in pieces]
                complete(self, entity, card.digits, run.turn, groups[card.end - 1].last)
                kept = max(0, min(kept, len(run.groups) - card.end))
        run.shorten(kept)
        return out

    # -- the end of a run ----------------------------------------------------------------------------------------

    def _end_run(self, out: list[Span], ctx: Context, token: Token | None) -> None:
        """End the open run, if any; `token` is the word of its turn that ends it, None when the turn is over."""
        run, self.run = self.run, None
        if run is None:
            return
        self.dialogue.subject.use_cue()
        if token is None and run.homophones and run.context.led and self.dialogue.answers.awaits_card:
            run.take_homophones()  # "nine won too" to the question for the code
            if run.label:
                out.append(hidden_span(run))
        ends_with_zero = run.finish()
        if run.label:
            if ends_with_zero:
                out.append(hidden_span(run))
            out += hide_before(self, run)
            if not is_of_reading(token):
                count_answer(self, run)
        else:
            out += end_unnamed(self, run, ctx, token)
