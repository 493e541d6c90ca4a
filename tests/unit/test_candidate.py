"""Digits that nobody announced: which words they hold, and when they are given up."""

from __future__ import annotations

from ccredact.detectors.cards.candidate import PATIENCE, Candidate, rows_of, stretches
from ccredact.dialogue.hold_bounds import HoldBounds
from digit_groups import groups_of, run_of, tokens

FIRST = "4111 1111"


def test_the_words_between_two_runs_are_not_in_a_stretch() -> None:
    groups = groups_of("4111 um 1111", first=3) + groups_of("1111 1111", first=9)
    assert stretches(groups) == [(3, 6), (9, 11)]
    assert stretches([]) == []


def test_rows_are_all_groups_and_each_speakers_alone() -> None:
    mine, yours = groups_of(FIRST), groups_of("12 34", first=5, speaker="B")
    assert rows_of([*mine, *yours]) == [[*mine, *yours], mine, yours]
    assert rows_of(mine) == [mine]


def test_a_card_is_found_over_several_runs() -> None:
    candidate = Candidate()
    candidate.add(run_of(FIRST))
    assert candidate.find()[1] == []
    assert candidate.open_ranges() == [(0, 2)]
    candidate.add(run_of("1111 1111", first=7, turn=2))
    row, cards = candidate.find()
    assert [row[cards[0].start].first, row[cards[0].end - 1].last, cards[0].digits] == [0, 8, "4111111111111111"]
    assert candidate.open_ranges() == [(0, 2), (7, 9)]


def test_what_no_card_begins_with_is_forgotten() -> None:
    candidate = Candidate()
    candidate.add(run_of("98 4111"))
    candidate.prune()
    assert stretches(candidate.groups) == [(1, 2)]
    candidate.clear()
    candidate.add(run_of("9898"))
    candidate.prune()
    assert candidate.groups == []


def test_other_words_of_its_speaker_settle_it() -> None:
    candidate = Candidate()
    candidate.add(run_of(FIRST))
    other, same = tokens("words", first=2, speaker="B"), tokens("words", first=2)
    candidate.wait(other[0], PATIENCE + 1)
    candidate.wait(same[0], PATIENCE)
    assert candidate.groups
    candidate.wait(same[0], 1)
    assert candidate.groups == []


def test_the_bound_is_in_turns_words_and_seconds() -> None:
    candidate = Candidate()
    candidate.add(run_of(FIRST))
    token = tokens("words", first=20, turn=3)[0]
    token.time = 9.0
    assert not candidate.is_overdue(token, HoldBounds(3, 20, 9.0))
    assert candidate.is_overdue(token, HoldBounds(2, 20, 9.0))
    assert candidate.is_overdue(token, HoldBounds(3, 19, 9.0))
    assert not candidate.is_overdue(token, HoldBounds(3, 20, 8.0))  # the first word had no time
    candidate.start = (0, 0, 0.5)
    assert candidate.is_overdue(token, HoldBounds(3, 20, 8.0))


def test_a_read_back_is_the_other_speakers() -> None:
    candidate = Candidate()
    candidate.add(run_of(FIRST))
    assert candidate.is_repeated_by(run_of("11 1", first=4, speaker="B"))
    assert not candidate.is_repeated_by(run_of("12", first=4, speaker="B"))
    assert not candidate.is_repeated_by(run_of("11 1", first=4))


def test_a_fork_is_independent() -> None:
    candidate = Candidate()
    candidate.add(run_of(FIRST))
    candidate.fork().clear()
    assert stretches(candidate.groups) == [(0, 2)]
