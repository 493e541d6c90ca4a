"""The columns that say what was found in each row: entities, counts and the error."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from ccredact.archive.causes import cause_of

if TYPE_CHECKING:
    from ccredact.archive.tables.rows import Row, Turn
    from ccredact.formats.base import Redacted

ENTITIES: Final = pa.list_(
    pa.struct(
        [
            pa.field("field", pa.string()),
            pa.field("turn", pa.int32()),
            pa.field("label", pa.string()),
            pa.field("start", pa.int32()),
            pa.field("end", pa.int32()),
            pa.field("score", pa.float64()),
            pa.field("reason", pa.string()),
        ]
    )
)
"""What was found in a row: the column, the turn of a list or the line of a whole call, and where in the new text."""
COUNTS: Final = pa.map_(pa.string(), pa.int32())
"""How often each label was hidden in a row."""
ERROR: Final = pa.string()
"""The cause and the problem of a row that was not redacted, or null."""


def entities_of(rows: Sequence[Row]) -> pa.Array:
    """Return what was found in each row (`ENTITIES`), without a text."""
    found: list[list[dict[str, object]] | None] = []
    for row in rows:
        if row.error is not None:
            found.append(None)
            continue
        listed = [item for turn in row.turns for item in _in_turn(turn)]
        for cell in row.cells:
            listed += _in(cell.found, cell.path, None, is_text=cell.is_text) if cell.found else ()
        found.append(listed)
    return pa.array(found, ENTITIES)


def counts_of(rows: Sequence[Row], kept: Collection[str]) -> pa.Array:
    """Return how often each label but those `kept` was hidden in each row (`COUNTS`)."""
    counted = []
    for row in rows:
        labels: dict[str, int] = {}
        parts = [part for turn in row.turns for part in turn.found]
        parts += [cell.found for cell in row.cells if cell.found]
        for part in parts if row.error is None else ():
            for entity in part.entities:
                if entity.label not in kept:
                    labels[entity.label] = labels.get(entity.label, 0) + 1
        counted.append(None if row.error is not None else sorted(labels.items()))
    return pa.array(counted, COUNTS)


def errors_of(rows: Sequence[Row]) -> pa.Array:
    """Return the error of each row (`ERROR`)."""
    return pa.array(
        [None if row.error is None else f"{cause_of(row.error)}: {row.error.problem}" for row in rows], ERROR
    )


def _in_turn(turn: Turn) -> Iterator[dict[str, object]]:
    for number, part in enumerate(turn.found):
        at = turn.number if len(turn.found) == 1 else number
        yield from _in(part, turn.path, at, is_text=True)


def _in(part: Redacted, path: str, turn: int | None, *, is_text: bool) -> Iterator[dict[str, object]]:
    for entity in part.entities:
        yield {
            "field": path,
            "turn": turn,
            "label": entity.label,
            "start": entity.out_start if is_text else None,
            "end": entity.out_end if is_text else None,
            "score": entity.score,
            "reason": str(entity.reason),
        }
