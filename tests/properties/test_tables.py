"""Tables: cells are split as the standard library splits them, and nothing that is not hidden changes."""

from __future__ import annotations

import csv
import io
from typing import Final

import hypothesis.strategies as st
from hypothesis import given

from ccredact.archive.tables.csv_records import Dialect, Records
from tables_support import CARD, through

CELLS: Final = st.text(st.sampled_from('ab ,;"\t\n\\é4'), max_size=8)
"""Without a carriage return: the standard library writes one that its reader takes for the end of a line."""
TABLES: Final = st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5)
DELIMITERS: Final = st.sampled_from([",", ";", "\t"])
QUOTING: Final = st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
ENDS: Final = st.sampled_from(["\n", "\r\n"])


@given(table=TABLES, delimiter=DELIMITERS, quoting=QUOTING, end=ENDS)
def test_a_table_that_csv_wrote_is_read_as_csv_reads_it(
    table: list[list[str]], delimiter: str, quoting: int, end: str
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(table)  # type: ignore[arg-type]
    dialect = Dialect(delimiter)
    read = Records(io.BytesIO(text.getvalue().encode()), head=b"", dialect=dialect, longest=10**6)
    records = list(read)
    assert "".join(record.text + record.end for record in records) == text.getvalue()
    assert [list(map(dialect.value, dialect.cells(record.text))) for record in records] == table


@given(line=st.text(st.sampled_from('ab,"\\'), max_size=12))
def test_any_line_is_split_as_csv_splits_it(line: str) -> None:
    dialect = Dialect()
    if dialect.record.fullmatch(line) is None:
        return  # an open quote
    [row] = csv.reader([line]) if line else [[""]]
    assert list(map(dialect.value, dialect.cells(line))) == row


@given(value=CELLS, like=st.sampled_from(["x", '"x"']), escape=st.sampled_from(["", "\\"]))
def test_a_cell_says_what_was_written(value: str, like: str, escape: str) -> None:
    dialect = Dialect(",", escape)
    assert dialect.value(dialect.written(value, like)) == value


@given(rows=st.lists(st.tuples(st.sampled_from("123"), st.booleans(), CELLS), max_size=8))
def test_only_what_is_hidden_changes(rows: list[tuple[str, bool, str]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["call_id", "text", "note"])
    writer.writerows([call, f"card {CARD}" if has_card else "hello", note] for call, has_card, note in rows)
    assert through(text.getvalue().encode(), policy="nothing")[0].decode() == text.getvalue()
    out = through(text.getvalue().encode())[0].decode()
    assert CARD not in out
    read = list(csv.reader(io.StringIO(out, newline="")))[1:]
    assert [row[1] for row in read] == ["card [CREDIT_CARD]" if has_card else "hello" for _, has_card, _ in rows]


@given(table=TABLES, quoting=QUOTING, size=st.integers(1, 7))
def test_records_are_the_same_however_a_stream_comes(table: list[list[str]], quoting: int, size: int) -> None:
    class Short(io.BytesIO):
        def read(self, count: int | None = -1) -> bytes:
            del count
            return super().read(size)

    text = io.StringIO(newline="")
    csv.writer(text, quoting=quoting).writerows(table)  # type: ignore[arg-type]
    data = text.getvalue().encode()
    whole, pieces = (
        [(record.line, record.text, record.end) for record in Records(stream, head=b"", dialect=Dialect(), longest=99)]
        for stream in (io.BytesIO(data), Short(data))
    )
    assert whole == pieces
