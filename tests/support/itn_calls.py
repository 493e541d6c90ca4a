"""Calls of `benchmarks/calls.py` about one answer, plain and as a recogniser writes it, and what that leaves of it."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from callgen.answers import Answer, Scene
from callgen.decoys import KINDS as DECOYS
from callgen.decoys import decoy
from callgen.marks import STYLES as RECOGNISERS
from callgen.marks import turn
from callgen.values import FORMS, KINDS
from callgen.wording import wording
from case_files import Line
from ccredact import Utterance
from field_cases import redactor
from itn import STYLES, Written, written
from shares import labels_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callgen.values import Kind

FIGURES: Final = next(style for style in RECOGNISERS if style.figures)
NUMERIC: Final = tuple(
    name for name, kind in KINDS.items() if (kind.spelled and name != "spelling") or name in {"expiry", "birth_date"}
)
"""The kinds of answers that are numbers, codes or dates."""
SECRET: Final = ("card", "expiry", "cvv", "last_four", "pin", "otp")
"""Those that no policy shows."""
_FORMS: Final = frozenset(FORMS) - {"misheard", "corrected", "again"}
"""How an answer is told here: not with words for digits, or a correction, inside."""
_SLOT: Final = re.compile(r"\{(\w+)\}")

Call = list[Line]


class Formatted(NamedTuple):
    """A call as a recogniser writes it."""

    call: Call
    bearers: list[list[Written]]
    """For each mark of each turn."""

    def __str__(self) -> str:
        return "\n".join(f"{line.speaker}: {line.text}" for line in self.call)


def plain_call(kind: Kind, rng: random.Random) -> Call:
    """Make a call about one answer in figures, without any format but groups."""

    def fill(text: str) -> str:
        return _SLOT.sub(lambda slot: decoy(slot[1], rng, FIGURES) if slot[1] in DECOYS else slot[0], text)

    scene = Scene(rng, FIGURES, wording("seen"), rng.choice(kind.countries), fill)
    form = rng.choice([form for form in kind.forms if form in _FORMS])
    turns = [turn(speaker, marked, FIGURES) for speaker, marked in Answer(scene, kind, form, 1).lines()]
    return [
        Line(
            one["speaker"],
            one["text"],
            tuple((entity["label"], entity["start"], entity["end"]) for entity in one["entities"]),
        )
        for one in turns
    ]


def formatted(call: Call, style: str, rng: random.Random) -> Formatted:
    """Write every marked text of a call in a style."""
    lines, bearers = [], []
    for line in call:
        text, at, marks, found = "", 0, [], []
        for label, start, end in line.marks:
            text += line.text[at:start]
            found.append(written(line.text[start:end], style, rng))
            marks.append((label, len(text), len(text) + len(found[-1].text)))
            text, at = text + found[-1].text, end
        lines.append(Line(line.speaker, text + line.text[at:], tuple(marks)))
        bearers.append(found)
    return Formatted(lines, bearers)


def hidden_in(call: Call, policy: str) -> list[list[bool]]:
    """Return whether each character of each turn is hidden."""
    segments = redactor(policy).redact_call([Utterance(line.text, speaker=line.speaker) for line in call])
    return [
        [label is not None for label in labels_of(line, [segment])]
        for line, segment in zip(call, segments, strict=True)
    ]


@dataclass
class Count:
    """What became of answers that are formatted, over the calls that were counted."""

    told: int = 0
    """Letters and digits of answers."""
    letters: int = 0
    """Those of them that are hidden without formatting."""
    left: int = 0
    """Those of these that are left with it."""
    words: int = 0
    """Words beside the answer in its turns."""
    hidden: int = 0
    """Those of them that are hidden."""
    wrong: list[tuple[Line, list[bool]]] = field(default_factory=list)
    """Turns in which something is left, and which of their characters are hidden."""

    @property
    def of_plain(self) -> float:
        """What is left without formatting, in percent."""
        return 100 * (1 - self.letters / max(1, self.told))

    @property
    def of_letters(self) -> float:
        """What is left, in percent."""
        return 100 * self.left / max(1, self.letters)

    @property
    def of_words(self) -> float:
        """Words beside answers that are hidden, in percent."""
        return 100 * self.hidden / max(1, self.words)

    def shown(self, most: int = 10) -> str:
        """Show some turns in which something is left, with `_` for what is hidden."""
        return "\n".join(
            "".join("_" if hidden else char for char, hidden in zip(line.text, now, strict=True))
            for line, now in self.wrong[:most]
        )

    def add(self, other: Count) -> None:
        """Add the counts of another."""
        self.told += other.told
        self.letters += other.letters
        self.left += other.left
        self.words += other.words
        self.hidden += other.hidden
        self.wrong += other.wrong

    def take(self, plain: Call, before: Sequence[Sequence[bool]], one: Formatted, policy: str) -> int:
        """Count a call, of which `before` is what is hidden without formatting, and return how much is left."""
        if [line.text for line in plain] == [line.text for line in one.call]:
            return 0
        left = 0
        after = hidden_in(one.call, policy)
        for line, hid, line_now, now, bearers in zip(plain, before, one.call, after, one.bearers, strict=True):
            left_here = 0
            for mark, mark_now, written_now in zip(line.marks, line_now.marks, bearers, strict=True):
                places = [at for at in range(mark[1], mark[2]) if line.text[at].isalnum()]
                for at, (start, end) in zip(places, written_now.bearers, strict=True):
                    shown = not all(now[mark_now[1] + start : mark_now[1] + end])
                    self.told += 1
                    self.letters += hid[at]
                    left_here += hid[at] and shown
            if left_here:
                self.wrong.append((line_now, now))
            left += left_here
            self._count_words(line_now, now)
        self.left += left
        return left

    def _count_words(self, line: Line, now: Sequence[bool]) -> None:
        for word in re.finditer(r"\w[\w']*", line.text) if line.marks else ():
            inside = any(start < word.end() and word.start() < end for _, start, end in line.marks)
            self.words += not inside
            self.hidden += not inside and any(now[word.start() : word.end()])


@cache
def counted(policy: str, answers: int) -> dict[tuple[str, str], Count]:
    """Count so many answers of every kind in every style: by kind and style."""
    out: dict[tuple[str, str], Count] = {}
    for name in SECRET if policy == "pci" else NUMERIC:
        counts = {style: Count() for style in STYLES}
        for number in range(answers):
            call = plain_call(KINDS[name], random.Random(f"{name} {number}"))
            before = hidden_in(call, policy)
            for style, count in counts.items():
                rng = random.Random(f"{name} {number} {style}")
                count.take(call, before, formatted(call, style, rng), policy)
        out |= {(name, style): count for style, count in counts.items()}
    return out
