"""What the tagger keeps of a call: the last words before an utterance, and what was asked."""

from __future__ import annotations

from collections.abc import Sequence

from ccredact.tagger import model as m
from ccredact.tagger.features import TURN_MARK


class Heard:
    """The last forms of a call, each with the number of the final it came in, and the last ones of two turns."""

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
        self._keep([TURN_MARK])

    def take(self, forms: Sequence[str]) -> None:
        """Take a final."""
        self.said = [*self.said, *forms[-m.ASKED_WORDS :]][-m.ASKED_WORDS :]
        self._keep(forms[-m.LEFT :])
        self.final += 1

    def _keep(self, forms: Sequence[str]) -> None:
        self.forms = [*self.forms, *forms][-m.LEFT :]
        self.finals = [*self.finals, *[self.final] * len(forms)][-m.LEFT :]
