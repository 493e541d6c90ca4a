"""Redact an archive of generated calls with another library: archive.py runs this in the peers' environment.

    python benchmarks/archive_peers.py presidio IN OUT

It does what a careful user of the library writes: one process, files read and written back in their form, containers
too, the texts handed over many at a time, each file made to last. Only what was said is given to the library, so that
the words of a Transcribe file, which ccredact redacts too, stay in clear here. Nothing may reach the network.
"""

from __future__ import annotations

import csv
import gzip
import importlib
import io
import json
import os
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from peers_engines import SMALL_MODEL
from peers_worker import offline, suffixes_from_package

Redact = Callable[[Sequence[str]], list[str]]
Opened = tuple[list[str], Callable[[Iterator[str]], bytes]]
"""The texts of a file, and what writes it with others in their place."""
GROUP: Final = 64
"""Files whose texts are handed over together."""


def presidio() -> Redact:
    """Use Presidio's batch engine, with the small English model as its documentation has it, and its anonymizer."""
    suffixes_from_package()
    analyzer = importlib.import_module("presidio_analyzer")
    anonymizer = importlib.import_module("presidio_anonymizer").AnonymizerEngine()
    provider = importlib.import_module("presidio_analyzer.nlp_engine").NlpEngineProvider
    model = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": SMALL_MODEL}]}
    engine = analyzer.AnalyzerEngine(nlp_engine=provider(nlp_configuration=model).create_engine())
    batch = analyzer.BatchAnalyzerEngine(analyzer_engine=engine)

    def redact(texts: Sequence[str]) -> list[str]:
        found = batch.analyze_iterator(texts, language="en")
        return [
            anonymizer.anonymize(text=text, analyzer_results=results).text
            for text, results in zip(texts, found, strict=True)
        ]

    return redact


def datafog() -> Redact:
    """Use DataFog with its patterns."""
    sanitize = importlib.import_module("datafog").sanitize
    return lambda texts: [sanitize(text, engine="regex") for text in texts]


PEERS: Final[dict[str, Callable[[], Redact]]] = {"presidio": presidio, "datafog": datafog}


def opened(name: str, data: bytes) -> Opened:
    """Open a file of the archive by its ending."""
    if name.endswith(".gz") and not name.endswith(".tar.gz"):
        texts, write = opened(name.removesuffix(".gz"), gzip.decompress(data))
        return texts, lambda new: gzip.compress(write(new), mtime=0)
    kinds = {".txt": lines, ".jsonl": documents, ".json": documents, ".csv": rows, ".zip": zipped, ".gz": tarred,
             ".parquet": table}  # fmt: skip
    return kinds[Path(name).suffix](data)


def lines(data: bytes) -> Opened:
    """Open lines with the speaker in front."""
    parts = [line.partition(": ") for line in data.decode().splitlines()]
    return [text for _, _, text in parts], lambda new: "".join(
        f"{speaker}{mark}{next(new)}\n" for speaker, mark, _ in parts
    ).encode()


def documents(data: bytes) -> Opened:
    """Open JSON lines, and Amazon's one document."""
    calls = [json.loads(line) for line in data.splitlines()]
    holders = [
        (holder, key)
        for call in calls
        for key in ("text", "transcript")
        for holder in (call.get("turns") or call["results"]["transcripts"])
        if key in holder
    ]

    def write(new: Iterator[str]) -> bytes:
        for holder, key in holders:
            holder[key] = next(new)
        return b"".join(json.dumps(call).encode() + b"\n" for call in calls)

    return [holder[key] for holder, key in holders], write


def rows(data: bytes) -> Opened:
    """Open a table with the text in its last column."""
    first, *others = csv.reader(io.StringIO(data.decode()))

    def write(new: Iterator[str]) -> bytes:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([first, *([*row[:-1], next(new)] for row in others)])
        return out.getvalue().encode()

    return [row[-1] for row in others], write


def zipped(data: bytes) -> Opened:
    """Open a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        members = [(info, opened(info.filename, container.read(info))) for info in container.infolist()]

    def write(new: Iterator[str]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as container:
            for info, (_, inner) in members:
                container.writestr(info, inner(new), zipfile.ZIP_DEFLATED)
        return out.getvalue()

    return [text for _, (texts, _) in members for text in texts], write


def tarred(data: bytes) -> Opened:
    """Open a compressed tar."""
    members: list[tuple[tarfile.TarInfo, Opened]] = []
    with tarfile.open(fileobj=io.BytesIO(data)) as container:
        for info in container:
            content: Any = container.extractfile(info)
            members.append((info, opened(info.name, content.read())))

    def write(new: Iterator[str]) -> bytes:
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w:gz") as container:
            for info, (_, inner) in members:
                written = inner(new)
                info.size = len(written)
                container.addfile(info, io.BytesIO(written))
        return out.getvalue()

    return [text for _, (texts, _) in members for text in texts], write


def table(data: bytes) -> Opened:
    """Open a Parquet table with a column of turns."""
    arrow, parquet = importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    whole = parquet.read_table(io.BytesIO(data))
    records = whole.to_pylist()
    turns = [turn for record in records for turn in record["turns"]]

    def write(new: Iterator[str]) -> bytes:
        for turn in turns:
            turn["text"] = next(new)
        out = io.BytesIO()
        parquet.write_table(arrow.Table.from_pylist(records, schema=whole.schema), out)
        return out.getvalue()

    return [turn["text"] for turn in turns], write


def job(redact: Redact, source: Path, target: Path) -> int:
    """Redact all files of a folder into another; give how many words were handed over."""
    paths: Iterable[Path] = iter(sorted(path for path in source.rglob("*") if path.is_file()))
    words = 0
    while group := list(islice(paths, GROUP)):
        files = [opened(path.name, path.read_bytes()) for path in group]
        texts = [text for given, _ in files for text in given]
        words += sum(len(text.split()) for text in texts)
        redacted = iter(redact(texts))
        for path, (_, write) in zip(group, files, strict=True):
            out = target / path.relative_to(source)
            out.parent.mkdir(parents=True, exist_ok=True)
            with out.open("wb") as stream:
                stream.write(write(redacted))
                stream.flush()
                os.fsync(stream.fileno())
    return words


def main(name: str, source: str, target: str) -> None:
    """Do the job, and print its words."""
    sys.addaudithook(offline)
    print(job(PEERS[name](), Path(source), Path(target)))


if __name__ == "__main__":
    main(*sys.argv[1:])
