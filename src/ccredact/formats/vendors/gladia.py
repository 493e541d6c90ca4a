"""Gladia: events of its live API, and transcripts of recordings."""

from __future__ import annotations

from typing import Final

from ccredact.formats.json.table import Live, Table, Turns, Words

_WORDS: Final = Words(text="word", glued=True)

TABLES: Final = (
    Table(
        name="gladia-live",
        summary="what Gladia sends during a call",
        matches=lambda document: document["type"] == "transcript" and "utterance" in document["data"],
        live=Live(call=("session_id",), closes=lambda event: event.get("type") == "end_session"),
        turns=(
            Turns(at="data", text="utterance.text", id="id", channel="utterance.channel", speaker="utterance.speaker",
                  start="utterance.start", final=("is_final", True),
                  words=Words(at="utterance.words", text="word", glued=True)),
        ),
        kept=("type", "session_id", "created_at", "data.utterance.end", "data.utterance.language"),
    ),
    Table(
        name="gladia",
        summary="what Gladia writes of a recording",
        matches=lambda document: isinstance(document["result"]["transcription"]["utterances"], list),
        turns=(
            Turns(at="result.transcription.utterances[]", text="text", words=_WORDS, speaker="speaker",
                  channel="channel", start="start"),
        ),
        copies=(Turns(at="result.transcription", text="full_transcript"),),
        kept=("id", "request_id", "status", "created_at", "completed_at", "kind", "version", "file.id", "file.source",
              "result.transcription.utterances[].end", "result.transcription.utterances[].language",
              "result.transcription.languages[]"),
    ),
)  # fmt: skip
