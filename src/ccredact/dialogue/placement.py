"""How a number stands among the words of its turn: led into or inside a sentence, alone or with more behind it."""

from __future__ import annotations

from typing import Final

from ccredact.lang.en.identifiers import (
    ACKNOWLEDGEMENTS,
    BEFORE_AMOUNTS,
    BEFORE_END,
    BEGINS_QUESTION,
    BEHIND_DIGITS,
    BEHIND_ONE,
    BINDING,
    BINDING_PAIRS,
    CLOSINGS,
    COPULAS,
    COUNTED_BEHIND,
    FOR,
    GOES_ON_AS_NOUN,
    LEAD_PAIRS,
    NO_PLURAL_ENDS,
    NO_PLURALS,
    OF_PERSONS,
    OF_SUBJECTS,
    PREPOSITIONS,
    TO,
)
from ccredact.lang.en.words import CLASSES, FUNCTION, POSSESSIVE
from ccredact.text import word_class as wc
from ccredact.text.token import Token

EARLY: Final = 5
"""Words of a turn among which an answer begins that is all of it: "here we go, four"."""
TOLD: Final = 8
"""Words of a turn among which the next piece of an answer stands, whatever is said around it."""
TOLD_TURNS: Final = 3
"""Turns behind a question in which its answer begins so."""
UNMARKED: Final = 14
"""Words behind the question, or the last piece, where the speakers are not told apart: the other one says something."""
MARKS: Final = frozenset(".,;?!")
"""Punctuation that ends a clause."""
_LEADING: Final = wc.LEADING | wc.PLUS
_SENTENCE_WORDS: Final = (FUNCTION | BEGINS_QUESTION) - GOES_ON_AS_NOUN - PREPOSITIONS
_BOUND: Final = BEFORE_AMOUNTS | BINDING
_PLURAL_LETTERS: Final = 4


def leads(last: str) -> bool:
    """Return whether a word leads into a number, "" for none before it: "it's", "and then", "the last bit's"."""
    if last in GOES_ON_AS_NOUN or last in OF_PERSONS:
        return False  # "a family of 42", "he's nine"
    return not last or last in COPULAS or bool(CLASSES.get(last, 0) & _LEADING) or last.endswith(POSSESSIVE)


def binds(last: str) -> bool:
    """Return whether the word before a number makes it another one: "in 2021", "press 2", "at ten"."""
    return last in _BOUND


def ends_there(token: Token | None, first_filler: str, *, begun: bool = False) -> bool:
    """Return whether nothing of the same sentence follows a number; `begun`: it may be the last piece of an answer.

    `token` is the word that ended it, None when its turn is over; `first_filler` the word right behind it where that is
    another one, "" where it is not.
    """
    if first_filler and first_filler in BEFORE_END:
        return begun
    if first_filler:
        return first_filler not in GOES_ON_AS_NOUN and bool(CLASSES.get(first_filler, 0) & _LEADING)
    if token is None or not MARKS.isdisjoint(token.gap):
        return True
    if token.key in BEFORE_END:
        return begun
    if token.speaker is None and token.key in ACKNOWLEDGEMENTS:
        return True
    return token.key in CLOSINGS or (bool(token.classes & _LEADING) and token.key not in GOES_ON_AS_NOUN)


def may_be_formatted(token: Token | None, first_filler: str, *, begun: bool = False) -> bool:
    """Return whether digits that are written as money or a time may be those of an answer, by the words behind them.

    A recogniser writes any number so. They are an answer unless the sentence goes on behind them, or says something of
    them: "$500 was taken". The arguments are as for `ends_there`.
    """
    behind = key_behind(token, first_filler)
    if token is None or behind in {TO, FOR}:
        return True  # "8 to finish", "17:34 for savings"
    if MARKS.isdisjoint(token.gap) and behind in OF_SUBJECTS:
        return False
    return begins_sentence(token, first_filler) or ends_there(token, first_filler, begun=begun)


def key_behind(token: Token | None, first_filler: str) -> str:
    """Return the word behind a number, "" for none; the arguments are as for `ends_there`."""
    return first_filler or ("" if token is None else token.key)


def is_free(before: tuple[str, ...], token: Token | None, first_filler: str) -> bool:
    """Return whether a number belongs to no other noun of its sentence, wherever it stands there: "next up is four".

    `before` are the words before it; `token` and `first_filler` are as for `ends_there`.
    """
    if before[-2:] in BINDING_PAIRS or (before and binds(before[-1]) and before[-2:] not in LEAD_PAIRS):
        return False
    return not is_counted(token, first_filler)


def is_counted(token: Token | None, first_filler: str) -> bool:
    """Return whether the word behind a number is what it counts or measures: "two cards", "four of us", "ten to"."""
    if token is None or not MARKS.isdisjoint(token.gap):
        return False
    key = key_behind(token, first_filler)
    classes = CLASSES.get(key, 0) if first_filler else token.classes
    if key in COUNTED_BEHIND or classes & (wc.MEASURE | wc.MONTH | wc.LABEL):
        return True
    plural = len(key) >= _PLURAL_LETTERS and key.endswith("s") and not key.endswith(NO_PLURAL_ENDS)
    return plural and key not in FUNCTION and key not in NO_PLURALS


def may_be_digit_one(behind: str) -> bool:
    """Return whether a "one" may be a digit by the word behind it, "" for none: not "one jacket", "one moment"."""
    return not behind or (behind not in BEHIND_ONE and (behind in FUNCTION or behind in BEHIND_DIGITS))


def begins_sentence(token: Token, first_filler: str = "") -> bool:
    """Return whether another sentence may begin with the word behind a number: "four | my glasses are ...".

    The arguments are as for `ends_there`.
    """
    return (first_filler or token.key) in _SENTENCE_WORDS
