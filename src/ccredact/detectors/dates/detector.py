"""Dates and times that are no dates of birth: "march third", "tuesday at five", "2024-05-01", "at 10:30".

Off in most policies: then whole dates alone are looked for, of a year in which a caller may be born, since the
question is not heard where one side of a call is transcribed. What may be parts of a date is kept as long as it goes
on, one letter a word, and looked at as a whole when another word ends it: the tables below are regular expressions
over those letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from ccredact.detectors.base import Context
from ccredact.lang.en import words as en
from ccredact.lang.en.cardinals import VALUES
from ccredact.text import word_class as wc
from ccredact.text.forking import filled
from ccredact.text.token import Token
from ccredact.text.words import BROKEN, CLOCK, JOINED, MONEY, SLASH, gap_kind
from ccredact.transcript import Span

SCORE = 0.85
MOST = 28
"""Letters that are kept."""
_PAUSES = 2
"""Fillers in a row that may stand inside."""

_BEFORE = {
    **dict.fromkeys(("at", "by", "until", "till", "around", "about", "before", "after"), "@"),
    **dict.fromkeys(("in", "since", "during", "year", "from"), "i"),
    **dict.fromkeys(("morning", "afternoon", "evening", "night"), "E"),
    "on": "e", "the": "h", "of": "o", "for": "f",
}  # fmt: skip
_WORDS = {
    **_BEFORE,
    **dict.fromkeys(("am", "pm", "o'clock", "oclock"), "p"),
    **dict.fromkeys(("today", "tomorrow", "yesterday", "tonight"), "R"),
    **dict.fromkeys(("noon", "midday", "midnight"), "N"),
    **dict.fromkeys(("half", "quarter"), "H"),
    "a": "A", "p": "A", "m": "B", "past": "v", "to": "u", "hundred": "c", "thousand": "k", "and": "&",
    **dict.fromkeys(("st", "nd", "rd", "th"), "S"),
}  # fmt: skip
"""The letters of words, whatever their classes."""
_MAYBE = frozenset({"may", "march", "mar", "year's"})
"""Months that are other words too."""
_GAPS = {CLOCK: ":", SLASH: "/", JOINED: "-", BROKEN: ","}
_FEASTS = frozenset({"day", "eve"})
"""New year's eve, christmas day."""
_FIGURES = frozenset("sdz")
_DAY_FIGURES = 2
_NO_DAY = frozenset("x3z")
"""Figures that no date begins with."""
_NOTHING = frozenset({"", "_", "f"})
_NUMBERS = frozenset("ntT0sdzx3O")
"""What begins no date behind nothing that leads into one."""
_SPOKEN = frozenset("ntT0ck")
_NO_DATE = re.compile(r"(?:n[n0]0?|00|x|[ntT0sdzck]{7})$")
"""Numbers in a row of which none is part of a date."""

_SEP = "[,-]?"
_DAY = "(?:TO|Tn|[OTtnsd])S?"
_FROM = f"(?:{_DAY}[u&-]h?)?"
_UNTIL = f"(?:[u&-]h?{_DAY})?"
"""The other day of a range: "the 3rd to the 5th of may", "march 3 to 5, 2024"."""
_YEAR = "(?:Y|[tT](?:t|Tn?|0n)|nk&?(?:Tn?|[tn])?|tc(?:&?(?:Tn?|[tn]))?)"
_HOUR, _MINUTE = "(?:Tn|[ntsd])", "(?:Tn?|t|0n|d)"
_HALF_DAY = "(?:p|A-?B)"
_FORMS = (
    f"[Mm]{_SEP}h?{_DAY}{_UNTIL}{_SEP}o?{_YEAR}",
    f"[Mm]{_SEP}o?{_YEAR}",
    rf"(?:M{_SEP}h?{_DAY}|m{_SEP}h?{_DAY}(?!\$))(?:{_UNTIL}(?=[;,&]))?",
    f"{_FROM}(?:{_DAY}{_SEP}o?M|{_DAY}om|T?Om|[sd]Sm|{_DAY}{_SEP}m(?={_SEP}{_YEAR}))(?:{_SEP}o?{_YEAR})?",
    f"[Mm]q(?:{_SEP}o?{_YEAR})?|M|(?<=i)m|(?<=[ei])[sd]m(?:u[sd]m)?|[sd][u&-][sd]m",
    "[WR]E?|N",
    "(?<=[e@fi]h)(?:T?O|[sd]S)(?=[;,@eifo])|(?<=Wh)T?O|(?<=W,h)T?O|(?<=h)T?O(?=@[tnsd])",
    "Y[-/][sd][-/][sd]|[sd][-/][sd][-/]Y|[sd]/[sd]/[dz]|(?<=e)[sd]/[sd]",
    f"[sd]:d(?::d)?{_HALF_DAY}?|(?:[sd]:)?P",
    f"(?:{_HOUR}{_MINUTE}?|3|nc(?:Tn?|t)?)(?:{_HALF_DAY}|ihE)",
    f"H[uv]{_HOUR}|(?:Tn?|[tdns])v{_HOUR}|(?<=@)(?:Tn?|[td])u{_HOUR}",
    rf"(?<=[@WRE])(?:T|{_HOUR}){_MINUTE}(?!\$|[ntT0sd])|{_HOUR}{_MINUTE}(?=e?W)",
    f"(?<=[@WRE]){_HOUR}(?=[;@eiWRE]|,(?![sdzx3]))",
    r"(?<=o)Y(?!\$)",
    rf"(?<=i){_YEAR}(?!\$|[ntT0sd])",
)
_SHORT_YEAR = "[dz](?![sdxz3])"
_BIRTH = re.compile(
    f"[Mm]{_SEP}h?{_DAY}{_SEP}o?(?P<a>{_YEAR}|Tn?|(?<!-){_SHORT_YEAR})|"
    f"{_DAY}{_SEP}o?[Mm]{_SEP}o?(?P<b>{_YEAR}|Tn?|(?<!-){_SHORT_YEAR})|"
    f"(?P<c>Y)[-/][sd][-/][sd]|[sd][-/][sd][-/](?P<d>Y|{_SHORT_YEAR})"
)
"""A whole date, and where its year is."""
_BORN = range(1905, 2009)
"""Years in which callers are born."""
_EVENT_NEAR = 4
_LAST_CENTURY = 30
"""From this on a year of two figures is of the last century."""
_NO_BIRTH = frozenset({"@", "i", "e"})
_EVENTS = frozenset(
    """
version build release expires expire expiry expiration started start starts since issued dated effective bought
purchased ordered arrived ended war between renewed delivered installed
""".split()
)
"""Shortly before a date of something else."""
"""Before a date of something that happened: "since", "until", "on"."""
_ONE = "|".join(f"(?:{form})" for form in _FORMS)
_DATES = re.compile(f"(?:{_ONE})(?:[,@eiofh-]{{0,3}}?(?:{_ONE}))*")


