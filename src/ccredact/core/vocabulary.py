"""The word table of a set of detectors: what each word may be, and which words wake nobody."""

from __future__ import annotations

from collections.abc import Sequence

from ccredact.detectors.base import Detector
from ccredact.text.language import Language
from ccredact.text.phrase_table import PhraseEnds
from ccredact.text.word_class import ASK, ASKED, DIGITS, UNCOMMON
from ccredact.text.words import Words


class Vocabulary:
    """A language's words and those that the detectors declare: shared by all calls, never changed.

    `classes` has every known word; `wake` are all classes that wake a detector, `waking` the known words of these;
    `quiet` are the known words that wake nobody, None where no detector wants to see unknown words. `alone` and `pairs`
    say where a phrase may end (`PhraseEnds`).
    """

    __slots__ = ("alone", "classes", "language", "no_words", "pairs", "quiet", "wake", "waking")

    def __init__(self, language: Language, detectors: Sequence[Detector]) -> None:
        self.language = language
        self.no_words = Words("", language.noise)  # where no utterance is
        declared: list[PhraseEnds] = [ends for detector in detectors for ends in getattr(detector, "phrases", ())]
        self.wake = 0
        for detector in detectors:
            self.wake |= detector.wake
        everyday = bool(self.wake & UNCOMMON)
        self.classes = dict.fromkeys(language.everyday, 0) if everyday else {}
        self.classes.update(language.classes)
        wake = self.wake
        for ends in declared:
            wake |= ends.ends if wake & ends.complete else 0
            for key in ends.last_words:
                self.classes[key] = self.classes.get(key, 0) | ends.ends | (DIGITS if key.isdecimal() else 0)
        self.waking = frozenset(key for key, classes in self.classes.items() if classes & wake)
        self.quiet = frozenset(self.classes) - self.waking if everyday else None
        self.alone = frozenset[str]().union(*(ends.alone for ends in declared))
        self.pairs = frozenset[tuple[str, str]]().union(*(ends.pairs for ends in declared))

    def classes_of(self, key: str) -> int:
        """Return the classes of a word that is not in the table; `Scanner` looks there itself."""
        if key.endswith("'s") and key[:-2] in self.classes:
            return ASK | ASKED if self.classes[key[:-2]] & ASK else 0
        return self.language.classes_of(key)
