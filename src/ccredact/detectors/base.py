"""The contract between the scanner and a detector.

A detector is a small state machine. It is fed words, returns spans it has decided, and can say at any time which
words it is still undecided about. It never sees an utterance: only words, speakers and turns, so that no decision
can depend on how a turn was cut. It works on its own state alone, so that `fork` gives an independent copy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self

from ccredact.text.token import Token
from ccredact.transcript import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "EVERY_WORD", "LOOK_BACK", "Context", "Detector", "ExtraDetector", "FailedDetector", "ForesightedDetector",
    "OutsideCall", "ReadingDetector", "Stateless", "Token",
]  # fmt: skip


class Context(Protocol):
    """What a detector may ask about the call while it is fed."""

    @property
    def turn_start(self) -> int:
        """The first word of this turn."""

    def before(self, count: int) -> tuple[str, ...]:
        """The keys of up to `count` words before the fed one in its turn (at most `LOOK_BACK`)."""

    def written(self) -> str:
        """The fed word as it was written."""

    def glued(self) -> int:
        """How many words before the fed one are joined to it by underscores: "gift_card_77" has two."""

    def new_entity(self) -> int:
        """A fresh entity number."""


class OutsideCall:
    """The `Context` of a detector that reads outside a call: it gets fresh numbers, and is told nothing."""

    turn_start = 0

    def __init__(self) -> None:
        self._last = 0

    def before(self, count: int) -> tuple[str, ...]:
        """No words."""
        del count
        return ()

    def written(self) -> str:
        """No word."""
        return ""

    def glued(self) -> int:
        """No words."""
        return 0

    def new_entity(self) -> int:
        """A fresh entity number."""
        self._last += 1
        return self._last


LOOK_BACK = 6
EVERY_WORD = -1
"""As `guards`: all words, those without a class too."""


class Detector(Protocol):
    """One family of entities."""

    @property
    def wake(self) -> int:
        """Classes of words that it must be fed."""

    @property
    def guards(self) -> int:
        """Classes of words that are masked for the rest of the call once this detector has failed."""

    @property
    def active(self) -> bool:
        """While true it must be fed every word."""

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Take one word; return what is decided by it. Words are fed in order; quiet ones may be left out."""

    def close(self, ctx: Context, *, cut: bool = False) -> list[Span]:
        """The call is over: decide what is open. `cut`: it broke off, and what is open is to be hidden."""

    def fork(self) -> Detector:
        """An independent copy."""

    def open_from(self, start: int, end: int) -> int:
        """The first word in `[start, end)` about which it is undecided; `end` when there is none."""

    def is_open(self, entity: int) -> bool:
        """Whether the entity may still get another piece."""

    def value(self, entity: int) -> str | None:
        """The canonical value of a complete entity (the digits of a card), None when unknown or ambiguous."""


class ReadingDetector(Detector, Protocol):
    """A detector that looks at whole utterances too: what it needs to see to the right ends with a final."""

    def read_utterance(
        self, text: str, keys: Sequence[str], word: int, turn: int, ctx: Context, *, is_final: bool
    ) -> list[Span]:
        """Take an utterance of at least one word, whose first one is `word`, after its words were fed."""


class ForesightedDetector(Protocol):
    """A reading detector that can do work for several utterances at once."""

    def look_ahead(self, coming: Sequence[tuple[str, Sequence[str], int]]) -> None:
        """Be told the finals that `read_utterance` will get next: (text, keys, turn) each, of at least one word."""


class ExtraDetector(Detector, Protocol):
    """A detector that a user brings: `Redactor(detectors=[...])` keeps it fresh and forks it for every call."""

    @property
    def labels(self) -> frozenset[str]:
        """All labels that its spans may have, apart from the fail-safe ones."""


class Stateless:
    """What a detector does that decides about each word alone: nothing is open; others say what else they do."""

    def close(self, ctx: Context, *, cut: bool = False) -> list[Span]:
        """Nothing is open."""
        del ctx, cut
        return []

    def fork(self) -> Self:
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
        """It knows no values."""
        del entity
        return None


class FailedDetector(Stateless):
    """Stands in for a detector that raised: masks every word that it guarded, until the call ends."""

    wake: int

    def __init__(self, guards: int) -> None:
        self.wake = self.guards = guards
        self.active = guards == EVERY_WORD

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Mask the word."""
        if token.classes & self.guards or self.active:
            return [Span(token.index, token.index + 1, "REDACTED", 1.0, ctx.new_entity())]
        return []
