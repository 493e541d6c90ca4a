"""Names of people that are known before the call: those of its speakers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from ccredact.detectors.base import EVERY_WORD, Context, Stateless
from ccredact.detectors.scores import CHANCE_SCORE
from ccredact.lang.en.language import english
from ccredact.lang.en.names import POSSESSIVE
from ccredact.lang.en.noise import NOISE
from ccredact.reasons import Reason
from ccredact.text.words import keys_of, offsets_of
from ccredact.transcript import Span

_LEAST: Final = 2
"""Letters of a word of a name: an initial is known by nothing."""
_VOCATIVE: Final = ",!?"
_ENDS: Final = ".!?"


def known_words(names: Sequence[str]) -> dict[str, int]:
    """Return the words of names that are known, with the entity of each: names count from 1, the first one wins."""
    words: dict[str, int] = {}
    for entity, name in enumerate(names, 1):
        for key in keys_of(name, NOISE):
            if len(key) >= _LEAST and not key.isdecimal():
                words.setdefault(key, entity)
    return words


class KnownNameDetector(Stateless):
    """Finds the names wherever they are said, in whole or in part.

    A word that is an everyday word too is a name where a neighbour is one of the same person, or where it is written
    with a capital inside a sentence. What the tagger finds around a name, or instead of it, wins.
    """

    wake: ClassVar[int] = 0
    guards: ClassVar[int] = EVERY_WORD
    active: ClassVar[bool] = False

    __slots__ = ("_everyday", "_words")

    def __init__(self, words: Mapping[str, int]) -> None:
        self._words = words
        self._everyday = english().everyday

    def feed(self, token: object, ctx: Context) -> list[Span]:
        """Return no spans: it reads whole utterances."""
        del token, ctx
        return []

    def read_utterance(
        self, text: str, keys: list[str], word: int, turn: int, ctx: Context, *, is_final: bool
    ) -> list[Span]:
        """Take an utterance whose first word has the position `word` in the call; return what is found in it."""
        del turn, ctx, is_final
        entities = [self._entity_of(key) for key in keys]
        if not any(entities):
            return []
        offsets = offsets_of(text)
        out: list[Span] = []
        for at, entity in enumerate(entities):
            if not entity or (keys[at] in self._everyday and not self._is_name(text, offsets, keys, at)):
                continue
            last = out[-1] if out else None
            if last is not None and last.end == word + at and last.entity == entity:
                out[-1] = Span(last.start, word + at + 1, "PERSON", CHANCE_SCORE, entity, Reason.SAID_AGAIN)
            else:
                out.append(Span(word + at, word + at + 1, "PERSON", CHANCE_SCORE, entity, Reason.SAID_AGAIN))
        return out

    def _entity_of(self, key: str) -> int:
        return self._words.get(key) or self._words.get(key.removesuffix(POSSESSIVE), 0)

    def _is_name(self, text: str, offsets: list[tuple[int, int]], keys: list[str], at: int) -> bool:
        """Return whether an everyday word is a name at its place."""
        entity = self._entity_of(keys[at])
        if any(key != keys[at] and self._entity_of(key) == entity for key in keys[max(0, at - 1) : at + 2]):
            return True
        start, end = offsets[at]
        if not text[start].isupper():
            return False
        before = text[:start].rstrip()
        return (bool(before) and before[-1] not in _ENDS) or (end < len(text) and text[end] in _VOCATIVE)
