"""How somebody reads a card number out: in one breath or six, corrected, restarted, read back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from callgen import says
from callgen.cards import grouped
from callgen.marks import mark

if TYPE_CHECKING:
    from random import Random

    from callgen.cards import Card
    from callgen.marks import Style

Line = tuple[str, str]
"""A speaker and a marked text."""

_FIRST = (
    "{x}.", "It's {x}.", "Yeah, it's {x}.", "Okay, so {x}.", "Sure, {x}.", "Alright, the number's {x}.",
    "Right, here we go, {x}.", "My card number is {x}.", "So that would be {x}.", "Ready? {x}.",
    "Um, it says {x}.", "On the front it's got {x}.", "{x}, that's the whole thing.", "Let me see, {x}.",
)  # fmt: skip
_BEGIN = (
    "{x}", "It's {x}", "Okay, {x}", "Sure, it starts {x}", "The first bit is {x}", "So, {x}", "Yeah, {x}",
    "Are you ready? {x}", "Alright, {x}", "It begins {x}", "Got it here, {x}",
)  # fmt: skip
_MIDDLE = (
    "{x}",
    "{x}",
    "{x}",
    "Then {x}",
    "And {x}",
    "Uh, {x}",
    "And then {x}",
    "{x}, got that?",
    "Next is {x}",
)
_LAST = (
    "{x}.",
    "{x}.",
    "And {x}.",
    "And finally {x}.",
    "Then {x}.",
    "The last ones are {x}.",
    "{x}, that's it.",
)
_NODS = (
    "Okay.", "Mm-hmm.", "Yep.", "Go on.", "Uh-huh.", "Got it.", "Right.", "Yes.", "Alright.", "Carry on.",
    "And the next?", "Keep going.", "I've got that, go ahead.", "Okay, thanks, next?",
    "Sorry, one second. Okay.",
)  # fmt: skip
_REPAIRS = (
    "no",
    "no sorry",
    "sorry",
    "wait no",
    "I mean",
    "hang on no",
    "oops",
    "correction",
    "actually",
    "not that",
)
_FILLERS = ("uh", "um", "then", "and then", "and", "er", "dash", "let me see")
_RESTARTS = (
    "Sorry, let me start over.", "Hang on, I lost my place, from the beginning.",
    "No wait, that's the wrong card.", "Oh no, that one expired, let me get the other one.",
    "Let me do that again, slower.",
)  # fmt: skip
_BACK = (
    "Let me repeat that, {x}, correct?", "So I've got {x}.", "I have {x}, is that right?",
    "Reading it back, {x}.", "That was {x}?", "Okay, {x}.", "Just to confirm, {x}.",
)  # fmt: skip
_AGREES = ("Yes.", "That's right.", "Correct.", "Yep, that's it.", "Perfect.", "Uh-huh.", "That's the one.")
_WRONG = ("No, it's {x}.", "Not quite, {x}.", "The end's wrong, it's {x}.", "Nearly, that last part is {x}.")
_ENDING = (
    "So that's the card ending {x}.", "Thank you, I see that ends in {x}.",
    "And that finishes with {x}, yes?", "Great, charging the one with the last four {x}.",
)  # fmt: skip


@dataclass
class Voice:
    """One person's way of reading digits out, as one recogniser writes it."""

    rng: Random
    style: Style
    manner: str
    zero: str
    joint: str
    heard: bool = False
    tags: tuple[str, ...] = ()

    @classmethod
    def new(cls, rng: Random, style: Style, manner: str = "") -> Voice:
        """Draw a voice; the manner says which form its numbers take."""
        if style.figures:
            manner = manner or rng.choices(("typed solid", "typed groups"), (2, 3))[0]
            joint = rng.choice((" ", " ", " ", "-", ", "))
        else:
            manner = manner or rng.choices(("spoken digits", "double-triple", "pairs"), (5, 3, 3))[0]
            joint = rng.choice((", ", " ")) if style.cased else " "
        zero = rng.choices(("oh", "zero", "nought"), (10, 10, 1))[0]
        return cls(rng, style, manner, zero, joint, rng.random() < 0.08)

    def say(self, digits: str) -> str:
        """Say some digits."""
        if self.style.figures:
            return digits
        if self.manner == "double-triple":
            return says.doubled(digits, self.zero)
        if self.manner == "pairs":
            return says.in_pairs(digits, self.zero, hyphens=self.style.hyphens)
        words = says.one_by_one(digits, self.zero)
        return says.misheard(words, self.rng) if self.heard else words

    def form(self, text: str) -> str:
        """Name the form that `text` really has."""
        if self.style.figures:
            return "typed solid" if text.isdigit() and len(text) > 12 else "typed groups"
        if self.manner == "double-triple" and not ("double" in text or "triple" in text):
            return "spoken digits"
        return self.manner

    def run(self, chunks: list[str], *tags: str, correct: bool = False, solid: bool = False) -> str:
        """Say chunks as one marked run, perhaps with a correction inside."""
        rng, said, extra = self.rng, [], [*self.tags, *tags]
        wrong_at = rng.randrange(len(chunks)) if correct else -1
        for at, chunk in enumerate(chunks):
            words = self.say(chunk)
            if at == wrong_at:
                words, extra = self._corrected(chunk), [*extra, "corrected"]
            if at and not self.style.figures and rng.random() < 0.06:
                words, extra = f"{rng.choice(_FILLERS)} {words}", [*extra, "fillers"]
            said.append(words)
        text = ("" if solid else self.joint).join(said)
        if self.heard and not self.style.figures and self.manner == "spoken digits":
            extra.append("homophones")
        return mark("CARD_NUMBER", text, self.form(text), *dict.fromkeys(extra))

    def _corrected(self, chunk: str) -> str:
        rng, repair = self.rng, self.rng.choice(_REPAIRS)
        cut = rng.randrange(0, max(1, len(chunk) - 1), 2 if self.manner == "pairs" else 1)
        right = chunk[cut : cut + 2]
        wrong = right[::-1] if right[0] != right[-1] else right[:-1] + str((int(right[-1]) + 5) % 10)
        before, after = chunk[:cut], chunk[cut + 2 :]
        if rng.random() < 0.4:
            parts = [self.say(before + wrong + after), repair, self.say(chunk)]
        else:
            parts = [self.say(before), self.say(wrong), repair, self.say(right), self.say(after)]
        comma = ", " if self.style.cased and rng.random() < 0.6 else " "
        return " ".join(part for part in parts if part).replace(f" {repair} ", f"{comma}{repair}{comma}", 1)


