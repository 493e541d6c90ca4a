"""How a file of phrases is read: sections `[KIND]`, a phrase a line, comments behind `#`."""

from __future__ import annotations

from collections.abc import Container


def phrase_lines(text: str, kinds: Container[str]) -> list[tuple[str, str]]:
    """Return (kind, line) for every line of phrases, in order.

    Raises `ValueError`, which names the line by its number, for a section that is none of `kinds`.
    """
    found: list[tuple[str, str]] = []
    kind = ""
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.partition("#")[0].strip()
        if line.startswith("["):
            kind = line.strip("[]")
            if kind not in kinds:
                raise ValueError(f"phrases, line {number}: there is no kind of that name")
        elif line:
            if not kind:
                raise ValueError(f"phrases, line {number}: it stands in no section")
            found.append((kind, line))
    return found
