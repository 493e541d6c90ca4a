"""A folder of finished calls, each in the format it came in: redacted copies in another folder, and what was hidden.

    python examples/folder.py            an invented folder, which is made and removed
    python examples/folder.py IN OUT     your own

A file that is not what its format promises is named and left out: nothing half-redacted is written.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from ccredact import FormatError, Redactor
from ccredact.archive.files import atomic_output
from ccredact.formats import HEAD_BYTES, detect_format

FILES = {
    "monday.txt": "Agent: and the card number\nCaller: it's 4242 4242\n4242 4242, thanks\n",
    "tuesday.jsonl": '{"id": 7, "turns": [{"speaker": 0, "text": "my name is Ada Obi"}, {"text": "hello Ada"}]}\n',
    "broken.jsonl": '{"id": 8, "turns": [{"text": "my PIN is \n',
}
"""Invented calls; the last file breaks off."""


def redact_file(redactor: Redactor, source: Path, target: Path) -> Counter[str]:
    """Redact a file; return how often each label was hidden. Raises `FormatError`, and writes nothing then."""
    hidden: Counter[str] = Counter()
    with source.open("rb") as stream:
        known = detect_format(stream.read(HEAD_BYTES), source=source.name)
        stream.seek(0)
        with atomic_output(target) as out:  # under its name when all of it is written
            for record in known.read(stream, source=source.name, policy=redactor.policy):
                segments = redactor.redact_call(record.utterances, names=record.names)
                hidden.update(entity.label for segment in segments for entity in segment.entities)
                out.write(record.write(segments))
    return hidden


def redact_folder(source: Path, target: Path) -> None:
    """Redact every file of a folder. One redactor serves them all; for more cores, run one in each process."""
    redactor = Redactor()
    target.mkdir(exist_ok=True)
    for path in sorted(source.iterdir()):
        try:
            hidden = redact_file(redactor, path, target / path.name)
        except FormatError as error:
            print(f"left out: {error}")
        else:
            print(f"{path.name}: {', '.join(f'{label} {count}' for label, count in sorted(hidden.items()))}")


def main() -> None:
    """Redact the folders of the command line, or invented ones."""
    if len(sys.argv) == 3:
        redact_folder(Path(sys.argv[1]), Path(sys.argv[2]))
        return
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "calls"), Path(folder, "redacted")
        source.mkdir()
        for name, text in FILES.items():
            (source / name).write_text(text, encoding="utf-8")
        redact_folder(source, target)
        for path in sorted(target.iterdir()):
            print(f"\n{path.name}\n{path.read_text(encoding='utf-8')}", end="")


if __name__ == "__main__":
    main()
