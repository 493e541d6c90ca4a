"""OpenAI's events of transcriptions that run; stored ones have Whisper's form."""

from __future__ import annotations

from typing import Any, Final

from ccredact.formats.json.table import Live, Table, Turns, Words

_EVENTS: Final = (
    "conversation.item.input_audio_transcription.",
    "transcript.text.",
    "response.audio_transcript.",
    "response.output_audio_transcript.",
    "response.text.",
    "response.output_text.",
)


def _matches(document: Any) -> bool:
    return isinstance(document["type"], str) and document["type"].startswith(_EVENTS)


TABLES: Final[tuple[Table, ...]] = (
    Table(
        name="openai-live",
        summary="events of OpenAI's transcriptions",
        matches=_matches,
        live=Live(
            seen=False,
            final=lambda event: not str(event.get("type")).endswith((".delta", ".segment")),
            delta="delta",
            id=("item_id", "content_index"),
            blank=("logprobs",),
        ),
        turns=(
            Turns(
                at="",
                text="transcript|text|delta",
                speaker="speaker",
                more_words=(Words(at="logprobs", text="token", times=(), glued=True),),
            ),
        ),
        kept=("type", "event_id", "item_id", "segment_id", "usage.type"),
    ),
)
