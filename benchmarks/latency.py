"""Measure how long ccredact takes for a pushed word, interim or turn, and how many words it holds.

    python benchmarks/latency.py
    python benchmarks/latency.py FOLDER --calls 100 --policy pci

*word*: every word is pushed as a final utterance of its own. *interim*: every turn is pushed as it grows,
one word more each time, and then as final. *turn*: every turn is pushed as final. *hold*: how many words
came after a word before it was released, where every word is a final utterance of its own; whatever is open
when the call ends is released by `close`.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccredact import Redactor, Utterance
from gold import calls_from, machine, percentile, show

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ccredact import Call, Segment
    from gold import GoldCall


class Clock:
    """Times pushes in microseconds."""

    def __init__(self) -> None:
        self.spent: list[float] = []

    def push(self, stream: Call, utterance: Utterance) -> list[Segment]:
        """Push and note the time."""
        start = time.perf_counter_ns()
        segments = stream.push(utterance)
        self.spent.append((time.perf_counter_ns() - start) / 1000)
        return segments

    def report(self) -> dict[str, float]:
        """Sum the times up."""
        spent = self.spent or [0.0]
        shares = {"p50_us": statistics.median(spent), "p99_us": percentile(spent, 0.99)}
        return {"pushes": len(self.spent), "mean_us": statistics.fmean(spent), **shares, "max_us": max(spent)}


def words(redactor: Redactor, calls: Iterable[GoldCall]) -> tuple[Clock, list[int]]:
    """Push word by word; give the times and how many words each word waited."""
    clock, held = Clock(), []
    for call in calls:
        stream, sizes = redactor.stream(), []
        for turn in call["turns"]:
            for word in turn["text"].split():
                sizes.append(len(word))
                pushed = Utterance(word, speaker=turn.get("speaker"), id=str(len(sizes) - 1))
                held += _waits(clock.push(stream, pushed), sizes)
        held += _waits(stream.close(), sizes)
    return clock, held


def _waits(segments: Iterable[Segment], sizes: Sequence[int]) -> list[int]:
    """Count the words that came after each word that is now released to its end."""
    return [
        len(sizes) - 1 - int(segment.utterance) for segment in segments if segment.end == sizes[int(segment.utterance)]
    ]


def interims(redactor: Redactor, calls: Iterable[GoldCall]) -> Clock:
    """Push growing hypotheses of every turn; the time of the final is not among them."""
    clock = Clock()
    for call in calls:
        stream = redactor.stream()
        for at, turn in enumerate(call["turns"]):
            said = turn["text"].split()
            speaker = turn.get("speaker")
            for count in range(1, len(said) + 1):
                grown = " ".join(said[:count])
                clock.push(stream, Utterance(grown, speaker=speaker, id=str(at), is_final=False))
            stream.push(Utterance(turn["text"], speaker=speaker, id=str(at)))
        stream.close()
    return clock


def turns(redactor: Redactor, calls: Iterable[GoldCall]) -> Clock:
    """Push every turn as final."""
    clock = Clock()
    for call in calls:
        stream = redactor.stream()
        for at, turn in enumerate(call["turns"]):
            clock.push(stream, Utterance(turn["text"], speaker=turn.get("speaker"), id=str(at)))
        stream.close()
    return clock


def measure(redactor: Redactor, calls: Sequence[GoldCall]) -> dict[str, Any]:
    """Measure all of it, after a warm-up."""
    turns(redactor, calls[: max(1, len(calls) // 10)])
    gc.collect()
    clock, held = words(redactor, calls)
    pushed = {
        "word": clock.report(),
        "interim": interims(redactor, calls).report(),
        "turn": turns(redactor, calls).report(),
    }
    hold = {
        "words": len(held),
        "at_once": sum(wait == 0 for wait in held) / max(1, len(held)),
        "p50": percentile(held, 0.5),
        "p95": percentile(held, 0.95),
        "p99": percentile(held, 0.99),
        "max": max(held, default=0),
    }
    return {"calls": len(calls), "pushed": pushed, "hold": hold}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", help="a file or folder of the gold form; else generated calls")
    parser.add_argument("--calls", type=int, default=100, help="generate, or take at most, that many calls")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--policy", default="full")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    calls = calls_from(args.gold, count=args.calls, seed=args.seed)
    calls = calls[:: -(-len(calls) // args.calls)]  # from all files of a folder
    report = {"policy": args.policy, **machine(), **measure(Redactor(args.policy), calls)}
    times = [["pushed", "pushes", "mean µs", "p50 µs", "p99 µs", "max µs"]]
    for name, row in report["pushed"].items():
        figures = [f"{row[key]:,.1f}" for key in ("mean_us", "p50_us", "p99_us", "max_us")]
        times.append([name, f"{row['pushes']:,.0f}", *figures])
    hold = report["hold"]
    held = [["held for, in words", "words", "released at once", "p50", "p95", "p99", "max"]]
    held.append(
        [
            "",
            f"{hold['words']:,}",
            f"{hold['at_once']:.2%}",
            *(f"{hold[key]}" for key in ("p50", "p95", "p99", "max")),
        ]
    )
    show(report, [times, held], as_json=args.json)


if __name__ == "__main__":
    main()
