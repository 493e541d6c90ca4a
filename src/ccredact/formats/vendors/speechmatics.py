"""Speechmatics, stored and live: words, punctuation and entities with the words that were spoken."""

from __future__ import annotations

from typing import Any, Final

from ccredact.formats.json.table import Live, Table, Turns, Words
from ccredact.formats.json.times import Clock

_LIVE: Final = frozenset({"AddTranscript", "AddPartialTranscript", "EndOfUtterance", "EndOfTranscript"})


def _joins(element: Any) -> tuple[bool, bool]:
    """Return whether a space may stand before and behind a result."""
    otherwise = "previous" if element.get("type") == "punctuation" else "none"
    side = element.get("attaches_to", otherwise)
    return side not in {"previous", "both"}, side not in {"next", "both"}


_RESULTS: Final = Turns(
    at="",
    words=Words(
        at="results",
        text="alternatives[0].content",
        times=(Clock("start_time", "end_time"),),
        speaker="alternatives[0].speaker",
        marks=frozenset({"punctuation"}),
        joins=_joins,
        kept=("channel", "alternatives[0].language"),
    ),
)


def _matches(document: Any) -> bool:
    return isinstance(document["results"], list) and "job" in document and "metadata" in document


TABLES: Final[tuple[Table, ...]] = (
    Table(
        name="speechmatics",
        summary="what Speechmatics writes",
        matches=_matches,
        turns=(_RESULTS,),
        kept=("format", "job.id", "job.created_at", "job.data_name", "metadata.created_at", "metadata.type",
              "metadata.orchestrator_version", "metadata.language_pack_info.language_description",
              "metadata.language_pack_info.word_delimiter", "metadata.language_pack_info.writing_direction"),
        emptied=("metadata.transcription_config.additional_vocab",),
    ),
    Table(
        name="speechmatics-live",
        summary="live results of Speechmatics",
        matches=lambda document: document["message"] in _LIVE,
        live=Live(
            final=lambda event: event.get("message") == "AddTranscript",
            closes=lambda event: event.get("message") == "EndOfTranscript",
        ),
        turns=(_RESULTS,),
        copies=(Turns(at="metadata", text="transcript"),),
        kept=("message", "format"),
    ),
)  # fmt: skip
