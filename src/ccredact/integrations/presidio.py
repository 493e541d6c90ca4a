"""A user's own Presidio recogniser as a detector (extra `presidio`).

    from ccredact.integrations.presidio import PresidioDetector
    redactor = Redactor("full", detectors=[PresidioDetector(PatternRecognizer("PET_TAG", patterns=[...]))])

A Presidio recogniser looks at one string, so it is given bounded windows of a turn: up to `words` words (60), joined
as they were written. It is asked when the window is full and when the turn ends, and until then *all words of the
window are held*: live text comes up to 60 words, or one turn, late. The last third of a full window is held on and
begins the next one, so that an entity of up to a third of a window is always seen whole; of a longer one, what a
window cuts off is not found.
"""

from __future__ import annotations

import importlib
import re
import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple, Protocol

from ccredact.detectors.base import EVERY_WORD, Context
from ccredact.entities import REDACTED
from ccredact.errors import MissingExtraError, PolicyError
from ccredact.text.token import Token
from ccredact.transcript import Span

WORDS: Final = 60
"""Words of a window, unless told otherwise."""
LEAST_WORDS: Final = 3
MOST_WORDS: Final = 400
LONGEST_GAP: Final = 16
"""Characters between two words that the recogniser sees."""
_SPACES: Final = re.compile(r"\s+")


class Recogniser(Protocol):
    """What is used of `presidio_analyzer.EntityRecognizer`."""

    supported_entities: list[str]
    supported_language: str

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any) -> Sequence[Any]:
        """Return what is found: values with `entity_type`, `start`, `end` and `score`."""


class _Setting(NamedTuple):
    """What all copies of a detector share."""

    recogniser: Recogniser
    entities: list[str]
    nlp_engine: Any
    words: int
    patience: float


