"""Address expansion: from the words that the tagger found of an address to all of it, and addresses that it missed.

"| 12 | Oak Street | , flat 3 |": numbers, units and small words inside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ccredact.detectors.names.utterance import UtteranceView
from ccredact.detectors.scores import TAGGED_SCORE
from ccredact.lang.en.addresses import (
    BEFORE_HOUSE_NUMBERS,
    CERTAIN_SUFFIXES,
    CONNECTORS,
    COUNTED_NOUNS,
    CROSSING_OF,
    CROSSINGS,
    CURRENCIES,
    DIRECTIONALS,
    DISTRICTS,
    FILLER_PAIRS,
    FILLER_WORDS,
    MERIDIEMS,
    NEVER_LAST,
    NOT_STREET_NAMES,
    NUMBER_AND,
    PART_NAMES,
    PARTICLES,
    SUFFIXES,
    UNIT_DESIGNATORS,
)
from ccredact.lang.en.dates import MERIDIEM
from ccredact.lang.en.names import PRONOUN_I
from ccredact.lang.en.prompts import CHARACTERS
from ccredact.lang.en.words import CLASSES, FUNCTION, GREETINGS, common_words, other_classes
from ccredact.numbers.quantity import is_unit
from ccredact.reasons import Reason
from ccredact.tagger.prefilter import is_number
from ccredact.text.labels import OPAQUE
from ccredact.text.word_class import HESITATION, ORDINAL
from ccredact.text.words import gaps_of
from ccredact.transcript import Span, make_span

if TYPE_CHECKING:
    from ccredact.detectors.base import Context

REACH: Final = 4
"""Words that a rule looks ahead, at most."""
PLACES: Final = frozenset({"STREET_ADDRESS", "LOCATION", "POSTCODE"})
"""Labels of the parts of an address."""
_MOST_NAMES: Final = 3
"""Words between a number and the suffix, and words of a unit, at most."""
MOST_FIGURES: Final = 6
"""Figures, or words, of the number of a house, at most."""
_SURE_FIGURES: Final = 2
"""Figures and words from which on a number before an everyday word and a certain suffix is a house."""
_LONGEST_UNIT: Final = 5
"""Characters of a unit's number with its letter."""
MOST_CONNECTORS: Final = 2
"""Words between two parts of an address, at most."""


