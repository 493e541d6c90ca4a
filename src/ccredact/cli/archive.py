"""The command `archive`: a whole archive, its progress and its report."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Final

import typer

import ccredact.cli.help as texts
from ccredact.archive import TIMEOUT_S, Options, Progress, Result, look, run
from ccredact.archive.tables.columns import ROLES
from ccredact.cli.explain import explained
from ccredact.cli.options import KeyOption, PolicyOption
from ccredact.cli.report import check_report, reporting
from ccredact.cli.terminal import is_terminal, reported, tell
from ccredact.errors import CcredactError
from ccredact.redactor import Redactor

if TYPE_CHECKING:
    from ccredact.archive import Survey
    from ccredact.archive.tally import Noticed, Quarantined, Tally

_SHOWN: Final = 20
"""How many things that were left are shown; a report has all."""
_UNITS: Final = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
_ROLES: Final = tuple(sorted(ROLES))
_OTHER_LANGUAGE: Final = ("keep", "quarantine")
_SAMPLES: Final = 3


class OptionError(CcredactError):
    """An option of the command has a value that it cannot have."""


def archive(
    src: Annotated[str, typer.Argument(metavar="SRC", help="A folder, a container or a file.")],
    dst: Annotated[str, typer.Argument(metavar="DST", help="Where the redacted copy goes.")],
    *,
    policy: PolicyOption = "full",
    key_file: KeyOption = None,
    from_: Annotated[str | None, typer.Option("--from", metavar="FORMAT", help=texts.ARCHIVE_FORMAT)] = None,
    column: Annotated[list[str] | None, typer.Option("--column", metavar="ROLE=NAME", help=texts.COLUMN)] = None,
    one_call: Annotated[bool, typer.Option("--one-call", help=texts.ONE_CALL)] = False,
    workers: Annotated[int | None, typer.Option("--workers", metavar="N", min=1, help=texts.WORKERS)] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=texts.DRY_RUN)] = False,
    sample: Annotated[int | None, typer.Option("--sample", metavar="N", min=1, help=texts.SAMPLE)] = None,
    strict: Annotated[bool, typer.Option("--strict", help=texts.STRICT)] = False,
    replace: Annotated[bool, typer.Option("--replace", help=texts.REPLACE)] = False,
    verify: Annotated[bool, typer.Option("--verify", help=texts.VERIFY)] = False,
    unpack: Annotated[bool, typer.Option("--unpack", help=texts.UNPACK)] = False,
    redact_file_names: Annotated[bool, typer.Option("--redact-file-names", help=texts.REDACT_FILE_NAMES)] = False,
    timeout: Annotated[float, typer.Option("--timeout", metavar="SECONDS", min=5, help=texts.TIMEOUT)] = TIMEOUT_S,
    max_record: Annotated[str, typer.Option("--max-record", metavar="SIZE", help=texts.MAX_RECORD)] = "64M",
    on_other_language: Annotated[
        str, typer.Option("--on-other-language", metavar="keep|quarantine", help=texts.ON_OTHER_LANGUAGE)
    ] = "keep",
    report: Annotated[str | None, typer.Option("--report", metavar="FILE", help=texts.REPORT)] = None,
) -> None:
    """Redact a whole archive."""
    code = 0
    with reported():
        options = Options(
            format=from_,
            max_record=_size(max_record),
            quarantine_other_language=_one_of(on_other_language, _OTHER_LANGUAGE) == "quarantine",
            columns=_columns(column or []),
            one_call=one_call,
        )
        key = None if key_file is None else key_file.read_bytes()
        if dry_run:
            found = look(
                src, dst, policy, key=key, options=options, unpack=unpack, redact_file_names=redact_file_names,
                replace=replace, verify=verify, samples=sample or _SAMPLES,
            )  # fmt: skip
            _show(found, Redactor(policy, key=key))
        else:
            if report is not None:
                taken = [path for path in (policy, key_file) if path is not None]
                check_report(report, src, dst, taken=taken, replace=replace)
            with reporting(report) as on_end, _progress() as on_progress:
                result = run(
                    src, dst, policy, key=key, workers=workers, on_progress=on_progress, on_end=on_end, options=options,
                    unpack=unpack, redact_file_names=redact_file_names, replace=replace, verify=verify, strict=strict,
                    sample=sample, timeout=timeout,
                )  # fmt: skip
            code = _told(result, has_report=report is not None)
    if code:
        raise typer.Exit(code)


def _size(text: str) -> int:
    """Return bytes, as "64M" says them; raises `OptionError`."""
    number, unit = text.rstrip("kKmMgG"), text[len(text.rstrip("kKmMgG")) :].lower()
    if not number.isdecimal() or unit not in _UNITS or not int(number):
        raise OptionError("--max-record is a size in bytes: 64M, 500k, 1G")
    return int(number) * _UNITS[unit]


def _one_of(given: str, known: tuple[str, ...]) -> str:
    if given not in known:
        raise OptionError(f"--on-other-language is {' or '.join(known)}")
    return given


def _columns(given: list[str]) -> dict[str, str]:
    columns = {}
    for text in given:
        role, mark, name = text.partition("=")
        if not mark or role not in _ROLES or not name:
            raise OptionError(f"--column is ROLE=NAME, with a role of {', '.join(_ROLES)}")
        columns[role] = name
    return columns


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None] | None]:
    """Give what shows the progress of a run, None where nobody sees it."""
    if not is_terminal(sys.stderr):
        yield None
        return
    from rich.console import Console  # noqa: PLC0415  (only a run with a person before it pays for it)
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn, TransferSpeedColumn  # noqa: PLC0415
    from rich.progress import Progress as Bar  # noqa: PLC0415

    columns = (
        TextColumn("{task.fields[files]} files, {task.fields[calls]} calls"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[left]}"),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, files="0", calls=0, left="")

        def show(progress: Progress) -> None:
            left = f"{progress.quarantined} quarantined" if progress.quarantined else ""
            bar.update(
                task, completed=progress.size, total=progress.size_total, calls=progress.calls, left=left,
                files=f"{progress.files}/{progress.files_total}",
            )  # fmt: skip

        yield show


def _told(result: Result, *, has_report: bool) -> int:
    """Say what a run has come to; return its exit code."""
    tally = result.tally
    if sys.stderr is not None:
        for left in tally.quarantined[:_SHOWN]:
            tell(_line(left))
        if len(tally.quarantined) > _SHOWN:
            where = "the report has all" if has_report else "give --report FILE to have all"
            tell(f"and {len(tally.quarantined) - _SHOWN} more: {where}")
        for line in _noticed(tally.notices, "the report has all" if has_report else "give --report FILE to have all"):
            tell(line)
        sys.stderr.write(_summary(tally, result.resumed))
    if tally.problem:
        tell(f"internal error: {tally.problem}")
    return 0 if result.is_clean and not tally.problem else 1


def _line(left: Quarantined) -> str:
    where = f"{left.source}: {left.position}" if left.position else left.source
    return _printable(f"{where}: {left.problem} ({left.cause})")


def _noticed(notices: Sequence[Noticed], where: str) -> Iterator[str]:
    """Yield the lines about files that were done; `where` says where more of them are told."""
    for noticed in notices[:_SHOWN]:
        yield _printable(f"{noticed.source}: {noticed.text} ({noticed.notice})")
    if len(notices) > _SHOWN:
        yield f"and {len(notices) - _SHOWN} more: {where}"


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in text)


def _summary(tally: Tally, resumed: int) -> str:
    hidden = ", ".join(f"{label} {count}" for label, count in sorted(tally.entities.items()))
    lines = [
        f"files       {tally.files_in} in, {tally.files_out} out, {tally.files_quarantined} quarantined"
        + (f", {resumed} done before" if resumed else ""),
        f"calls       {tally.calls_in} in, {tally.calls_out} out, {tally.calls_quarantined} quarantined",
        f"turns       {tally.turns_in} in, {tally.turns_out} out, {tally.turns_quarantined} quarantined",
        f"words       {tally.words}",
        f"hidden      {tally.entities.total()}" + (f": {hidden}" if hidden else ""),
    ]
    if tally.notices:
        lines.append(f"notices     {len(tally.notices)} files may not be read as they are meant")
    if tally.other_language:
        lines.append(f"language    {tally.other_language} calls are not English: little is hidden in them")
    if tally.masked:
        lines.append(f"masked      {tally.masked} utterances, after an error inside a detector")
    return "\n".join(lines) + "\n"


def _show(found: Survey, redactor: Redactor) -> None:
    """Print what a run would do, and some calls as it would write them."""
    out = sys.stdout
    for kind, count in sorted(found.files.items()):
        out.write(f"{kind:<20} {count:>10} files {found.sizes[kind]:>16} bytes\n")
    out.write(f"to do {found.to_do}, done {found.done}, in the way {found.in_the_way}, cannot be read ")
    out.write(f"{len(found.problems)}\n")
    for left in found.problems[:_SHOWN]:
        out.write(f"  {_line(left)}\n")
    if len(found.problems) > _SHOWN:
        out.write(f"  and {len(found.problems) - _SHOWN} more\n")
    for line in _noticed(found.notices, "a run tells them"):
        out.write(f"  {line}\n")
    for record in found.samples:
        segments = redactor.redact_call(record.utterances, names=record.names)
        out.write("\n" + explained(record, segments).decode("utf-8", "replace"))
