"""NVIDIA NeMo's manifests: a line is a segment of a recording; those of one recording are a call."""

from __future__ import annotations

from typing import Final

from ccredact.formats.json.table import Table, Turns, Words
from ccredact.formats.json.times import SECONDS, Clock

_CLOCKS: Final = (SECONDS, Clock("start_offset", "end_offset"))

TABLES: Final[tuple[Table, ...]] = (
    Table(
        name="nemo",
        summary="a manifest of NVIDIA NeMo",
        matches=lambda document: isinstance(document["audio_filepath"], str),
        by_line=True,
        group="audio_filepath",
        turns=(
            Turns(
                at="",
                text="text|pred_text",
                words=Words(at="timestamp|timestep.word", times=_CLOCKS),
                speaker="speaker",
                forms=("pred_text",),
                blank=("timestamp|timestep.char",),
            ),
        ),
        copies=(
            Turns(
                at="",
                words=Words(at="timestamp|timestep.segment", text="segment", times=_CLOCKS),
            ),
        ),
        kept=("audio_filepath",),
    ),
)
