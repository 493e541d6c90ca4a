"""What a stream gives back, put together by utterance."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ccredact import Redactor, Segment, Utterance
    from ccredact.transcript import Name


def by_utterance(segments: Iterable[Segment]) -> dict[Name, list[Segment]]:
    """The segments of each utterance, in order; all of them are final."""
    out: dict[Name, list[Segment]] = {}
    for segment in segments:
        assert segment.is_final
        out.setdefault(segment.utterance, []).append(segment)
    return out


def pushed(redactor: Redactor, utterances: Sequence[Utterance]) -> list[list[Segment]]:
    """The segments of every utterance when they are pushed one by one; none of them has an id."""
    call = redactor.stream()
    found = by_utterance([*(s for utterance in utterances for s in call.push(utterance)), *call.close()])
    return [found.get(str(number), []) for number in range(len(utterances))]
