"""What stands beside a name and belongs to it."""

from __future__ import annotations

import pytest

from ccredact import Redactor, Utterance
from ccredact.detectors.names.titles import with_misheard_letters, with_whole_names
from flushes import hidden
from marked_spans import read, shown
from sessions import visible

UNCHANGED = [
    "i miss {Anna}",
    "Dr. {Ana Diaz}, MD",
    "my uncle {Bob}",
    "DR. {ANA DIAZ} MD",  # nothing says that these capitals are a degree
    "it was {Ana} I think",
    "{Ana}? MD",
    "ask {LOCATION:Leeds} MD",
]


@pytest.mark.parametrize(
    ("tagged", "whole"),
    [
        ("{Dr. Ana Diaz}, MD", "Dr. {Ana Diaz}, MD"),
        ("{Dr. Ana Diaz, MD}", "Dr. {Ana Diaz}, MD"),
        ("speak to {mr diaz}", "speak to mr {diaz}"),
        ("{Mr. and Mrs. Diaz}", "Mr. {and Mrs. Diaz}"),
        ("yes {doctor}", "yes doctor"),
        ("{July Vandersloot}", "{July Vandersloot}"),
        ("July {Vandersloot}", "{July Vandersloot}"),
        ("Thanks {Vandersloot}", "Thanks {Vandersloot}"),
        ("the name Okafor {Ana}", "the name {Okafor Ana}"),
        ("for {Ana} B. now", "for {Ana B}. now"),
        ("for {Bo Li} Jr", "for {Bo Li Jr}"),
        ("{Ana} {mr Bo}", "{Ana} mr {Bo}"),
        ("{Byrne Eileen} M.D.", "{Byrne Eileen} M.D."),
        *((text, text) for text in UNCHANGED),
    ],
)
def test_titles_surnames_and_letters_behind(tagged: str, whole: str) -> None:
    view, spans = read(tagged, "PERSON", first_word=7)
    assert shown(view, with_whole_names(view, spans), "PERSON") == whole


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


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ([("agent", "and what date does that one expire?")], "Expires August of 29."),
        ([("agent", "Kindly confirm the name of the applicant."), ("agent", "Okay, and?")], "Ending Brannigan"),
        ([("agent", "state ID?"), ("customer", "T A A")], "That was T A A"),
    ],
)
def test_an_interim_shows_no_word_that_what_follows_makes_part_of_a_name(
    before: list[tuple[str, str]], text: str
) -> None:
    redactor = Redactor()
    said = [Utterance(one, speaker, str(at)) for at, (speaker, one) in enumerate(before)]
    final = Utterance(text, "customer", "last")
    hides = hidden(final, [redactor.redact_call([*said, final])[-1]])
    assert hides[0]
    call = redactor.stream()
    for one in said:
        call.push(one)
    words = text.split()
    for count in range(1, len(words) + 1):
        interim = Utterance(" ".join(words[:count]), "customer", "last", is_final=False)
        (segment,) = call.push(interim)
        shows = visible(interim, segment, redactor.policy.stand_in)
        assert not any(shown and hide for shown, hide in zip(shows, hides, strict=False))
