"""Words of the language, medical ones too: what is nobody's name, however rare.

Sources, installed as training-time dependencies: the words of `lemminflect` (MIT; from the SPECIALIST lexicon of the US
National Library of Medicine), the descriptions of the ICD-10-CM (US government, in `simple_icd_10_cm`), and the family
names of the US census of 1990 (public domain, in `names`), which are no plain words even where the language has them.
"""

import gzip
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import names
import simple_icd_10_cm as icd

_SHORTEST, _LONGEST_NAME = 3, 6
"""Letters of a word, and words of a diagnosis."""
_DISEASES = "ABCDEFGHIJKLMNOPQRS"
"""Chapters of the ICD-10-CM, by the first letter of their codes; further ones have poisons, accidents and visits."""


def census(name: str) -> list[str]:
    """Return a census list: "dist.female.first", "dist.male.first", "dist.all.last"; the commonest name first."""
    path = Path(names.__file__).parent / name
    return [line.split()[0].lower() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


@cache
def dictionary() -> frozenset[str]:
    """Words that have no capital."""
    return frozenset((*_lemmas(), *(word for text in _descriptions() for word in text.split() if _is_plain(word))))


def rare_words() -> tuple[str, ...]:
    """Words of the dictionary that are no family names."""
    people = {*census("dist.all.last"), *census("dist.female.first"), *census("dist.male.first")}
    return tuple(sorted(dictionary() - people))


def diagnoses() -> tuple[str, ...]:
    """Short descriptions of diseases and injuries, as a doctor would say them: without what follows a comma."""
    said = {text.partition(",")[0].partition(" (")[0].lower() for text in _descriptions()}
    return tuple(sorted(text for text in said if text.count(" ") < _LONGEST_NAME and all(map(_is_plain, text.split()))))


@cache
def medical_words() -> frozenset[str]:
    """Words of the descriptions of diseases and injuries."""
    codes = (code for code in icd.get_all_codes() if code[0] in _DISEASES)
    return frozenset(word for code in codes for word in icd.get_description(code).lower().split() if _is_plain(word))


def _is_plain(word: str) -> bool:
    return len(word) >= _SHORTEST and word.isascii() and word.isalpha() and word.islower()


def _lemmas() -> Iterator[str]:
    table = (files("lemminflect") / "resources" / "lemma_lu.csv.gz").read_bytes()
    for line in gzip.decompress(table).decode().splitlines():
        word = line.split(",")[0]
        if _is_plain(word):
            yield word


@cache
def _descriptions() -> tuple[str, ...]:
    return tuple(icd.get_description(code) for code in icd.get_all_codes())
