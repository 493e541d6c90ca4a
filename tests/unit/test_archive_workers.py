"""An archive in several processes: the same bytes for any number of them, whoever dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import ccredact.archive
from archives import POLICY, TEXT, KillAt, in_a_child, make, redacted, some_files, tree
from ccredact.archive import Cause
from ccredact.archive.steps import Step

SRC = str(Path(ccredact.__file__).parents[1])


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    make(tmp_path / "in", {**some_files(), **{f"more/{number}.txt": TEXT * (number + 1) for number in range(70)}})
    ccredact.archive.run(tmp_path / "in", tmp_path / "whole", POLICY, workers=0)
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize(("workers", "seed"), [(1, "0"), (2, "1"), (8, "4242")])
def test_the_same_bytes_for_any_number_of_workers_and_any_hash_seed(archive: Path, workers: int, seed: str) -> None:
    command = [sys.executable, "-m", "ccredact", "archive", "in", "out", "--policy", "pci", "--workers", str(workers)]
    path = os.pathsep.join([SRC, *os.environ.get("PYTHONPATH", "").split(os.pathsep)])
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
    done = subprocess.run(command, cwd=archive, env=environment, check=False, capture_output=True, text=True)  # noqa: S603
    assert done.returncode == 0, done.stderr
    assert "files       78 in, 78 out, 0 quarantined" in done.stderr
    assert tree(archive / "out") == tree(archive / "whole")


@pytest.mark.slow
def test_a_worker_that_is_killed_by_a_file_takes_no_other_file_with_it(archive: Path) -> None:
    result = ccredact.archive.run(archive / "in", archive / "out", POLICY, workers=2, at=KillWith(archive / "in"))
    assert [(one.source, one.cause) for one in result.tally.quarantined] == [("more/7.txt", Cause.WORKER)]
    whole = tree(archive / "whole")
    del whole["more/7.txt"]
    assert tree(archive / "out") == whole


class KillWith(KillAt):
    """Dies, in a worker, while one file is open; or is stopped, or that once."""

    def __init__(self, folder: Path, number: signal.Signals = signal.SIGKILL, once: Path | None = None) -> None:
        super().__init__(0)
        self.path = str((folder / "more" / "7.txt").resolve())
        self.signal = number
        self.once = once

    def __call__(self, step: Step) -> None:
        if step is Step.WRITE and (self.once is None or not self.once.exists()):
            for link in Path("/proc/self/fd").iterdir():
                if link.is_symlink() and str(link.readlink()) == self.path:
                    if self.once is not None:
                        self.once.touch()
                    os.kill(os.getpid(), self.signal)


@pytest.mark.slow
def test_a_worker_that_is_stopped_is_ended_and_its_files_are_done_by_another(archive: Path) -> None:
    stop = KillWith(archive / "in", signal.SIGSTOP, archive / "flag")
    result = ccredact.archive.run(archive / "in", archive / "out", POLICY, workers=2, at=stop, timeout=10)
    assert (archive / "flag").exists()
    assert result.is_clean
    assert tree(archive / "out") == tree(archive / "whole")


@pytest.mark.slow
def test_a_file_that_every_worker_hangs_at_is_left_and_the_rest_is_done(archive: Path) -> None:
    stop = KillWith(archive / "in", signal.SIGSTOP)
    result = ccredact.archive.run(archive / "in", archive / "out", POLICY, workers=2, at=stop, timeout=5)
    assert [(one.source, one.cause) for one in result.tally.quarantined] == [("more/7.txt", Cause.TIMEOUT)]
    whole = tree(archive / "whole")
    del whole["more/7.txt"]
    assert tree(archive / "out") == whole


@pytest.mark.slow
def test_workers_end_with_their_owner_and_the_next_run_finishes(archive: Path, *, thorough: bool) -> None:
    """The owner is killed where it publishes; its processes notice, and what they have written is cleared away."""
    for number in range(0, 200, 2) if thorough else (0, 40, 75):
        killed = KillAt(number, frozenset({Step.SYNC, Step.NOTE, Step.PUBLISH, Step.MARK}))

        def work(killed: KillAt = killed) -> None:
            ccredact.archive.run(archive / "in", archive / "out", POLICY, workers=2, at=killed)

        assert in_a_child(work) == -signal.SIGKILL
        whole = tree(archive / "whole")
        out = tree(archive / "out")
        assert {name: data for name, data in out.items() if not name.endswith(".part")}.items() <= whole.items()
        result = ccredact.archive.run(archive / "in", archive / "out", POLICY, workers=2)
        assert result.is_clean
        assert {name: data for name, data in tree(archive / "out").items() if not name.endswith(".part")} == whole
        for path in sorted((archive / "out").rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()


def test_one_worker_is_a_process_too(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.txt": TEXT})
    assert ccredact.archive.run(tmp_path / "in", tmp_path / "out", POLICY, workers=1).is_clean
    assert tree(tmp_path / "out") == {"a.txt": redacted(TEXT, name="a.txt")}


@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_stops_the_command_and_its_workers_and_leaves_no_parts(
    archive: Path, number: signal.Signals, code: int
) -> None:
    make(archive / "in", {f"late/{n}.txt": TEXT * 300 for n in range(40)})
    command = [sys.executable, "-m", "ccredact", "archive", "in", "out", "--policy", "pci", "--workers", "2"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([SRC, os.environ.get("PYTHONPATH", "")])}
    with subprocess.Popen(command, cwd=archive, env=environment, stderr=subprocess.PIPE, text=True) as running:  # noqa: S603
        while not any((archive / "out").rglob("*.part")) and running.poll() is None:
            time.sleep(0.001)
        workers = [int(pid) for pid in children_of(running.pid)]
        running.send_signal(number)
        _, told = running.communicate()
    assert running.returncode == code
    assert told.strip() in {"ccredact: interrupted", "ccredact: terminated"}
    assert workers
    until = time.monotonic() + 30  # a process of the library's that tracks its resources ends a moment later
    while any(Path(f"/proc/{pid}").exists() for pid in workers):
        assert time.monotonic() < until
        time.sleep(0.01)
    assert not any((archive / "out").rglob("*.part"))


def children_of(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
