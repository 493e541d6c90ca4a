"""Words at the end of a turn that wait for what follows, and what they are if nothing does."""

from __future__ import annotations

from typing import Final

from ccredact.detectors.base import Context
from ccredact.detectors.scores import BOUND_SCORE
from ccredact.reasons import Reason
from ccredact.transcript import Span, make_span


class ToldName:
    """A name in a reading: its entity and score, its word, as spans count, and whether it is known wherever it is said.

    Where it `is_rare` it is known again everywhere, otherwise only where it is said back.
    """

    __slots__ = ("entity", "is_rare", "name", "score", "word")

    def __init__(self, name: str, entity: int, score: float, word: int, *, is_rare: bool) -> None:
        self.name, self.entity, self.score, self.word, self.is_rare = name, entity, score, word, is_rare


_NO_SPANS: Final[list[Span]] = []
_NO_NAMES: Final[list[ToldName]] = []
_MAY_BE: Final = ("PERSON", "STREET_ADDRESS", "LOCATION")
_NO_PLACES: Final[list[int]] = []
_NOTHING: Final = (_NO_SPANS, _NO_NAMES)


class OpenWords:
    """The words at the end of a turn that are undecided, with what they are if the turn ends here.

    - `first`: the first of them, as spans count; -1 for none.
    - `_spans`: what they are; `_names`: the names among them, with the place of each.
    - `_sure`: what the words behind them in their final say of them, whatever the turn does.
    - `_apart`: what finals read by themselves say, with names, of words that are undecided.
    - `_decided`: what was decided of the words before them, as far as it may go on.
    - `_doubtful`: those of them that are no everyday words, and may be names by themselves.
    - `_house`: those of them that may be a house and the beginning of its street.
    """

    __slots__ = ("_apart", "_decided", "_doubtful", "_house", "_names", "_spans", "_sure", "first")

    def __init__(self) -> None:
        self.first = -1
        self._apart = _NOTHING
        self._spans = self._sure = self._decided = _NO_SPANS  # a list of these is never changed in place
        self._names = _NO_NAMES
        self._doubtful = self._house = _NO_PLACES

    def copy(self) -> OpenWords:
        """Return an independent copy."""
        other = OpenWords()
        other.first, other._spans, other._names, other._decided = self.first, self._spans, self._names, self._decided
        other._apart, other._sure, other._doubtful = self._apart, self._sure, self._doubtful
        other._house = self._house
        return other

    @property
    def is_empty(self) -> bool:
        """Return whether nothing waits, and nothing is to be taken with what is read."""
        return self.first < 0 and not (self._sure or self._apart[0])

    def doubt(self, words: list[int], house: list[int]) -> None:
        """Take the words of a reading that may be names, or a `house`, whatever they are if the turn ends here."""
        self._doubtful, self._house = words, house

    def hidden(self, spans: list[Span], ctx: Context) -> list[Span]:
        """Return what hides the doubtful words that are in none of the spans: as all that they may be."""
        doubtful = [word for word in self._doubtful if 0 <= self.first <= word and not _is_in(word, spans)]
        out: list[Span] = []
        for label in _MAY_BE if doubtful else ():
            entity = ctx.new_entity()
            out += [make_span(word, word + 1, label, BOUND_SCORE, entity, Reason.HELD_BOUND) for word in doubtful]
        if self._house and self.first <= self._house[0] and not any(_is_in(word, spans) for word in self._house):
            first, last = self._house[0], self._house[-1]
            entity = ctx.new_entity()
            out.append(make_span(first, last + 1, "STREET_ADDRESS", BOUND_SCORE, entity, Reason.HELD_BOUND))
        return out

    def settle(self) -> tuple[list[Span], list[ToldName]]:
        """Return what the open words are, and the names among them: nothing more comes in their turn."""
        spans, names = self._spans, self._names
        self.first, self._spans, self._sure = -1, _NO_SPANS, _NO_SPANS
        self._names, self._apart = _NO_NAMES, _NOTHING
        self._decided = [*self._decided, *spans] if spans else self._decided
        return spans, names

    def forget(self) -> None:
        """Take note that a turn begins."""
        self._decided = _NO_SPANS

    def same_entities(self, spans: list[Span], names: list[ToldName], first_word: int) -> list[Span]:
        """Return the spans with the entities of what was decided of them: they are read again.

        `first_word` is that of the text that is read.
        """
        self._decided = [span for span in self._decided if span.end > first_word] or _NO_SPANS
        if not self._decided:
            return spans
        same: dict[int, int] = {}
        for span in spans:
            for decided in self._decided:
                if decided.start < span.end and decided.end > span.start and decided.label == span.label:
                    same[span.entity] = decided.entity
        if not same:
            return spans
        for name in names:
            name.entity = same.get(name.entity, name.entity)
        out: list[Span] = []
        for span in spans:
            entity = same.get(span.entity, 0)
            if not entity:
                out.append(span)
            else:
                out.append(make_span(span.start, span.end, span.label, span.score, entity, span.reason))
        return out

    def add_apart(self, spans: list[Span], names: list[ToldName]) -> None:
        """Take what a final says by itself: it counts where the running text says nothing."""
        self._apart = [*self._apart[0], *spans], [*self._apart[1], *names]

    def is_apart_before(self, word: int) -> bool:
        """Return whether something that a final says by itself begins before a word, and goes up to it."""
        return any(span.start < word <= span.end for span in self._apart[0])

    def add_sure(self, spans: list[Span]) -> None:
        """Take what the words of a final say of those before them in it: it counts whatever the turn says."""
        self._sure = [*self._sure, *spans]

    def decide(
        self, spans: list[Span], names: list[ToldName], start: int, first: int
    ) -> tuple[list[Span], list[ToldName]]:
        """Return those that are decided now; `first` is the first undecided word (-1: none).

        What lies before `start` was decided before.
        """
        start = self.first if 0 <= self.first < start else start
        self.first = first = max(first, start) if first >= 0 else -1
        if self._sure:
            spans = sorted([*self._sure, *_outside(spans, self._sure)], key=_start_of)
        apart, apart_names = self._apart
        if apart:
            alone = _outside(apart, spans)
            told = [name for name in apart_names if _is_in(name.word, alone)]
            spans, names = sorted([*spans, *alone], key=_start_of), [*names, *told]
        out, told = _between(spans, start, first), _names_between(names, start, first)
        if first < 0:
            self._spans = self._sure = _NO_SPANS
            self._names, self._apart = _NO_NAMES, _NOTHING
        else:
            self._spans, self._names = _between(spans, first, -1), _names_between(names, first, -1)
            self._sure = [span for span in self._sure if span.end > first] or _NO_SPANS
            self._apart = [span for span in apart if span.end > first] or _NO_SPANS, apart_names
        if out:
            self._decided = [*self._decided, *out]
        return out, told


