"""Cards that are read out over several turns stay hidden, whatever the other speaker says in between."""

from __future__ import annotations

import random
import sys
from collections import Counter
from typing import TYPE_CHECKING

from card_calls import bare_call, card_call
from card_numbers import longest_run, piece_visible, shown_of, thorough, utterances

from ccredact import Redactor

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from card_numbers import Turn

REDACTOR = Redactor("pci")


class Tally:
    """What of many cards was left to see."""

    def __init__(self, make: Callable[[random.Random], tuple[str, list[Turn]]], name: str) -> None:
        self.calls = 10_000 if thorough() else 1_000
        self.turns: Counter[int] = Counter()
        self.digits = self.seen = self.touched = 0
        self.runs: list[str] = []  # seeds of calls with 5 or more consecutive digits visible
        self.complete: list[str] = []
        for number in range(self.calls):
            seed = f"{name} {number}"
            digits, turns = make(random.Random(seed))
            shown = shown_of(REDACTOR, turns)
            self.turns[sum(any(piece.at for piece in turn.pieces) for turn in turns)] += 1
            self.digits += len(digits)
            self.seen += len(shown)
            self.touched += bool(shown)
            if longest_run(shown) >= 5:
                self.runs.append(seed)
            if len(shown) == len(digits):
                self.complete.append(seed)

    def show(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        with capsys.disabled():
            sys.stdout.write(
                f"\n{name}: {self.calls} calls, 5+ digits visible in {len(self.runs)}, any digit in {self.touched}, "
                f"complete cards {len(self.complete)}, digits visible {self.seen / self.digits:.3%}\n"
            )


def test_cards_asked_for_and_read_over_turns_stay_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally(card_call, "asked")
    tally.show("cards asked for", capsys)
    assert set(range(1, 7)) <= set(tally.turns)
    assert not tally.complete, tally.complete
    assert len(tally.runs) <= tally.calls // 1000, tally.runs


def test_valid_cards_that_nobody_asked_for_stay_hidden_over_turns(capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally(bare_call, "bare")
    tally.show("cards not announced", capsys)
    assert not tally.complete, tally.complete
    assert len(tally.runs) <= tally.calls // 200, tally.runs


def test_the_other_speakers_talk_between_the_groups_stays_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    words = hidden = 0
    worst: list[str] = []
    for number in range(10_000 if thorough() else 1_000):
        _, turns = card_call(random.Random(f"asked {number}"))
        segments = REDACTOR.redact_call(utterances(turns))
        for turn, segment in zip(turns, segments, strict=True):
            if turn.speaker != "agent" or any(piece.at for piece in turn.pieces):
                continue
            words += len(turn.pieces)
            if segment.entities:
                hidden += len(segment.entities)
                worst.append(segment.text)
    with capsys.disabled():
        sys.stdout.write(f"\nsmall talk: {hidden} pieces hidden among {words} words\n")
    assert words > 20_000
    assert hidden <= words / 1000, worst[:10]


def test_what_is_counted_as_visible_is_what_stands_outside_entities() -> None:
    digits, turns = card_call(random.Random("counting"))
    segments = Redactor({"profile": "pci", "operators": {}}).redact_call(utterances(turns))
    assert len(segments) == len(turns)
    shown = {
        at
        for turn, segment in zip(turns, segments, strict=True)
        for piece, seen in zip(turn.pieces, piece_visible(turn, segment), strict=True)
        for at in piece.at
        if any(seen)
    }
    assert longest_run(shown) <= len(digits)
