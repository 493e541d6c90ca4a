"""Names of files and members, redacted on request: nothing is left of them anywhere, and no two become one."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import re
import signal
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import ccredact.archive
from archives import BROKEN, TEXT, KillAt, call, in_a_child, lines, make, redacted, tarred, tree, zipped
from ccredact import Policy, Redactor
from ccredact.archive import Cause, RedactedNames, RefusedError, Result, look
from ccredact.archive.names import name_problem
from ccredact.archive.places import MANIFEST
from ccredact.cli.app import app
from ccredact.errors import OutputError, PolicyError

KEY = b"an invented key of thirty-two bytes, or more"
POLICY = Policy.load("pci")
CARD = "4242424242424242"
OTHER = "5555555555554444"
"""Two numbers that become the same label."""
TAIL = r"-[0-9a-f]{16}"
NAMES = RedactedNames(Redactor(POLICY, tagger=False), KEY)


@pytest.fixture(scope="module")
def named() -> RedactedNames:
    return RedactedNames(Redactor("full"), KEY)


@pytest.mark.parametrize("stem", ["mary-jones-final", "Mary Jones cancer", "refund_wei_zhang", "smithJohnFollowup",
                                  "2026-04-17 fatima hassan billing", "interview john smith part 2"])  # fmt: skip
def test_a_name_is_found_beside_words_that_make_no_sentence(named: RedactedNames, stem: str) -> None:
    shown = named.shown(f"{stem}.json").casefold()
    assert not re.search("mary|jones|wei|zhang|smith|john|fatima|hassan", shown), shown
    assert "[person]" in shown


@pytest.mark.parametrize("stem", ["agent-handbook-final", "inbound audio", "march_review_week_12", "2024-04-17",
                                  "quality review", "customer service calls", "batch-3"])  # fmt: skip
def test_a_name_that_names_nobody_stays(named: RedactedNames, stem: str) -> None:
    assert named.shown(f"{stem}.json") == f"{stem}.json"


def run(folder: Path, **more: Any) -> Result:
    given = {"workers": 0, "key": KEY, "redact_file_names": True, **more}
    return ccredact.archive.run(folder / "in", folder / "out", POLICY, **given)


def telling_files() -> dict[str, bytes]:
    """An archive in which every name tells a card, some of them the same one, and some files are broken."""
    inner = zipped([(f"in {CARD}/a {OTHER}.txt", TEXT), (f"broken {CARD}.jsonl", BROKEN), (f"../{CARD}.txt", TEXT)])
    return {
        f"call {CARD}.txt": TEXT,
        f"call {OTHER}.txt": TEXT + TEXT,
        f"of {CARD}/monday.jsonl": lines(call(1), BROKEN, call(3)),
        f"of {CARD}/card_{CARD}.jsonl.gz": gzip.compress(lines(call(4)), mtime=0),
        f"of {OTHER}/monday.jsonl": lines(call(5)),
        f"{CARD}.zip": inner,
        f"z{CARD}.zip": zipped([(f"{CARD}.zip", inner), (f"x {CARD}.tar", tarred([(f"t {CARD}.txt", TEXT)]))]),
        f"{CARD}.tar.gz": gzip.compress(tarred([(f"{CARD}.txt", TEXT), (f"{CARD}.txt", TEXT)]), mtime=0),
        f"{CARD}.bin": b"\x00\x01\x02 nothing that is known",
        "plain.txt": TEXT,
    }


def everything(folder: Path) -> bytes:
    """All that a copy says: its paths, its files, and what is in them."""
    said = [path.relative_to(folder).as_posix().encode() for path in folder.rglob("*")]
    for path in filter(Path.is_file, folder.rglob("*")):
        said += unpacked(path.read_bytes())
    return b"\n".join(said)


def unpacked(data: bytes) -> list[bytes]:
    said = [data]
    if data.startswith(b"\x1f\x8b"):
        said += unpacked(gzip.decompress(data))
    elif data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            for info in container.infolist():
                said += [info.filename.encode(), *unpacked(container.read(info))]
    elif data[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(data)) as members:
            for member in members:
                stream = members.extractfile(member)
                said += [member.name.encode(), *unpacked(stream.read() if stream else b"")]
    return said


def tells(said: bytes) -> bool:
    return CARD.encode() in said or OTHER.encode() in said


# --- one name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (f"call_{CARD}.json", r"call_\[CREDIT_CARD\]" + TAIL + r"\.json"),
        (f"Call{CARD}.JSONL.GZ", r"Call\[CREDIT_CARD\]" + TAIL + r"\.JSONL\.GZ"),
        ("pin_4821.txt", r"\[PIN\]" + TAIL + r"\.txt"),
        (f"a/{CARD}/b.txt", r"a/\[CREDIT_CARD\]" + TAIL + r"/b\.txt"),
        (f"calls.{CARD}", r"calls\.\[CREDIT_CARD\]" + TAIL),
        ("monday/42.txt", r"monday/42\.txt"),
        (f"../{CARD}", r"\[NAME\]" + TAIL),
        (f"../{CARD}.json", r"\[NAME\]" + TAIL + r"\.json"),
        (f"/{CARD}\x07", r"\[NAME\]" + TAIL),
    ],
)
def test_what_names_become(name: str, shown: str) -> None:
    assert re.fullmatch(shown, NAMES.shown(name))


def test_names_of_people_between_humps_and_marks() -> None:
    names = RedactedNames(Redactor("full"), KEY)
    shown = [names.shown(name) for name in ("call_with_JohnSmith.json", "2026-11-29 Mary Jones.txt", "mary-jones.vtt")]
    assert [name.partition("]")[0] for name in shown] == ["call_with_[PERSON", "2026-11-29 [PERSON", "[PERSON"]


@pytest.mark.parametrize("operator", ["mask", "redact", "number", "replace"])
def test_no_operator_writes_what_no_name_may_hold(operator: str) -> None:
    names = RedactedNames(Redactor({"entities": {"CREDIT_CARD": operator}}, tagger=False), KEY)
    for name in (f"{CARD}.txt", f"call of {CARD}.txt"):
        shown = names.shown(name)
        assert not {*shown} & {*'\\/:*?"<>|'}
        assert shown.endswith(".txt")
        assert not tells(shown.encode())


def test_a_long_name_is_cut_and_still_its_own() -> None:
    names = [f"{'é' * 80} {number} {CARD}.json" for number in range(3)]
    shown = [NAMES.shown(name) for name in names]
    assert len({*shown}) == 3
    assert all(name_problem(name) == "" and name.endswith(".json") for name in shown)


# --- an archive


def test_nothing_of_a_name_is_left_anywhere(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    make(tmp_path / "in", telling_files())
    result = run(tmp_path)
    assert not tells(everything(tmp_path / "out"))
    assert not tells(json.dumps(result.as_json()).encode())
    assert not tells(repr(result).encode())
    assert capfd.readouterr() == ("", "")
    assert {one.cause for one in result.tally.quarantined} == {Cause.FORMAT, Cause.NAME, Cause.DUPLICATE}
    assert result.tally.problem == ""
    assert (tmp_path / "out" / "plain.txt").exists()


def test_the_same_files_come_out_as_with_their_names(tmp_path: Path) -> None:
    make(tmp_path / "in", telling_files())
    hidden, plain = run(tmp_path), ccredact.archive.run(tmp_path / "in", tmp_path / "plain", POLICY, key=KEY, workers=0)
    for name in ("files_in", "files_out", "calls_in", "calls_out", "turns_out", "words"):
        assert getattr(hidden.tally, name) == getattr(plain.tally, name)
    contents = [sorted(data for name, data in tree(tmp_path / place).items() if name.endswith((".txt", ".jsonl")))
                for place in ("out", "plain")]  # fmt: skip
    assert contents[0] == contents[1]


@pytest.mark.parametrize("unpack", [False, True])
def test_the_same_call_again_does_nothing_again(tmp_path: Path, *, unpack: bool) -> None:
    make(tmp_path / "in", telling_files())
    first = run(tmp_path, unpack=unpack)
    before = tree(tmp_path / "out")
    again = run(tmp_path, unpack=unpack, verify=True)
    assert again.resumed == len(telling_files()) - 1
    assert again.tally.files_out == first.tally.files_out
    assert tree(tmp_path / "out") == before
    make(tmp_path / "in", {f"0 {CARD}.txt": TEXT})
    run(tmp_path, unpack=unpack)
    assert before.items() < tree(tmp_path / "out").items()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a run is killed in a copy of this process")
def test_killed_and_gone_on_with_nothing_tells_and_nothing_is_missing(tmp_path: Path) -> None:
    make(tmp_path / "in", telling_files())
    ccredact.archive.run(tmp_path / "in", tmp_path / "whole", POLICY, key=KEY, workers=0, redact_file_names=True)
    for number in sorted(random.Random(17).sample(range(40), 5)):
        assert in_a_child(lambda number=number: run(tmp_path, at=KillAt(number))) in {-signal.SIGKILL, 0}  # type: ignore[misc]
        assert not tells(everything(tmp_path / "out"))
    run(tmp_path)
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2, 8])
def test_the_same_names_for_any_number_of_workers(tmp_path: Path, workers: int) -> None:
    make(tmp_path / "in", telling_files())
    run(tmp_path)
    ccredact.archive.run(tmp_path / "in", tmp_path / "2", POLICY, key=KEY, workers=workers, redact_file_names=True)
    assert tree(tmp_path / "2") == tree(tmp_path / "out")


def test_a_parquet_file_has_a_name_too(tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    (tmp_path / "in").mkdir()
    pq.write_table(pa.table({"text": [f"my card is {CARD}"]}), tmp_path / "in" / f"of {CARD}.parquet")
    assert run(tmp_path).is_clean
    (name,) = tree(tmp_path / "out")
    assert name == NAMES.shown(f"of {CARD}.parquet")
    assert not tells(everything(tmp_path / "out"))
    assert pq.read_table(tmp_path / "out" / name).to_pylist() == [{"text": "my card is [CREDIT_CARD]"}]


def test_a_strict_run_and_a_dry_run_tell_no_name(tmp_path: Path) -> None:
    make(tmp_path / "in", {f"{CARD}.bin": b"\x00\x01 nothing that is known"})
    with pytest.raises(RefusedError) as raised:
        run(tmp_path, strict=True)
    assert re.match(r"\[CREDIT_CARD\]" + TAIL + r"\.bin: ", str(raised.value))
    found = look(tmp_path / "in", tmp_path / "out", POLICY, key=KEY, redact_file_names=True)
    assert [left.source for left in found.problems] == [NAMES.shown(f"{CARD}.bin")]


def test_one_file(tmp_path: Path) -> None:
    source = make(tmp_path, {f"{CARD}.txt": TEXT}) / f"{CARD}.txt"
    given: dict[str, Any] = {"key": KEY, "workers": 0, "redact_file_names": True}
    (tmp_path / "out").mkdir()
    assert ccredact.archive.run(source, tmp_path / "out", POLICY, **given).is_clean
    assert tree(tmp_path / "out") == {NAMES.shown(f"{CARD}.txt"): redacted(TEXT, name="x.txt")}
    assert ccredact.archive.run(source, tmp_path / "calls.txt", POLICY, **given).is_clean
    assert not tells((tmp_path / "calls.txt.manifest.jsonl").read_bytes())
    (tmp_path / "other").mkdir()
    with pytest.raises(OutputError, match="the copy would have the archive's file name"):
        ccredact.archive.run(source, tmp_path / "other" / source.name, POLICY, **given)
    assert tree(tmp_path / "other") == {}


# --- what cannot be safe is refused


@pytest.mark.parametrize("key", [None, b"short"])
def test_without_a_key_it_is_refused(tmp_path: Path, key: bytes | None) -> None:
    make(tmp_path / "in", {"a.txt": TEXT})
    with pytest.raises(PolicyError, match=r"key (of|must be) at least 32 bytes"):
        run(tmp_path, key=key)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("first", [True, False])
def test_a_copy_has_one_kind_of_names(tmp_path: Path, *, first: bool) -> None:
    make(tmp_path / "in", {f"{CARD}.txt": TEXT})
    run(tmp_path, redact_file_names=first)
    before = tree(tmp_path / "out")
    way = "redacted" if first else "as they are"
    for replace in (False, True):
        with pytest.raises(OutputError, match=f"the copy was made with file names {way}"):
            run(tmp_path, redact_file_names=not first, replace=replace)
    assert tree(tmp_path / "out") == before


def test_a_copy_has_names_under_one_key(tmp_path: Path) -> None:
    make(tmp_path / "in", {f"{CARD}.txt": TEXT})
    run(tmp_path)
    before = tree(tmp_path / "out")
    for replace in (False, True):
        with pytest.raises(OutputError, match="the copy was made with another key"):
            run(tmp_path, key=b"another key of so many bytes ..." * 2, replace=replace)
    assert tree(tmp_path / "out") == before
    assert run(tmp_path).resumed == 1


def test_two_outputs_never_have_one_name(tmp_path: Path) -> None:
    """The members of a container and a folder beside it, unpacked into one place."""
    make(tmp_path / "in", {"d.zip": zipped([("a.txt", TEXT)]), "d/a.txt": TEXT + TEXT})
    for replace in (False, True):
        result = ccredact.archive.run(
            tmp_path / "in", tmp_path / str(replace), POLICY, workers=0, unpack=True, replace=replace
        )
        assert [one.cause for one in result.tally.quarantined] == [Cause.DUPLICATE]
        assert result.tally.files_out == 1


def test_the_command(tmp_path: Path) -> None:
    make(tmp_path / "in", telling_files())
    (tmp_path / "key").write_bytes(KEY)
    options = ["--policy", "pci", "--redact-file-names", "--workers", "1"]
    places = [str(tmp_path / "in"), str(tmp_path / "out")]
    refused = CliRunner().invoke(app, ["archive", *places, *options])
    assert refused.exit_code == 2
    assert "give key= (in the shell --key-file" in refused.stderr
    with_key = [*options, "--key-file", str(tmp_path / "key"), "--report", str(tmp_path / "report.json")]
    told = CliRunner().invoke(app, ["archive", *places, *with_key])
    assert told.exit_code == 1
    assert not tells(told.output.encode())
    assert not tells((tmp_path / "report.json").read_bytes())
    assert MANIFEST in [path.name for path in (tmp_path / "out").iterdir()]
