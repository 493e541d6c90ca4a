"""What a schema says beside its columns: values under keys, JSON among them. They are examined as other cells are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from ccredact.archive.tables.rows import Cell, examined_name, is_examined, redacted_cells
from ccredact.formats.json.fields import LONG

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ccredact.redactor import Redactor


_PANDAS: Final = b"pandas"
"""Where pandas writes how a table was indexed: its numbers count rows."""


def examined_schema(schema: pa.Schema, redactor: Redactor) -> pa.Schema:
    """Return a schema with its own metadata and that of its columns examined, and the names of columns too."""
    known = frozenset(_names(schema))
    fields = [
        given.with_name(examined_name(given.name, redactor)).with_metadata(_examined(given.metadata, known, redactor))
        for given in schema
    ]
    return pa.schema(fields, metadata=_examined(schema.metadata, known, redactor))


def _examined(
    metadata: Mapping[bytes, bytes] | None, known: Collection[str], redactor: Redactor
) -> dict[bytes, bytes] | None:
    """Return metadata with what is hidden in its values; names of columns, which it repeats, stay."""
    if not metadata:
        return None
    return {key: _value(key, value, known, redactor) for key, value in metadata.items()}


def _value(key: bytes, value: bytes, known: Collection[str], redactor: Redactor) -> bytes:
    try:
        text, name = value.decode(), key.decode()
    except UnicodeDecodeError:
        return value
    try:
        document = json.loads(text) if text[:1] in {"{", "["} else None
    except (ValueError, RecursionError):
        document = None
    if document is None:
        cells = [Cell(name, text)] if is_examined(text) and text not in known else []
        return redacted_cells(cells, redactor)[0].new.encode() if cells else value
    examined = _Json(known, has_numbers=key != _PANDAS)
    cells = redacted_cells([Cell(*found) for found in examined.texts(document, name)], redactor)
    if not any(cell.changed for cell in cells):
        return value
    return json.dumps(examined.replaced(document, iter(cells)), ensure_ascii=False).encode()


class _Json:
    """A JSON value whose texts and long numbers are examined, but for the names of columns that are `known`."""

    def __init__(self, known: Collection[str], *, has_numbers: bool) -> None:
        self._known = known
        self._has_numbers = has_numbers

    def texts(self, value: Any, name: str) -> Iterator[tuple[str, str]]:
        """Yield the texts and long numbers, each under its name."""
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from self.texts(inner, key)
        elif isinstance(value, list):
            for inner in value:
                yield from self.texts(inner, name)
        elif self._is_examined(value):
            yield name, str(value)

    def replaced(self, value: Any, cells: Iterator[Cell]) -> Any:
        """Return the value with what became of each of `texts`."""
        if isinstance(value, dict):
            return {key: self.replaced(inner, cells) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.replaced(inner, cells) for inner in value]
        if not self._is_examined(value):
            return value
        cell = next(cells)
        return cell.new if cell.changed else value

    def _is_examined(self, value: Any) -> bool:
        if isinstance(value, str):
            return is_examined(value) and value not in self._known
        is_number = self._has_numbers and isinstance(value, int | float) and not isinstance(value, bool)
        return is_number and abs(value) >= 10 ** (LONG - 1)


def _names(kind: pa.Schema | pa.DataType) -> Iterator[str]:
    """Yield the names of all fields of a schema, those inside others too."""
    if isinstance(kind, pa.Schema):
        fields = list(kind)
    elif isinstance(kind, pa.DataType) and pa.types.is_nested(kind):
        fields = [kind.field(n) for n in range(kind.num_fields)]
    else:
        fields = []
    for given in fields:
        yield given.name
        yield from _names(given.type)
