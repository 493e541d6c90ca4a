"""Between events and the pool: which event a released segment belongs to, and when an event can be given back.

An event of which words are held waits here until they come, and so do those that must come behind it. One that is not
taken is never given back.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final, Generic

from ccredact.errors import FormatError
from ccredact.formats.base import attempt
from ccredact.live.adapter import Adapter, Event, Heard, Kind
from ccredact.live.assembler import Pieces
from ccredact.live.limits import Outcome
from ccredact.live.pool import CallPool, Given
from ccredact.transcript import Name, Segment

PATIENCE: Final = 20
"""Events in which a turn is looked for before it is warned that there is none: a recogniser begins with others."""
_UNSAID: Final = frozenset({Kind.ASIDE, Kind.EMPTY, Kind.UNREAD})
_LOG: Final = logging.getLogger("ccredact.live")


class _Envelope(Generic[Event]):
    """An event of which something is held: the whole utterances by name, None for those that are not yet there.

    `orders` are those that it stands in, and `written` is what is given back of it once its words are there.
    """

    __slots__ = ("event", "heard", "orders", "whole", "written")

    def __init__(self, event: Event, heard: Sequence[Heard]) -> None:
        self.event = event
        self.heard = heard
        self.whole: dict[Name, Segment | None] = {}
        self.orders: tuple[str, ...] = ()
        self.written: list[Event] | None = None


class Desk(Generic[Event]):
    """Reads events into a pool, and writes those whose words have been released."""

    __slots__ = ("_adapter", "_events", "_open", "_pool", "_queues", "_unread", "_warned", "has_turns")

    def __init__(self, adapter: Adapter[Event], pool: CallPool) -> None:
        self._adapter = adapter
        self._pool = pool
        self._open: dict[Name, dict[Name, tuple[_Envelope[Event], Pieces]]] = {}
        self._queues: dict[Name, list[_Envelope[Event]]] = {}  # of each call: events that come in their order
        self._events = self._unread = 0  # until there is a turn
        self._warned = False
        self.has_turns = False  # whether any event had one, if without a word

    def take(self, event: Event) -> list[Event]:
        """Take an event; return those that can be given back now.

        They are in the order in which their words were released, those of finals of one order in that of their coming.
        """
        heard = self._adapter.read(event)
        self._note(heard)
        return self._heard(event, heard)

    def end(self) -> list[Event]:
        """Take the words that waited for more events, of which none come; return the events that can be given back.

        It is asked for before the calls that are open are closed.
        """
        self._warn()
        return [written for event, heard in self._adapter.rest() for written in self._heard(event, heard)]

    def _note(self, heard: Sequence[Heard]) -> None:
        """Count an event that holds text and no turn; warn where none of the first events has a turn."""
        if any(one.kind is Kind.UNREAD for one in heard):
            self._pool.refuse(Outcome.UNREAD_EVENT)
            self._unread += 1
        if self.has_turns:
            return
        self._events += 1
        self.has_turns = any(
            one.utterance is not None or one.kind is Kind.EMPTY for one in heard if one.kind is not Kind.ASIDE
        )
        if self._events >= PATIENCE:
            self._warn()

    def _warn(self) -> None:
        """Warn, once, where events hold text and none has a turn: they may be another recogniser's."""
        if self._unread and not self.has_turns and not self._warned:
            self._warned = True
            _LOG.warning(
                "no event has a turn that the adapter knows, and %d hold text: are they of another recogniser? "
                "more of them are only counted",
                self._unread,
            )

    def _heard(self, event: Event, heard: Sequence[Heard]) -> list[Event]:
        """Take what an event says."""
        envelope = _Envelope(event, heard)
        said = [one for one in heard if one.kind not in _UNSAID]
        is_silent = all(one.utterance is None and one.kind is not Kind.PROMOTED for one in said)
        beside = self._beside(heard) if is_silent else []  # first: the event may close its call
        given = [self._taken(envelope, one) for one in said]
        out = [written for one in given for written in self.give(one)]
        if is_silent:
            out += self._written(event, heard, beside)
        return out

    def take_any(self, event: Event) -> list[Event]:
        """Take what may be no event: what is none, or is larger than one may be, is counted and given up."""
        refused = self._pool.limits.of_event(event)
        if refused is None:
            written = attempt(partial(self.take, event), source="events")
            if not isinstance(written, FormatError):
                return written
            refused = Outcome.BROKEN_EVENT
        self._pool.refuse(refused)
        return []

    def _taken(self, envelope: _Envelope[Event], one: Heard) -> Given:
        """Hand one thing to the pool, and let its event wait for the segments of its utterance."""
        given = self._pool.take(one)
        if given.outcome is Outcome.TAKEN and given.name is not None:
            calls = self._open.setdefault(given.call, {})
            if one.utterance is not None:
                if one.utterance.is_final or given.segments:  # else it is withheld
                    envelope.whole[given.name] = None
                calls[given.name] = (envelope, Pieces(len(one.utterance.text)))
                self._queue(envelope, one)
            elif given.name in calls:  # what is promoted was said by the event of its interim
                calls[given.name][0].whole[given.name] = None
        return given

    def _queue(self, envelope: _Envelope[Event], one: Heard) -> None:
        """Let an event with a final come behind those of its order that came before it."""
        is_final = one.kind is Kind.UTTERANCE and one.utterance is not None and one.utterance.is_final
        if not self._adapter.whole or one.order is None or not is_final:
            return
        if not envelope.orders:
            self._queues.setdefault(one.call, []).append(envelope)
        if one.order not in envelope.orders:
            envelope.orders = (*envelope.orders, one.order)

    def give(self, given: Given) -> list[Event]:
        """Take what was released of a call; return the events that can be given back."""
        calls = self._open.get(given.call, {})
        out: list[Event] = []
        for segment in given.segments:
            waiting = calls.get(segment.utterance)
            if waiting is None:
                continue
            envelope, pieces = waiting
            whole = pieces.add(segment) if segment.is_final else segment
            if not self._adapter.whole:
                out += self._written(envelope.event, envelope.heard, (segment,))
            if whole is None:
                continue
            if segment.is_final:
                del calls[segment.utterance]
            if self._adapter.whole:
                out += self._complete(envelope, whole, given)
        if given.closed:
            self._give_up({id(envelope): envelope for envelope, _ in calls.values()}.values())
            out += self._in_order(given.call, over=True)
        if given.closed or not calls:
            self._open.pop(given.call, None)
        return out

    def _give_up(self, left: Iterable[_Envelope[Event]]) -> None:
        """Count the events of a call that is over here of which words go on elsewhere."""
        for envelope in left:
            if None in envelope.whole.values():
                self._pool.refuse(Outcome.HANDED_OVER)

    def _complete(self, envelope: _Envelope[Event], whole: Segment, given: Given) -> list[Event]:
        """Note a whole utterance; return its event if all of it is there."""
        envelope.whole[whole.utterance] = whole
        segments = [segment for segment in envelope.whole.values() if segment is not None]
        if len(segments) < len(envelope.whole):
            return []
        written = self._written(envelope.event, envelope.heard, [*segments, *self._beside(envelope.heard, given)])
        if not envelope.orders:
            return written
        envelope.written = written
        return self._in_order(given.call)

    def _in_order(self, call: Name, *, over: bool = False) -> list[Event]:
        """Return the events that wait for no other one, all that are whole where the call is `over`."""
        out: list[Event] = []
        behind: set[str] = set()
        left: list[_Envelope[Event]] = []
        for envelope in self._queues.pop(call, ()):
            if envelope.written is not None and (over or behind.isdisjoint(envelope.orders)):
                out += envelope.written
            else:
                behind.update(envelope.orders)
                left.append(envelope)
        if left and not over:
            self._queues[call] = left
        return out

    def _beside(self, heard: Sequence[Heard], given: Given | None = None) -> list[Segment]:
        """Return the redacted asides of an event, which `given` has completed."""
        asides = [one for one in heard if one.kind is Kind.ASIDE]
        texts = [one.utterance for one in asides if one.utterance is not None]
        if not texts:
            return []
        if given is not None and given.beside is not None:
            return given.beside(texts)
        return self._pool.aside(asides[0].call, texts)

    def _written(self, event: Event, heard: Sequence[Heard], segments: Sequence[Segment]) -> list[Event]:
        """Return the event as it is given back; one that cannot be written is counted and given up."""
        written = attempt(partial(self._adapter.write, event, heard, segments), source="events")
        if isinstance(written, FormatError):
            self._pool.refuse(Outcome.BROKEN_EVENT, heard[0].call if heard else None)
            return []
        return [] if written is None else [written]
