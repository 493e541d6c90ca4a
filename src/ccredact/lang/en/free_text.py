"""Words beside passwords, user names and the answers to security questions: data."""

from __future__ import annotations

from typing import Final

from ccredact.lang.en.identifiers import COPULAS

BEFORE_RETRIES: Final = COPULAS | {"right", "no", "yes", "maybe", "called", "named"}
"""Before another answer to the same question, later in the turn: "no it was Cooper"."""
WHEREABOUTS: Final = frozenset({"on", "in", "at", "under", "inside", "behind", "with"})
"""Behind "is" they say where the answer is: "the password is on the sticker"."""
JOINERS: Final = frozenset({"underscore", "dash", "hyphen", "dot"})
"""Marks that are said inside a user name or a password."""
LETTER_CASES: Final = frozenset({"capital", "uppercase", "lowercase", "caps"})
"""Before the letters of a password."""
POSSESSIVE: Final = "'s"
GOING_ON: Final = frozenset({"and", "then", "plus", "next", "finally", "lastly", "after", "followed"})
"""First words of a turn in which an answer in words goes on: "then nutmeg"."""
