"""Spark and Ray on this machine, and libraries that take tables: the same rows as the archive, and no failed job."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from callgen.build import gold_calls
from ccredact import FormatError, MissingExtraError, PolicyError
from ccredact.integrations.arrow import BatchRedactor
from ccredact.integrations.ray import redact_dataset
from ccredact.integrations.spark import redact_frame
from tables_support import CARD, engine, through

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.extras, pytest.mark.filterwarnings("default")]  # Spark warns of pandas 3, Ray of much
ROWS, THOROUGH_ROWS = 1_500, 100_000
Rows = dict[tuple[str, int], dict[str, Any]]


def needs(module: str) -> Any:
    return pytest.importorskip(module)  # `.ci/run --extras` installs them all, and fails without


def turns(count: int) -> Iterator[dict[str, Any]]:
    """So many turns of generated calls, the turns of a call not always together."""
    held: list[dict[str, Any]] = []
    for number, call in enumerate(gold_calls(count, 7)):
        for place, turn in enumerate(call["turns"]):
            row = {"call_id": f"c{number}", "turn": place, "speaker": turn["speaker"], "text": turn["text"]}
            if place % 7 == 3:
                held.append(row)
            else:
                yield row
        if number % 3 == 0:
            yield from held
            held.clear()


@pytest.fixture(scope="module")
def table(request: pytest.FixtureRequest) -> pa.Table:
    thorough: bool = request.getfixturevalue("thorough")
    rows = []
    for row in turns(THOROUGH_ROWS):
        rows.append(row)
        if len(rows) == (THOROUGH_ROWS if thorough else ROWS):
            break
    note = ["my name is Ada Obi", f"card {CARD}", None]
    return pa.Table.from_pylist([row | {"note": note[n % 3]} for n, row in enumerate(rows)])


@pytest.fixture(scope="module")
def expected(table: pa.Table) -> Rows:
    """What the archive makes of the same rows."""
    out = io.BytesIO()
    pq.write_table(table, out, row_group_size=500)
    return by_place(pq.read_table(io.BytesIO(through(out.getvalue(), "calls.parquet")[0])).to_pylist())


def by_place(rows: list[dict[str, Any]]) -> Rows:
    found = {(row["call_id"], row["turn"]): row for row in rows}
    assert len(found) == len(rows)
    return found


def check(rows: list[dict[str, Any]], expected: Rows) -> None:
    """The rows are those of the archive, and have no error; what they hid is counted."""
    assert all(row.pop("error") is None for row in rows)
    entities = [row.pop("entities") for row in rows]
    counts = [sum(dict(row.pop("counts")).values()) for row in rows]
    assert counts == list(map(len, entities))
    assert sum(counts) > 100
    assert by_place(rows) == expected


# --- Spark


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    sql = needs("pyspark.sql")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", value=False)
    builder = builder.config("spark.sql.shuffle.partitions", 4)
    session = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", 100).getOrCreate()
    yield session
    session.stop()


def test_spark_says_what_the_archive_says(spark: Any, table: pa.Table, expected: Rows, tmp_path: Path) -> None:
    pq.write_table(table, tmp_path / "calls.parquet")
    frame = spark.read.parquet(str(tmp_path / "calls.parquet")).repartition(3)
    check([row.asDict(recursive=True) for row in redact_frame(frame).collect()], expected)


def test_spark_keeps_nested_columns_and_types(spark: Any) -> None:
    frame = spark.sql(
        f"""select 1L as id, array(named_struct('who', 'agent', 'said', 'your PIN?', 'words', null),
        named_struct('who', 'x', 'said', '4417', 'words', array(named_struct('w', '4417', 'at', 1.5d)))) as turns,
        12.5 as price, timestamp'2026-04-17 09:30:00' as at, timestamp_ntz'2026-04-17 09:30:00' as here,
        date'2026-04-17' as day, map('note', '{CARD}') as more"""
    )
    out = redact_frame(frame, "pci", columns={"text": "turns.said", "speaker": "turns.who"})
    assert out.dtypes[: len(frame.dtypes)] == frame.dtypes
    [row] = out.collect()
    assert [turn.said for turn in row.turns] == ["your PIN?", "[PIN]"]
    assert (row.more, row.id) == ({"note": "[CREDIT_CARD]"}, 1)
    [old] = frame.collect()
    assert (row.at, row.here, row.day, row.price) == (old.at, old.here, old.day, old.price)


def test_spark_loads_the_engine_once_a_process(spark: Any, table: pa.Table) -> None:
    frame = spark.createDataFrame(table.slice(0, 400).to_pandas()).repartition(8)
    redactor = BatchRedactor({"profile": "pci", "allow": ["said in this test alone"]})  # an engine that no worker has

    def probe(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from ccredact.integrations import arrow  # noqa: PLC0415 - it runs in a worker

        before = arrow._engine.cache_info().misses
        for _ in redactor.batches(batches):
            pass
        yield pa.record_batch({"pid": [os.getpid()], "loads": [arrow._engine.cache_info().misses - before]})

    seen = frame.mapInArrow(probe, "pid long, loads long").collect()
    assert len(seen) == 8
    assert sum(row.loads for row in seen) == len({row.pid for row in seen}) < 8


def test_spark_asks_for_a_text_before_the_job(spark: Any) -> None:
    frame = spark.createDataFrame([(1, 2)], "a int, b int")
    with pytest.raises(FormatError, match="no column of text"):
        redact_frame(frame)
    with pytest.raises(PolicyError):
        redact_frame(frame, "nowhere")


FAILING = """
import os, sys
os.environ["PYSPARK_PYTHON"] = sys.executable
from pyspark.sql import SparkSession
from ccredact.integrations.spark import redact_frame
spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", False).config("spark.log.level", "INFO")
spark = spark.getOrCreate()
long = "it's CARD " * 200
frame = spark.createDataFrame([(1, "hello"), (2, long), (3, "my card is CARD")], "id int, text string")
broken = spark.sql("select 4 as id, decode(cast('CARD' as binary), 'UTF-8') as text union all "
                   "select 5, cast(concat(cast('CARD' as binary), X'FFFE') as string)")
