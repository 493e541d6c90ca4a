"""Transcripts in columns, with bars or tabs between them: which column has the speaker and which what is said."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from ccredact.formats.plain.stamps import RANGE
from ccredact.formats.speakers import is_role, names_in
from ccredact.lang.en.speakers import ANNOUNCES, HEADERS

if TYPE_CHECKING:
    from collections.abc import Sequence

_FRAME: Final = re.compile(rf"[\s\ufeff|:+=\-]*|\W*(?:{RANGE}|\#?\d{{1,12}}[.):]?|[\w\-]*\d[\w\-]*)\W*", re.VERBOSE)
"""What says nothing: a time, a number, a code of letters and figures, a rule between rows."""
_WORD: Final = re.compile(r"[^\W_]+")
_WORDS_OF_LABEL: Final = 5
_LEAST_ROWS: Final = 2
_MOST_COLUMNS: Final = 12

Row = tuple[int, int, int, int]
"""Where the label begins and ends (both 0 where there is none), and so what is said."""


def columns_of(lines: Sequence[str]) -> list[Row] | None:
    """Return the row of every line where the file is in columns, None where it is not."""
    filled = [line for line in lines if line.strip()]
    for mark in ("|", "\t"):
        cuts = [_cells(line, mark) for line in filled]
        cut = [cells for cells in cuts if len(cells) > 1]
        if len(cut) < _LEAST_ROWS or 10 * len(cut) < 9 * len(filled):
            continue
        count = min(len(cells) for cells in cut)
        if count > _MOST_COLUMNS:
            continue
        rows = [[line[start:end].strip() for start, end in _cells(line, mark, count)] for line in filled]
        found = _roles_of([row for row in rows if len(row) == count], count)
        if found is not None:
            return [_row(line, mark, count, *found) for line in lines]
    return None


def _cells(line: str, mark: str, most: int = 0) -> list[tuple[int, int]]:
    """Return the cells of a line, `[start, end)` each; the last of `most` has the rest."""
    body = line.rstrip("\r\n")
    at = 0
    if mark == "|":  # a table with bars at both ends
        at = len(body) - len(body.lstrip()) + 1 if body.lstrip().startswith("|") else 0
        stripped = body.rstrip()
        body = stripped[:-1] if stripped.endswith("|") and len(stripped) > at else body
    out: list[tuple[int, int]] = []
    while (next_mark := body.find(mark, at)) >= 0 and not (most and len(out) == most - 1):
        out.append((at, next_mark))
        at = next_mark + 1
    return [*out, (at, max(at, len(body)))]


def _roles_of(rows: Sequence[Sequence[str]], count: int) -> tuple[int | None, int] | None:
    """Return which column has the speakers (None for none) and which what is said; None where that is not sure."""
    columns = [[row[number] for row in rows] for number in range(count)]
    filled = [number for number in range(count) if not _is_frame(columns[number])]
    if not filled:
        return None
    said = max(filled, key=lambda number: (sum(len(_WORD.findall(cell)) for cell in columns[number]), number))
    others = [number for number in range(count) if number != said]
    if said != count - 1 or not all(_is_frame(columns[number]) or _is_label(columns[number]) for number in others):
        return None  # a column of other text would go unexamined
    labels = [number for number in others if not _is_frame(columns[number])]
    if len(labels) > 1:
        labels = [number for number in labels if sum(map(is_role, columns[number])) * 2 >= len(rows)]
        rest = [number for number in others if number not in labels and not _is_frame(columns[number])]
        if len(labels) != 1 or any(any(names_in(cell)) for number in rest for cell in columns[number]):
            return None
    return (labels[0] if labels else None, said)


def _is_frame(cells: Sequence[str]) -> bool:
    """Return whether a column has times and numbers, but for its head."""
    return all(_FRAME.fullmatch(cell) for cell in cells[1:]) and (
        _FRAME.fullmatch(cells[0]) is not None or len(_WORD.findall(cells[0])) <= _WORDS_OF_LABEL
    )


def _is_label(cells: Sequence[str]) -> bool:
    """Return whether a column has labels of speakers."""
    filled = [cell for cell in cells if not _FRAME.fullmatch(cell)]
    short = all(len(_WORD.findall(cell)) <= _WORDS_OF_LABEL and not _announces(cell) for cell in filled)
    most = Counter(cell.casefold() for cell in filled).most_common(1)
    return short and bool(filled) and (all(map(is_role, filled)) or most[0][1] > 1)


def _announces(cell: str) -> bool:
    return ANNOUNCES.search(cell) is not None and not is_role(cell) and cell.casefold() not in HEADERS


def _row(line: str, mark: str, count: int, label: int | None, said: int) -> Row:
    cells = _cells(line, mark, count)
    if len(cells) < count:
        return (0, 0, 0, len(line))
    start, end = cells[said]
    if line[start:end].strip().casefold() in HEADERS:
        start = end
    if label is None:
        return (0, 0, start, end)
    first, last = cells[label]
    while first < last and line[first].isspace():
        first += 1
    while last > first and line[last - 1].isspace():
        last -= 1
    is_label = line[first:last].casefold() not in HEADERS and _WORD.search(line, first, last)
    return (first, last, start, end) if is_label else (0, 0, start, end)
