"""What the tagger sees of a word: rows of one table of weights, summed.

A *form* is a word as it was written, with the mark that stands right behind it ("Anna,"). Training and run time share
this module, so that what was learned about a form is what is looked up. Letters with marks are looked up as plain ones:
a recogniser of English writes none, and a typist some ("José", "Jose"). Rows are found by hashing (CRC-32, the same on
every machine): a name that was never seen still has its first letters, its last letters and its trigrams.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol
from zlib import crc32

from ccredact.lang.en.names import POSSESSIVE
from ccredact.lang.en.noise import NOISE
from ccredact.text.noise_tags import may_hold_tags
from ccredact.text.words import fold, hush

if TYPE_CHECKING:
    import regex

_ASCII_FORM: Final = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*[^A-Za-z0-9\s]?")
_zeroed: Final = partial(re.compile(r"\d").sub, "0")
"""Returns a text with every figure a nought."""
_NOUGHTS: Final = bytes.maketrans(b"123456789", b"000000000")
"""The same for the bytes of an ASCII text."""

GIVEN: Final = 1 << 0
"""Bits of a lexicon entry, this and those below: a given name."""
GIVEN_OFTEN: Final = 1 << 1
"""Many people have it as a given name."""
FAMILY: Final = 1 << 2
"""A surname."""
FAMILY_OFTEN: Final = 1 << 3
"""Many people have it as a surname."""
CITY: Final = 1 << 4
CITY_BIG: Final = 1 << 5
REGION: Final = 1 << 6
"""A country, a state or a county."""
EVERYDAY: Final = 1 << 7
"""One of `ccredact.lang.en.words.common_words`."""
STREET: Final = 1 << 8
"""One of `ccredact.lang.en.addresses.ADDRESS_WORDS`."""
COMPANY: Final = 1 << 9
"""A word that companies have in their names."""
DICTIONARY: Final = 1 << 10
"""A word of the dictionary."""
CONDITION: Final = 1 << 11
"""A word of conditions and symptoms."""
DRUG: Final = 1 << 12
"""A word of medications."""
PROCEDURE: Final = 1 << 13
"""A word of tests, operations and devices."""
KIN: Final = 1 << 14
"""A word for a relation or a status."""
GOODS: Final = 1 << 15
"""A word of what is bought."""
NAMED: Final = GIVEN | FAMILY | CITY | REGION
"""Somebody or some place is named so."""
NOT_A_PERSON: Final = EVERYDAY | DICTIONARY | CITY_BIG | REGION | STREET | COMPANY
"""It may be something else than a person's name."""

WORD_ROWS: Final = 16384
"""Rows for the hash of a whole word; each word has two of them."""
AFFIX_ROWS: Final = 6144
"""Rows for the hashes of first and last letters."""
TRIGRAM_ROWS: Final = 6144
"""Rows for the hashes of three letters."""
SHAPE_ROWS: Final = 64
"""Rows for case, length and the mark behind."""
BIT_ROWS: Final = 16
"""Rows for the bits of a lexicon entry."""
_FIRST_AFFIX: Final = WORD_ROWS
_FIRST_TRIGRAM: Final = _FIRST_AFFIX + AFFIX_ROWS
_FIRST_SHAPE: Final = _FIRST_TRIGRAM + TRIGRAM_ROWS
FIRST_BIT: Final = _FIRST_SHAPE + SHAPE_ROWS
TURN_ROW: Final = FIRST_BIT + BIT_ROWS
UTTERANCE_ROW: Final = TURN_ROW + 1
ROWS: Final = UTTERANCE_ROW + 1
"""Rows of the table. Which row is whose is fixed by the weights."""

TURN_SEPARATOR: Final = ""
"""Stands between two turns, as a form."""
UTTERANCE_SEPARATOR: Final = "\n"
"""Stands between two utterances of one turn, as a form."""
SEPARATOR_ROWS: Final[Mapping[str, int]] = MappingProxyType(
    {TURN_SEPARATOR: TURN_ROW, UTTERANCE_SEPARATOR: UTTERANCE_ROW}
)

