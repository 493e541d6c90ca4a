"""What the tagger keeps of a call: the last words before an utterance, and what was asked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ccredact.tagger import model as m
from ccredact.tagger.features import BREAK_MARK, TURN_MARK

if TYPE_CHECKING:
    from ccredact.tagger.run import Network
    from ccredact.tagger.weights import Floats

Window = tuple[list[str], list[int], list[int]]
"""What the network needs to tag some words: forms, behind which place the final of each ends, places of the words."""
_WIDEST = m.AT_ONCE - m.LEFT - m.RIGHT - 1


class Heard:
    """The last forms of a call, with the mark behind them and the numbers of their finals; the last of two turns."""

    __slots__ = ("asked", "final", "finals", "forms", "said")

    def __init__(self) -> None:
        self.forms: list[str] = []
        self.finals: list[int] = []
        self.said: list[str] = []  # in this turn
        self.asked: list[str] = []  # in the turn before
        self.final = 0  # the number of the final to come

    def copy(self) -> Heard:
        """An independent copy."""
        other = Heard()
        other.forms, other.finals, other.final = self.forms, self.finals, self.final
        other.said, other.asked = self.said, self.asked
        return other

    def turn(self) -> None:
        """A turn begins."""
        self.asked, self.said = self.said, []
        self.forms = [*self.forms[:-1], TURN_MARK]

    def take(self, forms: Sequence[str]) -> None:
        """Take a final."""
        self.said = [*self.said, *forms[-m.ASKED_WORDS :]][-m.ASKED_WORDS :]
        forms = forms[-m.LEFT :]
        self.forms = [*self.forms, *forms, BREAK_MARK][-m.LEFT :]  # unless a new turn begins
        self.finals = [*self.finals, *[self.final] * len(forms), self.final + 1][-m.LEFT :]
        self.final += 1

    def windows(self, forms: Sequence[str], wanted: Sequence[int]) -> Iterator[Window]:
        """The forms around some words of the final to come, which has these forms: one window mostly."""
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
            left, finals = self.forms[first:], self.finals[first:]
            near = [*left, *forms[:stop]]
            first = -len(left)
            ends = [len(near) if final == self.final else bisect_right(finals, final) for final in finals]
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
