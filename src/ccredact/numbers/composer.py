"""Spoken numbers: one word in, groups of digits out, with every reading that people use.

"forty two" may be 42 or 40 2, "forty five hundred" 4500 or 40 500, "two thousand nine" 2009 or 2000 9. A `Group` is
the shortest run of words whose digits belong together; `readings` are its digit strings, the usual one first.
`Composer` is fed one word at a time and closes a group as soon as the next word cannot change it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from ccredact.text.forking import filled
from ccredact.text.word_class import DIGITS, MAGNITUDE, TEEN, TENS, UNIT
from ccredact.text.words import JOINED, PLAIN

LONGEST = 24
"""Digits kept of one written figure: longer than any card, so that a longer one can never pass as one."""


class Group(NamedTuple):
    """Digits that were said or written together, over the words `[first, last]` of the call.

    `run` is the first word of the run it belongs to, `gap` what stands before it (`fold.PLAIN` ...); `begins` says that
    a number may end before it and begin with it: something other than a plain space stands between two spoken digits,
    or it or the figure before it has two digits or more.
    """

    readings: tuple[str, ...]
    first: int
    last: int
    gap: int
    spoken: bool
    turn: int
    speaker: str | None
    run: int
    begins: bool


def _cardinal(parts: tuple[str, ...]) -> str | None:
    """The digits of `parts` read as one English cardinal, or None when English does not say it so."""
    total, rest, room = 0, 0, 10**7  # `room`: what is added next must be below it
    for part in parts:
        if part == "000":
            if not 0 < rest < 1000 or total:
                return None
            total, rest, room = rest * 1000, 0, 1000
        elif part == "00":
            if not 0 < rest < 100:
                return None
            rest, room = rest * 100, 100
        else:
            value = int(part)
            if rest and (value >= 10 or rest % 10 or rest < 20):
                if not (rest >= 100 and rest % 100 == 0 and value < 100):
                    return None
            elif rest and value == 0:
                return None
            if value >= room or (value == 0 and len(parts) > 1):
                return None
            rest, room = rest + value, (10 if value >= 20 else 1)
    return str(total + rest)


def readings_of(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Every way to cut `parts` into cardinals, as digit strings, the fewest pieces first (at most four)."""
    return parts if len(parts) == 1 else _readings(parts)


@lru_cache(maxsize=4096)
def _readings(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The readings of several number words: a written figure, which may be all of a card, is never kept here."""
    found: dict[str, int] = {}

    def cut(start: int, digits: str, pieces: int) -> None:
        if start == len(parts):
            found[digits] = min(pieces, found.get(digits, 99))
            return
        for end in range(start + 1, len(parts) + 1):
            value = _cardinal(parts[start:end])
            if value is not None:
                cut(end, digits + value, pieces + 1)

    cut(0, "", 0)
    return tuple(sorted(found, key=lambda digits: (found[digits], len(digits), digits)))[:4]


class Composer:
    """Builds groups from the number words of one run."""

    parts: tuple[str, ...] = ()
    """Of the open group, empty while there is none."""
    _kind = 0
    _first = 0
    _last = 0
    _gap = 0
    _spoken = False
    _begins = False
    _repeat: tuple[int, int] | None = None
    """(times, word) of a "double" that waits for its digit."""

    def fork(self) -> Composer:
        """An independent copy."""
        return filled(Composer(), self)

    @property
    def waiting(self) -> bool:
        """True when a word has been taken whose group is not closed."""
        return bool(self.parts) or self._repeat is not None

    @property
    def repeat_at(self) -> int | None:
        """The word of a "double" that waits for its digit."""
        return None if self._repeat is None else self._repeat[1]

    @property
    def may_grow(self) -> bool:
        """True when the next word may still change the open group in the usual way of speaking."""
        return self._repeat is not None or bool(self._kind & (TENS | MAGNITUDE))

    def repeat(self, times: str, index: int, gap: int) -> None:
        """Take "double" or "triple": it waits for its digit."""
        self._repeat = (int(times), index)
        self._gap = gap

    def extends(self, kind: int, value: str) -> bool:
        """Whether a word of this class goes on with the open group: as one cardinal, as English says it."""
        if not self.parts or self._repeat is not None:
            return False
        if kind & UNIT:
            usual = value != "0" and bool(self._kind & (TENS | MAGNITUDE))
        else:
            usual = bool(kind & MAGNITUDE) or (bool(self._kind & MAGNITUDE) and bool(kind & (TEEN | TENS)))
        return usual and _cardinal((*self.parts, value)) is not None

    def add(self, kind: int, value: str, index: int) -> None:
        """Go on with the open group (`extends` said so)."""
        self.parts = (*self.parts, value)
        self._kind = kind
        self._last = index

    def start(self, kind: int, value: str, index: int, gap: int, *, left: Group | None) -> None:
        """Begin a group; `left` is the one before it in its run."""
        if kind & DIGITS:
            value = value[:LONGEST]
        self._spoken = not kind & DIGITS or self._repeat is not None
        if self._repeat is not None:
            times, first = self._repeat
            self._repeat = None
            self._first = first
            self.parts = (value * times,) if len(value) == 1 else (value,)
            kind = DIGITS  # "double five hundred" is not said: nothing goes on with it
        else:
            self._first, self._gap = index, gap
            self.parts = (value,)
        self._kind = kind
        self._last = index
        self._begins = (
            left is None
            or self._gap not in (PLAIN, JOINED)
            or left.spoken != self._spoken
            or (not self._spoken and (len(value) > 1 or len(left.readings[0]) > 1))
        )

    def close(self) -> None:
        """Close the open group."""
        self.parts, self._kind = (), 0

    def peek(self, turn: int, speaker: str | None, run: int) -> Group:
        """The open group as it stands."""
        readings = readings_of(self.parts)
        return Group(readings, self._first, self._last, self._gap, self._spoken, turn, speaker, run, self._begins)
