"""What a command reads and writes: a file by its name, or standard input and output for "-"."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from ccredact.archive.files import atomic_output
from ccredact.cli.terminal import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

STANDARD: Final = "-"
"""The path that means standard input or output."""


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """Open a file, or standard input for "-", for reading bytes."""
    if path != STANDARD:
        with Path(path).open("rb") as stream:
            yield stream
        return
    if sys.stdin.isatty():
        tell("reading what you type; Ctrl-D ends it")
    yield sys.stdin.buffer


@contextmanager
def output(path: str) -> Iterator[BinaryIO]:
    """Open a file, which is whole or not there (`atomic_output`), or standard output for "-", for writing bytes."""
    if path == STANDARD:
        yield sys.stdout.buffer
        return
    with atomic_output(path) as stream:
        yield stream
