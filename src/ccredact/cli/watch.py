"""What `ccredact watch` plays: a finished call as a recogniser would have written it, and what becomes of it.

Every utterance comes word by word as a growing interim, and then as a final, at the pace of its word times or of quick
speech. The engine is that of a running call: nothing is computed ahead.

What is shown is the redacted call. Words that are held are shown as so many dim marks, never as text; the original
stands beside them only where it was asked for, and only on a terminal, so that no copy of it comes into a file.
"""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING, Final, Protocol, Self

from ccredact.cli.terminal import is_terminal
from ccredact.errors import FormatError, OutputError
from ccredact.formats.base import attempt
from ccredact.text.times import seconds
from ccredact.transcript import Segment, Utterance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import BinaryIO

    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

    from ccredact.core.call import Call
    from ccredact.formats import Record
    from ccredact.redactor import Redactor
    from ccredact.transcript import Entity, Name

WORD_S: Final = 0.3
"""Seconds of a word that has no time: quick speech."""
TURN_S: Final = 0.5
"""Seconds between two utterances that have no times."""
LONGEST_PAUSE_S: Final = 2.0
"""A longer silence is shortened: somebody is watching."""
INTERIMS: Final = 60
"""The most interims of an utterance: those of a longer one grow by several words."""
SPEAKER_WIDTH: Final = 16
NARROW: Final = 72
"""Columns of a terminal below which the original stands above the redacted text, not beside it."""
HELD_MARK: Final = "░"


@dataclass(frozen=True, slots=True)
class Step:
    """What the recogniser writes next, and the seconds before it."""

    pause_s: float
    utterance: Utterance


