"""Record batches: their rows are opened as turns and cells, and a batch of the same shape is made of what came of them.

What types are after redaction is in `arrow_types`, how values are read in `array_values`, how arrays are made of them
in `new_arrays`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from ccredact.archive.tables.array_values import (
    Owner,
    Strings,
    flattened,
    long_values,
    raw_bytes,
    read_keys,
    read_labels,
    read_strings,
)
from ccredact.archive.tables.arrow_types import (
    UUID,
    Members,
    changed_field,
    changed_type,
    has_words,
    is_bytes,
    is_integer,
    is_list,
    is_text,
    is_whole,
    turns_type,
    words_type,
)
from ccredact.archive.tables.columns import ColumnPlace, Columns, is_own_id, is_question, is_time
from ccredact.archive.tables.new_arrays import (
    Rebuild,
    cast_to,
    known_numbers,
    new_column,
    new_dictionary,
    new_ids,
    new_lists,
    new_map,
    new_speakers,
    new_struct,
    new_texts,
    new_wholes,
    same_array,
)
from ccredact.archive.tables.rows import Cell, Row, Turn, is_examined
from ccredact.archive.tables.turn_words import TurnWords
from ccredact.errors import FormatError
from ccredact.formats.base import Fault, attempt
from ccredact.formats.json.hide import is_measure
from ccredact.text.placing import tokens

if TYPE_CHECKING:
    from collections.abc import Collection


class BatchReader:
    """Opens record batches of one schema. Raises `Fault` for columns that are not there, or are of no use."""

    def __init__(self, schema: pa.Schema, columns: Columns, leave: Collection[str]) -> None:
        lists = [given.name for given in schema if is_list(given.type)]
        self.columns = columns.found(schema.names, lists=lists)
        self._leave = leave
        self._names = schema.names
        self._check(schema)
        turns = self.columns.turns
        self.members = Members.of(self.columns, schema.field(turns).type) if turns else Members("", "", "")
        self.examined = frozenset(name for name in schema.names if self._is_examined(name))
        self.ids = frozenset(given.name for given in schema if self._is_known_id(given)) - self.examined
        self.schema = pa.schema(
            [self._field(given) for given in schema],
            metadata=schema.metadata,
        )

    def open(self, batch: pa.RecordBatch, *, first: int, is_one_call: bool = False) -> OpenBatch:
        """Return the rows of a batch, which begins with row `first` of the table, counted from 0.

        With `is_one_call` the rows of a table without a column of calls, or of turns, are one call.
        """
        opened = OpenBatch(self, batch, first)
        if is_one_call and not self.columns.call and not self.columns.turns:
            for row in opened.rows:
                row.call = ""
        return opened

    def number(self, name: str) -> int:
        """Return which column has a name, from 1 on: names are not told."""
        return 1 + int(self._names.index(name))

    def is_left(self, place_: ColumnPlace) -> bool:
        """Return whether a member of a row, a turn or a word is left as it is."""
        return place_.names[-1] in self._leave or place_.path in self._leave

    def is_id(self, place_: ColumnPlace) -> bool:
        """Return whether a member of a row, a turn or a word changes only where it says what was told."""
        return place_.path == self.columns.call or (place_.is_member and is_own_id(place_.names[-1]))

    def _is_examined(self, name: str) -> bool:
        columns = self.columns
        if name in {columns.text, columns.turns, columns.words, columns.speaker} - {""}:
            return True
        place_ = ColumnPlace.column(name)
        return not (self.is_left(place_) or self.is_id(place_))

    def _is_known_id(self, given: pa.Field) -> bool:
        """Return whether a column holds ids in which what was told is looked for."""
        place_ = ColumnPlace.column(given.name)
        return self.is_id(place_) and not self.is_left(place_) and (is_text(given.type) or is_integer(given.type))

    def _field(self, given: pa.Field) -> pa.Field:
        position = f"column {self.number(given.name)}"
        if given.name == self.columns.turns:
            return given.with_type(turns_type(given.type, self.members, position))
        if given.name == self.columns.words and has_words(given.type):
            return given.with_type(words_type(given.type, position))
        return changed_field(given, position) if given.name in self.examined | self.ids else given

    def _check(self, schema: pa.Schema) -> None:
        columns = self.columns
        if columns.text and not columns.turns and not is_text(schema.field(columns.text).type):
            raise Fault("the column of text holds no text")
        if columns.turns and not is_list(schema.field(columns.turns).type):
            raise Fault("the column of turns holds no lists")
        for name in filter(None, (columns.call, columns.order)):
            kind = schema.field(name).type
            if pa.types.is_nested(kind):
                raise Fault("the columns of calls and of their order hold texts, numbers or times")


class OpenBatch:
    """A batch whose rows are being redacted."""

    def __init__(self, reader: BatchReader, batch: pa.RecordBatch, first: int) -> None:
        self._reader = reader
        self._batch = batch
        self.rows = [Row(f"row {number}") for number in range(first + 1, first + 1 + batch.num_rows)]
        self._rebuild: dict[str, Rebuild] = {}
        self._unmade: FormatError | None = None
        self._read(attempt(self._open_all, source="batch"))

    def _open_all(self) -> None:
        batch, reader = self._batch, self._reader
        columns = reader.columns
        for role in ("call", "order"):
            name = getattr(columns, role)
            for row, value in zip(self.rows, read_keys(batch.column(name)) if name else (), strict=False):
                setattr(row, role, value)
        owner = np.arange(batch.num_rows)
        if columns.turns:
            self._rebuild[columns.turns] = self._list_of_turns(batch.column(columns.turns), owner)
        else:
            roles = Members(columns.text or "", columns.speaker or "", columns.words or "")
            arrays = {name: batch.column(name) for name in {roles.text, roles.speaker, roles.words} - {""}}
            self._rebuild |= self._turns(arrays, roles, owner, ColumnPlace("", ()))
        for name in batch.schema.names:
            if name in reader.examined | reader.ids and name not in self._rebuild:
                place_ = ColumnPlace.column(name, is_order=name == columns.order)
                self._rebuild[name] = self._open(batch.column(name), place_, owner)
        for row in self.rows:
            row.size = sum(len(turn.text) for turn in row.turns) + sum(len(cell.text) for cell in row.cells)

    def _read(self, problem: FormatError | None) -> None:
        """Give all rows an error that their batch has."""
        for row in self.rows if problem is not None else ():
            row.error = problem
            row.turns.clear()
            row.cells.clear()

    @property
    def is_done(self) -> bool:
        """Return whether all of its rows are redacted."""
        return all(row.done for row in self.rows)

    def close(self) -> pa.RecordBatch:
        """Return the batch anew; what is examined is null in a row with an error."""
        fresh = attempt(self._fresh, source="batch")
        if isinstance(fresh, FormatError):
            self._unmade = fresh
            self._read(fresh)
            fresh = {}
        examined = self._reader.examined
        wrong = [row.error is not None for row in self.rows]
        kept = pa.array([None if bad else number for number, bad in enumerate(wrong)], pa.int64())
        arrays, fields = [], []
        for given in self._reader.schema:
            array = fresh.get(given.name, self._batch.column(given.name))
            if given.name in self._reader.ids:
                array = cast_to(array, given.type)
            if given.name in examined and any(wrong):
                array = array.take(kept) if given.name in fresh else pa.nulls(len(wrong), given.type)
            arrays.append(array)
            fields.append(given.with_nullable(given.nullable or (given.name in examined and any(wrong))))
        return pa.record_batch(arrays, schema=pa.schema(fields, metadata=self._reader.schema.metadata))

    def _fresh(self) -> dict[str, pa.Array]:
        kinds = {given.name: given.type for given in self._reader.schema}
        return {name: cast_to(rebuild(), kinds[name]) for name, rebuild in self._rebuild.items()}

    def good(self) -> pa.RecordBatch:
        """Return the batch anew without the rows that have an error. Raises `FormatError` where it cannot be made."""
        rows = pa.array([number for number, row in enumerate(self.rows) if row.error is None], pa.int64())
        batch = self.close()
        if self._unmade is not None:  # its calls are counted as gone out: no row may be missing
            raise self._unmade
        if len(rows) < batch.num_rows:
            batch = batch.take(rows).cast(self._reader.schema)
        return batch

    # --- turns

    def _turns(
        self, arrays: dict[str, pa.Array], members: Members, owner: Owner, place_: ColumnPlace
    ) -> dict[str, Rebuild]:
        """Open the arrays of turns, an element a turn; return what gives each of them anew."""
        text, speaker, words = members.text, members.speaker, members.words
        texts = read_strings(arrays[text]) if text in arrays else Strings([None] * len(owner))
        speakers = read_labels(arrays[speaker]) if speaker else None
        read = TurnWords(arrays[words], place_.inside(words)) if words and has_words(arrays[words].type) else None
        turns: list[Turn | None] = []
        path = place_.inside(text).path.strip(".")
        firsts = np.searchsorted(owner, owner)
        self._refuse([*texts.bad, *texts.raw], owner)
        if speaker and is_bytes(arrays[speaker].type):
            labels = read_strings(arrays[speaker])
            self._refuse([*labels.bad, *labels.raw], owner)
        for at, value in enumerate(texts.values):
            said = value if value is not None or read is None else read.joined(at)
            if said is None:
                turns.append(None)
                continue
            turn = Turn(said, speakers[at] if speakers else None, path=path)
            if place_.path:
                turn.number = at - int(firsts[at])
            if read is not None and not read.take(at, turn):
                self._refuse([at], owner)
            turns.append(turn)
            self.rows[owner[at]].turns.append(turn)
        rebuilt: dict[str, Rebuild] = {}
        if text in arrays:
            rebuilt[text] = partial(new_texts, arrays[text].type, texts, turns)
        if speaker:
            rebuilt[speaker] = partial(new_speakers, arrays[speaker], turns)
        if read is not None:
            self._word_members(read, turns, owner)
            rebuilt[words] = partial(read.rebuilt, turns, words_type(arrays[words].type, path))
        elif words:
            rebuilt[words] = self._open(arrays[words], place_.inside(words), owner)
        return rebuilt

    def _list_of_turns(self, array: pa.Array, owner: Owner) -> Rebuild:
        """Open a column of lists of turns."""
        name = self._reader.columns.turns or ""
        kind = self._reader.schema.field(name).type
        flat, inside = flattened(array, owner)
        place_ = ColumnPlace.column(name)
        role = self._reader.members
        if not pa.types.is_struct(flat.type):
            turns = self._turns({"": flat}, role, inside, place_)
            return partial(new_lists, array, turns[""], kind)
        names = [flat.type.field(n).name for n in range(flat.type.num_fields)]
        members = dict(zip(names, flat.flatten(), strict=True))
        rebuilt = self._turns(members, role, inside, place_)
        for member in names:
            at = place_.inside(member, is_member=True)
            if member not in rebuilt and not self._reader.is_left(at):
                rebuilt[member] = self._open(members[member], at, inside)
        fresh = [rebuilt.get(member, partial(same_array, members[member])) for member in names]
        return partial(new_lists, array, partial(new_struct, flat, fresh, kind.value_type), kind)

    def _word_members(self, read: TurnWords, turns: Sequence[Turn | None], owner: Owner) -> None:
        """Examine what words say beside their text: the values of one member in a turn are one text."""
        for member, array in read.others():
            at = read.place.inside(member, is_member=True)
            if self._reader.is_left(at):
                continue
            if not is_text(array.type) or self._reader.is_id(at):
                read.fresh[member] = self._open(array, at, np.repeat(owner, np.diff(read.starts)))
                continue
            strings = read_strings(array)
            self._refuse(strings.bad, np.repeat(owner, np.diff(read.starts)), at)
            columns: list[tuple[int, list[int], Cell]] = []
            for number in range(len(turns)):
                first, last = read.starts[number], read.starts[number + 1]
                told = [n for n in range(first, last) if strings.values[n]]
                if all(tokens(strings.values[n] or "") == tokens(read.texts[n]) for n in told):
                    continue
                cell = Cell("", " ".join(strings.values[n] or "" for n in told), at.path, is_text=False)
                self.rows[owner[number]].cells.append(cell)
                columns.append((first, told, cell))
            read.fresh[member] = partial(new_column, array.type, strings, columns)

    # --- other columns

    def _open(self, array: pa.Array, place_: ColumnPlace, owner: Owner) -> Rebuild:
        """Open an array of any type; return what gives it anew."""
        kind = array.type
        if self._reader.is_id(place_):
            return self._ids(array, place_, owner)
        if pa.types.is_dictionary(kind):
            fresh = self._open(array.dictionary_decode(), place_, owner)
            return partial(new_dictionary, fresh, changed_type(kind, place_.path))
        if isinstance(kind, pa.BaseExtensionType):
            if kind.extension_name == UUID:
                return partial(same_array, array)
            storage = self._open(array.storage, place_, owner)
            return lambda: pa.ExtensionArray.from_storage(kind, storage())
        if is_text(kind):
            return self._texts(array, place_, owner)
        if is_whole(kind):
            return self._wholes(array, place_, owner)
        if pa.types.is_struct(kind):
            return self._struct(array, place_, owner)
        if pa.types.is_map(kind):
            return self._map(array, place_, owner)
        if is_list(kind):
            flat, inside = flattened(array, owner)
            return partial(new_lists, array, self._open(flat, place_, inside), changed_type(kind, place_.path))
        return partial(same_array, array)

    def _struct(self, array: pa.Array, place_: ColumnPlace, owner: Owner) -> Rebuild:
        fresh: list[Rebuild] = []
        for number, member in enumerate(array.flatten()):
            at = place_.inside(array.type.field(number).name)
            fresh.append(partial(same_array, member) if self._reader.is_left(at) else self._open(member, at, owner))
        return partial(new_struct, array, fresh, changed_type(array.type, place_.path))

    def _map(self, array: pa.Array, place_: ColumnPlace, owner: Owner) -> Rebuild:
        """Open a column of maps: a key is the name of its value."""
        kind = array.type
        array = array.cast(pa.list_(pa.struct([kind.key_field, kind.item_field])))
        pairs, inside = flattened(array, owner)
        keys, items = pairs.flatten()
        names = [str(key) for key in keys.to_pylist()]
        fresh_keys = self._texts(keys, place_, inside, is_key=True) if is_text(keys.type) else partial(same_array, keys)
        fresh_items = (
            self._texts(items, place_, inside, names=names)
            if is_text(items.type)
            else self._wholes(items, place_, inside, names=names)
            if is_whole(items.type)
            else self._open(items, place_, inside)
        )
        return partial(new_map, array, fresh_keys, fresh_items, changed_type(kind, place_.path))

    def _texts(
        self, array: pa.Array, place_: ColumnPlace, owner: Owner, *, names: Sequence[str] = (), is_key: bool = False
    ) -> Rebuild:
        strings = read_strings(array)
        self._refuse(strings.bad, owner, place_)
        cells: list[Cell | None] = []
        is_asked = len(place_.names) == 1 and not names and not is_key and is_question(place_.name)
        for at, text in enumerate(strings.values):
            name = "" if is_key else names[at] if names else place_.name
            if text is None or not is_examined(text) or is_time(place_.time_name if not names else name, text):
                cells.append(None)
                continue
            cell = Cell(name, text, place_.path, is_key, asks=is_asked)
            cells.append(cell)
            self.rows[owner[at]].cells.append(cell)
        return partial(new_texts, array.type, strings, cells)

    def _wholes(self, array: pa.Array, place_: ColumnPlace, owner: Owner, *, names: Sequence[str] = ()) -> Rebuild:
        cells: list[tuple[int, Cell]] = []
        if pa.types.is_fixed_size_binary(array.type):
            self._refuse(read_strings(array).bad, owner, place_)
        for at, text in long_values(array, place_.time_name, names=names):
            cell = Cell(names[at] if names else place_.name, text, place_.path, is_text=False)
            cells.append((at, cell))
            self.rows[owner[at]].cells.append(cell)
        return partial(new_wholes, array, cells, self._known(array, place_, owner) if is_integer(array.type) else set)

    def _known(self, array: pa.Array, place_: ColumnPlace, owner: Owner) -> Callable[[], set[int]]:
        """Return what tells which integers say what was told; those that count or measure are short ones by chance."""
        is_order = is_measure(place_.time_name) or is_time(place_.time_name, 0)
        return partial(known_numbers, array, owner, self.rows, is_order=is_order)

    def _ids(self, array: pa.Array, place_: ColumnPlace, owner: Owner) -> Rebuild:
        """Open an array that is not examined: what was told in the call is hidden in it."""
        if is_integer(array.type):
            return partial(new_wholes, array, (), self._known(array, place_, owner))
        if not is_text(array.type):
            return partial(same_array, array)
        strings = read_strings(array)
        if is_bytes(array.type):
            strings.raw |= raw_bytes(array, strings.bad)
        else:
            self._refuse(strings.bad, owner, place_)
        return partial(new_ids, array.type, strings, [self.rows[number] for number in owner], is_order=place_.is_order)

    def _refuse(self, elements: Sequence[int], owner: Owner, beside: ColumnPlace | None = None) -> None:
        """Mark the rows of elements that cannot be read; those `beside` what is said may be no text at all."""
        problem = "it is not UTF-8"
        if beside is not None:
            problem = f"column {self._reader.number(beside.names[0])} is not UTF-8: leave it if it holds no text"
        for at in elements:
            row = self.rows[owner[at]]
            row.error = FormatError(problem, position=row.position)
