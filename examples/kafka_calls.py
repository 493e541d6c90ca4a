"""Kafka in, Kafka out: final utterances of many calls are read from one topic and written redacted to another.

    pip install 'ccredact[kafka]'
    python examples/kafka_calls.py

It brings its own broker, which librdkafka has built in for tests; hand `serve` the settings of yours.

The key of a message is the call's id, so that one partition has all of a call in its order. A message without a value
ends a call. What is committed are the offsets before the first message of the oldest open call: a consumer that takes
over reads open calls again from their beginning, since their state is raw text and is kept nowhere. Segments that were
written before come once more then; (call, utterance, start) tells which.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from confluent_kafka import Consumer, Message, Producer, TopicPartition

from ccredact import Call, Redactor, Segment, Utterance

HELD_S = 1.5
"""Seconds for which words are held when nobody speaks on in their call."""
SAID = [
    ("c1", "agent", "and the long number on the card"),
    ("c2", "agent", "what's your date of birth please"),
    ("c1", "caller", "4242 4242"),
    ("c2", "caller", "the third of may nineteen eighty two"),
    ("c1", "caller", "4242 4242 that's it"),
]
"""Two invented calls, one with a published test card."""


@dataclass
class OpenCall:
    """A call that is going on: where it began, and its state."""

    partition: int
    offset: int
    call: Call


class Worker:
    """Reads calls from one topic and writes them to another."""

    def __init__(self, settings: dict[str, Any], redactor: Redactor, *, source: str, target: str) -> None:
        self._redactor, self._source, self._target = redactor, source, target
        self._calls: dict[bytes, OpenCall] = {}
        self._read: dict[int, int] = {}  # the next offset of each partition
        self._consumer = Consumer(
            {**settings, "group.id": "ccredact", "enable.auto.commit": False, "auto.offset.reset": "earliest"}
        )
        self._producer = Producer(settings)
        self._consumer.subscribe([source], on_revoke=self._revoked)

    def serve(self) -> Iterator[None]:
        """Work; a pause is yielded after each poll, so that a caller can stop."""
        try:
            while True:
                message = self._consumer.poll(0.2)
                if message is not None and message.error() is None:
                    self._take(message)
                for key, opened in self._calls.items():
                    self._write(key, opened.call.flush(after=HELD_S))
                self._commit()
                yield
        finally:
            self._consumer.close()

    def _take(self, message: Message) -> None:
        key, partition, offset = message.key(), message.partition(), message.offset()
        self._read[partition] = offset + 1
        if key not in self._calls:
            self._calls[key] = OpenCall(partition, offset, self._redactor.stream())
        value = message.value()
        if value is None:
            self._write(key, self._calls.pop(key).call.close())
            return
        said = json.loads(value)
        self._write(key, self._calls[key].call.push(Utterance(said["text"], said["speaker"], said["id"])))

    def _write(self, key: bytes, segments: list[Segment]) -> None:
        for segment in segments:
            self._producer.produce(self._target, json.dumps(asdict(segment)), key)

    def _commit(self) -> None:
        """Commit what no open call needs, once all that came of it has arrived."""
        self._producer.flush()
        ends = dict(self._read)
        for opened in self._calls.values():
            ends[opened.partition] = min(ends[opened.partition], opened.offset)
        offsets = [TopicPartition(self._source, partition, offset) for partition, offset in ends.items()]
        if offsets:
            self._consumer.commit(offsets=offsets, asynchronous=False)

    def _revoked(self, _: Consumer, partitions: list[TopicPartition]) -> None:
        """Forget the calls of partitions that another consumer takes over: it reads them again."""
        gone = {partition.partition for partition in partitions}
        self._calls = {key: opened for key, opened in self._calls.items() if opened.partition not in gone}
        self._read = {partition: offset for partition, offset in self._read.items() if partition not in gone}


def main() -> None:
    """Run the worker on a broker in this process, and print what it has written."""
    broker = Producer({"bootstrap.servers": "localhost", "test.mock.num.brokers": 1, "log_level": 0})
    address = next(iter(broker.list_topics().brokers.values()))
    settings = {"bootstrap.servers": f"{address.host}:{address.port}", "log_level": 0}
    for number, (call, speaker, text) in enumerate(SAID):
        broker.produce("said", json.dumps({"id": number, "speaker": speaker, "text": text}), call)
    for call in ("c1", "c2"):
        broker.produce("said", None, call)
    broker.flush()
    worker = Worker(settings, Redactor(), source="said", target="redacted")
    reader = Consumer({**settings, "group.id": "screen", "auto.offset.reset": "earliest"})
    reader.subscribe(["redacted"])
    shown = 0
    for _ in worker.serve():
        message = reader.poll(0.2)
        if message is not None and message.error() is None:
            segment = json.loads(message.value())
            print(f"{message.key().decode()} {segment['speaker']:>6}: {segment['text']}")
            shown += 1
        elif shown >= len(SAID):
            break
    reader.close()


if __name__ == "__main__":
    main()
