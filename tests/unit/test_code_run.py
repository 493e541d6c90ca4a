"""What a run of digits and letters knows of itself."""

from __future__ import annotations

import pytest

from read_runs import asked, run_of


@pytest.mark.parametrize(("said", "text"), [
    ("four oh six", "406"),
    ("forty two", "42"),
    ("forty two sixteen", "4216"),
    ("double four triple nine", "44999"),
    ("two hundred", "200"),
    ("a for apple 4 t as in tommy", "a4t"),
    ("bravo six kilo", "b6k"),
    ("4111 uh 22", "411122"),
    ("8 urt 56", "8urt56"),
    ("two thousand nine", "2009"),
    ("eight hundred five five five", "800555"),
    ("eight million four hundred seventy one thousand two hundred three", "8471203"),
    ("two nines three zeros and a seven", "990007"),
    ("b six zeros", "b000000"),
    ("double o 4 triple r", "004rrr"),
    ("4 three 5s", "4555"),
    ("b 5s", "b5s"),
])  # fmt: skip
def test_it_gathers_what_was_said(said: str, text: str) -> None:
    assert run_of(said, asked("POLICY_NUMBER")).text == text


def test_it_counts_how_it_was_said() -> None:
    run = run_of("oh four twelve 77 k")
    assert (run.digits, run.letters, run.singles, run.word_count, run.figures) == (6, 1, 2, 5, (2,))
    assert not run.spoken_only


def test_a_zero_said_as_a_letter_is_counted_apart() -> None:
    assert (run_of("k o f o").digits, run_of("k o f o").letter_os) == (2, 2)


def test_a_dropped_last_number_leaves_no_trace() -> None:
    run = run_of("4589 24")
    assert run.ends_small
    assert run.drop_last()
    assert (run.text, run.figures, run.digits, run.last) == ("4589", (4,), 4, run.start)
    assert not run.drop_last()


@pytest.mark.parametrize(("said", "behind", "text"), [
    ("968 ukl", "", "968ukl"),
    ("968 ukl", "and", "968ukl"),
    ("968 ukl", "lettering", "968"),  # the word goes on with a sentence
    ("968 uh", "", "968"),
])  # fmt: skip
def test_short_unknown_words_at_its_end_may_be_its_last_letters(said: str, behind: str, text: str) -> None:
    run = run_of(said)
    run.take_tail(run.start, behind)
    assert run.text == text


def test_a_fork_is_independent() -> None:
    run = run_of("4589 24")
    other = run.fork()
    other.drop_last()
    assert (run.text, other.text) == ("458924", "4589")


@pytest.mark.parametrize(("said", "readings"), [
    ("four oh six", ("406",)),
    ("forty two k", ("42k", "402k")),
    ("forty two sixty five", ("4265", "42605", "40265", "402605")),
    ("six zeros", ("000000", "60", "600", "6000")),
    ("two thousand nine", ("2009", "20009")),
    ("four for two", ("42", "442")),  # a word that sounds like a digit may be one
    ("four two to", ("42", "422")),
    ("4 t for tommy 2", ("4t2",)),
])  # fmt: skip
def test_it_has_every_reading_the_usual_one_first(said: str, readings: tuple[str, ...]) -> None:
    run = run_of(said, asked("POLICY_NUMBER"))
    assert run.text == readings[0]
    assert run.readings() == readings


@pytest.mark.parametrize(("said", "left"), [
    ("four nine one", "49"), ("four forty one", "440"), ("5 six zeros", "56"), ("4589 24", "4589"),
])  # fmt: skip
def test_its_last_word_can_be_left_out(said: str, left: str) -> None:
    run = run_of(said)
    last = run.last
    assert run.drop_last()
    assert (run.text, run.digits, run.letters, run.last) == (left, len(left), 0, last - 1)


@pytest.mark.parametrize(("said", "only"), [
    ("six zeros", True), ("one six zeros", True), ("five ones two twos", True), ("two nines three zeros four", False),
    ("four six", False), ("4000", False),
])  # fmt: skip
def test_counts_of_digits_are_told_from_numbers_with_some_in_them(said: str, *, only: bool) -> None:
    assert run_of(said).counts_only is only
