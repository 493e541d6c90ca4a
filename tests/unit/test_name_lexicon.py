"""The name lexicon: what is known of a word, and what its neighbours say."""

from __future__ import annotations

import pytest

from ccredact.detectors.names.lexicon import NameLexicon, is_counted
from ccredact.tagger.features import (
    CITY_BIG,
    COMPANY,
    DICTIONARY,
    FAMILY,
    FAMILY_OFTEN,
    GIVEN,
    GIVEN_OFTEN,
    forms_of,
)
from ccredact.text.words import fold

BITS = {
    "anna": GIVEN | GIVEN_OFTEN,
    "mark": GIVEN | GIVEN_OFTEN | DICTIONARY,
    "hope": GIVEN | DICTIONARY,
    "honey": GIVEN | DICTIONARY,
    "baker": FAMILY | FAMILY_OFTEN | DICTIONARY,
    "keeps": DICTIONARY,
    "austin": GIVEN | GIVEN_OFTEN | CITY_BIG,
    "ford": GIVEN | GIVEN_OFTEN | COMPANY,
}
LEXICON = NameLexicon(lambda key: BITS.get(key, 0))


def words(text: str) -> tuple[list[str], list[str], int]:
    """Forms and keys, and the place of the word in braces."""
    at = next(place for place, word in enumerate(text.split()) if word[0] == "{")
    forms = forms_of(text.replace("{", "").replace("}", ""))
    return forms, [fold(form.rstrip(".,?")) for form in forms], at


@pytest.mark.parametrize(
    ("text", "no_name"),
    [
        ("the food was too {honey} sweet i think", True),  # few are named so
        ("my name is {honey} if you need it", False),  # it is introduced
        ("it's {honey}", False),  # hardly anything else is said
        ("please {mark} it as done for me", True),  # a verb with its object
        ("we could ask {mark} to do that again", False),
        ("see you on {tuesday}", True),
        ("see you on {Tuesday}", True),
        ("this was with {Honey} and with her friends", False),  # a capital says so
        ("it was five {miles} from there", True),
        ("they told {quarshie} to wait for the bus", False),
    ],
)
def test_a_tagged_word_that_is_no_name(text: str, no_name: bool) -> None:  # noqa: FBT001  (a table)
    forms, keys, at = words(text)
    assert LEXICON.is_no_name(forms, keys, at, keys[at]) is no_name


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("cancel {anna} now", True),
        ("the {annas} card", True),
        ("we'll {mark} that", False),  # a word of the dictionary
        ("i don't want {Mark} there", True),
        ("she is in {austin}", False),  # a town
        ("drive a {Ford} there", False),  # a company
        ("the {baker} is out", False),
    ],
)
def test_common_given_names(text: str, given: bool) -> None:  # noqa: FBT001  (a table)
    forms, keys, at = words(text)
    assert LEXICON.is_given_name(keys[at], forms, keys, at) is given


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("my {mark} is low", True),
        ("i {hope} so", True),
        ("i just {hope} so", True),
        ("{hope} so", False),
        ("thanks {hope}", False),
        ("Yes Anna i thanked {hope} then", True),  # a name would have a capital there
        ("my {Hope} is low", False),
        ("my {anna} is here", False),  # no word of the dictionary
    ],
)
def test_a_word_that_somebody_is_named_after_as_that_word(text: str, used: bool) -> None:  # noqa: FBT001  (a table)
    forms, keys, at = words(text)
    assert LEXICON.is_used_as_word(keys[at], forms, keys, at) is used


@pytest.mark.parametrize(
    ("name", "may_be"), [("quarshie", True), ("baker", True), ("keeps", False), ("li", False), ("the", False)]
)
def test_a_word_that_may_be_a_name_by_itself(name: str, may_be: bool) -> None:  # noqa: FBT001  (a table)
    assert LEXICON.may_be_name(name) is may_be


def test_what_a_number_counts() -> None:
    assert is_counted(["three", "miles"], 1)
    assert not is_counted(["some", "miles"], 1)
    assert not is_counted(["three", "anna"], 1)
    assert not is_counted(["miles"], 0)
