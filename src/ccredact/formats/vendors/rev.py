"""Rev.ai, stored and live, and Gecko, which has its form: monologues of words and punctuation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ccredact.formats.json.table import Live, Table, Turns, Words
from ccredact.formats.json.times import Clock

if TYPE_CHECKING:
    from collections.abc import Sequence


def _has_spaces(texts: Sequence[str]) -> bool:
    """Return whether spaces are elements, as they are but in older files."""
    return any(text and text.isspace() for text in texts)


_ELEMENTS: Final = Words(
    at="elements", text="value", times=(Clock("ts", "end_ts"),), marks=frozenset({"punct"}), glued=_has_spaces
)
_LIVE: Final = frozenset({"partial", "final"})


def _is_live(document: Any) -> bool:
    return document["type"] in _LIVE and isinstance(document["elements"], list)


TABLES: Final[tuple[Table, ...]] = (
    Table(
        name="gecko",
        summary="what Gecko writes",
        matches=lambda document: any("terms" in one for one in document["monologues"]),
        turns=(
            Turns(
                at="monologues[]",
                words=Words(at="terms", text="text", marks=frozenset({"PUNCTUATION"})),
                speaker="speaker.id",
            ),
        ),
        names=("monologues[].speaker.name",),
        kept=("schemaVersion", "monologues[].start", "monologues[].end"),
    ),
    Table(
        name="rev",
        summary="what Rev.ai writes",
        matches=lambda document: isinstance(document["monologues"], list),
        turns=(Turns(at="monologues[]", words=_ELEMENTS, speaker="speaker"),),
        names=("monologues[].speaker_info.display_name",),
        kept=("monologues[].speaker_info.id",),
    ),
    Table(
        name="rev-live",
        summary="live results of Rev.ai",
        matches=_is_live,
        live=Live(seen=False, final=lambda event: event.get("type") == "final"),
        turns=(Turns(at="", words=_ELEMENTS, final=("type", "final")),),
        kept=("ts", "end_ts"),
    ),
)
