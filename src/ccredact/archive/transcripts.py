"""A transcript format as a document: call by call where the format lets calls be told apart, else as a whole."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from ccredact.archive.causes import Cause, RefusedError
from ccredact.archive.streams import lines
from ccredact.errors import FormatError
from ccredact.formats import detect_format, get_format
from ccredact.formats.base import Head, TooLong, attempt
from ccredact.formats.json.array import elements
from ccredact.formats.json.format import JsonFormat
from ccredact.lang.en.share import is_english

if TYPE_CHECKING:
    from ccredact.archive.document import Document, Options
    from ccredact.archive.tally import Tally
    from ccredact.formats import Format, Record
    from ccredact.redactor import Redactor
    from ccredact.transcript import Segment

_MARK: Final = b"\xef\xbb\xbf"
_BROKEN_LINES: Final = 16
"""How many broken lines at its beginning a file of lines may have and be recognised."""


def transcript_for(head: bytes, *, name: str, detected_as: str, options: Options) -> Document:
    """Return the document that begins with `head`, by its format; raises `FormatError` for an unknown one.

    `detected_as` is the file's name without endings of compression.
    """
    known = get_format(options.format) if options.format is not None else _detected(head, name, detected_as)
    if isinstance(known, FormatError):
        del head  # no frame of a traceback may hold it
        raise FormatError(known.problem, source=name)
    if isinstance(known, JsonFormat) and not known.known.table.live and not known.known.table.group:
        if _begins_array(head) and not known.known.table.is_list:
            return CallArray(known)
        if _is_by_line(head, known):
            return CallLines(known)
    return WholeFile(known)


def _detected(head: bytes, name: str, detected_as: str) -> Format | FormatError:
    """Return the format of a file, which broken lines before the first that is whole do not hide, or what is wrong."""
    found = attempt(partial(detect_format, head, source=detected_as), source=name)
    if not isinstance(found, FormatError):
        return found
    at = 0
    for _ in range(_BROKEN_LINES):
        at = head.find(b"\n", at) + 1
        if not at:
            break
        if not head.startswith(b"{", at):
            continue
        later = attempt(partial(detect_format, head[at:], source=detected_as), source=name)
        if isinstance(later, JsonFormat) and later.known.table.by_line:
            return later
    return found


def _begins_array(head: bytes) -> bool:
    return head.removeprefix(_MARK).lstrip()[:1] == b"["


def _is_by_line(head: bytes, known: JsonFormat) -> bool:
    """Return whether each line of a file is a document.

    Of our own form one of the first lines must be one, of others the first, and another must follow it.
    """
    first, *rest = head.removeprefix(_MARK).lstrip().split(b"\n", _BROKEN_LINES + 1)
    table = known.known.table
    opens, closes = (b"[", b"]") if table.is_list else (b"{", b"}")
    if not table.by_line:
        return first.startswith(opens) and first.rstrip().endswith(closes) and any(line.strip() for line in rest)
    if not rest:  # a line that is longer than what is seen of it, or alone
        return first.startswith(opens)
    whole = (line.strip() for line in (first, *rest[:_BROKEN_LINES]))
    return any(line.startswith(opens) and line.endswith(closes) and known.matches(Head(line)) for line in whole)


@dataclass(frozen=True, slots=True)
class _Calls:
    """The calls of one document: what they are redacted with, and counted by."""

    known: Format
    source: str
    redactor: Redactor
    options: Options
    tally: Tally

    def alone(self, data: bytes | TooLong, position: str) -> bytes | None:
        """Return the new bytes of a call that stands by itself in a document; None, counted, where it is left."""
        if isinstance(data, TooLong):
            self._leave(self._refused(Cause.TOO_LARGE, f"it is larger than {self.options.max_record} bytes"), position)
            return None
        known = cast("JsonFormat", self.known)
        policy = self.redactor.policy
        record = attempt(lambda: known.call(data, source=self.source, policy=policy), source=self.source)
        done = record if isinstance(record, FormatError) else self.redacted(record)
        if isinstance(done, FormatError):
            self._leave(done, position, record)
            return None
        return done

    def redacted(self, record: Record) -> bytes | FormatError:
        """Return the new bytes of a record, or why it is left; it is counted as come in, and as gone out."""
        if not record.is_call:
            return attempt(lambda: record.write(()), source=self.source, position=record.position)
        self.tally.came_in(record.turns)
        if not is_english(turn.text for turn in record.turns):
            self.tally.other_language += 1
            if self.options.quarantine_other_language:
                return self._refused(Cause.LANGUAGE, "fewer than half of its words are English")
        done = attempt(lambda: self._work(record), source=self.source, position=record.position)
        if isinstance(done, FormatError):
            return self._refused(Cause.INTERNAL, done.problem)
        segments, data = done
        self.tally.went_out(record.turns, segments, fields=record.fields, kept=self.redactor.policy.kept)
        return data

    def _work(self, record: Record) -> tuple[list[Segment], bytes]:
        segments = self.redactor.redact_call(record.utterances, names=record.names)
        return segments, record.write(segments)

    def _leave(self, error: FormatError, position: str, record: Record | FormatError | None = None) -> None:
        error.position = ", ".join(filter(None, (position, error.position)))
        turns = None if record is None or isinstance(record, FormatError) else record.turns
        self.tally.leave_call(error, turns)

    def _refused(self, cause: Cause, problem: str) -> RefusedError:
        return RefusedError(problem, cause=cause, source=self.source)


@dataclass(frozen=True, slots=True)
class CallLines:
    """A file of which each line is a call by itself."""

    known: JsonFormat

    @property
    def name(self) -> str:
        """Return the format's name."""
        return self.known.name

    def process(
        self, source: BinaryIO, sink: BinaryIO, *, name: str, redactor: Redactor, options: Options, tally: Tally
    ) -> None:
        """Redact line by line (`Document.process`)."""
        calls = _Calls(self.known, name, redactor, options, tally)
        for number, line in enumerate(lines(source, options.max_record), 1):
            data = calls.alone(line, f"line {number}")
            del line  # no frame of a traceback may hold it
            if data is not None:
                sink.write(data)


