"""Streams of record batches: the rows of a call may lie in several batches, as far as the window reaches."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ccredact.archive.tables.whole import FIRST_ROWS
from ccredact.archive.tables.window import WINDOW, Window

if TYPE_CHECKING:
    import pyarrow as pa

    from ccredact.archive.document import Options
    from ccredact.archive.tables.batch import BatchReader, OpenBatch
    from ccredact.archive.tables.rows import Calls, Row


def first_rows(batch: pa.RecordBatch, reader: BatchReader, options: Options) -> list[Row]:
    """Return the rows at the beginning of the first batch of a table."""
    return reader.open(batch.slice(0, FIRST_ROWS), first=0, is_one_call=options.one_call).rows


def redacted(
    batches: Iterable[pa.RecordBatch], reader: BatchReader, calls: Calls, options: Options, *, window: int = WINDOW
) -> Iterator[OpenBatch]:
    """Yield the batches in order, each when all of its rows are redacted or have an error."""
    calls.began(reader.columns)
    grouped = Window(calls, size=window, longest=options.max_record)
    held: deque[OpenBatch] = deque()
    first = 0
    for batch in batches:
        opened = reader.open(batch, first=first, is_one_call=calls.one_call)
        first += batch.num_rows
        held.append(opened)
        for row in opened.rows:
            grouped.add(row)
        while held and held[0].is_done:
            yield held.popleft()
    grouped.close()
    yield from held
