"""The commands. What their help says is in `help`."""

from __future__ import annotations

import importlib.util
import json
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

import ccredact
import ccredact.cli.help as texts
from ccredact.archive.files import recognised
from ccredact.archive.tally import Tally
from ccredact.cli.archive import archive
from ccredact.cli.explain import explained
from ccredact.cli.options import AdapterOption, AfterOption, FormatOption, KeyOption, PolicyOption
from ccredact.cli.signals import lines_until_stopped
from ccredact.cli.streams import STANDARD, opened, output, standard_input, standard_output
from ccredact.cli.terminal import is_terminal, painter, progress, reported, summary, tell
from ccredact.cli.watch import play, screen_for
from ccredact.core.call import DEADLINE
from ccredact.formats import get_format
from ccredact.lang.en.share import is_english
from ccredact.live.adapters import adapter
from ccredact.live.collector import young_only
from ccredact.live.events import redact_events
from ccredact.live.limits import OUTCOMES, Outcome
from ccredact.live.pool import EVERY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ccredact.formats import Format, Record
    from ccredact.policy import Policy
    from ccredact.redactor import Redactor
    from ccredact.transcript import Name, Segment

InputArgument = Annotated[str, typer.Argument(metavar="PATH", help="The transcript; - is standard input.")]
OutOption = Annotated[str, typer.Option("-o", "--output", metavar="OUT", help="Where to write; - is standard output.")]

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    help=texts.ROOT,
    epilog=texts.ROOT_EXAMPLES,
)


def _print_version(asked: bool) -> None:  # noqa: FBT001  (typer passes it by place)
    if asked:
        engine = importlib.util.find_spec("ccredact.core.scanner")
        compiled = engine is not None and not (engine.origin or "").endswith(".py")
        typer.echo(f"ccredact {ccredact.__version__} ({'compiled' if compiled else 'plain Python'})")
        raise typer.Exit


