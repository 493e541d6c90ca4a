"""Addresses around what the tagger found of them: numbers, flats, small words inside; and those that it passed over.

"| 12 | Oak Street | , flat 3 |".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccredact.detectors.names.utterance import SCORE, Said
from ccredact.lang.en import addresses as st
from ccredact.lang.en.words import CLASSES, FUNCTION, common_words, other_classes
from ccredact.tagger.prefilter import is_number
from ccredact.text.labels import OPAQUE
from ccredact.text.word_class import HESITATION, MEASURE, ORDINAL
from ccredact.text.words import gaps_of
from ccredact.transcript import Span

if TYPE_CHECKING:
    from ccredact.detectors.base import Context

REACH = 4
"""Words that a rule looks ahead."""
PLACES = frozenset({"STREET_ADDRESS", "LOCATION", "POSTCODE"})
_NAMED_BY = 3
"""Words between a number and the word for a street, at most."""
_DIGITS = 6
"""Figures, or words, of the number of a house at most."""
_LONGEST_UNIT = 5
_ANY_NUMBER = 2
"""Figures and words from which on a number before an everyday word and a sure word for a street is a house."""
_TWO_FILLERS = frozenset({("you", "know"), ("i", "mean")})
_JOINING = 2
"""Small words between two parts of an address, at most."""


class Addresses:
    """The addresses of one utterance."""

    __slots__ = ("_context", "_gaps", "_said", "passed")

    def __init__(self, said: Said, context: Context) -> None:
        self._said, self._context = said, context
        self._gaps: list[str] = []  # between the words, once that is needed
        self.passed: list[tuple[int, int]] = []  # places of the spans that are no addresses, unless they go on

    def with_houses(self, spans: list[Span]) -> list[Span]:
        """With numbers and streets that were passed over, or found in part."""
        found = [house for at, key in enumerate(self._said.keys) if key in st.KINDS and (house := self._house(at))]
        out: list[Span] = []
        waiting = [*spans[::-1]]
        for start, end in found:
            low, high = start + self._said.word, end + self._said.word
            while waiting and waiting[-1].end <= low:
                out.append(waiting.pop())
            touched = []
            while out and out[-1].end > low:
                touched.append(out.pop())
            while waiting and waiting[-1].start < high:
                touched.append(waiting.pop())
            low = min([low, *(span.start for span in touched)])
            high = max([high, *(span.end for span in touched)])
            streets = [span.entity for span in touched if span.label == "STREET_ADDRESS"]
            entity = streets[0] if streets else self._context.new_entity()
            out.append(Span(low, high, "STREET_ADDRESS", SCORE, entity))
        return [*out, *waiting[::-1]]

    def _house(self, kind: int) -> tuple[int, int] | None:
        """The number and the street that end with this word for a street."""
        keys = self._said.keys
        at, names = kind - 1, 0
        sure = keys[kind] in st.SURE
        rare = self._said.is_titled(kind) and self._said.is_titled(kind - 1)
        while at >= 0 and names <= _NAMED_BY and not is_number(keys[at]):
            key = keys[at]
            if key in st.NO_NAMES or key == OPAQUE or self._said.mark(at) or (key in FUNCTION and key not in st.INSIDE):
                return None
            numbered = bool((CLASSES.get(key, 0) or other_classes(key)) & ORDINAL)
            rare = rare or numbered or (key.isalpha() and key not in common_words() and key not in st.SIDES)
            names += 1
            at -= 1
        if at < 0 or not 0 < names <= _NAMED_BY or self._said.mark(at) not in ("", ","):
            return None
        first = at
        while first > 0 and (is_number(keys[first - 1]) and not self._said.mark(first - 1)):
            first -= 1
        figures = sum(len(key) if key.isdecimal() else 1 for key in keys[first : at + 1])
        if figures > _DIGITS or not (rare or (sure and figures >= _ANY_NUMBER)):
            return None
        return first, kind + 1

    def with_numbers(self, spans: list[Span]) -> list[Span]:
        """With the number before a street, and the rest of the street and the flat behind it."""
        keys = self._said.keys
        out: list[Span] = []
        for number, span in enumerate(spans):
            if span.label != "STREET_ADDRESS":
                out.append(span)
                continue
            start, end = span.start - self._said.word, span.end - self._said.word
            if out and out[-1].end == span.start and self._is_side(out[-1]):
                start = out.pop().start - self._said.word  # "north | elm"
            floor, ceiling = self._said.room(spans, number, out)
            start = self._begin(start, floor)
            if self._is_amount(start, end):
                self.passed.append((start, end))
                continue
            if (
                start > floor
                and is_number(keys[start])
                and keys[start - 1] in st.NUMBERED
                and not self._said.mark(start - 1)
            ):
                start -= 1
            whole = self._unit(self._kinds(end, ceiling), ceiling)
            end = self._counted(start, whole)
            if end < whole:  # unless it goes on behind that
                self.passed.append((end, whole))
            if end - start > 1 or keys[start] not in st.KINDS:
                out.append(self._said.span(start, end, span))
            else:  # "my hard drive"
                self.passed.append((start, end))
        return out

    def _begin(self, start: int, floor: int) -> int:
        """Where an address begins, with its number and the word for a crossing."""
        keys = self._said.keys
        low = start
        between = self._fillers(start, -1)
        if between and start - floor > between and is_number(keys[start - between - 1]):
            low -= between  # "14 um | oak street"
        while low > floor and is_number(keys[low - 1]) and self._said.mark(low - 1) in ("", ","):
            low -= 1
        start = low if start - low <= _DIGITS else start
        crosses = start - floor > 1 and keys[start - 1] == "of" and keys[start - 2] in st.CROSSINGS
        return start - 2 if crosses else start  # "corner of | fifth and main"

    def _kinds(self, end: int, ceiling: int) -> int:
        """Where an address ends with the words for a street behind it: "market | street", "market | i mean street"."""
        keys = self._said.keys
        between = self._fillers(end, 1)
        if between and end + between < ceiling and keys[end + between] in st.SURE | st.AREAS:
            end += between + 1
        while end < ceiling and self._said.mark(end - 1) == "" and (keys[end] in st.KINDS or keys[end] in st.SIDES):
            end += 1
        return end

    def _fillers(self, at: int, step: int) -> int:
        """How many words before a place (`step` -1), or from it on (1), are a filler: "um", "you know"."""
        keys = self._said.keys
        first, second = (at - 1, at - 2) if step < 0 else (at, at + 1)
        if not 0 <= first < len(keys):
            return 0
        if CLASSES.get(keys[first], 0) & HESITATION or keys[first] == "like":
            return 1
        if not 0 <= second < len(keys):
            return 0
        said = (keys[second], keys[first]) if step < 0 else (keys[first], keys[second])
        return 2 if said in _TWO_FILLERS else 0

    def _is_side(self, span: Span) -> bool:
        """Whether what was taken for a place is the first word of a street."""
        return span.end - span.start == 1 and self._said.keys[span.start - self._said.word] in st.SIDES

    def _is_amount(self, start: int, end: int) -> bool:
        """Whether it is a number that counts something: "4 bed", "two thousand six hundred | and fifty dollars"."""
        keys = self._said.keys
        at = start
        while at < min(len(keys), end + REACH) and (is_number(keys[at]) or (at >= end and keys[at] == "and")):
            at += 1
        if at == start or at == len(keys):
            return False
        if keys[at] in st.COUNTED:
            return True
        return at >= end - (keys[at] not in st.NUMBERED) and (keys[at] in st.MONEY or self._is_measure(at))

    def _is_measure(self, at: int) -> bool:
        """Whether a word measures the number before it: "ten miles", "six p m", "fifty a month"; not "12 a"."""
        keys = self._said.keys
        if not CLASSES.get(keys[at], 0) & MEASURE:
            return False
        behind = keys[at + 1] if at + 1 < len(keys) else ""
        return len(keys[at]) > 1 or behind == "m" or (len(behind) > 1 and bool(CLASSES.get(behind, 0) & MEASURE))

    def _counted(self, start: int, end: int) -> int:
        """The end of an address without a number behind it that counts something: "12 High Street | 4 bedrooms"."""
        keys = self._said.keys
        while end - 1 > start and keys[end - 1] in st.LAST:
            end -= 1
        last = end
        while last > start and keys[last - 1] in st.COUNTED:
            last -= 1
        if last == end and (last == len(keys) or keys[last] not in st.COUNTED):
            return end
        while last > start and is_number(keys[last - 1]):
            last -= 1
        return last if last > start and not st.KINDS.isdisjoint(keys[start:last]) else end

    def _unit(self, end: int, ceiling: int) -> int:
        """The end of an address with the flat behind it: "# C", "suite 350", "number a two"."""
        keys = self._said.keys
        at = end
        if at < ceiling and keys[at] in st.UNITS and self._said.mark(at - 1) in ("", ","):
            at += 1
        elif at >= ceiling or not self._is_unit(at):
            return end
        begins = at
        while at < min(ceiling, begins + _NAMED_BY) and (
            is_number(keys[at]) or len(keys[at]) == 1 or _is_mixed(keys[at])
        ):
            at += 1
            if self._said.mark(at - 1):
                break
        return at if at > begins else end

    def _is_unit(self, at: int) -> bool:
        """Whether a word by itself is a flat: "# 12", "C", "4B"."""
        key = self._said.keys[at]
        if "#" in self._said.text:
            self._gaps = self._gaps or gaps_of(self._said.text)
            if "#" in self._gaps[at]:
                return True
        if self._said.mark(at - 1) or key.isdecimal():
            return False
        return _is_mixed(key) or (
            len(key) == 1 and self._said.forms[at][0].isupper() and key != "i" and self._said.is_cased(at)
        )

    def joined(self, spans: list[Span]) -> list[Span]:
        """With the small words between two parts of an address."""
        out: list[Span] = []
        for span in spans:
            last = out[-1] if out else None
            if last is not None and last.label in PLACES and span.label in PLACES:
                between = self._said.keys[last.end - self._said.word : span.start - self._said.word]
                if 0 < len(between) <= _JOINING and st.BETWEEN.issuperset(between):
                    out[-1] = Span(last.start, span.start, last.label, SCORE, last.entity)
            out.append(span)
        return out


def _is_mixed(key: str) -> bool:
    """Whether it is the number of a flat with its letter."""
    return len(key) <= _LONGEST_UNIT and any(map(str.isdecimal, key))
