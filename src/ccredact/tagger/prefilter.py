"""Where in an utterance an entity may begin at all: for most words the network need not be asked.

A word with which no entity begins is *quiet*. Four things are known from training (`models/tagger/export.py`): everyday
words that are always quiet; everyday words that are quiet beside some neighbour ("will be", "great day", "2 hours");
which of the former are names too, and one where hardly anything else is said ("day", "it's long"); and that a number
begins an entity only where it may be a postcode, or stands beside a name or a word of an address. All of it is a matter
of the words of one utterance, so a stream and a finished call agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from sys import intern
from typing import Final

from ccredact.lang.en.addresses import ADDRESS_WORDS, DECIMAL_POINT, POSTCODE_WORDS
from ccredact.lang.en.disclosures import NO_COUNTS
from ccredact.lang.en.names import LETTERS_OR_WORDS
from ccredact.lang.en.words import CLASSES
from ccredact.tagger.architecture import RIGHT
from ccredact.tagger.features import zeroed
from ccredact.text.labels import OPAQUE
from ccredact.text.word_class import DAY, MAGNITUDE, MEASURE, MONTH, NUMERIC, ORDINAL, UNIT

INSIDE: Final = 2
"""Quiet words in a row that may stand inside an entity, at most."""
INSIDE_DISCLOSURE: Final = 3
"""The same for a disclosure: "pain *in the back of* my head"."""
STREET_NEAR: Final = 3
"""Words behind a number of which one is a name, or a word of an address, where it is the number of a house."""
ALONE: Final = 4
"""Words of an utterance, at most, in which an everyday word that is a name too may be one."""
POSTCODE_LENGTHS: Final = frozenset({5, 6})
"""Figures of a number that may be a postcode by itself."""
LONGEST_NUMBER: Final = 9
"""Figures of a number in an address or a postcode, at most: a ZIP code with its four more."""
LONGEST_FIGURES: Final = 5
"""Figures of a number in a disclosure, at most: an amount, a year; and of a code that ends in one."""
LONG_RUN: Final = 6
"""Numbers in a row that are no amount and no date: "ninety two forty ten fifty six"."""
LONG_DIGITS: Final = 4
"""The same where all of them are digits said one by one: "four two four two"."""
LONG_GROUP: Final = 4
"""Figures of a group of a long number: of these three in a row are no amount and no date, "4242 4242 4242 4241"."""
LONG_GROUPS: Final = 3
LONG_AMOUNT: Final = 9
"""The same with a magnitude among them: "two thousand one hundred seventy two ninety nine" is an amount."""
CUE_TURNS: Final = 4
"""Turns behind one with a cue in which a number or a date may still be of what was told: "and when was that"."""
LEAD_NEAR: Final = 3
"""Words before a number of which one is a word of an address, or for a postcode: "the zip code is"."""
_LEADS: Final = ADDRESS_WORDS | POSTCODE_WORDS
_NUMBERS: Final = NUMERIC | MAGNITUDE
_LATER: Final = _NUMBERS | DAY | MONTH | ORDINAL
"""Words with which an amount or a date begins."""
_NONE: Final[frozenset[str]] = frozenset()
_QUIET: Final = 1 << 0
"""What is known of a word, this and those below: no entity begins with it."""
_BESIDE: Final = 1 << 1
"""None does beside some neighbour."""
_OUTSIDE: Final = 1 << 2
"""It stands in no disclosure."""


_Near = dict[str, frozenset[str]]
"""Neighbours by word."""


def _sorted(items: Iterable[str]) -> tuple[set[str], _Near, _Near, set[str], set[str]]:
    """Return the words of some items: the quiet ones, those that are before and behind some words, "~", "!"."""
    before: defaultdict[str, set[str]] = defaultdict(set)
    behind: defaultdict[str, set[str]] = defaultdict(set)
    quiet: set[str] = set()
    others: set[str] = set()
    cues: set[str] = set()
    for item in items:
        if ">" in item:
            key, neighbour = item.split(">")
            before[key].add(neighbour)
        elif "<" in item:
            neighbour, key = item.split("<")
            behind[key].add(neighbour)
        elif item[:1] == "!":
            cues.add(item[1:])
        elif item[-1:] == "~":
            others.add(item[:-1])
        else:
            quiet.add(intern(item))  # one object in all tables: so more of them fit into the caches of a processor
    return quiet, _frozen(before), _frozen(behind), others, cues


def _frozen(near: Mapping[str, set[str]]) -> _Near:
    return {key: frozenset(words) for key, words in near.items()}


def _known(quiet: Iterable[str], before: _Near, behind: _Near, outside: Iterable[str]) -> dict[str, int]:
    """Return what is known of each word: one table, since each word is looked up."""
    known = dict.fromkeys([*quiet], _QUIET)  # of a set it is a slower table
    for words, bit in ((before, _BESIDE), (behind, _BESIDE), (outside, _OUTSIDE)):
        for key in words:
            known[key] = known.get(key, 0) | bit
    return known


class Prefilter:
    """Knows which words are quiet.

    It is made of items, in each of which figures are noughts: a quiet word ("moment"), one of these that is a name too
    ("day~"), a word that is quiet before a neighbour ("will>be"), one that is quiet behind a neighbour ("great<day").
    The neighbour is empty where the utterance ends, or begins, with the word.
    """

    __slots__ = ("_known", "_names", "_quiet_before", "_quiet_behind")

    def __init__(self, items: Iterable[str]) -> None:
        quiet, before, behind, names, _ = _sorted(items)
        self._known = _known(quiet, before, behind, _NONE)
        self._names = frozenset(names)
        self._quiet_before, self._quiet_behind = before, behind

    def starts(self, keys: list[str], *, is_final: bool) -> list[int]:
        """Return the places in `keys`, ascending, of words with which an entity may begin.

        `keys` are all words of an utterance; unless it is final, more may follow.
        """
        starts: list[int] = []
        known = self._known
        for at, key in enumerate(keys):
            found = known.get(key, 0)
            if found & _QUIET:
                continue
            if (found & _BESIDE or not key.isalpha()) and self._is_quiet_beside(keys, at, is_final=is_final):
                continue
            starts.append(at)
        if starts and _has_number(keys, starts):
            starts = _without_lone_numbers(keys, starts, is_final=is_final)
            if DECIMAL_POINT in keys:
                starts = [at for at in starts if not _is_decimal(keys, at)]
        if len(keys) <= ALONE and not self._names.isdisjoint(keys):
            names = [at for at, key in enumerate(keys) if key in self._names]
            starts = sorted({*starts, *(at for at in names if not self._is_quiet_beside(keys, at, is_final=is_final))})
        if not LETTERS_OR_WORDS.isdisjoint(keys):
            letters = [at for at, key in enumerate(keys) if len(key) == 1 and _is_spelled(keys, at, is_final=is_final)]
            if letters:
                starts = sorted({*starts, *letters})
        return starts

    def _is_quiet_beside(self, keys: list[str], at: int, *, is_final: bool) -> bool:
        """Return whether a word is quiet beside the neighbours that it has here."""
        key = keys[at]
        if key == OPAQUE or (len(key) > LONGEST_NUMBER and key.isdecimal()):
            return True
        key = zeroed(key)
        before = self._quiet_before.get(key)
        if before is not None:
            if at + 1 < len(keys):
                if zeroed(keys[at + 1]) in before:
                    return True
            elif is_final and "" in before:
                return True
        behind = self._quiet_behind.get(key)
        return behind is not None and (zeroed(keys[at - 1]) if at else "") in behind


def candidates(keys: list[str], starts: list[int]) -> list[int]:
    """Return the places of words with which an entity may begin (`starts`) or go on, ascending."""
    out: list[int] = []
    count = len(starts)
    for number, at in enumerate(starts):
        following = starts[number + 1] if number + 1 < count else len(keys)
        out.append(at)
        for inside in range(at + 1, min(following, at + INSIDE + 1)):
            if keys[inside] != OPAQUE:
                out.append(inside)  # noqa: PERF401 - compiled, a comprehension costs more for one or two
    return out


def first_undecided(keys: list[str], ahead: int) -> int:
    """Return the first place in an interim that words to come may change, for rules that look `ahead` words ahead."""
    first = max(0, len(keys) - ahead)
    while first > 0 and is_number(keys[first]) and is_number(keys[first - 1]):
        first -= 1  # what is behind numbers says what all of them are
    return first


def _tells_later(key: str) -> bool:
    """Return whether an amount or a date begins with a word; what counts nothing by itself is mostly a thing."""
    return key[:1].isdecimal() or (bool(CLASSES.get(key, 0) & _LATER) and key not in NO_COUNTS)


def is_number(key: str) -> bool:
    """Return whether a word is a number, in figures or said; "million" rather makes an amount of one."""
    classes = CLASSES.get(key, 0)
    if classes & _NUMBERS and not classes & MEASURE:
        return True
    return key.isdigit() and key.isdecimal()  # the first costs next to nothing, and most words are no figures


def _has_number(keys: list[str], starts: list[int]) -> bool:
    """Return whether one of the starts is a number."""
    for at in starts:  # noqa: SIM110 - compiled, a generator costs more
        if is_number(keys[at]):
            return True
    return False


def _without_lone_numbers(keys: list[str], starts: list[int], *, is_final: bool) -> list[int]:
    """Return the starts that are no numbers, or that may be a postcode or stand beside a name or an address word."""
    words = {at for at in starts if not is_number(keys[at])}
    count, reach = len(keys), -1
    kept = set(words)
    for at in starts:  # behind a name or a street, and numbers in a row with these
        if at in words:
            reach = at + INSIDE
        elif at <= reach or not _LEADS.isdisjoint(keys[max(0, at - LEAD_NEAR) : at]):
            kept.add(at)
            reach = at + 1
    behind, leads = -1, False  # of the number looked at last, from the right: numbers in a row stand before the same
    for at in reversed(starts):
        if at in words:
            continue
        if behind != at + 1:
            near = range(at + 1, min(count, at + 1 + STREET_NEAR))
            leads = any(word in words or keys[word] in ADDRESS_WORDS for word in near)
            leads = leads or (not is_final and at + STREET_NEAR >= count)
        behind = at
        if leads or (len(keys[at]) in POSTCODE_LENGTHS and keys[at].isdecimal()):
            kept.add(at)
    return sorted(kept)


def _without_long_numbers(keys: list[str], starts: list[int]) -> list[int]:
    """Return the starts that do not stand in a run of so many numbers that it is a phone's or a card's."""
    out: list[int] = []
    count, end, is_long = len(keys), 0, False  # `end`: of the run looked at last
    for at in starts:
        if at >= end and is_number(keys[at]):
            first, end = at, at + 1
            while first and is_number(keys[first - 1]):
                first -= 1
            while end < count and is_number(keys[end]):
                end += 1
            is_long = end - first >= LONG_GROUPS and end - first >= _longest(keys[first:end])
        if at >= end or not is_long:
            out.append(at)
    return out


def _longest(keys: list[str]) -> int:
    """Return from how many numbers in a row on they are no amount and no date."""
    longest = LONG_DIGITS
    if sum(len(key) >= LONG_GROUP and key.isdecimal() for key in keys) >= LONG_GROUPS:
        return LONG_GROUPS
    for key in keys:
        classes = CLASSES.get(key, 0)
        if classes & MAGNITUDE:
            return LONG_AMOUNT
        if not classes & UNIT:
            longest = LONG_RUN
    return longest


def _is_decimal(keys: list[str], at: int) -> bool:
    """Return whether a number is a part of a decimal: "seven point two"."""
    if not is_number(keys[at]):
        return False
    before, behind = keys[at - 1] if at else "", keys[at + 1] if at + 1 < len(keys) else ""
    return DECIMAL_POINT in (before, behind)


def _is_spelled(keys: list[str], at: int, *, is_final: bool) -> bool:
    """Return whether a letter may begin a name that is spelled: another one follows, or may follow."""
    return len(keys[at + 1]) == 1 if at + 1 < len(keys) else not is_final


class DisclosurePrefilter:
    """Knows with which words no disclosure begins: everyday words, some of them only beside a neighbour.

    Its items are those of `Prefilter`, but for names: "okay", "you>know", "the<way"; a word like "okay~" stands in no
    disclosure either. Where none of its *cues* ("!pain", "!ordered") was said in the turn before or in this one, up to
    here and `RIGHT` words on, nothing is disclosed but amounts and dates, for `CUE_TURNS` turns.
    """

    __slots__ = ("_cues", "_known", "_quiet_before", "_quiet_behind")

    def __init__(self, items: Iterable[str]) -> None:
        quiet, before, behind, outside, cues = _sorted(items)
        self._known = _known(quiet, before, behind, outside)
        self._cues = frozenset(cues)
        self._quiet_before, self._quiet_behind = before, behind

    def has_cue(self, keys: list[str]) -> bool:
        """Return whether one of the words is a cue."""
        return not self._cues.isdisjoint(keys)

    def starts(self, keys: list[str], *, since: int, is_final: bool) -> list[int]:
        """Return the places in `keys`, ascending, of words with which a disclosure may begin.

        `since`: how many turns ago a cue was said, 0 in this one. If more than one, only numbers and dates begin more
        than `RIGHT` words before the first cue of these words, and none if more than `CUE_TURNS`.
        """
        count, known = len(keys), self._known
        floor, later = 0, since <= CUE_TURNS
        if since > 1:
            floor = count if is_final else max(0, count - RIGHT)
            if self.has_cue(keys):
                floor = min(floor, next(at for at, key in enumerate(keys) if key in self._cues) - RIGHT)
        out: list[int] = []
        if floor >= count and not later:
            return out
        for at, key in enumerate(keys):
            found = known.get(key, 0)
            if found & _QUIET or key == OPAQUE or (len(key) > LONGEST_FIGURES and key[-1].isdecimal()):
                continue
            if at < floor and not (later and _tells_later(key)):
                continue
            if found & _BESIDE and self._is_quiet_beside(keys, at, is_final=is_final):
                continue
            out.append(at)
        return _without_long_numbers(keys, out) if out and count >= LONG_GROUPS else out

    def _is_quiet_beside(self, keys: list[str], at: int, *, is_final: bool) -> bool:
        """Return whether a word is quiet beside the neighbours that it has here."""
        key = keys[at]
        before = self._quiet_before.get(key, _NONE)
        if before and (keys[at + 1] in before if at + 1 < len(keys) else is_final and "" in before):
            return True
        behind = self._quiet_behind.get(key, _NONE)
        return bool(behind) and (keys[at - 1] if at else "") in behind

    def candidates(self, keys: list[str], starts: list[int]) -> list[int]:
        """Return the places of words with which a disclosure may begin (`starts`) or go on, ascending."""
        out: list[int] = []
        known, count = self._known, len(starts)
        for number, at in enumerate(starts):
            following = starts[number + 1] if number + 1 < count else len(keys)
            out.append(at)
            for inside in range(at + 1, min(following, at + INSIDE_DISCLOSURE + 1)):
                if known.get(keys[inside], 0) & _OUTSIDE or keys[inside] == OPAQUE:
                    break
                out.append(inside)
        return out
