"""AssemblyAI: transcripts of recordings, and turns of its streaming API v3."""

from __future__ import annotations

from typing import Any, Final

from ccredact.formats.json.table import Live, Table, Turns, Words
from ccredact.formats.json.times import MILLISECONDS

_WORDS: Final = Words(text="text", times=(MILLISECONDS,), speaker="speaker", kept=("channel",))


def _is_batch(document: Any) -> bool:
    return "audio_url" in document and ("acoustic_model" in document or "status" in document)


def _texts(unredacted: str = "") -> tuple[Turns, ...]:
    return (
        Turns(at=f"{unredacted}utterances[]", text="text", words=_WORDS, speaker="speaker", channel="channel",
              start="start", clock=MILLISECONDS),
        Turns(at="", when=f"{unredacted}words[0].speaker", words=Words(
            at=f"{unredacted}words", text="text", times=(MILLISECONDS,), speaker="speaker", kept=("channel",))),
        Turns(at="", text=f"{unredacted}text", words=Words(
            at=f"{unredacted}words", text="text", times=(MILLISECONDS,), speaker="speaker", kept=("channel",))),
    )  # fmt: skip


TABLES: Final = (
    Table(
        name="assemblyai-live",
        summary="what AssemblyAI sends during a call",
        matches=lambda document: document["type"] in {"Turn", "SpeakerRevision"} and bool(document),
        live=Live(
            seen=False,
            provisional=lambda turn: turn.get("end_of_turn") is True and turn.get("turn_is_formatted") is False,
            closes=lambda event: event.get("type") == "Termination",
        ),
        turns=(
            Turns(at="", when="turn_order", text="transcript", words=_WORDS, speaker="speaker_label", id="turn_order",
                  final=("end_of_turn", True), forms=("utterance",)),
        ),
        copies=(Turns(at="revisions[]", words=_WORDS, speaker="speaker_label"),),
        kept=("type", "language_code", "revisions[].turn_order"),
    ),
    Table(
        name="assemblyai",
        summary="what AssemblyAI writes of a recording",
        matches=_is_batch,
        turns=_texts(),
        copies=(
            *_texts("unredacted_"),
            Turns(at="sentiment_analysis_results[]", text="text", speaker="speaker"),
        ),
        plain=("summary", "entities[].text", "chapters[].summary", "chapters[].headline", "chapters[].gist",
               "auto_highlights_result.results[].text", "content_safety_labels.results[].text",
               "iab_categories_result.results[].text"),
        kept=("id", "status", "audio_url", "webhook_url", "language_model", "acoustic_model", "speech_model",
              "language_code", "boost_param", "summary_type", "summary_model", "redact_pii_sub",
              "redact_pii_audio_quality", "redact_pii_policies.*", "entities[].entity_type",
              "sentiment_analysis_results[].sentiment", "auto_highlights_result.status",
              "content_safety_labels.status", "iab_categories_result.status", "**.start", "**.end"),
    ),
)  # fmt: skip
