"""Labels that stand in a text already: "[CREDIT_CARD]", "[PERSON_2]": what an earlier redaction left.

Such a label is opaque: its words are no cue, are never changed, and count as the answer to an open question.
"""

from __future__ import annotations

import re
from typing import Final

from ccredact.entities import ENTITY_TYPES, FAIL_SAFE
from ccredact.text.words import Words

OPAQUE: Final = "[]"
"""The key of each word of a label."""
_LABEL: Final = re.compile(r"\[([A-Z][A-Z0-9_]*)(?::(?:[0-9a-f]{32}|\d{4}))?\]")
_NUMBERED: Final = re.compile(r"_\d{1,6}$")
_KNOWN: Final = ENTITY_TYPES.keys() | FAIL_SAFE


def labels_in(words: Words, base: int) -> dict[int, tuple[str, int, int]]:
    """Find the words of an utterance that are part of a label: word -> (label, first word, word after).

    The keys of these words are made `OPAQUE`. Words are counted from 0 on the left, from `base` on the right.
    """
    found: dict[int, tuple[str, int, int]] = {}
    at = 0
    for match in _LABEL.finditer(words.text):
        label = match[1] if match[1] in _KNOWN else _NUMBERED.sub("", match[1])
        if label not in _KNOWN:
            continue
        offsets = words.offsets
        while offsets[at][0] < match.start():
            at += 1
        first = at
        while at < len(offsets) and offsets[at][0] < match.end():
            words.keys[at] = OPAQUE
            at += 1
        found.update(dict.fromkeys(range(first, at), (label, base + first, base + at)))
    return found
