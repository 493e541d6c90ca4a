"""Whose a term is: what the words before a phrase and behind it say of that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ccredact.detectors.disclosures.amounts import CUE, is_figure
from ccredact.detectors.disclosures.families import Family
from ccredact.detectors.disclosures.grammar import NUMBER, Disclosure, Part
from ccredact.lang.en.disclosures import ALL_OPENERS, HAVING, OF_ALL, ORDER_ENDS, ORDER_OPENERS, PLACING
from ccredact.lang.en.names import POSSESSIVE
from ccredact.lang.en.words import ARTICLES, SPELLING_ALPHABET

_OWNER: Final = 4
"""Words before a phrase among which its owner stands."""
_AT_ONCE: Final = 2
"""Words of a turn before a sure term that may be an answer."""
_POSSESSIVES: Final = ("'s", "s'")


def is_owned(family: Family, item: Disclosure, lead: tuple[str, ...]) -> bool | None:
    """Return whether the nearest cue shortly before says whose it is, or that it is nobody's; None for none."""
    is_amount = item.label == family.measured
    owners, nobody = (family.payers, family.banking) if is_amount else (family.owners, family.nobody)
    size = len(lead)
    ends = family.payer_ends if is_amount else family.owner_ends
    for at in range(size, 0 if is_amount else max(0, size - _OWNER), -1):
        if lead[at - 1] not in ends:
            continue
        for first in range(max(0, at - CUE), at):  # the longest first
            cue = " ".join(lead[first:at])
            if cue in owners or cue in nobody:
                return cue in owners and not (cue in HAVING and _are_things(family, lead[:first]))
    return None


def _are_things(family: Family, lead: tuple[str, ...]) -> bool:
    """Return whether words before a verb end with a subject that is nobody: "the server's | had"."""
    nobody, subject = family.nobody, lead[-1] if lead else ""
    if subject not in nobody and subject.removesuffix(POSSESSIVE) not in nobody:
        return False
    return PLACING.isdisjoint(lead[-3:-1])


def has_person(family: Family, lead: tuple[str, ...], parts: Sequence[Part]) -> bool:
    """Return whether a sure term may be somebody's: its turn begins with it, or a person is near."""
    if family.trails or len(lead) <= _AT_ONCE or not family.persons.isdisjoint(lead):
        return True
    return any(part.key in family.persons for part in parts)  # "swelling in your legs"


def is_of_all(family: Family, lead: tuple[str, ...], behind: str) -> bool:
    """Return whether goods are those in general, of which something is said: "the iphone 14 | has three lenses"."""
    return family.trails and behind in OF_ALL and ALL_OPENERS.issuperset(lead)


def names_other(family: Family, last: str, behind: str) -> bool:
    """Return whether the word behind a phrase makes it the name of something else: not behind "my father's"."""
    if last.endswith(_POSSESSIVES):
        return False
    return behind in family.others


def is_order(lead: tuple[str, ...], role: str, behind: str) -> bool:
    """Return whether goods are all that is said: "two large pepperoni", "and a coffee please"."""
    counted = role == NUMBER or lead[-1:] in {("a",), ("an",), ("some",)}
    return counted and ORDER_OPENERS.issuperset(lead) and (not behind or behind in ORDER_ENDS)


def is_spelled(key: str, lead: tuple[str, ...], behind: str) -> bool:
    """Return whether letters that are a term stand among what is spelled: "k o w a l s k i", "x ray 89"."""
    if len(key) > 1 or not key.isalpha():
        return False
    beside = (*lead[-1:], behind)
    return any(
        (len(other) == 1 and other not in ARTICLES) or is_figure(other) or other in SPELLING_ALPHABET
        for other in beside
    )
