"""Genesys Cloud: stored transcripts, and the events of real-time transcription."""

from __future__ import annotations

from typing import Any, Final

from ccredact.formats.json.table import Live, Table, Turns, Words
from ccredact.formats.json.times import MILLISECONDS, Clock

_STORED: Final = (Clock("startTimeMs", "startTimeMs", scale=1000),)
_LIVE: Final = (Clock("offsetMs", "durationMs", scale=1000, is_length=True),)


def _words(at: str, times: tuple[Clock, ...]) -> Words:
    return Words(at=at, text="word", times=times, kept=("duration", "offset"))


def _live(at: str) -> Turns:
    return Turns(
        at=at, text="alternatives[0].transcript", words=_words("alternatives[0].words", _LIVE), channel="channel",
        id="utteranceId", final=("isFinal", True),
        forms=("alternatives[].decoratedTranscript", "alternatives[1:].transcript"),
        more_words=(_words("alternatives[].decoratedWords", _LIVE), _words("alternatives[1:].words", _LIVE)),
    )  # fmt: skip


def _is_live(document: Any) -> bool:
    body = document["detail"]["eventBody"] if "detail" in document else document["eventBody"]
    return "transcripts" in body or "utteranceId" in body["transcript"]


TABLES: Final = (
    Table(
        name="genesys",
        summary="transcripts of Genesys Cloud",
        matches=lambda document: isinstance(document["transcripts"][0]["phrases"], list),
        turns=(
            Turns(
                at="transcripts[].phrases[]", text="text", speaker="participantPurpose", start="startTimeMs",
                clock=MILLISECONDS, words=_words("words", _STORED), forms=("decoratedText", "alternatives[].text"),
                more_words=(_words("alternatives[].words", _STORED),),
            ),
        ),
        plain=("transcripts[].analytics.sentiment[].phrase", "transcripts[].analytics.topics[].topicPhrase",
               "transcripts[].analytics.topics[].transcriptPhrase"),
        kept=("conversationId", "communicationId", "mediaType", "recordingId", "transcripts[].transcriptId",
              "participants[].participantPurpose", "participants[].userId", "**.participant", "**.startTimeMs",
              "**.endTimeMs", "**.conversationStartTime", "**.startTime", "**.endTime", "**.language",
              "**.engineProvider", "**.engineId"),
    ),
    Table(
        name="genesys-live",
        summary="events of Genesys Cloud during a call",
        matches=_is_live,
        live=Live(call=("detail.eventBody.conversationId", "eventBody.conversationId")),
        turns=(_live("detail.eventBody.transcripts[]"), _live("eventBody.transcripts[]"),
               _live("eventBody.transcript")),
        kept=("version", "id", "detail-type", "source", "time", "account", "region", "topicName",
              "detail.metadata.*", "metadata.*", "**.eventTime", "**.conversationId", "**.communicationId",
              "**.sessionStartTimeMs", "**.transcriptionStartTimeMs", "**.engineProvider", "**.engineId",
              "**.language", "**.offsetMs", "**.durationMs"),
    ),
)  # fmt: skip
