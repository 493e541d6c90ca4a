"""Formats of calls in JSON: each is a table, and one machine reads and writes them all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import BinaryIO, Final

from ccredact.errors import FormatError
from ccredact.formats.base import FULL, Fault, Head, Record, TooLong, attempt, decoded
from ccredact.formats.json.array import elements
from ccredact.formats.json.call import Root
from ccredact.formats.json.read import Ready, open_call, ready
from ccredact.formats.json.scan import opening, parse_all, parse_first, skip
from ccredact.formats.json.table import Table, excepted, first
from ccredact.policy import Policy

_BEGINNING: Final = 1 << 16
"""Bytes of a line that are read before it is known what it begins."""
_LONGEST: Final = 1 << 26
"""Bytes of a call in an array, beyond which it is not read."""
_BLANK: Final = b"\xef\xbb\xbf \t\r\n"


@dataclass(frozen=True, slots=True)
class JsonFormat:
    """One format of calls in JSON. A file is a document, an array of documents, or documents on a line each.

    Of events of running calls, all lines of a file are one call. What may raise returns an error instead, so that no
    frame of its traceback holds text.
    """

    known: Ready = field(repr=False)

    @property
    def name(self) -> str:
        """Return the name that a user gives."""
        return self.known.table.name

    @property
    def summary(self) -> str:
        """Return a line about the format."""
        return self.known.table.summary

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Return the file name endings."""
        return self.known.table.suffixes

    def matches(self, head: Head) -> bool:
        """Return whether a file begins a document of this format, or an array of them."""
        document, table = head.document, self.known.table
        if isinstance(document, list) and not table.is_list and not table.live:
            return len(document) > 0 and fits(table, document[0])
        return fits(table, document)

    def read(self, stream: BinaryIO, *, source: str, policy: Policy = FULL) -> Iterator[Record]:
        """Yield the calls; raises `FormatError` with line, turn and word, or place in the document."""
        for record in self.records(stream, source=source, policy=policy):
            if isinstance(record, FormatError):
                raise record  # from a frame that holds no text
            yield record

    @property
    def excepted(self) -> list[str]:
        """Return the places that are not examined: ids, times, URLs and words of the format's own."""
        return excepted(self.known.table)

    def leaves(self, path: Sequence[str | int]) -> bool:
        """Return whether what stands at a path of a document is not examined."""
        return self.known.plan.leaves(path)

    def call(self, data: bytes, *, source: str, position: str = "", policy: Policy = FULL) -> Record:
        """Return the one document in `data` as a record; raises `FormatError`."""
        record = self._record(data, source, position, source, policy)
        del data  # no frame of a traceback may hold it
        if isinstance(record, FormatError):
            raise record
        return record

    def records(self, stream: BinaryIO, *, source: str, policy: Policy = FULL) -> Iterator[Record | FormatError]:
        """Yield the calls, or the error of each that cannot be read; the rest is read where it can be told apart."""
        table = self.known.table
        lead = _lead(stream)
        if not table.is_list and lead and lead[-1].lstrip(_BLANK)[:1] == b"[":
            yield from self._array(b"".join(lead), stream, source, policy)
            return
        lead[-1:] = [_whole_line(lead[-1], stream)] if lead else []
        each = _is_line(lead[-1] if lead else b"", is_list=table.is_list)
        if each and not table.by_line:
            more = _lead(stream)  # a line alone is a document
            more[-1:] = [_whole_line(more[-1], stream)] if more else []
            each = bool(more and more[-1].strip(_BLANK))
            lead += more
        lines = iter(stream)
        if each and table.group:
            for number, data in self._groups(chain(lead, lines)):
                position = f"line {number}"
                work = partial(self._events, data, source, policy, position, number)
                yield attempt(work, source=source, position=position)
            return
        if each and not table.live:
            for number, line in enumerate(chain(lead, lines), 1):
                yield self._record(line, source, f"line {number}", number, policy)
            return
        data = b"".join([*lead, stream.read()])
        if each:
            yield attempt(partial(self._events, data, source, policy, "", source), source=source)
        else:
            yield self._record(data, source, "", source, policy)

    def _record(self, data: bytes, source: str, position: str, name: str | int, policy: Policy) -> Record | FormatError:
        return attempt(partial(self._document, data, source, position, name, policy), source=source, position=position)

    def _document(self, data: bytes, source: str, position: str, name: str | int, policy: Policy) -> Record:
        text = decoded(data)
        if not text.strip("\ufeff \t\r\n"):
            return Record(name, source, position, (), lambda _: data, is_call=False)
        at = opening(text)
        parsed = parse_all(text, at)
        if not fits(self.known.table, parsed.value):
            raise Fault(self.known.table.lacks)
        return open_call(
            text,
            [Root(at, parsed.value, parsed.objects)],
            self.known,
            policy,
            source=source,
            position=position,
            name=name,
        )

    def _groups(self, lines: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
        """Yield the lines of each call, and the number of its first."""
        held: list[bytes] = []
        begin, here = 1, None
        for number, line in enumerate(lines, 1):
            own = _member_of(line, self.known.table.group)
            if held and own is not None and own != here is not None:
                yield begin, b"".join(held)
                begin, held = number, []
            here = here if own is None else own
            held.append(line)
        if held:
            yield begin, b"".join(held)

    def _events(self, data: bytes, source: str, policy: Policy, position: str, name: str | int) -> Record:
        text = decoded(data)
        roots = []
        at = opening(text)
        while at < len(text):
            parsed = parse_first(text, at)
            roots.append(Root(at, parsed.value, parsed.objects))
            at = skip(text, parsed.end)
        return open_call(text, roots, self.known, policy, source=source, position=position, name=name)

    def _array(self, head: bytes, stream: BinaryIO, source: str, policy: Policy) -> Iterator[Record | FormatError]:
        """Yield the documents of an array one by one, and what stands between them."""
        for number, step in enumerate(elements(stream, source=source, limit=_LONGEST, head=head), 1):
            if isinstance(step, FormatError):
                yield step
                return
            yield _bytes(step.before, source)
            if isinstance(step.data, TooLong):
                yield FormatError(f"it is larger than {_LONGEST} bytes", source=source, position=f"call {number}")
            elif step.data is not None:
                yield self._record(step.data, source, f"call {number}", number, policy)


def _member_of(line: bytes, at: str) -> object:
    """Return what stands at a place of a line, None where it has no such thing."""
    try:
        return first(json.loads(line.lstrip(_BLANK)), at)
    except (ValueError, RecursionError):
        return None


def _lead(stream: BinaryIO) -> list[bytes]:
    """Return the lines up to the first that is not blank, of which the beginning is enough."""
    lead = []
    while line := stream.readline(_BEGINNING):
        lead.append(line)
        if line.strip(_BLANK):
            break
    return lead


def _whole_line(begin: bytes, stream: BinaryIO) -> bytes:
    """Return a line of which `begin` is read."""
    return begin if begin.endswith(b"\n") else begin + stream.readline()


def _is_line(line: bytes, *, is_list: bool) -> bool:
    """Return whether a line is a document by itself, by its first and last characters."""
    line = line.strip(_BLANK)
    return len(line) > 1 and line[-1:] == (b"]" if is_list else b"}") and line[:1] == (b"[" if is_list else b"{")


def _bytes(data: bytes, source: str) -> Record:
    return Record("", source, "", (), lambda _: data, is_call=False)


def fits(table: Table, document: object) -> bool:
    """Return whether a document is of the format of a table."""
    try:
        return bool(table.matches(document))
    except (LookupError, TypeError, AttributeError, ValueError, StopIteration):
        return False


def json_format(table: Table) -> JsonFormat:
    """Return the format of a table."""
    return JsonFormat(ready(table))
