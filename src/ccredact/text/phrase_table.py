"""Phrases looked up by their last words as they are said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a phrase asks for that has just been said.

    `weak` ones ("order") need a longer answer right behind them. A `topic` ("passport") is a phrase only together with
    a word for a number in its turn. Kinds are those of `ccredact.dialogue.kinds`.
    """

    kind: str
    weak: bool = False
    topic: bool = False


class PhraseTable:
    """Phrases by their last word and the one before it: of those, few are left to be compared.

    A word of `last_words` may end one. It does so where it is one by itself (`alone`), or stands behind a word that
    fits (`pairs`) and the rest of the phrase.
    """

    __slots__ = ("_alone", "_longer", "alone", "last_words", "pairs")

    def __init__(self, phrases: Iterable[tuple[tuple[str, ...], Prompt]]) -> None:
        self._alone: dict[str, Prompt] = {}  # phrases of one word
        longer: dict[tuple[str, str], list[tuple[tuple[str, ...], Prompt]]] = {}
        for (*head, last), prompt in phrases:
            if head:
                longer.setdefault((head[-1], last), []).append((tuple(head), prompt))
            else:
                self._alone.setdefault(last, prompt)
        self._longer = {pair: sorted(rows, key=lambda row: -len(row[0])) for pair, rows in longer.items()}
        self.alone, self.pairs = frozenset(self._alone), frozenset(longer)
        self.last_words = self.alone.union(last for _, last in longer)

    def longest(self, key: str, before: tuple[str, ...]) -> tuple[Prompt | None, int]:
        """Return the prompt of the longest phrase that ends with `key` after the words `before`; None where none ends.

        With it comes the number of its words before `key`.
        """
        if before:
            for head, prompt in self._longer.get((before[-1], key), ()):
                if before[-len(head) :] == head:
                    return prompt, len(head)
        return self._alone.get(key), 0


def said(line: str) -> Iterable[tuple[str, ...]]:
    """Give the phrases of a line with alternatives: "front|back of the card" is two."""
    return product(*(part.split("|") for part in line.split()))
