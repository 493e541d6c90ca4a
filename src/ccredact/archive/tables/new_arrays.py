"""Arrays of Arrow made anew of what became of their values.

No array that was examined is passed through, so that no text stays in an unused part of a dictionary or under a null.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa

from ccredact.archive.tables.array_values import Owner, Strings, list_starts, read_labels
from ccredact.archive.tables.arrow_types import changed_type, is_text
from ccredact.archive.tables.rows import known_in

if TYPE_CHECKING:
    from ccredact.archive.tables.rows import Cell, Row, Turn
    from ccredact.formats.base import Redacted

Rebuild = Callable[[], pa.Array]
"""What gives an array anew, when its rows are redacted."""


def same_array(array: pa.Array) -> pa.Array:
    """Return an array that nobody examines."""
    return array


def cast_to(array: pa.Array, kind: pa.DataType) -> pa.Array:
    """Return an array of a type."""
    return array if array.type == kind else array.cast(kind)


def new_texts(kind: pa.DataType, strings: Strings, texts: Sequence[Turn | Cell | None]) -> pa.Array:
    """Return texts anew: what became of each turn or cell."""
    values: list[str | bytes | None] = [
        value if text is None or value is None else text.new for value, text in zip(strings.values, texts, strict=True)
    ]
    return new_array(values, kind, strings)


def new_array(values: list[str | bytes | None], kind: pa.DataType, strings: Strings) -> pa.Array:
    """Return an array of values, in which bytes that are no text stay."""
    for at, data in strings.raw.items():
        values[at] = data
    if pa.types.is_dictionary(kind):
        return new_dictionary(partial(pa.array, values, kind.value_type), changed_type(kind, ""))
    return pa.array(values, kind)


def new_speakers(array: pa.Array, turns: Sequence[Turn | None]) -> pa.Array:
    """Return labels of speakers anew."""
    labels = read_labels(array)
    new = [
        label if turn is None or turn.label is None else turn.label for label, turn in zip(labels, turns, strict=True)
    ]
    if is_text(array.type):
        return _new_labels(array, new)
    kept = [None if label != old else at for at, (label, old) in enumerate(zip(new, labels, strict=True))]
    return array if None not in kept else array.take(pa.array(kept, pa.int64()))


def _new_labels(array: pa.Array, labels: list[str | None]) -> pa.Array:
    return new_array(list(labels), array.type, Strings([]))


def new_column(kind: pa.DataType, strings: Strings, columns: Sequence[tuple[int, list[int], Cell]]) -> pa.Array:
    """Return a member of words anew; the first value that an edit touches gets its text."""
    values: list[str | bytes | None] = list(strings.values)
    for _, elements, cell in columns:
        start = 0
        for at in elements:
            text = strings.values[at] or ""
            if cell.found is not None:
                values[at] = _part(text, start, cell.found)
            start += len(text) + 1
    return new_array(values, kind, strings)


def _part(text: str, start: int, redacted: Redacted) -> str:
    out, at = "", 0
    for edit in redacted.edits:
        first, last = max(edit.start - start, 0), min(edit.end - start, len(text))
        if first < last:
            out += text[at:first] + (edit.text if edit.start >= start else "")
            at = last
    return out + text[at:]


def new_ids(kind: pa.DataType, strings: Strings, rows: Sequence[Row], *, is_order: bool) -> pa.Array:
    """Return ids anew: what was told in the call of each one's row is hidden."""
    pairs = zip(strings.values, rows, strict=True)
    values: list[str | bytes | None] = [
        None if text is None else known_in(text, row.told, is_order=is_order) for text, row in pairs
    ]
    return new_array(values, kind, strings)


def known_numbers(array: pa.Array, owner: Owner, rows: Sequence[Row], *, is_order: bool) -> set[int]:
    """Return which integers say what was told in the call of their row."""
    if all(row.told is None for row in rows):
        return set()
    values = zip(array.to_pylist(), (rows[number].told for number in owner.tolist()), strict=True)
    texts = ((at, str(abs(value)), told) for at, (value, told) in enumerate(values) if value is not None and told)
    return {at for at, text, told in texts if known_in(text, told, is_order=is_order) != text}


def new_wholes(array: pa.Array, cells: Sequence[tuple[int, Cell]], known: Callable[[], set[int]]) -> pa.Array:
    """Return numbers or dates anew: what is hidden is null, and what is `known`."""
    hidden = {at for at, cell in cells if cell.changed} | known()
    if not hidden:
        return array
    return array.take(pa.array([None if at in hidden else at for at in range(len(array))], pa.int64()))


def new_dictionary(fresh: Rebuild, kind: pa.DataType) -> pa.Array:
    """Return an array with a dictionary of its new values alone."""
    return cast_to(fresh(), kind.value_type).dictionary_encode().cast(kind)


def new_struct(array: pa.Array, fresh: Sequence[Rebuild], kind: pa.DataType) -> pa.Array:
    """Return structs of new members."""
    fields = [kind.field(n) for n in range(kind.num_fields)]
    members = [cast_to(build(), given.type) for build, given in zip(fresh, fields, strict=True)]
    return pa.StructArray.from_arrays(members, fields=fields, mask=array.is_null())


def new_lists(array: pa.Array, fresh: Rebuild, kind: pa.DataType) -> pa.Array:
    """Return lists of new elements."""
    return lists_of(list_starts(array), fresh(), kind, array.is_null())


def lists_of(offsets: Owner | list[int], flat: pa.Array, kind: pa.DataType, mask: pa.Array) -> pa.Array:
    """Return an array of lists of a type."""
    flat = cast_to(flat, kind.value_type)
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


def new_map(array: pa.Array, keys: Rebuild, items: Rebuild, kind: pa.DataType) -> pa.Array:
    """Return maps of new keys and items."""
    return pa.MapArray.from_arrays(
        pa.array(list_starts(array), pa.int32()), keys(), items(), type=kind, mask=array.is_null()
    )
