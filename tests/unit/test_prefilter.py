"""Where an entity may begin: a small prefilter, word by word."""

from __future__ import annotations

import pytest

from ccredact.tagger.prefilter import Prefilter, candidates, first_undecided, is_number
from ccredact.text.labels import OPAQUE

QUIET = "a i my name is the it's day have nice code at and of be great no code morning"
PREFILTER = Prefilter([*QUIET.split(), "day~", "will>be", "hours>", "great<luck", "<so", "00<hours"])


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("my name is ada", ["ada"]),
        ("my name is ada obi", ["ada", "obi"]),
        ("it's day", ["day"]),  # a name too, where hardly anything else is said
        ("have a nice day and nice morning", []),
        ("will be", []),
        ("will ada", ["will", "ada"]),
        ("great luck", []),
        ("luck", ["luck"]),
        ("so", []),  # quiet where an utterance begins
        ("my so", ["so"]),
        ("hours", []),  # quiet where an utterance ends
        ("the 12 hours is", []),  # figures are noughts
        ("12 ada", ["12", "ada"]),
        ("the 12 is", []),
        ("12 oak street", ["12", "oak", "street"]),
        ("the 90210 is", ["90210"]),  # a postcode, perhaps
        ("zip code is 4", ["zip", "4"]),
        ("ada 4 2", ["ada", "4", "2"]),
        ("ada point 5", ["ada", "point"]),
        ("1234567890 ada", ["ada"]),
        ("a d a", ["a", "d"]),  # letters, as names are spelled
        (f"{OPAQUE} ada", ["ada"]),
        ("", []),
    ],
)
def test_starts_in_a_final(text: str, starts: list[str]) -> None:
    keys = text.split()
    assert [keys[at] for at in PREFILTER.starts(keys, is_final=True)] == starts


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("hours", ["hours"]),  # more may follow
        ("my name is a", ["a"]),
        ("the 12", ["12"]),
        ("the 12 is my name", []),
    ],
)
def test_starts_in_an_interim(text: str, starts: list[str]) -> None:
    keys = text.split()
    assert [keys[at] for at in PREFILTER.starts(keys, is_final=False)] == starts


@pytest.mark.parametrize(
    ("starts", "places"),
    [([], []), ([0], [0, 1, 2]), ([0, 1, 5], [0, 1, 2, 3, 5, 6]), ([6], [6])],
)
def test_an_entity_goes_on_over_two_quiet_words(starts: list[int], places: list[int]) -> None:
    keys = "w w w w w w w".split()
    assert candidates(keys, starts) == places


def test_no_entity_goes_on_over_a_label() -> None:
    assert candidates(["ada", OPAQUE, "w"], [0]) == [0, 2]


@pytest.mark.parametrize(
    ("text", "ahead", "first"),
    [("w w w w w", 4, 1), ("w", 4, 0), ("w 1 two 3 w", 2, 1), ("1 w 3 w", 1, 3), ("w w 3", 1, 2)],
)
def test_what_words_to_come_may_change(text: str, ahead: int, first: int) -> None:
    assert first_undecided(text.split(), ahead) == first


@pytest.mark.parametrize(
    ("key", "number"),
    [("12", True), ("twelve", True), ("double", True), ("hundred", True), ("4b", False), ("to", False)],
)
def test_numbers_in_figures_and_words(key: str, number: bool) -> None:  # noqa: FBT001  (a table)
    assert is_number(key) is number
