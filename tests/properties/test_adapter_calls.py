"""Adapters: whatever a call says, in whatever order its interims come, its finals are what they are in one piece.

And whatever becomes of an event on its way, it is given back, or counted, without an error that holds text.
"""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

import talk
from ccredact import Redactor, Utterance
from ccredact.live import adapter
from ccredact.live.desk import Desk
from ccredact.live.limits import Outcome
from ccredact.live.pool import CallPool
from held import Clock
from strategies import RANDOMS, chance, made
from wires import WIRES

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

    from ccredact.transcript import Name, Segment

SAMPLES = Path(__file__).parents[1] / "samples"
REDACTOR = Redactor(tagger=False)
CALLS = made(talk.turns)
TOLD = "plainly"
LOST = set(Outcome) - {Outcome.TAKEN, Outcome.UNREAD_EVENT}  # what is not read is given back
WORDS = f"my pin is 4417 and I {TOLD} say so".split()
VALUES = st.sampled_from([None, True, 7, -0.5, 10**20, "", "x", [], {}, [[{"a": [1]}]], {"text": 7}, f"{TOLD} 4417"])


def desk(name: str) -> tuple[Desk[Any], CallPool, list[Any]]:
    out: list[Any] = []
    pool = CallPool(REDACTOR, deliver=lambda given: out.extend(one.give(given)), clock=Clock())
    one: Desk[Any] = Desk(adapter(name), pool)
    return one, pool, out


def finals(name: str, events: list[Any]) -> list[Utterance]:
    reader = adapter(name)
    said = [one.utterance for event in events for one in reader.read(event)]
    return [one for one in said if one is not None and one.is_final]


def sent(make: Any, call: talk.Turns, rng: random.Random) -> list[Any]:
    """What a recogniser sends: two utterances at once, with most interims left out."""
    waiting: list[list[Any]] = []
    for number, (speaker, words) in enumerate(call):
        channel = int(speaker in {"customer", "b"})
        counts = [count for count in range(1, len(words)) if chance(rng, 25)]
        waiting.append([make(number, channel, words[:count], is_final=False) for count in counts])
        waiting[-1].append(make(number, channel, words, is_final=True))
    out = []
    while waiting:
        at = rng.randrange(min(2, len(waiting)))
        out.append(waiting[at].pop(0))
        if not waiting[at]:
            del waiting[at]
    return out


@given(wire=st.sampled_from(sorted(set(WIRES) - {"openai"})), call=CALLS, rng=RANDOMS)
def test_the_finals_of_a_call_are_what_they_are_in_one_piece(wire: str, call: talk.Turns, rng: random.Random) -> None:
    name = wire.split(maxsplit=1)[0]
    events = sent(WIRES[wire], call, rng)
    taker, pool, out = desk(name)
    for event in events:
        out += taker.take(event)
    pool.close(cut=False)
    said = finals(name, events)
    expected = REDACTOR.redact_call(said)
    assert len(out) == len(events)
    assert by_speaker(finals(name, out)) == by_speaker(expected)


def by_speaker(said: Iterable[Utterance | Segment]) -> dict[Name | None, list[str]]:
    """What each has said, in its order: that of the finals of a channel is kept."""
    found: dict[Name | None, list[str]] = {}
    for one in said:
        found.setdefault(one.speaker, []).append(one.text)
    return found


def places_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all values in a document."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [path] if path else []
    for key, inner in pairs:
        found += places_in(inner, (*path, key))
    return found


@given(wire=st.sampled_from(sorted(WIRES)), is_final=st.booleans(), data=st.data())
def test_a_broken_event_is_given_back_or_counted(wire: str, is_final: bool, data: st.DataObject) -> None:  # noqa: FBT001
    event = WIRES[wire](0, 0, WORDS, is_final=is_final)
    for _ in range(data.draw(st.integers(1, 3))):
        *inner, last = data.draw(st.sampled_from(places_in(event) or [("added",)]))
        holder = event
        for step in inner:
            holder = holder[step]
        if data.draw(st.booleans()):
            holder.pop(last, None) if isinstance(holder, dict) else holder.pop(last)
        else:
            holder[last] = deepcopy(data.draw(VALUES))
    one, pool, out = desk(wire.split(maxsplit=1)[0])
    out += one.take_any(event)
    pool.close(cut=False)
    lost = sum(count for name, count in pool.counts.items() if name in LOST)
    assert len(out) + lost == 1 or (wire == "assemblyai" and len(out) == 2)
    assert all(isinstance(json.dumps(event), str) for event in out)
