"""Files that are whole or not there, and input that is recognised before it is read."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

import pytest

from ccredact import FormatError, OutputError
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
