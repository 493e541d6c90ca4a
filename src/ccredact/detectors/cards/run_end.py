"""How a run of digits ends: what it was, now that what follows it is known."""

from __future__ import annotations

from ccredact.detectors.base import Context
from ccredact.detectors.cards import windows
from ccredact.detectors.cards.candidate import KEPT_GROUPS, LEAST, Candidate, stretches
from ccredact.detectors.cards.classify import KINDS, LABELS, Judge
from ccredact.detectors.cards.digit_run import Run
from ccredact.detectors.cards.expiry_cvv import classify, likely_expiry, measured
from ccredact.detectors.cards.issuers import SHORTEST
from ccredact.detectors.cards.seen import KnownCards
from ccredact.detectors.scores import CHANCE
from ccredact.dialogue.card_prompts import CARD, CVV, EXPIRY, LAST4, MENTION, OTHER, TRIGGERS
from ccredact.dialogue.cards import ENOUGH, Dialogue, Expectation
from ccredact.numbers.composer import Group
from ccredact.text.token import Token
from ccredact.text.words import PLAIN, SLASH
from ccredact.transcript import Span

ANNOUNCED, BOUND = 0.9, 0.5
"""Scores: what was announced; a candidate that met the policy's bound."""
SHORTEST_USUAL = 14
LAST_GROUPS = 24
"""Groups in which the end of a card is looked for: more than it has digits."""


