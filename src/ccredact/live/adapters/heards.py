"""What an adapter has heard: a plain module, since no class that is compiled can be a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccredact.live.adapter import Heard

if TYPE_CHECKING:
    from collections.abc import Iterable


class Heards(list[Heard]):
    """What an event says, with the event as it was read."""

    __slots__ = ("read",)

    def __init__(self, heard: Iterable[Heard], read: Any) -> None:
        super().__init__(heard)
        self.read = read
