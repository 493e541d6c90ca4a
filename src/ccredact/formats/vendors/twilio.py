"""Twilio: events of real-time transcription, and stored sentences."""

from __future__ import annotations

from typing import Final

from ccredact.formats.json.table import Live, Table, Turns, Words
from ccredact.formats.json.times import Clock

TABLES: Final[tuple[Table, ...]] = (
    Table(
        name="twilio-live",
        summary="events of Twilio's real-time transcription",
        matches=lambda document: "TranscriptionEvent" in document,
        live=Live(
            call=("CallSid",), closes=lambda event: event.get("TranscriptionEvent") == "transcription-stopped"
        ),
        nested=("TranscriptionData",),
        turns=(Turns(at="", text="TranscriptionData.transcript", channel="Track", final=("Final", "true")),),
        kept=("AccountSid", "CallSid", "TranscriptionSid", "TranscriptionEvent", "SequenceId", "Timestamp",
              "LanguageCode", "Stability"),
    ),
    Table(
        name="twilio",
        summary="sentences that Twilio has stored",
        matches=lambda document: "sentence_index" in document["sentences"][0],
        turns=(
            Turns(
                at="sentences[]",
                text="transcript",
                words=Words(times=(Clock("start_time", "end_time"),)),
                channel="media_channel",
                id="sid",
                start="start_time",
            ),
        ),
        kept=("sentences[].end_time", "sentences[].confidence", "sentences[].service_sid",
              "sentences[].transcript_sid", "meta.key", "meta.page", "meta.page_size", "meta.url",
              "meta.first_page_url", "meta.next_page_url", "meta.previous_page_url"),
    ),
)  # fmt: skip
