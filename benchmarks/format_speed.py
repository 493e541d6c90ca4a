"""Measure what reading and writing a format costs, as a share of what the engine costs on the same calls.

    python benchmarks/format_speed.py
    python benchmarks/format_speed.py --calls 200 --formats jsonl-words,deepgram

Generated calls are written as each service writes them, with times for every word, and redacted by the full policy.
*read* and *write* are microseconds of processor time a word, *engine* is `redact_call` over the turns of a call with
the times that their words have, *share* is read and write by engine. The median of the runs is printed; the formats
take turns.
"""

from __future__ import annotations

import argparse
import io
import json
import statistics
import time
from typing import TYPE_CHECKING, Any, Final

from ccredact import Redactor
from ccredact.formats import get_format
from gold import calls_from, machine, show

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ccredact import Segment
    from ccredact.formats import Record
    from gold import GoldCall

STEP: Final = 0.4
"""Seconds from one word to the next."""
Timed = list[tuple[str, str, float, list[tuple[str, float]]]]
"""The turns of a call: speaker, text, end, and its words with their starts."""


def timed(call: GoldCall) -> Timed:
    """Give a call's turns with a time for every word."""
    turns: Timed = []
    at = 0.0
    for turn in call["turns"]:
        words = []
        for word in turn["text"].split():
            words.append((word, round(at, 2)))
            at += STEP
        if words:
            turns.append((str(turn.get("speaker")), " ".join(word for word, _ in words), round(at, 2), words))
    return turns


def jsonl_text(turns: Timed) -> bytes:
    """Write our own form without words."""
    return _line({"turns": [{"speaker": who, "text": text} for who, text, _, _ in turns]})


def jsonl_words(turns: Timed) -> bytes:
    """Write our own form."""
    return _line(
        {
            "turns": [
                {
                    "speaker": who,
                    "text": text,
                    "words": [{"text": word, "start": at, "end": round(at + 0.3, 2)} for word, at in words],
                }
                for who, text, _, words in turns
            ]
        }
    )


def whisper(turns: Timed) -> bytes:
    """Write what Whisper writes with times for words."""
    segments: list[dict[str, Any]] = [
        {
            "id": number,
            "seek": 0,
            "start": words[0][1],
            "end": end,
            "text": f" {text}",
            "tokens": list(range(50364, 50364 + len(words))),
            "temperature": 0.0,
            "avg_logprob": -0.2,
            "words": [
                {"word": f" {word}", "start": at, "end": round(at + 0.3, 2), "probability": 0.97} for word, at in words
            ],
        }
        for number, (_, text, end, words) in enumerate(turns)
    ]
    return _line({"text": "".join(one["text"] for one in segments), "segments": segments, "language": "en"})


def assemblyai(turns: Timed) -> bytes:
    """Write what AssemblyAI writes of a recording with two speakers."""
    utterances: list[dict[str, Any]] = [
        {
            "text": text,
            "start": int(words[0][1] * 1000),
            "end": int(end * 1000),
            "confidence": 0.95,
            "speaker": who[:1].upper(),
            "words": [
                {
                    "text": word,
                    "start": int(at * 1000),
                    "end": int(at * 1000) + 300,
                    "confidence": 0.99,
                    "speaker": who[:1].upper(),
                }
                for word, at in words
            ],
        }
        for who, text, end, words in turns
    ]
    return _line(
        {
            "id": "6a9z",
            "status": "completed",
            "acoustic_model": "assemblyai_default",
            "audio_url": "https://example.com/call.wav",
            "text": " ".join(text for _, text, _, _ in turns),
            "words": [word for one in utterances for word in one["words"]],
            "utterances": utterances,
        }
    )


def transcribe(turns: Timed) -> bytes:
    """Write what Amazon Transcribe writes of a recording with two speakers."""
    items: list[dict[str, Any]] = []
    segments = []
    for who, _, end, words in turns:
        label = "spk_0" if who == "agent" else "spk_1"
        for word, at in words:
            bare = word.rstrip(".,?!")
            if bare:
                alternatives = [{"confidence": "0.99", "content": bare}]
                items.append(
                    {
                        "id": len(items),
                        "start_time": f"{at:.2f}",
                        "end_time": f"{at + 0.3:.2f}",
                        "alternatives": alternatives,
                        "type": "pronunciation",
                        "speaker_label": label,
                    }
                )
            items += [
                {"id": len(items), "alternatives": [{"confidence": "0.0", "content": mark}], "type": "punctuation"}
                for mark in word[len(bare) :][:1]
            ]
        times = {"start_time": f"{words[0][1]:.2f}", "end_time": f"{end:.2f}"}
        inner = [
            {"start_time": f"{at:.2f}", "end_time": f"{at + 0.3:.2f}", "speaker_label": label}
            for word, at in words
            if word.rstrip(".,?!")
        ]
        segments.append({**times, "speaker_label": label, "items": inner})
    text = " ".join(text for _, text, _, _ in turns)
    labels = {"speakers": 2, "segments": segments}
    results = {"transcripts": [{"transcript": text}], "speaker_labels": labels, "items": items}
    return _line({"jobName": "job", "accountId": "111122223333", "status": "COMPLETED", "results": results})


