"""WebVTT and SRT: one file is one call.

A cue that goes on with the sentence of the one before is read with it, as one utterance: cues cut names and numbers
anywhere. Who speaks is said by voices (`<v Ada Obi>`) or by labels in front of lines, as in plain text. What is hidden
stands in each line that it touches; tags stay, but those inside it: inline times would tell how long each digit took.
A line never becomes empty, for an empty line ends a cue.

Times, settings, classes and the numbers of cues stay, examined by nobody. Heads, notes, styles, regions and other names
of cues are examined as fields, behind the call.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Final

from ccredact.errors import FormatError
from ccredact.formats.base import FULL, Record, attempt
from ccredact.formats.captions.cues import read_cues
from ccredact.formats.captions.grammar import MARKUP, is_srt, is_webvtt
from ccredact.formats.json.scan import apply
from ccredact.formats.plain.document import encoding_of, text_of
from ccredact.formats.plain.layout import layout_of, speaker_of
from ccredact.formats.speakers import Speakers
from ccredact.formats.told import told_in
from ccredact.transcript import Utterance

if TYPE_CHECKING:
    from ccredact.formats.base import Head, Redacted
    from ccredact.formats.captions.cues import Captions, CueLine, Places
    from ccredact.formats.told import Told
    from ccredact.policy import Policy

_ENDS: Final = re.compile(r"[.?!\u2026][\"'\u201d\u2019)\]]*$")
_DASH: Final = re.compile(r"[\-\u2013\u2014]\s*\S")
"""Somebody else speaks in this line."""
_PAUSE: Final = 2.0
"""Seconds between two cues of one sentence at most."""
_LONGEST: Final = 2000
"""Characters of an utterance that another cue may lengthen."""
_LEAST: Final = 3
"""Letters and digits of a text beside the cues that is examined."""
_HEAD: Final = 8
"""Where the head of a file begins at the latest."""
_BLANK: Final = "\xa0"
_QUIET: Final = re.compile(
    r"\#[0-9a-fA-F]{3,8}\b|\brgba?\([\d\s.,%]{1,40}\)"
    r"|::cue(?:-region)?(?:\((?![^)]*\d{7})[\w.\#\-:*]{1,40}\))?"
    r"|^(?:id|width|lines|regionanchor|viewportanchor|scroll):(?!\S*\d{7})[\w.,%]{1,20}[ \t]*\r?$"
    r"|^Kind:[ \t]*(?:captions|subtitles|descriptions|chapters|metadata)[ \t]*\r?$"
    r"|^Language:[ \t]*[A-Za-z]{2,3}(?:[\-_][A-Za-z]{2,4})?[ \t]*\r?$",
    re.MULTILINE,
)
"""What of a head, a style or a region says nothing of a call."""
_CLASS: Final = re.compile(r"\.[\w\-]+")
_BREAK: Final = re.compile(r"[\r\n]+")
_BRACKETS: Final = re.compile(r"</?[A-Za-z][^<>]*>")
"""What may be a tag that no format has: it is text, but goes as a whole or not at all."""


@dataclass(frozen=True, slots=True)
class _Captions:
    """A format of captions. The file is one call, so it is read whole."""

    name: str
    summary: str
    suffixes: tuple[str, ...]
    begins: Callable[[str], bool] = field(repr=False)
    escape: Callable[[str], str] = field(repr=False)

    def matches(self, head: Head) -> bool:
        """Return whether `head` begins as such a file does."""
        return self.begins(head.data.decode(encoding_of(head.data), errors="replace"))

    def read(self, stream: BinaryIO, *, source: str, policy: Policy = FULL) -> Iterator[Record]:
        """Yield the one call of `stream`; raises `FormatError` where it is neither UTF-8 nor UTF-16."""
        record = attempt(lambda: _record(stream.read(), source, policy, self.escape), source=source)
        if isinstance(record, FormatError):
            raise record
        yield record


WEBVTT: Final = _Captions(
    "webvtt", "captions with cue times, WebVTT", (".vtt",), is_webvtt, lambda text: html.escape(text, quote=False)
)
SRT: Final = _Captions("srt", "captions with cue times, SubRip", (".srt",), is_srt, str)


@dataclass(frozen=True, slots=True)
class _Part:
    """`[start, end)` of a line, which stands at `at` in the utterance."""

    line: CueLine
    start: int
    end: int
    at: int


@dataclass(slots=True)
class _Said:
    """An utterance: what the lines of some cues say."""

    speaker: str | None
    text: str = field(default="", repr=False)
    parts: list[_Part] = field(default_factory=list, repr=False)
    until: float = 0.0

    def goes_on(self, speaker: str | None, text: str, start: float) -> bool:
        """Return whether a line goes on with what is said here."""
        return (
            speaker == self.speaker
            and start - self.until <= _PAUSE
            and len(self.text) < _LONGEST
            and not _ENDS.search(self.text)
            and not _DASH.match(text)
        )

    def add(self, line: CueLine, start: int, until: float) -> None:
        """Add a line from `start` on."""
        self.text += " " if self.text else ""
        self.parts.append(_Part(line, start, len(line.text), len(self.text)))
        self.text += line.text[start:]
        self.until = until


def _record(data: bytes, source: str, policy: Policy, escape: Callable[[str], str]) -> Record:
    text, encoding = text_of(data)
    captions = read_cues(text)
    voices = _Voices(text, captions, policy)
    said = list(_utterances(captions, voices))
    others = [span for block in captions.others for span in _examined(text, *block)]
    utterances = [Utterance(one.text, one.speaker, str(number)) for number, one in enumerate(said)]
    utterances += [Utterance(text[start:end], f"\0{n}", f"field {n}") for n, (start, end) in enumerate(others)]

    def render(redacted: Sequence[Redacted]) -> bytes:
        edits = list(voices.changes)
        for one, new in zip(said, redacted, strict=False):
            edits += _changes(text, one, new, escape)
        for (start, _), new in zip(others, redacted[len(said) :], strict=True):
            edits += ((start + edit.start, start + edit.end, edit.text) for edit in new.edits)
        told = told_in([one.text for one in said], redacted[: len(said)])
        edits += list(_in_tags(text, captions, told, edits))
        return apply(text, sorted(edits)).encode(encoding)

    return Record(source, source, "", tuple(utterances), render, names=voices.names, fields=len(others))


def _in_tags(
    text: str, captions: Captions, told: Told, edits: Sequence[tuple[int, int, str]]
) -> Iterator[tuple[int, int, str]]:
    """Yield the changes with which a class of a tag that says what is hidden goes."""
    if not told:
        return
    for start, end in captions.tags:
        if any(first < end and start < last for first, last, _ in edits):
            continue
        for match in _CLASS.finditer(text, start, end):
            if told.alone(match[0]) is not None or told.inside(match[0]) or told.named(match[0]):
                yield *match.span(), ""


def _examined(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a block that are examined: a head, a style and a region line by line, a note as a whole."""
    block = text[start:end]
    quiet: list[re.Match[str]] = []
    if start < _HEAD or block.startswith(("STYLE", "REGION")):
        quiet = sorted([*_QUIET.finditer(block), *_BREAK.finditer(block)], key=lambda match: match.span())
    begins = [0, *(match.end() for match in quiet)]
    ends = [*(match.start() for match in quiet), len(block)]
    for first, last in zip(begins, ends, strict=True):
        if sum(map(str.isalnum, block[first:last])) >= _LEAST:
            yield start + first, start + last


