"""What a caller can be asked for: a *kind* names it and gives the label and the expected type of the answer."""

from __future__ import annotations

from typing import Final

from ccredact.text.phrase_table import Prompt

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
COUNTED: Final = frozenset({DIGITS, CODE})
"""Types of answers that are read out character by character."""
READ_OUT: Final = COUNTED | {DATE}
"""The same, and those that come in parts, over turns."""

CARD: Final = "CARD"
EXPIRY: Final = "EXPIRY"
CVV: Final = "CVV"
LAST4: Final = "LAST4"
CARD_DATA: Final = frozenset({CARD, EXPIRY, CVV, LAST4})
"""Kinds that ask for data of a card, or announce it."""
SECURITY_CODE: Final = "SECURITY_CODE"
"""A CVV where cards are the subject."""
MENTION: Final = "MENTION"
"""Cards become the subject."""
INVITE: Final = "INVITE"
"""The speaker asks to go on reading."""
PAYMENT: Final = "PAYMENT"
"""Money becomes the subject."""
ABOUT_CARDS: Final = CARD_DATA | {SECURITY_CODE, MENTION, INVITE, PAYMENT}

OTHER: Final = "OTHER"
"""Amounts, times, quantities: nothing that is hidden."""
IDENTIFIER: Final = "IDENTIFIER"
"""A number or code, nobody says of what."""
OTHER_NUMBER: Final = "OTHER_NUMBER"
"""Another number, of no kind that is asked for here: it is no card's."""
ADDRESS: Final = "ADDRESS"
"""Only a number by itself is an answer here; the rest of an address is the tagger's."""
NAME: Final = "NAME"
"""A person's name is asked for: letters are an answer (`PERSON`), and words are, whatever they are."""
TOWN: Final = "TOWN"
"""A town is asked for: its name is the tagger's too."""
DATE_TIME: Final = "DATE_TIME"
"""Any date; asked for only where dates are hidden: its phrases are `DATE_QUESTIONS` of the language."""
STREET: Final = "STREET"
"""The same of a street: an address is told with it."""
SLOTS: Final = frozenset({NAME, TOWN, STREET})
"""Kinds whose answer is a name: words that stand alone behind the question, whatever they are."""
DISCLOSURES: Final = frozenset(
    """
MEDICAL_CONDITION MEDICATION MEDICAL_PROCEDURE FAMILY_RELATION PURCHASE_ITEM PURCHASE_AMOUNT PURCHASE_DATE
SPECIAL_CATEGORY
""".split()
)
"""Kinds whose answer is told in words, or with a small number, and is none of a card or an account: "how many kids".
The detectors that look for the answers bring the phrases."""
ASKS: Final = "ASKS"
"""What was named before in the turn is asked for: "there's a number at the top, what is it"."""
LABELS: Final = {
    CARD: "NUMBER",
    EXPIRY: "CREDIT_CARD_EXPIRY",
    CVV: "CREDIT_CARD_CVV",
    LAST4: "CREDIT_CARD_LAST4",
    IDENTIFIER: "NUMBER",
    "MEMORABLE_DATE": "SECURITY_ANSWER",
    "BIRTH_PART": "DATE_OF_BIRTH",
    "USER_ID": "ACCOUNT_NUMBER",
    "VIN": "VEHICLE_ID",
    "PASSCODE": "PIN",
}
"""Labels of kinds that are not called after theirs."""

_KINDS: Final = {
    DIGITS: """
        CARD EXPIRY CVV LAST4 BANK_ACCOUNT ABA_ROUTING_NUMBER UK_SORT_CODE US_SSN US_ITIN UK_NHS PIN PASSCODE
        PHONE_NUMBER
        IP_ADDRESS STREET_ADDRESS
    """,
    CODE: """
        IBAN_CODE US_PASSPORT US_DRIVER_LICENSE UK_NINO MEDICAL_RECORD_NUMBER HEALTH_PLAN_ID VEHICLE_ID VIN
        ACCOUNT_NUMBER MEMBER_ID POLICY_NUMBER CLAIM_NUMBER ORDER_NUMBER BOOKING_REFERENCE TRACKING_NUMBER CASE_NUMBER
        POSTCODE MAC_ADDRESS NATIONAL_ID IDENTIFIER USER_ID OTP
    """,
    DATE: "DATE_OF_BIRTH MEMORABLE_DATE BIRTH_PART DATE_TIME",
    TEXT: "PASSWORD SECURITY_ANSWER USERNAME",
    EMAIL: "EMAIL_ADDRESS URL",
    AGE: "AGE",
    SPELLED: "PERSON NAME",
    NONE: "OTHER ADDRESS TOWN STREET ASKS",
}
ANSWER_TYPES: Final = {kind: answer_type for answer_type, kinds in _KINDS.items() for kind in kinds.split()}
"""The expected type of the answer to each kind of question; data of cards, which have a detector, is a number too."""
CONTACT: Final = frozenset({"EMAIL_ADDRESS", "URL", "USERNAME", "USER_ID", "IP_ADDRESS"})
"""Kinds of answers that are words, numbers and signs in a row, and may come in pieces over turns."""
KINDS: Final = ANSWER_TYPES.keys() | ABOUT_CARDS | {OTHER_NUMBER}
"""The sections of a file of phrases."""

ANOTHER: Final = "ANOTHER"
"""Among cards: a number of another kind is asked for, or announced."""
ASIDE: Final = "ASIDE"
"""The same, but only for the digits right beside it."""


def among_cards(prompt: Prompt) -> str:
    """Return what a prompt means to the cards: a kind about them, `ANOTHER`, or `ASIDE`.

    What is answered by words, and what only counts something, is talk beside a card that is being read out. A topic and
    a word for a number ("", they say less) mean nothing to them.
    """
    if prompt.kind in ABOUT_CARDS:
        return prompt.kind
    if prompt.topic or prompt.kind in {IDENTIFIER, ASKS} or prompt.kind in DISCLOSURES:
        return ""
    is_read_out = prompt.kind != DATE_TIME and ANSWER_TYPES.get(prompt.kind, DIGITS) in READ_OUT
    return ANOTHER if is_read_out and not prompt.weak else ASIDE


def is_answered_by_number(prompt: Prompt) -> bool:
    """Return whether a prompt that is an aside among cards asks for a number, and not for words."""
    return among_cards(prompt) == ASIDE and ANSWER_TYPES.get(prompt.kind, NONE) in {AGE, NONE, *READ_OUT}


def as_question(prompt: Prompt) -> Prompt | None:
    """Return what a prompt asks for that is no data of a card; None for nothing."""
    if prompt.kind == SECURITY_CODE:
        return _CODE_QUESTION
    asks = prompt.kind in ANSWER_TYPES or prompt.kind in DISCLOSURES
    return prompt if asks and prompt.kind not in CARD_DATA else None


def asks_for_card(prompt: Prompt) -> bool:
    """Return whether a prompt asks for data of a card, whatever else is talked of.

    Accounts end in four digits too, much expires, and there are other codes.
    """
    return prompt.kind in _SURELY_OF_CARDS and not prompt.weak


_SURELY_OF_CARDS: Final = frozenset({CARD, EXPIRY, CVV})
_CODE_QUESTION: Final = Prompt(IDENTIFIER)
"""A code is one of any kind; where cards are the subject, one of a card if it has its form."""