class Endings:
    """Turns ended runs into spans, and keeps dialogue, candidate and known cards up to date."""

    __slots__ = ("candidate", "dialogue", "judge", "known")

    def __init__(self, dialogue: Dialogue, candidate: Candidate, known: KnownCards, judge: Judge) -> None:
        self.dialogue = dialogue
        self.candidate = candidate
        self.known = known
        self.judge = judge

    def end(self, run: Run, ctx: Context, token: Token | None) -> list[Span]:
        """End a run; `token` is the word of its turn that ends it, None when the turn is over."""
        self.dialogue.cue_used()
        out: list[Span] = []
        if token is None and run.sounds and run.led and self.dialogue.expected:
            run.adopt_sounds()  # "nine won too" to the question for the code
            if run.label:
                out.append(Span(run.emitted, run.last + 1, run.label, run.score, run.entity))
        last_zero = run.finish()
        if run.label:
            if last_zero:
                out.append(Span(run.emitted, run.last + 1, run.label, run.score, run.entity))
            self._account(run)
        elif run.only_oh:
            out = self._oh(run, ctx, token) if run.groups else []
        elif not run.amount and (run.groups or run.month):
            out = (self._beside(run, ctx, token) if run.must else []) or self._small(run, ctx, token)
            out = out or self._unannounced(run, ctx, token)
        return out

    def _oh(self, run: Run, ctx: Context, token: Token | None) -> list[Span]:
        """Nothing but "oh": a zero when it stands alone where a number is being read out, or right behind it."""
        if run.must and run.entity and not run.corrected:
            return [Span(run.start, run.last + 1, LABELS[CARD], ANNOUNCED, ctx.new_entity())]
        kind = self.judge.kind(run, run.last, run.time)
        item = self.dialogue.expected.get(kind) if kind is not None else None
        if kind is None or item is None or not item.digits or not (run.led and run.stands_alone(token)):
            return []
        self.name(run, kind, run.last, run.time, ctx)
        self._account(run)
        return [Span(run.start, run.last + 1, run.label, run.score, run.entity)]

    def name(self, run: Run, kind: str, word: int, time: float | None, ctx: Context) -> None:
        """Give a run its label and its entity."""
        run.label, run.score = LABELS[kind], ANNOUNCED
        if run.entity:
            return
        item = self.dialogue.waiting(kind, run.turn, word, time)
        if item is None and kind == CARD and (run.asked or self._begins_card(run)):
            item = self.dialogue.expect(kind, run.turn, word, time)
        if item is not None:
            if item.entity and self._is_stale(item, run, word):
                item.entity, item.groups = 0, []
            if not item.entity:
                item.entity, item.since = ctx.new_entity(), (run.turn, word)
            item.turn, item.word, item.time = run.turn, word, time
            if not item.read:
                item.read, item.reader = True, run.speaker
            run.entity = item.entity
        else:
            run.entity = ctx.new_entity()

    @staticmethod
    def _begins_card(run: Run) -> bool:
        """Whether the digits after "my visa" may be the beginning of a card: then more of it is waited for."""
        groups = run.seen()
        return (
            run.adjacent == MENTION and windows.size(groups) < windows.LONG and windows.alive(groups, 0, printed=False)
        )

    def _is_stale(self, item: Expectation, run: Run, word: int) -> bool:
        """Whether an entity has been open for as long as the policy lets one be: what follows is another."""
        turn, first = item.since
        hold = self.dialogue.hold
        return run.turn - turn > hold.turns or word - first > hold.words

    def shorten(self, run: Run, ctx: Context) -> list[Span]:
        """A run without end: decide about the groups that can be forgotten."""
        out: list[Span] = []
        kept = KEPT_GROUPS // 2 + 4
        if run.label:  # so many digits are no card: what comes is another entity
            item = self.dialogue.expected.get(KINDS[run.label])
            if item is not None and item.entity == run.entity:
                item.entity, item.groups, item.since = ctx.new_entity(), [], (run.turn, run.last)
                run.entity = item.entity
            else:
                run.entity = ctx.new_entity()
        else:
            groups = run.seen()  # with the open one: no card ends where only the closed ones do
            for hit in windows.cards(groups):
                entity = ctx.new_entity()
                pieces = stretches(groups[hit.start : hit.end])
                out += [Span(start, end, LABELS[CARD], hit.score, entity) for start, end in pieces]
                self._complete(entity, hit.digits, run.turn, groups[hit.end - 1].last)
                kept = max(0, min(kept, len(run.groups) - hit.end))
        run.shorten(kept)
        return out

    def is_complete(self, run: Run) -> bool:
        """Whether the digits of an announced card are all there: range, length, check digit."""
        if run.composer.may_grow:
            return False
        item = self.dialogue.expected.get(CARD)
        earlier = item.groups if item is not None and item.entity == run.entity else []
        if run.size < SHORTEST_USUAL and windows.size(earlier) + run.size < SHORTEST_USUAL:
            return False
        groups = [*earlier, *run.seen()][-LAST_GROUPS:]
        if windows.size(groups) < SHORTEST_USUAL:
            return False
        hit = windows.card_at_end(groups, usual=True)
        if hit is None or not hit.digits or len(hit.digits) != windows.usual_length(hit.digits):
            return False
        self._complete(run.entity, hit.digits, run.turn, run.last)
        return True

    def give_up(self, ctx: Context) -> list[Span]:
        """Hide a candidate that has met the policy's bound."""
        spans = self.candidate.spans("NUMBER", BOUND, ctx.new_entity())
        self.candidate.settle()
        return spans

    def announced_late(self, ctx: Context) -> list[Span]:
        """Hide a candidate: "4123 ... is my card number"."""
        item = self.dialogue.expected.get(CARD)
        if item is None:
            entity = ctx.new_entity()
        else:
            if not item.entity:
                item.entity, item.since = ctx.new_entity(), self.candidate.since[:2]
            entity = item.entity
            item.groups = [*item.groups, *self.candidate.groups][-KEPT_GROUPS:]
            item.digits += windows.size(self.candidate.groups)
        spans = self.candidate.spans(LABELS[CARD], ANNOUNCED, entity)
        self.candidate.settle()
        return spans

    def _complete(self, entity: int, digits: str | None, turn: int, last: int) -> None:
        self.dialogue.answered(CARD)
        self.dialogue.card_seen(last)
        self.known.complete(entity, digits, turn, last)

    def _account(self, run: Run) -> None:
        """Count the digits of a hidden run towards what was asked for."""
        kind = KINDS[run.label]
        item = self.dialogue.expected.get(kind)
        if item is None or item.entity != run.entity or run.speaker != item.reader:
            return  # a read-back is no more of it
        item.digits += windows.size(run.groups) + run.dropped
        item.groups = [*item.groups, *run.groups][-KEPT_GROUPS:]
        if kind == CARD:
            self._account_card(item, run)
        elif item.digits >= (4 if kind == LAST4 else 3):
            self.known.remember(kind, windows.digits_of(item.groups), run.turn)
            self.dialogue.answered(kind)

    def _account_card(self, item: Expectation, run: Run) -> None:
        hit = windows.card_at_end(item.groups)
        if hit is None and run.oh >= 0:
            hit = windows.card_at_end(item.groups[:-1])
        if hit is None:
            if item.digits >= windows.LONG:
                self.known.almost(run.turn, run.last)
        elif hit.digits and len(hit.digits) < windows.usual_length(hit.digits):
            self.known.complete(run.entity, hit.digits, run.turn, run.last)  # and perhaps the beginning of a longer one
        else:
            self._complete(run.entity, hit.digits, run.turn, run.last)

    def _beside(self, run: Run, ctx: Context, token: Token | None) -> list[Span]:
        """Digits right after a card, or when expiry and code were asked for at once."""
        continued = run.entity != 0
        wants = frozenset(self.judge.waiting(run, run.last, run.time)) & {EXPIRY, CVV}
        if measured(run, token) and not (continued and run.groups and run.groups[0].gap == PLAIN):
            return []
        dated = run.month or any(group.gap == SLASH for group in run.groups)
        if run.follows and not (wants or dated or run.stands_alone(token)):
            return []
        unasked = run.follows and not (wants or dated or self.known.has_long_code)
        if unasked and windows.size(run.groups) == 4 and not likely_expiry(run.groups):
            return self._more(run, ctx) if run.led and self.known.just_given(run.turn) else []
        out = []
        short = run.follows and run.led and run.stands_alone(token)
        for label, start, end in classify(run, wants=wants, continued=continued or short):
            out.append(Span(start, end, label, ANNOUNCED, ctx.new_entity()))
            self.known.passed(run.turn, run.last)
            inside = [group for group in run.groups if start <= group.first < end]
            self.known.remember(KINDS[label], windows.digits_of(inside), run.turn)
            if KINDS[label] != CARD:
                self.dialogue.answered(KINDS[label])
        return out

    def _more(self, run: Run, ctx: Context) -> list[Span]:
        """Four digits that are no code of the card just given: more of it, or the beginning of another."""
        item = self.dialogue.expect(CARD, run.turn, run.last, run.time)
        item.digits = ENOUGH
        self.name(run, CARD, run.last, run.time, ctx)
        self._account(run)
        return [Span(run.start, run.last + 1, run.label, run.score, run.entity)]

    def _small(self, run: Run, ctx: Context, token: Token | None) -> list[Span]:
        """A short number where one was announced: hidden when it stands alone."""
        kind = self.judge.kind(run, run.last, run.time)
        if kind is None or run.number_words < 1 or run.sounds_only or measured(run, token):
            return []
        alone, led = run.stands_alone(token), run.led or run.adjacent in TRIGGERS
        both = windows.size(run.groups) < 2 or run.apart
        if not (alone and led if both else alone or led):
            return []
        self.name(run, kind, run.last, run.time, ctx)
        self._account(run)
        return [Span(run.start, run.last + 1, run.label, run.score, run.entity)]

    def _unannounced(self, run: Run, ctx: Context, token: Token | None) -> list[Span]:
        groups, candidate = run.groups, self.candidate
        out: list[Span] = []
        count = windows.size(groups)
        if not groups or (not candidate.groups and count < LEAST):
            return []  # too little to wait for
        if count < windows.LONG and (measured(run, token) or (not run.led and not candidate.groups)):
            return []  # an amount, a time, a number inside a sentence
        known = self.known.with_digits(groups) if count >= LEAST else None
        if known is not None:
            last4 = self.known.ends_with(groups)
            label, entity = (LABELS[LAST4], ctx.new_entity()) if last4 else (LABELS[CARD], known)
            out.append(Span(run.start, run.last + 1, label, ANNOUNCED, entity))
            if not self.known.begins_with(groups):
                return out  # else it may begin another card of the same issuer
        if count >= 3 and candidate.repeated_by(run):
            candidate.echoes.append((run.start, run.last + 1))
            return []
        if run.adjacent == OTHER and candidate.groups and candidate.groups[-1].speaker != run.speaker:
            return out  # "your balance is nine four eight one" is no more of what the caller has read out
        return out + self._search(run, ctx, token)

    def _search(self, run: Run, ctx: Context, token: Token | None) -> list[Span]:
        """Add a run to the candidate; hide what is a card now."""
        candidate = self.candidate
        candidate.add(run)
        if windows.most(candidate.groups) < SHORTEST:
            candidate.prune()
            return []  # too few digits for any card
        row, hits = candidate.find()
        if not hits and run.oh >= 0 and candidate.groups and candidate.groups[-1] is run.groups[-1]:
            row, hits = candidate.find(without_last=True)  # "oh thanks"
            if hits or token is not None:
                candidate.groups.pop()
                run.drop_oh()
        if not hits and (head := self._head(run)) is not None:
            row, hits = run.groups, [head]
        if not hits and run.adjacent != OTHER:
            row, hits = run.groups, windows.five_by_four(run.groups)
        if hits:
            return self._cards(row, hits, run, ctx)
        candidate.prune()
        return []

    def _head(self, run: Run) -> windows.Window | None:
        """A card at the beginning of a run, read on without a break into its expiry and code."""
        head = windows.head(run.groups)
        if head is None:
            return None
        rest = run.fork()
        rest.drop_until(run.groups[head.end - 1].last)
        return head if classify(rest, wants=frozenset(), continued=False) else None

    def _cards(self, row: list[Group], hits: list[windows.Window], run: Run, ctx: Context) -> list[Span]:
        """Hide every window; what follows the last one in its run may be the card's expiry and code."""
        out: list[Span] = []
        entity, edge = 0, -1
        chance = self._by_chance(row, hits, run)
        for hit in sorted(hits):
            if hit.start >= edge:  # a card of its own, not another cut of the same digits
                entity = ctx.new_entity()
            edge = max(edge, hit.end)
            for start, end in stretches(row[hit.start : hit.end]):
                out.append(Span(start, end, LABELS[CARD], CHANCE if chance else hit.score, entity))
            if not chance:
                self._complete(entity, hit.digits, run.turn, row[hit.end - 1].last)
        score = CHANCE if chance else ANNOUNCED
        out += [Span(start, end, LABELS[CARD], score, entity) for start, end in self.candidate.echoes]
        self.candidate.settle()
        if chance:
            return out
        last = row[edge - 1]
        if run.drop_until(last.last) and last.run == run.groups[0].run:
            self.known.passed(run.turn, last.last)
            out += self._beside(run, ctx, None)
        return out

    def _by_chance(self, row: list[Group], hits: list[windows.Window], run: Run) -> bool:
        """Whether another number was asked for, and this is no card of the usual length as it was said."""
        if not self.candidate.other or self.dialogue.about_cards(run.last):
            return False
        return not any(windows.is_usual(row[hit.start : hit.end]) for hit in hits)
