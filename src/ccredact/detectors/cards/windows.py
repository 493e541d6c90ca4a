"""Where in a row of digit groups a card may begin and end, and which of those windows are one.

A window begins where a group says that a number may begin, and ends before such a group or with the row. Inside a row
of single digits there is no such place: a nineteen-digit tracking number read digit by digit does not get four tries at
being a card. All functions are pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from ccredact.detectors.cards.issuers import LONGEST, SHORTEST, Readings, card_like, longest_from
from ccredact.detectors.scores import CARD_SCORE, UNCUED_SCORE
from ccredact.numbers.composer import Group
from ccredact.reasons import Reason
from ccredact.text.words import BROKEN, JOINED

MOST_BESIDE: Final = 10
"""At most as many digits can be the expiry and the code of a card."""
LONG: Final = 12
"""Digits of a run that may be a card by itself."""
_FORM: Final = 4
"""Digits of a group, and groups, as printed on most cards."""


class Window(NamedTuple):
    """Groups `[start, end)` are one card; `digits` is None where several readings fit."""

    start: int
    end: int
    digits: str | None
    score: float
    reason: Reason


# -- digits of a row -------------------------------------------------------------------------------------------------


def count_digits(groups: Sequence[Group]) -> int:
    """Return the number of digits in the usual reading."""
    return sum([len(group.readings[0]) for group in groups])


def most_digits(groups: Sequence[Group]) -> int:
    """Return the number of digits in the longest reading."""
    readings = [group.readings for group in groups]
    return sum([len(each[0]) if len(each) == 1 else max(map(len, each)) for each in readings])


def digits_of(groups: Sequence[Group]) -> str:
    """Return the digits in the usual reading."""
    return "".join([group.readings[0] for group in groups])


def is_part_of(groups: Sequence[Group], digits: str) -> bool:
    """Return whether some reading of the groups is part of the digits."""
    states = {""}
    for group in groups:
        states = {s + r for s in states for r in group.readings if s + r in digits}
        if not states:
            return False
    return True


def usual_length(digits: str) -> int:
    """Return the length at which nearly all cards of a range are complete."""
    if digits[:2] in {"34", "37"}:
        return 15
    return 14 if digits[:2] in {"30", "36", "38"} else 16


# -- cards by range, length and check digit --------------------------------------------------------------------------


def find_cards(groups: Sequence[Group]) -> list[Window]:
    """Return every window that is a card without a cue: issuer range, length, check digit."""
    starts = _starts(groups)
    ends = {at for at in starts if at} | {len(groups)}
    return [window for start in starts for window in _cards_from(groups, start, ends)]


def card_at_end(groups: Sequence[Group], *, usual: bool = False) -> Window | None:
    """Return the longest window that ends with the groups and is a card without a cue, or None.

    `usual`: in the usual reading only.
    """
    found = None
    least = most = 0
    for start in range(len(groups) - 1, -1, -1):
        readings = groups[start].readings
        if usual or len(readings) == 1:
            least, most = least + len(readings[0]), most + len(readings[0])
        else:
            sizes = [len(reading) for reading in readings]
            least, most = least + min(sizes), most + max(sizes)
        if least > LONGEST:
            break
        if most < SHORTEST or not groups[start].is_boundary:
            continue
        find = _in_one_reading if least == most else _in_any_reading
        found = next((w for w in find(groups, start, {len(groups)})), found)
    return found


def card_at_start(groups: Sequence[Group]) -> Window | None:
    """Return a card of the usual length with which the groups begin, a few digits behind it, or None.

    In the usual reading only.
    """
    if not groups or not groups[0].is_boundary:
        return None
    digits = ""
    for end, group in enumerate(groups, 1):
        digits += group.readings[0]
        if len(digits) >= usual_length(digits):
            rest = count_digits(groups[end:])
            if len(digits) == usual_length(digits) and 0 < rest <= MOST_BESIDE and card_like(digits):
                return Window(0, end, digits, CARD_SCORE, Reason.ISSUER_CHECKSUM)
            return None
    return None


def is_usual_card(groups: Sequence[Group]) -> bool:
    """Return whether the groups are a card of the usual length in the usual reading."""
    digits = digits_of(groups)
    return len(digits) == usual_length(digits) and card_like(digits)


def _starts(groups: Sequence[Group]) -> list[int]:
    """Return the positions where a card may begin."""
    return [at for at, group in enumerate(groups) if group.is_boundary]


def _cards_from(groups: Sequence[Group], start: int, ends: set[int]) -> list[Window]:
    """Return the cards that begin at `start` and end before one of `ends`."""
    if most_digits(groups[start:]) < SHORTEST:
        return []
    single = all(len(group.readings) == 1 for group in groups[start:])
    return (_in_one_reading if single else _in_any_reading)(groups, start, ends)


def _in_one_reading(groups: Sequence[Group], start: int, ends: set[int]) -> list[Window]:
    """Return the cards that begin at `start`, in the usual reading."""
    found, digits = [], ""
    for end in range(start + 1, len(groups) + 1):
        digits += groups[end - 1].readings[0]
        if len(digits) > LONGEST or (len(digits) >= 4 and longest_from(digits[:4]) < len(digits)):
            break
        if end in ends and card_like(digits) and _is_one_number(groups, start, end):
            found.append(Window(start, end, digits, CARD_SCORE, Reason.ISSUER_CHECKSUM))
    return found


def _in_any_reading(groups: Sequence[Group], start: int, ends: set[int]) -> list[Window]:
    """Return the cards that begin at `start`, in any reading."""
    found, readings = [], Readings()
    for end in range(start + 1, len(groups) + 1):
        readings.grow(groups[end - 1].readings)
        if not readings.alive:
            break
        if end in ends and (hits := readings.cards()) and _is_one_number(groups, start, end):
            values = {digits for _, digits in hits}
            digits = values.pop() if len(values) == 1 else None
            found.append(Window(start, end, digits, CARD_SCORE, Reason.ISSUER_CHECKSUM))
    return found


def _is_one_number(groups: Sequence[Group], start: int, end: int) -> bool:
    """Return whether groups `[start, end)` can be one number: over several runs it begins with one."""
    run_id = groups[start].run_id
    if run_id != groups[end - 1].run_id and start > 0 and groups[start - 1].run_id == run_id:
        return False
    return _is_regular(groups[start:end])


def _is_regular(groups: Sequence[Group]) -> bool:
    """Return whether written groups look like one number: separated alike, or in the card's own grouping."""
    written = [group for group in groups if not group.spoken]
    if len(written) < 2:
        return True
    gaps = {group.gap for group in groups[1:]}
    if len(gaps) == 1 and BROKEN not in gaps:
        return True
    sizes = [len(group.readings[0]) for group in groups]
    return set(sizes[:-1]) in ({4}, {2}, {1}) or sizes in ([4, 6, 5], [4, 6, 4]) or max(gaps) <= JOINED


