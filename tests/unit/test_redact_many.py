"""`redact_many`: each call with its result or its error, in order, from processes that end with the generator."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from archives import POLICY
from ccredact import Policy, Redactor, StreamError, Utterance, WorkerError
from killing_detector import KillingDetector

SAID = "it's 4242 4242 4242 4242"


def call(number: int) -> list[Utterance]:
    return [Utterance(f"so {number}, and the card", speaker=1), Utterance(SAID, speaker="caller")]


def test_results_are_those_of_redact_call_in_the_order_of_the_calls() -> None:
    redactor = Redactor(POLICY)
    calls = [call(number) for number in range(30)]
    found = list(redactor.redact_many(iter(calls), workers=2))
    assert [given for given, _ in found] == [tuple(one) for one in calls]
    assert [result for _, result in found] == [redactor.redact_call(one) for one in calls]


@pytest.mark.parametrize("workers", [0, 1])
def test_no_call_keeps_the_others_from_being_redacted(workers: int) -> None:
    def broken() -> Iterator[Utterance]:
        yield Utterance(SAID)
        raise KeyError(SAID)

    calls: list[Any] = [call(1), 5, ["4242 4242"], broken(), [Utterance("hello", words=[SAID])], call(2)]  # type: ignore[list-item]
    found = list(Redactor(POLICY).redact_many(calls, workers=workers))
    kinds = [type(result) for _, result in found]
    assert kinds == [list, StreamError, StreamError, StreamError, StreamError, list]
    assert "4242" not in str([result for _, result in found if isinstance(result, StreamError)])


def test_a_key_and_detectors_go_along() -> None:
    policy = Policy.from_dict({"profile": "pci", "entities": {"CREDIT_CARD": "hash"}})
    redactor = Redactor(policy, key=b"k" * 32)
    ((_, result),) = redactor.redact_many([call(1)], workers=1)
    assert result == redactor.redact_call(call(1))
    assert "k" * 32 not in repr(redactor)


def test_a_call_that_a_process_dies_of_is_an_error_and_no_other_is() -> None:
    redactor = Redactor(POLICY, detectors=[KillingDetector()])
    calls = [call(1), [Utterance("please kill the process")], call(2)]
    found = [result for _, result in redactor.redact_many(calls, workers=2)]
    assert [type(result) for result in found] == [list, WorkerError, list]


def test_processes_end_when_the_generator_is_dropped() -> None:
    results = Redactor(POLICY).redact_many((call(number) for number in count()), workers=2)
    next(results)
    workers = results.gi_frame.f_locals["them"]  # type: ignore[attr-defined]
    pids = workers.pids
    assert len(pids) == 2
    del results, workers
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


@pytest.mark.parametrize("workers", [-1, 1.5, "2"])
def test_a_number_of_workers_that_cannot_be(workers: Any) -> None:
    with pytest.raises(StreamError, match="0 or more"):
        Redactor(POLICY).redact_many([], workers=workers)


def test_no_workers_work_in_this_process() -> None:
    redactor = Redactor(POLICY)
    found = list(redactor.redact_many([call(1), call(2)], workers=0))
    assert found == [(tuple(one), redactor.redact_call(one)) for one in (call(1), call(2))]


def test_no_calls_need_no_process() -> None:
    assert list(Redactor(POLICY).redact_many([], workers=2)) == []
