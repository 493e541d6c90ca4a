"""Whether names of every origin are found alike: the same calls, told again with the names of one group after another.

The names are the tenth that the corpus never says (`corpus.names.held_out_names`); where a group has too few, names
spliced from two of its own are added, held out by the same rule. Intervals are bootstrapped by name.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ccredact.lang.en.words import common_words
from ccredact.tagger.features import split_form
from ccredact.tagger.weights import Weights
from corpus.generate import Generator, Options
from corpus.names import Mixer, held_out, held_out_names, load_origins
from tagger.data import Conversation, Word, made_of
from tagger.runtime import tags_of_calls

GROUPS: Mapping[str, tuple[str, ...]] = {
    "British, Irish, American": ("american", "british", "irish"),
    "African": ("west_african", "east_and_south_african"),
    "South Asian": ("north_indian", "south_indian", "pakistani"),
    "Arabic, Persian, Hebrew, Turkic": ("arabic", "persian_and_hebrew", "turkic"),
    "German, Dutch, Nordic": ("german_and_dutch", "nordic"),
    "Romance": ("french", "spanish", "italian", "portuguese"),
    "Slavic, Baltic, Magyar, Greek": (
        "west_slavic", "south_slavic", "east_slavic", "baltic_and_magyar", "greek_and_caucasian",
    ),
    "East Asian": ("chinese", "japanese", "korean"),
    "South-East Asian": ("vietnamese", "thai_and_malay"),
}  # fmt: skip
CALLS, ROUNDS, RESAMPLES = 200, 8, 400
LEAST = 170
"""Given and family names of a group, of each at least: 300 and more are said."""
LONGEST = 14
"""Letters of such a name, at most."""
SEED = 2_000


@dataclass(frozen=True)
class Row:
    """Of one group and gender: mentions, distinct names, the share of mentions left, its 95 % interval."""

    group: str
    gender: str
    mentions: int
    names: int
    left: float
    low: float
    high: float


def _calls() -> list[Conversation]:
    """Return calls in which names are told, asked and used, without spelled ones."""
    made = Generator(Options(seed=SEED, styles=("typed",), one_sided=0.0)).calls(10 * CALLS)
    calls = (made_of(call, family="", whole=None) for call in made)
    useful = (call for call in calls if sum(word.label == "PERSON" and word.begins for word in call.words) > 1)
    return [call for call, _ in zip(useful, range(CALLS), strict=False)]


def _renamed(call: Conversation, given: Sequence[str], family: Sequence[str], rng: random.Random) -> Conversation:
    new: dict[str, str] = {}
    out: list[Word] = []
    for at, word in enumerate(call.words):
        core, mark = split_form(word.form) if word.form else ("", "")
        if word.label != "PERSON" or len(core) < 3:
            out.append(replace(word, label=None) if word.label == "PERSON" else word)
            continue
        own = core.lower()
        if own not in new:
            later = not word.begins and at > 0 and call.words[at - 1].label == "PERSON"
            new[own] = rng.choice(family if later else given)
        out.append(replace(word, form=new[own] + mark))
    return replace(call, words=tuple(out))


def _single(names: Sequence[str], every: Sequence[str], rng: random.Random) -> list[str]:
    """Return the names of one word, and as many made of `every` name of the group as it takes to have `LEAST`."""
    found = {name for name in names if name.isalpha() and name.isascii() and len(name) > 2}
    words = [name for name in every if name.isalpha() and name.isascii()]
    while len(found) < LEAST:
        made = Mixer.splice(rng, words)
        if 2 < len(made) < LONGEST and held_out(made) and made.lower() not in common_words():
            found.add(made)
    return sorted(found)


def rows(weights: Weights) -> Iterator[Row]:
    """One row for each group and gender."""
    calls = _calls()
    held = held_out_names()
    whole = {origin.name: origin for origin in load_origins()}
    for group, origins in GROUPS.items():
        names = {
            part: _single(
                [name for origin in origins for name in getattr(held[origin], part)],
                [name for origin in origins for name in getattr(whole[origin], part)],
                random.Random(f"{group}/{part}"),
            )
            for part in ("family", "female", "male")
        }
        for gender in ("female", "male"):
            yield _row(group, gender, names[gender], names["family"], calls, weights)


def _row(
    group: str, gender: str, given: list[str], family: list[str], calls: Sequence[Conversation], weights: Weights
) -> Row:
    rng = random.Random(f"{group}/{gender}")
    told = [_renamed(call, given, family, rng) for _ in range(ROUNDS) for call in calls]
    found: dict[str, list[int]] = defaultdict(list)
    for call, tags in zip(told, tags_of_calls(told, weights), strict=True):
        for word, tag in zip(call.words, tags, strict=True):
            if word.label == "PERSON":
                found[split_form(word.form)[0].lower()].append(int(tag == 0))
    names = list(found)
    shares = []
    for _ in range(RESAMPLES):
        picked = [found[name] for name in rng.choices(names, k=len(names))]
        shares.append(sum(map(sum, picked)) / sum(map(len, picked)))
    shares.sort()
    mentions = sum(map(len, found.values()))
    left = sum(map(sum, found.values())) / mentions
    return Row(group, gender, mentions, len(names), left, shares[RESAMPLES // 40], shares[-RESAMPLES // 40])
