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

from dataclasses import dataclass
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
DISCLOSURES: Final = (
    "MEDICAL_CONDITION",
    "MEDICATION",
    "MEDICAL_PROCEDURE",
    "FAMILY_RELATION",
    "PURCHASE_ITEM",
    "PURCHASE_AMOUNT",
    "PURCHASE_DATE",
)
"""Labels of the second half: what somebody reveals without a name or a number."""

Tagged = tuple[int, int]
"""What the network says of a word: the number of its tag, and the tag's margin, how much more it has than the best tag
of another label or of none, in whole steps of `MARGIN_STEP`; of the tag outside the margin is 0, whatever it is."""


@dataclass(frozen=True)
class Half:
    """One of the two networks that share hashes, lexicon and windows: what it tells, how wide it is, what it is told.

    `prefix` stands before the names of its arrays in a file of weights; `bits` are the lexicon's that it sees.
    """

    prefix: str
    labels: tuple[str, ...]
    word: int
    """Activations of a word."""
    question: int
    """Activations of the question before a turn."""
    read: int
    """Activations of a reading."""
    judge: int
    """Activations of a judgement."""
    bits: int

    @property
    def tags(self) -> tuple[str, ...]:
        """All its tags in BILUO form."""
        return ("O", *(f"{place}-{label}" for label in self.labels for place in _PLACES))

    @property
    def label_ranges(self) -> tuple[tuple[int, int], ...]:
        """Return, for each tag, the tags `[first, stop)` of its label: they stand together."""
        size = len(_PLACES)
        return ((0, 1), *((at, at + size) for at in range(1, len(self.tags), size) for _ in range(size)))

    def tag_number(self, place: str, label: str) -> int:
        """Return the number of a tag; `place` is B, I, L or U."""
        return 1 + self.labels.index(label) * len(_PLACES) + _PLACES.index(place)


NAMES_HALF: Final = Half("", LABELS, word=96, question=32, read=64, judge=64, bits=0x07FF)
"""Names, addresses and places."""
DISCLOSURES_HALF: Final = Half("said_", DISCLOSURES, word=64, question=24, read=96, judge=128, bits=0xFFFF)
"""Health, family and purchases."""

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
    """Return the number of a tag of the half that tells names; `place` is B, I, L or U."""
    return NAMES_HALF.tag_number(place, label)
