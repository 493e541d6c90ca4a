"""The memory of a run is that of its largest call, however large the archive is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss has other units elsewhere"),
]

CODE = """
import resource, sys, ccredact.archive
ccredact.archive.run(sys.argv[1], sys.argv[2], "pci", tagger=False, workers=0)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
CALL = json.dumps({"turns": [{"speaker": 0, "text": "so and then we went over there " * 1000}]}).encode()
MB = 1 << 20


def peak_mb(source: Path, target: Path) -> float:
    """The most memory that a process of its own has when it redacts a file."""
    command = [sys.executable, "-c", CODE, str(source), str(target)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own interpreter
    return int(done.stdout) / 1024


def fill(path: Path, size: int, opening: bytes, between: bytes, closing: bytes) -> None:
    """Write a file of about so many MB."""
    with path.open("wb") as stream:
        stream.write(opening + CALL)
        for _ in range(size * MB // len(CALL) - 1):
            stream.write(between + CALL)
        stream.write(closing)


@pytest.mark.parametrize("marks", [(b"", b"\n", b"\n"), (b"[\n", b",\n", b"]\n")], ids=["lines", "array"])
def test_memory_does_not_grow_with_the_file(
    tmp_path: Path, marks: tuple[bytes, bytes, bytes], *, thorough: bool
) -> None:
    peaks = []
    for size in (2, 1024 if thorough else 16):
        path, out = tmp_path / "in.json", tmp_path / f"{size}.json"
        fill(path, size, *marks)
        peaks.append(peak_mb(path, out))
        assert out.read_bytes() == path.read_bytes() if size == 2 else out.stat().st_size == path.stat().st_size
    assert peaks[1] < peaks[0] + 6
