"""A whole archive: found, shared out to workers, published, counted."""

from __future__ import annotations

import hashlib
import heapq
import hmac
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import ccredact
from ccredact.archive.causes import Cause, RefusedError
from ccredact.archive.commit import Committer
from ccredact.archive.document import Options
from ccredact.archive.documents import check_named
from ccredact.archive.endpoints import endpoints
from ccredact.archive.file_names import FileNames, KeptNames
from ccredact.archive.manifest import Manifest, key_of, touched
from ccredact.archive.places import Unit
from ccredact.archive.remote import Remote
from ccredact.archive.steps import Hook, nothing
from ccredact.archive.streams import Limits
from ccredact.archive.survey import Survey, survey
from ccredact.archive.tally import Tally
from ccredact.archive.unit import Done, Settings, drop, left, make_worker
from ccredact.errors import OutputError
from ccredact.policy import Policy
from ccredact.redactor import Redactor
from ccredact.workers import Lost, Raised, Workers, usable_cores

TIMEOUT_S: Final = 600.0
"""For how long a worker may do nothing that can be seen, if nothing else is said, and `_SLOWEST` beside it."""
_SLOWEST: Final = (1 << 20) / 60
"""Bytes of a record that are read and redacted in a second, at the very least."""
_BATCH_FILES: Final = 32
_BATCH_BYTES: Final = 1 << 20
_LARGE: Final = 4 << 20
"""Files from which on they are begun first, so that no worker is left with a large one at the end, in bytes."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: files and bytes of the archive that are done, and all of them."""

    files: int
    files_total: int
    size: int
    size_total: int
    calls: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class Result:
    """What a run has come to: `tally` counts the files that it found, those that were done before among them.

    `resumed` files had been done before. `made_with` has the SHA-256 of policy and weights, and the version.
    """

    tally: Tally
    resumed: int
    seconds: float
    made_with: Mapping[str, Any] = field(repr=False)

    @property
    def is_clean(self) -> bool:
        """Return whether nothing was quarantined."""
        return not self.tally.quarantined

    def as_json(self) -> dict[str, Any]:
        """Return it as a report has it: counts, labels, names of files and positions."""
        counted = self.tally.as_json()
        counted["quarantined"] = sorted(counted["quarantined"], key=lambda one: (one["source"], one["position"]))
        return {
            "made_with": dict(self.made_with),
            "seconds": round(self.seconds, 1),
            "resumed": self.resumed,
            "problem": self.tally.problem,
            **counted,
        }


def run(
    src: str | Path,
    dst: str | Path,
    policy: Policy | str | Path | Mapping[str, Any] = "full",
    *,
    key: bytes | None = None,
    tagger: bool | str | Path = True,
    workers: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    on_end: Callable[[Result], None] | None = None,
    options: Options | None = None,
    limits: Limits | None = None,
    unpack: bool = False,
    redact_file_names: bool = False,
    replace: bool = False,
    verify: bool = False,
    strict: bool = False,
    sample: int | None = None,
    timeout: float = TIMEOUT_S,
    at: Hook = nothing,
) -> Result:
    """Redact an archive, a folder or a file, into a folder or a file; the same call again goes on where one stopped.

    `policy`, `key` and `tagger` are those of `Redactor`. `workers` are processes, one for each core by default; 0
    works in this process. What cannot be read is left where it was and counted, with its cause, in the result;
    `strict` raises it instead, as `FormatError`. With `unpack` the members of containers become files;
    `redact_file_names` redacts what files and members are called, and needs a key. A file that stands where an output
    belongs is left, unless `replace` is given; of a run that was stopped the outputs are known, and `verify` reads each
    of them once more to see that it is as it was written. `sample` does so many files and no more. A worker that does
    not get on for `timeout` seconds, and a minute for each MB of a record, is ended. `on_end` is given what the run
    has come to, by an error too. Raises `PolicyError`, `ModelError`, and `OutputError` where nothing can be written.
    """
    began = time.monotonic()
    if not timeout > 0:
        raise OutputError("a timeout is a number of seconds, more than 0")
    if workers is not None and workers < 0:
        raise OutputError("workers are a number of processes, 0 or more")
    settings, names, path = _prepared(
        src, dst, policy, key=key, tagger=tagger, options=options, limits=limits, unpack=unpack,
        redact_file_names=redact_file_names, at=at,
    )  # fmt: skip
    made_with = _made_with(settings)
    manifest = Manifest(path, made_with, kept=_kept(settings))
    try:
        manifest.resume(settings.target, verify=verify)
        manifest.begin()
        settings.target.sweep()
        going = _Run(settings, names, manifest, made_with, on_progress, began, sample, strict=strict, timeout=timeout)
        try:
            return going.redact(usable_cores() if workers is None else workers, replace=replace)
        finally:
            if on_end is not None:
                on_end(going.result())
    finally:
        settings.target.sweep()
        manifest.close()


