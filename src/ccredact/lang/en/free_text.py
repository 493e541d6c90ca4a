"""Words beside passwords, user names and the answers to security questions: data."""

from __future__ import annotations

from typing import Final

from ccredact.lang.en.identifiers import COPULAS

BEFORE_RETRIES: Final = COPULAS | {"right", "no", "yes", "maybe", "called", "named"}
"""Before another answer to the same question, later in the turn: "no it was Cooper"."""
DETERMINERS: Final = frozenset({"the", "my", "your", "our", "this", "that", "these", "those"})
"""Behind one of these they do: "in the blue folder", and not "in capitals"."""
WHEREABOUTS: Final = frozenset({"on", "in", "at", "under", "inside", "behind", "with"})
"""Behind "is" they say where the answer is: "the password is on the sticker"."""
LETTER_CASES: Final = frozenset({"capital", "uppercase", "lowercase", "caps", "upper", "lower", "case"})
"""Before the letters of a password or a code: "capital h", "lower case q"."""
SIGNS: Final = frozenset(
    """
underscore dash hyphen dot slash hash star asterisk ampersand tilde exclamation question dollar percent pound plus
at mark sign symbol
""".split()
)
"""Words that name a mark inside a user name, a password or a code: "dollar sign", "exclamation mark"."""
JOINERS: Final = SIGNS - {"question", "dollar", "pound", "percent", "plus", "at", "star", "mark", "sign", "symbol"}
"""Those that are one by themselves, beside any word."""
SIGN_ENDS: Final = JOINERS | {"mark", "sign", "symbol"}
"""With which such a name ends: "a dollar sign", and no dollar."""
SAME: Final = "same"
STATES: Final = frozenset(
    """
wrong incorrect invalid same different blank empty missing gone lost below above attached ready too sent kept set easy
hard long short weak strong valid necessary important unknown
""".split()
)
"""Behind "is" they say how a password is, and not what it is."""
INTERJECTIONS: Final = frozenset(
    """
gosh boy heavens goodness dear god jeez wow crikey blimey cheers bunch lot course alas yay ouch dunno ooh aah aw aww
whoa
""".split()
)
"""Words of a turn that answers nothing: "oh boy", "thanks a bunch"."""
STATE_ENDING: Final = "ed"
"""The same of words with this ending: "is stored", "was mailed"."""
HANDLING: Final = frozenset(
    """
reset resetting change changed changing forget forgot forgotten lost lose recover recovering update updated updating
sent send sending texted emailed mailed type types typed never
""".split()
)
"""Right before a password that is talked of and not asked for: "we've reset your password"."""
REPORTING: Final = frozenset("wants asks asking asked prompts keeps saying tells".split())
"""The same, some words before it: "it wants me to enter a new password"."""
POSSESSIVE: Final = "'s"
GOING_ON: Final = frozenset({"and", "then", "plus", "next", "finally", "lastly", "after", "followed"})
"""First words of a turn in which an answer in words goes on: "then nutmeg"."""
