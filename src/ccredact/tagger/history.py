"""What the tagger keeps of a call: the last words before an utterance, and what was asked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ccredact.tagger import architecture as m
from ccredact.tagger.features import BREAK_MARK, TURN_MARK, forms_of

if TYPE_CHECKING:
    from ccredact.tagger.network import Network
    from ccredact.tagger.weights import Floats

Window = tuple[list[str], list[int], list[int]]
"""What the network needs to tag some words: forms, behind which place the final of each ends, places of the words."""
_WIDEST = m.AT_ONCE - m.LEFT - m.RIGHT - 1
_MOST_LATE = 32
_NEAR_TEXTS = m.LEFT // 2
"""Finals that all words to the left are from: each has a form and a mark."""
_LONG = 400
"""Characters of a text from which on only its last forms are kept."""


class Heard:
    """The last forms of a call, with the mark behind them and the numbers of their finals; the last of two turns.

    What is taken waits as it came until somebody looks: of most of it nobody ever sees a form.
    """

    __slots__ = ("_asked", "_final", "_finals", "_forms", "_late", "_said")

    def __init__(self) -> None:
        self._late: list[str | list[str] | None] = []  # texts, or forms; None: a new turn
        self._forms: list[str] = []
        self._finals: list[int] = []
        self._said: list[str] = []  # in this turn
        self._asked: list[str] = []  # in the turn before
        self._final = 0  # the number of the final to come

    def copy(self) -> Heard:
        """An independent copy."""
        other = Heard()
        other._late = [*self._late]
        other._forms, other._finals, other._final = self._forms, self._finals, self._final
        other._said, other._asked = self._said, self._asked
        return other

    def turn(self) -> None:
        """A turn begins."""
        self._late.append(None)

    def take(self, said: str | list[str]) -> None:
        """Take a final: its text, or its forms."""
        if isinstance(said, str) and len(said) > _LONG:
            said = forms_of(said)
        self._late.append(said if isinstance(said, str) else said[-m.ASKED_WORDS :])
        if len(self._late) > _MOST_LATE:
            first = self._first_needed()
            if first > _MOST_LATE // 2:
                del self._late[:first]
            else:
                self._catch_up()

    def asked(self) -> list[str]:
        """The last forms of the turn before."""
        self._catch_up()
        return self._asked

    def _first_needed(self) -> int:
        """From where on somebody may see what waits: the turn before, and some texts."""
        turns = texts = 0
        for at in range(len(self._late) - 1, -1, -1):
            if self._late[at] is None:
                turns += 1
            else:
                texts += 1
            if turns >= 2 and texts >= _NEAR_TEXTS:
                return at
        return 0

    def _catch_up(self) -> None:
        """Take what waits."""
        if not self._late:
            return
        for said in self._late[self._first_needed() :]:
            if said is None:
                self._asked, self._said = self._said, []
                self._forms = [*self._forms[:-1], TURN_MARK]
                continue
            forms = forms_of(said) if isinstance(said, str) else said
            self._said = [*self._said, *forms[-m.ASKED_WORDS :]][-m.ASKED_WORDS :]
            forms = forms[-m.LEFT :]
            self._forms = [*self._forms, *forms, BREAK_MARK][-m.LEFT :]  # unless a new turn begins
            self._finals = [*self._finals, *[self._final] * len(forms), self._final + 1][-m.LEFT :]
            self._final += 1
        self._late = []

    def windows(self, forms: Sequence[str], wanted: Sequence[int]) -> Iterator[Window]:
        """The forms around some words of the final to come, which has these forms: one window mostly."""
        self._catch_up()
        begin = 0
        while begin < len(wanted):
            end = len(wanted)
            if wanted[-1] - wanted[begin] > _WIDEST:
                end = bisect_right(wanted, wanted[begin] + _WIDEST)
            yield self._window(forms, wanted[begin:end])
            begin = end

    def _window(self, forms: Sequence[str], wanted: Sequence[int]) -> Window:
        first, stop = wanted[0] - m.LEFT, wanted[-1] + m.RIGHT + 1
        if first >= 0:
            near = [*forms[first:stop]]
            ends = [len(near)] * len(near)
        else:
            left, finals = self._forms[first:], self._finals[first:]
            near = [*left, *forms[:stop]]
            first = -len(left)
            ends = [len(near) if final == self._final else bisect_right(finals, final) for final in finals]
            ends += [len(near)] * (len(near) - len(left))
        return near, ends, [place - first for place in wanted]


class Together:
    """Windows of many finals in one: no word is read with those of another window."""

    __slots__ = ("_asked", "_parts")

    def __init__(self) -> None:
        self._parts: list[Window] = []
        self._asked: list[list[Floats]] = []

    def add(self, window: Window, asked: Floats) -> None:
        """Take a window, and what was asked before its words."""
        near, ends, places = window
        whole = places[0] >= m.LEFT  # else a call begins there, and nothing may stand before it
        if not self._parts or not whole or len(self._parts[-1][0]) + len(near) > m.AT_ONCE:
            self._parts.append(([], [], []))
            self._asked.append([])
        forms, stops, wanted = self._parts[-1]
        base = len(forms)
        forms += near
        stops += [base + end for end in ends]
        wanted += [base + place for place in places]
        self._asked[-1] += [asked] * len(places)

    def tags(self, network: Network) -> list[int]:
        """The tags of all words, in order."""
        found: list[int] = []
        for (near, ends, places), asked in zip(self._parts, self._asked, strict=True):
            found += network.tags(near, ends, places, network.each(asked))
        return found
