"""What says of a number that it counts something: the one rule, to which a detector adds what it alone knows."""

from __future__ import annotations

from typing import Final

from ccredact.text.word_class import MEASURE

_UNIT_SIGNS: Final = frozenset("%€£")


def has_unit_sign(gap: str) -> bool:
    """Return whether the sign of a unit stands right behind a number, in the text before the next word: "45 %"."""
    return len(gap) > 1 and not _UNIT_SIGNS.isdisjoint(gap)


def is_unit(classes: int, gap: str = " ") -> bool:
    """Return whether what stands behind a number says that it is an amount, a time, a quantity or a position.

    That is the sign of a unit in the gap, or the word behind it, of these classes.
    """
    return bool(classes & MEASURE) or has_unit_sign(gap)
