"""The word table of a set of detectors: what each word may be, and which words wake nobody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ccredact.detectors.base import Detector
from ccredact.dialogue.prompts import prompts_for
from ccredact.text.language import Language
from ccredact.text.word_class import DECLARED, DIGITS, PROMPT_END, PROMPTED, SPELLER, SYMBOL, UNCOMMON
from ccredact.text.words import Words

_LAST: Final = 61
"""The last bit of a class: what fits no more shares it, and is fed words of others too."""


class Vocabulary:
    """A language's words and those that the detectors declare: shared by all calls, never changed.

    `classes` has every known word; `wake` are all classes that wake a detector, `waking` the known words of these;
    `quiet` are the known words that wake nobody, None where no detector wants to tell unknown words from everyday ones
    (it wakes for them, or says that it `knows_everyday`). `prompts` are the
    phrases that are looked for. A detector that declares words has a class of its own for them: `wakes` and `guards`
    are, for each detector, the classes of words that it must be fed, and of those that are masked once it has failed.

    `readers`, `followers` and `beginners` are the numbers of the detectors that look at whole utterances, that follow
    the dialogue, and of those among these that are told where a turn begins (`ccredact.detectors.base`); `holders` are
    the readers that hold words over finals, `candidates` those that know which of their words are read out.
    """

    __slots__ = (
        "_declared", "_next", "beginners", "candidates", "classes", "followers", "guards", "holders", "language",
        "no_words", "prompts", "quiet", "readers", "wake", "wakes", "waking",
    )  # fmt: skip

    def __init__(self, language: Language, detectors: Sequence[Detector]) -> None:
        self.language = language
        self.no_words = Words("", language.noise)  # where no utterance is
        self.wake = 0
        for detector in detectors:
            self.wake |= detector.wake
        everyday = bool(self.wake & UNCOMMON) or any(
            getattr(detector, "knows_everyday", False) for detector in detectors
        )
        self.classes = dict.fromkeys([*language.everyday], 0) if everyday else {}  # of a set it is a slower table
        self.classes.update(language.classes)
        if everyday:
            for key, classes in language.classes.items():
                if not classes & ~(SPELLER | SYMBOL) and key not in language.everyday:
                    self.classes[key] = classes | UNCOMMON
        self.prompts = prompts_for([getattr(detector, "phrases", "") for detector in reversed(detectors)])
        for key in self.prompts.table.last_words if self.wake & PROMPTED else ():
            self.classes[key] = self.classes.get(key, 0) | PROMPT_END | (DIGITS if key.isdecimal() else 0)
        self._declared: set[str] = set()
        self._next = DECLARED
        self.wakes = tuple([detector.wake | self._declare(detector, "wake_words") for detector in detectors])
        self.guards = tuple([detector.guards | self._declare(detector, "guard_words") for detector in detectors])
        every = range(len(detectors))
        self.readers = tuple([number for number in every if hasattr(detectors[number], "read_utterance")])
        self.holders = tuple([number for number in self.readers if hasattr(detectors[number], "settle")])
        self.followers = tuple([number for number in every if hasattr(detectors[number], "follow")])
        self.candidates = tuple([number for number in every if hasattr(detectors[number], "candidate_from")])
        self.beginners = tuple([number for number in self.followers if hasattr(detectors[number], "begin_turn")])
        for own in self.wakes:
            self.wake |= own
        wake = self.wake | PROMPT_END
        self.waking = frozenset(key for key, classes in self.classes.items() if classes & wake)
        self.quiet = frozenset(self.classes) - self.waking if everyday else None

    def _declare(self, detector: Detector, name: str) -> int:
        """Return the class that the words which a detector declares under a name have from now on, 0 where it does not.

        For all others the words are what they were.
        """
        words: frozenset[str] = getattr(detector, name, frozenset())
        if not words:
            return 0
        own = 1 << min(self._next, _LAST)
        self._next += 1
        new = {key: self.classes_of(key) for key in words if key not in self.classes}
        self._declared.update(new)
        self.classes.update(new)
        for key in words:
            self.classes[key] |= own
        return own

    def classes_of(self, key: str) -> int:
        """Return the classes of a word that is not in the table; `Scanner` looks there itself."""
        if key.endswith("'s") and key[:-2] in self.classes and key[:-2] not in self._declared:
            return PROMPT_END | PROMPTED if self.classes[key[:-2]] & PROMPT_END else 0
        return self.language.classes_of(key)
