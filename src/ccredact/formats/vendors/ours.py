"""Our own JSON lines: `{"id", "turns": [{"speaker", "text", "words": [{"text", "start", "end"}]}]}`.

`text` is the only field that a turn must have; times are seconds. In a line in which something is hidden `entities`
of a turn are ours, `{"label", "start", "end", "score", "reason"}`, with offsets in the *redacted* text: offsets in
the original would tell how long a name or a number was. Entities that came with a line, and whatever they quote, are
dropped.
"""

from __future__ import annotations

from typing import Any, Final

from ccredact.formats.json.table import Live, Table, Turns, Words


def _matches(document: Any) -> bool:
    return isinstance(document["turns"], list)


TABLES: Final = (
    Table(
        name="jsonl",
        summary="a line is a call",
        suffixes=(".jsonl", ".ndjson", ".json"),
        matches=_matches,
        lacks='a line must be an object with a list "turns"',
        call="id",
        by_line=True,
        turns=(
            Turns(
                at="turns[]",
                text="text",
                needs_text=True,
                speaker="speaker",
                words=Words(text="text", strays=True, kept=("id", "utterance")),
                entities="entities",
            ),
        ),
        kept=("id", "utterance", "turns[].id", "turns[].utterance"),
        emptied=("entities",),
    ),
    Table(
        name="deltas",
        summary="pieces of text, each said for good, as a captioner or a language model gives them",
        matches=lambda document: isinstance(document["delta"], str),
        live=Live(call=("call",), closes=lambda event: event.get("close") is True, delta="delta"),
        turns=(Turns(at="", text="delta", speaker="speaker", channel="channel"),),
        kept=("call",),
    ),
)
