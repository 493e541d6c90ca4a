"""Record batches: their rows are opened as turns and cells, and a batch of the same shape is made of what came of them.

Nothing that is examined is passed through: every such array is built anew, so that no text stays in an unused part of a
dictionary or under a null.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ccredact.archive.causes import cause_of
from ccredact.archive.tables.columns import ORDER, Columns, inner, is_own_id, is_time, word_members
from ccredact.archive.tables.rows import Cell, Row, Turn, is_examined
from ccredact.errors import FormatError
from ccredact.formats.base import Fault, attempt
from ccredact.formats.json.fields import LEAST, LONG
from ccredact.formats.words import fitted, runs
from ccredact.text.placing import place, tokens
from ccredact.transcript import Word

if TYPE_CHECKING:
    from collections.abc import Collection

    from ccredact.formats.base import Redacted
    from ccredact.text.placing import Place

Rebuild = Callable[[], pa.Array]
"""What gives an array anew, when its rows are redacted."""
Owner = np.ndarray[Any, np.dtype[np.int64]]
"""The row of each element of an array that lies within lists."""

ENTITIES: Final = pa.list_(
    pa.struct(
        [
            pa.field("field", pa.string()),
            pa.field("turn", pa.int32()),
            pa.field("label", pa.string()),
            pa.field("start", pa.int32()),
            pa.field("end", pa.int32()),
            pa.field("score", pa.float64()),
            pa.field("reason", pa.string()),
        ]
    )
)
"""What was found in a row: the column, the turn of a list or the line of a whole call, and where in the new text."""
COUNTS: Final = pa.map_(pa.string(), pa.int32())
"""How often each label was hidden in a row."""
ERROR: Final = pa.string()
"""The cause and the problem of a row that was not redacted, or null."""
_INTEGERS: Final = frozenset({pa.int32(), pa.int64(), pa.uint32(), pa.uint64()})
_STRINGS: Final = frozenset({pa.string(), pa.large_string(), pa.string_view()})
_BYTES: Final = frozenset({pa.binary(), pa.large_binary(), pa.binary_view()})
_UUID: Final = "arrow.uuid"
"""A type of sixteen bytes that are a number."""
_SMALL: Final = frozenset({pa.int8(), pa.int16(), pa.uint8(), pa.uint16(), pa.bool_(), pa.null()})


def is_text(kind: pa.DataType) -> bool:
    """Return whether a type holds text: strings, and bytes, which may be UTF-8."""
    if pa.types.is_dictionary(kind):
        return is_text(kind.value_type)
    return is_string(kind) or kind in _BYTES


def is_string(kind: pa.DataType) -> bool:
    """Return whether a type holds strings."""
    return kind in _STRINGS


def is_bytes(kind: pa.DataType) -> bool:
    """Return whether a type holds bytes."""
    return kind in _BYTES or (pa.types.is_dictionary(kind) and is_bytes(kind.value_type))


def is_list(kind: pa.DataType) -> bool:
    """Return whether a type holds lists."""
    return (
        pa.types.is_list(kind)
        or pa.types.is_large_list(kind)
        or pa.types.is_fixed_size_list(kind)
        or isinstance(kind, pa.ListViewType | pa.LargeListViewType)
    )


def is_whole(kind: pa.DataType) -> bool:
    """Return whether a type has values of which one is hidden by taking it out: no text stands there."""
    return (
        kind in _INTEGERS
        or pa.types.is_floating(kind)
        or pa.types.is_decimal(kind)
        or pa.types.is_date(kind)
        or pa.types.is_timestamp(kind)
        or pa.types.is_fixed_size_binary(kind)
    )


def changed_type(kind: pa.DataType, position: str) -> pa.DataType:
    """Return the type of an array after redaction; raises `Fault` for one that is not read here."""
    if pa.types.is_dictionary(kind):
        index = kind.index_type if kind.index_type.bit_width >= 32 else pa.int32()
        return pa.dictionary(index, changed_type(kind.value_type, position), kind.ordered)
    if isinstance(kind, pa.BaseExtensionType):
        if changed_type(kind.storage_type, position) != kind.storage_type:
            raise Fault("its type, an extension, is not read here: leave it, or cast it", position)
        return kind
    if pa.types.is_struct(kind):
        return pa.struct([changed_field(kind.field(n), position) for n in range(kind.num_fields)])
    if pa.types.is_map(kind):
        item = changed_field(kind.item_field, position)
        return pa.map_(kind.key_field, item, keys_sorted=False)
    if is_list(kind):
        element = changed_field(kind.value_field, position)
        if pa.types.is_fixed_size_list(kind):
            return pa.list_(element, kind.list_size)
        large = pa.types.is_large_list(kind) or isinstance(kind, pa.LargeListViewType)
        return pa.large_list(element) if large else pa.list_(element)
    known = is_text(kind) or is_whole(kind) or kind in _SMALL or pa.types.is_time(kind) or pa.types.is_duration(kind)
    if not known:
        problem = f"its type {re.split('[^a-z0-9_]', str(kind))[0]} is not read here: leave it, or cast it"
        raise Fault(problem, position)
    return kind


def changed_field(given: pa.Field, position: str) -> pa.Field:
    """Return a field after redaction: what is hidden of numbers and dates is null."""
    kind = changed_type(given.type, position)
    return given.with_type(kind).with_nullable(given.nullable or is_whole(kind))


def words_type(kind: pa.DataType, position: str) -> pa.DataType:
    """Return the type of words after redaction: what the word of a hidden run does not say is null."""
    kind = changed_type(kind, position)
    if not pa.types.is_struct(kind.value_type):
        return kind
    members = pa.struct(
        [kind.value_type.field(n).with_nullable(nullable=True) for n in range(kind.value_type.num_fields)]
    )
    element = kind.value_field.with_type(members)
    return pa.large_list(element) if pa.types.is_large_list(kind) else pa.list_(element)


@dataclass(frozen=True, slots=True)
class Members:
    """The members of a turn that have a role; "" is none."""

    text: str
    speaker: str
    words: str

    @classmethod
    def of(cls, columns: Columns, kind: pa.DataType) -> Members:
        """Return those of a column of turns; raises `Fault` where turns have no text."""
        position = "the column of turns"
        element = kind.value_type
        if is_text(element):
            return cls("", "", "")
        if not pa.types.is_struct(element):
            raise Fault("turns are lists of texts, or of structs with a text", position)
        names = [element.field(n).name for n in range(element.num_fields)]
        text = inner(columns.text, "text", names)
        words = inner(columns.words, "words", names)
        if not text and not words:
            raise Fault("turns have no member for the role text", position)
        return cls(text, inner(columns.speaker, "speaker", [name for name in names if name != text]), words)


def turns_type(kind: pa.DataType, members: Members, position: str) -> pa.DataType:
    """Return the type of turns after redaction."""
    changed = changed_type(kind, position)
    if members.words and has_words(kind.value_type.field(members.words).type):
        fields = [changed.value_type.field(n) for n in range(changed.value_type.num_fields)]
        place_ = [given.name for given in fields].index(members.words)
        fields[place_] = fields[place_].with_type(words_type(kind.value_type.field(members.words).type, position))
        element = changed.value_field.with_type(pa.struct(fields))
        return pa.large_list(element) if pa.types.is_large_list(changed) else pa.list_(element)
    return changed


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an array stands: the names on the way to it, and whether it is a member of a row, a turn or a word."""

    path: str
    names: tuple[str, ...]
    is_member: bool = True
    is_order: bool = False  # small numbers and times are none of anybody's

    @classmethod
    def column(cls, name: str, *, is_order: bool = False) -> _Place:
        return cls(name, (name,), is_order=is_order)

    def inside(self, name: str, *, is_member: bool = False) -> _Place:
        return _Place(f"{self.path}.{name}", (*self.names, name), is_member)

    @property
    def name(self) -> str:
        return " ".join(self.names)

    @property
    def time_name(self) -> str:
        return ORDER if self.is_order else self.names[-1]


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
        self.schema = pa.schema(
            [self._field(given) for given in schema],
            metadata=schema.metadata,
        )

    def open(self, batch: pa.RecordBatch, *, first: int) -> OpenBatch:
        """Return the rows of a batch, which begins with row `first` of the table, counted from 0."""
        return OpenBatch(self, batch, first)

    def number(self, name: str) -> int:
        """Return which column has a name, from 1 on: names are not told."""
        return 1 + int(self._names.index(name))

    def is_left(self, place_: _Place) -> bool:
        """Return whether a member of a row, a turn or a word is left as it is."""
        name = place_.names[-1]
        return name in self._leave or place_.path in self._leave or (place_.is_member and is_own_id(name))

    def _is_examined(self, name: str) -> bool:
        columns = self.columns
        if name in {columns.text, columns.turns, columns.words, columns.speaker} - {""}:
            return True
        return name != columns.call and not self.is_left(_Place.column(name))

    def _field(self, given: pa.Field) -> pa.Field:
        position = f"column {self.number(given.name)}"
        if given.name == self.columns.turns:
            return given.with_type(turns_type(given.type, self.members, position))
        if given.name == self.columns.words and has_words(given.type):
            return given.with_type(words_type(given.type, position))
        return changed_field(given, position) if given.name in self.examined else given

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
        self._read(attempt(self._open_all, source="batch"))

    def _open_all(self) -> None:
        batch, reader = self._batch, self._reader
        columns = reader.columns
        for role in ("call", "order"):
            name = getattr(columns, role)
            for row, value in zip(self.rows, _keys(batch.column(name)) if name else (), strict=False):
                setattr(row, role, value)
        owner = np.arange(batch.num_rows)
        if columns.turns:
            self._rebuild[columns.turns] = self._list_of_turns(batch.column(columns.turns), owner)
        else:
            roles = Members(columns.text or "", columns.speaker or "", columns.words or "")
            arrays = {name: batch.column(name) for name in {roles.text, roles.speaker, roles.words} - {""}}
            self._rebuild |= self._turns(arrays, roles, owner, _Place("", ()))
        for name in batch.schema.names:
            if name in reader.examined and name not in self._rebuild:
                place_ = _Place.column(name, is_order=name == columns.order)
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
            self._read(fresh)
            fresh = {}
        examined = self._reader.examined
        wrong = [row.error is not None for row in self.rows]
        kept = pa.array([None if bad else number for number, bad in enumerate(wrong)], pa.int64())
        arrays, fields = [], []
        for given in self._reader.schema:
            array = fresh.get(given.name, self._batch.column(given.name))
            if given.name in examined and any(wrong):
                array = array.take(kept) if given.name in fresh else pa.nulls(len(wrong), given.type)
            arrays.append(array)
            fields.append(given.with_nullable(given.nullable or (given.name in examined and any(wrong))))
        return pa.record_batch(arrays, schema=pa.schema(fields, metadata=self._reader.schema.metadata))

    def _fresh(self) -> dict[str, pa.Array]:
        kinds = {given.name: given.type for given in self._reader.schema}
        return {name: _cast(rebuild(), kinds[name]) for name, rebuild in self._rebuild.items()}

    def good(self) -> pa.RecordBatch:
        """Return the batch anew without the rows that have an error."""
        rows = pa.array([number for number, row in enumerate(self.rows) if row.error is None], pa.int64())
        batch = self.close()
        if len(rows) < batch.num_rows:
            batch = batch.take(rows).cast(self._reader.schema)
        return batch

    def entities(self) -> pa.Array:
        """Return what was found in each row (`ENTITIES`), without a text."""
        found: list[list[dict[str, object]] | None] = []
        for row in self.rows:
            if row.error is not None:
                found.append(None)
                continue
            listed = [item for turn in row.turns for item in _in_turn(turn)]
            for cell in row.cells:
                listed += _in(cell.found, cell.path, None, is_text=cell.is_text) if cell.found else ()
            found.append(listed)
        return pa.array(found, ENTITIES)

    def counts(self, kept: Collection[str]) -> pa.Array:
        """Return how often each label but those `kept` was hidden in each row (`COUNTS`)."""
        counted = []
        for row in self.rows:
            labels: dict[str, int] = {}
            parts = [part for turn in row.turns for part in turn.found]
            parts += [cell.found for cell in row.cells if cell.found]
            for part in parts if row.error is None else ():
                for entity in part.entities:
                    if entity.label not in kept:
                        labels[entity.label] = labels.get(entity.label, 0) + 1
            counted.append(None if row.error is not None else sorted(labels.items()))
        return pa.array(counted, COUNTS)

    def errors(self) -> pa.Array:
        """Return the error of each row (`ERROR`)."""
        errors = [None if row.error is None else f"{cause_of(row.error)}: {row.error.problem}" for row in self.rows]
        return pa.array(errors, ERROR)

    # --- turns

    def _turns(self, arrays: dict[str, pa.Array], members: Members, owner: Owner, place_: _Place) -> dict[str, Rebuild]:
        """Open the arrays of turns, an element a turn; return what gives each of them anew."""
        text, speaker, words = members.text, members.speaker, members.words
        texts = _strings(arrays[text]) if text in arrays else _Strings([None] * len(owner))
        speakers = _labels(arrays[speaker]) if speaker else None
        read = _Words(arrays[words], place_.inside(words)) if words and has_words(arrays[words].type) else None
        turns: list[Turn | None] = []
        path = place_.inside(text).path.strip(".")
        firsts = np.searchsorted(owner, owner)
        self._refuse([*texts.bad, *texts.raw], owner)
        if speaker and is_bytes(arrays[speaker].type):
            labels = _strings(arrays[speaker])
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
            rebuilt[text] = partial(_new_texts, arrays[text].type, texts, turns)
        if speaker:
            rebuilt[speaker] = partial(_new_speakers, arrays[speaker], turns)
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
        flat, inside = _flat(array, owner)
        place_ = _Place.column(name)
        role = self._reader.members
        if not pa.types.is_struct(flat.type):
            turns = self._turns({"": flat}, role, inside, place_)
            return partial(_listed, array, turns[""], kind)
        names = [flat.type.field(n).name for n in range(flat.type.num_fields)]
        members = dict(zip(names, flat.flatten(), strict=True))
        rebuilt = self._turns(members, role, inside, place_)
        for member in names:
            at = place_.inside(member, is_member=True)
            if member not in rebuilt and not self._reader.is_left(at):
                rebuilt[member] = self._open(members[member], at, inside)
        fresh = [rebuilt.get(member, partial(_same, members[member])) for member in names]
        return partial(_listed, array, partial(_struct, flat, fresh, kind.value_type), kind)

    def _word_members(self, read: _Words, turns: Sequence[Turn | None], owner: Owner) -> None:
        """Examine what words say beside their text: the values of one member in a turn are one text."""
        for member, array in read.others():
            at = read.place.inside(member, is_member=True)
            if self._reader.is_left(at):
                continue
            if not is_text(array.type):
                read.fresh[member] = self._open(array, at, np.repeat(owner, np.diff(read.starts)))
                continue
            strings = _strings(array)
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
            read.fresh[member] = partial(_new_column, array.type, strings, columns)

    # --- other columns

    def _open(self, array: pa.Array, place_: _Place, owner: Owner) -> Rebuild:
        """Open an array of any type; return what gives it anew."""
        kind = array.type
        if pa.types.is_dictionary(kind):
            fresh = self._open(array.dictionary_decode(), place_, owner)
            return partial(_encoded, fresh, changed_type(kind, place_.path))
        if isinstance(kind, pa.BaseExtensionType):
            if kind.extension_name == _UUID:
                return partial(_same, array)
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
            flat, inside = _flat(array, owner)
            return partial(_listed, array, self._open(flat, place_, inside), changed_type(kind, place_.path))
        return partial(_same, array)

    def _struct(self, array: pa.Array, place_: _Place, owner: Owner) -> Rebuild:
        fresh: list[Rebuild] = []
        for number, member in enumerate(array.flatten()):
            at = place_.inside(array.type.field(number).name)
            fresh.append(partial(_same, member) if self._reader.is_left(at) else self._open(member, at, owner))
        return partial(_struct, array, fresh, changed_type(array.type, place_.path))

    def _map(self, array: pa.Array, place_: _Place, owner: Owner) -> Rebuild:
        """Open a column of maps: a key is the name of its value."""
        kind = array.type
        array = array.cast(pa.list_(pa.struct([kind.key_field, kind.item_field])))
        pairs, inside = _flat(array, owner)
        keys, items = pairs.flatten()
        names = [str(key) for key in keys.to_pylist()]
        fresh_keys = self._texts(keys, place_, inside, is_key=True) if is_text(keys.type) else partial(_same, keys)
        fresh_items = (
            self._texts(items, place_, inside, names=names)
            if is_text(items.type)
            else self._open(items, place_, inside)
        )
        return partial(_mapped, array, fresh_keys, fresh_items, changed_type(kind, place_.path))

    def _texts(
        self, array: pa.Array, place_: _Place, owner: Owner, *, names: Sequence[str] = (), is_key: bool = False
    ) -> Rebuild:
        strings = _strings(array)
        self._refuse(strings.bad, owner, place_)
        cells: list[Cell | None] = []
        for at, text in enumerate(strings.values):
            name = "" if is_key else names[at] if names else place_.name
            if text is None or not is_examined(text) or is_time(place_.time_name if not names else name, text):
                cells.append(None)
                continue
            cell = Cell(name, text, place_.path, is_key)
            cells.append(cell)
            self.rows[owner[at]].cells.append(cell)
        return partial(_new_texts, array.type, strings, cells)

    def _wholes(self, array: pa.Array, place_: _Place, owner: Owner) -> Rebuild:
        cells: list[tuple[int, Cell]] = []
        if pa.types.is_fixed_size_binary(array.type):
            self._refuse(_strings(array).bad, owner, place_)
        for at, text in _long_values(array, place_.time_name):
            cell = Cell(place_.name, text, place_.path, is_text=False)
            cells.append((at, cell))
            self.rows[owner[at]].cells.append(cell)
        return partial(_new_wholes, array, cells)

    def _refuse(self, elements: Sequence[int], owner: Owner, beside: _Place | None = None) -> None:
        """Mark the rows of elements that cannot be read; those `beside` what is said may be no text at all."""
        problem = "it is not UTF-8"
        if beside is not None:
            problem = f"column {self._reader.number(beside.names[0])} is not UTF-8: leave it if it holds no text"
        for at in elements:
            row = self.rows[owner[at]]
            row.error = FormatError(problem, position=row.position)


