"""Generated calls as an archive: five formats, a zip, a tar.gz and a Parquet table."""

from __future__ import annotations

import csv
import gzip
import importlib
import io
import json
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, Final

from callgen.build import gold_call

Turns = list[tuple[str, str]]
IN_CONTAINERS: Final = 20
"""One call in so many is in the zip, one in the tar.gz, one in the table."""
STAMP: Final = (2026, 4, 17, 15, 25, 40)


def calls(number: int, turns: int) -> Iterator[Turns]:
    """Make so many calls of so many turns: generated calls end to end."""
    made = count()
    for _ in range(number):
        call: Turns = []
        while len(call) < turns:
            call += [(turn["speaker"] or "agent", turn["text"]) for turn in gold_call(17, next(made))["turns"]]
        yield call[:turns]


def as_text(call: Turns, number: int) -> bytes:
    """Give lines with the speaker in front."""
    del number
    return "".join(f"{speaker}: {text}\n" for speaker, text in call).encode()


def as_json(call: Turns, number: int) -> bytes:
    """Give our own form."""
    turns = [{"speaker": speaker, "text": text} for speaker, text in call]
    return json.dumps({"id": number, "turns": turns}).encode() + b"\n"


def as_gzip(call: Turns, number: int) -> bytes:
    """Give our own form, compressed."""
    return gzip.compress(as_json(call, number), mtime=0)


def as_csv(call: Turns, number: int) -> bytes:
    """Give a row a turn."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(("call_id", "turn", "speaker", "text"))
    rows.writerows((number, at, *turn) for at, turn in enumerate(call))
    return out.getvalue().encode()


def as_transcribe(call: Turns, number: int) -> bytes:
    """Give Amazon's form: an item a word."""
    items: list[dict[str, Any]] = []
    words = [(speaker, word) for speaker, text in call for word in text.split()]
    for at, (speaker, word) in enumerate(words):
        times = {"start_time": f"{at * 0.4:.3f}", "end_time": f"{at * 0.4 + 0.3:.3f}"}
        label = f"spk_{int(speaker != 'agent')}"
        alternatives = [{"confidence": "0.99", "content": word}]
        items.append({"type": "pronunciation", "alternatives": alternatives, **times, "speaker_label": label})
    transcript = " ".join(word for _, word in words)
    results = {"transcripts": [{"transcript": transcript}], "items": items}
    return json.dumps({"jobName": f"job-{number}", "results": results, "status": "COMPLETED"}).encode()


FORMATS: Final[dict[str, Callable[[Turns, int], bytes]]] = {
    "txt": as_text,
    "jsonl": as_json,
    "jsonl.gz": as_gzip,
    "csv": as_csv,
    "json": as_transcribe,
}


def make(folder: Path, number: int, turns: int) -> int:
    """Write an archive of so many calls; return its words."""
    words = 0
    table: list[tuple[str, list[dict[str, str]]]] = []
    packed = [*FORMATS.items()]
    with (
        zipfile.ZipFile(folder / "calls.zip", "w", zipfile.ZIP_DEFLATED) as zipped,
        tarfile.open(folder / "calls.tar.gz", "w:gz") as tarred,
    ):
        for at, call in enumerate(calls(number, turns)):
            words += sum(len(text.split()) for _, text in call)
            ending, write = packed[at % len(packed)]
            place = at // len(packed) % IN_CONTAINERS
            name = f"{at // 1000:03}/{at}.{ending}"
            if place == 0:
                zipped.writestr(zipfile.ZipInfo(name, STAMP), write(call, at), zipfile.ZIP_DEFLATED)
            elif place == 1:
                data = write(call, at)
                info = tarfile.TarInfo(name)
                info.size = len(data)
                tarred.addfile(info, io.BytesIO(data))
            elif place == 2 and has("pyarrow"):
                table.append((str(at), [{"speaker": speaker, "text": text} for speaker, text in call]))
            else:
                path = folder / name
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(write(call, at))
    if table:
        arrow, parquet = importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
        columns = {"call_id": [row[0] for row in table], "turns": [row[1] for row in table]}
        parquet.write_table(arrow.table(columns), folder / "calls.parquet", row_group_size=200)
    return words


def has(module: str) -> bool:
    """Say whether a package is installed."""
    try:
        importlib.import_module(module)
    except ImportError:
        return False
    return True
