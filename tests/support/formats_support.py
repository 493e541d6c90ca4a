"""What the tests of the formats share: hiding by hand, documents made up to order, and looking for leaks."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ccredact import Entity, Policy, Reason, Segment
from ccredact.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ccredact import Utterance
    from ccredact.formats import Record

Hidden = tuple[int, str, str, str]
"""Number of the utterance, what is hidden in it, label, replacement."""


KEEP = Policy.from_dict({"speakers": "keep"})


def read(name: str, data: bytes, policy: Policy = KEEP) -> list[Record]:
    """All records of `data` in the format `name`; names in labels stay."""
    return list(FORMATS[name].read(io.BytesIO(data), source="call", policy=policy))


def segments(utterances: Sequence[Utterance], hidden: Iterable[Hidden] = (), *, pieces: int = 1) -> list[Segment]:
    """What an engine would release; each utterance in so many segments, cut between its entities."""
    found = [_segment(utterance, [h for h in hidden if h[0] == n], n) for n, utterance in enumerate(utterances)]
    return found if pieces == 1 else [piece for segment in found for piece in _cut(segment)]


def _segment(utterance: Utterance, hidden: Sequence[Hidden], number: int) -> Segment:
    text, out, at = utterance.text, "", 0
    entities = []
    for place, (_, target, label, replacement) in enumerate(hidden):
        start = text.index(target, at)
        end = start + len(target)
        out += text[at:start]
        entities.append(Entity(place, label, 0.9, Reason.CUED, start, end, len(out), len(out) + len(replacement)))
        out += replacement
        at = end
    name, text = utterance.id or str(number), out + utterance.text[at:]
    return Segment(name, text, utterance.speaker, entities=tuple(entities), end=len(utterance.text))


def _cut(segment: Segment) -> list[Segment]:
    """The segment cut behind its first entity."""
    if not segment.entities:
        return [segment]
    first = segment.entities[0]
    head, tail = segment.text[: first.out_end], segment.text[first.out_end :]
    return [
        replace(segment, text=head, entities=(first,), end=first.end),
        replace(segment, text=tail, entities=segment.entities[1:], start=first.end, out_start=first.out_end),
    ]


def rewritten(name: str, data: bytes, *hidden: Hidden, pieces: int = 1) -> bytes:
    """`data` read and written back, with `hidden` in its first call."""
    parts = []
    for number, record in enumerate(read(name, data)):
        parts.append(record.write(segments(record.utterances, hidden if number == 0 else (), pieces=pieces)))
    return b"".join(parts)


def events(*lines: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def jsonl(*texts: str) -> bytes:
    return b"".join(
        json.dumps({"id": n, "turns": [{"speaker": "customer", "text": text}]}).encode() + b"\n"
        for n, text in enumerate(texts)
    )


def timed_words(text: str) -> list[dict[str, Any]]:
    """The words of a text as a JSONL turn lists them, one a second."""
    return [{"text": word, "start": n, "end": n + 0.5, "confidence": 0.9} for n, word in enumerate(text.split())]


def turn(text: str, **fields: Any) -> dict[str, Any]:
    """A turn of a JSONL call."""
    return {"speaker": "customer", "text": text} | fields


def leaks(error: BaseException, canary: str) -> list[str]:
    """Where `canary` can be reached from an error: its values, causes, and what our frames hold."""
    found = []
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        current = waiting.pop()
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        held: dict[str, Any] = {"str": str(current), "args": current.args, **vars(current)}
        found += [f"{type(current).__name__}.{key}" for key, value in held.items() if canary in repr(value)]
        frame = current.__traceback__
        while frame is not None:
            if str(frame.tb_frame.f_globals.get("__name__", "")).startswith("ccredact"):
                values = frame.tb_frame.f_locals.items()
                found += [f"{frame.tb_frame.f_code.co_name}:{key}" for key, value in values if canary in repr(value)]
            frame = frame.tb_next
        waiting += [current.__cause__, current.__context__]
    return found


Turn = tuple[str, str]
"""Speaker and words; a word that is punctuation alone becomes a punctuation item."""


def transcribe(turns: Sequence[Turn], *, shape: str = "new", **extra: Any) -> dict[str, Any]:
    """A document as Amazon Transcribe writes it: `shape` is "new", "old", "channels" or "bare"."""
    items: list[dict[str, Any]] = []
    segments_: list[dict[str, Any]] = []
    audio: list[dict[str, Any]] = []
    clock = 0.5
    for speaker, words in turns:
        made = []
        for word in words.split():
            item: dict[str, Any] = {"id": len(items)}
            if word.isalnum() or len(word) > 1:
                item |= {"start_time": f"{clock:.2f}", "end_time": f"{clock + 0.4:.2f}"}
                clock += 0.5
            item["alternatives"] = [{"confidence": "0.99", "content": word}]
            item["type"] = "pronunciation" if "start_time" in item else "punctuation"
            item["channel_label" if shape == "channels" else "speaker_label"] = speaker
            items.append(item)
            made.append(item)
        timed = [item for item in made if "start_time" in item]
        times = {"start_time": timed[0]["start_time"], "end_time": timed[-1]["end_time"]}
        listed = [{key: i[key] for key in ("start_time", "end_time")} | {"speaker_label": speaker} for i in timed]
        segments_.append(times | {"speaker_label": speaker, "items": listed})
        audio.append({"id": len(audio), "transcript": joined(made), **times, "items": [item["id"] for item in made]})
    results: dict[str, Any] = {"transcripts": [{"transcript": joined(items)}]}
    if shape == "channels":
        labels = list(dict.fromkeys(speaker for speaker, _ in turns))
        channels = [
            {"channel_label": label, "items": [i for i in items if i["channel_label"] == label]} for label in labels
        ]
        results["channel_labels"] = {"channels": channels, "number_of_channels": len(labels)}
    if shape in {"new", "old"}:
        results["speaker_labels"] = {"speakers": 2, "segments": segments_}
    results["items"] = items if shape in {"new", "channels"} else [_older(i) for i in items]
    if shape in {"new", "channels"}:
        results["audio_segments"] = audio
    return {"jobName": "job", "accountId": "111122223333", "status": "COMPLETED", "results": results | extra}


def _older(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key not in {"id", "speaker_label"}}


def joined(items: Iterable[dict[str, Any]]) -> str:
    """The text of some items: a space before words, none before punctuation."""
    text = ""
    for item in items:
        text += " " if text and item["type"] != "punctuation" else ""
        text += item["alternatives"][0]["content"]
    return text


def dumped(document: object) -> bytes:
    """A document with the white space of a person: two blanks and a last newline."""
    return json.dumps(document, indent=2).encode() + b"\n"
