"""Make every table of docs/accuracy.md that comes from the installed package, and write them into the page.

    python benchmarks/accuracy.py FOLDER --heard HEARD           prints all tables
    python benchmarks/accuracy.py FOLDER --heard HEARD --write   writes them into docs/accuracy.md
    python benchmarks/accuracy.py FOLDER --only cards,cuts       some of them
    python benchmarks/accuracy.py FOLDER --limit 5 --calls 20    a trial: so many calls of each source, and generated

FOLDER has the corpora in the gold form, named as on the page; HEARD has calls as a recogniser heard them. A table
stands between `<!-- measured: NAME -->` and `<!-- end -->`. The table of names and places is not made here: each of its
rows needs a model that was trained without that source (`name_leak.py`, `peer_names.py`).
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import by_entity
import calls
import heard
import leak
import name_leak
from callgen.build import Plan, gold_calls
from callgen.values import FORMS, KINDS
from ccredact import Redactor
from gold import gold_files, read_calls
from ours import predict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "accuracy.md"
_TABLE: Final = re.compile(r"(?P<open><!-- measured: (?P<name>[a-z-]+) -->\n).*?(?P<close><!-- end -->)", re.DOTALL)
Rows = list[list[str]]

TITLES: Final = {
    "star_bank": "STAR bank",
    "star_other": "STAR other",
    "natcs_finance_insurance": "NatCS finance and insurance",
    "presidio_synth": "Presidio's synthetic sentences",
    "tau_retail": "tau-bench retail",
    "multiwoz": "MultiWOZ",
    "sgd": "SGD",
    "multidogo_finance": "MultiDoGO finance, customer side only",
    "multidogo_airline": "MultiDoGO airline, customer side only",
    "multidogo_insurance": "MultiDoGO insurance, customer side only",
    "multidogo_software": "MultiDoGO software, customer side only",
    "multidogo_media": "MultiDoGO media, customer side only",
    "multidogo_fastfood": "MultiDoGO fast food, customer side only",
    "evi_en_gb": "EVI en-GB, telephone, recogniser",
    "abcd": "ABCD",
    "abcd_utterances": "ABCD utterances",
    "aci_bench": "ACI-BENCH",
}
"""What the page calls a source, by its file."""
SPOKEN: Final = "spoken_"
"""Before the name of a source that was rewritten as speech."""
KIND_NAMES: Final = {
    "card": "card numbers",
    "expiry": "expiry dates",
    "cvv": "security codes",
    "pin": "PINs",
    "otp": "one-time codes",
    "password": "passwords",
    "ssn": "social security numbers",
    "bank_account": "bank accounts",
    "routing": "routing numbers",
    "sort_code": "sort codes",
    "policy": "policy numbers",
    "order": "order numbers",
    "member": "member ids",
    "phone": "phone numbers",
    "zip": "ZIP codes",
    "birth_date": "dates of birth",
    "email": "e-mail addresses",
    "username": "user names",
    "ALL": f"all {len(KINDS)} kinds",
}
FORM_NAMES: Final = {
    "written": "... written in one piece",
    "over several turns": "... over several turns",
    "corrected": "... corrected while spoken",
    "misheard": "... misheard",
    "read back": "... read back by the agent",
}
READ_OUT: Final = frozenset({"bank", "id", "secret", "card", "contact", "account"})
CUTS: Final = (0, 8, 5, 3, 2, 1)
"""Words of a final; 0 for whole turns."""
LEAST: Final = 20
"""Entities of a row of the tables by entity."""


@dataclass
class Inputs:
    """Where the tables come from. `limit` calls of each source, for a trial; None for all."""

    folder: Path
    heard: Path | None
    calls: int | None
    limit: int | None
    seed: int = 1

    @cached_property
    def full(self) -> Redactor:
        """Give the redactor of the policy `full`."""
        return Redactor()

    @cached_property
    def sources(self) -> list[Path]:
        """List the files of the folder, each with what was rewritten of it behind it."""
        known = {path.stem: path for path in gold_files(self.folder)}
        order = [name for title in TITLES for name in (title, SPOKEN + title)]
        return [known[name] for name in order if name in known]


def title(path: Path) -> str:
    """Give the name of a source for the page."""
    return "... spoken" if path.stem.startswith(SPOKEN) else TITLES[path.stem]


def percent(share: float, places: int = 1) -> str:
    """Write a share."""
    return f"{100 * share:.{places}f} %"


def interval(share: dict[str, Any], places: int = 1) -> str:
    """Write a share of `leak.Share` with its interval."""
    if not share["of"]:
        return ""
    low, high = 100 * share["low"], 100 * share["high"]
    return f"{percent(share['share'], places)} ({low:.{places}f}-{high:.{places}f})"


def answers(inputs: Inputs) -> Rows:
    """Score generated answers of every kind, in all forms and in pieces."""
    reports = []
    for forms in (tuple(FORMS), ("pieces",)):
        made = gold_calls(inputs.calls or 3000, inputs.seed, Plan(tuple(KINDS), forms, "unseen"))
        gold = calls.as_hidden_by(made, inputs.full.policy.enabled)
        reports.append(calls.evaluate(gold, calls.ours(gold, inputs.full))["kinds"])
    rows = [["", "all forms: leak", "left whole", "in pieces: leak", "left whole"]]
    for kind, name in KIND_NAMES.items():
        found = [report[kind] for report in reports if kind in report]
        if found:
            rows.append([name, *(percent(row[share]) for row in found for share in ("leak", "left whole"))])
    return rows


def payments(inputs: Inputs) -> Rows:
    """Score generated payment calls."""
    redactor = Redactor("pci")
    gold = calls.as_hidden_by(gold_calls(inputs.calls or 2000, inputs.seed), redactor.policy.enabled)
    report = calls.evaluate(gold, calls.ours(gold, redactor))
    rows = [["", "entities", "leak", "missed"]]

    def add(name: str, row: dict[str, Any]) -> None:
        rows.append([name, f"{row['entities']:,}", percent(row["leak"]), percent(row["missed"])])

    labels, forms = report["labels"], report["forms"]
    add("card numbers", labels["CARD_NUMBER"])
    for form, name in FORM_NAMES.items():
        if form in forms:
            add(name, forms[form])
    add("expiry dates", labels["CARD_EXPIRY"])
    add("security codes", labels["CVV"])
    rows.append(["other words hidden", f"{report['outside']:,}", f"{percent(report['hidden'])} of words", ""])
    return rows


def _by_source(inputs: Inputs, groups: frozenset[str], redactor: Redactor) -> list[tuple[Path, dict[str, Any]]]:
    """Score every source, those groups alone."""
    out = []
    for path in inputs.sources:
        gold = read_calls(path)[: inputs.limit]
        out.append((path, leak.counts(gold, [predict(redactor, call) for call in gold], groups)))
    return out


def cards(inputs: Inputs) -> Rows:
    """Score the cards of every source, under the policy `pci`."""
    rows = [["source", "turns", "cards", "missed", "words hidden in vain"]]
    turns, hidden = 0, leak.Share(0, 0)
    for path, row in _by_source(inputs, frozenset({"card"}), Redactor("pci")):
        if row["entities"]:
            cells = [f"{row['turns']:,}", f"{row['entities']:,}", interval(row["missed"]), interval(row["hidden"], 2)]
            rows.append([title(path), *cells])
        else:
            turns += row["turns"]
            hidden = leak.Share(hidden.hits + row["hidden"]["hits"], hidden.trials + row["hidden"]["of"])
    rows.append(["all others, without cards", f"{turns:,}", "0", "", interval(hidden.report(), 2)])
    return rows


def numbers(inputs: Inputs) -> Rows:
    """Score all that is read out, of every source."""
    rows = [["source", "entities", "missed", "leak", "words hidden in vain"]]
    for path, row in _by_source(inputs, READ_OUT, inputs.full):
        if row["entities"]:
            shares = [interval(row["missed"]), percent(row["leak"]["share"]), percent(row["hidden"]["share"], 2)]
            rows.append([title(path), f"{row['entities']:,}", *shares])
    return rows


def cuts(inputs: Inputs) -> Rows:
    """Score names and addresses of SGD where finals are cut."""
    rows = [["label", "entities", *("whole turns" if not cut else f"{cut} words" for cut in CUTS)]]
    gold = read_calls(inputs.folder / "sgd.jsonl")[: inputs.limit]
    found = [name_leak.leaks(gold, [predict(inputs.full, call, cut=cut) for call in gold]) for cut in CUTS]
    for label in ("PERSON", "STREET_ADDRESS"):
        if label in found[0]:
            shares = [f"{100 * row[label][0]:.1f}" for row in found]
            rows.append([label, f"{found[0][label][1]:,}", *shares])
    return rows


def real(inputs: Inputs) -> Rows:
    """Count by entity over the real sources."""
    return by_entity.of_folder(inputs.folder, inputs.full, generated=False, limit=inputs.limit).table(_least(inputs))


def generated(inputs: Inputs) -> Rows:
    """Count by entity over the sources that are templates, models' work, or rewritten as speech."""
    return by_entity.of_folder(inputs.folder, inputs.full, generated=True, limit=inputs.limit).table(_least(inputs))


