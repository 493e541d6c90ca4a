"""What the tagger sees of a word: rows of one table of weights, summed.

A *form* is a word as it was written with the mark that stands right behind it ("Anna,"). Training and run time share
this module, so that what was learned about a form is what is looked up. Letters with marks are looked up as plain ones:
a recogniser of English writes none, and a typist some ("José", "Jose"). Rows are found by hashing (CRC-32, the same on
every machine): a name that was never seen still has its first letters, its last letters and its trigrams.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, partial
from typing import TYPE_CHECKING, Protocol
from zlib import crc32

from ccredact.lang.en.noise import NOISE
from ccredact.text.noise_tags import may_hold_tags
from ccredact.text.words import fold, hush

if TYPE_CHECKING:
    import regex

_ASCII_FORM = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*[^A-Za-z0-9\s]?")
_NOUGHTS = partial(re.compile(r"\d").sub, "0")

WORDS, AFFIXES, TRIGRAMS = 16384, 6144, 6144
"""Rows of each kind of hashed feature."""
SHAPES = 64
BITS = 16
"""Bits of a lexicon entry, each with a row of its own."""
GIVEN, GIVEN_OFTEN, FAMILY, FAMILY_OFTEN, CITY, CITY_BIG, REGION, EVERYDAY, STREET, COMPANY, DICTIONARY = (
    1 << n for n in range(11)
)
"""Those bits: what a lexicon says of a word."""
NAMED = GIVEN | FAMILY | CITY | REGION
NO_NAME = EVERYDAY | DICTIONARY | CITY_BIG | REGION | STREET | COMPANY
"""Of a word that may be something else than a name of a person."""
_AFFIX_AT = WORDS
_TRIGRAM_AT = _AFFIX_AT + AFFIXES
SHAPE_AT = _TRIGRAM_AT + TRIGRAMS
BIT_AT = SHAPE_AT + SHAPES
TURN = BIT_AT + BITS
BREAK = TURN + 1
ROWS = BREAK + 1

TURN_MARK, BREAK_MARK = "", "\n"
"""Stand between two turns, and between two utterances of one turn, as forms."""
MARKS = {TURN_MARK: TURN, BREAK_MARK: BREAK}
"""The row of each."""

_MARKS = {
    ",": 1,
    ".": 2,
    "?": 2,
    "!": 2,
    ";": 2,
    "-": 3,
    "\u2013": 3,
    "\u2014": 3,
    ":": 4,
    "'": 5,
    '"': 5,
    "\u2019": 5,
    "\u201d": 5,
}
_OTHER_MARK = 6
_INSIDE = frozenset({"Mn", "Mc", "Me", "Cc", "Cf", "Co", "Cn"})
"""Categories of characters with which a word may end. Half of a surrogate pair is none: it is left of a cut sign."""
_MOST_TRIGRAMS = 14
_PLAIN = str.maketrans(
    {
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ŋ": "n",
        "\u0131": "i",
        "ə": "a",
    }
)
"""Latin letters that no normal form takes apart."""


@cache
def _any_form() -> regex.Pattern[str]:
    """A form in any script."""
    import regex  # noqa: PLC0415 - as in `fold`

    return regex.compile(
        r"[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|\p{Cf}[\p{Cf}\p{M}]*[\p{L}\p{N}]|['\u2019\uff07][\p{L}\p{N}])*[^\p{L}\p{N}\p{M}\p{Cf}\s]?"
    )


def forms_of(text: str) -> list[str]:
    """The forms of the words of `text`, every figure a nought: as many as `keys_of` gives keys."""
    text = _NOUGHTS(text)
    forms: list[str] = (_ASCII_FORM if text.isascii() else _any_form()).findall(text)
    if may_hold_tags(text):
        hush(text, forms, NOISE)
    return forms


def figures_of(key: str) -> str:
    """A key with every figure a nought."""
    return key if key.isalpha() else _NOUGHTS(key)


def split_form(form: str) -> tuple[str, str]:
    """A form's word and the mark behind it."""
    last = form[-1]
    if last.isalnum() or not (last.isascii() or unicodedata.category(last) not in _INSIDE):
        return form, ""
    return form[:-1], last


def plain_letters(key: str) -> str:
    """A key without the marks on its letters."""
    if key.isascii():
        return key
    return "".join(char for char in unicodedata.normalize("NFD", key) if not unicodedata.combining(char)).translate(
        _PLAIN
    )


def lexicon_hash(key: str) -> int:
    """Under which number a lexicon keeps a key."""
    return crc32(key.encode())


def shapes_of(word: str, mark: str, key: str) -> list[int]:
    """The rows of case, of length and of the mark."""
    if key.isdecimal():
        case = 6 + min(len(key), 8)  # 7-14
    elif any(map(str.isdecimal, key)):
        case = 5
    elif word.islower():
        case = 0
    elif len(word) == 1:
        case = 1
    elif word.isupper():
        case = 2
    elif word[0].isupper() and word[1:].islower():
        case = 3
    else:
        case = 4
    length = 16 + min(len(key), 12)
    return [SHAPE_AT + case, SHAPE_AT + length, SHAPE_AT + 32 + (_MARKS.get(mark, _OTHER_MARK) if mark else 0)]


class Lexicon(Protocol):
    """Bits by hash: a dict, or what the weights hold."""

    def get(self, key: int, default: int, /) -> int:
        """The bits of a hash."""


def rows_of(form: str, lexicon: Lexicon) -> list[int]:
    """The rows of a form, in any order; their sum is what the network sees of it."""
    word, mark = split_form(form)
    key = fold(word)
    rows = shapes_of(word, mark, key)
    key = plain_letters(key)
    if key.endswith("'s") and len(key) > 3:
        key = key[:-2]
        rows.append(SHAPE_AT + 40)
    hashed = crc32(key.encode())
    rows += (hashed % WORDS, (hashed >> 16) * 31 % WORDS)
    for size in (1, 2, 3):
        if len(key) >= size:
            rows.append(_AFFIX_AT + crc32(f"^{key[:size]}".encode()) % AFFIXES)
            rows.append(_AFFIX_AT + crc32(f"{key[-size:]}$".encode()) % AFFIXES)
    rows.append(_AFFIX_AT + crc32(f"{key[-4:]}$$".encode()) % AFFIXES)
    edged = f"^{key}$"
    for at in range(min(len(edged) - 2, _MOST_TRIGRAMS)):
        rows.append(_TRIGRAM_AT + crc32(edged[at : at + 3].encode()) % TRIGRAMS)
    known = lexicon.get(hashed, 0)
    bit = 0
    while known:
        if known & 1:
            rows.append(BIT_AT + bit)
        known >>= 1
        bit += 1
    return rows
