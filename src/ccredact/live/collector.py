"""Python's garbage collector in a process that serves many calls."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEVER: Final = 1_000_000_000
"""Collections of young objects before one of all objects."""


@contextmanager
def young_only() -> Iterator[None]:
    """Let the collector look at young objects alone: a look at all objects of thousands of calls takes long.

    Calls leave no garbage that only a look at all objects can find; in a program that does, `gc.collect()` finds it, at
    a time of its own. Python up to 3.13 has such looks; later ones take small steps by themselves.
    """
    thresholds = gc.get_threshold()
    gc.set_threshold(thresholds[0], thresholds[1], _NEVER)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
