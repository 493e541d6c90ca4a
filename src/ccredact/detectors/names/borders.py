"""Borders of what the tagger found: where one name ends, and what is no name at all.

A span ends at a dash between names, at a bracket that it does not close, at a tag ("<unk>"). Words with which somebody
is addressed belong to nobody ("| Call | Imogen | back |"); an acronym, a word of the dictionary behind "a" or "no" and
numbers by themselves are nobody and nowhere. What was asked for, told or titled (`slots`) is left as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ccredact.lang.en.addresses import ADDRESS_WORDS, AT, BEFORE_HOUSE_NUMBERS, EACH, NOT_STREET_NAMES, UNIT_DESIGNATORS
from ccredact.lang.en.dates import FEASTS, HOLIDAY_ENDS
from ccredact.lang.en.names import DETERMINERS, I_MEAN, INTRODUCTIONS, LETTERS_OR_WORDS, MEAN, VERBS_OF_ADDRESS, VOWELS
from ccredact.lang.en.noise import NOISE
from ccredact.lang.en.words import CLASSES, FUNCTION, common_words
from ccredact.reasons import Reason
from ccredact.tagger.prefilter import ALONE, is_number
from ccredact.text.word_class import LETTER, MONTH, NATO, NUMERIC, ORDINAL
from ccredact.text.words import gaps_of
from ccredact.transcript import Span, make_span

if TYPE_CHECKING:
    from collections.abc import Container

    from ccredact.detectors.base import Context
    from ccredact.detectors.names.lexicon import NameLexicon
    from ccredact.detectors.names.utterance import UtteranceView

_DOUBTFUL: Final = frozenset({Reason.TAGGER, Reason.SAID_AGAIN})
"""Reasons of names that were not told."""
_MAY_SPLIT: Final = ("<", "[", "(", "{", ">", "]", ")", "}", " - ", "\u2013", "\u2014")
"""Where a text has one of these, a span may end."""
_SPLITS: Final = re.compile(r"[\u2013\u2014<>\[\](){}]|\s-+\s")
"""Between two words: a span ends there."""
_LETTERS: Final = 2
"""Letters that a recogniser runs together where a name is spelled: "l e w is"."""
_ACRONYM: Final = 5
"""Letters of an acronym, at most."""
_SHORT_ACRONYM: Final = 4
"""The same in lower case, without a vowel."""
_SHORT_THING: Final = 3
"""Letters of a thing that nothing makes a person."""
_COMPOUND: Final = 3
"""Letters of each part of a compound that is no name: "Wi-Fi"."""
_ENDS: Final = frozenset({".", "?", "!", ":"})
"""Marks that end a sentence."""
_LONG_WORD: Final = 4
"""Letters of a word that is no letter of a postcode as it was heard."""
_MOST_COUNTED: Final = 2
"""Figures of a number that says which of several things: "page 4"."""
_ZIP: Final = 5
"""Figures of a ZIP code."""
_STREET_WORDS: Final = 2
"""Words behind a number and "at" that are a street in any case."""
_STREET_NEAR: Final = 2
"""Words behind a number of which one is a word of an address: "1 tennis place"."""
_AROUND: Final = frozenset({"LOCATION", "POSTCODE"})
"""Parts of an address to which a number belongs."""
_NEAR: Final = 2
"""Words between a number and the place to which it belongs."""


def with_borders(view: UtteranceView, spans: list[Span], context: Context) -> list[Span]:
    """Return the spans of an utterance, each cut where a border stands in it."""
    if not spans or not (MEAN in view.keys or _may_split(view.text)):
        return spans
    gaps = gaps_of(view.text)
    out: list[Span] = []
    for span in spans:
        for number, (start, end) in enumerate(_parts(view, span, gaps)):
            entity = span.entity if number == 0 else context.new_entity()
            low, high = start + view.first_word, end + view.first_word
            out.append(make_span(low, high, span.label, span.score, entity, span.reason))
    return out


def _may_split(text: str) -> bool:
    """Return whether a span may end somewhere in a text: several looks for a mark cost less than one for a pattern."""
    for mark in _MAY_SPLIT:  # noqa: SIM110 - compiled, a generator costs more than all the looks
        if mark in text:
            return True
    return False


def _parts(view: UtteranceView, span: Span, gaps: list[str]) -> list[tuple[int, int]]:
    """Return the places `[start, end)` of the parts of a span between borders; a tag for a sound ends none of them."""
    keys = view.keys
    start, stop = span.start - view.first_word, span.end - view.first_word
    while stop > start and keys[stop - 1] == NOISE.filler:
        stop -= 1
    while start < stop and keys[start] == NOISE.filler:
        start += 1
    parts: list[tuple[int, int]] = []
    for at in range(start, stop):
        if at < start:
            continue
        if keys[at + 1 : at + 3] == I_MEAN and at + 3 < stop:  # "i d a | i i mean | ida"
            end = at + 1
            while end > start and keys[end - 1] == I_MEAN[0]:
                end -= 1
            parts += [(start, end)] if start < end else []
            start = at + 3
            continue
        ends = at + 1 < stop and NOISE.filler not in keys[at : at + 2] and _SPLITS.search(gaps[at + 1])
        if at + 1 == stop or ends:
            parts.append((start, at + 1))
            start = at + 1
    return parts


def without_words(view: UtteranceView, spans: list[Span], lexicon: NameLexicon, known: Container[str]) -> list[Span]:
    """Return the spans without words at the edges of names, and without names that are acronyms, compounds or words.

    Names that are `known` are some.
    """
    out: list[Span] = []
    for span in spans:
        start, end = span.start - view.first_word, span.end - view.first_word
        if span.label != "PERSON" or span.reason not in _DOUBTFUL:
            out.append(span)
            continue
        start, end = _without_address(view, start, end, lexicon)
        if any(key in known for key in view.keys[start:end]) or not _is_no_person(view, start, end, lexicon):
            out.append(view.resized(span, start, end))
    return out


def _without_address(view: UtteranceView, start: int, end: int, lexicon: NameLexicon) -> tuple[int, int]:
    """Return the places of a name without words at its edges with which somebody is addressed, or of a sentence."""
    keys = view.keys
    while end - start > 1 and not view.mark(start).strip(",") and not _is_spelled(keys, start, end):
        if _is_spelled(keys, start + 1, end):
            break  # "and r e a"
        if not (keys[start] in VERBS_OF_ADDRESS or _is_small(view, start, lexicon)):
            break
        start += 1
    while end - start > 1 and len(keys[end - 2]) > _LETTERS and len(keys[end - 1]) > 1:
        if not _is_small(view, end - 1, lexicon):
            break
        end -= 1
    return start, end


def _is_spelled(keys: list[str], start: int, end: int) -> bool:
    """Return whether a name begins with letters: no "i i mean Ida"."""
    letters: list[str] = []
    for key in keys[start:end]:
        if len(key) > 1:
            break
        letters.append(key)
    return len(letters) > 1 and not LETTERS_OR_WORDS.issuperset(letters)


def _is_small(view: UtteranceView, at: int, lexicon: NameLexicon) -> bool:
    """Return whether a word is one of every sentence, which few are named after."""
    key, form = view.keys[at], view.forms[at]
    return key in FUNCTION and (form[0].islower() or len(key) == 1) and not lexicon.is_often_named(key)


def _is_no_person(view: UtteranceView, start: int, end: int, lexicon: NameLexicon) -> bool:
    """Return whether the words of a name are none."""
    keys = view.keys
    if LETTERS_OR_WORDS.issuperset(keys[start:end]) and not _has_letter_beside(keys, start, end):
        return True
    if end - start == 1 and (_is_acronym(view, start, lexicon) or _is_thing(view, start, lexicon)):
        return True
    if end - start > 1 and start > 0 and all(_is_everyday(view, at, lexicon) for at in range(start, end)):
        return True
    if _is_date(keys, start, end) or _is_told_to_dial(view, start, end):
        return True
    return _is_compound(view, start, end)


def _has_letter_beside(keys: list[str], start: int, end: int) -> bool:
    """Return whether letters are some of several that are spelled: more than the pronoun said twice."""
    near = keys[max(0, start - 1) : start] + keys[end : end + 1]
    return any(len(key) == 1 and key not in LETTERS_OR_WORDS for key in near)


def _is_thing(view: UtteranceView, at: int, lexicon: NameLexicon) -> bool:
    """Return whether a short word that nobody is named after is a thing: "the sku", "it says npi on the card"."""
    keys, key = view.keys, view.keys[at]
    if not view.forms[at].islower() or lexicon.is_named(key):
        return False
    before = keys[at - 1] if at else ""
    if len(key) <= _SHORT_ACRONYM and before in DETERMINERS:
        return True
    return 1 < len(key) <= _SHORT_THING and len(keys) > ALONE and before not in INTRODUCTIONS


def _is_everyday(view: UtteranceView, at: int, lexicon: NameLexicon) -> bool:
    """Return whether a word of a name of several is one of the dictionary, without a capital: "sounds odd"."""
    key = view.keys[at]
    return view.forms[at].islower() and (key in FUNCTION or lexicon.is_everyday(key))


def _is_acronym(view: UtteranceView, at: int, lexicon: NameLexicon) -> bool:
    """Return whether a word is an acronym: no name, in capitals where others are not, or without a vowel."""
    form, key = view.forms[at], view.keys[at]
    if not key.isalpha() or len(key) == 1 or lexicon.is_named(key):
        return False
    letters = form[: len(key)]
    if letters.isupper():
        return len(key) <= _ACRONYM and view.has_case()
    return len(key) <= _SHORT_ACRONYM and VOWELS.isdisjoint(key)


def _is_date(keys: list[str], start: int, end: int) -> bool:
    """Return whether a name is a date, or the month of one: "Christmas Eve", "August | 10th"."""
    if keys[start] in FEASTS:
        return HOLIDAY_ENDS.issuperset(keys[start + 1 : end])
    if start and keys[start - 1] in FEASTS:
        return HOLIDAY_ENDS.issuperset(keys[start:end])
    if end - start > 1 or end == len(keys) or not CLASSES.get(keys[start], 0) & MONTH:
        return False
    return keys[end][0].isdecimal() or bool(CLASSES.get(keys[end], 0) & ORDINAL)


def _is_told_to_dial(view: UtteranceView, start: int, end: int) -> bool:
    """Return whether an everyday word begins a sentence before a number: "Call | 1300 10 4471"."""
    if end - start > 1 or end == len(view.keys) or view.keys[start] not in VERBS_OF_ADDRESS:
        return False
    begins = start == 0 or view.mark(start - 1) in _ENDS
    return begins and is_number(view.keys[end]) and not view.mark(start)


def _is_compound(view: UtteranceView, start: int, end: int) -> bool:
    """Return whether a name is a part of a word of short parts: "Wi-Fi"."""
    if "-" not in view.text:
        return False
    gaps = gaps_of(view.text)
    low, high = start, end
    while low > 0 and gaps[low] == "-":
        low -= 1
    while high < len(view.keys) and gaps[high] == "-":
        high += 1
    joined = high - low > 1 and all(gaps[at] == "-" for at in range(low + 1, high))
    return joined and all(1 < len(key) <= _COMPOUND for key in view.keys[low:high])


def without_numbers(view: UtteranceView, spans: list[Span], lexicon: NameLexicon, *, told: bool) -> list[Span]:
    """Return the spans without addresses that have no street, or are only words for one; `told`: one was asked for.

    "It closes at seven forty", "what's the house number"; beside a place or a postcode a number belongs to it.
    """
    out: list[Span] = []
    for number, span in enumerate(spans):
        if span.label == "POSTCODE" and span.reason is Reason.TAGGER and _is_no_postcode(view, span, lexicon):
            continue
        if span.label == "STREET_ADDRESS" and span.reason is Reason.TAGGER:
            start, end = span.start - view.first_word, span.end - view.first_word
            keys = view.keys[start:end]
            if all(key in BEFORE_HOUSE_NUMBERS or key in FUNCTION for key in keys):
                continue
            if (
                not told
                and not _has_street(view, start, end, lexicon)
                and not _has_place_near(view, spans, number, lexicon)
            ):
                continue
            before = spans[number - 1] if number else None
            if before is not None and before.label == "LOCATION" and before.end == span.start and _is_zip(keys):
                out.append(make_span(span.start, span.end, "POSTCODE", span.score, span.entity, span.reason))
                continue
        out.append(span)
    return out


def _has_street(view: UtteranceView, start: int, end: int, lexicon: NameLexicon) -> bool:
    """Return whether an address has a street or a unit: a name, or a word for one behind a name or before a number."""
    keys = view.keys
    if not any(map(is_number, keys[start:end])):
        return True  # it is a name
    if all(is_number(key) or key in FUNCTION for key in keys[start:end]):
        end = min(len(keys), end + _STREET_NEAR)  # "1 | tennis place"
    words = sum(not (is_number(key) or key in FUNCTION or key in NOT_STREET_NAMES) for key in keys[start:end])
    if words >= _STREET_WORDS and start and keys[start - 1] == AT:
        return True  # "at | 8 market passage"
    return any(_is_of_street(keys, at, lexicon) for at in range(start, end))


def _is_of_street(keys: list[str], at: int, lexicon: NameLexicon) -> bool:
    """Return whether a word is a street's, or a unit's before its number."""
    key, before = keys[at], keys[at - 1] if at else ""
    if key in ADDRESS_WORDS:
        return not (before in NOT_STREET_NAMES or before in DETERMINERS or before in EACH)
    if is_number(key) or len(key) == 1 or key in FUNCTION or key in NOT_STREET_NAMES:
        return False
    return lexicon.may_be_place(key) or (key in UNIT_DESIGNATORS and at + 1 < len(keys) and is_number(keys[at + 1]))


def _is_no_postcode(view: UtteranceView, span: Span, lexicon: NameLexicon) -> bool:
    """Return whether a postcode is a number of something, or the end of a decimal: "page 4", "4.242424"."""
    start, end = span.start - view.first_word, span.end - view.first_word
    keys = view.keys
    if start > 0 and is_number(keys[start - 1]) and is_number(keys[start]) and gaps_of(view.text)[start] == ".":
        return True
    if len("".join(keys[start:end]).lstrip("abcdefghijklmnopqrstuvwxyz")) > _MOST_COUNTED:
        return False
    words = [key for key in keys[start:end] if len(key) >= _LONG_WORD and key.isalpha()]
    words = [key for key in words if not CLASSES.get(key, 0) & (NATO | NUMERIC | LETTER)]
    return any(key in common_words() or lexicon.is_everyday(key) for key in words)


def _is_zip(keys: list[str]) -> bool:
    """Return whether a number alone is a ZIP code by its figures."""
    return len(keys) == 1 and keys[0].isdecimal() and len(keys[0]) == _ZIP


def _has_place_near(view: UtteranceView, spans: list[Span], number: int, lexicon: NameLexicon) -> bool:
    """Return whether a place, a postcode or a street stands near what may be a number of it."""
    span = spans[number]
    for other in spans[max(0, number - 1) : number + 2]:
        apart = max(other.start - span.end, span.start - other.end)
        if other is span or apart > _NEAR:
            continue
        start, end = other.start - view.first_word, other.end - view.first_word
        if other.label in _AROUND or (other.label == "STREET_ADDRESS" and _has_street(view, start, end, lexicon)):
            return True
    return False
