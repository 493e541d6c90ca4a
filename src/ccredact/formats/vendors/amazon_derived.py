"""AWS Live Call Analytics and Post Call Analytics, solutions that are built on Amazon Transcribe."""

from __future__ import annotations

from typing import Final

from ccredact.formats.json.table import Live, Offsets, Table, Turns, Words
from ccredact.formats.json.times import Clock

_EVENTS: Final = frozenset({"START", "ADD_TRANSCRIPT_SEGMENT", "UPDATE_AGENT", "ADD_S3_RECORDING_URL", "END"})

TABLES: Final = (
    Table(
        name="lca",
        summary="events of AWS Live Call Analytics",
        matches=lambda document: document["EventType"] in _EVENTS and "CallId" in document,
        live=Live(call=("CallId",), closes=lambda event: event.get("EventType") == "END"),
        turns=(
            Turns(at="", text="Transcript", speaker="Channel", id="SegmentId", start="StartTime",
                  final=("IsPartial", False), forms=("OriginalTranscript",)),
        ),
        kept=("CallId", "TransactionId", "EndTime", "EventType", "CreatedAt", "UpdatedAt", "ExpiresAfter", "Status"),
    ),
    Table(
        name="pca",
        summary="what AWS Post Call Analytics writes",
        matches=lambda document: "SpeechSegments" in document and "ConversationAnalytics" in document,
        turns=(
            Turns(
                at="SpeechSegments[]", text="OriginalText", speaker="SegmentSpeaker", start="SegmentStartTime",
                words=Words(at="WordConfidence", text="Text", times=(Clock("StartTime", "EndTime"),), glued=True),
                forms=("DisplayText",),
                offsets=tuple(
                    Offsets(at=f"{kind}[]", start="BeginOffset", end="EndOffset")
                    for kind in ("EntitiesDetected", "IssuesDetected", "ActionItemsDetected", "OutcomesDetected")
                ),
            ),
        ),
        names=("ConversationAnalytics.SpeakerLabels[].DisplayText", "ConversationAnalytics.SpeakerLabels[].Speaker"),
        plain=("ConversationAnalytics.Agent", "ConversationAnalytics.CustomEntities[].Values[]",
               "ConversationAnalytics.SourceInformation[].TranscribeJobInfo.TranscriptionJobName"),
        kept=("ConversationAnalytics.GUID", "ConversationAnalytics.ConversationTime",
              "ConversationAnalytics.ConversationLocation", "ConversationAnalytics.ProcessTime",
              "ConversationAnalytics.LanguageCode", "ConversationAnalytics.Duration",
              "ConversationAnalytics.CustomEntities[].Name",
              "ConversationAnalytics.SourceInformation[].TranscribeJobInfo.TranscribeApiType",
              "ConversationAnalytics.SourceInformation[].TranscribeJobInfo.CompletionTime",
              "ConversationAnalytics.SourceInformation[].TranscribeJobInfo.MediaFormat",
              "ConversationAnalytics.SourceInformation[].TranscribeJobInfo.MediaOriginalUri",
              "ConversationAnalytics.SourceInformation[].TranscribeJobInfo.MediaFileUri",
              "SpeechSegments[].EntitiesDetected[].Type"),
    ),
)  # fmt: skip
