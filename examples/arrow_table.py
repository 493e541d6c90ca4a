"""A table of calls in memory: turns in rows, redacted as calls; what was found and what could not be done beside them.

    pip install 'ccredact[arrow]'
    python examples/arrow_table.py

pandas, Polars and DuckDB give and take such tables: docs/clusters.md.
"""

from __future__ import annotations

import pyarrow as pa

from ccredact.integrations.arrow import BatchRedactor

CALLS = pa.table(
    {
        "call_id": ["a", "a", "b"],
        "speaker": ["agent", "caller", "caller"],
        "text": ["could I take the card number", "it's 4242 4242 4242 4242", "my name is Ada Obi"],
        "topic": ["payment", "payment", "Ada Obi"],
    }
)
"""Invented calls."""


def main() -> None:
    """Redact the calls."""
    for row in BatchRedactor("full")(CALLS).to_pylist():
        print(f"{row['call_id']} {row['speaker']}: {row['text']} ({row['topic']}) {dict(row['counts'])}")


if __name__ == "__main__":
    main()
