"""Calls that are flushed here and there: what is shown of them, word by word, beside what the finished call shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from held import Clock
from streams import by_utterance

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from ccredact import Redactor, Segment, Utterance


def hidden(utterance: Utterance, segments: Sequence[Segment]) -> list[bool]:
    """Whether each space-separated word of an utterance is hidden, in whole or in part."""
    out: list[bool] = []
    at = 0
    for word in utterance.text.split():
        start = utterance.text.index(word, at)
        at = start + len(word)
        out.append(any(e.start < at and e.end > start for segment in segments for e in segment.entities))
    return out


def flushed(redactor: Redactor, utterances: Sequence[Utterance], rng: random.Random) -> list[list[bool]]:
    """What is hidden of each utterance, word by word, where the call is flushed at random.

    Checks on the way that a flush leaves no word that is due.
    """
    clock = Clock()
    call = redactor.stream(clock=clock)
    segments: list[Segment] = []
    for utterance in utterances:
        segments += call.push(utterance)
        clock.now += rng.randrange(3)
        if rng.randrange(3) == 0:
            after = rng.randrange(3)
            segments += call.flush(after=after)
            held = call.held
            assert not held.words or held.seconds < after
    segments += call.close()
    got = by_utterance(segments)
    return [hidden(utterance, got[str(number)]) for number, utterance in enumerate(utterances)]
