"""One call from a seed and a number: the sections of a call, filled and marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any, Final

from callgen import smalltalk
from callgen.answers import Answer, Scene
from callgen.decoys import EXCHANGES, KINDS, decoy
from callgen.marks import CARD_LABELS, LABELS, STYLES, mark, turn
from callgen.payment import payment
from callgen.values import COUNTRIES, FORMS
from callgen.values import KINDS as ENTITIES
from callgen.wording import exchange, wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callgen.cards import Card
    from callgen.marks import Style
    from callgen.wording import Line

_SLOT = re.compile(r"\{(\w+)\}")
WITHOUT_PAYMENT = 0.25
"""The share of payment calls in which nobody pays: what is hidden there is hidden in vain."""
STAYS: Final = frozenset("amount big clock count day flight mic minutes model seat year".split())
"""The decoys that stay where everything personal is hidden."""
_TALK_MAY: Final = STAYS | {"first", "caller", "last", "company", "item"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is told in the calls, in which forms, and in which half of the wording."""

    kinds: tuple[str, ...] = tuple(ENTITIES)
    forms: tuple[str, ...] = FORMS
    half: str = "all"


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
                return self.facts.get(kind, slot[0])
            if kind in {"phone", "reference"}:
                return said.setdefault(kind, decoy(kind, self.rng, self.style))
            return decoy(kind, self.rng, self.style)

        return [(speaker, _SLOT.sub(value, text)) for speaker, text in exchange]

    def some(self, exchanges: Sequence[Sequence[Line]], count: int) -> list[Line]:
        """Draw that many exchanges, none twice in a call before all were said."""
        fresh = [one for one in exchanges if one not in self.said]
        if len(fresh) < count:
            self.said, fresh = [], list(exchanges)
        drawn = self.rng.sample(fresh, count)
        self.said += drawn
        return [line for one in drawn for line in self.filled(one)]


def gold_call(seed: int, number: int, plan: Plan | None = None) -> dict[str, Any]:
    """Make call `number` of the set `seed`, the same one whatever else is generated: a payment, or what is planned."""
    if plan is not None:
        return _answers_call(seed, number, plan)
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
        "exhaustive": sorted(CARD_LABELS),
        "planted": [{"number": card.number, "code": card.code} for card in cards],
        "turns": [turn(speaker, marked, style) for speaker, marked in lines],
    }


def gold_calls(count: int, seed: int, plan: Plan | None = None) -> Iterator[dict[str, Any]]:
    """Make the first `count` calls of the set `seed`."""
    for number in range(count):
        yield gold_call(seed, number, plan)


def _harmless(exchanges: Sequence[Sequence[Line]]) -> list[Sequence[Line]]:
    """Keep the exchanges in which nothing but names has to be hidden."""
    return [one for one in exchanges if all(_TALK_MAY.issuperset(_SLOT.findall(text)) for _, text in one)]


def _answers_call(seed: int, number: int, plan: Plan) -> dict[str, Any]:
    """Make a call in which two to four things are asked for or announced, each of another kind."""
    rng = Random(f"{seed}/{number}/{plan.half}")
    style, phrases = rng.choices(STYLES, (4, 2, 4))[0], wording(plan.half)
    kinds = [kind for name in plan.kinds if set(plan.forms) & set((kind := ENTITIES[name]).forms)]
    country = rng.choice([one for one in COUNTRIES if any(one in kind.countries for kind in kinds)])
    scene = _Scene(rng, style)
    for fact in ("first", "caller", "last"):
        scene.facts[fact] = mark("PERSON:name_aside#0", scene.facts[fact], "aside")
    told = Scene(rng, style, phrases, country, lambda text: scene.filled([("", text)])[0][1])
    talk = _harmless([*EXCHANGES, *smalltalk.CHAT, *map(exchange, phrases["talk"])])
    turns: list[tuple[str, Line]] = []
    due: list[tuple[int, int, Answer]] = []
    planted: list[dict[str, Any]] = []

    def add(about: str, lines: Sequence[Line]) -> None:
        turns.extend((about, line) for line in lines)
        for at, begun, answer in [one for one in due if one[0] <= len(turns)]:
            due.remove((at, begun, answer))
            lines = answer.once_more(100 + answer.number, len(turns) - begun)
            turns.extend((answer.kind.name, line) for line in lines)

    add("talk", scene.some(_harmless(smalltalk.OPENINGS), 1))
    add("talk", scene.some(_harmless(smalltalk.REASONS), rng.randint(0, 1)) + scene.some(talk, rng.randint(0, 2)))
    pool = [kind for kind in kinds if country in kind.countries]
    for at in range(1, min(rng.randint(2, 4), len(pool)) + 1):
        kind = rng.choices(pool, [kind.weight for kind in pool])[0]
        pool.remove(kind)
        answer = Answer(told, kind, rng.choice([form for form in plan.forms if form in kind.forms]), at)
        add(kind.name, answer.lines())
        planted.append({"answer": at, "kind": kind.name, "text": answer.text()})
        if later := answer.later():
            due.append((len(turns) + later, len(turns), answer))
        add("talk", scene.some(talk, rng.randint(0, 2)))
    while due:
        add("talk", scene.some(talk, 1))
    add("talk", scene.some(_harmless(smalltalk.CLOSINGS), 1))
    return {
        "id": f"calls-{seed}-{number}",
        "source": "generated",
        "license": "Apache-2.0",
        "style": style.name,
        "exhaustive": sorted(LABELS),
        "planted": planted,
        "turns": [{**turn(speaker, marked, style), "about": about} for about, (speaker, marked) in turns],
    }
