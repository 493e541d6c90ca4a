"""Spoken numbers: one word in, groups of digits out, with every reading that people use.

"forty two" may be 42 or 40 2, "forty five hundred" 4500 or 40 500, "two thousand nine" 2009 or 2000 9. A `Group` is
the shortest run of words whose digits belong together; `readings` are its digit strings, the usual one first.
`Composer` is fed one word at a time and closes a group as soon as the next word cannot change it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from ccredact.text.forking import filled
from ccredact.text.word_class import DIGITS, MAGNITUDE, TEEN, TENS, UNIT
from ccredact.text.words import JOINED, PLAIN
from ccredact.transcript import Name

LONGEST: Final = 24
"""Digits kept of one written figure: longer than any card, so that a longer one can never pass as one."""
MOST_READINGS: Final = 4
_HUNDRED: Final = "00"
_THOUSAND: Final = "000"


class Group:
    """Digits that were said or written together: a value, of which nothing is changed once it is made.

    They stand over the words `[first, last]` of the call, in the run `run_id`; `gap` is what stands before them
    (`ccredact.text.words.PLAIN` ...). `is_boundary` says that a number may end before the group and begin with it:
    something other than a plain space stands between two spoken digits, or it or the figure before it has two digits
    or more.
    """

    __slots__ = ("first", "gap", "is_boundary", "last", "readings", "run_id", "speaker", "spoken")

    def __init__(
        self,
        readings: tuple[str, ...],
        first: int,
        last: int,
        gap: int,
        *,
        spoken: bool,
        speaker: Name | None,
        run_id: int,
        is_boundary: bool,
    ) -> None:
        self.readings = readings
        self.first = first
        self.last = last
        self.gap = gap
        self.spoken = spoken
        self.speaker = speaker
        self.run_id = run_id
        self.is_boundary = is_boundary

    def with_reading(self, reading: str) -> Group:
        """Return the same group with one more reading."""
        return Group(
            (*self.readings, reading),
            self.first,
            self.last,
            self.gap,
            spoken=self.spoken,
            speaker=self.speaker,
            run_id=self.run_id,
            is_boundary=self.is_boundary,
        )


def cardinal(parts: tuple[str, ...]) -> str | None:
    """Return the digits of `parts` read as one English cardinal, or None when English does not say it so."""
    total, rest, room = 0, 0, 10**7  # `room`: what is added next must be below it
    for part in parts:
        if part == _THOUSAND:
            if not 0 < rest < 1000 or total:
                return None
            total, rest, room = rest * 1000, 0, 1000
        elif part == _HUNDRED:
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
    """Return the digit strings of every way to cut `parts` into cardinals, the fewest pieces first."""
    return parts if len(parts) == 1 else _readings(parts)


@lru_cache(maxsize=4096)
def _readings(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the readings of several number words: a written figure, which may be all of a card, is never kept here."""
    found: dict[str, int] = {}

    def cut(start: int, digits: str, pieces: int) -> None:
        if start == len(parts):
            found[digits] = min(pieces, found.get(digits, 99))
            return
        for end in range(start + 1, len(parts) + 1):
            value = cardinal(parts[start:end])
            if value is not None:
                cut(end, digits + value, pieces + 1)

    cut(0, "", 0)
    return tuple(sorted(found, key=lambda digits: (found[digits], len(digits), digits)))[:MOST_READINGS]


class Composer:
    """Builds groups from the number words of one run."""

    parts: tuple[str, ...] = ()
    """Values of the words of the open group, empty while there is none."""
    _classes = 0
    """Of its last word."""
    _first = 0
    _last = 0
    _gap = 0
    _spoken = False
    _is_boundary = False
    _multiplier: tuple[int, int] | None = None
    """(times, word) of a "double" that waits for its digit."""

    def fork(self) -> Composer:
        """Return an independent copy."""
        return filled(Composer(), self)

    @property
    def is_open(self) -> bool:
        """Return whether a word has been taken whose group is not closed."""
        return bool(self.parts) or self._multiplier is not None

    @property
    def multiplier_word(self) -> int | None:
        """Return the word of a "double" that waits for its digit, or None."""
        return None if self._multiplier is None else self._multiplier[1]

    @property
    def may_grow(self) -> bool:
        """Return whether the next word may still change the open group in the usual way of speaking."""
        return self._multiplier is not None or bool(self._classes & (TENS | MAGNITUDE))

    def multiply(self, times: str, word: int, gap: int) -> None:
        """Take "double" or "triple": it waits for its digit."""
        self._multiplier = (int(times), word)
        self._gap = gap

    def can_extend(self, classes: int, value: str) -> bool:
        """Return whether a word goes on with the open group: as one cardinal, as English says it."""
        if not self.parts or self._multiplier is not None:
            return False
        if classes & UNIT:
            usual = value != "0" and bool(self._classes & (TENS | MAGNITUDE))
        else:
            usual = bool(classes & MAGNITUDE) or (bool(self._classes & MAGNITUDE) and bool(classes & (TEEN | TENS)))
        return usual and cardinal((*self.parts, value)) is not None

    def extend(self, classes: int, value: str, word: int) -> None:
        """Go on with the open group (`can_extend` said so)."""
        self.parts = (*self.parts, value)
        self._classes = classes
        self._last = word

    def begin(self, classes: int, value: str, word: int, gap: int, *, left: Group | None) -> None:
        """Begin a group; `left` is the one before it in its run."""
        if classes & DIGITS:
            value = value[:LONGEST]
        self._spoken = not classes & DIGITS or self._multiplier is not None
        if self._multiplier is not None:
            times, self._first = self._multiplier
            self._multiplier = None
            self.parts = (value * times,) if len(value) == 1 else (value,)
            classes = DIGITS  # "double twenty two" is not said: no digit goes on with it
        else:
            self._first, self._gap = word, gap
            self.parts = (value,)
        self._classes = classes
        self._last = word
        self._is_boundary = (
            left is None
            or self._gap not in (PLAIN, JOINED)
            or left.spoken != self._spoken
            or (not self._spoken and (len(value) > 1 or len(left.readings[0]) > 1))
        )

    def close(self) -> None:
        """Close the open group."""
        self.parts, self._classes = (), 0

    def group(self, speaker: Name | None, run_id: int) -> Group:
        """Return the open group as it stands."""
        return Group(
            readings_of(self.parts),
            self._first,
            self._last,
            self._gap,
            spoken=self._spoken,
            speaker=speaker,
            run_id=run_id,
            is_boundary=self._is_boundary,
        )
