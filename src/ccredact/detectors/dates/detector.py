"""Dates and times that nobody asked for: "march third", "tuesday at five", "2024-05-01", "at 10:30".

Off in most policies: then whole dates alone are looked for, of a year in which a caller may be born, since the
question is not heard where one side of a call is transcribed.

Theory. Words that may be parts of a date are kept as long as they follow each other, each as one symbol: its role in a
date (`ccredact.lang.en.dates.ROLES`) or its form (below). Another word, the end of a sentence or of the turn ends them;
then all that is kept is matched against a grammar of regular expressions over these symbols, and forgotten. The state
is what is kept: `symbols`, and for each of them its word and its key. Up to two words before the first one are
kept too, as the roles that lead into a date. `active` is true while anything is kept.

Symbols of words: `M` month, `m` month that is another word too, `q` "day" or "eve" behind a month, `O` ordinal, `W` day
of the week, `P` time of day in one word ("5pm"); `n` spoken digit but zero, `0` zero, `t` ten to nineteen, `T` tens; of
figures: `s` one digit, `d` two that may be minutes, `z` other two, `3` an hour and minutes, `Y` year, `x` no part of a
date. Symbols of gaps: `:` `/` `-` `,`. Symbols of what ends a date: `;` a sentence or clause, `$` a measure, `_` any
other word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar, Final

from ccredact.detectors.base import Context, Stateless
from ccredact.detectors.scores import DATE_SCORE
from ccredact.lang.en.cardinals import VALUES, ZEROS
from ccredact.lang.en.dates import AMBIGUOUS_MONTHS, DATE_QUESTIONS, HOLIDAY_ENDS, LEADING_ROLES, OTHER_EVENTS, ROLES
from ccredact.lang.en.words import CLASSES, FUNCTION
from ccredact.numbers.composer import read_words
from ccredact.numbers.quantity import is_unit
from ccredact.numbers.years import is_year, year_of
from ccredact.reasons import Reason
from ccredact.text import word_class as wc
from ccredact.text.forking import filled
from ccredact.text.token import Token
from ccredact.text.words import BROKEN, CLOCK, JOINED, MONEY, SLASH, gap_kind
from ccredact.transcript import Span

MOST_SYMBOLS: Final = 28
"""Symbols that are kept."""
_PAUSES: Final = 2
"""Fillers in a row that may stand inside a date."""
_LEADING_WORDS: Final = 2
_EVENT_REACH: Final = 4
"""Words before a date among which a word for another event may be."""
_DAY_DIGITS: Final = 2
_FIRST_BIRTH: Final = 1905
_LAST_BIRTH: Final = 2008
"""Years in which callers are born."""

_GAPS: Final = {CLOCK: ":", SLASH: "/", JOINED: "-", BROKEN: ","}
_CLAUSE_OVER: Final = ";"
_MEASURED: Final = "$"
_OTHER_WORD: Final = "_"
_FIGURES: Final = frozenset("sdz")
_NO_BEGINNINGS: Final = frozenset("x3z")
"""Figures that no date begins with."""
_NO_LEADS: Final = frozenset({"", "_", "f"})
_NUMBERS: Final = frozenset("ntT0sdzx3O")
"""What is no date by itself, unless a word leads into one."""
_SPOKEN: Final = frozenset("ntT0ck")
_UNITS: Final = frozenset("nO")
_MONTHS: Final = frozenset("Mm")
_OTHER_NUMBERS: Final = re.compile(r"(?:n[n0]0?|00|x|[ntT0sdzck]{7})$")
"""Numbers in a row of which none is part of a date, at the end of what is kept."""
_OTHER_SYMBOLS: Final = 7
"""Symbols of what that finds, at most."""
_NO_BIRTH: Final = frozenset({"@", "i", "e"})
"""Before the date of something that happened: "since", "until", "on"."""

_SEP: Final = "[,-]?"
_DAY: Final = "(?:TO|Tn|[OTtnsd])S?"
_FROM: Final = f"(?:{_DAY}[u&-]h?)?"
_UNTIL: Final = f"(?:[u&-]h?{_DAY})?"
"""The other day of a range: "the 3rd to the 5th of may", "march 3 to 5, 2024"."""
_YEAR: Final = "(?:Y|[tT](?:t|Tn?|0n)|nk&?(?:Tn?|[tn])?|tc(?:&?(?:Tn?|[tn]))?)"
_HOUR: Final = "(?:Tn|[ntsd])"
_MINUTE: Final = "(?:Tn?|t|0n|d)"
_HALF_DAY: Final = "(?:p|A-?B)"
_FORMS: Final = (
    f"[Mm]{_SEP}h?{_DAY}{_UNTIL}{_SEP}o?{_YEAR}",
    f"[Mm]{_SEP}o?{_YEAR}",
    rf"(?:M{_SEP}h?{_DAY}|m{_SEP}h?{_DAY}(?!\$))(?:{_UNTIL}(?=[;,&]))?",
    f"{_FROM}(?:{_DAY}{_SEP}o?M|{_DAY}om|T?Om|[sd]Sm|{_DAY}{_SEP}m(?={_SEP}{_YEAR}))(?:{_SEP}o?{_YEAR})?",
    f"[Mm]q(?:{_SEP}o?{_YEAR})?|M|(?<=i)m|(?<=[ei])[sd]m(?:u[sd]m)?|[sd][u&-][sd]m",
    "[WR]E?|N",
    "(?<=[e@fi]h)(?:T?O|[sd]S)(?=[;,@eifo])|(?<=Wh)T?O|(?<=W,h)T?O|(?<=h)T?O(?=@[tnsd])",
    "(?<=[e@fih])(?:T?O|[sd]S)[u&-]h?(?:T?O|[sd]S)(?=[;,@eifo])|[sd]/[sd][u&-][sd]/[sd]",
    "Y[-/][sd][-/][sd]|[sd][-/][sd][-/]Y|[sd]/[sd]/[dz]|(?<=e)[sd]/[sd]",
    f"[sd]:d(?::d)?{_HALF_DAY}?|(?:[sd]:)?P",
    f"(?:{_HOUR}{_MINUTE}?|3|nc(?:Tn?|t)?)(?:{_HALF_DAY}|ihE)",
    f"H[uv]{_HOUR}|(?:Tn?|[tdns])v{_HOUR}|(?<=@)(?:Tn?|[td])u{_HOUR}",
    rf"(?<=[@WRE])(?:T|{_HOUR}){_MINUTE}(?!\$|[ntT0sd])|{_HOUR}{_MINUTE}(?=e?W)",
    f"(?<=[@WRE]){_HOUR}(?=[;@eiWRE]|,(?![sdzx3]))",
    r"(?<=o)Y(?!\$)",
    rf"(?<=i){_YEAR}(?:[u-]{_YEAR})?(?!\$|[ntT0sd])",
)
_FORM: Final = "|".join(f"(?:{form})" for form in _FORMS)
_DATES: Final = re.compile(f"(?:{_FORM})(?:[,@eiofh-]{{0,3}}?(?:{_FORM}))*")
_TELLING: Final = frozenset("MmOSWRNPpAEHv@io/:-")
"""Symbols of which each form has one."""
_SHORT_YEAR: Final = "[dz](?![sdxz3])"
_WHOLE_DATE: Final = re.compile(
    f"[Mm]{_SEP}h?{_DAY}{_SEP}o?(?P<a>{_YEAR}|Tn?|(?<!-){_SHORT_YEAR})|"
    f"{_DAY}{_SEP}o?[Mm]{_SEP}o?(?P<b>{_YEAR}|Tn?|(?<!-){_SHORT_YEAR})|"
    f"(?P<c>Y)[-/][sd][-/][sd]|[sd][-/][sd][-/](?P<d>Y|{_SHORT_YEAR})"
)
"""A whole date, and where its year is."""


def _symbol(token: Token) -> str:
    """Return what a word may be in a date; "" for nothing."""
    key, classes = token.key, token.classes
    role = ROLES.get(key)
    if role is not None:
        return role
    if classes & wc.MONTH:
        return "m" if key in AMBIGUOUS_MONTHS else "M"
    if classes & wc.DAY:
        return "P" if key[0].isdecimal() else "W"
    if classes & wc.ORDINAL:
        return "O"
    if classes & wc.DIGITS:
        return _symbol_of_figure(key)
    if classes & wc.UNIT:
        return "0" if key in ZEROS else "n"
    return "t" if classes & wc.TEEN else "T" if classes & wc.TENS else ""


def _symbol_of_figure(key: str) -> str:
    """Return the same for figures: by how many there are, and whether they may be an hour and minutes, or a year."""
    if len(key) == 1:
        return "s"
    if len(key) == 2:
        return "d" if key < "60" else "z"
    if len(key) == 3:
        return "3" if key[0] in "123456789" and key[1] < "6" else "x"
    if is_year(key):
        return "Y"
    return "3" if len(key) == 4 and key[:2] < "24" and key[2] < "6" else "x"


def _year_of(keys: Sequence[str]) -> int:
    """Return the year that the words of a date's year mean; 0 for none."""
    words = [(key, wc.DIGITS if key.isdecimal() else CLASSES.get(key, 0)) for key in keys]
    return year_of("".join(readings[0] for readings in read_words(words, VALUES)))


