"""Amazon Transcribe."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from ccredact.formats.json.scan import quoted
from ccredact.formats.json.table import Offsets, Table, Turns, Words
from ccredact.formats.json.times import MILLISECONDS, Clock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ccredact.transcript import Entity

_CLOCK: Final = (Clock("start_time", "end_time"),)
MARKS: Final = frozenset({"punctuation"})
_KEPT: Final = ("id", "speaker_label", "channel_label", "language_code", "alternatives[].confidence",
                "alternatives[].redactions[].confidence", "alternatives[].redactions[].type",
                "alternatives[].redactions[].category")  # fmt: skip


def _redaction(text: str, entities: Sequence[Entity]) -> Mapping[str, str]:
    """Return an item's alternatives in the form of Amazon's own redaction."""
    redactions = [{"confidence": f"{e.score:.4f}", "type": e.label, "category": "PII"} for e in entities]
    return {"alternatives": f'[{{"content": {quoted(text)}, "redactions": {json.dumps(redactions)}}}]'}


_ITEMS: Final = Words(
    at="items", text="alternatives[0].content", times=_CLOCK, marks=MARKS, kept=_KEPT, speaker="speaker_label",
    shown=_redaction,
)  # fmt: skip
_HEARD: Final = Words(at="items", text="content", times=_CLOCK, marks=MARKS, kept=_KEPT)

TRANSCRIBE: Final = Table(
    name="transcribe",
    summary="what Amazon Transcribe writes",
    matches=lambda document: bool(document["results"].keys() & {"transcripts", "items", "channel_labels"}),
    lacks='there is no object "results"',
    turns=(
        Turns(at="results", words=_ITEMS),
        Turns(at="results.channel_labels.channels[]", words=_ITEMS, speaker="channel_label", start="start_time",
              by_times=True),
    ),
    copies=(
        Turns(at="results.transcripts[]", text="transcript"),
        Turns(at="results.speaker_labels.segments[]", words=Words(at="items", text="", times=_CLOCK,
              kept=("speaker_label",)), speaker="speaker_label", by_times=True, cut=True),
        Turns(at="results.audio_segments[]", text="transcript", numbers="items", cut=True),
        Turns(at="results.toxicity_detection[]", text="text"),
        Turns(at="results.segments[]", text="alternatives[0].transcript",
              words=Words(at="alternatives[0].items", text="content", times=_CLOCK, marks=MARKS, kept=_KEPT),
              forms=("alternatives[1:].transcript",),
              more_words=(Words(at="alternatives[1:].items", text="content", times=_CLOCK, marks=MARKS, kept=_KEPT),)),
    ),
    plain=("jobName",),
    kept=("accountId", "status", "results.language_code", "results.speaker_labels.channel_label",
          "results.audio_segments[].id", "results.audio_segments[].speaker_label",
          "results.audio_segments[].channel_label",
          "results.audio_segments[].start_time", "results.audio_segments[].end_time",
          "results.speaker_labels.segments[].start_time", "results.speaker_labels.segments[].end_time",
          "results.segments[].start_time", "results.segments[].end_time"),
)  # fmt: skip

ANALYTICS_WORDS: Final = Words(
    at="Items", text="Content", times=(Clock("BeginOffsetMillis", "EndOffsetMillis", scale=1000),), kind="Type",
    marks=MARKS, kept=("VocabularyFilterMatch", "Stable"),
)  # fmt: skip
ANALYTICS_OFFSETS: Final = tuple(
    Offsets(at=f"{kind}[].CharacterOffsets", start=start, end=end)
    for kind in ("IssuesDetected", "OutcomesDetected", "ActionItemsDetected")
    for start, end in (("Begin", "End"), ("BeginOffsetChar", "EndOffsetChar"))
)
ANALYTICS_KEPT: Final = (
    "JobStatus", "LanguageCode", "Channel", "AccountId", "ContentMetadata.*", "**.BeginOffsetMillis",
    "**.EndOffsetMillis", "**.DurationMillis", "**.TotalTimeMillis", "**.Sentiment", "**.OverallSentiment",
)  # fmt: skip


def _has_items(document: Any) -> bool:
    return any("Items" in turn and "ParticipantRole" in turn for turn in document["Transcript"])


CALL_ANALYTICS: Final = Table(
    name="call-analytics",
    summary="what Amazon Transcribe Call Analytics writes",
    matches=_has_items,
    turns=(
        Turns(at="Transcript[]", text="Content", speaker="ParticipantRole", id="Id", start="BeginOffsetMillis",
              clock=MILLISECONDS, words=ANALYTICS_WORDS, offsets=ANALYTICS_OFFSETS),
    ),
    names=("Participants[].ParticipantRole",),
    plain=("JobName", "Categories.MatchedCategories[]"),
    kept=ANALYTICS_KEPT,
)  # fmt: skip

TABLES: Final = (TRANSCRIBE, CALL_ANALYTICS)
