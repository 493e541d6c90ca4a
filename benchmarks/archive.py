"""Measure a whole job: an archive of generated calls through `ccredact archive`, against one process a file.

    python benchmarks/archive.py                              20,000 calls of 30 turns, as the docs have it
    python benchmarks/archive.py --calls 1000 --runs 1
    python benchmarks/archive.py --peer presidio --peer datafog    and these, over 500 calls of the same kinds

Most calls are files of their own in five formats; the others are members of a zip and of a tar.gz, and rows of a
Parquet table (with the extra `arrow`). Numbers of workers take turns, and the median of the runs counts. Everything is
in: finding the files, reading, redacting, writing, making it last. One process a file is timed on some files. An hour
of talk is 9,000 words.

Peers run in the environment of peers.py, in one process each, over an archive of their own (`archive_peers.py`), and
ccredact with one worker over the same. archive_memory.py measures memory over files of a gigabyte.
"""

from __future__ import annotations

import argparse
import importlib
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from archive_calls import as_json, as_transcribe, calls, has, make
from ccredact import Redactor, Utterance
from gold import machine, show
from peers import HERE, OFFLINE, environment

WORDS_AN_HOUR: Final = 9000
PEERS: Final = ("presidio", "datafog")


def timed(*arguments: str) -> float:
    """Give the seconds that a command of ours takes from its start to its end."""
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "ccredact", *arguments], check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"ccredact {arguments[0]} failed: {done.stderr[-2000:]}")
    return time.perf_counter() - began


def whole_job(folder: Path, workers: int, policy: str) -> float:
    """Time the archive with so many workers, from nothing; the copy is made to last."""
    out = folder.parent / "out"
    shutil.rmtree(out, ignore_errors=True)
    os.sync()  # what earlier runs have left for the disk to do is not this run's
    return timed("archive", str(folder), str(out), "--workers", str(workers), "--policy", policy)


