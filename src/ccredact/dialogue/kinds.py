"""What a caller can be asked for: a *kind* is what an answer is called here, the label it gets and the form it has."""

from __future__ import annotations

DIGITS, CODE, DATE, TEXT, EMAIL, AGE, SPELLED, NONE = range(8)
"""Forms: digits; letters and digits; a date; words; an address with "at" and "dot"; a small number; letters; none."""

CARD, OTHER, ADDRESS = "CARD", "OTHER", "ADDRESS"
"""Kinds without a label: cards have their own detector, here they are numbers; amounts, times, quantities are none; of
an address only a number by itself is answered here, the rest is the tagger's."""
LABELS = {CARD: "NUMBER", "MEMORABLE_DATE": "SECURITY_ANSWER", "BIRTH_PART": "DATE_OF_BIRTH"}
"""Labels of kinds that are not called after theirs."""

_FORMS = {
    DIGITS: """
        CARD BANK_ACCOUNT ABA_ROUTING_NUMBER UK_SORT_CODE US_SSN US_ITIN UK_NHS PIN OTP PHONE_NUMBER
        IP_ADDRESS STREET_ADDRESS
    """,
    CODE: """
        IBAN_CODE US_PASSPORT US_DRIVER_LICENSE UK_NINO MEDICAL_RECORD_NUMBER HEALTH_PLAN_ID VEHICLE_ID ACCOUNT_NUMBER
        MEMBER_ID POLICY_NUMBER CLAIM_NUMBER ORDER_NUMBER BOOKING_REFERENCE TRACKING_NUMBER CASE_NUMBER POSTCODE
        MAC_ADDRESS NATIONAL_ID
    """,
    DATE: "DATE_OF_BIRTH MEMORABLE_DATE BIRTH_PART",
    TEXT: "PASSWORD SECURITY_ANSWER USERNAME",
    EMAIL: "EMAIL_ADDRESS",
    AGE: "AGE",
    SPELLED: "PERSON",
    NONE: "OTHER ADDRESS",
}
FORMS: dict[str, int] = {kind: form for form, kinds in _FORMS.items() for kind in kinds.split()}
