"""One answer of a call: how it is asked for or announced, told, read back, corrected, said again later."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Final

from callgen import says
from callgen.marks import Style, mark
from callgen.values import VALUES, Kind, Maker, Value
from callgen.voice import GROUPS, MISREAD, WORDS, Frames, Part, Voice, another, breaths

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from callgen.wording import Line, Wording

COPIES: Final = frozenset({"read back", "repeated", "said again"})
"""The tags of what is said once more: by the other, on request, later."""
_BESIDE: Final = 0.08
"""How often an answer stands beside something that must stay: a year, an amount, a time."""
_ASKED_AGAIN: Final = 0.08
"""How often a whole answer is asked for once more."""
_YEARS: Final = 0.15
"""How often a value of four digits that comes again reads as a year: only the year comes again then, and must stay."""
_LONGEST: Final = 14
"""The most pieces in which an answer is told."""
DISTANCES: Final = {"1-5 turns later": 5, "6-15 turns later": 15, "16-30 turns later": 30, "31-60 turns later": 60}
"""The tags of how much later a value is said again, and the most turns of each."""
_MIXED: Final = 0.3
"""How often a value that comes again is written in figures where the rest of the call is in words, or in words."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the answers of one call share."""

    rng: Random
    style: Style
    wording: Wording
    country: str
    fill: Callable[[str], str]
    """Fills in the slots of what must stay: `{amount}`, `{year}`."""


