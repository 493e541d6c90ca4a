"""Thousands of open calls in one process, by their ids.

A pool is plain code without threads, timers or queues: it takes one event at a time, and is told the time by whoever
has a timer (`tick`). It reads its clock for each event. Nothing of it may be shared between threads.
"""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, Protocol

from ccredact.core.call import DEADLINE
from ccredact.core.checks import is_name
from ccredact.errors import StreamError
from ccredact.live.adapter import Kind
from ccredact.live.limits import LOST, OUTCOMES, Limits, Outcome
from ccredact.live.session import Session
from ccredact.transcript import Utterance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ccredact.core.call import Call
    from ccredact.live.adapter import Heard
    from ccredact.transcript import Name, Segment

IDLE: Final = 600.0
"""Seconds without an event after which a call is evicted."""
EVERY: Final = 0.25
"""Seconds between two times that a pool is told, where nobody says otherwise."""
_ROUNDED: Final = 1e-6
"""Seconds that a time may be off, as it is told in seconds before another one."""


class Streams(Protocol):
    """What begins calls: a `Redactor`."""

    def stream(self, *, clock: Callable[[], float]) -> Call:
        """Begin a call."""

    def import_call(
        self,
        data: bytes,
        key: bytes,
        *,
        id: Name,  # noqa: A002 - as there
        degrade: bool,
        clock: Callable[[], float],
    ) -> Call:
        """Go on with a call that was exported."""


@dataclass(frozen=True, slots=True)
class Given:
    """What an event, or time, has released of a call, in order; `closed` says that it is over.

    `name` is what its segments call the utterance of the event; `beside` redacts texts that stand beside what is said
    in a call that is over now.
    """

    call: Name
    segments: tuple[Segment, ...] = ()
    outcome: Outcome = Outcome.TAKEN
    name: Name | None = None
    closed: bool = False
    beside: Callable[[Sequence[Utterance]], list[Segment]] | None = field(default=None, repr=False, compare=False)


@dataclass(slots=True)
class _OpenGiven:
    """What was given while it is made: a frozen dataclass sets each field through a slow call. It is as `Given`."""

    call: Name
    segments: tuple[Segment, ...]
    outcome: Outcome
    name: Name | None
    closed: bool
    beside: Callable[[Sequence[Utterance]], list[Segment]] | None


def _given(call: Name, segments: Sequence[Segment], outcome: Outcome, name: Name) -> Given:
    """Return what an event has released, in half of the time."""
    made: Any = _OpenGiven(call, tuple(segments), outcome, name, False, None)  # noqa: FBT003
    made.__class__ = Given
    given: Given = made
    return given


