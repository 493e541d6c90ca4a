"""Lists of words beside turns, in arrays of Arrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from ccredact.archive.tables.array_values import Strings, list_starts, read_strings
from ccredact.archive.tables.columns import word_members
from ccredact.archive.tables.new_arrays import Rebuild, cast_to, lists_of, new_array
from ccredact.formats.words import fitted, runs
from ccredact.text.placing import Place, place
from ccredact.transcript import Word

if TYPE_CHECKING:
    from ccredact.archive.tables.columns import ColumnPlace
    from ccredact.archive.tables.rows import Turn


class TurnWords:
    """The words beside turns, an element a turn: a run that is hidden becomes one word."""

    def __init__(self, array: pa.Array, place_: ColumnPlace) -> None:
        self.place = place_
        self._array, flat = array, array.flatten()
        self.starts = list_starts(array)
        self._flat = flat
        self._members: dict[str, pa.Array] = {"": flat}
        self._text, self._start, self._end = "", "", ""
        if pa.types.is_struct(flat.type):
            names = [flat.type.field(n).name for n in range(flat.type.num_fields)]
            self._members = dict(zip(names, flat.flatten(), strict=True))
            self._text, self._start, self._end = word_members(names)
        strings = read_strings(self._members[self._text])
        self._bad = {*strings.bad, *strings.raw}
        self.texts = [value or "" for value in strings.values]
        self._places: dict[int, list[Place]] = {}
        self.fresh: dict[str, Rebuild] = {}

    def joined(self, at: int) -> str | None:
        """Return the words of a turn as a text, None where it has none."""
        words = self.texts[self.starts[at] : self.starts[at + 1]]
        return " ".join(words) if words else None

    def take(self, at: int, turn: Turn) -> bool:
        """Give a turn its words; return whether they can be read."""
        first, last = self.starts[at], self.starts[at + 1]
        words = self.texts[first:last]
        self._places[at] = place(turn.text, words)
        turn.words = fitted(turn.text, map(Word, words), self._places[at])
        return self._bad.isdisjoint(range(first, last))

    def others(self) -> Iterator[tuple[str, pa.Array]]:
        """Yield the members of words beside their text and their times."""
        for name, array in self._members.items():
            if name not in {self._text, self._start, self._end}:
                yield name, array

    def rebuilt(self, turns: Sequence[Turn | None], kind: pa.DataType) -> pa.Array:
        """Return the words anew: those of a hidden run are one, over their time, with nothing else that they said."""
        texts: list[str | None] = []
        own: list[int | None] = []
        firsts: list[int] = []
        lasts: list[int] = []
        offsets = [0]
        for at, turn in enumerate(turns):
            base = int(self.starts[at])
            for first, last, text in self._kept(at, turn):
                texts.append(text)
                own.append(base + first if text is None else None)
                firsts.append(base + first)
                lasts.append(base + last - 1)
            offsets.append(len(texts))
        said = [self.texts[first] if text is None else text for text, first in zip(texts, firsts, strict=True)]
        members = []
        for name, array in self._members.items():
            if name == self._text:
                members.append(new_array(list(said), array.type, Strings([])))
                continue
            fresh = self.fresh[name]() if name in self.fresh else array
            index = firsts if name == self._start else lasts if name == self._end else own
            members.append(fresh.take(pa.array(index, pa.int64())))
        element = kind.value_type
        flat = members[0]
        if pa.types.is_struct(element):
            fields = [element.field(n) for n in range(element.num_fields)]
            flat = pa.StructArray.from_arrays([*map(cast_to, members, (given.type for given in fields))], fields=fields)
        return lists_of(offsets, cast_to(flat, element), kind, self._array.is_null())

    def _kept(self, at: int, turn: Turn | None) -> Iterator[tuple[int, int, str | None]]:
        """Yield the words of a turn that stay, with None, and the runs that become one, with its text."""
        count = int(self.starts[at + 1] - self.starts[at])
        number = 0
        if turn is not None and turn.found:
            for run in runs(turn.text, self._places[at], turn.found[0].edits):
                yield from ((n, n + 1, None) for n in range(number, run.first))
                if run.text:
                    yield run.first, run.last, run.text
                number = run.last
        yield from ((n, n + 1, None) for n in range(number, count))
