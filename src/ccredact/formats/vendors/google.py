"""Google Speech-to-Text, v1 and v2."""

from __future__ import annotations

from typing import Any, Final

from ccredact.formats.json.table import Live, Table, Turns, Words
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


def _streamed(at: str) -> Words:
    times = (("startTime", "endTime"), ("start_time", "end_time"), ("startOffset", "endOffset"),
             ("start_offset", "end_offset"))  # fmt: skip
    return Words(
        at=at, text="word", times=tuple(Clock(start, end, read=protobuf_seconds) for start, end in times),
        kept=("speakerTag", "speaker_tag", "speakerLabel", "speaker_label", "languageCode", "language_code"),
    )  # fmt: skip


def _is_streamed(document: Any) -> bool:
    marks = {"isFinal", "is_final", "stability"}
    return any("alternatives" in result and marks & result.keys() for result in document["results"]) and not any(
        isinstance(word.get("startTime", word.get("start_time")), int)  # Riva's
        for result in document["results"]
        for heard in result.get("alternatives") or ()
        for word in heard.get("words") or ()
    )


TABLES: Final = (
    Table(
        name="google-live",
        summary="what Google Speech-to-Text, v1 and v2, sends during a call",
        matches=_is_streamed,
        live=Live(seen=False),
        turns=(
            Turns(at="results[]", text="alternatives[0].transcript", words=_streamed("alternatives[0].words"),
                  channel="channelTag|channel_tag", final=("isFinal|is_final", True),
                  forms=("alternatives[1:].transcript",), more_words=(_streamed("alternatives[1:].words"),)),
        ),
        kept=("totalBilledTime", "requestId", "speechEventType", "speech_event_type", "speechEventTime",
              "speechEventOffset", "metadata.requestId", "metadata.request_id", "metadata.totalBilledDuration",
              "metadata.total_billed_duration", "results[].languageCode", "results[].language_code",
              "results[].resultEndTime", "results[].resultEndTime.*", "results[].result_end_time",
              "results[].resultEndOffset", "results[].resultEndOffset.*", "results[].result_end_offset"),
    ),
    _table("google-v2", "what Google Speech-to-Text v2 writes", "startOffset", "endOffset", "resultEndOffset"),
    _table("google", "what Google Speech-to-Text v1 writes", "startTime", "endTime", "resultEndTime"),
)  # fmt: skip
