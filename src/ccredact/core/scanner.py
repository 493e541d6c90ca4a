"""From utterances to words to spans: wakes the detectors and keeps one call's place among words and turns.

Most words wake nobody: an utterance none of whose words is in any detector's table, while no detector is active, costs
one split and one set operation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, cast

from ccredact.core.alignment import Times, time_at
from ccredact.core.vocabulary import Vocabulary
from ccredact.detectors.base import LOOK_BACK, Detector, FailedDetector, ForesightedDetector, ReadingDetector
from ccredact.text.labels import OPAQUE, labels_in
from ccredact.text.token import Token
from ccredact.text.word_class import ASK, ASKED, CUE, CUED, LABEL, UNCOMMON, WRITTEN
from ccredact.text.words import gaps_of, keys_of, offsets_of
from ccredact.text.written_forms import may_be_written, written_words
from ccredact.transcript import Span

_FIGURE = re.compile(r"\d")
_PHRASED = ASK | CUE
_NO_SPEAKER = object()
_NO_KEYS: frozenset[str] = frozenset()
_ENTITIES = 2**60
"""More than a call can have."""
LONGEST_GAP = 32
"""Characters between two words that are looked at."""

Forms = dict[int, tuple[str, int, int]]
"""Words of an utterance that are part of something written: (label, its first word, the word after it)."""


class Scanner:
    """The place of one call: word and turn counters, the last words of the turn, the detectors' states."""

    __slots__ = (
        "_active", "_at", "_carry", "_lead", "_next", "_offsets", "_readers", "_speaker", "_tail", "_text",
        "_wake", "_window", "awake", "detectors", "failures", "turn", "turn_start", "vocabulary", "word",
    )  # fmt: skip

    def __init__(self, vocabulary: Vocabulary, detectors: list[Detector]) -> None:
        self.vocabulary = vocabulary
        self.detectors = detectors
        self.failures = 0
        self.word = 0  # words of the call so far
        self.turn = self.turn_start = 0
        self._wake = vocabulary.wake
        self._active = [detector.active for detector in detectors]  # it changes only when one is fed
        self.awake = True in self._active
        self._readers = [number for number, detector in enumerate(detectors) if hasattr(detector, "read")]
        self._speaker: object = _NO_SPEAKER
        self._carry: tuple[str, ...] = ()  # the last keys of the turn before this utterance
        self._tail = ""  # what stood after the last word of the turn
        self._next = 1
        self._window: tuple[str, ...] = ()  # while words are fed: `_carry` and the keys of this utterance
        self._lead = self._at = 0  # how many of the window are `_carry`; the fed word
        self._text = ""
        self._offsets: Sequence[tuple[int, int]] | None = None

    def fork(self) -> Scanner:
        """An independent copy, for an interim."""
        other = Scanner(self.vocabulary, [detector.fork() for detector in self.detectors])
        other.failures, other.word, other.turn = self.failures, self.word, self.turn
        other.turn_start, other._wake = self.turn_start, self._wake
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
        end = self._lead + self._at
        return self._window[end - count if end > count else 0 : end]

    def written(self) -> str:
        """The fed word as it was written."""
        start, end = self._ranges()[self._at]
        return self._text[start:end]

    def glued(self) -> int:
        """How many words before the fed one are joined to it by underscores (at most `LOOK_BACK`)."""
        ranges, first = self._ranges(), self._at
        while first and self._at - first < LOOK_BACK and self._text[ranges[first - 1][1] : ranges[first][0]] == "_":
            first -= 1
        return self._at - first

    def new_entity(self) -> int:
        """A fresh entity number."""
        self._next += 1
        return self._next - 1

    # -- feeding -----------------------------------------------------------------------------------------------

    def scan(self, text: str, speaker: str | None, times: Times | None, *, is_final: bool = True) -> list[Span]:
        """Feed one utterance."""
        keys = keys_of(text)
        count = len(keys)
        if count == 0:
            if speaker == self._speaker:
                self._tail = self._first_gap(text)[-LONGEST_GAP:]
            return []
        if speaker != self._speaker:
            if self._speaker is not _NO_SPEAKER:
                self.turn += 1
            self._speaker, self._carry, self._tail = speaker, (), ""
            self.turn_start = self.word
        labels = labels_in(text, keys, self.word) if "[" in text else None
        spans = [] if not labels and self._is_quiet(text, keys) else self._feed(text, keys, times, labels)
        for number in self._readers:
            spans = spans + self._read(number, text, keys, is_final=is_final)
        self._carry = tuple(keys[-LOOK_BACK:]) if count >= LOOK_BACK else (*self._carry, *keys)[-LOOK_BACK:]
        self._tail = "" if text[-1].isalnum() else _tail_of(text)
        self.word += count
        return spans

    def look_ahead(self, coming: Iterable[tuple[str, str | None]]) -> None:
        """Let detectors that read whole utterances do so for several, (text, speaker) each, before they are fed."""
        readers = [number for number in self._readers if hasattr(self.detectors[number], "look_ahead")]
        if not readers:
            return
        turn, last = self.turn, self._speaker
        known: list[tuple[str, list[str], int]] = []
        for text, speaker in coming:
            keys = keys_of(text)
            if not keys:
                continue
            if speaker != last:
                turn += last is not _NO_SPEAKER
                last = speaker
            if "[" in text:
                labels_in(text, keys, 0)
            known.append((text, keys, turn))
        for number in readers:
            try:
                cast("ForesightedDetector", self.detectors[number]).look_ahead(known)
            except Exception:  # noqa: BLE001 - as in _feed
                self.fail(number)

    def _read(self, number: int, text: str, keys: list[str], *, is_final: bool) -> list[Span]:
        """Let a detector look at the whole utterance."""
        detector = self.detectors[number]
        if isinstance(detector, FailedDetector):
            return []
        try:
            spans = cast("ReadingDetector", detector).read(text, keys, self.word, self.turn, self, is_final=is_final)
            if detector.active:
                self._active[number] = self.awake = True
            sound = _are_sound(spans, self.word + len(keys))
        except Exception:  # noqa: BLE001 - as in _feed
            sound, spans = False, []
        if sound:
            return spans
        self.fail(number)
        return []

    def _is_quiet(self, text: str, keys: list[str]) -> bool:
        """Whether no detector need see any of the words."""
        if self.awake or self.failures:
            return False
        quiet = self.vocabulary.quiet
        if quiet is not None:
            return quiet.issuperset(keys) and not may_be_written(text)
        if not self.vocabulary.waking.isdisjoint(keys):
            return False
        return not (_FIGURE.search(text) if text.isascii() else any(map(str.isdecimal, keys)))

    def _feed(  # noqa: C901, PLR0912 - one pass over the words: what every word costs stands in one place
        self, text: str, keys: list[str], times: Times | None, labels: Forms | None
    ) -> list[Span]:
        out: list[Span] = []
        self._text, self._offsets = text, None
        gaps: list[str] | None = None  # made when a word is fed, as `_window` is: in many utterances none is
        speaker = self._speaker if isinstance(self._speaker, str) else None
        forms = written_words(text, self._ranges(), self.word) if may_be_written(text) else {}
        if labels:
            forms.update(labels)
        vocabulary, detectors, active = self.vocabulary, self.detectors, self._active
        table, alone, pairs = vocabulary.classes, vocabulary.alone, vocabulary.pairs
        last = self._carry[-1] if self._carry else ""
        wake, awake = self._wake, self.awake
        quiet = vocabulary.quiet if vocabulary.quiet is not None and not forms else _NO_KEYS
        for at, key in enumerate(keys):
            if not awake and key in quiet:
                last = key
                continue
            classes = table.get(key, -1)
            if classes < 0:
                classes = UNCOMMON if key.isalpha() else vocabulary.classes_of(key)
            form = forms.get(at) if forms else None
            if form is not None:
                classes = LABEL if key == OPAQUE else classes | WRITTEN
            if classes & _PHRASED and (key in alone or (last, key) in pairs):
                classes |= (CUED if classes & CUE else 0) | (ASKED if classes & ASK else 0)
            last = key
            if not (awake or classes & wake):
                continue
            if gaps is None:
                gaps = gaps_of(text)
                gaps[0] = self._first_gap(gaps[0])
                self._window, self._lead = (*self._carry, *keys), len(self._carry)
            self._at = at
            time = time_at(times, self._ranges()[at][0]) if times else None
            token = Token(self.word + at, self.turn, speaker, key, classes, gaps[at], time, form)
            for number, detector in enumerate(detectors):
                if classes & detector.wake or active[number]:
                    try:
                        spans = detector.feed(token, self)
                        active[number] = detector.active
                        sound = not spans or _are_sound(spans, self.word + len(keys))
                    except Exception:  # noqa: BLE001 - whatever it is, the words must be hidden
                        sound, spans = False, []
                    if not sound:
                        self.fail(number)
                    elif spans:
                        out += spans
            awake = self.awake = True in active
        self._window, self._text, self._offsets = (), "", None
        return out

    def _ranges(self) -> Sequence[tuple[int, int]]:
        """The characters of each word of the utterance, for those who ask."""
        if self._offsets is None:
            self._offsets = offsets_of(self._text)
        return self._offsets

    def _first_gap(self, lead: str) -> str:
        """The text between the last word of the turn and the first of this utterance; a space at least."""
        if not (lead or self._tail):
            return " "
        gap = self._tail + lead
        return gap if lead[:1].isspace() or self._tail[-1:].isspace() else f"{self._tail} {lead}"

    def fail(self, number: int) -> None:
        """A detector raised: from now on its kind of words is masked."""
        self.failures += 1
        failed = FailedDetector(self.detectors[number].guards)
        self.detectors[number], self._active[number] = failed, failed.active
        self._wake |= failed.wake
        self.awake = True in self._active

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
                sound = _are_sound(spans, self.word)
            except Exception:  # noqa: BLE001 - as in _feed
                sound, spans = False, []
            if sound:
                out += spans
            else:
                self.fail(number)
        return out


def _are_sound(spans: object, end: int) -> bool:
    """Whether they are spans at all, of words before `end`: a user's detector may give anything."""
    if type(spans) is not list:
        return False
    return all(_is_sound(span, end) for span in spans)


def _is_sound(span: Any, end: int) -> bool:
    if not type(span.start) is type(span.end) is type(span.entity) is int:
        return False
    placed = 0 <= span.start < span.end <= end and 0 <= span.entity < _ENTITIES
    return placed and type(span.score) in {int, float} and 0 <= span.score <= 1 and isinstance(span.label, str)


def _tail_of(text: str) -> str:
    """What stands after the last word of a text."""
    end = len(text)
    while not text[end - 1].isalnum():
        end -= 1
    if not text.isascii():
        while text[end : end + 1] and unicodedata.category(text[end])[0] == "M":  # it belongs to the word
            end += 1
    return text[end:][-LONGEST_GAP:]
