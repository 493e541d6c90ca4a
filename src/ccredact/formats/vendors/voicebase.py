"""VoiceBase: a list of words, in which an element is the name of who speaks from there on."""

from __future__ import annotations

from typing import Final

from ccredact.formats.json.table import Table, Turns, Words
from ccredact.formats.json.times import Clock

TABLES: Final[tuple[Table, ...]] = (
    Table(
        name="voicebase",
        summary="what VoiceBase writes",
        matches=lambda document: isinstance(document["transcript"]["words"], list),
        turns=(
            Turns(
                at="transcript",
                words=Words(
                    text="w",
                    times=(Clock("s", "e", scale=1000),),
                    kind="m",
                    marks=frozenset({"punc"}),
                    heads=frozenset({"turn"}),
                    kept=("p",),
                ),
            ),
        ),
        kept=("mediaId", "status", "dateCreated", "dateFinished", "mediaContentType", "length"),
        emptied=("transcript.alternateFormats[].data",),
    ),
)
