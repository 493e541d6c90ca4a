"""Places behind URLs (`s3://`, `gs://`, `abfs://`, `sftp://` ...), by fsspec, the extra `remote`.

Files are read as streams where they are. What is written waits in a folder of this machine's, redacted, until it is
whole, and is then put under its name. The manifest is a row of small objects beside the outputs, since few such places
let a file be added to; a copy of it here is what is worked with.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Final

from ccredact.archive.parts import open_part, sweep
from ccredact.archive.places import MANIFEST, Unit
from ccredact.errors import MissingExtraError, OutputError

_WHOLE_OR_NOT: Final = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oss", "memory"})
"""Where a file that is put appears when all of it is there."""
_STAMPS: Final = ("ETag", "etag", "mtime", "LastModified", "last_modified", "updated", "created")
_SEGMENTS: Final = MANIFEST.removesuffix(".jsonl")


def is_url(place: str) -> bool:
    """Return whether a place is a URL and no path."""
    return "://" in place


@lru_cache(maxsize=8)
def _opened(url: str) -> tuple[Any, str]:
    """Return the file system of a URL, and the path in it; raises `MissingExtraError`."""
    try:
        core = importlib.import_module("fsspec.core")
    except ImportError:
        core = None
    if core is None:
        raise MissingExtraError("remote")
    problem = ""
    try:
        system, path = core.url_to_fs(url)
    except (ImportError, ValueError) as error:  # a package for this kind of place is missing, or it is none
        problem = type(error).__name__
    if problem:
        raise OutputError(f"this kind of URL cannot be opened ({problem}): its package for fsspec may be missing")
    return system, path


@dataclass(frozen=True, slots=True)
class Remote:
    """A folder behind a URL, as source or target; with `only`, one file of it."""

    url: str
    only: str = ""

    @classmethod
    def of(cls, url: str, *, is_folder: bool) -> Remote:
        """Return the place of a URL: of a file, its folder and its name."""
        url = url.rstrip("/")
        if is_folder:
            return cls(url)
        folder, _, name = url.rpartition("/")
        return cls(folder, name)

    def units(self) -> Iterator[Unit]:
        """Yield the files."""
        system, root = _opened(self.url)
        if self.only:
            yield Unit(self.only, *self.stamp(self.only))
            return
        for folder, _, files in system.walk(root, detail=True):
            if f"/{folder}".endswith(f"/{_SEGMENTS}"):
                continue
            for name, info in sorted(files.items()):
                where = f"{folder}/{name}".removeprefix(f"{root}/").lstrip("/")
                yield Unit(where, *_stamp(info))

    def open(self, name: str) -> BinaryIO:
        """Open a file; raises `OSError`."""
        stream: BinaryIO = self._system.open(self._path(name), "rb")
        return stream

    def stamp(self, name: str) -> tuple[int, str]:
        """Return the size and the stamp that a file has now; raises `OSError`."""
        self._system.invalidate_cache()
        return _stamp(self._system.info(self._path(name)))

    @property
    def scratch(self) -> Path:
        """Return a folder of this machine's and of this user's alone."""
        token = hashlib.sha256(f"{self.url}/{self.only}".encode()).hexdigest()[:16]
        folder = Path(tempfile.gettempdir(), f"ccredact-{os.getuid() if hasattr(os, 'getuid') else ''}-{token}")
        folder.mkdir(mode=0o700, exist_ok=True)
        if hasattr(os, "getuid") and folder.lstat().st_uid != os.getuid():
            raise OutputError("the folder for what waits to be written is somebody else's")
        return folder

    def part(self, name: str) -> tuple[int, Path]:
        """Create the part of an output, here."""
        return open_part(self.scratch / hashlib.sha256(name.encode()).hexdigest())

    def size(self, name: str) -> int | None:
        """Return the size of an output, None where there is none."""
        try:
            return int(self._system.info(self._path(name))["size"] or 0)
        except FileNotFoundError:
            return None

    def time(self, name: str) -> str:
        """Return that it cannot be told: what is put gets a time there."""
        del name
        return ""

    def publish(self, part: Path, name: str) -> None:
        """Put a part under its name."""
        path = self._path(name)
        system = self._system
        system.makedirs(path.rpartition("/")[0], exist_ok=True)
        protocols = {system.protocol} if isinstance(system.protocol, str) else {*system.protocol}
        if protocols & _WHOLE_OR_NOT:
            system.put_file(str(part), path)
        else:
            folder, _, last = path.rpartition("/")
            waiting = f"{folder}/.{last}.part"
            system.put_file(str(part), waiting)
            system.mv(waiting, path)
        part.unlink()

    def settle(self, names: list[str]) -> None:
        """Do nothing: a file that has been put lasts."""

    def sweep(self) -> None:
        """Remove parts that killed runs have left."""
        sweep(self.scratch)

    def segments(self) -> Iterator[bytes]:
        """Yield the pieces of the manifest, in the order in which they were kept."""
        system, folder = self._system, self._path(_SEGMENTS)
        system.invalidate_cache()
        if system.exists(folder):
            for path in sorted(system.find(folder)):
                with system.open(path, "rb") as stream:
                    yield stream.read()

    def keep(self, data: bytes, number: int) -> None:
        """Add a piece to the manifest."""
        folder = self._path(_SEGMENTS)
        self._system.makedirs(folder, exist_ok=True)
        self._system.pipe_file(f"{folder}/{number:09}.jsonl", data)

    @property
    def _system(self) -> Any:
        return _opened(self.url)[0]

    def _path(self, name: str) -> str:
        return f"{_opened(self.url)[1].rstrip('/')}/{name}"


def is_remote_folder(url: str) -> bool:
    """Return whether a folder is behind a URL; raises `OutputError` where nothing is."""
    system, path = _opened(url)
    problem = ""
    try:
        if system.isdir(path):
            return True
        if system.exists(path):
            return False
    except OSError as error:
        problem = f" ({type(error).__name__})"
    raise OutputError(f"nothing is behind the URL of the archive{problem}")


def _stamp(info: dict[str, Any]) -> tuple[int, str]:
    """Return size and stamp: what changes with a file, in the first form in which the system has it."""
    value = next((info[key] for key in _STAMPS if info.get(key) is not None), "")
    return int(info["size"] or 0), str(value.timestamp() if isinstance(value, datetime) else value)
