"""The detectors. To add one: a module beside these, a case file in `tests/cases`, a line in `build_detectors`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import regex

from ccredact.detectors.base import Detector
from ccredact.detectors.cards.detector import CardDetector
from ccredact.detectors.dates.detector import DateDetector
from ccredact.detectors.disclosures.detector import DisclosureDetector
from ccredact.detectors.disclosures.families import families_of
from ccredact.detectors.disclosures.tagged import TaggedDisclosures
from ccredact.detectors.identifiers.detector import IdentifierDetector
from ccredact.detectors.names.detector import TaggedDetector
from ccredact.detectors.names.known import KnownNameDetector, known_words
from ccredact.detectors.scores import TAGGED_SCORES
from ccredact.detectors.terms import PatternDetector, TermDetector, TermTable
from ccredact.detectors.written_forms import WrittenFormDetector
from ccredact.dialogue.kinds import ANSWER_TYPES
from ccredact.entities import ALLOWED, ENTITY_TYPES
from ccredact.errors import PolicyError
from ccredact.policy import Policy, pattern_of
from ccredact.tagger.architecture import LABELS as TAGGED_LABELS

if TYPE_CHECKING:
    from ccredact.tagger.network import Network
    from ccredact.tagger.prefilter import DisclosurePrefilter, Prefilter
    from ccredact.tagger.weights import Weights

_IDENTIFIERS: Final = frozenset(
    label for label, row in ENTITY_TYPES.items() if row.group in {"bank", "id", "account", "contact"}
)
"""Where one of these is wanted, a number whose kind is not known is hidden."""
_UNCUED: Final = _IDENTIFIERS | {"AGE", "POSTCODE", "PERSON"}
_WRITTEN: Final = frozenset({"EMAIL_ADDRESS", "URL", "IP_ADDRESS", "MAC_ADDRESS"})
_TAGGED: Final = frozenset({"PERSON", "STREET_ADDRESS", "LOCATION", "ORGANIZATION"})
_DISCLOSED: Final = frozenset(
    label for label, row in ENTITY_TYPES.items() if row.group in {"health", "family", "purchase"}
)


@dataclass(frozen=True)
class Tagger:
    """What a policy needs of the trained model: each half with its prefilter, None where it needs none."""

    names: tuple[Network, Prefilter] | None
    disclosures: tuple[Network, DisclosurePrefilter] | None


def tagger_for(policy: Policy, *, weights: bool | str | Path) -> Tagger | None:
    """Return what a policy needs of the trained model; None where it needs nothing.

    `weights`: the shipped ones (True), none (False), or the path of others. Raises `ModelError`, and `PolicyError` for
    anything else: None or "" must not leave names in clear.
    """
    if not isinstance(weights, bool | str | Path) or weights == "":
        raise PolicyError("tagger must be True, False, or the path of weights")
    names, said = bool(policy.operators.keys() & _TAGGED), bool(policy.operators.keys() & _DISCLOSED)
    if weights is False or not (names or said):
        return None
    if isinstance(weights, bool):
        return Tagger(_shipped_names() if names else None, _shipped_disclosures() if said else None)
    from ccredact.tagger.weights import load_path  # noqa: PLC0415 - NumPy is loaded when a policy needs the tagger

    found = load_path(weights)
    return Tagger(_names(found) if names else None, _disclosures(found) if said else None)


@cache
def _shipped_names() -> tuple[Network, Prefilter]:
    from ccredact.tagger.weights import shipped  # noqa: PLC0415 - as above

    return _names(shipped())


@cache
def _shipped_disclosures() -> tuple[Network, DisclosurePrefilter] | None:
    from ccredact.tagger.weights import shipped  # noqa: PLC0415 - as above

    return _disclosures(shipped())


def _names(weights: Weights) -> tuple[Network, Prefilter]:
    from ccredact.tagger.network import Network  # noqa: PLC0415 - as above

    return Network(weights), weights.prefilter


def _disclosures(weights: Weights) -> tuple[Network, DisclosurePrefilter] | None:
    """Return the half for disclosures, None where weights have none."""
    from ccredact.tagger.network import Network  # noqa: PLC0415 - as above

    return (Network(weights.said), weights.said.prefilter) if weights.said is not None else None


def build_detectors(policy: Policy, tagger: Tagger | None, names: Sequence[str] = ()) -> list[Detector]:
    """Return fresh detectors for one call; `tagger` is what `tagger_for` gives, `names` are those of its speakers.

    What a kept label needs is looked for too, but in no way that would hide more or less than without it.
    """
    rules, terms = _makers(policy)
    found = [make() for make in rules]
    known = known_words(names) if names and "PERSON" in policy.operators else {}
    if tagger is not None and tagger.names is not None:
        look_over = min(policy.look_over, policy.hold.words)
        found.append(TaggedDetector(*tagger.names, known, look_over=look_over, hides=_hidden_anyway(policy)))
    if tagger is not None and tagger.disclosures is not None:
        found.append(TaggedDisclosures(*tagger.disclosures, families_of(policy.operators.keys())))
    if known:
        found.append(KnownNameDetector(known))
    return [*found, *[make() for make in terms]]


def _hidden_anyway(policy: Policy) -> frozenset[str]:
    """Return the tagger's labels that are hidden however sure it is, and whatever else is said with them."""
    if policy.allow:
        return frozenset()  # what is allowed may be more or less than what is found
    hiding = policy.operators.keys() - policy.kept
    return frozenset(
        label for label in hiding.intersection(TAGGED_LABELS) if policy.threshold(label) <= TAGGED_SCORES[-1]
    )


