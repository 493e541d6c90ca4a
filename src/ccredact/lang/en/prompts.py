"""The file of phrases that ask for something or announce it, and the words that change what such a phrase means."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

PROMPTS: Final = "prompts.txt"

MINE: Final = "my"
"""Before what is asked for it makes the phrase a statement: "my password"."""
YOURS: Final = frozenset({"your", "ur", "his", "her", "their"})
"""Before what is asked for."""
CODE_WORD: Final = "code"
"""Behind "your" it is one that was sent, where no longer phrase says of what it is."""
IS: Final = "is"
"""Between an answer and "the" with its phrase: "velvet comet is the password"."""
WHICH: Final = frozenset({"what", "what's", "whats", "which", "whose"})
"""Words of a question that has "is" in it too."""
ASKING: Final = frozenset(
    """
what what's whats which read give tell have get take grab need confirm verify provide share see say says find know
please kindly quote repeat enter could can may would given were is are do does did any
""".split()
)
"""Words of a turn that asks for something."""
PLURALS: Final = {"number": "numbers", "id": "ids", "code": "codes", "reference": "references", "no": "nos"}
"""Last words of a phrase that are said of several."""
SPELLED_ENDS: Final = {"id": ("i", "d")}
"""Last words of a phrase that are read out as letters too."""
CHARACTERS: Final = frozenset({"character", "characters", "letter", "letters", "digit", "digits"})
"""Before a password or PIN of which only some are asked for: "the second and fifth character of your"."""
ENDS: Final = frozenset({"first", "last", "final", "other", "next", "remaining"})
"""Before as many characters as are asked for: "the last four of your"."""
LINKS: Final = frozenset({"to", "with", "on", "for", "of", "in"})
"""Before a phrase that only says whose number was announced: "the policy number linked to my account"."""
ACCOUNTS: Final = frozenset({"account", "ssn", "social", "bank"})
"""Where these are talked of, payments are not far."""
STARTS_OVER: Final = frozenset("again over top beginning scrap forget".split())
"""Words with which one who reads an answer out says that it begins anew: "let me start over"."""
IS_OVER: Final = "ends"
"""Said of a number by its last digits, and of all that is over then."""
DATE: Final = "date"
"""Behind the question for an expiry date it is that one."""


def prompt_text() -> str:
    """Return the text of the file."""
    return files(__package__).joinpath(PROMPTS).read_text("utf-8")
