"""What another engine leaves of names, streets and postcodes, one turn at a time, on a folder of the gold form.

    benchmarks/.peers/bin/python benchmarks/peer_names.py FOLDER --engine Rampart

Run it with the environment that `peers.py` makes (with ccredact on PYTHONPATH); the engines' names are those of its
table. One row a source: percent of letters and digits left in clear, over up to `--turns` turns that hold any, chosen
by `--seed`. ccredact's own figures are those of `name_leak.py`, with weights that have not seen
the source.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

from peers_engines import Peer, all_engines

LABELS = {"PERSON": "PERSON", "ADDRESS": "STREET_ADDRESS", "ZIP": "POSTCODE"}


def turns_of(path: Path, most: int, seed: int) -> list[dict[str, Any]]:
    """Return turns with gold of these labels, in random order."""
    with path.open(encoding="utf-8") as lines:
        found = [
            turn
            for line in lines
            for turn in json.loads(line)["turns"]
            if not turn.get("synthetic") and any(entity["label"] in LABELS for entity in turn["entities"])
        ]
    random.Random(seed).shuffle(found)
    return found[:most]


def left(peer: Peer, turns: list[dict[str, Any]]) -> dict[str, tuple[float, int]]:
    """For each label the share left and the letters and digits there are."""
    there: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    for turn in turns:
        text = turn["text"]
        hidden = {at for start, end, _ in peer.read(text, peer.call(text)) for at in range(start, end)}
        for entity in turn["entities"]:
            label = LABELS.get(entity["label"])
            if label:
                places = [at for at in range(entity["start"], entity["end"]) if text[at].isalnum()]
                there[label] += len(places)
                shown[label] += sum(at not in hidden for at in places)
    return {label: (shown[label] / count, count) for label, count in there.items() if count}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--engine", default="Rampart")
    parser.add_argument("--turns", type=int, default=500, help="turns of a source, at most (default %(default)s)")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    engine = next(iter(all_engines([options.engine]).values()), None)
    if not isinstance(engine, Peer):
        parser.error("--engine takes the name of a peer that reads one text at a time")
    for path in sorted(options.folder.glob("*.jsonl")):
        chosen = turns_of(path, options.turns, options.seed)
        row = "  ".join(f"{label} {share:.1%}" for label, (share, _) in left(engine, chosen).items())
        print(f"{path.stem:28} {len(chosen):4} turns  {row}", flush=True)


if __name__ == "__main__":
    main()
