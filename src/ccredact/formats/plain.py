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
from typing import TYPE_CHECKING, BinaryIO

from ccredact.errors import FormatError
from ccredact.formats.base import Fault, Record, attempt
from ccredact.transcript import Utterance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccredact.formats.base import Redacted

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_ENDING = re.compile(rb"\r\n|\r|\n")
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:\ ?[AaPp][Mm])?"
_BRACKETED = rf"[\[(]{_CLOCK}(?:\ ?(?:-|\u2013|-->)\ ?{_CLOCK})?[\])]"
_WORD = r"[\w.'\u2019\-]"
_START = re.compile(
    rf"""\ufeff? \s*
    (?: (?P<time>{_BRACKETED}|{_CLOCK}) \s* (?:-\s+)? )?
    (?: (?P<label>[^\W\d_]{_WORD}*(?:\ {_WORD}+){{0,3}}) (?:\s*{_BRACKETED})? \s? : (?=\s|\Z) )?
    \s*""",
    re.VERBOSE,
)
_ROLE = re.compile(
    r"""(?: advis[eo]r | agent | assistant | bot | caller | clerk | client | customer | doctor | guest | host
    | interviewe[er] | ivr | manager | member | nurse | operator | participant | patient | rep
    | representative | speaker | supervisor | system | user | spk | ch | s ) (?: [ _\-]? \d{1,3} )?""",
    re.VERBOSE | re.IGNORECASE,
)
_LETTER_ONLY_ROLES = frozenset({"s", "ch", "spk"})  # these three are labels with a number only
_ANNOUNCES = re.compile(
    r"""\b(?: account | address | age | amount | birth | born | card | city | claim | code | condition | cvc
    | cvv | date | diagnosis | dob | e-?mail | expir\w* | id | iban | item | licen[cs]e | login | medication
    | mobile | name | note | number | order | passcode | password | phone | pin | policy | postcode
    | reference | routing | social | ssn | street | telephone | time | total | username | zip )s?\b""",
    re.VERBOSE | re.IGNORECASE,
)


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
    if _ROLE.fullmatch(label):
        return label.casefold() not in _LETTER_ONLY_ROLES or times_seen > 1
    # What is long or holds a long number is no label: as one, nobody would look at it.
    short = len(label) <= 40 and sum(char.isdigit() for char in label) <= 3
    return times_seen > 1 and short and not _ANNOUNCES.search(label)


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


_WHITE = " \t\r\n\v\f\x1c\x1d\x1e\x85\xa0\u2028\u2029"
