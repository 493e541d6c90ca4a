"""NVIDIA Riva, as JSON: times are whole milliseconds, keys in camel or in snake case."""

from __future__ import annotations

from typing import Any, Final

from ccredact.formats.json.table import Live, Table, Turns, Words
from ccredact.formats.json.times import Clock

_CLOCK: Final = (Clock("startTime", "endTime", scale=1000), Clock("start_time", "end_time", scale=1000))
_KEPT: Final = ("speakerTag", "speaker_tag", "languageCode", "language_code")


def _words(at: str) -> Words:
    return Words(at=at, times=_CLOCK, kept=_KEPT)


def _matches(document: Any) -> bool:
    words = [word for one in document["results"] for heard in one["alternatives"] for word in heard.get("words") or ()]
    return isinstance(words[0].get("startTime", words[0].get("start_time")), int)


TABLES: Final[tuple[Table, ...]] = (
    Table(
        name="riva",
        summary="what NVIDIA Riva writes",
        matches=_matches,
        live=Live(seen=False, final=lambda result: result.get("isFinal", result.get("is_final")) is True),
        turns=(
            Turns(
                at="results[]",
                text="alternatives[0].transcript",
                words=_words("alternatives[0].words"),
                channel="channelTag|channel_tag",
                forms=("alternatives[1:].transcript",),
                more_words=(_words("alternatives[1:].words"),),
            ),
        ),
        kept=("id.value", "results[].audioProcessed", "results[].audio_processed",
              "results[].alternatives[].languageCode.*", "results[].alternatives[].language_code.*"),
    ),
)  # fmt: skip