# --- reading arrays


@dataclass(slots=True, repr=False)
class _Strings:
    """The texts of an array; `bad` are the elements that are no text, `raw` those of them that are too short for one.

    Bytes that are no UTF-8 may be text all the same, in another encoding or with one byte that is broken: nobody can
    say what is in them. So can bytes with a null between others: UTF-16 is UTF-8 by its bytes.
    """

    values: list[str | None]
    bad: list[int] = field(default_factory=list)
    raw: dict[int, bytes] = field(default_factory=dict)


def _strings(array: pa.Array) -> _Strings:
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if is_string(array.type):
        try:
            return _Strings(array.to_pylist())
        except UnicodeDecodeError:
            pass
    values: list[str | None] = []
    strings = _Strings(values)
    as_text = is_string(array.type)
    for at, data in enumerate(array.cast(pa.large_binary()).to_pylist()):
        text = None if data is None else _decoded(data)
        if text is not None and not as_text and "\0" in text.rstrip("\0"):
            text = None
        values.append(text)
        if data is not None and text is None and not as_text and len(data) < LEAST:
            strings.raw[at] = data
        elif data is not None and text is None:
            strings.bad.append(at)
    return strings


def _decoded(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _labels(array: pa.Array) -> list[str | None]:
    """Return speakers as texts."""
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if is_text(array.type):
        return _strings(array).values
    if pa.types.is_nested(array.type):
        raise Fault("a speaker is a text or a number")
    return [None if value is None else str(value) for value in array.to_pylist()]


def _keys(array: pa.Array) -> list[Any]:
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if is_string(array.type):
        array = array.cast(pa.large_binary())
    elif pa.types.is_temporal(array.type):
        array = array.cast(pa.int64() if array.type.bit_width == 64 else pa.int32())
    return [
        value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else value for value in array.to_pylist()
    ]


def _long_values(array: pa.Array, name: str) -> Iterator[tuple[int, str]]:
    """Yield the numbers of `LONG` digits and the dates of an array, as they would be written."""
    kind = array.type
    if pa.types.is_fixed_size_binary(kind):
        for at, text in enumerate(_strings(array).values):
            if text is not None and is_examined(text):
                yield at, text
        return
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        yield from _dates(array, name)
        return
    size = pc.cast(array, pa.float64(), safe=False)
    long = pc.or_kleene(pc.greater_equal(size, 10 ** (LONG - 1)), pc.less_equal(size, -(10 ** (LONG - 1))))
    for at in pc.indices_nonzero(pc.fill_null(long, False)).to_pylist():  # noqa: FBT003 - as pyarrow has it
        value = array[at].as_py()
        if not isinstance(value, int) and abs(value) < 1e19 and value == int(value):
            value = int(value)
        if not is_time(name, value) and str(value).lower() not in {"inf", "-inf", "nan"}:
            yield at, str(value)


def _dates(array: pa.Array, name: str) -> Iterator[tuple[int, str]]:
    """Yield dates, and times of midnight, which are dates too."""
    if is_time(name, 0):
        return
    if pa.types.is_timestamp(array.type):
        array = array.cast(pa.timestamp(array.type.unit))
        days = pc.floor_temporal(array, unit="day")
        array = pc.if_else(pc.equal(days, array), array, None)
    for at, day in enumerate(array.cast(pa.date32()).to_pylist()):
        if isinstance(day, date):
            yield at, day.isoformat()


def _lengths(array: pa.Array) -> Owner:
    """Return how many elements each list of an array has, 0 for null."""
    kind = array.type
    if pa.types.is_fixed_size_list(kind):
        lengths = pc.if_else(array.is_valid(), kind.list_size, 0)
    elif isinstance(kind, pa.ListViewType | pa.LargeListViewType):
        lengths = pc.if_else(array.is_valid(), array.sizes, 0)
    else:
        lengths = pc.fill_null(pc.list_value_length(array), 0)
    return np.asarray(lengths.to_numpy(zero_copy_only=False), np.int64)


def _flat(array: pa.Array, owner: Owner) -> tuple[pa.Array, Owner]:
    """Return the elements of an array of lists, and the row of each of them."""
    return array.flatten(), np.repeat(owner, _lengths(array))


def has_words(kind: pa.DataType) -> bool:
    """Return whether a type holds lists of words."""
    if not is_list(kind) or pa.types.is_fixed_size_list(kind):
        return False
    element = kind.value_type
    if pa.types.is_struct(element):
        text, _, _ = word_members([element.field(n).name for n in range(element.num_fields)])
        return bool(text) and is_text(element.field(text).type)
    return is_text(element)


class _Words:
    """The words beside turns, an element a turn: a run that is hidden becomes one word."""

    def __init__(self, array: pa.Array, place_: _Place) -> None:
        self.place = place_
        self._array, flat = array, array.flatten()
        self.starts = _starts(array)
        self._flat = flat
        self._members: dict[str, pa.Array] = {"": flat}
        self._text, self._start, self._end = "", "", ""
        if pa.types.is_struct(flat.type):
            names = [flat.type.field(n).name for n in range(flat.type.num_fields)]
            self._members = dict(zip(names, flat.flatten(), strict=True))
            self._text, self._start, self._end = word_members(names)
        strings = _strings(self._members[self._text])
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
                members.append(_array(list(said), array.type, _Strings([])))
                continue
            fresh = self.fresh[name]() if name in self.fresh else array
            index = firsts if name == self._start else lasts if name == self._end else own
            members.append(fresh.take(pa.array(index, pa.int64())))
        element = kind.value_type
        flat = members[0]
        if pa.types.is_struct(element):
            fields = [element.field(n) for n in range(element.num_fields)]
            flat = pa.StructArray.from_arrays([*map(_cast, members, (given.type for given in fields))], fields=fields)
        return _of_lists(offsets, _cast(flat, element), kind, self._array.is_null())

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


# --- making them anew


def _same(array: pa.Array) -> pa.Array:
    return array


def _cast(array: pa.Array, kind: pa.DataType) -> pa.Array:
    return array if array.type == kind else array.cast(kind)


def _new_texts(kind: pa.DataType, strings: _Strings, texts: Sequence[Turn | Cell | None]) -> pa.Array:
    values: list[str | bytes | None] = [
        value if text is None or value is None else text.new for value, text in zip(strings.values, texts, strict=True)
    ]
    return _array(values, kind, strings)


def _array(values: list[str | bytes | None], kind: pa.DataType, strings: _Strings) -> pa.Array:
    for at, data in strings.raw.items():
        values[at] = data
    if pa.types.is_dictionary(kind):
        return _encoded(partial(pa.array, values, kind.value_type), changed_type(kind, ""))
    return pa.array(values, kind)


def _new_speakers(array: pa.Array, turns: Sequence[Turn | None]) -> pa.Array:
    labels = _labels(array)
    new = [
        label if turn is None or turn.label is None else turn.label for label, turn in zip(labels, turns, strict=True)
    ]
    if is_text(array.type):
        return _new_labels(array, new)
    kept = [None if label != old else at for at, (label, old) in enumerate(zip(new, labels, strict=True))]
    return array if None not in kept else array.take(pa.array(kept, pa.int64()))


def _new_labels(array: pa.Array, labels: list[str | None]) -> pa.Array:
    return _array(list(labels), array.type, _Strings([]))


def _new_column(kind: pa.DataType, strings: _Strings, columns: Sequence[tuple[int, list[int], Cell]]) -> pa.Array:
    """Return a member of words anew; the first value that an edit touches gets its text."""
    values: list[str | bytes | None] = list(strings.values)
    for _, elements, cell in columns:
        start = 0
        for at in elements:
            text = strings.values[at] or ""
            if cell.found is not None:
                values[at] = _part(text, start, cell.found)
            start += len(text) + 1
    return _array(values, kind, strings)


def _part(text: str, start: int, redacted: Redacted) -> str:
    out, at = "", 0
    for edit in redacted.edits:
        first, last = max(edit.start - start, 0), min(edit.end - start, len(text))
        if first < last:
            out += text[at:first] + (edit.text if edit.start >= start else "")
            at = last
    return out + text[at:]


def _new_wholes(array: pa.Array, cells: Sequence[tuple[int, Cell]]) -> pa.Array:
    hidden = {at for at, cell in cells if cell.changed}
    if not hidden:
        return array
    return array.take(pa.array([None if at in hidden else at for at in range(len(array))], pa.int64()))


def _encoded(fresh: Rebuild, kind: pa.DataType) -> pa.Array:
    return _cast(fresh(), kind.value_type).dictionary_encode().cast(kind)


def _struct(array: pa.Array, fresh: Sequence[Rebuild], kind: pa.DataType) -> pa.Array:
    fields = [kind.field(n) for n in range(kind.num_fields)]
    members = [_cast(build(), given.type) for build, given in zip(fresh, fields, strict=True)]
    return pa.StructArray.from_arrays(members, fields=fields, mask=array.is_null())


def _listed(array: pa.Array, fresh: Rebuild, kind: pa.DataType) -> pa.Array:
    return _of_lists(_starts(array), fresh(), kind, array.is_null())


def _starts(array: pa.Array) -> Owner:
    """Return where each list of an array begins among its elements, and where the last one ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(_lengths(array))])


def _of_lists(offsets: Owner | list[int], flat: pa.Array, kind: pa.DataType, mask: pa.Array) -> pa.Array:
    """Return an array of lists of a type."""
    flat = _cast(flat, kind.value_type)
    if pa.types.is_list(kind):
        return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), flat, type=kind, mask=mask)
    if pa.types.is_large_list(kind):
        return pa.LargeListArray.from_arrays(pa.array(offsets, pa.int64()), flat, type=kind, mask=mask)
    slots = [
        None if is_null else start + n
        for start, is_null in zip(offsets, mask.to_pylist(), strict=False)
        for n in range(kind.list_size)
    ]
    return pa.FixedSizeListArray.from_arrays(flat.take(pa.array(slots, pa.int64())), type=kind, mask=mask)


def _mapped(array: pa.Array, keys: Rebuild, items: Rebuild, kind: pa.DataType) -> pa.Array:
    return pa.MapArray.from_arrays(
        pa.array(_starts(array), pa.int32()), keys(), items(), type=kind, mask=array.is_null()
    )


# --- what was found


def _in_turn(turn: Turn) -> Iterator[dict[str, object]]:
    for number, part in enumerate(turn.found):
        at = turn.number if len(turn.found) == 1 else number
        yield from _in(part, turn.path, at, is_text=True)


def _in(part: Redacted, path: str, turn: int | None, *, is_text: bool) -> Iterator[dict[str, object]]:
    for entity in part.entities:
        yield {
            "field": path,
            "turn": turn,
            "label": entity.label,
            "start": entity.out_start if is_text else None,
            "end": entity.out_end if is_text else None,
            "score": entity.score,
            "reason": str(entity.reason),
        }
