"""The manifest: lines that are only ever added, by which a run that was killed goes on where it was.

A line of `run` says with what the lines behind it were made. A line of `done` is made to last before its outputs get
their names, a line of `mark` is added behind that. So an output without a line is somebody else's, a line whose output
is missing is worth nothing, and behind the last mark an output is what its line says only if its SHA-256 does.
Lines of `left` say what stays where it was. No line holds text of a call, nor a digest of an input that could be tried
out: with a key it is an HMAC under it, without one there is none.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from ccredact.archive.streams import sha256_of
from ccredact.errors import OutputError

if TYPE_CHECKING:
    from ccredact.archive.places import Target, Unit
    from ccredact.archive.unit import Done, Settings

_VERSION: Final = 2


def touched(unit: Unit, manifest: Manifest, settings: Settings) -> Mapping[str, Any] | None:
    """Return the line of a file that has another time than when it was done, and is the same: with a key it can tell.

    Where it cannot be read it is another.
    """
    line = None if settings.key is None or unit.problem else manifest.line_of(unit.name, unit.size)
    if line is None:
        return None
    with suppress(OSError), settings.source.open(unit.path) as stream:
        if hmac.compare_digest(settings.digest(stream), str(line["hmac"])):
            return {**line, "stamp": unit.stamp}
    return None


def key_of(unit: Unit) -> bytes:
    """Return what a file is known by: its name, size and time of change."""
    return _key(unit.name, unit.size, unit.stamp)


def _named(name: str) -> bytes:
    """Return what a name is known by, in few bytes: an archive may have millions."""
    return hashlib.sha256(name.encode()).digest()[:12]


def _key(name: str, size: int, stamp: str) -> bytes:
    return hashlib.sha256(f"{name}\0{size}\0{stamp}".encode()).digest()[:16]


class Kept(Protocol):
    """Where the pieces of a manifest are kept that cannot be a file that is added to."""

    def segments(self) -> Iterator[bytes]:
        """Yield the pieces, in the order in which they were kept."""

    def keep(self, data: bytes, number: int) -> None:
        """Add a piece; raises `OSError`."""


class Manifest:
    """A manifest that one run at a time may write; raises `OutputError` where another does, or it cannot be.

    `made_with` describes the run: what was made with anything else is not this run's. Without `writes` it is only read,
    and need not be there.
    """

    def __init__(
        self, path: Path, made_with: Mapping[str, Any], *, writes: bool = True, kept: Kept | None = None
    ) -> None:
        self._path = path
        self._made_with = json.dumps(made_with, sort_keys=True)
        self._run = hashlib.sha256(self._made_with.encode()).hexdigest()[:16]
        self.done: dict[bytes, int] = {}
        self.ours: set[str] = set()
        self._made: dict[bytes, bytes] = {}
        self._claimed: dict[bytes, bytes] = {}
        self._changed: set[bytes] = set()
        self._others: set[bytes] = set()
        self._inputs: dict[bytes, int] = {}
        self._lock = threading.Lock()
        self._handle = _locked(path) if writes or kept is not None else None
        self._kept = kept
        self._pieces = 0
        self._waiting = b""
        if kept is not None and self._handle is not None:
            os.ftruncate(self._handle, 0)
            for piece in kept.segments():
                os.write(self._handle, piece)
                self._pieces += 1

    def close(self) -> None:
        """Let others write it; what is a copy alone is removed, with its folder if that is empty."""
        if self._handle is None:
            return
        if self._kept is not None:
            with suppress(OSError):
                self._path.unlink()
                self._path.parent.rmdir()
        os.close(self._handle)

    def resume(self, target: Target, *, verify: bool) -> None:
        """Find out what is done: `done` has the keys of the files, and where their lines begin.

        `ours` has the outputs of files of which not all outputs are there: they may be written once more. An output
        stands that has the size and the time with which it was written, or else the SHA-256; with `verify` that counts
        alone. Raises `OutputError` where the copy has names of another kind than this run writes, or under another key.
        """
        marked = self._end_of_marked()
        at = 0
        ours = False
        for line in self._lines():
            entry = _entry(line)
            if "run" in entry:
                ours = entry["run"] == self._run
                self._check_names(entry["made_with"])
            elif "done" in entry:
                self._forget(entry, ours=ours)
                if ours:
                    self._take(entry, target, at, exactly=verify or at >= marked)
            at += len(line)

    def begin(self) -> None:
        """Say with what the lines to come are made."""
        self.append([{"run": self._run, "manifest": _VERSION, "made_with": json.loads(self._made_with)}])

    def line_at(self, place: int) -> Mapping[str, Any]:
        """Return the line that begins at a place of `done`."""
        with self._path.open("rb") as stream:
            stream.seek(place)
            return _entry(stream.readline())

    def line_of(self, name: str, size: int) -> Mapping[str, Any] | None:
        """Return the line of what was made of a file with this name and size, where its digest is known."""
        place = self._inputs.get(_named(name))
        line = None if place is None else self.line_at(place)
        return line if line is not None and line["done"] == name and line["size"] == size and line["hmac"] else None

    def why(self, output: str) -> str:
        """Return why a file that stands where an output belongs is not replaced, in fixed words."""
        name = _named(output)
        if name in self._changed:
            return "its output stands, but is not as it was written"
        if name in self._made:
            return "its output stands, but the file has changed or was touched since then"
        if name in self._others:
            return "its output stands, made with another policy, key, version or option"
        return "a file that no run has made stands where its output belongs"

    def claim(self, unit: Unit, outputs: Iterable[str]) -> bool:
        """Return whether outputs belong to a file, and to no other one of the archive: names may become the same."""
        own = _named(unit.name)
        owners = {self._claimed.setdefault(_named(output), own) for output in outputs}
        return owners <= {own}

    def _check_names(self, made_with: Mapping[str, Any]) -> None:
        made = json.loads(self._made_with)
        before, now = made_with.get("file_names"), made["file_names"]
        if before != now and "redacted" in {before, now}:
            way = "redacted" if before == "redacted" else "as they are"
            raise OutputError(f"the copy was made with file names {way}: do the same, or give another place")
        if now == "redacted" and made_with.get("key") != made["key"]:
            raise OutputError(
                "the copy was made with another key, which file names are redacted with: give that, or another place"
            )

    def _forget(self, entry: Mapping[str, Any], *, ours: bool) -> None:
        """Take what an older line says of the same outputs for past: they were replaced."""
        for output in entry["outputs"]:
            name = _named(output["name"])
            self._changed.discard(name)
            old = self._made.pop(name, None)
            if old is not None:
                self.done.pop(old, None)
            if not ours:
                self._others.add(name)

    def _take(self, entry: Mapping[str, Any], target: Target, place: int, *, exactly: bool) -> None:
        key = _key(entry["done"], entry["size"], entry["stamp"])
        names = {output["name"]: _named(output["name"]) for output in entry["outputs"]}
        self._made |= dict.fromkeys(names.values(), key)
        if all(_stands(output, target, exactly=exactly) for output in entry["outputs"]):
            self.done[key] = place
            if entry["hmac"]:
                self._inputs[_named(entry["done"])] = place
            return
        stands = {output["name"] for output in entry["outputs"] if _stands(output, target, exactly=True)}
        self.ours |= stands
        self._changed |= {names[name] for name in names.keys() - stands}

    def _end_of_marked(self) -> int:
        at = marked = 0
        for line in self._lines():
            at += len(line)
            if "mark" in _entry(line):
                marked = at
        return marked

    def _lines(self) -> Iterator[bytes]:
        """Yield the lines that are whole; the last one may not be, after a kill, and is then cut off."""
        if self._handle is None and not self._path.exists():
            return
        whole = 0
        with self._path.open("rb") as stream:
            for line in stream:
                if not line.endswith(b"\n"):
                    break
                whole += len(line)
                yield line
        if self._handle is not None:
            os.ftruncate(self._handle, whole)

    def append(self, entries: Iterable[Mapping[str, Any]], *, lasting: bool = True) -> None:
        """Add lines; raises `OutputError`."""
        if self._handle is None:
            raise OutputError("the manifest is only read")
        data = "".join(json.dumps(entry) + "\n" for entry in entries).encode()
        problem = ""
        try:
            with self._lock:
                self._write(self._handle, data, lasting=lasting)
        except OSError as error:
            problem = error.strerror or type(error).__name__
        if problem:
            raise OutputError(f"the manifest cannot be written: {problem}")

    def _write(self, handle: int, data: bytes, *, lasting: bool) -> None:
        written = 0
        while written < len(data):
            written += os.write(handle, data[written:])
        if lasting:
            os.fsync(handle)
        self._keep(data, lasting=lasting)

    def _keep(self, data: bytes, *, lasting: bool) -> None:
        """Keep what has been written, where it is not the file itself that lasts."""
        self._waiting += data
        if self._kept is not None and lasting:
            self._kept.keep(self._waiting, self._pieces)
            self._pieces += 1
        if self._kept is None or lasting:
            self._waiting = b""

    def mark(self) -> None:
        """Say that all outputs of the lines so far have their names."""
        self.append([{"mark": True}], lasting=False)


def line_of(done: Done) -> dict[str, Any]:
    """Return the line of a file."""
    unit = done.unit
    if not done.outputs:
        return {"left": unit.name, "size": unit.size, "stamp": unit.stamp, "tally": done.tally.as_json()}
    return {
        "done": unit.name,
        "size": unit.size,
        "stamp": unit.stamp,
        "hmac": done.hmac,
        "outputs": [
            {"name": out.name, "size": out.size, "time": out.time, "sha256": out.sha256} for out in done.outputs
        ],
        "tally": done.tally.as_json(),
    }


def _stands(output: Mapping[str, Any], target: Target, *, exactly: bool) -> bool:
    if target.size(output["name"]) != output["size"]:
        return False
    if not exactly and target.time(output["name"]) in {"", output.get("time", "")}:
        return True
    with suppress(OSError), target.open(output["name"]) as stream:
        return sha256_of(stream) == str(output["sha256"])
    return False


def _entry(line: bytes) -> Mapping[str, Any]:
    with suppress(ValueError):
        entry = json.loads(line)
        if isinstance(entry, dict):
            return entry
    raise OutputError("the manifest is broken: take it away, and give --replace or another folder")


def _locked(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    except OSError as error:
        raise OutputError(f"no manifest can be written: {error.strerror}") from None
    if os.name == "posix":
        import fcntl  # noqa: PLC0415  (elsewhere there is none)

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_there = path.stat().st_ino == os.fstat(handle).st_ino  # a run that ends removes a copy
        except OSError:
            is_there = False
        if not is_there:
            os.close(handle)
            raise OutputError("another run is writing there")
    return handle
