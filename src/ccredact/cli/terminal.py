"""What a person sees: errors in one line, colours, progress, the summary. None of it goes into a file."""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, TextIO

import typer

from ccredact.errors import CcredactError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ccredact.archive.tally import Tally
    from ccredact.transcript import Entity, Name, Segment

FAILED: Final = 1
"""Exit code of an error of ours."""
REFUSED: Final = 2
"""Exit code of bad input, a bad policy or a bad command line."""
PIPE_CLOSED: Final = 141
"""Exit code when nobody reads the output any more: what a shell reports of other programs then."""

_LONG_BYTES: Final = 1_000_000
"""A file from which on a progress bar is shown."""


def summary(tally: Tally) -> str:
    """Return what came in, what went out and what was hidden, in lines."""
    hidden = ", ".join(f"{label} {count}" for label, count in sorted(tally.entities.items()))
    lines = [
        f"calls       {tally.calls_in} in, {tally.calls_out} out",
        f"utterances  {tally.turns_in} in, {tally.turns_out} out",
        f"hidden      {tally.entities.total()}" + (f": {hidden}" if hidden else ""),
    ]
    if tally.masked:
        lines.append(f"masked      {tally.masked} utterances, after an error inside a detector")
    return "\n".join(lines)


@contextmanager
def reported() -> Iterator[None]:
    """Turn whatever goes wrong in the block into one line on standard error and an exit code.

    No traceback is ever shown: its frames, and the messages of errors that are not ours, may hold text.
    """
    message, code = "", 0
    try:
        yield
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        code = PIPE_CLOSED
        _drop_output()
    except CcredactError as error:
        message, code = str(error), REFUSED
    except OSError as error:
        message, code = _os_problem(error), REFUSED
    except (typer.Exit, typer.Abort):
        raise
    except Exception as error:  # noqa: BLE001  (see above)
        message, code = f"internal error: {type(error).__name__} at {_place(error)}", FAILED
    if message:
        tell(message)
    if code:
        raise typer.Exit(code)


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether somebody sees a standard stream; one that the shell has closed is None."""
    return stream is not None and stream.isatty()


def tell(message: str) -> None:
    """Write one line on standard error, if it is open."""
    if sys.stderr is not None:
        sys.stderr.write(f"ccredact: {' '.join(message.split())}\n")


def _os_problem(error: OSError) -> str:
    problem = error.strerror or type(error).__name__
    return f"{error.filename}: {problem}" if isinstance(error.filename, str) else problem


def _place(error: BaseException) -> str:
    """Return the file and line where `error` arose: names of code, no values."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "an unknown place"


def _drop_output() -> None:
    """Let the interpreter's last flush go nowhere, where it would complain about the closed pipe."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
    except (OSError, ValueError):
        return


@contextmanager
def progress(stream: BinaryIO, path: str) -> Iterator[BinaryIO]:
    """Show how far a long file is read, if somebody is there to see it and no text is on the screen."""
    size = Path(path).stat().st_size if Path(path).is_file() else 0
    if size < _LONG_BYTES or not is_terminal(sys.stderr) or is_terminal(sys.stdout):
        yield stream
        return
    from rich.console import Console  # noqa: PLC0415  (only a long run with a person before it pays for it)
    from rich.progress import wrap_file  # noqa: PLC0415

    console = Console(stderr=True)
    with wrap_file(stream, size, description="redacting", console=console, transient=True) as reader:
        yield reader


def painter() -> Callable[[list[Segment]], list[Segment]] | None:
    """Return what colours the hidden parts of a call, or None where standard output shows no colours."""
    if not is_terminal(sys.stdout):
        return None
    from rich.console import Console  # noqa: PLC0415  (only an output on the screen pays for it)
    from rich.style import Style  # noqa: PLC0415

    if Console().color_system is None:
        return None
    style = Style(color="magenta", bold=True)
    return lambda segments: painted(segments, style.render)


def painted(segments: Iterable[Segment], paint: Callable[[str], str]) -> list[Segment]:
    """Return the segments of a call with `paint` applied to the text of each entity, offsets moved along."""
    moved: dict[Name, int] = {}  # how much longer the output of each utterance has become
    result = []
    for segment in segments:
        shift = moved.get(segment.utterance, 0)
        out_start = segment.out_start + shift
        parts: list[str] = []
        entities: list[Entity] = []
        at = 0
        for entity in segment.entities:
            start, end = entity.out_start - segment.out_start, entity.out_end - segment.out_start
            shown = paint(segment.text[start:end]) if end > start else ""
            parts += (segment.text[at:start], shown)
            out = entity.out_start + shift
            entities.append(replace(entity, out_start=out, out_end=out + len(shown)))
            shift += len(shown) - (end - start)
            at = end
        text = "".join([*parts, segment.text[at:]])
        moved[segment.utterance] = shift
        result.append(replace(segment, text=text, entities=tuple(entities), out_start=out_start))
    return result
