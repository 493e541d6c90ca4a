"""A folder of finished calls, each in the format it came in: redacted copies in another folder, and what was hidden.

    python examples/folder.py            an invented folder, which is made and removed
    python examples/folder.py IN OUT     your own, with a process for each core

What is not what its format promises is named and left out: nothing half-redacted is written.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import ccredact.archive

FILES = {
    "monday.txt": "Agent: and the card number\nCaller: it's 4242 4242\n4242 4242, thanks\n",
    "tuesday.jsonl": '{"id": 7, "turns": [{"speaker": 0, "text": "my name is Ada Obi"}, {"text": "hello Ada"}]}\n',
    "broken.jsonl": '{"id": 8, "turns": [{"text": "my PIN is 4821"}]}\n{"id": 9, "turns": [{"text": "my PIN is \n',
}
"""Invented calls; the last line of the last file breaks off."""


def redact_folder(source: Path, target: Path, *, workers: int | None = None) -> None:
    """Redact every file of a folder, and say what was hidden and what was left out."""
    result = ccredact.archive.run(source, target, workers=workers)
    for left in result.tally.quarantined:
        print(f"left out: {left.source}: {left.position}: {left.problem}")
    print(f"{result.tally.calls_out} calls: {dict(result.tally.entities)}")


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
        redact_folder(source, target, workers=0)  # in this process: there is little to do
        for name in sorted(FILES):
            print(f"\n{name}\n{Path(target, name).read_text(encoding='utf-8')}", end="")


if __name__ == "__main__":
    main()
