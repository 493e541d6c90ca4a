"""The seam between containers and what lies in them: a document is read from one stream and written to another.

A document is a transcript format or a table. Containers, compression, files and workers know no more of it than
`Document.process`; a kind of table is asked before the formats are (`tables.table_for`).
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol

from ccredact.archive.causes import Cause, RefusedError

if TYPE_CHECKING:
    from ccredact.archive.tally import Tally
    from ccredact.redactor import Redactor

MAX_RECORD: Final = 64 * 1024 * 1024
"""The largest line, utterance, cell or whole-file call that is read, in bytes, if nothing else is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How documents are read, the same for all of a run; picklable, and without a key.

    `format` names the format of every document, None lets each be recognised. A line, utterance, cell or call larger
    than `max_record` bytes is quarantined and read no further. `quarantine_other_language` leaves calls of which fewer
    than half the words are English; they are counted in any case. `columns` names columns of tables by their role
    ("text", "speaker", "call", "order"). With `one_call` the rows of a table without a column of calls are one call,
    not one each.
    """

    format: str | None = None
    max_record: int = MAX_RECORD
    quarantine_other_language: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    one_call: bool = False


class Document(Protocol):
    """A kind of document: `tables.TableKind` is one, and a transcript format becomes one."""

    @property
    def name(self) -> str:
        """The name by which a report has it."""

    def process(
        self,
        source: BinaryIO,
        sink: BinaryIO,
        *,
        name: str,
        redactor: Redactor,
        options: Options,
        tally: Tally,
    ) -> None:
        """Write the document in `source` redacted to `sink`, call by call, in the memory of one call.

        `name` is the file's name, with that of the container before it, and the `source` of errors. A call that cannot
        be read or redacted is left out and counted (`Tally.leave_call`) and the rest is done; every other call is
        counted when it comes in and when it goes out. Raises `FormatError`, `RefusedError` for another cause, where
        the document as a whole cannot be read: what is in `sink` and `tally` is then dropped by the caller. `source`
        may not be seekable (`seekable` makes it so); `sink` is written from front to end.
        """


def seekable(source: BinaryIO, *, name: str, options: Options) -> BinaryIO:
    """Return a stream in which one can move: itself, or its bytes in memory. Raises `RefusedError` for too many."""
    if source.seekable():
        return source
    data = source.read(options.max_record + 1)
    too_large = len(data) > options.max_record
    stream = io.BytesIO(data)
    del data  # no frame of a traceback may hold it
    if too_large:
        del stream
        raise RefusedError(
            "inside a container it must fit into the size of a record", cause=Cause.TOO_LARGE, source=name
        )
    return stream
