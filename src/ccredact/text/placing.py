"""Where the words of a recogniser's list stand in a text that may write them otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

_TOKEN: Final = re.compile(r"\w+")
_MAX_COMPARED: Final = 1000  # tokens; to compare two lists that differ takes the square of it


@dataclass(frozen=True)
class Place:
    """Where a word stands: it repeats `[start, end)` of the text.

    Where `sure` is false it is somewhere in `[start, end)` in another form, or not in the text at all.
    """

    start: int
    end: int
    sure: bool = True


def tokens(text: str) -> list[str]:
    """Return the runs of letters and digits in `text`, in one case."""
    return [token.casefold() for token in _TOKEN.findall(text)]


def says(text: str, words: Iterable[str]) -> bool:
    """Return whether `text` and `words` have the same letters and digits in the same words."""
    return tokens(text) == [token for word in words for token in tokens(word)]


def place(text: str, words: Sequence[str]) -> list[Place]:
    """Return the place of each word in `text`, in order.

    Words are compared by their letters and digits, whatever their case; one that has none stands behind the
    word before it, and is as sure.
    """
    if not words:
        return []
    spans = [match.span() for match in _TOKEN.finditer(text)]
    parts = [tokens(word) for word in words]
    found = _matches(tokens(text), [token for part in parts for token in part])
    # The last match before a token of a word, and the first one after it, hold an unmatched one in between.
    before = [-1, *accumulate(found, max)]
    after = list(accumulate((number if number >= 0 else len(spans) for number in found[::-1]), min))[::-1]
    places: list[Place] = []
    first = taken = 0  # tokens, and characters that words have for sure
    for word, part in zip(words, parts, strict=True):
        last = first + len(part)
        if not part:
            places.append(_punctuation(text, word, places[-1] if places else Place(0, 0)))
        elif found[first] >= 0 and found[first:last] == list(range(found[first], found[first] + len(part))):
            places.append(_widened(text, word, spans[found[first]][0], spans[found[last - 1]][1], taken))
        else:
            left = before[first]
            right = after[last] if last < len(after) else len(spans)
            start = spans[left][1] if left >= 0 else 0
            places.append(Place(start, spans[right][0] if right < len(spans) else len(text), sure=False))
        first = last
        taken = places[-1].end if places[-1].sure else taken
    return places


def _matches(text: list[str], words: list[str]) -> list[int]:
    """Return for each token of `words` the number of its equal in `text`, ascending, or -1."""
    if text[: len(words)] == words:
        return list(range(len(words)))
    found = [-1] * len(words)
    if max(len(text), len(words)) <= _MAX_COMPARED:
        from difflib import SequenceMatcher  # noqa: PLC0415 - only lists that differ from their text need it

        for block in SequenceMatcher(None, text, words, autojunk=False).get_matching_blocks():
            found[block.b : block.b + block.size] = range(block.a, block.a + block.size)
    return found


def _widened(text: str, word: str, start: int, end: int, taken: int) -> Place:
    """Return the place of a word whose letters and digits stand at `[start, end)`, with its punctuation.

    What stands before `taken` is another word's.
    """
    word = word.strip()
    head = word[: next(_TOKEN.finditer(word)).start()]
    tail = word[[match.end() for match in _TOKEN.finditer(word)][-1] :]
    if head and text.endswith(head, taken, start):
        start -= len(head)
    if tail and text.startswith(tail, end):
        end += len(tail)
    return Place(start, end)


def _punctuation(text: str, word: str, behind: Place) -> Place:
    word = word.strip()
    start = behind.end
    while text.startswith(" ", start):
        start += 1
    if word and text.startswith(word, start):
        return Place(start, start + len(word), behind.sure)
    return Place(behind.end, behind.end, behind.sure)
