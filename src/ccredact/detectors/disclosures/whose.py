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
from functools import cache
from typing import Final

from ccredact.detectors.disclosures.families import Family
from ccredact.detectors.disclosures.grammar import BEFORE, METER, NOTHING, TAKES, TOPIC, is_term, label_of
from ccredact.detectors.disclosures.owners import names_other
from ccredact.detectors.scores import FIRM_SCORE, GENERAL_SCORE
from ccredact.lang.en.disclosures import (
    ARRIVING,
    CLAUSE_ENDS,
    CONJUNCTIONS,
    DETERMINERS,
    DOING,
    DOSED,
    ENDS,
    GENERAL_OPENERS,
    GOING_ON,
    NUMBERED,
    OBJECT_PREPOSITIONS,
    ONES,
    OWNERS,
    PERSONS,
    PLACING,
    QUANTITIES,
    QUESTION_OPENERS,
    STATING,
    THING_OWNERS,
    THINGS,
    UNNAMED,
    WANTING,
)
from ccredact.lang.en.identifiers import AND
from ccredact.lang.en.names import POSSESSIVE
from ccredact.tagger.prefilter import ALONE, CUE_TURNS, is_number
from ccredact.transcript import Span

REACH: Final = 3
"""Words beside a span that are looked at."""
_DATE: Final = "PURCHASE_DATE"
_AMOUNT: Final = "PURCHASE_AMOUNT"
_ITEM: Final = "PURCHASE_ITEM"
_THINGS: Final = frozenset({"PURCHASE_ITEM", "MEDICATION", "MEDICAL_PROCEDURE"})
NAMED: Final = 1
TALKED: Final = 2
_NEVER: Final = -(10**6)
_NO_LABELS: Final[set[str]] = set()
CLAUSE: Final = 6
"""Words before a span among which its subject stands."""
ALLERGIC_TO: Final = ["allergic", "to"]


class Lists:
    """The lists that are asked: `of` each label, and all of them; `never` is a turn before all others for each."""

    __slots__ = ("families", "never", "of")

    def __init__(self, families: Sequence[Family]) -> None:
        self.families = tuple(families)
        self.of = {label: family for family in families for label in family.kinds}
        self.never = (_NEVER,) * len(self.families)


