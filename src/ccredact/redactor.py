"""One incremental engine: a call is pushed utterance by utterance and comes back redacted.

Batch is the same thing: every utterance pushed as final, then `close` (`ccredact.core.call`).
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from ccredact.core.call import Call
from ccredact.core.checks import problem_with
from ccredact.core.scanner import Scanner
from ccredact.core.state import CallState
from ccredact.core.vocabulary import Vocabulary
from ccredact.detectors.base import Detector, ExtraDetector
from ccredact.detectors.registry import build_detectors, tagger_for
from ccredact.dialogue.hold_bounds import HoldBounds
from ccredact.dialogue.state import Dialogue
from ccredact.entities import ENTITY_TYPES, FAIL_SAFE
from ccredact.errors import CcredactError, HandoverError, PolicyError, StreamError, WorkerError
from ccredact.lang.en.bare_name import bare_name
from ccredact.lang.en.language import english
from ccredact.operators import Operator, Replace, build
from ccredact.policy import Policy
from ccredact.transcript import Name, Segment, Utterance, joined

if TYPE_CHECKING:
    from ccredact.live.adapter import Adapter, Event

_LABEL: Final = re.compile(r"[A-Z][A-Z0-9_]{0,39}")
_MEMBERS: Final = ("labels", "wake", "guards", "active", "feed", "close", "fork", "open_from", "is_open", "value")
"""What a user's detector has."""
BATCH: Final = 32
"""How many utterances of a finished call are scanned between two release passes."""
_LAST4: Final = "CREDIT_CARD_LAST4"
"""Kept, it shows the four digits whatever else they may be: with this entity a policy names what may stay."""
_CALLS_A_JOB: Final = 8
_JOBS_AHEAD: Final = 4
"""How many jobs of each worker may be done before one that comes earlier."""

Many = list[Segment] | CcredactError
"""What becomes of one call of many."""


