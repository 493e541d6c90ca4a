"""The wording of the calls: phrases by section, read from `wording/*.txt`, in two halves.

A file holds sections, `[kind ask]`, with one phrase a line; lines that begin with `#` are comments. A hash of its
words decides a phrase's half: what is in `seen` may be looked at while rules are written, `unseen` is for the final
score alone. A phrase with no words of its own ("{x}.") is in both.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER: Final = Path(__file__).parent / "wording"
HALVES: Final = ("seen", "unseen")
SPLIT: Final = (
    "cards", "secrets", "bank", "identity", "references", "contact", "people", "shared", "talk",
)  # fmt: skip
"""The files that are split; `payment` and `values` are whole in either half."""

_SALT: Final = b"14380 "
"""Drawn so that each half has at least a quarter of every section."""

Line = tuple[str, str]
"""A speaker and a marked text."""

_SLOT = re.compile(r"\{\w+\}")


@cache
def sections(name: str) -> Mapping[str, tuple[str, ...]]:
    """Read a file: its phrases by section, in their order."""
    found: dict[str, list[str]] = {}
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            found[line.strip("[]")] = at = []
        elif line and not line.startswith("#"):
            at.append(line)
    return {section: tuple(phrases) for section, phrases in found.items()}


def plain(phrase: str) -> str:
    """Bring a phrase to its words: lower case, without slots and marks."""
    return " ".join(re.findall(r"[a-z0-9']+", _SLOT.sub(" ", phrase).lower()))


def half_of(phrase: str) -> str:
    """Return the half that a phrase is in, or "" where it is in both."""
    words = plain(phrase)
    return HALVES[hashlib.sha256(_SALT + words.encode()).digest()[0] % 2] if words else ""


def exchange(line: str) -> tuple[Line, ...]:
    """Read an exchange: `> ` begins with the agent, `< ` with the customer, ` / ` hands over."""
    begins = ("agent", "customer").index({">": "agent", "<": "customer"}[line[0]])
    return tuple((("agent", "customer")[(begins + at) % 2], text) for at, text in enumerate(line[2:].split(" / ")))


class Wording:
    """The phrases of one half, or of both."""

    def __init__(self, half: str = "all") -> None:
        if half not in {"all", *HALVES}:
            raise ValueError(f"no such half: {half}")
        wanted = {half, ""} if half in HALVES else {"", *HALVES}
        self._sections = {
            section: tuple(phrase for phrase in phrases if half_of(phrase) in wanted)
            for name in SPLIT
            for section, phrases in sections(name).items()
        }

    def __getitem__(self, section: str) -> tuple[str, ...]:
        """Return the phrases of a section; raises `KeyError` where there is none."""
        return self._sections[section]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sections)

    def get(self, section: str) -> tuple[str, ...]:
        """Return the phrases of a section, none where there is no such section."""
        return self._sections.get(section, ())


@cache
def wording(half: str) -> Wording:
    """Return the wording of a half, read once."""
    return Wording(half)
