"""The beginning of a JSON file as a document: what is cut off is left out, and what is open is closed."""

from __future__ import annotations

import json
import re
from typing import Any, Final

_MARK: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\],]|"', re.DOTALL)
_CLOSER: Final = {"{": "}", "[": "]"}


def document_of(head: bytes) -> Any:
    """Return as much of the JSON document that begins with `head` as there is, None where it begins none."""
    text = head.decode(errors="ignore").lstrip("\ufeff \t\r\n")
    if text[:1] not in {"{", "["}:
        return None
    try:
        return json.JSONDecoder().raw_decode(text)[0]
    except (ValueError, RecursionError):
        return _closed(text)


def _closed(text: str) -> Any:
    """Return the document up to the last place at which it can be closed; it takes time by the length of the text."""
    open_: list[str] = []
    end = 0  # of what can be closed; what is open there is open at the end of the text too
    closing = ""
    for match in _MARK.finditer(text):
        mark = match[0]
        if mark in _CLOSER:
            open_.append(mark)
            end = match.end()
        elif mark in {"}", "]"} and open_:
            open_.pop()
            end = match.end()
            if not open_:
                break
        elif mark == "," and open_:
            end = match.start()
        elif mark == '"':  # a string that is cut off
            if text[: match.start()].rstrip().endswith(":"):
                end, closing = len(text), '"'
            break
    whole = text[:end]
    if closing:
        whole = re.sub(r"\\\w{0,5}$", "", whole)
    try:
        return json.loads(whole + closing + _closers(open_))
    except (ValueError, RecursionError):
        return None


def _closers(open_: list[str]) -> str:
    return "".join(_CLOSER[mark] for mark in reversed(open_))
