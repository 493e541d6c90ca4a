"""Compare ccredact with its peers: time a turn, and what of the card data they leave in clear.

    python benchmarks/peers.py
    python benchmarks/peers.py --data FOLDER --turns 1000

The first run makes a virtual environment in benchmarks/.peers with the versions of peers-requirements.txt
and this checkout; no model is downloaded. All engines run in one process on the same turns in alternating
blocks, on one core unless `--all-cores` is given (Rampart's runtime would use every one; the others use one
in any case), with their own defaults otherwise. The peers see a turn at a time; ccredact runs both so and in
its call. A card counts as covered whatever the label that covers it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING, Any

from callgen.build import gold_call
from calls import write
from gold import GoldCall, calls_from, show

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PLACE = HERE / ".peers"
REQUIREMENTS = HERE / "peers-requirements.txt"
OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "DO_NOT_TRACK": "1",
    "DATAFOG_NO_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


def environment() -> Path:
    """Make the peers' environment unless it is there and up to date; give its interpreter."""
    home = PLACE / "venv"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = PLACE / "installed"
    if python.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return python
    print("making the peers' environment (once)", file=sys.stderr)
    venv.create(home, clear=True, with_pip=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", str(REQUIREMENTS), "-e", str(ROOT)], check=True, stdout=sys.stderr)
    stamp.write_text(wanted, encoding="utf-8")
    return python


def chosen(folder: Path | None, turns: int, seed: int) -> list[GoldCall]:
    """Take whole calls, in an order that the seed fixes, until there are that many turns."""
    if folder is None:
        pool = (gold_call(seed, number) for number in range(turns))
    else:
        given = calls_from(folder, count=0, seed=seed)
        random.Random(seed).shuffle(given)
        pool = (call for call in given)
    taken: list[GoldCall] = []
    left = turns
    for call in pool:
        if left <= 0:
            break
        taken.append({**call, "id": f"{len(taken)}/{call['id']}"})
        left -= len(call["turns"])
    return taken


def compared(python: Path, calls: Sequence[GoldCall], *, all_cores: bool = False) -> dict[str, Any]:
    """Run the worker and read its report."""
    PLACE.mkdir(exist_ok=True)
    gold, out = PLACE / "gold.jsonl", PLACE / "report.json"
    write(calls, gold)
    try:
        worker = [
            str(python),
            str(HERE / "peers_worker.py"),
            str(gold),
            str(out),
            *(["--all-cores"] if all_cores else []),
        ]
        subprocess.run(worker, check=True, env={**os.environ, **OFFLINE}, stdout=sys.stderr)
        report: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    finally:
        gold.unlink(missing_ok=True)
        out.unlink(missing_ok=True)
    return report


def tables(report: dict[str, Any]) -> list[list[list[str]]]:
    """Lay the report out."""
    engines = report["engines"]
    base = engines["ccredact full, in its call"]["median_us"]
    times = [["µs a turn", "mean", "median", "p99", "median / ccredact full"]]
    cards = [["card data", "entities", "leak", "missed", "hidden in vain", "as a card"]]
    for name, row in engines.items():
        figures = [f"{row[key]:,.0f}" for key in ("mean_us", "median_us", "p99_us")]
        times.append([name, *figures, f"{row['median_us'] / base:.1f}"])
        card = row["card"]
        shares = [f"{card[key]:.2%}" for key in ("leak", "missed", "hidden", "hidden_as_card")]
        cards.append([name, str(card["entities"]), *shares])
    patterns = engines["Presidio patterns"]["median_us"]
    pushed = [["µs a pushed word", "p50", "p99", "max", "Presidio patterns' median turn / p99"]]
    for policy, row in report["word_push"].items():
        figures = [f"{row[key]:,.0f}" for key in ("p50_us", "p99_us", "max_us")]
        pushed.append([f"ccredact {policy}", *figures, f"{patterns / row['p99_us']:.1f}"])
    size = [["calls", "turns", "words", "cores", "python"]]
    size.append([f"{report[key]}" for key in size[0]])
    return [size, times, cards, pushed]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=2000)
    parser.add_argument("--data", type=Path, help="a file or folder of the gold form; else generated calls")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--python", type=Path, help="an interpreter that has the peers and ccredact already")
    parser.add_argument("--all-cores", action="store_true", help="leave engines the cores that they take")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    calls = chosen(args.data, args.turns, args.seed)
    report = compared(args.python or environment(), calls, all_cores=args.all_cores)
    show(report, tables(report), as_json=args.json)


if __name__ == "__main__":
    main()
