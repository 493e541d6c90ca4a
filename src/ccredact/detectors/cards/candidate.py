"""Digits that nobody announced and that may yet turn out to be a card."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ccredact.detectors.cards.digit_run import DigitRun
from ccredact.detectors.cards.windows import (
    LONG,
    Window,
    count_digits,
    digits_of,
    find_cards,
    first_open,
    is_part_of,
    may_begin_card,
)
from ccredact.dialogue.hold_bounds import HoldBounds
from ccredact.dialogue.kinds import ANOTHER
from ccredact.numbers.composer import Group
from ccredact.reasons import Reason
from ccredact.text.token import Token
from ccredact.transcript import Span

PATIENCE: Final = 8
"""Other words of the same speaker after which the candidate is settled as no card."""
KEPT_GROUPS: Final = 32
"""Groups that are kept: more than a card of single digits has, with a correction in it."""
LEAST: Final = 4
"""Digits that must be there for a candidate to outlive its run."""


def stretches(groups: Iterable[Group]) -> list[tuple[int, int]]:
    """Return the word ranges of the groups, one for each run: the words between two runs are not in them."""
    out: list[tuple[int, int]] = []
    run_id = -1
    for group in groups:
        if group.run_id == run_id:
            out[-1] = (out[-1][0], group.last + 1)
        else:
            out.append((group.first, group.last + 1))
        run_id = group.run_id
    return out


def rows_of(groups: list[Group]) -> list[list[Group]]:
    """Return all groups in the order they were said, then each speaker's alone."""
    speakers = {group.speaker for group in groups} if len(groups) > 1 else ()
    if len(speakers) <= 1:
        return [groups]
    return [groups, *([g for g in groups if g.speaker == s] for s in dict.fromkeys(group.speaker for group in groups))]


class Candidate:
    """Groups of one or more runs, and the other speaker's words that repeat them.

    `start` is turn, word and time of the first of them; `idle_words` how many other words its speaker has said since
    the last; `other_prompted` says that some of it was asked for or announced as another number. `begun` is the first
    word of its first digits where "my card is" announces them, and they are too few to be taken for one; -1 for none.
    """

    __slots__ = ("begun", "groups", "idle_words", "other_prompted", "repeats", "start")

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self.repeats: list[tuple[int, int]] = []
        self.start: tuple[int, int, float | None] = (0, 0, None)
        self.idle_words = 0
        self.other_prompted = False
        self.begun = -1

    def fork(self) -> Candidate:
        """Return an independent copy."""
        other = Candidate()
        other.groups, other.repeats = list(self.groups), list(self.repeats)
        other.start, other.idle_words, other.other_prompted = self.start, self.idle_words, self.other_prompted
        other.begun = self.begun
        return other

    def clear(self) -> None:
        """Forget it: it is decided."""
        self.groups, self.repeats, self.idle_words, self.other_prompted, self.begun = [], [], 0, False, -1

    def begin(self, run: DigitRun) -> None:
        """Take a few digits that "my card is" announces."""
        self.add(run)
        self.begun = run.groups[0].first

    def announced(self) -> list[Group]:
        """Return the groups from the first that "my card is" announces on, none where it does not."""
        if self.begun < 0:
            return []
        groups = [group for group in self.groups if group.first >= self.begun]
        return groups if groups and groups[0].first == self.begun else []

    def goes_on_with(self, groups: list[Group]) -> bool:
        """Return whether announced digits are the same speaker's, and as much of a card by now as is hidden."""
        row = [*self.announced(), *groups]
        if not self.announced() or count_digits(row) < LEAST:
            return False
        return len({group.speaker for group in row}) == 1 and may_begin_card(row, printed=False)

    def add(self, run: DigitRun) -> None:
        """Take a run that has ended and may be part of it."""
        context = run.context
        if self.groups and (run.has_magnitude or not context.led) and count_digits(run.groups) < LONG:
            return  # "two hundred and forty", "at nine thirty": no part of a number that is read out
        if not self.groups:
            self.start = (run.turn, run.start, run.time)
            self.repeats = []
        self.groups = [*self.groups, *run.groups][-KEPT_GROUPS:]
        self.idle_words = 0
        self.other_prompted = self.other_prompted or context.other_prompted or context.cue == ANOTHER

    def prune(self) -> None:
        """Keep what may still become a card, if it is enough to wait for."""
        first = self.open_word([], printed=False)
        if first is None:
            self.clear()
            return
        self.groups = [group for group in self.groups if group.first >= first]
        if count_digits(self.groups) < LEAST and not self.announced():
            self.clear()

    def wait(self, token: Token, words: int) -> None:
        """Take other words, the last of which is `token`: too many of its speaker's settle it."""
        if self.groups and token.speaker == self.groups[-1].speaker:
            self.idle_words += words
            if self.idle_words > PATIENCE:
                self.clear()

    def is_overdue(self, token: Token, hold: HoldBounds) -> bool:
        """Return whether it has been held as long as the policy lets it be."""
        turn, word, time = self.start
        return hold.exceeded(token.turn - turn, token.index - word, time, token.time)

    def is_repeated_by(self, run: DigitRun) -> bool:
        """Return whether the run is the other speaker's read-back of these digits."""
        if not self.groups or self.groups[-1].speaker == run.speaker:
            return False
        return is_part_of(run.all_groups(), digits_of(self.groups))

    def find(self, *, without_last: bool = False) -> tuple[list[Group], list[Window]]:
        """Return the windows that are cards, behind the row of groups that they index."""
        for row in rows_of(self.groups[:-1] if without_last else self.groups):
            hits = find_cards(row)
            if hits:
                return row, hits
        return self.groups, []

    def open_word(self, groups: list[Group], *, printed: bool) -> int | None:
        """Return the first word of it, with these groups after it, that may still become part of a card, or None.

        `printed`: also by their grouping alone.
        """
        if not self.groups:  # one run is one speaker's
            at = first_open(groups, printed=printed)
            return None if at is None else groups[at].first
        rows = rows_of([*self.groups, *groups])
        opens = [(row, first_open(row, printed=printed)) for row in rows]
        return min((row[first].first for row, first in opens if first is not None), default=None)

    def spans(self, label: str, score: float, entity: int, reason: Reason) -> list[Span]:
        """Return the spans of all of it: the digits, not the words between."""
        return [Span(start, end, label, score, entity, reason) for start, end in self.open_ranges()]

    def open_ranges(self) -> list[tuple[int, int]]:
        """Return the word ranges that are undecided."""
        return [*stretches(self.groups), *self.repeats]
