"""Whole archives: what comes out, what is left and why, what is counted, and what a second run does."""

from __future__ import annotations

import gzip
import hashlib
import hmac
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

import ccredact.archive
from archives import BROKEN, CARD, POLICY, TEXT, call, lines, make, redacted, some_files, tree, zipped
from ccredact import FormatError, OutputError, Policy, PolicyError
from ccredact.archive import Cause, Options, Progress, Result
from ccredact.archive.places import MANIFEST


def run(folder: Path, **more: Any) -> Result:
    """One run in this process, from `in` to `out`."""
    return ccredact.archive.run(folder / "in", folder / "out", more.pop("policy", POLICY), **{"workers": 0, **more})


def causes(result: Result) -> list[tuple[str, str, Cause]]:
    return sorted((left.source, left.position, left.cause) for left in result.tally.quarantined)


def test_every_file_is_what_its_format_alone_makes_of_it(tmp_path: Path) -> None:
    files = {
        "a.txt": TEXT,
        "b.jsonl": lines(call(1), call(2, "hello")),
        "deep/er/c.txt": TEXT.replace(b"Caller", b"You"),
    }
    make(tmp_path / "in", files)
    before = tree(tmp_path / "in")
    result = run(tmp_path)
    assert tree(tmp_path / "out") == {name: redacted(data, name=name) for name, data in files.items()}
    assert result.is_clean
    assert result.tally.problem == ""
    assert tree(tmp_path / "in") == before
    assert all(stat.S_IMODE((tmp_path / "out" / name).stat().st_mode) == 0o600 for name in files)


def test_what_is_counted(tmp_path: Path) -> None:
    spanish = "hola buenos dias me llamo maria y quiero pagar mi cuenta con tarjeta por favor gracias"
    make(
        tmp_path / "in",
        {"a.jsonl": lines(call(1), BROKEN, call(2, "hello"), call(3, spanish)), "b.bin": b"\0\1\2" * 99},
    )
    tally = run(tmp_path).tally
    assert (tally.files_in, tally.files_out, tally.files_quarantined) == (2, 1, 1)
    assert (tally.calls_in, tally.calls_out, tally.calls_quarantined) == (4, 3, 1)
    assert (tally.turns_in, tally.turns_out, tally.turns_quarantined) == (6, 6, 0)
    assert tally.words == sum(len(said.split()) for said in ("and the card",) * 3 + (f"it's {CARD}", "hello", spanish))
    assert tally.entities == {"CREDIT_CARD": 1}
    assert tally.other_language == 1


