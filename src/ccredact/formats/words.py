"""Word lists beside a text: where each word stands in it, and which words a hidden run takes with it."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from ccredact.formats.base import Fault
from ccredact.transcript import Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ccredact.formats.base import Edit
    from ccredact.transcript import Entity

_TOKEN = re.compile(r"\w+")
_MAX_COMPARED = 1000  # tokens; to compare two lists that differ takes the square of it


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word stands: it repeats `[start, end)` of the text.

    Where `sure` is false it is somewhere in `[start, end)` in another form, or not in the text at all.
    """

    start: int
    end: int
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Run:
    """Words `[first, last)` that become one word with `text`, or go altogether where it is empty."""

    first: int
    last: int
    text: str = field(repr=False)
    entities: tuple[Entity, ...] = ()


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


def seconds(value: Any) -> float | None:
    """Return a time, written as a number or as a decimal string, as a finite float, or else None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def tokens(text: str) -> list[str]:
    """Return the runs of letters and digits in `text`, in one case."""
    return [token.casefold() for token in _TOKEN.findall(text)]


def says(text: str, words: Iterable[str]) -> bool:
    """Return whether `text` and `words` have the same letters and digits in the same words."""
    return tokens(text) == [token for word in words for token in tokens(word)]


def place(text: str, words: Sequence[str]) -> list[Place]:
    """Return the place of each word in `text`, in order.

    Words are compared by their letters and digits, whatever their case; one that has none stands behind the
    word before it, and is as sure.
    """
    if not words:
        return []
    spans = [match.span() for match in _TOKEN.finditer(text)]
    parts = [tokens(word) for word in words]
    found = _matches(tokens(text), [token for part in parts for token in part])
    # The last match before a token of a word, and the first one after it, hold an unmatched one in between.
    before = [-1, *accumulate(found, max)]
    after = list(accumulate((number if number >= 0 else len(spans) for number in found[::-1]), min))[::-1]
    places: list[Place] = []
    first = 0
    for word, part in zip(words, parts, strict=True):
        last = first + len(part)
        if not part:
            places.append(_punctuation(text, word, places[-1] if places else Place(0, 0)))
        elif found[first] >= 0 and found[first:last] == list(range(found[first], found[first] + len(part))):
            places.append(_widened(text, word, spans[found[first]][0], spans[found[last - 1]][1]))
        else:
            left = before[first]
            right = after[last] if last < len(after) else len(spans)
            start = spans[left][1] if left >= 0 else 0
            places.append(Place(start, spans[right][0] if right < len(spans) else len(text), sure=False))
        first = last
    return places


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
    for first, last in _merged(ranges):
        start, end = min(p.start for p in places[first:last]), max(p.end for p in places[first:last])
        inside = [edit for edit in edits if edit.start < end and edit.end > start]
        entities = tuple(edit.entity for edit in inside if edit.entity is not None)
        found.append(Run(first, last, _composed(original, start, end, inside).strip(), entities))
    return found


def _matches(text: list[str], words: list[str]) -> list[int]:
    """Return for each token of `words` the number of its equal in `text`, ascending, or -1."""
    if text[: len(words)] == words:
        return list(range(len(words)))
    found = [-1] * len(words)
    if max(len(text), len(words)) <= _MAX_COMPARED:
        for block in SequenceMatcher(None, text, words, autojunk=False).get_matching_blocks():
            found[block.b : block.b + block.size] = range(block.a, block.a + block.size)
    return found


def _widened(text: str, word: str, start: int, end: int) -> Place:
    """Return the place of a word whose letters and digits stand at `[start, end)`, with its punctuation."""
    word = word.strip()
    head = word[: next(_TOKEN.finditer(word)).start()]
    tail = word[[match.end() for match in _TOKEN.finditer(word)][-1] :]
    if head and text.endswith(head, 0, start):
        start -= len(head)
    if tail and text.startswith(tail, end):
        end += len(tail)
    return Place(start, end)


def _punctuation(text: str, word: str, behind: Place) -> Place:
    word = word.strip()
    start = behind.end
    while text.startswith(" ", start):
        start += 1
    if word and text.startswith(word, start):
        return Place(start, start + len(word), behind.sure)
    return Place(behind.end, behind.end, behind.sure)


def _unsure(places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    first = None
    for number, place in enumerate([*places, Place(0, 0)]):
        if not place.sure and first is None:
            first = number
        elif place.sure and first is not None:
            yield first, number
            first = None


def _merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(pair for pair in ranges if pair[0] < pair[1]):
        if merged and first < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _composed(original: str, start: int, end: int, edits: Iterable[Edit]) -> str:
    """Return `[start, end)` with the edits that reach into it, each of them whole."""
    parts: list[str] = []
    for edit in edits:
        parts += (original[start : edit.start], edit.text)
        start = edit.end
    return "".join([*parts, original[start:end]])
