"""Numbers beside the words of a family: which are paid, and which are only read out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ccredact.detectors.base import Context
from ccredact.detectors.disclosures.families import Family
from ccredact.detectors.disclosures.grammar import AND, NUMBER, Part
from ccredact.lang.en import cardinals
from ccredact.lang.en.disclosures import NO_COUNTS
from ccredact.lang.en.identifiers import COPULAS
from ccredact.tagger.prefilter import LONGEST_FIGURES

BILL: Final = 2
"""Words before a number among which it is said what was paid."""
CUE: Final = 3
"""Words of what tells who has something, or that a number is paid."""
_FIGURES: Final = frozenset({*cardinals.UNITS, *cardinals.TEENS, *cardinals.TENS, *cardinals.MAGNITUDES})


def is_figure(key: str) -> bool:
    """Return whether a word is a number."""
    return key in _FIGURES or key.isdecimal()


def is_small(key: str) -> bool:
    """Return whether a number is one of less than ten."""
    return key in cardinals.UNITS or len(key) == 1


def is_behind_figure(ctx: Context) -> bool:
    """Return whether the word before the fed one is a number."""
    before = ctx.before(1)
    return bool(before) and is_figure(before[0])


def is_due(family: Family, before: tuple[str, ...]) -> bool:
    """Return whether words right before a number say that it is paid: "that comes to"."""
    if not before or before[-1] not in family.payer_ends:
        return False
    return " ".join(before[-2:]) in family.payers or " ".join(before) in family.payers


def is_sum(family: Family, key: str, before: tuple[str, ...]) -> bool:
    """Return whether figures are what something comes to: not "that would be 1596", which answers much else."""
    return len(key) <= LONGEST_FIGURES and before[-1:] == ("to",) and is_due(family, before)


def is_bill(family: Family, before: tuple[str, ...]) -> bool:
    """Return whether a number behind these words is an amount, though nothing measures it: "my expenses 120"."""
    last = before[-1:]
    return not family.bills.isdisjoint(before if last and last[0] in COPULAS else last)


def count_paid(family: Family, parts: Sequence[Part], lead: tuple[str, ...], roles: Sequence[str], behind: str) -> int:
    """Return how many parts are an amount without a unit: "i paid | forty nine ninety nine | for it".

    `lead` are the words before the phrase, `behind` is the one that ends it.
    """
    if roles[0] != NUMBER:
        return 0
    size = next((at for at, role in enumerate(roles) if role not in {NUMBER, AND}), len(roles))
    size -= roles[size - 1] == AND
    after = parts[size].key if size < len(roles) else behind
    if after and after not in family.paid:
        return 0
    if is_due(family, lead[-CUE:]):
        return size if size > 1 or not is_small(parts[0].key) else 0
    if parts[0].key.isdecimal() or (size == 1 and parts[0].key in NO_COUNTS):
        return 0
    return 0 if family.bills.isdisjoint(lead[-BILL:]) else size