@dataclass(frozen=True, slots=True)
class CallArray:
    """A JSON array of calls."""

    known: JsonFormat

    @property
    def name(self) -> str:
        """Return the format's name."""
        return self.known.name

    def process(
        self, source: BinaryIO, sink: BinaryIO, *, name: str, redactor: Redactor, options: Options, tally: Tally
    ) -> None:
        """Redact call by call (`Document.process`); what stands between them stays, but beside those that are left."""
        calls = _Calls(self.known, name, redactor, options, tally)
        opening: bytes | None = None
        began = False
        for number, element in enumerate(elements(source, source=name, limit=options.max_record), 1):
            if isinstance(element, FormatError):
                raise element
            opening = element.before if opening is None else opening
            if element.data is None:
                sink.write(element.before if began or number == 1 else opening + element.before)
                continue
            data = calls.alone(element.data, f"call {number}")
            if data is not None:
                sink.write(element.before if began else opening)
                sink.write(data)
                began = True
            del element, data  # no frame of a traceback may hold them


@dataclass(frozen=True, slots=True)
class WholeFile:
    """A file that is read as a whole: one call, or several that only stand together."""

    known: Format

    @property
    def name(self) -> str:
        """Return the format's name."""
        return self.known.name

    def process(
        self, source: BinaryIO, sink: BinaryIO, *, name: str, redactor: Redactor, options: Options, tally: Tally
    ) -> None:
        """Redact the file (`Document.process`): what is wrong with a part of it leaves all of it."""
        stream = io.BytesIO(source.read(options.max_record + 1))
        if stream.getbuffer().nbytes > options.max_record:
            del stream  # no frame of a traceback may hold it
            problem = f"it is one record and larger than {options.max_record} bytes"
            raise RefusedError(problem, cause=Cause.TOO_LARGE, source=name)
        written = self._written(stream, _Calls(self.known, name, redactor, options, tally))
        del stream
        if isinstance(written, FormatError):
            raise written
        sink.writelines(written)

    def _written(self, stream: BinaryIO, calls: _Calls) -> list[bytes] | FormatError:
        written: list[bytes] = []
        reading = self.known.read(stream, source=calls.source, policy=calls.redactor.policy)
        while (record := attempt(lambda: next(reading, None), source=calls.source)) is not None:
            done = record if isinstance(record, FormatError) else calls.redacted(record)
            if isinstance(done, FormatError):
                return done
            written.append(done)
        return written
