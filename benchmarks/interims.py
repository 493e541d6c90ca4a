"""Count the words that an interim shows and its final hides, with growing hypotheses of every turn.

    python benchmarks/interims.py FOLDER --calls 25
    python benchmarks/interims.py --calls 100 --policy pci

Every turn is pushed as it grows, a word more each time, and then as final. *shown*: words that some interim showed and
the final hides, each counted once, with its label and reason. *digits*: those among them with a figure in them; an
interim may show four digits that nobody asked for and that nothing behind them has yet announced.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccredact import Redactor, Utterance
from gold import calls_from, gold_files, machine, show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccredact import Entity, Segment
    from gold import GoldCall

LONGEST = 60
"""Words of a turn that are looked at."""


def places(text: str) -> list[tuple[int, int]]:
    """Give the character range of each word."""
    out: list[tuple[int, int]] = []
    at = 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        out.append((start, at))
    return out


def shown_to(segment: Segment, text: str, stand_in: str) -> int:
    """Give the character up to which an interim shows its text, hidden pieces among it."""
    at = out = 0
    for entity in segment.entities:
        at, out = entity.end, entity.out_end
    rest = segment.text[out:]
    return len(text) if rest == text[at:] else at + len(rest.removesuffix(stand_in))


def over(entities: Sequence[Entity], start: int, end: int) -> Entity | None:
    """Give an entity at a range of characters."""
    return next((entity for entity in entities if entity.start < end and entity.end > start), None)


def count(redactor: Redactor, calls: Sequence[GoldCall]) -> dict[str, Any]:
    """Push all turns as they grow; count interims, and words that were shown too early by label and reason."""
    found: Counter[str] = Counter()
    interims = words = digits = 0
    for call in calls:
        said = [Utterance(turn["text"], turn.get("speaker")) for turn in call["turns"]]
        stream = redactor.stream()
        for utterance, final in zip(said, redactor.redact_call(said), strict=True):
            early: dict[int, str] = {}
            ranges = places(utterance.text)[:LONGEST]
            for _, end in ranges:
                text = utterance.text[:end]
                for segment in stream.push(Utterance(text, utterance.speaker, is_final=False)):
                    interims += 1
                    edge = shown_to(segment, text, redactor.policy.stand_in)
                    for at, (first, last) in enumerate(ranges):
                        hidden = over(final.entities, first, last)
                        if last <= edge and hidden is not None and over(segment.entities, first, last) is None:
                            early[at] = f"{hidden.label} {hidden.reason}"
            words += len(ranges)
            digits += sum(any(map(str.isdecimal, utterance.text[slice(*ranges[at])])) for at in early)
            found.update(early.values())
            stream.push(utterance)
    return {"calls": len(calls), "words": words, "interims": interims, "digits": digits, "shown": dict(found)}


def main(arguments: Sequence[str] | None = None) -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", help="a file or folder of the gold form; else generated calls")
    parser.add_argument("--calls", type=int, default=25, help="so many calls, of each file where there are some")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--policy", default="full")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    files = [None] if args.gold is None else gold_files(args.gold)
    calls = [call for file in files for call in calls_from(file, count=args.calls, seed=args.seed)[: args.calls]]
    report = {"policy": args.policy, **machine(), **count(Redactor(args.policy), calls)}
    head = [["calls", "words", "interims", "shown too early", "with a figure"]]
    early = sum(report["shown"].values())
    head.append([f"{report[key]:,}" for key in ("calls", "words", "interims")] + [f"{early}", f"{report['digits']}"])
    rows = [["label and reason", "words"], *([name, f"{number}"] for name, number in sorted(report["shown"].items()))]
    show(report, [head, rows], as_json=args.json)


if __name__ == "__main__":
    main()
