"""Where a call has asked for an address or a name, and where a part of an address was told last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.dialogue.lifetimes import ADDRESS_TURNS

_NOWHERE: Final = -99
_PARTS: Final = frozenset({"POSTCODE"})
"""Kinds of what is asked for together with an address."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where something was asked for that is told in words: the kind of the question, turn and last word of its phrase.

    `asking`: words before it ask for something.
    """

    kind: str
    turn: int
    word: int
    asking: bool


@dataclass(frozen=True, slots=True)
class Places:
    """Turns and words: addresses themselves are the tagger's, and their numbers the detector's of identifiers.

    `address_turn` and `address_word` are those in which an address was asked for, or announced, `told_turn` is the turn
    of the latest part of one; a negative number for none. `slots` are the latest questions for names, one of a kind.
    """

    address_turn: int = _NOWHERE
    address_word: int = _NOWHERE
    told_turn: int = _NOWHERE
    slots: tuple[Slot, ...] = ()

    def with_address(self, turn: int, word: int) -> Places:
        """Return these where an address is asked for."""
        return replace(self, address_turn=turn, address_word=word)

    def with_slot(self, slot: Slot) -> Places:
        """Return these where a name is asked for."""
        return replace(self, slots=(*(item for item in self.slots if item.kind != slot.kind), slot))

    def with_part(self, turn: int) -> Places:
        """Return these where a part of an address is told."""
        return replace(self, told_turn=turn)

    def answered(self) -> Places:
        """Return these where no address and no name is waited for."""
        return replace(self.with_address(_NOWHERE, _NOWHERE), slots=())

    def asked_turn(self, items: Iterable[ExpectedAnswer]) -> int:
        """Return the turn in which an address was asked for; a negative number when something else was since."""
        for item in items:
            other = not (item.weak or item.mine or item.cards_only or item.kind in _PARTS)
            if item.word > self.address_word and other:
                return _NOWHERE
        return self.address_turn

    def tells_address(self, turn: int, items: Iterable[ExpectedAnswer]) -> bool:
        """Return whether an address is told: it was asked for, or a part of it said, shortly before."""
        prompted = self.asked_turn(items)
        return prompted >= 0 and turn - max(prompted, self.told_turn) <= ADDRESS_TURNS


NO_PLACES: Final = Places()
"""Of a call in which none was asked for yet."""
