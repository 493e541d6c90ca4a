"""Words beside an age: data."""

from __future__ import annotations

from typing import Final

AGE_UNITS: Final = frozenset("year years yr yrs yo month months week weeks day days".split())
"""Behind an age, before "old"."""
OLD: Final = frozenset({"old", "olds", "age"})
"""Behind the unit of an age."""
ALWAYS_BEFORE_AGE: Final = frozenset("turn turned turning aged".split())
BEFORE_AGE: Final = ALWAYS_BEFORE_AGE | frozenset("i'm im he's hes she's shes am m age".split())
RELATIVES: Final = frozenset(
    """
father mother dad mum mom husband wife son daughter brother sister grandfather grandmother grandson granddaughter
patient uncle aunt nephew niece
""".split()
)
"""Of whom an age is told: "my father is eighty"."""
RELATIVE_COPULAS: Final = frozenset({"is", "was"})
RELATIVE_IS: Final = "he's"
"""Stands for "my father is": one word of `BEFORE_AGE`."""