class Redactor:
    """A policy made ready: shareable between threads, and picklable unless it holds a key.

    `policy` is a `Policy`, the name of a profile ("full", "pci", "hipaa"), a mapping, or the path of a YAML file.
    `key` (at least 32 bytes) is needed by the operator `hash` alone. `detectors` are your own, beside the built-in
    ones; each is forked for every call. Their labels must be UPPER_SNAKE: one that ccredact knows must be switched
    on in the policy, which says what becomes of it; any other is replaced by the label, from the default threshold
    on. `tagger=False` leaves out the trained model: names and places are then hidden only where the dialogue tells
    them; a path is that of other weights (`models/`). Raises `PolicyError`, and `ModelError` for weights that cannot be
    read.
    """

    def __init__(
        self,
        policy: Policy | str | Path | Mapping[str, Any] = "full",
        *,
        key: bytes | None = None,
        detectors: Iterable[ExtraDetector] = (),
        tagger: bool | str | Path = True,
    ) -> None:
        self.policy = Policy.load(policy)
        self._weights = tagger
        self._tagger = tagger_for(self.policy, weights=tagger)
        self._key = key
        if not isinstance(detectors, Iterable):
            raise PolicyError("detectors are a list of detectors")
        self._extra = tuple(detectors)
        denied = {label: Replace() for label in self.policy.deny}
        self._operators = (
            denied | _labels_of(self._extra, self.policy) | build(self.policy.operators, key=key, bare_name=bare_name)
        )
        self._kept = self.policy.kept - {_LAST4}
        hold = self.policy.hold
        self._hold = HoldBounds(hold.turns, hold.words, hold.seconds)
        self._vocabulary = Vocabulary(english(), self._detectors())
        self._guarded: Vocabulary | None = None  # with the detector of calls whose secrets were left out
        # An operator that needs a whole value is asked as soon as it may be: detectors do not keep values for ever.
        self._batch = 1 if any(operator.needs_value for operator in self._operators.values()) else BATCH

    def __repr__(self) -> str:
        return f"Redactor({len(self.policy.operators)} entities)"

    def __reduce__(self) -> tuple[object, ...]:
        if self._key is not None:
            raise PolicyError("a redactor with a key cannot be pickled: hand the key to each worker")
        more: dict[str, Any] = {} if self._weights is True else {"tagger": self._weights}
        if self._extra:
            more["detectors"] = self._extra
        return (partial(Redactor, **more) if more else Redactor, (self.policy,))

    @property
    def labels(self) -> frozenset[str]:
        """The labels that its entities may have, but for those that stand for what could not be decided."""
        return frozenset(self._operators)

    def stream(self, *, names: Sequence[str] = (), clock: Callable[[], float] = monotonic) -> Call:
        """Begin a call. `names` of people that are known before it are hidden wherever they are said, as `PERSON`.

        `clock` gives the time in seconds, for `Call.held` and `Call.flush`. Raises `StreamError` for names that are no
        list of texts.
        """
        known = _checked_names(names)
        return Call(self._state(known), clock, partial(self._export, known))

    def import_call(
        self,
        data: bytes,
        key: bytes,
        *,
        id: Name = "",  # noqa: A002 - as in `Utterance`
        degrade: bool = False,
        clock: Callable[[], float] = monotonic,
    ) -> Call:
        """Return a call that `Call.export` has given, to go on with: under the same policy, by the same version.

        Where either is another one it is a `HandoverError`, or, with `degrade`, a call that begins anew: what was held
        comes hidden, and numbers of three digits and more are hidden till its end. So they are where a security code or
        a PIN was told before, or was being told. What was held comes with the first push, flush or close.
        """
        from ccredact.live.handover import import_state  # noqa: PLC0415 - for those who hand calls over

        names: list[tuple[str, ...]] = []

        def begin(known: tuple[str, ...]) -> CallState:
            names.append(known)
            return self._state(known)

        def guard(state: CallState, detector: Detector) -> None:
            vocabulary = None if names[0] else self._guarded
            if vocabulary is None:
                vocabulary = Vocabulary(english(), [*self._detectors(names[0]), detector])
            if not names[0]:
                self._guarded = vocabulary  # for the next one: it takes a while, and is large
            state.scanner.add(detector, vocabulary)

        state = import_state(data, key, id, begin, guard, degrade=degrade)
        state.resume(clock())
        return Call(state, clock, partial(self._export, names[0]))

    def _export(self, names: tuple[str, ...], state: CallState, key: bytes, name: Name) -> bytes:
        from ccredact.live.handover import export_state  # noqa: PLC0415 - as above

        if self._extra:
            raise HandoverError("a call with detectors of your own cannot be handed over")
        return export_state(state, self._state(names), key, name, names=names)

    def live(
        self, events: AsyncIterable[Event], adapter: Adapter[Event] | str | None = None, **options: Any
    ) -> AsyncIterator[Event]:
        """Give the events of many running calls back redacted: `async for event in redactor.live(events, adapter)`.

        `adapter` is one, or the name of a recogniser ("deepgram"). Without one events are `(call id, Utterance)`, and
        come back as `(call id, Segment)`; one of another type is a `StreamError`, once what was held has been given.
        `options` are those of `ccredact.live.loop.redact_live`: `after`, `idle`, `limits`, `clock`, `every` and `hook`.
        Raises `StreamError` for an unknown name.
        """
        from ccredact.live.loop import redact_live  # noqa: PLC0415 - asyncio is loaded by those who need it
        from ccredact.live.plain import PlainEvents, checked  # noqa: PLC0415

        chosen: Any = adapter
        if adapter is None:
            events, chosen = checked(events), PlainEvents()
        if isinstance(adapter, str):
            from ccredact.live.adapters import adapter as named  # noqa: PLC0415

            chosen = named(adapter, policy=self.policy)
        return redact_live(self, events, chosen, **options)

    def _state(self, names: tuple[str, ...] = ()) -> CallState:
        detectors = self._detectors(names)
        vocabulary = Vocabulary(english(), detectors) if names else self._vocabulary
        scanner = Scanner(vocabulary, detectors, Dialogue(self._hold))
        return CallState(self.policy, self._operators, self._kept, scanner, len(names))

    def _detectors(self, names: tuple[str, ...] = ()) -> list[Detector]:
        """Return fresh detectors for one call."""
        return [*build_detectors(self.policy, self._tagger, names), *(detector.fork() for detector in self._extra)]

    def redact(self, text: str, *, speaker: Name | None = None) -> Segment:
        """Redact one text by itself. Raises `StreamError` for what is no text."""
        if not isinstance(text, str):
            del text  # no frame of a traceback may hold it
            raise StreamError("redact takes a str: utterances go to redact_call")
        utterance = Utterance(text, speaker=speaker)
        del text  # no frame of a traceback may hold it
        return self.redact_call((utterance,))[0]

    def redact_call(self, utterances: Iterable[Utterance], *, names: Sequence[str] = ()) -> list[Segment]:
        """Redact a finished call: one final segment for each utterance, in order.

        Every utterance is taken as final; `names` as for `stream`. Raises `StreamError` for what is no utterance.
        """
        if not isinstance(utterances, Iterable):
            del utterances  # as below
            raise StreamError("redact_call takes the utterances of a call")
        call = self._state(_checked_names(names))
        parts: list[list[Segment]] = []
        problem = None
        coming = iter(utterances)
        while problem is None and (batch := list(islice(coming, BATCH))):
            problems = [problem_with(utterance) for utterance in batch]
            problem = next((found for found in problems if found is not None), None)
            if problem is not None:
                del batch[problems.index(problem) :]
            call.look_ahead(batch)
            for utterance in batch:
                parts.append([])
                for number, segment in call.take(utterance, release=len(parts) % self._batch == 0):
                    parts[number].append(segment)
        if problem is not None:
            utterance = utterances = batch = coming = None  # type: ignore[assignment]  # no frame of a traceback may hold them
            raise StreamError(f"utterance {len(parts)}: {problem}")
        for number, segment in call.finish():
            parts[number].append(segment)
        return [joined(pieces) for pieces in parts]

    def redact_many(
        self, calls: Iterable[Iterable[Utterance]], *, workers: int | None = None
    ) -> Iterator[tuple[Sequence[Utterance], Many]]:
        """Redact many finished calls in processes, one for each core by default: each call with its result, in order.

        The result is that of `redact_call`, or the error that it would raise: no call keeps the others from being
        redacted, nor does a process that dies (`WorkerError`). Calls are taken as they can be begun. The processes end
        with the generator; 0 workers work in this process. Raises `StreamError` for a number of workers below 0.
        """
        from ccredact.workers import usable_cores  # noqa: PLC0415 - multiprocessing is loaded by those who need it

        count = usable_cores() if workers is None else workers
        if not isinstance(count, int) or count < 0:
            raise StreamError("workers are a number of processes, 0 or more")
        if count == 0:
            return ((_shown(call), _here(self, call)) for call in map(_given, calls))
        make = _Make(self.policy, self._key, self._extra, self._weights)
        return _many(make, calls, count)


