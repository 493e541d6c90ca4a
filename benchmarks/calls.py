"""Generate calls with gold spans, or score ccredact on them.

    python benchmarks/calls.py --calls 500 --seed 7                     every kind of entity, by kind and by form
    python benchmarks/calls.py --kinds pin,phone --forms pieces         some kinds in some forms
    python benchmarks/calls.py --cut                                    calls that break off inside an answer
    python benchmarks/calls.py --again                                  values that come again 1 to 60 turns later
    python benchmarks/calls.py --scene payments --calls 2000 --seed 1   payments: every form of a card, and decoys
    python benchmarks/calls.py --out gold.jsonl                         writes the gold set
    python benchmarks/calls.py --verbatim PHRASES.txt                   how much of the wording a phrase file holds

The same seed gives the same calls. The wording of the scene `answers` is in two halves. `--half seen`, which is what
runs without the option, may be looked at while rules are written; `--half unseen` is scored when they are done, and
its misses are not printed; `--half all` mixes both. Payments have one wording. `full` is the policy of answers, `pci`
that of payments, unless another is named; what a policy does not hide counts as a decoy.

*leak* is the share of an answer's letters and digits left in clear, *missed* the share of spans with any left, *left
whole* the share of answers, first told or said again later, of which nothing was hidden, *other label* and *other
group* the share of hidden spans under a label that is not theirs, *other words* the share of words outside all gold,
in the turns in which the answer is asked for and told, that were hidden (what stands between two spans of an answer
in its turn, and the joints of an e-mail address or a date, count for nobody). A form is how the answer is told; what
comes under it once more ("read back", "repeated", "said again") has a row of its own, and so has what is taken back.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import score
from callgen.answers import COPIES, DISTANCES
from callgen.build import Plan, gold_calls
from callgen.cut import broken_off
from callgen.marks import NEUTRAL
from callgen.values import FORMS, KINDS
from callgen.wording import HALVES, half_of, plain, wording
from gold import OWN, GoldCall, by_id, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ccredact import Redactor

ASIDE: Final = "name_aside"
"""The kind of a name in small talk: it has a row and is in no sum."""
HEAD: Final = ("entities", "answers", "leak", "missed", "left whole", "other label", "other group", "other words")


@dataclass
class Row:
    """What became of the spans of one row."""

    entities: int = 0
    letters: int = 0
    left: int = 0
    missed: int = 0
    relabelled: int = 0
    regrouped: int = 0
    words: int = 0
    hidden: int = 0
    answers: dict[tuple[str, int], bool] = field(default_factory=dict)
    """By call and answer, whether anything of it is hidden."""

    def take(self, label: str, want: set[int], hit: set[int], best: str) -> None:
        """Count a span of these letters and digits; `best` is the label under which most of it is hidden."""
        self.entities += 1
        self.letters += len(want)
        left = want - hit
        self.left += len(left)
        self.missed += bool(left)
        self.relabelled += not left and best not in OWN.get(label, (label,))
        self.regrouped += not left and score.group(best) != score.group(label)

    def report(self) -> dict[str, Any]:
        """Give the counts and shares."""
        covered = self.entities - self.missed
        whole = sum(not hidden for hidden in self.answers.values())
        shares = {
            "leak": (self.left, self.letters),
            "missed": (self.missed, self.entities),
            "left whole": (whole, len(self.answers)),
            "other label": (self.relabelled, covered),
            "other group": (self.regrouped, covered),
            "other words": (self.hidden, self.words),
        }
        counts = {"entities": self.entities, "answers": len(self.answers)}
        return counts | {name: hits / max(1, of) for name, (hits, of) in shares.items()}


def write(calls: Sequence[GoldCall], path: Path) -> None:
    """Write calls in the gold form."""
    with path.open("w", encoding="utf-8") as out:
        for call in calls:
            out.write(json.dumps(call, ensure_ascii=False) + "\n")


def as_hidden_by(calls: Iterable[GoldCall], enabled: Callable[[str], bool]) -> list[GoldCall]:
    """Turn the gold that a policy does not hide into decoys."""

    def turned(turn: dict[str, Any]) -> dict[str, Any]:
        gold = [one for one in turn["entities"] if any(map(enabled, OWN.get(one["label"], (one["label"],))))]
        rest = [{**one, "kind": _kind(one)} for one in turn["entities"] if one not in gold]
        return {**turn, "entities": gold, "decoys": [*turn["decoys"], *rest]}

    return [{**call, "turns": [turned(turn) for turn in call["turns"]]} for call in calls]


def _kind(entity: dict[str, Any]) -> str:
    return str(entity.get("kind", entity["label"]))


def _rows_of(entity: dict[str, Any]) -> list[tuple[str, str]]:
    """Name the rows in which a span counts: table and row."""
    kind, tags = _kind(entity), entity["tags"]
    if kind == ASIDE:
        return [("kinds", kind)]
    by_form = tags if "kind" in entity or entity["label"] == "CARD_NUMBER" else ()
    return [("kinds", kind), ("kinds", "ALL"), *(("forms", tag) for tag in by_form)]


def evaluate(
    calls: Sequence[GoldCall],
    predictions: Sequence[dict[str, Any]],
    counts: Callable[[GoldCall, dict[str, Any]], bool] = lambda _call, _entity: True,
) -> dict[str, Any]:
    """Score predictions by label, kind, form and decoy; `counts` says which gold spans count."""
    rows: defaultdict[tuple[str, str], Row] = defaultdict(Row)
    misses = []
    decoys: Counter[str] = Counter()
    hidden: Counter[str] = Counter()
    for call, guess in zip(calls, predictions, strict=True):
        for turn, found in zip(call["turns"], guess["turns"], strict=True):
            text = turn["text"]
            hit = set[int]().union(*(score.counted(text, one["start"], one["end"]) for one in found["entities"]))
            for entity in turn["entities"]:
                if counts(call, entity):
                    left = _count(rows, call["id"], entity, text, found["entities"], hit)
                    misses += [{**entity, "turn": text, "call": call["id"]}] * bool(left)
            for decoy in turn["decoys"]:
                if decoy["kind"] != NEUTRAL:
                    decoys[decoy["kind"]] += 1
                    hidden[decoy["kind"]] += bool(score.counted(text, decoy["start"], decoy["end"]) & hit)
            gold = _neutral(turn)
            for word in re.finditer(r"\w[\w'\u2019]*", text):
                at = score.counted(text, *word.span())
                for name in () if at & gold else (turn.get("about", "talk"), "ALL"):
                    rows["kinds", name].words += 1
                    rows["kinds", name].hidden += bool(at & hit)
    report: dict[str, Any] = score.score(by_id(calls), by_id(predictions))
    report["misses"] = misses
    for table in ("kinds", "forms"):
        report[table] = {name: row.report() for (of, name), row in sorted(rows.items()) if of == table}
    report["decoys"] = {kind: {"said": decoys[kind], "hidden": hidden[kind] / decoys[kind]} for kind in sorted(decoys)}
    return report


def _neutral(turn: dict[str, Any]) -> set[int]:
    """Return the places that cannot be hidden in vain: gold, what is between two spans of one answer, what may go."""
    ends: dict[int, tuple[int, int]] = {}
    for at, one in enumerate(turn["entities"]):
        start, end = ends.get(key := one.get("answer") or -at, (one["start"], one["end"]))
        ends[key] = (min(start, one["start"]), max(end, one["end"]))
    both = [*ends.values(), *((one["start"], one["end"]) for one in turn["decoys"] if one["kind"] == NEUTRAL)]
    return set[int]().union(*(range(start, end) for start, end in both))


def best_label(want: set[int], text: str, found: Sequence[dict[str, Any]]) -> str:
    """Return the label under which most of the letters and digits of a span are hidden, "" for none."""
    over = [(len(want & score.counted(text, one["start"], one["end"])), one["label"]) for one in found]
    return max(over)[1] if over else ""


def _count(
    rows: defaultdict[tuple[str, str], Row],
    call: str,
    entity: dict[str, Any],
    text: str,
    found: Sequence[dict[str, Any]],
    hit: set[int],
) -> set[int]:
    """Count one gold span; return the places of the letters and digits that are left."""
    want = score.counted(text, entity["start"], entity["end"])
    left, label, tags = want - hit, entity["label"], entity["tags"]
    best = best_label(want, text, found)
    part_of = COPIES.intersection(tags) - {"said again"}
    for table, name in _rows_of(entity):
        row = rows[table, name]
        row.take(label, want, hit, best)
        if "answer" in entity and (not part_of or name in part_of):
            key = (call, entity["answer"])
            row.answers[key] = row.answers.get(key, False) or bool(want & hit)
    return left


def ours(calls: Sequence[GoldCall], redactor: Redactor) -> list[dict[str, Any]]:
    """Predict with ccredact; a call with a `cut` breaks off."""
    from ours import predict, predict_cut  # noqa: PLC0415 - the gold set can be written without ccredact

    return [predict_cut(redactor, call) if "cut" in call else predict(redactor, call) for call in calls]


def _percent(row: dict[str, Any], names: Iterable[str]) -> list[str]:
    return [f"{row[name]:.2%}" if isinstance(row[name], float) else str(row[name]) for name in names]


def tables(report: dict[str, Any], scene: str) -> list[list[list[str]]]:
    """Lay the report out."""
    if scene == "payments":
        shares = ["entities", "leak", "missed", "relabel"]
        labels = [["gold", *shares], *([name, *_percent(row, shares)] for name, row in report["labels"].items())]
        forms = sorted(report["forms"].items(), key=lambda one: -one[1]["entities"])
        named = [
            labels,
            [["CARD_NUMBER as", *shares[:3]], *([name, *_percent(row, shares[:3])] for name, row in forms)],
        ]
    else:
        order = {name: at for at, name in enumerate(("ALL", *KINDS, ASIDE, "talk", *FORMS, *COPIES, *DISTANCES))}
        named = []
        for title, head in (("kinds", HEAD), ("forms", HEAD[:-1])):
            found = sorted(report[title].items(), key=lambda one: (order.get(one[0], len(order)), one[0]))
            named.append([[title, *head], *([name, *_percent(row, head)] for name, row in found)])
    decoys = [["decoy", "said", "hidden"]]
    decoys += [[name, *_percent(row, ("said", "hidden"))] for name, row in report["decoys"].items()]
    if scene != "payments":
        return [*named, decoys]
    outside = [str(report["words"]), str(report["outside"]), f"{report['hidden']:.3%}"]
    return [*named, decoys, [["words", "outside gold", "hidden"], outside]]


def verbatim(files: Iterable[Path]) -> dict[str, dict[str, Any]]:
    """Count the phrases of each half that stand in phrase files: as a line of their own, or around such a line."""
    lines = {
        plain(line)
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
        if not line.lstrip().startswith(("#", "["))
    } - {""}
    report: dict[str, dict[str, Any]] = {}
    for half in HALVES:
        for what in ("ask", "announce", "correct", "all"):
            phrases = {
                plain(phrase)
                for section in wording(half)
                for phrase in wording(half)[section]
                if half_of(phrase) and (what == "all" or what in section.split())
            }
            same = sum(phrase in lines for phrase in phrases)
            around = sum(any(f" {line} " in f" {phrase} " for line in lines) for phrase in phrases)
            size = max(1, len(phrases))
            report[f"{half}, {what}"] = {"phrases": len(phrases), "verbatim": same / size, "around one": around / size}
    return report


def _names(text: str | None, known: Iterable[str], parser: argparse.ArgumentParser) -> tuple[str, ...]:
    """Split a list of names; all known ones where there is none."""
    names = tuple(text.split(",")) if text else tuple(known)
    if unknown := set(names) - set(known):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    return names


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scene", choices=("answers", "payments"), default="answers")
    parser.add_argument("--calls", type=int, default=500)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--kinds", help=f"only these kinds of answers, comma-separated: {', '.join(KINDS)}")
    parser.add_argument("--forms", help=f"only these forms, comma-separated: {', '.join(FORMS)}")
    parser.add_argument("--half", choices=(*HALVES, "all"), default="seen")
    parser.add_argument("--speakers", choices=("named", "none"), default="named", help="none: no turn tells who speaks")
    parser.add_argument("--cut", action="store_true", help="break every call off inside an answer; count that answer")
    parser.add_argument("--again", action="store_true", help="count values that come again 1 to 60 turns later")
    parser.add_argument("--policy", help="the policy to score: full for answers, pci for payments")
    parser.add_argument("--misses", type=int, default=0, help="print up to N spans of which something is left")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--out", type=Path, help="write the gold set here and stop")
    parser.add_argument("--verbatim", type=Path, nargs="+", metavar="FILE", help="compare the wording and stop")
    args = parser.parse_args(arguments)
    payments = args.scene == "payments"
    if payments and (args.kinds or args.forms or args.cut or args.again):
        parser.error("--kinds, --forms, --cut and --again belong to the scene answers")
    if args.misses and not payments and args.half != "seen":
        parser.error("misses are printed of the half that may be seen")
    kinds = _names(args.kinds, KINDS, parser)
    forms = ("again",) if args.again else _names(args.forms, FORMS, parser)
    if not any(set(KINDS[kind].forms) & set(forms) for kind in kinds):
        parser.error("none of these kinds is told in these forms")
    args.plan = None if payments else Plan(kinds, forms, args.half)
    args.policy = args.policy or ("pci" if payments else "full")
    return args


def _made(args: argparse.Namespace) -> list[GoldCall]:
    """Generate the calls that are asked for."""
    calls = list(gold_calls(args.calls, args.seed, args.plan))
    if args.cut:
        calls = [broken_off(call) for call in calls]
    if args.speakers == "none":
        calls = [{**call, "turns": [{**turn, "speaker": None} for turn in call["turns"]]} for call in calls]
    return calls


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the gold set or score ccredact on it."""
    args = _arguments(arguments)
    if args.verbatim:
        held, names = verbatim(args.verbatim), ("phrases", "verbatim", "around one")
        show(held, [[["wording", *names], *([at, *_percent(held[at], names)] for at in held)]], as_json=args.json)
        return
    calls = _made(args)
    if args.out:
        write(calls, args.out)
        count = sum(len(turn["entities"]) for call in calls for turn in call["turns"])
        done = {"calls": len(calls), "turns": sum(len(call["turns"]) for call in calls), "entities": count}
        show(done, [[list(done), [str(value) for value in done.values()]]], as_json=args.json)
        return
    from ccredact import Redactor  # noqa: PLC0415 - the gold set can be written without ccredact

    redactor = Redactor(args.policy)
    calls = as_hidden_by(calls, redactor.policy.enabled)

    def counts(call: GoldCall, entity: dict[str, Any]) -> bool:
        if args.cut:
            return bool(entity.get("answer") == call["cut"])
        return not args.again or "said again" in entity["tags"]

    report = evaluate(calls, ours(calls, redactor), counts)
    show(report, tables(report, args.scene), as_json=args.json)
    for row in [] if args.json else report["misses"][: args.misses]:
        said, tags = row["turn"][row["start"] : row["end"]], ", ".join(row["tags"])
        print(f"missed {_kind(row)} {said!r} in {row['turn']!r} ({tags}; {row['call']})")


if __name__ == "__main__":
    main()
