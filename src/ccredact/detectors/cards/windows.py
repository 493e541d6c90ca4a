"""Where in a row of digit groups a card may begin and end, and which of those windows are one.

A window begins where a group says that a number may begin, and ends before such a group or with the row. Inside a row
of single digits there is no such place: a nineteen-digit tracking number read digit by digit does not get four tries at
being a card.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ccredact.detectors.cards.issuers import LONGEST, SHORTEST, Readings, card_like, longest_from
from ccredact.numbers.composer import Group
from ccredact.text.words import BROKEN, JOINED


class Window(NamedTuple):
    """Groups `[start, end)` are one card; `digits` is None where several readings fit."""

    start: int
    end: int
    digits: str | None
    score: float


def size(groups: Sequence[Group]) -> int:
    """The number of digits in the usual reading."""
    return sum([len(group.readings[0]) for group in groups])


def most(groups: Sequence[Group]) -> int:
    """The number of digits in the longest reading."""
    readings = [group.readings for group in groups]
    return sum([len(each[0]) if len(each) == 1 else max(map(len, each)) for each in readings])


def digits_of(groups: Sequence[Group]) -> str:
    """The digits in the usual reading."""
    return "".join([group.readings[0] for group in groups])


def starts(groups: Sequence[Group]) -> list[int]:
    """The positions where a card may begin."""
    return [at for at, group in enumerate(groups) if group.begins]


def _regular(groups: Sequence[Group]) -> bool:
    """Whether written groups look like one number: separated alike, or in the card's own grouping."""
    written = [group for group in groups if not group.spoken]
    if len(written) < 2:
        return True
    gaps = {group.gap for group in groups[1:]}
    if len(gaps) == 1 and BROKEN not in gaps:
        return True
    sizes = [len(group.readings[0]) for group in groups]
    return set(sizes[:-1]) in ({4}, {2}, {1}) or sizes in ([4, 6, 5], [4, 6, 4]) or max(gaps) <= JOINED


def _one_piece(groups: Sequence[Group], start: int, end: int) -> bool:
    """Whether groups `[start, end)` can be one number: over several runs it begins with one."""
    if groups[start].run != groups[end - 1].run and start > 0 and groups[start - 1].run == groups[start].run:
        return False
    return _regular(groups[start:end])


def cards(groups: Sequence[Group]) -> list[Window]:
    """Every window that is a card without a cue: issuer range, length, check digit."""
    begins = starts(groups)
    ends = {at for at in begins if at} | {len(groups)}
    return [window for start in begins for window in _from(groups, start, ends)]


def card_at_end(groups: Sequence[Group], *, usual: bool = False) -> Window | None:
    """The longest window that ends with the groups and is a card without a cue; `usual`: in the usual reading only."""
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
        if most < SHORTEST or not groups[start].begins:
            continue
        find = _single if least == most else _several
        found = next((w for w in find(groups, start, {len(groups)})), found)
    return found


def _single(groups: Sequence[Group], start: int, ends: set[int]) -> list[Window]:
    """The cards that begin at `start`, every group having one reading."""
    found, digits = [], ""
    for end in range(start + 1, len(groups) + 1):
        digits += groups[end - 1].readings[0]
        if len(digits) > LONGEST or (len(digits) >= 4 and longest_from(digits[:4]) < len(digits)):
            break
        if end in ends and card_like(digits) and _one_piece(groups, start, end):
            found.append(Window(start, end, digits, 0.95))
    return found


def _several(groups: Sequence[Group], start: int, ends: set[int]) -> list[Window]:
    """The cards that begin at `start`, in any reading."""
    found, readings = [], Readings()
    for end in range(start + 1, len(groups) + 1):
        readings.grow(groups[end - 1].readings)
        if not readings.alive:
            break
        if end in ends and (hits := readings.cards()) and _one_piece(groups, start, end):
            values = {digits for _, digits in hits}
            found.append(Window(start, end, values.pop() if len(values) == 1 else None, 0.95))
    return found


BESIDE = 10
"""At most as many digits can be the expiry and the code of a card."""
LONG = 12
"""Digits of a run that may be a card by itself."""


def usual_length(digits: str) -> int:
    """The length at which nearly all cards of a range are complete."""
    if digits[:2] in {"34", "37"}:
        return 15
    return 14 if digits[:2] in {"30", "36", "38"} else 16


