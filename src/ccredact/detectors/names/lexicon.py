"""The name lexicon: what is known of a word that may be a name, where the network says nothing, or too much."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ccredact.lang.en.names import (
    AUXILIARIES,
    BEFORE_IMPERATIVES,
    BEFORE_MODIFIERS,
    BY,
    DETERMINERS,
    INTRODUCTIONS,
    OBJECT_PRONOUNS,
    STATING,
    SUBJECT_PRONOUNS,
    THANK_YOU,
)
from ccredact.lang.en.words import CLASSES, FUNCTION, common_words
from ccredact.numbers.quantity import is_unit
from ccredact.tagger.features import (
    CITY_BIG,
    COMPANY,
    DICTIONARY,
    FAMILY,
    FAMILY_OFTEN,
    GIVEN,
    GIVEN_OFTEN,
    NAMED,
    NOT_A_PERSON,
    REGION,
    STREET,
)
from ccredact.tagger.prefilter import ALONE, is_number
from ccredact.text.word_class import DAY, MONTH

_SHORTEST_NAME: Final = 3
_NEAR: Final = 8
"""Words before one that say whether a text has capitals inside its sentences."""


class NameLexicon:
    """Judges words by what the tagger's lexicon says of them (`bits_of`) and by their neighbours; it has no state.

    `forms` and `keys` are all words of an utterance, `at` is the place of the one that is judged. `name` is its key
    without a possessive "'s".
    """

    __slots__ = ("_bits_of",)

    def __init__(self, bits_of: Callable[[str], int]) -> None:
        self._bits_of = bits_of

    def is_no_name(self, forms: list[str], keys: list[str], at: int, name: str) -> bool:
        """Return whether a word that was tagged as a name of one word is none.

        It is a day, or an everyday word that few people are named after, and no capital says that it is a name. Where
        hardly anything else is said, or it is introduced as a name, it is enough that somebody is named so.
        """
        if is_counted(keys, at) or (len(name) >= _SHORTEST_NAME and is_number(name)) or self._is_verb(keys, at, name):
            return True
        if self._is_modifier(forms, keys, at) or (is_by_chance(keys, at) and self._bits_of(name) & DICTIONARY):
            return True
        small = name in FUNCTION and forms[at].islower() and not self.is_often_named(name)
        if small or self._is_word_here(name, forms, keys, at):
            return True
        is_day = bool(CLASSES.get(name, 0) & DAY)
        if forms[at][0].isupper() and at > 0 and forms[at - 1][-1] not in ".?!" and not is_day:
            return False
        introduced = len(keys) <= ALONE or (at > 0 and keys[at - 1] in INTRODUCTIONS)
        named = NAMED if introduced else GIVEN_OFTEN | FAMILY_OFTEN
        bits = self._bits_of(name)
        return is_day or ((bool(bits & DICTIONARY) or name in common_words()) and not bits & named)

    def _is_word_here(self, name: str, forms: list[str], keys: list[str], at: int) -> bool:
        """Return whether a word of the dictionary, without a capital, is none but a word: "a chance", "i will sue"."""
        if not at or not forms[at].islower() or not self._bits_of(name) & DICTIONARY:
            return False
        before, first = keys[at - 1], keys[at - 2] if at > 1 else ""
        if before in DETERMINERS:
            return not self._bits_of(name) & GIVEN_OFTEN
        return before in STATING or (before in AUXILIARIES and first in SUBJECT_PRONOUNS)

    def _is_modifier(self, forms: list[str], keys: list[str], at: int) -> bool:
        """Return whether a small word of the dictionary stands between an article and an everyday word: "a max fee"."""
        if not 0 < at < len(keys) - 1 or keys[at - 1] not in BEFORE_MODIFIERS or not forms[at].islower():
            return False
        if not forms[at].isalnum() or not (keys[at] in common_words() or self._bits_of(keys[at]) & DICTIONARY):
            return False
        return self.is_everyday(keys[at + 1]) and keys[at + 1] not in FUNCTION and forms[at + 1].islower()

    def _is_verb(self, keys: list[str], at: int, name: str) -> bool:
        """Return whether a dictionary word is a verb with a pronoun object: "please mark it as done"."""
        behind = keys[at + 1] if at + 1 < len(keys) else ""
        if behind not in OBJECT_PRONOUNS or not self._bits_of(name) & DICTIONARY:
            return False
        if not at:
            return True
        before = keys[at - 1]
        return before in BEFORE_IMPERATIVES or before in SUBJECT_PRONOUNS or before in AUXILIARIES

    def is_given_name(self, name: str, forms: list[str], keys: list[str], at: int) -> bool:
        """Return whether a word is a common given name and nothing else, also with an s: "anna's card", "annas card".

        With a capital in a sentence it may be a word of the dictionary ("I don't want Mark as a driver"), and a common
        surname may be the name of a place too ("john's party").
        """
        key = keys[at]
        if len(key) < _SHORTEST_NAME:
            return False
        bits = self._bits_of(name)
        if key[-1] == "s" and not bits & (GIVEN | NOT_A_PERSON) and key not in common_words():
            bits = self._bits_of(key[:-1])
        if not bits & GIVEN_OFTEN:
            return False
        if bits & DICTIONARY and (self._begins_term(forms, keys, at) or self._is_modifier(forms, keys, at)):
            return False
        others = NOT_A_PERSON & ~REGION if bits & FAMILY_OFTEN else NOT_A_PERSON
        if bits & others and _has_capital(forms, at) and not CLASSES.get(key, 0) & (DAY | MONTH):
            others = COMPANY | STREET
        return not bits & others

    def _begins_term(self, forms: list[str], keys: list[str], at: int) -> bool:
        """Return whether an everyday word with a capital stands behind a word of the dictionary: "the Grace Period"."""
        if at + 1 == len(keys) or not forms[at][-1].isalnum() or not forms[at + 1][0].isupper():
            return False
        return keys[at + 1] in common_words() and not self.is_named(keys[at + 1])

    def is_used_as_word(self, name: str, forms: list[str], keys: list[str], at: int) -> bool:
        """Return whether a dictionary word that somebody is named after is that word here: "my bill", "i hope"."""
        if not at or not self._bits_of(name) & DICTIONARY or _has_capital(forms, at):
            return False
        before = keys[at - 1]
        if at > 1 and (keys[at - 2], before) == THANK_YOU:
            return False
        if before in DETERMINERS or before in SUBJECT_PRONOUNS:
            return True
        if before in AUXILIARIES and at > 1 and keys[at - 2] in SUBJECT_PRONOUNS:
            return True
        near = forms[max(1, at - _NEAR) : at]  # behind it nothing counts: an interim has shown the word already
        return forms[at].islower() and forms[0][0].isupper() and any(map(str.isupper, "".join(near)))

    def may_be_known(self, name: str) -> bool:
        """Return whether a word that was a name may be known again: no letter, and no word of every sentence."""
        return len(name) > 1 and (name not in FUNCTION or self.is_often_named(name))

    def is_named(self, name: str) -> bool:
        """Return whether somebody, or some place, is named so."""
        return bool(self._bits_of(name) & NAMED)

    def is_name_or_street(self, name: str) -> bool:
        """Return whether many people, or a street, are named so, whatever else the word is."""
        return bool(self._bits_of(name) & (GIVEN_OFTEN | FAMILY_OFTEN | STREET))

    def is_family_name(self, name: str) -> bool:
        """Return whether a family is named so."""
        return bool(self._bits_of(name) & (FAMILY | FAMILY_OFTEN))

    def is_often_named(self, name: str) -> bool:
        """Return whether many people are named so."""
        return bool(self._bits_of(name) & (GIVEN_OFTEN | FAMILY_OFTEN))

    def is_everyday(self, name: str) -> bool:
        """Return whether it is an everyday word, or one of the dictionary, that few people are named after."""
        bits = self._bits_of(name)
        return (bool(bits & DICTIONARY) or name in common_words()) and not bits & (GIVEN_OFTEN | FAMILY_OFTEN)

    def may_be_place(self, name: str) -> bool:
        """Return whether a street may be named so: it is a name, or in no dictionary."""
        bits = self._bits_of(name)
        if bits & (CITY_BIG | REGION) and not bits & DICTIONARY:
            return True
        return name not in common_words() and bits & (DICTIONARY | NAMED) != DICTIONARY

    def is_often_given(self, name: str) -> bool:
        """Return whether it is a common given name, and no word of the dictionary."""
        bits = self._bits_of(name)
        return bool(bits & GIVEN_OFTEN) and not bits & DICTIONARY

    def may_be_name(self, name: str) -> bool:
        """Return whether a word may be a name by itself: not short, not everyday, not of the dictionary alone."""
        if len(name) < _SHORTEST_NAME or not name.isalpha() or name in common_words():
            return False
        return self._bits_of(name) & (DICTIONARY | NAMED) != DICTIONARY


def is_by_chance(keys: list[str], at: int) -> bool:
    """Return whether a word stands behind a pronoun and "by", with more behind it: "do you | by chance | have"."""
    return 1 < at < len(keys) - 1 and keys[at - 1] == BY and keys[at - 2] in SUBJECT_PRONOUNS


def is_counted(keys: list[str], at: int) -> bool:
    """Return whether a word says what a number before it counts: "three miles"."""
    measured = len(keys[at]) > 1 and is_unit(CLASSES.get(keys[at], 0))
    return measured and at > 0 and is_number(keys[at - 1])


def _has_capital(forms: list[str], at: int) -> bool:
    """Return whether a word has a capital behind a word that has none, in a sentence."""
    form, before = forms[at], forms[at - 1] if at else ""
    return form[0].isupper() and not form.isupper() and before.islower() and before[-1] not in ".?!:"
