"""The second half of the tagger in the library: what it finds, and that it is the same however a call comes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ccredact import Redactor, Utterance
from ccredact.detectors.base import OutsideCall
from ccredact.detectors.disclosures.sites import with_sites
from ccredact.detectors.disclosures.tagged import Prepared, TaggedDisclosures, spans_in, with_whole_numbers
from ccredact.lang.en.noise import NOISE
from ccredact.reasons import Reason
from ccredact.tagger.architecture import DISCLOSURES_HALF
from ccredact.tagger.features import forms_of
from ccredact.tagger.network import Network
from ccredact.tagger.prefilter import CUE_TURNS, DisclosurePrefilter
from ccredact.tagger.weights import Disclosing, shipped
from ccredact.text.words import Words
from ccredact.transcript import Span

CALL = (
    ("agent", "do you have any chest pain or shortness of breath"),
    ("customer", "no but my left knee hurts when i walk"),
    ("customer", "and i'm taking lisinopril ten milligrams"),
    ("agent", "are you married"),
    ("customer", "i live with my husband and two kids"),
    ("agent", "what can i do for you today"),
    ("customer", "i want to return the grey jacket i bought last week for forty dollars"),
    ("agent", "okay"),
)


def half() -> Disclosing:
    said = shipped().said
    assert said is not None
    return said


NETWORK = Network(half())


def found(call: Sequence[tuple[str, str]], *, ahead: bool) -> list[Span]:
    """What is found in a call; `ahead`: all its finals go through the network together."""
    detector, entities = TaggedDisclosures(NETWORK, half().prefilter), OutsideCall()
    finals: list[tuple[str, list[str], int]] = []
    for speaker, text in call:
        number = finals[-1][2] + (speaker != call[len(finals) - 1][0]) if finals else 0
        finals.append((text, Words(text, NOISE).keys, number))
    if ahead:
        detector.look_ahead(finals)
    spans, word = [], 0
    for text, keys, turn in finals:
        spans += detector.read_utterance(text, keys, word, turn, entities, is_final=True)
        word += len(keys)
    return spans


def labels_of(text: str, question: str = "") -> dict[str, str]:
    """The words of an answer that are found, with their labels."""
    call = [("agent", question or "hello"), ("customer", text)]
    words = [word for _, said in call for word in said.split()]
    return {words[at]: span.label for span in found(call, ahead=False) for at in range(span.start, span.end)}


def test_a_stream_finds_what_a_finished_call_does() -> None:
    assert found(CALL, ahead=True) == found(CALL, ahead=False) != []


@pytest.mark.parametrize(
    ("question", "answer", "word", "label"),
    [
        ("", "i have a really bad headache", "headache", "MEDICAL_CONDITION"),
        ("any nausea or vomiting", "no", "", ""),
        ("what medications do you take", "metformin twice a day", "metformin", "MEDICATION"),
        ("", "i need to schedule my knee replacement surgery", "replacement", "MEDICAL_PROCEDURE"),
        ("do you have any kids", "three daughters", "daughters", "FAMILY_RELATION"),
        ("what would you like to order", "two large pepperoni pizzas please", "pizzas", "PURCHASE_ITEM"),
        ("when did you buy it", "last thursday", "thursday", "PURCHASE_DATE"),
    ],
)
def test_each_label_is_found(question: str, answer: str, word: str, label: str) -> None:
    assert labels_of(answer, question).get(word, "") == label


@pytest.mark.parametrize(
    "text",
    [
        "i'm sick of waiting for your parent company",
        "my mother's maiden name is told",
        "what time do you open on monday",
        "i forgot my password and need a new pin",
    ],
)
def test_look_alikes_stay(text: str) -> None:
    assert labels_of(text) == {}


@pytest.mark.parametrize("more", ["is down", "is down for my mother"])
def test_an_interim_waits_for_who_is_spoken_of(more: str) -> None:
    begun = "the grandfather clause"
    call = [Utterance(f"{begun} {more}", speaker="a")]
    whole = Redactor().redact_call(call)[0].text
    shown = Redactor().stream().push(Utterance(begun, speaker="a", is_final=False))[0].text
    assert whole.startswith(shown.removesuffix(Redactor().policy.stand_in).rstrip())


def test_a_conjunction_behind_a_disclosure_joins_it_to_the_next() -> None:
    text = "i take lisinopril ten milligrams and metformin"
    assert labels_of(text).keys() >= {"lisinopril", "metformin"}
    assert "and" not in labels_of(text)


def tags_of(*tags: str) -> list[tuple[int, int]]:
    return [(DISCLOSURES_HALF.tags.index(tag), 8) for tag in tags]


def spans_of(text: str, wanted: Sequence[int], *tags: str) -> list[str]:
    """Give the words of each span that tags at some places make; one may begin at each of these."""
    forms, words = forms_of(text), text.replace(",", " ").split()
    final = Prepared(forms, list(wanted), list(wanted))
    final.tags = tags_of(*tags)
    return [" ".join(words[span.start : span.end]) for span in spans_in(final, 0, OutsideCall())]


def test_nothing_goes_on_behind_the_end_of_a_sentence_but_behind_a_shortened_word() -> None:
    tags = ("B-MEDICATION", "I-MEDICATION", "L-MEDICATION")
    assert spans_of("take lisinopril. ten people", [1, 2, 3], *tags) == ["lisinopril."]
    assert spans_of("lisinopril ten mg. daily", [1, 2, 3], *tags) == ["ten mg. daily"]


@pytest.mark.parametrize(
    ("text", "start", "end", "whole"),
    [
        ("paid one hundred and thirty pounds", 2, 6, "one hundred and thirty pounds"),
        ("a bypass at fifty two", 1, 4, "bypass at fifty two"),
        ("took it out in two thousand and six", 0, 6, "took it out in two thousand and six"),
        ("in march four people", 1, 2, "march"),
        ("five five two sofas", 2, 4, "two sofas"),
        ("twenty people", 1, 2, "people"),
        ("thousands and two", 0, 1, "thousands"),
    ],
)
def test_a_span_cuts_no_number(text: str, start: int, end: int, whole: str) -> None:
    words = text.split()
    span = Span(start, end, "PURCHASE_AMOUNT", 0.9, 1)
    [found] = with_whole_numbers([span], words, 0)
    assert " ".join(words[found.start : found.end]) == whole


def test_a_figure_goes_with_those_before_it() -> None:
    tags = ("B-PURCHASE_ITEM", "L-PURCHASE_ITEM")
    assert spans_of("a 1,200 sofa", [2, 3], *tags) == ["1 200 sofa"]
    assert spans_of("in 5 200 sofas", [2, 3], *tags) == ["200 sofas"]


def test_an_interim_is_undecided_where_words_to_come_may_change_it() -> None:
    detector, entities = TaggedDisclosures(NETWORK, half().prefilter), OutsideCall()
    keys = ["i", "have", "a", "really", "bad", "pain"]
    detector.read_utterance(" ".join(keys), keys, 0, 0, entities, is_final=False)
    assert detector.active
    assert detector.open_from(0, len(keys)) <= keys.index("pain")


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("that is four two four two", False),  # digits one by one
        ("that is one two three", True),
        ("that is four eight four two eight six", False),  # with quiet ones among them
        ("ninety two forty ten fifty six", False),
        ("ninety two forty ten fifty", True),
        ("one hundred seventy two ninety nine", True),  # an amount
        ("ninety two forty ten fifty six dollars and ninety two forty", True),  # the last ones
    ],
)
def test_numbers_that_are_read_out_are_none_of_a_disclosure(text: str, begins: bool) -> None:  # noqa: FBT001  (a table)
    prefilter = DisclosurePrefilter(["that", "is", "and", "dollars", "eight", "!ten"])
    assert bool(prefilter.starts(text.split(), since=0, is_final=True)) is begins


def test_amounts_and_dates_may_be_told_some_turns_behind_a_cue() -> None:
    prefilter = DisclosurePrefilter(["okay", "!pain"])
    keys = ["friday", "knee", "twenty", "okay", "7pm", "one"]
    assert prefilter.starts(keys, since=1, is_final=True) == [0, 1, 2, 4, 5]
    assert prefilter.starts(keys, since=2, is_final=True) == [0, 2, 4]
    assert prefilter.starts(keys, since=CUE_TURNS, is_final=True) == [0, 2, 4]
    assert prefilter.starts(keys, since=CUE_TURNS + 1, is_final=True) == []


def test_the_prefilter_passes_over_calls_without_a_cue() -> None:
    prefilter = DisclosurePrefilter(["okay", "my", "!pain", "bad<day", "the~"])
    assert prefilter.has_cue(["my", "pain"])
    assert not prefilter.has_cue(["my", "okay"])
    keys = ["my", "bad", "day", "okay", "knee"]
    assert prefilter.starts(keys, since=1, is_final=True) == [1, 4]
    assert prefilter.starts(keys, since=CUE_TURNS + 1, is_final=True) == []
    assert prefilter.starts(["bad", *keys, "pain"], since=CUE_TURNS + 1, is_final=True) == [2, 5, 6]
    assert prefilter.candidates(["knee", "of", "the", "my"], [0]) == [0, 1]


def test_a_condition_has_the_parts_of_the_body_behind_it() -> None:
    keys = "pain in my left knee and shin but my back".split()
    told = Span(40, 41, "MEDICAL_CONDITION", 0.9, 1, Reason.TAGGER)
    [longer] = with_sites([told], keys, keys, 40)
    assert (longer.start, longer.end, longer.score, longer.entity) == (40, 47, 0.9, 1)
    assert with_sites([told], keys, ["pain,", *keys[1:]], 40) == [told]
    assert with_sites([Span(40, 41, "MEDICATION", 0.9, 1, Reason.TAGGER)], keys, keys, 40)[0].end == 41


def test_a_part_of_the_body_by_itself_takes_no_other() -> None:
    told = Span(0, 1, "MEDICAL_CONDITION", 0.9, 1, Reason.TAGGER)
    assert with_sites([told], ["chest", "and", "back"], ["chest", "and", "back"], 0) == [told]
