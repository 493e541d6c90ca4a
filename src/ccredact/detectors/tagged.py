"""Names, addresses and places by the trained tagger, and names that a call has told already.

The tagger looks a few words ahead, but never past the end of a final utterance: what a final says is decided with it,
and nothing waits. In an interim the last words are undecided. It sees where the utterance before ended, in its turn
too: what begins there is mostly a sentence of its own. So the contract holds for the finals as they came; how a turn is
cut into finals may change what is found near the cuts, and nothing else does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccredact.answers import common_words
from ccredact.detectors.base import EVERY_WORD, Context, Stateless, Token
from ccredact.normalize.labels import OPAQUE
from ccredact.tagger import model as m
from ccredact.tagger.features import BREAK_MARK, TURN_MARK, forms_of
from ccredact.transcript import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccredact.tagger.run import Network

SCORE = 0.7
CHUNK = 512
"""Words that go through the network at once."""
INSIDE = 2
"""Words with which no entity begins that may stand in one, at once."""
KEPT_NAMES = 64
"""Names of a call that are known again."""
_SHORTEST_NAME = 3
_KEPT_TEXTS = 8
_LONG = 400
"""Texts, and characters of one, from which on only their last forms are kept."""


class TaggedDetector(Stateless):
    """Reads whole utterances (`read`); is fed no single words."""

    wake = 0
    guards = EVERY_WORD

    __slots__ = (
        "_asked",
        "_final",
        "_left",
        "_names",
        "_network",
        "_open",
        "_plain",
        "_said",
        "_texts",
        "_turn",
        "active",
    )

    def __init__(self, network: Network, plain: frozenset[str]) -> None:
        self._network = network
        self._plain = plain
        self._turn = 0
        self._texts: list[str | None] = []  # since `_left` and the rest were made; None is a new turn
        self._left: list[tuple[str, int]] = []  # the last forms and the mark behind, with their final
        self._said: list[str] = []  # the last forms of this turn
        self._asked: list[str] = []  # and of the turn before
        self._final = 0
        self._names: dict[str, int] = {}  # names of people with their entity, the latest last
        self._open = -1  # the first undecided word of an interim
        self.active = False  # whether there is one

    def fork(self) -> TaggedDetector:
        """Copy it, to go on independently."""
        other = TaggedDetector(self._network, self._plain)
        other._turn, other._final, other._texts = self._turn, self._final, list(self._texts)
        other._left, other._said, other._asked, other._names = self._left, self._said, self._asked, dict(self._names)
        return other

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """It needs no single words."""
        del token, ctx
        return []

    def open_from(self, start: int, end: int) -> int:
        """The first undecided word of an interim in `[start, end)`."""
        return end if self._open < 0 else min(end, max(start, self._open))

    def read(self, text: str, keys: Sequence[str], word: int, turn: int, ctx: Context, *, is_final: bool) -> list[Span]:
        """Take an utterance whose first word has the number `word`; say what is found in it."""
        if turn != self._turn:
            self._turn = turn
            self._texts.append(None)
        if self._plain.issuperset(keys) and (
            is_final or len(keys[-1]) > 1
        ):  # a letter may begin a name that is spelled
            spans = []
        else:
            self._digest()
            spans = self._find(text, keys, word, ctx, is_final=is_final)
        self._texts.append(text)
        if len(text) > _LONG or len(self._texts) > _KEPT_TEXTS:
            self._digest()
        return spans

    def _digest(self) -> None:
        """Keep the last forms of what was said, instead of its text."""
        for text in self._texts:
            if text is None:
                self._asked, self._said = self._said, []
                self._left = [*self._left[:-1], (TURN_MARK, self._final)]
                continue
            forms = forms_of(text)
            self._said = [*self._said, *forms][-m.ASKED_WORDS :]
            left = [*self._left, *((form, self._final) for form in forms[-m.LEFT :])]
            self._final += 1
            self._left = [*left[1 - m.LEFT :], (BREAK_MARK, self._final)]  # unless a new turn begins
        self._texts = []

    def _find(self, text: str, keys: Sequence[str], word: int, ctx: Context, *, is_final: bool) -> list[Span]:
        wanted = self._wanted(keys)
        forms = forms_of(text)
        tags = self._tags(forms, wanted)
        out: list[Span] = []
        label, last, begin, entity = "", -1, -1, 0
        goes_on = False  # whether the tag of the word before says so
        for at, tag in zip(wanted, tags, strict=True):
            found, begins = m.TAG_LABELS[tag], m.BEGINS[tag]
            key = keys[at]
            if key in self._plain and not (found == label and last == at - 1) and not _is_spelled(keys, at):
                continue
            name = key.removesuffix("'s")
            if not found and name in self._names:
                found, begins = "PERSON", True
            if not found and (goes_on or label == "PERSON") and last == at - 1 and forms[last][-1].isalpha():
                found, begins = label if _is_rare(name) else "", False  # no everyday word: the entity goes on
            goes_on = m.GOES_ON[tag]
            if not found:
                label = ""
                continue
            if found == label and last == at - 1 and (not begins or forms[last][-1].isalnum()):
                out[-1] = Span(begin, word + at + 1, found, SCORE, entity)
            else:
                known = self._names.get(name, 0) if found == "PERSON" else 0
                begin, entity = word + at, known or ctx.new_entity()
                out.append(Span(begin, begin + 1, found, SCORE, entity))
            label, last = found, at
            if found == "PERSON":
                self._remember(name, entity)
        if not is_final:
            late = len(keys) - m.RIGHT
            self._open = next((word + at for at in wanted if at >= late), -1)
            self.active = self._open >= 0
        return out

    def _wanted(self, keys: Sequence[str]) -> list[int]:
        """Places of the words that an entity may begin or go on with."""
        out = []
        until = -1
        for at, key in enumerate(keys):
            if key == OPAQUE:
                continue
            if key not in self._plain or _is_spelled(keys, at):
                until = at + INSIDE
            elif at > until:
                continue
            out.append(at)
        return out

    def _tags(self, forms: list[str], wanted: list[int]) -> list[int]:
        before = len(self._left)
        near = [form for form, _ in self._left] + forms
        ends = [len(near)] * len(near)
        following = self._final
        for at in range(before - 1, -1, -1):
            final = self._left[at][1]
            ends[at] = ends[at + 1] if final == following and at + 1 < len(near) else at + 1
            following = final
        tags: list[int] = []
        for at in range(0, len(wanted), CHUNK):
            part = wanted[at : at + CHUNK]
            low = max(0, before + part[0] - m.LEFT)
            high = before + part[-1] + m.RIGHT + 1
            tags += self._network.tags(
                near[low:high],
                [min(end, high) - low for end in ends[low:high]],
                [before + place - low for place in part],
                self._asked,
            )
        return tags

    def _remember(self, name: str, entity: int) -> None:
        if _is_rare(name):
            self._names.pop(name, None)
            self._names[name] = entity
            if len(self._names) > KEPT_NAMES:
                del self._names[next(iter(self._names))]


def _is_rare(key: str) -> bool:
    """Whether a word may be a name by itself: no short one, and no everyday one."""
    return len(key) >= _SHORTEST_NAME and key.isalpha() and key not in common_words()


def _is_spelled(keys: Sequence[str], at: int) -> bool:
    """Whether a letter may begin a name that is spelled: another one follows, or nothing yet."""
    return len(keys[at]) == 1 and (at + 1 == len(keys) or len(keys[at + 1]) == 1)
