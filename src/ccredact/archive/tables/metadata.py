"""What a schema says beside its columns: values under keys, JSON among them. They are examined as other cells are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa

from ccredact.archive.tables.json_cell import JsonCell
from ccredact.archive.tables.rows import Cell, examined_name, redacted_cells
from ccredact.formats.base import decoded
from ccredact.formats.json.fields import LEAST, nested_in

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
    if len(value) < LEAST:
        return value
    text, name = decoded(value, "a value of its metadata"), decoded(key, "a key of its metadata")
    document = nested_in(text)
    if document is None:
        [cell] = redacted_cells([Cell(name, text)], redactor) if text not in known else [None]
        return value if cell is None else cell.new.encode()
    inside = JsonCell(document, known=known, has_numbers=key != _PANDAS)
    cells = redacted_cells([Cell(*found) for found in inside.texts(name)], redactor)
    if not any(cell.changed for cell in cells):
        return value
    return inside.written(cell.new for cell in cells).encode()


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
