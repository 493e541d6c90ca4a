"""Measure what open calls cost in one process: memory each, and the slowest push among many.

    python benchmarks/open_calls.py FOLDER
    python benchmarks/open_calls.py --calls 10000 --turns 12 --pushes 100000

Bytes an open call: resident memory with that many calls after so many turns each, less that with none (the redactor
and its model are loaded and warm by then), divided by their number. Then further turns are pushed into all of them, one
after the other; for each push its CPU time is taken, and apart from that the time that Python's garbage collector took
inside it: with many calls open a full collection walks over all of their objects, whoever made the garbage.
"""

from __future__ import annotations

import argparse
import gc
import time
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccredact import Redactor
from gold import calls_from, machine, percentile, show
from ours import utterances

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccredact import Call, Utterance


def resident() -> int:
    """Return the resident memory of this process in bytes (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096


class Collector:
    """The CPU time that the garbage collector has taken, in seconds."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._since = 0.0
        gc.callbacks.append(self)

    def __call__(self, phase: str, info: dict[str, int]) -> None:
        """Be told that a collection begins or ends."""
        del info
        now = time.thread_time()
        if phase == "start":
            self._since = now
        else:
            self.seconds += now - self._since


def measure(redactor: Redactor, talk: list[list[Utterance]], calls: int, turns: int, pushes: int) -> dict[str, Any]:
    """Open the calls, measure their memory, then push on."""
    for call in talk[:200]:
        redactor.redact_call(call)  # the forms of most words are known then, as in a process that has run for a while
    long = [call for call in talk if len(call) > turns]
    gc.collect()
    before = resident()
    opened: list[Call] = []
    for call in islice(cycle(long), calls):
        stream = redactor.stream()
        for utterance in call[:turns]:
            stream.push(utterance)
        opened.append(stream)
    gc.collect()
    used = resident() - before
    collector = Collector()
    spent: list[float] = []
    collected: list[float] = []
    rests = [call[turns:] for call in islice(cycle(long), calls)]
    done = 0
    while done < pushes:
        for number, stream in enumerate(opened):
            utterance = rests[number][(done // calls) % len(rests[number])]
            in_collector, start = collector.seconds, time.thread_time()
            stream.push(utterance)
            spent.append(time.thread_time() - start)
            collected.append(collector.seconds - in_collector)
            done += 1
    own = [all_of_it - part for all_of_it, part in zip(spent, collected, strict=True)]
    return {
        "calls": calls,
        "turns": turns,
        "bytes_a_call": used / calls,
        "pushes": len(spent),
        "push_us": {name: percentile(spent, share) * 1e6 for name, share in _SHARES.items()},
        "without_collector_us": {name: percentile(own, share) * 1e6 for name, share in _SHARES.items()},
        "collector_ms_worst": max(collected) * 1e3,
        "collector_share": sum(collected) / sum(spent),
    }


_SHARES = {"p50": 0.5, "p99": 0.99, "p99.9": 0.999, "max": 1.0}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", help="a file or folder of the gold form; else generated calls")
    parser.add_argument("--calls", type=int, default=10_000)
    parser.add_argument("--turns", type=int, default=12)
    parser.add_argument("--pushes", type=int, default=100_000)
    parser.add_argument("--policy", default="full")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    talk = [utterances(call) for call in calls_from(args.gold, count=500, seed=7)]
    figures = measure(Redactor(args.policy), talk, args.calls, args.turns, args.pushes)
    report = {"policy": args.policy, **machine(), **figures}
    rows = [["a push, µs of CPU", *_SHARES]]
    for name, key in (("all of it", "push_us"), ("without the collector", "without_collector_us")):
        rows.append([name, *(f"{value:,.0f}" for value in report[key].values())])
    head = [["open calls", "bytes each", "collector, worst ms", "collector, share"]]
    cells = (f"{report['bytes_a_call']:,.0f}", f"{report['collector_ms_worst']:.0f}")
    head.append([str(args.calls), *cells, f"{report['collector_share']:.1%}"])
    show(report, [head, rows], as_json=args.json)


if __name__ == "__main__":
    main()
