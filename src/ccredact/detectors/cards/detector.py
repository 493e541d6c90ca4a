"""Payment cards: number, expiry, security code, last four.

Announced or asked for, digits are hidden as they come, whatever range, length and check digit say: recognisers mishear
digits and callers stop half-way. Not announced, a run of digits must be a card by issuer range, length and check digit;
while it could still become one it is held, over the other speaker's answers too.

The state of a call's cards has four parts; each word of the call is one step.

`dialogue`  what is expected and what the talk is about (`ccredact.dialogue.state`): the scanner owns it
`run`       the digits that one speaker is saying, None between two runs
`candidate` digits of earlier runs that nobody announced and that may still be part of a card
`seen`      the cards, codes and dates that the call has given, to know what is said again

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
    open       it becomes a card ..................................  hidden, empty     `_search_candidate`
    open       "is my card number" ................................  hidden, empty     `_hide_announced`
    open       a few digits behind "my card is", and the next ones   hidden, empty     `_hide_begun`, `_hide_before`
    open       the policy's bound is met, or the call breaks off ..  hidden, empty     `_give_up`
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
from ccredact.detectors.cards.candidate import KEPT_GROUPS, LEAST, Candidate, stretches
from ccredact.detectors.cards.classify import classify_run, first_open_word, is_certain, waiting_for
from ccredact.detectors.cards.digit_run import SHORTEST_USUAL, DigitRun
from ccredact.detectors.cards.expiry_cvv import (
    card_before_data,
    is_likely_expiry,
    is_measured,
    may_be_year,
    parts_beside_card,
)
from ccredact.detectors.cards.issuers import SHORTEST
from ccredact.detectors.cards.run_context import context_of
from ccredact.detectors.cards.seen import SeenCards
from ccredact.detectors.cards.short_answers import (
    MONTH_DIGITS,
    begins_announced,
    is_card_like_date,
    is_followed_by_sentence,
    is_part_of_date,
    is_told,
    is_whole,
)
from ccredact.detectors.cards.windows import (
    LONG,
    MOST_BESIDE,
    Window,
    card_at_end,
    count_digits,
    digits_of,
    find_cards,
    five_by_four,
    is_usual_card,
    may_begin_card,
    most_digits,
    usual_length,
)
from ccredact.detectors.scores import BOUND_SCORE, CHANCE_SCORE, CUED_SCORE
from ccredact.dialogue.answer_lengths import least_length
from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.dialogue.kinds import (
    ANOTHER,
    CARD,
    CARD_DATA,
    CVV,
    EXPIRY,
    INVITE,
    LAST4,
    MENTION,
    SECURITY_CODE,
    among_cards,
    is_answered_by_number,
)
from ccredact.dialogue.kinds import LABELS as ANSWER_LABELS
from ccredact.dialogue.lifetimes import ENOUGH
from ccredact.dialogue.open_answers import KEPT_TEXT
from ccredact.dialogue.placement import (
    key_behind,
    may_be_formatted,
)
from ccredact.dialogue.state import Dialogue
from ccredact.entities import FAIL_SAFE, NUMBER
from ccredact.lang.en.dates import BEFORE_DAYS
from ccredact.lang.en.identifiers import BEHIND_ZERO, IT_IS, OF_READINGS
from ccredact.numbers.composer import Group
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
from ccredact.text.words import PLAIN, SLASH
from ccredact.transcript import Span, make_span

LABELS: Final = {kind: "CREDIT_CARD" if kind == CARD else ANSWER_LABELS[kind] for kind in (CARD, EXPIRY, CVV, LAST4)}
KINDS: Final = {label: kind for kind, label in LABELS.items()}
"""What each label is called in the dialogue."""
_LEAST_FORMATTED: Final = 3
"""Digits written as money that are a code, a date or the last of a card, where one was asked for."""
LAST_GROUPS: Final = 24
"""Groups in which the end of a cued card is looked for: more than it has digits."""
KEPT_OF_RUN: Final = KEPT_GROUPS // 2 + 4
"""Groups that are kept of a run without end."""
_CARD_LABEL: Final = LABELS[CARD]
_COUNTING: Final = CARD_DATA | {SECURITY_CODE}
"""Kinds of prompts that may end with a number word, which is no digit then: "the last four"."""


class CardDetector:
    """The state of one call's cards (see above)."""

    wake: ClassVar[int] = NUMERIC | ORDINAL | PROMPTED | LABEL
    guards: ClassVar[int] = NUMERIC | HOMOPHONE | MAGNITUDE | PLURAL | MONTH

    __slots__ = ("_open_ranges", "_run_open", "active", "candidate", "dialogue", "run", "seen")

    dialogue: Dialogue
    """That of the call (`follow`)."""

    def __init__(self, *, keep_values: bool = False) -> None:
        self.candidate = Candidate()
        self.seen = SeenCards(keep_values=keep_values)
        self.run: DigitRun | None = None
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
                out += self._hide_announced(ctx)
        self._settle(awaits_date=self._may_expire(token))
        return out

    def close(self, ctx: Context, *, cut: bool = False) -> list[Span]:
        """Decide what is open, since the call is over, or was cut off in the middle (`cut`)."""
        out: list[Span] = []
        if cut and self.run is not None and not self.run.label:
            out += self._hide_cut_off(self.run, ctx)
        self._end_run(out, ctx, None)
        if cut and self.candidate.groups:
            out += self._give_up(ctx)
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
        return self._hide_answer(run, waiting[0].kind, ctx) if run.groups or run.has_month else []

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
                out += self._give_up(ctx)
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
            kind = kind or self._classify(run, token.index, token.time)
            if kind is None or not is_certain(run):
                return
            self._name(run, kind, token.index, token.time, ctx)
        out.append(self._hidden(run))
        run.hidden_to = run.last + 1
        if run.label == _CARD_LABEL and self._is_complete(run):
            self.run = run.rest(token)

    def _classify(self, run: DigitRun, word: int, time: float | None) -> str | None:
        """Return the kind that the run is taken for; None while nothing names it, or when it is pending now."""
        verdict = classify_run(run, self.dialogue, self.seen, word, time)
        if verdict.entity:
            run.entity = verdict.entity
        if verdict.pending:
            run.pending = True
        if verdict.by_other is not None:
            run.by_other = verdict.by_other
        run.reason = verdict.reason
        return verdict.kind

    def _name(self, run: DigitRun, kind: str, word: int, time: float | None, ctx: Context) -> None:
        """Give a run its label and its entity: that of the expectation that it answers, if there is one."""
        run.label, run.score = LABELS[kind], CUED_SCORE
        if run.entity:
            return
        item = self.dialogue.answers.waiting(kind, run.turn, word, time)
        if item is None and kind == CARD and (run.context.cards_named or _begins_card(run)):
            item = self.dialogue.answers.expect_of_card(kind, word, run.turn, time)
        if item is None:
            run.entity = ctx.new_entity()
            return
        turn, first = item.entity_start
        if item.entity and self.dialogue.answers.hold.exceeded(run.turn - turn, word - first, None, None):
            item.entity, item.groups = 0, ()  # it was open as long as the policy lets one be: this is another
        if not item.entity:
            item.entity, item.entity_start = ctx.new_entity(), (run.turn, word)
        elif turn < run.turn and run.reason == Reason.CUED:
            run.reason = Reason.PIECE
        item.be_read(run.speaker, word, run.turn, time)
        run.entity = item.entity

    @staticmethod
    def _hidden(run: DigitRun) -> Span:
        """Return the span of what is not yet hidden of a named run."""
        return make_span(run.hidden_to, run.last + 1, run.label, run.score, run.entity, run.reason)

    def _is_complete(self, run: DigitRun) -> bool:
        """Take a cued card whose digits are all there, by range, length and check digit; return whether they are."""
        if run.composer.may_grow:
            return False
        item = self.dialogue.answers.of_card(CARD)
        earlier = item.groups if item is not None and item.entity == run.entity else ()
        if count_digits(earlier) + run.digit_count < SHORTEST_USUAL:
            return False
        groups = [*earlier, *run.all_groups()][-LAST_GROUPS:]
        if count_digits(groups) < SHORTEST_USUAL:
            return False
        card = card_at_end(groups, usual=True)
        if card is None or not card.digits or len(card.digits) != usual_length(card.digits):
            return False
        self._complete(run.entity, card.digits, run.turn, run.last)
        return True

    def _complete(self, entity: int, digits: str | None, turn: int, word: int) -> None:
        """Take a complete card that ends with `word`: no more of it is expected."""
        self.dialogue.answers.fulfil(CARD)
        self.dialogue.subject.note_card(word)
        self.seen.add_card(entity, digits, turn, word)

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
                out += [Span(start, end, _CARD_LABEL, card.score, entity, card.reason) for start, end in pieces]
                self._complete(entity, card.digits, run.turn, groups[card.end - 1].last)
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
                out.append(self._hidden(run))
        ends_with_zero = run.finish()
        if run.label:
            if ends_with_zero:
                out.append(self._hidden(run))
            out += self._hide_before(run)
            if not _is_of_reading(token):
                self._count_answer(run)
        elif run.only_oh:
            if run.groups:
                out += self._end_oh(run, ctx, token)
        elif (run.groups or run.has_month) and not self._is_no_number(run, token):
            found = self._end_pending(run, ctx, token) if run.pending else []
            out += found or self._end_short(run, ctx, token) or self._end_uncued(run, ctx, token)

    def _is_no_number(self, run: DigitRun, token: Token | None) -> bool:
        """Return whether a run is money, or says that something is open all day."""
        return run.is_always or (run.may_be_amount and not self._is_formatted(run, token))

    def _is_formatted(self, run: DigitRun, token: Token | None) -> bool:
        """Return whether a run is data of a card that a recogniser wrote as money: "it's $4.17"."""
        waiting = waiting_for(run, self.dialogue, run.last, run.time) if run.expected else []
        if not may_be_formatted(token, run.filler_behind):
            return False
        if not waiting:
            led = run.context.led or run.context.early
            return run.expected and self.seen.repeated_kind(run.groups, run.turn, led=led) is not None
        return waiting[0].given > 0 or run.digit_count >= _LEAST_FORMATTED

    def _end_oh(self, run: DigitRun, ctx: Context, token: Token | None) -> list[Span]:
        """End a run that is nothing but "oh".

        It is a zero when it stands alone where a number is being read out, or right behind it.
        """
        if run.pending and run.entity and not run.corrects:
            return [Span(run.start, run.last + 1, _CARD_LABEL, CUED_SCORE, ctx.new_entity(), Reason.FORM)]
        kind = self._classify(run, run.last, run.time)
        item = self.dialogue.answers.of_card(kind) if kind is not None else None
        if kind is None or item is None or not item.given:
            return []
        behind = key_behind(token, run.filler_behind)
        over = not behind or behind in BEHIND_ZERO or run.speaker is None
        over = (over and run.stands_alone(token)) or (run.context.before_oh and run.speaker == item.reader)
        return self._hide_answer(run, kind, ctx) if run.context.led and over else []

    def _end_pending(self, run: DigitRun, ctx: Context, token: Token | None) -> list[Span]:
        """Hide digits right after a card, or when expiry and code were asked for at once."""
        context, groups = run.context, run.groups
        continued = run.entity != 0
        wants = frozenset(item.kind for item in waiting_for(run, self.dialogue, run.last, run.time)) & {EXPIRY, CVV}
        if run.has_month and context.led and self.seen.gives_expiry(run.turn):
            wants |= {EXPIRY}  # it takes the place of the date before
        known = wants or continued or context.beside_card or (context.led_by_expiry and may_be_year(groups))
        if run.has_month and not known:
            return []  # "my passport expires in june"
        if is_measured(run, token) and not (continued and groups and groups[0].gap == PLAIN):
            return []
        alone = run.stands_alone(token)
        if context.beside_card and not wants and not (run.has_month or any(g.gap == SLASH for g in groups)):
            if not alone:
                return []
            if not self.seen.has_long_code and count_digits(groups) == 4 and not is_likely_expiry(groups):
                return self._hide_more(run, ctx) if context.led and self.seen.is_just_before(run.turn) else []
        continued = continued or (context.beside_card and context.led and alone)
        out: list[Span] = []
        parts = parts_beside_card(run, wants=wants, continued=continued)
        if len(parts) == 1 and parts[0][0] in wants and is_part_of_date(run):
            return self._hide_answer(run, parts[0][0], ctx)  # "december", "yes", "twenty thirty"
        for kind, start, end in parts:
            reason = Reason.CUED if kind in wants else Reason.FORM
            out.append(Span(start, end, LABELS[kind], CUED_SCORE, ctx.new_entity(), reason))
            self.seen.extend_to(run.turn, run.last)
            self._add_detail(kind, digits_of([g for g in groups if start <= g.first < end]), run)
            if kind != CARD:
                self.dialogue.answers.fulfil(kind)
        return out

    def _add_detail(self, kind: str, digits: str, run: DigitRun) -> None:
        """Know a code, a date or four digits again, here and, in any form, for the rest of the call."""
        if kind == EXPIRY:
            self.dialogue.subject.note_card(run.last)
        self.seen.add_detail(kind, digits, run.turn)
        self.dialogue.answers.know(kind, digits)

    def _hide_more(self, run: DigitRun, ctx: Context) -> list[Span]:
        """Hide four digits that are no code of the card just given: more of it, or the beginning of another."""
        item = self.dialogue.answers.expect_of_card(CARD, run.last, run.turn, run.time)
        item.given, run.reason = ENOUGH, Reason.PIECE
        return self._hide_answer(run, CARD, ctx)

    def _end_short(self, run: DigitRun, ctx: Context, token: Token | None) -> list[Span]:
        """Hide a short number where one is expected, if it stands alone."""
        kind = self._classify(run, run.last, run.time)
        if kind is None or run.number_count < 1 or run.may_be_words or is_measured(run, token):
            return []
        item = self.dialogue.answers.of_card(kind)
        begun = item is not None and item.has_reader
        alone = run.stands_alone(token, begun=begun)
        led = run.context.led or run.context.cue in CARD_DATA
        over = alone or is_followed_by_sentence(run, item, token)
        whole = over and (led or is_whole(run, token, begun=begun))
        whole = whole or (item is not None and is_told(run, item, token))
        enough = count_digits(run.groups) > 1 and not run.by_other and (alone or led)
        if not (whole or enough):
            return []
        return self._hide_answer(run, kind, ctx, counts=not _is_of_reading(token))

    def _hide_answer(self, run: DigitRun, kind: str, ctx: Context, *, counts: bool = True) -> list[Span]:
        """Hide all of a run that has ended, as an answer of this kind; unless it `counts`, that is still waited for."""
        self._name(run, kind, run.last, run.time, ctx)
        before = self._hide_before(run)
        if counts:
            self._count_answer(run)
        return [*before, Span(run.start, run.last + 1, run.label, run.score, run.entity, run.reason)]

    def _count_answer(self, run: DigitRun) -> None:
        """Count the digits of a named run towards the expectation that it answers."""
        kind = KINDS[run.label]
        item = self.dialogue.answers.of_card(kind)
        if item is None or item.entity != run.entity or run.speaker != item.reader:
            return  # a read-back is no more of it
        told = digits_of(run.groups)
        if kind != CARD and len(told) > 1 and digits_of(item.groups).endswith(told):
            return  # nor is what is said once more
        item.given += count_digits(run.groups) + run.forgotten_digits + (MONTH_DIGITS if run.has_month else 0)
        item.groups = (*item.groups, *run.groups)[-KEPT_GROUPS:]
        item.answer = (item.answer + told)[-KEPT_TEXT:]
        item.answer_word = max(item.answer_word, run.last)
        if kind == CARD:
            self._count_card(item, run)
        elif item.given >= least_length(kind):
            self._add_detail(kind, digits_of(item.groups), run)
            self.dialogue.answers.fulfil(kind)

    def _count_card(self, item: ExpectedAnswer, run: DigitRun) -> None:
        """Look whether the card that a run has gone on with is complete."""
        card = card_at_end(item.groups)
        if card is None and run.last_oh >= 0:
            card = card_at_end(item.groups[:-1])
        if card is None:
            if item.given >= LONG:
                self.seen.add_digits(run.turn, run.last)
        elif card.digits and len(card.digits) < usual_length(card.digits):  # and perhaps the beginning of a longer one
            self.seen.add_card(run.entity, card.digits, run.turn, run.last)
        else:
            self._complete(run.entity, card.digits, run.turn, run.last)

    # -- what nobody announced -----------------------------------------------------------------------------------

    def _end_uncued(self, run: DigitRun, ctx: Context, token: Token | None) -> list[Span]:
        """End a run that nothing names: it is said again, or may be part of the candidate."""
        groups, candidate = run.groups, self.candidate
        out: list[Span] = []
        if is_card_like_date(run) and self.dialogue.subject.may_expire(run.turn, run.start):
            self.dialogue.subject.note_card(run.last)
            return [Span(run.start, run.last + 1, LABELS[EXPIRY], CUED_SCORE, ctx.new_entity(), Reason.FORM)]
        count = count_digits(groups)
        if candidate.begun < 0 and count < LEAST and begins_announced(run, token):
            candidate.begin(run)
            return []
        if not groups or (not candidate.groups and count < LEAST):
            return []  # too little to wait for
        if count < LONG and (is_measured(run, token) or (not run.context.led and not candidate.groups)):
            return []  # an amount, a time, a number inside a sentence
        repeated = self.seen.entity_with(groups) if count >= LEAST else None
        if repeated is not None:
            last4 = self.seen.ends_with(groups)
            label, entity = (LABELS[LAST4], ctx.new_entity()) if last4 else (_CARD_LABEL, repeated)
            out.append(Span(run.start, run.last + 1, label, CUED_SCORE, entity, Reason.SAID_AGAIN))
            if not self.seen.begins_with(groups):
                return out  # else it may begin another card of the same issuer
        few = candidate.begun >= 0 and run.stands_alone(token)
        if (count >= 3 or few) and candidate.is_repeated_by(run):
            candidate.repeats.append((run.start, run.last + 1))
            return []
        if run.context.cue == ANOTHER and candidate.groups and candidate.groups[-1].speaker != run.speaker:
            return out  # "your balance is nine four eight one" is no more of what the caller has read out
        return out + self._search_candidate(run, ctx, token)

    def _search_candidate(self, run: DigitRun, ctx: Context, token: Token | None) -> list[Span]:
        """Add a run to the candidate; hide what is a card now."""
        candidate = self.candidate
        candidate.add(run)
        if candidate.goes_on_with([]) and run.stands_alone(token):
            return self._hide_begun(run, ctx)
        if most_digits(candidate.groups) < SHORTEST:
            candidate.prune()
            return []  # too few digits for any card
        row, cards = candidate.find()
        if not cards and run.last_oh >= 0 and candidate.groups and candidate.groups[-1] is run.groups[-1]:
            row, cards = candidate.find(without_last=True)  # "oh thanks"
            if cards or token is not None:
                candidate.groups.pop()
                run.drop_oh()
        if not cards and (first := card_before_data(run)) is not None:
            row, cards = run.groups, [first]
        if not cards and run.context.cue != ANOTHER:
            row, cards = run.groups, five_by_four(run.groups)
        if cards:
            return self._hide_cards(row, cards, run, ctx)
        candidate.prune()
        return []

    def _hide_cards(self, row: list[Group], cards: list[Window], run: DigitRun, ctx: Context) -> list[Span]:
        """Hide every window; what follows the last one in its run may be the card's expiry and code."""
        out: list[Span] = []
        entity, edge = 0, -1
        chance = self._may_be_chance(row, cards, run)
        for card in sorted(cards):
            if card.start >= edge:  # a card of its own, not another cut of the same digits
                entity = ctx.new_entity()
            edge = max(edge, card.end)
            score = CHANCE_SCORE if chance else card.score
            ranges = stretches(row[card.start : card.end])
            out += [Span(start, end, _CARD_LABEL, score, entity, card.reason) for start, end in ranges]
            if not chance:
                self._complete(entity, card.digits, run.turn, row[card.end - 1].last)
        score = CHANCE_SCORE if chance else CUED_SCORE
        repeats = self.candidate.repeats
        out += [Span(start, end, _CARD_LABEL, score, entity, Reason.SAID_AGAIN) for start, end in repeats]
        self.candidate.clear()
        if chance:
            return out
        last = row[edge - 1]
        if run.drop_until(last.last) and last.run_id == run.groups[0].run_id:
            self.seen.extend_to(run.turn, last.last)
            out += self._end_pending(run, ctx, None)
        return out

    def _may_be_chance(self, row: list[Group], cards: list[Window], run: DigitRun) -> bool:
        """Return whether another number was asked for, and this is no card of the usual length as it was said."""
        if not self.candidate.other_prompted or self.dialogue.subject.is_about_cards(run.last):
            return False
        return not any(is_usual_card(row[card.start : card.end]) for card in cards)

    def _hide_announced(self, ctx: Context) -> list[Span]:
        """Hide a candidate that is announced behind it: "4123 ... is my card number"."""
        candidate = self.candidate
        item = self.dialogue.answers.of_card(CARD)
        if item is None:
            entity = ctx.new_entity()
        else:
            if not item.entity:
                item.entity, item.entity_start = ctx.new_entity(), candidate.start[:2]
            entity = item.entity
            item.groups = (*item.groups, *candidate.groups)[-KEPT_GROUPS:]
            item.given += count_digits(candidate.groups)
        spans = candidate.spans(_CARD_LABEL, CUED_SCORE, entity, Reason.CUED)
        candidate.clear()
        return spans

    def _hide_begun(self, run: DigitRun, ctx: Context) -> list[Span]:
        """Hide a candidate of which "my card is" announces the first digits: what comes is more of the card."""
        self.dialogue.answers.expect_of_card(CARD, run.last, run.turn, run.time)
        self._name(run, CARD, run.last, run.time, ctx)
        self.candidate.groups = self.candidate.announced()
        spans = self._hide_announced(ctx)
        item = self.dialogue.answers.of_card(CARD)
        if item is not None:
            self._count_card(item, run)
        return spans

    def _hide_before(self, run: DigitRun) -> list[Span]:
        """Hide the first digits that "my card is" announces where a run that goes on with them is known as a card."""
        candidate = self.candidate
        if run.label != _CARD_LABEL or not candidate.goes_on_with(run.groups):
            return []
        item = self.dialogue.answers.of_card(CARD)
        candidate.groups = candidate.announced()
        if item is not None and item.entity == run.entity:
            item.groups = (*candidate.groups, *item.groups)[-KEPT_GROUPS:]
            item.given += count_digits(candidate.groups)
        spans = candidate.spans(_CARD_LABEL, CUED_SCORE, run.entity, Reason.CUED)
        candidate.clear()
        return spans

    def _give_up(self, ctx: Context) -> list[Span]:
        """Hide a candidate that has met the policy's bound, or that the call broke off in."""
        spans = self.candidate.spans(NUMBER, BOUND_SCORE, ctx.new_entity(), Reason.HELD_BOUND)
        self.candidate.clear()
        return spans


def _begins_card(run: DigitRun) -> bool:
    """Return whether the digits after "my visa" may be the beginning of a card: then more of it is waited for."""
    if run.context.cue != MENTION or run.digit_count >= LONG:
        return False
    return may_begin_card(run.all_groups(), printed=False)


def _is_of_reading(token: Token | None) -> bool:
    """Return whether the word behind a number makes it a part of a reading: what was asked for may still come."""
    return token is not None and token.key in OF_READINGS
