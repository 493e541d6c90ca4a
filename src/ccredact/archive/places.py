"""Folders: where an archive is read, and where its redacted copy is written."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from ccredact.archive.causes import Cause
from ccredact.archive.parts import is_part, open_part, sweep, sync_folder
from ccredact.formats import HEAD_BYTES

MANIFEST: Final = "_ccredact_manifest.jsonl"
"""The manifest of a folder: engines that read folders of files leave out what begins like this."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A file of an archive: `name` is its path in it, with "/"; `stamp` tells whether it has changed.

    With a `problem`, in fixed words, it is not to be read. `hidden` is the path by which it is read where `name` is
    that path redacted: it goes into no file and no message.
    """

    name: str
    size: int
    stamp: str
    problem: str = ""
    cause: Cause = Cause.INPUT
    hidden: str = field(default="", repr=False)

    @property
    def path(self) -> str:
        """Return by what name its source has it."""
        return self.hidden or self.name


class Source(Protocol):
    """Where an archive is read."""

    @property
    def only(self) -> str:
        """The one file of it that is read, "" where it is a folder."""

    def units(self) -> Iterator[Unit]:
        """Yield the files, in no order that means anything."""

    def open(self, name: str) -> BinaryIO:
        """Open a file; raises `OSError`."""

    def stamp(self, name: str) -> tuple[int, str]:
        """Return the size and the stamp that a file has now; raises `OSError`."""


class Target(Protocol):
    """Where the redacted copy of an archive is written."""

    @property
    def scratch(self) -> Path:
        """A folder on the disk for what has been redacted and has no place yet."""

    @property
    def only(self) -> str:
        """The one file of it that is written, "" where it is a folder."""

    def part(self, name: str) -> tuple[int, Path]:
        """Create the part of an output; return its handle and path. Raises `OSError`."""

    def size(self, name: str) -> int | None:
        """Return the size of an output, None where there is none."""

    def time(self, name: str) -> str:
        """Return when an output was last changed, "" where that is another time than that of its part."""

    def open(self, name: str) -> BinaryIO:
        """Open an output; raises `OSError`."""

    def publish(self, part: Path, name: str) -> None:
        """Give a part its name; raises `OSError`."""

    def settle(self, names: list[str]) -> None:
        """Make the new names last."""

    def sweep(self) -> None:
        """Remove parts that killed runs have left."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder on the disk, as source or target; with `only`, one file of it."""

    path: Path
    only: str = ""

    def units(self) -> Iterator[Unit]:
        """Yield the files; links are none, and what cannot be read is a unit with a problem."""
        if self.only:
            yield _unit(self.path / self.only, self.only)
            return
        yield from _walked(self.path, "")

    def open(self, name: str) -> BinaryIO:
        """Open a file; raises `OSError`."""
        return (self.path / name).open("rb", HEAD_BYTES)

    def stamp(self, name: str) -> tuple[int, str]:
        """Return the size and the time of change of a file; raises `OSError`."""
        return _stamp((self.path / name).stat())

    @property
    def scratch(self) -> Path:
        """Return the folder."""
        return self.path

    def part(self, name: str) -> tuple[int, Path]:
        """Create the part of an output beside it."""
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        return open_part(target)

    def size(self, name: str) -> int | None:
        """Return the size of an output, None where there is none, -1 where something else stands."""
        try:
            found = (self.path / name).lstat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return found.st_size if stat.S_ISREG(found.st_mode) else -1

    def time(self, name: str) -> str:
        """Return when an output was last changed: a part keeps its time with its new name."""
        try:
            return str((self.path / name).lstat().st_mtime_ns)
        except OSError:
            return ""

    def publish(self, part: Path, name: str) -> None:
        """Give a part its name."""
        part.replace(self.path / name)

    def settle(self, names: list[str]) -> None:
        """Make the new names last."""
        for folder in {(self.path / name).parent for name in names}:
            sync_folder(folder)

    def sweep(self) -> None:
        """Remove parts that killed runs have left."""
        if self.only:
            sweep(self.path)
            return
        for folder, _, _ in os.walk(self.path):
            sweep(Path(folder))


def _walked(folder: Path, prefix: str) -> Iterator[Unit]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Unit(f"{prefix}.", 0, "", f"the folder cannot be read ({type(error).__name__})")
        return
    for entry in entries:
        name = prefix + entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _walked(Path(entry.path), f"{name}/")
        elif entry.name != MANIFEST and not is_part(entry.name):
            yield _unit(Path(entry.path), name)


def _unit(path: Path, name: str) -> Unit:
    try:
        found = path.lstat()
    except OSError as error:
        return Unit(name, 0, "", f"it cannot be read ({type(error).__name__})")
    if not stat.S_ISREG(found.st_mode):
        return Unit(name, 0, "", "it is a link or a device", Cause.LINK)
    problem = ""
    with suppress(UnicodeEncodeError):
        name.encode()
        return Unit(name, *_stamp(found))
    problem = "its name is no Unicode text"
    return Unit(name.encode("utf-8", "backslashreplace").decode(), 0, "", problem, Cause.NAME)


def _stamp(found: os.stat_result) -> tuple[int, str]:
    return found.st_size, str(found.st_mtime_ns)
