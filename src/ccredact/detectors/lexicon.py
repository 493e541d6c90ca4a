"""The base of detectors that look up terms in a word list: "hay fever", "high blood pressure", "Tallow and Pine".

A word list is a text with sections, a term a line:

    # comments
    [condition]
    asthma
    high|low blood pressure
    [except]
    blood pressure cuff

`a|b` are alternatives. The last word of a term is known in the plural and the possessive too. Of several terms that
begin at one word the longest counts; a phrase under `[except]` counts like a term, and hides nothing.

Theory. Words with which a term may begin wake the detector; all others cost nothing. It holds words (`_held`) as long
as they are the beginning of a term, within a turn and a sentence. When the next word does not go on with them, the
longest term at their beginning is hidden; where there is none, the first of them is no term, and the rest is read
again. So no more words are held than the longest term has. Hesitations inside a term are passed over.

Where something of this list was asked for, the answer may be a word that no list has: under an open question every
word that is no everyday word is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import ClassVar, Final, NamedTuple, Protocol, Self

from ccredact.compiled import mypyc_attr
from ccredact.detectors.base import Context, Stateless
from ccredact.detectors.scores import BOUND_SCORE, CUED_SCORE, LISTED_SCORE
from ccredact.dialogue.choice import FIRST_WORDS, NEAR
from ccredact.dialogue.lifetimes import ANSWER_TURNS
from ccredact.dialogue.prompts import phrase_lines
from ccredact.lang.en.noise import NOISE
from ccredact.lang.en.nouns import noun_forms
from ccredact.reasons import Reason
from ccredact.text.phrase_table import said
from ccredact.text.token import Token
from ccredact.text.word_class import HESITATION, LABEL, PROMPTED, UNCOMMON
from ccredact.text.words import keys_of
from ccredact.transcript import Name, Span

EXCEPTIONS: Final = "except"
"""The section of phrases in which a term is none."""
LONGEST: Final = 12
"""Words of a term."""
_PAUSES: Final = ".!?;:,"
"""Marks that end a term where a space stands behind them."""


@mypyc_attr(native_class=False)
class WordList(Protocol):
    """Where a word list is read: a `Path`, or a file of a package (`importlib.resources.files`)."""

    def read_text(self, encoding: str) -> str:
        """Return the text."""

    def __hash__(self) -> int:
        """Return what it is known by: it is read once."""


class Lexicon:
    """The terms of a word list, each as the keys of its words.

    `terms` has their labels, "" for exceptions; `begins` the beginnings of longer terms, with the label of the first of
    these; `first_words` what terms begin with, `words` all of their words.
    """

    __slots__ = ("begins", "first_words", "terms", "words")

    def __init__(self, text: str, sections: Mapping[str, str]) -> None:
        self.terms: dict[tuple[str, ...], str] = {}
        self.begins: dict[tuple[str, ...], str] = {}
        labels = {**sections, EXCEPTIONS: ""}
        lines = [(labels[section], line) for section, line in phrase_lines(text, labels)]
        for label, term in [(label, term) for label, line in lines for term in _terms(line)]:
            if len(term) > LONGEST:
                raise ValueError(f"a term has at most {LONGEST} words")
            if self.terms.setdefault(term, label) != label:
                self.terms[term] = label  # an exception, or the later section
            for size in range(1, len(term)):
                head = term[:size]
                self.begins[head] = self.begins.get(head) or label
        self.first_words = frozenset(term[0] for term in self.terms)
        self.words = frozenset(word for term, label in self.terms.items() if label for word in term)

    def longest(self, keys: tuple[str, ...]) -> tuple[int, str, bool]:
        """Return the words of the longest term at the beginning of some, and its label; 0 and "" for none.

        With it comes whether all of them are the beginning of a longer one.
        """
        size, label = 0, ""
        for count in range(1, len(keys) + 1):
            head = keys[:count]
            found = self.terms.get(head)
            if found is not None:
                size, label = count, found
            if head not in self.begins:
                return size, label, False
        return size, label, True


def _terms(line: str) -> Iterable[tuple[str, ...]]:
    """Give the terms of a line in all their forms."""
    for words in said(line):
        keys = keys_of(" ".join(words), NOISE)
        for last in noun_forms(keys[-1]) if keys else ():
            yield (*keys[:-1], last)


class _Held(NamedTuple):
    """A word that is the beginning of a term, or goes on with one."""

    word: int
    key: str
    classes: int


@mypyc_attr(allow_interpreted_subclasses=True)
class LexiconDetector(Stateless):
    """A detector of the terms of a word list, and of the answers to questions for such a thing.

    A subclass says in class attributes what it looks for, and takes no arguments:

    - `word_list`: the list;
    - `sections`: the label of each section of it;
    - `phrases`: questions and announcements, in the form of `lang/en/prompts.txt`, the label of the answer as the name
      of a section; none by default;
    - `expects`: the kinds of questions, named by the label, whose answers it looks for.

    Raises `ValueError`, when it is made, for a list that is none; it names the line.
    """

    word_list: ClassVar[WordList]
    sections: ClassVar[Mapping[str, str]]
    phrases: ClassVar[str] = ""
    expects: ClassVar[frozenset[str]] = frozenset()

    __slots__ = (
        "_answered", "_asked", "_asked_turn", "_asked_word", "_asker", "_entity", "_expects", "_held", "_lexicon",
        "_speaker", "_turn", "_turn_start", "active", "guard_words", "guards", "labels", "wake", "wake_words",
    )  # fmt: skip

    def __init__(self) -> None:
        kind = type(self)
        self._lexicon = _read(kind.word_list, tuple(kind.sections.items()))
        self._expects: frozenset[str] = kind.expects
        self.labels: frozenset[str] = kind.expects.union(kind.sections.values())
        self.wake = PROMPTED if kind.expects else 0
        self.guards = UNCOMMON if kind.expects else 0
        self.wake_words, self.guard_words = self._lexicon.first_words, self._lexicon.words
        self.active = False
        self._held: list[_Held] = []
        self._turn = -1
        self._turn_start = 0
        self._speaker: Name | None = None
        self._asked = ""  # the label of what was asked for; "" for nothing
        self._asked_turn = self._asked_word = -1
        self._asker: Name | None = None
        self._answered = -2  # the last word of the answer
        self._entity = 0  # which it is part of

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle it without what it has been fed."""
        return type(self), ()

    def fork(self) -> Self:
        """Return an independent copy."""
        other = type(self)()
        other.active, other._held = self.active, list(self._held)
        other._turn, other._turn_start, other._speaker = self._turn, self._turn_start, self._speaker
        other._asked, other._asker = self._asked, self._asker
        other._asked_turn, other._asked_word = self._asked_turn, self._asked_word
        other._answered, other._entity = self._answered, self._entity
        return other

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Take one word; return what is decided by it."""
        out: list[Span] = []
        if token.turn != self._turn:
            self._settle(out, ctx, over=True)
            self._turn, self._turn_start, self._speaker = token.turn, ctx.turn_start, token.speaker
            if token.turn - self._asked_turn > ANSWER_TURNS:
                self._asked = ""
        elif self._held and (token.classes & LABEL or _is_pause(token.gap)):
            self._settle(out, ctx, over=True)
        word = _Held(token.index, token.key, token.classes)
        if self._held or token.key in self._lexicon.first_words:
            if not (self._held and token.classes & HESITATION):
                self._held.append(word)
                self._settle(out, ctx, over=False)
        elif self._asked:
            self._answer(word, out, ctx)
        if token.prompt is not None and not token.prompt.weak:
            self._take_prompt(token.prompt.kind, token)
        self.active = bool(self._held or self._asked)
        return out

    def close(self, ctx: Context, *, cut: bool = False) -> list[Span]:
        """Decide what is open; `cut`: the call broke off, and what may have become a term is hidden."""
        out: list[Span] = []
        keys = tuple([word.key for word in self._held])
        label = self._lexicon.begins.get(keys, "") if cut and keys not in self._lexicon.terms else ""
        if label:
            first, last = self._held[0].word, self._held[-1].word
            out.append(Span(first, last + 1, label, BOUND_SCORE, ctx.new_entity(), Reason.HELD_BOUND))
        else:
            self._settle(out, ctx, over=True)
        self._held, self._asked, self.active = [], "", False
        return out

    def open_from(self, start: int, end: int) -> int:
        """Return the first undecided word in `[start, end)`, `end` when there is none."""
        return min(end, max(start, self._held[0].word)) if self._held else end

    def _settle(self, out: list[Span], ctx: Context, *, over: bool) -> None:
        """Decide about the held words as far as that can be done; `over`: no word goes on with them."""
        lexicon, held = self._lexicon, self._held
        while held:
            size, label, may_grow = lexicon.longest(tuple([word.key for word in held]))
            if may_grow and not over:
                return
            if label:
                first, last = held[0].word, held[size - 1].word
                out.append(Span(first, last + 1, label, LISTED_SCORE, ctx.new_entity(), Reason.LEXICON))
            elif not size:
                self._answer(held[0], out, ctx)
            del held[: size or 1]
            while held and held[0].key not in lexicon.first_words:
                self._answer(held.pop(0), out, ctx)

    # -- questions -----------------------------------------------------------------------------------------------

    def _take_prompt(self, kind: str, token: Token) -> None:
        """Take a phrase that ended with the word: it asks for something of this list, or for something else."""
        self._asked = kind if kind in self._expects else ""
        self._asked_turn, self._asked_word, self._asker = token.turn, token.index, token.speaker

    def _answer(self, held: _Held, out: list[Span], ctx: Context) -> None:
        """Hide a word that is no term, if it is an answer."""
        if not self._asked or not held.classes & UNCOMMON:
            return
        if self._turn == self._asked_turn:
            is_answer = held.word - self._asked_word <= NEAR
        else:
            by_other = self._speaker is None or self._speaker != self._asker
            is_answer = by_other and held.word - self._turn_start < FIRST_WORDS
        if is_answer:
            if held.word != self._answered + 1:
                self._entity = ctx.new_entity()
            self._answered = held.word
            out.append(Span(held.word, held.word + 1, self._asked, CUED_SCORE, self._entity, Reason.CUED))


@cache
def _read(word_list: WordList, sections: tuple[tuple[str, str], ...]) -> Lexicon:
    """Return the terms of a list, which is read once; (section, label) each."""
    return Lexicon(word_list.read_text("utf-8"), dict(sections))


def _is_pause(gap: str) -> bool:
    """Return whether the text between two words ends a sentence or a clause."""
    return len(gap) > 1 and any(mark in gap for mark in _PAUSES)
