"""However a number is said, its digits are among the readings of the one reader, for cards as for every other code."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

import digit_groups
import read_runs
from ccredact.lang.en.cardinals import VALUES
from ccredact.lang.en.noise import NOISE
from ccredact.lang.en.words import CLASSES, other_classes
from ccredact.numbers.composer import MOST_READINGS, read_words
from ccredact.text.words import keys_of
from spoken_digits import PLAIN_WAYS, WAYS, spoken

DIGITS = st.one_of(
    st.text("0123456789", min_size=1, max_size=19),
    st.lists(st.tuples(st.sampled_from("0123456789"), st.integers(1, 12)), min_size=1, max_size=5).map(
        lambda runs: "".join(digit * times for digit, times in runs)[:24]
    ),
)
SAID = tuple(way for way in WAYS if way != "homophone")
"""A run does not begin with a word that sounds like a digit, unless one is waited for."""
RNG = st.randoms(use_true_random=False)


def may_be(readings: list[tuple[str, ...]], digits: str) -> bool:
    """Return whether some choice of readings, one a group, is all of the digits."""
    begun = {""}
    for group in readings:
        begun = {start + reading for start in begun for reading in group if digits.startswith(start + reading)}
    return digits in begun


def read(said: str) -> list[tuple[str, ...]]:
    """Return the readings of all groups of a text."""
    return read_words([(key, CLASSES.get(key) or other_classes(key)) for key in keys_of(said, NOISE)], VALUES)


@given(digits=DIGITS, rng=RNG)
def test_the_digits_are_among_the_readings_of_a_text(digits: str, rng: random.Random) -> None:
    said = spoken(digits, rng)
    assert may_be(read(said), digits), said


@given(digits=DIGITS, rng=RNG)
def test_what_is_read_plainly_is_its_usual_reading(digits: str, rng: random.Random) -> None:
    said = spoken(digits, rng, PLAIN_WAYS)
    assert "".join(group[0] for group in read(said)) == digits, said


@given(digits=DIGITS, rng=RNG)
def test_a_card_run_takes_all_of_it_and_has_its_digits_among_its_readings(digits: str, rng: random.Random) -> None:
    said = spoken(digits, rng, SAID)
    assert may_be([group.readings for group in digit_groups.groups_of(said)], digits), said


@given(digits=DIGITS, rng=RNG)
def test_a_run_of_digits_is_what_is_read_plainly(digits: str, rng: random.Random) -> None:
    said = spoken(digits, rng, PLAIN_WAYS, between=False)
    run = read_runs.run_of(said)
    assert run.text == run.readings()[0] == digits, said
    assert (run.digits, run.letters) == (len(digits), 0), said


@given(digits=st.text("0123456789", min_size=1, max_size=4), rng=RNG)
def test_the_digits_of_a_short_run_are_among_its_readings(digits: str, rng: random.Random) -> None:
    said = spoken(digits, rng, SAID, between=False)
    readings = read_runs.run_of(said).readings()
    assert digits in readings, said
    assert len(readings) == len(set(readings)) <= MOST_READINGS
