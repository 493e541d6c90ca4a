"""From utterances to words to spans: wakes the detectors and keeps one call's place among words and turns.

Most words wake nobody: an utterance none of whose words is in any detector's table, while no detector is active, costs
one split and one set operation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, cast

from ccredact.core.alignment import Times, time_at
from ccredact.core.vocabulary import Vocabulary
from ccredact.core.watch import Watch
from ccredact.detectors.base import (
    EVERY_WORD,
    LOOK_BACK,
    BeginningDetector,
    CandidateDetector,
    Detector,
    DialogueDetector,
    FailedDetector,
    ForesightedDetector,
    HoldingDetector,
    ReadingDetector,
)
from ccredact.dialogue.state import Dialogue
from ccredact.reasons import Reason
from ccredact.text.labels import OPAQUE, labels_in, may_hold_labels
from ccredact.text.token import Token
from ccredact.text.word_class import LABEL, PROMPT_END, PROMPTED, UNCOMMON, WRITTEN
from ccredact.text.words import Words
from ccredact.text.written_forms import may_be_written, written_words
from ccredact.transcript import Name, Span

_FIGURE: Final = re.compile(r"\d")
_NO_SPEAKER: Final = object()
_NO_KEYS: Final[frozenset[str]] = frozenset()
_MOST_ENTITIES: Final = 2**60
"""More than a call can have."""
LONGEST_GAP: Final = 32
"""Characters between two words that are looked at."""

Forms = dict[int, tuple[str, int, int]]
"""Words of an utterance that are part of something written: (label, its first word, the word after it)."""


class Scanner:
    """The place of one call: word and turn counters, the last words of the turn, the detectors' states.

    `word` counts the words of the call before the next utterance, `turn` its turns, `turn_start` is the first word of
    this turn; `failures` counts detectors that raised. `awake` is true while some detector must be fed every word.
    `words` are those of the utterance scanned last, until `forget`. `dialogue` is what was asked for and announced.
    """

    __slots__ = (
        "_active", "_ahead", "_at", "_carry", "_held_since", "_holds", "_lead", "_next", "_speaker", "_tail", "_wake",
        "_wakes", "_watches", "_window", "awake", "detectors", "dialogue", "failures", "turn", "turn_start",
        "vocabulary", "word", "words",
    )  # fmt: skip

    def __init__(self, vocabulary: Vocabulary, detectors: list[Detector], dialogue: Dialogue) -> None:
        self.vocabulary = vocabulary
        self.detectors = detectors
        self.dialogue = dialogue
        self.failures = 0
        self.word = 0
        self.turn = self.turn_start = 0
        self.words = vocabulary.no_words
        self._wake = vocabulary.wake
        self._wakes = vocabulary.wakes  # asked once: no detector may change its mind
        for number in vocabulary.followers:
            if not isinstance(detectors[number], FailedDetector):
                cast("DialogueDetector", detectors[number]).follow(dialogue)
        self._active = [detector.active for detector in detectors]  # it changes only when one is fed
        self.awake = True in self._active
        self._holds: tuple[int, ...] = ()  # the detectors that hold words: it changes only when one reads, or settles
        for number in vocabulary.holders:
            if not isinstance(detectors[number], FailedDetector):
                self._note(number, holds=cast("HoldingDetector", detectors[number]).holds)
        self._held_since: float | None = None
        self._speaker: object = _NO_SPEAKER
        self._carry: tuple[str, ...] = ()  # the last keys of the turn before this utterance
        self._tail = ""  # what stood after the last word of the turn
        self._next = 1
        self._window: tuple[str, ...] = ()  # when it is needed: `_carry` and the keys of this utterance
        self._lead = self._at = 0  # how many of the window are `_carry`; the fed word
        self._ahead: list[Words] | None = None  # of finals to come, the next one last
        self._watches: tuple[Watch, ...] = ()  # candidates that were hidden before they were decided

    def fork(self) -> Scanner:
        """Return an independent copy, for an interim."""
        other = Scanner(self.vocabulary, [detector.fork() for detector in self.detectors], self.dialogue.fork())
        other._watches = tuple([watch.fork() for watch in self._watches])
        self._copy_place(other)
        return other

    def reading(self) -> Scanner:
        """Return a copy that may read an interim whose words have been fed; detectors that are only fed are shared."""
        readers = self.vocabulary.readers
        detectors = [
            detector.fork() if number in readers else detector for number, detector in enumerate(self.detectors)
        ]
        other = Scanner(self.vocabulary, detectors, self.dialogue)
        self._copy_place(other)
        return other

    def _copy_place(self, other: Scanner) -> None:
        """Bring a copy to the same place of the call."""
        other.failures, other.word, other.turn = self.failures, self.word, self.turn
        other.turn_start, other._wake, other._wakes = self.turn_start, self._wake, self._wakes
        other._held_since = self._held_since
        other._speaker, other._carry, other._tail, other._next = (
            self._speaker,
            self._carry,
            self._tail,
            self._next,
        )

    def add(self, detector: Detector, vocabulary: Vocabulary) -> None:
        """Take one more detector into a call that has begun, with the vocabulary of all of them."""
        self.detectors = [*self.detectors, detector]
        self._wakes = (*self._wakes, detector.wake)
        self._wake |= detector.wake
        self._active.append(detector.active)
        self.vocabulary = vocabulary
        self.words = vocabulary.no_words

    def drop(self, count: int, vocabulary: Vocabulary) -> None:
        """Leave all detectors but the first `count` out of a call that has begun: what `add` has brought."""
        self.detectors, self._wakes, self._active = self.detectors[:count], self._wakes[:count], self._active[:count]
        self._watches = tuple([watch for watch in self._watches if watch.number < count])
        self.awake = True in self._active
        self.vocabulary = vocabulary
        self.words = vocabulary.no_words

    # -- what detectors may ask (`Context`) --------------------------------------------------------------------

    def before(self, count: int) -> tuple[str, ...]:
        """Return the keys of up to `count` words before the fed one in its turn."""
        end = self._lead + self._at
        return self._window[end - count if end > count else 0 : end]

    def written(self) -> str:
        """Return the fed word as it was written."""
        start, end = self.words.offsets[self._at]
        return self.words.text[start:end]

    def glued(self) -> int:
        """Return how many words before the fed one are joined to it by underscores (at most `LOOK_BACK`)."""
        text, ranges, first = self.words.text, self.words.offsets, self._at
        while first and self._at - first < LOOK_BACK and text[ranges[first - 1][1] : ranges[first][0]] == "_":
            first -= 1
        return self._at - first

    def new_entity(self) -> int:
        """Return a fresh entity number."""
        self._next += 1
        return self._next - 1

    @property
    def holding(self) -> bool:
        """Return whether a detector that reads whole utterances holds words."""
        return bool(self._holds)

    def is_active(self, number: int) -> bool:
        """Return whether a detector had anything open when it was last fed."""
        return self._active[number] or number in self._holds

    def active_detectors(self) -> list[int]:
        """Return the numbers of the detectors of which that holds."""
        holds = self._holds
        return [number for number, active in enumerate(self._active) if active or (holds and number in holds)]

    def forget(self) -> None:
        """Drop the words of the utterance scanned last: what is needed of them is kept elsewhere."""
        self.words = self.vocabulary.no_words

    # -- feeding -----------------------------------------------------------------------------------------------

    def scan(self, text: str, speaker: Name | None, times: Times | None) -> list[Span]:
        """Feed a final; return what the detectors decided."""
        if self._ahead and self._ahead[-1].text is text:
            words = self._ahead.pop()
        else:
            words = Words(text, self.vocabulary.language.noise)
        self.words = words
        keys = words.keys
        count = len(keys)
        if count == 0:
            if speaker == self._speaker:
                self._tail = self._first_gap(text)[-LONGEST_GAP:]
            return []
        spans = self.begin(words, speaker, times)
        labels = labels_in(words, self.word) if may_hold_labels(text) else None
        if labels or not self._is_quiet(text, keys):
            spans += self._feed(words, times, self._forms(words, labels))
        spans = self.read(spans, words, is_final=True)
        self._held_since = time_at(times, words.offsets[0][0]) if times and self._holds else None
        self._carry = tuple(keys[-LOOK_BACK:]) if count >= LOOK_BACK else (*self._carry, *keys)[-LOOK_BACK:]
        self._tail = "" if text[-1].isalnum() else _tail_of(words)
        self.word += count
        return spans

    def begin(self, words: Words, speaker: Name | None, times: Times | None) -> list[Span]:
        """Begin with an utterance of at least one word; return what the detectors decided about those before it."""
        if speaker != self._speaker:
            return self._begin_turn(speaker, time_at(times, words.offsets[0][0]) if times else None)
        if self.holding and times:
            time = time_at(times, words.offsets[0][0])
            if self.dialogue.answers.hold.exceeded(0, 0, self._held_since, time):
                return self._settle()
        return []

    def feed_from(self, first: int, words: Words, times: Times | None, forms: Forms) -> list[Span]:
        """Feed the words of an utterance that has begun, from the one with this number on."""
        self.words = words
        quiet = not forms and self._is_quiet(words.text, words.keys[first:])
        return [] if quiet else self._feed(words, times, forms, first)

    def read(self, spans: list[Span], words: Words, *, is_final: bool) -> list[Span]:
        """Let the detectors that read whole utterances do so; return what they find behind the `spans`."""
        for number in self.vocabulary.readers:
            spans = spans + self._read(number, words, is_final=is_final)
        return spans

    def _begin_turn(self, speaker: Name | None, time: float | None) -> list[Span]:
        """Begin a turn of a speaker; return what the detectors decided at the end of the one before."""
        out = self._settle() if self.holding else []
        if self.awake:
            for number in self.vocabulary.followers:
                if self._active[number]:
                    out += self._follow(number, None)
            self.awake = True in self._active
            if self._watches:
                out += self._later_pieces(self.word)
        if self._speaker is not _NO_SPEAKER:
            self.turn += 1
        self._speaker, self._carry, self._tail = speaker, (), ""
        self.turn_start = self.word
        try:
            if self.dialogue.begin_turn(self.turn, self.word, time):
                for number in self.vocabulary.beginners:
                    self._begin(number)
                self.awake = True in self._active
        except Exception:  # noqa: BLE001 - as in _feed
            self.fail_all()
        return out

    def _take_prompt(self, token: Token) -> list[Span]:
        """Let the dialogue take the phrase that ended with the fed word, then the detectors that follow it."""
        try:
            self.dialogue.take(token, self.before(LOOK_BACK))
        except Exception:  # noqa: BLE001 - as in _feed
            self.fail_all()
        out: list[Span] = []
        for number in self.vocabulary.followers:
            out += self._follow(number, token)
        return out

    def _begin(self, number: int) -> None:
        """Tell a detector that a turn begins in which digits may be answered."""
        detector = self.detectors[number]
        if isinstance(detector, FailedDetector):
            return
        beginner = cast("BeginningDetector", detector)
        try:
            beginner.begin_turn()
            self._active[number] = beginner.active
        except Exception:  # noqa: BLE001 - as in _feed
            self.fail(number)

    def _settle(self) -> list[Span]:
        """Let detectors that hold words decide about them: no more will come that says what they are."""
        out: list[Span] = []
        for number in self.vocabulary.holders:
            if number not in self._holds:
                continue
            holder = cast("HoldingDetector", self.detectors[number])
            try:
                spans = holder.settle(self)
                self._note(number, holds=holder.holds)
            except Exception:  # noqa: BLE001 - as in _feed
                self.fail(number)
            else:
                out += self._checked(number, spans, self.word)
        self._held_since = None
        return out

    def _note(self, number: int, *, holds: bool) -> None:
        """Take note of whether a detector holds words."""
        if holds != (number in self._holds):
            others = tuple([other for other in self._holds if other != number])
            self._holds = (*others, number) if holds else others

    def _follow(self, number: int, token: Token | None) -> list[Span]:
        """Let a detector follow the dialogue: at the prompt of the fed word, or, for None, at the end of a turn."""
        detector = self.detectors[number]
        if isinstance(detector, FailedDetector):
            return []
        follower = cast("DialogueDetector", detector)
        try:
            spans = follower.end_turn(self) if token is None else follower.take_prompt(token, self)
            self._active[number] = follower.active
        except Exception:  # noqa: BLE001 - as in _feed
            self.fail(number)
            return []
        return self._checked(number, spans, self.word if token is None else token.index + 1)

    def _checked(self, number: int, spans: list[Span], end: int) -> list[Span]:
        """Return the spans of a detector, of words before `end`; none where they are not sound: then it has failed."""
        try:
            sound = _are_sound(spans, end)
        except Exception:  # noqa: BLE001 - as in _feed
            sound = False
        if sound:
            return spans
        self.fail(number)
        return []

    def look_ahead(self, coming: Iterable[tuple[str, Name | None]]) -> None:
        """Let detectors that read whole utterances do so for several, (text, speaker) each, before they are fed."""
        ahead: list[Words] = []
        known: list[tuple[str, list[str], int]] = []
        turn, last = self.turn, self._speaker
        for text, speaker in coming:
            words = Words(text, self.vocabulary.language.noise)
            ahead.append(words)
            if not words.keys:
                continue
            if speaker != last:
                turn += last is not _NO_SPEAKER
                last = speaker
            if may_hold_labels(text):
                labels_in(words, 0)
            known.append((text, words.keys, turn))
        self._ahead = ahead[::-1]
        for number in self.vocabulary.readers:
            if hasattr(self.detectors[number], "look_ahead"):
                try:
                    cast("ForesightedDetector", self.detectors[number]).look_ahead(known)
                except Exception:  # noqa: BLE001 - as in _feed
                    self.fail(number)

    def _read(self, number: int, words: Words, *, is_final: bool) -> list[Span]:
        """Let a detector look at the whole utterance."""
        detector = self.detectors[number]
        if isinstance(detector, FailedDetector):
            return []
        try:
            spans = cast("ReadingDetector", detector).read_utterance(
                words.text, words.keys, self.word, self.turn, self, is_final=is_final
            )
            if detector.active:
                self._active[number] = self.awake = True
            if number in self.vocabulary.holders:
                self._note(number, holds=cast("HoldingDetector", detector).holds)
        except Exception:  # noqa: BLE001 - as in _feed
            self.fail(number)
            return []
        return self._checked(number, spans, self.word + len(words.keys))

    def _is_quiet(self, text: str, keys: list[str]) -> bool:
        """Return whether no detector need see any of the words."""
        if self.awake or self.failures:
            return False
        quiet = self.vocabulary.quiet
        if quiet is not None:
            return quiet.issuperset(keys) and not may_be_written(text)
        if not self.vocabulary.waking.isdisjoint(keys):
            return False
        return not (_FIGURE.search(text) if text.isascii() else any(map(str.isdecimal, keys)))

    def _feed(  # noqa: C901, PLR0912, PLR0915 - one pass over the words: what every word costs stands in one place
        self, words: Words, times: Times | None, forms: Forms, first: int = 0
    ) -> list[Span]:
        out: list[Span] = []
        keys = words.keys
        gaps: list[str] | None = None  # made when a word is fed: in many utterances none is
        speaker = None if self._speaker is _NO_SPEAKER else cast("Name | None", self._speaker)
        vocabulary, detectors, active, wakes = self.vocabulary, self.detectors, self._active, self._wakes
        table, prompts = vocabulary.classes, vocabulary.prompts
        phrases = prompts.table
        last = self._carry[-1] if self._carry else ""
        wake, awake = self._wake, self.awake
        quiet = _NO_KEYS if forms or self.failures else vocabulary.quiet or _NO_KEYS
        new = keys
        if first:
            last, new = keys[first - 1], keys[first:]
        for at, key in enumerate(new, first):
            if not awake and key in quiet:
                last = key
                continue
            classes = table.get(key, -1)
            if classes < 0:
                classes = UNCOMMON if key.isalpha() else vocabulary.classes_of(key)
            form = forms.get(at) if forms else None
            if form is not None:
                classes = LABEL if key == OPAQUE else classes | WRITTEN
            prompt = None
            if classes & PROMPT_END and (phrases.may_end(last, key) or classes & PROMPTED):
                if not self._window:
                    self._window, self._lead = (*self._carry, *keys), len(self._carry)
                self._at = at
                prompt = prompts.find(key, self.before(LOOK_BACK))
                classes = classes & ~PROMPTED if prompt is None else classes | PROMPTED
            last = key
            if not (awake or classes & wake):
                continue
            if gaps is None:
                gaps = [self._first_gap(words.gaps[0]), *words.gaps[1:]]
                if not self._window:
                    self._window, self._lead = (*self._carry, *keys), len(self._carry)
            self._at = at
            time = time_at(times, words.offsets[at][0]) if times else None
            token = Token(self.word + at, self.turn, speaker, key, classes, gaps[at], time, form, prompt)
            for number, detector in enumerate(detectors):
                if classes & wakes[number] or active[number]:
                    try:
                        spans = detector.feed(token, self)
                        active[number] = detector.active
                        sound = type(spans) is list and (not spans or _are_sound(spans, self.word + len(keys)))
                    except Exception:  # noqa: BLE001 - whatever it is, the words must be hidden
                        sound, spans = False, []
                    if not sound:
                        self.fail(number)
                    elif spans:
                        out += spans
            if self._watches:
                out += self._later_pieces(token.index + 1)
            if prompt is not None:
                out += self._take_prompt(token)
            awake = self.awake = True in active
        self._window = ()
        return out

    def forms(self, words: Words) -> Forms:
        """Return which words of an utterance are part of something written, a label of an earlier redaction among it.

        The keys of labels are changed by that.
        """
        return self._forms(words, labels_in(words, self.word) if may_hold_labels(words.text) else None)

    def _forms(self, words: Words, labels: Forms | None) -> Forms:
        forms: Forms = {}
        if may_be_written(words.text):
            forms = written_words(words, self.word, self.vocabulary.language.everyday)
        if labels:
            forms.update(labels)
        return forms

    def _first_gap(self, lead: str) -> str:
        """Return the text between the last word of the turn and the first of this utterance; a space at least."""
        if not (lead or self._tail):
            return " "
        gap = self._tail + lead
        return gap if lead[:1].isspace() or self._tail[-1:].isspace() else f"{self._tail} {lead}"

    def fail(self, number: int, guards: int | None = None) -> None:
        """Mask a detector's kind of words from now on: it raised, or its state is in doubt."""
        self.failures += 1
        failed = FailedDetector(self.vocabulary.guards[number] if guards is None else guards)
        self._wakes = (*self._wakes[:number], failed.wake, *self._wakes[number + 1 :])
        self._active[number] = failed.active
        self._note(number, holds=False)
        self.detectors[number] = failed
        self._wake |= failed.wake
        self.awake = True in self._active

    def fail_all(self) -> None:
        """Mask every word from now on: what the detectors would have found in it nobody knows."""
        for number in range(len(self.detectors)):
            self.fail(number, EVERY_WORD)

    # -- what may wait no longer ---------------------------------------------------------------------------------

    def hide_open(self, ranges: Sequence[tuple[int, int]]) -> list[Span]:
        """Return what hides the open words in these ranges, in order: they may wait no longer.

        All open words of a candidate that has one of them are hidden, and from now on what it goes on with. What only
        waits for the words behind it is what it would be if the call broke off here. The detectors are not changed.
        """
        ends = self.fork()
        spans = ends.close(cut=True)
        if ends.failures != self.failures:
            self.fail_all()
            return []
        self._next = max(self._next, ends._next)
        first, last = ranges[0][0], ranges[-1][1]
        out = [_cut(span, last) for span in spans if first < span.end and span.start < last]
        for number in self.vocabulary.candidates:
            if self.is_active(number):
                out += self._hide_candidate(number, ranges)
        return out

    def _hide_candidate(self, number: int, ranges: Sequence[tuple[int, int]]) -> list[Span]:
        """Hide the candidate of a detector, if one of its words is in the ranges, and watch how it goes on."""
        watch = Watch(number, self.new_entity())
        try:
            detector = self._candidate_of(number)
            if detector is None or not any(detector.candidate_from(low, high) < high for low, high in ranges):
                return []
            out = watch.spans(detector, ranges[0][0], self.word)
        except Exception:  # noqa: BLE001 - as in _feed
            self.fail(number)
            return []
        self._watches = (*[other for other in self._watches if other.number != number], watch)
        return out

    def _later_pieces(self, end: int) -> list[Span]:
        """Return what hides the words before `end` with which candidates go on that were hidden undecided."""
        out: list[Span] = []
        for watch in self._watches:
            try:
                detector = self._candidate_of(watch.number)
                if detector is not None and watch.is_open(detector):
                    out += watch.spans(detector, watch.last + 1, end)
                    continue
            except Exception:  # noqa: BLE001 - as in _feed
                self.fail(watch.number)
            self._watches = tuple([other for other in self._watches if other is not watch])
        return out

    def _candidate_of(self, number: int) -> CandidateDetector | None:
        detector = self.detectors[number]
        return None if isinstance(detector, FailedDetector) else cast("CandidateDetector", detector)

    def close(self, *, cut: bool = False) -> list[Span]:
        """Let the detectors decide what is open: the call is over, or was cut off."""
        out: list[Span] = []
        for number, detector in enumerate(self.detectors):
            try:
                spans = detector.close(self, cut=True) if cut else detector.close(self)
            except Exception:  # noqa: BLE001 - as in _feed
                self.fail(number)
            else:
                out += self._checked(number, spans, self.word)
        return out


def _cut(span: Span, end: int) -> Span:
    """Return the words of a span before `end`."""
    if span.end <= end:
        return span
    return Span(span.start, end, span.label, span.score, span.entity, span.reason)


def _are_sound(spans: object, end: int) -> bool:
    """Return whether they are spans at all, of words before `end`: a user's detector may give anything."""
    if type(spans) is not list:
        return False
    return all(_is_sound(span, end) for span in spans)


def _is_sound(span: Any, end: int) -> bool:
    start, stop, entity, score = span.start, span.end, span.entity, span.score  # each costs as much as the tests
    if not type(start) is type(stop) is type(entity) is int:
        return False
    placed = 0 <= start < stop <= end and 0 <= entity < _MOST_ENTITIES
    scored = (type(score) is float or type(score) is int) and 0 <= score <= 1
    return placed and scored and isinstance(span.label, str) and isinstance(span.reason, Reason)


def _tail_of(words: Words) -> str:
    """Return what stands after the last word of a text."""
    text = words.text
    end = len(text)
    if text.isascii():
        while not text[end - 1].isalnum():
            end -= 1
    else:  # what is a letter is known better where words are cut: by a newer Unicode
        end = words.offsets[-1][1]
    return text[end:][-LONGEST_GAP:]
