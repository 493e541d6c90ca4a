"""Every entity that ccredact knows: its label, its group, what protects it, and what a policy may do with it.

Labels are Presidio's where Presidio has one. This is the registry: profiles, policies, help texts and the labels that
an earlier redaction left are all read from `ENTITY_TYPES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class EntityType:
    """One row of the table.

    `hipaa` has the letters of its Safe Harbor identifiers, 45 CFR 164.514(b)(2)(i), "" for none. `sad` is true for
    *sensitive authentication data*, which may not be kept after authorisation in any form, encrypted or hashed
    included (PCI DSS v4.0.1, 3.3.1): its only operator is the label. `opt_in` is true where no profile but `hipaa`
    switches it on.
    """

    label: str
    group: str
    hipaa: str = ""
    sad: bool = False
    opt_in: bool = False


def _rows(group: str, labels: str, *, hipaa: str = "", sad: bool = False, opt_in: bool = False) -> list[EntityType]:
    return [EntityType(label, group, hipaa, sad, opt_in) for label in labels.split()]


_TABLE: Final = (
    *_rows("card", "CREDIT_CARD CREDIT_CARD_EXPIRY CREDIT_CARD_LAST4"),
    *_rows("secret", "CREDIT_CARD_CVV PIN", sad=True),
    *_rows("secret", "PASSWORD OTP SECURITY_ANSWER"),
    *_rows("bank", "US_BANK_NUMBER BANK_ACCOUNT ABA_ROUTING_NUMBER UK_SORT_CODE IBAN_CODE", hipaa="J"),
    *_rows("id", "US_SSN", hipaa="G"),
    *_rows("id", "US_ITIN US_PASSPORT US_DRIVER_LICENSE UK_NHS UK_NINO NATIONAL_ID", hipaa="KR"),
    *_rows("id", "MEDICAL_RECORD_NUMBER", hipaa="H"),
    *_rows("id", "HEALTH_PLAN_ID", hipaa="I"),
    *_rows("id", "VEHICLE_ID", hipaa="L"),
    *_rows("account", "ACCOUNT_NUMBER MEMBER_ID POLICY_NUMBER CLAIM_NUMBER", hipaa="J"),
    *_rows("account", "ORDER_NUMBER BOOKING_REFERENCE TRACKING_NUMBER CASE_NUMBER USERNAME", hipaa="R"),
    *_rows("contact", "PHONE_NUMBER", hipaa="DE"),
    *_rows("contact", "EMAIL_ADDRESS", hipaa="F"),
    *_rows("contact", "URL", hipaa="N"),
    *_rows("contact", "IP_ADDRESS", hipaa="O"),
    *_rows("contact", "MAC_ADDRESS", hipaa="M"),
    *_rows("person", "PERSON", hipaa="A"),
    *_rows("place", "POSTCODE STREET_ADDRESS LOCATION", hipaa="B"),
    *_rows("time", "DATE_OF_BIRTH AGE", hipaa="C"),
    *_rows("time", "DATE_TIME", hipaa="C", opt_in=True),
    *_rows("health", "MEDICAL_CONDITION MEDICATION MEDICAL_PROCEDURE"),
    *_rows("family", "FAMILY_RELATION"),
    *_rows("purchase", "PURCHASE_ITEM PURCHASE_AMOUNT PURCHASE_DATE"),
    *_rows("other", "ORGANIZATION", opt_in=True),
    *_rows("other", "SPECIAL_CATEGORY", opt_in=True),
)

ENTITY_TYPES: Final[Mapping[str, EntityType]] = MappingProxyType({row.label: row for row in _TABLE})
"""Every entity by its label."""

NUMBER: Final = "NUMBER"
"""A digit run whose kind could not be decided but which must be hidden."""
REDACTED: Final = "REDACTED"
"""The words around an error."""
FAIL_SAFE: Final = frozenset({NUMBER, REDACTED})
"""Labels that no policy can switch off: they stand for what could not be decided."""

ALLOWED: Final = "ALLOWED"
"""No entity: the mark of a term that the policy allows."""
NEVER_ALLOWED: Final = frozenset(row.label for row in _TABLE if row.group == "card" or row.sad) | {REDACTED}
"""What is hidden even where it is part of an allowed term."""

GROUP_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {label: row.group.upper() for label, row in ENTITY_TYPES.items() if row.group in {"health", "family", "purchase"}}
)
"""What stands for the whole group of a label, of those that only say more: "[HEALTH]" for "[MEDICATION]"."""

UNTOLD: Final[Mapping[str, str]] = MappingProxyType({label: f"UNTOLD_{group}" for label, group in GROUP_LABELS.items()})
"""No entities: marks of words that disclose nothing where they stand, by the label of what they might disclose."""
MARKS: Final = frozenset(UNTOLD.values())

PROFILES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "full": frozenset(label for label, row in ENTITY_TYPES.items() if not row.opt_in),
        "pci": frozenset(label for label, row in ENTITY_TYPES.items() if row.group in {"card", "secret"}),
        "hipaa": frozenset(label for label, row in ENTITY_TYPES.items() if row.hipaa or row.group == "health"),
    }
)
"""The labels that each profile switches on."""