class CallPool:
    """Open calls by id. What comes of an event is returned by `take`; what comes of time goes to `deliver`.

    `after` is how many seconds words are held, and a provisional final is one, until a `tick` releases them; None: for
    ever. A call without an event for `idle` seconds is closed by a `tick` as one that broke off. `limits` bound an
    event, a call and the pool: what goes beyond is refused, with its `Outcome`. `clock` gives the time in seconds.
    `hook` is called with the pool at the end of each `tick` and of `close`, to read its counters.
    """

    def __init__(
        self,
        redactor: Streams,
        *,
        deliver: Callable[[Given], object] | None = None,
        after: float | None = DEADLINE,
        idle: float | None = IDLE,
        limits: Limits | None = None,
        clock: Callable[[], float] = monotonic,
        hook: Callable[[CallPool], object] | None = None,
    ) -> None:
        if not callable(clock) or not all(given is None or callable(given) for given in (deliver, hook)):
            raise StreamError("clock, deliver and hook are functions")
        for seconds in (after, idle):
            if seconds is not None and (not isinstance(seconds, int | float) or not seconds >= 0):
                raise StreamError("after and idle are seconds, 0 or more, or None")
        self._redactor = redactor
        self._deliver = deliver
        self._after = after
        self._idle = idle
        self._limits = Limits() if limits is None else limits
        self._clock = clock
        self._hook = hook
        self._calls: dict[Name, Session] = {}  # the one whose last event is longest ago first
        self._waiting: dict[Name, Session] = {}  # those of which time may release something
        self._order: list[tuple[float, int, Name]] = []  # a heap: no waiting call is looked at before this time
        self._ordered: set[Name] = set()  # the calls that stand in it, once each; one may wait no longer
        self._numbers = count()
        self._closed: dict[Name, None] = {}
        self._counts: Counter[str] = Counter()
        self._warned: set[Outcome] = set()  # of events of no call that is open

    # -- what is open ------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        """Return how many calls are open."""
        return len(self._calls)

    def __contains__(self, call: Name) -> bool:
        """Return whether a call is open."""
        return call in self._calls

    def __iter__(self) -> Iterator[Name]:
        """Give the ids of the open calls, the one whose last event is longest ago first."""
        return iter(list(self._calls))

    @property
    def limits(self) -> Limits:
        """Return what is taken."""
        return self._limits

    @property
    def is_full(self) -> bool:
        """Return whether no call can begin."""
        return len(self._calls) >= self._limits.calls

    @property
    def counts(self) -> dict[str, int]:
        """Return what has been counted: events by outcome, calls begun, closed and evicted, segments given."""
        return dict(self._counts)

    @property
    def held(self) -> int:
        """Return how many words are held in all calls."""
        return sum(session.held for session in self._waiting.values())

    # -- events --------------------------------------------------------------------------------------------------------

    def take(self, heard: Heard) -> Given:
        """Take what an event says; return what became of it, and what is released by it.

        Raises `StreamError` for what is no id of a call or no utterance; the calls go on as if it had not come.
        """
        if not is_name(heard.call):
            raise StreamError("the id of a call is a str or an int")
        if heard.utterance is not None and not isinstance(heard.utterance, Utterance):
            del heard  # no frame of a traceback may hold its text
            raise StreamError("what is heard is an Utterance")
        given = self._taken(heard, self._clock())
        self._count(given.outcome, given.call)
        self._counts["segments"] += len(given.segments)
        return given

    def aside(self, call: Name, utterances: Sequence[Utterance]) -> list[Segment]:
        """Return texts that stand beside what is said in a call, redacted with what was told in it.

        A call that is not open begins with them. Of one that is over, and where none can begin, there is nothing.
        """
        if call in self._closed or any(self._limits.of_utterance(one) is not None for one in utterances):
            return []
        if call not in self._calls:
            if self.is_full:
                return []
            self._calls[call] = self._begin()
            self._calls[call].seen = self._clock()
        return self._calls[call].aside(utterances)

    def export(self, call: Name, key: bytes, *, flush: bool = False) -> bytes:
        """Return an open call, encrypted, for `import_call` of a pool elsewhere; it is over here then.

        What its recogniser has called final until another one comes is a final before that, and what it releases is
        delivered; interims without a final are dropped. What is held goes with the call, unless `flush` releases it
        first, as a deadline does: an event that an adapter gives back whole does not go with it. Raises `StreamError`
        for a call that is not open, and `HandoverError`.
        """
        session = self._calls.get(call)
        if session is None:
            raise StreamError("there is no open call of this id")
        self._hand_over(Given(call, tuple(session.settle())))
        if flush:
            self._hand_over(Given(call, tuple(session.tick(self._clock(), after=0))))
        data = session.export(key, call)
        self._end(call)
        self._hand_over(Given(call, closed=True))
        return data

    def import_call(self, call: Name, data: bytes, key: bytes, *, degrade: bool = False) -> Outcome:
        """Go on with a call that a pool elsewhere has exported, as `Redactor.import_call` does; return the outcome.

        Which of its utterances have a final is known. Raises `HandoverError`, and `StreamError` for an open call.
        """
        if call in self._calls:
            raise StreamError("a call of this id is open")
        if self.is_full:
            return Outcome.POOL_FULL
        known, state = Session.parts(data, key, call)
        stream = self._redactor.import_call(state, key, id=call, degrade=degrade, clock=self._clock)
        session = self._session(stream)
        session.know(known)
        session.seen = self._clock()
        self._closed.pop(call, None)  # it has come back
        self._calls[call] = session
        self._note(call, session)
        return Outcome.TAKEN

    def refuse(self, outcome: Outcome, call: Name | None = None) -> None:
        """Count an event that was not fit to be read, or to be written; of a call, where it is known."""
        self._count(outcome, call)

    def _count(self, outcome: Outcome, call: Name | None) -> None:
        """Count an event; warn of a lost one, once for each call that is open. No id and no text is in the warning."""
        self._counts[outcome] += 1
        if outcome not in LOST:
            return
        session = self._calls.get(call) if call is not None else None
        warned = self._warned if session is None else session.warned
        if outcome not in warned:
            warned.add(outcome)
            _LOG.warning("an event is lost (%s): %s; more of them are only counted", outcome.value, OUTCOMES[outcome])

    def _taken(self, heard: Heard, now: float) -> Given:
        call = heard.call
        if call in self._closed:
            return Given(call, outcome=Outcome.CLOSED_CALL)
        if heard.kind is Kind.CLOSED or heard.kind is Kind.CUT:
            if call not in self._calls:
                return Given(call, closed=True)
            return self._close(call, cut=heard.kind is Kind.CUT)
        refused = None if heard.utterance is None else self._limits.of_utterance(heard.utterance)
        if refused is not None:
            return Given(call, outcome=refused)
        session = self._calls.pop(call, None)
        if session is None:
            if self.is_full:
                return Given(call, outcome=Outcome.POOL_FULL)
            session = self._begin()
        session.seen = now
        self._calls[call] = session  # the last one now
        name = session.name_of(heard)
        outcome, segments = session.take(heard, now)
        self._note(call, session)
        return _given(call, segments, outcome, name)

    def _begin(self) -> Session:
        return self._session(self._redactor.stream(clock=self._clock))

    def _session(self, call: Call) -> Session:
        self._counts["begun"] += 1
        after = float("inf") if self._after is None else self._after
        return Session(call, self._limits, after=after)

    def _note(self, call: Name, session: Session) -> None:
        """Note whether, and from when on, time alone may release something of a call."""
        since = session.waiting_since(self._clock())
        if since is None:
            self._waiting.pop(call, None)
            return
        self._waiting[call] = session
        if self._after is not None and call not in self._ordered:
            self._ordered.add(call)
            heappush(self._order, (since + self._after - _ROUNDED, next(self._numbers), call))

    def _close(self, call: Name, *, cut: bool) -> Given:
        session = self._calls[call]
        segments = session.close(cut=cut)
        self._end(call)
        return Given(call, tuple(segments), closed=True, beside=session.aside)

    def _end(self, call: Name) -> None:
        """Know that a call is over."""
        del self._calls[call]
        self._waiting.pop(call, None)
        self._counts["closed"] += 1
        if self._limits.closed_calls:
            self._closed[call] = None
            if len(self._closed) > self._limits.closed_calls:
                del self._closed[next(iter(self._closed))]

    # -- time ------------------------------------------------------------------------------------------------------

    def tick(self, now: float | None = None) -> None:
        """Take the time, the clock's or one read from it: flush what has waited, evict calls that nothing comes of."""
        if now is None:
            now = self._clock()
        if self._after is not None:
            due, done = self._due(now), 0
            try:
                for call, session in due:
                    segments = session.tick(now, after=self._after)
                    self._note(call, session)
                    done += 1
                    self._hand_over(Given(call, tuple(segments)))
            finally:  # whatever was raised, the others wait as they did
                for call, session in due[done:]:
                    self._note(call, session)
        while self._idle is not None and self._calls:
            call, session = next(iter(self._calls.items()))
            if now - session.seen < self._idle:
                break
            self._counts["evicted"] += 1
            self._hand_over(self._close(call, cut=True))
        self._look()

    def _due(self, now: float) -> list[tuple[Name, Session]]:
        """Return the calls of which this time may release something: of thousands that wait they are a few."""
        due: list[tuple[Name, Session]] = []
        while self._order and self._order[0][0] <= now:
            call = heappop(self._order)[2]
            self._ordered.discard(call)
            if call in self._waiting:
                due.append((call, self._waiting[call]))
        return due

    def close(self, *, cut: bool = True) -> None:
        """Close all calls: as ones that broke off, unless they are over."""
        for call in list(self._calls):
            self._hand_over(self._close(call, cut=cut))
        self._look()

    def drop(self) -> None:
        """Forget all calls and what they hold: nobody reads it any more."""
        self._calls.clear()
        self._waiting.clear()
        self._order.clear()
        self._ordered.clear()

    def _look(self) -> None:
        if self._hook is not None:
            self._hook(self)

    def _hand_over(self, given: Given) -> None:
        self._counts["segments"] += len(given.segments)
        if self._deliver is not None and (given.segments or given.closed):
            self._deliver(given)

    # -- counters --------------------------------------------------------------------------------------------------

    def metrics(self) -> str:
        """Return the counters in the text form of Prometheus; no id and no text is in them."""
        counts = self._counts
        lines = ["# HELP ccredact_events_total Events by what became of them.", "# TYPE ccredact_events_total counter"]
        lines += [f'ccredact_events_total{{outcome="{outcome}"}} {counts[outcome]}' for outcome in OUTCOMES]
        for name, what in _COUNTERS.items():
            lines += [f"# HELP ccredact_{name}_total {what}", f"# TYPE ccredact_{name}_total counter"]
            lines.append(f"ccredact_{name}_total {counts[name.removeprefix('calls_')]}")
        for name, what, value in (
            ("calls_open", "Calls that are open.", len(self)),
            ("words_held", "Words that are held in all calls.", self.held),
        ):
            lines += [f"# HELP ccredact_{name} {what}", f"# TYPE ccredact_{name} gauge", f"ccredact_{name} {value}"]
        return "\n".join(lines) + "\n"


_LOG: Final = logging.getLogger("ccredact.live")
_COUNTERS: Final = {
    "calls_begun": "Calls that have begun.",
    "calls_closed": "Calls that are over, evicted ones among them.",
    "calls_evicted": "Calls that were closed because nothing came of them.",
    "segments": "Segments that were given.",
}
