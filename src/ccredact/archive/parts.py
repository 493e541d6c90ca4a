"""Names of half-written files: they say who writes them, so that what a killed run has left can be removed.

A name is `.STEM.HOST-PID-START.RANDOM.part`: a token of this host and its process numbers, the process, and when it
began. A part is left over when, on this host, no such process runs, or one that began at another time: process numbers
are used again. Of what is not sure nothing is removed: parts of other hosts, of containers with process numbers of
their own, and all where the system cannot tell.
"""

from __future__ import annotations

import hashlib
import os
import re
import socket
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

_LONGEST_STEM: Final = 100
"""Characters of a file's name that its part has in its own."""
_PART: Final = re.compile(r"\..*\.([0-9a-f]{12})-(\d{1,10})-([0-9a-f]{12})\.\w+\.part", re.DOTALL)
_PROC: Final = Path("/proc")
_CAN_TELL: Final = os.name == "posix"
"""Elsewhere to ask for a process may end it."""
_swept: set[Path] = set()


def open_part(target: Path) -> tuple[int, Path]:
    """Create a part beside a file that is to be written; return its handle and its path.

    The first time in a folder, what killed runs have left there is removed.
    """
    folder = target.parent
    if folder not in _swept:
        _swept.add(folder)
        sweep(folder)
    pid = os.getpid()
    prefix = f".{target.name[:_LONGEST_STEM]}.{host_token()}-{pid}-{_own_start_token(pid)}."
    handle, name = tempfile.mkstemp(prefix=prefix, suffix=".part", dir=folder)
    return handle, Path(name)


def is_part(name: str) -> bool:
    """Return whether a file's name is that of a half-written one."""
    return _PART.fullmatch(name) is not None


def sync_folder(folder: Path) -> None:
    """Make new names in a folder last, where the system lets a folder be opened."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep(folder: Path) -> None:
    """Remove the parts in a folder whose owner on this host is gone."""
    if not _CAN_TELL:
        return
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return
    for name in names:
        match = _PART.fullmatch(name)
        if match is not None and match[1] == host_token() and not _is_running(int(match[2]), match[3]):
            try:
                (folder / name).unlink(missing_ok=True)
            except OSError:  # somebody else's: it stays
                continue


@cache
def host_token() -> str:
    """Return what this host, and the process numbers that this process sees, are known by."""
    try:
        numbers = str((_PROC / "self" / "ns" / "pid").readlink())
    except OSError:
        numbers = ""
    return _token(f"{socket.gethostname()} {numbers}")


def start_token(pid: int) -> str:
    """Return when a process began, as a token: the same for one process, "0" for all where the system does not tell."""
    try:
        boot = (_PROC / "sys" / "kernel" / "random" / "boot_id").read_text("ascii").strip()
        began = (_PROC / str(pid) / "stat").read_text("latin-1").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return _token("")
    return _token(f"{boot} {began}")


@cache
def _own_start_token(pid: int) -> str:
    """Return the token of this process, which `pid` tells from one that it is a copy of: the system is asked once."""
    return start_token(pid)


def _is_running(pid: int, start: str) -> bool:
    """Return whether the process that wrote a part may still run."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # not ours, but there
        pass
    now = start_token(pid)
    return now == start or _token("") in (now, start)


def _token(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:12]
