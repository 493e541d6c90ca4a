"""Deepgram."""

from __future__ import annotations

from typing import Any, Final

from ccredact.formats.json.table import Live, Offsets, Table, Turns, Words

_WORDS: Final = Words(at="words", text="punctuated_word|word", forms=("word", "punctuated_word"), speaker="speaker")

_ENTITIES: Final = (Offsets(at="entities[]", start="start_word", end="end_word", words=True),)
_BEST: Final = "results.channels[].alternatives[0]"


def _is_live(document: Any) -> bool:
    if "channel" in document and "channel_index" in document:
        return isinstance(document["channel"]["alternatives"], list)
    return document["type"] in {"UtteranceEnd", "SpeechStarted"}


TABLES: Final = (
    Table(
        name="deepgram",
        summary="what Deepgram writes of a recording",
        matches=lambda document: isinstance(document["results"]["channels"], list),
        turns=(
            Turns(at="results.utterances[]", text="transcript", words=_WORDS, speaker="speaker", channel="channel",
                  id="id", start="start"),
            Turns(at=_BEST, words=_WORDS, channel="@0", start="words[0].start", offsets=_ENTITIES),
            Turns(at=_BEST, text="transcript", channel="@0"),
        ),
        copies=(
            Turns(at=f"{_BEST}.paragraphs", text="transcript", channel="@0"),
            Turns(at=f"{_BEST}.paragraphs.paragraphs[]", text="sentences[].text", channel="@0", counts=("num_words",)),
            Turns(at="results.channels[]", forms=("alternatives[1:].transcript",), channel="@0",
                  more_words=(Words(at="alternatives[1:].words", text="punctuated_word|word",
                                    forms=("word", "punctuated_word")),)),
        ),
        plain=("results.summary.short", "results.channels[].search[].hits[].snippet"),
        kept=("metadata.transaction_key", "metadata.request_id", "metadata.sha256", "metadata.created",
              "metadata.models.*", "metadata.model_info.*", "metadata.warnings.*",
              "results.channels[].detected_language", "results.channels[].alternatives[].languages.*",
              "results.utterances[].end", "results.channels[].alternatives[].entities[].label"),
    ),
    Table(
        name="deepgram-live",
        summary="what Deepgram sends during a call",
        matches=_is_live,
        live=Live(call=("metadata.request_id", "request_id"), closes=lambda event: event.get("type") == "Metadata"),
        turns=(
            Turns(at="", text="channel.alternatives[0].transcript", channel="channel_index[0]", start="start",
                  id="start", final=("is_final", True),
                  forms=("channel.alternatives[1:].transcript", "channel.alternatives[0].paragraphs.transcript",
                         "channel.alternatives[0].paragraphs.paragraphs[].sentences[].text"),
                  words=Words(at="channel.alternatives[0].words", text="punctuated_word|word",
                              forms=("word", "punctuated_word"), speaker="speaker"),
                  offsets=_ENTITIES),
        ),
        kept=("type", "metadata.request_id", "metadata.model_info.*", "metadata.model_uuid", "request_id", "sha256",
              "created", "entities[].label", "channel.alternatives[].languages.*"),
    ),
    Table(
        name="deepgram-flux",
        summary="what Deepgram Flux sends during a call",
        matches=lambda document: document["type"] == "TurnInfo",
        live=Live(seen=False, call=("request_id",), provisional=lambda turn: turn.get("event") == "EagerEndOfTurn"),
        turns=(Turns(at="", text="transcript", words=_WORDS, id="turn_index", final=("event", "EndOfTurn")),),
        kept=("type", "request_id", "languages.*"),
    ),
)  # fmt: skip
