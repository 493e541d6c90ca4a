"""A JSON array of objects, read object by object: in the memory of one, whatever the array's size."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Final

from ccredact.archive.streams import BLOCK, TooLong
from ccredact.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK: Final = b"\xef\xbb\xbf"
_BETWEEN: Final = re.compile(rb"[ \t\r\n]*")
_TOKEN: Final = re.compile(rb'\\.|["{}\[\]]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Element:
    """One object of an array with what stands before it; `data` is None for what closes the array."""

    before: bytes = field(repr=False)
    data: bytes | TooLong | None = field(repr=False)


def elements(stream: BinaryIO, *, name: str, limit: int) -> Iterator[Element]:
    """Yield the objects of the array in `stream`, and what closes it; one of more than `limit` bytes is read over.

    Raises `FormatError` with the byte from which on it is no array of objects.
    """
    reader = _Reader(stream, limit)
    before, opening = reader.between()
    if before == _MARK:
        more, opening = reader.between()
        before += more
    separator, ending = b"[", b""
    while opening == separator:
        after, following = reader.between(skip=1)
        before += separator + after
        if following == b"]" and (separator == b"[" or not ending):
            opening = following
            break
        if following != b"{":
            raise FormatError("an object should stand here", source=name, position=reader.position)
        data = reader.value()
        if data is None:
            raise FormatError("it breaks off", source=name, position=reader.position)
        yield Element(before, data)
        del data
        before, opening = reader.between()
        separator = ending = b","
    if opening != b"]":
        raise FormatError("it is no array, or breaks off", source=name, position=reader.position)
    after, following = reader.between(skip=1)
    if following:
        raise FormatError("something follows the array", source=name, position=reader.position)
    yield Element(before + b"]" + after, None)


class _Reader:
    """A stream of which a block is held."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self._block = b""
        self._at = 0
        self._passed = 0  # bytes before the block

    @property
    def position(self) -> str:
        return f"byte {self._passed + self._at + 1}"

    def _next_block(self) -> bool:
        self._passed += len(self._block)
        self._at = 0
        self._block = self._stream.read(BLOCK)
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
        """Return the object that begins here, None where the stream ends in it."""
        kept: list[bytes] = []
        size = depth = 0
        quoted = False
        while True:
            end = -1
            for match in _TOKEN.finditer(self._block, self._at):
                token = match[0]
                if token == b'"':
                    quoted = not quoted
                elif quoted or len(token) > 1:
                    continue
                else:
                    depth += 1 if token in b"{[" else -1
                    if not depth:
                        end = match.end()
                        break
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