@dataclass(frozen=True, slots=True)
class _Make:
    """What a worker makes its redactor of; it goes to no file."""

    policy: Policy
    key: bytes | None = field(repr=False)
    detectors: tuple[ExtraDetector, ...]
    tagger: bool | str | Path

    def __call__(self, beat: Callable[[], None]) -> Callable[[Sequence[_Given]], list[Many]]:
        del beat
        redactor = Redactor(self.policy, key=self.key, detectors=self.detectors, tagger=self.tagger)
        return lambda calls: [_one(redactor, call) for call in calls]


_Given = tuple[Utterance, ...] | StreamError


def _one(redactor: Redactor, call: _Given) -> Many:
    if isinstance(call, StreamError):
        return call
    try:
        return redactor.redact_call(call)
    except CcredactError as error:
        return type(error)(*error.args)  # without its traceback


def _here(redactor: Redactor, call: _Given) -> Many:
    """Return what a worker would, from this process."""
    try:
        return _one(redactor, call)
    except Exception as error:  # noqa: BLE001  (it may carry text)
        return WorkerError(f"it cannot be handled ({type(error).__name__})")


def _shown(call: _Given) -> tuple[Utterance, ...]:
    return () if isinstance(call, StreamError) else call


def _many(make: _Make, calls: Iterable[Iterable[Utterance]], count: int) -> Iterator[tuple[Sequence[Utterance], Many]]:
    from ccredact.workers import Lost, Raised, Workers  # noqa: PLC0415

    coming = map(_given, calls)
    jobs = iter(lambda: tuple(islice(coming, _CALLS_A_JOB)), ())
    with Workers[tuple[_Given, ...], list[Many]](make, count=count, split=lambda job: [(one,) for one in job]) as them:
        for job, results in them.ordered(jobs, ahead=_JOBS_AHEAD * count):
            if isinstance(results, Lost):
                done: list[Many] = [WorkerError("the process that worked on it died, twice")] * len(job)
            elif isinstance(results, Raised):
                done = [WorkerError(f"it cannot be handled ({results.kind})")] * len(job)
            else:
                done = results
            for call, result in zip(job, done, strict=True):
                yield _shown(call), result


