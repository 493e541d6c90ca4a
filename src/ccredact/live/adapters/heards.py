"""What an adapter has heard: a plain module, since no class that is compiled can be a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ccredact.live.adapter import Heard, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccredact.transcript import Name, Utterance


class Heards(list[Heard]):
    """What an event says, with the event as it was read."""

    __slots__ = ("read",)

    def __init__(self, heard: Iterable[Heard], read: Any) -> None:
        super().__init__(heard)
        self.read = read


@dataclass(slots=True)
class _OpenHeard:
    """What is heard while it is made: a frozen dataclass sets each field through a slow call. It is as `Heard`."""

    call: Name
    utterance: Utterance | None
    kind: Kind
    id: Name | None
    order: str | None


def make_heard(call: Name, utterance: Utterance, kind: Kind, order: str) -> Heard:
    """Return a `Heard` with these values, in half of the time."""
    made: Any = _OpenHeard(call, utterance, kind, None, order)
    made.__class__ = Heard
    heard: Heard = made
    return heard
