"""A word that may be the beginning of what follows it: "bery | 45", "k | dot wells at"."""

from __future__ import annotations


class HeldWord:
    """A word that is held for the one behind it: a value, of which nothing is changed once it is made.

    `word` is its place in the call, `key` its key, "" where it is letters that may begin an e-mail address; `last` the
    last of these. Of several that are held in a row it is the first. `behind_mark`: it stands behind a comma or the end
    of a sentence; `is_capital`: it is written in capitals; `is_unknown`: no dictionary has it.
    """

    __slots__ = ("behind_mark", "is_capital", "is_unknown", "key", "last", "word")

    def __init__(
        self,
        word: int,
        key: str,
        *,
        last: int = -1,
        behind_mark: bool = False,
        is_capital: bool = False,
        is_unknown: bool = False,
    ) -> None:
        self.word = word
        self.key = key
        self.last = last
        self.is_unknown = is_unknown
        self.behind_mark = behind_mark
        self.is_capital = is_capital
