"""Writes a trained network as the file that ccredact ships."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from string import ascii_lowercase

import numpy as np

from ccredact.dialogue.prompts import prompts
from ccredact.lang.en.words import CLASSES, FUNCTION, common_words
from ccredact.tagger import architecture as arch
from ccredact.tagger.features import (
    CITY_BIG,
    DICTIONARY,
    FAMILY,
    FAMILY_OFTEN,
    GIVEN,
    GIVEN_OFTEN,
    NAMED,
    REGION,
    SEPARATOR_ROWS,
    TURN_SEPARATOR,
    lexicon_hash,
    split_form,
    zeroed,
)
from ccredact.tagger.prefilter import is_number
from ccredact.tagger.weights import PLAIN
from ccredact.text.word_class import DAY, MONTH, ORDINAL
from ccredact.text.words import fold
from corpus.words import odd_words
from tagger.data import Conversation, Word
from tagger.lexicon import build, told_keys
from tagger.network import Network

OFTEN, SELDOM = 12, 0.002
"""A word met so often that begins an entity more seldom than this begins none; an everyday word met less often and
never there begins none either."""
FUNCTION_SELDOM = 0.02
"""The same for function words: there it is a false start, or the first letter of a name that is spelled."""
PAIR_OFTEN, PLACE_OFTEN, PAIR_SELDOM = 5, 20, 0.004
"""An everyday word or a short number that was met so often beside the same word, and more seldom than this in an entity
there, begins none there; one that is the name of a place must be met more often."""
MOST_PAIRS = 4_850
"""Pairs that are kept, at most: those that are met most often."""
SHORT_NUMBER = 3
SAID_OFTEN, SAID_SELDOM, SAID_NEVER = 10, 0.01, 0.003
"""A word met so often with which a disclosure begins more seldom than this is quiet, and one that stands in one more
seldom than that in none."""
SAID_PAIR_OFTEN, SAID_PAIR_SELDOM, MOST_SAID_PAIRS = 8, 0.012, 10_000
"""The same beside a neighbour, and pairs that are kept, at most."""
CUE_OFTEN, CUE_INSIDE, CUE_SHARE, CUE_ROUNDS = 6, 0.6, 0.15, 3
"""A word met so often and more than this within disclosures is a cue, and one that stands so often in a final that
discloses something where no cue was said; those are looked for so many times."""
CUE_SELDOM = 0.25
"""A word of health, kin or goods that stands more seldom than this within a disclosure is no cue: "cell", "box"."""
DATED = ORDINAL | MONTH | DAY
NO_CUES = frozenset("dollar dollars pound pounds euro euros cent cents pence bucks quid rupees am pm o'clock".split())
"""What dates (by class) and amounts are made of: by itself it says nothing of what was bought."""
BUYING = frozenset("buy bought purchase purchased ordered paid delivered returned".split())
"""Cues, whatever the counts say: their answers are dates, amounts and sizes."""
REAL = 4
"""How often a real conversation counts."""
_NAMES = frozenset({"may", "will", "one", "oh", *ascii_lowercase}) - {"a", "i"}


class PlainWords:
    """Counts with which words, and beside which neighbours, entities begin."""

    def __init__(self, conversations: Iterable[Conversation]) -> None:
        self._met: Counter[str] = Counter()
        self._begins: Counter[str] = Counter()
        self._met_beside: Counter[str] = Counter()
        self._inside_beside: Counter[str] = Counter()
        self._known = build()
        self._odd = odd_words()
        for conversation in conversations:
            self._count(conversation.words, conversation.whole, made_up=not conversation.family)

    def _count(self, words: Sequence[Word], whole: AbstractSet[str], *, made_up: bool) -> None:
        keys = ["" if word.form in SEPARATOR_ROWS else fold(split_form(word.form)[0]) for word in words]
        for at, (word, key) in enumerate(zip(words, keys, strict=True)):
            if not key or word.label is None:
                continue
            inside = word.label not in {"", "ORGANIZATION"} and not (made_up and self._is_odd(key))
            self._met[key] += 1
            # a surname alone is met as the end of a name, mostly: "Barnes"
            named = word.label == "PERSON" and key not in common_words() and key not in FUNCTION
            self._begins[key] += inside and (word.begins or named)
            if not self._may_be_plain_beside(key, whole):
                continue
            behind = zeroed(keys[at + 1]) if at + 1 < len(words) and words[at + 1].final == word.final else ""
            before = zeroed(keys[at - 1]) if at and words[at - 1].final == word.final else ""
            for pair in (f"{zeroed(key)}>{behind}", f"{before}<{zeroed(key)}"):
                self._met_beside[pair] += 1
                self._inside_beside[pair] += inside

    def _is_odd(self, key: str) -> bool:
        """Whether a word names somebody or some place only where that is asked for or told: there nothing is quiet."""
        return key in self._odd and not self._may_be_alone(key)

    def alone(self, words: AbstractSet[str]) -> set[str]:
        """Those of the plain words that are names too: by themselves they may be one ("your last name?" "day")."""
        return {f"{key}~" for key in words if self._may_be_alone(key)}

    def _may_be_alone(self, key: str) -> bool:
        """Whether many people are named so."""
        often = self._known.get(lexicon_hash(key), 0) & (GIVEN_OFTEN | FAMILY_OFTEN)
        return bool(often) and len(key) > 1 and key not in FUNCTION

    def _may_be_plain_beside(self, key: str, whole: AbstractSet[str]) -> bool:
        """Whether it is a word of which that can be said, and these conversations say it."""
        if not key.isalpha():
            return len(key) <= SHORT_NUMBER or not key.isdecimal()
        if len(key) == 1 or key not in common_words():
            return False
        return not self._is_place(key) or "LOCATION" in whole

    def _is_place(self, key: str) -> bool:
        """Whether a place is named so: "Delhi", but "Day" County too."""
        return bool(self._known.get(lexicon_hash(key), 0) & (CITY_BIG | REGION))

    def words(self) -> set[str]:
        """Keys of the words with which no entity begins; what asks for something ("iban", "vin") names nobody."""
        return {
            key
            for key, count in self._met.items()
            if not any(map(str.isdigit, key))
            and self._begins[key] <= count * (FUNCTION_SELDOM if key in FUNCTION - _NAMES else SELDOM)
            and (count >= OFTEN or (key in common_words() and not self._is_name(key)))
            and not self._is_only_a_name(key)
        } | {key for key in prompts().table.alone if key.isalpha() and not self._is_name(key)}

    def _is_name(self, key: str) -> bool:
        """Whether somebody or some place is named so."""
        return bool(self._known.get(lexicon_hash(key), 0) & NAMED)

    def _is_only_a_name(self, key: str) -> bool:
        """Whether people are named so, and nothing else: "Beaumont", however often a company is."""
        bits = self._known.get(lexicon_hash(key), 0)
        return bool(bits & (GIVEN | FAMILY)) and not bits & DICTIONARY and key not in common_words()

    def pairs(self, words: AbstractSet[str]) -> set[str]:
        """Others, and those that are names, beside neighbours where none begins.

        "will>be" before, "a<table" behind one, noughts for figures.
        """
        found: dict[str, int] = {}
        for pair, count in self._met_beside.items():
            key, neighbour = pair.split(">") if ">" in pair else pair.split("<")[::-1]
            if key in words and not (neighbour and self._may_be_alone(key)):
                continue
            often = PLACE_OFTEN if self._is_place(key) else PAIR_OFTEN
            if count >= often and self._inside_beside[pair] <= PAIR_SELDOM * count:
                found[pair] = count
        return set(sorted(found, key=lambda pair: (-found[pair], pair))[:MOST_PAIRS])


def plain_words(conversations: Iterable[Conversation]) -> list[str]:
    """Words, and pairs of words, with which no entity begins: see `TaggedDetector`."""
    counted = PlainWords(conversations)
    words = counted.words()
    return sorted(words | counted.alone(words) | counted.pairs(words))


class PlainSaid:
    """Counts with which words disclosures begin, or go on behind a quiet word: everyday words that do not are quiet."""

    def __init__(self, conversations: Iterable[Conversation], half: arch.Half) -> None:
        self._met: Counter[str] = Counter()
        self._inside: Counter[str] = Counter()
        self._within: Counter[str] = Counter()
        self._met_beside: Counter[str] = Counter()
        self._inside_beside: Counter[str] = Counter()
        self._finals: list[list[tuple[int, frozenset[str], bool]]] = []
        everything = frozenset(half.labels)
        seen: set[str] = set()
        for conversation in conversations:
            if everything <= conversation.whole and conversation.id not in seen:
                seen.add(conversation.id)  # one that is told often is no more than one
                self._count(conversation.words, 1 if not conversation.family else REAL)
                self._finals.append(list(_finals(conversation.words)))

    def _count(self, words: Sequence[Word], weight: int) -> None:
        keys = ["" if word.form in SEPARATOR_ROWS else fold(split_form(word.form)[0]) for word in words]
        for at, (word, key) in enumerate(zip(words, keys, strict=True)):
            if not key or word.label is None or any(map(str.isdigit, key)):
                continue
            begins = bool(word.label) and word.begins
            self._met[key] += weight
            self._inside[key] += weight * begins
            self._within[key] += weight * bool(word.label)
            behind = keys[at + 1] if at + 1 < len(words) and words[at + 1].final == word.final else ""
            before = keys[at - 1] if at and words[at - 1].final == word.final else ""
            for pair in (f"{key}>{behind}", f"{before}<{key}"):
                self._met_beside[pair] += weight
                self._inside_beside[pair] += weight * begins

    def items(self) -> list[str]:
        """Return the items of a `DisclosurePrefilter`."""
        quiet = {
            key
            for key, count in self._met.items()
            if count >= SAID_OFTEN and self._inside[key] <= count * SAID_SELDOM and not is_number(key)
        }
        pairs: dict[str, int] = {}
        for pair, count in self._met_beside.items():
            key = pair.split(">")[0] if ">" in pair else pair.split("<")[1]
            enough = count >= SAID_PAIR_OFTEN and self._inside_beside[pair] <= SAID_PAIR_SELDOM * count
            if key not in quiet and enough and not is_number(key):
                pairs[pair] = count
        kept = set(sorted(pairs, key=lambda pair: (-pairs[pair], pair))[:MOST_SAID_PAIRS])
        never = {
            key for key, count in self._met.items() if count >= SAID_OFTEN and self._within[key] <= count * SAID_NEVER
        }
        return sorted(quiet | kept | {f"!{key}" for key in self._cues()} | {f"{key}~" for key in quiet & never})

    def _cues(self) -> set[str]:
        """Return words of health, kin and goods, words that are mostly disclosed, and those that announce the rest."""
        known = build()
        often = {
            key
            for key, count in self._met.items()
            if count >= CUE_OFTEN and self._within[key] >= CUE_INSIDE * count and key not in FUNCTION
        }
        seldom = {key for key, count in self._met.items() if count >= 20 and self._within[key] < CUE_SELDOM * count}
        cues = (told_keys(everyday=False) - seldom) | often | BUYING
        for _ in range(CUE_ROUNDS):
            without, met = Counter[str](), Counter[str]()
            for finals in self._finals:
                before = here = False
                turn = 0
                for number, keys, discloses in finals:
                    if number != turn:
                        before, here, turn = here, False, number
                    here = here or not cues.isdisjoint(keys)
                    met.update(keys)
                    if discloses and not (here or before):
                        without.update(keys)
            more = {key for key, count in without.items() if count >= CUE_OFTEN and count >= CUE_SHARE * met[key]}
            cues |= more - FUNCTION
        named = GIVEN_OFTEN | FAMILY_OFTEN
        kept = {key for key in cues if key in often or not known.get(lexicon_hash(key), 0) & named}
        return {
            key for key in kept - NO_CUES if not is_number(key) and len(key) > 1 and not CLASSES.get(key, 0) & DATED
        }


def _finals(words: Sequence[Word]) -> Iterator[tuple[int, frozenset[str], bool]]:
    """Yield the finals of a conversation: number of the turn, words without figures, whether something is disclosed."""
    turn = 0
    for (_, number), group in groupby(_turns(words), key=itemgetter(1, 2)):
        spoken = [word for word, _, _ in group]
        keys = (fold(split_form(word.form)[0]) for word in spoken)
        turn = number
        yield turn, frozenset(key for key in keys if key.isalpha()), any(word.label for word in spoken)


def _turns(words: Sequence[Word]) -> Iterator[tuple[Word, int, int]]:
    """Yield words with the numbers of their final and of their turn."""
    turn = 0
    for word in words:
        if word.form in SEPARATOR_ROWS:
            turn += word.form == TURN_SEPARATOR
        else:
            yield word, word.final, turn


def exported(
    network: Network,
    *,
    lexicon: Mapping[int, int],
    plain: Sequence[str],
    lift: Mapping[str, float],
    base: Mapping[str, np.ndarray],
) -> bytes:
    """Return the file of whole numbers: weights in 64ths, biases in 1024ths; `base` are the arrays of another file.

    The file has the other half as `base` has it.
    """
    half = network.half
    arrays = {name: value.detach().numpy().astype(np.float64) for name, value in network.named_parameters()}
    arrays["tell_bias"] += [lift.get(tag[2:], 0.0) for tag in half.tags]
    out: dict[str, np.ndarray] = dict(base)
    for name, values in arrays.items():
        if name.endswith("bias"):
            out[half.prefix + name] = np.floor(values * arch.WEIGHT_STEP * arch.VALUE_STEP + 0.5).astype(np.int32)
        else:
            out[half.prefix + name] = np.clip(np.floor(values * arch.WEIGHT_STEP + 0.5), -arch.TOP, arch.TOP).astype(
                np.int8
            )
    known = dict(lexicon)
    if half is not arch.NAMES_HALF and base:  # what the names are told stays as it is shipped
        known = {key: bits & ~arch.NAMES_HALF.bits for key, bits in known.items()}
        for key, bits in zip(base["known_hashes"].tolist(), base["known_bits"].tolist(), strict=True):
            known[key] = known.get(key, 0) | bits & arch.NAMES_HALF.bits
    hashes = sorted(key for key, bits in known.items() if bits)
    out["known_hashes"] = np.array(hashes, np.uint32)
    out["known_bits"] = np.array([known[key] for key in hashes], np.uint16)
    out[half.prefix + PLAIN] = np.frombuffer("\n".join(plain).encode(), np.uint8)
    file = BytesIO()
    np.savez(file, allow_pickle=False, **out)  # not compressed: a wheel is
    return file.getvalue()