def made(inputs: Inputs) -> Rows:
    """Count by entity over generated calls."""
    return by_entity.of_generated(inputs.calls or 3000, inputs.seed, inputs.full).table(_least(inputs))


def _least(inputs: Inputs) -> int:
    return LEAST if inputs.limit is None and inputs.calls is None else 1


def as_heard(inputs: Inputs) -> Rows:
    """Count by entity over calls that a recogniser has heard."""
    if inputs.heard is None:
        raise SystemExit("accuracy: the table of heard calls needs --heard")
    return heard.heard(inputs.heard, inputs.full).table()


TABLES: Final[dict[str, Callable[[Inputs], Rows]]] = {
    "answers": answers,
    "payments": payments,
    "cards": cards,
    "numbers": numbers,
    "real": real,
    "generated": generated,
    "made": made,
    "heard": as_heard,
    "cuts": cuts,
}


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Lay rows out in Markdown: the first is the head, all columns but the first are figures."""
    head, *body = rows
    lines = [head, ["---", *("---:" for _ in head[1:])], *body]
    return "".join("|" + "".join(f" {cell} |" if cell else " |" for cell in line) + "\n" for line in lines)


def written(page: str, made: dict[str, str]) -> str:
    """Give a page with the tables in their places."""

    def table(found: re.Match[str]) -> str:
        name = found["name"]
        return found["open"] + made[name] + found["close"] if name in made else found[0]

    return _TABLE.sub(table, page)


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the tables, and print or write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="a folder of *.jsonl files")
    parser.add_argument("--heard", type=Path, help="a folder of *.jsonl files of heard calls, or one file")
    parser.add_argument("--only", help=f"some tables, comma-separated: {', '.join(TABLES)}")
    parser.add_argument("--write", action="store_true", help="write them into docs/accuracy.md")
    parser.add_argument("--page", type=Path, default=PAGE, help=argparse.SUPPRESS)
    parser.add_argument("--calls", type=int, help="generate so many calls")
    parser.add_argument("--limit", type=int, help="calls of each source, at most")
    args = parser.parse_args(arguments)
    names = args.only.split(",") if args.only else list(TABLES)
    if unknown := set(names) - TABLES.keys():
        parser.error(f"no such table: {', '.join(sorted(unknown))}; there are {', '.join(TABLES)}")
    inputs = Inputs(args.gold, args.heard, args.calls, args.limit)
    for name in names:
        table = markdown(TABLES[name](inputs))
        if not args.write:
            print(f"<!-- measured: {name} -->\n{table}<!-- end -->\n", flush=True)
            continue
        page = args.page.read_text(encoding="utf-8")
        if f"<!-- measured: {name} -->" not in page:
            sys.exit(f"accuracy: {args.page.name} has no place for the table {name}")
        args.page.write_text(written(page, {name: table}), encoding="utf-8")


if __name__ == "__main__":
    main()
