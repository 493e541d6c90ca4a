"""Files that are whole or not there, and input that is recognised before it is read."""

from __future__ import annotations

import io
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from ccredact import FormatError, OutputError
from ccredact.archive import parts
from ccredact.archive.files import atomic_output, recognised
from ccredact.formats import HEAD_BYTES


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_appears_when_all_of_it_is_written(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    with atomic_output(target) as stream:
        stream.write(b"one")
        assert not target.exists()
        assert [name.endswith(".part") for name in names(tmp_path)] == [True]
    assert target.read_bytes() == b"one"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert names(tmp_path) == ["out.txt"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_an_error_leaves_the_former_file(tmp_path: Path, error: type[BaseException]) -> None:
    target = tmp_path / "out.txt"
    target.write_text("before")

    def write() -> None:
        with atomic_output(str(target)) as stream:
            stream.write(b"half")
            raise error

    with pytest.raises(error):
        write()
    assert target.read_text() == "before"
    assert names(tmp_path) == ["out.txt"]


def test_a_place_that_can_hold_no_file_is_an_error(tmp_path: Path) -> None:
    for place, problem in ((tmp_path, "is a folder"), (tmp_path / "none" / "out", "does not exist")):
        with pytest.raises(OutputError, match=problem), atomic_output(place):
            pass
    assert names(tmp_path) == []


def test_a_device_is_written_to_directly() -> None:
    with atomic_output(os.devnull) as stream:
        stream.write(b"x")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("size", [10, HEAD_BYTES - 1, HEAD_BYTES, 3 * HEAD_BYTES])
def test_what_was_read_to_recognise_a_format_comes_first(size: int) -> None:
    data = (b"Agent: hello\n" * (size // 13 + 1))[:size]
    known, whole = recognised(io.BytesIO(data), source="call.txt")
    assert known.name == "text"
    assert whole.read() == data


def test_an_unknown_format_is_named_by_its_file() -> None:
    with pytest.raises(FormatError, match=r"^x\.json: it looks like no format"):
        recognised(io.BytesIO(b'{"a": 1}'), source="x.json")


# --- what a killed run has left


def part_of(folder: Path, *, host: str | None = None, pid: int | None = None, start: str | None = None) -> Path:
    """A part as a process leaves it: of this one where nothing else is said."""
    own = os.getpid()
    host, start = host or parts.host_token(), start or parts.start_token(own)
    path = folder / f".out.txt.{host}-{own if pid is None else pid}-{start}.abc_123.part"
    path.write_text("half")
    return path


def ended_pid() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as done:
        return done.pid


@pytest.mark.skipif(os.name != "posix", reason="elsewhere nothing is removed")
def test_the_next_run_removes_what_a_process_that_is_gone_has_left(tmp_path: Path) -> None:
    kept = {part_of(tmp_path), part_of(tmp_path, host="0" * 12, pid=ended_pid()), tmp_path / ".notes.part"}
    (tmp_path / ".notes.part").write_text("somebody's own")
    gone = part_of(tmp_path, pid=ended_pid())
    with atomic_output(tmp_path / "new.txt") as stream:
        assert not gone.exists()
        stream.write(b"x")
    assert set(tmp_path.iterdir()) == kept | {tmp_path / "new.txt"}


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="the system does not tell when a process began")
def test_a_process_number_that_is_used_again_is_another_process(tmp_path: Path) -> None:
    other = part_of(tmp_path, start="0" * 12)
    parts.sweep(tmp_path)
    assert not other.exists()
    assert parts.start_token(os.getpid()) == parts.start_token(os.getpid()) != parts.start_token(1)


def test_where_the_system_does_not_tell_a_running_process_keeps_its_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "_PROC", tmp_path / "none")
    mine = part_of(tmp_path)
    parts.sweep(tmp_path)
    assert mine.exists()


def test_a_part_carries_the_process_and_its_start(tmp_path: Path) -> None:
    with atomic_output(tmp_path / "out.txt") as stream:
        stream.write(b"x")
        (name,) = names(tmp_path)
        assert f"-{os.getpid()}-{parts.start_token(os.getpid())}." in name
    assert names(tmp_path) == ["out.txt"]


@pytest.mark.skipif(os.name != "posix", reason="elsewhere nothing is removed")
def test_a_killed_run_leaves_nothing_for_long(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys; from ccredact.archive.files import atomic_output\n"
        "with atomic_output(sys.argv[1]) as stream:\n"
        "    stream.write(b'half'); stream.flush(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    out = str(tmp_path / "out.txt")
    done = subprocess.run([sys.executable, "-c", code, out], check=False)  # noqa: S603 - our own interpreter
    assert done.returncode == -signal.SIGKILL
    assert [name.endswith(".part") for name in names(tmp_path)] == [True]
    parts.sweep(tmp_path)
    assert names(tmp_path) == []
