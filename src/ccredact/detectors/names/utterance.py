"""The words of one utterance as the rules around the tagger see them."""

from __future__ import annotations

from collections.abc import Sequence

from ccredact.lang.en.words import common_words
from ccredact.transcript import Span

SCORE = 0.7
_KIN = frozenset("uncle aunt auntie cousin grandma grandpa nurse officer sergeant vs versus team".split())
"""Before a name, with a capital perhaps, and no part of it."""


class Said:
    """Its text, the forms and keys of its words, the place of the first one among those of the call."""

    __slots__ = ("_cased", "forms", "keys", "text", "word")

    def __init__(self, text: str, forms: Sequence[str], keys: Sequence[str], word: int) -> None:
        self.text, self.forms, self.keys, self.word = text, forms, keys, word
        self._cased = -1  # the first word that is not all capitals, once that is needed

    def span(self, start: int, end: int, like: Span) -> Span:
        """The span from one place to another, mostly as it was."""
        if start + self.word == like.start and end + self.word == like.end:
            return like
        return Span(start + self.word, end + self.word, like.label, SCORE, like.entity)

    def room(self, spans: Sequence[Span], number: int, before: Sequence[Span]) -> tuple[int, int]:
        """Between which places a span may grow: those `before` it are what they will be, those behind as they were."""
        floor = before[-1].end - self.word if before else 0
        return floor, spans[number + 1].start - self.word if number + 1 < len(spans) else len(self.keys)

    def mark(self, at: int) -> str:
        """The mark behind a word."""
        last = self.forms[at][-1]
        return "" if last.isalnum() else last

    def is_capital(self, at: int) -> bool:
        """Whether a word has a capital that no sentence gives it, and is no everyday word."""
        form = self.forms[at]
        if not form[0].isupper() or form.isupper() or at == 0 or self.mark(at - 1) in tuple(".?!:"):
            return False
        key = self.keys[at]
        return self.mark(at) == "" and key.isalpha() and key not in common_words() and key not in _KIN

    def is_titled(self, at: int) -> bool:
        """Whether a word has one capital: "Citizens Bank Way"."""
        form = self.forms[at]
        return form[0].isupper() and not form.isupper()

    def is_cased(self, at: int) -> bool:
        """Whether the words before are no capitals all over."""
        if self._cased < 0:
            self._cased = next(
                (place for place, form in enumerate(self.forms) if form != form.upper()), len(self.forms)
            )
        return self._cased < at
