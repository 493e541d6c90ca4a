"""CSV as text: its records and cells as they are written, so that what does not change keeps every byte.

A quote opens a cell only as its first character; inside, it is doubled, or has a backslash before it where the file
does so. Lines end as they end. Bytes that are no UTF-8 travel through as they are and are never examined.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO, Final

from ccredact.archive.tables.columns import Columns
from ccredact.formats.base import Fault

if TYPE_CHECKING:
    from re import Pattern

DELIMITERS: Final = (",", "\t", ";", "|")
_CHUNK: Final = 1 << 18
_ENCODINGS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ENDS: Final = re.compile("\r\n|\r|\n")
_ESCAPED: Final = re.compile(r'\\(.)|"(")', re.DOTALL)
_TELLS: Final = re.compile(r"""(?P<quote>"?)sep=(?P<delimiter>[^\w"'\r\n])(?P=quote)(?:\r\n|\r|\n)""", re.IGNORECASE)
_TOGGLES: Final = re.compile('"|\r\n|\r|\n')
_SAMPLE: Final = 200
"""Records that are looked at to find out how a file is written."""


@dataclass(frozen=True)
class Dialect:
    """How a file separates and quotes its cells, and in what encoding."""

    delimiter: str = ","
    escape: str = ""
    encoding: str = "utf-8"
    told: str = ""
    """The first line, where it says what the delimiter is, as Excel has it: "sep=;"."""

    @cached_property
    def cell(self) -> Pattern[str]:
        """Return a pattern for one cell as it is written."""
        between = f"[^{re.escape(self.delimiter)}\r\n]"
        return re.compile(f'{self._quoted.pattern}{between}*+|(?!"){between}*+', re.DOTALL)

    @cached_property
    def _quoted(self) -> Pattern[str]:
        inside = r'(?:[^"\\]|\\.|"")*+' if self.escape else '(?:[^"]|"")*+'
        return re.compile(f'"({inside})"', re.DOTALL)

    @cached_property
    def record(self) -> Pattern[str]:
        """Return a pattern for a record with the end of its line."""
        cell = f"(?:{self.cell.pattern})"
        return re.compile(f"{cell}(?:{re.escape(self.delimiter)}{cell})*+(?P<end>\r\n|\r|\n|\\Z)", re.DOTALL)

    @cached_property
    def _must_quote(self) -> Pattern[str]:
        return re.compile(f"[{re.escape(self.delimiter)}\r\n]")

    def cells(self, line: str) -> list[str]:
        """Return the cells of a record, without the end of its line, as they are written."""
        if '"' not in line:
            return line.split(self.delimiter)
        found, at = [], 0
        while True:
            match = self.cell.match(line, at)
            if match is None:
                raise Fault("a quote is not closed")
            found.append(match[0])
            at = match.end() + 1
            if at > len(line):
                return found

    def value(self, cell: str) -> str:
        """Return what a cell says."""
        match = self._quoted.match(cell)
        if match is None:
            return cell
        inner = _ESCAPED.sub(r"\1\2", match[1]) if self.escape else match[1].replace('""', '"')
        return inner + cell[match.end() :]

    def written(self, value: str, like: str) -> str:
        """Return a cell that says `value`, in quotes where `like` has them or it must."""
        if not like.startswith('"') and not value.startswith('"') and not self._must_quote.search(value):
            return value
        if self.escape:
            return '"' + re.sub(r'(["\\])', r"\\\1", value) + '"'
        return '"' + value.replace('"', '""') + '"'


@dataclass(frozen=True, slots=True, repr=False)
class Record:
    """A record as it is written: what stands on its line, or lines, and how they end. `problem` is what is wrong."""

    line: int
    text: str
    end: str
    problem: str = ""


class Records:
    """The records of a stream, one by one; `head` are the bytes that have been read of it, behind the mark."""

    def __init__(self, stream: BinaryIO, *, head: bytes, dialect: Dialect, longest: int) -> None:
        self._stream = stream
        self._dialect = dialect
        self._longest = longest
        errors = "surrogateescape" if dialect.encoding == "utf-8" else "strict"
        self._decoder = codecs.getincrementaldecoder(dialect.encoding)(errors)
        self._buffer = self._decoder.decode(head)
        self._at = 0
        self._ended = False
        self._line = 1

    def __iter__(self) -> Iterator[Record]:
        """Yield the records. One that is too long has no text, nor has the rest of a file behind an open quote."""
        while not self._ended or self._at < len(self._buffer):
            record = self._next()
            if record is not None:
                yield record

    def _next(self) -> Record | None:
        match = self._dialect.record.match(self._buffer, self._at)
        if match is not None and (self._ended or match.end() < len(self._buffer)):
            self._at = match.end()
            line = self._line
            self._line += 1 if '"' not in match[0] else len(_ENDS.findall(match[0]))
            return Record(line, match[0][: len(match[0]) - len(match["end"])], match["end"])
        if self._ended:
            self._at = len(self._buffer)
            return Record(self._line, "", "", "a quote is not closed")
        if len(self._buffer) - self._at > self._longest:
            return self._skipped()
        self._read()
        return None

    def _read(self) -> None:
        """Read as much again as is left, so that a long record is not looked through too often."""
        left = self._buffer[self._at :]
        data = self._stream.read(max(_CHUNK, len(left)))
        self._ended = not data
        self._buffer, self._at = left + self._decoder.decode(data, final=self._ended), 0

    def _skipped(self) -> Record:
        """Pass over a record that is too long, without keeping it."""
        line, open_quote, start = self._line, False, self._at
        while True:
            for match in _TOGGLES.finditer(self._buffer, start):
                if match[0] == '"':
                    open_quote = not open_quote
                    continue
                self._line += 1
                if not open_quote:
                    self._at = match.end()
                    return Record(line, "", "", "it is larger than a record may be")
            self._buffer, self._at, start = "", 0, 0
            self._read()
            if self._ended and not self._buffer:
                return Record(line, "", "", "it is larger than a record may be")


def encoding_of(head: bytes) -> tuple[str, bytes]:
    """Return how a file is encoded, and its byte order mark."""
    return next(((name, mark) for mark, name in _ENCODINGS if head.startswith(mark)), ("utf-8", b""))


def dialect_of(head: bytes, *, delimiters: Sequence[str] = DELIMITERS) -> Dialect:
    """Return how the file that begins with `head` is written: the way in which most of its records have one width.

    A first line that tells the delimiter ("sep=;") is taken at its word. Among ways that fit as well, one whose first
    record names a column of text is better, and then more columns are.
    """
    encoding, mark = encoding_of(head)
    text = head[len(mark) :].decode(encoding, errors="ignore")
    told = _TELLS.match(text)
    if told is not None:
        delimiters, text = (told["delimiter"],), text[told.end() :]
    line = "" if told is None else told[0]
    best, most = Dialect(delimiters[0], "", encoding, line), (0.0, False, False, 0)
    for delimiter in delimiters:
        for escape in ("", "\\") if '\\"' in text else ("",):
            dialect = Dialect(delimiter, escape, encoding, line)
            fit = _fit(text, dialect)
            if fit > most:
                best, most = dialect, fit
    return best


def _fit(text: str, dialect: Dialect) -> tuple[float, bool, bool, int]:
    rows: list[list[str]] = []
    at = 0
    while len(rows) < _SAMPLE and at < len(text):
        match = dialect.record.match(text, at)
        if match is None or (match["end"] == "" and rows):
            break  # the sample ends within it
        at = match.end()
        line = match[0].rstrip("\r\n")
        if line:
            rows.append(dialect.cells(line))
    if not rows or len(rows[0]) < 2:
        return (0.0, False, False, 0)
    width = len(rows[0])
    share = sum(len(row) == width for row in rows) / len(rows)
    return (share if share >= 0.5 else 0.0, names_text(list(map(dialect.value, rows[0]))), not dialect.escape, width)


def names_text(names: Sequence[str]) -> bool:
    """Return whether the first record of a file names a column of text."""
    try:
        return bool(Columns().found(names).text)
    except Fault:
        return False


def first_names(head: bytes) -> list[str]:
    """Return the cells of the first record of a file."""
    dialect = dialect_of(head)
    _, mark = encoding_of(head)
    text = head[len(mark) :].decode(dialect.encoding, errors="ignore")
    match = dialect.record.match(text, len(dialect.told))
    return [] if match is None else list(map(dialect.value, dialect.cells(match[0].rstrip("\r\n"))))
