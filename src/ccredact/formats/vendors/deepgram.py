"""Deepgram."""

from __future__ import annotations

from typing import Final

from ccredact.formats.json.table import Table, Turns, Words

_WORDS: Final = Words(at="words", text="punctuated_word|word", forms=("word", "punctuated_word"), speaker="speaker")

DEEPGRAM: Final = Table(
    name="deepgram",
    summary="what Deepgram writes of a recording",
    matches=lambda document: isinstance(document["results"]["channels"], list),
    turns=(
        Turns(at="results.utterances[]", text="transcript", words=_WORDS, speaker="speaker", channel="channel",
              id="id", start="start"),
        Turns(at="results.channels[].alternatives[0]", words=_WORDS, channel="@0", start="words[0].start"),
        Turns(at="results.channels[].alternatives[0]", text="transcript", channel="@0"),
    ),
    copies=(
        Turns(at="results.channels[].alternatives[0].paragraphs.paragraphs[].sentences[]", text="text", channel="@0"),
        Turns(at="results.channels[].alternatives[0].paragraphs", text="transcript", channel="@0"),
    ),
    kept=("metadata.transaction_key", "metadata.request_id", "metadata.sha256", "metadata.created", "metadata.models.*",
          "metadata.model_info.*", "results.channels[].detected_language", "results.utterances[].end"),
)  # fmt: skip

TABLES: Final = (DEEPGRAM,)
