"""The steps at which a run could die: tests stop it there, nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Step(StrEnum):
    """What is about to be done."""

    READ = "read"
    """A file is opened and read."""
    WRITE = "write"
    """Its part is written."""
    SYNC = "sync"
    """A part is made to last."""
    NOTE = "note"
    """The manifest gets the lines of what is to be published."""
    NOTED = "noted"
    """The manifest is made to last."""
    PUBLISH = "publish"
    """A part gets its name."""
    PUBLISHED = "published"
    """All parts of a group have their names."""
    MARK = "mark"
    """The manifest gets the line that says so."""


Hook = Callable[[Step], None]
"""What is called at each step; what it raises is what the step raises."""


def nothing(step: Step) -> None:
    """Let every step be done."""
    del step
