"""Span expansion: what stands around the words that the tagger found, and belongs to the same name or address.

A street with a number that the tagger passed over is found here too. Everything is a matter of one utterance: a rule
looks `REACH` words ahead at most.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccredact.detectors.names.addresses import MOST_CONNECTORS, PLACES, AddressExpansion
from ccredact.detectors.names.titles import MOST_MISHEARD, with_misheard_letters, with_titles
from ccredact.lang.en.addresses import BEFORE_HOUSE_NUMBERS, SUFFIXES
from ccredact.lang.en.names import TITLES
from ccredact.tagger.prefilter import is_number

if TYPE_CHECKING:
    from ccredact.detectors.base import Context
    from ccredact.detectors.names.utterance import UtteranceView
    from ccredact.transcript import Span


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
            spans = with_titles(self._view, with_misheard_letters(self._view, spans))
        addresses = self._addresses
        if not SUFFIXES.isdisjoint(self._view.keys):
            spans = addresses.with_untagged(spans)
            labels = {span.label for span in spans}
        if not PLACES.isdisjoint(labels):
            spans = addresses.with_numbers_and_units(spans)
            spans = addresses.joined(spans) if len(spans) > 1 else spans
        return spans

    def first_open(self, spans: list[Span], late: int, undecided: int) -> int:
        """Return the first place that words to come may decide about, -1 for none.

        `spans` is what `expanded` returned, `late` the first place that has fewer than `REACH` words behind it, and
        `undecided` the first word there that the tagger may tell otherwise (-1: none).
        """
        view = self._view
        numbers = [at for at in range(late, len(view.keys)) if is_number(view.keys[at])]
        near = view.first_word + late - MOST_CONNECTORS  # an address that ended before is over
        places = [
            max(late, span.start - view.first_word) for span in spans if span.label in PLACES and span.end >= near
        ][:1]
        places += [start for start, end in self._addresses.dropped if end >= late]
        first = min([undecided, *numbers[:1], *places] if undecided >= 0 else [*numbers[:1], *places], default=-1)
        if 0 < first <= MOST_MISHEARD and len(view.keys[first]) == 1:
            return 0  # letters of a name that were misheard
        while first > 0 and self._may_lead(first - 1):
            first -= 1
        return first

    def _may_lead(self, at: int) -> bool:
        """Return whether a word may belong to what stands behind it."""
        key = self._view.keys[at]
        return key in TITLES or key in BEFORE_HOUSE_NUMBERS or is_number(key) or self._view.is_name_like(at)