@app.callback()
def root(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Hold the options that go before a command."""


@app.command(help=texts.REDACT, epilog=texts.REDACT_EXAMPLES)
def redact(
    path: InputArgument = STANDARD,
    *,
    out: OutOption = STANDARD,
    from_: FormatOption = None,
    policy: PolicyOption = "full",
    key_file: KeyOption = None,
    check_language: Annotated[bool, typer.Option("--check-language", help=texts.CHECK_LANGUAGE)] = False,
) -> None:
    """Redact a file, call by call."""
    with reported():
        redactor, tally, has_speakers = _redactor(policy, key_file), Tally(), False
        with _opened(path, from_, out, redactor.policy) as (known, records, target):
            paint = painter() if out == STANDARD and known.name == "text" else None
            for record in records:
                if check_language and not is_english(utterance.text for utterance in record.turns):
                    tell(f"{record.source}: {record.position or 'the call'}: fewer than half of its words are English")
                has_speakers = has_speakers or any(turn.speaker is not None for turn in record.turns)
                target.write(_redacted(redactor, record, tally, paint))
        if not has_speakers and tally.turns_in > 1:
            tell(f"no speakers found in {_source(path)}: questions and answers are followed less well")
        if sys.stderr is not None and (out != STANDARD or is_terminal(sys.stderr)):
            if sys.stdout is not None:
                sys.stdout.flush()
            sys.stderr.write(f"{summary(tally)}\n")


app.command(help=texts.ARCHIVE, epilog=texts.ARCHIVE_EXAMPLES)(archive)


@app.command(help=texts.EXPLAIN, epilog=texts.EXPLAIN_EXAMPLES)
def explain(
    path: InputArgument = STANDARD,
    *,
    out: OutOption = STANDARD,
    from_: FormatOption = None,
    policy: PolicyOption = "full",
    key_file: KeyOption = None,
) -> None:
    """Print the redacted calls with the reason of every entity."""
    with reported():
        redactor = _redactor(policy, key_file)
        with _opened(path, from_, out, redactor.policy) as (_, records, target):
            paint = painter() if out == STANDARD else None
            for record in records:
                if record.is_call:
                    segments = redactor.redact_call(record.utterances, names=record.names)
                    target.write(explained(record, paint(segments) if paint else segments))


@app.command(help=texts.DETECT, epilog=texts.DETECT_EXAMPLES)
def detect(
    path: Annotated[str, typer.Argument(metavar="CALLS.jsonl", help="Calls, one a line; - is standard input.")],
    *,
    out: OutOption = STANDARD,
    policy: PolicyOption = "full",
) -> None:
    """Write the entities of every call with offsets in the original text."""
    with reported():
        redactor = _redactor(policy, None)
        with opened(path) as raw, progress(raw, path) as seen, output(out) as target:
            for record in get_format("jsonl").read(seen, source=path, policy=redactor.policy):
                if record.is_call:
                    target.write(_found(redactor, record))


@app.command(help=texts.STREAM, epilog=texts.STREAM_EXAMPLES)
def stream(
    *,
    from_: AdapterOption = None,
    policy: PolicyOption = "full",
    key_file: KeyOption = None,
    after: AfterOption = DEADLINE,
) -> None:
    """Redact events as they come."""
    with reported():
        redactor = _redactor(policy, key_file)
        known = None if from_ is None else adapter(from_, policy=redactor.policy)
        write = partial(_write_at_once, standard_output())
        with young_only(), lines_until_stopped(standard_input(), every=EVERY) as lines:
            streamed = redact_events(redactor, lines, write, known, after=after)
        for outcome, count in streamed.refused.items():
            became = "not read" if outcome == Outcome.UNREAD_EVENT else "not taken"
            tell(f"{count} {became}: {OUTCOMES[Outcome(outcome)]}")
        if not streamed.is_read:
            raise typer.Exit(1)


@app.command(help=texts.WATCH, epilog=texts.WATCH_EXAMPLES)
def watch(
    path: InputArgument = STANDARD,
    *,
    from_: FormatOption = None,
    policy: PolicyOption = "full",
    key_file: KeyOption = None,
    speed: Annotated[float, typer.Option("--speed", metavar="TIMES", min=0.01, help=texts.SPEED)] = 1.0,
    no_wait: Annotated[bool, typer.Option("--no-wait", help=texts.NO_WAIT)] = False,
    show_original: Annotated[bool, typer.Option("--show-original", help=texts.SHOW_ORIGINAL)] = False,
) -> None:
    """Play calls as a recogniser would write them."""
    with reported():
        redactor = _redactor(policy, key_file)
        with (
            _opened(path, from_, STANDARD, redactor.policy) as (_, records, target),
            screen_for(target, kept=redactor.policy.kept, original=show_original) as screen,
        ):
            pause = _no_wait if no_wait or not is_terminal(sys.stdout) else partial(_wait, speed)
            for record in records:
                if record.is_call:
                    play(record, redactor, screen, wait=pause)


def _no_wait(pause_s: float) -> None:
    """Go on at once: nobody watches."""


def _wait(speed: float, pause_s: float) -> None:
    sleep(pause_s / speed)


@contextmanager
def _opened(
    path: str, from_: str | None, out: str, policy: Policy
) -> Iterator[tuple[Format, Iterator[Record], BinaryIO]]:
    """Open a transcript and the output; give its format, its records as they are read, and where to write."""
    known = get_format(from_) if from_ is not None else None
    source = _source(path)
    with opened(path) as raw, progress(raw, path) as seen, output(out) as target:
        known, whole = (known, seen) if known else recognised(seen, source=source)
        yield known, known.read(whole, source=source, policy=policy), target


def _source(path: str) -> str:
    return "standard input" if path == STANDARD else path


def _redactor(policy: str, key_file: Path | None) -> Redactor:
    return ccredact.Redactor(policy, key=None if key_file is None else key_file.read_bytes())


def _redacted(
    redactor: Redactor, record: Record, tally: Tally, paint: Callable[[list[Segment]], list[Segment]] | None
) -> bytes:
    if not record.is_call:
        return record.write(())
    tally.came_in(record.turns)
    segments = redactor.redact_call(record.utterances, names=record.names)
    data = record.write(paint(segments) if paint else segments)
    tally.went_out(record.turns, segments, fields=record.fields, kept=redactor.policy.kept)
    return data


def _found(redactor: Redactor, record: Record) -> bytes:
    turns: dict[Name | None, list[dict[str, object]]] = {utterance.id: [] for utterance in record.turns}
    for segment in redactor.redact_call(record.utterances, names=record.names)[: len(turns)]:
        turns[segment.utterance] += [
            {
                "start": entity.start,
                "end": entity.end,
                "label": entity.label,
                "score": entity.score,
                "reason": entity.reason,
            }
            for entity in segment.entities
        ]
    call = {"id": record.id, "turns": [{"entities": entities} for entities in turns.values()]}
    return json.dumps(call).encode() + b"\n"


def _write_at_once(target: BinaryIO, line: bytes) -> None:
    target.write(line)
    target.flush()
