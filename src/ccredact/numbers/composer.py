"""The one reader of numbers: one word in, groups of digits out, with every reading that people use.

"forty two" may be 42 or 40 2, "forty five hundred" 4500 or 40 500, "two thousand nine" 2009 or 2000 9, "six zeros"
000000 or 6 0. A `Group` is the shortest run of words whose digits belong together; `readings` are its digit strings,
the usual one first. `Composer` is fed one word at a time and closes a group as soon as the next word cannot change it.
Who asks for the digits of a whole text calls `read_words`. No word of a language stands here: the words' classes
(`ccredact.text.word_class`) and their digits (`Language.values`) are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from ccredact.text.forking import filled
from ccredact.text.word_class import DIGITS, HOMOPHONE, MAGNITUDE, MULTIPLIER, PLURAL, TEEN, TENS, UNIT
from ccredact.text.words import JOINED, PLAIN
from ccredact.transcript import Name

LONGEST: Final = 24
"""Digits kept of one written figure: longer than any card, so that a longer one can never pass as one."""
MOST_READINGS: Final = 4
_HUNDRED: Final = "00"
THOUSANDS: Final = "000"
_SCALES: Final = frozenset({THOUSANDS, "000000", "000000000"})
"""Zeros of thousand, million and billion."""
_ROOM: Final = 10**10
"""Numbers that are added to others are smaller."""
_PLURAL: Final = "s"
"""Behind the digit of a plural, among the values of a group: "0s" for "zeros"."""
_FEWEST_TIMES: Final = 2
_MOST_TIMES: Final = 19
"""How many of a digit are said in one number: "twelve twos"."""
_LONE_PLURAL: Final = 2
"""What a plural that nothing counts costs among the pieces of a reading, where others cost one."""
_SINGLE: Final = {digit: (digit,) for digit in "0123456789"}
"""The values of a group of one digit, as most are: made once."""
READ: Final = DIGITS | UNIT | TEEN | TENS | MAGNITUDE | PLURAL
"""Classes of the words that have digits."""


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
    total, rest, room = 0, 0, _ROOM  # `room`: what is added next must be below it
    scale = _ROOM  # of the last thousand or million: the next one must be smaller
    for part in parts:
        if part in _SCALES:
            times = 10 ** len(part)
            if not 0 < rest < 1000 or times >= scale:
                return None
            total, rest, room, scale = total + rest * times, 0, times, times
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


def _pieces(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the digit strings of `parts` read as one number: a cardinal, or some digits of one kind."""
    last = parts[-1]
    if last[-1:] != _PLURAL:
        value = cardinal(parts)
        return () if value is None else (value,)
    digit = last[0]
    if len(parts) == 1:
        return digit, digit * 2, digit * 3
    if len(parts) > 2:
        return ()
    times = int(parts[0])
    if _FEWEST_TIMES <= times <= _MOST_TIMES:
        return (digit * times,)
    value = cardinal((parts[0], digit))  # "forty twos" is a slip of the tongue
    return () if value is None else (value,)


