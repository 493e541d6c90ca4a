"""The labels of a call's speakers: which words of them are names, and what is shown in their place.

A name becomes `[PERSON_1]`, the number telling the speakers apart, and is known wherever it is said; what somebody is
("agent", "speaker 2", "Dr.") stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ccredact.lang.en.speakers import BESIDE_ROLES, ROLES
from ccredact.policy import Policy

LONGEST: Final = 48
"""Characters of a label at most: what is longer is none, since as one nobody would look at it."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_BETWEEN: Final = re.compile(r"[\s_.,@&/+\-]*")
_OPAQUE: Final = re.compile(r"\[[A-Z][A-Z0-9_]+(?::\w+)?\]|\bPERSON_\d{1,6}\b")
"""A label that an earlier redaction left."""
_ADDRESS: Final = re.compile(r"\+?\d(?:[\s().\-]*\d){6,}|[\w.+\-]+@[\w.\-]+")
"""A telephone number or a mail address in the place of a name."""


class Speakers:
    """The speakers of one call, in the order in which their labels come."""

    def __init__(self, policy: Policy) -> None:
        self._shown: dict[str, str] = {}
        self._edits: dict[str, list[tuple[int, int, str]]] = {}
        self._numbers: dict[str, int] = {}
        self._names: list[str] = []
        self._hidden = policy.operators.get("PERSON", "keep") != "keep"
        self._replaced = self._hidden and policy.speakers != "keep"

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names that are to be known in what is said, each with the number that its place tells."""
        return tuple(self._names)

    def edits(self, label: str) -> list[tuple[int, int, str]]:
        """Return what becomes of a label: `[start, end)` of it and what stands there then, in order."""
        if label not in self._edits:
            self._edits[label] = self._new_edits(label)
        return self._edits[label]

    def _new_edits(self, label: str) -> list[tuple[int, int, str]]:
        runs = list(names_in(label)) if self._hidden else []
        if not runs:
            return []
        key = " ".join(label[start:end] for start, end in runs).casefold()
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._names) + 1
            self._names.append(" ".join(label[start:end] for start, end in runs))
        return [(start, end, f"[PERSON_{number}]") for start, end in runs] if self._replaced else []

    def shown(self, label: str) -> str:
        """Return a label as it is shown."""
        if label not in self._shown:
            out, at = "", 0
            for start, end, text in self.edits(label):
                out += label[at:start] + text
                at = end
            self._shown[label] = out + label[at:]
        return self._shown[label]


def is_no_label(label: object) -> bool:
    """Return whether what should be a label is too long to be one, or no whole number: it is examined as a text."""
    return isinstance(label, float) or (isinstance(label, str) and len(label) > LONGEST)


def is_role(label: str) -> bool:
    """Return whether a label is nothing but what somebody is: "agent", "customer service rep 2"."""
    words = [word.casefold() for word in _WORD.findall(label)]
    return not ROLES.isdisjoint(words) and all(
        len(word) == 1 or word in ROLES or word in BESIDE_ROLES for word in words
    )


def names_in(label: str) -> Iterator[tuple[int, int]]:
    """Yield the parts of a label that are names, `[start, end)` each."""
    blank = _OPAQUE.sub(lambda match: "\0" * len(match[0]), label)
    addresses = [(*match.span(), True) for match in _ADDRESS.finditer(blank)]
    blank = _ADDRESS.sub(lambda match: "\0" * len(match[0]), blank)
    found: list[tuple[int, int, bool]] = []  # with whether it is a name by itself: an initial is none
    for match in _WORD.finditer(blank):
        word = match[0].casefold()
        if len(word) > 1 and (word in ROLES or word in BESIDE_ROLES):
            continue
        start, end = match.span()
        if found and _BETWEEN.fullmatch(blank, found[-1][1], start):
            found[-1] = (found[-1][0], end, found[-1][2] or len(word) > 1)
        else:
            found.append((start, end, len(word) > 1))
    yield from ((start, end) for start, end, is_name in sorted(found + addresses) if is_name)
