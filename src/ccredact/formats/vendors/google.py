"""Google Speech-to-Text, v1 and v2."""

from __future__ import annotations

from typing import Any, Final

from ccredact.formats.json.table import Table, Turns, Words
from ccredact.formats.json.times import Clock, protobuf_seconds


def _table(name: str, summary: str, start: str, end: str, result_end: str) -> Table:
    def words(at: str) -> Words:
        return Words(at=at, text="word", times=(Clock(start, end, read=protobuf_seconds),),
                     kept=("speakerTag", "speakerLabel", "languageCode"))  # fmt: skip

    def matches(document: Any) -> bool:
        best = next(result["alternatives"][0] for result in document["results"] if result.get("alternatives"))
        time = best["words"][0]
        return protobuf_seconds(time.get(end, time.get(start))) is not None

    talk = "results[].alternatives[0]"
    spoken = words("words")
    tagged = Words(at="words", text="word", times=spoken.times, kept=spoken.kept, speaker="speakerLabel|speakerTag")
    return Table(
        name=name,
        summary=summary,
        matches=matches,
        turns=(
            Turns(at="results[-1].alternatives[0]", words=tagged, when="words[0].speakerTag"),
            Turns(at=talk, words=tagged, when="words[0].speakerLabel"),
            Turns(at="results[]", text="alternatives[0].transcript", words=words("alternatives[0].words"),
                  channel="channelTag"),
        ),
        copies=(
            Turns(at="results[]", text="alternatives[0].transcript", channel="channelTag",
                  forms=("alternatives[1:].transcript",), more_words=(words("alternatives[1:].words"),)),
        ),
        kept=("totalBilledTime", "requestId", "metadata.requestId", "metadata.totalBilledDuration",
              "results[].languageCode", f"results[].{result_end}", f"results[].{result_end}.*"),
    )  # fmt: skip


TABLES: Final = (
    _table("google-v2", "what Google Speech-to-Text v2 writes", "startOffset", "endOffset", "resultEndOffset"),
    _table("google", "what Google Speech-to-Text v1 writes", "startTime", "endTime", "resultEndTime"),
)
