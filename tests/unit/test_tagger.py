"""The tagger: exact in a stream, in any batch, in spaCy; what it finds by itself; what a failure hides."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest
import spacy

from case_files import FOLDER, Case, read_cases
from ccredact import ModelError, Redactor, Utterance
from ccredact.detectors.names.detector import TaggedDetector
from ccredact.detectors.scores import TAGGED_SCORES, tagged_score
from ccredact.tagger import architecture as arch
from ccredact.tagger.features import forms_of
from ccredact.tagger.network import Network
from ccredact.tagger.weights import load, shipped
from ccredact.transcript import Span
from disclosures import DISCLOSED

REDACTOR = Redactor({"entities": {"ORGANIZATION": "replace", **dict.fromkeys(DISCLOSED, "off")}})
"""Names and places alone: what is disclosed beside them has cases of its own."""
NETWORK = Network(shipped())
CASES = read_cases((FOLDER / "tagger" / "names_and_places.txt").read_text("utf-8"), "names_and_places.txt")


def test_no_sum_can_leave_the_whole_numbers_that_float32_holds() -> None:
    weights = shipped()
    most = arch.TOP * np.abs(weights.judge).sum(0).max() + np.abs(weights.judge_bias).max()
    assert max(most, arch.TOP * np.abs(weights.read).sum(0).max() + np.abs(weights.read_bias).max()) < 2**24
    assert arch.TOP * np.abs(weights.tell).sum(0).max() + np.abs(weights.tell_bias).max() < 2**24


@pytest.mark.parametrize("case", CASES, ids=str)
def test_names_and_places(case: Case) -> None:
    segments = REDACTOR.redact_call([Utterance(line.text, speaker=line.speaker) for line in case.lines])
    for line, segment in zip(case.lines, segments, strict=True):
        marks = [(label, line.text[start:end]) for label, start, end in line.marks]
        assert [(entity.label, line.text[entity.start : entity.end]) for entity in segment.entities] == marks
        found = {(entity.start, entity.end): str(entity.reason) for entity in segment.entities}
        assert [(found[start, end], start, end) for _, start, end in line.reasons] == list(line.reasons)


def test_a_name_is_known_again_in_the_call_that_told_it() -> None:
    said = "the payment of quarshie was taken twice"
    call = [Utterance("my name is Zebulina Quarshie", speaker="customer"), Utterance(said, speaker="agent")]
    assert REDACTOR.redact_call(call)[1].text == "the payment of [PERSON] was taken twice"


def test_a_name_known_again_is_as_sure_as_where_it_was_told() -> None:
    call = [
        Utterance("my name is Zebulina Quarshie", speaker="customer"),
        Utterance("the payment of quarshie was taken twice", speaker="agent"),
    ]
    (told,) = REDACTOR.redact_call(call)[0].entities
    assert told.score > 0.8
    sure = Redactor({"thresholds": {"PERSON": told.score}})
    assert [segment.text for segment in sure.redact_call(call)] == [
        "my name is [PERSON]",
        "the payment of [PERSON] was taken twice",
    ]
    surer = Redactor({"thresholds": {"PERSON": told.score + 0.01}})
    assert surer.redact_call(call)[0].text == call[0].text


def test_a_score_rises_with_the_margin() -> None:
    scores = [tagged_score(margin) for margin in range(0, 100 * arch.MARGIN_STEP, 64)]
    assert scores == sorted(scores)
    assert set(scores) <= set(TAGGED_SCORES)
    assert scores[0] == TAGGED_SCORES[-1]
    assert tagged_score(2**24) >= TAGGED_SCORES[0] - 0.01


def test_a_margin_is_what_a_label_is_ahead_of_every_other() -> None:
    forms = forms_of("my name is Zebulina Quarshie and i am late")
    places = [*range(len(forms))]
    tags = NETWORK.tags(forms, [len(forms)] * len(forms), places, NETWORK.question_bias([]))
    assert [arch.TAG_LABELS[tag] for tag, _ in tags] == ["", "", "", "PERSON", "PERSON", "", "", "", ""]
    assert all((margin > 0) == (tag > 0) for tag, margin in tags)


def test_a_person_keeps_the_number_when_only_a_part_of_the_name_is_said() -> None:
    redactor = Redactor({"entities": {"PERSON": "number"}})
    call = [
        Utterance("this is Zebulina Quarshie", speaker="a"),
        Utterance("hi Zebulina, I am Tomasz Baker", speaker="b"),
    ]
    told = [segment.text for segment in redactor.redact_call([*call, Utterance("thanks Tomasz", speaker="a")])]
    assert told == ["this is [PERSON_1]", "hi [PERSON_1], I am [PERSON_2]", "thanks [PERSON_2]"]


@pytest.mark.parametrize("text", ["mr [PERSON] is here", "dr [PERSON_1] at home", "thanks [PERSON] and [PERSON_2]"])
def test_a_label_that_stands_in_the_text_is_left_alone(text: str) -> None:
    assert REDACTOR.redact(text).text == text


@pytest.mark.parametrize("text", ["A", "a i", "my name is a"])
def test_a_letter_that_may_begin_a_spelled_name_is_not_shown_by_an_interim(text: str) -> None:
    shown = REDACTOR.stream().push(Utterance(text, is_final=False))[0].text
    assert not any(word in {"a", "A", "i"} for word in shown.split())


@pytest.mark.parametrize(
    ("before", "begun", "rest"),
    [
        (
            [("a", "i'd like to change my booking and"), ("b", "MAY I HAVE YOUR NAME UM 399 PARK BAKER ROAD")],
            "150 müller avenue and 3 baths kent (laughs) 37 oak",
            " court",
        ),
        # the first word was once judged by the last one
        ([], "Zoë 696 Ramirez-Lopez Avenue is two thousand dollars Kent my husband's", " name"),
    ],
)
def test_more_words_do_not_change_what_an_interim_has_shown(
    before: list[tuple[str, str]], begun: str, rest: str
) -> None:
    call = REDACTOR.stream()
    for speaker, text in before:
        call.push(Utterance(text, speaker=speaker))
    shown = call.push(Utterance(begun, speaker="b", is_final=False))[0].text
    final = "".join(segment.text for segment in (*call.push(Utterance(begun + rest, speaker="b")), *call.close()))
    assert final.startswith(shown.removesuffix(REDACTOR.policy.stand_in).rstrip())


def test_a_tagger_that_fails_masks_every_word_to_the_end_of_the_call() -> None:
    with patch.object(TaggedDetector, "read_utterance", side_effect=MemoryError):
        first, second = REDACTOR.redact_call(
            [Utterance("this is Ada Obi", speaker="a"), Utterance("hello", speaker="b")]
        )
    assert (first.text, first.fault, second.text) == ("[REDACTED]", True, "[REDACTED]")


def test_without_the_tagger_the_same_is_read_out() -> None:
    text = "my card is 4242 4242 4242 4242 and my name is Ada Obi"
    assert Redactor(tagger=False).redact(text).text == "my card is [CREDIT_CARD] and my name is Ada Obi"


def test_a_file_that_holds_no_weights_is_refused() -> None:
    with pytest.raises(ModelError):
        load(b"no weights")


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Anna, it's 42!", ["Anna,", "it's", "00!"]),
        ("'tis dogs' \"so\"?! a-b", ["tis", "dogs'", 'so"', "a-", "b"]),
        ("caf\u00e9, 4 ...", ["caf\u00e9,", "0"]),
        ("", []),
    ],
)
def test_the_forms_of_a_text(text: str, forms: list[str]) -> None:
    assert forms_of(text) == forms


def test_more_forms_than_are_kept_change_no_tag() -> None:
    forms = forms_of("my name is Ada Obi of 42 Baker Street")
    ends, places = [len(forms)] * len(forms), list(range(len(forms)))
    before = NETWORK.tags(forms, ends, places, NETWORK.question_bias([]))
    for number in range(0, 9000, 500):
        made = [f"w{number + more}x" for more in range(500)]
        NETWORK.tags(made, [500] * 500, [250], NETWORK.question_bias([]))
    assert NETWORK.tags(forms, ends, places, NETWORK.question_bias([])) == before


def test_names_far_apart_in_a_long_utterance_are_found() -> None:
    talk = "okay thanks for that i see what you mean " * 300
    text = f"{talk}my friend Ada Obi said that {talk}my friend Ben Carter said so"
    segment = REDACTOR.redact(text)
    assert not segment.fault
    assert [text[entity.start : entity.end] for entity in segment.entities] == ["Ada Obi", "Ben Carter"]


def test_a_failure_while_it_looks_ahead_hides_all_that_follows() -> None:
    call = [Utterance("my name is Ada Obi", speaker="a"), Utterance("thank you", speaker="b")]
    with patch.object(TaggedDetector, "look_ahead", side_effect=ValueError("Ada Obi")):
        segments = REDACTOR.redact_call(call)
    assert all(segment.fault for segment in segments)
    assert not any(word.isalpha() and word.islower() for segment in segments for word in segment.text.split())


@pytest.mark.extras
def test_a_token_that_holds_two_entities_is_of_the_first_and_the_second_goes_on_behind_it() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("ccredact_tagger")
    doc = nlp.make_doc("Obi_Lee Carter came")
    spans = [Span(0, 1, "PERSON", 0.7, 1), Span(1, 3, "LOCATION", 0.7, 2)]
    with patch.object(TaggedDetector, "read_utterance", return_value=spans):
        entities = nlp(doc).ents
    assert [(entity.text, entity.label_) for entity in entities] == [("Obi_Lee", "PERSON"), ("Carter", "LOCATION")]


def test_behind_a_word_outside_words_inside_are_not_looked_at() -> None:
    forms = forms_of("my name is Zebulina Quarshie and i am late")
    ends, places, said = [len(forms)] * len(forms), [*range(len(forms))], NETWORK.question_bias([])
    every = NETWORK.tags(forms, ends, places, said)
    assert NETWORK.tags(forms, ends, places, said, [4, 5, 7]) == every
    hidden = NETWORK.tags(forms, ends, places, said, [3, 4, 8])
    assert hidden == [*every[:3], (0, 0), (0, 0), *every[5:]]
