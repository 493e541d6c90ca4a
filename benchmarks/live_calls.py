"""Measure many live calls in one process on one core: from the arrival of an event to its answer, queueing included.

    python benchmarks/live_calls.py FOLDER --calls 10000 --rate 25000 --seconds 600
    python benchmarks/live_calls.py FOLDER --adapter deepgram --calls 10000 --rate 25000 --seconds 600
    python benchmarks/live_calls.py FOLDER --interims 1000 --seconds 60

Events are the JSON lines of `ccredact stream`, or with `--adapter` a recogniser's JSON, read and written by the adapter
through the pool. Finals with word times come to all calls in turn, so many words a second: what one speaker says until
another one does, in equal pieces of ten words or less, eight in the mean of real talk (the table says it). With
`--interims` so many calls have a hypothesis each 300 ms, one word more each time, and a final after the last. Another
process sends them, as a recogniser does, so that memory is that of the pool's process alone: at the end, and the
largest that it had.

Time is simulated: an event arrives on its schedule, waits for the ones before it, and takes the CPU time that is
measured for it; the pool is told the time every 10 ms, which takes its time too. With `--young` Python's garbage
collector looks at young objects alone, as in `ccredact stream`.
"""

from __future__ import annotations

import argparse
import gc
import json
import multiprocessing
import time
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import count, cycle, islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ccredact import Redactor
from ccredact.live.adapters import adapter
from ccredact.live.collector import young_only
from ccredact.live.desk import Desk
from ccredact.live.events import UNBOUNDED, JsonEvents
from ccredact.live.limits import LOST
from ccredact.live.pool import CallPool
from gold import calls_from, machine, percentile, show
from open_calls import Collector, resident
from ours import utterances

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection

    from ccredact.live.adapter import Adapter
    from ccredact.live.pool import Given
    from gold import GoldCall

WORDS: Final = 10
"""Words of a final, as nearly as equal pieces of what a speaker says allow: most turns have fewer."""
EVERY: Final = 0.01
"""Seconds between two looks at the time."""
BEAT: Final = 0.3
"""Seconds between two interims of a call."""
LOOK: Final = 10_000
"""Events between two looks at the memory."""
PACE: Final = 0.35
"""Seconds that a word takes."""
AT_ONCE: Final = 500
"""Events that are handed from one process to the other at once."""

Arrival = tuple[float, int, bytes]
"""When an event arrives, in seconds, how many words it has, and the event."""
Talk = list[tuple[object, list[str]]]
"""Finals of a call: speaker and words."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is said: in so many calls, so many words a second or, of calls with `interims`, one each 300 ms."""

    gold: Path | None
    wire: str
    calls: int
    rate: float
    seconds: float
    interims: bool
    warm: int


@dataclass(frozen=True, slots=True)
class Said:
    """What is recognised of a call by a time."""

    call: str
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
        "metadata": {"request_id": said.call, "model_info": {"name": "2-general-nova", "version": "2024-01-18"}},
    }
    return json.dumps(event).encode()


WIRES: Final = {"stream": line, "deepgram": deepgram}
"""How an event is written, by adapter."""


def finals_of(call: GoldCall) -> Talk:
    """Give the finals of a call: what a speaker says until another one does, in equal pieces."""
    turns: Talk = []
    for utterance in utterances(call):
        if turns and turns[-1][0] == utterance.speaker:
            turns[-1][1].extend(utterance.text.split())
        else:
            turns.append((utterance.speaker, utterance.text.split()))
    finals: Talk = []
    for speaker, words in turns:
        pieces = max(1, round(len(words) / WORDS))
        ends = [round(len(words) * number / pieces) for number in range(pieces + 1)]
        finals += [(speaker, words[start:end]) for start, end in pairwise(ends) if start < end]
    return finals


def finals(talk: Sequence[Talk], calls: int, rate: float, seconds: float) -> Iterator[tuple[float, Said]]:
    """Give the finals of all calls in turn, so many words a second."""
    said = [_over_and_over(talk, number) for number in range(calls)]
    now, words = 0.0, 0
    for number in count():
        call = number % calls
        speaker, piece = next(said[call])
        yield now, Said(str(call), speaker, piece, number, now, is_final=True)
        words += len(piece)
        now = words / rate
        if now > seconds:
            return


def interims(talk: Sequence[Talk], calls: int, seconds: float) -> Iterator[tuple[float, Said]]:
    """Give a hypothesis of each call each 300 ms, and a final where one is over."""
    said = [_over_and_over(talk, number) for number in range(calls)]
    numbers = count()
    open_now = [(*next(own), next(numbers), 0.0) for own in said]
    grown = [1] * calls
    for beat in range(int(seconds / BEAT)):
        for call in range(calls):
            now = (beat + call / calls) * BEAT
            speaker, words, number, start = open_now[call]
            is_final = grown[call] > len(words)
            yield now, Said(str(call), speaker, words[: grown[call]], number, start, is_final=is_final)
            grown[call] += 1
            if is_final:
                open_now[call], grown[call] = (*next(said[call]), next(numbers), now), 1


