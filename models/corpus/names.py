"""Given and family names by origin, made-up ones, and the tenth of all names that training never sees.

A tagger that has learnt a list of names is no use for the caller whose name is not on it, and lists are shortest
where the redaction has most to lose. So names are drawn evenly by origin and gender, a sixth of them is mixed from
syllables and exists nowhere, and `held_out` names can be measured later.
"""

import hashlib
import random
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from corpus.faker_lists import family_names, given_names
from corpus.romanise import Romaniser
from corpus.words import load_words

HELD_OUT_BUCKETS = 10  # of 100
_PARTICLES = frozenset(
    "de del della di da dos das do van von der den la le el al bin ibn ben abu mac mc st san y e".split()
)
_PARTS = re.compile(r"[^\W\d_]+")

# Two columns of origin: Faker locales with readable or romanised names, and files of our own in data/.
ORIGINS: Mapping[str, tuple[str, str]] = {
    "american": ("en_US", ""),
    "british": ("en_GB en_NZ", ""),
    "irish": ("en_IE", ""),
    "west_african": ("yo_NG ig_NG ha_NG tw_GH en_NG", ""),
    "east_and_south_african": ("sw zu_ZA en_KE", ""),
    "north_indian": ("en_IN hi_IN ne_NP", ""),
    "south_indian": ("", "south_indian"),
    "pakistani": ("en_PK", ""),
    "arabic": ("fr_DZ", "arabic"),
    "persian_and_hebrew": ("", "persian_hebrew"),
    "turkic": ("tr_TR az_AZ uz_UZ", ""),
    "german_and_dutch": ("de_DE de_AT nl_NL nl_BE", ""),
    "nordic": ("sv_SE no_NO da_DK fi_FI is_IS", ""),
    "french": ("fr_FR fr_CH fr_CA fr_BE", ""),
    "spanish": ("es_ES es_MX es_CO es_AR es_CL", ""),
    "italian": ("it_IT", ""),
    "portuguese": ("pt_BR pt_PT", ""),
    "west_slavic": ("pl_PL cs_CZ sk_SK", "polish"),
    "south_slavic": ("hr_HR sl_SI bg_BG mk_MK", ""),
    "east_slavic": ("ru_RU uk_UA", ""),
    "baltic_and_magyar": ("lt_LT lv_LV et_EE hu_HU ro_RO", ""),
    "greek_and_caucasian": ("el_GR ka_GE hy_AM", ""),
    "chinese": ("zh_TW", "chinese"),
    "japanese": ("ja_JP", "japanese"),
    "korean": ("ko_KR", "korean"),
    "vietnamese": ("", "vietnamese"),
    "thai_and_malay": ("en_TH id_ID", "southeast_asian"),
}


def parts_of(name: str) -> tuple[str, ...]:
    """Return the parts of a name that count for `held_out`: its words without particles."""
    return tuple(part for part in _PARTS.findall(name.casefold()) if part not in _PARTICLES)


def _bucket(part: str) -> int:
    return int.from_bytes(hashlib.blake2b(part.encode(), digest_size=4).digest()) % 100


@cache
def _common() -> frozenset[str]:
    """Return the commonest names: a tagger that has never met them would be no use."""
    return frozenset(part for name in load_words()["common_names"] for part in parts_of(name))


def held_out(name: str) -> bool:
    """Whether a name, or any part of a compound one, is kept from training for the fairness test."""
    return any(_bucket(part) < HELD_OUT_BUCKETS and part not in _common() for part in parts_of(name))


