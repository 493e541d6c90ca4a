"""Measure what ccredact leaves of each kind of entity, over all sources of a folder together, or over generated calls.

    python benchmarks/by_entity.py FOLDER                real sources, then those that were generated or rewritten
    python benchmarks/by_entity.py --calls 3000          calls of calls.py, in the half that was not looked at

*left* is the share of the letters and digits of an entity that stay in clear, *missed* the share of entities with any
left, *other label* the share of those hidden whole that are hidden under a label which is not theirs: a policy that
shows that label shows them. Each has its 95 % Wilson interval; letters of one entity leak together, so that of *left*
counts entities. Labels that ccredact does not look for under the policy `full` are left out, those of which no more is
known than that they are places, dates or amounts (`score.SOFT`) too, and so are turns marked as context, doubtful
marks, and what a source has lost (`LOST`).
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import score
from callgen.build import Plan, gold_calls
from callgen.values import FORMS, KINDS
from calls import Row, best_label
from ccredact import Redactor
from ccredact.entities import ENTITY_TYPES
from gold import gold_files, own_label, read_calls, show, wilson
from ours import predict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gold import GoldCall

GENERATED: Final = ("spoken_", "presidio_synth", "tau_retail")
"""How the files of sources begin that nobody has said or typed: templates, models, and text rewritten as speech."""
LOST: Final = {"multidogo": {"EMAIL", "VEHICLE"}}
"""Labels that do not count, by how the file of a source begins: its e-mails have no "@", its vehicles no number."""
HEAD: Final = ("entity", "entities", "left", "missed", "other label")


@dataclass
class Counts:
    """What became of the entities of some calls, by ccredact's label, and of the words outside all marks."""

    rows: dict[str, Row]
    words: int = 0
    hidden: int = 0

    def take(self, calls: Iterable[GoldCall], redactor: Redactor, lost: Iterable[str] = ()) -> None:
        """Redact calls and count."""
        for call in calls:
            guess = predict(redactor, call)
            for turn, found in zip(call["turns"], guess["turns"], strict=True):
                if not turn.get("synthetic"):
                    self._take_turn(turn, found["entities"], redactor, lost)
            report = score.score({"": (call["turns"], None)}, {"": (guess["turns"], None)})
            self.words += report["outside"]
            self.hidden += round(report["hidden"] * report["outside"])

    def _take_turn(
        self, turn: dict[str, Any], found: Sequence[dict[str, Any]], redactor: Redactor, lost: Iterable[str]
    ) -> None:
        text = turn["text"]
        hit = set[int]().union(*(score.counted(text, one["start"], one["end"]) for one in found))
        for entity in turn.get("entities", []):
            gold = entity["label"]
            label = own_label(gold)
            known = label in ENTITY_TYPES and redactor.policy.enabled(label)
            if not known or gold in score.SOFT or gold in lost or entity.get("doubt"):
                continue
            want = score.counted(text, entity["start"], entity["end"])
            for name in (label, "all"):
                self.rows.setdefault(name, Row()).take(gold, want, hit, best_label(want, text, found))

    def table(self, least: int = 1) -> list[list[str]]:
        """Lay the counts out: a row for each label with as many entities, in the order of the policy's table."""
        order = [label for label in (*ENTITY_TYPES, "all") if label in self.rows]
        table = [list(HEAD)]
        for label in order:
            row = self.rows[label]
            if row.entities >= least:
                left = row.entities * row.left / max(1, row.letters)
                shares = [(left, row.entities), (row.missed, row.entities)]
                shares.append((row.relabelled, row.entities - row.missed))
                table.append([f"`{label}`" if label != "all" else "all", f"{row.entities:,}", *map(written, shares)])
        words = written((self.hidden, self.words))
        table.append(["other words hidden", f"{self.words:,}", words, "", ""])
        return table


def written(share: tuple[float, int]) -> str:
    """Write a share and its interval: "1.2 % (0.8-1.9)"."""
    hits, of = share
    if not of:
        return ""
    low, high = wilson(hits, of)
    return f"{100 * hits / of:.1f} % ({100 * low:.1f}-{100 * high:.1f})"


def of_folder(folder: Path, redactor: Redactor, *, generated: bool, limit: int | None = None) -> Counts:
    """Count over the sources of a folder of one sort; `limit` calls of each at most."""
    counts = Counts({})
    for path in gold_files(folder):
        if path.stem.startswith(GENERATED) == generated:
            lost = {label for name, labels in LOST.items() if name in path.stem for label in labels}
            counts.take(read_calls(path)[:limit], redactor, lost)
    return counts


def of_generated(count: int, seed: int, redactor: Redactor) -> Counts:
    """Count over calls that are generated now, in the wording that was not looked at."""
    counts = Counts({})
    counts.take(gold_calls(count, seed, Plan(tuple(KINDS), tuple(FORMS), "unseen")), redactor)
    return counts


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", help="a folder of *.jsonl files or one file")
    parser.add_argument("--calls", type=int, default=0, help="generate so many calls instead")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--least", type=int, default=1, help="entities of a label, at least (default %(default)s)")
    parser.add_argument("--limit", type=int, help="calls of each source, at most")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    if (args.gold is None) == (not args.calls):
        parser.error("either a folder or --calls")
    redactor = Redactor()
    if args.gold is None:
        found = {"calls": of_generated(args.calls, args.seed, redactor)}
    else:
        sorts = {"real": False, "generated": True}
        found = {
            name: of_folder(args.gold, redactor, generated=generated, limit=args.limit)
            for name, generated in sorts.items()
        }
    tables = {name: counts.table(args.least) for name, counts in found.items() if counts.rows}
    show(tables, list(tables.values()), as_json=args.json)


if __name__ == "__main__":
    main()
