"""Vosk: a result, an interim one, or several hearings; the lines of a file are one call."""

from __future__ import annotations

from typing import Any, Final

from ccredact.formats.json.table import Live, Table, Turns, Words


def _matches(document: Any) -> bool:
    """Return whether a document is a result: little tells."""
    if isinstance(document.get("alternatives"), list):
        return isinstance(document["alternatives"][0]["text"], str)
    if isinstance(document.get("partial"), str):
        return True
    is_bare = not document.keys() - {"text", "spk", "spk_frames"}
    return isinstance(document["text"], str) and (is_bare or "result" in document)


TABLES: Final[tuple[Table, ...]] = (
    Table(
        name="vosk",
        summary="what Vosk writes",
        matches=_matches,
        live=Live(final=lambda result: "partial" not in result),
        turns=(
            Turns(at="alternatives[0]", text="text", words=Words(at="result")),
            Turns(at="", text="text|partial", words=Words(at="result|partial_result")),
        ),
        copies=(
            Turns(
                at="",
                text="alternatives[0].text",
                forms=("alternatives[1:].text",),
                more_words=(Words(at="alternatives[1:].result"),),
            ),
        ),
        kept=("id", "spk_frames"),
        emptied=("spk", "alternatives[].spk"),
    ),
)
