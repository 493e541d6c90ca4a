"""The report of an archive: where it may be written, and that it is written however the run ends."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ccredact.archive.files import atomic_output
from ccredact.archive.remote import is_url
from ccredact.errors import CcredactError, OutputError

if TYPE_CHECKING:
    from ccredact.archive import Result

_BEGINS: Final = b'{\n "ccredact report": '
"""By this a report of another run is known: it may be replaced, so that the same command goes on."""


def check_report(report: str, src: str, dst: str, *, taken: Iterable[str | Path], replace: bool) -> None:
    """Raise `OutputError` where a report would stand among calls, or take the place of another file.

    `taken` are files that the run reads. What is no report is replaced with `replace` alone.
    """
    place = Path(report).resolve()
    for path in (Path(given).resolve() for given in (src, dst) if not is_url(given)):
        if path == place or path in place.parents:
            raise OutputError("the report may not be in the archive or its copy")
        if place == path.with_name(f"{path.name}.manifest.jsonl"):
            raise OutputError("the report may not be the manifest")
    if any(place.exists() and Path(path).exists() and place.samefile(path) for path in taken):
        raise OutputError("the report may not be the policy or the key")
    if place.is_dir() or not place.parent.is_dir():
        raise OutputError(f"{report} is a folder, or is in one that does not exist: name a file")
    if place.is_file() and not replace and not _is_report(place):
        raise OutputError(f"{report} exists and is no report: give --replace or another name")


def _is_report(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(len(_BEGINS)) == _BEGINS


@contextmanager
def reporting(report: str | None) -> Iterator[Callable[[Result], None]]:
    """Give what takes the result of a run, and write it as a report at the end, by an error too if it can be."""
    results: list[Result] = []
    try:
        yield results.append
    except BaseException as error:
        if report is not None and results:
            stopped = str(error) if isinstance(error, CcredactError) else type(error).__name__
            with suppress(OSError, OutputError):
                _write(report, results[0], stopped)
        raise
    if report is not None:
        _write(report, results[0], "")


def _write(report: str, result: Result, stopped: str) -> None:
    """Write a report; `stopped` is why the run did not come to its end."""
    written = {"ccredact report": 1, "stopped": stopped, **result.as_json()}
    with atomic_output(report) as out:
        out.write(json.dumps(written, indent=1).encode() + b"\n")
