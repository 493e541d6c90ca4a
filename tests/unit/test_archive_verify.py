"""What is done is known by its output: by size and time, and where they do not fit, or on request, by its SHA-256."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

import ccredact.archive
from archives import POLICY, TEXT, make, redacted, tree, zipped
from ccredact.archive import Cause, Result, look

KEPT = {"a.txt": redacted(TEXT, name="a.txt"), "b.txt": redacted(TEXT, name="b.txt")}


def run(folder: Path, **more: Any) -> Result:
    return ccredact.archive.run(folder / "in", folder / "out", POLICY, **{"workers": 0, **more})


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    make(tmp_path / "in", {"a.txt": TEXT, "b.txt": TEXT})
    assert run(tmp_path).is_clean
    return tmp_path


def tamper(path: Path, *, keep_time: bool) -> None:
    """Change a file, and leave its size."""
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Agent", b"Thief"))
    assert path.stat().st_size == before.st_size
    os.utime(path, ns=(0, before.st_mtime_ns if keep_time else before.st_mtime_ns + 1))


def is_told(result: Result) -> bool:
    return [(one.source, one.cause, one.problem) for one in result.tally.quarantined] == [
        ("a.txt", Cause.EXISTS, "its output stands, but is not as it was written")
    ]


def test_an_output_of_the_same_size_and_another_time_is_read(archive: Path) -> None:
    tamper(archive / "out" / "a.txt", keep_time=False)
    result = run(archive)
    assert is_told(result)
    assert result.resumed == 1
    assert run(archive, replace=True).is_clean
    assert tree(archive / "out") == KEPT


def test_an_output_of_the_same_size_and_time_is_read_on_request(archive: Path) -> None:
    tamper(archive / "out" / "a.txt", keep_time=True)
    assert run(archive).resumed == 2
    assert is_told(run(archive, verify=True))
    assert run(archive, verify=True, replace=True).is_clean
    assert tree(archive / "out") == KEPT


def test_a_copy_that_got_other_times_and_is_the_same_is_done(archive: Path) -> None:
    for name in KEPT:
        os.utime(archive / "out" / name, (1, 1))
    for verify in (False, True):
        result = run(archive, verify=verify)
        assert result.is_clean
        assert result.resumed == 2


def test_the_dry_run_tells_it_too(archive: Path) -> None:
    tamper(archive / "out" / "a.txt", keep_time=True)
    places = (archive / "in", archive / "out", POLICY)
    assert [look(*places).done, look(*places, verify=True).done] == [2, 1]
    assert look(*places, verify=True).in_the_way == 1


def test_members_are_verified_one_by_one(tmp_path: Path) -> None:
    make(tmp_path / "in", {"d.zip": zipped([("x/a.txt", TEXT), ("b.txt", TEXT)])})
    whole = run(tmp_path, unpack=True)
    assert whole.is_clean
    before = tree(tmp_path / "out")
    tamper(tmp_path / "out" / "d" / "x" / "a.txt", keep_time=True)
    assert [one.cause for one in run(tmp_path, unpack=True, verify=True).tally.quarantined] == [Cause.EXISTS]
    assert run(tmp_path, unpack=True, verify=True, replace=True).is_clean
    assert tree(tmp_path / "out") == before
