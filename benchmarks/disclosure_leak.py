"""What is left of health, family and purchases by label and source, and how many other words are hidden.

    python benchmarks/disclosure_leak.py GOLD [GOLD ...] [--weights FOLD] [--held 0/4] [--misses 40] [--over 40]

`GOLD` is a file or a folder of marked calls (turns with entities, one call a line). The policy has the seven labels on
and all others off. The shipped weights have learned from the marked calls that are public: weights that were trained
without them, or without a part of the conversations ("0/4"), which is then all that is measured, tell what to expect of
others. (A part is cut as training cuts it: `PYTHONPATH=models`.) `--weights none`: the lists alone.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from ccredact import Redactor
from ccredact.entities import ENTITY_TYPES
from ours import predict

LABELS = (
    "MEDICAL_CONDITION", "MEDICATION", "MEDICAL_PROCEDURE", "FAMILY_RELATION", "PURCHASE_ITEM", "PURCHASE_AMOUNT",
    "PURCHASE_DATE",
)  # fmt: skip
GROUPS = {
    "health": LABELS[:3], "family": LABELS[3:4], "purchase": LABELS[4:],
}  # fmt: skip
_WORD = re.compile(r"\w[\w'\u2019]*")


def policy() -> dict[str, Any]:
    """Return a policy with the seven labels alone."""
    return {"entities": {label: "replace" if label in LABELS else "off" for label in ENTITY_TYPES}}


def letters(text: str, start: int, end: int) -> set[int]:
    """Return the places of letters and digits in a range."""
    return {at for at in range(start, min(end, len(text))) if text[at].isalnum()}


class Score:
    """Counts of one source."""

    def __init__(self) -> None:
        self.said: Counter[str] = Counter()
        self.left: Counter[str] = Counter()
        self.entities: Counter[str] = Counter()
        self.words = self.hidden = 0

    def take(self, keys: tuple[str, ...], said: int, left: int) -> None:
        """Count an entity under these names."""
        for key in keys:
            self.said[key] += said
            self.left[key] += left
            self.entities[key] += 1

    def add(self, other: Score) -> None:
        """Add the counts of another source."""
        self.said += other.said
        self.left += other.left
        self.entities += other.entities
        self.words += other.words
        self.hidden += other.hidden

    def line(self, name: str) -> str:
        """Return what is left of each label, with the number of entities, and of other words what is hidden."""
        cells = [
            f"{short} {self.left[key] / self.said[key]:6.1%} ({self.entities[key]})" if self.entities[key] else ""
            for key, short in [
                *[(group, group) for group in GROUPS],
                *[(label, label[:12].lower()) for label in LABELS],
            ]
        ]
        hidden = self.hidden / max(1, self.words)
        return f"{name:24} over {hidden:6.2%} of {self.words:6d} | {' '.join(cell for cell in cells if cell)}"


class Reader:
    """Counts what is left of marked calls, and keeps what was missed and what was hidden beside the marks."""

    def __init__(self, redactor: Redactor, only: str) -> None:
        self.redactor = redactor
        self.only = only
        self.lost: list[str] = []
        self.over: list[str] = []

    def read(self, path: Path, held: str) -> Score:
        """Return the counts of a file."""
        total = Score()
        if held:
            from tagger.data import is_held  # noqa: PLC0415 - models/ is on the path where a part is asked for
        for line in path.open(encoding="utf-8"):
            call = json.loads(line)
            if not held or is_held(call["id"], held):
                for turn, guess in zip(call["turns"], predict(self.redactor, call)["turns"], strict=True):
                    if not turn.get("synthetic"):
                        self._count(total, turn, guess["entities"])
        return total

    def _count(self, total: Score, turn: dict[str, Any], found: list[dict[str, Any]]) -> None:
        """Count one turn."""
        text, marked = turn["text"], set[int]()
        hit = set[int]().union(*(letters(text, e["start"], e["end"]) for e in found))
        for entity in turn.get("entities", []):
            if entity["label"] not in LABELS:
                continue
            want = letters(text, entity["start"], entity["end"])
            marked |= want
            if entity.get("doubt"):
                continue
            group = next(name for name, labels in GROUPS.items() if entity["label"] in labels)
            total.take((entity["label"], group), len(want), len(want - hit))
            if want - hit and self.only in {"", entity["label"]}:
                said = text[entity["start"] : entity["end"]]
                self.lost.append(f"{entity['label']:18} {said!r} in {text[:160]!r}")
        for word in _WORD.finditer(text):
            at = letters(text, *word.span())
            if not at & marked:
                total.words += 1
                total.hidden += bool(at & hit)
        self.over += [
            f"{e['label']:18} {text[e['start'] : e['end']]!r} in {text[max(0, e['start'] - 60) : e['end'] + 40]!r}"
            for e in found
            if not letters(text, e["start"], e["end"]) & marked
        ]


def main() -> None:
    """Print a row for each source, and what was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--held", default="", help='conversations of this part alone, by a hash of their ids: "0/4"')
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--over", type=int, default=0)
    parser.add_argument("--left", default="", help="misses of this label alone")
    parser.add_argument("--weights", default="", help="other weights of the tagger; none: without it")
    args = parser.parse_args()
    redactor = Redactor(policy(), tagger=args.weights != "none" and (args.weights or True))
    paths = [path for given in args.gold for path in (sorted(given.glob("*.jsonl")) if given.is_dir() else [given])]
    everything, reader = Score(), Reader(redactor, args.left)
    for path in paths:
        found = reader.read(path, args.held)
        everything.add(found)
        print(found.line(path.stem))
    print(everything.line("all"))
    print("\n".join(reader.lost[: args.misses]))
    print("\n".join(f"over {line}" for line in reader.over[: args.over]))


if __name__ == "__main__":
    main()
