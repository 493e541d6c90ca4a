"""What a call has released of an utterance, as the machine of the formats writes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ccredact.formats.base import Edit, Redacted, redacted_by, rewritten
from ccredact.live.adapters.memory import Growing
from ccredact.reasons import Reason
from ccredact.transcript import Entity, Segment, Utterance

_UNDECIDED: Final = "UNDECIDED"


def shown(utterance: Utterance, segment: Segment | None) -> Redacted:
    """Return an utterance as it is shown: nothing of it where it has no segment.

    Behind the decided words of an interim stands what its segment has there; the rest of its words is gone.
    """
    text = utterance.text
    if segment is None:
        return Redacted("", (_rest(text, 0, ""),) if text else ())
    if segment.is_final:
        return redacted_by(text, [segment])
    words = decided(utterance, segment)
    if words is None:
        return Redacted(segment.text, (_rest(text, 0, segment.text),))
    end = segment.end
    known = rewritten(text, words + text[end:], segment.entities)
    tail = segment.text[len(words) :]
    edits = known.edits if end == len(text) and not tail else (*known.edits, _rest(text, end, tail))
    return Redacted(segment.text, edits, segment.entities)


def decided(utterance: Utterance, segment: Segment) -> str | None:
    """Return the decided words of an interim, without what stands for the others; None where it is none of them."""
    at, out = max(((entity.end, entity.out_end) for entity in segment.entities), default=(0, 0))
    rest = utterance.text[at : segment.end]
    return segment.text[: out + len(rest)] if segment.text.startswith(rest, out) else None


def increment(growing: Growing, utterance: Utterance, segment: Segment | None) -> Redacted:
    """Return what is decided of a growing text beyond what was given: what its reader puts behind that."""
    words = "" if segment is None else decided(utterance, segment) or ""
    more = words[len(growing.given) :] if words.startswith(growing.given) else ""
    growing.given += more
    return Redacted(more, (_rest(utterance.text, 0, more),))


def parts(redacted: Redacted, starts: Sequence[int], length: int) -> list[Redacted]:
    """Return the pieces of an utterance that begin at `starts`; what is hidden across two stands in the first."""
    if len(starts) == 1:
        return [redacted]
    found = []
    for start, end in zip(starts, [*starts[1:], length], strict=True):
        edits = []
        for edit in redacted.edits:
            low, high = max(edit.start, start), min(edit.end, end)
            if low < high or (low == high == edit.start and low < end):
                new = edit.text if edit.start >= start else ""
                edits.append(Edit(low - start, high - start, new, edit.entity))
        found.append(Redacted("", tuple(edits), redacted.entities))  # a turn is written by its edits
    return found


def _rest(text: str, start: int, tail: str) -> Edit:
    entity = Entity(-1, _UNDECIDED, 0.0, Reason.DETECTOR, start, len(text), start, start + len(tail))
    return Edit(start, len(text), tail, entity)
