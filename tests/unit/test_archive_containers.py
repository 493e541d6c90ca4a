"""Compression and containers: read as streams, within limits, and written as the same kind."""

from __future__ import annotations

import ast
import gzip
import importlib
import io
import random
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

import ccredact.archive
from archives import CARD, POLICY, STAMP, TEXT, call, lines, make, redacted, tarred, tree, zipped
from ccredact.archive import Cause, Limits, Options, Result
from ccredact.archive.zstd import _MODULE

zstd = importlib.import_module(_MODULE)

SAFE = redacted(TEXT, name="x.txt")
CALLS = lines(call(1), call(2))
SAFE_CALLS = redacted(CALLS)


def run(folder: Path, files: dict[str, bytes], **more: Any) -> tuple[dict[str, bytes], Result]:
    """What becomes of an archive with these files, and the result."""
    make(folder / "in", files)
    result = ccredact.archive.run(folder / "in", folder / "out", POLICY, workers=0, **more)
    return tree(folder / "out"), result


def causes(result: Result) -> dict[str, Cause]:
    found = {left.source: left.cause for left in result.tally.quarantined}
    assert len(found) == len(result.tally.quarantined)
    return found


def in_zip(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        assert container.testzip() is None
        return {info.filename: container.read(info) for info in container.infolist()}


def in_tar(data: bytes, mode: str = "r:") -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(data), mode=mode) as container:  # type: ignore[call-overload]
        return {info.name: container.extractfile(info).read() for info in container}


@pytest.mark.parametrize(
    ("name", "pack", "unpack"),
    [("a.jsonl.gz", gzip.compress, gzip.decompress), ("a.jsonl.zst", zstd.compress, zstd.decompress)],
)
def test_what_is_compressed_comes_out_compressed(tmp_path: Path, name: str, pack: Any, unpack: Any) -> None:
    out, result = run(tmp_path, {name: pack(CALLS)})
    assert result.is_clean
    assert unpack(out[name]) == SAFE_CALLS


def test_a_stream_of_several_gzip_members_is_one_file(tmp_path: Path) -> None:
    out, result = run(tmp_path, {"a.jsonl.gz": gzip.compress(lines(call(1))) + gzip.compress(lines(call(2)))})
    assert result.is_clean
    assert gzip.decompress(out["a.jsonl.gz"]) == SAFE_CALLS


def test_the_members_of_a_zip_keep_order_names_and_times(tmp_path: Path) -> None:
    members = [("z/b.jsonl", CALLS), ("a.txt", TEXT), ("c.jsonl.gz", gzip.compress(CALLS, mtime=0))]
    out, result = run(tmp_path, {"a.zip": zipped(members)})
    assert result.is_clean
    assert result.tally.files_out == 3
    with zipfile.ZipFile(io.BytesIO(out["a.zip"])) as container:
        infos = container.infolist()
    assert [(info.filename, info.date_time, info.compress_type) for info in infos] == [
        (name, STAMP, zipfile.ZIP_DEFLATED) for name, _ in members
    ]
    found = in_zip(out["a.zip"])
    assert (found["z/b.jsonl"], found["a.txt"]) == (SAFE_CALLS, SAFE)
    assert gzip.decompress(found["c.jsonl.gz"]) == SAFE_CALLS


@pytest.mark.parametrize(
    ("name", "pack", "mode"),
    [("a.tar", bytes, "r:"), ("a.tar.gz", gzip.compress, "r:gz"), ("a.tgz", gzip.compress, "r:gz")],
)
def test_the_members_of_a_tar_keep_order_names_and_times(tmp_path: Path, name: str, pack: Any, mode: str) -> None:
    members = [("z/b.jsonl", CALLS), ("./a.txt", TEXT), ("l" * 150 + "/c.txt", TEXT)]
    out, result = run(tmp_path, {name: pack(tarred(members))})
    assert result.is_clean
    assert [*in_tar(out[name], mode).items()] == [
        (members[0][0], SAFE_CALLS),
        (members[1][0], SAFE),
        (members[2][0], SAFE),
    ]
    with tarfile.open(fileobj=io.BytesIO(out[name])) as container:
        assert {(info.mtime, info.mode, info.uid) for info in container} == {(1_770_000_000, 0o600, 0)}


