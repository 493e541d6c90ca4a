"""Phrases looked up by their last words as they are said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Generic, TypeVar

Kind = TypeVar("Kind")


class PhraseTable(Generic[Kind]):
    """Phrases by their last word and the one before it: of those, few are left to be compared."""

    __slots__ = ("_alone", "_longer", "alone", "last_words", "pairs")

    def __init__(self, phrases: Iterable[tuple[tuple[str, ...], Kind]]) -> None:
        self._alone: dict[str, Kind] = {}  # phrases of one word
        longer: dict[tuple[str, str], list[tuple[tuple[str, ...], Kind]]] = {}
        for (*head, last), kind in phrases:
            if head:
                longer.setdefault((head[-1], last), []).append((tuple(head), kind))
            else:
                self._alone.setdefault(last, kind)
        self._longer = {pair: sorted(rows, key=lambda row: -len(row[0])) for pair, rows in longer.items()}
        self.alone, self.pairs = frozenset(self._alone), frozenset(longer)
        self.last_words = self.alone.union(last for _, last in longer)

    def longest(self, key: str, before: tuple[str, ...]) -> tuple[Kind | None, int]:
        """Return the kind of the longest phrase that ends with `key` after the words `before`; None where none ends.

        With it comes the number of its words before `key`.
        """
        if before:
            for head, kind in self._longer.get((before[-1], key), ()):
                if before[-len(head) :] == head:
                    return kind, len(head)
        return self._alone.get(key), 0


def said(line: str) -> Iterable[tuple[str, ...]]:
    """Give the phrases of a line with alternatives: "front|back of the card" is two."""
    return product(*(part.split("|") for part in line.split()))


@dataclass(frozen=True, eq=False)
class PhraseEnds:
    """Where the phrases of a detector may end: what it declares to the vocabulary.

    A word of `last_words` gets the class `ends`; where it is said and a phrase may be complete with it, as it is one
    by itself (`alone`) or stands behind a word that fits (`pairs`), it has the class `complete` too.
    """

    last_words: frozenset[str]
    alone: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    ends: int
    complete: int
