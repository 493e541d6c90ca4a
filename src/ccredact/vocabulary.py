"""The word table of a set of detectors: what each word may be, and which words wake nobody."""

from __future__ import annotations

from collections.abc import Sequence

from ccredact.answers import common_words, phrases
from ccredact.detectors.base import Detector
from ccredact.normalize.english import ASK, CLASSES, CUE, DIGITS, UNCOMMON, other_classes
from ccredact.phrases import LAST_WORDS


def word_classes(*, everyday: bool) -> dict[str, int]:
    """Every word of the tables with all its classes; `everyday`: the words that are no answer to a question too."""
    table = dict.fromkeys(common_words(), 0) if everyday else {}
    table.update(CLASSES)
    if everyday:
        for key in phrases().last_words:
            table[key] = table.get(key, 0) | ASK | (DIGITS if key.isdecimal() else 0)
    for key in LAST_WORDS:
        table[key] = table.get(key, 0) | CUE | (DIGITS if key.isdecimal() else 0)
    return table


class Vocabulary:
    """The word table of a set of detectors: shared by all calls, never changed."""

    __slots__ = ("classes", "quiet", "wake", "waking")

    def __init__(self, detectors: Sequence[Detector]) -> None:
        self.wake = 0
        for detector in detectors:
            self.wake |= detector.wake
        self.classes = word_classes(everyday=bool(self.wake & ASK))
        self.waking = frozenset(key for key, classes in self.classes.items() if classes & self.wake)
        self.quiet = frozenset(self.classes) - self.waking if self.wake & UNCOMMON else None

    def classes_of(self, key: str) -> int:
        """The classes of a word that is not in the table; `Scanner` looks there itself."""
        if key.endswith("'s") and key[:-2] in self.classes:
            return self.classes[key[:-2]] & ASK
        return other_classes(key)
