"""From a transcript's characters to word keys, without moving a single offset.

A *word* is a run of letters and digits; format characters (zero-width joiners and the like) inside it belong to
it, apostrophes too when letters stand on both sides. A word's *key* is what the tables are asked for: lower case,
every Unicode decimal digit as its ASCII digit, full-width letters as plain ones, format characters gone. Circled,
superscript and Chinese figures stay what they are, unless a word is nothing but four of them and more: then they are a
number that someone wrote so. A tag that tells of a sound ("[noise]") is a filler.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from ccredact.text.noise_tags import KEY, may_hold_sounds, sounds_in

if TYPE_CHECKING:
    import regex

_ASCII_WORD = re.compile(r"([A-Za-z0-9]+(?:'[A-Za-z0-9]+)*)")
_ASCII = "".join(char.lower() if char.isalnum() or char == "'" else " " for char in map(chr, range(128)))
"""Each ASCII character as it stands in a key; a space where it is part of none."""
_QUOTE = re.compile(r"'(?:(?![A-Za-z0-9])|(?<![A-Za-z0-9]'))")
"""An apostrophe that is part of no word: it begins with the mark, so that other characters are passed quickly."""
_IN_WORDS = re.compile(r"[A-Za-z0-9']+")
"""A word where every apostrophe is part of one."""
_CHINESE = dict(zip("零〇一二三四五六七八九", "00123456789", strict=True))
_WHOLE = 4
"""Figures of an unusual kind that are a number by themselves."""


@cache
def _words() -> regex.Pattern[str]:
    """A word in any script."""
    import regex  # noqa: PLC0415 - most calls have ASCII alone, and need not wait for it

    return regex.compile(
        r"[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|\p{Cf}[\p{Cf}\p{M}]*[\p{L}\p{N}]|['\u2019\uff07][\p{L}\p{N}])*"
    )


def fold(word: str) -> str:
    """The key of a word."""
    if word.isascii():
        return word.lower()
    out = []
    for char in word:
        kind = unicodedata.category(char)
        if kind == "Nd":
            out.append(str(unicodedata.decimal(char)))
        elif kind == "Cf":
            continue
        elif char in "\u2019\uff07":
            out.append("'")
        elif kind[0] == "L":
            out.append(unicodedata.normalize("NFKC", char).casefold())
        else:
            out.append(char)
    key = "".join(out)
    if len(key) >= _WHOLE and all(char in _CHINESE or unicodedata.category(char) == "No" for char in key):
        figures = [_CHINESE.get(char) or str(unicodedata.digit(char, "")) for char in key]
        return "".join(figures) if all(figures) else key
    if key.isdecimal() or not any(map(str.isdecimal, key)):
        return key
    bare = "".join(char for char in key if not unicodedata.category(char).startswith("M"))
    return bare if bare.isdecimal() else key  # a mark on a figure leaves it a figure


def keys_of(text: str) -> list[str]:
    """The keys of the words of `text`, in order."""
    if text.isascii():
        if text.isalnum():  # one word, as they come from a stream of words
            return [text.lower()]
        plain = text.translate(_ASCII)
        keys = _ASCII_WORD.findall(plain) if "'" in plain and _QUOTE.search(plain) else plain.split()
    else:
        keys = [fold(word) for word in _words().findall(text)]
    if may_hold_sounds(text):
        hush(text, keys)
    return keys


def hush(text: str, words: list[str]) -> None:
    """Put a filler in the place of each word that tells of a sound; `words` are all words of `text`, in any form."""
    sounds = sounds_in(text)
    if not sounds:
        return
    at, offsets = 0, offsets_of(text)
    for start, end in sounds:
        while offsets[at][0] < start:
            at += 1
        while at < len(offsets) and offsets[at][0] < end:
            words[at] = KEY
            at += 1


def offsets_of(text: str) -> list[tuple[int, int]]:
    """The character range of every word of `text`: as many as `keys_of` gives."""
    if text.isascii():
        if text.isalnum():
            return [(0, len(text))]
        pattern: re.Pattern[str] | regex.Pattern[str] = _ASCII_WORD
    else:
        pattern = _words()
    return [match.span() for match in pattern.finditer(text)]


def gaps_of(text: str) -> list[str]:
    """What stands before, between and after the words of `text`: one more than `keys_of` gives."""
    if text.isascii():
        if text.isalnum():
            return ["", ""]
        return _ASCII_WORD.split(text)[::2] if _QUOTE.search(text) else _IN_WORDS.split(text)
    at, gaps = 0, []
    for start, end in offsets_of(text):
        gaps.append(text[at:start])
        at = end
    return [*gaps, text[at:]]


PLAIN, JOINED, BROKEN, MONEY, CLOCK, SLASH = range(6)
"""What stands between two words: a space; a dash, dot or format character; other punctuation; a currency sign;
a colon; a slash."""


def gap_kind(gap: str) -> int:
    """Classify the text between two words (`PLAIN` ... `SLASH`)."""
    if gap in (" ", ""):
        return PLAIN
    kind = PLAIN
    for char in gap:
        if char.isspace():
            continue
        category = unicodedata.category(char)
        if category == "Sc":
            return MONEY
        if char == ":":
            kind = max(kind, CLOCK) if len(gap) == 1 else max(kind, BROKEN)
        elif char in "/\u2044\u2215":
            kind = max(kind, SLASH)
        elif category in {"Pd", "Cf"} or char in "-.\u2212\u00b7\u30fb":
            kind = max(kind, JOINED)
        else:
            kind = max(kind, BROKEN)
    return kind
