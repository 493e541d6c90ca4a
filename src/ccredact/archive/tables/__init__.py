"""Tables of calls: CSV, TSV, Parquet, Arrow and Feather, by the kind that `table_for` finds."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ccredact.archive.causes import Cause, RefusedError
from ccredact.archive.streams import BLOCK
from ccredact.archive.tables.csv_records import first_names, names_text
from ccredact.archive.tables.csv_table import CsvTable

if TYPE_CHECKING:
    from ccredact.archive.document import Document

_CSV: Final = CsvTable("csv", (",", "\t", ";", "|"))
_TSV: Final = CsvTable("tsv", ("\t",))
_FEATHER_1: Final = b"FEA1"
_STREAM: Final = b"\xff\xff\xff\xff"
ENDINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        ".csv": "csv", ".psv": "csv", ".tsv": "tsv", ".tab": "tsv",
        ".arrow": "arrows", ".arrows": "arrows", ".ipc": "arrows",
    }
)  # fmt: skip
"""Kinds by the endings of files."""
TABLES: Final = frozenset({"csv", "tsv", "parquet", "arrow", "arrows"})
"""The names of all kinds."""


def table_for(name: str, head: bytes, *, kind: str | None = None) -> Document | None:
    """Return the kind of table of a file with that name and beginning, None where it is none.

    Content decides, and for text the ending: a file without one is CSV when its first line names a column of text.
    With `kind` it is that one, if a table has that name. Raises `RefusedError` where a package that is not installed is
    needed, and for the first Feather.
    """
    if kind is None:
        kind = _found(PurePath(name).suffix.lower(), head)
    if kind == "feather 1":
        raise RefusedError("the first Feather is not read: write it as Feather 2", cause=Cause.FORMAT, source=name)
    if kind in {"csv", "tsv"}:
        return _CSV if kind == "csv" else _TSV
    if kind not in TABLES:
        return None
    _need_arrow(name)
    if kind == "parquet":
        from ccredact.archive.tables.parquet_table import ParquetTable  # noqa: PLC0415 - it needs the extra

        return ParquetTable()
    from ccredact.archive.tables.ipc_table import IpcTable  # noqa: PLC0415 - it needs the extra

    return IpcTable(kind, kind == "arrow")


def _found(suffix: str, head: bytes) -> str:
    """Return the kind that content and ending tell, "" for none."""
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"ARROW1"):
        return "arrow"
    if head.startswith(_FEATHER_1):
        return "feather 1"
    named = ENDINGS.get(suffix, "")
    if named == "arrows":
        return named if head.startswith(_STREAM) else ""
    return "csv" if suffix == "" and names_text(first_names(head[:BLOCK])) else named


def _need_arrow(name: str) -> None:
    try:
        importlib.import_module("pyarrow")
    except ImportError:
        pass
    else:
        return
    raise RefusedError('this needs the extra "arrow": install ccredact[arrow]', cause=Cause.EXTRA, source=name)
