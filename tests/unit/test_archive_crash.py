"""A run may die anywhere: the next one loses nothing, does nothing twice, and leaves no half of a file.

Every step is a place to die (`ccredact.archive.steps`), and so is every write between two steps.
"""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import time
from pathlib import Path
from typing import Any

import pytest

import ccredact.archive
from archives import POLICY, TEXT, FailAt, KillAt, call, in_a_child, lines, make, redacted, some_files, tree
from ccredact.archive import Cause, Options, Result, runner
from ccredact.archive.places import MANIFEST
from ccredact.archive.steps import Step, nothing
from ccredact.errors import OutputError

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a run is killed in a copy of this process")

MORE = 14
KILLS = 12
KILLS_THOROUGH = 200


def run(folder: Path, **more: Any) -> Result:
    return ccredact.archive.run(folder / "in", folder / "out", POLICY, **{"workers": 0, **more})


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder with an archive in `in`, and its copy, made without any trouble, in `whole`."""
    files = {**some_files(), **{f"more/{number}.txt": TEXT for number in range(MORE)}}
    make(tmp_path / "in", files)
    ccredact.archive.run(tmp_path / "in", tmp_path / "whole", POLICY, workers=0)
    return tmp_path


def clear(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()


def parts(folder: Path) -> list[str]:
    return [name for name in tree(folder) if name.endswith(".part")]


def check_half_done(folder: Path) -> None:
    """Every file that has its name is whole."""
    whole = tree(folder / "whole")
    assert {
        name: data for name, data in tree(folder / "out").items() if not name.endswith(".part")
    }.items() <= whole.items()


def check_finished(folder: Path, result: Result) -> None:
    assert tree(folder / "out") == tree(folder / "whole")
    tally = result.tally
    assert result.is_clean
    assert (tally.files_in, tally.calls_in, tally.problem) == (MORE + 8, MORE + 12, "")


def steps_of(folder: Path) -> int:
    """How many steps an uninterrupted run takes."""
    counter = KillAt(-1)
    ccredact.archive.run(folder / "in", folder / "counted", POLICY, workers=0, at=counter)
    return counter.seen


def test_killed_at_any_step_the_next_run_finishes(archive: Path, *, thorough: bool) -> None:
    steps = steps_of(archive)
    assert steps > 4 * (MORE + 6)
    numbers = random.Random(17).sample(range(steps), min(steps, KILLS_THOROUGH if thorough else KILLS))
    for number in sorted({*numbers, 0, steps - 1}):
        assert in_a_child(lambda number=number: run(archive, at=KillAt(number))) == -signal.SIGKILL  # type: ignore[misc]
        check_half_done(archive)
        check_finished(archive, run(archive))
        clear(archive / "out")


def test_killed_at_any_moment_the_next_run_finishes(archive: Path, *, thorough: bool) -> None:
    """Between two steps too: in a write, in a rename, before anything is there."""
    began = time.monotonic()
    assert in_a_child(lambda: run(archive)) == 0
    took = time.monotonic() - began
    chance = random.Random(17)
    kills = 0
    for _ in range(KILLS_THOROUGH if thorough else 3):
        clear(archive / "out")
        killed = in_a_child(lambda: run(archive), killed_after_s=chance.uniform(0, took)) == -signal.SIGKILL
        took *= 1 if killed else 0.7  # the first one was slow: a busy machine
        kills += killed
        check_half_done(archive)
        check_finished(archive, run(archive))
    assert kills


@pytest.mark.parametrize("step", [*Step])
def test_killed_again_and_again_at_one_kind_of_step_it_is_finished_in_the_end(
    archive: Path, step: Step, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that is killed behind the first files does not have to do them again."""
    monkeypatch.setattr(runner, "_BATCH_FILES", 2)
    every = 7 if step is Step.PUBLISH else 0  # before that, how far the thread that publishes has come is chance
    ends = 0
    while in_a_child(lambda: run(archive, at=KillAt(every, frozenset({step})))) == -signal.SIGKILL:
        ends += 1
        check_half_done(archive)
        assert ends < 20
        if not every:
            break
    check_finished(archive, run(archive))
    assert ends


def test_killed_while_the_manifest_is_written_its_last_line_is_not_taken(archive: Path) -> None:
    """A line lasts before its output has its name: what has no whole line has no name either."""
    run(archive)
    path = archive / "out" / MANIFEST
    data = path.read_bytes()
    for cut in (1, 2, 40, 400, 4000):
        path.write_bytes(data[:-cut])
        noted = {json.loads(line).get("done") for line in data[:-cut].splitlines(keepends=True) if line.endswith(b"\n")}
        for name in tree(archive / "out").keys() - noted:
            (archive / "out" / name).unlink()
        check_finished(archive, run(archive))


def test_killed_between_two_names_with_replace_the_old_content_is_no_output(archive: Path) -> None:
    """The names stand before the run: only the manifest and the digests say which of them are new."""
    for name, data in tree(archive / "whole").items():
        path = archive / "out" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * len(data))
    steps = steps_of(archive)
    for number in range(steps - 24, steps, 5):
        in_a_child(lambda number=number: run(archive, at=KillAt(number), replace=True))  # type: ignore[misc]
    check_finished(archive, run(archive, replace=True))