def _between(spans: list[Span], start: int, end: int) -> list[Span]:
    """Return what of the spans lies in the words `[start, end)`; no end for -1."""
    out: list[Span] = []
    for span in spans:
        low, high = max(span.start, start), span.end if end < 0 else min(span.end, end)
        if low == span.start and high == span.end:
            out.append(span)
        elif low < high:
            out.append(make_span(low, high, span.label, span.score, span.entity, span.reason))
    return out or _NO_SPANS


def _names_between(names: list[ToldName], start: int, end: int) -> list[ToldName]:
    """Return the names of the words `[start, end)`; no end for -1."""
    return [name for name in names if name.word >= start and (end < 0 or name.word < end)] or _NO_NAMES


def _outside(spans: list[Span], others: list[Span]) -> list[Span]:
    """Return what of the spans no other one covers."""
    out: list[Span] = []
    for span in spans:
        start = span.start
        for other in others:  # in order
            if other.end <= start or other.start >= span.end:
                continue
            out += _between([span], start, other.start) if other.start > start else []
            start = other.end
        out += _between([span], start, -1)
    return out


def _is_in(word: int, spans: list[Span]) -> bool:
    return any(span.start <= word < span.end for span in spans)


def _start_of(span: Span) -> int:
    return span.start


def earlier(first: int, second: int) -> int:
    """Return the earlier of two places or words, either of which may be none (-1)."""
    return min(first, second) if first >= 0 and second >= 0 else max(first, second)
