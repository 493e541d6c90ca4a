"""What the lexicon says of a word that may be a name, where the network says nothing, or too much."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ccredact.lang.en.words import CLASSES, common_words
from ccredact.tagger.features import (
    COMPANY,
    DICTIONARY,
    FAMILY_OFTEN,
    GIVEN,
    GIVEN_OFTEN,
    NAMED,
    NO_NAME,
    REGION,
    STREET,
)
from ccredact.tagger.prefilter import ALONE, is_number
from ccredact.text.word_class import DAY, MEASURE, MONTH

_SHORTEST_NAME = 3
_NEAR = 8
"""Words before one that say whether a text has capitals inside its sentences."""
_INTRODUCE = frozenset("is i'm im am name name's named called hi hello dear mr mrs ms miss dr doctor".split())
"""Before a name."""
_ARTICLES = frozenset("a an the my your our their this these no any some".split())
_SUBJECTS = frozenset("i we you they".split())
_OBJECTS = frozenset("it this that them".split())
_ASKS = frozenset("please and then".split())
_MODALS = frozenset("will would can could should must don't didn't really just".split())
"""Before a word that is none."""


class NameWords:
    """Judges words by the bits that `known` gives for a key (`features`); it has no state of its own."""

    __slots__ = ("_known",)

    def __init__(self, known: Callable[[str], int]) -> None:
        self._known = known

    def is_word(self, forms: Sequence[str], keys: Sequence[str], at: int, key: str) -> bool:
        """Whether a name of one word is none: an everyday word or a day, few are named so, and no capital says so.

        Where hardly anything else is said, or it is told as a name, it is enough that somebody is named so.
        """
        if is_counted(keys, at) or (len(key) >= _SHORTEST_NAME and is_number(key)) or self._is_verb(keys, at, key):
            return True
        is_day = bool(CLASSES.get(key, 0) & DAY)
        if forms[at][0].isupper() and at > 0 and forms[at - 1][-1] not in ".?!" and not is_day:
            return False
        told = len(keys) <= ALONE or (at > 0 and keys[at - 1] in _INTRODUCE)
        named = NAMED if told else GIVEN_OFTEN | FAMILY_OFTEN
        bits = self._known(key)
        return is_day or ((bool(bits & DICTIONARY) or key in common_words()) and not bits & named)

    def _is_verb(self, keys: Sequence[str], at: int, key: str) -> bool:
        """Whether a word of the dictionary is what is done with something: "please mark it as done"."""
        behind = keys[at + 1] if at + 1 < len(keys) else ""
        if behind not in _OBJECTS or not self._known(key) & DICTIONARY:
            return False
        return not at or keys[at - 1] in _ASKS or keys[at - 1] in _SUBJECTS or keys[at - 1] in _MODALS

    def is_given(self, name: str, forms: Sequence[str], keys: Sequence[str], at: int) -> bool:
        """Whether a word is a common given name and nothing else, or one with an s: "anna's card", "annas card".

        With a capital in a sentence it may be a word of the dictionary ("I don't want Mark as a driver"), and a common
        surname may be the name of a place too ("john's party").
        """
        key = keys[at]
        if len(key) < _SHORTEST_NAME:
            return False
        bits = self._known(name)
        if key[-1] == "s" and not bits & (GIVEN | NO_NAME) and key not in common_words():
            bits = self._known(key[:-1])
        if not bits & GIVEN_OFTEN:
            return False
        others = NO_NAME & ~REGION if bits & FAMILY_OFTEN else NO_NAME
        if bits & others and _has_capital(forms, at) and not CLASSES.get(key, 0) & (DAY | MONTH):
            others = COMPANY | STREET
        return not bits & others

    def is_used(self, name: str, forms: Sequence[str], keys: Sequence[str], at: int) -> bool:
        """Whether a word of the dictionary, which somebody is named, is that word here: "my bill", "i hope"."""
        if not at or not self._known(name) & DICTIONARY or _has_capital(forms, at):
            return False
        before = keys[at - 1]
        if before in _ARTICLES or before in _SUBJECTS:
            return True
        if before in _MODALS and at > 1 and keys[at - 2] in _SUBJECTS:
            return True
        near = forms[max(1, at - _NEAR) : at]  # behind it nothing counts: an interim has shown the word already
        return forms[at].islower() and forms[0][0].isupper() and any(map(str.isupper, "".join(near)))

    def may_be_name(self, key: str) -> bool:
        """Whether a word may be a name by itself: no everyday one, and none of the dictionary alone ("keeps")."""
        return _is_rare(key) and self._known(key) & (DICTIONARY | NAMED) != DICTIONARY


def is_counted(keys: Sequence[str], at: int) -> bool:
    """Whether a word says what a number before it counts: "three miles"."""
    measured = len(keys[at]) > 1 and CLASSES.get(keys[at], 0) & MEASURE
    return bool(measured) and at > 0 and is_number(keys[at - 1])


def _has_capital(forms: Sequence[str], at: int) -> bool:
    """Whether a word has a capital behind one that has none, in a sentence."""
    form, before = forms[at], forms[at - 1] if at else ""
    return form[0].isupper() and not form.isupper() and before.islower() and before[-1] not in ".?!:"


def _is_rare(key: str) -> bool:
    """Whether a word may be a name by itself: no short one, and no everyday one."""
    return len(key) >= _SHORTEST_NAME and key.isalpha() and key not in common_words()