@dataclass(frozen=True, slots=True)
class Origin:
    """The names of one origin."""

    name: str
    female: tuple[str, ...]
    male: tuple[str, ...]
    family: tuple[str, ...]

    def without(self, excluded: Collection[str]) -> "Origin":
        """Return the same origin less every name that is in `excluded` or has a part there (whatever its case)."""
        gone = {part for name in excluded for part in parts_of(name)}

        def kept(names: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(name for name in names if gone.isdisjoint(parts_of(name)))

        return Origin(self.name, kept(self.female), kept(self.male), kept(self.family))

    def only(self, *, held: bool) -> "Origin":
        """Return the held-out names of this origin, or the names for training."""

        def kept(names: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(name for name in names if held_out(name) is held)

        return Origin(self.name, kept(self.female), kept(self.male), kept(self.family))


def _own(stem: str) -> dict[str, tuple[str, ...]]:
    """Sections "[female]", "[male]", "[family]" of a file in data/; "a+b" lines make every pair of two lists."""
    found: dict[str, list[str]] = {"female": [], "male": [], "family": []}
    if not stem:
        return dict.fromkeys(found, ())
    section = ""
    text = resources.files("corpus").joinpath("data", f"names_{stem}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            first, plus, second = line.partition("+")
            made = [f"{a}{b}".capitalize() for a in first.split() for b in second.split()] if plus else line.split()
            for key in section.split():
                found[key].extend(name.replace("_", " ") for name in made)
    return {key: tuple(names) for key, names in found.items()}


def load_origins() -> tuple[Origin, ...]:
    """Every origin with all its names."""
    romaniser = Romaniser()
    origins: list[Origin] = []
    for name, (locales, stem) in ORIGINS.items():
        own = _own(stem)
        known = locales.split()
        female = given_names(known, "f", romaniser) + own["female"]
        male = given_names(known, "m", romaniser) + own["male"]
        family = family_names(known, romaniser) + own["family"]
        origins.append(Origin(name, *(tuple(sorted(set(names))) for names in (female, male, family))))
    return tuple(origins)


def held_out_names() -> dict[str, Origin]:
    """Return the names of the fairness test, by origin: none of them is in a corpus made with `training_origins`."""
    return {origin.name: origin.only(held=True) for origin in load_origins()}


def training_origins(*, excluded: Collection[str] = ()) -> tuple[Origin, ...]:
    """Return the origins without the held-out names and without what else a caller excludes."""
    return tuple(origin.only(held=False).without(excluded) for origin in load_origins())


_ONSETS = "b br c ch d dr f fl g gr h j k kh l m n p r s sh st t th tr v w y z".split()
_VOWELS = "a a a e e e i i o o u ai ay ee ia ie oa oo ou".split()
_CODAS = "- - - - - - ck l ll m n nd ng r rd rn s sh st t".split()
_ENDS = (
    "a ia o us an en in is ey ya ika son sen man er ley ton ski ova enko escu ez ini ard ian akis wala nathan oglu"
).split()
_CUT = re.compile(r"[aeiouy]+(?=[^aeiouy]+[aeiouy])")


class Mixer:
    """Names that exist nowhere: two names of one origin spliced at a vowel, or syllables of many languages."""

    def name(self, rng: random.Random, known: tuple[str, ...]) -> str:
        """Return a made-up name that sounds like one of `known`, or (one time in four) like no language at all."""
        while True:
            made = self._syllables(rng) if rng.random() < 0.25 else self.splice(rng, known)
            if 3 <= len(made) <= 13 and not held_out(made):
                return made

    @staticmethod
    def splice(rng: random.Random, known: Sequence[str]) -> str:
        """Return the beginning of one name with the end of another; "" where these do not fit."""
        head, tail = (rng.choice(known).lower().replace(" ", "") for _ in range(2))
        cut = _CUT.search(head)
        other = [found.end() for found in _CUT.finditer(tail)]
        if cut is None or not other:
            return ""
        return (head[: cut.end()] + tail[rng.choice(other) :]).capitalize()

    @staticmethod
    def _syllables(rng: random.Random) -> str:
        made = rng.choice("aeiou") if rng.random() < 0.2 else ""
        for _ in range(rng.choice((1, 1, 2))):
            made += rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS).replace("-", "")
        end = rng.choice(_ENDS)
        return (made.rstrip("aeiouy") + end if end[0] in "aeiouy" else made + end).capitalize()
