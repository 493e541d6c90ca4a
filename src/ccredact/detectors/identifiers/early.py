"""An answer that comes before its phrase: "638 is the security code", "482913 is your login code"."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from ccredact.detectors.identifiers.classify import LEAST_SIZE
from ccredact.detectors.identifiers.code_run import CodeRun
from ccredact.detectors.identifiers.uncued import is_amount
from ccredact.lang.en.identifiers import FOR, IS, NAMED_BY
from ccredact.text.token import Token
from ccredact.text.words import ends_sentence
from ccredact.transcript import Name

WAITS: Final = 6
"""Words behind the answer in which its phrase ends."""


@dataclass(frozen=True, slots=True)
class EarlyAnswer:
    """A run of the words `[start, end)` that waits for its phrase from `word` on; `label` is what it is without."""

    start: int
    end: int
    text: str = field(repr=False)
    turn: int
    speaker: Name | None
    word: int
    label: str

    def is_over(self, token: Token) -> bool:
        """Return whether no phrase is waited for any longer at a word."""
        return token.index - self.word > WAITS or token.turn != self.turn or ends_sentence(token.gap)


def may_be_early(run: CodeRun, token: Token) -> bool:
    """Return whether a phrase may follow that names the run; `token` is the word behind it."""
    if run.size < LEAST_SIZE or not run.digits:
        return False
    is_named = not run.fillers and (token.key in IS or token.key == FOR)
    is_meant = run.fillers == 1 and run.first_filler == FOR and token.key in NAMED_BY  # "for" sounds like a digit
    return (is_named or is_meant) and not is_amount(run, None, formatted=token.key == FOR)
