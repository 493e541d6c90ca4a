"""What the digits beside a card are: its expiry date, its security code, or more of the card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ccredact.detectors.cards.digit_run import DigitRun
from ccredact.detectors.cards.windows import Window, card_at_start, digits_of
from ccredact.dialogue.kinds import CARD, CVV, EXPIRY
from ccredact.numbers.composer import Group
from ccredact.numbers.quantity import is_unit
from ccredact.text.token import Token
from ccredact.text.words import SLASH


def is_expiry(groups: Sequence[Group], *, loose: bool) -> bool:
    """Return whether groups are MMYY or MMYYYY, or M then YY where a slash makes it a date.

    `loose`: no slash is needed, since it was asked for.
    """
    digits = digits_of(groups)
    if len(digits) in (4, 6) and "01" <= digits[:2] <= "12":
        return len(digits) == 4 or digits[2:4] == "20"
    if len(digits) not in (3, 5) or len(groups) < 2 or len(groups[0].readings[0]) != 1:
        return False
    return (loose or groups[1].gap == SLASH) and digits[0] != "0"


def is_likely_expiry(groups: Sequence[Group]) -> bool:
    """Return whether digits that nobody asked for are a month and a year in which a card may end."""
    return is_expiry(groups, loose=False) and _ends_soon(groups)


def may_be_year(groups: Sequence[Group]) -> bool:
    """Return whether digits behind a month are the year in which a card ends: "26", "2027"."""
    digits = digits_of(groups)
    return len(digits) in (2, 4) and digits[:-2] in ("", "20") and "20" <= digits[-2:] <= "49"


_BOTH: Final = frozenset({EXPIRY, CVV})


def is_measured(run: DigitRun, token: Token | None) -> bool:
    """Return whether the word after the run makes it an amount, a time or a quantity; None when its turn is over."""
    if run.ends_in_million:
        return True
    if run.fillers:
        return token is not None and run.measures
    return token is not None and is_unit(token.classes, token.gap)


def parts_beside_card(run: DigitRun, *, wants: frozenset[str], continued: bool) -> list[tuple[str, int, int]]:
    """Return (kind, first word, word after) of the parts of a run beside a card; nothing where it is none of its data.

    `wants` is what was asked for; `continued` says that nothing stood between the card and these digits.
    """
    groups = run.groups
    start, end = run.start, run.last + 1
    count = len(digits_of(groups))
    only = next(iter(wants)) if len(wants) == 1 else None
    if run.has_month:
        return [(EXPIRY, start, end)]
    if only == CVV and count <= 4:
        return [(CVV, start, end)]
    loose = only == EXPIRY
    spoken = all(group.spoken for group in groups) and [len(group.readings[0]) for group in groups] == [1, 2]
    if is_expiry(groups, loose=loose or spoken):  # "seven twenty six"
        return [(EXPIRY, start, end)]
    if count in (3, 4):
        return [(EXPIRY if loose else CVV, start, end)]
    for at in range(1, len(groups)):
        left, right = groups[:at], groups[at:]
        middle = right[0].first
        if is_expiry(left, loose=loose) and len(digits_of(right)) in (3, 4):
            return [(EXPIRY, start, middle), (CVV, middle, end)]
        if len(digits_of(left)) in (3, 4) and is_expiry(right, loose=loose):
            return [(CVV, start, middle), (EXPIRY, middle, end)]
    if wants >= _BOTH and count in (6, 7):
        return _short_date_and_code(groups, start, end)
    if count <= 2 and wants:
        return [(EXPIRY if EXPIRY in wants else CVV, start, end)]
    return [(CARD, start, end)] if count and (continued or wants) else []


def _short_date_and_code(groups: Sequence[Group], start: int, end: int) -> list[tuple[str, int, int]]:
    """Return the parts of a date without a slash and a security code, both asked for: "9:28, 123".

    Where either part may be the date, all of it is a code, which no policy shows.
    """
    for at in range(1, len(groups)):
        left, right = groups[:at], groups[at:]
        middle, first, last = right[0].first, _may_end_card(left), _may_end_card(right)
        if first and not last and len(digits_of(right)) in (3, 4):
            return [(EXPIRY, start, middle), (CVV, middle, end)]
        if last and not first and len(digits_of(left)) in (3, 4):
            return [(CVV, start, middle), (EXPIRY, middle, end)]
    return [(CVV, start, end)]


def _may_end_card(groups: Sequence[Group]) -> bool:
    """Return whether groups are a month and a year in which a card ends, with or without a slash."""
    return is_expiry(groups, loose=True) and _ends_soon(groups)


def _ends_soon(groups: Sequence[Group]) -> bool:
    return "20" <= digits_of(groups)[-2:] <= "49"


def card_before_data(run: DigitRun) -> Window | None:
    """Return the card at the beginning of a run that reads on without a break into its expiry and code, or None."""
    card = card_at_start(run.groups)
    if card is None:
        return None
    rest = run.fork()
    rest.drop_until(run.groups[card.end - 1].last)
    return card if parts_beside_card(rest, wants=frozenset(), continued=False) else None
