"""What a worker does: files of an archive, one after the other, each to a part that is not published yet."""

from __future__ import annotations

import os
import posixpath
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from ccredact.archive.causes import Cause, RefusedError
from ccredact.archive.document import Options
from ccredact.archive.file_names import FileNames, KeptNames, RedactedNames
from ccredact.archive.layers import Work, redact_stream
from ccredact.archive.names import unpacked_name
from ccredact.archive.places import Source, Target, Unit
from ccredact.archive.steps import Hook, Step, nothing
from ccredact.archive.streams import BLOCK, Limits, Meter, Sink, failed, keyed_digest, sha256_of, silent
from ccredact.archive.tally import Tally
from ccredact.errors import FormatError
from ccredact.policy import Policy
from ccredact.redactor import Redactor

if TYPE_CHECKING:
    from ccredact.archive.containers import Member
    from ccredact.transcript import Segment, Utterance


@dataclass(frozen=True, slots=True)
class Settings:
    """All that a worker needs to know; `key` is not shown. A policy travels, no state of a redactor."""

    source: Source
    target: Target
    policy: Policy
    key: bytes | None = field(default=None, repr=False)
    tagger: bool | str | Path = True
    options: Options = field(default_factory=Options)
    limits: Limits = field(default_factory=Limits)
    unpack: bool = False
    output: str = ""
    redact_file_names: bool = False
    at: Hook = nothing

    def names(self, redactor: Redactor) -> FileNames:
        """Return what files are called, by a redactor of these settings; raises `PolicyError` where a key is needed."""
        return RedactedNames(redactor, self.key) if self.redact_file_names else KeptNames()

    def units(self, names: FileNames) -> Iterator[Unit]:
        """Yield the files of the archive as they are called; raises `RefusedError` where it cannot be looked at."""
        try:
            for unit in self.source.units():
                yield self.called(unit, names)
        except OSError as error:
            failure = failed(error, Cause.INPUT, "the archive")
        else:
            return
        raise failure

    def called(self, unit: Unit, names: FileNames) -> Unit:
        """Return a file by the name that it is called by."""
        shown = names.shown(unit.name)
        return unit if shown == unit.name else replace(unit, name=shown, hidden=unit.name)

    def output_of(self, name: str) -> str:
        """Return the name of the output of a file: its own, or `output` where the archive is one file."""
        return self.output or name

    def digest(self, stream: BinaryIO, *, beat: Callable[[], None] = silent) -> str:
        """Return what an input is known by under the key, "" without one: an open digest would tell what is hidden."""
        return "" if self.key is None else keyed_digest(stream, self.key, beat=beat)

    def folder_of(self, name: str) -> str:
        """Return where the members of a container go: the whole target, where the archive is one file."""
        return "" if self.output else f"{unpacked_name(name)}/"


@dataclass(frozen=True, slots=True)
class Output:
    """What is written and not published: a part, the name that it is to have, its size, time and SHA-256."""

    part: Path
    name: str
    size: int
    time: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Done:
    """What has become of a file; without outputs it is left where it was. `hmac` is the file's digest under the key."""

    unit: Unit
    tally: Tally
    hmac: str = ""
    outputs: tuple[Output, ...] = ()


def left(unit: Unit, problem: str, cause: Cause) -> Done:
    """Return what has become of a file that is left where it was."""
    tally = Tally()
    tally.leave_file(RefusedError(problem, cause=cause, source=unit.name))
    return Done(unit, tally)


