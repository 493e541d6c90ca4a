"""Word lists of `data/words_*.txt`: sections of alternatives, one a line."""

from collections.abc import Mapping
from importlib import resources


def load_words() -> Mapping[str, tuple[str, ...]]:
    """Every section of every word file, by name."""
    found: dict[str, list[str]] = {}
    folder = resources.files("corpus").joinpath("data")
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if not path.name.startswith("words_"):
            continue
        section = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                section = line.strip("[]")
                found.setdefault(section, [])
            elif line and not line.startswith("#"):
                found[section].extend(part.strip() for part in line.split(",") if part.strip())
    return {name: tuple(words) for name, words in found.items()}
