"""E-mail, web, IP and MAC addresses as they are written (`ccredact.text.written_forms` finds them)."""

from __future__ import annotations

from typing import ClassVar

from ccredact.detectors.base import Context, Stateless
from ccredact.detectors.scores import WRITTEN_SCORE
from ccredact.reasons import Reason
from ccredact.text.token import Token
from ccredact.text.word_class import WRITTEN
from ccredact.transcript import Span


class WrittenFormDetector(Stateless):
    """The detector of what is only written: each word says itself what it is part of."""

    wake: ClassVar[int] = WRITTEN
    guards: ClassVar[int] = WRITTEN
    active: ClassVar[bool] = False

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Return the span of a written form when its first word comes: its other words have come with it."""
        if token.form is None:
            return []
        label, first, after = token.form
        if token.index != first:
            return []
        return [Span(first, after, label, WRITTEN_SCORE, ctx.new_entity(), Reason.FORM)]