def test_a_tar_in_zstandard(tmp_path: Path) -> None:
    out, result = run(tmp_path, {"a.tar.zst": zstd.compress(tarred([("a.txt", TEXT)]))})
    assert result.is_clean
    assert in_tar(zstd.decompress(out["a.tar.zst"])) == {"a.txt": SAFE}


def test_containers_in_containers_to_a_depth(tmp_path: Path) -> None:
    inner = zipped([("a.txt", TEXT)])
    files = {"1.zip": inner, "2.zip": zipped([("1.zip", inner), ("b.txt", TEXT)])}
    files["3.tar"] = tarred([("2.zip", files["2.zip"])])
    out, result = run(tmp_path, files, limits=Limits(depth=2))
    assert causes(result) == {"3.tar!2.zip!1.zip": Cause.DEPTH}
    assert in_zip(in_zip(out["2.zip"])["1.zip"]) == {"a.txt": SAFE}
    assert [*in_zip(in_tar(out["3.tar"])["2.zip"])] == ["b.txt"]


# --- names


BAD_NAMES = [
    "../a.txt",
    "x/../../a.txt",
    "/a.txt",
    "C:/a.txt",
    "..\\a.txt",
    "a\nb.txt",
    "n" * 201 + ".txt",
    "x/" * 2100 + "a.txt",
]


@pytest.mark.parametrize("unpack", [False, True])
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_names_that_point_elsewhere_are_left(tmp_path: Path, pack: Any, *, unpack: bool) -> None:
    members = [(name, TEXT) for name in BAD_NAMES] + [("good.txt", TEXT)]
    make(tmp_path / "in", {"a": pack(members)})
    result = ccredact.archive.run(tmp_path / "in", tmp_path / "deep" / "er" / "out", POLICY, workers=0, unpack=unpack)
    assert {left.cause for left in result.tally.quarantined} == {Cause.NAME}
    assert (result.tally.files_in, result.tally.files_out) == (len(members), 1)
    everything = [path for path in tmp_path.rglob("*") if path.is_file() and path.parent != tmp_path / "in"]
    assert all(path.is_relative_to(tmp_path / "deep" / "er" / "out") for path in everything)


def test_duplicates_are_left_and_so_are_twins_where_they_become_files(tmp_path: Path) -> None:
    members = [("a.txt", TEXT), ("A.txt", TEXT), ("a.txt", TEXT * 2), ("./a.txt", TEXT)]
    with pytest.warns(UserWarning, match="Duplicate"):
        packed = zipped(members)
    out, result = run(tmp_path, {"a.zip": packed})
    assert in_zip(out["a.zip"]) == {"a.txt": SAFE, "A.txt": SAFE}
    assert [left.cause for left in result.tally.quarantined] == [Cause.DUPLICATE] * 2
    unpacked = ccredact.archive.run(tmp_path / "in" / "a.zip", tmp_path / "files", POLICY, workers=0, unpack=True)
    assert tree(tmp_path / "files") == {"a.txt": SAFE}
    assert [left.cause for left in unpacked.tally.quarantined] == [Cause.DUPLICATE] * 3


@pytest.mark.parametrize(
    "names", [("b/c", "b/c/x.txt"), ("b/c/x.txt", "b/c"), ("b", "B/c/x.txt"), ("b/c/d/x.txt", "b")]
)
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_file_and_a_folder_of_one_name_are_no_two_files(tmp_path: Path, pack: Any, names: tuple[str, str]) -> None:
    members = [("a.txt", TEXT), *((name, TEXT) for name in names), ("z.txt", TEXT)]
    make(tmp_path / "in", {"y": pack(members)})
    result = ccredact.archive.run(tmp_path / "in", tmp_path / "out", POLICY, workers=0, unpack=True)
    assert tree(tmp_path / "out") == dict.fromkeys(["y.d/a.txt", f"y.d/{names[0]}", "y.d/z.txt"], SAFE)
    assert [(left.source, left.cause) for left in result.tally.quarantined] == [(f"y!{names[1]}", Cause.DUPLICATE)]
    assert (result.tally.files_in, result.tally.files_out) == (4, 3)