class _Beating(Redactor):
    """A redactor that says so with each call that it has redacted: that is how a file gets on."""

    def __init__(self, beat: Callable[[], None], *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._beat = beat

    def redact_call(self, utterances: Iterable[Utterance], *, names: Sequence[str] = ()) -> list[Segment]:
        """Redact a finished call (`Redactor.redact_call`)."""
        self._beat()
        return super().redact_call(utterances, names=names)


@dataclass(frozen=True, slots=True)
class _Tools:
    """What files are redacted with; `beat` is called when one has got on."""

    settings: Settings
    redactor: Redactor
    names: FileNames
    beat: Callable[[], None]


def make_worker(settings: Settings, beat: Callable[[], None] = silent) -> Callable[[Sequence[Unit]], list[Done]]:
    """Return what redacts files with a redactor of its own; `beat` is called when a file has got on."""
    redactor = _Beating(beat, settings.policy, key=settings.key, tagger=settings.tagger)
    tools = _Tools(settings, redactor, settings.names(redactor), beat)
    owner = os.getppid()

    def work(units: Sequence[Unit]) -> list[Done]:
        done: list[Done] = []
        try:
            for unit in units:
                _end_without(owner)
                done.append(_redact_unit(unit, tools))
        except BaseException:
            drop(done)
            raise
        return done

    return work


def drop(group: Sequence[Done]) -> None:
    """Remove the parts of files that are not published."""
    for done in group:
        for output in done.outputs:
            with suppress(OSError):
                output.part.unlink(missing_ok=True)


def _end_without(owner: int) -> None:
    """End the process if the one that began it is gone: nobody waits for the result."""
    if os.getppid() != owner:
        raise SystemExit


def _redact_unit(unit: Unit, tools: _Tools) -> Done:
    """Redact a file to parts. Nothing is raised: what cannot be read or written is left, for a reason."""
    if unit.problem:
        return left(unit, unit.problem, unit.cause)
    tally, parts = Tally(), _Parts(tools, unit.name)
    try:
        hmac = _redacted(unit, tools, tally, parts)
        if tally.files_in and not tally.files_out:  # a container that would be empty: a document is no zip of calls
            parts.drop()
            return Done(unit, tally)
        return Done(unit, tally, hmac, parts.finished())
    except FormatError as error:
        failure = error
    except OSError as error:
        failure = failed(error, Cause.INPUT, unit.name)
    except Exception as error:  # noqa: BLE001  (it may carry text)
        failure = RefusedError(f"it cannot be handled ({type(error).__name__})", cause=Cause.INTERNAL, source=unit.name)
    except BaseException:
        parts.drop()
        raise
    parts.drop()
    counted = Tally(other_language=tally.other_language)
    counted.leave_file(failure)
    return Done(unit, counted)


def _redacted(unit: Unit, tools: _Tools, tally: Tally, parts: _Parts) -> str:
    """Write the outputs of a file to parts; return the file's digest under the key, "" without one."""
    settings = tools.settings
    name = settings.output_of(unit.name)
    settings.at(Step.READ)
    with settings.source.open(unit.path) as raw:
        hmac = settings.digest(raw, beat=tools.beat)
        folder = _FolderMembers(parts, settings.folder_of(name)) if settings.unpack else None
        settings.at(Step.WRITE)
        work = Work(
            redactor=tools.redactor,
            names=tools.names,
            options=settings.options,
            meter=Meter(settings.limits),
            tally=tally,
            scratch=settings.target.scratch,
            folder=folder,
        )
        redact_stream(raw, parts.open(name), name=unit.name, work=work)
        if settings.source.stamp(unit.path) != (unit.size, unit.stamp):
            raise RefusedError("it changed while it was read", cause=Cause.CHANGED, source=unit.name)
    if folder is not None and folder.is_used:
        parts.drop_first()
    if tally.problem:
        raise RefusedError(tally.problem, cause=Cause.INTERNAL, source=unit.name)
    return hmac


class _Parts:
    """The parts of the outputs of one file."""

    def __init__(self, tools: _Tools, source: str) -> None:
        self._target = tools.settings.target
        self._beat = tools.beat
        self._source = source
        self._open: list[tuple[str, Path, BinaryIO, Sink]] = []
        self._closed: list[Output] = []

    def open(self, name: str) -> BinaryIO:
        """Begin an output that is written until all of them are finished."""
        path, stream, sink = self._begun(name)
        self._open.append((name, path, stream, sink))
        return cast("BinaryIO", sink)

    def write(self, name: str, content: BinaryIO) -> None:
        """Write an output."""
        path, stream, sink = self._begun(name)
        self._open.append((name, path, stream, sink))
        shutil.copyfileobj(content, sink, BLOCK)
        self._close(*self._open.pop())

    def finished(self) -> tuple[Output, ...]:
        """Return all outputs, written."""
        while self._open:
            self._close(*self._open.pop())
        return tuple(self._closed)

    def drop_first(self) -> None:
        """Remove the first output: it is none."""
        _, path, stream, _ = self._open.pop(0)
        stream.close()
        path.unlink()

    def drop(self) -> None:
        """Remove everything."""
        for _, _, stream, _ in self._open:
            with suppress(OSError):
                stream.close()
        for path in (*(part[1] for part in self._open), *(output.part for output in self._closed)):
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def _begun(self, name: str) -> tuple[Path, BinaryIO, Sink]:
        try:
            handle, path = self._target.part(name)
        except OSError as error:
            failure = failed(error, Cause.OUTPUT, self._source)
        else:
            stream = os.fdopen(handle, "w+b", BLOCK)
            return path, stream, Sink(stream, name=self._source)
        raise failure

    def _close(self, name: str, path: Path, stream: BinaryIO, sink: Sink) -> None:
        sink.flush()
        found = os.fstat(stream.fileno())
        digest = sha256_of(stream, beat=self._beat)
        self._closed.append(Output(path, name, found.st_size, str(found.st_mtime_ns), digest))
        stream.close()


class _FolderMembers:
    """The members of a container as files of a folder."""

    def __init__(self, parts: _Parts, folder: str) -> None:
        self._parts = parts
        self._folder = folder
        self.is_used = False

    def begin(self) -> None:
        """Say that members go here."""
        self.is_used = True

    def add(self, name: str, member: Member, size: int, content: BinaryIO) -> None:
        """Write a member as a file."""
        del member, size
        self._parts.write(posixpath.normpath(self._folder + name), content)
