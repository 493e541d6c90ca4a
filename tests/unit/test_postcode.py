"""Postcodes by their place and their form."""

from __future__ import annotations

import pytest

from ccredact.detectors.identifiers.held_word import HeldWord
from ccredact.detectors.identifiers.postcode import is_postcode, is_word_before_postcode, is_zip, may_become_zip
from read_runs import run_of, token_of


@pytest.mark.parametrize(("run", "found"), [
    ("texas|75001", True),
    ("tx|75001-1234", True),
    ("tx|seven five oh oh one", True),
    ("tx|7500", False),
    ("ok|75001", True),  # Oklahoma: figures are sure
    ("ok|seven five oh oh one", False),
    ("i live in|seven five oh oh one", True),
    ("it was in|seven five oh oh one", False),
    ("wexley|75001", False),
    ("tx|$75001", False),
])  # fmt: skip
def test_a_zip_code_stands_behind_a_state(run: str, *, found: bool) -> None:
    assert is_zip(run_of(run)) is found


@pytest.mark.parametrize(("run", "possible"), [
    ("texas|750", True), ("texas|75001", True), ("texas|750012", False), ("ok|750", False), ("wexley|750", False),
])  # fmt: skip
def test_the_beginning_of_a_zip_code_is_waited_for(run: str, *, possible: bool) -> None:
    assert may_become_zip(run_of(run)) is possible


@pytest.mark.parametrize(("run", "behind", "found"), [
    ("k1a 0b1", "", True),  # Canada
    ("in bjerrtun|k1a0b1", "", True),
    ("k1a0b1", "", False),
    ("eircode|6091", "", True),
    ("in bjerrtun|6091", "", True),
    ("in house|6091", "", False),
    ("in quinta de sao tiagoville|3610-114", "", True),
    ("via garibaldistrada|43015", "", True),
    ("mellemvejgata 32 aalborgtun|9000", "", True),
    ("mellemvejgata 32 aalborgtun|1985", "", False),  # a year
    ("hauptstr|12, 80331", "", True),
    ("stationsplein|4, 1012 ab", "", True),
    ("d80331", "munchenstadt", True),
    ("d80331", "house", False),
    ("in bjerrtun|six oh nine one", "", True),
    ("in bjerrtun|six oh nine", "", False),
    ("in bjerrtun|$6091", "", False),
])  # fmt: skip
def test_postcodes_of_other_countries_are_known_by_place_and_form(run: str, behind: str, *, found: bool) -> None:
    assert is_postcode(run_of(run), token_of(behind)) is found


@pytest.mark.parametrize(("prefix", "word"), [("york", True), ("plz", True), ("ny", False), ("bery", False)])
def test_a_word_before_a_postcode_is_no_part_of_it(prefix: str, *, word: bool) -> None:
    run = run_of("10001")
    run.begin_with(HeldWord(run.start - 1, prefix))
    assert is_word_before_postcode(run) is word