_LENGTH_SHAPES: Final = 16
"""Where among the rows of shapes those of length begin."""
_MARK_SHAPES: Final = 32
"""Where those of marks begin."""
_POSSESSIVE_SHAPE: Final = 40
"""The one of a possessive."""
_MARKS: Final = {
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
_OTHER_MARK: Final = 6
_INSIDE: Final = frozenset({"Mn", "Mc", "Me", "Cc", "Cf", "Co", "Cn"})
"""Categories of characters with which a word may end. Half of a surrogate pair is none: it is left of a cut sign."""
_MOST_TRIGRAMS: Final = 14
_PLAIN_LETTERS: Final = str.maketrans(
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
    """Return the pattern of a form in any script."""
    import regex  # noqa: PLC0415 - as in `fold`

    return regex.compile(
        r"[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|\p{Cf}[\p{Cf}\p{M}]*[\p{L}\p{N}]|['\u2019\uff07][\p{L}\p{N}])*[^\p{L}\p{N}\p{M}\p{Cf}\s]?"
    )


def forms_of(text: str) -> list[str]:
    """Return the forms of the words of `text`, every figure a nought: as many as `keys_of` gives keys."""
    if text.isascii():
        text = text.encode().translate(_NOUGHTS).decode()
        forms: list[str] = []
        for piece in text.split():
            if piece.isalnum() or piece[:-1].isalnum():
                forms.append(piece)  # most are one form: no pattern need look at them
            else:
                forms += _ASCII_FORM.findall(piece)
    else:
        text = _zeroed(text)
        forms = _any_form().findall(text)
    if may_hold_tags(text):
        hush(text, forms, NOISE)
    return forms


def zeroed(key: str) -> str:
    """Return a key with every figure a nought."""
    if key.isalpha():
        return key
    return key.encode().translate(_NOUGHTS).decode() if key.isascii() else _zeroed(key)


def split_form(form: str) -> tuple[str, str]:
    """Return a form's word, and the mark behind it or ""."""
    last = form[-1]
    if last.isalnum() or not (last.isascii() or unicodedata.category(last) not in _INSIDE):
        return form, ""
    return form[:-1], last


def plain_letters(key: str) -> str:
    """Return a key without the marks on its letters."""
    if key.isascii():
        return key
    return "".join(char for char in unicodedata.normalize("NFD", key) if not unicodedata.combining(char)).translate(
        _PLAIN_LETTERS
    )


def lexicon_hash(key: str) -> int:
    """Return the hash under which a lexicon keeps a key: 32 bits."""
    return crc32(key.encode())


def shapes_of(word: str, mark: str, key: str) -> list[int]:
    """Return the rows of case, of length and of the mark."""
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
    length = _LENGTH_SHAPES + min(len(key), 12)
    behind = _MARK_SHAPES + (_MARKS.get(mark, _OTHER_MARK) if mark else 0)
    return [_FIRST_SHAPE + case, _FIRST_SHAPE + length, _FIRST_SHAPE + behind]


class Lexicon(Protocol):
    """Bits by hash: a dict, or what the weights hold."""

    def get(self, key: int, default: int, /) -> int:
        """Return the bits of a hash, `default` where it is not in the lexicon."""


def rows_of(form: str, lexicon: Lexicon, seen: int) -> list[int]:
    """Return the rows of a form, each in `[0, ROWS)`, in any order; their sum is what the network sees of it.

    `seen` are the bits of the lexicon that it sees.
    """
    word, mark = split_form(form)
    key = fold(word)
    rows = shapes_of(word, mark, key)
    key = plain_letters(key)
    if key.endswith(POSSESSIVE) and len(key) > 3:
        key = key[:-2]
        rows.append(_FIRST_SHAPE + _POSSESSIVE_SHAPE)
    hashed = crc32(key.encode())
    rows += (hashed % WORD_ROWS, (hashed >> 16) * 31 % WORD_ROWS)
    for size in (1, 2, 3):
        if len(key) >= size:
            rows.append(_FIRST_AFFIX + crc32(f"^{key[:size]}".encode()) % AFFIX_ROWS)
            rows.append(_FIRST_AFFIX + crc32(f"{key[-size:]}$".encode()) % AFFIX_ROWS)
    rows.append(_FIRST_AFFIX + crc32(f"{key[-4:]}$$".encode()) % AFFIX_ROWS)
    edged = f"^{key}$"
    for at in range(min(len(edged) - 2, _MOST_TRIGRAMS)):
        rows.append(_FIRST_TRIGRAM + crc32(edged[at : at + 3].encode()) % TRIGRAM_ROWS)
    bits = lexicon.get(hashed, 0) & seen
    bit = 0
    while bits:
        if bits & 1:
            rows.append(FIRST_BIT + bit)
        bits >>= 1
        bit += 1
    return rows
