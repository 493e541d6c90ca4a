"""Whether an utterance is one, where a recogniser's words stand in its text, and when they were said."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ccredact.transcript import Utterance, Word

Times = list[tuple[int, int, float | None, float | None]]
"""(characters where a recogniser's word begins and ends, its start, its end in seconds), in order."""

_EDGE = 1
"""Characters of a range that no word need stand for: a bracket."""


def align(text: str, words: Sequence[Word]) -> Times | None:
    """Where each recogniser's word begins in `text`; None when they do not fit it."""
    at, times = 0, []
    for word in words:
        piece = word.text.strip()
        found = text.find(piece, at)
        if found < 0:
            return None
        at = found + len(piece)
        times.append((found, at, word.start_s, word.end_s))
    return times


def problem_with(utterance: object) -> str | None:
    """What makes it no utterance, for the caller to raise once the text is out of reach; None when it is one."""
    if not isinstance(utterance, Utterance) or not isinstance(utterance.text, str):
        return "this takes an Utterance whose text is a str"
    if utterance.words:
        if not all(isinstance(word, Word) and isinstance(word.text, str) for word in utterance.words):
            return "words are Word values whose text is a str"
        if align(utterance.text, utterance.words) is None:
            return "its words do not fit its text"
    return None


def times_in(utterance: Utterance) -> Times | None:
    """Those of an utterance whose words fit it; None when it came without words."""
    return align(utterance.text, utterance.words) if utterance.words else None


def time_at(times: Times, char: int) -> float | None:
    """The start of the recogniser's word that holds the character."""
    at = bisect_right(times, char, key=lambda item: item[0]) - 1
    return times[at][2] if at >= 0 else None


def times_of(times: Times, start: int, end: int) -> tuple[float | None, float | None]:
    """The first start and the last end of the recogniser's words in a range of characters, however they overlap.

    What no word stands for was said between the words around it.
    """
    low = bisect_right(times, start, key=lambda item: item[1])  # the first word that ends behind `start`
    high = bisect_left(times, end, key=lambda item: item[0])  # the first one that begins behind the range
    inside = times[low:high]
    starts = [begin for _, _, begin, _ in inside if begin is not None]
    ends = [stop for _, _, _, stop in inside if stop is not None]
    if low and (not inside or inside[0][0] - start > _EDGE):
        starts += [stop for _, _, _, stop in times[low - 1 : low] if stop is not None]
    if high < len(times) and (not inside or end - inside[-1][1] > _EDGE):
        ends += [begin for _, _, begin, _ in times[high : high + 1] if begin is not None]
    return min(starts, default=None), max(ends, default=None)