def _letter(token: Token) -> str:
    """What a word may be in a date; "" for nothing."""
    key, classes = token.key, token.classes
    if key in _WORDS:
        return _WORDS[key]
    if classes & wc.MONTH:
        return "m" if key in _MAYBE else "M"
    if classes & wc.DAY:
        return "P" if key[0].isdecimal() else "W"
    if classes & wc.ORDINAL:
        return "O"
    if classes & wc.DIGITS:
        return _figure(key)
    if classes & wc.UNIT:
        return "n" if VALUES[key] != "0" else "0"
    return "t" if classes & wc.TEEN else "T" if classes & wc.TENS else ""


def _figure(key: str) -> str:
    if len(key) == 1:
        return "s"
    if len(key) == 2:
        return "d" if key < "60" else "z"
    if len(key) == 3:
        return "3" if key[0] in "123456789" and key[1] < "6" else "x"
    if len(key) == 4 and "1900" <= key <= "2035":
        return "Y"
    return "3" if len(key) == 4 and key[:2] < "24" and key[2] < "6" else "x"


def _year(letters: str, keys: Sequence[str]) -> int:
    """The year that some words may mean; 0 for none."""
    if letters == "Y":
        return int(keys[0])
    if letters in {"d", "z"}:
        return int(keys[0]) + (1900 if int(keys[0]) >= _LAST_CENTURY else 2000)
    rest = sum(int(VALUES.get(key, 0)) for key in keys[1:] if key not in {"thousand", "and"})
    if keys[0] == "nineteen":
        return 1900 + rest
    if letters.startswith("nk"):
        return 2000 + rest if keys[0] == "two" else 0
    if letters.startswith(("T0", "Tt")):
        return 2000 + rest if keys[0] == "twenty" else 0
    short = int(VALUES[keys[0]]) + rest if letters in {"T", "Tn"} else 0
    return 1900 + short if short >= _LAST_CENTURY else 0


