"""Amazon Transcribe and Call Analytics, live."""

from __future__ import annotations

from typing import Any, Final

from ccredact.formats.json.table import Live, Table, Turns, Words
from ccredact.formats.json.times import MILLISECONDS, Clock
from ccredact.formats.vendors.amazon import ANALYTICS_KEPT, ANALYTICS_OFFSETS, ANALYTICS_WORDS, MARKS

_WORDS: Final = {
    "P": Words(at="Alternatives[0].Items", text="Content", times=(Clock("StartTime", "EndTime"),), kind="Type",
               marks=MARKS, speaker="Speaker", kept=("VocabularyFilterMatch", "Stable")),
    "c": Words(at="alternatives[0].items", text="content", times=(Clock("startTime", "endTime"),), kind="type",
               marks=MARKS, speaker="speaker", kept=("vocabularyFilterMatch", "stable")),
}  # fmt: skip


def _pascal(at: str) -> Turns:
    words = _WORDS["P"]
    others = Words(at="Alternatives[1:].Items", text="Content", times=words.times, kind="Type", marks=MARKS,
                   kept=words.kept)  # fmt: skip
    return Turns(
        at=at, text="Alternatives[0].Transcript", words=words, channel="ChannelId", id="ResultId", start="StartTime",
        speaker="Alternatives[0].Items[0].Speaker", final=("IsPartial", False),
        forms=("Alternatives[1:].Transcript",), more_words=(others,),
    )  # fmt: skip


def _camel(at: str) -> Turns:
    words = _WORDS["c"]
    others = Words(at="alternatives[1:].items", text="content", times=words.times, kind="type", marks=MARKS,
                   kept=words.kept)  # fmt: skip
    return Turns(
        at=at, text="alternatives[0].transcript", words=words, channel="channelId", id="resultId", start="startTime",
        speaker="alternatives[0].items[0].speaker", final=("isPartial", False),
        forms=("alternatives[1:].transcript",), more_words=(others,),
    )  # fmt: skip


def _is_stream(document: Any) -> bool:
    if isinstance(document.get("Transcript"), dict) or ("resultId" in document and "isPartial" in document):
        return True
    return "TranscriptResultStream" in document or "TranscriptEvent" in document


_PLACES: Final = (
    "Transcript.Results[]",
    "TranscriptEvent.Transcript.Results[]",
    "TranscriptResultStream.TranscriptEvent.Transcript.Results[]",
)

TABLES: Final = (
    Table(
        name="transcribe-live",
        summary="what Amazon Transcribe sends during a call",
        matches=_is_stream,
        live=Live(),
        turns=(*map(_pascal, _PLACES), _camel("")),
        kept=("**.StartTime", "**.EndTime", "**.LanguageCode", "**.Category", "**.Type", "endTime", "languageCode"),
    ),
    Table(
        name="call-analytics-live",
        summary="what Call Analytics sends during a call",
        matches=lambda document: "UtteranceEvent" in document or "CategoryEvent" in document,
        live=Live(),
        turns=(
            Turns(at="UtteranceEvent", text="Transcript", words=ANALYTICS_WORDS, speaker="ParticipantRole",
                  id="UtteranceId", start="BeginOffsetMillis", clock=MILLISECONDS, final=("IsPartial", False),
                  offsets=ANALYTICS_OFFSETS),
        ),
        kept=(*ANALYTICS_KEPT, "**.Category", "**.Type"),
    ),
)  # fmt: skip