def _given(call: Iterable[Utterance]) -> _Given:
    """Return a call as it goes to a worker, or what is wrong with it."""
    if not isinstance(call, Iterable):
        return StreamError("redact_many takes calls, each the utterances of one")
    try:
        utterances = tuple(call)
    except Exception as error:  # noqa: BLE001  (it may carry text)
        return StreamError(f"the call cannot be read ({type(error).__name__})")
    for number, utterance in enumerate(utterances):
        problem = problem_with(utterance)
        if problem is not None:
            return StreamError(f"utterance {number}: {problem}")
    return utterances


def _checked_names(names: Sequence[str]) -> tuple[str, ...]:
    if isinstance(names, str) or not all(isinstance(name, str) for name in names):
        del names  # no frame of a traceback may hold them
        raise StreamError("names are a list of texts")
    return tuple(names)


def _labels_of(detectors: Sequence[ExtraDetector], policy: Policy) -> dict[str, Operator]:
    """Return the operators of labels that only a user's detectors have; raises `PolicyError`."""
    for detector in detectors:
        missing = [name for name in _MEMBERS if not hasattr(detector, name)]
        if missing:
            raise PolicyError(f"a detector has {', '.join(missing)}: see ccredact.detectors.base.ExtraDetector")
        labels: object = detector.labels
        if not isinstance(labels, AbstractSet) or not all(isinstance(label, str) for label in labels):
            raise PolicyError("a detector's labels are a frozenset of names")
        _check_declared(detector)
    named = frozenset[str]().union(*(detector.labels for detector in detectors)) - FAIL_SAFE
    for label in sorted(named):
        if not _LABEL.fullmatch(label):
            raise PolicyError("a detector's labels must be UPPER_SNAKE, of 40 characters at most")
        if label in ENTITY_TYPES and not policy.enabled(label):
            raise PolicyError(f"{label} is switched off in this policy, but a detector given to it looks for it")
    return {label: Replace() for label in named - ENTITY_TYPES.keys()}


def _check_declared(detector: ExtraDetector) -> None:
    """Raise `PolicyError` for what a detector declares in another type than it must have."""
    if not type(detector.wake) is type(detector.guards) is int or not isinstance(detector.active, bool):
        raise PolicyError("a detector's wake and guards are classes of words, active is true or false")
    for name in ("wake_words", "guard_words"):
        words: object = getattr(detector, name, frozenset())
        if not isinstance(words, AbstractSet) or not all(isinstance(word, str) for word in words):
            raise PolicyError(f"a detector's {name} are a frozenset of words")
    if not isinstance(getattr(detector, "phrases", ""), str):
        raise PolicyError("a detector's phrases are a text with sections of them")
