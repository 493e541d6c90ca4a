"""The tagger is exact: the same in a stream, in any batch and in spaCy, whatever is said in between."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from itertools import accumulate
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tagged_talk
from ccredact import Redactor, Segment, Utterance
from ccredact.core.scanner import Scanner
from ccredact.core.vocabulary import Vocabulary
from ccredact.detectors.base import OutsideCall
from ccredact.detectors.names.detector import TaggedDetector
from ccredact.lang.en.language import english
from ccredact.tagger import architecture as arch
from ccredact.tagger.features import ROWS, SEPARATOR_ROWS, forms_of, rows_of, split_form
from ccredact.tagger.network import Network
from ccredact.tagger.weights import shipped
from ccredact.text.words import offsets_of
from strategies import RANDOMS, made
from streams import by_utterance

REDACTOR = Redactor({"entities": {"ORGANIZATION": "replace"}})
SURE = Redactor({"thresholds": {"PERSON": 0.85, "STREET_ADDRESS": 0.8}})
"""Hides what the tagger is sure of, and shows the rest."""
NETWORK = Network(shipped())
WAYS: Final = 20
"""Ways in which a call arrives: the 50,000 calls of the profile `thorough` make 50,000 x 20 = 1,000,000."""

NAME_LIKE: Final = (
    "zebulina tomasz will art mark rose hope day white lake green anna maria joanna van der de la cruz june april may "
    "king price long short river stone oak main"
).split()

Call = list[tagged_talk.Final]
Found = list[tuple[str, float, int, int]]


def found(segments: list[Segment]) -> Found:
    return [
        (entity.label, entity.score, entity.start, entity.end) for segment in segments for entity in segment.entities
    ]


def with_hypotheses(call: Call, rng: random.Random) -> list[Utterance]:
    """The finals with hypotheses, right and wrong, in between."""
    out = []
    for final in tagged_talk.utterances(call):
        words = final.text.split()
        for _ in range(rng.randrange(3)):
            known = words[: rng.randrange(len(words) + 1)]
            wrong = tagged_talk.sentence(rng).split()[: rng.randrange(3)]
            out.append(replace(final, text=" ".join(known + wrong), is_final=False))
        out.append(final)
    return out


def streamed(pieces: list[Utterance], redactor: Redactor) -> list[tuple[str, Found]]:
    """Text and entities of each final."""
    stream = redactor.stream()
    segments = [segment for piece in pieces for segment in stream.push(piece) if segment.is_final]
    got = by_utterance([*segments, *stream.close()])
    parts = [got[piece.id or ""] for piece in pieces if piece.is_final]
    return [("".join(segment.text for segment in part), found(part)) for part in parts]


@pytest.mark.parametrize("redactor", [REDACTOR, SURE], ids=["all", "sure"])
@given(call=made(tagged_talk.finals), rng=RANDOMS)
def test_a_stream_gives_what_a_finished_call_gives(redactor: Redactor, call: Call, rng: random.Random) -> None:
    utterances = tagged_talk.utterances(call)
    whole = [(segment.text, found([segment])) for segment in redactor.redact_call(utterances)]
    for _ in range(WAYS):
        pieces = with_hypotheses(call, rng)
        assert streamed(pieces, redactor) == whole, [piece.text for piece in pieces]


@pytest.mark.parametrize("redactor", [REDACTOR, SURE], ids=["all", "sure"])
@given(call=made(tagged_talk.finals), rng=RANDOMS)
def test_what_an_interim_shows_is_what_the_final_shows(redactor: Redactor, call: Call, rng: random.Random) -> None:
    stand_in = redactor.policy.stand_in
    stream = redactor.stream()
    shown: list[tuple[str, str]] = []
    final: list[Segment] = []
    for utterance in tagged_talk.utterances(call):
        words = utterance.text.split()
        begun = " ".join(words[: rng.randrange(1, len(words) + 1)])
        shown.append((begun, stream.push(replace(utterance, text=begun, is_final=False))[0].text))
        final += stream.push(utterance)
    finals = by_utterance([*final, *stream.close()])
    for number, (begun, early) in enumerate(shown):
        if early.endswith(stand_in):
            text = "".join(segment.text for segment in finals[str(number)])
            assert text.startswith(early.removesuffix(stand_in).rstrip()), begun


@given(
    led=st.sampled_from(["my name is", "it's", "for", ""]),
    name=st.lists(st.sampled_from(NAME_LIKE), min_size=4, max_size=8),
    rest=st.sampled_from(["", "thanks", "street please ok", "speaking and i need help"]),
    threshold=st.sampled_from([0.75, 0.8, 0.84, 0.87, 0.89]),
)
def test_a_name_that_becomes_surer_was_not_shown_before(led: str, name: list[str], rest: str, threshold: float) -> None:
    redactor = Redactor({"thresholds": dict.fromkeys(("PERSON", "STREET_ADDRESS", "LOCATION"), threshold)})
    words = [*led.split(), *name, *rest.split()]
    final = redactor.redact_call([Utterance(" ".join(words))])[0].text
    for count in range(1, len(words) + 1):
        begun = Utterance(" ".join(words[:count]), is_final=False)
        shown = redactor.stream().push(begun)[0].text
        assert final.startswith(shown.removesuffix(redactor.policy.stand_in).rstrip()), begun.text


@given(
    sentences=st.lists(made(tagged_talk.sentence), min_size=1, max_size=5),
    asked=made(tagged_talk.sentence),
    rng=RANDOMS,
)
def test_a_tag_is_the_same_in_every_batch(sentences: list[str], asked: str, rng: random.Random) -> None:
    forms: list[str] = []
    ends: list[int] = []
    for sentence in sentences:
        forms += rng.sample(sorted(SEPARATOR_ROWS), rng.randrange(2)) + forms_of(sentence)
        ends += [len(forms)] * (len(forms) - len(ends))
    said = NETWORK.question_bias(forms_of(asked)[-arch.QUESTION_FORMS :])
    places = [at for at, form in enumerate(forms) if form not in SEPARATOR_ROWS]
    whole = dict(zip(places, NETWORK.tags(forms, ends, places, said), strict=True))
    for at in places:
        low = max(0, at - arch.LEFT - rng.randrange(3))
        high = min(len(forms), at + arch.RIGHT + 1 + rng.randrange(3))
        near = [min(end, high) - low for end in ends[low:high]]
        assert NETWORK.tags(forms[low:high], near, [at - low], said) == [whole[at]], forms[at]


@given(text=st.text(alphabet="ab1é' .,-\u2019\u0301\u200dＡ", max_size=30))
def test_forms_are_the_words_of_the_text(text: str) -> None:
    forms = forms_of(text)
    assert [split_form(form)[0] for form in forms] == [
        text[start:end].replace("1", "0") for start, end in offsets_of(text)
    ]
    for form in forms:
        assert all(0 <= row < ROWS for row in rows_of(form, {}, 0xFFFF))


def tagged(call: list[Utterance]) -> list[tuple[str, int, int]]:
    """What the tagger alone finds in the last utterance of a call."""
    detector = TaggedDetector(NETWORK, shipped().prefilter)
    scanner = Scanner(Vocabulary(english(), [detector]), [detector], OutsideCall().dialogue)
    for utterance in call:
        spans = scanner.scan(utterance.text, utterance.speaker, None)
    ranges = offsets_of(call[-1].text)
    first = scanner.word - len(ranges)
    return [(span.label, ranges[span.start - first][0], ranges[span.end - 1 - first][1]) for span in spans]


@cache
def nlp() -> Any:
    spacy = pytest.importorskip("spacy", reason="needs the extra spacy")
    made = spacy.blank("en")
    made.add_pipe("ccredact_tagger")
    return made


@pytest.mark.extras
@given(call=made(tagged_talk.finals))
def test_spacy_tags_as_a_call_does(call: Call) -> None:
    pytest.importorskip("spacy", reason="needs the extra spacy")
    from ccredact.integrations.spacy import doc_of  # noqa: PLC0415  # an extra

    utterances = tagged_talk.utterances(call)
    starts = list(accumulate((len(utterance.text) + 1 for utterance in utterances), initial=0))
    doc = nlp()(doc_of(nlp(), utterances))
    tokens = [(token.idx, token.idx + len(token)) for token in doc]
    expected = []  # entities go on to the end of their last token; one that is all in it is none
    covered = 0
    for number in range(len(utterances)):
        for label, first, last in tagged(utterances[: number + 1]):
            start, end = max(covered, starts[number] + first), starts[number] + last
            if end > covered:
                expected.append((label, start, end))
                covered = max(stop for begin, stop in tokens if begin < end)
    assert [entity.label_ for entity in doc.ents] == [label for label, _, _ in expected]
    for entity, (_, start, end) in zip(doc.ents, expected, strict=True):
        assert entity.start_char <= start <= end <= entity.end_char