def test_a_container_may_have_a_file_and_a_folder_of_one_name(tmp_path: Path) -> None:
    out, result = run(tmp_path, {"y.zip": zipped([("b/c", TEXT), ("b/c/x.txt", TEXT)])})
    assert in_zip(out["y.zip"]) == {"b/c": SAFE, "b/c/x.txt": SAFE}
    assert result.is_clean


def test_a_member_does_not_stand_where_the_manifest_belongs(tmp_path: Path) -> None:
    make(tmp_path / "in", {"y.zip": zipped([("_ccredact_manifest.jsonl", TEXT), ("a.txt", TEXT)])})
    result = ccredact.archive.run(tmp_path / "in" / "y.zip", tmp_path / "out", POLICY, workers=0, unpack=True)
    assert tree(tmp_path / "out") == {"a.txt": SAFE}
    assert [left.cause for left in result.tally.quarantined] == [Cause.NAME]


def test_links_and_devices_are_left(tmp_path: Path) -> None:
    kinds = [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE]
    links = [(f"l{number}", kind, "/etc/hostname") for number, kind in enumerate(kinds)]
    zip_link = io.BytesIO()
    with zipfile.ZipFile(zip_link, "w") as container:
        info = zipfile.ZipInfo("l")
        info.external_attr = 0o120777 << 16
        container.writestr(info, "/etc/hostname")
    out, result = run(tmp_path, {"a.tar": tarred([("a.txt", TEXT)], links), "b.zip": zip_link.getvalue()})
    assert causes(result) == dict.fromkeys(["a.tar!l0", "a.tar!l1", "a.tar!l2", "a.tar!l3", "b.zip!l"], Cause.LINK)
    assert in_tar(out["a.tar"]) == {"a.txt": SAFE}


# --- what is broken or too large


def test_a_broken_member_is_left_and_the_others_are_done(tmp_path: Path) -> None:
    packed = bytearray(
        zipped([("a.txt", TEXT), ("b.txt", random.Random(1).randbytes(500).hex().encode()), ("c.txt", TEXT)])
    )
    at = packed.index(b"b.txt") + 40
    packed[at : at + 20] = bytes(20)
    out, result = run(tmp_path, {"a.zip": bytes(packed)})
    assert causes(result) == {"a.zip!b.txt": Cause.CORRUPT}
    assert in_zip(out["a.zip"]) == {"a.txt": SAFE, "c.txt": SAFE}


def test_an_encrypted_member_is_left(tmp_path: Path) -> None:
    packed = bytearray(zipped([("a.txt", TEXT), ("b.txt", TEXT)]))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(mark) + offset] |= 1
    out, result = run(tmp_path, {"a.zip": bytes(packed)})
    assert causes(result) == {"a.zip!a.txt": Cause.ENCRYPTED}
    assert in_zip(out["a.zip"]) == {"b.txt": SAFE}


@pytest.mark.parametrize("cut", [1, 8, 9, 40])
def test_a_stream_that_breaks_off_is_left_as_a_whole(tmp_path: Path, cut: int) -> None:
    tar = tarred([("a.txt", TEXT), ("b.txt", TEXT)])
    files = {
        "a.jsonl.gz": gzip.compress(CALLS)[:-cut],
        "b.jsonl.zst": zstd.compress(CALLS)[:-cut],
        "c.zip": zipped([("a.txt", TEXT)])[:-cut],
        "d.tar.gz": gzip.compress(tar)[:-cut],
        "e.tar": tar[: len(TEXT) + 512 + cut],
        "f.tar": tar[:1024] + b"x" * cut + tar[1024 + cut :],
        "g.txt": TEXT,
    }
    out, result = run(tmp_path, files)
    assert out == {"g.txt": SAFE}
    assert causes(result) == dict.fromkeys([*files][:-1], Cause.CORRUPT)


def test_a_wrong_check_sum_is_found_at_the_end(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(CALLS))
    packed[-8] ^= 1
    out, result = run(tmp_path, {"a.jsonl.gz": bytes(packed)})
    assert (out, causes(result)) == ({}, {"a.jsonl.gz": Cause.CORRUPT})


@pytest.mark.parametrize(
    "pack", [gzip.compress, zstd.compress, lambda data: zipped([("a.jsonl", data), ("b.txt", TEXT)])]
)
def test_a_bomb_is_left(tmp_path: Path, pack: Any) -> None:
    bomb = pack(lines(call(1)) + b" " * 8_000_000)
    assert len(bomb) < 80_000
    out, result = run(tmp_path, {"a": bomb, "c.txt": TEXT})
    assert [*causes(result).values()] == [Cause.BOMB]
    assert out["c.txt"] == SAFE
    if "a" in out:
        assert in_zip(out["a"]) == {"b.txt": SAFE}