def _utterances(captions: Captions, voices: _Voices) -> Iterator[_Said]:
    """Yield what is said; lines that captions that roll say again are read once."""
    now: _Said | None = None
    seen: set[int] = set()
    for cue in captions.cues:
        for line in cue.lines:
            if id(line) in seen:
                continue
            seen.add(id(line))
            speaker, start = voices.take(line)
            if start == len(line.text):
                continue
            if now is None or not now.goes_on(speaker, line.text[start:], cue.start):
                if now is not None:
                    yield now
                now = _Said(speaker)
            now.add(line, start, max(cue.start, cue.end))
    if now is not None:
        yield now


class _Voices:
    """Who speaks in each line, and what becomes of the names: `changes` of the file."""

    def __init__(self, text: str, captions: Captions, policy: Policy) -> None:
        self._text = text
        self._speakers = Speakers(policy)
        self._labels = _labels(captions)
        self._speaker: str | None = None
        self.changes: set[tuple[int, int, str]] = set()

    @property
    def names(self) -> tuple[str, ...]:
        """Return the speakers' names."""
        return self._speakers.names

    def take(self, line: CueLine) -> tuple[str | None, int]:
        """Return who speaks in a line, None where nobody says it, and where what is said begins."""
        if line.voice is not None:
            first, last = line.voice
            name = self._text[first:last]
            self.changes.update((first + start, first + end, new) for start, end, new in self._speakers.edits(name))
            return self._speakers.shown(name), 0
        if id(line) not in self._labels:
            return self._speaker, 0
        first, last, start = self._labels[id(line)]
        label = line.text[first:last]
        for begin, end, new in self._speakers.edits(label):
            self.changes.update(_change(self._text, places, first + begin, first + end, new) for places in line.places)
        self._speaker = self._speakers.shown(speaker_of(label))
        return self._speaker, start


