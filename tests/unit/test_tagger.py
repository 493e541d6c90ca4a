"""The tagger: exact in a stream, in any batch, in spaCy; what it finds by itself; what a failure hides."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import accumulate
from unittest.mock import patch

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

import tagged_talk
from case_files import FOLDER, Case, read_cases
from ccredact import ModelError, Redactor, Segment, Utterance
from ccredact.core.scanner import Scanner
from ccredact.core.vocabulary import Vocabulary
from ccredact.detectors.names.detector import TaggedDetector
from ccredact.integrations.spacy import doc_of
from ccredact.lang.en.language import english
from ccredact.tagger import architecture as m
from ccredact.tagger.features import MARKS, ROWS, forms_of, rows_of, split_form
from ccredact.tagger.network import Network
from ccredact.tagger.weights import load, shipped
from ccredact.text.words import offsets_of
from ccredact.transcript import Span
from streams import by_utterance

REDACTOR = Redactor({"entities": {"ORGANIZATION": "replace"}})
NETWORK = Network(shipped())
SPLITS = 20
"""Ways in which each call arrives: 500 calls in the quick profile are 10 000, 50 000 in the thorough one 1 000 000."""
CASES = read_cases((FOLDER / "tagger" / "names_and_places.txt").read_text("utf-8"), "names_and_places.txt")

Found = list[tuple[str, int, int]]


def found(segments: list[Segment]) -> Found:
    return [(entity.label, entity.start, entity.end) for segment in segments for entity in segment.entities]


def streamed(call: list[Utterance], rng: random.Random) -> list[tuple[str, Found]]:
    """Text and entities of each final when hypotheses, right and wrong, come in between."""
    stream = REDACTOR.stream()
    final: list[Segment] = []
    for number, utterance in enumerate(call):
        words = utterance.text.split()
        for _ in range(rng.randrange(3)):
            known = words[: rng.randrange(len(words) + 1)]
            wrong = tagged_talk.sentence(rng).split()[: rng.randrange(3)]
            stream.push(replace(utterance, text=" ".join(known + wrong), id=str(number), is_final=False))
        final += stream.push(replace(utterance, id=str(number)))
    got = by_utterance([*final, *stream.close()])
    pieces = [got[str(number)] for number in range(len(call))]
    return [("".join(segment.text for segment in parts), found(parts)) for parts in pieces]


@given(seed=st.integers(0, 2**48))
def test_a_stream_gives_what_a_finished_call_gives(seed: int) -> None:
    rng = random.Random(seed)
    call = tagged_talk.call(rng)
    whole = [(segment.text, found([segment])) for segment in REDACTOR.redact_call(call)]
    for _ in range(SPLITS):
        assert streamed(call, rng) == whole


@given(seed=st.integers(0, 2**48))
def test_what_an_interim_shows_is_what_the_final_shows(seed: int) -> None:
    rng = random.Random(seed)
    stand_in = REDACTOR.policy.stand_in
    stream = REDACTOR.stream()
    shown: dict[str, str] = {}
    final: list[Segment] = []
    for number, utterance in enumerate(tagged_talk.call(rng)):
        name, words = str(number), utterance.text.split()
        begun = replace(utterance, text=" ".join(words[: rng.randrange(1, len(words) + 1)]), id=name, is_final=False)
        shown[name] = stream.push(begun)[0].text
        final += stream.push(replace(utterance, id=name))
    finals = by_utterance([*final, *stream.close()])
    for name, early in shown.items():
        if early.endswith(stand_in):
            text = "".join(segment.text for segment in finals[name])
            assert text.startswith(early.removesuffix(stand_in).rstrip())


@given(seed=st.integers(0, 2**48))
def test_a_tag_is_the_same_in_every_batch(seed: int) -> None:
    rng = random.Random(seed)
    forms: list[str] = []
    ends: list[int] = []
    for _ in range(rng.randrange(1, 6)):
        made = forms_of(tagged_talk.sentence(rng))
        forms += rng.sample(sorted(MARKS), rng.randrange(2)) + made
        ends += [len(forms)] * (len(forms) - len(ends))
    said = forms_of(tagged_talk.sentence(rng))[-m.ASKED_WORDS :]
    places = [at for at, form in enumerate(forms) if form not in MARKS]
    whole = dict(zip(places, NETWORK.tags(forms, ends, places, NETWORK.asked(said)), strict=True))
    for at in places:
        low = max(0, at - m.LEFT - rng.randrange(3))
        high = min(len(forms), at + m.RIGHT + 1 + rng.randrange(3))
        near = [min(end, high) - low for end in ends[low:high]]
        assert NETWORK.tags(forms[low:high], near, [at - low], NETWORK.asked(said)) == [whole[at]]


def test_no_sum_can_leave_the_whole_numbers_that_float32_holds() -> None:
    weights = shipped()
    most = m.TOP * np.abs(weights.judge).sum(0).max() + np.abs(weights.judge_bias).max()
    assert max(most, m.TOP * np.abs(weights.read).sum(0).max() + np.abs(weights.read_bias).max()) < 2**24
    assert m.TOP * np.abs(weights.tell).sum(0).max() + np.abs(weights.tell_bias).max() < 2**24


@given(text=st.text(alphabet="ab1é' .,-\u2019\u0301\u200dＡ", max_size=30))
def test_forms_are_the_words_of_the_text(text: str) -> None:
    forms = forms_of(text)
    assert [split_form(form)[0] for form in forms] == [
        text[start:end].replace("1", "0") for start, end in offsets_of(text)
    ]
    for form in forms:
        assert all(0 <= row < ROWS for row in rows_of(form, {}))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_names_and_places(case: Case) -> None:
    segments = REDACTOR.redact_call([Utterance(line.text, speaker=line.speaker) for line in case.lines])
    for line, segment in zip(case.lines, segments, strict=True):
        marks = [(label, line.text[start:end]) for label, start, end in line.marks]
        assert [(entity.label, line.text[entity.start : entity.end]) for entity in segment.entities] == marks


def test_a_name_is_known_again_in_the_call_that_told_it() -> None:
    said = "the payment of quarshie was taken twice"
    call = [Utterance("my name is Zebulina Quarshie", speaker="customer"), Utterance(said, speaker="agent")]
    assert REDACTOR.redact_call(call)[1].text == "the payment of [PERSON] was taken twice"


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


def test_more_forms_than_are_kept_change_no_tag() -> None:
    forms = forms_of("my name is Ada Obi of 42 Baker Street")
    ends, places = [len(forms)] * len(forms), list(range(len(forms)))
    before = NETWORK.tags(forms, ends, places, NETWORK.asked([]))
    for number in range(0, 9000, 500):
        made = [f"w{number + more}x" for more in range(500)]
        NETWORK.tags(made, [500] * 500, [250], NETWORK.asked([]))
    assert NETWORK.tags(forms, ends, places, NETWORK.asked([])) == before


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


def test_spacy_tags_as_a_call_does() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("ccredact_tagger")
    for seed in range(200):
        call = tagged_talk.call(random.Random(seed))
        starts = list(accumulate((len(utterance.text) + 1 for utterance in call), initial=0))
        spans = [
            (label, starts[number] + start, starts[number] + end)
            for number, utterance in enumerate(call)
            for label, start, end in tagged(call[: number + 1])
        ]
        entities = nlp(doc_of(nlp, call)).ents
        assert [entity.label_ for entity in entities] == [label for label, _, _ in spans]
        for entity, (_, start, end) in zip(entities, spans, strict=True):
            assert entity.start_char <= start <= end <= entity.end_char


def test_a_token_that_holds_two_entities_is_of_the_first_and_the_second_goes_on_behind_it() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("ccredact_tagger")
    doc = nlp.make_doc("Obi_Lee Carter came")
    spans = [Span(0, 1, "PERSON", 0.7, 1), Span(1, 3, "LOCATION", 0.7, 2)]
    with patch.object(TaggedDetector, "read_utterance", return_value=spans):
        entities = nlp(doc).ents
    assert [(entity.text, entity.label_) for entity in entities] == [("Obi_Lee", "PERSON"), ("Carter", "LOCATION")]


def tagged(call: list[Utterance]) -> Found:
    """What the tagger alone finds in the last utterance of a call."""
    detector = TaggedDetector(NETWORK, shipped().begins)
    scanner = Scanner(Vocabulary(english(), [detector]), [detector])
    for utterance in call:
        spans = scanner.scan(utterance.text, utterance.speaker, None)
    ranges = offsets_of(call[-1].text)
    first = scanner.word - len(ranges)
    return [(span.label, ranges[span.start - first][0], ranges[span.end - 1 - first][1]) for span in spans]
