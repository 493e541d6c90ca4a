"""Why something of an archive was left where it was: a fixed list, so that a report can be counted and acted on."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ccredact.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Cause(StrEnum):
    """The kind of what is wrong with a file, a member or a record."""

    FORMAT = "format"
    TOO_LARGE = "too_large"
    BOMB = "bomb"
    DEPTH = "depth"
    NAME = "name"
    LINK = "link"
    DUPLICATE = "duplicate"
    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    CHANGED = "changed"
    EXISTS = "exists"
    LANGUAGE = "language"
    EXTRA = "extra"
    INPUT = "input"
    OUTPUT = "output"
    WORKER = "worker"
    TIMEOUT = "timeout"
    INTERNAL = "internal"


CAUSES: Final[Mapping[Cause, str]] = MappingProxyType(
    {
        Cause.FORMAT: "it is not what its format promises, or is of no known format",
        Cause.TOO_LARGE: "a record, file or container is larger than it may be",
        Cause.BOMB: "it becomes too many times as large when it is unpacked",
        Cause.DEPTH: "a container lies too deep in others",
        Cause.NAME: "its name points out of the container, is that of a manifest, or cannot be written",
        Cause.LINK: "it is a link or a device",
        Cause.DUPLICATE: "another member, a folder of one, or the output of another file has its name",
        Cause.ENCRYPTED: "it is encrypted",
        Cause.CORRUPT: "its container is broken there, or a check sum is wrong",
        Cause.CHANGED: "it changed while it was read",
        Cause.EXISTS: "a file of another making stands where its output belongs",
        Cause.LANGUAGE: "fewer than half of its words are English",
        Cause.EXTRA: "a package that is not installed is needed to read it",
        Cause.INPUT: "the system could not read it",
        Cause.OUTPUT: "the system could not write its output",
        Cause.WORKER: "the process that worked on it died, twice",
        Cause.TIMEOUT: "the process that worked on it did not get on, and was ended, twice",
        Cause.INTERNAL: "an error of ours",
    }
)
"""What each means, for the documentation and the report."""


class Notice(StrEnum):
    """What should be known of a file though it was done."""

    ROWS_ARE_CALLS = "rows_are_calls"


NOTICES: Final[Mapping[Notice, str]] = MappingProxyType(
    {
        Notice.ROWS_ARE_CALLS: "it has speakers and no column of calls: each row is read as a call of its own; "
        "name the column with --column call=NAME, or say --one-call",
    }
)
"""What each means, in fixed words."""


class RefusedError(FormatError):
    """A `FormatError` whose cause is another than that of broken input."""

    def __init__(self, problem: str, *, cause: Cause, source: str = "input", position: str = "") -> None:
        self.cause = cause
        super().__init__(problem, source=source, position=position)


def cause_of(error: FormatError) -> Cause:
    """Return why something is left where it was."""
    return error.cause if isinstance(error, RefusedError) else Cause.FORMAT
