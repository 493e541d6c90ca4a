"""The case files: sentences in which what must be hidden is marked, `my number is <CREDIT_CARD:4111 1111 ...> thanks`.

    # a comment
    policy: pci                          the policy of the cases below, before the first of them

    one line by itself is a whole call by one speaker

    A: lines that begin with a capital letter and a colon are the turns of one call
    -: with a dash, of a speaker who is not known
    B: until a blank line or a comment

A mark may ask for the rule that decides, `<PIN/cued:4821>`: every word of it has that reason (`ccredact.reasons`).
`<` and `>` are for marks only. What is wrong in a file is an error that names the line. The files of `cases/calls` have
calls without marks, in which properties once failed.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ccredact.entities import ENTITY_TYPES, FAIL_SAFE
from ccredact.reasons import REASONS

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[1] / "cases"
LABELS = frozenset(ENTITY_TYPES) | FAIL_SAFE
_TURN = re.compile(r"([A-Z-]):(?: (.*))?")
_MARK = re.compile(r"<([A-Z_0-9]+)(?:/([a-z_+]+))?:([^<>]+)>")


class CaseError(ValueError):
    """A case file is wrong."""


class Line(NamedTuple):
    """A turn: its speaker, its text without marks, and (label, start, end) of what is marked.

    `reasons` has (reason, start, end) of the marks that ask for one.
    """

    speaker: str | None
    text: str
    marks: tuple[tuple[str, int, int], ...]
    reasons: tuple[tuple[str, int, int], ...] = ()


class Case(NamedTuple):
    """A call of a case file and where it stands."""

    name: str
    policy: str
    lines: tuple[Line, ...]


def read_line(source: str, speaker: str | None = None, labels: frozenset[str] = LABELS) -> Line:
    """Take the marks out of a line, of the speaker "-" when it is not known whose. Raises `CaseError`."""
    text = ""
    marks = []
    reasons = []
    at = 0
    for mark in _MARK.finditer(source):
        label, reason, inside = mark.groups()
        if label not in labels:
            raise CaseError(f"unknown mark {label}")
        if reason and reason not in REASONS:
            raise CaseError(f"unknown reason {reason}")
        if inside != inside.strip():
            raise CaseError("a mark begins or ends with a space")
        text += source[at : mark.start()]
        marks.append((label, len(text), len(text) + len(inside)))
        if reason:
            reasons.append((reason, len(text), len(text) + len(inside)))
        text += inside
        at = mark.end()
    text += source[at:]
    if "<" in text or ">" in text:
        raise CaseError("a mark is not closed, empty, or inside another")
    if not text.strip():
        raise CaseError("a turn without words")
    return Line(None if speaker == "-" else speaker, text, tuple(marks), tuple(reasons))


def _blocks(source: str) -> Iterator[list[tuple[int, str]]]:
    """Give the lines that belong together, each with its number: the turns of a call, or one other line."""
    block: list[tuple[int, str]] = []
    for number, raw in enumerate(source.splitlines(), 1):
        line = raw.strip()
        if _TURN.fullmatch(line):
            block.append((number, line))
            continue
        if block:
            yield block
            block = []
        if line and not line.startswith("#"):
            yield [(number, line)]
    if block:
        yield block


def read_cases(source: str, name: str, labels: frozenset[str] = LABELS) -> list[Case]:
    """Read a case file's text, of these labels. Raises `CaseError` that names the line."""
    out: list[Case] = []
    policy = ""
    for block in _blocks(source):
        first, text = block[0]
        if text.startswith("policy: "):
            policy = text.removeprefix("policy: ")
            continue
        if not policy:
            raise CaseError(f"{name}:{first}: the policy comes before the first case")
        lines = []
        for number, line in block:
            turn = _TURN.fullmatch(line)
            try:
                lines.append(read_line(turn[2] or "", turn[1], labels) if turn else read_line(line, None, labels))
            except CaseError as error:
                raise CaseError(f"{name}:{number}: {error}") from None
        out.append(Case(f"{name}:{first}", policy, tuple(lines)))
    if not out:
        raise CaseError(f"{name}: no cases")
    return out


def load(folder: Path, labels: frozenset[str] = LABELS) -> list[Case]:
    """Every case of a folder's files, in order."""
    files = [(path.read_text("utf-8"), path.name) for path in sorted(folder.glob("*.txt"))]
    return [case for source, name in files for case in read_cases(source, name, labels)]


def found_calls(name: str) -> list[list[tuple[str | None, list[str]]]]:
    """The calls of a file of `cases/calls`: the speaker and the words of every line."""
    cases = read_cases((FOLDER / "calls" / name).read_text("utf-8"), name)
    return [[(line.speaker, line.text.split()) for line in case.lines] for case in cases]