def deepgram(turns: Timed) -> bytes:
    """Write what Deepgram writes with utterances."""
    utterances: list[dict[str, Any]] = [
        {
            "id": f"u{number}",
            "start": words[0][1],
            "end": end,
            "confidence": 0.98,
            "channel": 0,
            "speaker": int(who != "agent"),
            "transcript": text,
            "words": [
                {
                    "word": word.lower().strip(".,?!"),
                    "start": at,
                    "end": round(at + 0.3, 2),
                    "confidence": 0.98,
                    "speaker": int(who != "agent"),
                    "speaker_confidence": 0.9,
                    "punctuated_word": word,
                }
                for word, at in words
            ],
        }
        for number, (who, text, end, words) in enumerate(turns)
    ]
    best = {
        "transcript": " ".join(text for _, text, _, _ in turns),
        "confidence": 0.98,
        "words": [word for one in utterances for word in one["words"]],
    }
    results = {"channels": [{"alternatives": [best]}], "utterances": utterances}
    return _line({"metadata": {"request_id": "r1", "channels": 1}, "results": results})


def _line(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode() + b"\n"


WRITERS: Final[dict[str, tuple[str, Callable[[Timed], bytes]]]] = {
    "jsonl-text": ("jsonl", jsonl_text),
    "jsonl-words": ("jsonl", jsonl_words),
    "whisper": ("whisper", whisper),
    "assemblyai": ("assemblyai", assemblyai),
    "transcribe": ("transcribe", transcribe),
    "deepgram": ("deepgram", deepgram),
}


def measure(names: Sequence[str], calls: Sequence[Timed], runs: int) -> dict[str, Any]:
    """Time reading, the engine and writing of every format."""
    redactor = Redactor("full")
    words = sum(len(turn[3]) for call in calls for turn in call)
    spent: dict[str, list[tuple[float, float, float]]] = {name: [] for name in names}
    files = {name: [WRITERS[name][1](call) for call in calls] for name in names}
    for run in range(runs + 1):
        for name in names:
            figures = _once(redactor, WRITERS[name][0], files[name])
            if run:  # the first warms up
                spent[name].append(figures)
    rows = {}
    for name, each in spent.items():
        read, engine, write = (statistics.median(column) / words * 1e6 for column in zip(*each, strict=True))
        size = sum(map(len, files[name])) / words
        share = (read + write) / engine
        rows[name] = {"read": read, "write": write, "engine": engine, "share": share, "bytes_a_word": size}
    return {"calls": len(calls), "words": words, "runs": runs, "formats": rows}


def _once(redactor: Redactor, name: str, files: Sequence[bytes]) -> tuple[float, float, float]:
    known = get_format(name)
    read = engine = write = 0.0
    for data in files:
        start = time.process_time()
        record: Record = next(iter(known.read(io.BytesIO(data), source="call", policy=redactor.policy)))
        read += time.process_time() - start
        start = time.process_time()
        redactor.redact_call(record.turns, names=record.names)
        engine += time.process_time() - start
        segments: list[Segment] = redactor.redact_call(record.utterances, names=record.names)
        start = time.process_time()
        record.write(segments)
        write += time.process_time() - start
    return read, engine, write


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--formats", default=",".join(WRITERS))
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    calls = [timed(call) for call in calls_from(None, count=args.calls, seed=args.seed)]
    report = {**machine(), **measure(args.formats.split(","), calls, args.runs)}
    rows = [["format", "bytes/word", "read", "write", "engine", "share"]]
    for name, row in report["formats"].items():
        figures = [f"{row[key]:.2f}" for key in ("read", "write", "engine", "share")]
        rows.append([name, f"{row['bytes_a_word']:.0f}", *figures])
    show(report, [rows], as_json=args.json)


if __name__ == "__main__":
    main()
