"""How many digits and letters the answer to each kind of question has: one table."""

from __future__ import annotations

from typing import Final

from ccredact.dialogue.kinds import CVV, EXPIRY, LAST4

USUAL: Final = {
    "PIN": 4, "OTP": 6, "US_SSN": 9, "US_ITIN": 9, "ABA_ROUTING_NUMBER": 9, "UK_SORT_CODE": 6, "UK_NHS": 10,
    "PHONE_NUMBER": 10, "POSTCODE": 5, "UK_NINO": 9, "VEHICLE_ID": 7, "VIN": 17,
}  # fmt: skip
"""Digits and letters of the usual answer, of kinds whose length is known."""
_LEAST: Final = {
    "PIN": 4, "PASSCODE": 4, "POSTCODE": 5, "DATE_OF_BIRTH": 4, "US_SSN": 4, EXPIRY: 3, CVV: 3, LAST4: 4,
}  # fmt: skip
_LEAST_OF_OTHERS: Final = 7
_MOST: Final = {"IBAN_CODE": 34, "DATE_OF_BIRTH": 8, "TRACKING_NUMBER": 20}
"""Digits and letters of the longest answer, where that is more."""


def least_length(kind: str) -> int:
    """Return how many digits and letters may be a whole answer of a kind: then another one is answered next."""
    return _LEAST.get(kind, _LEAST_OF_OTHERS)


def most_length(kind: str) -> int:
    """Return how many digits and letters the answer to a kind of question has at most, as a rule."""
    return _MOST.get(kind) or USUAL.get(kind) or least_length(kind)
