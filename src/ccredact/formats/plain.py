"""Plain text, one utterance a line, most often with the speaker in front, as in "Agent: How can I help?".

A line may begin with a time, alone in brackets or bare before a speaker, and a speaker's label. A label is
one to four words and a colon; it is a known role ("agent", "caller", "speaker 2") or stands on two lines or
more and has no word that announces data ("card number: ..." is speech). A line without a label continues the
speaker above it; where no line of the file has one, nobody is told apart and every speaker is None.

Only what is said is examined: labels and times come back as they are, a person's name used as a label too.
Blank lines, line endings, a byte order mark and a missing last newline come back byte for byte.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Final

from ccredact.errors import FormatError
from ccredact.formats.base import Fault, Record, attempt
from ccredact.lang.en.speakers import ANNOUNCES, ROLE, SHORT_ROLES
from ccredact.transcript import Utterance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccredact.formats.base import Redacted

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_ENDING: Final = re.compile(rb"\r\n|\r|\n")
_CLOCK: Final = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:\ ?[AaPp][Mm])?"
_BRACKETED: Final = rf"[\[(]{_CLOCK}(?:\ ?(?:-|\u2013|-->)\ ?{_CLOCK})?[\])]"
_WORD: Final = r"[\w.'\u2019\-]"
_START: Final = re.compile(
    rf"""\ufeff? \s*
    (?: (?P<time>{_BRACKETED}|{_CLOCK}) \s* (?:-\s+)? )?
    (?: (?P<label>[^\W\d_]{_WORD}*(?:\ {_WORD}+){{0,3}}) (?:\s*{_BRACKETED})? \s? : (?=\s|\Z) )?
    \s*""",
    re.VERBOSE,
)
_LONGEST_LABEL: Final = 40
_MOST_LABEL_FIGURES: Final = 3
"""What is longer, or holds a longer number, is no label: as one, nobody would look at it."""
_WHITE: Final = " \t\r\n\v\f\x1c\x1d\x1e\x85\xa0\u2028\u2029"


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: what stands before and behind what is said, which alone is examined."""

    head: str = field(repr=False)
    said: str = field(repr=False)
    tail: str = field(repr=False)
    label: str | None = field(repr=False)


class PlainText:
    """The format "text". The whole file is one call, so it is read whole."""

    name = "text"
    summary = 'a line is "speaker: words"'
    suffixes = (".txt", ".text", ".log")

    def matches(self, head: bytes) -> bool:
        """Return whether `head` is neither binary, nor JSON, nor subtitles, whose lines cut sentences."""
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        return not (
            b"\0" in head
            or re.match(rb'\{|\[\s*[{\["\]]|WEBVTT\b', start)
            or re.search(rb"\d:\d\d[.,]\d{3}\s+-->\s+\d", head)
        )

    def read(self, stream: BinaryIO, *, source: str) -> Iterator[Record]:
        """Yield the one call of `stream`; raises `FormatError` with the line where it is not UTF-8."""
        record = attempt(lambda: _record(stream.read(), source), source=source)
        if isinstance(record, FormatError):
            raise record
        yield record


def _record(data: bytes, source: str) -> Record:
    lines = _lines(_decoded(data))
    utterances: list[Utterance] = []
    speaker = None
    for line in lines:
        speaker = line.label or speaker
        if line.said:
            utterances.append(Utterance(line.said, speaker, str(len(utterances))))

    def render(redacted: Sequence[Redacted]) -> bytes:
        said = (utterance.text for utterance in redacted)
        return "".join(line.head + (next(said) if line.said else "") + line.tail for line in lines).encode()

    return Record(source, source, "", tuple(utterances), render)


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = len(_ENDING.findall(data, 0, error.start)) + 1
    raise Fault("it is not UTF-8", f"line {line}")


def _lines(text: str) -> list[_Line]:
    lines = [match[0] for match in _LINE.finditer(text) if match[0]]
    starts = [_START.match(line) for line in lines]
    labels = [start["label"] if start else None for start in starts]
    times_seen = Counter(label.casefold() for label in labels if label)
    speakers = {label for label in labels if label and _is_speaker(label, times_seen[label.casefold()])}
    return [
        _split(line, start, label if label in speakers else None)
        for line, start, label in zip(lines, starts, labels, strict=True)
    ]


def _is_speaker(label: str, times_seen: int) -> bool:
    if ROLE.fullmatch(label):
        return label.casefold() not in SHORT_ROLES or times_seen > 1
    short = len(label) <= _LONGEST_LABEL and sum(char.isdigit() for char in label) <= _MOST_LABEL_FIGURES
    return times_seen > 1 and short and not ANNOUNCES.search(label)


def _split(line: str, start: re.Match[str] | None, label: str | None) -> _Line:
    at = 0
    if start and label:
        at = start.end()
    elif start and start["time"] and start["time"][0] in "[(":
        at = start.end("time")
    rest = line[at:]
    said = rest.strip("\ufeff" + _WHITE)
    head = line[:at] + rest[: rest.index(said)] if said else line
    return _Line(head, said, line[len(head) + len(said) :], label)
