"""The word table of a set of detectors: what each word may be, and which words wake nobody."""

from __future__ import annotations

from collections.abc import Sequence

from ccredact.detectors.base import Detector
from ccredact.dialogue.prompts import prompts_for
from ccredact.text.language import Language
from ccredact.text.word_class import DIGITS, PROMPT_END, PROMPTED, UNCOMMON
from ccredact.text.words import Words


class Vocabulary:
    """A language's words and those that the detectors declare: shared by all calls, never changed.

    `classes` has every known word; `wake` are all classes that wake a detector, `waking` the known words of these;
    `quiet` are the known words that wake nobody, None where no detector wants to see unknown words. `prompts` are the
    phrases that are looked for.
    """

    __slots__ = ("classes", "language", "no_words", "prompts", "quiet", "wake", "waking")

    def __init__(self, language: Language, detectors: Sequence[Detector]) -> None:
        self.language = language
        self.no_words = Words("", language.noise)  # where no utterance is
        self.wake = 0
        for detector in detectors:
            self.wake |= detector.wake
        everyday = bool(self.wake & UNCOMMON)
        self.classes = dict.fromkeys(language.everyday, 0) if everyday else {}
        self.classes.update(language.classes)
        self.prompts = prompts_for([getattr(detector, "phrases", "") for detector in detectors])
        for key in self.prompts.table.last_words if self.wake & PROMPTED else ():
            self.classes[key] = self.classes.get(key, 0) | PROMPT_END | (DIGITS if key.isdecimal() else 0)
        wake = self.wake | PROMPT_END
        self.waking = frozenset(key for key, classes in self.classes.items() if classes & wake)
        self.quiet = frozenset(self.classes) - self.waking if everyday else None

    def classes_of(self, key: str) -> int:
        """Return the classes of a word that is not in the table; `Scanner` looks there itself."""
        if key.endswith("'s") and key[:-2] in self.classes:
            return PROMPT_END | PROMPTED if self.classes[key[:-2]] & PROMPT_END else 0
        return self.language.classes_of(key)
