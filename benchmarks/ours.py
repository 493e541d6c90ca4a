"""ccredact over calls of the gold form: the code path of the command line, entities in original offsets."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ccredact import Utterance

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccredact import Redactor, Segment
    from gold import GoldCall


def utterances(call: GoldCall) -> list[Utterance]:
    """Give a call's turns as final utterances named by their number."""
    return [
        Utterance(text=turn["text"], speaker=turn.get("speaker"), id=str(at)) for at, turn in enumerate(call["turns"])
    ]


def predict(redactor: Redactor, call: GoldCall, *, cut: int = 0) -> dict[str, Any]:
    """Redact a call as the command line does and give what was hidden, by turn, in original offsets.

    With `cut` every turn comes as finals of so many words, as a recogniser that ends its finals early would cut it.
    """
    if not cut:
        return predicted(call, redactor.redact_call(utterances(call)))
    pieces = cut_utterances(call, cut)
    segments = redactor.redact_call(utterance for _, _, utterance in pieces)
    moved = [
        replace(
            segment,
            utterance=str(at),
            entities=tuple(replace(e, start=e.start + start, end=e.end + start) for e in segment.entities),
        )
        for (at, start, _), segment in zip(pieces, segments, strict=True)
    ]
    return predicted(call, moved)


def cut_utterances(call: GoldCall, words: int) -> list[tuple[int, int, Utterance]]:
    """Give a call in finals of so many words (0: its turns): the turn of each, its first character there, and it."""
    pieces = [
        (at, start, turn["text"][start:end], turn.get("speaker"))
        for at, turn in enumerate(call["turns"])
        for start, end in (_cuts(turn["text"], words) if words else [(0, len(turn["text"]))])
    ]
    return [
        (at, start, Utterance(text, speaker=speaker, id=str(number)))
        for number, (at, start, text, speaker) in enumerate(pieces)
    ]


def _cuts(text: str, words: int) -> list[tuple[int, int]]:
    """Cut a text in front of every `words`th word."""
    starts = [0, *(match.start() for match in list(re.finditer(r"\S+", text))[words::words])]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def predict_cut(redactor: Redactor, call: GoldCall) -> dict[str, Any]:
    """Redact a call that breaks off after its last turn."""
    stream = redactor.stream()
    segments = [segment for utterance in utterances(call) for segment in stream.push(utterance)]
    return predicted(call, segments + stream.close(cut=True))


def predicted(call: GoldCall, segments: Iterable[Segment]) -> dict[str, Any]:
    """Sort the entities of released segments by turn."""
    turns: list[dict[str, Any]] = [{"entities": []} for _ in call["turns"]]
    for segment in segments:
        turns[int(segment.utterance)]["entities"] += [
            {"start": entity.start, "end": entity.end, "label": entity.label} for entity in segment.entities
        ]
    return {"id": call["id"], "turns": turns}
