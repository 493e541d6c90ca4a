#!/usr/bin/env python3
"""Score predicted entities against gold ones, the way a privacy officer would.

    score.py GOLD.jsonl PREDICTIONS.jsonl [--groups a,b] [--json] [--misses N] [--over N]
    score.py GOLD_FOLDER PREDICTIONS_FOLDER [--groups a,b]    one row a source, files matched by name

Both files hold one conversation per line, matched by "id":
    {"id": ..., "turns": [{"text": ..., "entities": [{"start", "end", "label"}]}]}
start and end are character offsets into the turn's text, end exclusive.

Figures:
  leak      share of the gold entities' letters and digits that no predicted span covers (0 is best)
  missed    share of gold entities with at least one uncovered letter or digit
  relabel   of the fully covered gold entities, the share whose largest overlapping prediction
            is of another group (GROUPS below)
  hidden    share of the words outside every gold span that any prediction covers, whatever its label: the plain price
            of redaction; where a source marks only some labels, true finds it did not mark are in it
  over      the same for predictions of a group that the source marks completely ("exhaustive"), per group
  precision share of predicted spans that touch a gold span, per group that the source marks completely
leak, missed and relabel are per label, per group and over ALL. SOFT labels (dates, times, cities, organisations,
amounts, item codes: what a policy may well keep) have their own row and stay out of the groups and of ALL.
--groups keeps only predictions of those groups, and NUMBER and REDACTED, which always count: what one part of the
program does, measured with the rest in place. Turns marked "synthetic" are context: nothing in them counts.
"""
# Kept in the layout in which it is read with the help text above.
# fmt: off
# ruff: noqa: C901, D103, E501, EXE001, PLR0912, PLR0915, PTH123

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

Turns = list[dict[str, Any]]
Calls = dict[str, tuple[Turns, list[str] | None]]
Shown = tuple[str, str, str, str]

GROUPS = {
    "card": {"CREDIT_CARD", "CREDIT_CARD_EXPIRY", "CREDIT_CARD_LAST4", "CARD_NUMBER", "CARD_EXPIRY"},
    "secret": {"CREDIT_CARD_CVV", "CVV", "PIN", "PASSWORD", "OTP", "SECURITY_ANSWER"},
    "bank": {"US_BANK_NUMBER", "BANK_ACCOUNT", "ABA_ROUTING_NUMBER", "ROUTING_NUMBER", "UK_SORT_CODE", "SORT_CODE",
             "IBAN_CODE", "IBAN"},
    "id": {"US_SSN", "SSN", "US_ITIN", "US_PASSPORT", "US_DRIVER_LICENSE", "DRIVER_LICENSE", "UK_NHS", "UK_NINO",
           "NATIONAL_ID", "MEDICAL_RECORD_NUMBER", "HEALTH_PLAN_ID", "VEHICLE_ID", "VEHICLE", "LICENSE_PLATE",
           "PASSPORT", "TAX_ID", "MRN"},
    "account": {"ACCOUNT_NUMBER", "ACCOUNT_ID", "MEMBER_ID", "POLICY_NUMBER", "POLICY_ID", "CLAIM_NUMBER", "CLAIM_ID",
                "ORDER_NUMBER", "ORDER_ID", "BOOKING_REFERENCE", "BOOKING_REF", "TRACKING_NUMBER", "TRACKING_ID",
                "CASE_NUMBER", "REFERENCE", "PAYMENT_ID", "ITEM_CODE", "USERNAME"},
    "contact": {"PHONE_NUMBER", "PHONE", "EMAIL_ADDRESS", "EMAIL", "URL", "IP_ADDRESS", "MAC_ADDRESS"},
    "person": {"PERSON"},
    "place": {"STREET_ADDRESS", "ADDRESS", "POSTCODE", "ZIP", "LOCATION", "CITY"},
    "time": {"DATE_OF_BIRTH", "AGE", "DATE_TIME", "DATE", "TIME"},
    "health": {"LAB_RESULT", "SUBSTANCE_USE", "MEDICAL_CONDITION", "HEALTH_CONDITION", "SYMPTOM", "MEDICATION",
               "MEDICAL_PROCEDURE",
               "HEALTH_PROCEDURE", "HEALTH"},
    "family": {"FAMILY_RELATION", "RELATIVE", "FAMILY_STATUS"},
    "purchase": {"PURCHASE_ITEM", "PURCHASE_AMOUNT", "PURCHASE_DATE", "PRODUCT", "MONEY"},
    "other": {"ORGANIZATION", "ORG", "SPECIAL_CATEGORY", "NUMBER", "REDACTED"},
}

