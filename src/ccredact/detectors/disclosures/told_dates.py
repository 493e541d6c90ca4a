"""Dates of what is talked of: those of a purchase, an order, a stay.

A detector of dates that knows no questions looks for them, from the word on that tells of such a thing, until it has
nothing open and the talk is about other things.
"""

from __future__ import annotations

from typing import Final

from ccredact.detectors.base import Context, Detector
from ccredact.lang.en.disclosures import LASTING, TODAY
from ccredact.text.token import Token
from ccredact.transcript import Span

DATE_WORDS: Final = 20
"""Words after what tells of a purchase in which its date is told."""
_LASTING: Final = 3
"""Words before a date among which it is said that something is for so long."""
_FAR: Final = -(10**6)


class ToldDates:
    """The dates of one call.

    `fresh` is a detector of dates that has seen nothing, `_dates` a copy of it while such things are talked of;
    `_lasting` is the last word of a date till which something is for. `wake` are the classes of words with which a date
    may begin, `label` is what such dates are.
    """

    __slots__ = ("_dates", "_fresh", "_label", "_lasting", "wake")

    def __init__(self, fresh: Detector, label: str) -> None:
        self._fresh = fresh
        self._label = label
        self._dates: Detector | None = None
        self._lasting = _FAR
        self.wake = fresh.wake

    @property
    def is_looking(self) -> bool:
        """Return whether a detector looks at the words."""
        return self._dates is not None

    @property
    def active(self) -> bool:
        """Return whether a date is open."""
        return self._dates is not None and self._dates.active

    def wants(self, classes: int) -> bool:
        """Return whether a word of some classes is a part of a date, may begin one or ends one."""
        return bool(classes & self.wake) or self.active

    def fork(self) -> ToldDates:
        """Return an independent copy."""
        other = ToldDates(self._fresh, self._label)
        other._dates = None if self._dates is None else self._dates.fork()
        other._lasting = self._lasting
        return other

    def feed(self, token: Token, topic: int, ctx: Context, *, told: bool) -> list[Span]:
        """Take a word that it wants; return the dates that are decided.

        `topic` is the last word that told of such a thing, `told`: it is near.
        """
        if self._dates is None:
            self._dates = self._fresh.fork()
        if not LASTING.isdisjoint(ctx.before(_LASTING)):
            self._lasting = token.index
        out = self._as_dates(self._dates.feed(token, ctx), topic) if token.key not in TODAY else []
        if not self._dates.active and not told:
            self._dates = None
        return out

    def close(self, topic: int, ctx: Context, *, cut: bool) -> list[Span]:
        """Return what was open."""
        return [] if self._dates is None else self._as_dates(self._dates.close(ctx, cut=cut), topic)

    def open_from(self, start: int, end: int) -> int:
        """Return the first undecided word in `[start, end)`, `end` when there is none."""
        return end if self._dates is None else self._dates.open_from(start, end)

    def _as_dates(self, spans: list[Span], topic: int) -> list[Span]:
        """Return the dates of what is talked of, under their label."""
        return [
            Span(span.start, span.end, self._label, span.score, span.entity, span.reason)
            for span in spans
            if span.start - topic <= DATE_WORDS and not span.start <= self._lasting < span.end
        ]