class DateDetector:
    """The words that may be a date, as far as they were said; `births` looks for whole dates in the past alone.

    It is compiled, and no `Stateless`, as `TaggedDetector`.
    """

    guards: ClassVar[int] = wc.DIGITS | wc.UNIT | wc.TEEN | wc.TENS | wc.MONTH | wc.ORDINAL | wc.DAY | wc.MAGNITUDE

    __slots__ = (
        "_births",
        "_is_event",
        "_keys",
        "_last",
        "_pauses",
        "_turn",
        "_void",
        "active",
        "places",
        "text",
        "wake",
    )

    def __init__(self, *, births: bool = False) -> None:
        self._births = births
        self._is_event = False  # what is kept is the date of something
        self.wake = wc.DIGITS | wc.TENS | wc.MONTH | wc.ORDINAL
        if not births:
            self.wake |= wc.UNIT | wc.TEEN | wc.DAY
        self.text = ""
        self._keys: tuple[str, ...] = ()  # of each letter
        self.places: tuple[int, ...] = ()  # the word of each letter; -1 for what is no word of it
        self.active = False
        self._last = self._turn = -1
        self._pauses = 0
        self._void = -2  # the last word of numbers that are no date

    def fork(self) -> DateDetector:
        """Copy it, to go on independently."""
        return filled(DateDetector(births=self._births), self)

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Take one word."""
        if self._births and not self.text and _figure(token.key) in _NO_DAY and token.classes & wc.DIGITS:
            return []  # as most numbers are
        out: list[Span] = []
        gap = gap_kind(token.gap)
        if self.text and (token.turn != self._turn or (gap == BROKEN and not token.gap.startswith(","))):
            over = token.turn != self._turn or not token.classes & wc.LABEL
            out = self._end(";" if over else "_", ctx)  # a sentence or the turn is over
        if self.text and token.classes & wc.HESITATION and self._pauses < _PAUSES:
            self._pauses += 1
            return out
        letter = "" if token.classes & wc.LABEL else "x" if gap == MONEY else _letter(token)
        if token.key in _FEASTS and self.text[-1:] in {"M", "m"}:
            letter = "q"
        if not letter:
            if self.text:
                over = token.key in en.FUNCTION or bool(token.classes & (wc.LEAD | wc.CORRECTION))
                out += self._end("$" if token.classes & wc.MEASURE and not over else ";" if over else "_", ctx)
        elif self.text or token.classes & self.wake:
            out += self._add(letter, gap, token, ctx)
        return out

    def _add(self, letter: str, gap: int, token: Token, ctx: Context) -> list[Span]:
        if letter in _SPOKEN and self._void == token.index - 1 and not self.text:
            self._void = token.index
            return []
        out: list[Span] = []
        if letter in _FIGURES and self.text[-1:] in _FIGURES and gap not in _GAPS:
            out = self._end("_", ctx)  # "2024-05-01 | 10:30"
        if not self.text:
            before = "".join(ctx.before(1)) if self._births and letter in _FIGURES else ""
            if before.isdecimal() and len(before) <= _DAY_FIGURES:
                return out  # one of many figures in a row
            self._turn = token.turn
            self._is_event = self._births and not _EVENTS.isdisjoint(ctx.before(_EVENT_NEAR))
            self.text = "".join(_BEFORE.get(key, "_") for key in ctx.before(2))
            self.places = (-1,) * len(self.text)
            self._keys = ("",) * len(self.text)
        elif gap in _GAPS and self._last == token.index - 1:
            self.text += _GAPS[gap]
            self.places = (*self.places, -1)
            self._keys = (*self._keys, "")
        self.text += letter
        self.places = (*self.places, token.index)
        self._keys = (*self._keys, token.key)
        self._last, self._pauses, self.active = token.index, 0, True
        if _NO_DATE.search(self.text):
            self._void = token.index if letter in _SPOKEN else -2
            return out + self._end("_", ctx)
        return out + self._end("_", ctx) if len(self.text) >= MOST else out

    def _end(self, behind: str, ctx: Context) -> list[Span]:
        """What was kept is all: `behind` says what ends it."""
        out: list[Span] = self._born(behind, ctx) if self._births and self._is_whole() else []
        first = max(self.places[-2:-1], default=-1) < 0
        alone = first and self.text[-2:-1] in _NOTHING and self.text[-1] in _NUMBERS  # as most are
        for match in () if alone or self._births else _DATES.finditer(self.text + behind):
            words = [place for place in self.places[match.start() : match.end()] if place >= 0]
            if words:
                out.append(Span(words[0], words[-1] + 1, "DATE_TIME", SCORE, ctx.new_entity()))
        self.text, self.places, self.active, self._pauses = "", (), False, 0
        return out

    def _is_whole(self) -> bool:
        """Whether it has a month, or marks between figures, as whole dates have."""
        text = self.text
        return not self._is_event and ("M" in text or "m" in text or "/" in text or "-" in text)

    def _born(self, behind: str, ctx: Context) -> list[Span]:
        """The dates on which somebody may be born."""
        out: list[Span] = []
        for match in _BIRTH.finditer(self.text + behind):
            start, end = next(span for span in map(match.span, "abcd") if span[0] >= 0)
            keys = [key for key in self._keys[start:end] if key]
            if _year(self.text[start:end].replace("-", ""), keys) not in _BORN:
                continue
            if self.text[: match.start()].removesuffix("h")[-1:] not in _NO_BIRTH:
                words = [place for place in self.places[match.start() : match.end()] if place >= 0]
                out.append(Span(words[0], words[-1] + 1, "DATE_OF_BIRTH", SCORE, ctx.new_entity()))
        return out

    def close(self, ctx: Context, *, cut: bool = False) -> list[Span]:
        """Decide what is open."""
        del cut
        return self._end(";", ctx) if self.text else []

    def open_from(self, start: int, end: int) -> int:
        """Find the first undecided word in `[start, end)`."""
        if not self.text:
            return end
        first = next(place for place in self.places if place >= 0)
        return max(start, first) if first < end else end

    def is_open(self, entity: int) -> bool:
        """No entity of it gets another piece."""
        del entity
        return False

    def value(self, entity: int) -> str | None:
        """It knows no values."""
        del entity
        return None
