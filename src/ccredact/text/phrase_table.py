"""Phrases looked up by their last words as they are said."""

from __future__ import annotations

from collections.abc import Iterable
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
        """What the longest phrase that ends with `key` after the words `before` is, and its words before `key`."""
        if before:
            for head, kind in self._longer.get((before[-1], key), ()):
                if before[-len(head) :] == head:
                    return kind, len(head)
        return self._alone.get(key), 0


def said(line: str) -> Iterable[tuple[str, ...]]:
    """The phrases of a line with alternatives."""
    return product(*(part.split("|") for part in line.split()))
