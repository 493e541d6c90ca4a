"""The forms in which a noun of a word list is said."""

from __future__ import annotations

from typing import Final

from ccredact.lang.en.words import POSSESSIVE

_SIBILANTS: Final = ("x", "z", "ch", "sh")
"""Endings behind which a plural has "es"."""
_VOWELS: Final = "aeiou"
_SHORTEST_FORM: Final = 3


def noun_forms(word: str) -> tuple[str, ...]:
    """Return a noun as it is, in the plural, and with the possessive of both that is a word of its own.

    "allergy", "allergies", "allergy's". What ends in "s" may be a plural already, and has no other form; a number or
    a code has none either.
    """
    if not word.isalpha() or word.endswith("s"):
        return (word,)
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        plural = f"{word[:-1]}ies"
    else:
        plural = f"{word}es" if word.endswith(_SIBILANTS) else f"{word}s"
    return (word, plural, f"{word}{POSSESSIVE}")


def noun_base(word: str) -> tuple[str, ...]:
    """Return the nouns of which a word may be a form (`noun_forms`), itself left out."""
    if not word.endswith("s") or len(word) < _SHORTEST_FORM:
        return ()
    if word.endswith(POSSESSIVE):
        return (word[:-2],)
    if word.endswith("es"):
        bases: tuple[str, ...] = (
            (word[:-1], word[:-2], f"{word[:-3]}y") if word.endswith("ies") else (word[:-1], word[:-2])
        )
    else:
        bases = (word[:-1],)
    return tuple([base for base in bases if word in noun_forms(base)])
