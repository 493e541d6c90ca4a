"""What is known of one call's cards while it runs: what the rooms about runs and candidates share."""

from __future__ import annotations

from ccredact.detectors.cards.candidate import Candidate
from ccredact.detectors.cards.digit_run import DigitRun
from ccredact.detectors.cards.seen import SeenCards
from ccredact.dialogue.state import Dialogue


class CardState:
    """The four parts of the state of one call's cards."""

    __slots__ = ("candidate", "dialogue", "run", "seen")

    dialogue: Dialogue
    """What is expected and what the talk is about: the scanner owns it."""

    def __init__(self, *, keep_values: bool) -> None:
        self.candidate = Candidate()
        """Digits of earlier runs that nobody announced and that may still be part of a card."""
        self.seen = SeenCards(keep_values=keep_values)
        """The cards, codes and dates that the call has given, to know what is said again."""
        self.run: DigitRun | None = None
        """The digits that one speaker is saying, None between two runs."""
