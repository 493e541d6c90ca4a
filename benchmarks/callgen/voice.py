"""How one person says a value and how one recogniser writes it: groups, pairs, doubles, letters, corrections."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from callgen import says
from callgen.marks import NEUTRAL, mark
from callgen.wording import Line, sections

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from random import Random

    from callgen.marks import Style

PAYMENT: Final = sections("payment")
WORDS: Final = "words"
"""The manner of a value whose parts are words already: a name, a date, an address."""
GROUPS: Final = "pairs and hundreds"
"""The manner of those who say pairs, of an odd group the first digit alone, and "nine hundred"."""
MISREAD: Final = "typed misheard"
"""The manner of figures of which some came out as words."""
_HOMOPHONES: Final = {"1": "won", "2": "to", "4": "for", "8": "ate"}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a value: a printed group of digits and capital letters to be read out, or words."""

    text: str
    lead: str = ""
    """What joins it to the part before and is none of it where it comes first: "dot", "of"."""
    other: str = ""
    """What words are taken back for it in a correction."""


@dataclass
class Voice:
    """One person's way of reading a value out, as one recogniser writes it."""

    rng: Random
    style: Style
    manner: str
    zero: str
    joint: str
    heard: bool = False
    tags: tuple[str, ...] = ()
    label: str = "CARD_NUMBER"
    letters: Mapping[str, str] | None = None
    """How letters are named, by letter: "B as in boy"; None where they are said alone."""
    slips: list[str] = field(default_factory=list)
    """The digits that came out as words, shared by the voices of one answer."""
    repairs: Sequence[str] = PAYMENT["repairs"]
    fillers: Sequence[str] = PAYMENT["fillers"]

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

    def say(self, text: str) -> str:
        """Say digits and letters; words are themselves."""
        if self.manner == WORDS:
            return text
        if self.style.figures:
            return self._misread(text) if self.manner == MISREAD else text
        return " ".join(
            self._digits(run) if run[0].isdigit() else self._spell(run) for run in re.findall(r"\d+|\D+", text)
        )

    def _digits(self, digits: str) -> str:
        if self.manner == "double-triple":
            return says.doubled(digits, self.zero)
        if self.manner == "pairs":
            return says.in_pairs(digits, self.zero, hyphens=self.style.hyphens)
        if self.manner == GROUPS:
            return says.in_groups(digits, self.zero, hyphens=self.style.hyphens)
        words = says.one_by_one(digits, self.zero)
        heard = says.misheard(words, self.rng) if self.heard else words
        self.slips += [digits] * (heard != words)
        return heard

    def _spell(self, letters: str) -> str:
        names = self.letters or {}
        return " ".join(names.get(letter.lower(), letter) for letter in letters)

    def _misread(self, text: str) -> str:
        rng = self.rng
        heard = [_HOMOPHONES[char] if char in _HOMOPHONES and rng.random() < 0.3 else char for char in text]
        self.slips += [text] * (heard != list(text))
        return " ".join(heard)

    def tokens(self, parts: Sequence[Part]) -> list[Part]:
        """Cut parts into what is said in one go: a digit, "double four", a letter, a word."""
        if self.manner == WORDS:
            return list(parts)
        runs = [run for part in parts for run in re.findall(r"\d+|\D", part.text)]
        return [
            Part(token)
            for run in runs
            for token in (says.in_one_go(run, self.manner) if run.isdigit() and not self.style.figures else run)
        ]

    def form(self, text: str) -> str:
        """Name the form that `text` really has."""
        if self.manner == WORDS:
            return WORDS
        if self.style.figures:
            return "typed solid" if text.isalnum() and len(text) > 12 else "typed groups"
        if self.manner == "double-triple" and not ("double" in text or "triple" in text):
            return "spoken digits"
        return self.manner

    def marked(self, text: str, *tags: str) -> str:
        """Mark a text as this voice's."""
        return mark(self.label, text, self.form(text), *dict.fromkeys((*self.tags, *tags)))

    def run(self, parts: Sequence[Part], *tags: str, correct: bool = False, solid: bool = False) -> str:
        """Say parts as one marked run, perhaps with a correction inside."""
        rng, said, extra = self.rng, [], list(tags)
        wrong_at = rng.randrange(len(parts)) if correct else -1
        for at, part in enumerate(parts):
            words = self.say(part.text)
            if at == wrong_at:
                words, extra = self._corrected(part), [*extra, "corrected"]
            if at and part.lead:
                words = f"{part.lead} {words}"
            if at and not self.style.figures and rng.random() < 0.06:
                words, extra = f"{rng.choice(self.fillers)} {words}", [*extra, "fillers"]
            said.append(words)
        text = ("" if solid else self.joint).join(said)
        if self.heard and self.manner == "spoken digits":
            extra.append("homophones")
        lead = f"{mark(NEUTRAL, parts[0].lead)} " if parts[0].lead else ""
        return lead + self.marked(text, *extra)

    def _corrected(self, part: Part) -> str:
        rng, repair, chunk = self.rng, self.rng.choice(self.repairs), part.text
        if self.manner == WORDS:
            said = [part.other, repair, chunk]
        else:
            cut = rng.randrange(0, max(1, len(chunk) - 1), 2 if self.manner == "pairs" else 1)
            right = chunk[cut : cut + 2]
            wrong = right[::-1] if right[0] != right[-1] else right[:-1] + another(right[-1])
            before, after = chunk[:cut], chunk[cut + 2 :]
            if rng.random() < 0.4:
                said = [self.say(before + wrong + after), repair, self.say(chunk)]
            else:
                said = [self.say(before), self.say(wrong), repair, self.say(right), self.say(after)]
        comma = ", " if self.style.cased and rng.random() < 0.6 else " "
        return " ".join(one for one in said if one).replace(f" {repair} ", f"{comma}{repair}{comma}", 1)


def another(char: str) -> str:
    """Give another digit for a digit, another letter for a letter."""
    return str((int(char) + 5) % 10) if char.isdigit() else chr((ord(char) - ord("A") + 5) % 26 + ord("A"))


@dataclass(frozen=True, slots=True)
class Frames:
    """The sentences around a value that is said at once, or around its first, middle and last piece."""

    first: Sequence[str]
    begin: Sequence[str]
    middle: Sequence[str]
    last: Sequence[str]


def breaths(
    voice: Voice,
    speaker: str,
    pieces: Sequence[Sequence[Part]],
    frames: Frames,
    between: Callable[[Sequence[Part]], Sequence[Line]],
    *tags: str,
    corrected: int = -1,
) -> list[Line]:
    """Give the turns of a value that is read out piece by piece, with what is said between."""
    rng, lines = voice.rng, list[Line]()
    for at, piece in enumerate(pieces):
        if len(pieces) == 1:
            frame = rng.choice(frames.first)
        else:
            frame = rng.choice(frames.begin if at == 0 else frames.last if at == len(pieces) - 1 else frames.middle)
        if at:
            lines += between(pieces[at - 1])
        solid = voice.manner == "typed solid"
        said = voice.run(piece, *tags, correct=at == corrected, solid=solid)
        lines.append((speaker, frame.format(x=said)))
    return lines
