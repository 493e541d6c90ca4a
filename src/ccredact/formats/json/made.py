"""Turns that are made of words: a turn is a run of words of one speaker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ccredact.formats.base import Fault
from ccredact.formats.json.call import Owned, Reading, Said, position_of
from ccredact.formats.json.table import Turns, Words, find, first, found_at, getter
from ccredact.formats.json.words import is_head, is_mark, listed, texts_of
from ccredact.formats.json.write import Path


@dataclass(frozen=True, slots=True)
class _List:
    """A list of words, the object that it belongs to, and its texts."""

    path: Path
    owner: Path
    holder: Any = field(repr=False)
    elements: list[Any] = field(repr=False)
    texts: list[str] = field(repr=False)


class _Row:
    """One word: its time, its list and its number there; `head` is who was named before it."""

    __slots__ = ("at_s", "element", "head", "is_mark", "list", "number")

    def __init__(self, at_s: float, list_: int, number: int, element: Any, *, is_mark: bool, head: str | None) -> None:
        self.at_s = at_s
        self.list = list_
        self.number = number
        self.element = element
        self.is_mark = is_mark
        self.head = head


class TurnMaker:
    """Makes the turns of a call whose table has no text for them."""

    def __init__(self, call: Reading, spec: Turns, others: Iterable[Turns]) -> None:
        self._call = call
        self._spec = spec
        self._shape: Words | None = spec.words
        self._others = list(others)
        self._lists: list[_List] = []
        self._rows: list[_Row] = []

    def turns(self) -> Iterator[Said]:
        """Yield the turns, in the order of time where the table has it; raises `Fault` for what are no words."""
        if self._shape is None:
            return
        self._take(self._shape)
        if self._spec.start and len(self._lists) > 1:
            self._rows.sort(key=lambda row: row.at_s)
        self._own(self._shape)
        for begin, end, speaker in self._runs(self._shape):
            row = self._rows[begin]
            part = self._lists[row.list]
            low, high = row.number, row.number + end - begin
            words = listed(self._shape, part.path, part.elements[low:high], part.texts[low:high], low)
            yield Said(
                self._spec, part.owner, part.holder, words.text, None, words, says=True, speaker=speaker,
                channel=self._call.channel(self._spec, part.owner, part.holder), at_s=row.at_s, first=begin,
            )  # fmt: skip

    def _take(self, shape: Words) -> None:
        for owner, holder in self._call.at_all(self._spec.at):
            path, elements = found_at(holder, shape.at, owner) or (owner, None)
            if elements is None:
                continue
            if not isinstance(elements, list):
                raise Fault("there must be a list of words", position_of(path))
            texts = texts_of(shape, elements, position_of(path))
            self._call.name_words(shape, path, elements)
            times = shape.times[0].each(elements)
            here, head = float("-inf"), None
            for number, element in enumerate(elements):
                if shape.heads and is_head(shape, element):
                    head = texts[number]
                    self._name_head(shape, (*path, number), element)
                    continue
                mark = is_mark(shape, element)
                start = None if mark else times[number][0]
                here = here if start is None else start
                self._rows.append(_Row(here, len(self._lists), number, element, is_mark=mark, head=head))
            self._lists.append(_List(path, owner, holder, elements, texts))

    def _name_head(self, shape: Words, path: Path, element: Any) -> None:
        for place_of, label in find(element, shape.text, path):
            self._call.name_speaker(place_of, label)

    def _own(self, shape: Words) -> None:
        """Find the lists that repeat the words by their times, or by their numbers."""
        for other in self._others:
            if other.by_times and other.words is not None:
                finder = _Finder(shape, self._rows, by_text=bool(other.words.text))
                for path, elements in self._lists_of(other, other.words.at):
                    owners = finder.take(other.words, elements)
                    if other.words.text and not _complete(other.words, elements, owners):
                        raise Fault("a list repeats words and has one of its own", position_of(path))
                    self._call.owned.append(Owned(other, path, elements, owners))
            elif other.numbers:
                ids = {first(row.element, "id"): at for at, row in enumerate(self._rows)}
                for path, elements in self._lists_of(other, other.numbers):
                    owners = [ids.get(one) for one in elements if isinstance(one, (str, int))]
                    self._call.owned.append(Owned(other, path, elements, owners, is_numbers=True))

    def _lists_of(self, other: Turns, at: str) -> Iterator[tuple[Path, list[Any]]]:
        for owner, holder in self._call.at_all(other.at):
            for path, elements in find(holder, at, owner):
                if not isinstance(elements, list):
                    raise Fault("there must be a list of words", position_of(path))
                yield path, elements

    def _speakers(self, shape: Words) -> list[str | None]:
        """Return who says each word: what its object, the lists that repeat it and the word itself tell."""
        told: dict[str, dict[int, Any]] = {}
        for owned in self._call.owned:
            if owned.spec.speaker and not owned.is_numbers:
                label = first(self._holder(owned.path), owned.spec.speaker)
                pairs = zip(owned.owners, owned.elements, strict=True)
                named = told.setdefault(owned.spec.speaker, {})
                named.update(
                    (owner, first(element, owned.spec.speaker) if label is None else label)
                    for owner, element in pairs
                    if owner is not None
                )
        shown = [self._call.who(self._spec, part.owner, part.holder)[1] for part in self._lists]
        own_of = getter(shape.speaker) if shape.speaker else None
        others = [(getter(key), named) for key, named in told.items() if key != shape.speaker]
        told_here = told.get(shape.speaker, {})
        who: list[str | None] = []
        for number, row in enumerate(self._rows):
            if row.is_mark:
                who.append(who[-1] if who else None)
                continue
            own = row.head if own_of is None else own_of(row.element)
            labels = [shown[row.list]]
            labels += [named.get(number) if (mine := get(row.element)) is None else mine for get, named in others]
            labels.append(told_here.get(number) if own is None else own)
            told_labels = [one for one in labels if one is not None and one != ""]
            label = told_labels[0] if len(told_labels) == 1 else None
            who.append(label if type(label) is str else " ".join(map(str, told_labels)) or None)
        return who

    def _holder(self, path: Path) -> Any:
        value: Any = self._call.roots[path[0]].value if isinstance(path[0], int) else None
        for step in path[1:-1]:
            value = value[step]
        return value

    def _parts(self) -> list[dict[int, int]]:
        """Return, for each kind of list that cuts turns, the part in which each word is."""
        found: dict[int, dict[int, int]] = {}
        for number, owned in enumerate(self._call.owned):
            if owned.spec.cut:
                part = found.setdefault(id(owned.spec), {})
                part.update((owner, number) for owner in owned.owners if owner is not None)
        return list(found.values())

    def _runs(self, shape: Words) -> Iterator[tuple[int, int, str | None]]:
        """Yield the first word, the one behind the last and the speaker of each turn."""
        who, parts = self._speakers(shape), self._parts()
        live = self._call.table.live
        if live is not None and live.word_final and self._call.is_event:
            is_final = getter(live.word_final)
            parts.append({number: is_final(row.element) is True for number, row in enumerate(self._rows)})
        columns = [map(part.get, range(len(self._rows))) for part in parts]
        marks = list(zip([row.list for row in self._rows], who, *columns, strict=True))
        begin = 0
        here: tuple[object, ...] | None = None
        before: _Row | None = None
        for number, row in enumerate(self._rows):
            jumps = before is not None and (row.list != before.list or row.number != before.number + 1)
            before = row
            if row.is_mark and not jumps:
                continue
            last, here = here, marks[number]
            if jumps or (last is not None and last != here):
                yield begin, number, who[begin]
                begin = number
        if self._rows:
            yield begin, len(self._rows), who[-1]


class _Finder:
    """Finds words again by their times and, unless told otherwise, their text; each word once."""

    def __init__(self, shape: Words, rows: Sequence[_Row], *, by_text: bool) -> None:
        self._by_text = by_text
        self._numbers: dict[tuple[Any, ...], int] = {}  # the first that is left
        self._next = [-1] * len(rows)  # behind each the next that is alike
        keys = self._keys(shape, [row.element for row in rows])
        for number in range(len(rows) - 1, -1, -1):
            if not rows[number].is_mark:
                self._next[number] = self._numbers.get(keys[number], -1)
                self._numbers[keys[number]] = number

    def take(self, shape: Words, elements: Sequence[Any]) -> list[int | None]:
        """Return the number of the word that each element is, None where there is none left."""
        numbers = self._numbers
        owners: list[int | None] = []
        for element, key in zip(elements, self._keys(shape, elements), strict=True):
            number = -1 if is_mark(shape, element) else numbers.get(key, -1)
            owners.append(None if number < 0 else number)
            if number >= 0:
                numbers[key] = self._next[number]
        return owners

    def _keys(self, shape: Words, elements: Sequence[Any]) -> list[tuple[Any, ...]]:
        times = shape.times[0].raw(elements)
        if not self._by_text:
            return [*times]
        text_of = getter(shape.text)
        return [(*time, text_of(element)) for time, element in zip(times, elements, strict=True)]


def _complete(shape: Words, elements: Sequence[Any], owners: Sequence[int | None]) -> bool:
    """Return whether every word of a list is one that turns are made of."""
    return not any(
        owner is None and (not is_mark(shape, element) or any(map(str.isalnum, str(first(element, shape.text)))))
        for element, owner in zip(elements, owners, strict=True)
    )
