"""Measure a whole job: an archive of generated calls through `ccredact archive`, against one process a file.

    python benchmarks/archive.py                              20,000 calls of 30 turns, as the docs have it
    python benchmarks/archive.py --calls 1000 --runs 1
    python benchmarks/archive.py --peer presidio --peer datafog

Most calls are files of their own in five formats; the others are members of a zip and of a tar.gz, and rows of a
Parquet table (with the extra `arrow`). Numbers of workers take turns, and the median of the runs counts. Everything is
in: finding the files, reading, redacting, writing, making it last. One process a file is timed on some files. An hour
of talk is 9,000 words.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import importlib
import io
import json
import os
import shutil
import statistics
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from callgen.build import gold_call
from ccredact import Redactor, Utterance
from gold import machine, show

Turns = list[tuple[str, str]]
WORDS_AN_HOUR: Final = 9000
IN_CONTAINERS: Final = 20
"""One call in so many is in the zip, one in the tar.gz, one in the table."""
STAMP: Final = (2026, 4, 17, 15, 25, 40)


def calls(number: int, turns: int) -> Iterator[Turns]:
    """Make so many calls of so many turns: generated calls end to end."""
    made = count()
    for _ in range(number):
        call: Turns = []
        while len(call) < turns:
            call += [(turn["speaker"] or "agent", turn["text"]) for turn in gold_call(17, next(made))["turns"]]
        yield call[:turns]


def as_text(call: Turns, number: int) -> bytes:
    """Give lines with the speaker in front."""
    del number
    return "".join(f"{speaker}: {text}\n" for speaker, text in call).encode()


def as_json(call: Turns, number: int) -> bytes:
    """Give our own form."""
    turns = [{"speaker": speaker, "text": text} for speaker, text in call]
    return json.dumps({"id": number, "turns": turns}).encode() + b"\n"


def as_gzip(call: Turns, number: int) -> bytes:
    """Give our own form, compressed."""
    return gzip.compress(as_json(call, number), mtime=0)


def as_csv(call: Turns, number: int) -> bytes:
    """Give a row a turn."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(("call_id", "turn", "speaker", "text"))
    rows.writerows((number, at, *turn) for at, turn in enumerate(call))
    return out.getvalue().encode()


def as_transcribe(call: Turns, number: int) -> bytes:
    """Give Amazon's form: an item a word."""
    items: list[dict[str, Any]] = []
    words = [(speaker, word) for speaker, text in call for word in text.split()]
    for at, (speaker, word) in enumerate(words):
        times = {"start_time": f"{at * 0.4:.3f}", "end_time": f"{at * 0.4 + 0.3:.3f}"}
        label = f"spk_{int(speaker != 'agent')}"
        alternatives = [{"confidence": "0.99", "content": word}]
        items.append({"type": "pronunciation", "alternatives": alternatives, **times, "speaker_label": label})
    transcript = " ".join(word for _, word in words)
    results = {"transcripts": [{"transcript": transcript}], "items": items}
    return json.dumps({"jobName": f"job-{number}", "results": results, "status": "COMPLETED"}).encode()


FORMATS: Final[dict[str, Callable[[Turns, int], bytes]]] = {
    "txt": as_text,
    "jsonl": as_json,
    "jsonl.gz": as_gzip,
    "csv": as_csv,
    "json": as_transcribe,
}


def make(folder: Path, number: int, turns: int) -> int:
    """Write an archive of so many calls; return its words."""
    words = 0
    table: list[tuple[str, list[dict[str, str]]]] = []
    packed = [*FORMATS.items()]
    with (
        zipfile.ZipFile(folder / "calls.zip", "w", zipfile.ZIP_DEFLATED) as zipped,
        tarfile.open(folder / "calls.tar.gz", "w:gz") as tarred,
    ):
        for at, call in enumerate(calls(number, turns)):
            words += sum(len(text.split()) for _, text in call)
            ending, write = packed[at % len(packed)]
            place = at // len(packed) % IN_CONTAINERS
            name = f"{at // 1000:03}/{at}.{ending}"
            if place == 0:
                zipped.writestr(zipfile.ZipInfo(name, STAMP), write(call, at), zipfile.ZIP_DEFLATED)
            elif place == 1:
                data = write(call, at)
                info = tarfile.TarInfo(name)
                info.size = len(data)
                tarred.addfile(info, io.BytesIO(data))
            elif place == 2 and has("pyarrow"):
                table.append((str(at), [{"speaker": speaker, "text": text} for speaker, text in call]))
            else:
                path = folder / name
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(write(call, at))
    if table:
        arrow, parquet = importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
        columns = {"call_id": [row[0] for row in table], "turns": [row[1] for row in table]}
        parquet.write_table(arrow.table(columns), folder / "calls.parquet", row_group_size=200)
    return words


def has(module: str) -> bool:
    """Say whether a package is installed."""
    try:
        importlib.import_module(module)
    except ImportError:
        return False
    return True


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


# --- peers: the same files, whole job, in one process


def presidio(texts: Sequence[str]) -> Iterator[str]:
    """Redact with Presidio's batch engine and its anonymizer."""
    analyzer = importlib.import_module("presidio_analyzer")
    anonymizer = importlib.import_module("presidio_anonymizer").AnonymizerEngine()
    provider = importlib.import_module("presidio_analyzer.nlp_engine").NlpEngineProvider
    model = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": "en_core_web_sm"}]}
    engine = analyzer.AnalyzerEngine(nlp_engine=provider(nlp_configuration=model).create_engine())
    found = analyzer.BatchAnalyzerEngine(analyzer_engine=engine).analyze_iterator(texts, language="en")
    for text, results in zip(texts, found, strict=True):
        yield anonymizer.anonymize(text=text, analyzer_results=results).text


def datafog(texts: Sequence[str]) -> Iterator[str]:
    """Redact with DataFog."""
    sanitize = importlib.import_module("datafog").sanitize
    yield from map(sanitize, texts)


PEERS: Final[dict[str, Callable[[Sequence[str]], Iterator[str]]]] = {"presidio": presidio, "datafog": datafog}


def peer_job(name: str, folder: Path, files: int) -> tuple[float, int]:
    """Give the seconds of a peer on some text files, and their words: read, redacted, written."""
    chosen = sorted(folder.rglob("*/*.txt"))[:files]
    out = folder.parent / name
    out.mkdir()
    began = time.perf_counter()
    words = 0
    lines = [path.read_text("utf-8").splitlines() for path in chosen]
    texts = [line for one in lines for line in one]
    redacted = PEERS[name](texts)
    for path, one in zip(chosen, lines, strict=True):
        with (out / path.name).open("w", encoding="utf-8") as stream:
            stream.writelines(f"{next(redacted)}\n" for _ in one)
            stream.flush()
            os.fsync(stream.fileno())
        words += sum(len(line.partition(": ")[2].split()) for line in one)
    return time.perf_counter() - began, words


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the archive, run everything, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=20_000)
    parser.add_argument("--turns", type=int, default=30)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--policy", default="full")
    parser.add_argument("--single", type=int, default=20, help="files that are timed with a process of their own")
    parser.add_argument("--peer", action="append", choices=sorted(PEERS), default=[])
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
        peers = {name: peer_job(name, folder, 50) for name in args.peer}
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
        [name, f"{took:.1f} ({said} words)", f"{said / took:,.0f}", talk(said, took, 1)]
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
