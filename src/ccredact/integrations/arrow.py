"""Arrow record batches and tables of calls (extra `arrow`), and with them pandas, Polars, DuckDB, Spark and Ray.

    from ccredact.integrations.arrow import BatchRedactor
    redact = BatchRedactor("full")
    safe = redact(table)                                # a Table or a RecordBatch, and the same comes back

A row is a turn (a column of text, and one that tells the calls apart), a call with a list of turns, or a call whose
text is in one cell. Columns are found by their names, or named: `columns={"text": "said", "call": "contact"}`. Three
columns are added: `entities` (what was found and where in the new text), `counts` (labels) and `error`. A row that
cannot be redacted has an `error`, and all of it that would have been examined is null; nothing is raised for a row.

The rows of a call must be in what is handed over together: one batch or table, or one run of `batches`.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from ccredact.archive.document import MAX_RECORD, Options
from ccredact.errors import FormatError, MissingExtraError
from ccredact.formats.base import attempt
from ccredact.policy import Policy
from ccredact.redactor import Redactor

if TYPE_CHECKING:
    import pyarrow as pa

    from ccredact.archive.tables.batch import BatchReader, OpenBatch
    from ccredact.archive.tables.columns import Columns

ADDED: Final = ("entities", "counts", "error")
"""The columns that are added."""
T = TypeVar("T")


class BatchRedactor:
    """Redacts record batches and tables. It travels to workers as its policy; a process there loads the model once.

    `policy` is what `Redactor` takes, or a `Redactor`; `key_file` is the path, on the worker, of the key for the
    operator `hash`. `columns` names columns by their role: text, speaker, call, order, turns, words. `added` are the
    names of the columns that are added. A call larger than `max_record` bytes has an error. Raises `MissingExtraError`
    without pyarrow, `PolicyError` for the policy.
    """

    def __init__(
        self,
        policy: Policy | Redactor | str | Path | Mapping[str, Any] = "full",
        *,
        columns: Mapping[str, str] | None = None,
        added: tuple[str, str, str] = ADDED,
        key_file: str | Path | None = None,
        max_record: int = MAX_RECORD,
    ) -> None:
        _arrow()
        self._given = policy if isinstance(policy, Redactor) else Policy.load(policy)
        self._key_file = None if key_file is None else str(key_file)
        self._options = Options(columns=dict(columns or {}), max_record=max_record)
        self._added = added

    def __repr__(self) -> str:
        return f"BatchRedactor({self.policy!r})"

    @property
    def policy(self) -> Policy:
        """Return the policy."""
        return self._given.policy if isinstance(self._given, Redactor) else self._given

    @property
    def redactor(self) -> Redactor:
        """Return the engine of this process."""
        return self._given if isinstance(self._given, Redactor) else _engine(self._given, self._key_file)

    def schema(self, schema: pa.Schema) -> pa.Schema:
        """Return what comes out for a schema. Raises `FormatError` where it has no text, or no such column."""
        from ccredact.archive.tables.found_columns import COUNTS, ENTITIES, ERROR  # noqa: PLC0415 - it needs the extra

        fields = [given.with_nullable(nullable=True) for given in self._reader(schema).schema]
        for name, kind in zip(self._added, (ENTITIES, COUNTS, ERROR), strict=True):
            fields.append(_arrow().field(name, kind))
        return _arrow().schema(fields, metadata=schema.metadata)

    def roles(self, schema: pa.Schema) -> Columns:
        """Return the columns of a schema by their role; raises `FormatError` as `schema` does."""
        return self._reader(schema).columns

    def __call__(self, data: T) -> T:
        """Redact a `RecordBatch` or a `Table`, which has all rows of its calls; return the same kind.

        Raises `FormatError` where the schema has no text, or no such column.
        """
        pa = _arrow()
        if isinstance(data, pa.Table):
            batches = self.batches(data.to_batches(), schema=data.schema)
            table: T = pa.Table.from_batches(batches, self.schema(data.schema))
            return table
        if not isinstance(data, pa.RecordBatch):
            del data  # no frame of a traceback may hold it
            raise FormatError("it is no RecordBatch and no Table", source="arrow")
        batch: T = next(self.batches([data]))
        return batch

    def batches(
        self, batches: Iterable[pa.RecordBatch], *, schema: pa.Schema | None = None
    ) -> Iterator[pa.RecordBatch]:
        """Yield the batches of a table redacted, in order.

        A call may lie in several batches, if its rows stand together, or not further apart than the window holds; a row
        that comes after its call has gone out has an error. Raises `FormatError` as `schema` does.
        """
        from ccredact.archive.tables.kernel import redacted  # noqa: PLC0415 - it needs the extra
        from ccredact.archive.tables.rows import Calls  # noqa: PLC0415

        coming = iter(batches)
        first = next(coming, None)
        if first is None:
            return
        reader, out = self._reader(schema or first.schema), self.schema(schema or first.schema)
        calls = Calls(self.redactor, source="arrow", options=self._options)
        for done in redacted(chain([first], coming), reader, calls, self._options):
            yield self._whole(done, out)

    def _whole(self, done: OpenBatch, schema: pa.Schema) -> pa.RecordBatch:
        """Return a batch with the columns that are added."""
        batch = done.close()
        from ccredact.archive.tables.found_columns import counts_of, entities_of, errors_of  # noqa: PLC0415 - as above

        added = (entities_of(done.rows), counts_of(done.rows, self.policy.kept), errors_of(done.rows))
        return _arrow().record_batch([*batch.columns, *added], schema=schema)

    def _reader(self, schema: pa.Schema) -> BatchReader:
        from ccredact.archive.tables.batch import BatchReader  # noqa: PLC0415 - it needs the extra
        from ccredact.archive.tables.columns import Columns  # noqa: PLC0415

        clash = sorted(set(self._added) & set(schema.names))
        if clash:
            raise FormatError("a column has the name of one that is added: give other names", source="arrow")
        reader = attempt(
            lambda: BatchReader(schema, Columns.of(self._options.columns), self.policy.leave), source="arrow"
        )
        if isinstance(reader, FormatError):
            raise reader
        return reader


@lru_cache(maxsize=4)
def _engine(policy: Policy, key_file: str | None) -> Redactor:
    """Return the engine of a policy, once a process."""
    return Redactor(policy, key=None if key_file is None else Path(key_file).read_bytes())


def _arrow() -> Any:
    """Return the package; raises `MissingExtraError` when it is not installed."""
    try:
        return importlib.import_module("pyarrow")
    except ImportError:
        pass
    raise MissingExtraError("arrow")
