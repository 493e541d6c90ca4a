"""Parquet and Arrow files: what is said is redacted, and everything else is as it was."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import feather, ipc

from ccredact import FormatError
from ccredact.archive.causes import Cause, Notice, RefusedError
from ccredact.archive.document import Options
from ccredact.archive.tables import batch, kernel, parquet_table, table_for, window
from ccredact.archive.tally import Tally
from ccredact.integrations.arrow import BatchRedactor
from tables_support import CARD, engine, through

if TYPE_CHECKING:
    from collections.abc import Callable

TABLE = pa.table(
    {
        "call_id": ["a", "a", "b", "b", "c"],
        "speaker": ["agent", "Ada Obi", "agent", "caller", "caller"],
        "text": ["your PIN?", "4417", "hello", f"card {CARD}", None],
        "queue": pa.array(["x sales", CARD, "x sales", None, "y"]).dictionary_encode(),
        "turns_left": [5, 4, 3, 2, 1],
    },
    metadata={"agent": "Ada Obi", "n": "7"},
)
TEXTS = ["your PIN?", "[PIN]", "hello", "card [CREDIT_CARD]", None]


def parquet(table: pa.Table = TABLE, **more: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out, **more)
    return out.getvalue()


def arrow_file(table: pa.Table = TABLE, *, rows: int = 2, stream: bool = False, **more: Any) -> bytes:
    out = io.BytesIO()
    make: Callable[..., Any] = ipc.new_stream if stream else ipc.new_file
    with make(out, table.schema, options=ipc.IpcWriteOptions(**more)) as writer:
        writer.write_table(table, rows)
    return out.getvalue()


def opened(data: bytes) -> pq.ParquetFile:
    return pq.ParquetFile(io.BytesIO(data))


# --- Parquet


def test_parquet_is_redacted_and_keeps_its_row_groups() -> None:
    out, tally = through(parquet(row_group_size=2))
    file = opened(out)
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [2, 2, 1]
    table = file.read()
    assert table.column("text").to_pylist() == TEXTS
    assert table.column("queue").to_pylist() == ["x sales", "[CREDIT_CARD]", "x sales", None, "y"]
    assert table.column("speaker").to_pylist() == ["agent", "[PERSON_1]", "agent", "caller", "caller"]
    assert table.schema.types == TABLE.schema.types
    assert (tally.calls_in, tally.turns_in, tally.entities["PIN"]) == (3, 4, 1)


def test_a_row_group_that_is_too_large_comes_out_as_several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_table, "GROUP_BYTES", 100)
    monkeypatch.setattr(parquet_table, "BATCH_BYTES", 300)
    file = opened(through(parquet())[0])
    assert file.num_row_groups > 1
    assert file.read().column("text").to_pylist() == TEXTS


def test_parquet_keeps_compression_dictionaries_and_statistics() -> None:
    given = parquet(
        compression={"call_id": "zstd", "text": "gzip", "queue": "none"},
        use_dictionary=["queue", "speaker"],
        write_statistics=["turns_left"],
        version="1.0",
    )
    out = through(given)[0]

    def told(data: bytes) -> list[tuple[object, ...]]:
        group = opened(data).metadata.row_group(0)
        columns = [group.column(n) for n in range(group.num_columns)]
        return [(c.path_in_schema, c.compression, c.has_dictionary_page, c.is_stats_set) for c in columns]

    assert told(out) == told(given)
    assert opened(out).metadata.format_version == "1.0"


@pytest.mark.parametrize("legacy", [False, True])
def test_parquet_keeps_nested_columns_and_old_times(*, legacy: bool) -> None:
    turns = [[{"speaker": "agent", "text": "your PIN?"}, {"speaker": "x", "text": "4417"}], None]
    table = pa.table({"turns": turns, "at": pa.array([1764400000123456789, None], pa.timestamp("ns"))})
    given = parquet(table, use_deprecated_int96_timestamps=legacy, store_schema=not legacy)
    out = opened(through(given)[0])
    assert out.schema.equals(opened(given).schema)
    assert (b"ARROW:schema" in (out.metadata.metadata or {})) != legacy
    assert out.read().column("at").equals(table.column("at"))
    assert out.read().column("turns").to_pylist()[0][1] == {"speaker": "x", "text": "[PIN]"}


def test_metadata_is_kept_and_examined() -> None:
    pandas = json.dumps(
        {
            "index_columns": [{"kind": "range", "start": 0, "stop": 100_000_000}],
            "columns": [{"name": "speaker", "pandas_type": "unicode"}, {"name": "text", "pandas_type": "unicode"}],
        }
    )
    note = json.dumps({"by": "Ada Obi", "card": int(CARD), "files": ["x", CARD]})
    fields = [given.with_metadata({"note": f"card {CARD}", "id": "3"}) for given in TABLE.schema]
    schema = pa.schema(fields, metadata={"pandas": pandas, "note": note, "raw": b"\xff\xfe", "agent": "Ada Obi"})
    for given in (parquet(TABLE.cast(schema)), arrow_file(TABLE.cast(schema))):
        out = through(given)[0]
        read = opened(out).schema_arrow if given[:4] == b"PAR1" else ipc.open_file(io.BytesIO(out)).schema
        assert CARD.encode() not in out
        assert b"Ada Obi" not in out
        assert json.loads(read.metadata[b"pandas"]) == json.loads(pandas)
        assert json.loads(read.metadata[b"note"]) == {
            "by": "[PERSON]",
            "card": "[CREDIT_CARD]",
            "files": ["x", "[CREDIT_CARD]"],
        }
        assert read.metadata[b"raw"] == b"\xff\xfe"
        assert read.field("text").metadata[b"note"] == b"card [CREDIT_CARD]"
        assert read.field("text").metadata[b"id"] == b"3"


def test_metadata_that_is_no_utf8_leaves_the_file() -> None:
    schema = TABLE.schema.with_metadata({"note": "Ren\xe9 4417".encode("latin-1")})
    with pytest.raises(FormatError, match="a value of its metadata, byte 4: it is not UTF-8"):
        through(parquet(TABLE.cast(schema)))


def test_a_row_whose_bytes_are_no_utf8_is_left() -> None:
    table = pa.table({"text": [b"hello", "Ren\xe9 here, it's 4417".encode("latin-1")]})
    out, tally = through(parquet(table))
    assert opened(out).read().to_pylist() == [{"text": b"hello"}]
    assert [(left.position, left.problem) for left in tally.quarantined] == [("row 2", "it is not UTF-8")]


def test_names_of_columns_are_examined() -> None:
    table = TABLE.rename_columns(["call_id", "speaker", "text", f"queue {CARD}", "turns_left"])
    assert opened(through(parquet(table))[0]).schema_arrow.names[3] == "queue [CREDIT_CARD]"


def test_a_row_that_fails_is_left_and_the_rest_is_done() -> None:
    table = pa.table({"text": ["hello", "x" * 500, f"card {CARD}"], "n": [1, 2, 3]})
    out, tally = through(parquet(table), max_record=100)
    assert opened(out).read().to_pydict() == {"text": ["hello", "card [CREDIT_CARD]"], "n": [1, 3]}
    assert [(left.position, left.cause) for left in tally.quarantined] == [("row 2", Cause.TOO_LARGE)]


@pytest.mark.parametrize("write", [parquet, arrow_file])
def test_rows_with_speakers_and_no_call_are_noticed_or_one_call(write: Callable[[pa.Table], bytes]) -> None:
    data = write(pa.table({"speaker": ["agent", "caller"], "text": ["your PIN?", "4417"]}))
    tally = through(data)[1]
    assert [(one.source, one.notice) for one in tally.notices] == [("calls.csv", Notice.ROWS_ARE_CALLS)]
    tally = through(data, one_call=True)[1]
    assert (tally.notices, tally.calls_in, tally.entities["PIN"]) == ([], 1, 1)


def test_a_row_a_call_with_its_turns_is_no_one_call() -> None:
    table = pa.table({"turns": [[{"speaker": "a", "text": "hello"}], [{"speaker": "a", "text": "bye"}]]})
    tally = through(parquet(table), one_call=True)[1]
    assert (tally.notices, tally.calls_in) == ([], 2)
    assert through(parquet(table))[1].notices == []


@pytest.mark.parametrize("write", [parquet, arrow_file])
def test_each_row_of_a_call_that_is_left_is_listed(write: Callable[[pa.Table], bytes]) -> None:
    table = pa.table({"call_id": ["a", "b", "a"], "text": ["x" * 60, "hello", "y" * 60]})
    out, tally = through(write(table), max_record=100)
    read = opened(out).read() if write is parquet else ipc.open_file(out).read_all()
    assert read.column("text").to_pylist() == ["hello"]
    assert [(left.source, left.position) for left in tally.quarantined] == [
        ("calls.csv", "row 1"),
        ("calls.csv", "row 3"),
    ]
    assert (tally.calls_in, tally.calls_quarantined, tally.turns_in, tally.turns_quarantined) == (2, 1, 3, 2)


def test_a_table_of_which_a_batch_cannot_be_made_anew_is_left_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: object) -> None:
        del self
        raise FormatError("it cannot be made")

    monkeypatch.setattr(batch.OpenBatch, "_fresh", fail)
    with pytest.raises(FormatError, match="it cannot be made"):
        through(parquet(TABLE))


def test_calls_go_over_row_groups_as_far_as_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    table = pa.table({"call_id": ["a", "b", "a"], "text": ["your PIN?", "hello", "4417"]})
    assert opened(through(parquet(table, row_group_size=1))[0]).read().column("text").to_pylist()[2] == "[PIN]"
    assert kernel.redacted.__kwdefaults__ == {"window": window.WINDOW}
    monkeypatch.setitem(kernel.redacted.__kwdefaults__, "window", 10)
    out, tally = through(parquet(table, row_group_size=1))
    assert opened(out).read().column("text").to_pylist() == ["your PIN?", "hello"]
    assert [(left.position, left.cause) for left in tally.quarantined] == [("row 3", Cause.TOO_LARGE)]


@pytest.mark.parametrize("cut", [10, 200, -3])
@pytest.mark.parametrize("data", [parquet(), arrow_file()])
def test_a_broken_file_is_refused_without_its_text(cut: int, data: bytes) -> None:
    with pytest.raises(RefusedError, match="it is broken") as caught:
        through(data[:cut])
    assert caught.value.cause == Cause.CORRUPT
    assert CARD not in str(caught.value)
    assert caught.value.__context__ is None


def test_an_arrow_file_that_points_outside_itself_is_refused() -> None:
    """Read as it is it would end the process."""
    data = arrow_file(pa.table({"text": ["hello", "there"]}))
    offsets = b"".join(n.to_bytes(4, "little") for n in (0, 5, 10))
    assert data.count(offsets) == 1
    bad = data.replace(offsets, offsets[:8] + b"\xff\xff\xff\x7f")
    with pytest.raises(RefusedError, match="it is broken"):
        through(bad)


@pytest.mark.parametrize("error", [OSError(28, "no space left"), OSError(5, "input/output error")])
def test_an_error_of_the_system_is_one(error: OSError) -> None:
    class Full(io.BytesIO):
        def write(self, data: Any) -> int:
            del data
            raise error

    for name, data in (("x.parquet", parquet()), ("x.arrow", arrow_file()), ("x.csv", b"text\nhello\n")):
        kind = table_for(name, data)
        assert kind is not None
        with pytest.raises(OSError, match=r"no space|input/output") as caught:
            kind.process(io.BytesIO(data), Full(), name=name, redactor=engine(), options=Options(), tally=Tally())
        assert caught.value.errno == error.errno


def test_a_file_in_a_container_that_cannot_be_moved_in_is_read_into_memory() -> None:
    class Forward(io.BytesIO):
        def seekable(self) -> bool:
            return False

    kind = table_for("x.parquet", b"PAR1")
    assert kind is not None
    out = io.BytesIO()
    arguments: dict[str, Any] = {"name": "x", "redactor": engine(), "tally": Tally()}
    kind.process(Forward(parquet()), out, options=Options(), **arguments)
    assert opened(out.getvalue()).read().column("text").to_pylist() == TEXTS
    with pytest.raises(RefusedError) as caught:
        kind.process(Forward(parquet()), io.BytesIO(), options=Options(max_record=100), **arguments)
    assert caught.value.cause == Cause.TOO_LARGE


# --- Arrow


@pytest.mark.parametrize("compression", [None, "lz4", "zstd"])
@pytest.mark.parametrize("stream", [False, True])
def test_arrow_is_redacted_and_keeps_batches_and_compression(compression: str | None, *, stream: bool) -> None:
    long = TABLE.set_column(4, "filler", pa.array(["hello there " * 400] * 5))
    given = arrow_file(long, stream=stream, compression=compression)
    out, tally = through(given, "x.arrows")
    read = ipc.open_stream(out) if stream else ipc.open_file(out)
    batches = list(read) if stream else [read.get_batch(n) for n in range(read.num_record_batches)]
    assert [batch.num_rows for batch in batches] == [2, 2, 1]
    table = pa.Table.from_batches(batches)
    assert table.column("text").to_pylist() == TEXTS
    assert table.column("queue").to_pylist() == ["x sales", "[CREDIT_CARD]", "x sales", None, "y"]
    assert table.schema.types == long.schema.types
    assert tally.calls_in == 3
    assert 0.8 < len(out) / len(given) < 1.2
    assert CARD.encode() not in out


def test_feather_is_arrow() -> None:
    out = io.BytesIO()
    feather.write_feather(TABLE, out)
    assert feather.read_table(io.BytesIO(through(out.getvalue(), "x.feather")[0])).column("text").to_pylist() == TEXTS


def test_the_first_feather_is_refused() -> None:
    with pytest.raises(RefusedError, match="Feather 2"):
        table_for("x.feather", b"FEA1")


def test_without_the_package_it_says_which_extra_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(RefusedError, match=r"install ccredact\[arrow\]") as caught:
        table_for("x", b"PAR1")
    assert caught.value.cause == Cause.EXTRA
    assert caught.value.__context__ is None


# --- one kernel


def test_files_and_the_kernel_say_the_same() -> None:
    expected = BatchRedactor(engine())(TABLE).select(TABLE.schema.names).to_pydict()
    assert opened(through(parquet(row_group_size=1))[0]).read().to_pydict() == expected
    assert ipc.open_file(through(arrow_file(rows=1))[0]).read_all().to_pydict() == expected
