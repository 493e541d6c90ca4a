"""Measure how much text ccredact redacts a second, in one process.

    python benchmarks/throughput.py
    python benchmarks/throughput.py FOLDER --policy pci

Three ways over the same calls: `redact_call` over whole calls (batch), `redact` over every turn by itself,
and `push` of every turn on a stream; then batch without the trained tagger, and the tagger by itself, where
the policy wants it. The median of the runs is printed and, to show the noise, the best; MB
are 10^6 bytes of UTF-8 text, without any file format around it.
"""

from __future__ import annotations

import argparse
import statistics
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccredact import Redactor
from ccredact.core.scanner import Scanner
from ccredact.core.vocabulary import Vocabulary
from ccredact.detectors.base import OutsideCall
from ccredact.detectors.names.detector import TaggedDetector
from ccredact.lang.en.language import english
from ccredact.redactor import BATCH
from ccredact.tagger.network import Network
from ccredact.tagger.weights import shipped
from gold import calls_from, machine, show
from ours import utterances

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ccredact import Utterance
    from ccredact.tagger.prefilter import Prefilter

Batch = list[list["Utterance"]]


def whole_calls(redactor: Redactor, calls: Batch) -> None:
    """Redact every call at once."""
    for call in calls:
        redactor.redact_call(call)


def turn_by_turn(redactor: Redactor, calls: Batch) -> None:
    """Redact every turn as a text of its own."""
    for call in calls:
        for turn in call:
            redactor.redact(turn.text)


def streamed(redactor: Redactor, calls: Batch) -> None:
    """Push every turn on a stream."""
    for call in calls:
        stream = redactor.stream()
        for turn in call:
            stream.push(turn)
        stream.close()


WAYS: dict[str, Callable[[Redactor, Batch], None]] = {
    "batch, redact_call": whole_calls,
    "per turn, redact": turn_by_turn,
    "per turn, push": streamed,
}


def without_tagger(redactor: Redactor, calls: Batch) -> None:
    """Redact every call at once by rules and dialogue alone."""
    whole_calls(Redactor(redactor.policy, tagger=False), calls)


@cache
def tagger() -> tuple[Network, Prefilter]:
    """Give the shipped network."""
    weights = shipped()
    return Network(weights), weights.prefilter


def tagger_alone(_redactor: Redactor, calls: Batch) -> None:
    """Find names and places in every call, and write nothing."""
    for call in calls:
        detector = TaggedDetector(*tagger())
        scanner = Scanner(Vocabulary(english(), [detector]), [detector], OutsideCall().dialogue)
        for at in range(0, len(call), BATCH):
            part = call[at : at + BATCH]
            scanner.look_ahead([(turn.text, turn.speaker) for turn in part])
            for turn in part:
                scanner.scan(turn.text, turn.speaker, None)


TAGGER_WAYS = {"batch without the tagger": without_tagger, "the tagger alone": tagger_alone}


def measure(redactor: Redactor, calls: Batch, runs: int) -> dict[str, Any]:
    """Time every way; the ways take turns, so that noise is shared."""
    texts = [turn.text for call in calls for turn in call]
    words, size = sum(len(text.split()) for text in texts), sum(len(text.encode()) for text in texts)
    ways = WAYS | (TAGGER_WAYS if redactor.policy.enabled("PERSON") else {})
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way(redactor, calls[: max(1, len(calls) // 10)])
    for _ in range(runs):
        for name, way in ways.items():
            start = time.perf_counter()
            way(redactor, calls)
            seconds[name].append(time.perf_counter() - start)
    rows = {}
    for name, spent in seconds.items():
        middle = statistics.median(spent)
        rows[name] = {
            "seconds": middle,
            "words_per_s": words / middle,
            "best_words_per_s": words / min(spent),
            "mb_per_s": size / middle / 1e6,
        }
    return {
        "calls": len(calls),
        "turns": len(texts),
        "words": words,
        "bytes": size,
        "runs": runs,
        "ways": rows,
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", help="a file or folder of the gold form; else generated calls")
    parser.add_argument("--calls", type=int, default=500)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--policy", default="full")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    calls = [utterances(call) for call in calls_from(args.gold, count=args.calls, seed=args.seed)]
    report = {"policy": args.policy, **machine(), **measure(Redactor(args.policy), calls, args.runs)}
    rows = [["way", "words/s", "best words/s", "MB/s", "seconds"]]
    for name, row in report["ways"].items():
        figures = (f"{row['words_per_s']:,.0f}", f"{row['best_words_per_s']:,.0f}", f"{row['mb_per_s']:.2f}")
        rows.append([name, *figures, f"{row['seconds']:.2f}"])
    show(report, [rows], as_json=args.json)


if __name__ == "__main__":
    main()