def look(
    src: str | Path,
    dst: str | Path,
    policy: Policy | str | Path | Mapping[str, Any] = "full",
    *,
    key: bytes | None = None,
    tagger: bool | str | Path = True,
    options: Options | None = None,
    limits: Limits | None = None,
    unpack: bool = False,
    redact_file_names: bool = False,
    replace: bool = False,
    verify: bool = False,
    samples: int = 0,
) -> Survey:
    """Return what `run` would do with the same arguments, and calls of some files; nothing is written."""
    settings, names, path = _prepared(
        src, dst, policy, key=key, tagger=tagger, options=options, limits=limits, unpack=unpack,
        redact_file_names=redact_file_names, at=nothing,
    )  # fmt: skip
    manifest = Manifest(path, _made_with(settings), writes=False, kept=_kept(settings))
    try:
        manifest.resume(settings.target, verify=verify)
        return survey(settings, names, manifest, samples=samples, replace=replace)
    finally:
        manifest.close()


def _prepared(
    src: str | Path,
    dst: str | Path,
    policy: Policy | str | Path | Mapping[str, Any],
    *,
    key: bytes | None,
    tagger: bool | str | Path,
    options: Options | None,
    limits: Limits | None,
    unpack: bool,
    redact_file_names: bool,
    at: Hook,
) -> tuple[Settings, FileNames, Path]:
    """Return what workers need, how files are called, and the manifest's path.

    What is wrong with policy, key and tagger is raised.
    """
    source, target, output, path = endpoints(src, dst, unpack=unpack)
    loaded = Policy.load(policy)
    redactor = Redactor(loaded, key=key, tagger=tagger)
    check_named(options or Options())
    settings = Settings(
        source=source,
        target=target,
        policy=loaded,
        key=key,
        tagger=tagger,
        options=options or Options(),
        limits=limits or Limits(),
        unpack=unpack,
        output=output,
        redact_file_names=redact_file_names,
        at=at,
    )
    names = settings.names(redactor)
    if output and output == source.only and names.shown(output) != output:
        if target.only:
            raise OutputError("the copy would have the archive's file name: give another, or a folder")
        settings = replace(settings, output=names.shown(output))
    return settings, names, path


