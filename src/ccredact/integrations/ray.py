"""Ray Datasets of calls (extra `ray`): a Dataset in, a Dataset out, on all nodes of a cluster.

    from ccredact.integrations.ray import redact_dataset
    safe = redact_dataset(dataset, "full")

The columns and what is added to them are those of `ccredact.integrations.arrow`. With a column of calls the rows of a
call are brought together first; `together=True` says that each block has whole calls already. The policy travels to the
workers, and each process there loads the model once. No row makes a job fail: one that cannot be redacted has an
`error`, and nothing of it is in a log.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ccredact.archive.document import MAX_RECORD
from ccredact.errors import FormatError, MissingExtraError
from ccredact.integrations.arrow import ADDED, BatchRedactor
from ccredact.policy import Policy

if TYPE_CHECKING:
    import pyarrow as pa
    from ray.data import Dataset

ROWS: Final = 1024
"""Rows that are redacted together where a row is a call."""


def redact_dataset(
    dataset: Dataset,
    policy: Policy | str | Path | Mapping[str, Any] = "full",
    *,
    columns: Mapping[str, str] | None = None,
    added: tuple[str, str, str] = ADDED,
    key_file: str | Path | None = None,
    max_record: int = MAX_RECORD,
    together: bool = False,
    actors: int = 0,
) -> Dataset:
    """Return a dataset with the same rows redacted, and the columns `added`.

    Without `actors` the work is done in tasks, wherever there is room. So many actors keep their processes; together
    they ask for one CPU less than the cluster has, since Ray waits for ever when nothing is left for what reads.
    `key_file` is the path, on the workers, of the key for the operator `hash`; for the rest see `BatchRedactor`.

    Raises `MissingExtraError` without Ray, `PolicyError` for the policy, and `FormatError` for a dataset without text
    or without the columns that are named.
    """
    ray = _ray()
    redactor = BatchRedactor(policy, columns=columns, added=added, key_file=key_file, max_record=max_record)
    schema = dataset.schema()
    if schema is None or not isinstance(schema.base_schema, _schema_type()):
        raise FormatError("the dataset has no Arrow schema", source="ray")
    redactor.schema(schema.base_schema)
    call = redactor.roles(schema.base_schema).call
    how: dict[str, Any] = {"batch_format": "pyarrow"}
    if actors:
        how |= {"fn_constructor_args": (redactor,), "num_cpus": _share(ray, actors)}
        how["compute"] = ray.data.ActorPoolStrategy(size=actors)
    work: Any = _Worker if actors else redactor.__call__  # a task is a function with a name
    if call and not together:
        return dataset.groupby(call).map_groups(work, **how)
    return dataset.map_batches(work, batch_size=None if call else ROWS, **how)


class _Worker:
    """An actor: it keeps the engine of its process."""

    def __init__(self, redactor: BatchRedactor) -> None:
        self._redactor = redactor

    def __call__(self, table: pa.Table) -> pa.Table:
        return self._redactor(table)


def _share(ray: Any, actors: int) -> float:
    """Return the CPUs that each actor asks for, so that all of them leave one."""
    if not ray.is_initialized():
        ray.init()
    free = float(ray.cluster_resources().get("CPU", 1)) - 1
    return 1.0 if actors <= free else int(100 * free / actors) / 100


def _schema_type() -> Any:
    return importlib.import_module("pyarrow").Schema


def _ray() -> Any:
    """Return the package with its data library; raises `MissingExtraError`."""
    try:
        importlib.import_module("ray.data")
        return importlib.import_module("ray")
    except ImportError:
        pass
    raise MissingExtraError("ray")
