"""Why something is hidden: the name of the rule that decided it, never a word of what was said."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Reason(StrEnum):
    """The rule that decided a span; `REASONS` says of each what it means."""

    CUED = "cued"
    ISSUER_CHECKSUM = "issuer+checksum"
    CHECKSUM = "checksum"
    PIECE = "piece"
    SAID_AGAIN = "said_again"
    LEXICON = "lexicon"
    DENIED = "denied"
    FORM = "form"
    TAGGER = "tagger"
    HELD_BOUND = "held_bound"
    FAULT = "fault"
    DETECTOR = "detector"


REASONS: Final[Mapping[Reason, str]] = MappingProxyType(
    {
        Reason.CUED: "it was asked for or announced",
        Reason.ISSUER_CHECKSUM: "nobody announced it: issuer range, length and check digit are those of a card",
        Reason.CHECKSUM: "nobody announced it: country, length and check digits are right",
        Reason.PIECE: "more of something of which a part was read before",
        Reason.SAID_AGAIN: "it was told before in this call",
        Reason.LEXICON: "it is in a list of words",
        Reason.DENIED: "it is a term that the policy denies",
        Reason.FORM: "its form and length, and the words beside it",
        Reason.TAGGER: "the trained model found it",
        Reason.HELD_BOUND: "it was undecided at a flush, when the call broke off, or as long as the policy lets it be",
        Reason.FAULT: "an error inside a detector: its words are masked",
        Reason.DETECTOR: "a detector of yours that names no rule",
    }
)
"""What each reason means."""
