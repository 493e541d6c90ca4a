"""What a command reads and writes: a file by its name, or standard input and output for "-"."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from ccredact.archive.files import atomic_output
from ccredact.cli.terminal import tell
from ccredact.errors import CcredactError

if TYPE_CHECKING:
    from collections.abc import Iterator

STANDARD: Final = "-"
"""The path that means standard input or output."""


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
