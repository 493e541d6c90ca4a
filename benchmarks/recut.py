"""Measure what short finals leave in clear: the same marked calls, cut into finals of a few words.

    python benchmarks/recut.py FOLDER
    python benchmarks/recut.py FOLDER --cuts 0,5,1 --look-over 0,2,4 --labels PERSON,ADDRESS

A recogniser ends a final at every pause, so a live call comes in pieces. Every turn of the gold form is cut into finals
of N words (0: turns as they are) and goes through the library; one row a source, and one for all of them together,
with the share of the gold letters and digits of each label that is left in clear (`score.py`), and of the words outside
all gold that are hidden. *held*: how many words of the call came after a word's own final before the word was released;
p50, p95 and p99 over all words, and the share that waits. `--look-over` runs all of it for several values of the
policy.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import score
from ccredact import Redactor, Utterance
from gold import by_id, gold_files, machine, percentile, read_calls, show
from ours import cut_utterances, predict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ccredact import Segment
    from gold import GoldCall

TOGETHER = "all sources"


def held_words(redactor: Redactor, calls: Iterable[GoldCall], cut: int) -> Counter[int]:
    """Push the finals of every call as they come; count how many words came before each word was released."""
    held: Counter[int] = Counter()
    for call in calls:
        stream, seen = redactor.stream(), _Seen()
        for _, _, utterance in cut_utterances(call, cut):
            seen.push(utterance)
            held.update(seen.released(stream.push(utterance)))
        held.update(seen.released(stream.close()))
    return held


class _Seen:
    """The finals of a call that are not all released: where their words end, and the words of the call behind them."""

    def __init__(self) -> None:
        self._words = 0
        self._waiting: list[tuple[list[int], int]] = []

    def push(self, utterance: Utterance) -> None:
        """Take note of a final."""
        ends, at = [], 0
        for word in utterance.text.split():
            at = utterance.text.index(word, at) + len(word)
            ends.append(at)
        self._words += len(ends)
        self._waiting.append((ends, self._words))

    def released(self, segments: Iterable[Segment]) -> Iterable[int]:
        """Yield for each word that is now released how many words have come since its final."""
        for segment in segments:
            ends, came = self._waiting[int(segment.utterance)]
            while ends and ends[0] <= segment.end:
                del ends[0]
                yield self._words - came


def pooled(by_source: dict[str, list[GoldCall]]) -> list[GoldCall]:
    """Give the calls of all sources under ids of their own."""
    return [{**call, "id": f"{name} {call['id']}"} for name, calls in by_source.items() for call in calls]


def measure(redactor: Redactor, by_source: dict[str, list[GoldCall]], cut: int) -> dict[str, Any]:
    """Redact all calls in finals of `cut` words and score each source, and all of them together."""
    predictions = {name: [predict(redactor, call, cut=cut) for call in calls] for name, calls in by_source.items()}
    rows = {name: score.score(by_id(calls), by_id(predictions[name])) for name, calls in by_source.items()}
    rows[TOGETHER] = score.score(by_id(pooled(by_source)), by_id(pooled(predictions)))
    held = Counter[int]()
    for calls in by_source.values():
        held += held_words(redactor, calls, cut)
    waits = sorted(held.elements())
    shares = {f"p{share}": percentile(waits, share / 100) for share in (50, 95, 99)}
    return {"rows": rows, "held": {**shares, "waiting": sum(map(bool, waits)) / max(1, len(waits))}}


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every cut and print a table for each value of `look_over`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="a folder of *.jsonl files or one file")
    parser.add_argument("--cuts", type=_numbers, default=[0, 5, 3, 2, 1], help="words of a final; 0: whole turns")
    parser.add_argument("--look-over", type=_numbers, help="values of the policy's look_over; else its default")
    parser.add_argument("--labels", default="PERSON,ADDRESS", help="gold labels of which a column is given")
    parser.add_argument("--calls", type=int, default=0, help="take at most that many calls of a source")
    parser.add_argument("--policy", default="full", help="a profile's name")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    labels = args.labels.split(",")
    by_source = {path.stem: read_calls(path)[: args.calls or None] for path in gold_files(args.gold)}
    report: dict[str, Any] = {**machine(), "policy": args.policy, "look_over": {}}
    tables = []
    for reach in args.look_over or [None]:
        settings = {"profile": args.policy} | ({} if reach is None else {"look_over": reach})
        redactor = Redactor(settings)
        found = {cut: measure(redactor, by_source, cut) for cut in args.cuts}
        report["look_over"]["default" if reach is None else str(reach)] = found
        table = [["source", "finals of", *labels, "ALL", "hidden", "held p50", "p95", "p99", "waiting"]]
        for name in [*by_source, TOGETHER]:
            for cut, result in found.items():
                row = result["rows"][name]
                leaks = [f"{row['labels'][label]['leak']:.2%}" if label in row["labels"] else "-"
                         for label in [*labels, "ALL"]]  # fmt: skip
                held = result["held"]
                waits = [str(held[key]) for key in ("p50", "p95", "p99")] + [f"{held['waiting']:.2%}"]
                table.append([name, str(cut or "a turn"), *leaks, f"{row['hidden']:.2%}",
                              *(waits if name == TOGETHER else [""] * 4)])  # fmt: skip
        print(f"look_over {'default' if reach is None else reach}") if not args.json else None
        tables.append(table)
        if not args.json:
            show(report, [table], as_json=False)
    if args.json:
        show(report, tables, as_json=True)


if __name__ == "__main__":
    main()
