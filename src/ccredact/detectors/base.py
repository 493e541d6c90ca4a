"""The contract between the scanner and a detector.

A detector is a small state machine. It is fed words, returns the spans it has decided, and can say at any time which
words it is still undecided about. It never sees an utterance: only words, speakers and turns, so that no decision can
depend on how a turn was cut. It works on its own state alone, so that `fork` gives an independent copy.

- *Quiet*: `active` is false; it is fed only words of the classes in `wake`.
- *Active*: `active` is true; it is fed every word, mostly because it holds a candidate. `open_from` then says from
  which word on nothing may be released.
- *Failed*: it raised, or gave something else than spans. The scanner puts a `FailedDetector` in its place, which masks
  every word of the classes in `guards` until the call ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol, Self

from ccredact.compiled import mypyc_attr
from ccredact.detectors.scores import MASKED_SCORE
from ccredact.dialogue.hold_bounds import HoldBounds
from ccredact.dialogue.state import Dialogue
from ccredact.entities import REDACTED
from ccredact.reasons import Reason
from ccredact.text.token import Token
from ccredact.transcript import Span

__all__ = [
    "EVERY_WORD", "LOOK_BACK", "CandidateDetector", "Context", "Detector", "DialogueDetector", "ExtraDetector",
    "FailedDetector", "ForesightedDetector", "HoldingDetector", "OutsideCall", "ReadingDetector", "Stateless", "Token",
]  # fmt: skip

LOOK_BACK: Final = 6
"""Words before the fed one that a detector may ask for, at most."""
EVERY_WORD: Final = -1
"""As `guards`: all words, those without a class too."""

# Users inherit from these classes in plain Python, from the protocols too: the compiler must leave that possible.


@mypyc_attr(native_class=False)
class Context(Protocol):
    """What a detector may ask about the call while it is fed."""

    @property
    def turn_start(self) -> int:
        """Return the first word of this turn."""

    @property
    def dialogue(self) -> Dialogue:
        """Return what was asked for and announced before the fed word; it is to be read, never changed."""

    def before(self, count: int) -> tuple[str, ...]:
        """Return the keys of up to `count` words before the fed one in its turn (at most `LOOK_BACK`)."""

    def written(self) -> str:
        """Return the fed word as it was written."""

    def glued(self) -> int:
        """Return how many words before the fed one are joined to it by underscores: "gift_card_77" has two."""

    def new_entity(self) -> int:
        """Return a fresh entity number."""


class OutsideCall:
    """The `Context` of a detector that reads outside a call: it gets fresh numbers, and is told nothing."""

    turn_start: Final = 0

    def __init__(self) -> None:
        self.dialogue = Dialogue(HoldBounds(0, 0, 0.0))
        self._last = 0

    def before(self, count: int) -> tuple[str, ...]:
        """Return no words."""
        del count
        return ()

    def written(self) -> str:
        """Return no word."""
        return ""

    def glued(self) -> int:
        """Return that nothing is joined."""
        return 0

    def new_entity(self) -> int:
        """Return a fresh entity number."""
        self._last += 1
        return self._last


@mypyc_attr(native_class=False)
class Detector(Protocol):
    """One family of entities.

    It declares what it needs: `wake` and `guards`. One that listens for phrases wakes for the class `PROMPTED`, and is
    told with the word what was asked for (`Token.prompt`). Where phrases of its own are to be found too, `phrases` is
    a text of them, in the form of `ccredact/lang/en/prompts.txt`; it may be left out.

    It may declare words too, as frozensets of keys, for which the vocabulary makes classes: `wake_words`, which it is
    fed beside those of `wake`, and `guard_words`, which are masked beside those of `guards`.
    """

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
        """Take note that the call is over; return what was open. `cut`: it broke off, and what is open is hidden."""

    def fork(self) -> Detector:
        """Return an independent copy."""

    def open_from(self, start: int, end: int) -> int:
        """Return the first word in `[start, end)` about which it is undecided; `end` when there is none."""

    def is_open(self, entity: int) -> bool:
        """Return whether the entity may still get another piece."""

    def value(self, entity: int) -> str | None:
        """Return the canonical value of a complete entity (a card's digits), None when unknown or ambiguous."""


@mypyc_attr(native_class=False)
class DialogueDetector(Detector, Protocol):
    """A detector that follows the dialogue between the words too (the order is told in `ccredact.dialogue.state`)."""

    def follow(self, dialogue: Dialogue) -> None:
        """Take the dialogue of the call: before the first word, and after `fork` that of the copy."""

    def end_turn(self, ctx: Context) -> list[Span]:
        """Decide what does not outlive the turn. Asked only while it is active."""

    def take_prompt(self, token: Token, ctx: Context) -> list[Span]:
        """Take the phrase that ended with the word fed last (`Token.prompt`): the dialogue has taken it."""


@mypyc_attr(native_class=False)
class CandidateDetector(Detector, Protocol):
    """A detector of what is read out, which is hidden when it may wait no longer, not decided by what has been said."""

    def candidate_from(self, start: int, end: int) -> int:
        """Return the first word in `[start, end)` of an open candidate; `end` when there is none.

        It is an undecided word (`open_from`), but none that only waits for the words behind it.
        """


@mypyc_attr(native_class=False)
class BeginningDetector(DialogueDetector, Protocol):
    """A detector that wants to see the first words of a turn in which digits may be answered."""

    def begin_turn(self) -> None:
        """Take note that such a turn has begun: the detector may be active from here on."""


@mypyc_attr(native_class=False)
class ReadingDetector(Detector, Protocol):
    """A detector that looks at whole utterances too: what it needs to see to the right ends with the turn."""

    def read_utterance(
        self, text: str, keys: list[str], word: int, turn: int, ctx: Context, *, is_final: bool
    ) -> list[Span]:
        """Take an utterance after its words were fed, if it has any; return what is found in it.

        `word` is the position of its first word in the call, `turn` the number of its turn.
        """


@mypyc_attr(native_class=False)
class HoldingDetector(ReadingDetector, Protocol):
    """A reading detector that holds words over the finals of a turn: it need not be fed for that, so it is not active.

    While `holds` is true, `open_from` says from which word on. In `close` it settles too.
    """

    @property
    def holds(self) -> bool:
        """Return whether it is undecided about words."""

    def settle(self, ctx: Context) -> list[Span]:
        """Decide about what it holds: the turn is over, or the bound is met. Asked only while it holds words."""


@mypyc_attr(native_class=False)
class ForesightedDetector(Protocol):
    """A reading detector that can do work for several utterances at once."""

    def look_ahead(self, coming: Sequence[tuple[str, list[str], int]]) -> None:
        """Take the finals that `read_utterance` will get next: (text, keys, turn) each, of at least one word."""


@mypyc_attr(native_class=False)
class ExtraDetector(Detector, Protocol):
    """A detector that a user brings: `Redactor(detectors=[...])` keeps it fresh and forks it for every call."""

    @property
    def labels(self) -> frozenset[str]:
        """All labels that its spans may have, apart from the fail-safe ones."""


@mypyc_attr(allow_interpreted_subclasses=True)
class Stateless:
    """What a detector does that decides about each word alone: nothing is open; subclasses say what else they do."""

    __slots__ = ()

    def close(self, ctx: Context, *, cut: bool = False) -> list[Span]:
        """Return no spans: nothing is open."""
        del ctx, cut
        return []

    def fork(self) -> Self:
        """Return itself: it has no state."""
        return self

    def open_from(self, start: int, end: int) -> int:
        """Return `end`: nothing is open."""
        del start
        return end

    def is_open(self, entity: int) -> bool:
        """Return False: nothing is open."""
        del entity
        return False

    def value(self, entity: int) -> str | None:
        """Return None: it knows no values."""
        del entity
        return None

    def __getstate__(self) -> object:
        """Return what a plain subclass holds: a compiled class would be pickled with its own attributes alone."""
        return object.__getstate__(self)


class FailedDetector(Stateless):
    """Stands in for a detector that raised: masks every word that it guarded, until the call ends."""

    wake: int

    def __init__(self, guards: int) -> None:
        self.wake = self.guards = guards
        self.active = guards == EVERY_WORD

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Return the word as a `REDACTED` span, if it is one of the guarded classes."""
        if token.classes & self.guards or self.active:
            return [Span(token.index, token.index + 1, REDACTED, MASKED_SCORE, ctx.new_entity(), Reason.FAULT)]
        return []
