"""How long an expected answer is waited for, in turns, by what is expected: one table.

An answer that is read out character by character may come as late, and with pauses as long, as the policy lets
something be held (`ccredact.dialogue.hold_bounds`); where its length is not known, not much longer than it is as long
as most are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ccredact.dialogue.kinds import ANSWER_TYPES, CARD_DATA, DATE_TIME, READ_OUT, SPELLED

ANSWER_TURNS: Final = 4
"""Turns after a phrase in which its answer may begin, inside a sentence too."""
PAUSE_WORDS: Final = 16
"""Words behind a question in which its answer may begin however many turns they are: "erm" - "no rush" - "okay"."""
BEHIND_NAME: Final = 5
"""Words between the question for a name and the end of its turn, at most."""
MORE_TURNS: Final = 2
"""Turns after a part of an answer in which more of it may come inside a sentence, or all of it may be said again."""
OPEN_TURNS: Final = 4
"""Turns after a part of an answer that may be whole already, of a kind whose length nobody knows."""
ADDRESS_TURNS: Final = 6
"""Turns after the question for an address, or a part of it, in which more of it may come."""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long an answer is waited for, beside the turns right after its phrase and its parts.

    `held`: as long as the policy lets something be held; `bounded`: and never longer. `enough` digits and letters may
    be all of it, where nobody knows how many there are: then it is waited for `OPEN_TURNS`, as is more of an answer
    `in_words` that has begun.
    """

    held: bool
    bounded: bool = False
    in_words: bool = False
    enough: int = 0


ENOUGH: Final = 15
"""Digits of a card after which it is probably complete."""
SPOKEN_IN_PARTS: Final = frozenset({"PASSWORD", "USERNAME"})
"""Kinds of answers in words that may go on in later turns."""
_AT_ONCE: Final = Lifetime(held=False)
_IN_WORDS: Final = Lifetime(held=False, in_words=True)
_READ_OUT: Final = Lifetime(held=True, enough=6)
_OF_CARD: Final = Lifetime(held=True, bounded=True, enough=ENOUGH)


def _lifetime(kind: str, answer_type: int) -> Lifetime:
    """Return how long the answer to a kind of question is waited for."""
    if kind in CARD_DATA:
        return _OF_CARD
    if answer_type in READ_OUT and kind != DATE_TIME:
        return _READ_OUT
    return _IN_WORDS if answer_type == SPELLED or kind in SPOKEN_IN_PARTS else _AT_ONCE


LIFETIMES: Final = {kind: _lifetime(kind, answer_type) for kind, answer_type in ANSWER_TYPES.items()}
