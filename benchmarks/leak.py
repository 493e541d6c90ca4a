"""Measure what ccredact leaves in clear and what it hides in vain, over a folder of the gold form.

    python benchmarks/leak.py FOLDER --groups card --policy pci
    python benchmarks/leak.py FILE.jsonl --keep predictions

One row a source. *leak* is the share of gold letters and digits left in clear, *missed* the share of
entities with any left, *hidden* the share of words outside all gold that were hidden; each with its 95 %
Wilson interval. With `--groups` the gold and the predictions of those groups count (and NUMBER and
REDACTED, which cannot be switched off). Characters of one entity leak together, so the interval of leak is
narrower than the truth; that of missed is the one to compare with. `--keep` writes the predictions, for
`score.py`'s detail; they hold no text.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import score
from ccredact import Redactor
from gold import GoldCall, by_id, gold_files, read_calls, show, wilson
from ours import predict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

HEAD = ("source", "licence", "calls", "turns", "words", "entities", "missed", "leak", "hidden")


@dataclass(frozen=True, slots=True)
class Share:
    """A counted share and its interval."""

    hits: int
    trials: int

    def report(self) -> dict[str, Any]:
        """Give it for JSON."""
        low, high = wilson(self.hits, self.trials)
        share = self.hits / self.trials if self.trials else 0.0
        return {"hits": self.hits, "of": self.trials, "share": share, "low": low, "high": high}


def written(share: dict[str, Any]) -> str:
    """Write a share for the table: "1.2 % (0.8-1.9)"."""
    if not share["of"]:
        return "-"
    return f"{share['share']:.2%} ({100 * share['low']:.2f}-{100 * share['high']:.2f})"


def counts(
    calls: Sequence[GoldCall], predictions: Sequence[dict[str, Any]], only: AbstractSet[str] | None
) -> dict[str, Any]:
    """Score one source and count what its shares are made of."""
    report = score.score(by_id(calls), by_id(predictions), only=only)
    rows = [
        row
        for name, row in report["labels"].items()
        if (name == "ALL" if only is None else name.removeprefix("group ") in only and name != "ALL")
    ]
    letters = _letters(calls, only)
    entities = sum(row["entities"] for row in rows)
    missed = sum(round(row["missed"] * row["entities"]) for row in rows)
    leaked = sum(round(row["leak"] * letters.get(name, 0)) for name, row in report["labels"].items())
    return {
        "source": calls[0].get("source", "") if calls else "",
        "license": calls[0].get("license", "") if calls else "",
        "calls": len(calls),
        "turns": sum(len(call["turns"]) for call in calls),
        "words": report["words"],
        "entities": entities,
        "missed": Share(missed, entities).report(),
        "leak": Share(leaked, sum(letters.values())).report(),
        "hidden": Share(round(report["hidden"] * report["outside"]), report["outside"]).report(),
    }


def _letters(calls: Sequence[GoldCall], only: AbstractSet[str] | None) -> dict[str, int]:
    """Count the gold letters and digits by the row of `score.score` that holds their leak."""
    letters: dict[str, int] = {}
    for call in calls:
        for turn in call["turns"]:
            for entity in [] if turn.get("synthetic") else turn.get("entities", []):
                kind = score.group(entity["label"])
                if entity["label"] in score.SOFT or (only is not None and kind not in only):
                    continue
                size = len(score.counted(turn["text"], entity["start"], entity["end"]))
                name = "ALL" if only is None else f"group {kind}"
                letters[name] = letters.get(name, 0) + size
    return letters


def measure(path: Path, redactor: Redactor, only: AbstractSet[str] | None, keep: Path | None) -> dict[str, Any]:
    """Redact and score one file."""
    calls = read_calls(path)
    predictions = [predict(redactor, call) for call in calls]
    if keep is not None:
        with (keep / path.name).open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(prediction) + "\n" for prediction in predictions)
    return counts(calls, predictions, only)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every file and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="a folder of *.jsonl files or one file")
    parser.add_argument("--groups", help="count only these groups, comma-separated")
    parser.add_argument("--policy", default="full", help="a profile's name or a policy file")
    parser.add_argument("--keep", type=Path, help="write the predictions into this folder")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    only = set(args.groups.split(",")) if args.groups else None
    if only and (unknown := only - set(score.GROUPS)):
        parser.error(f"no such group: {', '.join(sorted(unknown))}; there are {', '.join(score.GROUPS)}")
    if args.keep:
        args.keep.mkdir(parents=True, exist_ok=True)
    redactor = Redactor(args.policy)
    rows = {path.stem: measure(path, redactor, only, args.keep) for path in gold_files(args.gold)}
    table = [list(HEAD)]
    for name, row in rows.items():
        plain = [f"{row[key]}" for key in ("calls", "turns", "words", "entities")]
        shares = [written(row[key]) for key in ("missed", "leak", "hidden")]
        table.append([row["source"] or name, row["license"], *plain, *shares])
    show(rows, [table], as_json=args.json)


if __name__ == "__main__":
    main()