class Whose:
    """What was talked of in the last turns of a call, and the lists that are asked; it never changes.

    `talked` and `named` are by list the last turn in which such things were talked of, and in which one was named.
    """

    __slots__ = ("_lists", "_named", "_talked")

    def __init__(self, lists: Lists, talked: tuple[int, ...], named: tuple[int, ...]) -> None:
        self._lists, self._talked, self._named = lists, talked, named

    def noted(self, keys: list[str], turn: int, told: Sequence[Span]) -> Whose:
        """Return what is known with the words of a final, and what is told in it."""
        labels = {span.label for span in told} if told else _NO_LABELS
        talked, named = self._talked, self._named
        for number, family in enumerate(self._lists.families):
            found = TALKED if not labels.isdisjoint(family.kinds) else level(family, keys)
            if found == TALKED:
                talked = (*talked[:number], turn, *talked[number + 1 :])
            elif found == NAMED:
                named = (*named[:number], turn, *named[number + 1 :])
        return self if talked is self._talked and named is self._named else Whose(self._lists, talked, named)

    def _was_talked_of(self, family: Family, turn: int, *, named: bool = True) -> bool:
        """Return whether what a list is about was talked of in the last turns; `named`: or a thing of it named."""
        number = self._lists.families.index(family)
        last = max(self._talked[number], self._named[number]) if named else self._talked[number]
        return turn - last <= CUE_TURNS

    def judged(self, spans: list[Span], keys: list[str], word: int) -> list[Span]:
        """Return the spans of a final, whose first word is `word`, that are somebody's, without their loose ends."""
        out: list[Span] = []
        begins = {span.start - word for span in spans}
        for span in spans:
            family = self._lists.of.get(span.label)
            start, end = span.start - word, span.end - word
            if family is None:
                out.append(span)
                continue
            end = told_end(span.label, keys, start, end)
            last = end_of(keys, start, end)
            if last == start or end not in begins or (keys[end - 1] in OWNERS and span.label != _DATE):
                end = last
            if start == end or is_anothers(family, span.label, keys, start, end):
                continue
            whole = word + end == span.end
            out.append(
                span if whole else Span(span.start, word + end, span.label, span.score, span.entity, span.reason)
            )
        return out

    def alone(self, spans: list[Span], keys: list[str], word: int, turn: int) -> list[Span]:
        """Return the spans of a final that tell something only where such things are talked of, where they are not."""
        said = [keys[span.start - word : span.end - word] for span in spans]
        lone = [span for span, words in zip(spans, said, strict=True) if is_lone(span.label, words)]
        lone += [
            span
            for span, words in zip(spans, said, strict=True)
            if span.label == _ITEM and span not in lone and self._is_attribute(words)
        ]
        if not lone:
            return lone
        sure = [span for span in spans if span not in lone]
        beside = {edge for span in sure for edge in (span.start, span.end)}
        told = {label for span in sure if span.label in self._lists.of for label in self._lists.of[span.label].kinds}
        return [
            span
            for span in lone
            if span.label not in told and span.start not in beside and span.end not in beside
            if span.label in self._lists.of and not self._is_told(span.label, keys, turn)
        ]

    def _is_attribute(self, words: list[str]) -> bool:
        """Return whether words say which one, and not what: "dark blue", "the cheaper one"."""
        family = self._lists.of.get(_ITEM)
        return family is not None and all(key in ONES or family.terms.role_of(key) == BEFORE for key in words)

    def doubtful(self, spans: list[Span], keys: list[str], turn: int) -> list[Span]:
        """Return the spans that may be talk in general, since nobody is spoken to or of and the tagger is not sure."""
        if not spans or not PERSONS.isdisjoint(keys):
            return []
        return [span for span in spans if span.score < FIRM_SCORE and span.score < self._least(span.label, keys, turn)]

    def _least(self, label: str, keys: list[str], turn: int) -> float:
        """Return from which score on the tagger counts in talk in general."""
        family = self._lists.of.get(label)
        if family is None or not family.trails or not family.bills.isdisjoint(keys):
            return GENERAL_SCORE
        return GENERAL_SCORE if self._was_talked_of(family, turn) else FIRM_SCORE

    def general(self, spans: list[Span], keys: list[str], *, is_question: bool) -> list[Span]:
        """Return those of doubtful spans that a final tells in general.

        A phrase by itself may be an answer, and a question is rather put to somebody, if not one about goods.
        """
        states, wants = not STATING.isdisjoint(keys), not WANTING.isdisjoint(keys)
        found: list[Span] = []
        for span in spans:
            family = self._lists.of.get(span.label)
            of_goods = family is not None and family.trails
            if span.score >= GENERAL_SCORE:
                is_general = states and not wants and not is_question
            elif is_question:
                is_general = of_goods and keys[0] in QUESTION_OPENERS
            else:
                begins = of_goods and len(keys) > ALONE and keys[0] in GENERAL_OPENERS
                is_general = states or (begins and ARRIVING.isdisjoint(keys))
            if is_general:
                found.append(span)
        return found

    def _is_told(self, label: str, keys: list[str], turn: int) -> bool:
        """Return whether what a list is about is talked of, in this final or in the last turns.

        Of an attribute of goods it is not enough that some were named: "which lamp is blinking".
        """
        family, least = self._lists.of[label], TALKED if label == _ITEM else NAMED
        return level(family, keys) >= least or self._was_talked_of(family, turn, named=label != _ITEM)


@cache
def nothing_told(families: tuple[Family, ...]) -> Whose:
    """Return what is known when a call begins: for all calls with these lists it is the same."""
    lists = Lists(families)
    return Whose(lists, lists.never, lists.never)


def end_of(keys: list[str], start: int, end: int) -> int:
    """Return where a span ends without the articles and prepositions at its end: "stent in", not "change in | my"."""
    last = end
    while last > start and keys[last - 1] in ENDS and keys[last - 2 : last] != ALLERGIC_TO:
        last -= 1
    goes_on = end < len(keys) and keys[end] in OWNERS and last > start
    return end if goes_on else last


def told_end(label: str, keys: list[str], start: int, end: int) -> int:
    """Return where what is told in a span ends: before another clause, and before what a thing does.

    "two aspirin | and lay down", "my inhaler | ran out".
    """
    for at in range(start + 1, end):
        if keys[at] in DOING and label in _THINGS:
            return at
        if keys[at] in CONJUNCTIONS and not GOING_ON.isdisjoint(keys[at + 1 : at + 2]):
            return at
    return end


