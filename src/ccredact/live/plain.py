"""Events of no recogniser: `(call id, Utterance)` in, `(call id, Segment)` out; `(call id, None)` closes a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from ccredact.core.checks import is_name
from ccredact.errors import StreamError
from ccredact.live.adapter import Heard, Kind
from ccredact.transcript import Utterance

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator, Sequence

    from ccredact.transcript import Name, Segment

    PlainEvent: TypeAlias = tuple[Name, Utterance | Segment | None]


async def checked(events: AsyncIterable[Any]) -> AsyncIterator[Any]:
    """Give the events; raise `StreamError` for a value of another type, which is a mistake of the program."""
    async for event in events:
        if not _is_event(event):
            del event  # no frame of a traceback may hold its text
            raise StreamError("an event is a pair: the id of a call, and an Utterance or None")
        yield event


def _is_event(event: object) -> bool:
    if not isinstance(event, tuple | list) or len(event) != 2:
        return False
    return is_name(event[0]) and (event[1] is None or isinstance(event[1], Utterance))


class PlainEvents:
    """The adapter of a program that makes utterances itself."""

    whole = False

    def read(self, event: PlainEvent) -> Sequence[Heard]:
        """Return what an event says."""
        call, said = event
        return (Heard(call, kind=Kind.CLOSED),) if said is None else (Heard(call, said),)  # type: ignore[arg-type]

    def write(self, event: PlainEvent, heard: Sequence[Heard], segments: Sequence[Segment]) -> PlainEvent | None:
        """Return a segment of the call."""
        del heard
        return (event[0], segments[0]) if segments else None

    def rest(self) -> Sequence[tuple[PlainEvent, Sequence[Heard]]]:
        """Return nothing: an utterance has all of its words."""
        return ()
