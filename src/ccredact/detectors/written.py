"""E-mail, web, IP and MAC addresses as they are written (`ccredact.normalize.written` finds them)."""

from __future__ import annotations

from ccredact.detectors.base import Context, Token
from ccredact.normalize.english import WRITTEN
from ccredact.transcript import Span

CERTAIN = 0.99


class WrittenDetector:
    """It has no state: each word says itself what it is part of."""

    wake = guards = WRITTEN
    active = False

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Hide a form when its first word comes: the others have come with it."""
        if token.form is None:
            return []
        label, first, after = token.form
        return [Span(first, after, label, CERTAIN, ctx.new_entity())] if token.index == first else []

    def close(self, ctx: Context, *, cut: bool = False) -> list[Span]:
        """Nothing is open."""
        del ctx, cut
        return []

    def fork(self) -> WrittenDetector:
        """It has no state."""
        return self

    def open_from(self, start: int, end: int) -> int:
        """Nothing is open."""
        del start
        return end

    def is_open(self, entity: int) -> bool:
        """Nothing is open."""
        del entity
        return False

    def value(self, entity: int) -> str | None:
        """It keeps no values."""
        del entity
        return None
