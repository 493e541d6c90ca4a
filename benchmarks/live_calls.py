"""Measure many live calls in one process on one core: from the arrival of an event to its answer, queueing included.

    python benchmarks/live_calls.py FOLDER --calls 10000 --rate 25000 --seconds 600
    python benchmarks/live_calls.py FOLDER --adapter deepgram --calls 10000 --rate 25000 --seconds 600
    python benchmarks/live_calls.py FOLDER --interims 1000 --seconds 60

Events are the JSON lines of `ccredact stream`, or with `--adapter` a recogniser's JSON, read and written by the adapter
through the pool. Finals of about eight words with word times come to all calls in turn, so many words a second; with
`--interims` so many calls have a hypothesis each 300 ms, one word more each time, and a final after eight. Time is
simulated: an event arrives on its schedule, waits for the ones before it, and takes the CPU time that is measured for
it; the pool is told the time every 10 ms, which takes its time too. Memory is that of the process, and
the largest that it had; `--freeze` lets the garbage collector leave alone what is there at each look at the time.
"""

from __future__ import annotations

import argparse
import gc
import json
import time
from dataclasses import dataclass
from itertools import count, cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ccredact import Redactor
from ccredact.live.adapters import adapter
from ccredact.live.desk import Desk
from ccredact.live.events import UNBOUNDED, JsonEvents
from ccredact.live.limits import LOST
from ccredact.live.pool import CallPool
from gold import calls_from, machine, percentile, show
from open_calls import Collector, resident
from ours import utterances

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ccredact import Utterance
    from ccredact.live.adapter import Adapter
    from ccredact.live.pool import Given

WORDS = 8
"""Words of a final."""
EVERY = 0.01
"""Seconds between two looks at the time."""
BEAT = 0.3
"""Seconds between two interims of a call."""
LOOK = 10_000
"""Events between two looks at the memory."""
PACE = 0.35
"""Seconds that a word takes."""

Arrival = tuple[float, bytes]


@dataclass(frozen=True, slots=True)
class Said:
    """What is recognised of a call by a time."""

    call: int
    speaker: object
    words: Sequence[str]
    number: int
    start: float
    is_final: bool

    @property
    def timed(self) -> list[tuple[str, float, float]]:
        """Give the words with their times."""
        starts = [self.start + at * PACE for at in range(len(self.words))]
        return [(word, round(at, 2), round(at + 0.3, 2)) for word, at in zip(self.words, starts, strict=True)]


def line(said: Said) -> bytes:
    """Give a line of `ccredact stream`."""
    timed = [{"text": word, "start": start, "end": end} for word, start, end in said.timed]
    event = {"call": said.call, "speaker": said.speaker, "text": " ".join(said.words), "utterance": said.number}
    return json.dumps({**event, "words": timed, "is_final": said.is_final}).encode()


def deepgram(said: Said) -> bytes:
    """Give an event of Deepgram: two channels, with confidences."""
    timed = [
        {"word": word.lower(), "start": start, "end": end, "confidence": 0.98, "punctuated_word": word}
        for word, start, end in said.timed
    ]
    best = {"transcript": " ".join(said.words), "confidence": 0.98, "words": timed}
    event = {
        "type": "Results",
        "channel_index": [int(said.speaker in {"caller", "customer"}), 2],
        "duration": round(len(timed) * PACE, 2),
        "start": round(said.start, 2),
        "is_final": said.is_final,
        "speech_final": said.is_final,
        "channel": {"alternatives": [best]},
        "metadata": {"request_id": str(said.call), "model_info": {"name": "2-general-nova", "version": "2024-01-18"}},
    }
    return json.dumps(event).encode()


WIRES: Final = {"stream": line, "deepgram": deepgram}
"""How an event is written, by adapter."""


def pieces(talk: Sequence[Utterance], first: int) -> Iterator[tuple[object, list[str]]]:
    """Give a call over and over, in finals, from some utterance on."""
    for utterance in islice(cycle(talk), first, None):
        words = utterance.text.split()
        for at in range(0, len(words), WORDS):
            yield utterance.speaker, words[at : at + WORDS]