def played(turns: Iterable[Utterance]) -> Iterator[Step]:
    """Yield interims and finals of a finished call, in order, with their pauses.

    Where speakers' utterances overlap in time they still come one after the other, as in the file.
    """
    now = 0.0
    for utterance in turns:
        words = utterance.text.split()
        ends = _word_ends(utterance, len(words)) or [now + TURN_S + WORD_S * count for count in range(len(words))]
        step = -(-len(words) // INTERIMS) or 1
        for count in range(step, len(words), step):
            text = " ".join(words[:count])
            yield Step(_bounded(ends[count - 1] - now), replace(utterance, text=text, is_final=False, words=()))
            now = max(now, ends[count - 1])
        yield Step(_bounded(ends[-1] - now) if ends else 0.0, utterance)
        now = max([now, *ends[-1:]])


def _bounded(pause_s: float) -> float:
    return min(LONGEST_PAUSE_S, max(0.0, pause_s))


def _word_ends(utterance: Utterance, count: int) -> list[float] | None:
    """Return when each of the text's `count` words ends, None where they have no times of their own."""
    ends = [end for word in utterance.words if (end := seconds(word.end_s)) is not None]
    return ends if len(ends) == count else None


@dataclass(slots=True)
class Line:
    """An utterance on the screen: what is released of it, and the hypothesis that stands for it until it is final."""

    utterance: Utterance
    is_final: bool = False
    released: list[Segment] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        """Return whether no more of it comes."""
        return self.is_final and not self.held

    @property
    def held(self) -> int:
        """Return how many of its words are held."""
        end = self.released[-1].end if self.released else 0
        return len(self.utterance.text[end:].split())


class Screen(Protocol):
    """Where a call is shown."""

    def begin(self, record: Record) -> None:
        """Begin a call."""

    def came(self, segment: Segment) -> None:
        """Take note of a segment."""

    def show(self, over: Sequence[Line], opened: Sequence[Line]) -> None:
        """Show the lines that are over since the last time, and below them those that may still change."""

    def end(self) -> None:
        """End the call."""


class Plain:
    """A pipe or a file: a line for each interim ("~") and for each piece of a final ("=")."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target

    def begin(self, record: Record) -> None:
        """Write the call's name."""
        self._write(f"# {record.id}")

    def came(self, segment: Segment) -> None:
        """Write the segment's text."""
        mark = "=" if segment.is_final else "~"
        speaker = "" if segment.speaker is None else f"{segment.speaker}: "
        self._write(f"{mark} {speaker}{segment.text}".rstrip())

    def show(self, over: Sequence[Line], opened: Sequence[Line]) -> None:
        """Do nothing: what was written stays."""

    def end(self) -> None:
        """Do nothing."""

    def _write(self, text: str) -> None:
        self._target.write(f"{printable(text)}\n".encode())
        self._target.flush()


class Terminal:
    """A terminal: lines that are over scroll up, those that may change stand below them; a context manager."""

    def __init__(self, console: Console, *, kept: frozenset[str], original: bool) -> None:
        from rich.live import Live  # noqa: PLC0415  (only `watch` on a terminal pays for it)

        self._console = console
        self._kept = kept
        self._original = original
        self._live = Live(console=console, auto_refresh=False, transient=True, vertical_overflow="crop")
        self._speaker_width = 0
        self._hidden: Counter[str] = Counter()

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def begin(self, record: Record) -> None:
        """Write the call's name, and make room for its speakers."""
        from rich.text import Text  # noqa: PLC0415

        names = {printable(str(turn.speaker)) for turn in record.turns if turn.speaker is not None}
        self._speaker_width = min(SPEAKER_WIDTH, max(map(len, names), default=0))
        self._hidden.clear()
        self._console.print(Text(printable(f"# {record.id}"), style="bold"))

    def came(self, segment: Segment) -> None:
        """Count what is hidden."""
        if segment.is_final:
            self._hidden.update(entity.label for entity in segment.entities if entity.label not in self._kept)

    def show(self, over: Sequence[Line], opened: Sequence[Line]) -> None:
        """Let finished lines scroll up; the others stand below, the newest as far as there is room."""
        from rich.console import Group  # noqa: PLC0415

        below: list[RenderableType] = []
        room = self._console.height - 2
        for line in reversed(opened):
            row = self._row(line)
            room -= len(self._console.render_lines(row))
            if room < 0 and below:
                break
            below.insert(0, row)
        self._live.update(Group(*below, self._status(opened)), refresh=True)
        for line in over:
            self._console.print(self._row(line))

    def end(self) -> None:
        """Leave what was hidden below the call."""
        self._live.update("", refresh=True)
        self._console.print(self._status(()))

    def _status(self, lines: Sequence[Line]) -> Text:
        from rich.text import Text  # noqa: PLC0415

        held = sum(line.held for line in lines if line.is_final)
        hidden = ", ".join(f"{label} {count}" for label, count in sorted(self._hidden.items()))
        return Text(
            f"held words: {held}  hidden: {hidden or 'nothing'}", style="dim", no_wrap=True, overflow="ellipsis"
        )

    def _row(self, line: Line) -> Table:
        from rich.table import Table  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        row = Table.grid(padding=(0, 2, 0, 0), expand=True)
        if self._speaker_width:
            row.add_column(width=self._speaker_width, no_wrap=True, overflow="ellipsis")
        shown: list[RenderableType] = [Text(printable(str(line.utterance.speaker or "")), style="bold")]
        cells: list[RenderableType] = [redacted_text(line, self._kept)]
        if self._original:
            cells.insert(0, original_text(line, self._kept))
        if self._original and self._console.width < NARROW:
            cells = [Text("\n").join(cell for cell in cells if isinstance(cell, Text))]
        for _ in cells:
            row.add_column(ratio=1, overflow="fold")
        row.add_row(*(shown if self._speaker_width else []), *cells)
        return row


@contextmanager
def screen_for(target: BinaryIO, *, kept: frozenset[str], original: bool) -> Iterator[Screen]:
    """Give the screen for standard output, lines into `target` where it is no terminal that can move its cursor.

    Raises `OutputError` where the `original` is asked for and would go into a pipe or a file.
    """
    if is_terminal(sys.stdout):
        from rich.console import Console  # noqa: PLC0415

        console = Console(highlight=False, markup=False)
        if not console.is_dumb_terminal:
            with Terminal(console, kept=kept, original=original) as screen:
                yield screen
            return
    if original:
        raise OutputError("--show-original shows raw text, so it works on a terminal only")
    yield Plain(target)


def redacted_text(line: Line, kept: frozenset[str]) -> Text:
    """Return what has been released of a line, labels in colour, and a dim mark for each word that is held."""
    from rich.text import Text  # noqa: PLC0415

    text = Text(style="" if line.is_final else "italic")
    for segment in line.released:
        at = 0
        for start, end in _ranges(segment.entities, kept, segment.out_start, original=False):
            text.append(printable(segment.text[at:start]))
            text.append(printable(segment.text[start:end]), style="bold magenta")
            at = end
        text.append(printable(segment.text[at:]))
    if line.held and line.is_final:
        text.append((" " if text.plain and not text.plain[-1].isspace() else "") + HELD_MARK * line.held, style="dim")
    return text


def original_text(line: Line, kept: frozenset[str]) -> Text:
    """Return what the recogniser has written: hidden parts in colour, what is held dim."""
    from rich.text import Text  # noqa: PLC0415

    whole = line.utterance.text
    text = Text(style="" if line.is_final else "italic")
    at = 0
    for segment in line.released:
        for start, end in _ranges(segment.entities, kept, 0, original=True):
            text.append(printable(whole[at:start]))
            text.append(printable(whole[start:end]), style="bold red")
            at = end
        text.append(printable(whole[at : segment.end]))
        at = segment.end
    text.append(printable(whole[at:]), style="dim")
    return text


def _ranges(
    entities: Sequence[Entity], kept: frozenset[str], base: int, *, original: bool
) -> Iterator[tuple[int, int]]:
    for entity in entities:
        if entity.label not in kept:
            start, end = (entity.start, entity.end) if original else (entity.out_start, entity.out_end)
            yield start - base, end - base


def printable(text: str) -> str:
    """Return text on one line and without control characters, which would steer the terminal of whoever watches."""
    return "".join(character if character.isprintable() else " " for character in text)


def play(record: Record, redactor: Redactor, screen: Screen, wait: Callable[[float], object]) -> list[Segment]:
    """Play one call; return its final segments. Raises `FormatError` where the call is none."""
    call = redactor.stream(names=record.names)
    lines: dict[Name | None, Line] = {}
    finals: list[Segment] = []
    screen.begin(record)
    for step in played(record.turns):
        wait(step.pause_s)
        line = Line(step.utterance)
        finals += _take(_pushed(call, step.utterance, record), line, lines, screen)
    finals += _take(call.close(), None, lines, screen)
    screen.end()
    return finals


def _pushed(call: Call, utterance: Utterance, record: Record) -> list[Segment]:
    segments = attempt(partial(call.push, utterance), source=record.source, position=record.position)
    del utterance  # no frame of a traceback may hold it
    if isinstance(segments, FormatError):
        raise segments
    return segments


def _take(
    segments: list[Segment], newest: Line | None, lines: dict[Name | None, Line], screen: Screen
) -> list[Segment]:
    """Put segments into their lines and show them; return the finals."""
    if newest is not None:
        newest.is_final = newest.utterance.is_final
        lines[newest.utterance.id] = newest
    for segment in segments:
        lines[segment.utterance].released.append(segment)
        screen.came(segment)
    over = list(takewhile(lambda line: line.is_over, lines.values()))
    screen.show(over, list(lines.values())[len(over) :])
    for line in over:
        del lines[line.utterance.id]
    return [segment for segment in segments if segment.is_final]
