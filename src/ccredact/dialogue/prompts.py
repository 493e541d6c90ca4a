"""The phrases that ask for something or announce it, read from `lang/en/prompts.txt`, to be extended line by line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ccredact.dialogue.card_prompts import TRIGGERS, cue
from ccredact.dialogue.kinds import CARD, FORMS, TEXT
from ccredact.lang.en.words import MISHEARD
from ccredact.text.phrase_table import PhraseEnds, PhraseTable, said
from ccredact.text.word_class import ASK, ASKED, CUE

LONG = 2
"""Words before the last one of a phrase that say more than a phrase about a card."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that has just been said: what it asks for; `weak` ones ("order") need a longer answer right behind."""

    kind: str
    weak: bool = False


class Phrases:
    """The phrases by their last words."""

    __slots__ = ("table",)

    def __init__(self, text: str) -> None:
        found: list[tuple[tuple[str, ...], Phrase]] = []
        kind = ""
        for number, raw in enumerate(text.splitlines(), 1):
            line = raw.partition("#")[0].strip()
            if line.startswith("["):
                kind = line.strip("[]")
                if kind not in FORMS:
                    raise ValueError(f"prompts.txt, line {number}: there is no kind of answer of that name")
            elif line:
                weak = line.startswith("~")
                for words in said(line.lstrip("~ ")):
                    found.append((words, Phrase(kind, weak)))
                    if words[-1] == "id":
                        found.append(((*words[:-1], "i", "d"), Phrase(kind, weak)))
        self.table = PhraseTable(found)

    def find(self, key: str, before: tuple[str, ...], classes: int) -> Phrase | None:
        """The longest phrase that ends with `key` after the words `before`; a card's phrase is of the kind CARD."""
        last = key if key in self.table.last_words else key.removesuffix("'s")
        found, length = self.table.longest(last, before)
        if length < LONG and classes & CUE and cue(key, before) in TRIGGERS:
            return Phrase(CARD)
        if found is not None and FORMS[found.kind] == TEXT and "my" in before[-length - 2 :]:
            return Phrase(found.kind, weak=True)  # a statement, no question
        return found


@cache
def phrases() -> Phrases:
    """The phrases that ship with the package."""
    return Phrases(files("ccredact.lang.en").joinpath("prompts.txt").read_text("utf-8"))


def prompt_ends() -> PhraseEnds:
    """Return where these phrases end. A word that may be a misheard letter is looked at wherever it ends one."""
    table = phrases().table
    return PhraseEnds(table.last_words, table.alone | MISHEARD, table.pairs, ASK, ASKED)
