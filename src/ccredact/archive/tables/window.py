"""Rows become calls in bounded memory: rows of a call may stand apart as far as the window reaches."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Hashable

    from ccredact.archive.tables.rows import Calls, Row
    from ccredact.errors import FormatError

WINDOW: Final = 32 * 1024 * 1024
"""Bytes of rows that are held. A file up to this size may have the rows of its calls in any order."""
_ROW: Final = 700
"""Bytes that a row takes beside its texts."""


@dataclass(slots=True, repr=False)
class _Held:
    """The rows of a call that are held, and their bytes."""

    rows: list[Row] = field(default_factory=list)
    size: int = 0


class Window:
    """Collects rows by call and has a call redacted when its rows are complete.

    When more than `size` bytes are held, the calls that began first are redacted, but never the one whose row came
    last: it may go on. A row that comes after its call was redacted is refused. Rows without a call are one each.
    """

    def __init__(self, calls: Calls, *, size: int = WINDOW, longest: int) -> None:
        self._calls = calls
        self._size = size
        self._longest = longest
        self._open: OrderedDict[Hashable, _Held] = OrderedDict()  # of a dict the first key is slow to find
        self._held = 0
        self._done: dict[int, FormatError | None] = {}

    def add(self, row: Row) -> None:
        """Take a row; rows whose call is complete by that are done."""
        if row.call is None:
            self._calls.redact([row])
            return
        known = hash(row.call)
        if known in self._done:
            self._done[known] = self._calls.refuse(row, self._done[known])
            return
        call = self._open.setdefault(row.call, _Held())
        call.rows.append(row)
        call.size += row.size
        self._held += row.size + _ROW
        while self._held > self._size and next(iter(self._open)) != row.call:
            self._redact(next(iter(self._open)))
        if self._held > self._size and call.size > self._longest:
            self._redact(row.call)

    def close(self) -> None:
        """Redact what is held."""
        for call in list(self._open):
            self._redact(call)

    def _redact(self, key: Hashable) -> None:
        call = self._open.pop(key)
        self._held -= call.size + _ROW * len(call.rows)
        self._calls.redact(call.rows)
        lost = all(row.error is not None for row in call.rows)
        self._done[hash(key)] = call.rows[0].error if lost else None
