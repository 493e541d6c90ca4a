"""Ctrl-C and SIGTERM, so that nothing is lost and nothing is shown when a command is stopped."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
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
def lines_until_stopped(stream: BinaryIO) -> Iterator[Iterator[bytes]]:
    """Give the lines of a stream; after a signal there is no next line, but `Stopped`.

    A line that was given is worked on to its end. A second signal raises at once.
    """
    asked = 0
    waiting = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        del frame
        again, asked = bool(asked), number
        if waiting or again:
            raise Stopped(number)

    def lines() -> Iterator[bytes]:
        nonlocal waiting
        while True:
            waiting = True
            if asked:
                raise Stopped(asked)
            line = stream.readline()
            waiting = False
            if not line:
                return
            yield line

    with _handled(stop):
        yield lines()
