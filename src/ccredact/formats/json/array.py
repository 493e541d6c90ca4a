"""An array of calls, read call by call: of a file of any size no more than one call is in memory."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, BinaryIO, Final

from ccredact.errors import FormatError
from ccredact.formats.base import Fault, attempt
from ccredact.formats.json.scan import opening, parse_first, skip

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK: Final = 1 << 18
"""Bytes that are read at once, at least."""
_LONGEST: Final = 1 << 26
"""Characters of a call, beyond which it is taken for a broken file."""
_DEFINITE: Final = frozenset({"an object has the same key twice"})
"""What is wrong whatever follows; all else may be a call that goes on."""


class ArrayReader:
    """Reads the array that begins with `head` and goes on in `stream`."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = head
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._text = ""
        self._at = 0  # what stands before has been given out
        self._begun = self._ended = False
        self._read = 0

    def elements(self, source: str) -> Iterator[tuple[str, str] | FormatError]:
        """Yield each element as it is written, behind what stands before it; the last one is "".

        An error, with the number of the call, is the last that is yielded.
        """
        number = 0
        while True:
            number += 1
            found = attempt(self._next, source=source, position=f"call {number}")
            yield found
            if isinstance(found, FormatError) or not found[1]:
                return

    def _more(self) -> bool:
        """Read as much again as there is; return whether there was more."""
        if self._ended:
            return False
        data, self._head = self._head or self._stream.read(max(_CHUNK, len(self._text))), b""
        self._ended = not data
        try:
            self._text += self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            position = f"byte {self._read + error.start + 1}"
        else:
            self._read += len(data)
            return bool(data)
        raise Fault("it is not UTF-8", position)

    def _next(self) -> tuple[str, str]:
        if self._at > _CHUNK:
            self._text, self._at = self._text[self._at :], 0
        is_first, self._begun = not self._begun, True
        if is_first:
            self._more()
        start = self._seek(opening(self._text) + 1 if is_first else self._at)
        if self._text.startswith("]", start):
            return self._rest(start), ""
        if not is_first:
            if not self._text.startswith(",", start):
                raise Fault("broken JSON", "behind a call")
            start = self._seek(start + 1)
        end = self._end(start)
        before, element, self._at = self._text[self._at : start], self._text[start:end], end
        return before, element

    def _seek(self, at: int) -> int:
        """Return where white space ends, reading on where the text does."""
        at = skip(self._text, at)
        while at == len(self._text) and self._more():
            at = skip(self._text, at)
        return at

    def _end(self, start: int) -> int:
        """Return where the element at `start` ends, reading on until it does."""
        while True:
            problem = ""
            try:
                end = parse_first(self._text, start).end
            except Fault as fault:
                problem = fault.problem
            if not problem and (end < len(self._text) or not self._more()):
                return end
            if problem and (problem in _DEFINITE or len(self._text) - start > _LONGEST or not self._more()):
                raise Fault(problem)

    def _rest(self, end: int) -> str:
        while len(self._text) - end < _LONGEST and self._more():
            pass
        if skip(self._text, end + 1) != len(self._text):
            raise Fault("something follows the JSON value")
        return self._text[self._at :]
