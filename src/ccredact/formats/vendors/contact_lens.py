"""Amazon Connect Contact Lens: the file after a call, the real-time API and the Kinesis stream."""

from __future__ import annotations

from typing import Any, Final

from ccredact.formats.json.table import Live, Table, Turns
from ccredact.formats.json.times import MILLISECONDS
from ccredact.formats.vendors.amazon import ANALYTICS_KEPT, ANALYTICS_OFFSETS

_SEGMENTS: Final = ("Transcript", "Utterance", "Categories", "PostContactSummary")


def _has_segments(document: Any) -> bool:
    return any(kind in segment for segment in document["Segments"] for kind in _SEGMENTS)


TABLES: Final = (
    Table(
        name="contact-lens",
        summary="what Amazon Connect Contact Lens writes after a call",
        matches=lambda document: any("ParticipantId" in turn for turn in document["Transcript"]),
        turns=(
            Turns(at="Transcript[]", text="Content", speaker="ParticipantId", id="Id", start="BeginOffsetMillis",
                  clock=MILLISECONDS, offsets=ANALYTICS_OFFSETS),
        ),
        names=("Participants[].ParticipantId", "Participants[].ParticipantRole"),
        kept=(*ANALYTICS_KEPT, "Version", "CustomerMetadata.ContactId", "CustomerMetadata.InstanceId",
              "CustomerMetadata.InputS3Uri", "CustomModels.*"),
    ),
    Table(
        name="contact-lens-live",
        summary="what Contact Lens sends during a call",
        matches=_has_segments,
        live=Live(
            seen=False, call=("ContactId",), closes=lambda event: event.get("EventType") in {"COMPLETED", "FAILED"}
        ),
        turns=(
            Turns(at="Segments[].Transcript", text="Content", speaker="ParticipantRole|ParticipantId", id="Id",
                  start="BeginOffsetMillis", clock=MILLISECONDS, offsets=ANALYTICS_OFFSETS),
            Turns(at="Segments[].Utterance", text="PartialContent", speaker="ParticipantRole|ParticipantId",
                  id="TranscriptId", start="BeginOffsetMillis", clock=MILLISECONDS, final=("PartialContent", None)),
        ),
        kept=(*ANALYTICS_KEPT, "Version", "ContactId", "InstanceId", "EventType", "NextToken",
              "Segments[].Transcript.ParticipantId", "Segments[].Utterance.ParticipantId",
              "Segments[].Utterance.Id", "Segments[].PostContactSummary.Status",
              "Segments[].PostContactSummary.FailureCode"),
    ),
)  # fmt: skip
