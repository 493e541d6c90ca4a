"""Compare this ccredact with another installed version: what each finds, or how long each takes.

    python benchmarks/versions.py OTHER/bin/python FOLDER            every entity that differs, on gold files
    python benchmarks/versions.py OTHER/bin/python --calls 2000      the same on generated calls
    python benchmarks/versions.py OTHER/bin/python FOLDER --speed    microseconds a turn, in alternating pairs

OTHER is a virtual environment with the former version installed; this one is the interpreter that runs the script.
Both get the same calls. Times are of finished calls and of calls pushed turn by turn, everything on, the first run of
each version left out; each ratio is of one pair. Exit code 1 when anything differs.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from gold import GoldCall, calls_from, machine, show
from ours import utterances

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccredact import Utterance

Found = list[list[tuple[str, int, int]]]
"""For each turn of a call the (label, start, end) of its entities."""


def found_in(python: str, calls: Path, policy: str) -> list[Found]:
    """Let an interpreter redact a file of calls; return what it found in each."""
    command = [python, __file__, "--worker", "found", str(calls), "--policies", policy]
    return _lines(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def seconds_of(python: str, calls: Path, policy: str) -> dict[str, float]:
    """Let an interpreter time itself on a file of calls; return seconds by way."""
    command = [python, __file__, "--worker", "seconds", str(calls), "--policies", policy]
    seconds: dict[str, float] = _lines(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)[0]
    return seconds


def _lines(data: bytes) -> list[Any]:
    return [json.loads(line) for line in data.splitlines()]


def _work(what: str, calls: list[list[Utterance]], policy: str) -> Iterator[Any]:
    """Do the work of one version, in its own process."""
    from ccredact import Redactor  # noqa: PLC0415 - only the process that is measured loads a version

    redactor = Redactor(policy)
    if what == "found":
        for call in calls:
            segments = redactor.redact_call(call)
            yield [[(entity.label, entity.start, entity.end) for entity in one.entities] for one in segments]
        return

    def batch() -> None:
        for call in calls:
            redactor.redact_call(call)

    def pushed() -> None:
        for call in calls:
            stream = redactor.stream()
            for utterance in call:
                stream.push(utterance)
            stream.close()

    seconds = {}
    for name, way in (("batch", batch), ("pushed", pushed)):
        way()  # words that come again are remembered: both versions begin warm
        start = time.process_time()
        way()
        seconds[name] = time.process_time() - start
    yield seconds


def differences(mine: Sequence[Found], theirs: Sequence[Found], calls: Sequence[GoldCall]) -> Iterator[dict[str, Any]]:
    """Yield each turn in which two versions find something else."""
    for call, new, old in zip(calls, mine, theirs, strict=True):
        for number, (turn, now, before) in enumerate(zip(call["turns"], new, old, strict=True)):
            if now != before:
                lost, come = [s for s in before if s not in now], [s for s in now if s not in before]
                yield {"call": call["id"], "turn": number, "text": turn["text"], "lost": lost, "come": come}


def _compare(python: str, calls: list[GoldCall], path: Path, policies: Sequence[str], *, most: int) -> int:
    total = 0
    for policy in policies:
        sides = [found_in(each, path, policy) for each in (sys.executable, python)]
        entities = sum(len(turn) for call in sides[0] for turn in call)
        differ = list(differences(sides[0], sides[1], calls))
        total += len(differ)
        print(f"{policy}: {len(calls)} calls, {entities} entities, {len(differ)} turns differ")
        for row in differ[:most]:
            print(f"  {row['call']} turn {row['turn']}: lost {row['lost']}, come {row['come']} in {row['text']!r}")
    return total


def _speed(python: str, path: Path, turns: int, policy: str, pairs: int, *, as_json: bool) -> None:
    ratios: dict[str, list[float]] = {}
    mine: dict[str, list[float]] = {}
    for _ in range(pairs):
        new, old = seconds_of(sys.executable, path, policy), seconds_of(python, path, policy)
        for way, spent in new.items():
            ratios.setdefault(way, []).append(old[way] / spent)
            mine.setdefault(way, []).append(spent)
    rows = [["way", "µs a turn", "times as fast", "least", "most"]]
    report: dict[str, Any] = {**machine(), "policy": policy, "turns": turns, "pairs": pairs}
    for way, values in ratios.items():
        micro = statistics.median(mine[way]) / turns * 1e6
        middle, least, most = statistics.median(values), min(values), max(values)
        report[way] = {"us_a_turn": micro, "ratio": middle, "ratios": values}
        rows.append([way, f"{micro:.1f}", f"{middle:.3f}", f"{least:.3f}", f"{most:.3f}"])
    show(report, [rows], as_json=as_json)


def main(arguments: Sequence[str] | None = None) -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("other", help="the interpreter of the other version")
    parser.add_argument("gold", type=Path, nargs="?", help="a file or folder of the gold form; else generated calls")
    parser.add_argument("--policies", default="full,pci,hipaa")
    parser.add_argument("--calls", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", type=int, default=1000, help="print up to N turns that differ, for each policy")
    parser.add_argument("--speed", action="store_true", help="time both instead")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    calls = calls_from(args.gold, count=args.calls, seed=args.seed)
    policies = args.policies.split(",")
    with TemporaryDirectory() as folder:
        path = Path(folder, "calls.jsonl")
        path.write_text("".join(json.dumps(call) + "\n" for call in calls), encoding="utf-8")
        if args.speed:
            turns = sum(len(call["turns"]) for call in calls)
            _speed(args.other, path, turns, policies[0], args.pairs, as_json=args.json)
        elif _compare(args.other, calls, path, policies, most=args.show):
            sys.exit(1)


def _worker(what: str, path: str, policy: str) -> None:
    calls = [utterances(call) for call in calls_from(Path(path), count=0, seed=0)]
    for row in _work(what, calls, policy):
        print(json.dumps(row))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--worker"]:
        _worker(sys.argv[2], sys.argv[3], sys.argv[5])
    else:
        main()
