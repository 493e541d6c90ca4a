"""Plain text: one file is one call, a line what somebody says, most often with the speaker in front.

The layout is found from the file (`layout`): times, numbers, brackets, columns, labels on lines of their own, HTML. A
line without a label continues the speaker above it; where no line of the file has one, nobody is told apart and every
speaker is None.

Only what is said is examined, and names of people in labels: these become `[PERSON_1]`. Times and numbers before what
is said come back as they are; so does every other byte: blank lines, line endings, a byte order mark, tags. UTF-8 is
read, and UTF-16 with a byte order mark.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Final

from ccredact.errors import FormatError
from ccredact.formats.base import FULL, Fault, Record, attempt
from ccredact.formats.json.scan import apply
from ccredact.formats.plain.layout import layout_of, speaker_of
from ccredact.formats.plain.markup import Places, changes, is_html, lines_of
from ccredact.formats.plain.others import READ_AS_TABLE, problem_with_text
from ccredact.formats.speakers import Speakers
from ccredact.transcript import Utterance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccredact.formats.base import Head, Redacted
    from ccredact.formats.plain.layout import Line
    from ccredact.policy import Policy

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_ENDING: Final = re.compile(rb"\r\n|\r|\n")
_TABLES: Final = (b"PAR1", b"ARROW1", b"FEA1", b"\xff\xff\xff\xff")
_WIDE: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class PlainText:
    """The format "text". The whole file is one call, so it is read whole."""

    name = "text"
    summary = "lines with the speaker in front, in the layout that the file has"
    suffixes = (".txt", ".text", ".log", ".htm", ".html", ".md")

    def matches(self, head: Head) -> bool:
        """Return whether `head` is neither binary, nor JSON, nor CSV, nor captions, whose lines cut sentences."""
        return not refused_as_text(head.data)

    def read(self, stream: BinaryIO, *, source: str, policy: Policy = FULL) -> Iterator[Record]:
        """Yield the one call of `stream`; raises `FormatError` where it is not UTF-8, or no text of this kind."""
        record = attempt(lambda: _record(stream.read(), source, policy), source=source)
        if isinstance(record, FormatError):
            raise record
        yield record


@dataclass(frozen=True, slots=True)
class _Said:
    """A line of the file: where it begins, or where each of its characters stands, and its parts."""

    text: str = field(repr=False)
    at: int
    places: Places | None
    parts: Line

    def changes(self, start: int, end: int, new: str) -> Iterator[tuple[int, int, str]]:
        """Yield the changes of the file with which `[start, end)` of the line become `new`."""
        if self.places is None:
            yield self.at + start, self.at + end, new
        else:
            yield from changes(self.places, start, end, new)


def refused_as_text(head: bytes) -> str:
    """Return why a file that begins with `head` is no text in lines of speech, "" where it may be."""
    if head.startswith(_TABLES):
        return f"this is Parquet or Arrow: {READ_AS_TABLE}"
    encoding = encoding_of(head)
    if encoding == "utf-8" and b"\0" in head:
        return "it is binary, or text in another encoding than UTF-8"
    return problem_with_text(head.decode(encoding, errors="replace"))


def encoding_of(data: bytes) -> str:
    """Return how a file is encoded, by its byte order mark."""
    return next((name for mark, name in _WIDE.items() if data.startswith(mark)), "utf-8")


def text_of(data: bytes) -> tuple[str, str]:
    """Return a file as text, and how it is encoded; raises `Fault` with the line that is not."""
    encoding = encoding_of(data)
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        line = len(_ENDING.findall(data, 0, error.start)) + 1
    raise Fault(f"it is not {encoding.upper()[:6].rstrip('-')}", f"line {line}")


def _record(data: bytes, source: str, policy: Policy) -> Record:
    text, encoding = text_of(data)
    problem = problem_with_text(text)
    if problem:
        raise Fault(problem)
    lines = _lines(text)
    speakers = Speakers(policy)
    utterances: list[Utterance] = []
    said: list[_Said] = []
    labels: list[tuple[int, int, str]] = []
    speaker = None
    for line in lines:
        label = line.text[line.parts.label : line.parts.label_end]
        if label:
            speaker = speakers.shown(speaker_of(label))
            labels += _label_changes(line, speakers.edits(label))
        if line.parts.start < line.parts.end:
            utterances.append(Utterance(line.text[line.parts.start : line.parts.end], speaker, str(len(utterances))))
            said.append(line)

    def render(redacted: Sequence[Redacted]) -> bytes:
        edits = list(labels)
        for line, utterance in zip(said, redacted, strict=True):
            for edit in utterance.edits:
                edits += line.changes(line.parts.start + edit.start, line.parts.start + edit.end, edit.text)
        return apply(text, sorted(edits)).encode(encoding)

    return Record(source, source, "", tuple(utterances), render, names=speakers.names)


def _label_changes(line: _Said, edits: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Yield the changes of the file in the label of a line: a name in brackets needs no others."""
    first, last = line.parts.label, line.parts.label_end
    for start, end, new in edits:
        bare = (
            (start, end) == (0, last - first)
            and line.text[first - 1 : first] == "["
            and line.text[last : last + 1] == "]"
        )
        yield from line.changes(first + start, first + end, new[1:-1] if bare else new)


def _lines(text: str) -> list[_Said]:
    lines: list[tuple[str, int, Places | None]]
    if is_html(text):
        lines = [(line, 0, places) for line, places in lines_of(text)]
    else:
        lines = [(match[0], match.start(), None) for match in _LINE.finditer(text) if match[0]]
    layout = layout_of([line for line, _, _ in lines])
    return [_Said(line, at, places, parts) for (line, at, places), parts in zip(lines, layout, strict=True)]
