"""What a command reads and writes: a file by its name, or standard input and output for "-"."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, Queue
from typing import TYPE_CHECKING, BinaryIO, Final

from ccredact.archive.files import atomic_output
from ccredact.cli.terminal import tell
from ccredact.errors import CcredactError

if TYPE_CHECKING:
    from collections.abc import Iterator

STANDARD: Final = "-"
"""The path that means standard input or output."""
_CHUNK: Final = 1 << 16
"""Bytes that are read at once, where there are so many."""


class ClosedError(CcredactError):
    """The shell has closed standard input or output (`<&-`, `>&-`), which the command needs."""


def standard_input() -> BinaryIO:
    """Return standard input as bytes; raises `ClosedError`."""
    if sys.stdin is None:
        raise ClosedError("standard input is closed: name a file, or leave it open")
    return sys.stdin.buffer


def standard_output() -> BinaryIO:
    """Return standard output as bytes; raises `ClosedError`."""
    if sys.stdout is None:
        raise ClosedError("standard output is closed: write to a file with -o, or leave it open")
    return sys.stdout.buffer


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """Open a file, or standard input for "-", for reading bytes."""
    if path != STANDARD:
        with Path(path).open("rb") as stream:
            yield stream
        return
    standard = standard_input()
    if standard.isatty():
        tell("reading what you type; Ctrl-D ends it")
    yield standard


@contextmanager
def output(path: str) -> Iterator[BinaryIO]:
    """Open a file, which is whole or not there (`atomic_output`), or standard output for "-", for writing bytes."""
    if path == STANDARD:
        yield standard_output()
        return
    with atomic_output(path) as stream:
        yield stream


class Coming:
    """The bytes of a stream as they come, for one who does not wait for them for ever.

    A thread reads them, two chunks ahead at most. It reads below the buffer of the stream, whose lock it would hold
    when the program ends.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._raw: BinaryIO = getattr(stream, "raw", stream)
        self._chunks: Queue[bytes | Exception] = Queue(maxsize=1)
        self._is_wanted = True
        threading.Thread(target=self._read, name="ccredact input", daemon=True).start()

    def get(self, patience_s: float = 0) -> bytes | None:
        """Return the next bytes, none at the end, and None where so many seconds none have come."""
        try:
            chunk = self._chunks.get(block=patience_s > 0, timeout=patience_s)
        except Empty:
            return None
        if isinstance(chunk, Exception):
            raise chunk
        return chunk

    def stop(self) -> None:
        """Ask for no more bytes."""
        self._is_wanted = False
        with suppress(Empty):
            self._chunks.get_nowait()  # so that the thread, if it waits to hand one over, can end

    def _read(self) -> None:
        while self._is_wanted:
            try:
                chunk = self._raw.read(_CHUNK)
            except Exception as error:  # noqa: BLE001  (whatever it is, it is raised where the bytes are wanted)
                self._chunks.put(error)
                return
            self._chunks.put(chunk or b"")
            if not chunk:
                return
