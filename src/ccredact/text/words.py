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
from typing import TYPE_CHECKING, Final

from ccredact.text.noise_tags import NoiseTags, may_hold_tags

if TYPE_CHECKING:
    import regex

_ASCII_WORD: Final = re.compile(r"([A-Za-z0-9]+(?:'[A-Za-z0-9]+)*)")
_ASCII: Final = "".join(char.lower() if char.isalnum() or char == "'" else " " for char in map(chr, range(128)))
"""Each ASCII character as it stands in a key; a space where it is part of none."""
_ASCII_BYTES: Final = _ASCII.encode().ljust(256)
"""The same for bytes, which are translated in a fifth of the time."""
_QUOTE: Final = re.compile(r"'(?:(?![A-Za-z0-9])|(?<![A-Za-z0-9]'))")
"""An apostrophe that is part of no word: it begins with the mark, so that other characters are passed quickly."""
_IN_WORDS: Final = re.compile(r"[A-Za-z0-9']+")
"""A word where every apostrophe is part of one."""
_CHINESE: Final = dict(zip("零〇一二三四五六七八九", "00123456789", strict=True))
_WHOLE: Final = 4
"""Figures of an unusual kind that are a number by themselves."""


@cache
def _any_word() -> regex.Pattern[str]:
    """Return the pattern of a word in any script."""
    import regex  # noqa: PLC0415 - most calls have ASCII alone, and need not wait for it

    return regex.compile(
        r"[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|\p{Cf}[\p{Cf}\p{M}]*[\p{L}\p{N}]|['\u2019\uff07][\p{L}\p{N}])*"
    )


def fold(word: str) -> str:
    """Return the key of a word."""
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


def keys_of(text: str, noise: NoiseTags) -> list[str]:
    """Return the keys of the words of `text`, in order."""
    if text.isascii():
        if text.isalnum():  # one word, as they come from a stream of words
            return [text.lower()]
        plain = text.encode().translate(_ASCII_BYTES).decode()
        keys = _ASCII_WORD.findall(plain) if "'" in plain and _QUOTE.search(plain) else plain.split()
    else:
        keys = [fold(word) for word in _any_word().findall(text)]
    if may_hold_tags(text):
        hush(text, keys, noise)
    return keys


def hush(text: str, words: list[str], noise: NoiseTags) -> None:
    """Put a filler in the place of each word that tells of a sound.

    `words` are all words of `text`, in any form.
    """
    tags = noise.ranges(text)
    if not tags:
        return
    at, offsets = 0, offsets_of(text)
    for start, end in tags:
        while offsets[at][0] < start:
            at += 1
        while at < len(offsets) and offsets[at][0] < end:
            words[at] = noise.filler
            at += 1


def offsets_of(text: str) -> list[tuple[int, int]]:
    """Return the character range of every word of `text`: as many as `keys_of` gives."""
    if text.isascii():
        if text.isalnum():
            return [(0, len(text))]
        pattern: re.Pattern[str] | regex.Pattern[str] = _ASCII_WORD
    else:
        pattern = _any_word()
    return [match.span() for match in pattern.finditer(text)]


def gaps_of(text: str) -> list[str]:
    """Return what stands before, between and after the words of `text`: one more than `keys_of` gives."""
    if text.isascii():
        if text.isalnum():
            return ["", ""]
        return _ASCII_WORD.split(text)[::2] if _QUOTE.search(text) else _IN_WORDS.split(text)
    at, gaps = 0, []
    for start, end in offsets_of(text):
        gaps.append(text[at:start])
        at = end
    return [*gaps, text[at:]]


class Words:
    """The words of one utterance: cut once, whoever asks for their ranges or for what stands between them."""

    __slots__ = ("_gaps", "_offsets", "keys", "text")

    def __init__(self, text: str, noise: NoiseTags) -> None:
        self.text = text
        self.keys = keys_of(text, noise)
        self._offsets: list[tuple[int, int]] | None = None
        self._gaps: list[str] | None = None

    @property
    def offsets(self) -> list[tuple[int, int]]:
        """Return the character range of every word."""
        if self._offsets is None:
            self._offsets = self._offsets_by_keys() if self._are_keys_said else offsets_of(self.text)
        return self._offsets

    def place(self) -> None:
        """Find the ranges: they will be asked for when these words are gone."""
        self._offsets = self.offsets

    @property
    def made_offsets(self) -> list[tuple[int, int]] | None:
        """Return the ranges if somebody has asked for them, else None."""
        return self._offsets

    @property
    def gaps(self) -> list[str]:
        """Return what stands before, between and after the words: one more than there are words."""
        if self._gaps is None:
            self._gaps = self._gaps_by_keys() if self._are_keys_said else gaps_of(self.text)
        return self._gaps

    @property
    def _are_keys_said(self) -> bool:
        """Return whether every key is its word in lower case; in brackets it may stand for a label or a sound.

        Then the words are where the keys are found, which no pattern does as fast.
        """
        return self.text.isascii() and not may_hold_tags(self.text)

    def _gaps_by_keys(self) -> list[str]:
        text, lower, at = self.text, self.text.lower(), 0
        gaps: list[str] = []
        for key in self.keys:
            start = lower.find(key, at)
            gaps.append(text[at:start])
            at = start + len(key)
        gaps.append(text[at:])
        return gaps

    def _offsets_by_keys(self) -> list[tuple[int, int]]:
        lower, at = self.text.lower(), 0
        offsets: list[tuple[int, int]] = []
        for key in self.keys:
            start = lower.find(key, at)
            at = start + len(key)
            offsets.append((start, at))
        return offsets


PLAIN: Final = 0
"""Between two words: white space or nothing."""
JOINED: Final = 1
"""A dash, a dot or a format character."""
BROKEN: Final = 2
"""Other punctuation."""
MONEY: Final = 3
"""A currency sign."""
CLOCK: Final = 4
"""A colon alone."""
SLASH: Final = 5
_SENTENCE_ENDS: Final = ".?!"


def gap_kind(gap: str) -> int:
    """Return the kind (`PLAIN` ... `SLASH`) of the text between two words."""
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


def is_glued(gap: str) -> bool:
    """Return whether a word is written in one with the word before it: "river~stone", "Summer_26"."""
    return bool(gap) and not any(map(str.isspace, gap))


def ends_sentence(gap: str) -> bool:
    """Return whether a gap between two words holds the end of a sentence."""
    return len(gap) > 1 and any(mark in gap for mark in _SENTENCE_ENDS)
