"""Soniox: tokens, which have their spaces themselves and may be parts of words."""

from __future__ import annotations

from typing import Final

from ccredact.formats.json.table import Live, Table, Turns, Words
from ccredact.formats.json.times import Clock

TABLES: Final[tuple[Table, ...]] = (
    Table(
        name="soniox",
        summary="what Soniox writes",
        matches=lambda document: "start_ms" in document["tokens"][0] or "is_final" in document["tokens"][0],
        live=Live(seen=False, word_final="is_final", closes=lambda event: event.get("finished") is True),
        turns=(
            Turns(
                at="",
                words=Words(
                    at="tokens",
                    text="text",
                    times=(Clock("start_ms", "end_ms", scale=1000),),
                    speaker="speaker",
                    kept=("is_final", "language"),
                    glued=True,
                ),
            ),
        ),
        copies=(Turns(at="", text="text"),),
        kept=("id", "final_audio_proc_ms", "total_audio_proc_ms", "audio_duration_ms"),
    ),
)
