"""The utterance view: marks, capitals, and room to grow."""

from __future__ import annotations

import pytest

from ccredact.transcript import Span
from marked_spans import view_of


@pytest.mark.parametrize(
    ("text", "marks"),
    [("yes, Ana. ok", [",", ".", ""]), ("it's 12 Oak St.", ["", "", "", "."]), ("José?", ["?"])],
)
def test_the_mark_behind_each_word(text: str, marks: list[str]) -> None:
    view = view_of(text)
    assert [view.mark(at) for at in range(len(view.keys))] == marks


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("this is Quarshie Ana", ["Quarshie", "Ana"]),
        ("Quarshie said so", []),  # a sentence begins with a capital
        ("yes. Quarshie said so", []),
        ("THIS IS QUARSHIE", []),
        ("this is Quarshie's", []),  # no letter alone
        ("hello Quarshie, bye", []),  # a mark behind it ends the name
        ("see you Monday", []),  # an everyday word
        ("with Uncle Quarshie", ["Quarshie"]),
    ],
)
def test_words_with_the_capital_of_a_name(text: str, names: list[str]) -> None:
    view = view_of(text)
    words = text.split()
    assert [words[at] for at in range(len(view.keys)) if view.is_name_like(at)] == names


@pytest.mark.parametrize(("word", "titled"), [("Bank", True), ("BANK", False), ("bank", False), ("McBank", True)])
def test_one_capital(word: str, titled: bool) -> None:  # noqa: FBT001  (a table)
    assert view_of(word).is_title_case(0) is titled


def test_capitals_say_something_behind_a_word_without_them() -> None:
    view = view_of("ADA OBI says MD")
    assert [view.has_case_before(at) for at in range(4)] == [False, False, False, True]
    assert not view_of("ADA OBI MD").has_case_before(2)


def test_a_span_has_room_up_to_its_neighbours() -> None:
    view = view_of("one two three four five six", first_word=10)
    spans = [Span(11, 12, "PERSON", 0.7, 1), Span(13, 14, "PERSON", 0.7, 2), Span(15, 16, "PERSON", 0.7, 3)]
    assert view.room(spans, 0, []) == (0, 3)
    assert view.room(spans, 1, [Span(11, 13, "PERSON", 0.7, 1)]) == (3, 5)
    assert view.room(spans, 2, spans[:2]) == (4, 6)


def test_a_resized_span_keeps_its_entity_and_an_unchanged_one_is_the_same() -> None:
    view, span = view_of("one two three", first_word=10), Span(11, 12, "LOCATION", 0.9, 4)
    assert view.resized(span, 1, 2) is span
    assert view.resized(span, 0, 3) == Span(10, 13, "LOCATION", 0.9, 4)
