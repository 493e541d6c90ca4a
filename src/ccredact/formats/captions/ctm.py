"""CTM: a line is a word, `file channel start duration word [score]`; a run of lines of one file is a call.

The words of all channels are read in the order of their times, a run of one channel as an utterance. A hidden run
becomes one line with the first start and the duration up to the last end, without a score. Comments (`;;`) and what
stands behind the score are examined as fields; all other bytes stay, but for what was told in the names of files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO, Final

from ccredact.errors import FormatError
from ccredact.formats.base import FULL, Fault, Record, attempt, decoded
from ccredact.formats.captions.grammar import CTM_LINE, is_ctm
from ccredact.formats.json.scan import apply
from ccredact.formats.told import told_in
from ccredact.formats.words import runs
from ccredact.text.placing import Place
from ccredact.transcript import Utterance, Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccredact.formats.base import Head, Redacted
    from ccredact.formats.told import Told
    from ccredact.formats.words import Run
    from ccredact.policy import Policy

_LINE: Final = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_LEAST: Final = 3
"""Letters and digits of a text beside the words that is examined."""
_MARK: Final = re.compile(r"<ALT(?:_BEGIN|_END)?>", re.IGNORECASE)
"""A line that is no word: other hypotheses begin, follow or end."""


class _Ctm:
    """The format "ctm"."""

    name = "ctm"
    summary = "a word a line with times, as scoring tools read it"
    suffixes = (".ctm",)

    def matches(self, head: Head) -> bool:
        """Return whether the lines of `head` are words with a file, a channel and times."""
        return is_ctm(head.data.decode(errors="replace"))

    def read(self, stream: BinaryIO, *, source: str, policy: Policy = FULL) -> Iterator[Record]:  # noqa: ARG002  (its speakers are channels)
        """Yield a record for each run of lines of one file; raises `FormatError` with the line."""
        lines = attempt(lambda: _lines(stream.read()), source=source)
        if isinstance(lines, FormatError):
            raise lines
        for _, group in groupby(lines, key=lambda line: line.call):
            yield _record(list(group), source)


CTM: Final = _Ctm()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the file; no word where `match` is None."""

    number: int
    text: str = field(repr=False)
    call: int
    match: re.Match[str] | None = field(repr=False)

    @property
    def start(self) -> Decimal | None:
        """Return when the word begins, in seconds, None where the file does not say."""
        return _number(self.match, "start")

    @property
    def end(self) -> Decimal | None:
        """Return when the word ends, in seconds."""
        start, duration = self.start, _number(self.match, "duration")
        return None if start is None or duration is None else start + duration


def _number(match: re.Match[str] | None, group: str) -> Decimal | None:
    return None if match is None or match[group] == "*" else Decimal(match[group])


def _lines(data: bytes) -> list[_Line]:
    found: list[_Line] = []
    call, name = 0, None
    for number, raw in enumerate(_LINE.findall(data), 1):
        if not raw:
            continue
        text = decoded(raw, f"line {number}")
        match = CTM_LINE.fullmatch(text.strip("\ufeff\r\n"))
        bare = text.strip("\ufeff \t\r\n")
        if bare.startswith(";;") or not bare:
            match = None
        elif match is None:
            raise Fault("a word has a file, a channel, a start, a duration and a text", f"line {number}")
        elif name != match["file"]:
            call, name = call + (name is not None), match["file"]
        found.append(_Line(number, text, call, match))
    return found


