"""Values of the wrong type: a `StreamError` before anything has changed, the same in both builds; the call goes on."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from ccredact import Redactor, Segment, StreamError, Utterance, Word

REDACTOR = Redactor()
ODD: list[Any] = [
    b"4111", bytearray(b"4111"), 1.5, True, False, 2j, [], {}, (), set(), frozenset({1}), object(), int, len,
    Word("4111"), Utterance("4111"), ["4111"], {"text": "4111"}, range(3), memoryview(b"4111"), Decimal(4),
    Fraction(1, 2), Ellipsis,
]  # fmt: skip
GOOD = Utterance("my pin is 4711", "caller", "u", words=(Word("my", 0.0, 0.5), Word("pin", 0.5, 1.0)))


def wrong(field: str) -> list[Any]:
    """Values that the field may not have."""
    if field == "text":
        return [None, 7, *ODD]
    if field in {"speaker", "id"}:
        return ODD
    if field == "is_final":
        return [None, 0, 1, "yes", *(value for value in ODD if not isinstance(value, bool))]
    if field == "words":
        return [None, 7, "4111", *(value for value in ODD if value not in ((), [])), [None], ({"text": "4"},), ("4",)]
    if field == "word":
        return [None, 7, *ODD]
    return ["", "noon", "nan", "inf", float("nan"), float("-inf"), 10**400, *(v for v in ODD if v != 1.5)]


def spoiled(field: str, value: Any) -> Utterance:
    if field == "word":
        return replace(GOOD, words=(Word(value),))
    if field in {"start_s", "end_s"}:
        return replace(GOOD, words=(Word("my", **{field: value}),))
    return replace(GOOD, **{field: value})


FIELDS = ["text", "speaker", "id", "is_final", "words", "word", "start_s", "end_s"]


@pytest.mark.parametrize("field", FIELDS)
def test_a_wrong_type_is_refused_and_the_call_goes_on(field: str) -> None:
    values = wrong(field)
    assert len(values) >= 20
    call = REDACTOR.stream()
    segments = call.push(Utterance("what's the pin", "agent"))
    for value in values:
        with pytest.raises(StreamError):
            call.push(spoiled(field, value))
        with pytest.raises(StreamError, match="utterance 1:"):
            REDACTOR.redact_call([GOOD, spoiled(field, value), GOOD])
    assert call.pushed == 1
    segments += [*call.push(Utterance("nine oh", "caller")), *call.push(Utterance("two four thanks", "caller"))]
    segments += call.close()
    assert "".join(segment.text for segment in segments) == "what's the pin[PIN][PIN] thanks"


@pytest.mark.parametrize("value", [None, 0, 1, "yes", [True]])
def test_whether_a_call_was_cut_is_a_bool(value: Any) -> None:
    call = REDACTOR.stream()
    call.push(Utterance("it's 4111 1111 1111 1"))
    with pytest.raises(StreamError):
        call.close(cut=value)
    assert "4111" not in "".join(segment.text for segment in call.close(cut=True))


def test_words_may_be_a_list() -> None:
    words = [Word("my", 0.0, 0.5), Word("pin", 0.5, 1.0), Word("4711", 1.0, 2.0)]
    for segments in (
        pushed(Utterance("my pin 4711", words=words)),
        REDACTOR.redact_call([Utterance("my pin 4711", words=words)]),
    ):
        assert [(entity.start_s, entity.end_s) for one in segments for entity in one.entities] == [(1.0, 2.0)]


@pytest.mark.parametrize("value", [None, 7, "text", {"text": "4111"}, GOOD.text.encode(), ["4111"], object()])
def test_what_is_no_utterance_is_refused(value: Any) -> None:
    with pytest.raises(StreamError):
        REDACTOR.stream().push(value)
    with pytest.raises(StreamError):
        REDACTOR.redact_call(value)


def pushed(*utterances: Utterance) -> list[Segment]:
    call = REDACTOR.stream()
    return [segment for utterance in utterances for segment in call.push(utterance)] + call.close()


@pytest.mark.parametrize("batch", [False, True])
def test_numbers_name_speakers_and_utterances(*, batch: bool) -> None:
    turns = [
        Utterance("what's the long number", 1, 10),
        Utterance("4111 1111 1111 1111", 2, 11),
        Utterance("hello", "1", "11"),
    ]
    segments = REDACTOR.redact_call(turns) if batch else pushed(*turns)
    assert [(segment.speaker, segment.utterance) for segment in segments] == [(1, 10), (2, 11), ("1", "11")]
    assert segments[1].text == "[CREDIT_CARD]"


def test_a_number_and_its_text_are_two_speakers() -> None:
    """Four single digits in one turn are a number; two and two of two speakers are none."""
    one = pushed(Utterance("five six", 1), Utterance("seven eight", 1))
    two = pushed(Utterance("five six", 1), Utterance("seven eight", "1"))
    assert [len([segment for segment in call if segment.entities]) for call in (one, two)] == [2, 0]


def test_times_may_be_text() -> None:
    words = (Word("my", "0.0", "0.5"), Word("pin", 0.5, "1.0"), Word("is", "1", 1.5), Word("4711", "2.0", "2.5"))
    (segment,) = REDACTOR.redact_call([Utterance("my pin is 4711", words=words)])
    assert [(entity.start_s, entity.end_s) for entity in segment.entities] == [(2.0, 2.5)]


def test_words_that_are_written_otherwise_than_the_text() -> None:
    """A recogniser's `word` beside its formatted transcript: times of words whose place is sure are kept."""
    heard = "okay my card is four one one one thank you".split()
    words = tuple(Word(word, float(number), number + 1.0) for number, word in enumerate(heard))
    (segment,) = pushed(Utterance("Okay. My card is 4111. Thank you.", words=words))
    assert segment.text == "Okay. My card is [CREDIT_CARD]. Thank you."
    assert [(entity.start_s, entity.end_s) for entity in segment.entities] == [(4.0, 8.0)]


@pytest.mark.parametrize("cut", ["Mary\ud83d", "\ude00Mary", "Ma\ud83dry"])
def test_half_of_a_sign_is_no_end_of_a_call(cut: str) -> None:
    turns = [Utterance("hello there", "a"), Utterance(f"my name is {cut}", "b"), Utterance("it has been sent", "a")]
    for segments in (REDACTOR.redact_call(turns), pushed(*turns)):
        texts = ["".join(one.text for one in segments if one.utterance == str(number)) for number in range(3)]
        assert texts[::2] == ["hello there", "it has been sent"]
        assert texts[1].encode(errors="ignore").decode() == "my name is [PERSON]"
        assert not any(segment.fault for segment in segments)
