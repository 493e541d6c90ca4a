"""Terms that a policy allows or denies, by word sequence, and denied patterns within a word.

Every place where a term stands counts, whatever punctuation is between its words and whether it overlaps another; the
last word may have a possessive. A detector of terms holds the words from the beginning of the first term that may still
be completed, within a turn. Patterns are looked for in what stands between white space; of a match whole words are
hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar, Final

import regex

from ccredact.detectors.base import EVERY_WORD, Context, Stateless
from ccredact.detectors.scores import BOUND_SCORE, DENIED_SCORE
from ccredact.lang.en.names import POSSESSIVE
from ccredact.lang.en.noise import NOISE
from ccredact.reasons import Reason
from ccredact.text.token import Token
from ccredact.text.word_class import HESITATION
from ccredact.text.words import keys_of, offsets_of
from ccredact.transcript import Span

_SECONDS: Final = 1.0
"""How long a pattern may be looked for in a word: one that takes longer is an error, and words are masked."""
_UNIT: Final = regex.compile(r"\S+")
_DENIED: Final = Reason.DENIED


class _Node:
    """The words with which some terms go on, and the label of the term that is complete here ("" for none)."""

    __slots__ = ("label", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.label = ""


class TermTable:
    """Terms by their words; made once for all calls."""

    __slots__ = ("first_words", "root", "words")

    def __init__(self, terms: Mapping[str, Iterable[str]]) -> None:
        self.root = _Node()
        words: set[str] = set()
        for label, listed in terms.items():
            for term in listed:
                node = self.root
                for key in keys_of(term, NOISE):
                    words.add(key)
                    node = node.next.setdefault(key, _Node())
                node.label = node.label or label
        first = set(self.root.next)
        first |= {key + POSSESSIVE for key, node in self.root.next.items() if node.label}
        self.words = frozenset(words | {key + POSSESSIVE for key in words})
        self.first_words = frozenset(first)


class TermDetector(Stateless):
    """Finds the terms of a table.

    - `_begun`: the terms that have begun and may go on, (first word, where they stand in the table), oldest first;
    - `_turn`: the turn that they are in; `_last`: the last word that was fed.
    """

    wake: ClassVar[int] = 0
    guards: ClassVar[int] = 0

    __slots__ = ("_begun", "_last", "_table", "_turn", "active", "guard_words", "wake_words")

    def __init__(self, table: TermTable, *, hides: bool) -> None:
        self._table = table
        self.wake_words = table.first_words
        self.guard_words: frozenset[str] = table.words if hides else frozenset()
        self._begun: list[tuple[int, _Node]] = []
        self._turn = self._last = -1
        self.active = False

    def fork(self) -> TermDetector:
        """Return an independent copy."""
        other = TermDetector(self._table, hides=bool(self.guard_words))
        other._begun, other._turn, other._last, other.active = self._begun, self._turn, self._last, self.active
        return other

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Take one word; return the terms that end with it."""
        if token.turn != self._turn:
            self._begun, self._turn = [], token.turn
        self._last = token.index
        out: list[Span] = []
        key = token.key
        bare = key.removesuffix(POSSESSIVE)
        begun: list[tuple[int, _Node]] = []
        for first, node in (*self._begun, (token.index, self._table.root)):
            found = node.next.get(key)
            label = found.label if found is not None else ""
            if not label and bare != key:
                ending = node.next.get(bare)
                label = ending.label if ending is not None else ""
            if label:
                out.append(Span(first, token.index + 1, label, DENIED_SCORE, ctx.new_entity(), _DENIED))
            if found is not None and found.next:
                begun.append((first, found))
            elif found is None and first < token.index and token.classes & HESITATION:
                begun.append((first, node))  # "blue um heron"
        self._begun, self.active = begun, bool(begun)
        return out

    def close(self, ctx: Context, *, cut: bool = False) -> list[Span]:
        """Return no spans, or, where the call broke off, what may have become a term that is hidden."""
        out: list[Span] = []
        if cut and self.guard_words:
            for first, node in self._begun:
                label = _any_label(node)
                out.append(Span(first, self._last + 1, label, BOUND_SCORE, ctx.new_entity(), Reason.HELD_BOUND))
        self._begun, self.active = [], False
        return out

    def open_from(self, start: int, end: int) -> int:
        """Return the first word in `[start, end)` of a term that may go on, `end` when there is none."""
        return min(end, max(start, self._begun[0][0])) if self._begun else end


def _any_label(node: _Node) -> str:
    while not node.label:
        node = next(iter(node.next.values()))
    return node.label


class PatternDetector(Stateless):
    """Finds patterns within a word, in the text of whole utterances; of an interim the last word may still grow."""

    wake: ClassVar[int] = 0
    guards: ClassVar[int] = EVERY_WORD

    __slots__ = ("_open", "_patterns", "active")

    def __init__(self, patterns: tuple[tuple[str, regex.Pattern[str]], ...]) -> None:
        self._patterns = patterns
        self._open = -1  # the first word of the last unit of an interim
        self.active = False

    def fork(self) -> PatternDetector:
        """Return an independent copy."""
        return PatternDetector(self._patterns)

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Return no spans: it reads whole utterances."""
        del token, ctx
        return []

    def open_from(self, start: int, end: int) -> int:
        """Return the first undecided word of an interim in `[start, end)`, `end` for none."""
        return end if self._open < 0 else min(end, max(start, self._open))

    def read_utterance(
        self, text: str, keys: list[str], word: int, turn: int, ctx: Context, *, is_final: bool
    ) -> list[Span]:
        """Take an utterance whose first word has the position `word` in the call; return what is found in it."""
        del keys, turn
        out: list[Span] = []
        offsets: list[tuple[int, int]] | None = None
        for unit in _UNIT.finditer(text):
            for label, pattern in self._patterns:
                for match in pattern.finditer(unit[0], timeout=_SECONDS):
                    if offsets is None:
                        offsets = offsets_of(text)
                    start, end = unit.start() + match.start(), unit.start() + match.end()
                    inside = [at for at, (first, last) in enumerate(offsets) if first < end and last > start]
                    if inside:
                        out.append(
                            Span(
                                word + inside[0], word + inside[-1] + 1, label, DENIED_SCORE, ctx.new_entity(), _DENIED
                            )
                        )
        self._open = -1
        if not is_final:
            offsets = offsets_of(text) if offsets is None else offsets
            last = text.rstrip().rfind(" ") + 1
            grows = [at for at, (_, end) in enumerate(offsets) if end > last]
            self._open = word + grows[0] if grows else -1
        self.active = self._open >= 0
        return out
