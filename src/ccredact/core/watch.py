"""A candidate that was hidden before it was decided: what it goes on with is hidden too."""

from __future__ import annotations

from ccredact.detectors.base import CandidateDetector
from ccredact.detectors.scores import BOUND_SCORE
from ccredact.entities import NUMBER
from ccredact.reasons import Reason
from ccredact.transcript import Span


class Watch:
    """The candidate of one detector: `entity` is what its hidden words are, `last` the latest of these."""

    __slots__ = ("entity", "last", "number")

    def __init__(self, number: int, entity: int) -> None:
        self.number = number
        self.entity = entity
        self.last = -1

    def fork(self) -> Watch:
        """Return an independent copy."""
        other = Watch(self.number, self.entity)
        other.last = self.last
        return other

    def is_open(self, detector: CandidateDetector) -> bool:
        """Return whether the candidate is still undecided about the latest of its words."""
        return detector.candidate_from(self.last, self.last + 1) == self.last

    def spans(self, detector: CandidateDetector, start: int, end: int) -> list[Span]:
        """Return what hides the words of the candidate in `[start, end)`."""
        out: list[Span] = []
        word = start
        while (word := detector.candidate_from(word, end)) < end:
            out.append(Span(word, word + 1, NUMBER, BOUND_SCORE, self.entity, Reason.HELD_BOUND))
            self.last = word
            word += 1
        return out
