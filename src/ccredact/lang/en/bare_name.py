"""The name in what was found as one: what pseudonyms are made of."""

from __future__ import annotations

from typing import Final

from ccredact.lang.en.names import BESIDE_NAME, POSSESSIVE, TITLES
from ccredact.lang.en.noise import NOISE
from ccredact.lang.en.words import HESITATIONS
from ccredact.text.words import keys_of

_NO_NAME: Final = BESIDE_NAME | HESITATIONS


def bare_name(text: str) -> str:
    """Return the words of a name, without titles, hesitations, a possessive, and "ok" at its edges.

    Where nothing would be left, it is the text.
    """
    keys = [key for key in keys_of(text, NOISE) if key not in HESITATIONS]
    while keys and (keys[0] in TITLES or keys[0] in _NO_NAME):
        del keys[0]
    while keys and keys[-1] in _NO_NAME:
        del keys[-1]
    if keys:
        keys[-1] = keys[-1].removesuffix(POSSESSIVE)
    return " ".join(keys) or text
