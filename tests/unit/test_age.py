"""Ages that nobody asked for."""

from __future__ import annotations

import pytest

from ccredact.detectors.identifiers.age import is_age_end, is_stated_age, may_be_age
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