class DateDetector(Stateless):
    """The state machine of one call.

    `births_only`: only whole dates on which somebody may be born are looked for. `asks`: it brings the phrases that ask
    for a date of any kind; `ccredact.detectors.identifiers` finds the answers, as it does for a date of birth.
    """

    guards: ClassVar[int] = wc.DIGITS | wc.UNIT | wc.TEEN | wc.TENS | wc.MONTH | wc.ORDINAL | wc.DAY | wc.MAGNITUDE

    __slots__ = (
        "_births_only", "_is_other_event", "_keys", "_last", "_no_date", "_pauses", "_turn", "_words", "active",
        "phrases", "symbols", "wake",
    )  # fmt: skip

    def __init__(self, *, births_only: bool = False, asks: bool = False) -> None:
        self._births_only = births_only
        self.phrases = DATE_QUESTIONS if asks else ""  # a short date is known by the question that it answers
        self.wake = wc.DIGITS | wc.TENS | wc.MONTH | wc.ORDINAL
        if not births_only:
            self.wake |= wc.UNIT | wc.TEEN | wc.DAY
        self.active = False
        self.symbols = ""
        self._keys: tuple[str, ...] = ()  # the key of each symbol's word, "" for none
        self._words: tuple[int, ...] = ()  # the word of each symbol; -1 for a gap, or a word before the date
        self._turn = self._last = -1  # of the last word that was kept
        self._pauses = 0  # fillers since then
        self._is_other_event = False  # whether what is kept is the date of something that is no birth
        self._no_date = -2  # the last word of numbers in a row that are no date

    def fork(self) -> DateDetector:
        """Return an independent copy."""
        return filled(DateDetector(births_only=self._births_only), self)

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Take one word; return what is decided by it."""
        classes = token.classes
        kept = bool(self.symbols)
        if self._births_only and not kept and classes & wc.DIGITS and _symbol_of_figure(token.key) in _NO_BEGINNINGS:
            return []  # as most numbers are
        out: list[Span] = []
        gap = gap_kind(token.gap)
        if kept and (token.turn != self._turn or (gap == BROKEN and not token.gap.startswith(","))):
            over = token.turn != self._turn or not classes & wc.LABEL
            out = self._end(_CLAUSE_OVER if over else _OTHER_WORD, ctx)
        if self.symbols and classes & wc.HESITATION and self._pauses < _PAUSES:
            self._pauses += 1
            return out
        symbol = "" if classes & wc.LABEL else "x" if gap == MONEY else _symbol(token)
        if token.key in HOLIDAY_ENDS and self.symbols[-1:] in _MONTHS:
            symbol = "q"
        if not symbol:
            if self.symbols:
                over = token.key in FUNCTION or bool(classes & (wc.LEAD | wc.CORRECTION))
                measured = is_unit(classes) and not over
                out += self._end(_MEASURED if measured else _CLAUSE_OVER if over else _OTHER_WORD, ctx)
        elif self.symbols or classes & self.wake:
            out += self._add(symbol, gap, token, ctx)
        return out

    def close(self, ctx: Context, *, cut: bool = False) -> list[Span]:
        """Decide what is open."""
        del cut
        return self._end(_CLAUSE_OVER, ctx) if self.symbols else []

    def open_from(self, start: int, end: int) -> int:
        """Find the first undecided word in `[start, end)`."""
        if not self.symbols:
            return end
        first = next(word for word in self._words if word >= 0)
        return max(start, first) if first < end else end

    def candidate_from(self, start: int, end: int) -> int:
        """Return the first word of what may be a date; a lone "may" or "march" is none."""
        first = self.open_from(start, end)
        lone = max(self._words[-2:-1], default=-1) < 0 and self.symbols[-1:] == "m"
        return end if lone else first

    def _add(self, symbol: str, gap: int, token: Token, ctx: Context) -> list[Span]:
        """Keep a word, behind the symbol of the gap before it, or behind the words before the date."""
        if symbol in _SPOKEN and self._no_date == token.index - 1 and not self.symbols:
            self._no_date = token.index
            return []
        out: list[Span] = []
        if symbol in _FIGURES and self.symbols[-1:] in _FIGURES and gap not in _GAPS:
            out = self._end(_OTHER_WORD, ctx)  # "2024-05-01 | 10:30"
        if not self.symbols:
            before = "".join(ctx.before(1)) if self._births_only and symbol in _FIGURES else ""
            if before.isdecimal() and len(before) <= _DAY_DIGITS:
                return out  # one of many figures in a row
            self._turn = token.turn
            self._is_other_event = self._births_only and not OTHER_EVENTS.isdisjoint(ctx.before(_EVENT_REACH))
            self.symbols = "".join(LEADING_ROLES.get(key, "_") for key in ctx.before(_LEADING_WORDS))
            self._words = (-1,) * len(self.symbols)
            self._keys = ("",) * len(self.symbols)
        elif gap in _GAPS and self._last == token.index - 1 and not (self.symbols[-1] == "T" and symbol in _UNITS):
            self._keep(_GAPS[gap], -1, "")  # not inside "sixty-six"
        self._keep(symbol, token.index, token.key)
        self._last, self._pauses, self.active = token.index, 0, True
        if _OTHER_NUMBERS.search(self.symbols[-_OTHER_SYMBOLS:]):
            self._no_date = token.index if symbol in _SPOKEN else -2
            return out + self._end(_OTHER_WORD, ctx)
        return out + self._end(_OTHER_WORD, ctx) if len(self.symbols) >= MOST_SYMBOLS else out

    def _keep(self, symbol: str, word: int, key: str) -> None:
        self.symbols += symbol
        self._words = (*self._words, word)
        self._keys = (*self._keys, key)

    def _end(self, behind: str, ctx: Context) -> list[Span]:
        """Match all that was kept, and forget it; `behind` is the symbol of what ends it."""
        out: list[Span] = []
        if self._births_only:
            if self._may_be_whole():
                out = self._births(behind, ctx)
        elif not (_TELLING.isdisjoint(self.symbols) or self._is_lone_number()):
            for match in _DATES.finditer(self.symbols + behind):
                words = [word for word in self._words[match.start() : match.end()] if word >= 0]
                if words:
                    out.append(Span(words[0], words[-1] + 1, "DATE_TIME", DATE_SCORE, ctx.new_entity(), Reason.FORM))
        self.symbols, self._words, self.active, self._pauses = "", (), False, 0
        return out

    def _is_lone_number(self) -> bool:
        """Return whether one number is kept, and nothing leads into a date before it, as is most often so."""
        alone = max(self._words[-2:-1], default=-1) < 0
        return alone and self.symbols[-2:-1] in _NO_LEADS and self.symbols[-1] in _NUMBERS

    def _may_be_whole(self) -> bool:
        """Return whether what is kept has a month, or marks between figures, as whole dates have."""
        symbols = self.symbols
        return not self._is_other_event and ("M" in symbols or "m" in symbols or "/" in symbols or "-" in symbols)

    def _births(self, behind: str, ctx: Context) -> list[Span]:
        """Find the dates on which somebody may be born."""
        out: list[Span] = []
        for match in _WHOLE_DATE.finditer(self.symbols + behind):
            start, end = next(span for span in map(match.span, "abcd") if span[0] >= 0)
            if not _FIRST_BIRTH <= _year_of(self._keys[start:end]) <= _LAST_BIRTH:
                continue
            if self.symbols[: match.start()].removesuffix("h")[-1:] not in _NO_BIRTH:
                words = [word for word in self._words[match.start() : match.end()] if word >= 0]
                out.append(Span(words[0], words[-1] + 1, "DATE_OF_BIRTH", DATE_SCORE, ctx.new_entity(), Reason.FORM))
        return out
