"""The beginning of a table as a dry run looks at it: the columns that were found, and the call that stands first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, Protocol, runtime_checkable

from ccredact.archive.tables.rows import CallOfRows, notices_of
from ccredact.archive.tables.whole import done
from ccredact.formats.base import Record, attempt

if TYPE_CHECKING:
    from ccredact.archive.document import Options
    from ccredact.archive.tables.columns import Columns
    from ccredact.archive.tables.rows import Row
    from ccredact.archive.tally import Noticed
    from ccredact.policy import Policy

First = tuple["Columns", Sequence["Row"]]


@runtime_checkable
class Beginning(Protocol):
    """A document of which the first rows can be read alone: a table."""

    def first(self, source: BinaryIO, *, options: Options, policy: Policy) -> First:
        """Return the columns and the first rows of a table; raises `Fault` where it is none."""


def first_call(
    table: Beginning, source: BinaryIO, *, name: str, options: Options, policy: Policy
) -> tuple[list[Noticed], Record | None]:
    """Return what should be known of a table, and what is said in its first call, None where that cannot be read.

    Raises `FormatError` for a table that cannot be read.
    """
    found: list[First] = []
    done(lambda: found.append(table.first(source, options=options, policy=policy)), source=name)
    columns, rows = found[0]
    notices = notices_of(columns, options, source=name)
    call = [
        row for number, row in enumerate(rows) if number == 0 or (row.call is not None and row.call == rows[0].call)
    ]
    if not call or any(row.error is not None for row in call):
        return notices, None
    said = CallOfRows(call)
    if attempt(partial(said.read, policy, name), source=name) is not None:
        return notices, None
    where = f"{name}: {call[0].position}"
    return notices, Record(where, name, call[0].position, tuple(said.spoken), lambda _: b"", names=said.names)
