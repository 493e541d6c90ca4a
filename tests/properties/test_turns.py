"""Cards that are read out over several turns stay hidden, whatever the other speaker says in between."""

from __future__ import annotations

import random
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from card_calls import bare_call, card_call
from card_numbers import Piece, Turn, longest_run, plain, utterances, visible
from ccredact import Entity, Reason, Redactor, Segment

if TYPE_CHECKING:
    from collections.abc import Callable

REDACTOR = Redactor("pci")


class Tally:
    """What of the cards in many calls was left to see, and what of the other speaker's talk was not."""

    def __init__(self, make: Callable[[random.Random], tuple[str, list[Turn]]], name: str, calls: int) -> None:
        self.calls = calls
        self.turns: Counter[int] = Counter()
        self.digits = self.seen = self.touched = 0
        self.runs: list[str] = []  # calls with 5 or more consecutive digits visible
        self.complete: list[str] = []
        self.words = 0  # of the other speaker, that stand for no digit
        self.hidden: list[str] = []  # turns of the other speaker of which something was hidden
        for number in range(calls):
            self.take(*make(random.Random(f"{name} {number}")))

    def take(self, digits: str, turns: list[Turn]) -> None:
        segments = REDACTOR.redact_call(utterances(turns))
        shown = visible(turns, segments)
        text = "\n".join(f"{turn.speaker}: {turn.text}" for turn in turns)
        self.turns[sum(turn.speaker == "customer" and any(p.at for p in turn.pieces) for turn in turns)] += 1
        self.digits += len(digits)
        self.seen += len(shown)
        self.touched += bool(shown)
        if longest_run(shown) >= 5:
            self.runs.append(text)
        if len(shown) == len(digits):
            self.complete.append(text)
        for turn, segment in zip(turns, segments, strict=True):
            if turn.speaker == "agent" and not any(piece.at for piece in turn.pieces):
                self.words += len(turn.pieces)
                self.hidden += [segment.text] * len(segment.entities)

    def show(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        with capsys.disabled():
            sys.stdout.write(
                f"\n{name}: {self.calls} calls, 5+ digits visible in {len(self.runs)}, any digit in {self.touched}, "
                f"complete cards {len(self.complete)}, digits visible {self.seen / self.digits:.3%}, "
                f"{len(self.hidden)} pieces hidden of {self.words} other words\n"
            )


@pytest.fixture(scope="module")
def asked(examples: int) -> Tally:
    return Tally(card_call, "asked", max(1_000, examples))


def test_cards_asked_for_and_read_over_turns_stay_hidden(asked: Tally, capsys: pytest.CaptureFixture[str]) -> None:
    asked.show("cards asked for", capsys)
    assert set(range(1, 7)) <= set(asked.turns)
    assert not asked.complete, asked.complete
    assert len(asked.runs) <= asked.calls // 1000, asked.runs


def test_the_other_speakers_talk_between_the_groups_stays_as_it_is(asked: Tally) -> None:
    assert asked.words > 20_000
    assert len(asked.hidden) <= asked.words / 1000, asked.hidden[:10]


def test_valid_cards_that_nobody_asked_for_stay_hidden_over_turns(
    examples: int, capsys: pytest.CaptureFixture[str]
) -> None:
    tally = Tally(bare_call, "bare", max(1_000, examples))
    tally.show("cards not announced", capsys)
    assert not tally.complete, tally.complete
    assert len(tally.runs) <= tally.calls // 50, tally.runs


def test_what_is_counted_as_visible_is_what_stands_outside_entities() -> None:
    four = [Piece("double"), Piece("four", (3, 4))]
    number = Turn("customer", [*plain("it's"), Piece("41-1", (0, 1, 2)), *four, Piece("nine", (5,))])
    assert number.text == "it's 41-1 double four nine"
    places = ((6, 9, 6, 19), (10, 21, 20, 33))
    hidden = tuple(Entity(1, "CREDIT_CARD", 0.9, Reason.CUED, *place) for place in places)
    segment = Segment("0", "it's 4[CREDIT_CARD] [CREDIT_CARD] nine", "customer", entities=hidden, end=26)
    assert visible([number], [segment]) == {0, 5}
    assert visible([number], [Segment("0", number.text, "customer", end=26)]) == {0, 1, 2, 3, 4, 5}
    assert [longest_run(places) for places in (set(), {0, 5}, {1, 2, 4, 5, 6, 9})] == [0, 1, 3]
