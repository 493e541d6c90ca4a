"""Digits that nobody announced and that may yet turn out to be a card."""

from __future__ import annotations

from collections.abc import Iterable

from ccredact.detectors.cards import windows
from ccredact.detectors.cards.digit_run import Run
from ccredact.dialogue.card_prompts import OTHER
from ccredact.numbers.composer import Group
from ccredact.policy import Hold
from ccredact.text.token import Token
from ccredact.transcript import Span

PATIENCE = 8
"""Other words of the same speaker after which the candidate is settled as no card."""
KEPT_GROUPS = 32
"""Groups that are kept: more than a card of single digits has, with a correction in it."""
LEAST = 4
"""Digits that must be there for a candidate to outlive its run."""


def stretches(groups: Iterable[Group]) -> list[tuple[int, int]]:
    """Word ranges of the groups, one for each run: the words between two runs are not in them."""
    out: list[tuple[int, int]] = []
    run = -1
    for group in groups:
        if group.run == run:
            out[-1] = (out[-1][0], group.last + 1)
        else:
            out.append((group.first, group.last + 1))
        run = group.run
    return out


def _rows(groups: list[Group]) -> list[list[Group]]:
    """All groups in the order they were said, then each speaker's alone."""
    speakers = {group.speaker for group in groups} if len(groups) > 1 else ()
    if len(speakers) <= 1:
        return [groups]
    return [groups, *([g for g in groups if g.speaker == s] for s in sorted(speakers, key=str))]


class Candidate:
    """Groups of one or more runs, and the other speaker's words that repeat them."""

    __slots__ = ("echoes", "groups", "other", "patience", "since")

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self.echoes: list[tuple[int, int]] = []
        self.since: tuple[int, int, float | None] = (0, 0, None)
        self.patience = 0
        self.other = False  # whether some of it was asked for or announced as another number

    def __bool__(self) -> bool:
        return bool(self.groups)

    def fork(self) -> Candidate:
        """An independent copy."""
        other = Candidate()
        other.groups, other.echoes = list(self.groups), list(self.echoes)
        other.since, other.patience, other.other = self.since, self.patience, self.other
        return other

    def settle(self) -> None:
        """It is decided: forget it."""
        self.groups, self.echoes, self.patience, self.other = [], [], 0, False

    def add(self, run: Run) -> None:
        """A run has ended that may be part of it."""
        if self.groups and (run.magnitude or not run.led) and windows.size(run.groups) < windows.LONG:
            return  # "two hundred and forty", "at nine thirty": no part of a number that is read out
        if not self.groups:
            self.since = (run.turn, run.start, run.time)
            self.echoes = []
        self.groups = [*self.groups, *run.groups][-KEPT_GROUPS:]
        self.patience = 0
        self.other = self.other or run.elsewhere or run.adjacent == OTHER

    def prune(self) -> None:
        """Keep what may still become a card, if it is enough to wait for."""
        first = self.open_word([], printed=False)
        if first is None:
            self.settle()
            return
        self.groups = [group for group in self.groups if group.first >= first]
        if windows.size(self.groups) < LEAST:
            self.settle()

    def wait(self, token: Token, words: int) -> None:
        """The speaker said other words."""
        if self.groups and token.speaker == self.groups[-1].speaker:
            self.patience += words
            if self.patience > PATIENCE:
                self.settle()

    def overdue(self, token: Token, hold: Hold) -> bool:
        """Whether the policy's bound is met."""
        turn, word, time = self.since
        late = time is not None and token.time is not None and token.time - time > hold.seconds
        return token.turn - turn > hold.turns or token.index - word > hold.words or late

    def repeated_by(self, run: Run) -> bool:
        """Whether the run is the other speaker's read-back of these digits."""
        if not self.groups or self.groups[-1].speaker == run.speaker:
            return False
        return windows.contains(windows.digits_of(self.groups), run.seen())

    def find(self, *, without_last: bool = False) -> tuple[list[Group], list[windows.Window]]:
        """The windows that are cards, in the row of groups that they index."""
        for row in _rows(self.groups[:-1] if without_last else self.groups):
            hits = windows.cards(row)
            if hits:
                return row, hits
        return self.groups, []

    def open_word(self, groups: list[Group], *, printed: bool) -> int | None:
        """The first word of it, with these groups after it, that may still become part of a card.

        `printed`: also by their grouping alone.
        """
        if not self.groups:  # one run is one speaker's
            at = windows.first_open(groups, printed=printed)
            return None if at is None else groups[at].first
        rows = _rows([*self.groups, *groups])
        opens = [(row, windows.first_open(row, printed=printed)) for row in rows]
        return min((row[first].first for row, first in opens if first is not None), default=None)

    def spans(self, label: str, score: float, entity: int) -> list[Span]:
        """All of it, hidden: the digits, not the words between."""
        return [Span(start, end, label, score, entity) for start, end in self.open_ranges()]

    def open_ranges(self) -> list[tuple[int, int]]:
        """Word ranges that are undecided."""
        return [*stretches(self.groups), *self.echoes]
