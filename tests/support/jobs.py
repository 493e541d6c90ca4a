"""Jobs for processes that are spawned: a module of its own, so that they load little."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from ccredact.workers import Beat


def double(number: int) -> int:
    if number < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 13:
        raise ValueError("4242 4242")
    return 2 * number


def doubling(beat: Beat) -> Callable[[int], int]:
    del beat
    return double


def all_doubled(numbers: list[int]) -> list[int]:
    return [double(number) for number in numbers]


def doubling_lists(beat: Beat) -> Callable[[list[int]], list[int]]:
    del beat
    return all_doubled


def once(flag: str) -> str:
    """Die of a job the first time."""
    return struck_once(flag, signal.SIGKILL)


def stopped_once(flag: str) -> str:
    """Be stopped, as by SIGSTOP from outside, by a job the first time."""
    return struck_once(flag, signal.SIGSTOP)


def struck_once(flag: str, number: signal.Signals) -> str:
    """Send this process a signal the first time."""
    try:
        Path(flag).touch(exist_ok=False)
    except FileExistsError:
        return "done"
    os.kill(os.getpid(), number)
    return "never"


def stopping_once(beat: Beat) -> Callable[[str], str]:
    del beat
    return stopped_once


def slow_but_going(beat: Beat) -> Callable[[float], str]:
    """Take so many seconds, and say all the while that it gets on."""

    def work(seconds: float) -> str:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            beat()
            time.sleep(0.05)
        return "done"

    return work


def going_round(beat: Beat) -> Callable[[str], str]:
    """Never end."""
    del beat

    def work(_: str) -> str:
        while True:
            pass

    return work


def doing_once(beat: Beat) -> Callable[[str], str]:
    del beat
    return once
