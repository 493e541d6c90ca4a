"""The phrases about payment cards, read from `lang/en/card_prompts.txt`, and what each kind of them means."""

from __future__ import annotations

from functools import cache
from typing import Final

from ccredact.dialogue.prompt_file import phrase_lines
from ccredact.lang.en.prompts import ACCOUNTS, CARD_PROMPTS, prompt_text
from ccredact.text.phrase_table import PhraseEnds, PhraseTable, said
from ccredact.text.word_class import CUE, CUED

CARD: Final = "CARD"
EXPIRY: Final = "EXPIRY"
CVV: Final = "CVV"
LAST4: Final = "LAST4"
MENTION: Final = "MENTION"
"""Cards become the subject."""
CODE: Final = "CODE"
"""A security code where cards are the subject."""
INVITE: Final = "INVITE"
"""The speaker asks to go on reading."""
PAYMENT: Final = "PAYMENT"
"""Money becomes the subject."""
OTHER: Final = "OTHER"
"""A number of another kind is asked for, or announced."""
ASIDE: Final = "ASIDE"
"""The same, but only for the digits right beside it."""
CARD_DATA: Final = frozenset({CARD, EXPIRY, CVV, LAST4})
"""Kinds that ask for data of a card, or announce it."""
KINDS: Final = CARD_DATA | {MENTION, CODE, INVITE, PAYMENT, OTHER, ASIDE}


class CardPrompts:
    """The phrases by their last words.

    `asides` are the words that stand beside another number: they are looked for when a number begins. `last_words` are
    the last words of all other phrases: a phrase may end with each of them.
    """

    __slots__ = ("asides", "last_words", "table")

    def __init__(self, text: str) -> None:
        phrases = [(words, kind) for kind, line in phrase_lines(text, KINDS) for words in said(line)]
        self.table = PhraseTable(phrases)
        self.asides = frozenset(words[0] for words, kind in phrases if kind == ASIDE and len(words) == 1)
        self.last_words = ACCOUNTS.union(words[-1] for words, kind in phrases if kind != ASIDE)

    def find(self, key: str, before: tuple[str, ...]) -> str | None:
        """Return the kind of the longest phrase that ends with `key` after the words `before`, or None."""
        return self.table.longest(key, before)[0]


@cache
def card_prompts() -> CardPrompts:
    """Return the phrases that ship with the package."""
    return CardPrompts(prompt_text(CARD_PROMPTS))


def card_prompt_ends() -> PhraseEnds:
    """Return where these phrases end."""
    prompts = card_prompts()
    return PhraseEnds(prompts.last_words, prompts.table.alone, prompts.table.pairs, CUE, CUED)