def test_killed_while_members_get_their_names_they_are_still_ours(tmp_path: Path) -> None:
    make(tmp_path / "in", {"d.zip": some_files()["day/night/d.zip"]})
    run(tmp_path, unpack=True)
    whole = tree(tmp_path / "out")
    for number in (0, 1):
        other = tmp_path / str(number)
        make(other / "in", {"d.zip": some_files()["day/night/d.zip"]})
        killed = KillAt(number, frozenset({Step.PUBLISH}))
        assert in_a_child(lambda other=other, killed=killed: run(other, unpack=True, at=killed)) == -signal.SIGKILL  # type: ignore[misc]
        assert run(other, unpack=True).is_clean
        assert tree(other / "out") == whole


# --- the system refuses


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS])
@pytest.mark.parametrize(
    ("step", "cause"),
    [
        (Step.READ, Cause.INPUT),
        (Step.SYNC, Cause.OUTPUT),
        (Step.PUBLISH, Cause.OUTPUT),
    ],
)
def test_what_the_system_refuses_is_left_and_the_rest_is_done(
    archive: Path, step: Step, cause: Cause, code: int
) -> None:
    result = run(archive, at=FailAt(step, code, every=5))
    left = result.tally.quarantined
    assert len(left) == (MORE + 6) // 5
    assert {one.cause for one in left} == {cause}
    assert all(errno.errorcode[code] in one.problem for one in left)
    assert result.tally.problem == ""
    whole, out = tree(archive / "whole"), tree(archive / "out")
    assert out == {name: data for name, data in whole.items() if name not in {one.source for one in left}}
    check_finished(archive, run(archive))


@pytest.mark.parametrize("step", [Step.NOTE, Step.NOTED, Step.PUBLISHED, Step.MARK])
def test_where_the_manifest_cannot_be_written_the_run_stops_and_goes_on_later(archive: Path, step: Step) -> None:
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        run(archive, at=FailAt(step, errno.ENOSPC))
    check_half_done(archive)
    assert parts(archive / "out") == []
    check_finished(archive, run(archive))


def test_a_full_disk_is_told_by_what_could_not_be_written(tmp_path: Path) -> None:
    """A real limit of the system, on the size of files."""
    resource = pytest.importorskip("resource")
    make(tmp_path / "in", {"a.jsonl": lines(*(call(number) for number in range(2000))), "b.txt": TEXT})

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        result = run(tmp_path)
        assert [(one.source, one.cause) for one in result.tally.quarantined] == [("a.jsonl", Cause.OUTPUT)]

    assert in_a_child(limited) == 0
    assert tree(tmp_path / "out") == {"b.txt": redacted(TEXT, name="b.txt")}


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.txt": TEXT, "b/c.txt": TEXT})
    make(tmp_path / "out", {"b": b"a file"})
    result = run(tmp_path)
    assert [(one.source, one.cause) for one in result.tally.quarantined] == [("b/c.txt", Cause.OUTPUT)]
    make(tmp_path, {"file": b""})
    with pytest.raises(OutputError):
        ccredact.archive.run(tmp_path / "in", tmp_path / "file" / "x", POLICY, workers=0)


def test_a_file_that_grows_while_it_is_read_is_left(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.jsonl": lines(call(1)), "b.txt": TEXT})

    def grow(step: Step) -> None:
        if step is Step.WRITE and (tmp_path / "in" / "a.jsonl").stat().st_size == len(lines(call(1))):
            with (tmp_path / "in" / "a.jsonl").open("ab") as stream:
                stream.write(lines(call(2)))

    result = run(tmp_path, at=grow)
    assert [(one.source, one.cause) for one in result.tally.quarantined] == [("a.jsonl", Cause.CHANGED)]
    assert [*tree(tmp_path / "out")] == ["b.txt"]
    assert run(tmp_path).is_clean
    assert tree(tmp_path / "out")["a.jsonl"] == redacted(lines(call(1), call(2)))


def test_a_file_that_goes_while_it_is_read_is_left(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.txt": TEXT, "b.txt": TEXT})

    def remove(step: Step) -> None:
        if step is Step.READ:
            (tmp_path / "in" / "b.txt").unlink(missing_ok=True)

    result = run(tmp_path, at=remove)
    assert [(one.source, one.cause) for one in result.tally.quarantined] == [("b.txt", Cause.INPUT)]


def test_an_interruption_publishes_nothing_half_and_leaves_no_parts(archive: Path) -> None:
    def stop(step: Step) -> None:
        if step is Step.WRITE:
            seen.append(step)
            if len(seen) == 15:
                raise KeyboardInterrupt

    seen: list[Step] = []
    with pytest.raises(KeyboardInterrupt):
        run(archive, at=stop)
    check_half_done(archive)
    assert parts(archive / "out") == []
    check_finished(archive, run(archive))


def test_options_are_part_of_what_an_output_was_made_with(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.jsonl": lines(call(1))})
    run(tmp_path, at=nothing)
    result = run(tmp_path, options=Options(max_record=1000))
    assert [one.cause for one in result.tally.quarantined] == [Cause.EXISTS]
