"""Faker's word lists, read once from the provider classes.

Calling Faker's methods costs some hundred times what a draw from a tuple costs, and its locales hide behind one
object each; the lists themselves are class attributes.
"""

import importlib
from collections.abc import Iterable
from typing import Any

from corpus.romanise import Romaniser

_GIVEN = {"f": ("first_names_female",), "m": ("first_names_male",), "any": ("first_names",)}
_FAMILY = (
    "last_names",
    "last_names_male",
    "last_names_female",
    "unisex_last_names",
    "masculine_last_names",
    "feminine_last_names",
)
_STAND_INS = frozenset({"Doe", "John", "Jane"})  # what Faker's base class answers where a locale has no list


def _provider(kind: str, locale: str) -> Any:
    return importlib.import_module(f"faker.providers.{kind}.{locale}").Provider


def _words(owner: Any, attributes: Iterable[str]) -> list[str]:
    words: list[str] = []
    for attribute in attributes:
        value = getattr(owner, attribute, ())
        if isinstance(value, (tuple, list, dict, set, frozenset)):
            words.extend(word for word in value if isinstance(word, str))
    return words


def _clean(words: Iterable[str], romaniser: Romaniser) -> tuple[str, ...]:
    plain = {romaniser.plain(word.strip()) for word in words if word not in _STAND_INS}
    kept = {
        word for word in plain if len(word) > 1 and word.replace("-", "").replace("'", "").replace(" ", "").isalpha()
    }
    return tuple(sorted(word.title() if word.isupper() or word.islower() else word for word in kept))


def given_names(locales: Iterable[str], gender: str, romaniser: Romaniser) -> tuple[str, ...]:
    """Given names of one gender ("f" or "m"), in Latin letters, sorted."""
    words: list[str] = []
    for locale in locales:
        provider = _provider("person", locale)
        words.extend(_words(provider, _GIVEN[gender]) or _words(provider, _GIVEN["any"]))
        words.extend(_words(provider, ("first_romanized_names",)) if locale in {"ja_JP", "zh_TW"} else ())
    return _clean(words, romaniser)


def family_names(locales: Iterable[str], romaniser: Romaniser) -> tuple[str, ...]:
    """Family names in Latin letters, sorted."""
    words: list[str] = []
    for locale in locales:
        words.extend(_words(_provider("person", locale), (*_FAMILY, "last_romanized_names")))
    return _clean(words, romaniser)


def places(locales: Iterable[str], attributes: Iterable[str], romaniser: Romaniser) -> tuple[str, ...]:
    """Cities, states, counties or streets of an address provider, in Latin letters, sorted."""
    words: list[str] = []
    for locale in locales:
        words.extend(_words(_provider("address", locale), attributes))
    return _clean(words, romaniser)
