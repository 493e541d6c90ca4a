"""Tags that tell of a sound: a word or words in brackets of any kind, joined by dashes or underscores.

Such a tag is no word that anybody said. It may stand anywhere, inside a number too: it is taken for a filler. One with
blanks inside is read as its words: a stream may give it in pieces. Which words tell of sounds, a language knows.
"""

from __future__ import annotations

import re


def may_hold_tags(text: str) -> bool:
    """Return whether a bracket of any kind opens in the text."""
    return "[" in text or "(" in text or "<" in text or "{" in text


class NoiseTags:
    """The tags of one language.

    A tag has at least one of the words `sounds`, and beside these only words of `beside`. A word of `partial` is a tag
    by itself where a dash stands behind it: what follows was said meanwhile. `filler` is the key of each word of a tag.
    """

    __slots__ = ("_tag", "_words", "filler", "sounds")

    def __init__(
        self, *, filler: str, sounds: frozenset[str], beside: frozenset[str], partial: tuple[str, ...]
    ) -> None:
        self.filler = filler
        self.sounds = sounds
        self._words = sounds | beside
        whole = r"[\[<{(]([A-Za-z]{1,20}(?:[_-][A-Za-z]{1,20}){0,4})[\]>})]"
        self._tag = re.compile(rf"\[({'|'.join(partial)})(?=-)|{whole}")

    def ranges(self, text: str) -> list[tuple[int, int]]:
        """Return the characters of each tag in the text, without its brackets, in order."""
        found = (match.span(match.lastindex or 0) for match in self._tag.finditer(text))
        return [(start, end) for start, end in found if self._is_sound(text[start:end])]

    def _is_sound(self, tag: str) -> bool:
        words = set(re.split(r"[_-]", tag.lower()))
        return not words.isdisjoint(self.sounds) and words <= self._words
