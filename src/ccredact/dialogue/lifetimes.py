"""How long an expected answer is waited for, in turns, by what is expected: one table.

An answer that is read out character by character may come as late, and with pauses as long, as the policy lets
something be held (`ccredact.dialogue.hold_bounds`); where its length is not known, not much longer than it is as long
as most are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ccredact.dialogue.kinds import ANSWER_TYPES, CARD_DATA, READ_OUT

ANSWER_TURNS: Final = 4
"""Turns after a phrase in which its answer may begin, inside a sentence too."""
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
    be all of it, where nobody knows how many there are: then it is waited for `OPEN_TURNS`.
    """

    held: bool
    bounded: bool = False
    enough: int = 0


ENOUGH: Final = 15
"""Digits of a card after which it is probably complete."""
_IN_WORDS: Final = Lifetime(held=False)
_READ_OUT: Final = Lifetime(held=True, enough=6)
_OF_CARD: Final = Lifetime(held=True, bounded=True, enough=ENOUGH)
LIFETIMES: Final = {
    kind: _OF_CARD if kind in CARD_DATA else _READ_OUT if answer_type in READ_OUT else _IN_WORDS
    for kind, answer_type in ANSWER_TYPES.items()
}
