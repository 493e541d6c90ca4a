"""Events of no recogniser: `(call id, Utterance)` in, `(call id, Segment)` out; `(call id, None)` closes a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ccredact.live.adapter import Heard, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccredact.transcript import Name, Segment, Utterance

    PlainEvent: TypeAlias = tuple[Name, Utterance | Segment | None]


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