class Answer:
    """One answer, by one person, under one number in its call."""

    def __init__(self, scene: Scene, kind: Kind, form: str, number: int) -> None:
        rng = scene.rng
        self.scene, self.rng, self.kind, self.form, self.number = scene, rng, kind, form, number
        self.seed = rng.random()
        self.told = kind.name + " tell" in scene.wording and rng.random() < 0.15
        self.teller, self.other = ("agent", "customer") if self.told else ("customer", "agent")
        self.voice = self._voice(scene.style)
        self.value = self._value(self.voice)
        while self.value.topic and not (self._mine("ask") or self._mine("announce")):
            self.seed = rng.random()
            self.value = self._value(self.voice)
        if form == "again" and kind.spelled and len(self.text()) == 4 and rng.random() < _YEARS:
            self.value = Value((Part(str(rng.randint(1955, 2025))),))
        if form == "misheard":
            self._mishear()

    def _voice(self, style: Style, *, but: str = "") -> Voice:
        """Draw a voice; not one that speaks as `but` does."""
        rng, kind, wording = self.rng, self.kind, self.scene.wording
        while True:
            voice = replace(Voice.new(rng, style), heard=False)
            if voice.manner == "pairs":
                voice.manner = GROUPS
            if voice.manner != but:
                break
        if not kind.spelled:
            voice.manner, voice.joint = WORDS, ", " if kind.name == "address" and style.cased else " "
        if kind.name == "spelling":
            voice.joint = rng.choice("- ") if style.figures else " "
        if not style.figures and rng.random() < 0.35:
            voice.letters = self._letters(style)
        voice.label = f"{kind.label}:{kind.name}#{self.number}"
        voice.repairs, voice.fillers = wording["repair"], wording["filler"]
        return voice

    def _letters(self, style: Style) -> dict[str, str]:
        """Name every letter: "bravo", "b as in bravo", "b for Bob"."""
        names = [line.split(" ") for line in VALUES["spelling word"]]
        self.rng.shuffle(names)
        link = self.rng.choice(("", "as in", "for", "like"))
        spelled = {letter: f"{letter.upper() if style.cased else letter} {link} {word}" for letter, word in names}
        return spelled if link else {letter: word for letter, word in names if word.startswith(letter)}

    def _value(self, voice: Voice) -> Value:
        """Make the value as a voice says it: the same facts each time."""
        return self.kind.make(Maker(Random(self.seed), self.rng, voice.style, self.scene.country, voice.zero))

    def _mishear(self) -> None:
        """Take a value of which a recogniser makes a word: 1, 2, 4, 8, and a voice that it mishears."""
        while not set("1248") & set(self.text()):
            self.seed = self.rng.random()
            self.value = self._value(self.voice)
        self.voice.heard, self.voice.manner = True, MISREAD if self.voice.style.figures else "spoken digits"
        self.voice.joint = " "

    def text(self) -> str:
        """Return the value's digits and letters, or its words."""
        return ("" if self.kind.spelled else " ").join(part.text for part in self.value.parts)

    def _line(self, section: str, **slots: str) -> str:
        return self.rng.choice(self.scene.wording[section]).format(**slots)

    def _mine(self, section: str) -> tuple[str, ...]:
        """Return the phrases of this kind, and of this topic where the value has one."""
        name = f"{self.kind.name} {section}"
        return self.scene.wording.get(f"{name} {self.value.topic}") or self.scene.wording.get(name)

    def lines(self) -> list[Line]:
        """Give the turns in which the answer is asked for and told."""
        lines, first = self._opening()
        tell: Callable[[Sequence[str]], list[Line]] = getattr(self, f"_{self.form}")
        return lines + tell(first)

    def _opening(self) -> tuple[list[Line], tuple[str, ...]]:
        """Give the question and what comes before the answer, and the frames for the answer."""
        rng, asked = self.rng, self._mine("ask")
        if self.told or (self._mine("announce") and (rng.random() < 0.3 or not asked)):
            self.voice.tags = (self.form, "told" if self.told else "announced")
            return [], self._mine("tell" if self.told else "announce")
        self.voice.tags = (self.form, "asked")
        lines: list[Line] = [("agent", rng.choice(asked))]
        if rng.random() < 0.15:
            lines += [("customer", self._line("fetch caller")), ("agent", self._line("fetch agent"))]
        if rng.random() < _BESIDE:
            return lines, tuple(self.scene.fill(frame) for frame in self.scene.wording["beside"])
        return lines, self.scene.wording["answer"]

    def _run(self, value: Value, *tags: str, voice: Voice | None = None, correct: bool = False) -> str:
        """Say a value in one piece."""
        voice = voice or self.voice
        if value.whole and not correct and (voice.style.figures or self.rng.random() < 0.5):
            return voice.marked(self.rng.choice(value.whole), *tags)
        parts = list(value.parts) if voice.manner != MISREAD else voice.tokens(value.parts)
        return voice.run(parts, *tags, correct=correct, solid=voice.manner == "typed solid")

    def _ack(self) -> list[Line]:
        return [(self.other, self._line("ack"))] if self.rng.random() < 0.85 else []

    def _one_piece(self, first: Sequence[str], *, correct: bool = False) -> list[Line]:
        said = self._run(self.value, correct=correct)
        lines: list[Line] = [(self.teller, self.rng.choice(first).format(x=said))]
        if self.rng.random() < _ASKED_AGAIN:
            again = self._line("repeat", x=self._run(self.value, "repeated"))
            lines += [(self.other, self._line("ask again")), (self.teller, again)]
        return lines + self._ack()

    def _pieces(self, first: Sequence[str], *, correct: bool = False, keep: float = 1.0) -> list[Line]:
        """Tell the answer in pieces of one to four tokens, or only the first part of it."""
        rng, wording, tokens = self.rng, self.scene.wording, self.voice.tokens(self.value.parts)
        tokens = tokens[: max(1, round(len(tokens) * keep))]
        most = max(rng.randint(1, 4 if self.kind.spelled else 2), -(-len(tokens) * 3 // (2 * _LONGEST)))
        pieces, at = list[list[Part]](), 0
        while at < len(tokens):
            pieces.append(tokens[at : at + rng.randint(max(1, most - 1), most)])
            at += len(pieces[-1])
        open_ended = [frame for frame in first if frame.rstrip(".,").endswith("{x}")]
        begin = wording["begin"] + (wording["begin number"] if self.kind.spelled else ())
        announced = "asked" not in self.voice.tags and bool(open_ended)
        frames = Frames(first, open_ended if announced else begin, wording["middle"], wording["last"])
        voice = replace(self.voice)
        if self.kind.spelled and voice.manner != MISREAD:
            voice.joint = rng.choice(("", " ")) if voice.style.figures else " "
        corrected = rng.randrange(len(pieces)) if correct else -1
        between, size = partial(self._between, voice), f"pieces of {most}"
        return breaths(voice, self.teller, pieces, frames, between, size, corrected=corrected) + self._ack()

    def _between(self, voice: Voice, piece: Sequence[Part]) -> list[Line]:
        """Give what is said between two pieces."""
        way = self.rng.choices(("ack", "go on", "echo", "agent", "caller", "again", ""), (50, 15, 12, 6, 6, 6, 5))[0]
        if way in {"ack", "go on"}:
            return [(self.other, self._line(way))]
        if way == "echo":
            return [(self.other, self._line("echo", x=voice.run(piece, "read back")))]
        if way == "again":
            said = self._line("repeat", x=voice.run(piece, "repeated"))
            return [(self.other, self._line("ask last")), (self.teller, said), (self.other, self._line("ack"))]
        if way == "caller":
            return [(self.teller, self._line("remark caller")), *self._ack()]
        return [(self.other, self._line("remark agent"))] if way else []

    def _told(self, first: Sequence[str]) -> list[Line]:
        """Tell the answer, one time in three in pieces."""
        return self._pieces(first) if self.rng.random() < 0.3 else self._one_piece(first)

    def _corrected(self, first: Sequence[str]) -> list[Line]:
        way = self.rng.choice(("inside", "pieces", "after", "after"))
        if way == "inside":
            return self._one_piece(first, correct=True)
        if way == "pieces" and "pieces" in self.kind.forms:
            return self._pieces(first, correct=True)
        wrong, right = self._wrong()
        lines: list[Line] = [(self.teller, self.rng.choice(first).format(x=self._run(wrong, "taken back")))]
        if self.rng.random() < 0.3:
            lines.append((self.other, self._line("read back", x=self._run(wrong, "read back", "taken back"))))
        else:
            lines += self._ack()
        return [*lines, (self.teller, right), *self._ack()]

    def _wrong(self) -> tuple[Value, str]:
        """Give the value with a wrong end, and the sentence that puts it right."""
        wrong, end = self._ending()
        phrase = self.rng.choice([one for one in self._mine("correct") if end or "{x}" in one])
        slots = {"x": "", "end": "", "wrong": ""}
        if "{x}" in phrase:
            slots["x"] = self._run(self.value, "put right")
        if "{end}" in phrase:
            slots["end"] = self.voice.run(end, "put right")
        if "{wrong}" in phrase:
            slots["wrong"] = self.voice.run(wrong.parts[len(wrong.parts) - 1 :], "taken back")
        return wrong, phrase.format(**slots)

    def _ending(self) -> tuple[Value, list[Part]]:
        """Give the value with its last part wrong, and that part right."""
        *head, last = self.value.parts
        if self.voice.manner == WORDS:
            return Value((*head, Part(last.other, last.lead))), [last] if head else []
        if not head and len(last.text) > 4:
            head, last = [Part(last.text[:-3])], Part(last.text[-3:])
        at = self.rng.randrange(len(last.text))
        text = last.text[:at] + another(last.text[at]) + last.text[at + 1 :]
        return Value((*head, Part(text))), [last] if head else []

    def _restarted(self, first: Sequence[str]) -> list[Line]:
        tokens = self.voice.tokens(self.value.parts)
        given = tokens[: self.rng.randint(1, max(1, len(tokens) - 1))]
        begin = self.rng.choice(self.scene.wording["begin"] if "asked" in self.voice.tags else first)
        lines: list[Line] = [(self.teller, begin.format(x=self.voice.run(given, "taken back")))]
        lines.append((self.teller, self._line("restart")))
        if self.rng.random() < 0.5:
            lines.append((self.other, self._line("fetch agent")))
        again = self.scene.wording["answer"]
        return lines + (self._pieces(again) if self.rng.random() < 0.3 else self._one_piece(again))

    def _misheard(self, first: Sequence[str]) -> list[Line]:
        """Tell the answer until the recogniser has made a word of a digit."""
        while not self.voice.slips:
            lines = self._told(first)
        return lines

    def _abandoned(self, first: Sequence[str]) -> list[Line]:
        lines = self._pieces(first, keep=self.rng.uniform(0.2, 0.8))
        return [*lines[: -1 if lines[-1][0] == self.other else None], (self.other, self._line("abandon"))]

    def _tail(self, first: Sequence[str]) -> list[Line]:
        """Tell all but the last token, and that behind it: "and a nine at the end"."""
        *tokens, last = self.voice.tokens(self.value.parts)
        if not tokens:
            return self._one_piece(first)
        said = self.rng.choice(first).format(x=self.voice.run(tokens, solid=self.voice.style.figures))
        tail = self._line("tail", x=self.voice.run([last], "tail"))
        if self.rng.random() < 0.5:
            return [(self.teller, f"{said.rstrip('.')}. {tail}"), *self._ack()]
        return [(self.teller, said), *self._ack(), (self.teller, tail), *self._ack()]

    def _read_back(self, first: Sequence[str]) -> list[Line]:
        lines, way = self._told(first), self.rng.choice(("whole", "whole", "halves", "wrong"))
        if lines[-1][0] == self.other:
            lines.pop()
        if way == "halves" and len(parts := self.value.parts) > 1:
            for some in (parts[: len(parts) // 2], parts[len(parts) // 2 :]):
                said = self._line("read back", x=self.voice.run(some, "read back"))
                lines += [(self.other, said), (self.teller, self._line("agree"))]
            return lines
        if way == "wrong" and (self.kind.spelled or all(part.other for part in self.value.parts)):
            wrong, end = self._ending()
            right = self.voice.run(end, "put right") if end else self._run(self.value, "put right")
            lines.append((self.other, self._line("read back", x=self._run(wrong, "read back", "misread"))))
            return [*lines, (self.teller, self._line("wrong", x=right)), *self._ack()]
        lines.append((self.other, self._line("read back", x=self._run(self.value, "read back"))))
        return [*lines, (self.teller, self._line("agree"))]

    def _again(self, first: Sequence[str]) -> list[Line]:
        return self._told(first)

    def later(self) -> int:
        """Return after how many turns the value comes again, 0 for never."""
        return self.rng.randint(1, max(DISTANCES.values())) if self.form == "again" else 0

    def once_more(self, number: int, distance: int) -> list[Line]:
        """Say the value again, `distance` turns later and in another form; a year only as a year that must stay."""
        rng, style, text = self.rng, self.scene.style, self.text()
        if text.isdigit() and len(text) == 4 and 1950 <= int(text) <= 2035:
            said = mark("everyday_year", says.year(int(text), style, rng))
            return [("customer", self._line("everyday year", x=said)), *self._ack()]
        if rng.random() < _MIXED and (self.kind.spelled or style.cased):  # without its marks an e-mail is none
            style = replace(style, figures=not style.figures)
        self.number = number
        voice = self._voice(style, but=self.voice.manner if style == self.scene.style else "")
        far = next((name for name, most in DISTANCES.items() if distance <= most), list(DISTANCES)[-1])
        voice.tags = ("said again", far)
        value = self.value if self.kind.spelled else self._value(voice)
        speaker = rng.choice(("agent", "customer"))
        section = "again agent" if speaker == "agent" else "again caller"
        said = self._line(section, x=self._run(value, voice=voice))
        listener = "customer" if speaker == "agent" else "agent"
        return [(speaker, said), (listener, self._line(rng.choice(("agree", "ack"))))]