def is_usual(groups: Sequence[Group]) -> bool:
    """Whether the groups are a card of the usual length in the usual reading."""
    digits = digits_of(groups)
    return len(digits) == usual_length(digits) and card_like(digits)


def head(groups: Sequence[Group]) -> Window | None:
    """A card of the usual length at the beginning of the groups, in the usual reading, with a few digits behind it."""
    if not groups or not groups[0].begins:
        return None
    digits = ""
    for end, group in enumerate(groups, 1):
        digits += group.readings[0]
        if len(digits) >= usual_length(digits):
            rest = size(groups[end:])
            if len(digits) == usual_length(digits) and 0 < rest <= BESIDE and card_like(digits):
                return Window(0, end, digits, 0.95)
            return None
    return None


def rows(groups: Sequence[Group]) -> list[tuple[int, int]]:
    """Where four or more written groups of four digits stand in a row, separated alike: as printed on a card."""
    quad = [not g.spoken and len(g.readings[0]) == 4 for g in groups]
    found, at = [], 0
    while at < len(groups):
        end = at
        while end < len(groups) and quad[end]:
            end += 1
        zeros = all(group.readings[0] == "0000" for group in groups[at:end])
        if (
            end - at >= 4
            and not zeros
            and len({g.gap for g in groups[at + 1 : end]}) == 1
            and groups[at + 1].gap <= JOINED
        ):
            found.append((at, end))
        at = max(end, at + 1)
    return found


def five_by_four(groups: Sequence[Group]) -> list[Window]:
    """A run that is nothing but five such groups: the last four of one number, then a card that may be misread."""
    if len(groups) != 5 or rows(groups) != [(0, 5)]:
        return []
    return [Window(0, 5, None, 0.6)]


def first_open(groups: Sequence[Group], *, printed: bool) -> int | None:
    """The first position from which the groups are a card or could still grow into one, without a cue.

    `printed`: also by their grouping alone.
    """
    ends: set[int] = set()
    for start, group in enumerate(groups):
        if not group.begins:
            continue
        if alive(groups, start, printed=printed):
            return start
        if most(groups[start:]) < SHORTEST:
            continue
        ends = ends or {at for at in starts(groups) if at} | {len(groups)}
        if _from(groups, start, ends):
            return start
        if printed and (start == 0 or groups[start - 1].run != group.run) and head(groups[start:]) is not None:
            return start
    return None


def _from(groups: Sequence[Group], start: int, ends: set[int]) -> list[Window]:
    """The cards that begin at `start`."""
    if most(groups[start:]) < SHORTEST:
        return []
    single = all(len(group.readings) == 1 for group in groups[start:])
    return (_single if single else _several)(groups, start, ends)


def alive(groups: Sequence[Group], start: int, *, printed: bool) -> bool:
    """Whether the groups from `start` on may be the beginning of a card, or one, without a cue."""
    if start == len(groups) - 1 and len(groups[start].readings) == 1:
        only, count = groups[start], len(groups[start].readings[0])
        # "4123... is my card number": one written figure, held from its only word on
        written = not only.spoken and ((printed and count == 4) or SHORTEST <= count <= LONGEST)
        return written or count <= longest_from(only.readings[0][:8])
    row = groups[start:] if start else groups
    digits, several = "", False
    for group in row:
        digits += group.readings[0]
        several = several or len(group.readings) > 1
    if several:
        if _alive_in_some_reading(groups, start):
            return True
    elif len(digits) <= longest_from(digits[:8]):
        return True
    return printed and len(row) <= 5 and all(not g.spoken and len(g.readings[0]) == 4 for g in row)


def _alive_in_some_reading(groups: Sequence[Group], start: int) -> bool:
    prefixes, at, rest = {""}, start, 0
    while at < len(groups) and min(map(len, prefixes)) < 8:
        readings = groups[at].readings
        prefixes = {prefix + reading for prefix in prefixes for reading in readings}
        at += 1
    for group in groups[at:]:
        rest += min(map(len, group.readings))
    return any(len(prefix) + rest <= longest_from(prefix[:8]) for prefix in prefixes)


def contains(known: str, groups: Sequence[Group]) -> bool:
    """Whether some reading of the groups is part of the known digits."""
    states = {""}
    for group in groups:
        states = {s + r for s in states for r in group.readings if s + r in known}
        if not states:
            return False
    return True
