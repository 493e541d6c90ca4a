"""Words beside an age: data."""

from __future__ import annotations

import re
from typing import Final

AGE_UNITS: Final = frozenset("year years yr yrs month months week weeks day days".split())
"""Behind an age, before "old"."""
OLD: Final = frozenset({"old", "olds", "age", "young"})
"""Behind the unit of an age."""
AGE_SIGN: Final = ("y", "o")
"""Years old, as doctors write it: "92 y/o", "92 y.o."."""
AGE_SIGNS: Final = frozenset({"yo", "yof", "yom"})
"""The same in one word, with the sex perhaps: a unit that needs no "old" behind."""
AGE_IN_ONE_WORD: Final = re.compile(r"\d{1,3}(?:yo|yof|yom)")
OLDEST: Final = frozenset({"nineties", "90s", "90's"})
"""Ages over 89 that are said of a decade."""
PARTS_OF_DECADES: Final = frozenset({"early", "mid", "late"})
OWNERS: Final = frozenset("my your his her their our".split())
"""Before a decade: "in his nineties"."""

# -- before an age ---------------------------------------------------------------------------------------------------

ALWAYS_BEFORE_AGE: Final = frozenset("turn turns turned turning aged".split())
PERSON_IS: Final = frozenset("i'm im he's hes she's shes you're youre who's am m age".split())
"""A person and "is", in one word."""
PERSONS: Final = frozenset({"i", "he", "she", "you", "who"})
WHEN: Final = frozenset({"when", "since", "until", "till", "before", "after"})
"""Before "he was" and an age, however small it is."""
RELATIVES: Final = frozenset(
    """
father mother dad mum mom husband wife son daughter brother sister grandfather grandmother grandson granddaughter
patient uncle aunt nephew niece
grandpa grandma grandad granddad nan nana nanny granny gran papa stepson stepdaughter stepfather stepmother stepdad
stepmom baby toddler child kid boy girl twin youngest oldest eldest partner girlfriend boyfriend fiance spouse cousin
lady gentleman woman man guy resident mother-in-law
""".split()
)
"""Of whom an age is told: "my father is eighty"."""
RELATIVES_PLURAL: Final = frozenset(
    "sons daughters boys girls kids children twins brothers sisters grandkids grandchildren parents".split()
)
COPULAS: Final = frozenset({"is", "was", "are", "were", "be", "been"})
RELATIVE_IS: Final = "he's"
"""Stands for "my father is": no number is led into by it."""
MODALS: Final = frozenset("will would must might could should has had have".split())
"""Before "be", behind the person."""
PERSON_WILL: Final = frozenset("he'd she'd i'd you'd he'll she'll i'll you'll".split())
"""A person and one of these, in one word."""
HALF_SAID: Final = frozenset(
    "about almost nearly just now only already still like probably maybe roughly around".split()
)
"""Between the copula and the age."""
GOING: Final = ("going", "on")
DIED: Final = frozenset("died dies passed dead die".split())
"""Before "at" and an age, behind "away" perhaps."""
AT: Final = "at"
AWAY: Final = "away"
OF: Final = "of"
AGE: Final = "age"
JOINS: Final = frozenset({"and", "or", "then"})
"""Between the ages of several."""
NO_AGE_BEHIND: Final = frozenset("in of at on for from to by or a an to out percent".split())
"""Words behind a figure that is no age, inside a sentence: "i'm 61 in the queue"."""
