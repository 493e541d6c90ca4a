"""What a phrase says about the answer that it asks for or announces: whose it is, how long, whether it is asked for."""

from __future__ import annotations

from typing import Final

from ccredact.dialogue.answer_lengths import USUAL
from ccredact.dialogue.choice import CLOSE
from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.dialogue.kinds import ANSWER_TYPES, CARD_DATA, IDENTIFIER, OTHER, TEXT
from ccredact.lang.en.cardinals import VALUES
from ccredact.lang.en.emails import STATEMENTS
from ccredact.lang.en.free_text import HANDLING, REPORTING
from ccredact.lang.en.prompts import ASKING, CHARACTERS, ENDS, IS, MINE, WHICH, YOURS
from ccredact.text.token import Token

ASKED_BEHIND: Final = 8
"""Words between a phrase and the end of its turn with which it asks for something, and does not just name it."""
REASON_BEHIND: Final = 16
"""The same where words before say that it asks: "what pin would you like? just so I can get into the account"."""
OWNER: Final = 3
"""Words before the last one of a phrase among which it is said whose number it is."""
_MOST_WANTED: Final = 16
"""No question asks for more digits by their number."""
_SHORT: Final = frozenset({"STREET_ADDRESS", "BIRTH_PART"})
"""Answers that may have a digit or two: the number of a house, a year."""
_IN_PARTS: Final = frozenset({"PASSWORD", "PIN"})
"""What is asked for by single characters, for safety."""


def answer_to(kind: str, token: Token, before: tuple[str, ...], *, weak: bool) -> ExpectedAnswer:
    """Return what a phrase that ended with a word asks for; `before` are the words before it."""
    stated = ANSWER_TYPES[kind] == TEXT and before[-2:-1] == (IS,) and len(before) > 2 and WHICH.isdisjoint(before)
    weak = weak or stated  # "velvet comet is the password"
    item = ExpectedAnswer(kind, token.index, token.turn, token.speaker, weak=weak)
    owner = before[-OWNER:]
    item.mine, item.personal = MINE in owner, not YOURS.isdisjoint(owner)
    if kind == IDENTIFIER and not WHICH.isdisjoint(before[-1:]):
        item.personal = True
    item.wanted, item.time = _wanted(kind, before), token.time
    item.asking = not ASKING.isdisjoint(before)
    if ANSWER_TYPES[kind] == TEXT:
        reported = not (HANDLING.isdisjoint(owner) and REPORTING.isdisjoint(before))
        item.stated = WHICH.isdisjoint(before) and reported  # "it wants me to enter a password", "i reset my password"
    else:
        item.stated = not item.personal and not STATEMENTS.isdisjoint(before)
    item.in_parts = kind in _SHORT or (kind in _IN_PARTS and not CHARACTERS.isdisjoint(before))
    if token.speaker is None:  # no turn will end: what is asked is known by its words alone
        item.asked = not item.mine and not item.weak
    return item


def asks(item: ExpectedAnswer, behind: int) -> bool:
    """Return whether a phrase asks, and does not just name, with `behind` words between it and the end of its turn."""
    if item.stated and item.answer_type == TEXT:
        return False
    if item.weak:
        return not item.mine and item.asking and behind <= CLOSE and item.kind != OTHER
    if item.personal or (item.asking and not item.mine and behind <= REASON_BEHIND):
        return True
    return behind <= ASKED_BEHIND and not (item.mine and behind != 1)


def _wanted(kind: str, before: tuple[str, ...]) -> int:
    """Return how many digits and letters the answer has: as many as were asked for, or as its kind has."""
    if kind in CARD_DATA:
        return 0  # their check digit and form tell
    for place in range(len(before) - 1, -1, -1):
        said = VALUES.get(before[place], before[place])
        if not said.isdecimal() or not 1 < int(said[:3]) <= _MOST_WANTED:
            continue
        ending = place > 0 and before[place - 1] in ENDS  # "the last four of your"
        if ending or not CHARACTERS.isdisjoint(before[place + 1 : place + 2]):  # "the six digit code"
            return int(said[:3])
    return USUAL.get(kind, 0)