# -- cards by their printed form -------------------------------------------------------------------------------------


def printed_rows(groups: Sequence[Group]) -> list[tuple[int, int]]:
    """Return where four or more written groups of four digits stand in a row, separated alike: as printed on a card."""
    fours = [_is_printed(group) for group in groups]
    found, at = [], 0
    while at < len(groups):
        end = at
        while end < len(groups) and fours[end]:
            end += 1
        zeros = all(group.readings[0] == "0000" for group in groups[at:end])
        if (
            end - at >= _FORM
            and not zeros
            and len({g.gap for g in groups[at + 1 : end]}) == 1
            and groups[at + 1].gap <= JOINED
        ):
            found.append((at, end))
        at = max(end, at + 1)
    return found


def five_by_four(groups: Sequence[Group]) -> list[Window]:
    """Return all of a run that is nothing but five such groups.

    They are the last four of one number, then a card that may be misread.
    """
    if len(groups) != _FORM + 1 or printed_rows(groups) != [(0, _FORM + 1)]:
        return []
    return [Window(0, _FORM + 1, None, UNCUED_SCORE, Reason.FORM)]


def _is_printed(group: Group) -> bool:
    return not group.spoken and len(group.readings[0]) == _FORM


# -- what may still become a card ------------------------------------------------------------------------------------


def first_open(groups: Sequence[Group], *, printed: bool) -> int | None:
    """Return the first position from which the groups are a card or could still grow into one, without a cue, or None.

    `printed`: also by their grouping alone.
    """
    ends: set[int] = set()
    for start, group in enumerate(groups):
        if not group.is_boundary:
            continue
        if may_begin_card(groups, start, printed=printed):
            return start
        if most_digits(groups[start:]) < SHORTEST:
            continue
        ends = ends or {at for at in _starts(groups) if at} | {len(groups)}
        if _cards_from(groups, start, ends):
            return start
        begins_run = start == 0 or groups[start - 1].run_id != group.run_id
        if printed and begins_run and card_at_start(groups[start:]) is not None:
            return start
    return None


def may_begin_card(groups: Sequence[Group], start: int = 0, *, printed: bool) -> bool:
    """Return whether the groups from `start` on may be the beginning of a card, or one, without a cue.

    `printed`: also by their grouping alone.
    """
    if start == len(groups) - 1 and len(groups[start].readings) == 1:
        only, count = groups[start], len(groups[start].readings[0])
        # "4123... is my card number": one written figure, held from its only word on
        written = not only.spoken and ((printed and count == _FORM) or SHORTEST <= count <= LONGEST)
        return written or count <= longest_from(only.readings[0][:8])
    row = groups[start:] if start else groups
    digits, several = "", False
    for group in row:
        digits += group.readings[0]
        several = several or len(group.readings) > 1
    if several:
        if _may_begin_in_some_reading(row):
            return True
    elif len(digits) <= longest_from(digits[:8]):
        return True
    return printed and len(row) <= _FORM + 1 and all(_is_printed(group) for group in row)


def _may_begin_in_some_reading(groups: Sequence[Group]) -> bool:
    """Return whether a card may begin with some reading of the groups."""
    prefixes, at, rest = {""}, 0, 0
    while at < len(groups) and min(map(len, prefixes)) < 8:
        readings = groups[at].readings
        prefixes = {prefix + reading for prefix in prefixes for reading in readings}
        at += 1
    for group in groups[at:]:
        rest += min(map(len, group.readings))
    return any(len(prefix) + rest <= longest_from(prefix[:8]) for prefix in prefixes)