def _over_and_over(talk: Sequence[Talk], number: int) -> Iterator[tuple[object, list[str]]]:
    """Give the finals of a call again and again; where there are fewer calls than asked for, from another one on."""
    return islice(cycle(talk[number % len(talk)]), number // len(talk), None)


def say(to: Connection, plan: Plan) -> None:
    """Send the arrivals of a plan in lists, `None` behind those that warm up and at the end."""
    talk = [made for made in map(finals_of, calls_from(plan.gold, count=200, seed=7)) if made]
    wire = WIRES[plan.wire]
    warm = finals(talk, min(len(talk), plan.warm), 1.0, float("inf"))
    said = (
        interims(talk, plan.calls, plan.seconds) if plan.interims else finals(talk, plan.calls, plan.rate, plan.seconds)
    )
    for part in (islice(warm, plan.warm), said):
        arrivals = ((now, len(one.words), wire(one)) for now, one in part)
        while some := list(islice(arrivals, AT_ONCE)):
            to.send(some)
        to.send(None)


def heard(connection: Connection) -> Iterator[Arrival]:
    """Give the arrivals that another process sends, up to a `None`."""
    while (some := connection.recv()) is not None:
        yield from some


def measure(redactor: Redactor, arrivals: Iterable[Arrival], reads: Adapter[bytes]) -> dict[str, Any]:
    """Play the events; give delays in milliseconds, how busy the core was, and the memory."""
    clock = [0.0]
    given: list[bytes] = []

    def deliver(released: Given) -> None:
        given.extend(desk.give(released))

    pool = CallPool(redactor, deliver=deliver, limits=UNBOUNDED, clock=lambda: clock[0], idle=None)
    desk = Desk(reads, pool)
    delays: list[float] = []
    free = busy = told = arrived = 0.0
    words = 0
    largest = resident()
    collector = Collector()
    for arrived, length, event in arrivals:
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
        words += length
        given.clear()
        if len(delays) % LOOK == 0:
            largest = max(largest, resident())
    return {
        "events": len(delays),
        "words_an_event": words / max(1, len(delays)),
        "calls": len(pool),
        "lost": sum(pool.counts.get(outcome, 0) for outcome in LOST),
        "delay_ms": {name: percentile(delays, share) * 1e3 for name, share in _SHARES.items()},
        "busy": busy / max(arrived, 1e-9),
        "event_us": busy / max(1, len(delays)) * 1e6,
        "collector_ms": collector.seconds * 1e3,
        "resident_mib": resident() / 2**20,
        "largest_mib": max(largest, resident()) / 2**20,
    }


_SHARES = {"p50": 0.5, "p99": 0.99, "p99.9": 0.999, "max": 1.0}


def play(redactor: Redactor, plan: Plan, *, young: bool) -> dict[str, Any]:
    """Let another process say what is planned, and measure what it takes here."""

    def reads() -> Adapter[bytes]:
        return JsonEvents() if plan.wire == "stream" else adapter(plan.wire, policy=redactor.policy)

    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe(duplex=False)
    speaker = spawn.Process(target=say, args=(theirs, plan), daemon=True)
    speaker.start()
    theirs.close()
    try:
        measure(redactor, heard(ours), reads())
        gc.collect()
        with young_only() if young else nullcontext():
            return measure(redactor, heard(ours), reads())
    finally:
        ours.close()
        speaker.terminate()
        speaker.join()


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", help="a file or folder of the gold form; else generated calls")
    parser.add_argument("--calls", type=int, default=10_000)
    parser.add_argument("--rate", type=float, default=25_000.0, help="words a second in all calls")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--interims", type=int, default=0, help="so many calls with interims, and no others")
    parser.add_argument("--warm", type=int, default=3_000, help="finals of other calls before those that are measured")
    parser.add_argument("--adapter", choices=WIRES, default="stream")
    parser.add_argument("--young", action="store_true", help="the collector looks at young objects alone")
    parser.add_argument("--policy", default="full")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    calls = args.interims or args.calls
    plan = Plan(args.gold, args.adapter, calls, args.rate, args.seconds, interims=bool(args.interims), warm=args.warm)
    figures = play(Redactor(args.policy), plan, young=args.young)
    report = {"policy": args.policy, "adapter": args.adapter, **machine(), **figures}
    rows = [["calls", "events", "lost", "words each", "µs each", "core busy", *(f"{name}, ms" for name in _SHARES)]]
    rows[0] += ["memory, MiB", "largest"]
    cells = [*(f"{report[name]:,}" for name in ("calls", "events", "lost")), f"{report['words_an_event']:.1f}"]
    cells += [f"{report['event_us']:.0f}", f"{report['busy']:.0%}"]
    cells += [f"{report['delay_ms'][name]:,.2f}" for name in _SHARES]
    rows.append([*cells, f"{report['resident_mib']:,.0f}", f"{report['largest_mib']:,.0f}"])
    show(report, [rows], as_json=args.json)


if __name__ == "__main__":
    main()
