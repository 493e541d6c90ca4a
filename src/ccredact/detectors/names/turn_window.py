"""The running window of a turn: its last words and those of the final that comes next are read as one text.

So what is found in a turn does not depend on how a recogniser cut it into finals. A word that may begin a name or an
address, or belong to one, waits for the words behind it (`OpenWords`); all others are settled with their final.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ccredact.tagger import architecture as arch
from ccredact.tagger.features import forms_of
from ccredact.tagger.prefilter import INSIDE, STREET_NEAR, candidates
from ccredact.transcript import Span

if TYPE_CHECKING:
    from ccredact.tagger.history import History
    from ccredact.tagger.prefilter import Prefilter

CONTEXT: Final = 24
"""Words of the turn before a final that are read with it, at most: more than an address and its lead have."""
_NEAR: Final = arch.RIGHT + INSIDE + 2
"""Words before a final within which something may begin that goes on in it."""
_MOST_LEADING: Final = 8
"""Words in front of one that waits that may wait with it, at most: the number of a house, a title."""


class Reading:
    """A final with the words of its turn before it, as it is read.

    - `keys` and `forms` are those of all words, `forms` empty until they are needed; the final's begin at `begin`.
    - `place` is that of the first word in the turn; `shouted`: no word of the turn before it has a small letter.
    - `open_starts` are the places where an entity may begin that words to come may tell.
    - `starts` are the places where one may begin, `wanted` those where one may begin or go on, with their `tags`.
    - `asked` are those of `wanted` that the network has not tagged yet, or not with all words around them, and
      `fresh` their tags.
    """

    __slots__ = (
        "asked", "begin", "forms", "fresh", "keys", "open_starts", "place", "shouted", "starts", "tags", "text", "wanted",
    )  # fmt: skip

    def __init__(self, text: str, keys: list[str], begin: int, place: int, open_starts: list[int]) -> None:
        self.text, self.keys, self.begin, self.place, self.open_starts = text, keys, begin, place, open_starts
        self.forms: list[str] = []
        self.starts: list[int] = []
        self.wanted: list[int] = []
        self.tags: list[int] = []
        self.asked: list[int] = []
        self.fresh: list[int] = []
        self.shouted = True

    @property
    def is_quiet(self) -> bool:
        """Return whether nothing may begin in the final, or so near before it that it goes on there."""
        return not self.open_starts or self.open_starts[-1] < self.begin - _NEAR


class _Piece:
    """A final of the turn that has been read."""

    __slots__ = ("forms", "keys", "text")

    def __init__(self, text: str, keys: list[str], forms: list[str]) -> None:
        self.text, self.keys, self.forms = text, keys, forms


class TurnWindow:
    """The last words of a turn, `CONTEXT` and what is left of their first final.

    Finals are put aside as they come, and joined when words are looked at together: most of them never are.
    """

    __slots__ = ("_before", "_pieces", "_shouted", "_tags", "_words")

    def __init__(self) -> None:
        self._pieces: list[_Piece] = []
        self._words = 0  # of `_pieces`
        self._before = 0  # words of the turn before those
        self._shouted = True  # whether none of these has a small letter
        self._tags: dict[int, int] = {}  # by the place in the turn: what the network has told

    def copy(self) -> TurnWindow:
        """Return an independent copy."""
        other = TurnWindow()
        other._pieces, other._words, other._before = [*self._pieces], self._words, self._before
        other._shouted, other._tags = self._shouted, dict(self._tags)
        return other

    def end(self, history: History) -> None:
        """Hand the turn over to the history: another one begins."""
        pieces = self._pieces
        if len(pieces) == 1:
            history.add(pieces[0].forms or pieces[0].text)
        elif pieces:
            history.add(" ".join([piece.text for piece in pieces]))
        history.begin_turn()
        if pieces:
            self._pieces, self._words, self._before, self._shouted, self._tags = [], 0, 0, True, {}

    def read(self, text: str, keys: list[str], prefilter: Prefilter, *, is_final: bool, waits: bool) -> Reading:
        """Return the reading of the utterance that comes next; `waits`: what words to come may tell waits for them."""
        begin = min(self._words, CONTEXT)
        if begin:
            before: list[str] = []
            for piece in self._pieces:
                before += piece.keys
            keys = before[-begin:] + keys
        open_starts = prefilter.starts(keys, is_final=is_final and not waits)
        reading = Reading(text, keys, begin, self._before + self._words - begin, open_starts)
        if not reading.is_quiet:
            self.complete(reading, prefilter, is_final=is_final, waits=waits)
        return reading

    def complete(self, reading: Reading, prefilter: Prefilter, *, is_final: bool, waits: bool) -> None:
        """Find out what is to be tagged in a reading."""
        keys, begin = reading.keys, reading.begin
        forms = forms_of(reading.text)
        if begin:
            before: list[str] = []
            for piece in self._pieces:
                piece.forms = piece.forms or forms_of(piece.text)
                before += piece.forms
            reading.shouted = self._shouted and all(form == form.upper() for form in before[:-begin])
            forms = before[-begin:] + forms
            reading.text = " ".join([*[piece.text for piece in self._pieces], reading.text])
        reading.forms = forms
        starts = reading.open_starts
        if starts and is_final and waits and starts[-1] >= len(keys) - STREET_NEAR - 1:
            starts = prefilter.starts(keys, is_final=True)  # else the end of the final changes nothing
        reading.starts = starts
        if not starts:
            return
        reading.wanted = candidates(keys, starts)
        if not begin:
            reading.asked = reading.wanted
            return
        place, again, known = reading.place, begin - arch.RIGHT, self._tags
        least = arch.LEFT if place else 0
        reading.asked = [at for at in reading.wanted if at >= again or (at >= least and place + at not in known)]

    def take(self, reading: Reading, text: str, count: int) -> None:
        """Take the final that was read: it has `text`, and `count` words."""
        begin, pieces = reading.begin, self._pieces
        forms = reading.forms[begin:] if begin and reading.forms else reading.forms
        if reading.wanted:
            tags = self._tags
            for at in reading.asked:
                tags[reading.place + at] = 0
            if reading.fresh:
                for at, tag in zip(reading.asked, reading.fresh, strict=True):
                    tags[reading.place + at] = tag
        pieces.append(_Piece(text, reading.keys[begin:] if begin else reading.keys, forms))
        self._words += count
        while len(pieces) > 1 and self._words - len(pieces[0].keys) >= CONTEXT:
            first = pieces.pop(0)
            self._words -= len(first.keys)
            self._before += len(first.keys)
            self._shouted = self._shouted and first.text == first.text.upper()
        if len(self._tags) > CONTEXT + count:
            low = self._before + self._words - CONTEXT
            self._tags = {place: tag for place, tag in self._tags.items() if place >= low}

    def tags_of(self, reading: Reading) -> list[int]:
        """Return the tags of the wanted words of a reading: the fresh ones, and what was told before."""
        if reading.asked is reading.wanted:
            return reading.fresh
        fresh = dict(zip(reading.asked, reading.fresh, strict=True))
        known, place = self._tags, reading.place
        return [fresh[at] if at in fresh else known.get(place + at, 0) for at in reading.wanted]


class OpenWords:
    """The words at the end of a turn that are undecided, with what they are if the turn ends here.

    - `first`: the first of them, as spans count; -1 for none.
    - `_spans`: what they are; `_names`: the names among them, with the place of each.
    - `_decided`: what was decided of the words before them, as far as it may go on.
    """

    __slots__ = ("_decided", "_names", "_spans", "first")

    def __init__(self) -> None:
        self.first = -1
        self._spans: list[Span] = []
        self._names: list[ToldName] = []
        self._decided: list[Span] = []

    def copy(self) -> OpenWords:
        """Return an independent copy."""
        other = OpenWords()
        other.first, other._spans, other._names, other._decided = self.first, self._spans, self._names, self._decided
        return other

    def settle(self) -> tuple[list[Span], list[ToldName]]:
        """Return what the open words are, and the names among them: nothing more comes in their turn."""
        spans, names = self._spans, self._names
        self.first, self._spans, self._names = -1, [], []
        self._decided = [*self._decided, *spans] if spans else self._decided
        return spans, names

    def forget(self) -> None:
        """Take note that a turn begins."""
        self._decided = []

    def same_entities(self, spans: list[Span], names: list[ToldName], first_word: int) -> list[Span]:
        """Return the spans with the entities of what was decided of them: they are read again.

        `first_word` is that of the text that is read.
        """
        self._decided = [span for span in self._decided if span.end > first_word]
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
        return [
            Span(span.start, span.end, span.label, span.score, same.get(span.entity, span.entity), span.reason)
            for span in spans
        ]

    def decide(
        self, spans: list[Span], names: list[ToldName], start: int, first: int
    ) -> tuple[list[Span], list[ToldName]]:
        """Return those that are decided now; `first` is the first undecided word (-1: none).

        What lies before `start` was decided before.
        """
        start = self.first if 0 <= self.first < start else start
        self.first = first
        if first < 0:
            out, told = _between(spans, start, -1), [name for name in names if name.word >= start]
            self._spans, self._names = [], []
        else:
            first = max(first, start)
            out, told = _between(spans, start, first), [name for name in names if start <= name.word < first]
            self._spans, self._names = _between(spans, first, -1), [name for name in names if name.word >= first]
        if out:
            self._decided = [*self._decided, *out]
        return out, told


class ToldName:
    """A name in a reading: its word, as spans count, its entity, and whether it is known wherever it is said again."""

    __slots__ = ("entity", "is_rare", "name", "word")

    def __init__(self, name: str, entity: int, word: int, *, is_rare: bool) -> None:
        self.name, self.entity, self.word, self.is_rare = name, entity, word, is_rare


def first_waiting(first: int, count: int, look_over: int) -> int:
    """Return the first place of a reading of `count` words that waits, where `first` may (-1: none).

    No word waits for more than `look_over` words but for what leads into one that waits.
    """
    return max(first, count - look_over - _MOST_LEADING) if first >= 0 else -1


def _between(spans: list[Span], start: int, end: int) -> list[Span]:
    """Return what of the spans lies in the words `[start, end)`; no end for -1."""
    out: list[Span] = []
    for span in spans:
        low, high = max(span.start, start), span.end if end < 0 else min(span.end, end)
        if low == span.start and high == span.end:
            out.append(span)
        elif low < high:
            out.append(Span(low, high, span.label, span.score, span.entity, span.reason))
    return out
