"""One incremental engine: a call is pushed utterance by utterance and comes back redacted.

Batch is the same thing: every utterance pushed as final, then `close`. What is released is decided: words leave an
utterance from its start up to its *horizon*, the first word about which some detector is still undecided. An interim
is pushed into a copy of the state, shown up to its horizon, and the copy is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from ccredact.detectors import build_detectors
from ccredact.entities import FAIL_SAFE, REDACTED
from ccredact.errors import PolicyError, StreamError
from ccredact.operators import Hit, Operator, build
from ccredact.policy import Policy
from ccredact.release import Pending, interim_text, render, whole_pieces
from ccredact.scan import Scanner, Vocabulary, align
from ccredact.transcript import Segment, Span, Utterance

BATCH = 32
"""Utterances of a finished call after which it is looked what can be released."""


class Redactor:
    """A policy made ready: shareable between threads, and picklable unless it holds a key.

    `policy` is a `Policy`, the name of a profile ("full", "pci", "hipaa"), a mapping, or the path of a YAML file.
    `key` (at least 32 bytes) is needed by the operator `hash` alone. Raises `PolicyError`.
    """

    def __init__(self, policy: Policy | str | Path | Mapping[str, Any] = "full", *, key: bytes | None = None) -> None:
        self.policy = Policy.load(policy)
        self._keyed = key is not None
        self._operators: dict[str, Operator] = build(self.policy, key=key)
        self._vocabulary = Vocabulary(build_detectors(self.policy))

    def __repr__(self) -> str:
        return f"Redactor({len(self.policy.operators)} entities)"

    def __reduce__(self) -> tuple[type[Redactor], tuple[Policy]]:
        if self._keyed:
            raise PolicyError("a redactor with a key cannot be pickled: hand the key to each worker")
        return (Redactor, (self.policy,))

    def stream(self) -> Call:
        """The state of a new call."""
        return Call(self)

    def redact(self, text: str, *, speaker: str | None = None) -> Segment:
        """Redact one text by itself."""
        return self.redact_call([Utterance(text, speaker=speaker)])[0]

    def redact_call(self, utterances: Iterable[Utterance]) -> list[Segment]:
        """Redact a finished call: one final segment for each utterance, in order.

        Every utterance is taken as final. Raises `StreamError` for what is no utterance.
        """
        call = self.stream()
        parts: list[list[Segment]] = []
        for utterance in utterances:
            parts.append([])
            for number, segment in call.take(utterance, release=len(parts) % BATCH == 0):
                parts[number].append(segment)
        for number, segment in call.finish():
            parts[number].append(segment)
        return [_join(pieces) for pieces in parts]


class Call:
    """One conversation being redacted. Not for sharing between threads; its state is raw text and is never saved."""

    __slots__ = (
        "_broken",
        "_closed",
        "_entities",
        "_ordinals",
        "_pending",
        "_pushed",
        "_redactor",
        "_scanner",
        "_spans",
    )

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        self._scanner = Scanner(redactor._vocabulary, build_detectors(redactor.policy))
        self._pending: list[Pending] = []
        self._spans: list[Span] = []
        self._entities: dict[int, tuple[str, int]] = {}  # entities that may still get pieces: label, ordinal
        self._ordinals: dict[str, int] = {}
        self._pushed = 0
        self._closed = False
        self._broken = False

    def __reduce__(self) -> NoReturn:
        raise StreamError("a call cannot be pickled: its state is raw text")

    def push(self, utterance: Utterance) -> list[Segment]:
        """Take an utterance; return what is decided by it.

        A final may release words of earlier utterances too; all segments of one utterance come in order. An interim
        gives exactly one segment, the whole hypothesis as far as it is decided. Raises `StreamError` after `close`
        or for something that is not an `Utterance`.
        """
        if isinstance(utterance, Utterance) and not utterance.is_final:
            return [self._interim(utterance)]
        return [segment for _, segment in self.take(utterance)]

    def close(self) -> list[Segment]:
        """The call is over: release all that is held. Closing twice is allowed and gives nothing."""
        return [segment for _, segment in self.finish()]

    # -- finals ------------------------------------------------------------------------------------------------

    def take(self, utterance: Utterance, *, release: bool = True) -> list[tuple[int, Segment]]:
        """Like `push` of a final: (number of the utterance in the call, segment).

        Without `release` what is decided comes with a later call: it is the same, only later.
        """
        pending = self._accept(utterance)
        self._pending.append(pending)
        self._scan(pending)
        return self._release() if release else []

    def finish(self) -> list[tuple[int, Segment]]:
        """Like `close`: (number of the utterance in the call, segment)."""
        if self._closed:
            return []
        self._closed = True
        failed = self._scanner.failed
        self._admit(self._scanner.close())
        if self._scanner.failed and not failed:
            self._mask_pending()
        released = self._release(everything=True)
        self._pending, self._spans = [], []
        return released

    def _accept(self, utterance: Utterance) -> Pending:
        if self._closed:
            raise StreamError("the call is closed")
        if not isinstance(utterance, Utterance) or not isinstance(utterance.text, str):
            raise StreamError("push takes an Utterance whose text is a str")
        number = self._pushed
        times = align(utterance.text, utterance.words) if utterance.words else None
        if utterance.words and times is None:
            raise StreamError(f"utterance {number}: its words do not fit its text")
        self._pushed += 1
        name = utterance.id if utterance.id is not None else str(number)
        return Pending(number, name, utterance.speaker, utterance.text, self._scanner.word, times)

    def _scan(self, pending: Pending) -> None:
        failed = self._scanner.failed
        if self._broken:  # an earlier push was cut off in the middle: nothing is known about what follows
            self._scanner.fail_all()
        self._broken = True
        count, offsets, spans = self._scanner.scan(pending.text, pending.speaker, pending.times)
        self._broken = False
        pending.words(count, offsets)
        if spans:
            self._admit(spans)
        if self._scanner.failed and not failed:
            self._mask_pending()

    def _admit(self, spans: list[Span]) -> None:
        """Keep the spans that the policy wants, and number their entities in the order of their decision."""
        policy = self._redactor.policy
        for span in spans:
            if span.label not in FAIL_SAFE and (
                span.label not in self._redactor._operators or span.score < policy.threshold(span.label)
            ):
                continue
            self._spans.append(span)
            if span.entity not in self._entities:
                ordinal = self._ordinals.get(span.label, 0) + 1
                self._ordinals[span.label] = ordinal
                self._entities[span.entity] = (span.label, ordinal)

    def _mask_pending(self) -> None:
        """A detector has failed: what was not released it could have decided, so all of it is masked."""
        for pending in self._pending:
            pending.fault = True
            if pending.left < pending.end:
                self._admit([Span(pending.left, pending.end, REDACTED, 1.0, self._scanner.new_entity())])

    # -- release -----------------------------------------------------------------------------------------------

    def _release(self, *, everything: bool = False) -> list[tuple[int, Segment]]:
        out: list[tuple[int, Segment]] = []
        kept: list[Pending] = []
        newest = self._pending[-1:]
        for pending in self._pending:
            if not everything and pending is not newest[0] and self._is_held(pending):
                kept.append(pending)
                continue
            horizon = pending.end if everything else self._horizon(pending)
            if horizon > pending.left or horizon == pending.end:
                out.append((pending.number, self._render(pending, horizon)))
            if horizon < pending.end:
                kept.append(pending)
        self._pending = kept
        if self._spans or self._entities:
            self._forget()
        return out

    def _is_held(self, pending: Pending) -> bool:
        """Whether its first word is undecided, as it is for most utterances that wait."""
        left = pending.left
        try:
            return any(d.active and d.open_from(left, left + 1) == left for d in self._scanner.detectors)
        except Exception:  # noqa: BLE001 - `_horizon` meets it again, and masks
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
                self._scanner.fail(number)
                self._mask_pending()
                return end
            horizon = min(horizon, found)
        if self._spans:
            horizon = min(horizon, self._waiting_for_value(left, horizon))
        return whole_pieces(self._spans, left, horizon) if self._spans and horizon < end else horizon

    def _waiting_for_value(self, left: int, horizon: int) -> int:
        """The first word hidden by an operator that needs the whole entity, while more of it may come."""
        operators, detectors = self._redactor._operators, self._scanner.detectors
        for span in self._spans:
            if span.end > left and span.start < horizon:
                operator = operators.get(span.label)
                if operator is not None and operator.needs_value and any(d.is_open(span.entity) for d in detectors):
                    horizon = max(left, span.start)
        return horizon

    def _render(self, pending: Pending, horizon: int) -> Segment:
        spans = self._spans
        if spans:
            spans = [span for span in spans if span.end > pending.left and span.start < horizon]
        return render(pending, horizon, spans, self._replacement, is_final=True)

    def _replacement(self, span: Span, text: str) -> str:
        operator = self._redactor._operators.get(span.label)
        if operator is None:
            return f"[{span.label}]"
        value = None
        if operator.needs_value:
            value = next((v for d in self._scanner.detectors if (v := d.value(span.entity)) is not None), None)
        return operator(Hit(span.label, self._entities[span.entity][1], text, value))

    def _forget(self) -> None:
        """Drop what no later piece can need."""
        first = min((pending.left for pending in self._pending), default=self._scanner.word)
        if self._spans:
            self._spans = [span for span in self._spans if span.end > first]
        if len(self._entities) > 64:
            held = {span.entity for span in self._spans}
            oldest = sorted(self._entities)[:-32]
            for entity in oldest:
                if entity not in held:
                    del self._entities[entity]

    # -- interims ----------------------------------------------------------------------------------------------

    def _interim(self, utterance: Utterance) -> Segment:
        pending = self._accept(utterance)
        self._pushed -= 1
        stand_in = self._redactor.policy.stand_in
        try:
            call = self._fork()
            call._pending = [pending]
            call._scan(pending)
            horizon = call._horizon(pending)
            spans = [span for span in call._spans if span.end > pending.left]
            return interim_text(pending, horizon, spans, call._replacement, stand_in)
        except Exception:  # noqa: BLE001, S110 - whatever it is, the words must be hidden
            pass
        return Segment(pending.name, stand_in, pending.speaker, is_final=False, end=len(utterance.text), fault=True)

    def _fork(self) -> Call:
        other = Call.__new__(Call)
        other._redactor = self._redactor
        other._scanner = self._scanner.fork()
        other._pending, other._spans = [], []
        other._entities, other._ordinals = dict(self._entities), dict(self._ordinals)
        other._pushed, other._closed, other._broken = self._pushed, self._closed, self._broken
        return other


def _join(pieces: list[Segment]) -> Segment:
    """The final segments of one utterance as one."""
    if len(pieces) == 1:
        return pieces[0]
    first, last = pieces[0], pieces[-1]
    return replace(
        first,
        text="".join(piece.text for piece in pieces),
        entities=tuple(entity for piece in pieces for entity in piece.entities),
        end=last.end,
        fault=any(piece.fault for piece in pieces),
    )