def is_anothers(family: Family, label: str, keys: list[str], start: int, end: int) -> bool:
    """Return whether words are nobody's, a part of another phrase, or of the name of another thing."""
    behind = keys[end] if end < len(keys) else ""
    if label == _AMOUNT and is_numbered(keys, start, end):
        return True
    if label == _AMOUNT:  # "thirty thousand miles"
        last = end_of(keys, start, end)
        return keys[last - 1] in QUANTITIES or (is_number(keys[last - 1]) and _measured_by(keys, last) in QUANTITIES)
    if label == _DATE:
        return False
    if not family.trails and not family.nobody.isdisjoint((keys[start], *keys[max(0, start - 1) : start])):
        return True
    if names_other(family, keys[end - 1], behind) and _is_known(family, keys[end - 1]):
        return True
    if is_numbered(keys, start, end) or (label == _ITEM and UNNAMED.issuperset(keys[start:end])):
        return True
    if not family.trails and (is_of_thing(keys, start) or is_thing(keys, end)):
        return True
    return _is_of_phrase(family, keys, start, end)


def is_numbered(keys: list[str], start: int, end: int) -> bool:
    """Return whether a number is the name of a thing: "the door of room | 224", "flight id | 955"."""
    return start > 0 and keys[start - 1] in NUMBERED and all(key.isdecimal() for key in keys[start:end])


def is_of_thing(keys: list[str], start: int) -> bool:
    """Return whether the subject of words is a thing: "the deadline | has been killing me"."""
    for at in range(start - 1, max(-1, start - CLAUSE), -1):
        key = keys[at].removesuffix(POSSESSIVE)
        if key in THINGS:
            return at == 0 or keys[at - 1] in THING_OWNERS or keys[at - 1] in THINGS
        if key in PERSONS or key in CLAUSE_ENDS or key in PLACING:
            return False
    return False


def is_thing(keys: list[str], end: int) -> bool:
    """Return whether what stands right behind words is a thing: "broke | her phone", "an x ray | of my luggage"."""
    at = end
    while at < min(len(keys), end + REACH - 1) and (keys[at] in OBJECT_PREPOSITIONS or keys[at] in DETERMINERS):
        at += 1
    return at > end and at < len(keys) and keys[at] in THINGS


def _measured_by(keys: list[str], end: int) -> str:
    """Return the word behind a number that goes on at `end`: "eight hundred | and fifty megabytes"."""
    at = end
    while at < min(len(keys) - 1, end + REACH) and (is_number(keys[at]) or (at == end and keys[at] == AND)):
        at += 1
    return keys[at] if at < len(keys) else ""


def _is_of_phrase(family: Family, keys: list[str], start: int, end: int) -> bool:
    """Return whether the end of a span stands in a phrase in which a term is none: "deaf ears"."""
    terms, sayings = family.terms, family.sayings
    for first in range(max(0, start - REACH), end):
        in_list, in_sayings = keys[first] in terms.first_words, keys[first] in family.saying_words
        if not (in_list or in_sayings):
            continue
        for last in range(max(end, first + 2), min(len(keys), end + REACH) + 1):
            phrase = " ".join(keys[first:last])
            if (in_sayings and phrase in sayings) or (in_list and terms.role_of(phrase) == NOTHING):
                return True
    return False


def is_lone(label: str, keys: list[str]) -> bool:
    """Return whether words tell something only beside others: a date, a dose without a drug, a number."""
    if label == _DATE:
        return True
    return label != _AMOUNT and all(is_number(key) or key in DOSED or key in QUANTITIES for key in keys)


def level(family: Family, keys: list[str]) -> int:
    """Return whether words are about what a list is of (`TALKED`), or name one of it (`NAMED`); 0 for neither."""
    if family.dates and not ARRIVING.isdisjoint(keys):
        return TALKED
    terms, found = family.terms, 0
    first_words = terms.first_words
    if first_words.isdisjoint(keys):
        return found
    for at, key in enumerate(keys):
        if key in first_words:
            word = terms.first(key)
            size, role = word.size, word.role
            if word.grows:
                size, role, _ = terms.longest(keys[at : at + REACH])
            if size and role in {TOPIC, TAKES}:
                return TALKED
            if size and role and _is_named(family, role):
                found = NAMED
    return found


def _is_named(family: Family, role: str) -> bool:
    """Return whether a role is that of a thing that a list is about, and more than a date."""
    return label_of(role) == METER or (is_term(role) and label_of(role) != family.dates)


def _is_known(family: Family, key: str) -> bool:
    """Return whether a word is a term of a list."""
    role = family.terms.role_of(key)
    return bool(role) and is_term(role or "")
