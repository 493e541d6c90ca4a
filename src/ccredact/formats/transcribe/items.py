"""The items of Amazon Transcribe: reading them, and finding them again in the lists that repeat them."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ccredact.formats.base import Fault
from ccredact.text.placing import Place
from ccredact.text.times import seconds
from ccredact.transcript import Utterance, Word

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

Owners = tuple[int | None, ...]
"""Which item each element of a list repeats; None for punctuation and where there is no such item."""


@dataclass(frozen=True, slots=True)
class Item:
    """A word or a punctuation mark of `results.items`; its times are as written, None where it has none."""

    text: str = field(repr=False)
    is_word: bool
    start: str | None
    end: str | None


class Finder:
    """Finds items again by their times and, unless told otherwise, their text; each item once."""

    def __init__(self, items: Iterable[Item], *, by_text: bool = True) -> None:
        self._by_text = by_text
        self._numbers: defaultdict[Hashable, deque[int]] = defaultdict(deque)
        for number, item in enumerate(items):
            if item.is_word:
                self._numbers[self._key(item)].append(number)

    def owners(self, holder: dict[str, Any]) -> Owners:
        """Return which items the elements of `holder["items"]` repeat."""
        return tuple(self._take(element) for element in objects(holder, "items"))

    def _take(self, element: dict[str, Any]) -> int | None:
        if not is_word(element):
            return None
        text = _text(element) if self._by_text else ""
        numbers = self._numbers.get(self._key(Item(text or "", True, *_times(element))))  # noqa: FBT003
        return numbers.popleft() if numbers else None

    def _key(self, item: Item) -> Hashable:
        return (item.start, item.end, item.text) if self._by_text else (item.start, item.end)


def objects(holder: dict[str, Any], *path: str) -> list[dict[str, Any]]:
    """Return the list of objects at `path` below `holder`, empty where there is none.

    Raises `Fault` if something else is there.
    """
    value: Any = holder
    for key in path:
        if not isinstance(value, dict):
            raise Fault("there must be an object", ".".join(path[:-1]))
        value = value.get(key)
        if value is None:
            return []
    if not isinstance(value, list) or not all(isinstance(element, dict) for element in value):
        raise Fault("there must be a list of objects", ".".join(path))
    return value


def read_item(element: dict[str, Any], number: int) -> Item:
    """Return the item in `element`, the `number`th of its list; raises `Fault` where it has no text."""
    text = _text(element)
    if text is None:
        raise Fault("an item must have an alternative with text", f"item {number}")
    return Item(text, is_word(element), *_times(element))


def is_word(element: dict[str, Any]) -> bool:
    """Return whether an element is anything but punctuation."""
    return element.get("type") != "punctuation"


def complete(holder: dict[str, Any], owners: Owners) -> bool:
    """Return whether every word of `holder["items"]` repeats an item."""
    pairs = zip(objects(holder, "items"), owners, strict=True)
    return not any(owner is None and is_word(element) for element, owner in pairs)


def interleaved(channels: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the items of all channels in the order of time, each mark behind its word."""
    words: list[tuple[float, list[dict[str, Any]]]] = []
    for channel in channels:
        at = -math.inf
        for element in objects(channel, "items"):
            start = seconds(element.get("start_time"))
            if words and start is None and at > -math.inf:
                words[-1][1].append(element)
                continue
            at = at if start is None else start
            words.append((at, [element]))
    return [element for _, elements in sorted(words, key=lambda word: word[0]) for element in elements]


def spoken(items: Sequence[Item], speaker: str | None, name: str) -> tuple[Utterance, tuple[Place, ...]]:
    """Return the utterance that `items` make, and where each of them stands in its text."""
    parts: list[str] = []
    places = []
    at = 0
    for item in items:
        space = " " if at and item.is_word and item.text else ""
        parts += (space, item.text)
        at += len(space)
        places.append(Place(at, at + len(item.text)))
        at += len(item.text)
    words = tuple(Word(item.text, seconds(item.start), seconds(item.end)) for item in items if item.is_word)
    return Utterance("".join(parts), speaker, name, words=words), tuple(places)


def _text(element: dict[str, Any]) -> str | None:
    """Return the best alternative's text, or that of an item which is itself part of an alternative."""
    alternatives = element.get("alternatives", [element])
    best = alternatives[0] if isinstance(alternatives, list) and alternatives else None
    text = best.get("content") if isinstance(best, dict) else None
    return text if isinstance(text, str) else None


def _times(element: dict[str, Any]) -> tuple[str | None, str | None]:
    start, end = (element.get(key) for key in ("start_time", "end_time"))
    return None if start is None else str(start), None if end is None else str(end)
