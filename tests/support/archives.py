"""Archives of invented calls, what their copies must be, and ways to stop a run at a step."""

from __future__ import annotations

import gzip
import io
import json
import os
import signal
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ccredact import Policy, Redactor
from ccredact.archive.places import MANIFEST
from ccredact.archive.steps import Step
from ccredact.formats import detect_format

POLICY: Final = Policy.load("pci")
"""It needs no tagger: a redactor is ready at once."""
CARD: Final = "4242 4242 4242 4242"
TEXT: Final = b"Agent: and the card number\nCaller: it's 4242 4242\n4242 4242, thanks\n"
BROKEN: Final = b'{"id": 8, "turns": [{"text": "my PIN is \n'
STAMP: Final = (2026, 4, 17, 15, 25, 40)


def call(number: int = 7, said: str = f"it's {CARD}") -> bytes:
    """One call of ours as JSON."""
    return json.dumps({"id": number, "turns": [{"speaker": 0, "text": "and the card"}, {"text": said}]}).encode()


def lines(*calls: bytes) -> bytes:
    return b"".join(one.rstrip(b"\n") + b"\n" for one in calls)


def zipped(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip with these members, which may have one name twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        for name, data in members:
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            container.writestr(info, data)
    return out.getvalue()


def tarred(members: Iterable[tuple[str, bytes]], links: Iterable[tuple[str, bytes, str]] = ()) -> bytes:
    """A tar with these members, and with links as name, type and where they point."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as container:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), 1_770_000_000
            container.addfile(info, io.BytesIO(data))
        for name, kind, to in links:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, to
            container.addfile(info)
    return out.getvalue()


def make(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def some_files() -> dict[str, bytes]:
    """A small archive with a file of each kind, all of it readable."""
    return {
        "a.txt": TEXT,
        "day/b.jsonl": lines(call(1), call(2, "hello"), call(3)),
        "day/c.jsonl.gz": gzip.compress(lines(call(4), call(5))),
        "day/night/d.zip": zipped([("x/a.txt", TEXT), ("b.jsonl", lines(call(6)))]),
        "e.tar.gz": gzip.compress(tarred([("a.txt", TEXT), ("b.jsonl", lines(call(7)))])),
        "f.json": b"[\n" + call(8) + b",\n" + call(9) + b"\n]\n",
    }


def redacted(data: bytes, *, name: str = "x", policy: Policy = POLICY) -> bytes:
    """What one file must become, found without the archive."""
    redactor = Redactor(policy)
    known = detect_format(data, source=name)
    records = known.read(io.BytesIO(data), source=name, policy=policy)
    return b"".join(record.write(redactor.redact_call(record.utterances, names=record.names)) for record in records)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but its manifest; a part may go meanwhile: workers outlive their owner a bit."""
    found = {}
    for path in sorted(folder.rglob("*")):
        with suppress(FileNotFoundError):
            if path.is_file() and path.name != MANIFEST:
                found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


@dataclass
class KillAt:
    """Ends the process, as `kill -9` does, at the n-th step that is taken in it; steps count from 0."""

    number: int
    only: frozenset[Step] = frozenset(Step)
    seen: int = 0

    def __call__(self, step: Step) -> None:
        if step in self.only:
            if self.seen == self.number:
                os.kill(os.getpid(), signal.SIGKILL)
            self.seen += 1


@dataclass
class FailAt:
    """Raises an error of the system at every n-th taking of a step."""

    step: Step
    code: int
    every: int = 1
    seen: int = field(default=0)

    def __call__(self, step: Step) -> None:
        if step is self.step:
            self.seen += 1
            if self.seen % self.every == 0:
                raise OSError(self.code, os.strerror(self.code))


def in_a_child(work: Callable[[], object], *, killed_after_s: float | None = None) -> int:
    """Do something in a copy of this process; return how it ended: 0, or the number of the signal below 0.

    It is killed after so many seconds, if it still runs then.
    """
    pid = os.fork()
    if not pid:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    if killed_after_s is not None:
        time.sleep(killed_after_s)
        os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
