"""Measure what ccredact leaves of names, streets and postcodes, by label, over a folder of the gold form.

    python benchmarks/name_leak.py FOLDER
    python benchmarks/name_leak.py FOLDER --weights models/build/no_star/model-last --only star
    python benchmarks/name_leak.py FOLDER --cut 3
    python benchmarks/name_leak.py FOLDER --thresholds 0.3 0.75 0.8 0.85

One row a source: of each label with `--least` entities and more the percent of gold letters and digits left in clear,
everything switched on; and the percent of words outside all gold that were taken for a person or a place. `--weights`
are those of another training (`models/README.md`): a source that the weights have seen says little. `--only` takes the
beginnings of file names, `spoken_` before them aside. `--thresholds` gives one row for each instead, of all sources
together: the policy's threshold for people and places, which says how sure the tagger must be. `--cut N` gives every
turn in finals of N words: the tagger never looks past a final, so that a recogniser that ends its finals early costs
names and addresses.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import score
from ccredact import Redactor
from gold import GoldCall, by_id, gold_files, read_calls
from ours import predict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gold import GoldCall

LABELS = {"PERSON": "PERSON", "ADDRESS": "STREET_ADDRESS", "ZIP": "POSTCODE"}
TAGGED = ("PERSON", "STREET_ADDRESS", "LOCATION", "POSTCODE")
"""Labels that a threshold is set for."""


def measure(calls: Sequence[GoldCall], redactor: Redactor, least: int, cut: int = 0) -> dict[str, Any]:
    """Redact and score some calls: leak and entities by label, and what is hidden in vain."""
    predictions = [predict(redactor, call, cut=cut) for call in calls]
    hidden = score.score(by_id(calls), by_id(predictions), only={"person", "place"})["hidden"]
    return {"labels": leaks(calls, predictions, least), "hidden": hidden}


def leaks(
    calls: Sequence[GoldCall], predictions: Sequence[dict[str, Any]], least: int = 1
) -> dict[str, tuple[float, int]]:
    """Give leak and entities by label, of labels with as many entities."""
    found = score.score(by_id(calls), by_id(predictions))["labels"]
    rows = {ours: found[gold] for gold, ours in LABELS.items() if found.get(gold, {"entities": 0})["entities"] >= least}
    return {name: (row["leak"], row["entities"]) for name, row in rows.items()}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every file and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="a folder of *.jsonl files or one file")
    parser.add_argument("--weights", help="a pipeline or a file of weights (default: the shipped ones)")
    parser.add_argument("--only", action="append", help="sources that begin so; may be given again")
    parser.add_argument("--least", type=int, default=20, help="entities of a label, at least (default %(default)s)")
    parser.add_argument("--cut", type=int, default=0, metavar="N", help="finals of N words (default: whole turns)")
    parser.add_argument("--thresholds", type=float, nargs="+", metavar="SCORE", help="a row for each, of all sources")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    wanted = tuple(args.only or ("",))
    paths = [path for path in gold_files(args.gold) if path.stem.removeprefix("spoken_").startswith(wanted)]
    if not paths or not all(path.is_file() for path in paths):
        parser.error("no such file, or none that begins so")
    tagger = args.weights or True
    if args.thresholds:
        calls = [call | {"id": f"{path.stem} {call['id']}"} for path in paths for call in read_calls(path)]
        for least in args.thresholds:
            redactor = Redactor({"thresholds": dict.fromkeys(TAGGED, least)}, tagger=tagger)
            show("threshold", least, measure(calls, redactor, args.least, args.cut), as_json=args.json)
        return
    redactor = Redactor(tagger=tagger)
    for path in paths:
        show("source", path.stem, measure(read_calls(path), redactor, args.least, args.cut), as_json=args.json)


def show(kind: str, name: str | float, row: dict[str, Any], *, as_json: bool) -> None:
    """Print one row."""
    if as_json:
        print(json.dumps({kind: name, **row}), flush=True)
        return
    labels = "  ".join(f"{label} {share:.1%} of {count:,}" for label, (share, count) in row["labels"].items())
    print(f"{name!s:28} {labels}  hidden {row['hidden']:.2%}", flush=True)


if __name__ == "__main__":
    main()