def finals(
    talk: Sequence[Sequence[Utterance]], calls: int, rate: float, seconds: float
) -> Iterator[tuple[float, Said]]:
    """Give the finals of all calls in turn, so many words a second."""
    said = [pieces(talk[number % len(talk)], number // len(talk)) for number in range(calls)]
    now, words = 0.0, 0
    for number in count():
        call = number % calls
        speaker, piece = next(said[call])
        yield now, Said(call, speaker, piece, number, now, is_final=True)
        words += len(piece)
        now = words / rate
        if now > seconds:
            return


def interims(talk: Sequence[Sequence[Utterance]], calls: int, seconds: float) -> Iterator[tuple[float, Said]]:
    """Give a hypothesis of each call each 300 ms, and a final where one is over."""
    said = [pieces(talk[number % len(talk)], number // len(talk)) for number in range(calls)]
    numbers = count()
    open_now = [(*next(own), next(numbers), 0.0) for own in said]
    grown = [1] * calls
    for beat in range(int(seconds / BEAT)):
        for call in range(calls):
            now = (beat + call / calls) * BEAT
            speaker, words, number, start = open_now[call]
            is_final = grown[call] > len(words)
            yield now, Said(call, speaker, words[: grown[call]], number, start, is_final=is_final)
            grown[call] += 1
            if is_final:
                open_now[call], grown[call] = (*next(said[call]), next(numbers), now), 1


def measure(
    redactor: Redactor, arrivals: Iterable[Arrival], reads: Adapter[bytes], *, freeze: bool = False
) -> dict[str, Any]:
    """Play the events; give delays in milliseconds, how busy the core was, and the memory.

    With `freeze` the garbage collector leaves alone what is there at each look at the time.
    """
    clock = [0.0]
    given: list[bytes] = []

    def deliver(released: Given) -> None:
        given.extend(desk.give(released))

    def look(_: CallPool) -> None:
        gc.freeze()

    hook = look if freeze else None
    pool = CallPool(redactor, deliver=deliver, limits=UNBOUNDED, clock=lambda: clock[0], idle=None, hook=hook)
    desk = Desk(reads, pool)
    delays: list[float] = []
    free = busy = told = arrived = 0.0
    largest = resident()
    collector = Collector()
    for arrived, event in arrivals:
        if arrived - told >= EVERY:
            told = clock[0] = arrived
            start = time.thread_time()
            pool.tick(arrived)
            spent = time.thread_time() - start
            free, busy = max(free, arrived) + spent, busy + spent
        clock[0] = arrived
        start = time.thread_time()
        desk.take(event)
        spent = time.thread_time() - start
        free, busy = max(free, arrived) + spent, busy + spent
        delays.append(free - arrived)
        given.clear()
        if len(delays) % LOOK == 0:
            largest = max(largest, resident())
    return {
        "events": len(delays),
        "calls": len(pool),
        "lost": sum(pool.counts.get(outcome, 0) for outcome in LOST),
        "delay_ms": {name: percentile(delays, share) * 1e3 for name, share in _SHARES.items()},
        "busy": busy / max(arrived, 1e-9),
        "event_us": busy / len(delays) * 1e6,
        "collector_ms": collector.seconds * 1e3,
        "resident_mib": resident() / 2**20,
        "largest_mib": max(largest, resident()) / 2**20,
    }


_SHARES = {"p50": 0.5, "p99": 0.99, "p99.9": 0.999, "max": 1.0}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", help="a file or folder of the gold form; else generated calls")
    parser.add_argument("--calls", type=int, default=10_000)
    parser.add_argument("--rate", type=float, default=25_000.0, help="words a second in all calls")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--interims", type=int, default=0, help="so many calls with interims, and no others")
    parser.add_argument("--adapter", choices=WIRES, default="stream")
    parser.add_argument("--freeze", action="store_true", help="gc.freeze() in each tick, as a server may")
    parser.add_argument("--policy", default="full")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    talk = [call for call in (utterances(call) for call in calls_from(args.gold, count=200, seed=7)) if call]
    redactor = Redactor(args.policy)
    for call in talk[:200]:
        redactor.redact_call(call)  # the forms of most words are known then
    gc.collect()
    gc.freeze()  # what is said stands here, and in no server: the collector need not walk over it
    if args.interims:
        said = interims(talk, args.interims, args.seconds)
    else:
        said = finals(talk, args.calls, args.rate, args.seconds)
    wire = WIRES[args.adapter]
    arrivals = ((now, wire(one)) for now, one in said)
    reads = JsonEvents() if args.adapter == "stream" else adapter(args.adapter, policy=redactor.policy)
    figures = measure(redactor, arrivals, reads, freeze=args.freeze)
    report = {"policy": args.policy, "adapter": args.adapter, **machine(), **figures}
    rows = [["calls", "events", "lost", "µs an event", "core busy", *(f"{name}, ms" for name in _SHARES)]]
    rows[0] += ["memory, MiB", "largest"]
    delays = [f"{report['delay_ms'][name]:,.2f}" for name in _SHARES]
    cells = [*(f"{report[name]:,}" for name in ("calls", "events", "lost")), f"{report['event_us']:.0f}"]
    cells += [f"{report['busy']:.0%}", *delays]
    rows.append([*cells, f"{report['resident_mib']:,.0f}", f"{report['largest_mib']:,.0f}"])
    show(report, [rows], as_json=args.json)


if __name__ == "__main__":
    main()
