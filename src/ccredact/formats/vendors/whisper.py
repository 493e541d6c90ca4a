"""Whisper and what is built on it."""

from __future__ import annotations

from typing import Any, Final

from ccredact.formats.json.table import Table, Turns, Words


def _segments(document: Any) -> bool:
    return isinstance(document["segments"], list)


def _has(document: Any, member: str) -> bool:
    return any(member in word for segment in document["segments"] for word in segment.get("words") or ())


def _table(name: str, summary: str, matches: Any, words: Words, word_list: Words | None = None) -> Table:
    return Table(
        name=name,
        summary=summary,
        matches=matches,
        turns=(
            Turns(
                at="segments[]", text="text", words=words, speaker="speaker", start="start", blank=("tokens", "chars")
            ),
            Turns(at="", text="text"),
        ),
        copies=(Turns(at="", words=word_list or Words(at="words", text="word")),),
        names=("speakers[].name",),
        kept=("language", "task", "segments[].id", "segments[].seek", "segments[].end", "segments[].type"),
    )


TABLES: Final = (
    _table(
        "whisperx", "what WhisperX writes",
        lambda document: _segments(document) and ("word_segments" in document or _has(document, "score")),
        Words(text="word", speaker="speaker"), Words(at="word_segments", text="word", speaker="speaker"),
    ),
    _table(
        "whisper-timestamped", "what whisper-timestamped writes",
        lambda document: _segments(document) and _has(document, "text"), Words(text="text"),
    ),
    _table(
        "whisper", "what Whisper, faster-whisper and OpenAI write",
        lambda document: _segments(document) and ("text" in document or _has(document, "probability")),
        Words(text="word", glued=True),
    ),
)  # fmt: skip
