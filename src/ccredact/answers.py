"""What a caller can be asked for, and the phrases that ask for it or announce it: tables, read from `lexicons/`.

A *kind* is what an answer is called here: the label it gets, and the form it has. Phrases stand in
`lexicons/questions.txt`, to be extended line by line. Everyday words, which are no answer, stand in
`lexicons/common_words.txt`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ccredact.normalize.english import CUE
from ccredact.phrases import TRIGGERS, PhraseTable, cue, said

DIGITS, CODE, DATE, TEXT, EMAIL, AGE, SPELLED, NONE = range(8)
"""Forms: digits; letters and digits; a date; words; an address with "at" and "dot"; a small number; letters; none."""

LONG = 2
"""Words before the last one of a phrase that say more than a phrase about a card."""
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


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that has just been said: what it asks for; `weak` ones ("order") need a longer answer right behind."""

    kind: str
    weak: bool = False


class Phrases:
    """The phrases by their last words."""

    __slots__ = ("table",)

    def __init__(self, text: str) -> None:
        found: list[tuple[tuple[str, ...], Phrase]] = []
        kind = ""
        for number, raw in enumerate(text.splitlines(), 1):
            line = raw.partition("#")[0].strip()
            if line.startswith("["):
                kind = line.strip("[]")
                if kind not in FORMS:
                    raise ValueError(f"questions.txt, line {number}: there is no kind of answer of that name")
            elif line:
                weak = line.startswith("~")
                for words in said(line.lstrip("~ ")):
                    found.append((words, Phrase(kind, weak)))
                    if words[-1] == "id":
                        found.append(((*words[:-1], "i", "d"), Phrase(kind, weak)))
        self.table = PhraseTable(found)

    def find(self, key: str, before: tuple[str, ...], classes: int) -> Phrase | None:
        """The longest phrase that ends with `key` after the words `before`; a card's phrase is of the kind CARD."""
        last = key if key in self.table.last_words else key.removesuffix("'s")
        found, length = self.table.longest(last, before)
        if length < LONG and classes & CUE and cue(key, before) in TRIGGERS:
            return Phrase(CARD)
        if found is not None and FORMS[found.kind] == TEXT and "my" in before[-length - 2 :]:
            return Phrase(found.kind, weak=True)  # a statement, no question
        return found


def _read(name: str) -> str:
    return files("ccredact").joinpath("lexicons", name).read_text("utf-8")


@cache
def phrases() -> Phrases:
    """The phrases that ship with the package."""
    return Phrases(_read("questions.txt"))


@cache
def common_words() -> frozenset[str]:
    """Everyday words."""
    return frozenset(line for line in _read("common_words.txt").splitlines() if line and not line.startswith("#"))
