"""Where a call has asked for an address or a town, and where a part of an address was told last."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.dialogue.lifetimes import ADDRESS_TURNS

_NOWHERE: Final = -99


class Places:
    """Turns and words: addresses themselves are the tagger's, and their numbers the detector's of identifiers.

    `address_turn` and `address_word` are those in which an address was asked for, or announced, `told_turn` is the turn
    of the latest part of one, `town_turn` that in which a town was asked for; a negative number for none.
    """

    __slots__ = ("address_turn", "address_word", "told_turn", "town_turn")

    def __init__(self) -> None:
        self.address_turn = self.address_word = self.told_turn = self.town_turn = _NOWHERE

    def fork(self) -> Places:
        """Return an independent copy."""
        other = Places()
        other.address_turn, other.address_word = self.address_turn, self.address_word
        other.told_turn, other.town_turn = self.told_turn, self.town_turn
        return other

    def forget_address(self) -> None:
        """Wait for no address."""
        self.address_turn = self.address_word = _NOWHERE

    def asked_turn(self, items: Iterable[ExpectedAnswer]) -> int:
        """Return the turn in which an address was asked for; a negative number when something else was since."""
        for item in items:
            if item.word > self.address_word and not (item.weak or item.mine):
                return _NOWHERE
        return self.address_turn

    def tells_address(self, turn: int, items: Iterable[ExpectedAnswer]) -> bool:
        """Return whether an address is told: it was asked for, or a part of it said, shortly before."""
        prompted = self.asked_turn(items)
        return prompted >= 0 and turn - max(prompted, self.told_turn) <= ADDRESS_TURNS
