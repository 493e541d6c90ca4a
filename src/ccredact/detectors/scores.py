"""Scores of spans that more than one room must know.

A span's score is in [0, 1]: 0.9 and more is certain, 0.6 likely, below 0.55 doubtful.
"""

from __future__ import annotations

from typing import Final

CHANCE: Final = 0.55
"""Of a card that another number, which was asked for, may be by chance: then that one names it."""
CHECKED: Final = 0.97
"""Of an account number whose country, length and check digits are right."""
