"""What stands beside a name and belongs to it."""

from __future__ import annotations

import pytest

from ccredact.detectors.names.titles import with_misheard_letters, with_titles
from marked_spans import read, shown

UNCHANGED = [
    "i miss {Anna}",  # a verb
    "we'll miss {Anna} a lot",
    "my uncle {Bob}",
    "{DR. ANA DIAZ} MD",  # nothing says that these capitals are a degree
    "it was {Ana} I think",
    "{Ana}? MD",
    "ask {LOCATION:Leeds} MD",
]


@pytest.mark.parametrize(
    ("tagged", "whole"),
    [
        ("Dr. {Ana Diaz}, MD", "{Dr. Ana Diaz, MD}"),
        ("miss {Diaz} called", "{miss Diaz} called"),
        ("thanks miss {Diaz}", "thanks {miss Diaz}"),
        ("speak to mr {diaz}", "speak to {mr diaz}"),
        ("the name Okafor {Ana}", "the name {Okafor Ana}"),
        ("for {Ana} B. now", "for {Ana B}. now"),
        ("for {Bo Li} Jr", "for {Bo Li Jr}"),
        ("{Ana} mr {Bo}", "{Ana} {mr Bo}"),
        *((text, text) for text in UNCHANGED),
    ],
)
def test_titles_surnames_and_letters_behind(tagged: str, whole: str) -> None:
    view, spans = read(tagged, "PERSON", first_word=7)
    assert shown(view, with_titles(view, spans), "PERSON") == whole


@pytest.mark.parametrize(
    ("tagged", "whole"),
    [
        ("{a l l} and {r e a}", "{a l l and r e a}"),
        ("it's {a n} no he {d y}", "it's {a n no he d y}"),
        ("he {s s e l l}", "{he s s e l l}"),
        ("{ana diaz} and {bo li}", "{ana diaz} and {bo li}"),  # no letters
        ("{a l l} i said so {r e a}", "{a l l} i said so {r e a}"),  # too far apart
        ("are you {s s e l l}", "are you {s s e l l}"),  # "are" leads into an answer
        ("are {s}", "are {s}"),
    ],
)
def test_letters_that_were_misheard(tagged: str, whole: str) -> None:
    view, spans = read(tagged, "PERSON", first_word=7)
    assert shown(view, with_misheard_letters(view, spans), "PERSON") == whole
