"""What callers reveal without a number: the labels for it, and pairs of a disclosure and what sounds like it.

A file of `cases/pairs` has the form of case files. Its cases stand in twos: a disclosure, with marks, and behind it
talk that sounds like it and has none. A pair is right when of both every marked word is hidden, under a label of the
mark's group, and no other word is. `DOUBT` marks a word that may be hidden or not.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from case_files import LABELS, CaseError, read_cases
from ccredact import Redactor, Utterance
from ccredact.entities import ENTITY_TYPES
from shares import labels_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from case_files import Case, Line
    from ccredact import Segment

GROUPS: Final = frozenset({"health", "family", "purchase"})
DISCLOSED: Final = tuple(label for label, row in ENTITY_TYPES.items() if row.group in GROUPS)
"""The labels of health, family and purchases."""
DOUBT: Final = "DOUBT"


class Pair(NamedTuple):
    """A disclosure and what sounds like it."""

    told: Case
    alike: Case


class Verdict(NamedTuple):
    """Whether the two sides of a pair came out right, and what they became."""

    told: bool
    alike: bool
    got: str

    @property
    def both(self) -> bool:
        """Whether the pair is right."""
        return self.told and self.alike


@cache
def redactor(*, alone: bool = False) -> Redactor:
    """Give the redactor of all labels, or one of these `alone`."""
    others = [label for label in ENTITY_TYPES if label not in DISCLOSED] if alone else []
    return Redactor({"profile": "full", "entities": dict.fromkeys(others, "off")})


def read_pairs(path: Path) -> list[Pair]:
    """Read a file of pairs. Raises `CaseError` where a disclosure or its counterpart is missing."""
    cases = read_cases(path.read_text("utf-8"), path.name, LABELS | {DOUBT})
    for at, case in enumerate(cases):
        if _is_told(case) == bool(at % 2):
            raise CaseError(f"{case.name}: disclosures and what sounds like them take turns")
    if len(cases) % 2:
        raise CaseError(f"{cases[-1].name}: nothing that sounds like it")
    return [Pair(told, alike) for told, alike in zip(cases[::2], cases[1::2], strict=True)]


def _is_told(case: Case) -> bool:
    """Return whether anything is marked for certain."""
    return any(label != DOUBT for line in case.lines for label, _, _ in line.marks)


def judge(pair: Pair) -> Verdict:
    """Redact both sides of a pair, each as a call, and compare them with their marks."""
    told, alike = (_redacted(case) for case in pair)
    got = [f"{case.name}: {segment.text}" for case, done in zip(pair, (told, alike), strict=True) for segment in done]
    return Verdict(_all_right(pair.told.lines, told), _all_right(pair.alike.lines, alike), "\n".join(got))


def _redacted(case: Case) -> list[Segment]:
    return redactor().redact_call([Utterance(line.text, speaker=line.speaker) for line in case.lines])


def _all_right(lines: Sequence[Line], segments: Sequence[Segment]) -> bool:
    return all(is_right(line, labels_of(line, [one])) for line, one in zip(lines, segments, strict=True))


def is_right(line: Line, found: Sequence[str | None]) -> bool:
    """Return whether every letter has a label of its mark's group, or none where none is marked."""
    wanted: list[str | None] = [None] * len(line.text)
    for label, start, end in line.marks:
        wanted[start:end] = [label] * (end - start)
    letters = [pair for char, *pair in zip(line.text, wanted, found, strict=True) if char.isalnum()]
    return all(label == DOUBT or _group(label) == _group(got) for label, got in letters)


def _group(label: str | None) -> str | None:
    """Give the group of a label, or what it is where it has none."""
    row = ENTITY_TYPES.get(label or "")
    return row.group if row else label
