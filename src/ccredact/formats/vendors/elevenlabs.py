"""ElevenLabs, of one channel or of several."""

from __future__ import annotations

from typing import Any, Final

from ccredact.formats.json.table import Table, Turns, Words

_WORDS: Final = Words(
    text="text", speaker="speaker_id", kept=("channel_index",),
    glued=lambda texts: any(text.isspace() for text in texts),
)  # fmt: skip


def _matches(document: Any) -> bool:
    words = document["transcripts"][0]["words"] if "transcripts" in document else document["words"]
    return "logprob" in words[0] or "speaker_id" in words[0]


TABLES: Final = (
    Table(
        name="elevenlabs",
        summary="what ElevenLabs writes",
        matches=_matches,
        turns=(
            Turns(at="transcripts[]", words=_WORDS, channel="channel_index", start="words[0].start"),
            Turns(at="", words=_WORDS),
        ),
        copies=(
            Turns(at="transcripts[]", text="text", channel="channel_index"),
            Turns(at="", text="text"),
        ),
        kept=("language_code", "transcription_id", "transcripts[].language_code"),
    ),
)
