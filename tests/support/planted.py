"""Calls with planted numbers, and detectors that raise where a plan says so."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple
from unittest.mock import patch

from ccredact import Span, Utterance, redactor
from ccredact.detectors.base import Context, Detector, Stateless
from ccredact.detectors.cards.detector import CardDetector
from ccredact.dialogue.state import Dialogue
from ccredact.policy import Policy
from ccredact.text.token import Token
from ccredact.text.word_class import MONTH
from strategies import chance

UNITS = "zero one two three four five six seven eight nine".split()
NUMBER_WORDS = "oh ten double triple eleven twelve \\w+teen (?:twen|thir|for|fif|six|seven|eigh|nine)ty".split()
READABLE = re.compile(rf"\d|\b(?:{'|'.join(UNITS + NUMBER_WORDS)})\b")
TALK = ("thanks", "yes please", "mm-hmm", "let me check that for you", "okay go on", "that's fine", "sure")
POSITIONS = re.compile(r"\b(?:id|score|start|end|out_start|out_end|start_s|end_s)=[\d.]+")


# --- planted numbers: nothing else in these calls has a digit or a number word in it


def card_digits(rng: random.Random) -> str:
    digits = rng.choice(["4", "51", "55", "2221"])
    digits += "".join(rng.choice("0123456789") for _ in range(15 - len(digits)))
    doubled = "".join(str(int(char) * (2 - place % 2)) for place, char in enumerate(digits))
    return digits + str(-sum(map(int, doubled)) % 10)


def forms(digits: str, rng: random.Random, *, over_turns: bool) -> list[str]:
    """The pieces of a number: one utterance when there is one piece, a turn each otherwise."""
    spoken = [" ".join(UNITS[int(char)] for char in digits[at : at + 4]) for at in range(0, len(digits), 4)]
    groups = [digits[at : at + 4] for at in range(0, len(digits), 4)]
    if over_turns and chance(rng, 50):
        return rng.choice([spoken, groups])
    return rng.choice([[digits], [" ".join(groups)], ["-".join(groups)], [" ".join(spoken)]])


class Planted(NamedTuple):
    """A call, speaker and text, and the numbers in it, as their digits."""

    turns: list[tuple[str, str]]
    numbers: list[str]

    @property
    def utterances(self) -> list[Utterance]:
        """Return its finals; their ids have no digits."""
        return [Utterance(text, speaker=who, id="u" + "x" * at) for at, (who, text) in enumerate(self.turns)]


def planted(rng: random.Random) -> Planted:
    """A call with two announced cards, two that nobody announced and a security code."""
    out: list[tuple[str, str]] = []
    numbers: list[str] = []

    def read(lead: str, digits: str, *, over_turns: bool) -> None:
        numbers.append(digits)
        for at, piece in enumerate(forms(digits, rng, over_turns=over_turns)):
            out.append(("customer", f"{lead} {piece}" if at == 0 else piece))
            if at < 3:
                out.append(("agent", rng.choice(["mm-hmm", "okay", "go on"])))

    out.append(("agent", "how can i help"))
    for kind in rng.sample(["bare", "asked", "announced", "bare"], 4):
        if kind == "asked":
            out.append(("agent", "what's the card number"))
        lead = "my card number is" if kind == "announced" else rng.choice(["it's", "yeah it's"])
        read(lead, card_digits(rng), over_turns=kind != "bare" or not numbers)
        out.append(("agent", rng.choice(TALK)))
        out.append(("customer", rng.choice(TALK)))
    out.append(("agent", "and the security code on the back"))
    code = "".join(rng.choice("0123456789") for _ in range(3))
    numbers.append(code)
    out.append(("customer", "it's " + rng.choice([code, " ".join(UNITS[int(char)] for char in code)])))
    out.append(("agent", rng.choice(TALK)))
    return Planted(out, numbers)


def readable(text: str) -> list[str]:
    """Every digit and number word that stands in `text`, but for positions and labels."""
    return READABLE.findall(POSITIONS.sub("", text.replace("CREDIT_CARD_LAST4", "").lower()))


# --- detectors that raise


@dataclass
class Plan:
    """The `nth` call of `method` raises `error`; `counts` says how often each method was called."""

    method: str = ""
    nth: int = 0
    error: BaseException = field(default_factory=ValueError, repr=False)
    counts: Counter[str] = field(default_factory=Counter)
    fired: bool = False
    in_fork: bool = False

    def tick(self, method: str, *, forked: bool) -> None:
        self.counts[method] += 1
        if method == self.method and self.counts[method] == self.nth:
            self.fired, self.in_fork = True, forked or method == "fork"
            raise self.error


class Faulty:
    """A detector that does as the plan says and is otherwise the one inside."""

    def __init__(self, inner: CardDetector, plan: Plan, *, forked: bool = False) -> None:
        self.inner, self.plan, self.forked = inner, plan, forked
        self.wake, self.guards = inner.wake, inner.guards

    @property
    def active(self) -> bool:
        return self.inner.active

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        self.plan.tick("feed", forked=self.forked)
        return self.inner.feed(token, ctx)

    def follow(self, dialogue: Dialogue) -> None:
        self.inner.follow(dialogue)

    def end_turn(self, ctx: Context) -> list[Span]:
        self.plan.tick("end_turn", forked=self.forked)
        return self.inner.end_turn(ctx)

    def take_prompt(self, token: Token, ctx: Context) -> list[Span]:
        self.plan.tick("take_prompt", forked=self.forked)
        return self.inner.take_prompt(token, ctx)

    def close(self, ctx: Context, *, cut: bool = False) -> list[Span]:
        self.plan.tick("close", forked=self.forked)
        return self.inner.close(ctx, cut=cut)

    def fork(self) -> Detector:
        self.plan.tick("fork", forked=self.forked)
        return Faulty(self.inner.fork(), self.plan, forked=True)

    def open_from(self, start: int, end: int) -> int:
        self.plan.tick("open_from", forked=self.forked)
        return self.inner.open_from(start, end)

    def is_open(self, entity: int) -> bool:
        self.plan.tick("is_open", forked=self.forked)
        return self.inner.is_open(entity)

    def value(self, entity: int) -> str | None:
        self.plan.tick("value", forked=self.forked)
        return self.inner.value(entity)


class Months(Stateless):
    """A second detector, of another kind of words: it raises at its first one."""

    wake = guards = MONTH
    active = False

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        del token, ctx
        raise TimeoutError


@contextmanager
def detectors(*plans: Plan, before: tuple[Detector, ...] = ()) -> Iterator[None]:
    """Give each redactor that is made here a detector of cards for each plan, behind some others."""

    def build(policy: Policy, tagger: object, names: object) -> list[Detector]:
        del policy, tagger, names
        return [*before, *(Faulty(CardDetector(), plan) for plan in plans)]

    with patch.object(redactor, "build_detectors", build):
        yield
