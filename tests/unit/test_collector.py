"""What Python's garbage collector does in a process that serves calls."""

from __future__ import annotations

import gc
from contextlib import suppress

from ccredact import Redactor, Utterance
from ccredact.live.adapter import Heard
from ccredact.live.collector import young_only
from ccredact.live.pool import CallPool


def test_all_objects_are_looked_at_again_behind_it() -> None:
    before = gc.get_threshold()
    seen: list[int] = []
    with suppress(ValueError), young_only():
        seen += gc.get_threshold()
        raise ValueError("over")
    assert gc.get_threshold() == before
    assert tuple(seen[:2]) == before[:2]
    assert seen[2] > 1000 * before[2]


def test_calls_leave_nothing_that_only_a_look_at_all_objects_finds() -> None:
    redactor = Redactor()
    gc.collect()
    with young_only():
        pool = CallPool(redactor)
        for number in range(200):
            for text in ("can i have your card number please", "sure it is 4242 4242", "4242 4242", "thank you riley"):
                pool.take(Heard(str(number), Utterance(text, "caller" if "4242" in text else "agent")))
        pool.close()
        del pool
        gc.collect(1)
        assert gc.collect() == 0
