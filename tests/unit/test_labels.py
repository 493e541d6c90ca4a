"""Labels that an earlier redaction left: found by the words they hold, never changed, no cue, and an answer."""

from __future__ import annotations

import pytest

from ccredact import Redactor, Utterance
from ccredact.lang.en.noise import NOISE
from ccredact.text.labels import OPAQUE, labels_in
from ccredact.text.words import Words

REDACTOR = Redactor(tagger=False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("it's [CREDIT_CARD] ok", {1: ("CREDIT_CARD", 11, 13), 2: ("CREDIT_CARD", 11, 13)}),
        ("[PERSON_12] and [PIN]", {0: ("PERSON", 10, 12), 1: ("PERSON", 10, 12), 3: ("PIN", 13, 14)}),
        ("[CREDIT_CARD:1111]", dict.fromkeys(range(3), ("CREDIT_CARD", 10, 13))),
        ("[CREDIT_CARD_LAST4]", dict.fromkeys(range(3), ("CREDIT_CARD_LAST4", 10, 13))),
        (f"[PERSON:{'0a' * 16}]", dict.fromkeys(range(2), ("PERSON", 10, 12))),
        ("[REDACTED], [NUMBER]", {0: ("REDACTED", 10, 11), 1: ("NUMBER", 11, 12)}),
        ("[PERSON][PIN]", {0: ("PERSON", 10, 11), 1: ("PIN", 11, 12)}),
        ("[[PIN]]", {0: ("PIN", 10, 11)}),
        ("Sure [PII] ok", {1: ("PII", 11, 12)}),
        (
            "[NAME_GIVEN] [SSN_1]",
            dict.fromkeys(range(2), ("NAME_GIVEN", 10, 12)) | dict.fromkeys((2, 3), ("SSN", 12, 14)),
        ),
        ("<PERSON>, ##PHONE_NUMBER##", {0: ("PERSON", 10, 11)} | dict.fromkeys((1, 2), ("PHONE_NUMBER", 11, 13))),
        ("## DATE ## and <LOC_12>", {0: ("DATE", 10, 11)} | dict.fromkeys((2, 3), ("LOC", 12, 14))),
        ("it's XXXX, XXX-XX-1234", dict.fromkeys((1,), ("MASK", 11, 12)) | {2: ("MASK", 12, 13), 3: ("MASK", 13, 14)}),
    ],
)
def test_the_words_of_a_label_are_opaque(text: str, found: dict[int, tuple[str, int, int]]) -> None:
    words = Words(text, NOISE)
    assert labels_in(words, 10) == found
    assert {at for at, key in enumerate(words.keys) if key == OPAQUE} == set(found)


@pytest.mark.parametrize(
    "text",
    [
        "[pin]", "[PIN", "PIN]", "(PIN)", "[PIN:11]", "[PIN_1234567]", "[PIN ]", "[CREDIT CARD]", "[BA7312]", "[B]",
        "<b>", "<unk>", "#PIN#", "[Hello]", "[HELLO there]", "X", "XXL", "XX7", "xxxx", "TAXX", "[NOISE]", "<UNK>",
    ],
)  # fmt: skip
def test_what_is_no_label_is_read_as_its_words(text: str) -> None:
    words = Words(text, NOISE)
    assert labels_in(words, 10) == {}
    assert OPAQUE not in words.keys


def test_a_redacted_call_is_not_changed_by_redacting_it_again() -> None:
    call = [
        Utterance("can i take your account number and your pin", speaker="agent"),
        Utterance("it's one two three four five six seven eight and the pin is 4821", speaker="customer"),
        Utterance("what was your mother's maiden name and the long number on the card", speaker="agent"),
        Utterance("it was sanchez and the card is 4111 1111 1111 1111 expires 09/27", speaker="customer"),
        Utterance("the reference number is XPFOA5KT and that will be 45 dollars on the 3rd", speaker="agent"),
        Utterance("my card ends in 1111 and i'm ninety two years old", speaker="customer"),
    ]
    once = [segment.text for segment in REDACTOR.redact_call(call)]
    assert sum(text.count("[") for text in once) >= 8
    again = REDACTOR.redact_call([Utterance(text, speaker=u.speaker) for text, u in zip(once, call, strict=True)])
    assert [segment.text for segment in again] == once
    assert not any(segment.entities for segment in again)


def test_a_label_answers_the_question_and_is_no_cue() -> None:
    call = [
        Utterance("can i take your account number", speaker="agent"),
        Utterance("[BANK_ACCOUNT] and i have 24 guests", speaker="customer"),
        Utterance("[PIN] 12 [PHONE_NUMBER_2] 45 [CREDIT_CARD] 3", speaker="agent"),
    ]
    assert [segment.text for segment in REDACTOR.redact_call(call)] == [utterance.text for utterance in call]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("what's your name", "Sure [PII]"),
        ("ok", "this is [PHI] calling"),
        ("what is your address", "it's XXXX"),
        ("what's your mother's maiden name", "it's [NAME_GIVEN] [NAME_FAMILY]"),
        ("can you tell me the password", "it should be [TIME_STAMP] and then it's [USER_SECRET]"),
        ("and your pin", "<PIN> or ##SECRET_2##"),
        ("and the number", "**** ****"),
    ],
)
@pytest.mark.parametrize("redactor", [REDACTOR, Redactor()], ids=["rules", "tagger"])
def test_labels_and_masks_of_any_tool_are_left_alone(asked: str, told: str, redactor: Redactor) -> None:
    segments = redactor.redact_call([Utterance(asked, speaker="agent"), Utterance(told, speaker="customer")])
    assert [segment.text for segment in segments] == [asked, told]


@pytest.mark.parametrize("label", ["[PII]", "<SSN_1>", "##ACCOUNT##", "XXXX"])
def test_a_label_of_any_tool_is_the_answer(label: str) -> None:
    call = [
        Utterance("what's your pin", speaker="agent"),
        Utterance(f"{label} and i have 24 guests", speaker="customer"),
    ]
    assert [segment.text for segment in REDACTOR.redact_call(call)][1] == f"{label} and i have 24 guests"
