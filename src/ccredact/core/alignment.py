"""Where a recogniser's words stand in the text of an utterance, and when they were said."""

from __future__ import annotations

from typing import Final

from ccredact.text.placing import place
from ccredact.text.times import seconds
from ccredact.transcript import Utterance

Times = list[tuple[int, int, float | None, float | None]]
"""(characters where a recogniser's word begins and ends, its start, its end in seconds), in order."""

_EDGE: Final = 1
"""Characters of a range that no word need stand for: a bracket."""


def times_in(utterance: Utterance) -> Times | None:
    """Return where the words of an utterance stand in its text, and when they were said.

    A word whose place is not sure has no times: what it stands for was said between the words around it. None when the
    utterance came without words.
    """
    if not utterance.words:
        return None
    at, times = 0, []
    for word in utterance.words:
        piece = word.text.strip()
        found = utterance.text.find(piece, at)
        if found < 0 or not (found == at or utterance.text[at:found].isspace()):
            return _placed(utterance)
        at = found + len(piece)
        times.append((found, at, seconds(word.start_s), seconds(word.end_s)))
    return times


def _placed(utterance: Utterance) -> Times:
    """Place words that are written otherwise than the text."""
    places = place(utterance.text, [word.text for word in utterance.words])
    return [
        (spot.start, spot.end, seconds(word.start_s), seconds(word.end_s))
        for word, spot in zip(utterance.words, places, strict=True)
        if spot.sure
    ]


def time_at(times: Times, char: int) -> float | None:
    """Return the start, in seconds, of the recogniser's word that holds the character."""
    at = _first_that_begins_behind(times, char + 1)
    return times[at - 1][2] if at else None


def _first_that_begins_behind(times: Times, char: int) -> int:
    """Return the number of the first word that begins at the character or behind it.

    Compiled, it costs less than `bisect`, which calls a function for each key.
    """
    low, high = 0, len(times)
    while low < high:
        middle = (low + high) // 2
        if times[middle][0] < char:
            low = middle + 1
        else:
            high = middle
    return low


def _first_that_ends_behind(times: Times, char: int) -> int:
    """Return the number of the first word that ends behind the character."""
    low, high = 0, len(times)
    while low < high:
        middle = (low + high) // 2
        if times[middle][1] <= char:
            low = middle + 1
        else:
            high = middle
    return low


def times_of(times: Times, start: int, end: int) -> tuple[float | None, float | None]:
    """Return the first start and the last end of the recogniser's words in a range of characters, however they overlap.

    What no word stands for was said between the words around it.
    """
    low, high = _first_that_ends_behind(times, start), _first_that_begins_behind(times, end)
    inside = times[low:high]
    starts = [begin for _, _, begin, _ in inside if begin is not None]
    ends = [stop for _, _, _, stop in inside if stop is not None]
    if low and (not inside or inside[0][0] - start > _EDGE):
        starts += [stop for _, _, _, stop in times[low - 1 : low] if stop is not None]
    if high < len(times) and (not inside or end - inside[-1][1] > _EDGE):
        ends += [begin for _, _, begin, _ in times[high : high + 1] if begin is not None]
    return min(starts, default=None), max(ends, default=None)
