"""Whether an utterance is one, where a recogniser's words stand in its text, and when they were said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from ccredact.transcript import Utterance, Word

Times = list[tuple[int, float | None, float | None]]
"""(character where a recogniser's word begins, its start, its end in seconds), in order."""


def align(text: str, words: Sequence[Word]) -> Times | None:
    """Where each recogniser's word begins in `text`; None when they do not fit it."""
    at, times = 0, []
    for word in words:
        piece = word.text.strip()
        found = text.find(piece, at)
        if found < 0:
            return None
        times.append((found, word.start_s, word.end_s))
        at = found + len(piece)
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
    return times[at][1] if at >= 0 else None


def times_of(times: Times, start: int, end: int) -> tuple[float | None, float | None]:
    """The first start and the last end of the recogniser's words in a range of characters, however they overlap."""
    low = max(0, bisect_right(times, start, key=lambda item: item[0]) - 1)
    inside = [item for item in times[low:] if item[0] < end]
    starts = [begin for _, begin, _ in inside if begin is not None]
    ends = [stop for _, _, stop in inside if stop is not None]
    return min(starts, default=None), max(ends, default=None)
