"""A JSON array of calls, read value by value: in the memory of one, whatever the array's size.

Only brackets and quotes are looked at, so that a value that is broken, or too large, does not hide those behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from ccredact.errors import FormatError
from ccredact.formats.base import TooLong

_BLOCK: Final = 1 << 16
"""How much is read at a time, in bytes."""
_MARK: Final = b"\xef\xbb\xbf"
_BETWEEN: Final = re.compile(rb"[ \t\r\n]*")
_TOKEN: Final = re.compile(rb'\\.|["{}\[\]]', re.DOTALL)
_BEHIND_SCALAR: Final = re.compile(rb"[ \t\r\n,\]}]")
_NO_VALUE: Final = frozenset({b"", b",", b":", b"]", b"}"})


@dataclass(frozen=True, slots=True)
class Element:
    """One value of an array with what stands before it; `data` is None for what closes the array."""

    before: bytes = field(repr=False)
    data: bytes | TooLong | None = field(repr=False)


def elements(stream: BinaryIO, *, source: str, limit: int, head: bytes = b"") -> Iterator[Element | FormatError]:
    """Yield the values of the array that is `head` and `stream`, and what closes it.

    One of more than `limit` bytes is read over. Where it is no array from some byte on, the error is the last that is
    yielded: raised from here, its traceback would hold text.
    """
    reader = _Reader(head, stream, limit)
    before, opening = reader.between()
    if before == _MARK:
        more, opening = reader.between()
        before += more
    separator, number = b"[", 0
    while opening == separator:
        number += 1
        after, following = reader.between(skip=1)
        before += separator + after
        if following == b"]" and number == 1:
            opening = following
            break
        where = f"call {number}, byte {reader.position}"
        data = None if following in _NO_VALUE else reader.value()
        if data is None:
            yield FormatError(_missing(following), source=source, position=where)
            return
        yield Element(before, data)
        del data
        before, opening = reader.between()
        separator = b","
    if opening != b"]":
        problem = "the array breaks off" if number and not opening else "no comma or end of the array stands here"
        yield FormatError(problem, source=source, position=f"byte {reader.position}")
        return
    after, following = reader.between(skip=1)
    if following:
        yield FormatError("something follows the array", source=source, position=f"byte {reader.position}")
        return
    yield Element(before + b"]" + after, None)


def _missing(following: bytes) -> str:
    """Return what is wrong where no value ends."""
    return "a value should stand here" if following and following in _NO_VALUE else "the array breaks off"


class _Reader:
    """A stream of which a block is held."""

    def __init__(self, head: bytes, stream: BinaryIO, limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self._head = head
        self._block = b""
        self._at = 0
        self._passed = 0  # bytes before the block

    @property
    def position(self) -> int:
        """The number of the next byte."""
        return self._passed + self._at + 1

    def _next_block(self) -> bool:
        self._passed += len(self._block)
        self._at = 0
        self._block, self._head = self._head or self._stream.read(_BLOCK), b""
        while self._block.endswith(b"\\") and (more := self._stream.read(1)):
            self._block += more
        return bool(self._block)

    def between(self, *, skip: int = 0) -> tuple[bytes, bytes]:
        """Return the white space, or byte order mark, that comes next, and the byte behind it, b"" at the end.

        `skip` bytes are passed over first. More white space than there may be is what follows.
        """
        self._at += skip
        found = b""
        while len(found) <= self._limit:
            if self._at >= len(self._block) and not self._next_block():
                return found, b""
            if not self._passed and not self._at and self._block.startswith(_MARK):
                self._at = len(_MARK)
                return _MARK, b""
            match = _BETWEEN.match(self._block, self._at)
            end = match.end() if match else self._at
            found += self._block[self._at : end]
            self._at = end
            if end < len(self._block):
                return found, self._block[end : end + 1]
        return b"", b" "

    def value(self) -> bytes | TooLong | None:
        """Return the value that begins here, None where the stream ends in it."""
        kept: list[bytes] = []
        size = 0
        extent = _Extent(is_scalar=self._block[self._at] not in b'{["')
        while True:
            end = extent.end(self._block, self._at)
            stop = len(self._block) if end < 0 else end
            size += stop - self._at
            if size > self._limit:
                kept.clear()
            else:
                kept.append(self._block[self._at : stop])
            self._at = stop
            if end >= 0:
                return TooLong() if size > self._limit else b"".join(kept)
            if not self._next_block():
                return None


class _Extent:
    """How far a value goes, over the blocks that it stands in."""

    def __init__(self, *, is_scalar: bool) -> None:
        self._is_scalar = is_scalar
        self._depth = 0
        self._quoted = False

    def end(self, block: bytes, at: int) -> int:
        """Return where the value ends in a block, -1 where it goes on."""
        if self._is_scalar:
            behind = _BEHIND_SCALAR.search(block, at)
            return behind.start() if behind else -1
        for match in _TOKEN.finditer(block, at):
            token = match[0]
            if token == b'"':
                self._quoted = not self._quoted
            elif self._quoted or len(token) > 1:
                continue
            else:
                self._depth += 1 if token in b"{[" else -1
            if not self._quoted and self._depth <= 0:
                return match.end()
        return -1
