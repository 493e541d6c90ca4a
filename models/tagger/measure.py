"""What is left of each label, and hidden of other words, on conversations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from ccredact.tagger import architecture as arch
from tagger.data import Conversation


def measure(conversations: Sequence[Conversation], predicted: Sequence[np.ndarray]) -> dict[str, tuple[float, int]]:
    """Per label the share of letters left and the number of entities; "hidden": of words outside all gold.

    What is taken for an organisation is left: policies show those unless they are asked not to.
    """
    left: dict[str, int] = defaultdict(int)
    letters: dict[str, int] = defaultdict(int)
    entities: dict[str, int] = defaultdict(int)
    outside = hidden = 0
    places = {n for n, tag in enumerate(arch.TAGS) if tag[2:] in ("PERSON", "STREET_ADDRESS", "LOCATION", "POSTCODE")}
    hides = range(1, len(arch.TAGS))
    for conversation, tags in zip(conversations, predicted, strict=True):
        for word, tag in zip(conversation.words, tags, strict=True):
            if word.label is None:
                continue
            if word.label:
                count = sum(map(str.isalnum, word.form))
                letters[word.label] += count
                entities[word.label] += word.begins
                left[word.label] += count * (int(tag) not in (places if word.label != "ORGANIZATION" else hides))
            elif not word.marked:
                outside += 1
                hidden += int(tag) in places
    out = {label: (left[label] / letters[label], entities[label]) for label in letters}
    out["hidden"] = (hidden / max(1, outside), outside)
    return out
