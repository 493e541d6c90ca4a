"""Measure tables end to end against the engine alone: read, redact, write, in one process and in memory.

    python benchmarks/table_speed.py
    python benchmarks/table_speed.py FOLDER --policy pci

The same calls as CSV and Parquet (a row a turn), Parquet and Arrow (a row a call, with a list of turns) and, beside
them, JSON lines. "share" is the words a second of the whole as a share of the engine's own (`redact_call` over the same
calls); "cost" is what reading and writing takes as a share of what the engine takes. The ways take turns; the median
counts.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import ipc

from ccredact import Redactor
from ccredact.archive.document import Options
from ccredact.archive.documents import document_for
from ccredact.archive.tally import Tally
from ccredact.formats import HEAD_BYTES
from gold import calls_from, machine, show
from ours import utterances

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccredact import Utterance

Calls = list[list["Utterance"]]


def turns(calls: Calls) -> list[dict[str, Any]]:
    """Give a row for each turn."""
    return [
        {"call_id": f"call-{number}", "turn": place, "speaker": turn.speaker, "text": turn.text}
        for number, call in enumerate(calls)
        for place, turn in enumerate(call)
    ]


def nested(calls: Calls) -> list[dict[str, Any]]:
    """Give a row for each call."""
    return [
        {"id": f"call-{number}", "turns": [{"speaker": turn.speaker, "text": turn.text} for turn in call]}
        for number, call in enumerate(calls)
    ]


def as_csv(rows: Sequence[dict[str, Any]]) -> bytes:
    """Give rows as CSV."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def as_parquet(rows: Sequence[dict[str, Any]]) -> bytes:
    """Give rows as Parquet."""
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows)), out)
    return out.getvalue()


def as_arrow(rows: Sequence[dict[str, Any]]) -> bytes:
    """Give rows as an Arrow file."""
    table = pa.Table.from_pylist(list(rows))
    out = io.BytesIO()
    with ipc.new_file(out, table.schema) as writer:
        writer.write_table(table, 1000)
    return out.getvalue()


def files(calls: Calls) -> dict[str, tuple[str, bytes]]:
    """Give the calls as files, by what they are."""
    flat, whole = turns(calls), nested(calls)
    lines = "".join(json.dumps(row) + "\n" for row in whole).encode()
    return {
        "CSV, a row a turn": ("calls.csv", as_csv(flat)),
        "Parquet, a row a turn": ("calls.parquet", as_parquet(flat)),
        "Parquet, a row a call": ("calls.parquet", as_parquet(whole)),
        "Arrow, a row a call": ("calls.arrow", as_arrow(whole)),
        "JSON lines": ("calls.jsonl", lines),
    }


def whole(redactor: Redactor, name: str, data: bytes) -> None:
    """Read, redact and write a file."""
    options, tally = Options(), Tally()
    document = document_for(data[:HEAD_BYTES], name=name, detected_as=name, options=options)
    document.process(io.BytesIO(data), io.BytesIO(), name=name, redactor=redactor, options=options, tally=tally)
    if tally.problem or tally.quarantined:
        raise SystemExit(f"{name}: {tally.problem or tally.quarantined[0].problem}")


def engine(redactor: Redactor, calls: Calls) -> None:
    """Redact every call."""
    for call in calls:
        redactor.redact_call(call)


def measure(redactor: Redactor, calls: Calls, runs: int) -> dict[str, Any]:
    """Time the engine and every file; they take turns, so that noise is shared. Times are of the processor."""
    words = sum(len(turn.text.split()) for call in calls for turn in call)
    ways = files(calls)
    seconds: dict[str, list[float]] = {"engine": [], **{name: [] for name in ways}}
    engine(redactor, calls)
    for _ in range(runs):
        start = time.process_time()
        engine(redactor, calls)
        seconds["engine"].append(time.process_time() - start)
        for way, (name, data) in ways.items():
            start = time.process_time()
            whole(redactor, name, data)
            seconds[way].append(time.process_time() - start)
    middle = {name: statistics.median(spent) for name, spent in seconds.items()}
    rows = {
        name: {
            "words_per_s": words / spent,
            "share": middle["engine"] / spent,
            "cost": spent / middle["engine"] - 1,
        }
        for name, spent in middle.items()
    }
    return {"calls": len(calls), "words": words, "runs": runs, "ways": rows}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", help="a file or folder of the gold form; else generated calls")
    parser.add_argument("--calls", type=int, default=400)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--policy", default="full")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    calls = [utterances(call) for call in calls_from(args.gold, count=args.calls, seed=args.seed)]
    report = {"policy": args.policy, **machine(), **measure(Redactor(args.policy), calls, args.runs)}
    rows = [["way", "words/s", "share", "cost"]]
    for name, row in report["ways"].items():
        rows.append([name, f"{row['words_per_s']:,.0f}", f"{row['share']:.2f}", f"{row['cost']:.2f}"])
    show(report, [rows], as_json=args.json)


if __name__ == "__main__":
    main()
