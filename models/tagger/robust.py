"""What case, marks, fillers and wrong cuts do to recall: the same conversations, shown in other ways."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ccredact.tagger.features import SEPARATOR_ROWS
from ccredact.tagger.weights import Weights
from tagger.data import Conversation, Word, cut_anywhere, shown
from tagger.measure import measure
from tagger.runtime import tags_of_calls

LABELS = ("PERSON", "STREET_ADDRESS", "POSTCODE")
FILLERS = ("uh", "um", "er", "erm", "hmm", "you know", "i mean", "like")
FILLED, CUT = 0.06, 0.12
"""Fillers, and ends of an utterance, for each word."""
SEED = 4


@dataclass(frozen=True)
class Row:
    """Of one source and label: entities, and the share of letters found in every way of showing the text."""

    source: str
    label: str
    count: int
    recall: Mapping[str, float]


def _filled(words: Sequence[Word], rng: random.Random) -> list[Word]:
    """With fillers before some words; inside a name too."""
    out: list[Word] = []
    for word in words:
        if word.form not in SEPARATOR_ROWS and rng.random() < FILLED:
            out += (
                Word(filler, None, begins=False, final=word.final, marked=word.marked)
                for filler in rng.choice(FILLERS).split()
            )
        out.append(word)
    return out


WAYS: Mapping[str, Callable[[Sequence[Word], random.Random], list[Word]]] = {
    "as it is": lambda words, _: list(words),
    "lower": lambda words, _: shown(words, lower=True),
    "upper": lambda words, _: shown(words, upper=True),
    "no marks": lambda words, _: shown(words, bare=True),
    "fillers": _filled,
    "cut anywhere": lambda words, rng: cut_anywhere(words, rng, CUT),
}


def rows(sources: Mapping[str, Sequence[Conversation]], weights: Weights) -> Iterator[Row]:
    """Return a row for each source and label, and for all sources together."""
    total: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    counts: dict[str, int] = defaultdict(int)
    for source, conversations in sources.items():
        found = {way: _measured(conversations, way, weights) for way in WAYS}
        for label in LABELS:
            if label not in found["as it is"]:
                continue
            count = found["as it is"][label][1]
            recall = {way: 1 - shares[label][0] for way, shares in found.items()}
            counts[label] += count
            for way, share in recall.items():
                total[label][way] += share * count
            yield Row(source, label, count, recall)
    for label, count in counts.items():
        yield Row("all", label, count, {way: share / count for way, share in total[label].items()})


def _measured(conversations: Sequence[Conversation], way: str, weights: Weights) -> Mapping[str, tuple[float, int]]:
    rng = random.Random(SEED)
    changed = [replace(c, words=tuple(WAYS[way](c.words, rng))) for c in conversations]
    return measure(changed, tags_of_calls(changed, weights))
