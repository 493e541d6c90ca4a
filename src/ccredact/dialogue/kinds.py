"""What a caller can be asked for: a *kind* names it and gives the label and the expected type of the answer."""

from __future__ import annotations

from typing import Final

DIGITS: Final = 0
CODE: Final = 1
"""Letters and digits."""
DATE: Final = 2
TEXT: Final = 3
"""Words."""
EMAIL: Final = 4
"""An address with "at" and "dot"."""
AGE: Final = 5
"""A small number."""
SPELLED: Final = 6
"""Letters."""
NONE: Final = 7
"""Nothing that is hidden."""

CARD: Final = "CARD"
"""A number here: cards have their own detector."""
OTHER: Final = "OTHER"
"""Amounts, times, quantities: nothing that is hidden."""
IDENTIFIER: Final = "IDENTIFIER"
"""A number or code, nobody says of what."""
ADDRESS: Final = "ADDRESS"
"""Only a number by itself is an answer here; the rest of an address is the tagger's."""
LABELS: Final = {CARD: "NUMBER", IDENTIFIER: "NUMBER", "MEMORABLE_DATE": "SECURITY_ANSWER", "BIRTH_PART": "DATE_OF_BIRTH"}
"""Labels of kinds that are not called after theirs."""

_KINDS: Final = {
    DIGITS: """
        CARD BANK_ACCOUNT ABA_ROUTING_NUMBER UK_SORT_CODE US_SSN US_ITIN UK_NHS PIN OTP PHONE_NUMBER
        IP_ADDRESS STREET_ADDRESS
    """,
    CODE: """
        IBAN_CODE US_PASSPORT US_DRIVER_LICENSE UK_NINO MEDICAL_RECORD_NUMBER HEALTH_PLAN_ID VEHICLE_ID ACCOUNT_NUMBER
        MEMBER_ID POLICY_NUMBER CLAIM_NUMBER ORDER_NUMBER BOOKING_REFERENCE TRACKING_NUMBER CASE_NUMBER POSTCODE
        MAC_ADDRESS NATIONAL_ID IDENTIFIER
    """,
    DATE: "DATE_OF_BIRTH MEMORABLE_DATE BIRTH_PART",
    TEXT: "PASSWORD SECURITY_ANSWER USERNAME",
    EMAIL: "EMAIL_ADDRESS",
    AGE: "AGE",
    SPELLED: "PERSON",
    NONE: "OTHER ADDRESS",
}
ANSWER_TYPES: Final = {kind: answer_type for answer_type, kinds in _KINDS.items() for kind in kinds.split()}
"""The expected type of the answer to each kind of question."""
SIZES: Final = {
    "PIN": 4, "OTP": 6, "US_SSN": 9, "US_ITIN": 9, "ABA_ROUTING_NUMBER": 9, "UK_SORT_CODE": 6, "UK_NHS": 10,
    "PHONE_NUMBER": 10, "POSTCODE": 5, "UK_NINO": 9, "VEHICLE_ID": 7,
}  # fmt: skip
"""Digits and letters of the usual answer, of kinds whose length is known."""