def test_a_broken_line_is_left_and_the_others_are_done(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.jsonl": lines(call(1), BROKEN, call(2)) + b"\xff\xfe\n" + call(3)})
    result = run(tmp_path)
    assert tree(tmp_path / "out") == {"a.jsonl": redacted(lines(call(1), call(2)) + call(3))}
    assert [(source, cause) for source, _, cause in causes(result)] == [("a.jsonl", Cause.FORMAT)] * 2
    assert [position.partition(",")[0] for _, position, _ in causes(result)] == ["line 2", "line 4"]


@pytest.mark.parametrize("first", [BROKEN, b'{"broken', b"{}", b'{"turns": 3}', b'{"id": "\xff"}'])
def test_a_broken_first_line_hides_no_call(tmp_path: Path, first: bytes) -> None:
    make(tmp_path / "in", {"a.jsonl": lines(first, first, call(1), call(2))})
    result = run(tmp_path)
    assert tree(tmp_path / "out") == {"a.jsonl": redacted(lines(call(1), call(2)))}
    assert [position.partition(",")[0] for _, position, _ in causes(result)] == ["line 1", "line 2"]


def test_a_line_that_is_too_long_is_read_over(tmp_path: Path) -> None:
    long = call(2, "so " * 400)
    make(tmp_path / "in", {"a.jsonl": lines(call(1), long, call(3)), "b.txt": b"Agent: so\n" * 400})
    result = run(tmp_path, options=Options(max_record=1000))
    assert tree(tmp_path / "out") == {"a.jsonl": redacted(lines(call(1), call(3)))}
    assert causes(result) == [("a.jsonl", "line 2", Cause.TOO_LARGE), ("b.txt", "", Cause.TOO_LARGE)]


@pytest.mark.parametrize("size", [-1, 0, 1])
def test_a_line_may_be_as_long_as_is_said_without_its_end(tmp_path: Path, size: int) -> None:
    make(tmp_path / "in", {"a.jsonl": lines(call(1), call(2))})
    result = run(tmp_path, options=Options(max_record=len(call(1)) + size))
    assert result.tally.calls_out == (2 if size >= 0 else 0)


def test_an_array_of_calls_is_read_call_by_call(tmp_path: Path) -> None:
    array = b"\xef\xbb\xbf [\n" + call(1) + b" ,\r\n " + b'{"turns": 3}' + b",\n" + call(2, '[{\\"}]') + b"\n] \n"
    make(tmp_path / "in", {"a.json": array, "b.json": b'[{"turns": []}, 5 5]', "c.json": b'[{"turns": [}]'})
    result = run(tmp_path)
    out = json.loads((tmp_path / "out" / "a.json").read_text("utf-8-sig"))
    assert [one["id"] for one in out] == [1, 2]
    assert CARD not in str(out)
    assert out[1]["turns"] == json.loads(call(2, '[{\\"}]'))["turns"]
    assert ("a.json", "call 2", Cause.FORMAT) in causes(result)
    assert "b.json" not in tree(tmp_path / "out")


def test_the_first_calls_of_an_array_may_be_left(tmp_path: Path) -> None:
    make(
        tmp_path / "in",
        {
            "a.json": b'[{"turns": [{"text": 1}]}, {"turns": 3},\n' + call(3) + b"]",
            "b.json": b'[{"turns": [{"text": 1}]}]',
        },
    )
    run(tmp_path)
    assert [one["id"] for one in json.loads((tmp_path / "out" / "a.json").read_text())] == [3]
    assert json.loads((tmp_path / "out" / "b.json").read_text()) == []


def test_calls_in_another_language_are_left_where_that_is_asked_for(tmp_path: Path) -> None:
    spanish = "hola buenos dias me llamo maria y quiero pagar mi cuenta con tarjeta por favor gracias"
    make(
        tmp_path / "in",
        {"a.jsonl": lines(call(1), call(2, spanish)), "b.txt": f"Agent: {spanish}\nYou: {spanish}".encode()},
    )
    result = run(tmp_path, options=Options(quarantine_other_language=True))
    assert tree(tmp_path / "out") == {"a.jsonl": redacted(lines(call(1)))}
    assert causes(result) == [("a.jsonl", "line 2", Cause.LANGUAGE), ("b.txt", "", Cause.LANGUAGE)]
    assert result.tally.other_language == 2
    assert result.tally.turns_quarantined == 2


def test_links_and_pipes_are_left(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.txt": TEXT})
    (tmp_path / "in" / "link").symlink_to("a.txt")
    (tmp_path / "in" / "folder").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "in" / "pipe")
    result = run(tmp_path)
    assert [*tree(tmp_path / "out")] == ["a.txt"]
    assert causes(result) == [(name, "", Cause.LINK) for name in ("folder", "link", "pipe")]


def test_an_empty_file_is_an_empty_file(tmp_path: Path) -> None:
    make(tmp_path / "in", {"_SUCCESS": b""})
    assert run(tmp_path).is_clean
    assert tree(tmp_path / "out") == {"_SUCCESS": b""}


def test_one_file_to_one_file(tmp_path: Path) -> None:
    make(tmp_path, {"in": lines(call(1))})
    assert run(tmp_path, options=Options(format="jsonl")).is_clean
    assert (tmp_path / "out").read_bytes() == redacted(lines(call(1)))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out", "out.manifest.jsonl"]


def test_strict_stops_at_the_first_problem(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.jsonl": lines(call(1), BROKEN)})
    with pytest.raises(FormatError, match=r"^a\.jsonl: line 2, character \d+: broken JSON$"):
        run(tmp_path, strict=True)
    assert tree(tmp_path / "out") == {}


# --- a second run


def test_a_second_run_does_nothing_and_tells_the_same(tmp_path: Path) -> None:
    make(tmp_path / "in", {**some_files(), "broken.jsonl": lines(call(1), BROKEN), "x.bin": b"\0" * 99})
    first = run(tmp_path)
    before = {name: (tmp_path / "out" / name).stat().st_mtime_ns for name in tree(tmp_path / "out")}
    second = run(tmp_path)
    assert second.resumed == len(before) == first.tally.files_out - 2  # each container has two
    assert {name: (tmp_path / "out" / name).stat().st_mtime_ns for name in before} == before
    assert {**second.as_json(), "seconds": 0, "resumed": 0} == {**first.as_json(), "seconds": 0}


def test_new_files_are_done_and_changed_ones_are_not_overwritten(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.txt": TEXT, "b.txt": TEXT})
    run(tmp_path)
    make(tmp_path / "in", {"b.txt": TEXT * 2, "c.txt": TEXT})
    result = run(tmp_path)
    assert causes(result) == [("b.txt", "", Cause.EXISTS)]
    assert tree(tmp_path / "out") == dict.fromkeys(("a.txt", "b.txt", "c.txt"), redacted(TEXT, name="x.txt"))
    assert run(tmp_path, replace=True).is_clean
    assert tree(tmp_path / "out")["b.txt"] == redacted(TEXT * 2, name="x.txt")


def test_what_another_policy_made_is_not_taken_for_done(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.txt": TEXT})
    run(tmp_path)
    kept = tree(tmp_path / "out")
    off = Policy.from_dict({"profile": "pci", "entities": {"CREDIT_CARD": "off"}})
    assert causes(run(tmp_path, policy=off)) == [("a.txt", "", Cause.EXISTS)]
    assert tree(tmp_path / "out") == kept
    assert run(tmp_path, policy=off, replace=True).is_clean
    assert tree(tmp_path / "out") == {"a.txt": TEXT}


def problems(result: Result) -> list[str]:
    return [left.problem for left in result.tally.quarantined]


def test_why_a_file_stands_where_an_output_belongs(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.txt": TEXT})
    run(tmp_path)
    make(tmp_path / "in", {"a.txt": TEXT + TEXT})
    assert problems(run(tmp_path)) == ["its output stands, but the file has changed or was touched since then"]
    off = Policy.from_dict({"profile": "pci", "entities": {"CREDIT_CARD_EXPIRY": "off"}})
    assert problems(run(tmp_path, policy=off)) == [
        "its output stands, made with another policy, key, version or option"
    ]
    (tmp_path / "out" / MANIFEST).unlink()
    assert problems(run(tmp_path)) == ["a file that no run has made stands where its output belongs"]


def test_what_another_policy_has_replaced_is_not_taken_for_done(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.txt": TEXT})
    run(tmp_path)
    off = Policy.from_dict({"profile": "pci", "entities": {"CREDIT_CARD_EXPIRY": "off"}})
    run(tmp_path, policy=off, replace=True)
    assert run(tmp_path, policy=off).resumed == 1
    assert causes(run(tmp_path)) == [("a.txt", "", Cause.EXISTS)]


def touch(path: Path) -> None:
    found = path.stat()
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns + 10**9))


def test_files_are_counted_that_are_there(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.txt": TEXT, "b.txt": TEXT})
    run(tmp_path)
    touch(tmp_path / "in" / "a.txt")
    (tmp_path / "in" / "b.txt").unlink()
    result = run(tmp_path)
    counts = result.tally.files_in, result.tally.files_out, result.tally.files_quarantined, result.resumed
    assert counts == (1, 0, 1, 0)


KEY = bytes(range(32))


def test_no_digest_of_an_input_can_be_tried_out(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.txt": TEXT})
    run(tmp_path)
    manifest = (tmp_path / "out" / MANIFEST).read_text()
    done = [line for line in map(json.loads, manifest.splitlines()) if "done" in line]
    assert [line["hmac"] for line in done] == [""]
    assert hashlib.sha256(TEXT).hexdigest() not in manifest
    run(tmp_path, key=KEY, replace=True)
    keyed = (tmp_path / "out" / MANIFEST).read_text().removeprefix(manifest)
    [digest] = [line["hmac"] for line in map(json.loads, keyed.splitlines()) if "done" in line]
    assert digest not in {"", hashlib.sha256(TEXT).hexdigest(), hmac.digest(KEY, TEXT, "sha256").hex()}
    assert hashlib.sha256(TEXT).hexdigest() not in keyed
    run(tmp_path, key=KEY[::-1], replace=True)
    last = [
        line["hmac"]
        for line in map(json.loads, (tmp_path / "out" / MANIFEST).read_text().splitlines())
        if "done" in line
    ][-1]
    assert last not in {"", digest}


@pytest.mark.parametrize("times", [1, 2])
def test_with_a_key_a_file_that_was_only_touched_is_done(tmp_path: Path, times: int) -> None:
    make(tmp_path / "in", {"a.txt": TEXT, "b.txt": TEXT})
    first = run(tmp_path, key=KEY)
    for _ in range(times):
        touch(tmp_path / "in" / "a.txt")
        second = run(tmp_path, key=KEY)
        assert (second.resumed, second.tally.as_json()) == (2, first.tally.as_json())
    make(tmp_path / "in", {"a.txt": TEXT[:-2] + b"!\n"})
    assert causes(run(tmp_path, key=KEY)) == [("a.txt", "", Cause.EXISTS)]


def test_an_output_that_is_gone_is_made_again(tmp_path: Path) -> None:
    make(tmp_path / "in", some_files())
    run(tmp_path)
    whole = tree(tmp_path / "out")
    (tmp_path / "out" / "a.txt").unlink()
    result = run(tmp_path)
    assert tree(tmp_path / "out") == whole
    assert result.resumed == len(whole) - 1
    assert result.tally.calls_in == result.tally.calls_out == 12


def test_two_runs_do_not_write_one_folder(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.txt": TEXT, "b.txt": TEXT})
    other: list[str] = []

    def again(_: Progress) -> None:
        with pytest.raises(OutputError) as caught:
            run(tmp_path)
        other.append(str(caught.value))

    assert run(tmp_path, on_progress=again).is_clean
    assert set(other) == {"another run is writing there"}


def test_a_sample_is_the_same_files_each_time_and_the_rest_follows(tmp_path: Path) -> None:
    make(tmp_path / "in", {f"{number}.txt": TEXT for number in range(9)})
    assert run(tmp_path, sample=3).tally.files_out == 3
    first = tree(tmp_path / "out")
    assert run(tmp_path, sample=3).resumed == 3
    assert tree(tmp_path / "out") == first
    assert run(tmp_path).tally.files_out == 9


def test_the_manifest_and_parts_of_an_archive_are_no_calls(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.txt": TEXT})
    run(tmp_path)
    result = ccredact.archive.run(tmp_path / "out", tmp_path / "again", POLICY, workers=0)
    assert result.is_clean
    assert [*tree(tmp_path / "again")] == ["a.txt"]


@pytest.mark.parametrize(
    ("src", "dst", "problem"),
    [
        ("in", "in", "may not lie in each other"),
        ("in", "in/out", "may not lie in each other"),
        ("in/deep", "in", "may not lie in each other"),
        ("in", "in/a.txt", "is a file"),
        ("in/a.txt", "in/a.txt", "may not be one file"),
        ("in/a.txt", "none/a.txt", "does not exist"),
        ("none", "out", "does not exist"),
    ],
)
def test_places_that_cannot_be(tmp_path: Path, src: str, dst: str, problem: str) -> None:
    files = {"a.txt": TEXT, "deep/b.txt": TEXT}
    make(tmp_path / "in", files)
    with pytest.raises(OutputError, match=problem):
        ccredact.archive.run(tmp_path / src, tmp_path / dst, POLICY, workers=0)
    assert tree(tmp_path / "in") == files


def test_a_bad_policy_is_told_before_anything_is_written(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.txt": TEXT})
    with pytest.raises(PolicyError):
        run(tmp_path, policy={"entities": {"PERSON": "hash"}})
    assert not (tmp_path / "out").exists()


def test_progress_ends_with_all_of_it(tmp_path: Path) -> None:
    files = {**some_files(), "x.bin": b"\0" * 99}
    make(tmp_path / "in", files)
    seen: list[Progress] = []
    run(tmp_path, on_progress=seen.append)
    size = sum(map(len, files.values()))
    assert seen[-1] == Progress(len(files), len(files), size, size, 12, 1)
    assert [one.files for one in seen] == sorted(one.files for one in seen)


def test_nothing_of_a_call_is_in_manifest_or_report(tmp_path: Path) -> None:
    canary = "zqxcanary"
    broken = [f'{{"{canary}": ', f'{{"turns": [{{"text": 4, "x": "{canary}"}}]}}', f'{{"turns": "{canary}"}}', canary]
    make(
        tmp_path / "in",
        {
            "a.jsonl": lines(call(1, canary), *(line.encode() for line in broken)) + canary.encode() + b"\xff\n",
            "b.json": b"[" + call(1, canary) + f", {canary}]".encode(),
            "c.gz": gzip.compress(call(1, canary))[:-5],
            "d.zip": zipped([("a.txt", canary.encode()), ("b.jsonl", broken[1].encode())]),
            "e.bin": canary.encode() + b"\0",
        },
    )
    result = run(tmp_path)
    assert len(result.tally.quarantined) >= 8
    assert canary not in json.dumps(result.as_json())
    assert canary not in (tmp_path / "out" / MANIFEST).read_text()
    assert canary not in repr(result)


def test_json_that_is_nested_without_end_is_left(tmp_path: Path) -> None:
    deep = b'{"turns": [{"text": "so", "x": ' + b"[" * 1_000_000 + b"]" * 1_000_000 + b"}]}"
    make(tmp_path / "in", {"a.jsonl": lines(call(1), deep, call(2)), "b.json": deep, "c.json": b"[" + deep + b"]"})
    result = run(tmp_path)
    assert tree(tmp_path / "out") == {"a.jsonl": redacted(lines(call(1), call(2)))}
    assert {cause for *_, cause in causes(result)} == {Cause.FORMAT}
