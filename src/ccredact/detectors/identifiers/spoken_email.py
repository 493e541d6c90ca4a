"""An e-mail address as it is said: "j smith underscore eighty two at gmail dot co dot uk"."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from ccredact.lang.en.emails import (
    AT,
    DASHES,
    DOTS,
    JOINING,
    NO_DOMAINS,
    PAUSES,
    PIECE_LEADS,
    POINT,
    PROVIDERS,
    REMARKS,
    SIGNS,
    SLASH,
    SPOKEN_TLDS,
    SURE_SIGNS,
)
from ccredact.lang.en.identifiers import LETTER_O, PRONOUN, SPELLING_CUES, SPELLING_IN
from ccredact.lang.en.words import FUNCTION
from ccredact.text import word_class as wc
from ccredact.text.forking import filled
from ccredact.text.token import Token
from ccredact.text.words import ends_sentence

LONGEST: Final = 28
"""Words of an address that are waited for."""
_MOST_PAUSES: Final = 2
"""Words in a row between two parts of an answer."""
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

    __slots__ = (
        "begun_at",
        "kept",
        "kind",
        "last",
        "signed",
        "speaker",
        "spelled",
        "spelling",
        "stage",
        "start",
        "turn",
    )

    def __init__(self, token: Token, start: int, stage: int = IN_NAME, kind: str = "") -> None:
        self.turn = token.turn
        self.speaker = token.speaker
        self.start = start  # the first word of the address, which may stand before `token`
        self.last = token.index
        self.stage = self.begun_at = stage
        self.kind = kind  # what was asked for, where that may come in pieces
        self.spelling = False  # whether a word that stands for a letter comes next: "p as in"
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
        if self.kind and self.kept and self._begins_sentence(token):
            return False
        if self._pauses(token):
            self.kept.append((token, before))
            return True
        if not (self._takes_spelling(token) or self._takes(token)):
            return False
        self.keep(token, before)
        self.signed = self.signed or token.key in SURE_SIGNS or token.key in PROVIDERS
        return True

    def _begins_sentence(self, token: Token) -> bool:
        """Return whether the word cannot go on with an answer that was asked for: it is behind "i" or a full stop."""
        if ends_sentence(token.gap):
            return True
        last, *rest = (kept for kept, _ in reversed(self.kept))
        if last.key != PRONOUN or token.classes & _CODE & ~wc.UNCOMMON or token.key in SIGNS or token.key == AT:
            return False
        return not (rest and rest[0].classes & (wc.LETTER | wc.ARTICLE))

    def _pauses(self, token: Token) -> bool:
        """Return whether the word may stand between two parts of an answer that was asked for: "um", "and"."""
        if not self.kind or not self.kept or len(self.kept) - (self.last - self.kept[0][0].index + 1) >= _MOST_PAUSES:
            return False
        if token.key in PAUSES:
            return not all(kept.classes & wc.NUMERIC for kept, _ in self.kept)  # "seven six | and jo at"
        return bool(token.classes & wc.HESITATION)

    def _takes(self, token: Token) -> bool:
        if (
            self.kind
            and self.stage == IN_NAME
            and self.kept
            and self.kept[-1][0].key in JOINING
            and token.key.isalpha()
        ):
            return True  # "slash login"
        if self.kind == "IP_ADDRESS":
            return bool(token.classes & wc.NUMERIC) or token.key in DOTS
        return self._take_in_name(token) if self.stage == IN_NAME else self._take_in_domain(token)

    def _takes_spelling(self, token: Token) -> bool:
        """Take the words behind a letter that say which one it is: "p as in papa"."""
        key = token.key
        last = self.kept[-1][0] if self.kept else None
        if not self.kind or last is None:
            return False
        if self.spelling:
            self.spelling = key == SPELLING_IN
            return key.isalpha()
        self.spelling = key in SPELLING_CUES and len(last.key) == 1
        return self.spelling

    def keep(self, token: Token, before: tuple[str, ...]) -> None:
        """Keep the word, to be read again when the address is none."""
        self.last = token.index
        self.kept.append((token, before))

    def _take_in_name(self, token: Token) -> bool:
        key = token.key
        if key == AT:
            self.stage = BEHIND_AT
            return True
        if (
            key in SIGNS
            or (self.kind and key == SLASH)
            or token.classes & _CODE
            or (key in REMARKS and token.index > self.start and not (self.kind and key in PIECE_LEADS))
        ):
            return True
        if self.kind and (
            key in PIECE_LEADS or token.classes & wc.LEAD or (token.prompt is not None and key not in PROVIDERS)
        ):
            return False  # "umbrella | last bit's 31", "gmailcom | my phone"
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
            behind_point = bool(self.kept) and self.kept[-1][0].key == POINT  # in another final the dot was said
            if not key.isalpha() or (behind_point and key not in SPOKEN_TLDS):
                return False  # "at this point right now"
            self.stage, self.spelled = IN_ENDING, letter
            return True
        if key in DOTS:
            self.stage = BEHIND_DOT
            return True
        return letter and self.spelled  # "dot d e"

    @property
    def is_complete(self) -> bool:
        """Return whether all of it has been said; more may still follow."""
        return self.stage == IN_ENDING and (self.begun_at < IN_ENDING or self.kept[0][0].key in DOTS)

    @property
    def site_end(self) -> int:
        """Return the last word of the web address that it is, if there was no "at"; -1 when it is none."""
        end = -1
        for (dot, _), (name, _) in pairwise(self.kept):
            if (dot.key in DOTS and name.key in SPOKEN_TLDS) or (dot.key == SLASH and dot.index == end + 1):
                end = name.index
        return end if self.stage == IN_NAME else -1
