"""How much of a text is English: whoever gives a call in another language gets one in which little is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ccredact.lang.en.language import english
from ccredact.lang.en.names import POSSESSIVE
from ccredact.lang.en.noise import NOISE
from ccredact.text.words import keys_of

ENOUGH_WORDS: Final = 10
"""Words from which on it is asked whether a call is English."""
_ENDINGS: Final = re.compile(r"(?:'s|s|es|ed|d|ing|ly|er)$")


def is_english(texts: Iterable[str]) -> bool:
    """Return whether at least half of the words are everyday English ones, in any form, or there are few words.

    Words with figures do not count, nor do single letters.
    """
    language = english()
    known = count = 0
    for text in texts:
        for key in keys_of(text, NOISE):
            if len(key) == 1 or not key.replace("'", "").isalpha():
                continue
            count += 1
            bare = key.removesuffix(POSSESSIVE)
            stem = _ENDINGS.sub("", bare)
            words = (bare, stem, f"{stem}e")
            known += any(word in language.everyday or word in language.classes for word in words)
    return count < ENOUGH_WORDS or 2 * known >= count
