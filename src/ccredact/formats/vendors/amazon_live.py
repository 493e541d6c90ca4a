"""Amazon Transcribe and Call Analytics, live."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from ccredact.formats.json.table import Live, Table, Turns, Words
from ccredact.formats.json.times import MILLISECONDS, Clock
from ccredact.formats.vendors.amazon import ANALYTICS_KEPT, ANALYTICS_OFFSETS, ANALYTICS_WORDS, MARKS

Spelling = Callable[[str], str]
"""How the service's name of a member is written: as it sends it, as its examples have it, as its library has it."""


def _camel(name: str) -> str:
    return name[0].lower() + name[1:]


def _snake(name: str) -> str:
    return "item_type" if name == "Type" else re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def _words(at: str, spell: Spelling) -> Words:
    return Words(
        at=f"{at}.{spell('Items')}", text=spell("Content"), times=(Clock(spell("StartTime"), spell("EndTime")),),
        kind=spell("Type"), marks=MARKS, speaker=spell("Speaker"),
        kept=(spell("VocabularyFilterMatch"), spell("Stable")),
    )  # fmt: skip


def _turns(at: str, spell: Spelling = str) -> Turns:
    hearings = spell("Alternatives")
    others = replace(_words(f"{hearings}[1:]", spell), speaker="")
    return Turns(
        at=at, text=f"{hearings}[0].{spell('Transcript')}", words=_words(f"{hearings}[0]", spell),
        channel=spell("ChannelId"), id=spell("ResultId"), start=spell("StartTime"),
        speaker=f"{hearings}[0].{spell('Items')}[0].{spell('Speaker')}", final=(spell("IsPartial"), False),
        forms=(f"{hearings}[1:].{spell('Transcript')}",), more_words=(others,),
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
        turns=(*map(_turns, _PLACES), _turns("", _camel), _turns("transcript.results[]", _snake)),
        kept=("**.StartTime", "**.EndTime", "**.LanguageCode", "**.Category", "**.Type", "endTime", "languageCode",
              "**.end_time", "**.language_code", "**.category", "**.entity_type"),
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