def _labels(captions: Captions) -> dict[int, tuple[int, int, int]]:
    """Return the labels in front of lines: label and where what is said begins; none where there are voices."""
    lines: list[CueLine | None] = []
    for cue in captions.cues:
        lines += (*cue.lines, None)
    if any(line is not None and line.voice is not None for line in lines):
        return {}
    layout = layout_of([line.text if line else "" for line in lines])
    return {
        id(line): (parts.label, parts.label_end, min(parts.start, len(line.text)))
        for line, parts in zip(lines, layout, strict=True)
        if line is not None and parts.label < parts.label_end
    }


def _changes(text: str, said: _Said, new: Redacted, escape: Callable[[str], str]) -> Iterator[tuple[int, int, str]]:
    """Yield the changes of the file with which an utterance is redacted: an entity stands in each line it touches."""
    for part in said.parts:
        last = part.at + part.end - part.start
        edits: list[tuple[int, int, str]] = []
        for edit in new.edits:
            start, end = max(edit.start, part.at), min(edit.end, last)
            inside = start == edit.start and end == edit.end
            if start < end and (edit.entity is not None or inside):
                edits.append((part.start + start - part.at, part.start + end - part.at, edit.text))
        edits = _round_brackets(part.line.text, edits)
        if edits and not apply(part.line.text, edits)[part.start :].strip():
            edits[-1] = (*edits[-1][:2], _BLANK)
        for places in part.line.places:
            for start, end, replacement in edits:
                yield _change(text, places, start, end, escape(replacement))


def _round_brackets(text: str, edits: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return the edits of a line, those that reach into brackets or out of them with the whole of these."""
    for match in _BRACKETS.finditer(text) if edits else ():
        first, last = match.span()
        across = [edit for edit in edits if (edit[0] <= first < edit[1] < last) or (first < edit[0] < last <= edit[1])]
        if not across:
            continue
        start, end = min(first, *(edit[0] for edit in across)), max(last, *(edit[1] for edit in across))
        inside = [edit for edit in edits if start <= edit[0] and edit[1] <= end]
        new = " ".join(dict.fromkeys(edit[2] for edit in inside))
        edits = sorted([*(edit for edit in edits if edit not in inside), (start, end, new)])
    return edits


def _change(text: str, places: Places, start: int, end: int, new: str) -> tuple[int, int, str]:
    """Return the change of the file with which `[start, end)` of a line becomes another text."""
    first, last = places[start][0], places[end - 1][1]
    return first, last, new + "".join(_tags(text[first:last]))


def _tags(hidden: str) -> list[str]:
    """Return the tags in what is hidden that open or close something outside of it; times go."""
    tags: list[str] = []
    kinds: list[str] = []
    for match in MARKUP.finditer(hidden):
        kind = match["kind"]
        if not kind:
            continue
        if match["close"] and kind in kinds:
            last = len(kinds) - 1 - kinds[::-1].index(kind)
            del kinds[last], tags[last]
        else:
            kinds.append("" if match["close"] else kind)
            tags.append(match[0])
    return tags