def test_a_member_and_a_file_may_be_as_large_as_is_said(tmp_path: Path) -> None:
    noise = [lines(call(number, random.Random(number).randbytes(300).hex())) for number in range(40)]
    packed = zipped([(f"{number}.jsonl", data) for number, data in enumerate(noise)] + [("all.jsonl", b"".join(noise))])
    _, result = run(tmp_path, {"a.zip": packed}, limits=Limits(member=20_000))
    assert causes(result) == {"a.zip!all.jsonl": Cause.TOO_LARGE}
    result = ccredact.archive.run(
        tmp_path / "in", tmp_path / "2", POLICY, workers=0, limits=Limits(total=sum(map(len, noise)) + 20_000)
    )
    assert causes(result) == {"a.zip!all.jsonl": Cause.TOO_LARGE}


def test_what_can_only_be_read_as_a_whole_may_be_as_large_as_a_record(tmp_path: Path) -> None:
    inner = zipped([("a.txt", TEXT)])
    out, result = run(tmp_path, {"a.tar": tarred([("b.zip", inner)])}, options=Options(max_record=len(inner) - 1))
    assert causes(result) == {"a.tar!b.zip": Cause.TOO_LARGE}
    assert out == {}


def test_a_container_of_which_no_member_can_be_read_is_not_written(tmp_path: Path) -> None:
    files = {"a.docx": zipped([("media/a.png", b"\x89PNG\0\1")]), "b.zip": zipped([])}
    out, result = run(tmp_path, files)
    assert causes(result) == {"a.docx!media/a.png": Cause.FORMAT}
    assert in_zip(out.pop("b.zip")) == {}
    assert out == {}


# --- unpacking


def test_members_become_files_of_a_folder(tmp_path: Path) -> None:
    members = [("x/b.jsonl", CALLS), ("a.txt", TEXT), ("in.zip", zipped([("a.txt", TEXT)]))]
    files = {
        "day/a.zip": zipped(members),
        "b.tar.gz": gzip.compress(tarred(members)),
        "c.jsonl.gz": gzip.compress(CALLS),
        "d.zip": zipped([]),
    }
    out, result = run(tmp_path, files, unpack=True)
    assert result.is_clean
    assert gzip.decompress(out.pop("c.jsonl.gz")) == SAFE_CALLS
    for folder in ("day/a", "b"):
        assert in_zip(out.pop(f"{folder}/in.zip")) == {"a.txt": SAFE}
        assert (out.pop(f"{folder}/x/b.jsonl"), out.pop(f"{folder}/a.txt")) == (SAFE_CALLS, SAFE)
    assert out == {}


def test_a_container_is_one_unit_of_resume_when_it_is_unpacked(tmp_path: Path) -> None:
    files = {"a.zip": zipped([("a.txt", TEXT), ("b.txt", TEXT)])}
    out, _ = run(tmp_path, files, unpack=True)
    (tmp_path / "out" / "a" / "b.txt").unlink()
    again, result = run(tmp_path, {}, unpack=True)
    assert result.is_clean
    assert again == out


def test_no_code_of_the_archive_extracts_to_the_disk() -> None:
    folder = Path(ccredact.archive.__file__).parent
    called = {
        node.func.attr
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert called >= {"extractfile", "infolist"}
    assert not called & {"extract", "extractall", "unpack_archive"}


def test_the_limits_are_checked_before_what_is_beyond_is_held(tmp_path: Path) -> None:
    long = b'{"turns": [{"text": "' + CARD.encode() * 200_000 + b'"}]}\n'
    out, result = run(
        tmp_path,
        {"a.jsonl.zst": zstd.compress(CALLS + long)},
        options=Options(max_record=10_000),
        limits=Limits(ratio=10_000),
    )
    assert [(left.position, left.cause) for left in result.tally.quarantined] == [("line 3", Cause.TOO_LARGE)]
    assert zstd.decompress(out["a.jsonl.zst"]) == SAFE_CALLS
