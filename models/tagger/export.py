"""Writes a trained network as the file that ccredact ships."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from string import ascii_lowercase

import numpy as np

from ccredact.answers import common_words
from ccredact.normalize.english import FUNCTION
from ccredact.normalize.fold import fold
from ccredact.tagger import model as m
from ccredact.tagger.features import lexicon_hash, split_form
from tagger.data import Conversation
from tagger.lexicon import CITY, FAMILY, GIVEN, REGION, build
from tagger.network import Network

OFTEN, SELDOM = 12, 0.002
"""A word met so often that begins an entity more seldom than this begins none; an everyday word met less often and
never there begins none either."""
FUNCTION_SELDOM = 0.02
"""The same for function words: there it is a false start, or the first letter of a name that is spelled."""
_NAMES = frozenset({"may", "will", "one", "oh", *ascii_lowercase}) - {"a", "i"}
NAME_BITS = GIVEN | FAMILY | CITY | REGION


def plain_words(conversations: Iterable[Conversation]) -> list[str]:
    """Keys of the words with which no entity begins."""
    met: Counter[str] = Counter()
    begins: Counter[str] = Counter()
    for conversation in conversations:
        for word in conversation.words:
            if word.form and word.label is not None:
                key = fold(split_form(word.form)[0])
                met[key] += 1
                begins[key] += word.begins and word.label not in {None, "", "ORGANIZATION"}
    known = build()
    return sorted(
        key
        for key, count in met.items()
        if not any(map(str.isdigit, key))
        and begins[key] <= count * (FUNCTION_SELDOM if key in FUNCTION - _NAMES else SELDOM)
        and (count >= OFTEN or (key in common_words() and not known.get(lexicon_hash(key), 0) & NAME_BITS))
    )


def export(
    network: Network, path: Path, *, lexicon: Mapping[int, int], plain: Sequence[str], lift: Mapping[str, float]
) -> None:
    """Whole numbers: weights in 64ths, biases in 1024ths."""
    arrays = {name: value.detach().numpy().astype(np.float64) for name, value in network.named_parameters()}
    arrays["tell_bias"] += [lift.get(tag[2:], 0.0) for tag in m.TAGS]
    out: dict[str, np.ndarray] = {}
    for name, values in arrays.items():
        if name.endswith("bias"):
            out[name] = np.floor(values * m.WEIGHT_STEP * m.VALUE_STEP + 0.5).astype(np.int32)
        else:
            out[name] = np.clip(np.floor(values * m.WEIGHT_STEP + 0.5), -m.TOP, m.TOP).astype(np.int8)
    hashes = sorted(lexicon)
    out["known_hashes"] = np.array(hashes, np.uint32)
    out["known_bits"] = np.array([lexicon[key] for key in hashes], np.uint16)
    out["plain"] = np.frombuffer("\n".join(plain).encode(), np.uint8)
    np.savez_compressed(path, allow_pickle=False, **out)
