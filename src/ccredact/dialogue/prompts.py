"""The phrases that ask for something, announce it or say what the talk is about: files of them, and which decides.

A file has sections `[KIND]`, a phrase a line, comments behind `#`. The scanner looks every word up once; detectors and
the dialogue get what was found with the word (`Token.prompt`).
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from functools import cache, lru_cache
from typing import Final

from ccredact.dialogue.kinds import ANSWER_TYPES, KINDS, SLOTS, TEXT
from ccredact.dialogue.lifetimes import BEHIND_NAME
from ccredact.lang.en.prompts import MINE, PLURALS, SPELLED_ENDS, prompt_text
from ccredact.lang.en.words import POSSESSIVE
from ccredact.text.phrase_table import PhraseTable, Prompt, said

_LONGEST: Final = 8
"""Words of a phrase before its last one, at most."""


class Prompts:
    """The phrases of a text, and those that detectors bring (`own`), of any kind, which go before them."""

    __slots__ = ("table",)

    def __init__(self, text: str, own: Iterable[str] = ()) -> None:
        found: list[tuple[tuple[str, ...], Prompt]] = []
        lines = [row for each in own for row in phrase_lines(each)]
        for kind, line in [*lines, *phrase_lines(text, KINDS)]:
            prompt = Prompt(kind, weak=line.startswith("~"), topic=line.startswith("+"))
            for words in said(line.lstrip("~+ ")):
                found += [((*words[:-1], end), prompt) for end in _ends(words[-1])]
                if words[-1] in SPELLED_ENDS:
                    found.append(((*words[:-1], *SPELLED_ENDS[words[-1]]), prompt))
        self.table = PhraseTable(found)

    def find(self, key: str, before: tuple[str, ...]) -> Prompt | None:
        """Return what the longest phrase asks for that ends with `key` after the words `before`, or None."""
        found, length = self.table.longest(key, before)
        if found is not None and ANSWER_TYPES.get(found.kind) == TEXT and MINE in before[-length - 2 :]:
            return Prompt(found.kind, weak=True)  # a statement, no question
        return found


def _ends(last: str) -> tuple[str, ...]:
    """Return the forms of the last word of a phrase: "the number's", "the booking codes"."""
    return (last, last + POSSESSIVE, PLURALS[last]) if last in PLURALS else (last, last + POSSESSIVE)


def phrase_lines(text: str, kinds: Container[str] | None = None) -> list[tuple[str, str]]:
    """Return (kind, line) for every line of phrases, in order.

    Raises `ValueError`, which names the line by its number, for a section that is none of `kinds`; without these, each
    may be one.
    """
    found: list[tuple[str, str]] = []
    kind = ""
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.partition("#")[0].strip()
        if line.startswith("["):
            kind = line.strip("[]")
            if kinds is not None and kind not in kinds:
                raise ValueError(f"phrases, line {number}: there is no kind of that name")
        elif line:
            if not kind:
                raise ValueError(f"phrases, line {number}: it stands in no section")
            found.append((kind, line))
    return found


@cache
def prompts() -> Prompts:
    """Return the phrases that ship with the package."""
    return Prompts(prompt_text())


def prompts_for(own: Iterable[str]) -> Prompts:
    """Return the phrases that ship with the package and those that detectors bring, the first of them first."""
    brought = tuple([text for text in own if text])
    return _with_own(brought) if brought else prompts()


@lru_cache(maxsize=64)
def _with_own(brought: tuple[str, ...]) -> Prompts:
    return Prompts(prompt_text(), brought)


def may_ask_for_name(keys: list[str]) -> bool:
    """Return whether a phrase that asks for a name, a town or a street (`SLOTS`) stands at the end of a turn.

    It is for work ahead of the dialogue, which alone knows what is asked: this looks at the words only.
    """
    table = _slot_phrases()
    first = max(0, len(keys) - 1 - BEHIND_NAME)
    if table.last_words.isdisjoint(keys[first:]):
        return False
    for at in range(first, len(keys)):
        if keys[at] in table.last_words:
            found, _ = table.longest(keys[at], tuple(keys[max(0, at - _LONGEST) : at]))
            if found is not None:
                return True
    return False


@cache
def _slot_phrases() -> PhraseTable:
    """Return the phrases of the file that ask for a name, a town or a street."""
    lines = [(kind, line) for kind, line in phrase_lines(prompt_text(), KINDS) if kind in SLOTS]
    return PhraseTable([(words, Prompt(kind)) for kind, line in lines for words in said(line.lstrip("~+ "))])
