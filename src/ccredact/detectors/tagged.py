"""Names, addresses and places by the trained tagger, and names that a call has told already.

The tagger looks a few words ahead, but never past the end of a final utterance: what a final says is decided with it,
and nothing waits. In an interim the last words are undecided. So the contract holds for the finals as they came; how a
turn is cut into finals may change what is found at the cuts, and nothing else does.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from ccredact.answers import common_words
from ccredact.detectors.base import EVERY_WORD, Context, Stateless, Token
from ccredact.tagger import model as m
from ccredact.tagger.begins import first_undecided, may_go_on
from ccredact.tagger.features import TURN_MARK, forms_of
from ccredact.transcript import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccredact.tagger.begins import Begins
    from ccredact.tagger.run import Network
    from ccredact.tagger.weights import Floats

SCORE = 0.7
CHUNK = 512
"""Words that go through the network at once."""
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
        "_begins",
        "_bias",
        "_final",
        "_finals",
        "_left",
        "_names",
        "_network",
        "_open",
        "_said",
        "_said_before",
        "_turn",
        "active",
    )

    def __init__(self, network: Network, begins: Begins) -> None:
        self._network = network
        self._begins = begins
        self._turn = 0
        self._said_before: list[
            str | list[str] | None
        ] = []  # since `_left` was made: texts, or forms; None: a new turn
        self._left: list[str] = []  # the last forms
        self._finals: list[int] = []  # and the numbers of their finals
        self._said: list[str] = []  # the last forms of this turn
        self._asked: list[str] = []  # and of the turn before
        self._bias: Floats | None = None  # what these say to the network, once it is needed
        self._final = 0
        self._names: dict[str, int] = {}  # names of people with their entity, the latest last
        self._open = -1  # the first undecided word of an interim
        self.active = False  # whether there is one

    def fork(self) -> TaggedDetector:
        """Copy it, to go on independently."""
        other = TaggedDetector(self._network, self._begins)
        other._turn, other._final, other._said_before = self._turn, self._final, list(self._said_before)
        other._left, other._finals = self._left, self._finals
        other._said, other._asked, other._bias = self._said, self._asked, self._bias
        other._names = dict(self._names)
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
            self._said_before.append(None)
        begins = self._begins(keys, is_final=is_final)
        if not begins:
            self._said_before.append(text)
            if len(text) > _LONG or len(self._said_before) > _KEPT_TEXTS:
                self._digest()
            return []
        self._digest()
        forms = forms_of(text)
        spans = self._find(forms, keys, word, begins, ctx, is_final=is_final)
        self._said_before.append(forms)
        if len(forms) > m.ASKED_WORDS:
            self._digest()
        return spans

    def _digest(self) -> None:
        """Keep the last forms of what was said, instead of all of it."""
        if not self._said_before:
            return
        left, finals = self._left, self._finals
        for said in self._said_before:
            if said is None:
                self._asked, self._said, self._bias = self._said, [], None
                left, finals = [*left, TURN_MARK], [*finals, self._final]
                continue
            forms = forms_of(said) if isinstance(said, str) else said
            self._said = [*self._said, *forms[-m.ASKED_WORDS :]][-m.ASKED_WORDS :]
            forms = forms[-m.LEFT :]
            left, finals = [*left, *forms][-m.LEFT :], [*finals, *[self._final] * len(forms)][-m.LEFT :]
            self._final += 1
        self._left, self._finals = left[-m.LEFT :], finals[-m.LEFT :]
        self._said_before = []

    def _find(
        self, forms: list[str], keys: Sequence[str], word: int, begin_at: list[int], ctx: Context, *, is_final: bool
    ) -> list[Span]:
        wanted = may_go_on(keys, begin_at)
        may_begin = set(begin_at)
        out: list[Span] = []
        label, last, begin, entity = "", -1, -1, 0
        goes_on = False  # whether the tag of the word before says so
        for at, tag in zip(wanted, self._tags(forms, wanted), strict=True):
            found, begins = m.TAG_LABELS[tag], m.BEGINS[tag]
            if at not in may_begin and not (found == label and last == at - 1):
                continue
            name = keys[at].removesuffix("'s")
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
            late = first_undecided(keys, m.RIGHT)
            self._open = next((word + at for at in wanted if at >= late), -1)
            self.active = self._open >= 0
        return out

    def _tags(self, forms: list[str], wanted: list[int]) -> list[int]:
        """The network's tags of these words."""
        if self._bias is None:
            self._bias = self._network.asked(self._asked)
        tags: list[int] = []
        for at in range(0, len(wanted), CHUNK):
            tags += self._chunk(forms, wanted[at : at + CHUNK], self._bias)
        return tags

    def _chunk(self, forms: list[str], wanted: list[int], asked: Floats) -> list[int]:
        first, stop = wanted[0] - m.LEFT, wanted[-1] + m.RIGHT + 1
        if first >= 0:
            near = forms[first:stop]
            ends = [len(near)] * len(near)
        else:
            left, finals = self._left[first:], self._finals[first:]
            near = left + forms[:stop]
            first = -len(left)
            ends = [len(near) if final == self._final else bisect_right(finals, final) for final in finals]
            ends += [len(near)] * (len(near) - len(left))
        return self._network.tags(near, ends, [place - first for place in wanted], asked)

    def _remember(self, name: str, entity: int) -> None:
        if _is_rare(name):
            self._names.pop(name, None)
            self._names[name] = entity
            if len(self._names) > KEPT_NAMES:
                del self._names[next(iter(self._names))]


def _is_rare(key: str) -> bool:
    """Whether a word may be a name by itself: no short one, and no everyday one."""
    return len(key) >= _SHORTEST_NAME and key.isalpha() and key not in common_words()
