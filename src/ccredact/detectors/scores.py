"""One scale for the scores of all detectors.

A score is in [0, 1]: 0.9 and more is certain, 0.6 to 0.9 likely, below 0.6 doubtful. It says how sure the rule is, not
how often it is right: there is one score for what is decided in one way. The tagger alone says how sure it is of each
word, by the margin of its tag.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ccredact.reasons import Reason
from ccredact.tagger.architecture import MARGIN_STEP

MASKED_SCORE: Final = 1.0
"""Of what is masked after an error."""
DENIED_SCORE: Final = 1.0
"""Of a term that the policy denies: no threshold lets it through."""
WRITTEN_SCORE: Final = 0.99
"""Of an address that is only written: with "@", "://" or dots."""
CHECKED_SCORE: Final = 0.97
"""Of an account number whose country, length and check digits are right."""
CARD_SCORE: Final = 0.95
"""Of a card by issuer range, length and check digit."""
CUED_SCORE: Final = 0.9
"""Of what was asked for or announced, of more of it, and of what is said again."""
DATE_SCORE: Final = 0.85
"""Of a date, by its form."""
LISTED_SCORE: Final = 0.8
"""Of a term of a list."""
TAGGED_SCORE: Final = 0.7
"""Of what the rules beside the tagger found by themselves."""
TAGGED_SCORES: Final = tuple(hundredths / 100 for hundredths in range(95, 65, -1))
"""Of what the tagger found: see `tagged_score`."""
GENERAL_SCORE: Final = 0.8
"""The least of what the tagger takes for a disclosure where nobody is spoken to or spoken of."""
FIRM_SCORE: Final = 0.87
"""The same for goods and amounts where nothing of the kind was talked of before: "the premium plan costs forty"."""
_LEAST: Final = 66
"""Hundredths of the score without any margin."""
_RANGE: Final = 95 - _LEAST
"""Hundredths by which a margin raises it, at most."""
_HALFWAY: Final = 3 * MARGIN_STEP
"""The margin that raises it by half of that: by so much the shipped weights favour a name (`LIFT` in `models`), so that
0.8 and more is what they would take for one without."""
HOUSE_SCORE: Final = 0.65
"""Of the number of a house: less than the tagger's, which has found the whole of an address."""
UNCUED_SCORE: Final = 0.6
"""Of what is known by its form, and of a card by the form in which it is printed."""
CHANCE_SCORE: Final = 0.55
"""Of a card that another number, which was asked for, may be by chance: then that one names it."""
BOUND_SCORE: Final = 0.5
"""Of what was undecided when it met the policy's bound, or when the call broke off."""

SCORES: Final[Mapping[Reason, tuple[float, ...]]] = MappingProxyType(
    {
        Reason.CUED: (CUED_SCORE, UNCUED_SCORE),
        Reason.ISSUER_CHECKSUM: (CARD_SCORE, CHANCE_SCORE),
        Reason.CHECKSUM: (CHECKED_SCORE,),
        Reason.PIECE: (CUED_SCORE, UNCUED_SCORE),
        Reason.SAID_AGAIN: (*TAGGED_SCORES, CHANCE_SCORE),
        Reason.LEXICON: TAGGED_SCORES,
        Reason.DENIED: (DENIED_SCORE,),
        Reason.FORM: (WRITTEN_SCORE, CUED_SCORE, DATE_SCORE, TAGGED_SCORE, HOUSE_SCORE, UNCUED_SCORE),
        Reason.TAGGER: TAGGED_SCORES,
        Reason.HELD_BOUND: (CUED_SCORE, UNCUED_SCORE, BOUND_SCORE),
        Reason.FAULT: (MASKED_SCORE,),
        Reason.DETECTOR: (),
    }
)
"""The scores that each reason may have, the highest first; a detector of a user's gives its own."""


def tagged_score(margin: int) -> float:
    """Return the score of a word that the tagger found with this margin: whole numbers alone, equal everywhere."""
    return (_LEAST + _RANGE * margin // (margin + _HALFWAY)) / 100