def _record(lines: list[_Line], source: str) -> Record:
    words = [line for line in lines if line.match is not None and not _MARK.fullmatch(line.match["word"])]
    spoken = [
        list(group) for _, group in groupby(_in_order(words), key=lambda line: line.match and line.match["channel"])
    ]
    fields = [(line, *span) for line in lines for span in _others(line)]
    utterances = [_utterance(group, number) for number, group in enumerate(spoken)]
    utterances += [
        Utterance(line.text[start:end], f"\0{n}", f"field {n}") for n, (line, start, end) in enumerate(fields)
    ]

    def render(redacted: Sequence[Redacted]) -> bytes:
        out: dict[int, str] = {line.number: line.text for line in lines}
        for (line, start, _), new in reversed(list(zip(fields, redacted[len(spoken) :], strict=True))):
            edits = [(start + edit.start, start + edit.end, edit.text) for edit in new.edits]
            out[line.number] = apply(out[line.number], edits)
        told = told_in([one.text for one in utterances[: len(spoken)]], redacted[: len(spoken)])
        for group, utterance, new in zip(spoken, utterances, redacted, strict=False):
            for run in runs(utterance.text, _places(group), new.edits):
                hidden = group[run.first : run.last]
                out.update((line.number, "") for line in hidden)
                out[hidden[0].number] = _written(hidden, run)
        if told:
            out.update((line.number, _named(line, out[line.number], told)) for line in lines)
        return "".join(out[line.number] for line in lines).encode()

    position = f"line {lines[0].number}"
    return Record(lines[0].call + 1, source, position, tuple(utterances), render, bool(words), fields=len(fields))


def _named(line: _Line, text: str, told: Told) -> str:
    """Return the text of a line, the name of its file without what was told."""
    if line.match is None or not text:
        return text
    first = len(line.text) - len(line.text.lstrip("\ufeff"))
    start, end = (first + place for place in line.match.span("file"))
    new = "_".join(apply(line.match["file"], told.in_name(line.match["file"])).split())
    return f"{text[:start]}{new}{text[end:]}" if new else text


def _in_order(words: Sequence[_Line]) -> list[_Line]:
    """Return the words of all channels by their times; one without a time stays behind the one before it."""
    timed: list[tuple[Decimal, int, _Line]] = []
    last = Decimal(0)
    for number, line in enumerate(words):
        last = last if line.start is None else line.start
        timed.append((last, number, line))
    return [line for _, _, line in sorted(timed, key=lambda entry: entry[:2])]


def _places(group: Sequence[_Line]) -> list[Place]:
    places: list[Place] = []
    at = 0
    for line in group:
        size = len(line.match["word"]) if line.match else 0
        places.append(Place(at, at + size))
        at += size + 1
    return places


def _utterance(group: Sequence[_Line], number: int) -> Utterance:
    said = [line.match["word"] for line in group if line.match]
    words = [
        Word(text, *(None if time is None else float(time) for time in (line.start, line.end)))
        for text, line in zip(said, group, strict=True)
    ]
    match = group[0].match
    return Utterance(" ".join(said), match["channel"] if match else None, str(number), words=words)


def _others(line: _Line) -> Iterator[tuple[int, int]]:
    """Yield what of a line is examined beside its word."""
    first = len(line.text) - len(line.text.lstrip("\ufeff"))
    if line.match is None:
        start, end = 0, len(line.text.rstrip("\r\n"))
    elif line.match["more"] and not _MARK.fullmatch(line.match["word"]):
        start, end = (first + place for place in line.match.span("more"))
    else:
        return
    if sum(map(str.isalnum, line.text[start:end])) >= _LEAST:
        yield start, end


def _written(hidden: Sequence[_Line], run: Run) -> str:
    """Return the line of a hidden run, "" where nothing stands in its place."""
    if not run.text:
        return ""
    first = hidden[0].match
    if first is None:
        return ""
    text = hidden[0].text
    at = len(text) - len(text.lstrip("\ufeff"))
    ends = [line.end for line in hidden if line.end is not None]
    start = hidden[0].start
    duration = first["duration"] if start is None or not ends else str(max(ends) - start)
    head = text[: at + first.start("duration")] + duration + text[at + first.end("duration") : at + first.start("word")]
    tail = re.search(r"[\r\n]*\Z", text)
    return head + "_".join(run.text.split()) + (tail[0] if tail else "")
