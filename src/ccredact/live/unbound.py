"""Numbers that nothing names: hidden in a call of which it is no longer known what was told in it."""

from __future__ import annotations

from typing import ClassVar, Final

from ccredact.detectors.base import Context
from ccredact.detectors.scores import BOUND_SCORE
from ccredact.entities import NUMBER
from ccredact.reasons import Reason
from ccredact.text.token import Token
from ccredact.text.word_class import FILLER, HESITATION, MAGNITUDE, NUMERIC
from ccredact.transcript import Span

LEAST: Final = 3
"""Digits from which on a run of numbers is hidden: those of a security code."""
_PAUSES: Final = 3


class UnboundNumbers:
    """Hides runs of number words that have as many digits as a security code or more, whatever they are.

    Every other label is more than its `NUMBER`, so that it names only what nothing else does. A run goes on over turns
    and a few other words: a code may be told in pieces.
    """

    wake: ClassVar[int] = NUMERIC | MAGNITUDE
    guards: ClassVar[int] = NUMERIC

    __slots__ = ("_digits", "_entity", "_pauses", "_words", "active")

    def __init__(self) -> None:
        self._words: tuple[int, ...] = ()  # of the run, as long as it is too short
        self._digits = self._pauses = self._entity = 0
        self.active = False

    def fork(self) -> UnboundNumbers:
        """Return an independent copy."""
        other = UnboundNumbers()
        other._words, other._digits, other._pauses = self._words, self._digits, self._pauses
        other._entity, other.active = self._entity, self.active
        return other

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Take one word; return the words of the run once it is long enough."""
        if not token.classes & (NUMERIC | MAGNITUDE):
            self._pauses += 0 if token.classes & (FILLER | HESITATION) else 1
            if self._pauses > _PAUSES:
                self._end()
            return []
        self._pauses, self.active = 0, True
        self._words = (*self._words, token.index)
        self._digits += sum(map(str.isdecimal, token.key)) or 1
        if self._digits < LEAST:
            return []
        self._entity = self._entity or ctx.new_entity()
        words, self._words = self._words, ()
        return [Span(word, word + 1, NUMBER, BOUND_SCORE, self._entity, Reason.HELD_BOUND) for word in words]

    def close(self, ctx: Context, *, cut: bool = False) -> list[Span]:
        """Decide what is open: where the call broke off it may have gone on."""
        words = self._words if cut else ()
        self._end()
        return [Span(word, word + 1, NUMBER, BOUND_SCORE, ctx.new_entity(), Reason.HELD_BOUND) for word in words]

    def candidate_from(self, start: int, end: int) -> int:
        """Return the first word of a run that is too short yet."""
        return self.open_from(start, end)

    def open_from(self, start: int, end: int) -> int:
        """Return the first undecided word in `[start, end)`, `end` when there is none."""
        return min((word for word in self._words if start <= word < end), default=end)

    def is_open(self, entity: int) -> bool:
        """Return False: nothing is expected."""
        del entity
        return False

    def value(self, entity: int) -> str | None:
        """Return None: it keeps no values."""
        del entity
        return None

    def _end(self) -> None:
        self._words, self._digits, self._pauses, self._entity, self.active = (), 0, 0, 0, False
