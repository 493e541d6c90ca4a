"""What the engine asks of a language: the value that a folder of `ccredact.lang` makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ccredact.text.noise_tags import NoiseTags


@dataclass(frozen=True, eq=False)
class Language:
    """A language's words, for the engine, which knows none.

    `classes` has the classes (`word_class`) of every word of its tables, `everyday` its commonest words, which answer
    no question, `classes_of` tells those of a word that is in neither, `values`
    the digits of each number word, and how often a multiplier repeats what follows it.
    """

    classes: Mapping[str, int]
    everyday: frozenset[str]
    classes_of: Callable[[str], int]
    values: Mapping[str, str]
    noise: NoiseTags
