"""Payment cards: number, expiry, security code, last four.

Announced or asked for (`ccredact.dialogue`), digits are hidden as they come, whatever range, length and check digit
say: recognisers mishear digits and callers stop half-way. Not announced, a run of digits must be a card by issuer
range, length and check digit; while it could still become one it is held, over the other speaker's answers too.
"""

from __future__ import annotations

from ccredact.detectors import windows
from ccredact.detectors.after import classify
from ccredact.detectors.base import LOOK_BACK, Context, Token
from ccredact.detectors.candidate import KEPT_GROUPS, LEAST, Candidate, stretches
from ccredact.detectors.run import Run
from ccredact.dialogue import CARD, CVV, EXPIRY, INVITE, LAST4, MENTION, NEAR, OTHER, TRIGGERS, Dialogue, cue
from ccredact.normalize.english import CLASSES, CORRECTION, CUE, FILLER, HESITATION, HOMOPHONE, LEAD, MEASURE, MONTH, NUMERIC
from ccredact.normalize.fold import MONEY, SLASH, gap_kind
from ccredact.normalize.spoken import Group
from ccredact.policy import Hold
from ccredact.transcript import Span

LABELS = {CARD: "CREDIT_CARD", EXPIRY: "CREDIT_CARD_EXPIRY", CVV: "CREDIT_CARD_CVV", LAST4: "CREDIT_CARD_LAST4"}
KINDS = {label: kind for kind, label in LABELS.items()}

LONG = 12
"""Digits that are hidden without a check digit where cards are talked of."""
SURE = 15
"""As many are hidden there whatever they begin with."""
PRINTED = range(14, 20)
"""Digits of nearly all cards: hidden without a check digit where money is talked of."""
_LEADING = FILLER | LEAD | CORRECTION
RECENT = 4
"""Turns after a card in which corrections and repeated digits are still part of it."""


