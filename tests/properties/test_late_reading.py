"""What the tagger keeps of a call waits as it came: it is read as if it had been read at once."""

from __future__ import annotations

import random
from typing import NamedTuple

from hypothesis import given

import tagged_talk
from ccredact.tagger.features import forms_of
from ccredact.tagger.history import History
from strategies import chance, made


class Step(NamedTuple):
    """A final: whether a turn begins with it, its text, whether it comes as forms, and whether one looks behind it."""

    turn: bool
    text: str
    as_forms: bool
    look: bool


def steps(rng: random.Random) -> list[Step]:
    looks, turns = rng.choice([0, 5, 50]), rng.choice([2, 30, 90])
    return [
        Step(
            turn=chance(rng, turns),
            text=rng.choice(["yes", "ok then", ""]) or tagged_talk.sentence(rng),
            as_forms=chance(rng, 30),
            look=chance(rng, looks),
        )
        for _ in range(rng.randrange(1, 120))
    ]


@given(said=made(steps))
def test_what_waits_is_read_as_if_it_had_been_read_at_once(said: list[Step]) -> None:
    late, soon = History(), History()
    for step in said:
        if step.turn:
            late.begin_turn()
            soon.begin_turn()
        late.add(forms_of(step.text) if step.as_forms else step.text)
        soon.add(step.text)
        soon.question()
        if step.look:
            late = late.copy()
            late.question()
    assert late.question() == soon.question()
    forms = forms_of("my name is Ada Obi")
    for wanted in ([0], [3, 4], [0, 4]):
        assert list(late.windows(forms, wanted)) == list(soon.windows(forms, wanted))
