"""What the benchmarks share: reading the gold form, intervals, tables.

The gold form is one call a line: `{"id", "source", "license", "exhaustive": [labels], "turns": [{"speaker",
"text", "entities": [{"start", "end", "label"}]}]}`, offsets in characters, `score.py` has the rest.
"""

from __future__ import annotations

import json
import platform
import sys
from typing import TYPE_CHECKING, Any, Final

from callgen.build import gold_calls

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

GoldCall = dict[str, Any]
"""One call of the gold form."""

Scored = dict[str, tuple[list[dict[str, Any]], list[str] | None]]
"""What `score.score` reads: turns and exhaustive labels by call."""

OWN: Final = {
    "CARD_NUMBER": ("CREDIT_CARD", "CREDIT_CARD_LAST4"),
    "CARD_EXPIRY": ("CREDIT_CARD_EXPIRY",),
    "CVV": ("CREDIT_CARD_CVV",),
    "BANK_ACCOUNT": ("BANK_ACCOUNT", "US_BANK_NUMBER"),
    "US_PASSPORT": ("US_PASSPORT", "NATIONAL_ID"),
    "US_DRIVER_LICENSE": ("US_DRIVER_LICENSE", "NATIONAL_ID"),
    "ROUTING_NUMBER": ("ABA_ROUTING_NUMBER",),
    "SORT_CODE": ("UK_SORT_CODE",),
    "IBAN": ("IBAN_CODE",),
    "SSN": ("US_SSN",),
    "TAX_ID": ("US_ITIN",),
    "PASSPORT": ("US_PASSPORT", "NATIONAL_ID"),
    "DRIVER_LICENSE": ("US_DRIVER_LICENSE", "NATIONAL_ID"),
    "MRN": ("MEDICAL_RECORD_NUMBER",),
    "LICENSE_PLATE": ("VEHICLE_ID",),
    "ACCOUNT_ID": ("ACCOUNT_NUMBER",),
    "POLICY_ID": ("POLICY_NUMBER",),
    "CLAIM_ID": ("CLAIM_NUMBER",),
    "ORDER_ID": ("ORDER_NUMBER",),
    "BOOKING_REF": ("BOOKING_REFERENCE",),
    "TRACKING_ID": ("TRACKING_NUMBER",),
    "REFERENCE": ("CASE_NUMBER",),
    "PHONE": ("PHONE_NUMBER",),
    "EMAIL": ("EMAIL_ADDRESS",),
    "ADDRESS": ("STREET_ADDRESS",),
    "ZIP": ("POSTCODE",),
}
"""The labels of ccredact that are right for a gold label, its own first; else the gold label itself."""


def own_label(label: str) -> str:
    """Give ccredact's label for a gold label."""
    return OWN.get(label, (label,))[0]


def read_calls(path: Path) -> list[GoldCall]:
    """Read a file of the gold form."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def gold_files(path: Path) -> list[Path]:
    """List the gold files of a folder, or the one file."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files:
        raise SystemExit(f"no *.jsonl in {path}")
    return files


def calls_from(path: Path | None, *, count: int, seed: int) -> list[GoldCall]:
    """Read every call of a folder or file, or generate some where none is given."""
    if path is None:
        return list(gold_calls(count, seed))
    return [call for file in gold_files(path) for call in read_calls(file)]


def by_id(calls: Iterable[dict[str, Any]]) -> Scored:
    """Give calls or predictions the shape that `score.score` reads."""
    return {str(call["id"]): (call["turns"], call.get("exhaustive")) for call in calls}


def wilson(hits: float, trials: int) -> tuple[float, float]:
    """Give the 95 % Wilson interval of a share."""
    if not trials:
        return (0.0, 1.0)
    z, share = 1.959964, hits / trials
    middle = share + z * z / (2 * trials)
    margin = z * (share * (1 - share) / trials + z * z / (4 * trials * trials)) ** 0.5
    scale = 1 + z * z / trials
    return (max(0.0, (middle - margin) / scale), min(1.0, (middle + margin) / scale))


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value below which that share of the values lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def machine() -> dict[str, str]:
    """Say what the figures were measured with."""
    return {"python": platform.python_version(), "system": platform.system(), "machine": platform.machine()}


def show(report: Any, tables: Sequence[Sequence[Sequence[str]]], *, as_json: bool) -> None:
    """Print the report as JSON, or its tables: the first row is the head, the first column the name."""
    if as_json:
        json.dump(report, sys.stdout, indent=1)
        print()
        return
    for rows in tables:
        widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
        for row in rows:
            cells = [
                cell.rjust(width) if at else cell.ljust(width)
                for at, (cell, width) in enumerate(zip(row, widths, strict=True))
            ]
            print("  ".join(cells).rstrip())
        print()
