"""Spark DataFrames of calls (extra `spark`): a DataFrame in, a DataFrame out, on all workers of a cluster.

    from ccredact.integrations.spark import redact_frame
    safe = redact_frame(frame, "full")

The columns and what is added to them are those of `ccredact.integrations.arrow`. With a column of calls the rows of a
call are brought together first (a shuffle); `together=True` says that each partition has whole calls already. The
policy travels to the workers, and each Python process there loads the model once. No row makes a job fail: one that
cannot be redacted has an `error`, and nothing of it is in a log.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ccredact.archive.document import MAX_RECORD
from ccredact.errors import MissingExtraError
from ccredact.integrations.arrow import ADDED, BatchRedactor
from ccredact.policy import Policy

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

_ADDED: Final = (
    "array<struct<field: string, turn: int, label: string, start: int, end: int, score: double, reason: string>>",
    "map<string, int>",
    "string",
)
"""The types of the columns that are added."""
_NULLS: Final = frozenset({"nullable", "containsNull", "valueContainsNull"})


def redact_frame(
    frame: DataFrame,
    policy: Policy | str | Path | Mapping[str, Any] = "full",
    *,
    columns: Mapping[str, str] | None = None,
    added: tuple[str, str, str] = ADDED,
    key_file: str | Path | None = None,
    max_record: int = MAX_RECORD,
    together: bool = False,
) -> DataFrame:
    """Return a frame with the same rows redacted, and the columns `added`.

    `key_file` is the path, on the workers, of the key for the operator `hash`; for the rest see `BatchRedactor`.

    Raises `MissingExtraError` without PySpark, `PolicyError` for the policy, and `FormatError` for a frame without text
    or without the columns that are named.
    """
    types = _types()
    redactor = BatchRedactor(policy, columns=columns, added=added, key_file=key_file, max_record=max_record)
    given = frame.limit(0).toArrow().schema
    redactor.schema(given)
    schema: StructType = types.StructType.fromJson(_nullable(frame.schema.jsonValue()))
    for name, kind in zip(added, _ADDED, strict=True):
        schema = schema.add(name, types.StructType.fromDDL(f"a {kind}")["a"].dataType)
    roles = redactor.roles(given)
    if roles.call and not together:
        order = [name for name in (roles.call, roles.order) if name]
        frame = frame.repartition(roles.call).sortWithinPartitions(*order)
    return frame.mapInArrow(redactor.batches, schema)


def _nullable(schema: Any) -> Any:
    """Return a schema, as JSON, in which everything may be null: numbers that are hidden, and rows with an error."""
    if isinstance(schema, list):
        return [_nullable(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: True if key in _NULLS else inner if key == "metadata" else _nullable(inner)
        for key, inner in schema.items()
    }


def _types() -> Any:
    """Return Spark's types; raises `MissingExtraError`."""
    try:
        return importlib.import_module("pyspark.sql.types")
    except ImportError:
        pass
    raise MissingExtraError("spark")
