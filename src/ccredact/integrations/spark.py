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
from typing import TYPE_CHECKING, Any

from ccredact.archive.document import MAX_RECORD
from ccredact.errors import MissingExtraError
from ccredact.integrations.arrow import ADDED, BatchRedactor
from ccredact.policy import Policy

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType


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
    given = types.to_arrow_schema(frame.schema)
    schema: StructType = types.from_arrow_schema(redactor.schema(given), prefer_timestamp_ntz=True)
    roles = redactor.roles(given)
    if roles.call and not together:
        order = [name for name in (roles.call, roles.order) if name]
        frame = frame.repartition(_column(frame, roles.call)).sortWithinPartitions(
            *(_column(frame, name) for name in order)
        )
    return frame.mapInArrow(redactor.batches, schema)


def _column(frame: DataFrame, name: str) -> Any:
    """Return a column by a name that may have dots."""
    return frame[f"`{name.replace('`', '``')}`"]


def _types() -> Any:
    """Return the module that turns schemas of Spark into those of Arrow; raises `MissingExtraError`."""
    try:
        return importlib.import_module("pyspark.sql.pandas.types")
    except ImportError:
        pass
    raise MissingExtraError("spark")
