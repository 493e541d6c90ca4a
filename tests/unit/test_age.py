"""Ages that nobody asked for."""

from __future__ import annotations

import pytest

from ccredact.detectors.identifiers.age import (
    ALWAYS,
    CHILDHOOD,
    DEATH,
    NO_AGE,
    PERSON,
    RELATIVE,
    age_lead,
    ends_with_sign,
    is_age_end,
    is_age_sign,
    is_decade,
    is_stated_age,
    lists_ages,
    may_be_age,
)
from read_runs import run_of, token_of, tokens_of


@pytest.mark.parametrize(("run", "behind", "age"), [
    ("i'm|ninety two", "", True),
    ("he's|7", "", True),
    ("she turned|40", "years", True),
    ("i'm|two", "blocks", False),
    ("i'm|2", "and", True),
    ("i'm|seventy three", "love", True),
    ("i'm|three", "love", False),
    ("i'm|fifty", "you", True),
    ("i'm|fifty", "love", False),
    ("number|92", "", False),
    ("i'm|1234", "", False),
    ("my father is|eighty", "", True),
    ("the kettle is|eighty", "", False),
    ("you're|thirty eight", "then", True),
    ("you're|forty", "minutes", False),
    ("my husband was|61", "when", True),
    ("i'm|61", "in", False),
    ("when i was|six", "i", True),
    ("he was|six", "i", False),
    ("he died at|seventy two", "", True),
    ("he died at|ten", "", False),
    ("she'd be|ninety nine", "this", True),
    ("she's|ninety nine", "problems", False),
    ("he's about|3", "", True),
    ("my sister turned|one hundred two", "", True),
    ("she's|two hundred", "", False),
    ("you're|ninety seven eight", "and", False),  # a temperature
])  # fmt: skip
def test_an_age_without_a_unit_is_known_by_the_word_before_it(run: str, behind: str, *, age: bool) -> None:
    assert is_stated_age(run_of(run), token_of(behind)) is age


@pytest.mark.parametrize(("run", "behind", "age"), [
    ("60", "year", True), ("60", "days", True), ("60", "chairs", False), ("1234", "years", False),
    ("k 60", "years", False), ("60 uh", "years", False),
])  # fmt: skip
def test_a_number_before_a_unit_may_be_an_age(run: str, behind: str, *, age: bool) -> None:
    assert may_be_age(run_of(run), tokens_of(behind)[0]) is age


@pytest.mark.parametrize(("word", "ends"), [("old", True), ("age", True), ("warranty", False)])
def test_the_word_behind_the_unit_decides(word: str, *, ends: bool) -> None:
    assert is_age_end(tokens_of(word)[0]) is ends


@pytest.mark.parametrize(("before", "lead"), [
    ("", NO_AGE), ("about", NO_AGE), ("the total is", NO_AGE), ("they are", NO_AGE), ("at", NO_AGE),
    ("look at", NO_AGE), ("i'm", PERSON), ("he's going on", PERSON), ("you are almost", PERSON),
    ("she would be", PERSON), ("he'd be", PERSON),
    ("my dad's", RELATIVE), ("the fee's", NO_AGE), ("our girls are", RELATIVE), ("the patient was", RELATIVE),
    ("since he was", CHILDHOOD), ("passed away at", DEATH), ("died at", DEATH), ("just turned", ALWAYS),
    ("at the age of", ALWAYS), ("number of", NO_AGE),
])  # fmt: skip
def test_what_leads_into_an_age(before: str, lead: int) -> None:
    assert age_lead(tuple(before.split())) == lead


@pytest.mark.parametrize(("word", "before", "decade"), [
    ("nineties", "in his", True), ("90s", "in her late", True), ("nineties", "in the", False),
    ("eighties", "in his", False), ("nineties", "", False), ("nineties", "late", False),
])  # fmt: skip
def test_an_age_over_89_may_be_a_decade(word: str, before: str, *, decade: bool) -> None:
    assert is_decade(tokens_of(word)[0], tuple(before.split())) is decade


@pytest.mark.parametrize(("run", "behind", "ends"), [
    ("92 y", "/o", True), ("92 y", ".o", True), ("92 y", "o", False), ("1992 y", "/o", False), ("92 k", "/o", False),
    ("x 2 y", "/o", False),
])  # fmt: skip
def test_the_sign_of_an_age_is_two_letters(run: str, behind: str, *, ends: bool) -> None:
    assert ends_with_sign(run_of(run), tokens_of(behind)[0]) is ends


@pytest.mark.parametrize(("word", "sign"), [("92yo", True), ("92yof", True), ("1992yo", False), ("92k", False)])
def test_an_age_may_be_written_in_one_word(word: str, *, sign: bool) -> None:
    assert is_age_sign(tokens_of(word)[0]) is sign


@pytest.mark.parametrize(("run", "behind", "lists"), [
    ("my girls are|four", "and", True), ("my girls are|four", ", six", True), ("my girls are|four", "who", False),
    ("the prices are|four", "and", False), ("she's|one hundred", "and", False),
])  # fmt: skip
def test_ages_of_several_stand_in_a_list(run: str, behind: str, *, lists: bool) -> None:
    assert lists_ages(run_of(run), tokens_of(behind)[0]) is lists