_Make = Callable[[], Detector]
"""Makes a fresh detector."""


@lru_cache(maxsize=64)
def _makers(policy: Policy) -> tuple[list[_Make], list[_Make]]:
    """Return what makes the detectors of rules and lists, and those of what the policy allows and denies."""
    wanted = policy.operators.keys()
    hiding = wanted - policy.kept
    valued = policy.operators.get("CREDIT_CARD") in {"last4", "hash"}
    found: list[_Make] = [partial(CardDetector, keep_values=valued)]
    if wanted & ANSWER_TYPES.keys():
        numbers = bool(hiding & _IDENTIFIERS)
        cards = numbers and "CREDIT_CARD" in hiding
        uncued = bool((hiding if hiding & ANSWER_TYPES.keys() else wanted) & _UNCUED)
        found.append(partial(IdentifierDetector, numbers=numbers, uncued=uncued, cards=cards))
    if "DATE_TIME" in wanted:
        found.append(DateDetector(asks="DATE_TIME" in hiding).fork)
    if "DATE_TIME" not in hiding and wanted & {"DATE_TIME", "DATE_OF_BIRTH"}:  # beside one that only reports, too
        found.append(DateDetector(births_only=True).fork)
    if wanted & _WRITTEN:
        found.append(WrittenFormDetector)
    for family in families_of(wanted):
        dates = DateDetector() if family.dates in wanted else None  # never fed: each call looks with a copy
        asks = not hiding.isdisjoint(family.kinds)
        found.append(DisclosureDetector(family, asks=asks, dates=dates).fork)  # which shares what never changes
    return found, _terms(policy)


def _terms(policy: Policy) -> list[_Make]:
    """Return what makes the detectors of what the policy allows and denies."""
    allowed, denied, patterns = _tables(policy)
    found: list[_Make] = []
    if allowed is not None:
        found.append(partial(TermDetector, allowed, hides=False))
    if denied is not None:
        found.append(partial(TermDetector, denied, hides=True))
    if patterns:
        found.append(partial(PatternDetector, patterns))
    return found


def _tables(policy: Policy) -> tuple[TermTable | None, TermTable | None, tuple[tuple[str, regex.Pattern[str]], ...]]:
    words = {label: [term for term in terms if pattern_of(term) is None] for label, terms in policy.deny.items()}
    patterns = [(label, pattern_of(term)) for label, terms in policy.deny.items() for term in terms]
    return (
        TermTable({ALLOWED: policy.allow}) if policy.allow else None,
        TermTable(words) if any(words.values()) else None,
        tuple((label, regex.compile(found, regex.IGNORECASE)) for label, found in patterns if found is not None),
    )
