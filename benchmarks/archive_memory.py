"""Measure the memory of a worker over large files: JSON lines, and one JSON array, of generated calls.

    python benchmarks/archive_memory.py                     1 GiB of each, beside 16 MiB of each
    python benchmarks/archive_memory.py --mb 64 --folder /big/disk

Every call is a generated one of 60 turns, in our own form with the time of every word, about 30 KB. What is measured is
the most that each process has had resident (`ru_maxrss`): the worker's with the policy and the tagger loaded, and the
owner's. A run over 16 MiB says what does not depend on the file. The files are removed at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import count, cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from archive_calls import Turns, calls
from gold import machine, show

MB: Final = 1 << 20
SMALL_MB: Final = 16
DISTINCT: Final = 200
"""Calls that are made; they come again and again, with other numbers."""
TURNS: Final = 60
SECONDS_A_WORD: Final = 0.4
CODE: Final = """
import json, resource, sys, ccredact.archive
if __name__ == "__main__":
    result = ccredact.archive.run(sys.argv[1], sys.argv[2], sys.argv[3], workers=1)
    most = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)]
    print(json.dumps([*most, result.tally.calls_out, result.tally.words, len(result.tally.quarantined)]))
"""
FORMS: Final = {"lines": (b"", b"\n", b"\n"), "array": (b"[\n", b",\n", b"\n]\n")}


def documents() -> Iterator[bytes]:
    """Give calls without end."""
    made = [timed_turns(call) for call in islice(calls(DISTINCT, TURNS), DISTINCT)]
    for number, turns in enumerate(cycle(made)):
        yield json.dumps({"id": number, "turns": turns}).encode()


def timed_turns(call: Turns) -> list[dict[str, Any]]:
    """Give the turns of a call in our own form, with when each word was said."""
    at = count()
    turns: list[dict[str, Any]] = []
    for speaker, text in call:
        began = [(word, next(at) * SECONDS_A_WORD) for word in text.split()]
        words = [
            {"text": word, "start": round(start, 3), "end": round(start + SECONDS_A_WORD, 3), "confidence": 0.99}
            for word, start in began
        ]
        turns.append({"speaker": speaker, "text": text, "words": words})
    return turns


def fill(path: Path, size_mb: int, form: str) -> None:
    """Write a file of about so many MB."""
    opening, between, closing = FORMS[form]
    with path.open("wb") as stream:
        stream.write(opening)
        for number, document in enumerate(documents()):
            stream.write(document if not number else between + document)
            if stream.tell() >= size_mb * MB:
                break
        stream.write(closing)


def measured(folder: Path, size_mb: int, form: str, policy: str) -> dict[str, float]:
    """Redact one file in one worker; give the most memory of both processes in MiB, and what was done."""
    source, out = folder / f"calls.{'jsonl' if form == 'lines' else 'json'}", folder / "out"
    fill(source, size_mb, form)
    program = folder / "run.py"
    program.write_text(CODE)
    began = time.perf_counter()
    command = [sys.executable, str(program), str(source), str(out), policy]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds = time.perf_counter() - began
    size = source.stat().st_size / MB
    worker, owner, calls_out, words, quarantined = json.loads(done.stdout)
    for path in (source, out, out.with_name("out.manifest.jsonl")):
        path.unlink()
    unit = 1024 if sys.platform == "linux" else MB  # elsewhere `ru_maxrss` is in bytes
    return {
        "size_mb": size, "worker_mb": worker / unit, "owner_mb": owner / unit, "calls": calls_out, "words": words,
        "quarantined": quarantined, "seconds": seconds,
    }  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the files one after the other, redact each, print what was needed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mb", type=int, default=1024)
    parser.add_argument("--form", action="append", choices=sorted(FORMS), default=[])
    parser.add_argument("--policy", default="full")
    parser.add_argument("--folder", help="where the files are made; a disk, not memory")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    found: dict[str, dict[str, float]] = {}
    with TemporaryDirectory(dir=args.folder) as place:
        for form in args.form or FORMS:
            for size_mb in (SMALL_MB, args.mb):
                found[f"{form}, {size_mb} MiB"] = measured(Path(place), size_mb, form, args.policy)
                os.sync()
    rows = [
        [name, *(f"{one[key]:,.0f}" for key in ("worker_mb", "owner_mb", "calls", "words", "quarantined", "seconds"))]
        for name, one in found.items()
    ]
    head = ["file", "worker, MiB", "owner, MiB", "calls", "words", "quarantined", "seconds"]
    show({**machine(), "policy": args.policy, "files": found}, [[head, *rows]], as_json=args.json)


if __name__ == "__main__":
    main()
