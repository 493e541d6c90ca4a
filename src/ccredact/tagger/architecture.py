"""The network's shape and number format.

Three layers label each word of an utterance, from a window of fixed size around it:

- `read`, a convolution: each word with `READ_BACK` words before it and `READ_AHEAD` behind it;
- `judge`, a convolution over the readings of a word and its neighbours, with the word itself and the question before
  it (the last words of the turn before);
- `tell`, a linear layer: a score for each tag; the highest one counts.

So a tag depends on `LEFT` words before a word, on `RIGHT` behind it and on the question, and on nothing else. It is
exact: weights and activations are integers of 8 bits, scaled by powers of two and carried in float32 matrices. No sum
reaches 2**24, so float32 holds each one exactly, in whatever order and batch it is made.
"""

from __future__ import annotations

from typing import Final

LABELS: Final = ("PERSON", "STREET_ADDRESS", "LOCATION", "POSTCODE", "ORGANIZATION")
_PLACES: Final = "BILU"
TAGS: Final = ("O", *(f"{place}-{label}" for label in LABELS for place in _PLACES))
"""All tags in BILUO form: Beginning, Inside, Last and Unit of an entity, Outside of all."""
TAG_LABELS: Final = tuple(tag[2:] for tag in TAGS)
"""The label of each tag, "" of the one outside."""
TAG_BEGINS: Final = tuple(tag[0] in "BU" for tag in TAGS)
"""Whether an entity begins with a word of this tag."""
TAG_GOES_ON: Final = tuple(tag[0] in "BI" for tag in TAGS)
"""Whether the entity goes on behind a word of this tag."""

LABEL_RANGES: Final = tuple(
    (TAG_LABELS.index(label), len(TAG_LABELS) - TAG_LABELS[::-1].index(label)) for label in TAG_LABELS
)
"""Of each tag, the tags `[first, stop)` of its label: they stand together."""
Tagged = tuple[int, int]
"""What the network says of a word: the number of its tag, and the tag's margin, how much more it has than the best tag
of another label or of none, in whole steps of `MARGIN_STEP`; of the tag outside the margin is 0, whatever it is."""

WORD_WIDTH: Final = 96
"""Activations of a word."""
QUESTION_WIDTH: Final = 32
"""Activations of the question before a turn."""
READ_WIDTH: Final = 64
"""Activations of a reading."""
JUDGE_WIDTH: Final = 64
"""Activations of a judgement."""

READ_BACK: Final = 2
READ_AHEAD: Final = 2
READ_WINDOW: Final = READ_BACK + 1 + READ_AHEAD
JUDGE_BACK: Final = 4
JUDGE_AHEAD: Final = 2
JUDGE_WINDOW: Final = JUDGE_BACK + 1 + JUDGE_AHEAD
LEFT: Final = READ_BACK + JUDGE_BACK
RIGHT: Final = READ_AHEAD + JUDGE_AHEAD
QUESTION_FORMS: Final = 12
"""The last words of the turn before that are taken for the question."""
MOST_AT_ONCE: Final = 1024
"""Words that go through the network at once, at most."""

WEIGHT_STEP: Final = 64.0
"""A weight is an integer number of 64ths."""
VALUE_STEP: Final = 16.0
"""An activation is an integer number of 16ths."""
MARGIN_STEP: Final = 1024
"""A margin is an integer number of these: a score is in steps of weights and activations."""
TOP: Final = 127
"""The greatest weight and the greatest activation, in steps."""


def tag_number(place: str, label: str) -> int:
    """Return the number of a tag; `place` is B, I, L or U."""
    return 1 + LABELS.index(label) * len(_PLACES) + _PLACES.index(place)
