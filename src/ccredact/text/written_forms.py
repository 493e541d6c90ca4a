"""What is only written, never said: e-mail, web, IP and MAC addresses, found in the text of an utterance.

None of them has a space in it, so that no cut between words goes through one.
"""

from __future__ import annotations

import ipaddress
import re
from bisect import bisect_left
from collections.abc import Set as AbstractSet
from typing import Final

from ccredact.text.words import Words

_SIGN: Final = re.compile(
    r"[@.:-](?:(?<=@)|(?<=:)//|(?<=::)|(?<=:)[\da-f]+:|(?<=www\.)|(?<=\w\.)[a-z]{2}|(?<=\d\.)\d{1,3}\.\d|"
    r"(?<=[\da-f]{2}[:-])[\da-f]{2}[:-])",
    re.IGNORECASE,
)
"""A mark, with what stands around it: it begins with the mark, so that other characters are passed quickly."""

_TLDS: Final = (
    "com|net|org|edu|gov|mil|int|info|biz|io|co|ai|app|dev|tv|uk|ca|au|nz|ie|de|fr|nl|ch|se|dk|fi|pl|cz|pt|gr|hu|ro|jp|"
    "cn|br|mx|za|eu|online|shop|site|xyz"
)
"""Ends of a bare domain name: not those that are words ("thanks.no", "call me.at")."""
_MORE_TLDS: Final = "me|museum|travel|mobi|club|store|tech|blog|cloud|link|name"
"""Ends of such a name that are words: only behind one that is none ("jsmith.me", not "call me.me")."""
_BARE: Final = re.compile(rf"(?<![\w@.-])(?:[a-z0-9-]{{1,63}}\.){{1,8}}(?:{_MORE_TLDS})(?![\w-]|\.\w)")
_FORMS: Final = (
    ("EMAIL_ADDRESS", "@", re.compile(r"[\w.+%'*-]{1,64}@(?!\d{1,2}(?![\w.-]))(?:[\w*-]{1,63}\.){0,8}[\w*-]{1,63}")),
    ("URL", "", re.compile(r"(?:[a-z][a-z0-9+.-]{0,15}://|www\.)[^\s<>\"()\[\]]+", re.IGNORECASE)),
    ("IP_ADDRESS", ".", re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2})?(?![\w.]*\w)")),
    ("MAC_ADDRESS", "", re.compile(r"(?<!\w)[\da-f]{2}([:-])(?:[\da-f]{2}\1){4}[\da-f]{2}(?!\w)", re.IGNORECASE)),
    (
        "IP_ADDRESS",
        ":",
        re.compile(r"(?<![\w:])(?:[\da-f]{0,4}:){2,7}[\da-f]{0,4}(?:/\d{1,3})?(?![\w:])", re.IGNORECASE),
    ),
    ("URL", "/", re.compile(r"(?<![\w@.-])(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}/[^\s<>\"()\[\]]+", re.IGNORECASE)),
    (
        "URL",
        ".",
        re.compile(
            rf"(?<![\w@.-])(?:[a-z0-9-]{{1,63}}\.){{1,8}}(?:{_TLDS})(?![\w-]|\.\w)(?:/[^\s<>\"()\[\]]*)?", re.IGNORECASE
        ),
    ),
    ("URL", ".", _BARE),
)
"""The label of each form, a mark that it has in any case ("": none alone), and its pattern."""


def may_be_written(text: str) -> bool:
    """Return whether there is any sign of such a form in the text.

    Marks of a sentence alone are none: that is seen before the pattern has to look at each of them.
    """
    dots = text.count(".")
    inside = dots and dots > text.count(". ") + text.endswith(".")
    if inside or "@" in text or "://" in text or text.count(":") + text.count("-") > 1:
        return _SIGN.search(text) is not None
    return False


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_interface(text)
    except ValueError:
        return False
    return True


def find(text: str, everyday: AbstractSet[str]) -> list[tuple[int, int, str]]:
    """Find the written forms in `text`: (first character, character after, label), disjoint, in order.

    `everyday` are words in lower case that make no domain before an ending that is a word itself.
    """
    found: list[tuple[int, int, str]] = []
    taken = bytearray(len(text))
    for label, sign, pattern in _FORMS:
        if sign not in text:
            continue
        for match in pattern.finditer(text):
            start, end = match.span()
            if not (label == "IP_ADDRESS" and match[0].endswith("::")):
                end -= len(match[0]) - len(match[0].rstrip(".,;:!?'*_"))
            if label == "IP_ADDRESS" and not _is_address(text[start:end]):
                continue
            if pattern is _BARE and not everyday.isdisjoint(match[0].split(".")[:-1]):
                continue
            if start < end and not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append((start, end, label))
    return sorted(found)


def written_words(words: Words, base: int, everyday: AbstractSet[str]) -> dict[int, tuple[str, int, int]]:
    """Find the words of an utterance that stand in such a form: word -> (label, first word, word after).

    Words are counted from 0 on the left, from `base` (the words of the call before it) on the right.
    """
    out: dict[int, tuple[str, int, int]] = {}
    firsts = [start for start, _ in words.offsets]
    for start, end, label in find(words.text, everyday):
        low, high = bisect_left(firsts, start), bisect_left(firsts, end)
        for word in range(low, high):
            out[word] = (label, base + low, base + high)
    return out
