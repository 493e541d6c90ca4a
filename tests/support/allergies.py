"""A list detector of a dozen lines: its word list is beside it, its cases are in `cases/lexicon`."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Final

from ccredact.detectors.lexicon import LexiconDetector

OTHERS_OFF: Final = {
    "entities": dict.fromkeys(("MEDICAL_CONDITION", "MEDICATION", "MEDICAL_PROCEDURE", "PURCHASE_ITEM"), "off")
}
"""A policy in which no detector of the package looks for the same."""


class AllergyDetector(LexiconDetector):
    """Allergens and reactions, or the answer to the question for them."""

    word_list = Path(__file__).with_name("allergies.txt")
    sections: ClassVar = {"allergen": "ALLERGEN", "reaction": "REACTION"}
    phrases = "[ALLERGEN]\nany|your|known allergies\nallergic to"
    expects = frozenset({"ALLERGEN"})
