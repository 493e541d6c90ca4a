"""What an adapter keeps of a call between two events: which utterance is open in each channel, and who spoke."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from secrets import token_hex
from typing import Any, Final

from ccredact.formats.speakers import Speakers
from ccredact.live.adapter import OWN
from ccredact.policy import Policy
from ccredact.transcript import Name

MOST: Final = 20_000
"""Calls that are remembered: of one that was forgotten interims are new utterances, and speakers are counted anew."""


@dataclass(slots=True)
class Growing:
    """A text that comes in pieces: what has come, and what of it was given back.

    `last` is its last piece, where pieces are said for good, and what makes an event of a value like that.
    """

    text: str = field(default="", repr=False)
    given: str = field(default="", repr=False)
    last: tuple[dict[str, Any], Callable[[str], Any]] | None = field(default=None, repr=False)


@dataclass(slots=True)
class Remembered:
    """What is known of a call."""

    speakers: Speakers = field(repr=False)
    told: set[int] = field(default_factory=set)
    open: dict[str, str] = field(default_factory=dict)
    texts: defaultdict[str, Growing] = field(default_factory=lambda: defaultdict(Growing), repr=False)


class Memory:
    """The calls of one adapter."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._calls: OrderedDict[Name, Remembered] = OrderedDict()
        self._numbers = count()
        self._own = f"{OWN}{token_hex(4)} "  # of one that goes on with a call elsewhere it is another

    def of(self, call: Name) -> Remembered:
        """Return what is known of a call."""
        found = self._calls.pop(call, None)
        if found is None:
            found = Remembered(Speakers(self._policy))
            if len(self._calls) >= MOST:
                self._calls.popitem(last=False)
        self._calls[call] = found
        return found

    def forget(self, call: Name) -> None:
        """Forget a call."""
        self._calls.pop(call, None)

    def calls(self) -> Iterator[tuple[Name, Remembered]]:
        """Give what is known of each call."""
        return iter(list(self._calls.items()))

    def name_of(self, known: Remembered, channel: str, *, is_final: bool) -> str:
        """Return the name of the utterance that is open in a channel, which ends with its final."""
        name = known.open.pop(channel, None) or f"{self._own}{next(self._numbers)}"
        if not is_final:
            known.open[channel] = name
        return name
