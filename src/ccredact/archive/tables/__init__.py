"""Tables of calls: CSV, TSV, Parquet, Arrow and Feather, by the kind that `table_for` finds."""

from __future__ import annotations

import importlib
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from ccredact.archive.causes import Cause, RefusedError
from ccredact.archive.tables.csv_records import first_names, names_text
from ccredact.archive.tables.csv_table import CsvTable

if TYPE_CHECKING:
    from ccredact.archive.document import Document

_CSV: Final = CsvTable("csv", (",", "\t", ";", "|"))
_TSV: Final = CsvTable("tsv", ("\t",))
_STREAM: Final = b"\xff\xff\xff\xff"
_FEATHER_1: Final = b"FEA1"


def table_for(name: str, head: bytes) -> Document | None:
    """Return the kind of table of a file with that name and beginning, None where it is none.

    Content decides, and for text the ending: a file without one is CSV when its first line names a column of text.
    Raises `RefusedError` where a package that is not installed is needed, and for the first Feather.
    """
    suffix = PurePath(name).suffix.lower()
    if head.startswith(b"PAR1"):
        _need_arrow(name)
        from ccredact.archive.tables.parquet_table import ParquetTable  # noqa: PLC0415 - it needs the extra

        return ParquetTable()
    if head.startswith(b"ARROW1") or (head.startswith(_STREAM) and suffix in {".arrows", ".arrow", ".ipc"}):
        _need_arrow(name)
        from ccredact.archive.tables.ipc_table import IpcTable  # noqa: PLC0415 - it needs the extra

        is_file = head.startswith(b"ARROW1")
        return IpcTable("arrow" if is_file else "arrows", is_file)
    if head.startswith(_FEATHER_1):
        raise RefusedError("the first Feather is not read: write it as Feather 2", cause=Cause.FORMAT, source=name)
    if suffix in {".tsv", ".tab"}:
        return _TSV
    if suffix in {".csv", ".psv"} or (suffix == "" and names_text(first_names(head))):
        return _CSV
    return None


def _need_arrow(name: str) -> None:
    try:
        importlib.import_module("pyarrow")
    except ImportError:
        pass
    else:
        return
    raise RefusedError('this needs the extra "arrow": install ccredact[arrow]', cause=Cause.EXTRA, source=name)
