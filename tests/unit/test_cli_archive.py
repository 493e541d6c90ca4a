"""The command `archive`: its exit codes, what it says, and its report."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import ipc
from typer.testing import CliRunner

from archives import BROKEN, CARD, TEXT, call, lines, make, redacted, some_files, tree
from ccredact import OutputError
from ccredact.archive import CAUSES, Cause
from ccredact.archive.manifest import Manifest
from ccredact.cli.app import app

if TYPE_CHECKING:
    from typer.testing import Result


def archive(folder: Path, *arguments: str | Path) -> Result:
    command = ["archive", folder / "in", folder / "out", "--policy", "pci", "--workers", "1", *arguments]
    return CliRunner().invoke(app, [str(argument) for argument in command])


def test_a_clean_archive_is_code_0_and_counts(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.txt": TEXT, "b.jsonl": lines(call(1))})
    result = archive(tmp_path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines() == [
        "files       2 in, 2 out, 0 quarantined",
        "calls       2 in, 2 out, 0 quarantined",
        "turns       5 in, 5 out, 0 quarantined",
        "words       18",
        "hidden      3: CREDIT_CARD 3",
    ]
    assert tree(tmp_path / "out") == {"a.txt": redacted(TEXT, name="a.txt"), "b.jsonl": redacted(lines(call(1)))}


def test_what_is_quarantined_is_code_1_and_named(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.jsonl": lines(call(1), BROKEN), "b\x1b[31m.bin": b"\0" * 99})
    result = archive(tmp_path, "--report", tmp_path / "report.json")
    assert result.exit_code == 1
    first, second, *_, hidden = result.stderr.splitlines()
    assert first.startswith("ccredact: a.jsonl: line 2, character ")
    assert second.startswith("ccredact: b?[31m.bin: it looks like no format known here")
    assert hidden == "hidden      1: CREDIT_CARD 1"
    report = json.loads((tmp_path / "report.json").read_text())
    assert (report["calls_in"], report["calls_out"], report["calls_quarantined"]) == (2, 1, 1)
    assert [(left["source"], left["cause"]) for left in report["quarantined"]] == [
        ("a.jsonl", "format"),
        ("b\x1b[31m.bin", "format"),
    ]
    assert CARD not in str(report)


def test_many_that_are_quarantined_are_counted_not_shown(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.jsonl": lines(call(1), *([BROKEN] * 30))})
    told = archive(tmp_path).stderr.splitlines()
    assert sum("a.jsonl: line" in line for line in told) == 20
    assert "ccredact: and 10 more: give --report FILE to have all" in told


def test_strict_is_code_2_at_the_first_problem(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.jsonl": lines(call(1), BROKEN)})
    result = archive(tmp_path, "--strict")
    assert result.exit_code == 2
    assert result.stderr.startswith("ccredact: a.jsonl: line 2, character ")
    assert len(result.stderr.splitlines()) == 1
    assert tree(tmp_path / "out") == {}


def test_a_dry_run_shows_what_would_be_done_and_writes_nothing(tmp_path: Path) -> None:
    make(tmp_path / "in", {**some_files(), "x.bin": b"\0" * 99})
    result = archive(tmp_path, "--dry-run", "--sample", "5")
    assert result.exit_code == 0
    assert not (tmp_path / "out").exists()
    told = result.stdout
    for kind, count in (("text", 1), ("jsonl", 2), ("jsonl in gzip", 1), ("zip", 1), ("tar in gzip", 1)):
        assert f"{kind:<20} {count:>10} files" in told
    assert "to do 6, done 0, in the way 0, cannot be read 1" in told
    assert "[CREDIT_CARD]" in told
    assert "4242" not in told


def test_a_dry_run_shows_calls_of_tables_and_what_should_be_known_of_them(tmp_path: Path) -> None:
    rows = {"call_id": ["x", "x", "y"], "text": ["your PIN?", "it's 4417", "not shown"]}
    parquet = io.BytesIO()
    pq.write_table(pa.table(rows), parquet)
    arrow, arrows = io.BytesIO(), io.BytesIO()
    for make_writer, out in ((ipc.new_file, arrow), (ipc.new_stream, arrows)):
        with make_writer(out, pa.table(rows).schema) as writer:
            writer.write_table(pa.table(rows))
    text = "".join(",".join(row) + "\n" for row in [("call_id", "text"), *zip(*rows.values(), strict=True)])
    make(
        tmp_path / "in",
        {
            "a.csv": b"speaker,text\nagent,your PIN?\ncaller,thistlewood\n",
            "b.csv": text.encode(),
            "c.csv.gz": gzip.compress(text.encode("utf-16")),
            "d.parquet": parquet.getvalue(),
            "f.feather": arrow.getvalue(),
            "g.arrows": arrows.getvalue(),
            "e.csv": b"colour,size\nred,4\n",
        },
    )
    result = archive(tmp_path, "--dry-run", "--sample", "7")
    assert result.exit_code == 0
    assert not (tmp_path / "out").exists()
    assert "to do 6, done 0, in the way 0, cannot be read 1" in result.stdout
    assert "  e.csv: no column of text was found among 2 columns: name it with --column text=NAME" in result.stdout
    assert result.stdout.count("has speakers and no column of calls") == 1
    assert "# a.csv: line 2\n" in result.stdout
    for place in ("b.csv: line 2", "c.csv.gz: line 2", "d.parquet: row 1", "f.feather: row 1", "g.arrows: row 1"):
        assert f"# {place}\nyour PIN?\nit's [PIN]\n" in result.stdout
    assert "not shown" not in result.stdout
    assert "no column of calls" not in archive(tmp_path, "--dry-run", "--one-call").stdout


def test_a_dry_run_knows_what_is_done_and_what_is_in_the_way(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.txt": TEXT, "b.txt": TEXT, "c.txt": TEXT})
    make(tmp_path / "out", {"b.txt": b"somebody's own"})
    assert archive(tmp_path).exit_code == 1
    make(tmp_path / "in", {"d.txt": TEXT})
    before = tree(tmp_path / "out")
    assert "to do 1, done 2, in the way 1, cannot be read 0" in archive(tmp_path, "--dry-run").stdout
    assert "to do 2, done 2, in the way 0, cannot be read 0" in archive(tmp_path, "--dry-run", "--replace").stdout
    assert tree(tmp_path / "out") == before


def test_options_reach_the_archive(tmp_path: Path) -> None:
    spanish = "hola buenos dias me llamo maria y quiero pagar mi cuenta con tarjeta por favor gracias"
    make(tmp_path / "in", {"a": lines(call(1), call(2, "so " * 700), call(3, spanish))})
    result = archive(tmp_path, "--from", "jsonl", "--max-record", "2k", "--on-other-language", "quarantine")
    assert result.exit_code == 1
    assert "a: line 2: it is larger than 2048 bytes (too_large)" in result.stderr
    assert "a: line 3: fewer than half of its words are English (language)" in result.stderr
    assert "language    1 calls are not English: little is hidden in them" in result.stderr
    assert tree(tmp_path / "out") == {"a": redacted(lines(call(1)))}


def test_a_column_is_named_by_its_role(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.csv": b"what,who\nit's 4242 4242 4242 4242,7\n"})
    assert archive(tmp_path, "--column", "text=what", "--column", "speaker=who").exit_code == 0
    assert tree(tmp_path / "out") == {"a.csv": b"what,who\nit's [CREDIT_CARD],7\n"}


def test_a_file_that_may_be_read_otherwise_is_noticed_till_it_is_one_call(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.csv": b"speaker,text\nagent,your PIN?\ncaller,thistlewood\n"})
    result = archive(tmp_path, "--report", tmp_path / "report.json")
    assert result.exit_code == 0
    assert "a.csv: it has speakers and no column of calls: each row is read as a call of its own" in result.stderr
    assert "notices     1 " in result.stderr
    assert "thistlewood" not in result.stderr
    report = json.loads((tmp_path / "report.json").read_text())
    assert [(one["source"], one["notice"]) for one in report["notices"]] == [("a.csv", "rows_are_calls")]
    result = archive(tmp_path, "--one-call", "--replace")
    assert "no column of calls" not in result.stderr
    assert "calls       1 in, 1 out" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--max-record", "much"], "--max-record is a size in bytes: 64M, 500k, 1G"),
        (["--max-record", "0"], "--max-record is a size in bytes: 64M, 500k, 1G"),
        (["--on-other-language", "drop"], "--on-other-language is keep or quarantine"),
        (["--column", "text"], "--column is ROLE=NAME, with a role of call, order, speaker, text"),
        (["--column", "x=y"], "--column is ROLE=NAME, with a role of call, order, speaker, text"),
        (["--from", "jsonk"], "format: none has this name"),
        (["--policy", "pcj"], "profile"),
    ],
)
def test_a_wrong_option_is_code_2(tmp_path: Path, arguments: list[str], problem: str) -> None:
    make(tmp_path / "in", {"a.txt": TEXT})
    result = archive(tmp_path, *arguments)
    assert result.exit_code == 2
    assert problem in result.stderr
    assert not (tmp_path / "out").exists()


def test_every_cause_is_explained() -> None:
    assert CAUSES.keys() == {*Cause}


# --- where a report may be


def test_a_report_takes_no_other_file_s_place(tmp_path: Path) -> None:
    make(tmp_path, {"in/a.txt": TEXT, "policy.yml": b"profile: pci\n", "key": bytes(range(32)), "notes.txt": b"mine"})
    own = ("--policy", tmp_path / "policy.yml", "--key-file", tmp_path / "key")
    places = (
        "in/a.txt",
        "in/new.json",
        "out/a.txt",
        "out/new.json",
        "out/_ccredact_manifest.jsonl",
        "out.manifest.jsonl",
    )
    assert archive(tmp_path, *own).exit_code == 0
    before = tree(tmp_path)
    for place in (*places, "policy.yml", "key"):
        assert archive(tmp_path, *own, "--replace", "--report", tmp_path / place).exit_code == 2
    for place in ("notes.txt", "in", "none/report.json"):
        assert archive(tmp_path, *own, "--report", tmp_path / place).exit_code == 2
    assert tree(tmp_path) == before
    assert archive(tmp_path, *own, "--replace", "--report", tmp_path / "notes.txt").exit_code == 0
    assert json.loads((tmp_path / "notes.txt").read_text())["files_in"] == 1


def test_a_report_takes_the_place_of_a_report(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.txt": TEXT})
    assert archive(tmp_path, "--report", tmp_path / "report.json").exit_code == 0
    assert archive(tmp_path, "--report", tmp_path / "report.json").exit_code == 0
    assert json.loads((tmp_path / "report.json").read_text())["resumed"] == 1


def test_a_link_to_the_archive_hides_it_from_no_report(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.txt": TEXT})
    (tmp_path / "link").symlink_to(tmp_path / "in", target_is_directory=True)
    (tmp_path / "one").symlink_to(tmp_path / "in" / "a.txt")
    for place in ("link/a.txt", "one"):
        assert archive(tmp_path, "--replace", "--report", tmp_path / place).exit_code == 2
    assert tree(tmp_path / "in") == {"a.txt": TEXT}


def test_a_run_that_strict_ends_has_a_report(tmp_path: Path) -> None:
    make(tmp_path / "in", {"a.txt": TEXT, "b.jsonl": lines(call(1), BROKEN)})
    result = archive(tmp_path, "--strict", "--report", tmp_path / "report.json")
    assert result.exit_code == 2
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["stopped"].startswith("b.jsonl: line 2")
    assert report["problem"] == ""


def test_a_run_whose_manifest_is_full_has_a_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / "in", {"a.txt": TEXT})

    def full(_manifest: Manifest, entries: object, **_more: object) -> None:
        if not isinstance(entries, list):  # the first line has been written
            raise OutputError("the manifest cannot be written: No space left on device")

    monkeypatch.setattr(Manifest, "append", full)
    assert archive(tmp_path, "--report", tmp_path / "report.json").exit_code == 2
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["stopped"] == "the manifest cannot be written: No space left on device"
    assert (report["files_in"], report["files_out"]) == (0, 0)