class AddressExpansion:
    """The addresses of one utterance.

    `dropped` has the places `[start, end)` of what was taken for an address and is none, or ends before `end`: words
    to come may make it one after all, so an interim may not show it.
    """

    __slots__ = ("_context", "_gaps", "_view", "dropped")

    def __init__(self, view: UtteranceView, context: Context) -> None:
        self._view, self._context = view, context
        self._gaps: list[str] = []  # between the words, once that is needed
        self.dropped: list[tuple[int, int]] = []

    def with_untagged(self, spans: list[Span]) -> list[Span]:
        """Return the spans with numbers and streets that the tagger passed over, or found in part."""
        view = self._view
        found = [house for at, key in enumerate(view.keys) if key in SUFFIXES and (house := self._house(at))]
        out: list[Span] = []
        waiting = spans[::-1]
        for start, end in found:
            low, high = start + view.first_word, end + view.first_word
            while waiting and waiting[-1].end <= low:
                out.append(waiting.pop())
            touched: list[Span] = []
            while out and out[-1].end > low:
                touched.append(out.pop())
            while waiting and waiting[-1].start < high:
                touched.append(waiting.pop())
            low = min([low, *(span.start for span in touched)])
            high = max([high, *(span.end for span in touched)])
            streets = [span for span in touched if span.label == "STREET_ADDRESS"]
            entity = streets[0].entity if streets else self._context.new_entity()
            reason = streets[0].reason if streets else Reason.FORM
            score = max([TAGGED_SCORE, *(span.score for span in streets)])
            out.append(make_span(low, high, "STREET_ADDRESS", score, entity, reason))
        return [*out, *waiting[::-1]]

    def _house(self, suffix: int) -> tuple[int, int] | None:
        """Return the places of the number and the street that end with this suffix, None where there is no number."""
        view, keys = self._view, self._view.keys
        at, names = suffix - 1, 0
        sure = keys[suffix] in CERTAIN_SUFFIXES
        rare = view.is_title_case(suffix) and view.is_title_case(suffix - 1)
        while at >= 0 and names <= _MOST_NAMES and not is_number(keys[at]):
            key = keys[at]
            if key in NOT_STREET_NAMES or key == OPAQUE or view.mark(at) or (key in FUNCTION and key not in PARTICLES):
                return None
            numbered = bool((CLASSES.get(key, 0) or other_classes(key)) & ORDINAL)
            rare = rare or numbered or (key.isalpha() and key not in common_words() and key not in DIRECTIONALS)
            names += 1
            at -= 1
        if at < 0 or not 0 < names <= _MOST_NAMES or view.mark(at) not in ("", ","):
            return None
        first = at
        while first > 0 and (is_number(keys[first - 1]) and not view.mark(first - 1)):
            first -= 1
        figures = self._figures(first, at + 1)
        if figures > MOST_FIGURES or not (rare or (sure and figures >= _SURE_FIGURES)):
            return None
        return first, suffix + 1

    def _figures(self, start: int, end: int) -> int:
        """Return how many figures a number has; a word is one."""
        return sum(len(key) if key.isdecimal() else 1 for key in self._view.keys[start:end])

    def with_numbers_and_units(self, spans: list[Span]) -> list[Span]:
        """Return the spans with the number before a street, and the rest of the street and the unit behind it."""
        view, keys = self._view, self._view.keys
        out: list[Span] = []
        for number, span in enumerate(spans):
            start, end = span.start - view.first_word, span.end - view.first_word
            if span.label != "STREET_ADDRESS":
                if span.label == "POSTCODE":
                    start, end = self._without_greetings(start, end)
                if start < end:
                    out.append(view.resized(span, start, end))
                continue
            if out and out[-1].end == span.start and self._is_directional(out[-1]):
                start = out.pop().start - view.first_word  # "north | elm"
            floor, ceiling = view.room(spans, number, out)
            start = self._start(start, floor)
            if self._is_amount(start, end):
                self.dropped.append((start, end))
                continue
            if (
                start > floor
                and is_number(keys[start])
                and keys[start - 1] in BEFORE_HOUSE_NUMBERS
                and not view.mark(start - 1)
            ):
                start -= 1
            whole = self._unit_end(self._street_end(end, ceiling), ceiling)
            end = self._uncounted_end(start, whole)
            if end < whole:  # unless it goes on behind that
                self.dropped.append((end, whole))
            if (end - start > 1 or keys[start] not in SUFFIXES) and not self._names_parts(start, end):
                out.append(view.resized(span, start, end))
            else:  # "my hard drive"
                self.dropped.append((start, end))
        return out

    def _without_greetings(self, start: int, end: int) -> tuple[int, int]:
        """Return the places without the words at their edges that are said to the other: "hello", "thanks"."""
        keys = self._view.keys
        while start < end and keys[end - 1] in GREETINGS:
            end -= 1
        while start < end and keys[start] in GREETINGS:
            start += 1
        return start, end

    def _names_parts(self, start: int, end: int) -> bool:
        """Return whether only parts of an address are named, or characters counted: "house | and street"."""
        keys = self._view.keys[start:end]
        if NUMBER_AND not in keys:
            return False
        others = [key for key in keys if key != NUMBER_AND]
        if end < len(self._view.keys) and self._view.keys[end] in CHARACTERS:
            return all(CLASSES.get(key, 0) & ORDINAL for key in others)  # "third and fifth | character"
        return all(key in PART_NAMES or key in FUNCTION for key in others)

    def _start(self, start: int, floor: int) -> int:
        """Return where an address begins, with its number and the word for a crossing."""
        keys = self._view.keys
        low = start
        between = self._fillers_before(start)
        if between and start - floor > between and is_number(keys[start - between - 1]):
            low -= between  # "14 um | oak street"
        while low > floor and is_number(keys[low - 1]) and self._view.mark(low - 1) in ("", ","):
            low -= 1
        start = low if self._figures(low, start) <= MOST_FIGURES else start
        crosses = start - floor > 1 and keys[start - 1] == CROSSING_OF and keys[start - 2] in CROSSINGS
        return start - 2 if crosses else start  # "corner of | fifth and main"

    def _street_end(self, end: int, ceiling: int) -> int:
        """Return where a street ends with the suffixes behind it: "market | street", "market | i mean street"."""
        keys = self._view.keys
        between = self._fillers_from(end)
        if between and end + between < ceiling:
            key = keys[end + between]
            if key in CERTAIN_SUFFIXES or key in DISTRICTS:
                end += between + 1
        while end < ceiling and self._view.mark(end - 1) == "" and (keys[end] in SUFFIXES or keys[end] in DIRECTIONALS):
            end += 1
        return end

    def _fillers_before(self, at: int) -> int:
        """Return how many words before a place are a filler: "um", "you know"."""
        keys = self._view.keys
        if at < 1:
            return 0
        if _is_filler(keys[at - 1]):
            return 1
        return 2 if at > 1 and (keys[at - 2], keys[at - 1]) in FILLER_PAIRS else 0

    def _fillers_from(self, at: int) -> int:
        """Return how many words from a place on are a filler."""
        keys = self._view.keys
        if at >= len(keys):
            return 0
        if _is_filler(keys[at]):
            return 1
        return 2 if at + 1 < len(keys) and (keys[at], keys[at + 1]) in FILLER_PAIRS else 0

    def _is_directional(self, span: Span) -> bool:
        """Return whether what was taken for a place is the first word of a street."""
        return span.end - span.start == 1 and self._view.keys[span.start - self._view.first_word] in DIRECTIONALS

    def _is_amount(self, start: int, end: int) -> bool:
        """Return whether it is a number that counts something: "4 bed", "two thousand | and fifty dollars"."""
        keys = self._view.keys
        at = start
        while at < min(len(keys), end + REACH) and (is_number(keys[at]) or (at >= end and keys[at] == NUMBER_AND)):
            at += 1
        if at == start or at == len(keys):
            return False
        if keys[at] in COUNTED_NOUNS or keys[at : at + 2] in MERIDIEMS:
            return True
        return at >= end - (keys[at] not in BEFORE_HOUSE_NUMBERS) and (keys[at] in CURRENCIES or self._is_measure(at))

    def _is_measure(self, at: int) -> bool:
        """Return whether a word measures the number before it: "ten miles", "six p m", "fifty a month"; not "12 a"."""
        keys = self._view.keys
        if not is_unit(CLASSES.get(keys[at], 0)):
            return False
        behind = keys[at + 1] if at + 1 < len(keys) else ""
        return len(keys[at]) > 1 or behind == MERIDIEM or (len(behind) > 1 and is_unit(CLASSES.get(behind, 0)))

    def _uncounted_end(self, start: int, end: int) -> int:
        """Return the end of an address without a number that counts something: "12 High Street | 4 bedrooms"."""
        keys = self._view.keys
        while end - 1 > start and keys[end - 1] in NEVER_LAST:
            end -= 1
        last = end
        while last > start and keys[last - 1] in COUNTED_NOUNS:
            last -= 1
        if last == end and (last == len(keys) or keys[last] not in COUNTED_NOUNS):
            return end
        while last > start and is_number(keys[last - 1]):
            last -= 1
        return last if last > start and not SUFFIXES.isdisjoint(keys[start:last]) else end

    def _unit_end(self, end: int, ceiling: int) -> int:
        """Return the end of an address with the unit behind it: "# C", "suite 350", "number a two"."""
        keys = self._view.keys
        at = end
        if at < ceiling and keys[at] in UNIT_DESIGNATORS and self._view.mark(at - 1) in ("", ","):
            at += 1
        elif at >= ceiling or not self._is_unit(at):
            return end
        begins = at
        while at < min(ceiling, begins + _MOST_NAMES) and (
            is_number(keys[at]) or len(keys[at]) == 1 or _is_mixed(keys[at])
        ):
            at += 1
            if self._view.mark(at - 1):
                break
        return at if at > begins else end

    def _is_unit(self, at: int) -> bool:
        """Return whether a word by itself is a unit: "# 12", "C", "4B"."""
        view, key = self._view, self._view.keys[at]
        if "#" in view.text:
            self._gaps = self._gaps or gaps_of(view.text)
            if "#" in self._gaps[at]:
                return True
        if view.mark(at - 1) or key.isdecimal():
            return False
        if _is_mixed(key):
            return True
        return len(key) == 1 and view.forms[at][0].isupper() and key != PRONOUN_I and view.has_case_before(at)

    def joined(self, spans: list[Span]) -> list[Span]:
        """Return the spans with the small words between two parts of an address."""
        view = self._view
        out: list[Span] = []
        for span in spans:
            last = out[-1] if out else None
            if last is not None and last.label in PLACES and span.label in PLACES:
                between = view.keys[last.end - view.first_word : span.start - view.first_word]
                if 0 < len(between) <= MOST_CONNECTORS and CONNECTORS.issuperset(between):
                    out[-1] = make_span(last.start, span.start, last.label, last.score, last.entity, last.reason)
            out.append(span)
        return out


def may_join(keys: list[str]) -> bool:
    """Return whether the words between two parts of an address may belong to it: "12 high street | um | flat"."""
    return all(key in CONNECTORS or _is_filler(key) for key in keys) or tuple(keys) in FILLER_PAIRS


def _is_filler(key: str) -> bool:
    """Return whether a word says nothing between the parts of an address."""
    return bool(CLASSES.get(key, 0) & HESITATION) or key in FILLER_WORDS


def _is_mixed(key: str) -> bool:
    """Return whether a word is the number of a unit with its letter: "4b"."""
    return len(key) <= _LONGEST_UNIT and any(map(str.isdecimal, key))
