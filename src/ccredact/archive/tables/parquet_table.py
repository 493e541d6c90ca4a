"""Parquet: row groups, compression, dictionaries and metadata stay; what is said in its cells is redacted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from ccredact.archive.document import seekable
from ccredact.archive.tables.batch import BatchReader
from ccredact.archive.tables.columns import Columns
from ccredact.archive.tables.kernel import first_rows, redacted
from ccredact.archive.tables.metadata import examined_schema
from ccredact.archive.tables.rows import Calls
from ccredact.archive.tables.whole import done

if TYPE_CHECKING:
    from ccredact.archive.document import Options
    from ccredact.archive.tables.rows import Row
    from ccredact.archive.tally import Tally
    from ccredact.policy import Policy
    from ccredact.redactor import Redactor

BATCH_BYTES: Final = 2 * 1024 * 1024
"""About how much of a row group is read at once."""
MOST_ROWS: Final = 8192
GROUP_BYTES: Final = 64 * 1024 * 1024
"""A row group larger than this comes out as several."""
_CODECS: Final = {"UNCOMPRESSED": "NONE", "LZ4_RAW": "LZ4"}


@dataclass(frozen=True, slots=True)
class ParquetTable:
    """The kind of table "parquet"."""

    name: str = "parquet"

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
        done(partial(_run, stream, sink, redactor, options, calls), source=name)

    def first(self, source: BinaryIO, *, options: Options, policy: Policy) -> tuple[Columns, list[Row]]:
        """Return the columns and the rows at the beginning of the table; of a stream it cannot move in, none."""
        if not source.seekable():
            return Columns(), []
        with pq.ParquetFile(source) as file:
            reader = BatchReader(file.schema_arrow, Columns.of(options.columns), policy.leave)
            rows = [row for batch in islice(_batches(file), 1) for row in first_rows(batch, reader, options)]
        return reader.columns, rows


def _run(source: BinaryIO, sink: BinaryIO, redactor: Redactor, options: Options, calls: Calls) -> None:
    with pq.ParquetFile(source) as file:
        reader = BatchReader(file.schema_arrow, Columns.of(options.columns), redactor.policy.leave)
        schema = examined_schema(reader.schema, redactor)
        groups = iter([file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)])
        batches = _batches(file)
        first = list(islice(batches, 1))  # what is broken is found by reading; to ask for it ends the process
        with pq.ParquetWriter(sink, schema, **_settings(file, schema)) as writer:
            held: list[pa.RecordBatch] = []
            left = next(groups, 0)
            for opened in redacted(chain(first, batches), reader, calls, options):
                held.append(opened.good().rename_columns(schema.names))
                left -= len(opened.rows)
                if left == 0 or sum(batch.nbytes for batch in held) > GROUP_BYTES:
                    _write(writer, held, schema)
                left = next(groups, 0) if left == 0 else left


def _batches(file: pq.ParquetFile) -> Iterator[pa.RecordBatch]:
    """Yield the rows in batches, none of which has rows of two groups."""
    for number in range(file.num_row_groups):
        group = file.metadata.row_group(number)
        size = min(MOST_ROWS, max(1, BATCH_BYTES * group.num_rows // max(group.total_byte_size, 1)))
        yield from file.iter_batches(size, row_groups=[number])


def _write(writer: pq.ParquetWriter, held: list[pa.RecordBatch], schema: pa.Schema) -> None:
    table = pa.Table.from_batches([batch.cast(schema) for batch in held], schema)
    held.clear()
    if table.num_rows:
        writer.write_table(table, row_group_size=table.num_rows)


def _settings(file: pq.ParquetFile, schema: pa.Schema) -> dict[str, Any]:
    """Return how a file is written, as far as it tells."""
    metadata = file.metadata
    settings: dict[str, Any] = {
        "version": metadata.format_version if metadata.format_version in {"1.0", "2.4", "2.6"} else "2.6",
        "store_schema": b"ARROW:schema" in (metadata.metadata or {}),
        "use_deprecated_int96_timestamps": "INT96"
        in {metadata.schema.column(n).physical_type for n in range(metadata.num_columns)},
    }
    if metadata.num_row_groups:
        group = metadata.row_group(0)
        chunks = [group.column(n) for n in range(metadata.num_columns)]
        paths = _paths(schema)
        codecs = [_CODECS.get(chunk.compression, chunk.compression) for chunk in chunks]
        settings["compression"] = dict(zip(paths, codecs, strict=True))
        settings["use_dictionary"] = [
            path for path, chunk in zip(paths, chunks, strict=True) if chunk.has_dictionary_page
        ]
        settings["write_statistics"] = [path for path, chunk in zip(paths, chunks, strict=True) if chunk.is_stats_set]
    return settings


def _paths(schema: pa.Schema) -> list[str]:
    """Return the names by which the writer knows the columns of a file."""
    empty = BytesIO()
    pq.write_table(schema.empty_table(), empty)
    written = pq.read_metadata(empty).schema
    return [written.column(n).path for n in range(len(written))]
