"""A made-up recogniser: what it says of a call on its way, with all that real ones do to those who listen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import talk
from ccredact import Utterance
from ccredact.live.adapter import Heard, Kind
from strategies import chance

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator


@dataclass
class Sound:
    """An utterance on its way: the interims and, unless it is lost, the final, in the order in which they come."""

    final: Utterance
    events: list[Heard] = field(default_factory=list)


def hypotheses(final: Utterance, rng: random.Random) -> Iterator[Utterance]:
    """Interims of an utterance: they grow, shrink, and end with words that will be revised."""
    words = final.text.split()
    at = 0
    while at < len(words):
        at = max(1, min(len(words), at + 3 - rng.randrange(5)))
        wrong = [rng.choice(talk.UNITS + talk.BITS + talk.TALK) for _ in range(rng.randrange(3))] * chance(rng, 30)
        yield replace(final, text=" ".join([*words[:at], *wrong]), is_final=False)
        if chance(rng, 15):
            break


def sound(final: Utterance, rng: random.Random) -> Sound:
    """All that a recogniser says of one utterance."""
    events = [Heard("call", interim) for interim in hypotheses(final, rng)]
    if chance(rng, 10):  # renumbered: its interims had another id, and that has no final
        events = [Heard("call", replace(e.utterance, id=f"old {final.id}")) for e in events if e.utterance is not None]
    if chance(rng, 15):  # a final that is announced to be replaced, formatted otherwise
        events.append(Heard("call", replace(final, text=final.text.lower()), Kind.PROVISIONAL))
        if chance(rng, 30):  # and withdrawn
            events += [Heard("call", interim) for interim in hypotheses(final, rng)]
    events.append(Heard("call", final))
    if chance(rng, 15):  # twice
        events.append(events[-1])
    if chance(rng, 10):  # late
        events += [Heard("call", interim) for interim in hypotheses(final, rng)]
    if chance(rng, 10):  # lossy
        events = [
            event for event in events if not (event.utterance and not event.utterance.is_final) or chance(rng, 50)
        ]
    return Sound(final, events)


def recognised(finals: list[Utterance], rng: random.Random) -> list[Heard]:
    """A call as it comes: utterances of two channels are on their way at once, and some events are out of order."""
    waiting = [sound(replace(final, id=str(number)), rng).events for number, final in enumerate(finals)]
    out: list[Heard] = []
    while waiting:
        at = rng.randrange(min(2, len(waiting)))
        out.append(waiting[at].pop(0))
        if not waiting[at]:
            del waiting[at]
        if len(out) > 1 and chance(rng, 5):
            out[-1], out[-2] = out[-2], out[-1]
    return out
