"""The state of one conversation: what has been taken, what is decided, what is released.

What is released is decided: words leave an utterance from its start up to its *horizon*, the first word about which
some detector is still undecided. An interim is pushed into a copy of the state, shown up to its horizon, and the copy
is dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ccredact.core.alignment import times_in
from ccredact.core.entity_numbers import Ordinals
from ccredact.core.release import Pending, interim_text, name_of, render, untouched, whole_pieces
from ccredact.core.scanner import Scanner
from ccredact.entities import ENTITY_TYPES, FAIL_SAFE, REDACTED
from ccredact.operators import Hit, Operator
from ccredact.policy import Policy
from ccredact.text.words import keys_of
from ccredact.transcript import Segment, Span, Utterance

_OURS = ENTITY_TYPES.keys() | FAIL_SAFE


class CallState:
    """One conversation being redacted, for those who have checked that what it takes are utterances (`Call`)."""

    __slots__ = (
        "_closed", "_operators", "_ordinals", "_pending", "_policy", "_pushed", "_scanner", "_spans", "_taking",
    )  # fmt: skip

    def __init__(self, policy: Policy, operators: Mapping[str, Operator], scanner: Scanner) -> None:
        self._policy = policy
        self._operators = operators
        self._scanner = scanner
        self._pending: list[Pending] = []
        self._spans: list[Span] = []
        self._ordinals = Ordinals()
        self._pushed = 0
        self._closed = False
        self._taking: Utterance | None = None  # until its scan is over: an interruption leaves it here

    @property
    def closed(self) -> bool:
        """Whether the call is over."""
        return self._closed

    # -- finals ------------------------------------------------------------------------------------------------

    def look_ahead(self, coming: Sequence[Utterance]) -> None:
        """Be told the finals that `take` will get: what can be done for several at once is done now."""
        failures = self._scanner.failures
        if len(coming) > 1:
            self._scanner.look_ahead((utterance.text, utterance.speaker) for utterance in coming)
        if self._scanner.failures != failures:
            self._mask_pending()

    def take(self, utterance: Utterance, *, release: bool = True) -> list[tuple[int, Segment]]:
        """Take a final: (number of the utterance in the call, segment) of what is decided by it.

        Without `release` what is decided comes with a later call: it is the same, only later.
        """
        if self._taking is not None:
            self._recover()
        number = self._pushed
        if self._scan(utterance) is None:
            return [(number, untouched(name_of(utterance, number), utterance.text, utterance.speaker))]
        return self._release() if release else []

    def finish(self, *, cut: bool = False) -> list[tuple[int, Segment]]:
        """The call is over, or was cut off: all that is held, (number of the utterance in the call, segment)."""
        if self._closed:
            return []
        if self._taking is not None:
            self._recover()
        self._closed = True
        failures = self._scanner.failures
        self._admit(self._scanner.close(cut=cut))
        if self._scanner.failures != failures:
            self._mask_pending()
        released = self._release(everything=True)
        self._pending, self._spans = [], []
        return released

    def _scan(self, utterance: Utterance, *, is_final: bool = True) -> Pending | None:
        """Scan an utterance; None when all of it can be released at once, and nothing is waiting before it."""
        scanner, number = self._scanner, self._pushed
        start, failures = scanner.word, scanner.failures
        times = times_in(utterance)
        self._pushed = number + 1
        self._taking = utterance
        spans = scanner.scan(utterance.text, utterance.speaker, times, is_final=is_final)
        if not (spans or scanner.awake or self._pending or scanner.failures != failures):
            self._taking = None
            return None
        pending = Pending(number, utterance, start, scanner.word, times)
        self._pending.append(pending)
        self._taking = None
        if spans:
            self._admit(spans)
        if scanner.failures != failures:
            self._mask_pending()
        return pending

    def _recover(self) -> None:
        """An earlier push was cut off in the middle: mask what it left, and all its kind of words from now on."""
        taking, self._taking = self._taking, None
        number, start = self._pushed - 1, self._scanner.word
        if taking is not None and not (self._pending and self._pending[-1].number == number):
            self._scanner.word += len(keys_of(taking.text))
            self._pending.append(Pending(number, taking, start, self._scanner.word, times_in(taking)))
        self._scanner.fail_all()
        self._mask_pending()

    def _admit(self, spans: list[Span]) -> None:
        """Keep the spans that the policy wants, and number their entities in the order of their decision."""
        least = self._policy.thresholds
        for found in spans:
            span, label = found, found.label
            if label not in _OURS and label not in self._operators:  # of a user's detector that never said so
                span, label = Span(found.start, found.end, REDACTED, 1.0, found.entity), REDACTED
            if label not in FAIL_SAFE and (
                label not in self._operators or span.score < least.get(label, least["default"])
            ):
                continue
            self._spans.append(span)
            self._ordinals.admit(span.entity, label)

    def _mask_pending(self) -> None:
        """A detector has failed: what was not released it could have decided, so all of it is masked."""
        for pending in self._pending:
            pending.fault = True
            if pending.left < pending.end:
                self._admit([Span(pending.left, pending.end, REDACTED, 1.0, self._scanner.new_entity())])

    def _fail(self, number: int) -> None:
        self._scanner.fail(number)
        self._mask_pending()

    # -- release -----------------------------------------------------------------------------------------------

    def _release(self, *, everything: bool = False) -> list[tuple[int, Segment]]:
        out: list[tuple[int, Segment]] = []
        kept: list[Pending] = []
        newest = self._pending[-1] if self._pending else None
        for pending in self._pending:
            if everything:
                horizon = pending.end
            elif pending is not newest and self._is_held(pending.left):
                kept.append(pending)
                continue
            else:
                horizon = self._horizon(pending)
            if horizon > pending.left or horizon == pending.end:
                out.append((pending.number, self._write(pending, horizon)))
            if horizon < pending.end:
                kept.append(pending)
        self._pending = kept
        if self._spans:
            self._forget()
        return out

    def _write(self, pending: Pending, horizon: int) -> Segment:
        """The words of an utterance up to the horizon."""
        left = pending.left
        spans = [s for s in self._spans if s.end > left and s.start < horizon] if self._spans else []
        if not spans and left == pending.start and horizon == pending.end and not pending.fault:
            return untouched(pending.name, pending.text, pending.speaker)
        return render(pending, horizon, spans, self._replacement, is_final=True)

    def _is_held(self, word: int) -> bool:
        """Whether a word is undecided, as the first one is of most utterances that wait."""
        try:
            for detector in self._scanner.detectors:
                if detector.active and detector.open_from(word, word + 1) == word:
                    return True
        except Exception:  # noqa: BLE001, S110 - `_horizon` meets it again, and masks
            pass
        return False

    def _horizon(self, pending: Pending) -> int:
        """The first word of the utterance that cannot be released yet; its end when all of it can."""
        left, end = pending.left, pending.end
        horizon = end
        for number, detector in enumerate(self._scanner.detectors):
            if not detector.active:
                continue
            try:
                found = detector.open_from(left, horizon)
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
        """The first word hidden by an operator that needs the whole entity, while more of it may come."""
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
        if operator is None:
            return f"[{span.label}]"
        value = self._value(span.entity) if operator.needs_value else None
        return operator(Hit(span.label, self._ordinals.of(span.entity, span.label), text, value))

    def _forget(self) -> None:
        """Drop what has been written."""
        if not self._pending:
            self._spans = []
            self._ordinals.keep(())
            return
        first = min(pending.left for pending in self._pending)
        self._spans = [span for span in self._spans if span.end > first]
        self._ordinals.keep({(span.entity, span.label) for span in self._spans})

    # -- interims ----------------------------------------------------------------------------------------------

    def interim(self, utterance: Utterance) -> Segment:
        """Show a hypothesis as far as it is decided; nothing is kept of it."""
        stand_in = self._policy.stand_in
        try:
            return self._fork()._show(utterance, stand_in)
        except Exception:  # noqa: BLE001, S110 - whatever it is, the words must be hidden
            pass
        name, end = name_of(utterance, self._pushed), len(utterance.text)
        return Segment(name, stand_in, utterance.speaker, is_final=False, end=end, fault=True)

    def _show(self, utterance: Utterance, stand_in: str) -> Segment:
        """Scan and write a hypothesis: in a copy that is dropped."""
        start = self._scanner.word
        pending = self._scan(utterance, is_final=False) or Pending(
            self._pushed - 1, utterance, start, self._scanner.word, None
        )
        horizon = self._horizon(pending)
        spans = [span for span in self._spans if span.end > pending.left]
        return interim_text(pending, horizon, spans, self._replacement, stand_in)

    def _fork(self) -> CallState:
        other = CallState(self._policy, self._operators, self._scanner.fork())
        other._ordinals = self._ordinals.fork()
        other._pushed = self._pushed
        if self._taking is not None:
            other._scanner.fail_all()
        return other