rows = redact_frame(frame.union(broken), max_record=1000).orderBy("id").collect()
print([(row.id, row.text, row.error) for row in rows])
"""
FAILING_RAY = """
import ray.data, pyarrow as pa
from ccredact.integrations.ray import redact_dataset
ray.init(num_cpus=2, include_dashboard=False, logging_level="DEBUG")
texts = [b"hello", b"it's CARD " * 200, b"my card is CARD", b"CARD", b"CARD\\xff\\xfe"]
offsets = [sum(map(len, texts[:n])) for n in range(6)]
buffers = [None, pa.array(offsets, pa.int32()).buffers()[1], pa.py_buffer(b"".join(texts))]
text = pa.Array.from_buffers(pa.string(), 5, buffers)
rows = redact_dataset(ray.data.from_arrow(pa.table({"id": [1, 2, 3, 4, 5], "text": text})), max_record=1000).take_all()
print([(row["id"], row["text"], row["error"]) for row in sorted(rows, key=lambda row: row["id"])])
"""


@pytest.mark.parametrize(("module", "script"), [("pyspark", FAILING), ("ray", FAILING_RAY)])
def test_a_failing_row_is_a_typed_row_and_in_no_log(module: str, script: str) -> None:
    needs(module)
    with TemporaryDirectory(prefix="cc") as folder:  # a short name: Ray's sockets lie in it
        done = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", script.replace("CARD", CARD)],
            capture_output=True, text=True, check=False, cwd=folder, timeout=600,
            env=os.environ | {"PYTHONWARNINGS": "ignore", "RAY_TMPDIR": folder},
        )  # fmt: skip
        logs = [path for path in Path(folder).rglob("*") if path.is_file()]
        told = [path.name for path in logs if CARD.encode() in path.read_bytes()]
    assert done.returncode == 0, done.stderr[-3000:].replace(CARD, "CARD")
    assert done.stdout.strip().splitlines()[-1] == str(
        [
            (1, "hello", None),
            (2, None, "too_large: it is larger than a record may be"),
            (3, "my card is [CREDIT_CARD]", None),
            (4, "[CREDIT_CARD]", None),
            (5, None, "format: it is not UTF-8"),
        ]
    )
    assert CARD not in done.stdout + done.stderr
    assert told == []
    assert module == "pyspark" or logs


# --- Ray


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    library = needs("ray")
    library.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    yield library
    library.shutdown()


@pytest.mark.parametrize("actors", [0, 2])
def test_ray_says_what_the_archive_says(ray: Any, table: pa.Table, expected: Rows, actors: int) -> None:
    """With as many actors as there are CPUs it would wait for ever, were these not shared."""
    dataset = ray.data.from_arrow(table).repartition(3)
    check(redact_dataset(dataset, actors=actors).take_all(), expected)


def test_ray_takes_rows_that_are_calls(ray: Any) -> None:
    turns = [[{"text": "your PIN?"}, {"text": "4417"}], None]
    out = redact_dataset(ray.data.from_arrow(pa.table({"n": [1, 2], "turns": turns}))).sort("n").take_all()
    assert [row["turns"] for row in out] == [[{"text": "your PIN?"}, {"text": "[PIN]"}], None]


def test_ray_asks_for_a_text_before_the_job(ray: Any) -> None:
    with pytest.raises(FormatError, match="no column of text"):
        redact_dataset(ray.data.from_arrow(pa.table({"a": [1]})))


# --- the libraries that take tables


def test_pandas_in_and_out(table: pa.Table, expected: Rows) -> None:
    needs("pandas")
    out = BatchRedactor(engine())(pa.Table.from_pandas(table.to_pandas()))
    check(out.to_pylist(), expected)
    assert out.to_pandas()["text"].tolist() == [row["text"] for row in out.to_pylist()]


def test_polars_in_and_out(table: pa.Table, expected: Rows) -> None:
    polars = needs("polars")
    out = polars.from_arrow(BatchRedactor(engine())(polars.from_arrow(table).to_arrow()))
    assert by_place(out.select(table.schema.names).to_dicts()) == expected


def test_duckdb_in_and_out(table: pa.Table, expected: Rows) -> None:
    duckdb = needs("duckdb")
    given = duckdb.from_arrow(table)
    safe = duckdb.from_arrow(BatchRedactor(engine())(given.to_arrow_table()))
    rows = safe.select(*table.schema.names).to_arrow_table().to_pylist()
    assert by_place(rows) == expected


# --- without them


@pytest.mark.parametrize(
    ("module", "work", "extra"),
    [("pyspark.sql.types", redact_frame, "spark"), ("ray.data", redact_dataset, "ray")],
)
def test_without_the_package_it_says_which_extra_to_install(
    module: str, work: Any, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=rf"install ccredact\[{extra}\]") as caught:
        work(None)
    assert caught.value.__context__ is None
