"""One call from a seed and a number: the sections of a call, filled and marked."""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING, Any

from callgen import smalltalk
from callgen.decoys import EXCHANGES, KINDS, decoy
from callgen.marks import LABELS, STYLES, turn
from callgen.payment import payment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callgen.cards import Card
    from callgen.marks import Style
    from callgen.reading import Line

_SLOT = re.compile(r"\{(\w+)\}")
WITHOUT_PAYMENT = 0.25
"""The share of calls in which nobody pays: what is hidden there is hidden in vain."""


class _Scene:
    """One call: its people, its recogniser, and everything drawn for it."""

    def __init__(self, rng: Random, style: Style) -> None:
        self.rng, self.style = rng, style
        self.said: list[Sequence[Line]] = []
        first, caller = rng.sample(smalltalk.FIRST, 2)
        self.facts = {
            "first": first,
            "caller": caller,
            "last": rng.choice(smalltalk.LAST),
            "company": rng.choice(smalltalk.COMPANY),
            "city": rng.choice(smalltalk.CITY),
            "item": rng.choice(smalltalk.ITEM),
        }

    def filled(self, exchange: Sequence[Line]) -> list[Line]:
        """Replace the slots; identifiers keep their value within one exchange."""
        said: dict[str, str] = {}

        def value(slot: re.Match[str]) -> str:
            kind = slot[1]
            if kind not in KINDS:
                return self.facts[kind]
            if kind in {"phone", "reference"}:
                return said.setdefault(kind, decoy(kind, self.rng, self.style))
            return decoy(kind, self.rng, self.style)

        return [(speaker, _SLOT.sub(value, text)) for speaker, text in exchange]

    def some(self, exchanges: Sequence[Sequence[Line]], count: int) -> list[Line]:
        """Draw that many exchanges, none twice in a call."""
        fresh = [one for one in exchanges if one not in self.said]
        drawn = self.rng.sample(fresh, count)
        self.said += drawn
        return [line for one in drawn for line in self.filled(one)]


def gold_call(seed: int, number: int) -> dict[str, Any]:
    """Make call `number` of the set `seed`: the same one whatever else is generated."""
    rng = Random(f"{seed}/{number}")
    style = rng.choices(STYLES, (4, 2, 4))[0]
    scene = _Scene(rng, style)
    lines = scene.some(smalltalk.OPENINGS, 1) + scene.some(smalltalk.REASONS, 1)
    lines += scene.some(EXCHANGES, rng.randint(0, 4)) + scene.some(smalltalk.CHAT, rng.randint(0, 3))
    cards: list[Card] = []
    if rng.random() >= WITHOUT_PAYMENT:
        paid, cards = payment(rng, style)
        lines += paid
    else:
        lines += scene.some(EXCHANGES, rng.randint(2, 5))
    lines += scene.some(smalltalk.CHAT, rng.randint(0, 2)) + scene.some(EXCHANGES, rng.randint(0, 2))
    lines += scene.some(smalltalk.CLOSINGS, 1)
    return {
        "id": f"calls-{seed}-{number}",
        "source": "generated",
        "license": "Apache-2.0",
        "style": style.name,
        "exhaustive": sorted(LABELS),
        "planted": [{"number": card.number, "code": card.code} for card in cards],
        "turns": [turn(speaker, marked, style) for speaker, marked in lines],
    }


def gold_calls(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Make the first `count` calls of the set `seed`."""
    for number in range(count):
        yield gold_call(seed, number)
