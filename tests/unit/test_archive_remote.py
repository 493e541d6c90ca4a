"""Archives behind URLs: the same copy as on the disk, and a manifest in pieces."""

from __future__ import annotations

import signal
import tempfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

import ccredact.archive
from archives import BROKEN, POLICY, TEXT, KillAt, call, in_a_child, lines, make, redacted, some_files, tree
from ccredact import FormatError, OutputError
from ccredact.archive import Cause
from ccredact.archive.steps import Step

fsspec = pytest.importorskip("fsspec")


@pytest.fixture
def memory() -> str:
    """A place of its own in memory."""
    return f"memory://{uuid4().hex}"


def put(url: str, files: dict[str, bytes]) -> None:
    system, root = fsspec.core.url_to_fs(url)
    for name, data in files.items():
        system.makedirs(f"{root}/{name}".rpartition("/")[0], exist_ok=True)
        system.pipe_file(f"{root}/{name}", data)


def found(url: str) -> dict[str, bytes]:
    """Every file behind a URL but the manifest."""
    system, root = fsspec.core.url_to_fs(url)
    paths = {path.removeprefix(f"{root}/"): path for path in system.find(root)}
    return {name: system.cat_file(path) for name, path in paths.items() if not name.startswith("_ccredact")}


def run(src: str | Path, dst: str | Path, **more: Any) -> ccredact.archive.Result:
    return ccredact.archive.run(src, dst, POLICY, **{"workers": 0, **more})


def test_a_remote_archive_has_the_same_copy(tmp_path: Path, memory: str) -> None:
    make(tmp_path / "in", some_files())
    run(tmp_path / "in", tmp_path / "out")
    put(f"{memory}/in", some_files())
    for src, dst in (
        (f"{memory}/in", f"{memory}/out"),
        (tmp_path / "in", f"{memory}/out2/"),
        (f"{memory}/in", tmp_path / "out3"),
    ):
        assert run(src, dst).is_clean
        again = run(src, dst)
        assert (again.resumed, again.tally.calls_out) == (6, 12)
        assert (found(dst) if isinstance(dst, str) else tree(dst)) == tree(tmp_path / "out")


def test_one_remote_file(memory: str) -> None:
    put(memory, {"a.jsonl": lines(call(1))})
    assert run(f"{memory}/a.jsonl", f"{memory}/b.jsonl").is_clean
    assert found(memory) == {"a.jsonl": lines(call(1)), "b.jsonl": redacted(lines(call(1)))}


def test_what_is_wrong_there_is_left(memory: str) -> None:
    put(f"{memory}/in", {"a.jsonl": lines(call(1), BROKEN), "b.txt": TEXT, "c.bin": b"\0" * 99})
    put(f"{memory}/out", {"b.txt": b"somebody's own"})
    result = run(f"{memory}/in", f"{memory}/out")
    causes = sorted((left.source, left.cause) for left in result.tally.quarantined)
    assert causes == [("a.jsonl", Cause.FORMAT), ("b.txt", Cause.EXISTS), ("c.bin", Cause.FORMAT)]
    assert found(f"{memory}/out") == {"a.jsonl": redacted(lines(call(1))), "b.txt": b"somebody's own"}
    assert run(f"{memory}/in", f"{memory}/out", replace=True).tally.files_out == 2
    assert found(f"{memory}/out")["b.txt"] == redacted(TEXT, name="b.txt")


@pytest.mark.parametrize("url", ["memory://none", "none://a", "s3x://a"])
def test_a_place_that_is_none(tmp_path: Path, url: str) -> None:
    with pytest.raises(OutputError):
        run(url, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("number", [0, 3, 7])
@pytest.mark.parametrize("step", [Step.PUBLISH, Step.NOTED, Step.MARK])
def test_killed_anywhere_the_next_run_finishes(tmp_path: Path, step: Step, number: int) -> None:
    make(tmp_path / "in", {**some_files(), **{f"{n}.txt": TEXT for n in range(6)}})
    run(tmp_path / "in", tmp_path / "whole")
    dst = f"file://{tmp_path}/out"
    killed = KillAt(number if step is Step.PUBLISH else 0, frozenset({step}))
    assert in_a_child(lambda: run(tmp_path / "in", dst, at=killed)) == -signal.SIGKILL
    assert run(tmp_path / "in", dst).is_clean
    assert found(dst) == tree(tmp_path / "whole")


@pytest.mark.slow
def test_workers_open_the_places_themselves(tmp_path: Path) -> None:
    make(tmp_path / "in", some_files())
    run(tmp_path / "in", tmp_path / "whole")
    assert run(f"file://{tmp_path}/in", f"file://{tmp_path}/out", workers=2).is_clean
    assert found(f"file://{tmp_path}/out") == tree(tmp_path / "whole")


def test_nothing_of_a_run_stays_in_the_folder_for_what_waits(
    tmp_path: Path, memory: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    put(f"{memory}/in", {"a.jsonl": lines(call(1), BROKEN), "b.txt": TEXT})
    run(f"{memory}/in", f"{memory}/out")
    ccredact.archive.look(f"{memory}/in", f"{memory}/out", POLICY)
    with pytest.raises(FormatError):
        run(f"{memory}/in", f"{memory}/out2", strict=True)
    assert list(tmp_path.iterdir()) == []
    assert run(f"{memory}/in", f"{memory}/out").resumed == 2
