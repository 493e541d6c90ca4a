"""Random talk of dates and times, of their parts alone, and of numbers that look like them."""

from __future__ import annotations

import random

import talk
import talk_answers

BITS = (
    "monday tuesday sat today tomorrow noon midnight half quarter past to five ten eleven twenty thirty oh nine two "
    "thousand hundred and first second third fifth 5th 21st 23 rd th the of on at by in since for may march june dec "
    "christmas 2019 1986 2050 3 31 10 00 10:30 9:05am 5pm am p m pm o'clock morning evening 2024-05-01 31/12/2019 5/1 "
    "12-34-56 1145 $45 50,000 march, 3, 2019, third. uh um please dollars minutes is no and"
).split()


def phrase(rng: random.Random) -> list[str]:
    """A few words of one sort."""
    sort = rng.randrange(10)
    if sort < 6:
        return [rng.choice(BITS) for _ in range(rng.randrange(1, 9))]
    if sort < 7:
        return rng.choice(["date of birth", "when were you born", "what time", "card number is"]).split()
    return talk_answers.phrase(rng)


def turns(rng: random.Random) -> talk.Turns:
    """A call."""
    speakers: list[str | None] = rng.choice([["agent", "customer"], ["a", "b", None]])
    out: talk.Turns = []
    for _ in range(rng.randrange(2, 8)):
        speaker = rng.choice([s for s in speakers if not out or s != out[-1][0]])
        out.append((speaker, [word for _ in range(rng.randrange(1, 4)) for word in phrase(rng)]))
    return out
