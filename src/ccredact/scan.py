"""From utterances to words to spans: wakes the detectors and keeps one call's place among words and turns.

Most words wake nobody: an utterance none of whose words is in any detector's table, while no detector is active, costs
one split and one set operation.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from typing import cast

from ccredact.answers import common_words, phrases
from ccredact.detectors.base import LOOK_BACK, Detector, FailedDetector, ReadingDetector, Token
from ccredact.normalize.english import ASK, CLASSES, CUE, DIGITS, LABEL, UNCOMMON, WRITTEN, other_classes
from ccredact.normalize.fold import keys_of, offsets_of
from ccredact.normalize.labels import OPAQUE, labels_in
from ccredact.normalize.written import may_be_written, written_words
from ccredact.phrases import LAST_WORDS
from ccredact.transcript import Span, Word

_FIGURE = re.compile(r"\d")
_NO_SPEAKER = object()
LONGEST_GAP = 32
"""Characters between two words that are looked at."""

Forms = dict[int, tuple[str, int, int]]
"""Words of an utterance that are part of something written: (label, its first word, the word after it)."""
Times = list[tuple[int, float | None, float | None]]
"""(character where a recogniser's word begins, its start, its end in seconds), in order."""


def word_classes(*, everyday: bool) -> dict[str, int]:
    """Every word of the tables with all its classes; `everyday`: the words that are no answer to a question too."""
    table = dict.fromkeys(common_words(), 0) if everyday else {}
    table.update(CLASSES)
    if everyday:
        for key in phrases().last_words:
            table[key] = table.get(key, 0) | ASK | (DIGITS if key.isdecimal() else 0)
    for key in LAST_WORDS:
        table[key] = table.get(key, 0) | CUE | (DIGITS if key.isdecimal() else 0)
    return table


class Vocabulary:
    """The word table of a set of detectors: shared by all calls, never changed."""

    __slots__ = ("classes", "quiet", "wake", "waking")

    def __init__(self, detectors: Sequence[Detector]) -> None:
        self.wake = 0
        for detector in detectors:
            self.wake |= detector.wake
        self.classes = word_classes(everyday=bool(self.wake & ASK))
        self.waking = frozenset(key for key, classes in self.classes.items() if classes & self.wake)
        self.quiet = frozenset(self.classes) - self.waking if self.wake & UNCOMMON else None


def align(text: str, words: Sequence[Word]) -> Times | None:
    """Where each recogniser's word begins in `text`; None when they do not fit it."""
    at, times = 0, []
    for word in words:
        piece = word.text.strip()
        found = text.find(piece, at)
        if found < 0:
            return None
        times.append((found, word.start_s, word.end_s))
        at = found + len(piece)
    return times


def time_at(times: Times, char: int) -> float | None:
    """The start of the recogniser's word that holds the character."""
    at = bisect_right(times, char, key=lambda item: item[0]) - 1
    return times[at][1] if at >= 0 else None


def times_of(times: Times, start: int, end: int) -> tuple[float | None, float | None]:
    """The first start and the last end of the recogniser's words in a range of characters, however they overlap."""
    low = max(0, bisect_right(times, start, key=lambda item: item[0]) - 1)
    inside = [item for item in times[low:] if item[0] < end]
    starts = [begin for _, begin, _ in inside if begin is not None]
    ends = [stop for _, _, stop in inside if stop is not None]
    return min(starts, default=None), max(ends, default=None)


class Scanner:
    """The place of one call: word and turn counters, the last words of the turn, the detectors' states."""

    __slots__ = (
        "_at",
        "_carry",
        "_keys",
        "_next",
        "_offsets",
        "_readers",
        "_speaker",
        "_tail",
        "_text",
        "detectors",
        "failures",
        "turn",
        "turn_start",
        "vocabulary",
        "word",
    )

    def __init__(self, vocabulary: Vocabulary, detectors: list[Detector]) -> None:
        self.vocabulary = vocabulary
        self.detectors = detectors
        self._readers = [number for number, detector in enumerate(detectors) if hasattr(detector, "read")]
        self.failures = 0
        self.word = 0  # words of the call so far
        self.turn = self.turn_start = 0
        self._speaker: object = _NO_SPEAKER
        self._carry: tuple[str, ...] = ()  # the last keys of the turn before this utterance
        self._keys: Sequence[str] = ()
        self._text = ""
        self._offsets: Sequence[tuple[int, int]] = ()
        self._at = 0
        self._tail = ""  # what stood after the last word of the turn
        self._next = 1

    def fork(self) -> Scanner:
        """An independent copy, for an interim."""
        other = Scanner(self.vocabulary, [detector.fork() for detector in self.detectors])
        other.failures, other.word, other.turn = self.failures, self.word, self.turn
        other.turn_start = self.turn_start
        other._speaker, other._carry, other._tail, other._next = (
            self._speaker,
            self._carry,
            self._tail,
            self._next,
        )
        return other

    # -- what detectors may ask (`Context`) --------------------------------------------------------------------

    def before(self, count: int) -> tuple[str, ...]:
        """The keys of up to `count` words before the fed one in its turn."""
        at = self._at
        if at >= count:
            return tuple(self._keys[at - count : at])
        return (*self._carry, *self._keys[:at])[-count:]

    def written(self) -> str:
        """The fed word as it was written."""
        start, end = self._offsets[self._at]
        return self._text[start:end]

    def new_entity(self) -> int:
        """A fresh entity number."""
        self._next += 1
        return self._next - 1

    # -- feeding -----------------------------------------------------------------------------------------------

    def scan(
        self, text: str, speaker: str | None, times: Times | None, *, is_final: bool = True
    ) -> tuple[int, list[tuple[int, int]] | None, list[Span]]:
        """Feed one utterance: (number of words, their character ranges or None when all are quiet, spans)."""
        keys = keys_of(text)
        count = len(keys)
        if count == 0:
            if speaker == self._speaker:
                self._tail = self._first_gap(text)[-LONGEST_GAP:]
            return 0, [], []
        if speaker != self._speaker:
            if self._speaker is not _NO_SPEAKER:
                self.turn += 1
            self._speaker, self._carry, self._tail = speaker, (), ""
            self.turn_start = self.word
        labels = labels_in(text, keys, self.word) if "[" in text else None
        if not labels and self._is_quiet(text, keys):
            offsets, spans = None, []
        else:
            offsets = offsets_of(text)
            spans = self._feed(text, keys, offsets, times, labels)
        for number in self._readers:
            spans = spans + self._read(number, text, keys, is_final=is_final)
        self._leave(text, keys, count)
        self.word += count
        return count, offsets, spans

    def _read(self, number: int, text: str, keys: list[str], *, is_final: bool) -> list[Span]:
        """Let a detector look at the whole utterance."""
        detector = self.detectors[number]
        if isinstance(detector, FailedDetector):
            return []
        try:
            return cast("ReadingDetector", detector).read(text, keys, self.word, self.turn, self, is_final=is_final)
        except Exception:  # noqa: BLE001, S110 - as in _feed
            pass
        self.fail(number)
        return []

    def _is_quiet(self, text: str, keys: list[str]) -> bool:
        """Whether no detector need see any of the words."""
        quiet = self.vocabulary.quiet
        if self.failures or not (self.vocabulary.waking.isdisjoint(keys) if quiet is None else quiet.issuperset(keys)):
            return False
        for detector in self.detectors:
            if detector.active:
                return False
        if quiet is not None:
            return not may_be_written(text)
        return not (_FIGURE.search(text) if text.isascii() else any(map(str.isdecimal, keys)))

    def _leave(self, text: str, keys: list[str], count: int) -> None:
        self._keys, self._text, self._offsets = (), "", ()
        self._carry = tuple(keys[-LOOK_BACK:]) if count >= LOOK_BACK else (*self._carry, *keys)[-LOOK_BACK:]
        if text[-1].isalnum():
            self._tail = ""
        else:
            end = len(text)
            while not text[end - 1].isalnum():
                end -= 1
            while text[end : end + 1] and unicodedata.category(text[end])[0] == "M":  # it belongs to the word
                end += 1
            self._tail = text[end:][-LONGEST_GAP:]

    def _feed(  # noqa: C901 - one pass over the words: what every word costs stands in one place
        self, text: str, keys: list[str], offsets: list[tuple[int, int]], times: Times | None, labels: Forms | None
    ) -> list[Span]:
        out: list[Span] = []
        table, detectors = self.vocabulary.classes, self.detectors
        self._keys, self._text, self._offsets = keys, text, offsets
        speaker = self._speaker if isinstance(self._speaker, str) else None
        forms = written_words(text, offsets, self.word) if may_be_written(text) else {}
        if labels:
            forms.update(labels)
        quiet = self.vocabulary.quiet or ()
        active = [detector.active for detector in detectors]  # it changes only when one is fed
        awake = True in active
        for at, key in enumerate(keys):
            if not (awake or forms) and key in quiet:
                continue
            classes = table.get(key, -1)
            if classes < 0:
                classes = table[key[:-2]] & ASK if key.endswith("'s") and key[:-2] in table else other_classes(key)
            form = forms.get(at) if forms else None
            if form is not None:
                classes = LABEL if key == OPAQUE else classes | WRITTEN
            token: Token | None = None
            for number, detector in enumerate(detectors):
                if not (classes & detector.wake or active[number]):
                    continue
                if token is None:
                    self._at = at
                    start = offsets[at][0]
                    gap = text[offsets[at - 1][1] : start] if at else self._first_gap(text[:start])
                    time = time_at(times, start) if times else None
                    token = Token(self.word + at, self.turn, speaker, key, classes, gap, time, form)
                try:
                    spans = detector.feed(token, self)
                    active[number] = detector.active
                except Exception:  # noqa: BLE001 - whatever it is, the words must be hidden
                    spans = None
                if spans is None:
                    self.fail(number)
                    active[number] = False
                elif spans:
                    out += spans
            awake = True in active
        return out

    def _first_gap(self, lead: str) -> str:
        """The text between the last word of the turn and the first of this utterance; a space at least."""
        if not (lead or self._tail):
            return " "
        gap = self._tail + lead
        return gap if lead[:1].isspace() or self._tail[-1:].isspace() else f"{self._tail} {lead}"

    def fail(self, number: int) -> None:
        """A detector raised: from now on its kind of words is masked."""
        self.failures += 1
        self.detectors[number] = FailedDetector(self.detectors[number].guards)

    def fail_all(self) -> None:
        """All detectors' states are in doubt."""
        for number in range(len(self.detectors)):
            self.fail(number)

    def close(self, *, cut: bool = False) -> list[Span]:
        """The call is over, or was cut off."""
        out: list[Span] = []
        for number, detector in enumerate(self.detectors):
            try:
                spans = detector.close(self, cut=True) if cut else detector.close(self)
            except Exception:  # noqa: BLE001 - as in _feed
                spans = None
            if spans is None:
                self.fail(number)
            else:
                out += spans
        return out
