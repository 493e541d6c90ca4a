"""Span expansion: what stands around the words that the tagger found, and belongs to the same name or address.

A street with a number that the tagger passed over is found here too. Everything is a matter of one utterance: a rule
looks `REACH` words ahead at most.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccredact.detectors.names.addresses import (
    MOST_CONNECTORS,
    MOST_FIGURES,
    PLACES,
    REACH,
    AddressExpansion,
    may_join,
)
from ccredact.detectors.names.titles import (
    MOST_MISHEARD,
    behind_letters,
    is_half,
    may_be_half,
    may_lead,
    with_misheard_letters,
    with_whole_names,
)
from ccredact.lang.en.addresses import (
    BEFORE_HOUSE_NUMBERS,
    BEFORE_ONE,
    NEVER_BEHIND_NUMBERS,
    NOT_STREET_NAMES,
    ONE,
    SUFFIXES,
)
from ccredact.lang.en.words import CLASSES
from ccredact.tagger.prefilter import is_number
from ccredact.text.word_class import MULTIPLIER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccredact.detectors.base import Context
    from ccredact.detectors.names.utterance import UtteranceView
    from ccredact.transcript import Span


Settled = dict[tuple[int, int], int]
"""By the words `[start, end)` of a span the one up to which it is hidden, whatever becomes of those behind."""


class SpanExpansion:
    """Expands the spans of one utterance: call `expanded`, then, for an interim, `first_open`."""

    __slots__ = ("_addresses", "_view")

    def __init__(self, view: UtteranceView, context: Context) -> None:
        self._view = view
        self._addresses = AddressExpansion(view, context)

    def expanded(self, spans: list[Span]) -> list[Span]:
        """Return the spans with what belongs to them; both are in order and do not overlap."""
        labels = {span.label for span in spans}
        if "PERSON" in labels:
            spans = with_whole_names(self._view, with_misheard_letters(self._view, spans))
        addresses = self._addresses
        if not SUFFIXES.isdisjoint(self._view.keys):
            spans = addresses.with_untagged(spans)
            labels = {span.label for span in spans}
        if not PLACES.isdisjoint(labels):
            spans = addresses.with_numbers_and_units(spans)
            spans = addresses.joined(spans) if len(spans) > 1 else spans
        return spans

    def first_open(
        self, spans: list[Span], settled: Settled, late: int, undecided: Sequence[int], *, is_final: bool
    ) -> int:
        """Return the first place that words to come may decide about, -1 for none.

        `spans` is what `expanded` returned, `settled` says of some of it which words are hidden in any case, `late`
        is the first place that has fewer than `REACH` words behind it, and `undecided` are words that the tagger may
        tell otherwise. An interim is a guess: there every number is open.
        """
        view = self._view
        found = [at for at in undecided if at >= late][:1]
        found += [
            at
            for at in range(late, len(view.keys))
            if is_number(view.keys[at]) and not self._is_over(at, is_final=is_final)
        ][:1]
        near = view.first_word + (late - MOST_CONNECTORS if is_final else 0)  # an address that ended before is over
        found += [
            max(late, span.start - view.first_word) for span in spans if span.label in PLACES and span.end > near
        ][:1]
        found += [start for start, end in self._addresses.dropped if end >= late]
        first = min(found, default=-1)
        if 0 < first <= MOST_MISHEARD and len(view.keys[first]) == 1 and (not is_final or may_lead(view.keys[:first])):
            return 0  # letters of a name that were misheard
        floor = max([end - view.first_word for end in settled.values() if end - view.first_word <= first], default=0)
        while first > floor and self._may_lead(first - 1):
            first -= 1
        half = (first if first >= 0 else len(view.keys)) - 1
        if not is_final and half >= 0 and may_be_half(view.keys, half) and is_half(view, half):
            first = half  # of a name, if what follows is one
        if not is_final and first >= 0:
            first = behind_letters(view, spans, first)
        ends = [span.end - view.first_word for span in spans if span.label in PLACES] if is_final else []
        ends = [end for end in ends if first - MOST_CONNECTORS <= end < first]
        return min([first, *[end for end in ends if may_join(view.keys[end:first])]])

    def may_begin(self, at: int) -> bool:
        """Return whether an entity may begin with a word of a final that may be one, by what stands behind it there."""
        return not is_number(self._view.keys[at]) or not self._is_over(at, is_final=True)

    def _is_over(self, at: int, *, is_final: bool) -> bool:
        """Return whether a number cannot be that of a house whose street is to come."""
        if not is_final:
            return False
        view, keys = self._view, self._view.keys
        end = at + 1
        while end < len(keys) and is_number(keys[end]) and not view.mark(end - 1):
            end += 1
        return view.mark(end - 1) not in ("", ",") or not may_be_house(keys, at)

    def _may_lead(self, at: int) -> bool:
        """Return whether a word may belong to what stands behind it."""
        key = self._view.keys[at]
        return key in BEFORE_HOUSE_NUMBERS or is_number(key) or self._view.is_name_like(at)


def may_be_house(keys: list[str], at: int) -> bool:
    """Return whether a number in a text may be that of a house whose street is to come."""
    end, figures = at, 0
    while end < len(keys) and figures <= MOST_FIGURES and is_number(keys[end]):
        figures += _figures(keys[end])
        end += 1
    if end < len(keys) and (keys[end] in NEVER_BEHIND_NUMBERS or keys[end] in NOT_STREET_NAMES):
        return False
    while at and figures <= MOST_FIGURES and is_number(keys[at - 1]):
        at -= 1
        figures += _figures(keys[at])
    if end - at == 1 and keys[at] == ONE and at and keys[at - 1] not in BEFORE_ONE:
        return False  # "the last one"
    return 0 < figures <= MOST_FIGURES


def ends_with_house(keys: list[str]) -> bool:
    """Return whether one of the last words of a text is a number that may be that of a house."""
    for at in range(len(keys) - 1, max(-1, len(keys) - 1 - REACH), -1):
        if is_number(keys[at]):
            return may_be_house(keys, at)
    return False


def _figures(key: str) -> int:
    """Return how many figures a word of a number stands for; "double" by itself for none."""
    return len(key) if key.isdecimal() else 0 if CLASSES.get(key, 0) & MULTIPLIER else 1
