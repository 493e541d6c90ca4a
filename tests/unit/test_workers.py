"""Work in processes: in any order or in that of the jobs, whatever dies."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from ccredact.workers import Lost, Raised, Workers
from jobs import doing_once, doubling, doubling_lists, going_round, slow_but_going, stopping_once


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_results_come_in_the_order_of_the_jobs() -> None:
    with Workers[int, int](doubling, count=2) as workers:
        assert list(workers.ordered(range(20), ahead=4)) == [
            (number, Raised("ValueError") if number == 13 else 2 * number) for number in range(20)
        ]


def test_every_job_has_one_outcome_though_processes_die() -> None:
    jobs = [1, -1, 2, 3, -4, 5]
    with Workers[int, int](doubling, count=2) as workers:
        found = {outcome.number: outcome.result for outcome in workers.outcomes(jobs)}
    assert found == {0: 2, 1: Lost(), 2: 4, 3: 6, 4: Lost(), 5: 10}


def test_of_a_job_that_is_split_only_the_part_is_lost_that_kills() -> None:
    jobs = [[1, 2], [3, -1, 4], [5]]
    with Workers[list[int], list[int]](doubling_lists, count=2, split=lambda job: [[one] for one in job]) as workers:
        found = list(workers.ordered(jobs, ahead=4))
    assert found == [([1, 2], [2, 4]), ([3], [6]), ([-1], Lost()), ([4], [8]), ([5], [10])]


def test_a_job_is_tried_again_when_its_process_has_died(tmp_path: Path) -> None:
    with Workers[str, str](doing_once, count=1) as workers:
        assert [outcome.result for outcome in workers.outcomes([str(tmp_path / "flag")])] == ["done"]


def test_a_job_is_tried_again_when_its_process_was_stopped(tmp_path: Path) -> None:
    with Workers[str, str](stopping_once, count=1, patience=lambda _: 1.0) as workers:
        assert [outcome.result for outcome in workers.outcomes([str(tmp_path / "flag")])] == ["done"]


def test_a_process_that_goes_round_in_circles_is_ended_and_the_others_go_on() -> None:
    with Workers[str, str](going_round, count=2, patience=lambda _: 1.0) as workers:
        assert [outcome.result for outcome in workers.outcomes(["a", "b"])] == [Lost(is_hung=True)] * 2
        assert workers.pids == []


@pytest.mark.slow
def test_a_process_that_says_it_gets_on_is_not_ended() -> None:
    with Workers[float, str](slow_but_going, count=1, patience=lambda _: 6.0) as workers:
        assert [outcome.result for outcome in workers.outcomes([9.0])] == ["done"]


@pytest.mark.slow
def test_what_came_while_the_owner_was_busy_counts() -> None:
    with Workers[float, str](slow_but_going, count=2, patience=lambda _: 2.0) as workers:
        results = []
        for outcome in workers.outcomes([0.0, 0.5, 0.0]):
            time.sleep(2.5)
            results.append(outcome.result)
    assert results == ["done"] * 3


def test_jobs_are_taken_when_they_can_be_begun() -> None:
    taken: list[int] = []

    def jobs() -> Iterator[int]:
        for number in count():
            taken.append(number)
            yield number

    with Workers[int, int](doubling, count=2) as workers:
        results = workers.ordered(jobs(), ahead=3)
        for _ in range(10):
            next(results)
        assert len(taken) <= 10 + 3


@pytest.mark.parametrize("way", ["close", "error"])
def test_no_process_outlives_the_block(way: str) -> None:
    workers = Workers[int, int](doubling, count=2)

    def leave() -> None:
        with workers:
            next(workers.outcomes(count()))
            pids.extend(workers.pids)
            if way == "error":
                raise KeyError

    pids: list[int] = []
    if way == "error":
        with pytest.raises(KeyError):
            leave()
    else:
        leave()
    assert len(pids) == 2
    assert all(is_gone(pid) for pid in pids)


def test_a_process_ends_when_its_owner_is_killed(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    child = os.fork()
    if not child:
        workers = Workers[int, int](doubling, count=2)
        next(workers.outcomes(count()))
        pids.write_text(" ".join(map(str, workers.pids)))
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    left = [int(pid) for pid in pids.read_text().split()]
    assert len(left) == 2
    until = time.monotonic() + 30
    while not all(map(is_gone, left)) and time.monotonic() < until:
        time.sleep(0.01)
    assert all(map(is_gone, left))
