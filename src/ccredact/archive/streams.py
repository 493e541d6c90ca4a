"""Streams that are read within limits, and that say what has gone through them."""

from __future__ import annotations

import errno
import hashlib
import hmac
import io
import os
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol, TypeVar

from ccredact.archive.causes import Cause, RefusedError
from ccredact.formats.base import TooLong

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _typeshed import ReadableBuffer, WriteableBuffer

T = TypeVar("T")

BLOCK: Final = 1 << 16
"""How much is read at a time, in bytes."""
_SMALL: Final = 1 << 20
"""What is unpacked so far may be this large whatever its ratio, in bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far containers are unpacked: a file that goes beyond is quarantined and read no further.

    `ratio` is that of what is unpacked to what is packed, for each member; `member` and `total` are bytes unpacked, of
    one member and of a file with all that lies in it; `depth` counts containers in containers.
    """

    ratio: int = 100
    member: int = 64 << 30
    total: int = 1 << 40
    depth: int = 3


class Meter:
    """What has been unpacked of one file."""

    __slots__ = ("limits", "total")

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.total = 0


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Guarded(io.RawIOBase):
    """A stream out of a container: broken or too large, it raises `RefusedError`, and keeps it as `failure`.

    `packed` says how many packed bytes have gone into it so far.
    """

    def __init__(self, inner: _Readable, *, name: str, meter: Meter, packed: Callable[[], int]) -> None:
        self._inner = inner
        self._name = name
        self._meter = meter
        self._packed = packed
        self._seen = 0
        self.failure: RefusedError | None = None

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read what comes next; raises `RefusedError`."""
        view = memoryview(buffer).cast("B")
        data = b""
        if self.failure is None:
            try:
                data = self._inner.read(len(view))
            except RefusedError as error:
                self.failure = error
            except Exception as error:  # noqa: BLE001  (each library has its own; a message may quote what is read)
                self.failure = broken(error, self._name)
        self._seen += len(data)
        self._meter.total += len(data)
        self.failure = self.failure or self._problem()
        if self.failure is not None:
            del data, view, buffer  # no frame of a traceback may hold them
            raise self.failure
        view[: len(data)] = data
        return len(data)

    def _problem(self) -> RefusedError | None:
        limits = self._meter.limits
        if self._seen > _SMALL and self._seen > limits.ratio * self._packed():
            return RefusedError(
                f"it becomes more than {limits.ratio} times as large", cause=Cause.BOMB, source=self._name
            )
        if self._seen > limits.member:
            return RefusedError(
                f"it is more than {limits.member} bytes unpacked", cause=Cause.TOO_LARGE, source=self._name
            )
        if self._meter.total > limits.total:
            return RefusedError(
                f"all of it is more than {limits.total} bytes unpacked", cause=Cause.TOO_LARGE, source=self._name
            )
        return None


def broken(error: BaseException, name: str) -> RefusedError:
    """Return what is wrong with a container whose library has raised `error`, in fixed words."""
    if isinstance(error, OSError) and error.errno is not None:
        return failed(error, Cause.INPUT, name)
    problem = "it breaks off" if isinstance(error, EOFError) else "its container is broken"
    if isinstance(error, zlib.error):
        problem = "its compression is broken"
    elif isinstance(error, NotImplementedError):
        problem = "its kind of compression is not known here"
    elif isinstance(error, MemoryError):
        problem = "there is not enough memory for it"
    return RefusedError(problem, cause=Cause.CORRUPT, source=name)


def failed(error: OSError, cause: Cause, name: str) -> RefusedError:
    """Return what the system has refused, without its message: that names paths."""
    code = errno.errorcode.get(error.errno or 0, "an error")
    return RefusedError(
        f"{os.strerror(error.errno) if error.errno else 'it failed'} ({code})", cause=cause, source=name
    )


class Counted(io.RawIOBase):
    """A stream that counts what is read from it."""

    def __init__(self, inner: BinaryIO) -> None:
        self._inner = inner
        self.count = 0

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read what comes next."""
        view = memoryview(buffer).cast("B")
        data = self._inner.read(len(view))
        view[: len(data)] = data
        self.count += len(data)
        return len(data)


class Sink(io.RawIOBase):
    """An output file: what the system refuses is a `RefusedError`."""

    def __init__(self, inner: BinaryIO, *, name: str) -> None:
        self._inner = inner
        self._name = name

    def writable(self) -> bool:
        """Return that it can be written."""
        return True

    def seekable(self) -> bool:
        """Return that one can move in it."""
        return True

    def tell(self) -> int:
        """Return where it stands."""
        return self._inner.tell()

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Move to a place; what waits to be written is written first."""
        return self._tried(lambda: self._inner.seek(offset, whence))

    def write(self, data: ReadableBuffer, /) -> int:
        """Write all of `data`."""
        return self._tried(lambda: self._inner.write(data))

    def flush(self) -> None:
        """Write what waits to be written."""
        if not self._inner.closed:
            self._tried(self._inner.flush)

    def _tried(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except OSError as error:
            failure = failed(error, Cause.OUTPUT, self._name)
        del work  # no frame of a traceback may hold what was to be written
        raise failure


def silent() -> None:
    """Tell nobody that work gets on."""


def sha256_of(stream: BinaryIO, *, beat: Callable[[], None] = silent) -> str:
    """Return the digest of a seekable stream, which is at its beginning before and after; `beat` goes with each block.

    It is for outputs. Whoever has that of an input beside its output can try values until it fits.
    """
    return _digest(stream, hashlib.sha256(), beat)


def keyed_digest(stream: BinaryIO, key: bytes, *, beat: Callable[[], None] = silent) -> str:
    """Return what tells inputs apart for those who have the key, of a seekable stream as in `sha256_of`."""
    own = hmac.digest(key, b"ccredact manifest input", "sha256")  # no hash that the operator `hash` makes
    return _digest(stream, hmac.new(own, digestmod="sha256"), beat)


def _digest(stream: BinaryIO, digest: hashlib._Hash | hmac.HMAC, beat: Callable[[], None]) -> str:
    stream.seek(0)
    while block := stream.read(BLOCK):
        digest.update(block)
        beat()
    stream.seek(0)
    return digest.hexdigest()


def lines(stream: BinaryIO, limit: int) -> Iterator[bytes | TooLong]:
    """Yield the lines of a stream with their ends; one of more than `limit` bytes is read over."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit or (len(line) == limit + 1 and line.endswith(b"\n")):
            yield line
            continue
        del line
        while (rest := stream.readline(BLOCK)) and not rest.endswith(b"\n"):
            pass
        yield TooLong()
