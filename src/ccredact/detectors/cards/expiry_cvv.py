"""What the digits beside a card are: its expiry date, its security code, or more of the card."""

from __future__ import annotations

from collections.abc import Sequence

from ccredact.detectors.cards.digit_run import Run
from ccredact.detectors.cards.windows import digits_of
from ccredact.dialogue.card_prompts import CVV, EXPIRY
from ccredact.numbers.composer import Group
from ccredact.text.token import Token
from ccredact.text.word_class import MEASURE
from ccredact.text.words import SLASH

CARD_LABEL, EXPIRY_LABEL, CVV_LABEL = "CREDIT_CARD", "CREDIT_CARD_EXPIRY", "CREDIT_CARD_CVV"


def is_expiry(groups: Sequence[Group], *, loose: bool) -> bool:
    """MMYY or MMYYYY; M then YY where a slash or the question makes it a date."""
    digits = digits_of(groups)
    if len(digits) in (4, 6) and "01" <= digits[:2] <= "12":
        return len(digits) == 4 or digits[2:4] == "20"
    if len(digits) not in (3, 5) or len(groups) < 2 or len(groups[0].readings[0]) != 1:
        return False
    return (loose or groups[1].gap == SLASH) and digits[0] != "0"


def classify(run: Run, *, wants: frozenset[str], continued: bool) -> list[tuple[str, int, int]]:
    """(label, first word, word after) of the parts of a run beside a card; nothing where it is none of its data.

    `wants` is what was asked for; `continued` says that nothing stood between the card and these digits.
    """
    groups = run.groups
    whole = (run.start, run.last + 1)
    count = len(digits_of(groups))
    only = next(iter(wants)) if len(wants) == 1 else None
    if run.month:
        return [(EXPIRY_LABEL, *whole)]
    if only == CVV and count <= 4:
        return [(CVV_LABEL, *whole)]
    loose = only == EXPIRY
    if is_expiry(groups, loose=loose):
        return [(EXPIRY_LABEL, *whole)]
    if count in (3, 4):
        return [(EXPIRY_LABEL if loose else CVV_LABEL, *whole)]
    for at in range(1, len(groups)):
        left, right = groups[:at], groups[at:]
        middle = right[0].first
        if is_expiry(left, loose=loose) and len(digits_of(right)) in (3, 4):
            return [(EXPIRY_LABEL, run.start, middle), (CVV_LABEL, middle, run.last + 1)]
        if len(digits_of(left)) in (3, 4) and is_expiry(right, loose=loose):
            return [(CVV_LABEL, run.start, middle), (EXPIRY_LABEL, middle, run.last + 1)]
    if count <= 2 and wants:
        return [(EXPIRY_LABEL if EXPIRY in wants else CVV_LABEL, *whole)]
    if continued or wants:
        return [(CARD_LABEL, *whole)] if count else []
    return []


def measured(run: Run, token: Token | None) -> bool:
    """Whether the word after the run makes it an amount, a time or a quantity."""
    if run.slack:
        return token is not None and run.rated
    return token is not None and bool(token.classes & MEASURE)


def likely_expiry(groups: list[Group]) -> bool:
    """Whether four digits that nobody asked for are a month and a year in which a card may end."""
    return is_expiry(groups, loose=False) and "20" <= digits_of(groups)[-2:] <= "49"
