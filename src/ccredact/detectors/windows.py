"""Where in a row of digit groups a card may begin and end, and which of those windows are one.

A window begins and ends at a *strong* boundary: something other than a plain space between two spoken digits, or
any gap beside a written figure of two or more digits. Inside a row of single digits there is none: a nineteen-digit
tracking number read digit by digit does not get four tries at being a card.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ccredact.detectors.issuers import Readings
from ccredact.normalize.fold import BROKEN, JOINED, PLAIN
from ccredact.normalize.spoken import Group


class Window(NamedTuple):
    """Groups `[start, end)` are one card; `digits` is None where several readings fit."""

    start: int
    end: int
    digits: str | None
    score: float


def size(groups: Sequence[Group]) -> int:
    """The number of digits in the usual reading."""
    return sum(len(group.readings[0]) for group in groups)


def digits_of(groups: Sequence[Group]) -> str:
    """The digits in the usual reading."""
    return "".join(group.readings[0] for group in groups)


def strong(left: Group, right: Group) -> bool:
    """Whether a card may end before `right` and begin with it."""
    if right.gap not in (PLAIN, JOINED) or left.turn != right.turn or left.spoken != right.spoken:
        return True
    return not right.spoken and (len(left.readings[0]) > 1 or len(right.readings[0]) > 1)


def starts(groups: Sequence[Group]) -> list[int]:
    """The positions where a card may begin."""
    return [at for at in range(len(groups)) if at == 0 or strong(groups[at - 1], groups[at])]


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


def cards(groups: Sequence[Group]) -> list[Window]:
    """Every window that is a card without a cue: issuer range, length, check digit."""
    found = []
    begins = starts(groups)
    ends = {at for at in begins if at} | {len(groups)}
    for start in begins:
        readings = Readings()
        for at in range(start, len(groups)):
            readings.grow(groups[at].readings)
            if not readings.alive:
                break
            if at + 1 in ends and (hits := readings.cards()) and _regular(groups[start : at + 1]):
                values = {digits for _, digits in hits}
                found.append(Window(start, at + 1, values.pop() if len(values) == 1 else None, 0.95))
    return found


def four_by_four(groups: Sequence[Group]) -> list[Window]:
    """Runs of exactly four written groups of four digits, as printed on a card, whatever the check digit says.

    The neighbours must not be written figures of four digits too: a tracking number has more groups.
    """
    quad = [not g.spoken and len(g.readings[0]) == 4 for g in groups]
    found, at = [], 0
    while at < len(groups):
        end = at
        while end < len(groups) and quad[end]:
            end += 1
        row = groups[at:end]
        if len(row) == 4 and len({g.gap for g in row[1:]}) == 1 and row[1].gap <= JOINED and len({g.turn for g in row}) == 1:
            found.append(Window(at, end, digits_of(row), 0.6))
        at = max(end, at + 1)
    return found


def first_alive(groups: Sequence[Group]) -> int | None:
    """The first position from which the groups could still grow into a card without a cue."""
    for start in starts(groups):
        row = groups[start:]
        readings = Readings()
        for group in row:
            readings.grow(group.readings)
        if readings.alive:
            return start
        if len(row) <= 4 and all(not g.spoken and len(g.readings[0]) == 4 for g in row):
            return start
    return None


def contains(known: str, groups: Sequence[Group]) -> bool:
    """Whether some reading of the groups is part of the known digits."""
    states = {""}
    for group in groups:
        states = {s + r for s in states for r in group.readings if s + r in known}
        if not states:
            return False
    return True