def readings_of(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the digit strings of every way to cut `parts` into numbers, the fewest pieces first."""
    return parts if len(parts) == 1 and parts[0][-1:] != _PLURAL else _readings(parts)


@lru_cache(maxsize=4096)
def _readings(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the readings of several number words: a written figure, which may be all of a card, is never kept here."""
    found: dict[str, int] = {}

    def cut(start: int, digits: str, pieces: int) -> None:
        if start == len(parts):
            found[digits] = min(pieces, found.get(digits, 99))
            return
        for end in range(start + 1, len(parts) + 1):
            piece = parts[start:end]
            cost = _LONE_PLURAL if piece[0][-1:] == _PLURAL else 1
            for value in _pieces(piece):
                cut(end, digits + value, pieces + cost)

    cut(0, "", 0)
    if not found:  # digits that a hand-over has blanked are no number: "ninety" became 00, and "two" follows
        return ("".join([part.rstrip(_PLURAL) for part in parts]),)
    return tuple(sorted(found, key=lambda digits: (found[digits], len(digits), digits)))[:MOST_READINGS]


def combined(readings: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the readings of several groups in a row as one number, the usual one first, then the nearest to it."""
    found: dict[str, int] = {"": 0}  # how far each is from the usual one
    for group in readings:
        if len(group) == 1:  # as most have: nothing is nearer than before
            found = {digits + group[0]: distance for digits, distance in found.items()}
            continue
        longer: dict[str, int] = {}
        for digits, distance in found.items():
            for at, reading in enumerate(group):
                longer[digits + reading] = min(distance + at, longer.get(digits + reading, 99))
        found = dict(sorted(longer.items(), key=lambda item: item[1])[:MOST_READINGS])
    return tuple(found)


def read_words(words: Iterable[tuple[str, int]], values: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return the readings of the groups of digits in a text.

    `words` are its keys with their classes, `values` the digits of each number word. Other words stand between the
    digits of one number or of several: "two thousand and six" is one. A word that sounds like a digit is first a word.
    """
    out: list[tuple[str, ...]] = []
    composer = Composer()
    for at, (key, classes) in enumerate(words):
        if classes & MULTIPLIER:
            composer.split_before(classes, "")
            _close_into(out, composer)
            composer.multiply(values[key], at, PLAIN)
        elif classes & READ:
            value = key if classes & DIGITS else values[key]
            if composer.can_extend(classes, value):
                composer.extend(classes, value, at)
            else:
                composer.split_before(classes, value)
                _close_into(out, composer)
                composer.start(classes, value[:LONGEST])
        elif classes & HOMOPHONE:
            _close_into(out, composer)
            out.append(("", values[key]))
        elif any(map(str.isdecimal, key)):  # "12b"
            _close_into(out, composer)
            out.append(("".join(filter(str.isdecimal, key)),))
    _close_into(out, composer)
    return out


def _close_into(out: list[tuple[str, ...]], composer: Composer) -> None:
    """Close the open group, if any, and keep its readings."""
    if composer.parts:
        out.append(composer.readings)
        composer.close()


class Composer:
    """Builds groups from the number words of one run.

    `parts` are the values of the words of the open group, empty while there is none.
    """

    __slots__ = (
        "_classes", "_first", "_gap", "_is_boundary", "_is_split", "_last", "_multiplier", "_spoken", "_undoubled",
        "parts",
    )  # fmt: skip

    def __init__(self) -> None:
        self.parts: tuple[str, ...] = ()
        self._classes = 0  # of its last word
        self._first = self._last = self._gap = 0
        self._spoken = self._is_boundary = False
        self._undoubled = ""  # the digits behind a "double" that is said of one as a rule, of several here
        self._is_split = False  # its last digit is one of several that are said one by one
        self._multiplier: tuple[int, int] | None = None  # (times, word) of a "double" that waits for its digit

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
    def times(self) -> int:
        """Return how often what comes next is said: more than once behind a "double"."""
        return 1 if self._multiplier is None else self._multiplier[0]

    @property
    def may_grow(self) -> bool:
        """Return whether the next word may still change the open group in the usual way of speaking."""
        return self._multiplier is not None or bool(self._classes & (TENS | MAGNITUDE))

    @property
    def may_count(self) -> bool:
        """Return whether the last word may say how many of a digit follow: the "six" of "six zeros"."""
        if not self.parts or self._multiplier is not None or self._classes & (MAGNITUDE | PLURAL):
            return False
        last = self.parts[-1]
        return len(last) <= 2 and _FEWEST_TIMES <= int(last) <= _MOST_TIMES

    @property
    def readings(self) -> tuple[str, ...]:
        """Return the readings of the open group."""
        parts = self.parts
        if len(parts) == 1 and not self._classes & PLURAL:
            return (*parts, self._undoubled) if self._undoubled else parts
        readings = readings_of(parts)
        if not self._is_split:
            return readings
        usual = readings_of(parts[:-1])[0] + parts[-1]
        return (usual, *(reading for reading in readings if reading != usual))[:MOST_READINGS]

    def multiply(self, times: str, word: int, gap: int) -> None:
        """Take "double" or "triple": it waits for its digit. The group before it is closed."""
        self._multiplier = (int(times), word)
        self._gap = gap

    def take_times(self) -> int:
        """Return `times` and forget it: it is a letter that is said so often."""
        times, self._multiplier = self.times, None
        return times

    def can_extend(self, classes: int, value: str) -> bool:
        """Return whether a word goes on with the open group: as one number, as English says it."""
        before = self._classes
        if not before or (classes & UNIT and not before & (TENS | MAGNITUDE)):
            return False  # as is so most often
        if self._multiplier is not None or before & PLURAL:
            return False
        if classes & PLURAL:
            return self.may_count or (bool(before & TENS) and value != "0")
        if _is_unit(classes, value):
            return value != "0" and bool(before & (TENS | MAGNITUDE))
        if classes & DIGITS:  # "8 million 471 thousand 203"
            usual = self.parts[-1] in _SCALES and len(value) <= len(THOUSANDS)
            usual = usual and (value[0] != "0" or len(value) == len(THOUSANDS))
        else:
            usual = bool(classes & MAGNITUDE) or (bool(before & MAGNITUDE) and bool(classes & (TEEN | TENS)))
        return usual and cardinal((*self.parts, value)) is not None

    def extend(self, classes: int, value: str, word: int) -> None:
        """Go on with the open group (`can_extend` said so)."""
        self.parts = (*self.parts, value + _PLURAL if classes & PLURAL else value)
        self._classes = UNIT if classes & DIGITS else classes
        self._last = word

    @property
    def ends_in_thousands(self) -> bool:
        """Return whether it goes on with a figure behind a comma: the "542" of "521 million 542,809"."""
        return len(self.parts) > 1 and self.parts[-2] in _SCALES and len(self.parts[-1]) <= len(THOUSANDS)

    def join(self, value: str) -> None:
        """Take three more figures of the last one, which a comma parts from it."""
        self.parts = (*self.parts[:-1], self.parts[-1] + value)

    def split_before(self, classes: int, value: str) -> bool:
        """Prepare for a word that cannot go on with the open group; return whether its readings have changed.

        Behind "eight hundred five" another digit says that the five is the first of several: 800 5 5, not 805 5.
        """
        if len(self.parts) < 2 or not self._classes & UNIT or self._is_split:
            return False
        self._is_split = self.parts[-2][-2:] == _HUNDRED and (classes & MULTIPLIER != 0 or _is_unit(classes, value))
        return self._is_split

    def start(self, classes: int, value: str) -> None:
        """Begin a group of which nobody asks where it stands."""
        self._is_split = False
        if self._multiplier is not None:
            times, self._multiplier = self._multiplier[0], None
            several = len(value) > 1
            self.parts = (value if several and classes & DIGITS else value * times,)
            self._undoubled = value if several and not classes & DIGITS else ""
            self._classes = DIGITS  # "double twenty two" is not said: no digit goes on with it
            return
        self._undoubled = ""
        if classes & PLURAL:
            self.parts = (value + _PLURAL,)
        else:
            self.parts = _SINGLE.get(value) or (value,)
        self._classes = DIGITS if classes & (DIGITS | MAGNITUDE) else classes  # nothing goes on with "thousand" alone

    def begin(self, classes: int, value: str, word: int, gap: int, *, left: Group | None) -> None:
        """Begin a group; `left` is the one before it in its run."""
        if classes & DIGITS:
            value = value[:LONGEST]
        self._spoken = not classes & DIGITS or self._multiplier is not None
        if self._multiplier is not None:
            self._first = self._multiplier[1]
        else:
            self._first, self._gap = word, gap
        self.start(classes, value)
        self._last = word
        self._is_boundary = (
            left is None
            or self._gap not in (PLAIN, JOINED)
            or left.spoken != self._spoken
            or (not self._spoken and (len(value) > 1 or len(left.readings[0]) > 1))
        )

    def close(self) -> None:
        """Close the open group."""
        self.parts, self._classes, self._is_split = (), 0, False

    def group(self, speaker: Name | None, run_id: int) -> Group:
        """Return the open group as it stands."""
        return Group(
            self.readings,
            self._first,
            self._last,
            self._gap,
            spoken=self._spoken,
            speaker=speaker,
            run_id=run_id,
            is_boundary=self._is_boundary,
        )


def _is_unit(classes: int, value: str) -> bool:
    """Return whether a word is one digit: a written one goes on with a number as a spoken one does."""
    return bool(classes & UNIT) or (bool(classes & DIGITS) and len(value) == 1)
