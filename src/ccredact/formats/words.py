"""Word lists beside a text: reading them, and which words a hidden run takes with it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

from ccredact.formats.base import Edit, Fault
from ccredact.text.placing import Place
from ccredact.text.times import seconds
from ccredact.transcript import Entity, Word


class Run:
    """Words `[first, last)` that become one word with `text`, or go altogether where it is empty.

    It is never changed, and no dataclass, as `Edit`.
    """

    __slots__ = ("entities", "first", "last", "text")

    def __init__(self, first: int, last: int, text: str, entities: tuple[Entity, ...] = ()) -> None:
        self.first = first
        self.last = last
        self.text = text
        self.entities = entities


def read_words(value: Any, position: str = "") -> tuple[Word, ...]:
    """Return the words of a JSON list of `{"text", "start", "end"}`, times in seconds.

    Raises `Fault` with the word's number behind `position`.
    """
    if not isinstance(value, list):
        raise Fault("words must be a list", position)
    words = []
    for number, word in enumerate(value, 1):
        if not isinstance(word, dict) or not isinstance(word.get("text"), str):
            raise Fault("a word must be an object with a text", f"{position}, word {number}".lstrip(", "))
        words.append(Word(word["text"], seconds(word.get("start")), seconds(word.get("end"))))
    return tuple(words)


def fitted(text: str, words: Iterable[Word], places: Iterable[Place]) -> tuple[Word, ...]:
    """Return the words of which it is sure where they stand, as `text` writes them."""
    return tuple(
        replace(word, text=text[place.start : place.end])
        for word, place in zip(words, places, strict=True)
        if place.sure
    )


def runs(original: str, places: Sequence[Place], edits: Sequence[Edit]) -> list[Run]:
    """Return the runs of words that must become one: those an entity's edit touches and those not sure.

    A word that is not sure was never examined: what it says may be in no text that a detector has seen.
    Its run takes the redacted text of its place.
    """
    ends = list(accumulate((place.end for place in places), max))
    starts = list(accumulate((place.start for place in reversed(places)), min))[::-1]
    ranges = [
        (bisect_right(ends, edit.start), bisect_left(starts, edit.end)) for edit in edits if edit.entity is not None
    ]
    ranges += _unsure(places)
    found = []
    for first, last in merged(ranges):
        start, end = min(p.start for p in places[first:last]), max(p.end for p in places[first:last])
        inside = [edit for edit in edits if edit.start < end and edit.end > start]
        entities = tuple(edit.entity for edit in inside if edit.entity is not None)
        found.append(Run(first, last, composed(original, start, end, inside).strip(), entities))
    return found


def _unsure(places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    first = None
    for number, place in enumerate([*places, Place(0, 0)]):
        if not place.sure and first is None:
            first = number
        elif place.sure and first is not None:
            yield first, number
            first = None


def merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ranges in order, those that overlap made one."""
    united: list[tuple[int, int]] = []
    for first, last in sorted(pair for pair in ranges if pair[0] < pair[1]):
        if united and first < united[-1][1]:
            united[-1] = (united[-1][0], max(last, united[-1][1]))
        else:
            united.append((first, last))
    return united


def composed(original: str, start: int, end: int, edits: Iterable[Edit]) -> str:
    """Return `[start, end)` with the edits that reach into it, each of them whole."""
    parts: list[str] = []
    for edit in edits:
        parts += (original[start : edit.start], edit.text)
        start = edit.end
    return "".join([*parts, original[start:end]])
