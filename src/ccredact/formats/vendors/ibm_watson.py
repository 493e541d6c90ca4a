"""IBM Watson: words as arrays, speakers in a list of their own that is joined by times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from ccredact.formats.json.scan import quoted
from ccredact.formats.json.table import Table, Turns, Words
from ccredact.formats.json.times import Clock
from ccredact.transcript import Entity

_CLOCK: Final = (Clock(1, 2),)
_SPEAKERS: Final = Words(
    at="speaker_labels", text="", times=(Clock("from", "to"),), kept=("speaker", "confidence", "final")
)


def _alternatives(text: str, entities: Sequence[Entity]) -> Mapping[str, str]:  # noqa: ARG001
    """Return the other words of a time, of which none is known to be harmless."""
    return {"alternatives": f'[{{"word": {quoted(text)}}}]'}


_OTHERS: Final = Words(at="word_alternatives", text="", times=(Clock("start_time", "end_time"),), shown=_alternatives)


def _copies(at: str) -> Iterator[Turns]:
    """Yield what repeats the words of the results at a place."""
    yield Turns(
        at=f"{at}[]",
        text="alternatives[0].transcript",
        forms=("alternatives[1:].transcript",),
        more_words=(
            Words(at="alternatives[0].word_confidence", text="[0]", times=()),
            Words(at="alternatives[1:].timestamps", text="[0]", times=_CLOCK),
            Words(at="alternatives[1:].word_confidence", text="[0]", times=()),
        ),
    )
    yield Turns(at=f"{at}[]", words=_OTHERS, by_times=True)


def _matches(document: Any) -> bool:
    results = document["results"]
    results = [inner for one in results for inner in one.get("results") or (one,)]
    return any("timestamps" in hearing for one in results for hearing in one.get("alternatives") or ())


TABLES: Final[tuple[Table, ...]] = (
    Table(
        name="ibm-watson",
        summary="what IBM Watson writes",
        matches=_matches,
        turns=(
            Turns(
                at="results[].results[].alternatives[0]",
                words=Words(at="timestamps", text="[0]", times=_CLOCK),
            ),
            Turns(at="results[].alternatives[0]", words=Words(at="timestamps", text="[0]", times=_CLOCK)),
        ),
        copies=(
            *_copies("results[].results"),
            *_copies("results"),
            Turns(at="results[]", words=_SPEAKERS, speaker="speaker", by_times=True),
            Turns(at="", words=_SPEAKERS, speaker="speaker", by_times=True),
        ),
        kept=("id", "created", "updated", "status"),
    ),
)
