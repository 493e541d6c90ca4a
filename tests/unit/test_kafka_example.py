"""The Kafka example: a worker that is stopped in the middle of a call leaves it to the next one, from its beginning."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ccredact import Redactor

kafka = pytest.importorskip("confluent_kafka", reason="needs the extra kafka")
pytestmark = [pytest.mark.extras, pytest.mark.slow]

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
REDACTOR = Redactor("pci", tagger=False)
POLLS = 150
QUICK = {"session.timeout.ms": 6000}
"""The built-in broker waits that long for a consumer that has left."""


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(EXAMPLES))
    return importlib.import_module("kafka_calls")


class Broker:
    """A broker in this process, and all that was written to its topic of redacted calls."""

    def __init__(self) -> None:
        self._producer = kafka.Producer({"bootstrap.servers": "localhost", "test.mock.num.brokers": 1, "log_level": 0})
        address = next(iter(self._producer.list_topics().brokers.values()))
        self.settings = {"bootstrap.servers": f"{address.host}:{address.port}", "log_level": 0}
        self._reader = kafka.Consumer({**self.settings, "group.id": "screen", "auto.offset.reset": "earliest"})
        self._reader.subscribe(["redacted"])
        self.shown: list[tuple[str, str]] = []
        self._count = 0

    def say(self, call: str, *texts: str | None) -> None:
        for text in texts:
            self._count += 1
            said = {"id": self._count, "speaker": "caller", "text": text}
            self._producer.produce("said", None if text is None else json.dumps(said), call)
        self._producer.flush()

    def run(self, worker: Any, done: Callable[[], bool]) -> None:
        """Let a worker work until something is done; then it is stopped."""
        work = worker.serve()
        for _, _ in zip(range(POLLS), work, strict=False):
            message = self._reader.poll(0.1)
            if message is not None and message.error() is None:
                self.shown.append((message.key().decode(), json.loads(message.value())["text"].strip()))
            if done():
                break
        work.close()
        assert done(), self.shown

    def committed(self) -> int:
        """How many of the messages said have been done with."""
        consumer = kafka.Consumer({**self.settings, "group.id": "ccredact"})
        partitions = consumer.list_topics("said").topics["said"].partitions
        offsets = consumer.committed([kafka.TopicPartition("said", number) for number in partitions])
        consumer.close()
        return sum(max(0, place.offset) for place in offsets)


def test_an_open_call_is_read_again_by_the_next_worker(example: Any) -> None:
    broker = Broker()
    broker.say("done", "hello there", None)
    broker.say("open", "my card number is", "4242 4242")
    first = example.Worker(broker.settings | QUICK, REDACTOR, source="said", target="redacted")
    broker.run(first, lambda: ("open", "[CREDIT_CARD]") in broker.shown and ("done", "hello there") in broker.shown)
    assert broker.committed() == 2
    broker.say("open", "4242 4242", None)
    second = example.Worker(broker.settings | QUICK, REDACTOR, source="said", target="redacted")
    broker.run(second, lambda: broker.shown.count(("open", "[CREDIT_CARD]")) >= 3)
    assert broker.committed() == 6
    assert "4242" not in str(broker.shown)
    assert broker.shown.count(("done", "hello there")) == 1
