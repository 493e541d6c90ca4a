"""The state of one conversation: what has been taken, what is decided, what is released.

What is released is decided: words leave an utterance from its start up to its *horizon*, the first word about which
some detector is still undecided. An interim is pushed into a copy of the state, shown up to its horizon, and the copy
is dropped.

A push and a close are transactions (`ccredact.core.transaction`), so that an interruption shows and loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ccredact.core.alignment import Times, times_in
from ccredact.core.allowed import without_allowed
from ccredact.core.draft import Draft
from ccredact.core.entity_numbers import EntityNumbers
from ccredact.core.release import Pending, Rest, hidden_rest, interim_text, name_of, render, untouched, whole_pieces
from ccredact.core.scanner import Scanner
from ccredact.core.transaction import Outcome, Released, Transaction
from ccredact.detectors.scores import MASKED_SCORE
from ccredact.dialogue.kinds import CVV, SECURITY_CODE
from ccredact.entities import ALLOWED, ENTITY_TYPES, FAIL_SAFE, MARKS, REDACTED, UNTOLD
from ccredact.numbers.composer import read_words
from ccredact.operators import Hit, Operator
from ccredact.policy import Policy
from ccredact.reasons import Reason
from ccredact.text.word_class import DIGITS
from ccredact.text.words import Words
from ccredact.transcript import Name, Segment, Span, Utterance

_OURS: Final = ENTITY_TYPES.keys() | FAIL_SAFE
_LAST4: Final = "CREDIT_CARD_LAST4"
_LAST4_DIGITS: Final = 4
_SECRET_LABELS: Final = frozenset({"CREDIT_CARD_CVV", "PIN"})
_SECRETS: Final = frozenset({CVV, SECURITY_CODE, "PIN"})
"""Kinds of questions that one of these may answer."""
_DRAFTS: Final = 2
"""Hypotheses that are kept to go on with: those of two channels."""


class CallState:
    """One conversation being redacted, for those who have checked that what it takes are utterances (`Call`).

    `push` and `close` are transactions: whoever calls them puts None in the place of `transaction` when the segments
    have arrived. `take` and `finish` do the same without one, for a finished call that is dropped when interrupted.
    `now` is the time, in seconds, of what is taken: whoever has a clock sets it.
    """

    __slots__ = (
        "_drafts", "_flushed", "_kept", "_numbers", "_operators", "_pending", "_policy", "_pushed", "_scanner",
        "_spans", "_told_secret", "closed", "now", "transaction",
    )  # fmt: skip

    def __init__(
        self, policy: Policy, operators: Mapping[str, Operator], kept: frozenset[str], scanner: Scanner, known: int = 0
    ) -> None:
        """Begin a call; the entities 1 to `known` are people whose names are known before it."""
        self._policy = policy
        self._operators = operators
        self._kept = kept
        self._scanner = scanner
        self._pending: list[Pending] = []
        self._spans: list[Span] = []
        self._numbers = EntityNumbers(known)
        for _ in range(known):
            scanner.new_entity()
        self._pushed = 0
        self.closed = False
        self._drafts: dict[tuple[Name | None, Name | None], Draft] = {}  # of hypotheses since the last final
        self._told_secret = False  # a security code or a PIN
        self._flushed = 0  # words before it were released by a flush
        self.now = 0.0
        self.transaction: Transaction | None = None

    @property
    def pushed(self) -> int:
        """Return how many finals have been taken."""
        open_one = self.transaction
        if open_one is None or open_one.utterance is None:
            return self._pushed
        return max(self._pushed, open_one.number + 1)

    @property
    def held_words(self) -> int:
        """Return how many words are held."""
        return sum([pending.end - pending.rest.left for pending in self._pending])

    @property
    def held_since(self) -> float:
        """Return when the oldest of them came, `now` where none is held."""
        return self._pending[0].since if self._pending else self.now

    # -- handing over ------------------------------------------------------------------------------------------

    @property
    def policy(self) -> Policy:
        """Return the policy of the call."""
        return self._policy

    @property
    def scanner(self) -> Scanner:
        """Return the scanner of the call."""
        return self._scanner

    @property
    def may_hold_secrets(self) -> bool:
        """Return whether a security code or a PIN was told, or may be being told."""
        return self._told_secret or any(item.kind in _SECRETS for item in self._scanner.dialogue.answers.open)

    def hidden_rests(self) -> Released:
        """Return what is held as it is when all of it is hidden; nothing is changed."""
        return [(pending.number, hidden_rest(pending, self._scanner.new_entity())) for pending in self._pending]

    def forget_drafts(self) -> None:
        """Forget the hypotheses that are kept to go on with: the next one is read from its start."""
        self._drafts = {}

    def forget_held(self) -> None:
        """Hide what the open candidates go on with, and forget what is held: it was given hidden."""
        if self._pending:
            self._scanner.hide_open([(pending.rest.left, pending.end) for pending in self._pending])
        self._pending, self._spans = [], []
        self._numbers.keep((), self._scanner.word)
        self._flushed = self._scanner.word
        self._scanner.forget()

    def carry(self, segments: Released, pushed: int) -> None:
        """Give these segments with the next step, as the first call of it that was handed over."""
        self._pushed = pushed
        step = Transaction(None, pushed, self._scanner.word, [])
        step.outcome = Outcome(segments, [], list(self._pending), pushed)
        self.transaction = step

    def carried(self) -> Released:
        """Return the segments that the next step would give, which nobody is given here any more."""
        segments = self._recover()
        self.transaction = None
        return segments

    def resume(self, now: float) -> None:
        """Go on under another clock, which tells this time: what is held has waited as long as it had before."""
        for pending in self._pending:
            pending.since += now - self.now
        self.now = now

    def abandon(self) -> None:
        """End the call without a word: it goes on elsewhere."""
        self._pending, self._spans, self._drafts, self.closed = [], [], {}, True

    # -- transactions ------------------------------------------------------------------------------------------

    def push(self, utterance: Utterance) -> Released:
        """Take a final; return what is decided by it, after what an interrupted push has left."""
        self._drafts = {}
        carried = self._recover()
        self.transaction = Transaction(utterance, self._pushed, self._scanner.word, carried)
        return self.take(utterance)

    def close(self, cut: bool) -> Released:  # noqa: FBT001 - a step of `Call._deliver`, which takes one thing
        """End the call, which was `cut` off perhaps; return all that is held."""
        if self.transaction is None and self.closed:
            return []
        self._drafts = {}
        carried = self._recover()
        if self.closed:
            return carried  # an interrupted one has done it
        self.transaction = Transaction(None, self._pushed, self._scanner.word, carried)
        return self.finish(cut=cut)

    def flush(self, after: float) -> Released:
        """Release the words that have been held for so many seconds, hidden where a candidate is open."""
        if self.closed:
            return [] if self.transaction is None else self._recover()
        carried = self._recover()
        due = [pending for pending in self._pending if self.now - pending.since >= after]
        if not due:
            return carried
        self.transaction = Transaction(None, self._pushed, self._scanner.word, carried)
        failures = self._scanner.failures
        self._drafts = {}
        self._admit(self._scanner.hide_open([(pending.rest.left, pending.end) for pending in due]))
        if self._scanner.failures != failures:
            self._mask_pending()
        self._flushed = due[-1].end
        return self._release(due=len(due))

    def _recover(self) -> Released:
        """Bring an interrupted transaction to its end; return the segments that nobody was given."""
        interrupted = self.transaction
        if interrupted is None:
            return []
        if interrupted.outcome is not None:
            self._carry_out(interrupted.outcome)
            return interrupted.outcome.segments
        self._scanner.fail_all()
        if interrupted.utterance is not None:
            self._complete(interrupted, interrupted.utterance)
        self._mask_pending()
        return interrupted.carried

    def _complete(self, interrupted: Transaction, utterance: Utterance) -> None:
        """Let the words of an interrupted push be taken, however far it came."""
        words = Words(utterance.text, self._scanner.vocabulary.language.noise)
        number, start = interrupted.number, interrupted.start
        if not any(pending.number == number for pending in self._pending):
            try:
                times = times_in(utterance)
            except Exception:  # noqa: BLE001 - it may be what has ended the push: a call must not end with it
                times = None
            self._pending.append(Pending(number, utterance, start, words, times, self.now))
        self._scanner.word = start + len(words.keys)
        self._pushed = number + 1

    def _commit(self, outcome: Outcome) -> Released:
        """Note what is to be done, then do it."""
        transaction = self.transaction
        if transaction is not None:
            if transaction.carried:
                outcome.segments = [*transaction.carried, *outcome.segments]
            transaction.outcome = outcome  # from here on it is decided
        self._carry_out(outcome)
        return outcome.segments

    def _carry_out(self, outcome: Outcome) -> None:
        """Do what is noted; it may have been done in part."""
        for pending, rest in outcome.moves:
            pending.rest = rest
        self._pending = outcome.kept
        self._scanner.forget()
        self._pushed = outcome.pushed
        self.closed = outcome.closed
        if self._spans:
            first = min((pending.rest.left for pending in outcome.kept), default=self._scanner.word)
            self._spans = [span for span in self._spans if span.end > first] if outcome.kept else []
            self._numbers.keep({(span.entity, span.label) for span in self._spans}, first)

    # -- finals ------------------------------------------------------------------------------------------------

    def look_ahead(self, coming: Sequence[Utterance]) -> None:
        """Be told the finals that `take` will get: what can be done for several at once is done now."""
        failures = self._scanner.failures
        if len(coming) > 1:
            self._scanner.look_ahead((utterance.text, utterance.speaker) for utterance in coming)
        if self._scanner.failures != failures:
            self._mask_pending()

    def take(self, utterance: Utterance, *, release: bool = True) -> Released:
        """Take a final; return what is decided by it.

        Without `release` what is decided comes with a later call: it is the same, only later.
        """
        number = self._pushed
        if self._scan(utterance) is None:
            whole = untouched(name_of(utterance, number), utterance.text, utterance.speaker)
            return self._commit(Outcome([(number, whole)], [], [], number + 1))
        return self._release() if release else []

    def finish(self, *, cut: bool = False) -> Released:
        """End the call, which was `cut` off perhaps; return all that is held."""
        failures = self._scanner.failures
        self._admit(self._scanner.close(cut=cut))
        if self._scanner.failures != failures:
            self._mask_pending()
        return self._release(over=True)

    def _scan(self, utterance: Utterance) -> Pending | None:
        """Scan an utterance; None when all of it can be released at once, and nothing is waiting before it."""
        scanner, number = self._scanner, self._pushed
        start, failures = scanner.word, scanner.failures
        times = times_in(utterance)
        spans = scanner.scan(utterance.text, utterance.speaker, times)
        if not (spans or scanner.awake or scanner.holding or self._pending or scanner.failures != failures):
            return None
        if spans:
            scanner.words.place()
        pending = Pending(number, utterance, start, scanner.words, times, self.now)
        self._pending.append(pending)
        self._pushed = number + 1
        if spans:
            self._admit(spans)
        if scanner.failures != failures:
            self._mask_pending()
        return pending

    def _admit(self, spans: list[Span]) -> None:
        """Keep the spans that the policy wants, and number their entities in the order of their decision."""
        least = self._policy.thresholds
        for found in spans:
            span, label = found, found.label
            self._told_secret = self._told_secret or label in _SECRET_LABELS
            if span.end <= self._flushed:
                continue  # its words are out
            if label in MARKS or (label == ALLOWED and self._policy.allow):
                self._spans.append(span)
                continue
            if label not in _OURS and label not in self._operators:  # of a user's detector that never said so
                span = Span(found.start, found.end, REDACTED, MASKED_SCORE, found.entity, Reason.FAULT)
                label = REDACTED
            if label in UNTOLD and label not in self._operators and span.reason is not Reason.TAGGER:
                mark = UNTOLD[label]  # what is known to be of a label that stays is of no other one of its group
                self._spans.append(Span(span.start, span.end, mark, span.score, 0, span.reason))
                continue
            if label not in FAIL_SAFE and (
                label not in self._operators or span.score < least.get(label, least["default"])
            ):
                continue
            words = (span.start, span.end) if label in UNTOLD else (0, 0)
            self._numbers.admit(span.entity, label, *words)  # first: a span without a number could not be written
            self._spans.append(span)

    def _mask_pending(self) -> None:
        """Mask all that is not released: a detector has failed that could have decided about it."""
        for pending in self._pending:
            pending.fault = True
            if pending.rest.left < pending.end:
                entity = self._scanner.new_entity()
                self._admit([Span(pending.rest.left, pending.end, REDACTED, MASKED_SCORE, entity, Reason.FAULT)])

    def _fail(self, number: int) -> None:
        self._scanner.fail(number)
        self._mask_pending()

    # -- release -----------------------------------------------------------------------------------------------

    def _release(self, *, over: bool = False, due: int = 0) -> Released:
        """Release what is decided; `over`: all of it; all of the `due` oldest utterances that wait."""
        segments: Released = []
        moves: list[tuple[Pending, Rest]] = []
        kept: list[Pending] = []
        newest = self._pending[-1] if self._pending else None
        for at, pending in enumerate(self._pending):
            left = pending.rest.left
            if over or at < due:
                horizon = pending.end
            elif pending is not newest and self._is_held(left):
                kept.append(pending)
                continue
            else:
                horizon = self._horizon(pending)
            if horizon > left or horizon == pending.end:
                segment, rest = self._write(pending, horizon)
                segments.append((pending.number, segment))
                moves.append((pending, rest))
            if horizon < pending.end:
                kept.append(pending)
        return self._commit(Outcome(segments, moves, kept, self._pushed, closed=over))

    def _write(self, pending: Pending, horizon: int) -> tuple[Segment, Rest]:
        """Write the words of an utterance up to the horizon; return them, and what is left."""
        left = pending.rest.left
        spans = [s for s in self._spans if s.end > left and s.start < horizon] if self._spans else []
        if self._policy.allow:
            spans = without_allowed(spans)
        return render(pending, horizon, spans, self._replacement, self._kept, is_final=True)

    def _is_held(self, word: int) -> bool:
        """Return whether a word is undecided, as the first one is of most utterances that wait."""
        try:
            for number in self._scanner.active_detectors():
                if self._scanner.detectors[number].open_from(word, word + 1) == word:
                    return True
        except Exception:  # noqa: BLE001, S110 - `_horizon` meets it again, and masks
            pass
        return False

    def _horizon(self, pending: Pending) -> int:
        """Return the first word of the utterance that cannot be released yet; its end when all of it can."""
        left, end = pending.rest.left, pending.end
        horizon = end
        for number in self._scanner.active_detectors():
            try:
                found = self._scanner.detectors[number].open_from(left, horizon)
            except Exception:  # noqa: BLE001 - as in Scanner.scan
                found = -1
            if found < 0:
                self._fail(number)
                return end
            horizon = min(horizon, found)
        if self._spans:
            horizon = min(horizon, self._waiting_for_value(left, horizon))
            return whole_pieces(self._spans, left, horizon) if horizon < end else horizon
        return horizon

    def _waiting_for_value(self, left: int, horizon: int) -> int:
        """Return the first word hidden by an operator that needs the whole entity, while more of it may come."""
        for span in list(self._spans):
            if span.end > left and span.start < horizon:
                operator = self._operators.get(span.label)
                if operator is not None and operator.needs_value and self._is_open(span.entity):
                    horizon = max(left, span.start)
        return horizon

    def _is_open(self, entity: int) -> bool:
        for number, detector in enumerate(self._scanner.detectors):
            try:
                is_open: bool | None = detector.is_open(entity)
            except Exception:  # noqa: BLE001 - as in Scanner.scan
                is_open = None
            if is_open is None:
                self._fail(number)
            elif is_open:
                return True
        return False

    def _value(self, entity: int) -> str | None:
        for number, detector in enumerate(self._scanner.detectors):
            failed = False
            try:
                value = detector.value(entity)
            except Exception:  # noqa: BLE001 - as in Scanner.scan
                value, failed = None, True
            if failed:
                self._fail(number)
            elif value is not None:
                return value
        return None

    def _replacement(self, span: Span, text: str) -> str:
        operator = self._operators.get(span.label)
        if operator is None or (span.label == _LAST4 and self._is_longer(text)):
            return f"[{span.label}]"
        value = self._value(span.entity) if operator.needs_value else None
        return operator(Hit(span.label, self._numbers.of(span.entity, span.label), text, value))

    def _is_longer(self, text: str) -> bool:
        """Return whether what is called the last four digits of a card has more, which a policy may not keep."""
        vocabulary = self._scanner.vocabulary
        language = vocabulary.language
        keys = Words(text, language.noise).keys
        words = [(key, DIGITS if key.isdecimal() else vocabulary.classes.get(key, 0)) for key in keys]
        return sum(len(readings[0]) for readings in read_words(words, language.values)) > _LAST4_DIGITS

    # -- interims ----------------------------------------------------------------------------------------------

    def interim(self, utterance: Utterance) -> Released:
        """Return a hypothesis as far as it is decided; nothing is kept of it."""
        policy, number = self._policy, self.pushed
        if policy.interim == "withhold":
            return []
        stand_in = policy.stand_in if policy.interim == "stand_in" else ""
        try:
            return [(number, self._shown(utterance, stand_in))]
        except Exception:  # noqa: BLE001, S110 - whatever it is, the words must be hidden
            pass
        name, end = name_of(utterance, number), len(utterance.text)
        return [(number, Segment(name, stand_in, utterance.speaker, is_final=False, end=end, fault=True))]

    def aside(self, utterances: Sequence[Utterance]) -> Released:
        """Return texts as they were shown if the call went on with them and ended; nothing is kept of them."""
        try:
            other = self._view(self._forked_scanner())
            return [one for utterance in utterances for one in other.take(utterance)] + other.finish()
        except Exception:  # noqa: BLE001, S110 - whatever it is, the words must be hidden
            pass
        return [
            (number, Segment(name_of(one, number), "", one.speaker, is_final=False, fault=True))
            for number, one in enumerate(utterances)
        ]

    def _shown(self, utterance: Utterance, stand_in: str) -> Segment:
        """Return a hypothesis as far as it is decided."""
        words = Words(utterance.text, self._scanner.vocabulary.language.noise)
        if not words.keys:
            return self._view(self._forked_scanner())._show(utterance, words, None, [], stand_in)
        times = times_in(utterance)
        key = (utterance.speaker, utterance.id)
        draft = self._drafts.pop(key, None)  # kept again when all has gone well
        if draft is None or not draft.take(words, utterance.speaker, times):
            draft = Draft(self._forked_scanner())
            draft.take(words, utterance.speaker, times)
        scanner, spans = draft.read()
        if scanner.failures != draft.failures:
            return self._view(scanner)._show(utterance, words, times, spans, stand_in, failed=True)
        shown = self._view(scanner)._show(utterance, words, times, spans, stand_in)
        self._drafts[key] = draft
        if len(self._drafts) > _DRAFTS:
            del self._drafts[next(iter(self._drafts))]
        return shown

    def _show(
        self,
        utterance: Utterance,
        words: Words,
        times: Times | None,
        spans: list[Span],
        stand_in: str,
        *,
        failed: bool = False,
    ) -> Segment:
        """Write a hypothesis that has been scanned, with these spans: in a copy that is dropped."""
        scanner = self._scanner
        start = scanner.word
        if spans:
            words.place()
        pending = Pending(self._pushed, utterance, start, words, times)
        self._pending.append(pending)
        self._admit(spans)
        if failed:
            self._mask_pending()
        horizon = self._horizon(pending)
        spans = [span for span in self._spans if span.end > start]
        if self._policy.allow:
            spans = without_allowed(spans)
        classes = scanner.vocabulary.classes
        return interim_text(pending, words.keys, classes, horizon, spans, self._replacement, self._kept, stand_in)

    def _view(self, scanner: Scanner) -> CallState:
        """Return a state in which a hypothesis that the scanner has read can be written."""
        other = CallState(self._policy, self._operators, self._kept, scanner)
        other._numbers = self._numbers.fork()
        other._pushed = self.pushed
        other._flushed = self._flushed
        return other

    def _forked_scanner(self) -> Scanner:
        scanner = self._scanner.fork()
        if self.transaction is not None and self.transaction.outcome is None:
            scanner.fail_all()
        return scanner
