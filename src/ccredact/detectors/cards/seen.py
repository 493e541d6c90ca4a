"""The cards that a call has given so far."""

from __future__ import annotations

from ccredact.detectors.cards import windows
from ccredact.dialogue.card_prompts import CARD
from ccredact.dialogue.cards import NEAR
from ccredact.numbers.composer import Group

RECENT = 4
"""Turns after a card in which corrections and repeated digits are still part of it."""
KEPT_VALUES = 256
SAID_BACK = 3
"""Turns after a code or a date in which the same digits are it again."""
REMEMBERED = 3
"""Cards whose digits are recognised when they are said again."""


class KnownCards:
    """Digits of the last cards, and where the last one ended."""

    __slots__ = ("_after", "_beside", "_cards", "_turn", "_values", "given", "latest")

    def __init__(self, *, keep_values: bool = False) -> None:
        self._cards: list[tuple[int, str | None]] = []  # (entity, digits)
        self.given = False  # whether there is any, or a code or a date
        self.latest = CARD  # the kind of what was given last: a correction is of that
        self._values: dict[int, str | None] | None = {} if keep_values else None  # for operators that need them
        self._beside: list[tuple[str, str, int]] = []  # (kind, digits, turn) of the last codes and dates
        self._turn = -RECENT - 1  # of the last card
        self._after = (-1, -1)  # (turn, word) of the last word of card data

    def fork(self) -> KnownCards:
        """Copy it, to go on independently."""
        other = KnownCards()
        other._cards = list(self._cards)
        other._values = None if self._values is None else dict(self._values)
        other._beside, other.given, other.latest = list(self._beside), self.given, self.latest
        other._turn, other._after = self._turn, self._after
        return other

    def complete(self, entity: int, digits: str | None, turn: int, last: int) -> None:
        """Take a card; digits None where several readings fit."""
        self._cards = [*(card for card in self._cards if card[0] != entity), (entity, digits)][-REMEMBERED:]
        if self._values is not None:
            self._values[entity] = digits
            if len(self._values) > KEPT_VALUES:
                del self._values[next(iter(self._values))]
        self._turn = turn
        self._after = (turn, last)
        self.given, self.latest = True, CARD

    def almost(self, turn: int, last: int) -> None:
        """Take digits that are as many as a card's, though no card by their check digit."""
        self._turn = turn
        self._after = (turn, last)

    @property
    def has_long_code(self) -> bool:
        """Whether the last card has a code of four digits (American Express)."""
        digits = self._cards[-1][1] if self._cards else None
        return digits is not None and digits[:2] in {"34", "37"}

    def passed(self, turn: int, last: int) -> None:
        """Take more data beside the card."""
        self._after = (turn, last)

    def remember(self, kind: str, digits: str, turn: int) -> None:
        """Take a code or a date, to know it when it is said back."""
        if digits:
            self.given, self.latest = True, kind
            self._beside = [*self._beside, (kind, digits, turn)][-REMEMBERED:]

    def said_back(self, groups: list[Group], turn: int) -> str | None:
        """The kind of the code or date that was given just before and that these groups are."""
        for kind, digits, given in reversed(self._beside):
            count = windows.size(groups)
            if turn - given <= SAID_BACK and count in {len(digits), 3, 4} and windows.contains(digits, groups):
                return kind
        return None

    def being_said_back(self, groups: list[Group], turn: int) -> bool:
        """Whether the groups may be the beginning of such a code or date."""
        return any(turn - at <= SAID_BACK and windows.contains(digits, groups) for _, digits, at in self._beside)

    def value(self, entity: int) -> str | None:
        """Digits of a complete card."""
        return None if self._values is None else self._values.get(entity)

    def recent(self, turn: int) -> bool:
        """Whether a card was given just before."""
        return bool(self._cards) and turn - self._turn <= RECENT

    def just_given(self, turn: int) -> bool:
        """Whether the last card was given in the turn before the last one, or after it."""
        return bool(self._cards) and turn - self._turn <= 2

    def with_digits(self, groups: list[Group]) -> int | None:
        """The entity of a card that has these digits in a row."""
        for entity, digits in self._cards:
            if digits and windows.contains(digits, groups):
                return entity
        return None

    def begins_with(self, groups: list[Group]) -> bool:
        """Whether the groups are the first digits of a card."""
        first = windows.digits_of(groups)
        return any(digits and digits != first and digits.startswith(first) for _, digits in self._cards)

    def ends_with(self, groups: list[Group]) -> bool:
        """Whether the groups are the last four digits of a card."""
        last4 = windows.digits_of(groups)
        return len(last4) == 4 and any(digits and digits[-4:] == last4 for _, digits in self._cards)

    def near(self, turn: int, word: int) -> bool:
        """Whether a word stands right behind card data in its turn."""
        return turn == self._after[0] and word - self._after[1] <= NEAR
