"""Write a corpus: `python -m corpus --calls 20000 --seed 1 -o out.jsonl`."""

import argparse
import json
import sys
from pathlib import Path

from corpus.generate import LABELS, LATER_LABELS, Generator, Options
from corpus.marked import told


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        prog="corpus", description="Made-up calls with marked names, addresses and places."
    )
    parser.add_argument("--calls", type=int, default=20000, help="how many calls (20000)")
    parser.add_argument("--first", type=int, default=0, help="number of the first call (0)")
    parser.add_argument("--seed", type=int, default=1, help="another seed is another corpus (1)")
    parser.add_argument("-o", "--output", type=Path, required=True, help="JSONL, one call a line")
    parser.add_argument(
        "--labels",
        default=",".join(LABELS),
        help=f"comma-separated, or 'all'; besides the usual five: {', '.join(LATER_LABELS)}",
    )
    parser.add_argument(
        "--telling", type=float, default=0.0, help="share of calls that tell of health, family and purchases (0)"
    )
    parser.add_argument("--marked", type=int, default=0, help="how often each call that is marked by hand is told (0)")
    asked = parser.parse_args()
    labels = (*LABELS, *LATER_LABELS) if asked.labels == "all" else tuple(asked.labels.split(","))
    unknown = set(labels) - {*LABELS, *LATER_LABELS}
    if unknown:
        parser.error(f"unknown labels: {', '.join(sorted(unknown))}")
    generator = Generator(Options(seed=asked.seed, labels=labels, telling=asked.telling))
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    with asked.output.open("w", encoding="utf-8") as file:
        for call in generator.calls(asked.calls, first=asked.first):
            file.write(json.dumps(call, ensure_ascii=False) + "\n")
        for call in told(asked.marked, asked.seed):
            file.write(json.dumps(call, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
