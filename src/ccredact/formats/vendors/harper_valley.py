"""Gridspace Harper Valley: a list of segments, with the words' times in arrays beside the recogniser's text."""

from __future__ import annotations

from typing import Final

from ccredact.formats.json.table import Table, Turns
from ccredact.formats.json.times import MILLISECONDS

TABLES: Final[tuple[Table, ...]] = (
    Table(
        name="harper-valley",
        summary="a transcript of the Harper Valley corpus",
        matches=lambda document: "word_offsets_ms" in document[0],
        is_list=True,
        turns=(
            Turns(
                at="[]",
                text="transcript",
                speaker="speaker_role",
                id="index",
                start="start_ms",
                clock=MILLISECONDS,
                forms=("human_transcript",),
                columns=("word_offsets_ms", "word_durations_ms"),
            ),
        ),
        kept=("[].start_timestamp_ms", "[].offset_ms", "[].duration_ms", "[].emotion.*"),
    ),
)
