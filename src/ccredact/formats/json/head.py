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
    open_: list[str] = []
    whole = ""  # the text up to the last place at which it can be closed, and what is open there
    closing = ""
    for match in _MARK.finditer(text):
        mark = match[0]
        if mark in _CLOSER:
            open_.append(mark)
            whole, closing = text[: match.end()], _closers(open_)
        elif mark in {"}", "]"} and open_:
            open_.pop()
            whole, closing = text[: match.end()], _closers(open_)
            if not open_:
                break
        elif mark == "," and open_:
            whole, closing = text[: match.start()], _closers(open_)
        elif mark == '"' and re.search(r":\s*$", text[: match.start()]):
            whole, closing = re.sub(r"\\\w{0,5}$", "", text), f'"{_closers(open_)}'
    try:
        return json.loads(whole + closing)
    except (ValueError, RecursionError):
        return None


def _closers(open_: list[str]) -> str:
    return "".join(_CLOSER[mark] for mark in reversed(open_))
