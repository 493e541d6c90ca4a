"""The word table of a set of detectors: what each word may be, and which words wake nobody."""

from __future__ import annotations

from collections.abc import Sequence

from ccredact.detectors.base import Detector
from ccredact.dialogue.card_prompts import card_prompts
from ccredact.dialogue.prompts import prompts
from ccredact.lang.en.words import CLASSES, MISHEARD, common_words, other_classes
from ccredact.text.word_class import ASK, ASKED, CUE, CUED, DIGITS, UNCOMMON


def word_classes(*, everyday: bool) -> dict[str, int]:
    """Every word of the tables with all its classes; `everyday`: the words that are no answer to a question too."""
    table = dict.fromkeys(common_words(), 0) if everyday else {}
    table.update(CLASSES)
    if everyday:
        for key in prompts().table.last_words:
            table[key] = table.get(key, 0) | ASK | (DIGITS if key.isdecimal() else 0)
    for key in card_prompts().last_words:
        table[key] = table.get(key, 0) | CUE | (DIGITS if key.isdecimal() else 0)
    return table


class Vocabulary:
    """The word table of a set of detectors: shared by all calls, never changed."""

    __slots__ = ("alone", "classes", "pairs", "quiet", "wake", "waking")

    def __init__(self, detectors: Sequence[Detector]) -> None:
        self.wake = 0
        for detector in detectors:
            self.wake |= detector.wake
        everyday = bool(self.wake & UNCOMMON)
        self.classes = word_classes(everyday=everyday)
        wake = self.wake | (CUE if self.wake & CUED else 0) | (ASK if self.wake & ASKED else 0)
        self.waking = frozenset(key for key, classes in self.classes.items() if classes & wake)
        self.quiet = frozenset(self.classes) - self.waking if everyday else None
        # Where a phrase may end: words that are one or are looked at in any case, and words behind one that fits.
        cards, others = card_prompts().table, prompts().table
        self.alone = cards.alone | others.alone | MISHEARD
        self.pairs = cards.pairs | others.pairs

    def classes_of(self, key: str) -> int:
        """The classes of a word that is not in the table; `Scanner` looks there itself."""
        if key.endswith("'s") and key[:-2] in self.classes:
            return ASK | ASKED if self.classes[key[:-2]] & ASK else 0
        return other_classes(key)
