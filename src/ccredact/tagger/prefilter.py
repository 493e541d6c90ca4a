"""Where in an utterance an entity may begin at all: for most words nothing need be computed.

Four things are known from training (`models/tagger/export.py`): everyday words with which none begins; everyday words
with which none begins beside some neighbour ("will be", "great day", "2 hours"); which of the former are names too, and
one where hardly anything else is said ("day", "it's long"); and that a number begins one only where it may be a
postcode, or stands beside a name or a word for a street. All of it is a matter of the words of one
utterance, so a stream and a finished call agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ccredact.lang.en.addresses import STREETS
from ccredact.lang.en.words import CLASSES
from ccredact.tagger.features import figures_of
from ccredact.text.labels import OPAQUE
from ccredact.text.word_class import MAGNITUDE, NUMERIC

INSIDE = 2
"""Words with which no entity begins that may stand in one, at once."""
STREET_NEAR = 3
"""Words behind a number of which one is a name, or a word for a street, where it is the number of a house."""
ALONE = 4
"""Words of an utterance in which an everyday word that is a name too may be one."""
POSTCODES = frozenset({5, 6})
"""Figures of a number that may be a postcode by itself."""
LONGEST_NUMBER = 9
"""Figures of a number in an address or a postcode, at most: a ZIP code with its four more."""
LEAD_NEAR = 3
"""Words before a number of which one is a word for a street, or for a postcode: "the zip code is"."""
_LEADS = STREETS | {"zip", "zipcode", "postcode", "postal"}
_NUMBERS = NUMERIC | MAGNITUDE
_NONE: frozenset[str] = frozenset()


class Begins:
    """What is known of plain words.

    Made of words ("moment"), those of them that are names ("day~"), words before a neighbour ("will>be") and words
    behind one ("great<day"), every figure of a neighbour a nought; no neighbour in the utterance is an empty one.
    """

    __slots__ = ("_after", "_alone", "_before", "_words")

    def __init__(self, plain: Iterable[str]) -> None:
        before: defaultdict[str, set[str]] = defaultdict(set)
        after: defaultdict[str, set[str]] = defaultdict(set)
        words, alone = set(), set()
        for item in plain:
            if item.endswith("~"):
                alone.add(item[:-1])
            elif ">" in item:
                key, neighbour = item.split(">")
                before[key].add(neighbour)
            elif "<" in item:
                neighbour, key = item.split("<")
                after[key].add(neighbour)
            else:
                words.add(item)
        self._words, self._alone = frozenset(words), frozenset(alone)
        self._before: Mapping[str, frozenset[str]] = {key: frozenset(near) for key, near in before.items()}
        self._after: Mapping[str, frozenset[str]] = {key: frozenset(near) for key, near in after.items()}

    def __call__(self, keys: Sequence[str], *, is_final: bool) -> list[int]:
        """Places of the words with which an entity may begin; in an interim that more words may follow."""
        begins: list[int] = []
        words = self._words
        if not words.issuperset(keys):
            begins = [at for at, key in enumerate(keys) if key not in words]
            begins = [at for at in begins if not self._is_plain(keys, at, is_final=is_final)]
            begins = _without_numbers(keys, begins, is_final=is_final)
            if "point" in keys:
                begins = [at for at in begins if not _is_decimal(keys, at)]
        if len(keys) <= ALONE and not self._alone.isdisjoint(keys):
            names = [at for at, key in enumerate(keys) if key in self._alone]
            begins = sorted({*begins, *(at for at in names if not self._is_plain(keys, at, is_final=is_final))})
        if "a" in keys or "i" in keys:
            letters = [at for at, key in enumerate(keys) if len(key) == 1 and _is_spelled(keys, at, is_final=is_final)]
            if letters:
                begins = sorted({*begins, *letters})
        return begins

    def _is_plain(self, keys: Sequence[str], at: int, *, is_final: bool) -> bool:
        """Whether none begins with this word beside that neighbour."""
        key = keys[at]
        if not key.isalpha():
            if key == OPAQUE or (len(key) > LONGEST_NUMBER and key.isdecimal()):
                return True
            key = figures_of(key)
        before, after = self._before.get(key, _NONE), self._after.get(key, _NONE)
        if before:
            if at + 1 < len(keys):
                if figures_of(keys[at + 1]) in before:
                    return True
            elif is_final and "" in before:
                return True
        return bool(after) and (figures_of(keys[at - 1]) if at else "") in after


def may_go_on(keys: Sequence[str], begins: Sequence[int]) -> list[int]:
    """Places of the words that an entity may begin or go on with."""
    out: list[int] = []
    for at, following in zip(begins, [*begins, len(keys)][1:], strict=True):
        out.append(at)
        out += [inside for inside in range(at + 1, min(following, at + INSIDE + 1)) if keys[inside] != OPAQUE]
    return out


def first_undecided(keys: Sequence[str], ahead: int) -> int:
    """The first word of an interim of which the words to come may say something, where `ahead` words are looked at."""
    first = max(0, len(keys) - ahead)
    while first > 0 and is_number(keys[first]) and is_number(keys[first - 1]):
        first -= 1  # what is behind numbers says what all of them are
    return first


def is_number(key: str) -> bool:
    """Whether it is a number, in figures or said."""
    return key.isdecimal() or bool(CLASSES.get(key, 0) & _NUMBERS)


def _without_numbers(keys: Sequence[str], begins: list[int], *, is_final: bool) -> list[int]:
    """Those that are no numbers, and numbers that may be a postcode or that stand beside a name or a street."""
    words = {at for at in begins if not is_number(keys[at])}
    if len(words) == len(begins):
        return begins
    count, reach = len(keys), -1
    kept = set(words)
    for at in begins:  # behind a name or a street, and numbers in a row with these
        if at in words:
            reach = at + INSIDE
        elif at <= reach or not _LEADS.isdisjoint(keys[max(0, at - LEAD_NEAR) : at]):
            kept.add(at)
            reach = at + 1
    behind, leads = -1, False  # of the number looked at last, from the right: numbers in a row stand before the same
    for at in reversed(begins):
        if at in words:
            continue
        if behind != at + 1:
            near = range(at + 1, min(count, at + 1 + STREET_NEAR))
            leads = any(word in words or keys[word] in STREETS for word in near)
            leads = leads or (not is_final and at + STREET_NEAR >= count)
        behind = at
        if leads or (len(keys[at]) in POSTCODES and keys[at].isdecimal()):
            kept.add(at)
    return sorted(kept)


def _is_decimal(keys: Sequence[str], at: int) -> bool:
    """Whether a number is a part of one: "seven point two"."""
    return is_number(keys[at]) and "point" in (keys[at - 1] if at else "", keys[at + 1] if at + 1 < len(keys) else "")


def _is_spelled(keys: Sequence[str], at: int, *, is_final: bool) -> bool:
    """Whether a letter may begin a name that is spelled: another one follows, or may follow."""
    return len(keys[at + 1]) == 1 if at + 1 < len(keys) else not is_final
