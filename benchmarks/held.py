"""Count what is shown of numbers that are still open at the deadline, and for how long anything is held.

    python benchmarks/held.py --candidates 10000
    python benchmarks/held.py FOLDER --candidates 1000

Calls are pushed in finals of a few words, until a candidate is open behind one: words that may yet be a card, an answer
or some other number. Half of them are flushed at the deadline, by a clock: *shown* counts words of the candidates that
come out readable, which none may. The other half go on without a flush, the speakers in turn, with talk in which
nothing is asked: *held for* counts the words that came before the last of the held ones was released, which the policy
bounds; *for ever* the calls that still hold words behind all of it.
"""

from __future__ import annotations

import argparse
import random
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from ccredact import Redactor, Utterance
from ccredact.core.call import DEADLINE
from ccredact.text.words import offsets_of
from gold import calls_from, machine, percentile, show
from ours import cut_utterances

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccredact import Call
    from ccredact.detectors.base import CandidateDetector
    from gold import GoldCall

WORDS: Final = 4
"""Words of a final."""
TALK: Final = (
    ("agent", "thank you for that"),
    ("caller", "no problem at all"),
    ("agent", "I will have a look at it"),
    ("caller", "okay that is fine"),
)
MOST: Final = 1200
"""Words of talk behind a candidate: more than the policy holds anything for."""


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Give the time."""
        return self.now


def candidate_words(call: Call) -> set[int]:
    """Return the words of a call that are in an open candidate, as its detectors see it."""
    state = call._state
    scanner = state.scanner
    return {
        word
        for number in scanner.vocabulary.candidates
        for pending in state._pending
        for word in range(pending.rest.left, pending.end)
        if cast("CandidateDetector", scanner.detectors[number]).candidate_from(word, word + 1) == word
    }


def shown(call: Call, clock: Clock) -> tuple[int, int]:
    """Flush a call at the deadline; return how many words of its open candidates are due, and how many are shown."""
    words = candidate_words(call)
    waiting = {pending.name: (pending.rest, pending.end) for pending in call._state._pending}
    clock.now += DEADLINE
    segments = {segment.utterance: segment for segment in call.flush()}
    readable = 0
    for name, (rest, end) in waiting.items():
        places = rest.offsets if rest.offsets is not None else offsets_of(rest.text)
        entities = segments[name].entities if name in segments else ()
        for word in words & set(range(rest.left, end)):
            start, stop = places[word - rest.word]
            readable += not any(one.start <= start and stop <= one.end for one in entities)
    return len(words), readable


def held_for(call: Call) -> int | None:
    """Go on with talk; return after how many words nothing of what is held now is held, None for never."""
    waiting = {pending.number for pending in call._state._pending}
    words = 0
    for number, (speaker, text) in enumerate(cycle(TALK)):
        call.push(Utterance(text, speaker, f"talk {number}"))
        words += len(text.split())
        if not waiting & {pending.number for pending in call._state._pending}:
            return words
        if words > MOST:
            return None
    return None


def opened(redactor: Redactor, calls: Sequence[GoldCall], seed: int) -> Iterator[tuple[Call, Clock]]:
    """Give calls in which a candidate is open, behind some final or the next one that opens one."""
    for number, call in enumerate(cycle(calls)):
        rng = random.Random(f"{seed}/{number}")
        finals = [utterance for _, _, utterance in cut_utterances(call, rng.randint(1, WORDS))]
        clock = Clock()
        stream, first = redactor.stream(clock=clock), rng.randrange(len(finals)) if finals else 0
        for at, utterance in enumerate(finals):
            stream.push(utterance)
            if at >= first and candidate_words(stream):
                yield stream, clock
                break


def measure(redactor: Redactor, calls: Sequence[GoldCall], candidates: int, seed: int) -> dict[str, Any]:
    """Flush or go on with so many calls; count."""
    due = readable = flushed = forever = 0
    waits: list[int] = []
    for number, (call, clock) in enumerate(islice(opened(redactor, calls, seed), candidates)):
        if number % 2:
            words = held_for(call)
            forever += words is None
            waits += [] if words is None else [words]
        else:
            found = shown(call, clock)
            due, readable, flushed = due + found[0], readable + found[1], flushed + 1
    return {
        "flushed": flushed,
        "words": due,
        "shown": readable,
        "gone_on": len(waits) + forever,
        "for_ever": forever,
        "held_for": {"p50": percentile(waits, 0.5), "p99": percentile(waits, 0.99), "max": max(waits, default=0)},
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", help="a file or folder of the gold form; else generated calls")
    parser.add_argument("--candidates", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--policy", default="full")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    calls = calls_from(args.gold, count=min(2000, args.candidates), seed=args.seed)
    report = {"policy": args.policy, **machine(), **measure(Redactor(args.policy), calls, args.candidates, args.seed)}
    flushes = [["at the deadline", "calls", "words of candidates", "shown"]]
    flushes.append(["", *(f"{report[key]:,}" for key in ("flushed", "words", "shown"))])
    talk = [["without a flush", "calls", "for ever", *(f"held for, words, {name}" for name in report["held_for"])]]
    talk.append(["", f"{report['gone_on']:,}", f"{report['for_ever']:,}", *map(str, report["held_for"].values())])
    show(report, [flushes, talk], as_json=args.json)


if __name__ == "__main__":
    main()
