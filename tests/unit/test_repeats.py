"""Repeat mentions of names that are everyday words."""

from __future__ import annotations

import pytest

from ccredact.detectors.names.open_words import ToldName
from ccredact.detectors.names.repeats import RepeatMentions
from ccredact.reasons import Reason
from ccredact.transcript import Span


def told(turn: int = 3) -> RepeatMentions:
    repeats = RepeatMentions()
    repeats.remember("day", 9, turn)
    return repeats


@pytest.mark.parametrize(
    ("text", "turn", "found"),
    [
        ("okay day", 4, True),
        ("thanks day", 5, True),
        ("thanks day", 6, False),  # too late
        ("have a nice day", 4, False),
        ("day is that right for the booking", 4, True),
        ("day or night that is fine for us", 4, False),
        ("i will call some day or other then", 4, False),
    ],
)
def test_a_name_is_said_back_by_itself(text: str, turn: int, found: bool) -> None:  # noqa: FBT001  (a table)
    keys = text.split()
    spans = told().with_repeats([], [], keys, 20, turn)
    at = 20 + keys.index("day")
    assert spans == ([Span(at, at + 1, "PERSON", 0.7, 9, Reason.SAID_AGAIN)] if found else [])


@pytest.mark.parametrize(("turn", "found"), [(30, True), (43, True), (44, False)])
def test_a_name_is_said_back_beside_more_of_it(turn: int, found: bool) -> None:  # noqa: FBT001  (a table)
    keys = "so you said ada day is the one".split()
    ada = Span(23, 24, "PERSON", 0.7, 5)
    spans = told().with_repeats([ada], [], keys, 20, turn)
    assert spans == [ada, Span(24, 25, "PERSON", 0.7, 9, Reason.SAID_AGAIN)][: 1 + found]


def test_what_is_hidden_already_is_left_alone() -> None:
    span = Span(1, 2, "LOCATION", 0.7, 5)
    assert told().with_repeats([span], [], ["okay", "day"], 0, 4) == [span]


def test_what_is_told_is_known_behind_it() -> None:
    repeats, told = RepeatMentions(), [ToldName("white", 2, 0.8, 1, is_rare=False)]
    assert repeats.with_repeats([], told, ["thanks", "white"], 0, 1) == []
    assert repeats.with_repeats([], told, ["thanks", "white"], 2, 1) == [
        Span(3, 4, "PERSON", 0.8, 2, Reason.SAID_AGAIN)
    ]
    assert not repeats.any_in(["black"])


def test_a_rare_name_is_not_kept_as_a_word() -> None:
    told = [ToldName("smithers", 2, 0.8, 0, is_rare=True)]
    assert RepeatMentions().with_repeats([], told, ["thanks", "smithers"], 2, 1) == []


def test_a_fork_goes_on_by_itself() -> None:
    repeats = told()
    other = repeats.fork()
    other.remember("white", 1, 4)
    assert other.any_in(["white"])
    assert not repeats.any_in(["white"])
    assert repeats.any_in(["day"])


def test_the_latest_are_kept() -> None:
    repeats = told()
    for number in range(15):
        repeats.remember(f"w{number}", number, 4)
    assert repeats.any_in(["day"])
    repeats.remember("w15", 15, 4)
    assert not repeats.any_in(["day"])
    assert repeats.any_in(["w0"])


@pytest.mark.parametrize(
    ("text", "first"),
    [("thanks day", 1), ("day", 0), ("it was day when they came back", -1), ("when they came back it was day", 6)],
)
def test_from_where_on_an_interim_is_undecided(text: str, first: int) -> None:
    assert told().first_open(text.split()) == first
