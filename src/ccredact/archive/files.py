"""Input that is recognised before it is read, and output files that are whole or not there."""

from __future__ import annotations

import io
import os
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ccredact.archive.parts import open_part, sync_folder
from ccredact.errors import FormatError, OutputError
from ccredact.formats import HEAD_BYTES, detect_format
from ccredact.formats.base import attempt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import WriteableBuffer

    from ccredact.formats import Format


class _Rejoined(io.RawIOBase):
    """A stream whose beginning has been read already."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        data = self._head[: len(view)] or self._rest.read(len(view))
        self._head = self._head[len(data) :]
        view[: len(data)] = data
        return len(data)


def recognised(stream: BinaryIO, *, source: str) -> tuple[Format, BinaryIO]:
    """Return the format of a stream, and a stream of all its bytes; raises `FormatError` for an unknown one."""
    head = stream.read(HEAD_BYTES)
    known = attempt(partial(detect_format, head, source=source), source=source)
    whole = io.BufferedReader(_Rejoined(head, stream), HEAD_BYTES)
    del head  # no frame of a traceback may hold it
    if isinstance(known, FormatError):
        raise known
    return known, whole


@contextmanager
def atomic_output(path: str | Path) -> Iterator[BinaryIO]:
    """Open a file for writing bytes that appears under its name only when the block has ended without an error.

    It is readable by its owner alone. Until then what is written stands beside it in a `.part` file, which any error
    or signal removes, and the next run where the process was killed (`parts`). An existing file stays as it was till
    then, so that it may be the input. What is not a regular file, a pipe or a device, is written to directly. Raises
    `OutputError` where no file can be.
    """
    target = Path(path).resolve()  # a link stays a link
    if target.is_dir():
        raise OutputError(f"{path} is a folder: name a file")
    if target.exists() and not target.is_file():
        with target.open("wb") as stream:
            yield stream
        return
    if not target.parent.is_dir():
        raise OutputError(f"the folder of {path} does not exist")
    handle, part = open_part(target)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)
