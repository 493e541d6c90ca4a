"""Measure the memory of one call that goes on and on.

    python benchmarks/long_call.py --words 2000000
    python benchmarks/long_call.py FOLDER --words 200000 --policy pci

All turns of many calls are one call of a `CallPool`, every turn a final with an id of its own, every tenth behind an
interim. Resident memory is read every so many words; *growth* is the largest value behind the first tenth of the
words, when all tables are warm, over that at its end.
"""

from __future__ import annotations

import argparse
import gc
from dataclasses import replace
from itertools import count, cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ccredact import Redactor
from ccredact.live.adapter import Heard
from ccredact.live.pool import CallPool
from gold import calls_from, machine, show
from open_calls import resident
from ours import utterances

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccredact import Utterance

LOOKS: Final = 100
"""How often memory is read."""
INTERIMS: Final = 10
"""Finals to one interim."""


def endless(talk: Sequence[Sequence[Utterance]]) -> Iterator[Utterance]:
    """Give the turns of all calls over and over, each under an id of its own."""
    numbers = count()
    for call in cycle(talk):
        for utterance in call:
            yield replace(utterance, id=next(numbers))


def measure(redactor: Redactor, talk: Sequence[Sequence[Utterance]], words: int) -> dict[str, Any]:
    """Push so many words into one call; give the memory at the end of the first tenth, the largest, and the last."""
    pool, now = CallPool(redactor, clock=lambda: 0.0), 0
    memory: list[int] = []
    segments = 0
    for number, utterance in enumerate(endless(talk)):
        if number % INTERIMS == 0:
            pool.take(Heard("call", replace(utterance, is_final=False)))
        segments += len(pool.take(Heard("call", utterance)).segments)
        now += len(utterance.text.split())
        if now >= words * (len(memory) + 1) // LOOKS:
            gc.collect()
            memory.append(resident())
        if now >= words:
            break
    base = memory[len(memory) // 10]
    return {
        "words": now,
        "segments": segments,
        "base_mib": base / 2**20,
        "largest_mib": max(memory[len(memory) // 10 :]) / 2**20,
        "last_mib": memory[-1] / 2**20,
        "growth": max(memory[len(memory) // 10 :]) / base - 1,
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", help="a file or folder of the gold form; else generated calls")
    parser.add_argument("--words", type=int, default=200_000)
    parser.add_argument("--policy", default="full")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    talk = [call for call in (utterances(call) for call in calls_from(args.gold, count=500, seed=7)) if call]
    report = {"policy": args.policy, **machine(), **measure(Redactor(args.policy), talk, args.words)}
    sizes = [f"{report[key]:,.1f}" for key in ("base_mib", "largest_mib", "last_mib")]
    rows = [["one call of words", "after a tenth, MiB", "largest behind it", "at the end", "growth"]]
    rows.append([f"{report['words']:,}", *sizes, f"{report['growth']:.2%}"])
    show(report, [rows], as_json=args.json)


if __name__ == "__main__":
    main()
