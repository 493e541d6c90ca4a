"""Ctrl-C and SIGTERM, so that nothing is lost and nothing is shown when a command is stopped."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Final

from ccredact.cli.streams import Coming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import FrameType
    from typing import BinaryIO

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


class Stopped(BaseException):
    """The command was told to stop by a signal, `number`."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)


@contextmanager
def _handled(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Let `handler` answer both signals; only the main thread can."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = [(number, signal.signal(number, handler)) for number in _SIGNALS]
    try:
        yield
    finally:
        for number, previous in before:
            signal.signal(number, previous)


@contextmanager
def stoppable() -> Iterator[None]:
    """Raise `Stopped` where a signal comes: what is half done is cleared away, as after any error."""

    def stop(number: int, frame: FrameType | None) -> None:
        del frame
        raise Stopped(number)

    with _handled(stop):
        yield


@contextmanager
def lines_until_stopped(stream: BinaryIO, *, every: float) -> Iterator[Iterator[bytes | None]]:
    """Give the lines of a stream, and None where none has come yet, at least every so many seconds then.

    After a signal there is no next line, but `Stopped`. A line that was given is worked on to its end. A second signal
    raises at once.
    """
    coming = Coming(stream)
    lines = _UntilStopped(coming, every)
    with _handled(lines.stop):
        try:
            yield lines.given()
        finally:
            coming.stop()


class _UntilStopped:
    """Lines, none of which comes after a signal."""

    def __init__(self, coming: Coming, every: float) -> None:
        self._coming = coming
        self._every = every
        self._asked = 0
        self._waiting = False

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Take a signal: raise `Stopped` unless a line is worked on."""
        del frame
        again, self._asked = bool(self._asked), number
        if self._waiting or again:
            raise Stopped(number)

    def given(self) -> Iterator[bytes | None]:
        """Give the lines, and None where there is none yet."""
        for line in _lines(self._chunks()):
            self._check()
            yield line
        self._check()

    def _check(self) -> None:
        if self._asked:
            raise Stopped(self._asked)

    def _chunks(self) -> Iterator[bytes | None]:
        """Give the bytes, and None before it is waited for them."""
        while True:
            chunk = self._coming.get()
            if chunk is None:
                yield None
                self._waiting = True
                self._check()
                chunk = self._coming.get(self._every)
                self._waiting = False
            if chunk == b"":
                return
            if chunk is not None:
                yield chunk


def _lines(chunks: Iterable[bytes | None]) -> Iterator[bytes | None]:
    """Cut bytes into lines, the last one with or without its end; None stays."""
    begun: list[bytes] = []
    for chunk in chunks:
        if chunk is None:
            yield None
            continue
        for piece in BytesIO(chunk):
            begun.append(piece)
            if piece.endswith(b"\n"):
                yield b"".join(begun)
                begun.clear()
    if begun:
        yield b"".join(begun)
