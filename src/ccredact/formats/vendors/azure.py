"""Azure Speech: batch transcription, detailed results of the recogniser, and the input of conversation analysis."""

from __future__ import annotations

from typing import Any, Final

from ccredact.formats.json.table import Live, Table, Turns, Words
from ccredact.formats.json.times import Clock, iso, iso_seconds

_TICKS: Final = 1e7
"""Ticks in a second."""
_TIMES: Final = (
    Clock("offset", "duration", read=iso_seconds, write=iso, is_length=True),
    Clock("offsetInTicks", "durationInTicks", scale=_TICKS, is_length=True),
    Clock("offsetMilliseconds", "durationMilliseconds", scale=1000, is_length=True),
)


def _heard(hypotheses: str) -> tuple[Words, ...]:
    return (
        Words(at=f"{hypotheses}.words", text="word", times=_TIMES),
        Words(at=f"{hypotheses}.displayWords", text="displayText", times=_TIMES),
    )


def _is_live(document: Any) -> bool:
    results = document if isinstance(document, list) else [document]
    return all("RecognitionStatus" in result for result in results[:-1] or results) and "NBest" in results[0]


_LIVE_TIMES: Final = (Clock("Offset", "Duration", scale=_TICKS, is_length=True),)


def _live(at: str) -> Turns:
    return Turns(
        at=at, text="NBest[0].Display", speaker="SpeakerId", channel="Channel", id="Id|ResultId", start="Offset",
        clock=_LIVE_TIMES[0],
        forms=("DisplayText", "NBest[0].Lexical", "NBest[0].ITN", "NBest[0].MaskedITN", "NBest[1:].Display",
               "NBest[1:].Lexical", "NBest[1:].ITN", "NBest[1:].MaskedITN"),
        more_words=(Words(at="NBest[].Words", text="Word", times=_LIVE_TIMES),
                    Words(at="NBest[].DisplayWords", text="Word", times=_LIVE_TIMES)),
    )  # fmt: skip


def _simple(at: str) -> Turns:
    """Return the turns of results without hypotheses, and of interim ones."""
    return Turns(at=at, text="DisplayText|Text", speaker="SpeakerId", channel="Channel", id="Id|ResultId",
                 start="Offset", clock=_LIVE_TIMES[0])  # fmt: skip


TABLES: Final = (
    Table(
        name="azure",
        summary="what Azure Speech writes of a recording",
        matches=lambda document: isinstance(document["recognizedPhrases"], list),
        turns=(
            Turns(
                at="recognizedPhrases[]", text="nBest[0].display", speaker="speaker", channel="channel",
                start="offsetInTicks", clock=_TIMES[1],
                forms=("nBest[0].lexical", "nBest[0].itn", "nBest[0].maskedITN", "nBest[1:].display",
                       "nBest[1:].lexical", "nBest[1:].itn", "nBest[1:].maskedITN"),
                more_words=_heard("nBest[]"),
            ),
        ),
        copies=(
            Turns(at="combinedRecognizedPhrases[]", text="display", channel="channel",
                  forms=("lexical", "itn", "maskedITN")),
        ),
        kept=("source", "timestamp", "timeStamp", "duration", "durationInTicks", "durationTicks",
              "durationMilliseconds", "recognizedPhrases[].recognitionStatus", "recognizedPhrases[].offset",
              "recognizedPhrases[].duration", "recognizedPhrases[].durationInTicks",
              "recognizedPhrases[].offsetMilliseconds", "recognizedPhrases[].durationMilliseconds",
              "recognizedPhrases[].locale"),
    ),
    Table(
        name="azure-live",
        summary="detailed results of Azure's recogniser, one or a list of them",
        matches=_is_live,
        is_list=True,
        live=Live(final=lambda result: "Text" not in result or "RecognitionStatus" in result, by_place=True),
        turns=(_live("[]"), _live(""), _simple("[]"), _simple("")),
        kept=("**.RecognitionStatus", "**.Duration", "**.Type"),
    ),
    Table(
        name="azure-conversation",
        summary="the input of Azure's conversation analysis",
        matches=lambda document: isinstance(document["analysisInput"]["conversations"], list),
        turns=(
            Turns(
                at="analysisInput.conversations[].conversationItems[]", text="text", speaker="participantId", id="id",
                channel="", forms=("lexical", "itn", "maskedItn"),
                more_words=(Words(at="audioTimings", text="word",
                                  times=(Clock("offset", "duration", scale=_TICKS, is_length=True),)),),
            ),
        ),
        names=("analysisInput.conversations[].conversationItems[].role",),
        kept=("analysisInput.conversations[].id", "analysisInput.conversations[].language",
              "analysisInput.conversations[].modality", "analysisInput.conversations[].domain",
              "analysisInput.conversations[].conversationItems[].modality",
              "analysisInput.conversations[].conversationItems[].language", "tasks.*"),
    ),
)  # fmt: skip