def read_card(voice: Voice, card: Card, *, breaths: int) -> list[Line]:
    """Give the turns in which a customer reads a card out in that many breaths, with the agent's answers."""
    rng, chunks = voice.rng, _cut(voice, card, breaths)
    lines: list[Line] = []
    corrected = rng.randrange(len(chunks)) if rng.random() < 0.16 else -1
    if breaths > 1 and rng.random() < 0.08:
        given = rng.randint(1, len(chunks) - 1)
        lines += _breaths(voice, chunks[:given], -1, "restarted")
        lines.append(("customer", rng.choice(_RESTARTS)))
        lines.append(("agent", rng.choice(("No problem.", "That's fine, whenever you're ready.", "Take your time."))))
    return lines + _breaths(voice, chunks, corrected)


def _cut(voice: Voice, card: Card, breaths: int) -> list[list[str]]:
    """Share the digits out over the breaths: one list of chunks a breath."""
    rng, groups = voice.rng, grouped(card.number, card.brand.groups)
    if rng.random() < 0.2 and breaths > 1 and voice.manner != "pairs":
        size, at, groups = (len(card.number) + breaths - 1) // breaths, 0, []
        while at < len(card.number):
            step = max(1, size + rng.choice((-1, 0, 0, 1)))
            groups.append(card.number[at : at + step])
            at += step
    while len(groups) < breaths:
        longest = max(range(len(groups)), key=lambda at: len(groups[at]))
        half = (len(groups[longest]) + 1) // 2
        groups[longest : longest + 1] = [groups[longest][:half], groups[longest][half:]]
    cuts = sorted(rng.sample(range(1, len(groups)), min(breaths, len(groups)) - 1))
    return [groups[a:b] for a, b in zip([0, *cuts], [*cuts, len(groups)], strict=True)]


def _breaths(voice: Voice, chunks: list[list[str]], corrected: int, *tags: str) -> list[Line]:
    rng, lines = voice.rng, []
    if len(chunks) > 1:
        tags = (*tags, "over several turns")
    for at, breath in enumerate(chunks):
        if len(chunks) == 1:
            frame = rng.choice(_FIRST)
        else:
            frame = rng.choice(_BEGIN if at == 0 else _LAST if at == len(chunks) - 1 else _MIDDLE)
        if at:
            lines.append(("agent", _nod(voice, chunks[at - 1])))
        solid = voice.manner == "typed solid"
        lines.append(("customer", frame.format(x=voice.run(breath, *tags, correct=at == corrected, solid=solid))))
    return lines


def _nod(voice: Voice, heard: list[str]) -> str:
    rng = voice.rng
    if rng.random() < 0.15:
        echo = voice.run(heard, "read back", "over several turns")
        return rng.choice((f"{echo}, okay.", f"{echo}.", f"Yep, {echo}.", f"{echo}, and?"))
    return rng.choice(_NODS)


def read_back(voice: Voice, card: Card) -> list[Line]:
    """Give the turns in which the agent repeats the number, sometimes wrongly."""
    rng, groups = voice.rng, grouped(card.number, card.brand.groups)
    way = rng.choices(("all", "wrong", "halves", "last four"), (4, 2, 2, 3))[0]
    if way == "last four":
        tail = voice.say(card.number[-4:])
        ending = mark("CARD_NUMBER", tail, voice.form(tail), "read back", "last four")
        return [("agent", rng.choice(_ENDING).format(x=ending)), ("customer", rng.choice(_AGREES))]
    if way == "halves":
        first, rest = voice.run(groups[:2], "read back"), voice.run(groups[2:], "read back")
        return [
            ("agent", f"So that's {first}."), ("customer", rng.choice(_AGREES)),
            ("agent", f"And {rest}."), ("customer", rng.choice(_AGREES)),
        ]  # fmt: skip
    if way == "wrong":
        tail = groups[-1]
        other = tail[:-1] + str((int(tail[-1]) + rng.randint(1, 9)) % 10)
        told = voice.run([*groups[:-1], other], "read back", "misread")
        fixed = voice.run([tail], "corrected")
        return [
            ("agent", rng.choice(_BACK).format(x=told)), ("customer", rng.choice(_WRONG).format(x=fixed)),
            ("agent", rng.choice(("Thank you.", "Got it, sorry.", "Okay, fixed that.")))
        ]  # fmt: skip
    whole = voice.run(groups, "read back", solid=voice.manner == "typed solid")
    return [("agent", rng.choice(_BACK).format(x=whole)), ("customer", rng.choice(_AGREES))]
