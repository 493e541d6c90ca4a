"""An answer in words ("poppy") that is all of a short turn, but for the words of a sentence around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccredact.text.token import Token

MOST = 2
"""Words of a short answer that carry meaning; in a longer one only words that are no everyday words are hidden."""
LONGEST = 7
"""Words of its turn."""


class ShortAnswer:
    """Everyday words that are the answer if hardly anything else is said in the turn."""

    __slots__ = ("asked", "count", "first", "words")

    def __init__(self, asked: tuple[str, int], first: int) -> None:
        self.asked = asked
        self.first = first  # the first word of the turn
        self.words: list[int] = []
        self.count = 0

    def fork(self) -> ShortAnswer:
        """An independent copy."""
        other = ShortAnswer(self.asked, self.first)
        other.words, other.count = list(self.words), self.count
        return other

    def add(self, word: int, *, hidden: bool) -> None:
        """Take a word that carries meaning; `hidden`: it is one that needs no waiting."""
        self.count += 1
        if self.count > MOST or word - self.first >= LONGEST:
            self.words, self.count = [], MOST
        elif not hidden:
            self.words.append(word)

    def pauses(self, token: Token) -> bool:
        """Whether the word stands behind the end of a sentence that was nothing but the answer."""
        if token.index - self.first >= LONGEST:
            self.words, self.count = [], MOST
        stop = len(token.gap) > 1 and any(mark in token.gap for mark in ".!?;,")
        return stop and bool(self.words)

    def open_from(self, start: int, end: int) -> int:
        """Find the first undecided word in `[start, end)`."""
        return min((word for word in self.words if start <= word < end), default=end)
