"""Events of recognisers made up: what each would send of an utterance, as an interim and as a final.

An utterance has its number, its channel, 0 or 1, and its words. Who cannot tell channels apart leaves them out.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

Event = Any


def _timed(words: Sequence[str], number: int, **names: str) -> list[dict[str, Any]]:
    word, start, end = names.get("word", "word"), names.get("start", "start"), names.get("end", "end")
    return [{word: text, start: number + 0.1 * at, end: number + 0.1 * at + 0.05} for at, text in enumerate(words)]


def transcribe(number: int, channel: int, words: Sequence[str], *, is_final: bool) -> Event:
    items = [item | {"Type": "pronunciation"} for item in _timed(words, number, word="Content", start="StartTime",
                                                                 end="EndTime")]  # fmt: skip
    result = {
        "ResultId": f"r{number}", "StartTime": float(number), "EndTime": number + 0.9, "IsPartial": not is_final,
        "ChannelId": f"ch_{channel}", "Alternatives": [{"Transcript": " ".join(words), "Items": items}],
    }  # fmt: skip
    return {"Transcript": {"Results": [result]}}


def call_analytics(number: int, channel: int, words: Sequence[str], *, is_final: bool) -> Event:
    return {
        "UtteranceEvent": {
            "UtteranceId": f"u{number}", "ParticipantRole": ("AGENT", "CUSTOMER")[channel], "IsPartial": not is_final,
            "Transcript": " ".join(words), "BeginOffsetMillis": number * 1000, "EndOffsetMillis": number * 1000 + 900,
        }
    }  # fmt: skip


def contact_lens(number: int, channel: int, words: Sequence[str], *, is_final: bool) -> Event:
    who = {"ParticipantId": "P", "ParticipantRole": ("AGENT", "CUSTOMER")[channel]}
    times = {"BeginOffsetMillis": number * 1000, "EndOffsetMillis": number * 1000 + 900}
    said: dict[str, Any] = {"Transcript": {"Id": f"t{number}", "Content": " ".join(words), **who, **times}}
    if not is_final:
        said = {"Utterance": {"Id": f"u{number}", "TranscriptId": f"t{number}", "PartialContent": " ".join(words),
                              **who, **times}}  # fmt: skip
    return {"Version": "1.0.0", "ContactId": "c-1", "EventType": "SEGMENTS", "Segments": [said]}


def lca(number: int, channel: int, words: Sequence[str], *, is_final: bool) -> Event:
    return {
        "EventType": "ADD_TRANSCRIPT_SEGMENT", "CallId": "c-1", "SegmentId": f"s{number}", "StartTime": f"{number}.0",
        "EndTime": f"{number}.9", "Channel": ("AGENT", "CALLER")[channel], "IsPartial": not is_final,
        "Transcript": " ".join(words),
    }  # fmt: skip


def deepgram(number: int, channel: int, words: Sequence[str], *, is_final: bool) -> Event:
    return {
        "type": "Results", "channel_index": [channel, 2], "start": number + 0.5, "duration": 0.9,
        "is_final": is_final, "speech_final": is_final, "metadata": {"request_id": "r-1"},
        "channel": {"alternatives": [{"transcript": " ".join(words), "confidence": 0.9,
                                      "words": _timed(words, number)}]},
    }  # fmt: skip


def flux(number: int, _channel: int, words: Sequence[str], *, is_final: bool) -> Event:
    return {
        "type": "TurnInfo", "request_id": "r-1", "sequence_id": number, "turn_index": number,
        "event": "EndOfTurn" if is_final else "Update", "transcript": " ".join(words),
        "words": [{"word": word, "confidence": 0.9} for word in words], "end_of_turn_confidence": 0.2,
    }  # fmt: skip


def assemblyai(number: int, _channel: int, words: Sequence[str], *, is_final: bool) -> Event:
    return {
        "type": "Turn", "turn_order": number, "turn_is_formatted": is_final, "end_of_turn": is_final,
        "transcript": " ".join(words),
        "words": [
            {"text": word, "start": number * 1000 + at * 100, "end": number * 1000 + at * 100 + 50,
             "word_is_final": is_final}
            for at, word in enumerate(words)
        ],
    }  # fmt: skip


def google(number: int, channel: int, words: Sequence[str], *, is_final: bool) -> Event:
    end = {"resultEndTime": f"{number}.9s", "channelTag": channel + 1}
    if is_final:
        timed = [
            {"startTime": f"{number}.{at}s", "endTime": f"{number}.{at}s", "word": word}
            for at, word in enumerate(words)
        ]
        return {
            "results": [{"alternatives": [{"transcript": " ".join(words), "words": timed}], "isFinal": True, **end}]
        }
    cut = len(words) // 2  # an interim in two parts
    texts = [(" ".join(words[:cut]), 0.9), (" " + " ".join(words[cut:]), 0.01)]
    return {
        "results": [{"alternatives": [{"transcript": text}], "stability": sure, **end} for text, sure in texts if text]
    }


def google_v2(number: int, channel: int, words: Sequence[str], *, is_final: bool) -> Event:
    result: dict[str, Any] = {"alternatives": [{"transcript": " ".join(words)}], "is_final": is_final,
                              "channel_tag": channel + 1, "result_end_offset": f"{number}s"}  # fmt: skip
    return {"results": [result], "metadata": {"request_id": "r-1"}}


def azure(number: int, channel: int, words: Sequence[str], *, is_final: bool) -> Event:
    times = {"Offset": number * 10_000_000, "Duration": 9_000_000, "Channel": channel}
    text = " ".join(words)
    if not is_final:
        return {"Id": f"x{number}.{len(words)}", "Text": text, **times}
    listed = [{"Word": word, "Offset": number * 10_000_000 + at, "Duration": 1} for at, word in enumerate(words)]
    best = {"Confidence": 0.9, "Lexical": text, "ITN": text, "MaskedITN": text, "Display": text, "Words": listed}
    return {"Id": f"y{number}", "RecognitionStatus": "Success", "DisplayText": text, "NBest": [best], **times}


def vosk(number: int, _channel: int, words: Sequence[str], *, is_final: bool) -> Event:
    if is_final:
        return {"result": [word | {"conf": 1.0} for word in _timed(words, number)], "text": " ".join(words)}
    return {"partial": " ".join(words)}


def speechmatics(number: int, _channel: int, words: Sequence[str], *, is_final: bool) -> Event:
    results = [
        {"type": "word", "start_time": one["start"], "end_time": one["end"],
         "alternatives": [{"content": one["word"], "confidence": 0.9}]}
        for one in _timed(words, number)
    ]  # fmt: skip
    return {
        "message": "AddTranscript" if is_final else "AddPartialTranscript", "format": "2.9", "results": results,
        "metadata": {"start_time": float(number), "end_time": number + 0.9, "transcript": " ".join(words)},
    }  # fmt: skip


def gladia(number: int, channel: int, words: Sequence[str], *, is_final: bool) -> Event:
    listed = [one | {"word": f" {one['word']}", "confidence": 0.9} for one in _timed(words, number)]
    said = {"text": " " + " ".join(words), "start": float(number), "end": number + 0.9, "channel": channel,
            "language": "en", "words": listed}  # fmt: skip
    return {
        "type": "transcript", "session_id": "s-1", "created_at": "2026-10-10T14:35:28.387Z",
        "data": {"id": f"{channel:02}_{number:08}", "is_final": is_final, "utterance": said},
    }  # fmt: skip


def soniox(number: int, _channel: int, words: Sequence[str], *, is_final: bool) -> Event:
    tokens = [
        {"text": word if not at else f" {word}", "start_ms": number * 1000 + at, "end_ms": number * 1000 + at,
         "is_final": is_final, "speaker": "1"}
        for at, word in enumerate(words)
    ]  # fmt: skip
    return {"tokens": tokens, "final_audio_proc_ms": number * 1000, "total_audio_proc_ms": number * 1000}


def genesys(number: int, channel: int, words: Sequence[str], *, is_final: bool) -> Event:
    listed = [
        {"word": one["word"], "confidence": 0.9, "offsetMs": int(one["start"] * 1000), "durationMs": 50}
        for one in _timed(words, number)
    ]
    heard = {"confidence": 0.9, "offsetMs": number * 1000, "durationMs": 900, "transcript": " ".join(words),
             "words": listed}  # fmt: skip
    said = {"utteranceId": f"u{number}", "isFinal": is_final, "channel": ("INTERNAL", "EXTERNAL")[channel],
            "alternatives": [heard], "engineProvider": "GENESYS", "engineId": "r2d2"}  # fmt: skip
    return {"version": "2", "eventBody": {"conversationId": "c-1", "transcripts": [said]}}


def twilio(number: int, channel: int, words: Sequence[str], *, is_final: bool) -> Event:
    return {
        "CallSid": "CA1", "TranscriptionSid": "GT1", "TranscriptionEvent": "transcription-content",
        "Track": ("outbound_track", "inbound_track")[channel], "Final": "true" if is_final else "false",
        "SequenceId": str(number), "LanguageCode": "en-US",
        "TranscriptionData": json.dumps({"transcript": " ".join(words), "confidence": 0.9}),
    }  # fmt: skip


def openai(number: int, _channel: int, words: Sequence[str], *, is_final: bool) -> Event:
    what = "completed" if is_final else "delta"
    text = " ".join(words) if is_final else f" {words[-1]}"
    return {
        "type": f"conversation.item.input_audio_transcription.{what}", "item_id": f"item_{number}",
        "content_index": 0, "transcript" if is_final else "delta": text,
    }  # fmt: skip


def rev(number: int, _channel: int, words: Sequence[str], *, is_final: bool) -> Event:
    spaced: list[dict[str, Any]] = []
    for one in _timed(words, number):
        spaced += [{"type": "punct", "value": " "}] if spaced and is_final else []
        times = {"ts": one["start"], "end_ts": one["end"]} if is_final else {}
        spaced.append({"type": "text", "value": one["word"]} | times)
    return {"type": "final" if is_final else "partial", "ts": float(number), "end_ts": number + 0.9, "elements": spaced}


def riva(_number: int, channel: int, words: Sequence[str], *, is_final: bool) -> Event:
    heard = {"transcript": " ".join(words), "confidence": 0.9}
    return {"results": [{"alternatives": [heard], "isFinal": is_final, "channelTag": channel + 1}]}


WIRES: Final[dict[str, Any]] = {
    "transcribe": transcribe, "call-analytics": call_analytics, "contact-lens": contact_lens, "lca": lca,
    "deepgram": deepgram, "deepgram-flux": flux, "assemblyai": assemblyai, "google": google, "google v2": google_v2,
    "azure": azure, "vosk": vosk, "speechmatics": speechmatics, "gladia": gladia, "soniox": soniox,
    "genesys": genesys, "twilio": twilio, "openai": openai, "rev": rev, "riva": riva,
}  # fmt: skip
"""What makes the events of each adapter, whose name is the first word."""
