"""Words around the digits of a card: data, of the kinds that rules tell apart."""

from __future__ import annotations

from typing import Final

BEHIND_INTERJECTION: Final = frozenset({"hang", "i", "let", "well", "that"})
"""Behind an "oh" that is no zero, beside corrections ("oh sorry")."""
AND: Final = "and"
"""Between two written figures it stands between two numbers: "4512 and 3377"."""