SOFT = {"DATE", "DATE_TIME", "TIME", "ORG", "ORGANIZATION", "CITY", "LOCATION", "MONEY", "ROOM_NUMBER", "TRAIN_ID",
        "ORG_OR_PERSON", "ITEM_CODE", "SUBSTANCE_USE", "FAMILY_STATUS"}


FALLBACK = {"NUMBER", "REDACTED"}


def group(label: str) -> str:
    for name, labels in GROUPS.items():
        if label in labels:
            return name
    return "other:" + label


def load(path: str) -> Calls:
    calls: Calls = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                call = json.loads(line)
                calls[str(call["id"])] = (call["turns"], call.get("exhaustive"))
    return calls


def counted(text: str, start: int, end: int) -> set[int]:
    return {i for i in range(start, min(end, len(text))) if text[i].isalnum()}


def score(
    gold: Calls,
    predicted: Calls,
    misses: list[Shown] | None = None,
    overs: list[Shown] | None = None,
    only: AbstractSet[str] | None = None,
) -> dict[str, Any]:
    chars, leaked, ents, missed, relabel, covered = (Counter[str]() for _ in range(6))
    over, spans, touching = (Counter[str]() for _ in range(3))
    words = total = redacted = hidden = 0
    for key, (turns, exhaustive) in gold.items():
        if key not in predicted:
            raise SystemExit(f"score: no prediction for conversation {key!r}")
        guesses = predicted[key][0]
        if len(guesses) != len(turns):
            raise SystemExit(f"score: conversation {key!r} has {len(turns)} turns, predicted {len(guesses)}")
        complete = {group(label) for label in exhaustive} if exhaustive is not None else set(GROUPS)
        for turn, guess in zip(turns, guesses, strict=True):
            text = turn["text"]
            if turn.get("synthetic"):
                continue
            found = [(e["start"], e["end"], e["label"]) for e in guess.get("entities", [])
                     if only is None or group(e["label"]) in only or e["label"] in FALLBACK]
            for start, end, _ in found:
                if not 0 <= start < end <= len(text):
                    raise SystemExit(f"score: bad span {start}:{end} in {key!r}")
            hit = set[int]().union(*(counted(text, start, end) for start, end, _ in found))
            allgold = set[int]()
            for entity in turn.get("entities", []):
                label, want = entity["label"], counted(text, entity["start"], entity["end"])
                allgold |= want
                gone = want - hit
                names = [label] if label in SOFT else [label, "group " + group(label), "ALL"]
                for name in names:
                    ents[name] += 1
                    chars[name] += len(want)
                    leaked[name] += len(gone)
                    missed[name] += bool(gone)
                if gone and misses is not None:
                    misses.append((label, text[entity["start"]:entity["end"]], text, key))
                elif not gone and found:
                    best = max(found, key=lambda f: min(f[1], entity["end"]) - max(f[0], entity["start"]))
                    for name in names:
                        covered[name] += 1
                        relabel[name] += group(best[2]) != group(label)
            wrong: defaultdict[str, set[int]] = defaultdict(set)
            for start, end, label in found:
                at, kind = counted(text, start, end), group(label)
                if kind not in complete:
                    continue
                spans[kind] += 1
                touching[kind] += bool(at & allgold)
                wrong[kind] |= at - allgold
                if overs is not None and not at & allgold:
                    overs.append((label, text[start:end], text, key))
            for word in re.finditer(r"\w[\w'\u2019]*", text):
                at = counted(text, *word.span())
                total += 1
                redacted += bool(at & hit)
                if not at & allgold:
                    words += 1
                    hidden += bool(at & hit)
                    for kind, bad in wrong.items():
                        over[kind] += bool(at & bad)
                    over["ALL"] += any(at & bad for bad in wrong.values())
    rows = {
        name: {
            "entities": ents[name],
            "leak": leaked[name] / max(1, chars[name]),
            "missed": missed[name] / max(1, ents[name]),
            "relabel": relabel[name] / max(1, covered[name]),
        }
        for name in sorted(ents, key=lambda n: (n != "ALL", not n.startswith("group"), n))
    }
    spans["ALL"], touching["ALL"] = sum(spans.values()), sum(touching.values())
    wide = {
        kind: {"spans": spans[kind], "precision": touching[kind] / max(1, spans[kind]), "over": over[kind] / max(1, words)}
        for kind in sorted(spans, key=lambda n: (n != "ALL", n))
    }
    return {"labels": rows, "predicted": wide, "words": total, "outside": words,
            "redacted": redacted / max(1, total), "hidden": hidden / max(1, words)}


