"""An interim on its way: what a hypothesis has in common with the one before it is fed once.

A draft is a copy of the call's scanner that has been fed the words of the last hypothesis. The next one that begins
with the same words, as they were written and at the same times, is fed from there on; any other one begins a new draft.
What reads whole utterances does so in a copy, so that the draft stays between two words. The interim is exactly what it
would be if the whole hypothesis were fed to a fresh copy.
"""

from __future__ import annotations

from ccredact.core.alignment import Times
from ccredact.core.scanner import Forms, Scanner
from ccredact.text.words import Words
from ccredact.transcript import Name, Span


class Draft:
    """A hypothesis that has been fed, and the spans that were decided by it."""

    __slots__ = ("_end", "_forms", "_scanner", "_times", "_words", "failures", "spans")

    def __init__(self, scanner: Scanner) -> None:
        """Begin with a copy of the call's scanner, which is the draft's from here on."""
        self._scanner = scanner
        self.failures = scanner.failures  # of detectors, before it
        self._words: Words | None = None  # those that have been fed, which end at the character `_end`
        self._end = 0
        self._forms: Forms = {}
        self._times: Times | None = None
        self.spans: list[Span] = []

    def take(self, words: Words, speaker: Name | None, times: Times | None) -> bool:
        """Feed a hypothesis of at least one word; return False where it does not go on with the one before."""
        scanner, fed = self._scanner, self._words
        forms = scanner.forms(words)
        first = 0
        if fed is None:
            self.spans = scanner.begin(words, speaker, times)
        elif self._goes_on(fed, words, times, forms):
            first = len(fed.keys)
        else:
            return False
        self.spans = self.spans + scanner.feed_from(first, words, times, forms)
        self._words, self._forms, self._times = words, forms, times
        self._end = words.offsets[-1][1]
        return True

    def _goes_on(self, fed: Words, words: Words, times: Times | None, forms: Forms) -> bool:
        """Return whether the words that have been fed are the first of these, with all that was told of them."""
        count, end = len(fed.keys), self._end
        if words.keys[:count] != fed.keys or words.text[:end] != fed.text[:end]:
            return False
        if (forms or self._forms) and _before(forms, count) != self._forms:
            return False
        return _starts(times, end) == _starts(self._times, end)

    def read(self) -> tuple[Scanner, list[Span]]:
        """Return a scanner that has read the hypothesis, and all spans that were decided by it."""
        words = self._words
        scanner = self._scanner.reading()
        if words is None:
            return scanner, self.spans
        scanner.words = words
        return scanner, scanner.read(self.spans, words, is_final=False)


def _before(forms: Forms, count: int) -> Forms:
    return {at: form for at, form in forms.items() if at < count}


def _starts(times: Times | None, end: int) -> list[tuple[int, float | None]] | None:
    """Return where and when the recogniser's words before a character begin."""
    return None if times is None else [(begin, start) for begin, _, start, _ in times if begin < end]
