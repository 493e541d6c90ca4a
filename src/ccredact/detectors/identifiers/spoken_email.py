"""An e-mail address as it is said: "j smith underscore eighty two at gmail dot co dot uk"."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from ccredact.lang.en.emails import (
    AT,
    DASHES,
    DOTS,
    NO_DOMAINS,
    PROVIDERS,
    REMARKS,
    SIGNS,
    SLASH,
    SPOKEN_TLDS,
    SURE_SIGNS,
)
from ccredact.lang.en.identifiers import LETTER_O
from ccredact.lang.en.words import FUNCTION
from ccredact.text import word_class as wc
from ccredact.text.forking import filled
from ccredact.text.token import Token

LONGEST: Final = 28
"""Words of an address that are waited for."""
_CODE: Final = wc.NUMERIC | wc.LETTER | wc.ARTICLE | wc.NATO | wc.MIXED | wc.UNCOMMON
_NUMBERS: Final = wc.NUMERIC & ~wc.UNIT
"""Numbers with which no domain begins."""

IN_NAME: Final = 0
BEHIND_AT: Final = 1
IN_DOMAIN: Final = 2
BEHIND_DOT: Final = 3
IN_ENDING: Final = 4
"""Stages: the name; "at" was said; the domain; "dot" was said; a word behind it: the address may be complete."""


class SpokenEmail:
    """A candidate: what has been said of an address, which is hidden as a whole or read again when it is none.

    The stages follow each other; behind `IN_ENDING` another "dot" leads back to `BEHIND_DOT` ("dot co dot uk").
    """

    __slots__ = ("kept", "last", "signed", "speaker", "spelled", "stage", "start", "turn")

    def __init__(self, token: Token, start: int, stage: int = IN_NAME) -> None:
        self.turn = token.turn
        self.speaker = token.speaker
        self.start = start  # the first word of the address, which may stand before `token`
        self.last = token.index
        self.stage = stage
        self.signed = False  # whether anything was heard that only an address has
        self.spelled = False  # whether its last part is read letter by letter
        self.kept: list[tuple[Token, tuple[str, ...]]] = []  # with the words before each, to be read again

    def fork(self) -> SpokenEmail:
        """Return an independent copy."""
        other = filled(SpokenEmail(self.kept[0][0], self.start), self)
        other.kept = list(self.kept)
        return other

    def take(self, token: Token, before: tuple[str, ...]) -> bool:
        """Take the word and return True if the address may go on with it; `before` are the words before it."""
        if token.turn != self.turn or token.index - self.start > LONGEST:
            return False
        if not (self._take_in_name(token) if self.stage == IN_NAME else self._take_in_domain(token)):
            return False
        self.keep(token, before)
        self.signed = self.signed or token.key in SURE_SIGNS or token.key in PROVIDERS
        return True

    def keep(self, token: Token, before: tuple[str, ...]) -> None:
        """Keep the word, to be read again when the address is none."""
        self.last = token.index
        self.kept.append((token, before))

    def _take_in_name(self, token: Token) -> bool:
        key = token.key
        if key == AT:
            self.stage = BEHIND_AT
            return True
        if key in SIGNS or token.classes & _CODE or (key in REMARKS and token.index > self.start):
            return True
        return key not in FUNCTION and key.isalpha()

    def _take_in_domain(self, token: Token) -> bool:
        key, classes = token.key, token.classes
        letter = bool(classes & (wc.LETTER | wc.ARTICLE)) or key == LETTER_O
        if self.stage == BEHIND_AT:
            if not key.isalpha() or key in NO_DOMAINS or classes & _NUMBERS:
                return False
            self.stage = IN_DOMAIN
            return True
        if self.stage == IN_DOMAIN:
            if key in DOTS:
                self.stage = BEHIND_DOT
                return True
            return (key.isalpha() and key not in FUNCTION) or letter or key in DASHES
        if self.stage == BEHIND_DOT:
            if not key.isalpha():
                return False
            self.stage, self.spelled = IN_ENDING, letter
            return True
        if key in DOTS:
            self.stage = BEHIND_DOT
            return True
        return letter and self.spelled  # "dot d e"

    @property
    def is_complete(self) -> bool:
        """Return whether all of it has been said; more may still follow."""
        return self.stage == IN_ENDING

    @property
    def site_end(self) -> int:
        """Return the last word of the web address that it is, if there was no "at"; -1 when it is none."""
        end = -1
        for (dot, _), (name, _) in pairwise(self.kept):
            if (dot.key in DOTS and name.key in SPOKEN_TLDS) or (dot.key == SLASH and dot.index == end + 1):
                end = name.index
        return end if self.stage == IN_NAME else -1
