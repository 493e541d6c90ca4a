"""ccredact over calls of the gold form: the code path of the command line, entities in original offsets."""

from __future__ import annotations

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


def predict(redactor: Redactor, call: GoldCall) -> dict[str, Any]:
    """Redact a call as the command line does and give what was hidden, by turn, in original offsets."""
    return predicted(call, redactor.redact_call(utterances(call)))


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
