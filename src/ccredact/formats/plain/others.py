"""What is text and no transcript in lines: JSON, CSV and captions would come out broken, or with half sentences."""

from __future__ import annotations

import csv
import json
import re
from typing import Final

from ccredact.formats.captions.grammar import CUE_TIMES, is_ctm

_JSON: Final = re.compile(r'\{\s*["}]|\[\s*(?:[{"\]]|\[\s*[\[{"\d\-\]])')
_FIELD: Final = re.compile(r"\w[\w .#/()\-]{0,39}")
_NAMES: Final = frozenset(
    """
agent body call channel content conversation date duration end id line message name offset participant role sentence
speaker start text time timestamp transcript turn utterance words
""".split()
)
"""Words of which one at least is in the head of a file of calls."""
READ_AS_TABLE: Final = "ccredact archive reads tables"
_ROWS: Final = 50
_LEAST_ROWS: Final = 2


def problem_with_text(text: str) -> str:
    """Return why a text is not to be read as lines of speech, "" where it is; its beginning is enough."""
    start = text[:4096].lstrip("\ufeff \t\r\n")
    if _JSON.match(start) or (start[:1] in {"{", "["} and _is_json(text)):
        return "this is JSON, not lines of speech: it would no longer be JSON"
    if start.startswith("WEBVTT") or CUE_TIMES.search(text):
        return "these are captions, whose cue times cut sentences: they are read as webvtt or srt"
    if is_ctm(text):
        return "this is CTM, a word a line: it is read as ctm"
    if _is_csv(text):
        return f"this is CSV, not lines of speech: {READ_AS_TABLE}"
    return ""


def _is_json(text: str) -> bool:
    try:
        json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return False
    return True


def _is_csv(text: str) -> bool:
    """Return whether a text has a head of field names and as many fields in most rows."""
    lines = text.lstrip("\ufeff").splitlines(keepends=True)
    first = next((line for line in lines if line.strip()), "").strip()
    for mark in (",", ";"):
        names = [name.strip('"') for name in first.split(mark)]
        if len(names) < 2 or not all(_FIELD.fullmatch(name) for name in names):
            continue
        words = {word for name in names for word in re.split(r"[\W_]+|(?<=[a-z])(?=[A-Z])", name)}
        if {word.casefold() for word in words} & _NAMES and _is_even(lines, mark, len(names)):
            return True
    return False


def _is_even(lines: list[str], mark: str, count: int) -> bool:
    try:
        rows = [
            row for row, _ in zip(csv.reader(lines, delimiter=mark, strict=True), range(_ROWS), strict=False) if row
        ]
    except csv.Error:
        return False
    body = rows[:-1] if len(rows) == _ROWS else rows  # a head of a file may end in a row
    return len(body) >= _LEAST_ROWS and 2 * sum(len(row) == count for row in body) > len(body)