class CardDetector:
    """The state of one call's cards."""

    wake = NUMERIC | CUE | MONTH
    guards = NUMERIC

    __slots__ = ("_open", "_run_open", "after", "candidate", "cards", "dialogue", "last_card", "run", "values")

    def __init__(self, hold: Hold) -> None:
        self.dialogue = Dialogue(hold)
        self.candidate = Candidate()
        self.run: Run | None = None
        self.cards: list[tuple[int, str | None]] = []  # (entity, digits) of the last cards
        self.values: dict[int, str | None] = {}  # entity -> digits of every complete card
        self.last_card = -RECENT - 1  # turn of the last complete card
        self.after = (-1, -1)  # (turn, word) where card data ended last
        self._open: list[tuple[int, int]] | None = None  # what `open_from` needs, until the next word
        self._run_open = -1

    def fork(self) -> CardDetector:
        """An independent copy."""
        other = CardDetector.__new__(CardDetector)
        other.dialogue = self.dialogue.fork()
        other.candidate = self.candidate.fork()
        other.run = None if self.run is None else self.run.fork()
        other.cards, other.values = list(self.cards), dict(self.values)
        other.last_card, other.after = self.last_card, self.after
        other._open, other._run_open = None, -1
        return other

    @property
    def active(self) -> bool:
        """Whether a run or a candidate is open, or a number is waited for."""
        return self.run is not None or bool(self.candidate.groups) or bool(self.dialogue.expected)

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Take one word."""
        self._open = None
        out: list[Span] = []
        run = self.run
        if run is not None and token.turn != run.turn:
            self._end_run(out, ctx, None)
            run = None
        if self.dialogue.expected:
            self.dialogue.prune(token.turn, token.index, token.time)
        if self.candidate.groups and self.candidate.overdue(token, self.dialogue.hold):
            self._hide_candidate(out, "NUMBER", 0.5, ctx)
        classes = token.classes
        kind = cue(token.key, ctx.before(LOOK_BACK)) if classes & CUE else None
        if kind in TRIGGERS and classes & NUMERIC:  # the "four" of "last four"
            self._announce(kind, token, out, ctx)
            return out
        if classes & NUMERIC or (self._goes_on(token) if run is None else run.takes(token)) or self._is_month(token):
            self._digit(token, out, ctx)
        elif run is None:
            self.candidate.wait(token, 1)
        elif classes & (FILLER | CORRECTION) and run.passes(token):
            if run.slack == 0:
                run.paused = bool(classes & (HESITATION | CORRECTION))
            run.slack += 1
        else:
            words = run.slack + 1
            self._end_run(out, ctx, token)
            self.candidate.wait(token, words)
        if kind is not None:  # what was said before the phrase is not announced by it
            self._announce(kind, token, out, ctx)
        return out

    def close(self, ctx: Context) -> list[Span]:
        """The call is over."""
        self._open = None
        out: list[Span] = []
        self._end_run(out, ctx, None)
        self.candidate.settle()
        return out

    def open_from(self, start: int, end: int) -> int:
        """The first undecided word in `[start, end)`."""
        if self._open is None:
            self._run_open = -1 if self.run is None else self._run_open_from(self.run)
            self._open = sorted(self.candidate.open_ranges()) if self.candidate.groups else []
        first = end
        if self.run is not None:  # all of the run's words from there on are undecided
            first = min(end, max(start, self._run_open))
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
        """The digits of a complete card."""
        return self.values.get(entity)

    # -- announced ---------------------------------------------------------------------------------------------

    def _announce(self, kind: str, token: Token, out: list[Span], ctx: Context) -> None:
        self.dialogue.announce(kind, token)
        if kind == OTHER and self.candidate.groups and token.speaker != self.candidate.groups[-1].speaker:
            self.candidate.settle()  # something else is asked for: the digits before were no part of a card
        if self.candidate.groups and (
            kind == CARD or (kind == MENTION and windows.size(self.candidate.groups) >= LONG)
        ):
            self._hide_candidate(out, "CREDIT_CARD", 0.9, ctx)

    def _goes_on(self, token: Token) -> bool:
        """Whether a homophone may begin an announced number: "ate won seven for"."""
        return bool(token.classes & HOMOPHONE and self.dialogue.expected)

    def _is_month(self, token: Token) -> bool:
        if not token.classes & MONTH:
            return False
        beside = token.turn == self.after[0] and token.index - self.after[1] <= NEAR
        return beside or self.dialogue.waiting(EXPIRY, token.turn, token.index, token.time) is not None

    def _digit(self, token: Token, out: list[Span], ctx: Context) -> None:
        run = self.run
        number = bool(token.classes & NUMERIC)  # else it only goes on with a number: "thousand", "for"
        if run is not None and number and (gap_kind(token.gap) == MONEY or (run.amount and token.gap not in (".", ","))):
            self._end_run(out, ctx, token)
            run = None
        if run is None:
            run = self.run = self._new_run(token, ctx)
        elif len(run.groups) >= KEPT_GROUPS:
            run = self._split(run, token, out, ctx)
        elif run.must and not run.groups and run.start != token.index and not run.composer.waiting and not run.month:
            run.start = run.emitted = token.index  # something stood between the card and these digits
            run.sounds = []
        if token.classes & MONTH and not number:
            run.month = run.must = True
            run.slack, run.last = 0, token.index
        else:
            run.add(token)
        if run.last == token.index and not run.amount and run.oh < 0:
            self._decide(run, token, out, ctx)

    def _split(self, run: Run, token: Token, out: list[Span], ctx: Context) -> Run:
        """A run without end: decide about what has been said of it, and go on with the rest."""
        if run.label:
            run.dropped += windows.size(run.groups[: -KEPT_GROUPS // 2])
            run.groups = run.groups[-KEPT_GROUPS // 2 :]
            return run
        self._end_run(out, ctx, token)
        self.run = Run(token, adjacent=None, led=True)
        return self.run

    def _new_run(self, token: Token, ctx: Context) -> Run:
        before = ctx.before(LOOK_BACK)
        talk = self.dialogue
        near = talk.near(token.turn, token.index)
        if near is None and self.cards and token.turn - self.last_card <= RECENT:
            if any(CLASSES.get(key, 0) & CORRECTION for key in before[-NEAR:]):
                near = CARD  # "sorry, the last one is a seven"
        run = Run(token, adjacent=near, led=not before or bool(CLASSES.get(before[-1], 0) & _LEADING))
        if near is None and len(before) < LOOK_BACK:  # an answer gives its number early
            question = talk.question(token.turn)
            run.asked = question in (MENTION, INVITE)
            run.invited = question == INVITE
            run.elsewhere = question == OTHER
            run.follows = question != OTHER and bool(self.cards) and token.turn - self.last_card <= RECENT
        return run

    def _decide(self, run: Run, token: Token, out: list[Span], ctx: Context) -> None:
        """Hide what can be decided now."""
        if not run.label:
            if run.must and windows.size(run.seen()) <= 10:
                return
            surely = run.must and (run.entity != 0 or bool(self._waiting(run, token.index, token.time)))
            run.must, run.entity = False, 0
            kind = CARD if surely else self._kind(run, token.index, token.time)
            if kind is None or not self._at_once(run):
                return
            self._label(run, kind, token.index, token.time, ctx)
        out.append(Span(run.emitted, run.last + 1, run.label, run.score, run.entity))
        run.emitted = run.last + 1
        if run.label == "CREDIT_CARD":
            self._look_for_the_end(run, token)

    def _kind(self, run: Run, word: int, time: float | None) -> str | None:
        """What an announced run is; None when nothing announced it or it must wait for its end."""
        near = run.adjacent
        if near in TRIGGERS:
            return near
        groups = run.seen()
        count = windows.size(groups)
        if near is None and count < LONG and not (self.cards or self.dialogue.expected or run.asked):
            return None
        if near == MENTION and count >= 4:
            return CARD
        known = self._known(groups) if count >= 5 else None
        if known is not None:
            run.entity = known
            return CARD
        if near == OTHER:
            groups = groups[1:]  # the first number is the one that was announced; a card may follow it
            count = windows.size(groups)
        if not run.elsewhere and self._long(groups, count, word):
            return CARD
        if near == OTHER:
            return None
        waiting = self._waiting(run, word, time)
        if run.asked and CARD not in waiting and (run.invited or count >= 4 or run.number_words >= 3):
            return CARD
        if waiting and not run.adjacent and not run.led and count < 6:
            waiting = [kind for kind in waiting if self.dialogue.expected[kind].asked_in >= run.turn - 1]
        if waiting[:2] in ([EXPIRY, CVV], [CVV, EXPIRY]) or (not waiting and self._beside(run) and count <= 10):
            run.must = True
            return None
        return waiting[0] if waiting else None

    def _long(self, groups: list[Group], count: int, word: int) -> bool:
        """Whether the talk is about cards or money and the digits are as many as a card has."""
        if count < LONG:
            return False
        if self.dialogue.about_cards(word) and (count >= SURE or windows.alive(groups, 0, printed=False)):
            return True
        if not self.dialogue.about_money(word):
            return False
        written = [group.readings[0] for group in groups if not group.spoken]
        return count in PRINTED or any(len(digits) in PRINTED for digits in written) or bool(windows.rows(groups))

    def _waiting(self, run: Run, word: int, time: float | None) -> list[str]:
        """What is expected, what was asked for last first."""
        if not self.dialogue.expected:
            return []
        found = [self.dialogue.waiting(kind, run.turn, word, time) for kind in LABELS]
        live = [item for item in found if item is not None and (not run.elsewhere or item.asked_in >= run.turn - 1)]
        return [item.kind for item in sorted(live, key=lambda item: -item.asked)]

    def _beside(self, run: Run) -> bool:
        """Whether the run stands where card data goes on."""
        return run.follows or run.turn == self.after[0] and run.start - self.after[1] <= NEAR

    def _known(self, groups: list[Group]) -> int | None:
        """The entity of a card that has these digits."""
        if not self.cards:
            return None
        return next((entity for entity, digits in self.cards if digits and windows.contains(digits, groups)), None)

    @staticmethod
    def _at_once(run: Run) -> bool:
        """Whether the run is surely an identifier already: not "one moment", not "forty five dollars"."""
        groups = run.seen()
        if groups and not groups[0].spoken and len(groups[0].readings[0]) >= 3:
            return True
        words = run.number_words
        return words >= 3 or (words == 2 and all(len(group.readings) == 1 and group.readings[0] < ":" for group in groups[-2:]) and all(len(g.readings[0]) == 1 for g in groups[-2:]))

    def _label(self, run: Run, kind: str, word: int, time: float | None, ctx: Context) -> None:
        run.label, run.score = LABELS[kind], 0.9
        if run.entity:
            return
        item = self.dialogue.waiting(kind, run.turn, word, time)
        if item is None and kind == CARD and run.asked:
            item = self.dialogue.expect(kind, run.turn, word, time)
        if item is not None:
            item.entity = item.entity or ctx.new_entity()
            item.turn, item.word, item.time = run.turn, word, time
            run.entity = item.entity
        elif kind == CARD and self.cards and run.turn - self.last_card <= RECENT:
            run.entity = self.cards[-1][0]
        else:
            run.entity = ctx.new_entity()

    def _look_for_the_end(self, run: Run, token: Token) -> None:
        """A card that is complete by range, length and check digit ends there; what follows is something else."""
        if run.composer.may_grow:
            return
        item = self.dialogue.expected.get(CARD)
        earlier = item.groups if item is not None and item.entity == run.entity else []
        groups = [*earlier, *run.seen()][-KEPT_GROUPS:]
        if windows.size(groups) < 14:
            return
        hit = next((w for w in windows.cards(groups) if w.end == len(groups)), None)
        if hit is None or not hit.digits:
            return
        usual = 15 if hit.digits[:2] in ("34", "37") else 14 if hit.digits[:2] in ("30", "36", "38") else 16
        if len(hit.digits) != usual:
            return
        self._complete(run.entity, hit.digits, token.turn, run.last)
        rest = Run(token, adjacent=None, led=True)
        rest.start = rest.emitted = run.last + 1
        rest.must, rest.entity = True, run.entity
        self.run = rest

    def _complete(self, entity: int, digits: str | None, turn: int, last: int) -> None:
        self.dialogue.answered(CARD)
        self.cards = [card for card in self.cards if card[0] != entity][-2:] + [(entity, digits)]
        self.values[entity] = digits
        self.last_card, self.after = turn, (turn, last)
        self.dialogue.card_seen(last)

    # -- the end of a run --------------------------------------------------------------------------------------

    def _end_run(self, out: list[Span], ctx: Context, token: Token | None) -> None:
        """`token` is the word of the same turn that ended it; None when the turn is over."""
        run = self.run
        if run is None:
            return
        self.run = None
        self.dialogue.cue_used()
        if run.finish(cut=token is not None or run.slack > 0) and run.label:
            out.append(Span(run.emitted, run.last + 1, run.label, run.score, run.entity))
        if run.label:
            self._end_hidden(run)
        elif run.amount or not (run.groups or run.month):
            return
        elif run.must and self._end_beside_card(run, out, ctx, token):
            return
        elif not self._end_small(run, out, ctx, token):
            self._end_unannounced(run, out, ctx, token)

    def _end_hidden(self, run: Run) -> None:
        kind = KINDS[run.label]
        item = self.dialogue.expected.get(kind)
        if item is None or item.entity != run.entity:
            return
        item.digits += windows.size(run.groups) + run.dropped
        if kind == CARD:
            item.groups = [*item.groups, *run.groups][-KEPT_GROUPS:]
            hit = next((w for w in windows.cards(item.groups) if w.end == len(item.groups)), None)
            if hit is not None:
                self._complete(run.entity, hit.digits, run.turn, run.last)
            elif item.digits >= LONG:
                self.last_card, self.after = run.turn, (run.turn, run.last)
        elif item.digits >= (4 if kind == LAST4 else 3):
            self.dialogue.answered(kind)

    def _end_beside_card(self, run: Run, out: list[Span], ctx: Context, token: Token | None) -> bool:
        """Digits right after a card, or when expiry and code were asked for at once."""
        continued = run.entity != 0 and run.start == self.after[1] + 1
        wants = frozenset(self._waiting(run, run.last, run.time)) & {EXPIRY, CVV}
        if not continued and token is not None and token.classes & MEASURE and not run.slack:
            return False
        alone = token is None or (run.slack > 0 and run.paused)
        if run.follows and not (wants or alone or run.month or any(group.gap == SLASH for group in run.groups)):
            return False
        found = classify(run, wants=wants, continued=continued)
        for label, start, end in found:
            out.append(Span(start, end, label, 0.9, ctx.new_entity()))
            self.after = (run.turn, run.last)
            if KINDS[label] != CARD:
                self.dialogue.answered(KINDS[label])
        return bool(found)

    def _end_small(self, run: Run, out: list[Span], ctx: Context, token: Token | None) -> bool:
        """A lone short number where one was announced: hidden when it stands alone."""
        run.must = False
        kind = self._kind(run, run.last, run.time)
        if kind is None or run.number_words < 1:
            return False
        if token is not None and token.classes & MEASURE and not run.slack:
            return False
        alone = token is None or (run.slack > 0 and run.paused)
        led = run.led or run.adjacent in TRIGGERS
        if not (alone and led if windows.size(run.groups) < 2 else alone or led):
            return False
        self._label(run, kind, run.last, run.time, ctx)
        out.append(Span(run.start, run.last + 1, run.label, run.score, run.entity))
        self._end_hidden(run)
        return True

    def _end_unannounced(self, run: Run, out: list[Span], ctx: Context, token: Token | None) -> None:
        if not run.groups or (not self.candidate.groups and windows.size(run.groups) < LEAST):
            return  # too little to wait for
        measured = token is not None and token.classes & MEASURE and not run.slack
        if windows.size(run.groups) < LONG and (measured or (not run.led and not self.candidate.groups)):
            return  # an amount, a time, a number inside a sentence
        known = self._known(run.groups) if windows.size(run.groups) >= 4 else None
        if known is not None:
            last4 = any(digits and digits[-4:] == windows.digits_of(run.groups) for _, digits in self.cards)
            label, entity = ("CREDIT_CARD_LAST4", ctx.new_entity()) if last4 else ("CREDIT_CARD", known)
            out.append(Span(run.start, run.last + 1, label, 0.9, entity))
            return
        if windows.size(run.groups) >= 3 and self.candidate.repeated_by(run):
            self.candidate.echoes.append((run.start, run.last + 1))
            return
        self.candidate.add(run)
        row, hits = self.candidate.find()
        if not hits and run.adjacent != OTHER:
            row, hits = run.groups, windows.four_by_four(run.groups)
        if hits:
            self._hide_windows(row, hits, run, out, ctx)
        else:
            self.candidate.prune()

    def _hide_windows(
        self, row: list[Group], hits: list[windows.Window], run: Run, out: list[Span], ctx: Context
    ) -> None:
        """Hide every window; what follows the last one in its run may be the card's expiry and code."""
        entity, edge = 0, -1
        for hit in sorted(hits):
            if hit.start >= edge:  # a card of its own, not another cut of the same digits
                entity = ctx.new_entity()
            edge = max(edge, hit.end)
            for start, end in stretches(row[hit.start : hit.end]):
                out.append(Span(start, end, "CREDIT_CARD", hit.score, entity))
            self._complete(entity, hit.digits, run.turn, row[hit.end - 1].last)
        for start, end in self.candidate.echoes:
            out.append(Span(start, end, "CREDIT_CARD", 0.9, entity))
        self.candidate.settle()
        end = row[edge - 1]
        last = end.last
        run.groups = [group for group in run.groups if group.first > last]
        if run.groups and run.groups[0].run == end.run:
            run.start, run.entity, self.after = run.groups[0].first, 0, (run.turn, last)
            self._end_beside_card(run, out, ctx, None)

    def _hide_candidate(self, out: list[Span], label: str, score: float, ctx: Context) -> None:
        item = self.dialogue.expected.get(CARD)
        if item is not None and label == "CREDIT_CARD":
            item.entity = entity = item.entity or ctx.new_entity()
            item.groups = [*item.groups, *self.candidate.groups][-KEPT_GROUPS:]
            item.digits += windows.size(self.candidate.groups)
        else:
            entity = ctx.new_entity()
        out += self.candidate.spans(label, score, entity)
        self.candidate.settle()

    # -- the horizon -------------------------------------------------------------------------------------------

    def _run_open_from(self, run: Run) -> int:
        """The first word of the open run that may still change."""
        if run.label:
            return run.emitted
        if run.amount:
            return run.last + 1
        groups = run.seen()
        if run.must or not groups or self._may_be_announced(run, groups) or self.candidate.repeated_by(run):
            return run.start
        waits = [group.first for group in run.sounds[:1]]
        if run.composer.repeat_at is not None:
            waits.append(run.composer.repeat_at)
        if run.composer.may_grow and groups:  # "forty" may become "forty two": its four is sure, its zero is not
            open_group = groups[-1]
            groups = [*groups[:-1], open_group._replace(readings=(*open_group.readings, open_group.readings[0][0]))]
        for seen in (groups, groups[:-1]) if run.oh >= 0 else (groups,):  # "oh" may be no zero
            first = self.candidate.open_word(seen, printed=True)
            if first is not None:
                waits.append(max(run.start, first))
        return min(waits, default=run.last + 1)

    def _may_be_announced(self, run: Run, groups: list[Group]) -> bool:
        """Whether more digits or the next word could make `_kind` hide the run."""
        near = run.adjacent
        if near is not None and near != OTHER or self._known(groups) is not None:
            return True
        talk = self.dialogue
        if not run.elsewhere and (talk.about_cards(run.last) or talk.about_money(run.last)):
            return True
        if near == OTHER:
            return False
        return run.asked or self._beside(run) or bool(self._waiting(run, run.last, run.time))
