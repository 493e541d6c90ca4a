"""Times of words as recognisers write them, and the times of a run of words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from ccredact.formats.json.write import Step
from ccredact.text.times import seconds

_ISO: Final = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")


def iso_seconds(value: object) -> float | None:
    """Return an ISO 8601 duration ("PT1M2.5S") in seconds, None for what is none."""
    match = _ISO.fullmatch(value) if isinstance(value, str) and len(value) < 40 else None
    if match is None:
        return None
    days, hours, minutes, rest = (float(part or 0) for part in match.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + rest


def iso(value: float) -> str:
    """Return seconds as an ISO 8601 duration."""
    return f"PT{value:.7f}".rstrip("0").rstrip(".") + "S"


def protobuf_seconds(value: object) -> float | None:
    """Return a protobuf duration in seconds: "12.900s", or an object of `seconds` and `nanos`, or one of them."""
    if isinstance(value, dict):
        whole, nanos = seconds(value.get("seconds", 0)), seconds(value.get("nanos", 0))
        return None if whole is None or nanos is None else whole + nanos / 1e9
    return seconds(value[:-1]) if isinstance(value, str) and value.endswith("s") else None


_FAR: Final = 1e15
"""Beyond any time in a call, in any unit: numbers up to it need no second look."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The members of a word with its times: `start` and either `end` or, where `is_length`, how long it lasts.

    `read` makes a value seconds, `scale` is the number of units in one; `write` makes a length text, which is needed
    where a hidden run has a length of its own.
    """

    start: Step = "start"
    end: Step = "end"
    scale: float = 1.0
    read: Callable[[Any], float | None] = seconds
    is_length: bool = False
    write: Callable[[float], str] | None = None

    def seconds(self, value: object) -> float | None:
        """Return a time in seconds."""
        read = self.read(value)
        return read if read is None or self.scale == 1.0 else read / self.scale

    def raw(self, words: Sequence[Any]) -> list[tuple[object, object]]:
        """Return start and end of each word as they are, to find words again."""
        start, end = self.start, self.end
        if all(type(word) is dict for word in words):
            pairs = [(word.get(start), word.get(end)) for word in words]
        else:
            pairs = [(value_at(word, start), value_at(word, end)) for word in words]
        try:
            hash(tuple(pairs))
        except TypeError:
            pairs = [(repr(one), repr(other)) for one, other in pairs]
        return pairs

    def times(self, word: Any) -> tuple[float | None, float | None]:
        """Return start and end of a word in seconds."""
        start, end = self.read(value_at(word, self.start)), self.read(value_at(word, self.end))
        if self.is_length:
            end = None if start is None or end is None else start + end
        if self.scale == 1.0:
            return start, end
        return None if start is None else start / self.scale, None if end is None else end / self.scale

    def each(self, words: Sequence[Any]) -> list[tuple[float | None, float | None]]:
        """Return start and end of each word in seconds."""
        start, end = self.start, self.end
        if self.read is not seconds or self.is_length or not isinstance(start, str):
            return [self.times(word) for word in words]
        pairs = [(word.get(start), word.get(end)) if type(word) is dict else (None, None) for word in words]
        scale = self.scale
        if scale == 1.0:
            return [
                (a, b) if type(a) is type(b) is float and 0.0 <= a <= b < _FAR else (seconds(a), seconds(b))
                for a, b in pairs
            ]
        return [
            (a / scale, b / scale) if type(a) is type(b) is int and 0 <= a <= b < _FAR else self._scaled(a, b)
            for a, b in pairs
        ]

    def _scaled(self, start: object, end: object) -> tuple[float | None, float | None]:
        return self.seconds(start), self.seconds(end)

    def over(self, first: Mapping[Step, str], last: Mapping[Step, str]) -> str | None:
        """Return the literal of the end, or length, of a run from a word to another, both given as literals."""
        if not self.is_length:
            return last.get(self.end)
        parts = [first.get(self.start), last.get(self.start), last.get(self.end)]
        if None in parts:
            return None
        begin, start, length = (part or "" for part in parts)
        if self.write is not None:
            read = [self.read(part.strip('"')) for part in (begin, start, length)]
            return None if None in read else f'"{self.write((read[1] or 0) + (read[2] or 0) - (read[0] or 0))}"'
        try:
            return str(Decimal(start) + Decimal(length) - Decimal(begin))
        except ArithmeticError:
            return None


def value_at(word: Any, step: Step) -> Any:
    """Return a member of an object, an element of an array, or None."""
    if isinstance(word, dict):
        return word.get(step)
    return word[step] if isinstance(word, list) and isinstance(step, int) and step < len(word) else None


SECONDS: Final = Clock()
MILLISECONDS: Final = Clock(scale=1000.0)
