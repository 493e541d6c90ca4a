"""The values that go in and come out: frozen, and silent about text in their `repr`.

Positions are of two kinds and are never mixed. *Word positions* count the words of a call in the order in
which they arrived (`Span`); *character offsets* count the characters of one utterance (`Entity`, `Segment`).
Both are half-open. Times are seconds from the start of the call.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ccredact.reasons import Reason

Name = str | int
"""What a recogniser calls a speaker or an utterance: 1 and "1" are two."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word as the recogniser wrote it, with its time in seconds when there is one.

    A time may be text, as Amazon Transcribe writes it ("12.34").
    """

    text: str = field(repr=False)
    start_s: float | str | None = None
    end_s: float | str | None = None


@dataclass(frozen=True, slots=True)
class Utterance:
    """One hypothesis of what one speaker said.

    `speaker` is any label, text or a number (or None where nobody told the speakers apart); `id` names the
    utterance in the segments that come back and defaults to its number in the call, as text. An interim
    (`is_final=False`) may be pushed any number of times and replaced by the next one; a final stays. `words` are
    optional and carry the times: each `Word.text` is looked for in `text`, left to right; where the recogniser
    writes a word otherwise than the text, it is placed by the words around it.
    """

    text: str = field(repr=False)
    speaker: Name | None = field(default=None, repr=False)
    id: Name | None = None
    is_final: bool = True
    words: Sequence[Word] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Span:
    """A decided run of words `[start, end)` of the call: what a detector returns. It holds no text.

    Spans with the same `entity` number are pieces of one entity (a card read over four turns). `reason` names the rule
    that decided it.
    """

    start: int
    end: int
    label: str
    score: float
    entity: int
    reason: Reason = Reason.DETECTOR


@dataclass(frozen=True, slots=True)
class Entity:
    """One hidden piece of an utterance.

    `start`/`end` are character offsets in the utterance's original text, `out_start`/`out_end` in its
    redacted text (all its segments joined). `start_s`/`end_s` cover every hidden word when there are
    timings, so that the audio can be muted. Pieces of one entity in several utterances share `id`. `reason` names the
    rule that decided it, and `score` says how sure that rule is.
    """

    id: int
    label: str
    score: float
    reason: Reason
    start: int
    end: int
    out_start: int
    out_end: int
    start_s: float | None = None
    end_s: float | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """Released, redacted words of one utterance: `[start, end)` of its original text.

    A final segment is never changed or taken back; an utterance's final segments joined are its redacted
    text. An interim segment is the whole redacted hypothesis, with a stand-in for what is undecided.
    `fault` is true when an error inside a detector made the engine mask words (label `REDACTED`).
    """

    utterance: Name
    text: str = field(repr=False)
    speaker: Name | None = field(default=None, repr=False)
    is_final: bool = True
    entities: tuple[Entity, ...] = ()
    start: int = 0
    end: int = 0
    out_start: int = 0
    fault: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """What a call holds back: how many words, and for how many seconds the oldest of them has waited."""

    words: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class _OpenSegment:
    """A segment while it is made: a frozen dataclass sets each field through a slow call, and one is made a turn.

    It has the fields of `Segment`, so that it can become one.
    """

    utterance: Name
    text: str
    speaker: Name | None
    is_final: bool
    entities: tuple[Entity, ...]
    start: int
    end: int
    out_start: int
    fault: bool


def make_segment(
    utterance: Name,
    text: str,
    speaker: Name | None,
    is_final: bool,  # noqa: FBT001 - as the fields stand in `Segment`
    entities: tuple[Entity, ...],
    start: int,
    end: int,
    out_start: int,
    fault: bool,  # noqa: FBT001
) -> Segment:
    """Return a `Segment` with these values, in a third of the time."""
    made: Any = _OpenSegment(utterance, text, speaker, is_final, entities, start, end, out_start, fault)
    made.__class__ = Segment
    segment: Segment = made
    return segment


@dataclass(slots=True)
class _OpenSpan:
    """A span while it is made, as `_OpenSegment`: several are made of ten words."""

    start: int
    end: int
    label: str
    score: float
    entity: int
    reason: Reason


def make_span(start: int, end: int, label: str, score: float, entity: int, reason: Reason) -> Span:
    """Return a `Span` with these values, in half of the time."""
    made: Any = _OpenSpan(start, end, label, score, entity, reason)
    made.__class__ = Span
    span: Span = made
    return span


@dataclass(slots=True)
class _OpenEntity:
    """An entity while it is made, as `_OpenSegment`."""

    id: int
    label: str
    score: float
    reason: Reason
    start: int
    end: int
    out_start: int
    out_end: int
    start_s: float | None
    end_s: float | None


def make_entity(
    id: int,  # noqa: A002 - as in `Entity`
    label: str,
    score: float,
    reason: Reason,
    start: int,
    end: int,
    out_start: int,
    out_end: int,
    start_s: float | None,
    end_s: float | None,
) -> Entity:
    """Return an `Entity` with these values, in half of the time."""
    made: Any = _OpenEntity(id, label, score, reason, start, end, out_start, out_end, start_s, end_s)
    made.__class__ = Entity
    entity: Entity = made
    return entity


def joined(pieces: Sequence[Segment]) -> Segment:
    """Return the final segments of one utterance, all of them in order, as one."""
    if len(pieces) == 1:
        return pieces[0]
    first, last = pieces[0], pieces[-1]
    return make_segment(
        first.utterance,
        "".join([piece.text for piece in pieces]),
        first.speaker,
        first.is_final,
        tuple([entity for piece in pieces for entity in piece.entities]),
        first.start,
        last.end,
        first.out_start,
        any(piece.fault for piece in pieces),
    )