def summary(gold: Path, predictions: Path, *, as_json: bool, only: set[str] | None) -> None:
    """One row a source: leak over ALL, hidden, over, and leak per group with at least 20 gold entities."""
    table = {}
    for path in sorted(gold.glob("*.jsonl")):
        if not (predictions / path.name).exists():
            print(f"score: no predictions for {path.name}", file=sys.stderr)
            continue
        table[path.stem] = score(load(str(path)), load(str(predictions / path.name)), only=only)
    if as_json:
        json.dump(table, sys.stdout, indent=1)
        print()
        return
    for source, report in table.items():
        groups = " ".join(
            f"{name[6:]} {row['leak']:.1%}" for name, row in report["labels"].items()
            if name.startswith("group") and row["entities"] >= 20
        )
        everything = report["labels"].get("ALL", {"leak": 0.0, "entities": 0})
        over = report["predicted"].get("ALL", {"over": 0.0})["over"]
        print(f"{source:28} {everything['entities']:6d} leak {everything['leak']:6.2%} hidden {report['hidden']:6.2%} "
              f"over {over:6.2%} | {groups}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("predictions")
    parser.add_argument("--groups", help="keep only predictions of these groups, comma-separated")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--misses", type=int, default=0, help="print up to N missed entities")
    parser.add_argument("--over", type=int, default=0, help="print up to N spans that touch no gold")
    args = parser.parse_args()
    only = set(args.groups.split(",")) if args.groups else None
    if only and (unknown := only - set(GROUPS)):
        parser.error(f"no such group: {', '.join(sorted(unknown))}; there are {', '.join(GROUPS)}")
    if Path(args.gold).is_dir():
        summary(Path(args.gold), Path(args.predictions), as_json=args.json, only=only)
        return
    misses: list[Shown] = []
    overs: list[Shown] = []
    report = score(load(args.gold), load(args.predictions), misses, overs, only)
    if args.json:
        json.dump(report, sys.stdout, indent=1)
        print()
        return
    print(f"{'gold':20} {'entities':>8} {'leak':>8} {'missed':>8} {'relabel':>8}")
    for name, row in report["labels"].items():
        print(f"{name:20} {row['entities']:8d} {row['leak']:8.2%} {row['missed']:8.2%} {row['relabel']:8.2%}")
    print(f"{'predicted':20} {'spans':>8} {'precis.':>8} {'over':>8}")
    for name, row in report["predicted"].items():
        print(f"{name:20} {row['spans']:8d} {row['precision']:8.2%} {row['over']:8.2%}")
    print(f"{report['words']} words, {report['redacted']:.2%} redacted; {report['outside']} of them outside gold, "
          f"{report['hidden']:.2%} of those hidden")
    for label, span, text, key in misses[: args.misses]:
        print(f"missed {label:16} {span!r} in {text!r} ({key})")
    for label, span, text, key in overs[: args.over]:
        print(f"over   {label:16} {span!r} in {text!r} ({key})")


if __name__ == "__main__":
    main()
