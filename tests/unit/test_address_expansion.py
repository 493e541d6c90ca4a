"""From the words that the tagger found of an address to all of it."""

from __future__ import annotations

import pytest

from ccredact.detectors.base import OutsideCall
from ccredact.detectors.names.addresses import REACH, AddressExpansion
from ccredact.detectors.names.expand import SpanExpansion
from ccredact.tagger.prefilter import first_undecided
from marked_spans import read, shown, view_of

LABEL = "STREET_ADDRESS"


def expanded(tagged: str) -> str:
    view, spans = read(tagged, LABEL, first_word=5)
    return shown(view, SpanExpansion(view, OutsideCall()).expanded(spans), LABEL)


@pytest.mark.parametrize(
    ("tagged", "whole"),
    [
        ("at 12 {oak street} now", "at {12 oak street} now"),
        ("at twelve twenty {oak street}", "at {twelve twenty oak street}"),
        ("14 um {oak street}", "{14 um oak street}"),
        ("14 you know {oak street}", "{14 you know oak street}"),
        ("no 5 {elm road}", "{no 5 elm road}"),
        ("{market} street", "{market street}"),
        ("12 {market} i mean street", "{12 market i mean street}"),
        ("{LOCATION:north} {elm}", "{north elm}"),
        ("{elm} avenue northeast", "{elm avenue northeast}"),
        ("corner of {fifth and main}", "{corner of fifth and main}"),
        ("1580 {Clayton Road} # 1", "{1580 Clayton Road # 1}"),
        ("{oak street} suite three fifty", "{oak street suite three fifty}"),
        ("{oak street}, flat 3", "{oak street, flat 3}"),
        ("{oak street} 4b please", "{oak street 4b} please"),
        ("{12 High Street 4 bedrooms}", "{12 High Street} 4 bedrooms"),
        ("{12 oak street and}", "{12 oak street} and"),
        ("{12 oak street} near {LOCATION:leeds}", "{12 oak street near} {LOCATION:leeds}"),
    ],
)
def test_numbers_suffixes_units_and_words_inside(tagged: str, whole: str) -> None:
    assert expanded(tagged) == whole


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("it is 12 wexley road thanks", "it is {12 wexley road} thanks"),
        ("12 fourth street", "{12 fourth street}"),
        ("Bring it to 4 Park Road", "Bring it to {4 Park Road}"),
        ("25 long enough avenue", "25 long enough avenue"),
        ("a two way street", "a two way street"),
        ("a 10 minute drive", "a 10 minute drive"),
        ("5 of the wexley road", "{5 of the wexley road}"),
        ("1234567 wexley road", "1234567 wexley road"),  # too long for a house
        ("wexley road", "wexley road"),  # the tagger's, or nobody's
    ],
)
def test_a_street_that_the_tagger_passed_over(text: str, whole: str) -> None:
    assert expanded(text) == whole


@pytest.mark.parametrize(
    "tagged",
    ["my hard {drive}", "{4} bed house", "{12} miles", "about {two thousand} and fifty dollars", "{six} p m today"],
)
def test_what_is_no_address_is_dropped_and_stays_open(tagged: str) -> None:
    view, spans = read(tagged, LABEL)
    expansion = AddressExpansion(view, OutsideCall())
    assert expansion.with_numbers_and_units(spans) == []
    assert [view.keys[start:end] for start, end in expansion.dropped] == [
        view.keys[span.start : span.end] for span in spans
    ]


@pytest.mark.parametrize(
    ("tagged", "first"),
    [
        ("we are at 12", 3),
        ("we are at 12 {oak street}", 3),
        ("i have a hard {drive}", 4),
        ("{12 oak street} and then we went right back home", 6),
        ("my name is dr", -1),
        ("please ask for dr 12", 4),
        ("hi 4", 0),  # letters of a name, perhaps
    ],
)
def test_from_where_on_an_interim_is_undecided(tagged: str, first: int) -> None:
    view, spans = read(tagged, LABEL)
    expansion = SpanExpansion(view, OutsideCall())
    spans = expansion.expanded(spans)
    assert expansion.first_open(spans, {}, first_undecided(view.keys, REACH), [], is_final=False) == first


def test_no_spans_stay_none() -> None:
    assert SpanExpansion(view_of("hello there"), OutsideCall()).expanded([]) == []
