"""An e-mail address as it is said: "j smith underscore eighty two at gmail dot co dot uk"."""

from __future__ import annotations

from itertools import pairwise

from ccredact.lang.en import words as en
from ccredact.text import word_class as wc
from ccredact.text.forking import filled
from ccredact.text.token import Token

LONGEST = 28
"""Words of it that are waited for."""
_CODE = wc.NUMERIC | wc.LETTER | wc.ARTICLE | wc.NATO | wc.MIXED | wc.UNCOMMON
_SIGNS = frozenset({"dot", "period", "point", "underscore", "dash", "hyphen", "minus", "plus"})
_SURE_SIGNS = frozenset({"dot", "underscore", "dash", "hyphen"})
_PROVIDERS = frozenset("gmail googlemail yahoo hotmail outlook aol icloud protonmail msn".split())
"""What makes a piece of an address one, when a turn ends in it."""
_DOT = frozenset({"dot", "period", "point"})
_ABOUT_IT = frozenset("all lower upper case capital letters word the number with no spaces".split())
"""What is said of an address while it is said: "all lower case"."""
_TLDS = frozenset("com net org edu gov io info biz co uk us ca au in ie nz de fr nl app shop".split())
"""Ends of a web address that is said: "pemberton roofing dot com"."""
LOCAL, AT, DOMAIN, END, DONE = range(5)
_NO_DOMAIN = frozenset(
    {"of", "to", "in", "on", "by", "for", "and", "or", "but", "so", "if", "then", "the", "least", "all", "your"}
)


class Mail:
    """What has been said of an address: it is hidden as a whole, or settled word by word when it is none."""

    __slots__ = ("held", "last", "signed", "speaker", "spelled", "stage", "start", "turn")

    def __init__(self, token: Token, start: int, stage: int = LOCAL) -> None:
        self.turn = token.turn
        self.speaker = token.speaker
        self.start = start
        self.last = token.index
        self.stage = stage
        self.signed = False  # whether anything was heard that only an address has
        self.spelled = False  # its last part is read letter by letter
        self.held: list[tuple[Token, tuple[str, ...]]] = []  # with the words before each, to be looked at again

    def fork(self) -> Mail:
        """An independent copy."""
        other = filled(Mail(self.held[0][0], self.start), self)
        other.held = list(self.held)
        return other

    def takes(self, token: Token) -> bool:
        """Take the word if the address may go on with it."""
        if token.turn != self.turn or token.index - self.start > LONGEST:
            return False
        taken = self._local(token) if self.stage == LOCAL else self._domain(token)
        if taken:
            self.last = token.index
            self.signed = self.signed or token.key in _SURE_SIGNS or token.key in _PROVIDERS
        return taken

    def _local(self, token: Token) -> bool:
        key = token.key
        if key == "at":
            self.stage = AT
            return True
        if key in _SIGNS or token.classes & _CODE or (key in _ABOUT_IT and token.index > self.start):
            return True
        return key not in en.FUNCTION and key.isalpha()

    def _domain(self, token: Token) -> bool:
        key, classes = token.key, token.classes
        letter = bool(classes & (wc.LETTER | wc.ARTICLE)) or key == "o"
        if self.stage == AT:
            if not key.isalpha() or key in _NO_DOMAIN or classes & (wc.NUMERIC & ~wc.UNIT):
                return False
            self.stage = DOMAIN
            return True
        if self.stage == DOMAIN:
            if key in _DOT:
                self.stage = END
                return True
            return (key.isalpha() and key not in en.FUNCTION) or letter or key in {"dash", "hyphen"}
        if self.stage == END:
            if not key.isalpha():
                return False
            self.stage, self.spelled = DONE, letter
            return True
        if key in _DOT:
            self.stage = END
            return True
        return letter and self.spelled  # "dot d e"

    @property
    def complete(self) -> bool:
        """Whether all of it has been said; more may still follow."""
        return self.stage == DONE

    @property
    def site_end(self) -> int:
        """The last word of the web address that it is, if there was no "at": -1 when it is none."""
        end = -1
        for (dot, _), (name, _) in pairwise(self.held):
            if (dot.key in _DOT and name.key in _TLDS) or (dot.key == "slash" and dot.index == end + 1):
                end = name.index
        return end if self.stage == LOCAL else -1
