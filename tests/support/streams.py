"""What a stream gives back, put together by utterance, and whether it is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccredact import Utterance, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ccredact import Redactor, Segment
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


def check_whole(utterance: Utterance, segments: list[Segment]) -> None:
    """Every character outside the entities is back in its place, and all positions are right."""
    text, out = utterance.text, "".join(segment.text for segment in segments)
    assert (segments[0].start, segments[-1].end) == (0, len(text))
    at = out_at = 0
    for segment in segments:
        assert (segment.start, segment.out_start) == (at, out_at)
        for entity in segment.entities:
            assert at <= entity.start < entity.end <= segment.end
            assert text[at : entity.start] == out[out_at : entity.out_start]
            assert out[entity.out_start : entity.out_end] == f"[{entity.label}]"
            at, out_at = entity.end, entity.out_end
        assert text[at : segment.end] == out[out_at : segment.out_start + len(segment.text)]
        at, out_at = segment.end, segment.out_start + len(segment.text)


def timed(text: str, *, speaker: str | None = "a", step: float = 0.5) -> Utterance:
    """An utterance with a word every so many seconds, each 0.4 seconds long."""
    words = tuple(Word(word, at * step, at * step + 0.4) for at, word in enumerate(text.split()))
    return Utterance(text, speaker=speaker, words=words)
