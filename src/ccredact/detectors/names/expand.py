"""What stands around the words that the tagger found, and belongs to the same name or address.

And a number with a street that the tagger passed over. Everything is a matter of one utterance: a rule looks `REACH`
words ahead at most.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccredact.detectors.names.addresses import PLACES, Addresses
from ccredact.detectors.names.titles import MISHEARD, TITLES, with_spelled, with_titles
from ccredact.lang.en.addresses import KINDS, NUMBERED
from ccredact.tagger.prefilter import is_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccredact.detectors.base import Context
    from ccredact.detectors.names.utterance import Said
    from ccredact.transcript import Span


class Around:
    """One utterance."""

    __slots__ = ("_addresses", "_said")

    def __init__(self, said: Said, context: Context) -> None:
        self._said = said
        self._addresses = Addresses(said, context)

    def __call__(self, spans: list[Span]) -> list[Span]:
        """The spans, in order and apart, and what belongs to them."""
        labels = {span.label for span in spans}
        if "PERSON" in labels:
            spans = with_titles(self._said, with_spelled(self._said, spans))
        addresses = self._addresses
        if not KINDS.isdisjoint(self._said.keys):
            spans = addresses.with_houses(spans)
            labels = {span.label for span in spans}
        if not PLACES.isdisjoint(labels):
            spans = addresses.with_numbers(spans)
            spans = addresses.joined(spans) if len(spans) > 1 else spans
        return spans

    def first_open(self, spans: Sequence[Span], late: int, undecided: int) -> int:
        """The first place that words to come may say something of.

        `late` is the first place that has fewer than `REACH` words behind it, `undecided` the first word there that
        the tagger may tell otherwise (-1: none).
        """
        numbers = [at for at in range(late, len(self._said.keys)) if is_number(self._said.keys[at])]
        places = [max(late, span.start - self._said.word) for span in spans if span.label in PLACES][:1]
        places += [start for start, end in self._addresses.passed if end >= late]
        first = min([undecided, *numbers[:1], *places] if undecided >= 0 else [*numbers[:1], *places], default=-1)
        if 0 < first <= MISHEARD and len(self._said.keys[first]) == 1:
            return 0  # letters of a name that were misheard
        while first > 0 and self._leads(first - 1):
            first -= 1
        return first

    def _leads(self, at: int) -> bool:
        """Whether a word may belong to what stands behind it."""
        key = self._said.keys[at]
        return key in TITLES or key in NUMBERED or is_number(key) or self._said.is_capital(at)
