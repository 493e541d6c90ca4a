"""Whose it is that the tagger has found: what the words of one final, and of those before it, say about a span."""

from __future__ import annotations

from typing import Final

import pytest

from ccredact.detectors.disclosures.families import families_of
from ccredact.detectors.disclosures.whose import end_of, is_of_thing, is_thing, nothing_told
from ccredact.tagger.prefilter import CUE_TURNS
from ccredact.transcript import Span
from disclosures import DISCLOSED

EMPTY: Final = nothing_told(tuple(families_of(frozenset(DISCLOSED))))


def kept(text: str, words: str, label: str, score: float = 0.8) -> str:
    """Give what is left of a span over some words of a text, "" where nothing of it is told."""
    keys, said = text.split(), words.split()
    start = next(at for at in range(len(keys)) if keys[at : at + len(said)] == said)
    spans = EMPTY.judged([Span(start, start + len(said), label, score, 1)], keys, 0)
    return " ".join(" ".join(keys[span.start : span.end]) for span in spans)


@pytest.mark.parametrize(
    ("text", "words", "label", "left"),
    [
        ("they put a stent in last fall", "stent in", "MEDICAL_PROCEDURE", "stent"),
        ("i bought a kindle the new one", "kindle the", "PURCHASE_ITEM", "kindle"),
        ("i'm allergic to it", "allergic to", "MEDICAL_CONDITION", "allergic to"),
        ("it was of my", "of my", "MEDICAL_CONDITION", ""),
        ("any change in your appetite", "change in", "MEDICAL_CONDITION", "change in"),
        ("i had two aspirin and lay down", "two aspirin and lay down", "MEDICATION", "two aspirin"),
        ("my pacemaker needs a battery", "pacemaker needs", "MEDICAL_PROCEDURE", "pacemaker"),
        ("i take it once a day", "once a day", "MEDICATION", "once a day"),
    ],
)
def test_a_span_has_no_loose_end(text: str, words: str, label: str, left: str) -> None:
    assert kept(text, words, label) == left


def test_what_joins_two_spans_stays() -> None:
    keys = "a dough with red sauce".split()
    spans = [Span(1, 3, "PURCHASE_ITEM", 0.8, 1), Span(3, 5, "PURCHASE_ITEM", 0.8, 2)]
    assert EMPTY.judged(spans, keys, 0) == spans


@pytest.mark.parametrize(
    ("text", "words", "label"),
    [
        ("the deadline has been killing me", "killing me", "MEDICAL_CONDITION"),
        ("she broke her headphones", "broke", "MEDICAL_CONDITION"),
        ("your offer came back low", "low", "MEDICAL_CONDITION"),
        ("an agony aunt wrote it", "agony aunt", "FAMILY_RELATION"),
        ("my business partner left", "business partner", "FAMILY_RELATION"),
        ("boyfriend jeans are out", "boyfriend", "FAMILY_RELATION"),
        ("what is the middle name of your father", "father", "FAMILY_RELATION"),
        ("it is thirty thousand miles a year", "thirty thousand", "PURCHASE_AMOUNT"),
        ("eight hundred and fifty megabytes", "eight hundred", "PURCHASE_AMOUNT"),
        ("knock on the door of room 224", "224", "PURCHASE_ITEM"),
        ("your booking is confirmed", "booking", "PURCHASE_ITEM"),
    ],
)
def test_what_is_anothers_is_told_of_nobody(text: str, words: str, label: str) -> None:
    assert kept(text, words, label) == ""


@pytest.mark.parametrize(
    ("text", "words", "label"),
    [
        ("my back has been killing me", "killing me", "MEDICAL_CONDITION"),
        ("she broke her wrist", "broke her wrist", "MEDICAL_CONDITION"),
        ("my partner left", "partner", "FAMILY_RELATION"),
        ("my father's card", "father's", "FAMILY_RELATION"),
        ("the car i drove when i got dizzy", "dizzy", "MEDICAL_CONDITION"),
        ("i paid thirty thousand for it", "thirty thousand", "PURCHASE_AMOUNT"),
        ("add 2 pizzas", "2", "PURCHASE_ITEM"),
    ],
)
def test_what_is_somebodys_stays(text: str, words: str, label: str) -> None:
    assert kept(text, words, label) == words


def test_a_label_without_a_list_is_left_alone() -> None:
    span = Span(0, 2, "MEDICAL_PROCEDURE", 0.8, 1)
    assert nothing_told(()).judged([span], ["stent", "in"], 0) == [span]


def lone(text: str, words: str, label: str, *before: str) -> bool:
    """Return whether words tell nothing by themselves, behind other finals of the turns before."""
    whose, keys, said = EMPTY, text.split(), words.split()
    for turn, final in enumerate(before):
        whose = whose.noted(final.split(), turn, ())
    start = next(at for at in range(len(keys)) if keys[at : at + len(said)] == said)
    span = Span(start, start + len(said), label, 0.8, 1)
    return whose.alone([span], keys, 0, len(before)) == [span]


