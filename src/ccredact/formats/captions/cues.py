"""The cues of a caption file as lines of text, each character with its place in the file.

A line ends with the line of the file, and where another voice begins. Tags and inline times are no text. In captions
that roll (each cue says the last line of the one before again) a line and its repetitions are one.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ccredact.formats.captions.grammar import BLOCK, CUE_NUMBER, GUID, HEAD, MARKUP, TIMING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE: Final = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_LEAST: Final = 3
"""Borders of cues that repeat a line before captions are taken to roll."""
_GAP: Final = 1000
"""Cues that may be missing in the count."""

Places = list[tuple[int, int]]
"""Where each character of a line stands in the file, `[start, end)`; nowhere where both are equal."""


@dataclass(slots=True)
class CueLine:
    """A line of a cue, or the part of it that one voice says, at one place or at several that say the same."""

    text: str = field(repr=False)
    places: list[Places] = field(repr=False)
    voice: tuple[int, int] | None
    """Where in the file the name of the voice stands."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What stands under one line of times, in seconds."""

    start: float
    end: float
    lines: list[CueLine]


@dataclass(frozen=True, slots=True)
class Captions:
    """A caption file: its cues, the other text in it and its tags with classes, `[start, end)` each."""

    cues: list[Cue]
    others: list[tuple[int, int]]
    tags: list[tuple[int, int]]


def read_cues(text: str) -> Captions:
    """Return the cues of a file."""
    return _Reader(text).captions()


class _Reader:
    """Reads a file line by line."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = [(match[1], match.start()) for match in _LINE.finditer(text) if match[0]]
        self._timings = [TIMING.fullmatch(line) for line, _ in self._lines]
        self._cues: list[Cue] = []
        self._others: list[tuple[int, int]] = []
        self._tags: list[tuple[int, int]] = []
        self._count = -1  # the last number of a cue
        self._voice: tuple[int, int] | None = None
        self._in_block = False

    def captions(self) -> Captions:
        """Return what the file says."""
        for number in range(len(self._lines)):
            self._take(number)
        _fold(self._cues)
        return Captions(
            [cue for cue in self._cues if cue.lines],
            [(start, end) for start, end in self._others if self._text[start:end].strip()],
            self._tags,
        )

    def _take(self, number: int) -> None:
        line, at = self._lines[number]
        timing = self._timings[number]
        head = HEAD.match(line) if number == 0 else None
        if timing is not None:
            self._begin(timing, at)
        elif not line.strip("\ufeff \t"):
            self._in_block = False
        elif head is not None:
            self._other(at + head.end(), at + len(line))
            self._in_block = True
        elif self._in_block:
            self._others[-1] = (self._others[-1][0], at + len(line))
        elif self._is_id(number):
            self._name(line, at)
        elif not self._cues or (BLOCK.match(line) and self._is_first(number)):
            self._other(at, at + len(line))
            self._in_block = True
        else:
            self._say(line, at)

    def _other(self, start: int, end: int) -> None:
        self._others.append((start, end))

    def _begin(self, timing: re.Match[str], at: int) -> None:
        self._in_block = False
        self._voice = None
        self._cues.append(Cue(_seconds(timing["start"]), _seconds(timing["end"]), []))
        if timing["rest"]:
            self._other(at + timing.start("rest"), at + timing.end("rest"))

    def _is_first(self, number: int) -> bool:
        """Return whether a line begins a block."""
        return number == 0 or not self._lines[number - 1][0].strip("\ufeff \t")

    def _is_id(self, number: int) -> bool:
        """Return whether a line is the name of the cue below: it begins a block, or is the next number."""
        if number + 1 == len(self._lines) or self._timings[number + 1] is None:
            return False
        return self._is_first(number) or self._lines[number][0].strip() == str(self._count + 1)

    def _name(self, line: str, at: int) -> None:
        count = int(line) if CUE_NUMBER.fullmatch(line) else None
        if count is not None and (self._count < 0 or self._count < count <= self._count + _GAP):
            self._count = count
        elif not GUID.fullmatch(line):
            self._other(at, at + len(line))

    def _say(self, line: str, at: int) -> None:
        """Take a line of a cue: the parts that its voices say."""
        chars: list[str] = []
        places: Places = []
        lines = self._cues[-1].lines
        for match in MARKUP.finditer(line):
            start, end = at + match.start(), at + match.end()
            if (match["tag"] or match["voice"]) and "." in match[0]:
                self._tags.append((start, match.start("name") + at if match["name"] else end))
            if match["voice"]:
                lines.extend(_line(chars, places, self._voice))
                chars, places = [], []
                self._voice = (at + match.start("name"), at + match.end("name")) if match["name"] else None
            elif match["entity"]:
                said = html.unescape(match[0])
                chars.append(said)
                places += [(start, end) if number == 0 else (end, end) for number in range(len(said))]
            elif not match["time"] and not match["tag"]:
                chars.append(match[0])
                places += zip(range(start, end), range(start + 1, end + 1), strict=True)
        lines.extend(_line(chars, places, self._voice))


def _line(chars: Sequence[str], places: Places, voice: tuple[int, int] | None) -> Iterator[CueLine]:
    """Yield a line without the white space at its ends; a voice that says nothing is a line without text."""
    text = "".join(chars)
    bare = text.strip()
    first = text.index(bare)
    if bare or voice is not None:
        yield CueLine(bare, [places[first : first + len(bare)]], voice)


def _fold(cues: Sequence[Cue]) -> None:
    """Make one of the lines that captions that roll repeat."""
    borders = [(one, other, _repeated(one, other)) for one, other in pairwise(cues) if one.lines and other.lines]
    repeating = sum(
        bool(again) and len({line.text for line in one.lines + other.lines}) > 1 for one, other, again in borders
    )
    if repeating < _LEAST or 3 * repeating < len(borders):
        return
    for one, other, again in borders:
        for number in range(again):
            said = one.lines[len(one.lines) - again + number]
            said.places += other.lines[number].places
            other.lines[number] = said


def _repeated(one: Cue, other: Cue) -> int:
    """Return how many lines at the end of a cue are those at the beginning of the next one."""
    for count in range(min(len(one.lines), len(other.lines)), 0, -1):
        pairs = list(zip(one.lines[-count:], other.lines[:count], strict=True))
        if all(said.text == again.text and said.voice is again.voice is None for said, again in pairs):
            return count
    return 0


def _seconds(time: str) -> float:
    total = 0.0
    for part in time.replace(",", ".").split(":"):
        total = 60 * total + float(part)
    return total
