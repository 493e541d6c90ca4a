"""Words that stand around the names of people, and words that are a name only where their neighbours say so."""

from __future__ import annotations

from typing import Final

TITLES: Final = frozenset("dr doctor mr mister mrs missus ms miss mx prof professor rev reverend".split())
"""Before a name, and no part of it: a title names nobody."""
DEGREES: Final = frozenset("md do phd dds dmd rn np lcsw mph esq mbbs".split())
"""Behind a name, and no part of it."""
GENERATIONS: Final = frozenset("jr sr ii iii iv".split())
"""Behind a name, with a capital, and part of it."""
NOT_FIRST_NAMES: Final = frozenset(
    """
call ask tell meet contact text email message dear hi hello hey thanks cheers morning afternoon evening good great agent
hotel lake mount saint fort port camp judge president detective captain senator coach chef sister brother mother father
client customer patient caller user name names speaker team sales support with from
""".split()
)
"""With a capital before a name, where hardly anything else is said: no part of it."""
VERBS_OF_ADDRESS: Final = frozenset("call hi hello hey dear thanks thank cheers ask tell".split())
"""Before a name, and no part of it."""
BESIDE_NAMES: Final = frozenset(
    "uncle aunt auntie cousin grandma grandpa nurse officer sergeant vs versus team".split()
)
"""Before a name, with a capital perhaps, and no part of it."""
INTRODUCTIONS: Final = frozenset("is i'm im am name name's named called hi hello dear mr mrs ms miss dr doctor".split())
"""Before a name: even a word that few people are named after is one there."""

SUBJECT_PRONOUNS: Final = frozenset("i we you they".split())
"""Before a verb: "you will"."""
STATING: Final = SUBJECT_PRONOUNS - {"you"}
"""Those before which no name stands: no "thank you Drew"."""
THANK_YOU: Final = ("thank", "you")
"""Before a name that is said back."""
OBJECT_PRONOUNS: Final = frozenset("it this that them".split())
"""Behind a verb: "mark it"."""
BEFORE_IMPERATIVES: Final = frozenset("please and then to".split())
"""Before a verb that asks for something: "please mark it"."""
AUXILIARIES: Final = frozenset("will would can could should must don't didn't really just".split())
"""Before a verb: "I just hope"."""
DETERMINERS: Final = frozenset("a an the my your our their this these no any some".split())
"""Before a noun: "my bill"."""

BEFORE_MODIFIERS: Final = frozenset({"a", "an", "another", "every"})
"""Before a word that says more of the noun behind it: "a max fee"."""
BY: Final = "by"
POINTING: Final = frozenset({"this", "that", "these", "those"})
"""Before what the talk is about: no part of an address."""

BESIDE_NAME: Final = frozenset("ok okay yeah yes yep thanks thank please right alright hi hello and so".split())
"""At the edges of what was taken for a name: no part of it."""
BEFORE_REPEATS: Final = frozenset(
    "okay ok thanks thank you hi hello hey mr mrs ms miss dr sir name yes so and right alright".split()
)
"""Before a name that is said back: "thanks Day"."""
BEHIND_REPEATS: Final = frozenset("is spelled spelt with and that's right correct thanks thank okay ok".split())
"""Behind a name that is said back at the beginning of an utterance: "Day is that right"."""

BEHIND_LONG_NAMES: Final = frozenset(
    {"no", "not", "said", "says", "has", "back", "ok", "okay", "yeah", "yep", "thanks"}
)
"""Behind a word of a name of more than three characters: no part of the name."""
POSSESSIVE: Final = "'s"
"""Ends a name that has something, as keys have it: "anna's card"."""
POSSESSIVES: Final = (POSSESSIVE, "\u2019s")
"""The same as it is written."""
PRONOUN_I: Final = "i"
"""A capital in every text, and no initial."""
LETTERS_OR_WORDS: Final = frozenset({"a", "i"})
"""Everyday words of one letter: where letters are read out they are letters."""
MEAN: Final = "mean"
I_MEAN: Final = [PRONOUN_I, MEAN]
"""What takes back a name, in the middle of what looks like one."""
VOWELS: Final = frozenset("aeiouy")
"""A short word without one is an acronym: "npi"."""
