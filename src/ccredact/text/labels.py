"""Labels that stand in a text already: "[CREDIT_CARD]", "[PERSON_2]", those of any other tool, and masks.

Such a label is opaque: its words are no cue, are never changed, and count as the answer to an open question. Of other
tools a label is two capitals or more, with underscores and a number behind one perhaps, in `[ ]`, `< >` or `## ##`:
"[PII]", "[NAME_GIVEN]", "<PERSON>", "[SSN_1]"; one with other figures ("[BA7312]") is a code. A word that is nothing
but two X or more is a mask. Tags that tell of sounds ("[NOISE]") are none of these.
"""

from __future__ import annotations

import re
from typing import Final

from ccredact.entities import ENTITY_TYPES, FAIL_SAFE, GROUP_LABELS
from ccredact.text.words import Words

OPAQUE: Final = "[]"
"""The key of each word of a label."""
MASK: Final = "MASK"
"""The label of a mask."""
_OTHER: Final = r"[A-Z]{2,40}(?:_[A-Z]{1,40}){0,6}(?:_\d{1,6})?"
_LABEL: Final = re.compile(
    r"\[([A-Z][A-Z0-9_]*)(?::(?:[0-9a-f]{32}|\d{4}))?\]"
    rf"|<({_OTHER})>|##\ ?({_OTHER})\ ?##|(?<![^\W_])X{{2,}}(?![^\W_])"
)
_NUMBERED: Final = re.compile(r"_\d{1,6}$")
_FOREIGN: Final = re.compile(rf"[\[<#]*\ ?{_OTHER}\ ?[\]>#]*")
_KNOWN: Final = ENTITY_TYPES.keys() | FAIL_SAFE | set(GROUP_LABELS.values())


def may_hold_labels(text: str) -> bool:
    """Return whether a text has a mark with which a label begins, or a mask."""
    return "[" in text or "<" in text or "##" in text or "XX" in text


def labels_in(words: Words, base: int) -> dict[int, tuple[str, int, int]]:
    """Find the words of an utterance that are part of a label: word -> (label, first word, word after).

    The keys of these words are made `OPAQUE`. Words are counted from 0 on the left, from `base` on the right.
    """
    found: dict[int, tuple[str, int, int]] = {}
    at = 0
    for match in _LABEL.finditer(words.text):
        label = _name_of(match)
        if not label:
            continue
        offsets = words.offsets
        while offsets[at][0] < match.start():
            at += 1
        first, start = at, offsets[at][0]
        if words.keys[at] not in (OPAQUE, words.text[start : offsets[at][1]].lower()):
            continue  # a sound
        while at < len(offsets) and offsets[at][0] < match.end():
            words.keys[at] = OPAQUE
            at += 1
        found.update(dict.fromkeys(range(first, at), (label, base + first, base + at)))
    return found


def _name_of(match: re.Match[str]) -> str:
    """Return the name of a label, "" for what is none."""
    name = match[1] or match[2] or match[3]
    if name is None:
        return MASK
    if name in _KNOWN:
        return name
    bare = _NUMBERED.sub("", name)
    return bare if bare in _KNOWN or _FOREIGN.fullmatch(match[0]) else ""
