"""Phrases looked up by their last words as they are said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Final


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a phrase asks for that has just been said.

    `weak` ones ("order") need a longer answer right behind them. A `topic` ("passport") is a phrase only together with
    a word for a number in its turn. Kinds are those of `ccredact.dialogue.kinds`.
    """

    kind: str
    weak: bool = False
    topic: bool = False


_Rows = list[tuple[tuple[str, ...], Prompt]]
"""Phrases without their last word, the longest first, and what each asks for."""
_NO_ROWS: Final[dict[str, _Rows]] = {}


class PhraseTable:
    """Phrases by their last word and the one before it: of those, few are left to be compared.

    A word of `last_words` may end one. It does so where it is one by itself, or stands behind a word that fits
    (`may_end`) and the rest of the phrase.
    """

    __slots__ = ("_longer", "alone", "last_words")

    def __init__(self, phrases: Iterable[tuple[tuple[str, ...], Prompt]]) -> None:
        self.alone: dict[str, Prompt] = {}  # phrases of one word
        self._longer: dict[str, dict[str, _Rows]] = {}  # the others by the last word, then the one before it
        for (*head, last), prompt in phrases:
            if head:
                self._longer.setdefault(last, {}).setdefault(head[-1], []).append((tuple(head), prompt))
            else:
                self.alone.setdefault(last, prompt)
        for before in self._longer.values():
            for rows in before.values():
                rows.sort(key=lambda row: -len(row[0]))
        self.last_words = frozenset(self.alone).union(self._longer)

    def may_end(self, last: str, key: str) -> bool:
        """Return whether a phrase may end with `key` behind the word `last`."""
        return key in self.alone or last in self._longer.get(key, _NO_ROWS)

    def longest(self, key: str, before: tuple[str, ...]) -> tuple[Prompt | None, int]:
        """Return the prompt of the longest phrase that ends with `key` after the words `before`; None where none ends.

        With it comes the number of its words before `key`.
        """
        if before:
            for head, prompt in self._longer.get(key, _NO_ROWS).get(before[-1], ()):
                if before[-len(head) :] == head:
                    return prompt, len(head)
        return self.alone.get(key), 0


def said(line: str) -> Iterable[tuple[str, ...]]:
    """Give the phrases of a line with alternatives: "front|back of the card" is two."""
    return product(*(part.split("|") for part in line.split()))
