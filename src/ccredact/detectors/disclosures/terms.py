"""The terms of a list of disclosures, found by their words as they are said.

A list is a text with sections, a term a line, comments behind `#`, as `lang/en/health.txt`. "a|b" are alternatives. "~"
before a line: the term is weak, and said of much else. Terms stand in the singular; the last word of one is known in
the plural and the possessive too.

What is looked up for every word is one table, of the words with which a term may begin: most are in none. Behind such a
word two more are asked, of terms and of the beginnings of longer ones, both by the words as one text. Forms of a word
are made when it is looked up and not when the list is read, so that thousands of terms are read in milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ccredact.detectors.disclosures.grammar import NOTHING, WEAK, is_term, kind_of
from ccredact.dialogue.prompts import phrase_lines
from ccredact.lang.en.misheard import MISHEARD_LETTERS, distance, sound_of
from ccredact.lang.en.nouns import noun_base, noun_forms
from ccredact.lang.en.words import FUNCTION
from ccredact.text.phrase_table import said

_LONG: Final = 11
"""Letters of a word in which two may be misheard."""
_MOST_HEARD: Final = 4096
"""Words of which it is kept as what they may have been meant."""
_UNHEARD: Final = "?"
_NOT: Final = "n't"


def _written(line: str, *, anywhere: bool) -> list[str]:
    """Return the terms of a line, also as some recognisers write them: "can't" as "cant" and "ca n't".

    But for those that stand `anywhere` inside a phrase, none begins so with an everyday word, as "do n't" would.
    """
    found = [" ".join(words) for words in said(line)] if "|" in line else [line]
    if "'" in line:
        cut = [term.replace(_NOT, " " + _NOT) for term in found if _NOT in term]
        found += [term.replace("'", "") for term in found if _NOT in term or "'s" in term]
        found += [term for term in cut if anywhere or term.partition(" ")[0] not in FUNCTION]
    return found


class FirstWord:
    """What a list says of one word: what term it is by itself, and whether one begins with it.

    `size` is 1 where it is a term by itself, with the `role` of that and its `kind`, else 0; `grows`: longer terms
    begin with it; `wakes`: a phrase may begin with it.
    """

    __slots__ = ("grows", "kind", "role", "size", "wakes")

    def __init__(self, found: tuple[int, str, bool], *, wakes: bool) -> None:
        self.size, self.role, self.grows = found
        self.kind, self.wakes = kind_of(self.role), wakes


_NO_WORD: Final = FirstWord((0, NOTHING, False), wakes=False)


class TermIndex:
    """The terms of a list, with the role of each: a label, that with `WEAK` before it, or a sign of the grammar.

    `first_words` are those with which a term may begin, `wake_words` those of them with which a phrase may, `cues` the
    words of the sections that hold no terms, by section.
    """

    __slots__ = ("_begins", "_firsts", "_heard", "_sounds", "_terms", "cues", "first_words", "wake_words")

    def __init__(
        self, text: str, roles: Mapping[str, str], cue_sections: frozenset[str], inside: frozenset[str]
    ) -> None:
        """Read a list; `roles` are those of its sections, `inside` the roles with which no phrase begins.

        Raises `ValueError` for a section that has no role.
        """
        self._terms: dict[str, str] = {}
        self._begins: set[str] = set()
        self._heard: dict[str, str | None] = {}  # what `misheard` says of words that were asked for
        self._sounds: dict[str, list[str]] | None = None  # made when a word is heard that is in no list
        cues: dict[str, list[str]] = {section: [] for section in cue_sections}
        first: set[str] = set()
        within: set[str] = set()
        terms, begins = self._terms, self._begins
        for section, line in phrase_lines(text, roles.keys() | cue_sections):
            if section in cues:
                cues[section] += [" ".join(words) for words in said(line)]
                continue
            role = roles[section]
            if line[0] == WEAK:
                role, line = WEAK + role, line[1:].lstrip()  # noqa: PLW2901
            firsts = within if role in inside else first
            for term in _written(line, anywhere=role in inside):
                terms[term] = role
                cut = term.rfind(" ")
                if cut < 0:
                    firsts.update(noun_forms(term))
                while cut > 0:
                    head = term[:cut]
                    begins.add(head)
                    cut = head.rfind(" ")
                    if cut < 0:
                        firsts.add(head)
        self.wake_words = frozenset(first)
        self.first_words = self.wake_words | within
        listed = [*self.first_words]  # a table that is made of a set is slower
        self._firsts: dict[str, FirstWord | None] = dict.fromkeys(listed)  # filled as they are asked for
        self.cues = {section: frozenset(words) for section, words in cues.items()}

    def __len__(self) -> int:
        return len(self._terms)

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms)

    def role_of(self, words: str) -> str | None:
        """Return the role of a term, None for what is none."""
        found = self._terms.get(words)
        if found is None and words[-1] == "s":
            cut = words.rfind(" ") + 1
            for base in noun_base(words[cut:]):
                found = found or self._terms.get(words[:cut] + base)
        return found

    def first(self, key: str) -> FirstWord:
        """Return what the list says of a word."""
        found = self._firsts.get(key, _NO_WORD)
        if found is None:
            found = FirstWord(self.longest([key]), wakes=key in self.wake_words)
            self._firsts[key] = found
        return found

    def longest(self, keys: list[str]) -> tuple[int, str, bool]:
        """Return how many words the longest term at the beginning of some has, and its role; 0 and "" for none.

        With it comes whether all of them are the beginning of a longer one.
        """
        size, role, head = 0, "", ""
        for count, key in enumerate(keys, 1):
            head = f"{head} {key}" if head else key
            found = self.role_of(head)
            if found is not None:
                size, role = count, found
            if head not in self._begins:
                return size, role, False
        return size, role, True

    def misheard(self, key: str) -> str | None:
        """Return the role of the strong one-word term as which a word may have been meant, None for none.

        One letter of a long word may be another one, two of a very long one, where both sound alike.
        """
        if len(key) < MISHEARD_LETTERS:
            return None
        found = self._heard.get(key, _UNHEARD)
        if found == _UNHEARD:
            found = self._meant(key)
            if len(self._heard) >= _MOST_HEARD:
                self._heard = {}
            self._heard[key] = found
        return found

    def _meant(self, key: str) -> str | None:
        if self._sounds is None:
            sounds: dict[str, list[str]] = {}
            for term, role in self._terms.items():
                is_strong = is_term(role) and role[:1] != WEAK
                if len(term) >= MISHEARD_LETTERS and is_strong and term.isalpha():
                    sounds.setdefault(sound_of(term), []).append(term)
            self._sounds = sounds
        most = 2 if len(key) >= _LONG else 1
        for term in self._sounds.get(sound_of(key), ()):
            if distance(key, term, most) <= most:
                return self._terms[term]
        return None
