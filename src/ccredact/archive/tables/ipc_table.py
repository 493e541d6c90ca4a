"""Arrow IPC files and streams, and Feather, which is the former: batches, compression and metadata stay."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, Final

import pyarrow as pa
from pyarrow import ipc

from ccredact.archive.document import seekable
from ccredact.archive.tables.batch import BatchReader
from ccredact.archive.tables.columns import Columns
from ccredact.archive.tables.kernel import first_rows, redacted
from ccredact.archive.tables.metadata import examined_schema
from ccredact.archive.tables.rows import Calls
from ccredact.archive.tables.whole import done
from ccredact.formats.base import Fault

if TYPE_CHECKING:
    from ccredact.archive.document import Options
    from ccredact.archive.tables.rows import Row
    from ccredact.archive.tally import Tally
    from ccredact.policy import Policy
    from ccredact.redactor import Redactor

MAGIC: Final = b"ARROW1"
_HEAD: Final = 8
"""Where the stream inside a file begins."""
_CODECS: Final = {0: "lz4", 1: "zstd"}


@dataclass(frozen=True, slots=True)
class IpcTable:
    """A kind of table: "arrow", a file, which is Feather too, or "arrows", a stream."""

    name: str
    is_file: bool

    def process(
        self,
        source: BinaryIO,
        sink: BinaryIO,
        *,
        name: str,
        redactor: Redactor,
        options: Options,
        tally: Tally,
    ) -> None:
        """Write the table redacted, as `Document.process` says; rows of a call that cannot be redacted are left out."""
        stream = seekable(source, name=name, options=options)
        calls = Calls(redactor, source=name, options=options, tally=tally)
        done(partial(self._run, stream, sink, redactor, options, calls), source=name)

    def first(self, source: BinaryIO, *, options: Options, policy: Policy) -> tuple[Columns, list[Row]]:
        """Return the columns and the rows at the beginning of the table; of a stream it cannot move in, none."""
        if not source.seekable():
            return Columns(), []
        given = ipc.open_file(source) if self.is_file else ipc.open_stream(source)
        reader = BatchReader(given.schema, Columns.of(options.columns), policy.leave)
        rows = [row for batch in islice(_batches(given), 1) for row in first_rows(batch, reader, options)]
        return reader.columns, rows

    def _run(self, source: BinaryIO, sink: BinaryIO, redactor: Redactor, options: Options, calls: Calls) -> None:
        source.seek(_HEAD if self.is_file else 0)
        compression = _compression(source)
        source.seek(0)
        given = ipc.open_file(source) if self.is_file else ipc.open_stream(source)
        reader = BatchReader(given.schema, Columns.of(options.columns), redactor.policy.leave)
        _check(reader.schema)
        schema = examined_schema(reader.schema, redactor)
        written = ipc.IpcWriteOptions(compression=compression, emit_dictionary_deltas=True)
        make = ipc.new_file if self.is_file else ipc.new_stream
        values: dict[str, dict[object, int]] = {}
        with make(sink, schema, options=written) as writer:
            for opened in redacted(_batches(given), reader, calls, options):
                batch = opened.good()
                columns = [_grown(column, values.setdefault(name, {})) for name, column in _named(batch)]
                writer.write_batch(pa.record_batch(columns, schema=schema))


def _batches(reader: ipc.RecordBatchFileReader | ipc.RecordBatchStreamReader) -> Iterator[pa.RecordBatch]:
    """Yield the batches. One that points outside itself would end the process: each is looked through first."""
    is_file = isinstance(reader, ipc.RecordBatchFileReader)
    batches = map(reader.get_batch, range(reader.num_record_batches)) if is_file else reader
    for batch in batches:
        batch.validate(full=True)
        yield batch


def _named(batch: pa.RecordBatch) -> Iterator[tuple[str, pa.Array]]:
    return zip(batch.schema.names, batch.columns, strict=True)


def _grown(column: pa.Array, known: dict[object, int]) -> pa.Array:
    """Return a column; where it is a dictionary, as one that only grows from batch to batch, as a file needs it."""
    kind = column.type
    if not pa.types.is_dictionary(kind):
        return column
    indices = [
        None if value is None else known.setdefault(value, len(known))
        for value in column.dictionary_decode().to_pylist()
    ]
    return pa.DictionaryArray.from_arrays(
        pa.array(indices, kind.index_type), pa.array(list(known), kind.value_type), ordered=kind.ordered
    )


def _check(schema: pa.Schema) -> None:
    for number, given in enumerate(schema, 1):
        if pa.types.is_nested(given.type) and "dictionary<" in str(given.type):
            raise Fault("a dictionary within lists or structs is not written here", f"column {number}")


def _compression(stream: BinaryIO) -> str | None:
    """Return how the batches of a stream are compressed, as the head of the first one says (Arrow's `Message.fbs`)."""
    for message in _messages(stream):
        if message.type == "record batch":
            data = message.metadata.to_pybytes()
            root = struct.unpack_from("<I", data)[0]
            header = _member(data, root, 2)
            body = _member(data, header, 3) if header else 0
            codec = _offset(data, body, 0) if body else 0
            return _CODECS.get(data[codec] if codec else 0) if body else None
    return None


def _messages(stream: BinaryIO) -> Iterator[ipc.Message]:
    try:
        yield from ipc.MessageReader.open_stream(stream)
    except (pa.ArrowInvalid, OSError):
        return


def _offset(data: bytes, table: int, number: int) -> int:
    """Return where a member of a flatbuffers table stands, 0 where it is left out."""
    layout = table - struct.unpack_from("<i", data, table)[0]
    size = struct.unpack_from("<H", data, layout)[0]
    at = 4 + 2 * number
    inside = struct.unpack_from("<H", data, layout + at)[0] if at < size else 0
    return table + inside if inside else 0


def _member(data: bytes, table: int, number: int) -> int:
    """Return where the table stands that a member refers to, 0 where it is left out."""
    at = _offset(data, table, number)
    return at + int(struct.unpack_from("<I", data, at)[0]) if at else 0