@pytest.mark.parametrize(
    ("text", "words", "label", "told"),
    [
        ("the rules changed last month", "last month", "PURCHASE_DATE", "and the sofa i ordered"),
        ("twice a week", "twice a week", "MEDICATION", "are you still on the amlodipine"),
        ("two hundred", "two hundred", "MEDICAL_CONDITION", "what is your blood pressure"),
        ("the blue one", "blue one", "PURCHASE_ITEM", "which one did you order"),
    ],
)
def test_a_date_a_dose_and_an_attribute_tell_something_beside_others(
    text: str, words: str, label: str, told: str
) -> None:
    assert lone(text, words, label)
    assert lone(text, words, label, "hello how are you")
    assert not lone(text, words, label, told)


def test_a_thing_that_is_only_named_gives_an_attribute_no_owner() -> None:
    assert lone("the blue one", "blue one", "PURCHASE_ITEM", "which lamp is blinking")


def test_a_date_beside_what_was_bought_is_told() -> None:
    whose, keys = EMPTY, "a gizmo since last month".split()
    spans = [Span(1, 2, "PURCHASE_ITEM", 0.8, 1), Span(3, 5, "PURCHASE_DATE", 0.8, 2)]
    assert whose.alone(spans, keys, 0, 0) == []


@pytest.mark.parametrize(("later", "forgotten"), [(CUE_TURNS, False), (CUE_TURNS + 1, True)])
def test_what_was_talked_of_is_forgotten_after_some_turns(later: int, forgotten: bool) -> None:  # noqa: FBT001  (a table)
    whose = EMPTY
    whose = whose.noted(["i", "ordered", "it"], 0, ())
    whose = whose.noted(["okay"], later, ())
    span = Span(0, 2, "PURCHASE_DATE", 0.8, 1)
    assert bool(whose.alone([span], ["last", "month"], 0, later)) is forgotten


def test_what_is_known_does_not_change() -> None:
    later = EMPTY.noted(["i", "ordered", "it"], 0, ())
    span = Span(0, 2, "PURCHASE_DATE", 0.8, 1)
    assert EMPTY.alone([span], ["last", "month"], 0, 0) == [span]
    assert later.alone([span], ["last", "month"], 0, 0) == []
    assert later.noted(["okay"], 0, ()) is later


@pytest.mark.parametrize(
    ("text", "words", "score", "told", "is_general"),
    [
        ("the premium plan costs forty pounds", "premium plan", 0.83, "", True),
        ("the premium plan costs forty pounds", "premium plan", 0.83, "i ordered it", False),
        ("the premium plan costs forty pounds", "premium plan", 0.9, "", False),
        ("it's the premium plan for forty pounds", "premium plan", 0.83, "", False),
        ("my premium plan costs forty pounds", "premium plan", 0.7, "", False),
        ("double rooms have a balcony", "double rooms", 0.8, "", True),
        ("two large pizzas", "two large pizzas", 0.7, "", False),
        ("the console shows an error", "console", 0.7, "", True),
    ],
)
def test_goods_in_general_need_a_surer_tagger(text: str, words: str, score: float, told: str, is_general: bool) -> None:  # noqa: FBT001  (a table)
    whose, keys, said = EMPTY, text.split(), words.split()
    if told:
        whose = whose.noted(told.split(), 0, ())
    start = next(at for at in range(len(keys)) if keys[at : at + len(said)] == said)
    span = Span(start, start + len(said), "PURCHASE_ITEM", score, 1)
    doubtful = whose.doubtful([span], keys, 1)
    assert bool(whose.general(doubtful, keys, is_question=False)) is is_general


def test_a_question_about_goods_without_a_person_is_general_one_about_health_is_not() -> None:
    whose, keys = EMPTY, "is lipstick tested on animals".split()
    goods, ill = Span(1, 2, "PURCHASE_ITEM", 0.7, 1), Span(1, 2, "MEDICAL_CONDITION", 0.7, 1)
    assert whose.general([goods, ill], keys, is_question=True) == [goods]


def test_the_end_of_words_is_never_before_their_beginning() -> None:
    assert end_of(["of", "the"], 0, 2) == 0


def test_a_person_between_makes_a_thing_no_subject() -> None:
    assert is_of_thing("the server is".split(), 3)
    assert not is_of_thing("the server made me".split(), 4)
    assert not is_of_thing("since the server and".split(), 4)


def test_only_what_stands_right_behind_is_an_object() -> None:
    assert is_thing("broke the phone".split(), 1)
    assert is_thing("an x-ray of my luggage".split(), 2)
    assert not is_thing("dizzy when the phone rang".split(), 1)