class _Run:
    """One run, from the manifest that it goes on with."""

    def __init__(
        self,
        settings: Settings,
        names: FileNames,
        manifest: Manifest,
        made_with: Mapping[str, Any],
        on_progress: Callable[[Progress], None] | None,
        began: float,
        sample: int | None,
        *,
        strict: bool,
        timeout: float,
    ) -> None:
        self._settings = settings
        self._names = names
        self._timeout = timeout
        self._manifest = manifest
        self._made_with = made_with
        self._on_progress = on_progress
        self._began = began
        self._sample = sample
        self._strict = strict
        self._tally = Tally()
        self._before = Tally()
        self._resumed = 0
        self._files = self._size = self._size_before = self._files_total = self._size_total = 0

    def redact(self, workers: int, *, replace: bool) -> Result:
        """Redact what is not done yet."""
        with (
            Committer(self._settings, self._manifest, self._published, replace=replace) as committer,
            closing(self._outcomes(self._batches(committer), workers)) as outcomes,
        ):
            for done in outcomes:
                if self._strict:
                    self._check(done)
                committer.give(done)
                self._tell()
        self._tell()
        return self.result()

    def result(self) -> Result:
        """Return what the run has come to so far."""
        tally = Tally()
        tally.add(self._before)  # filled in another thread than the other
        tally.add(self._tally)
        return Result(tally, self._resumed, time.monotonic() - self._began, self._made_with)

    def _outcomes(self, batches: Iterator[Sequence[Unit]], count: int) -> Generator[Sequence[Done]]:
        if not count:
            yield from map(make_worker(self._settings), batches)
            return
        with Workers[Sequence[Unit], list[Done]](
            _Make(self._settings), count=count, split=_split, patience=self._patience
        ) as workers:
            for outcome in workers.outcomes(batches):
                result = outcome.result
                if isinstance(result, Lost):
                    yield [_lost(unit, result) for unit in outcome.job]
                elif isinstance(result, Raised):
                    yield [left(unit, f"an error of ours ({result.kind})", Cause.INTERNAL) for unit in outcome.job]
                else:
                    yield result

    def _patience(self, batch: Sequence[Unit]) -> float:
        """Return for how many seconds a worker may do nothing that can be seen: read one record, at the most."""
        longest = min(sum(unit.size for unit in batch), self._settings.options.max_record)
        return self._timeout + longest / _SLOWEST

    def _batches(self, committer: Committer) -> Iterator[Sequence[Unit]]:
        """Yield the files to be done, some at a time; those that cannot be done are told at once."""
        batch: list[Unit] = []
        size = 0
        for unit in self._units():
            if self._is_done(unit):
                continue
            name = self._settings.output_of(unit.name)
            if not unit.problem and not self._settings.unpack and committer.in_the_way(name):
                done = [left(unit, committer.why(name), Cause.EXISTS)]
                if self._strict:
                    self._check(done)
                committer.give(done)
                continue
            batch.append(unit)
            size += unit.size
            if len(batch) >= _BATCH_FILES or size >= _BATCH_BYTES:
                yield tuple(batch)
                batch, size = [], 0
        if batch:
            yield tuple(batch)

    def _is_done(self, unit: Unit) -> bool:
        """Return whether a file was done before; it is counted."""
        place = self._manifest.done.get(key_of(unit))
        line = touched(unit, self._manifest, self._settings) if place is None else self._manifest.line_at(place)
        if line is None:
            return False
        if place is None:
            self._manifest.append([line])
        self._before.add(Tally.from_json(line["tally"]))
        self._resumed += 1
        self._size_before += unit.size
        return True

    def _units(self) -> Iterator[Unit]:
        """Yield the files, the large ones first."""
        if self._sample is not None:
            chosen = heapq.nsmallest(self._sample, self._settings.units(self._names), key=key_of)
            self._files_total, self._size_total = len(chosen), sum(unit.size for unit in chosen)
            yield from chosen
            return
        large: list[Unit] = []
        for unit in self._settings.units(KeptNames()):
            self._files_total += 1
            self._size_total += unit.size
            if unit.size >= _LARGE:
                large.append(self._settings.called(unit, self._names))
        yield from sorted(large, key=lambda unit: -unit.size)
        yield from (unit for unit in self._settings.units(self._names) if unit.size < _LARGE)

    def _published(self, done: Done) -> None:
        self._tally.add(done.tally)
        self._files += 1
        self._size += done.unit.size

    def _check(self, done: Sequence[Done]) -> None:
        for one in done:
            for found in one.tally.quarantined:
                drop(done)
                raise RefusedError(found.problem, cause=found.cause, source=found.source, position=found.position)

    def _tell(self) -> None:
        if self._on_progress is not None:
            before, tally = self._before, self._tally
            self._on_progress(
                Progress(
                    self._resumed + self._files,
                    self._files_total,
                    self._size_before + self._size,
                    self._size_total,
                    before.calls_out + tally.calls_out,
                    sum(one.files_quarantined + one.calls_quarantined for one in (before, tally)),
                )
            )


@dataclass(frozen=True, slots=True)
class _Make:
    """What a worker process is begun with."""

    settings: Settings

    def __call__(self, beat: Callable[[], None]) -> Callable[[Sequence[Unit]], list[Done]]:
        return make_worker(self.settings, beat)


def _lost(unit: Unit, lost: Lost) -> Done:
    if lost.is_hung:
        return left(unit, "its process did not get on with it", Cause.TIMEOUT)
    return left(unit, "the process that worked on it died", Cause.WORKER)


def _split(batch: Sequence[Unit]) -> Sequence[Sequence[Unit]]:
    return [(unit,) for unit in batch]


def _kept(settings: Settings) -> Remote | None:
    """Return where the manifest is kept, None where it is a file beside the outputs."""
    return settings.target if isinstance(settings.target, Remote) else None


def _made_with(settings: Settings) -> dict[str, Any]:
    """Return what outputs are made with: an output that was made with anything else is not this run's."""
    options = settings.options
    key = settings.key
    return {
        "ccredact": ccredact.__version__,
        "policy": settings.policy.digest(),
        "weights": _weights(settings.tagger),
        "key": None if key is None else hmac.digest(key, b"ccredact manifest", "sha256").hex()[:16],
        "format": options.format,
        "max_record": options.max_record,
        "quarantine_other_language": options.quarantine_other_language,
        "columns": dict(options.columns),
        "one_call": options.one_call,
        "unpack": settings.unpack,
        "file_names": "redacted" if settings.redact_file_names else "kept",
    }


def _weights(tagger: bool | str | Path) -> str | None:  # noqa: FBT001  (as `Redactor` has it)
    """Return the SHA-256 of the weights, None where there are none."""
    if tagger is False:
        return None
    from ccredact.tagger.weights import PIPELINE_FILE, shipped_bytes  # noqa: PLC0415  (it loads NumPy)

    if tagger is True:
        return hashlib.sha256(shipped_bytes()).hexdigest()
    path = Path(tagger)
    return hashlib.sha256((path / PIPELINE_FILE if path.is_dir() else path).read_bytes()).hexdigest()
