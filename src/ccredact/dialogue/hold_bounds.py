"""How long something undecided may be held."""

from __future__ import annotations


class HoldBounds:
    """The bounds of a policy (`ccredact.policy.Hold`), as the engine reads them."""

    __slots__ = ("seconds", "turns", "words")

    def __init__(self, turns: int, words: int, seconds: float) -> None:
        self.turns = turns
        self.words = words
        self.seconds = seconds

    def exceeded(self, turns: int, words: int, since: float | None, now: float | None) -> bool:
        """Return whether as many turns and words, or the time between two seconds of the call, are too long."""
        if turns > self.turns or words > self.words:
            return True
        return since is not None and now is not None and now - since > self.seconds
