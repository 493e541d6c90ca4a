"""Whose it is that the tagger has found: the lists, and the words around it, have a say.

The tagger knows how words are used where health, family and purchases are talked of, and little of what else they are
said of. Three things that the words of one final show are looked at here:

- *Edges.* No disclosure ends with an article or a preposition.
- *Another's.* The lists know phrases in which a word discloses nothing, and words beside one that make it nobody's or
  the name of another thing: then nothing of the span is told, not only what the list knows.
- *Alone.* A date, a dose or a number tells something only where such things are talked of: in this final or in those
  of a few turns before.

A rule looks at most `REACH` words past a span, so that it says in an interim what it says of the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ccredact.detectors.disclosures.families import Family
from ccredact.detectors.disclosures.grammar import NOTHING, TAKES, TOPIC, is_term
from ccredact.lang.en.disclosures import ARRIVING, DOSED, ENDS, OWNERS, QUANTITIES
from ccredact.tagger.prefilter import CUE_TURNS, is_number
from ccredact.transcript import Span

REACH: Final = 3
"""Words beside a span that are looked at."""
_DATE: Final = "PURCHASE_DATE"
_AMOUNT: Final = "PURCHASE_AMOUNT"
_POSSESSIVE: Final = ("'s", "s'")
_ALLERGIC: Final = "allergic"
_TO: Final = "to"


class Whose:
    """What was said in the last turns of a call, and the lists that are asked.

    `_families` is the list of each label, `_recent` the words of the finals of the last turns, each with its turn.
    """

    __slots__ = ("_families", "_recent")

    def __init__(self, families: Sequence[Family]) -> None:
        self._families = {label: family for family in families for label in family.kinds}
        self._recent: tuple[tuple[int, list[str]], ...] = ()

    def fork(self) -> Whose:
        """Return an independent copy."""
        other = Whose(())
        other._families, other._recent = self._families, self._recent
        return other

    def note(self, keys: list[str], turn: int) -> None:
        """Take the words of a final."""
        recent = self._recent
        if recent and recent[0][0] < turn - CUE_TURNS:
            recent = tuple(said for said in recent if said[0] >= turn - CUE_TURNS)
        self._recent = (*recent, (turn, keys))

    def judged(self, spans: list[Span], keys: list[str], word: int) -> list[Span]:
        """Return the spans of a final, whose first word is `word`, that are somebody's, without their loose ends."""
        out: list[Span] = []
        begins = {span.start - word for span in spans}
        for span in spans:
            family = self._families.get(span.label)
            start, end = span.start - word, span.end - word
            if family is None:
                out.append(span)
                continue
            if end not in begins or (keys[end - 1] in OWNERS and span.label != _DATE):
                end = end_of(keys, start, end)
            if start == end or is_anothers(family, span.label, keys, start, end):
                continue
            whole = word + end == span.end
            out.append(
                span if whole else Span(span.start, word + end, span.label, span.score, span.entity, span.reason)
            )
        return out

    def alone(self, spans: list[Span], keys: list[str], word: int) -> list[Span]:
        """Return the spans of a final that tell something only where such things are talked of, where they are not."""
        lone = [span for span in spans if is_lone(span.label, keys[span.start - word : span.end - word])]
        if not lone:
            return lone
        sure = [span for span in spans if span not in lone]
        beside = {edge for span in sure for edge in (span.start, span.end)}
        told = {label for span in sure if span.label in self._families for label in self._families[span.label].kinds}
        return [
            span
            for span in lone
            if span.label not in told and span.start not in beside and span.end not in beside
            if span.label in self._families and not self._is_told(self._families[span.label], keys)
        ]

    def _is_told(self, family: Family, keys: list[str]) -> bool:
        """Return whether what a list is about is talked of, in this final or in the last turns."""
        return tells(family, keys) or any(tells(family, said) for _, said in self._recent)


def end_of(keys: list[str], start: int, end: int) -> int:
    """Return where a span ends without the articles and prepositions at its end: no "stent in"."""
    while (
        end > start and keys[end - 1] in ENDS and not (keys[end - 1] == _TO and keys[end - 2 : end - 1] == [_ALLERGIC])
    ):
        end -= 1
    return end


def is_anothers(family: Family, label: str, keys: list[str], start: int, end: int) -> bool:
    """Return whether words are nobody's, a part of another phrase, or of the name of another thing."""
    behind = keys[end] if end < len(keys) else ""
    if label == _AMOUNT:  # "thirty thousand miles"
        return keys[end - 1] in QUANTITIES or (behind in QUANTITIES and is_number(keys[end - 1]))
    if label == _DATE:
        return False
    if not family.trails and not family.nobody.isdisjoint((keys[start], *keys[max(0, start - 1) : start])):
        return True
    if behind in family.others and not keys[end - 1].endswith(_POSSESSIVE) and _is_known(family, keys[end - 1]):
        return True
    return _is_of_phrase(family, keys, start, end)


def _is_of_phrase(family: Family, keys: list[str], start: int, end: int) -> bool:
    """Return whether the end of a span stands in a phrase in which a term is none: "deaf ears"."""
    for first in range(max(0, start - REACH), end):
        for last in range(end, min(len(keys), end + REACH) + 1):
            if last - first > 1 and family.terms.role_of(" ".join(keys[first:last])) == NOTHING:
                return True
    return False


def is_lone(label: str, keys: list[str]) -> bool:
    """Return whether words tell something only beside others: a date, a dose without a drug, a number."""
    if label == _DATE:
        return True
    return label != _AMOUNT and all(is_number(key) or key in DOSED or key in QUANTITIES for key in keys)


def tells(family: Family, keys: list[str]) -> bool:
    """Return whether words are about what a list is of."""
    terms = family.terms
    for at, key in enumerate(keys):
        if key in ARRIVING and family.dates:
            return True
        if key in terms.first_words:
            role = terms.longest(keys[at : at + REACH])[1]
            if role in {TOPIC, TAKES} or (role and is_term(role)):
                return True
    return False


def _is_known(family: Family, key: str) -> bool:
    """Return whether a word is a term of a list."""
    role = family.terms.role_of(key)
    return bool(role) and is_term(role or "")
