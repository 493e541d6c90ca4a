"""What each family of disclosures looks for: its list, the labels of its sections, and how its words stand together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Final

from ccredact.detectors.disclosures.grammar import (
    ACT,
    AIL,
    BEFORE,
    BEHIND,
    CLAIM,
    COMPLAINT,
    DEGREE,
    LINK,
    METER,
    NOTHING,
    NUMBER,
    READING,
    SCHEDULE,
    SITE,
    TAKES,
    TOPIC,
    UNABLE,
    UNIT,
    WEAK,
    WITHIN,
    is_term,
)
from ccredact.detectors.disclosures.terms import TermIndex
from ccredact.lang.en.disclosures import COUNTS, DOSE_ENDS, FIGURES, disclosure_list
from ccredact.lang.en.words import ARTICLES
from ccredact.text import word_class as wc

_SIGNS: Final = {
    "before": BEFORE, "site": SITE, "behind": BEHIND, "link": LINK, "unit": UNIT,
    "complaint": COMPLAINT, "topic": TOPIC, "except": NOTHING, "schedule": SCHEDULE, "unable": UNABLE, "act": ACT,
    "meter": METER, "reading": READING, "claim": CLAIM, "degree": DEGREE, "taking": TAKES,
    "ail": AIL, "within": WITHIN,
}  # fmt: skip
"""Sections of a list that hold parts of phrases, and their roles."""
_INSIDE: Final = frozenset(
    {BEHIND, LINK, UNIT, COMPLAINT, SCHEDULE, ACT, WEAK + ACT, READING, CLAIM, DEGREE, AIL, WITHIN}
    | {WEAK + "PURCHASE_DATE"}
)
"""Roles with which no phrase begins."""
_CUES: Final = frozenset(
    {"owner", "nobody", "other", "payer", "bill", "banking", "stem", "paid", "closing", "generic", "person", "saying"}
)
"""Sections of words beside a term: who owns it, of whom it is not, what it makes another thing."""
_NUMBERS: Final = wc.DIGITS | wc.UNIT | wc.TEEN | wc.TENS


class Family:
    """One family of disclosures.

    `owners`, `nobody` and `others` are words beside a term: before it, with which it is somebody's or nobody's, and
    behind it, with which it is something else; `persons` are words with which a term that tells by itself may be of
    somebody, and `owners`; `payers` and `banking` are those before an amount with which it was paid, or was not,
    `bills` those of the first right behind which a number alone is one, `paid` words behind such a number; `pays`:
    there are such words. `owner_ends` and `payer_ends` are the last words of those before a term and before an amount.
    `closing` words are of no goods that are in no list, `generic` ones are none alone, `sayings` phrases in which what
    the tagger finds is none, `saying_words` their first words. `label` names what breaks off inside a term; `complains`
    is the label of a part of the body that ails, `measured` that of a number with a unit, `dates` that of a date where
    such things are talked of, "" for none.
    `date_words` are everyday words with which such a date begins. `numbers` are those with which a phrase may begin.
    `topic_words` is for how many words the talk is about such things once one was told; `mishears`: all of them are
    looked at, since one may be misheard; `stems` are ends of names that are in no list. `takes_unknown` are labels of
    questions whose answer may be a word that is in no list.
    """

    __slots__ = (
        "banking", "bills", "closing", "complains", "counts", "date_words", "dates", "generic", "kinds",
        "label", "measured", "mishears", "nobody", "numbers", "others", "owner_ends", "owners", "paid", "payer_ends",
        "payers", "pays", "persons", "phrases", "saying_words", "sayings", "stems", "takes_unknown", "terms",
        "topic_words", "trails", "wake",
        "wake_words",
    )  # fmt: skip

    def __init__(
        self,
        name: str,
        labels: Mapping[str, str],
        *,
        topic_words: int,
        measured: str = "",
        counts: bool = False,
        trails: bool = False,
        dates: str = "",
        mishears: bool = False,
        takes_unknown: frozenset[str] = frozenset(),
    ) -> None:
        text = disclosure_list(name)
        head, _, questions = text.partition("\n[[questions]]\n")
        self.terms = TermIndex(head, {**_SIGNS, **labels}, _CUES, _INSIDE)
        self.numbers = (COUNTS | FIGURES if trails else COUNTS) if counts else frozenset()
        self.wake_words = self.terms.wake_words | self.numbers
        self.phrases = questions
        self.kinds = frozenset(labels.values()) | {measured, dates} - {""}
        self.label = next(iter(labels.values()))
        self.measured, self.counts, self.trails, self.dates = measured, counts, trails, dates
        self.complains = self.label if "\n[complaint]\n" in head else ""
        self.topic_words, self.takes_unknown = topic_words, takes_unknown
        cues = self.terms.cues
        self.owners, self.nobody, self.others = cues["owner"], cues["nobody"], cues["other"]
        self.payers, self.bills, self.banking, self.paid = cues["payer"], cues["bill"], cues["banking"], cues["paid"]
        own = WEAK + dates
        dated = [term for term in self.terms if self.terms.role_of(term) == own] if dates else []
        self.date_words = frozenset(term.partition(" ")[0] for term in dated) - ARTICLES
        self.pays = bool(self.payers or self.bills)
        self.owner_ends = _last_words(self.owners | self.nobody)
        self.payer_ends = _last_words(self.payers | self.banking)
        self.persons = self.owners | cues["person"]
        self.closing, self.generic, self.sayings = cues["closing"], cues["generic"], cues["saying"]
        self.saying_words = frozenset(saying.partition(" ")[0] for saying in self.sayings)
        self.stems = tuple(sorted(cues["stem"]))
        self.mishears = mishears
        self.wake = _NUMBERS if measured and not mishears else 0

    def heard(self, key: str) -> str:
        """Return the label of a word that is in no list, by what it sounds like or how it ends; "" for none."""
        found = self.terms.misheard(key)
        if found is None and self.stems and key.endswith(self.stems):
            return self.measured  # of what is measured the names are made of stems
        return found or ""

    def answers(self, asked: str, roles: Sequence[str], behind: str) -> int:
        """Return how many parts of a phrase without a term are the answer to a question for a label; 0 for none.

        `behind` is the word that ends the phrase, "" where a sentence ends.
        """
        is_dose = asked == self.measured and (not behind or behind in DOSE_ENDS)
        if not (self.counts or is_dose) or any(is_term(role) for role in roles):
            return 0
        if NUMBER not in roles and not self.trails:
            return 0
        size = 0
        while size < len(roles) and roles[size] in {NUMBER, BEFORE}:
            size += 1
        return size if asked in self.kinds else 0


def _last_words(cues: frozenset[str]) -> frozenset[str]:
    return frozenset([cue.rpartition(" ")[2] for cue in cues])


@cache
def health() -> Family:
    """Return health: what people have, take and go through."""
    return Family(
        "health",
        {"condition": "MEDICAL_CONDITION", "medication": "MEDICATION", "procedure": "MEDICAL_PROCEDURE"},
        topic_words=20,
        measured="MEDICATION",
        mishears=True,
        takes_unknown=frozenset({"MEDICATION"}),
    )


@cache
def family() -> Family:
    """Return family: relatives, household, status."""
    return Family("family", {"relation": "FAMILY_RELATION"}, topic_words=0, counts=True)


@cache
def purchases() -> Family:
    """Return purchases: what was bought or ordered, and what it cost."""
    return Family(
        "purchases",
        {"item": "PURCHASE_ITEM", "when": "PURCHASE_DATE"},
        topic_words=60,
        measured="PURCHASE_AMOUNT",
        counts=True,
        trails=True,
        dates="PURCHASE_DATE",
        takes_unknown=frozenset({"PURCHASE_ITEM"}),
    )


@cache
def special() -> Family:
    """Return special categories: origin, belief, politics, union, orientation."""
    return Family("special", {"category": "SPECIAL_CATEGORY"}, topic_words=0)


FAMILIES: Final = (
    (health, frozenset({"MEDICAL_CONDITION", "MEDICATION", "MEDICAL_PROCEDURE"})),
    (family, frozenset({"FAMILY_RELATION"})),
    (purchases, frozenset({"PURCHASE_ITEM", "PURCHASE_AMOUNT", "PURCHASE_DATE"})),
    (special, frozenset({"SPECIAL_CATEGORY"})),
)
"""Each family, and the labels of which one is enough to look for it."""


def families_of(labels: AbstractSet[str]) -> list[Family]:
    """Return the families that look for some of these labels."""
    return [made() for made, own in FAMILIES if not own.isdisjoint(labels)]
