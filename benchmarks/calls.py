"""Generate payment calls with gold spans, or score ccredact on them.

    python benchmarks/calls.py --out gold.jsonl --calls 500 --seed 7    writes the gold set
    python benchmarks/calls.py --calls 500 --seed 7                     generates, redacts, scores, prints

The same seed gives the same calls. Beside `score.py`'s figures a run prints leak by the form in which a card
number was said, and how often each kind of decoy (a phone number, an amount, a parcel) was hidden in vain.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import score
from callgen.build import gold_calls
from gold import GoldCall, by_id, show

if TYPE_CHECKING:
    from collections.abc import Sequence


def write(calls: Sequence[GoldCall], path: Path) -> None:
    """Write calls in the gold form."""
    with path.open("w", encoding="utf-8") as out:
        for call in calls:
            out.write(json.dumps(call, ensure_ascii=False) + "\n")


def evaluate(calls: Sequence[GoldCall], predictions: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Score predictions: by label, by spoken form, by decoy."""
    missing: list[score.Shown] = []
    report: dict[str, Any] = score.score(by_id(calls), by_id(predictions), missing)
    report["misses"] = [{"label": row[0], "span": row[1], "turn": row[2], "call": row[3]} for row in missing]
    entities: Counter[str] = Counter()
    chars: Counter[str] = Counter()
    leaked: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    decoys: Counter[str] = Counter()
    hidden: Counter[str] = Counter()
    for call, guess in zip(calls, predictions, strict=True):
        for turn, found in zip(call["turns"], guess["turns"], strict=True):
            text, hit = turn["text"], set()
            for span in found["entities"]:
                hit |= score.counted(text, span["start"], span["end"])
            for entity in turn["entities"]:
                want = score.counted(text, entity["start"], entity["end"])
                for form in entity["tags"] if entity["label"] == "CARD_NUMBER" else ():
                    entities[form] += 1
                    chars[form] += len(want)
                    leaked[form] += len(want - hit)
                    missed[form] += bool(want - hit)
            for decoy in turn["decoys"]:
                decoys[decoy["kind"]] += 1
                hidden[decoy["kind"]] += bool(score.counted(text, decoy["start"], decoy["end"]) & hit)
    report["forms"] = {
        form: {
            "entities": entities[form],
            "leak": leaked[form] / max(1, chars[form]),
            "missed": missed[form] / entities[form],
        }
        for form in sorted(entities, key=lambda name: -entities[name])
    }
    report["decoys"] = {kind: {"said": decoys[kind], "hidden": hidden[kind] / decoys[kind]} for kind in sorted(decoys)}
    return report


def ours(calls: Sequence[GoldCall], policy: str) -> list[dict[str, Any]]:
    """Predict with ccredact."""
    from ccredact import Redactor  # noqa: PLC0415 - the gold set can be written without ccredact
    from ours import predict  # noqa: PLC0415

    redactor = Redactor(policy)
    return [predict(redactor, call) for call in calls]


def tables(report: dict[str, Any]) -> list[list[list[str]]]:
    """Lay the report out."""
    labels = [["gold", "entities", "leak", "missed", "relabel"]]
    for name, row in report["labels"].items():
        shares = [f"{row[key]:.2%}" for key in ("leak", "missed", "relabel")]
        labels.append([name, str(row["entities"]), *shares])
    forms = [["CARD_NUMBER as", "entities", "leak", "missed"]]
    for name, row in report["forms"].items():
        forms.append([name, str(row["entities"]), f"{row['leak']:.2%}", f"{row['missed']:.2%}"])
    decoys = [["decoy", "said", "hidden"]]
    for name, row in report["decoys"].items():
        decoys.append([name, str(row["said"]), f"{row['hidden']:.2%}"])
    outside = [["words", "outside gold", "hidden"]]
    outside.append([str(report["words"]), str(report["outside"]), f"{report['hidden']:.3%}"])
    return [labels, forms, decoys, outside]


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the gold set or score ccredact on it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, help="write the gold set here and stop")
    parser.add_argument("--calls", type=int, default=500)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--policy", default="pci", help="the policy to score (pci hides card data and secrets)")
    parser.add_argument("--misses", type=int, default=0, help="print up to N missed entities")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    calls = list(gold_calls(args.calls, args.seed))
    if args.out:
        write(calls, args.out)
        count = sum(len(turn["entities"]) for call in calls for turn in call["turns"])
        done = {"calls": len(calls), "turns": sum(len(call["turns"]) for call in calls), "entities": count}
        show(done, [[list(done), [str(value) for value in done.values()]]], as_json=args.json)
        return
    report = evaluate(calls, ours(calls, args.policy))
    show(report, tables(report), as_json=args.json)
    for row in [] if args.json else report["misses"][: args.misses]:
        print(f"missed {row['label']:12} {row['span']!r} in {row['turn']!r} ({row['call']})")


if __name__ == "__main__":
    main()
