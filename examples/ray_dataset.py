"""Turns of calls in a Ray Dataset, redacted on all nodes.

    pip install 'ccredact[ray]'
    python examples/ray_dataset.py            invented calls on this machine
    python examples/ray_dataset.py IN OUT     your own Parquet

On a cluster the nodes need the package too.
"""

from __future__ import annotations

import sys

import ray.data

from ccredact.integrations.ray import redact_dataset

ROWS = [
    {"call_id": "a", "turn": 1, "speaker": "agent", "text": "could I take the card number"},
    {"call_id": "b", "turn": 1, "speaker": "agent", "text": "who am I speaking to"},
    {"call_id": "a", "turn": 2, "speaker": "caller", "text": "it's 4242 4242 4242 4242"},
    {"call_id": "b", "turn": 2, "speaker": "caller", "text": "Ada Obi"},
]
"""Invented turns of two calls."""


def main() -> None:
    """Redact the folder of the command line, or invented calls."""
    if len(sys.argv) == 3:
        redact_dataset(ray.data.read_parquet(sys.argv[1])).write_parquet(sys.argv[2])
        return
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    rows = redact_dataset(ray.data.from_items(ROWS), "full").take_all()
    for row in sorted(rows, key=lambda row: (row["call_id"], row["turn"])):
        print(f"{row['call_id']} {row['speaker']}: {row['text']} {dict(row['counts'])}")


if __name__ == "__main__":
    main()
