"""Words around the digits of a card: data, of the kinds that rules tell apart."""

from __future__ import annotations

from typing import Final

BEHIND_INTERJECTION: Final = frozenset({"hang", "i", "let", "well", "that"})
"""Behind an "oh" that is no zero, beside corrections ("oh sorry")."""
AND: Final = "and"
"""Between two written figures it stands between two numbers: "4512 and 3377"."""
BEFORE_CARD: Final = frozenset("at for from in of off on onto to".split())
DETERMINERS: Final = frozenset("a an each every her his my our that the their this your".split())
"""Behind one of those before it: what is told is something on a card, "the limit on my card"."""
COPULAS_BEHIND_NOUN: Final = frozenset({"is", "was"})
"""Behind the card; "on my card, it's" begins another sentence."""