def one_process_a_file(folder: Path, files: int, policy: str) -> float:
    """Give the seconds that a file takes with a process of its own, over some files."""
    loose = sorted(folder.rglob("*/*.txt")) + sorted(folder.rglob("*/*.jsonl"))
    chosen = loose[:: max(1, len(loose) // files)][:files]
    out = str(folder.parent / "one")
    return sum(timed("redact", str(path), "-o", out, "--policy", policy) for path in chosen) / len(chosen)


def engine_alone(number: int, turns: int, policy: str) -> float:
    """Give the words a second of `redact_call` by itself, on calls in memory."""
    made = [[Utterance(text, speaker=speaker) for speaker, text in call] for call in calls(number, turns)]
    redactor = Redactor(policy)
    redactor.redact_call(made[0])
    began = time.perf_counter()
    for call in made:
        redactor.redact_call(call)
    seconds = time.perf_counter() - began
    return sum(len(turn.text.split()) for call in made for turn in call) / seconds


def by_format(number: int, turns: int, policy: str, folder: Path) -> list[tuple[str, float]]:
    """Give the words a second of a whole job on one large file of each kind, one worker, but for the start."""
    found = []
    made = list(calls(number, turns))
    words = sum(len(text.split()) for call in made for _, text in call)
    for name in ("jsonl", "parquet", "json"):
        source = folder / name
        source.mkdir()
        if name == "jsonl":
            (source / "calls.jsonl").write_bytes(b"".join(as_json(call, at) for at, call in enumerate(made)))
        elif name == "parquet":
            if not has("pyarrow"):
                continue
            arrow, parquet = importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
            column = [[{"speaker": speaker, "text": text} for speaker, text in call] for call in made]
            parquet.write_table(arrow.table({"turns": column}), source / "calls.parquet", row_group_size=200)
        else:
            for at, call in enumerate(made):
                (source / f"{at}.json").write_bytes(as_transcribe(call, at))
        nothing = folder / f"no-{name}"
        nothing.mkdir()
        start = min(
            timed("archive", str(nothing), f"{nothing}-out", "--workers", "1", "--policy", policy) for _ in "12"
        )
        seconds = whole_job(source, 1, policy) - start
        found.append((name, words / seconds))
    return found


def peer_job(name: str, python: Path, folder: Path) -> tuple[float, int]:
    """Give the seconds that a peer takes for all of an archive, from the start of its process, and its words."""
    out = folder.parent / name
    began = time.perf_counter()
    worker = [str(python), str(HERE / "archive_peers.py"), name, str(folder), str(out)]
    done = subprocess.run(worker, check=False, capture_output=True, text=True, env={**os.environ, **OFFLINE})
    seconds = time.perf_counter() - began
    if done.returncode:
        raise SystemExit(f"{name} failed: {done.stderr[-2000:]}")
    shutil.rmtree(out)
    return seconds, int(done.stdout)


def beside(names: Sequence[str], python: Path | None, number: int, args: argparse.Namespace) -> dict[str, Any]:
    """Give the seconds and words of each peer over one archive of so many calls, and of ccredact with one worker."""
    if not names:
        return {}
    with TemporaryDirectory(dir=args.folder) as place:
        folder = Path(place, "in")
        folder.mkdir()
        words = make(folder, number, args.turns)
        found: dict[str, Any] = {"ccredact, 1 worker": (whole_job(folder, 1, args.policy), words)}
        for name in names:
            found[name] = peer_job(name, python or environment(), folder)
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the archive, run everything, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=20_000)
    parser.add_argument("--turns", type=int, default=30)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--policy", default="full")
    parser.add_argument("--single", type=int, default=20, help="files that are timed with a process of their own")
    parser.add_argument("--peer", action="append", choices=PEERS, default=[])
    parser.add_argument("--peer-calls", type=int, default=500, help="calls of the archive that peers redact")
    parser.add_argument("--peer-python", type=Path, help="an interpreter that has the peers and ccredact already")
    parser.add_argument("--folder", help="where the archive is made and redacted; a disk, not memory")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    with TemporaryDirectory(dir=args.folder) as place:
        folder = Path(place, "in")
        folder.mkdir()
        words = make(folder, args.calls, args.turns)
        seconds: dict[int, list[float]] = {workers: [] for workers in args.workers}
        for _ in range(args.runs):
            for workers in args.workers:
                seconds[workers].append(whole_job(folder, workers, args.policy))
        median = {workers: statistics.median(times) for workers, times in seconds.items()}
        single = one_process_a_file(folder, args.single, args.policy) * args.calls
        engine = engine_alone(min(args.calls, 500), args.turns, args.policy)
        formats = by_format(min(args.calls, 1000), args.turns, args.policy, folder.parent)
    peers = beside(args.peer, args.peer_python, args.peer_calls, args)
    rows = [
        [
            f"{workers} workers",
            f"{median[workers]:.1f}",
            f"{words / median[workers]:,.0f}",
            talk(words, median[workers], workers),
        ]
        for workers in args.workers
    ]
    rows.append(["one process a file", f"{single:.0f}", f"{words / single:,.0f}", talk(words, single, 1)])
    rows += [
        [f"{name}, {args.peer_calls} calls", f"{took:.1f}", f"{said / took:,.0f}", talk(said, took, 1)]
        for name, (took, said) in peers.items()
    ]
    best = min(median.values())
    ratios = [["as fast as one process a file, times", f"{single / best:.0f}"]]
    if {1, 2} <= median.keys():
        ratios.append(["two workers to one", f"{median[1] / median[2]:.2f}"])
    ratios += [[f"{name}, of the engine's own words a second", f"{rate / engine:.0%}"] for name, rate in formats]
    ratios.append(["the engine's own words a second", f"{engine:,.0f}"])
    report = {
        **machine(), "calls": args.calls, "turns": args.turns, "words": words, "policy": args.policy,
        "seconds": seconds, "one_process_a_file": single, "engine": engine, "formats": dict(formats), "peers": peers,
    }  # fmt: skip
    head = [["whole job", "seconds", "words/s", "hours of talk a core-minute"]]
    show(report, [head + rows, [["ratio", ""], *ratios]], as_json=args.json)


def talk(words: float, seconds: float, cores: int) -> str:
    """Give the hours of talk that a core redacts in a minute."""
    return f"{words / WORDS_AN_HOUR / (seconds * cores / 60):.1f}"


if __name__ == "__main__":
    main()
