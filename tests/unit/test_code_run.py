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
