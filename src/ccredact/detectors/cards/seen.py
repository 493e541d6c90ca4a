"""The cards that a call has given so far, and the codes and dates that were given beside them."""

from __future__ import annotations

from typing import Final

from ccredact.detectors.cards.windows import count_digits, digits_of, is_part_of, usual_length
from ccredact.dialogue.kinds import CARD, EXPIRY
from ccredact.dialogue.subject import NEAR
from ccredact.numbers.composer import Group

RECENT: Final = 4
"""Turns after a card in which corrections and repeated digits are still part of it."""
JUST_BEFORE: Final = 2
"""Turns after a card in which four digits may be more of it."""
REPEATED: Final = 3
"""Turns after a code or a date in which the same digits are it again, inside a sentence too."""
LEAST_MISHEARD: Final = 3
"""Digits that are known again though one of them was misheard."""
KEPT: Final = 3
"""Cards, and codes and dates, whose digits are recognised when they are said again."""
KEPT_VALUES: Final = 256
"""Cards of a call whose digits are kept for operators that need them."""


class SeenCards:
    """Digits of the last cards, codes and dates, and where the last of them ended.

    `any_data` says that there is any; `latest_kind` is what was given last: a correction is of that kind.
    """

    __slots__ = ("_cards", "_details", "_end", "_turn", "_values", "any_data", "latest_kind")

    def __init__(self, *, keep_values: bool = False) -> None:
        self.any_data = False
        self.latest_kind = CARD
        self._cards: list[tuple[int, str | None]] = []  # (entity, digits)
        self._details: list[tuple[str, str, int]] = []  # (kind, digits, turn) of codes and dates
        self._values: dict[int, str | None] | None = {} if keep_values else None  # digits of cards, by entity
        self._turn = -RECENT - 1  # of the last card
        self._end = (-1, -1)  # (turn, word) of the last word of card data

    def fork(self) -> SeenCards:
        """Return an independent copy."""
        other = SeenCards()
        other.any_data, other.latest_kind = self.any_data, self.latest_kind
        other._cards, other._details = list(self._cards), list(self._details)
        other._values = None if self._values is None else dict(self._values)
        other._turn, other._end = self._turn, self._end
        return other

    # -- what was given ------------------------------------------------------------------------------------------

    def add_card(self, entity: int, digits: str | None, turn: int, word: int) -> None:
        """Take a card that ends with `word`; digits None where several readings fit."""
        self._cards = [*(card for card in self._cards if card[0] != entity), (entity, digits)][-KEPT:]
        if self._values is not None:
            self._values[entity] = digits
            if len(self._values) > KEPT_VALUES:
                del self._values[next(iter(self._values))]
        self.any_data, self.latest_kind = True, CARD
        self.add_digits(turn, word)

    def add_digits(self, turn: int, word: int) -> None:
        """Take digits that end with `word` and are as many as a card's, though no card by their check digit."""
        self._turn = turn
        self._end = (turn, word)

    def add_detail(self, kind: str, digits: str, turn: int) -> None:
        """Take a code or a date, to know it when it is said back."""
        if digits:
            self.any_data, self.latest_kind = True, kind
            self._details = [*self._details, (kind, digits, turn)][-KEPT:]

    def extend_to(self, turn: int, word: int) -> None:
        """Let card data end with `word`: what stands behind it may be more."""
        self._end = (turn, word)

    # -- what is known of it -------------------------------------------------------------------------------------

    @property
    def has_long_code(self) -> bool:
        """Return whether the last card has a code of four digits (American Express)."""
        digits = self._cards[-1][1] if self._cards else None
        return digits is not None and usual_length(digits) == 15

    def value(self, entity: int) -> str | None:
        """Return the digits of a complete card, None when they are unknown, ambiguous or not kept."""
        return None if self._values is None else self._values.get(entity)

    def gives_expiry(self, turn: int) -> bool:
        """Return whether the last date, code or card was an expiry date, and was given in this turn."""
        return bool(self._details) and self.latest_kind == EXPIRY and self._details[-1][2] == turn

    def is_recent(self, turn: int) -> bool:
        """Return whether a card was given not long before a turn."""
        return bool(self._cards) and turn - self._turn <= RECENT

    def is_just_before(self, turn: int) -> bool:
        """Return whether the last card was given in the turn before the last one, or after it."""
        return bool(self._cards) and turn - self._turn <= JUST_BEFORE

    def ends_near(self, turn: int, word: int) -> bool:
        """Return whether a word stands right behind card data in its turn."""
        return turn == self._end[0] and word - self._end[1] <= NEAR

    # -- what is said again --------------------------------------------------------------------------------------

    def entity_with(self, groups: list[Group]) -> int | None:
        """Return the entity of a card that has these digits in a row, or None."""
        for entity, digits in self._cards:
            if digits and is_part_of(groups, digits):
                return entity
        return None

    def begins_with(self, groups: list[Group]) -> bool:
        """Return whether the groups are the first digits of a card, and not all of them."""
        first = digits_of(groups)
        return any(digits and digits != first and digits.startswith(first) for _, digits in self._cards)

    def ends_with(self, groups: list[Group]) -> bool:
        """Return whether the groups are the last four digits of a card."""
        last4 = digits_of(groups)
        return len(last4) == 4 and any(digits and digits[-4:] == last4 for _, digits in self._cards)

    def repeated_kind(self, groups: list[Group], turn: int, *, led: bool) -> str | None:
        """Return the kind of the code or date that was given and that these groups are, or None.

        Long after it they are it where they are `led`, and do not stand inside a sentence.
        """
        for kind, digits, given in reversed(self._details):
            if (led or turn - given <= REPEATED) and is_part_of(groups, digits):
                count = count_digits(groups)
                if count in {3, 4} or count == len(digits):
                    return kind
            if led and 0 < turn - given <= REPEATED and _is_misheard(digits_of(groups), digits):
                return kind  # "i've got 8575" for 8075
        return None

    def may_repeat(self, groups: list[Group], turn: int, *, led: bool) -> bool:
        """Return whether the groups may be the beginning of such a code or date."""
        for _, digits, given in self._details:
            if (led or turn - given <= REPEATED) and is_part_of(groups, digits):
                return True
            text = digits_of(groups)
            if led and 0 < turn - given <= REPEATED and _wrong_digits(text, digits) <= 1:
                return len(text) <= len(digits)
        return False


def _is_misheard(text: str, digits: str) -> bool:
    """Return whether digits are those of a code or a date but for one that was misheard."""
    return len(text) == len(digits) >= LEAST_MISHEARD and _wrong_digits(text, digits) == 1


def _wrong_digits(text: str, digits: str) -> int:
    """Return how many digits are others than those in their place, as far as the shorter one goes."""
    return sum(map(str.__ne__, text, digits))
