"""The phrases that ask for something or announce it, read from `lang/en/prompts.txt`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from ccredact.dialogue.card_prompts import CARD_DATA, card_prompts
from ccredact.dialogue.kinds import ANSWER_TYPES, CARD, TEXT
from ccredact.dialogue.prompt_file import phrase_lines
from ccredact.lang.en.prompts import MINE, PLURALS, PROMPTS, SPELLED_ENDS, prompt_text
from ccredact.lang.en.words import MISHEARD, POSSESSIVE
from ccredact.text.phrase_table import PhraseEnds, PhraseTable, said
from ccredact.text.word_class import ASK, ASKED, CUE

_SPECIFIC: Final = 2
"""Words before the last one of a phrase that say more than a phrase about a card."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a phrase asks for that has just been said.

    `weak` ones ("order") need a longer answer right behind them. A `topic` ("passport") is a phrase only together with
    one of the kind IDENTIFIER in its turn.
    """

    kind: str
    weak: bool = False
    topic: bool = False


class Prompts:
    """The phrases by their last words."""

    __slots__ = ("_cards", "table")

    def __init__(self, text: str) -> None:
        found: list[tuple[tuple[str, ...], Prompt]] = []
        for kind, line in phrase_lines(text, ANSWER_TYPES):
            prompt = Prompt(kind, weak=line.startswith("~"), topic=line.startswith("+"))
            for words in said(line.lstrip("~+ ")):
                found += [((*words[:-1], end), prompt) for end in _ends(words[-1])]
                if words[-1] in SPELLED_ENDS:
                    found.append(((*words[:-1], *SPELLED_ENDS[words[-1]]), prompt))
        self.table = PhraseTable(found)
        self._cards = card_prompts()

    def find(self, key: str, before: tuple[str, ...], classes: int) -> Prompt | None:
        """Return the longest phrase that ends with `key` after the words `before`, or None.

        `classes` are those of the word. A phrase for data of a card is of the kind CARD.
        """
        found, length = self.table.longest(key, before)
        if length < _SPECIFIC and classes & CUE and self._cards.find(key, before) in CARD_DATA:
            return Prompt(CARD)
        if found is not None and ANSWER_TYPES[found.kind] == TEXT and MINE in before[-length - 2 :]:
            return Prompt(found.kind, weak=True)  # a statement, no question
        return found


def _ends(last: str) -> tuple[str, ...]:
    """Return the forms of the last word of a phrase: "the number's", "the booking codes"."""
    return (last, last + POSSESSIVE, PLURALS[last]) if last in PLURALS else (last, last + POSSESSIVE)


@cache
def prompts() -> Prompts:
    """Return the phrases that ship with the package."""
    return Prompts(prompt_text(PROMPTS))


def prompt_ends() -> PhraseEnds:
    """Return where these phrases end. A word that may be a misheard letter is looked at wherever it ends one."""
    table = prompts().table
    return PhraseEnds(table.last_words, table.alone | MISHEARD, table.pairs, ASK, ASKED)
