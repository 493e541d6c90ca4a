"""How alike two words sound, for long words that a recogniser does not know: "metformin" and "metforman"."""

from __future__ import annotations

import re
from typing import Final

MISHEARD_LETTERS: Final = 7
"""Letters of a word that is known though one of them is misheard."""

_PAIRS: Final = re.compile(r"ph|gh|ck|qu|th|wr|kn|x|c(?=[eiy])|(.)\1+")
_SAID: Final = {"c": "s", "ph": "f", "gh": "k", "ck": "k", "qu": "k", "th": "t", "wr": "r", "kn": "n", "x": "ks"}
_ALIKE: Final = str.maketrans("bvgcqzdjm", "pfkkkstsn", "aeiouyhw'")
"""Consonants that are taken for each other, as one; vowels, and what is hardly heard, are left out."""
_VOWELS: Final = "aeiouyhw"


def sound_of(word: str) -> str:
    """Return what is left of a word where all that is taken for each other is the same."""
    plain = _PAIRS.sub(lambda found: _SAID.get(found[0], found[0][:1]), word)
    bare = plain.translate(_ALIKE)
    return f"a{bare}" if plain[:1] in _VOWELS else bare


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters of a word must be put in, left out or changed to have another; `most` + 1 for more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, row[0] = row[0], at
        for column, its in enumerate(other, 1):
            here = row[column]
            row[column] = before if letter == its else 1 + min(before, here, row[column - 1])
            before = here
        if min(row) > most:
            return most + 1
    return row[-1]
