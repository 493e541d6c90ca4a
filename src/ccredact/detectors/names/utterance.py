"""The utterance view: the words of one utterance as the rules beside the tagger read them."""

from __future__ import annotations

from ccredact.lang.en.names import BESIDE_NAMES
from ccredact.lang.en.words import common_words
from ccredact.transcript import Span, make_span


class UtteranceView:
    """One utterance.

    `forms` and `keys` have one item for each word of `text`. Rules count words by *places*, from 0 within the
    utterance; `first_word` is the position of the first one in the call, as spans count.
    """

    __slots__ = ("_first_mixed", "first_word", "forms", "keys", "text")

    def __init__(self, text: str, forms: list[str], keys: list[str], first_word: int, *, shouted: bool = True) -> None:
        self.text, self.forms, self.keys, self.first_word = text, forms, keys, first_word
        self._first_mixed = -1  # the first place that is not all capitals, once somebody asks
        if not shouted:
            self._first_mixed = -2

    def resized(self, span: Span, start: int, end: int) -> Span:
        """Return `span` with the places `[start, end)` instead of its own."""
        if start + self.first_word == span.start and end + self.first_word == span.end:
            return span
        low, high = start + self.first_word, end + self.first_word
        return make_span(low, high, span.label, span.score, span.entity, span.reason)

    def room(self, spans: list[Span], number: int, done: list[Span]) -> tuple[int, int]:
        """Return the places `[floor, ceiling)` that `spans[number]` may grow over.

        `done` are the spans before it as they will be; those behind it are as they were.
        """
        floor = done[-1].end - self.first_word if done else 0
        return floor, spans[number + 1].start - self.first_word if number + 1 < len(spans) else len(self.keys)

    def mark(self, at: int) -> str:
        """Return the punctuation mark behind a word, "" for none."""
        last = self.forms[at][-1]
        return "" if last.isalnum() else last

    def is_name_like(self, at: int) -> bool:
        """Return whether a word has a capital that no sentence gives it, and is no everyday word."""
        form = self.forms[at]
        if not form[0].isupper() or form.isupper() or at == 0 or self.mark(at - 1) in (".", "?", "!", ":"):
            return False
        key = self.keys[at]
        return self.mark(at) == "" and key.isalpha() and key not in common_words() and key not in BESIDE_NAMES

    def is_everyday(self, at: int) -> bool:
        """Return whether a word is an everyday one, without a capital that no sentence gives it."""
        form = self.forms[at]
        capital = form[0].isupper() and not form.isupper() and at > 0 and self.mark(at - 1) not in (".", "?", "!", ":")
        return not capital and self.keys[at] in common_words()

    def is_title_case(self, at: int) -> bool:
        """Return whether a word has one capital: "Citizens Bank Way"."""
        form = self.forms[at]
        return form[0].isupper() and not form.isupper()

    def has_case_before(self, at: int) -> bool:
        """Return whether a word before is not all capitals, so that capitals say something."""
        if self._first_mixed == -1:
            self._first_mixed = next(
                (place for place, form in enumerate(self.forms) if form != form.upper()), len(self.forms)
            )
        return self._first_mixed < at

    def has_case(self) -> bool:
        """Return whether some word is not all capitals."""
        return self.has_case_before(len(self.forms))