class PresidioDetector:
    """Runs a Presidio recogniser over windows of a turn; hand it to `Redactor(detectors=[...])`.

    `entities` are those of the recogniser's entity types that are wanted (all). `nlp_engine`, a loaded Presidio
    `NlpEngine`, gives the recogniser its `nlp_artifacts`. Scores are the recogniser's own and count from the
    policy's threshold on: Presidio's context words do not raise them here, so give a pattern that relies on those
    a score that stands by itself, or lower the policy's default threshold.

    It fails closed: when the recogniser raises, or runs into Presidio's time-out for patterns, every word from the
    window's first to the call's end is masked. Its copies share the recogniser, so that one redactor may be used by
    several threads only if the recogniser may.

    Raises `MissingExtraError` without presidio-analyzer, and `PolicyError` for what is no recogniser, for entity types
    that it does not have, for `words` that are not a whole number from 3 to 400, and for a recogniser that works on
    `nlp_artifacts` alone when there is no `nlp_engine`.
    """

    wake = 0
    guards = EVERY_WORD
    active = True

    __slots__ = ("_found", "_fresh", "_setting", "_start", "_turn", "_words", "labels")

    def __init__(
        self,
        recogniser: Recogniser,
        *,
        entities: Iterable[str] | None = None,
        nlp_engine: Any = None,
        words: int = WORDS,
    ) -> None:
        presidio = _presidio()
        if presidio is None:
            raise MissingExtraError("presidio")
        if not isinstance(recogniser, presidio.EntityRecognizer):
            raise PolicyError("a PresidioDetector takes a presidio_analyzer.EntityRecognizer")
        if nlp_engine is None and isinstance(recogniser, presidio.predefined_recognizers.SpacyRecognizer):
            raise PolicyError("this recogniser finds nothing by itself: give nlp_engine")
        wanted = sorted(recogniser.supported_entities if entities is None else set(entities))
        if not wanted or not set(wanted) <= set(recogniser.supported_entities):
            raise PolicyError("entities must be one or more of the recogniser's supported entities")
        if not isinstance(words, int) or isinstance(words, bool) or not LEAST_WORDS <= words <= MOST_WORDS:
            raise PolicyError(f"words must be a whole number from {LEAST_WORDS} to {MOST_WORDS}")
        patience = float(getattr(presidio.pattern_recognizer, "REGEX_TIMEOUT_SECONDS", 60))
        self._begin(_Setting(recogniser, wanted, nlp_engine, words, patience))

    def _begin(self, setting: _Setting) -> None:
        self._setting = setting
        self.labels = frozenset(setting.entities)
        self._turn = -1
        self._start = 0  # the first word of the window
        self._words: list[tuple[str, str]] = []  # (gap before it, the word as written)
        self._fresh = 0  # words of the window that the recogniser has not seen
        self._found: list[Span] = []  # what reaches into the window

    def __repr__(self) -> str:
        return f"PresidioDetector({', '.join(self._setting.entities)})"

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle it without what it has been fed: that is raw text."""
        return _restore, (self._setting,)

    def fork(self) -> PresidioDetector:
        """Copy it, to go on independently."""
        other = PresidioDetector.__new__(PresidioDetector)
        other._begin(self._setting)
        other._turn, other._start, other._fresh = self._turn, self._start, self._fresh
        other._words, other._found = list(self._words), list(self._found)
        return other

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Take one word; the recogniser is asked when it fills the window or begins a turn."""
        out: list[Span] = []
        if token.turn != self._turn:
            out = self._end_turn(ctx)
            self._turn, self._start = token.turn, token.index
        # Gaps differ by spaces, and very long ones by their beginnings, with the utterances a turn is cut into.
        self._words.append((_SPACES.sub(" ", token.gap)[-LONGEST_GAP:], ctx.written()))
        self._fresh += 1
        if len(self._words) == self._setting.words:
            out += self._run(ctx)
            done = self._setting.words - self._setting.words // 3
            del self._words[:done]
            self._start += done
            self._found = [span for span in self._found if span.end > self._start]
        return out

    def close(self, ctx: Context, *, cut: bool = False) -> list[Span]:
        """Ask about the rest of the turn: the call is over."""
        del cut
        return self._end_turn(ctx)

    def open_from(self, start: int, end: int) -> int:
        """Find the first undecided word in `[start, end)`: the window's first."""
        return min(end, max(start, self._start)) if self._words else end

    def is_open(self, entity: int) -> bool:
        """Return whether an entity reaches into the window: more of it may be found."""
        return any(span.entity == entity for span in self._found)

    def value(self, entity: int) -> str | None:
        """Return None: it knows no values."""
        del entity
        return None

    def _end_turn(self, ctx: Context) -> list[Span]:
        out = self._run(ctx) if self._fresh else []
        self._words, self._found = [], []
        return out

    def _run(self, ctx: Context) -> list[Span]:
        """Ask the recogniser about the window."""
        text, starts, ends = self._text()
        self._fresh = 0
        out: list[Span] = []
        for found in sorted(self._ask(text), key=lambda found: (found.start, -found.end, found.entity_type)):
            label = self._label(found.entity_type)
            first, after = bisect_right(ends, found.start), bisect_left(starts, found.end)
            if label and first < after:
                span = self._span(self._start + first, self._start + after, label, float(found.score), ctx)
                if span is not None:
                    out.append(span)
        return out

    def _text(self) -> tuple[str, list[int], list[int]]:
        """Return the window's text, and where in it each word starts and ends."""
        parts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for gap, word in self._words:
            lead = gap if parts else gap.rpartition(" ")[2]  # "+44", but not what ended the sentence before
            parts += (lead, word)
            starts.append(at + len(lead))
            at += len(lead) + len(word)
            ends.append(at)
        return "".join(parts), starts, ends

    def _ask(self, text: str) -> Sequence[Any]:
        recogniser, entities, nlp_engine, _, patience = self._setting
        artifacts = None if nlp_engine is None else nlp_engine.process_text(text, recogniser.supported_language)
        began = time.monotonic()
        found = recogniser.analyze(text, list(entities), artifacts)
        if time.monotonic() - began >= patience:
            raise TimeoutError  # Presidio skips a pattern that takes so long, and says that nothing was found
        return found

    def _label(self, entity: str) -> str:
        """Return the label of what was found; "" for what is not wanted."""
        if entity in self.labels:
            return entity
        # What the recogniser never announced no policy can know, so that it would be shown.
        return "" if entity in self._setting.recogniser.supported_entities else REDACTED

    def _span(self, start: int, end: int, label: str, score: float, ctx: Context) -> Span | None:
        """Return the span, as more of what it overlaps; None when that covers it with no lower score."""
        entity = 0
        for other in self._found:
            if other.label == label and other.start < end and start < other.end:
                if other.start <= start and end <= other.end and score <= other.score:
                    return None
                entity = entity or other.entity
        span = Span(start, end, label, score, entity or ctx.new_entity())
        self._found.append(span)
        return span


def _restore(setting: _Setting) -> PresidioDetector:
    """Return a fresh detector."""
    detector = PresidioDetector.__new__(PresidioDetector)
    detector._begin(setting)
    return detector


def _presidio() -> Any:
    """Return the package, None when it is not installed."""
    try:
        return importlib.import_module("presidio_analyzer")
    except ImportError:
        return None
