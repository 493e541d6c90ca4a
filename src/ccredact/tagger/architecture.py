"""The network at run time: whole numbers from the first sum to the last, carried in float32 matrices.

Words are seen through a window of fixed size (`LEFT` words back, `RIGHT` ahead), in two steps: every word is read with
two neighbours on each side, then every word that an entity could hold is decided from seven such readings, from what
was said last by the other speaker, and from itself. Weights and activations are whole numbers of 8 bits, scaled by
powers of two; no sum reaches 2**24, so float32 holds each one exactly, in whatever order and batch it is made.
"""

from __future__ import annotations

LABELS = ("PERSON", "STREET_ADDRESS", "LOCATION", "POSTCODE", "ORGANIZATION")
_PLACES = "BILU"
TAGS = ("O", *(f"{place}-{label}" for label in LABELS for place in _PLACES))

TAG_LABELS = tuple(tag[2:] for tag in TAGS)
BEGINS = tuple(tag[0] in "BU" for tag in TAGS)
GOES_ON = tuple(tag[0] in "BI" for tag in TAGS)

WORD, ASKED, READ, JUDGED = 96, 32, 64, 64
"""Widths: of a word, of what was said before, of a reading, of a judgement."""
READ_BACK, READ_AHEAD = 2, 2
JUDGE_BACK, JUDGE_AHEAD = 4, 2
LEFT, RIGHT = READ_BACK + JUDGE_BACK, READ_AHEAD + JUDGE_AHEAD
ASKED_WORDS = 12
"""The last words of the turn before that are taken for what was asked."""
AT_ONCE = 1024
"""Forms that go through the network at once, at most."""
WEIGHT_STEP, VALUE_STEP = 64.0, 16.0
"""A weight is a whole number of 64ths, a value one of 16ths."""
TOP = 127


def tag_number(place: str, label: str) -> int:
    """The number of a tag."""
    return 1 + LABELS.index(label) * len(_PLACES) + _PLACES.index(place)
