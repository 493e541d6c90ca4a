"""Jobs for processes that are spawned: a module of its own, so that they load little."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path


def double(number: int) -> int:
    if number < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 13:
        raise ValueError("4242 4242")
    return 2 * number


def doubling() -> Callable[[int], int]:
    return double


def all_doubled(numbers: list[int]) -> list[int]:
    return [double(number) for number in numbers]


def doubling_lists() -> Callable[[list[int]], list[int]]:
    return all_doubled


def once(flag: str) -> str:
    """Die of a job the first time."""
    try:
        Path(flag).touch(exist_ok=False)
    except FileExistsError:
        return "done"
    os.kill(os.getpid(), signal.SIGKILL)
    return "never"


def doing_once() -> Callable[[str], str]:
    return once
