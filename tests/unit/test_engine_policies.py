"""Profiles and operators in a whole call, and that a stream writes what the finished call writes under each."""

from __future__ import annotations

import pytest

from ccredact import Redactor, Segment, Utterance
from streams import pushed

PAN = "4111 1111 1111 1111"
OTHER_PAN = "5555 5555 5555 4444"
KEY = bytes(range(32))

DATA = "card number is 4111 1111 1111 1111 expires 09/27 security code 123"


@pytest.mark.parametrize("profile", ["pci", "full"])
def test_card_data_is_hidden_under_pci_and_full(profile: str) -> None:
    hidden = "card number is [CREDIT_CARD] expires [CREDIT_CARD_EXPIRY] security code [CREDIT_CARD_CVV]"
    assert Redactor(profile).redact(DATA).text == hidden


def test_hipaa_has_no_card_data() -> None:
    assert Redactor("hipaa").redact(DATA) == Segment("0", DATA, end=len(DATA))


@pytest.mark.parametrize(
    ("operator", "shown"),
    [
        ("replace", "[CREDIT_CARD]"), ("mask", "**** **** **** ****"), ("redact", ""),
        ("last4", "[CREDIT_CARD:1111]"), ("number", "[CREDIT_CARD_1]"),
    ],
)  # fmt: skip
def test_an_operator_writes_what_stands_for_a_card(operator: str, shown: str) -> None:
    segment = Redactor({"entities": {"CREDIT_CARD": operator}}).redact(f"card {PAN} thanks")
    assert segment.text == f"card {shown} thanks"
    (entity,) = segment.entities
    assert (entity.label, entity.start, entity.end) == ("CREDIT_CARD", 5, 24)
    assert (entity.out_start, entity.out_end) == (5, 5 + len(shown))


def test_a_kept_label_shows_what_switching_it_off_shows_and_is_reported() -> None:
    for policy in ("keep", "off"):
        assert Redactor({"entities": {"CREDIT_CARD": policy}}).redact(f"card {PAN} ok").text == "card [NUMBER] ok"
    said = "my card ends in 1111 and my email is a@example.com"
    kept = Redactor({"entities": {"EMAIL_ADDRESS": "keep"}}).redact(said)
    assert kept.text == "my card ends in [CREDIT_CARD_LAST4] and my email is a@example.com"
    assert [entity.label for entity in kept.entities] == ["CREDIT_CARD_LAST4", "EMAIL_ADDRESS"]


def test_labels_are_numbered_by_card_and_stay_so() -> None:
    said = [("a", f"it's {PAN}"), ("b", f"so {PAN}"), ("a", "okay"), ("a", f"and another card {OTHER_PAN}")]
    found = Redactor({"entities": {"CREDIT_CARD": "number"}}).redact_call([Utterance(t, speaker=s) for s, t in said])
    assert [segment.text for segment in found] == [
        "it's [CREDIT_CARD_1]", "so [CREDIT_CARD_1]", "okay", "and another card [CREDIT_CARD_2]",
    ]  # fmt: skip


OVER_TURNS = [
    ("a", "the card number please"),
    ("b", "4111 1111"),
    ("a", "okay"),
    ("b", "1111 1111"),
    ("a", "thank you"),
]


@pytest.mark.parametrize("operator", ["last4", "hash"])
def test_all_pieces_of_a_card_show_the_whole_cards_value(operator: str) -> None:
    redactor = Redactor({"entities": {"CREDIT_CARD": operator, "CREDIT_CARD_LAST4": "redact"}}, key=KEY)
    whole = redactor.redact(f"card {PAN}").text.removeprefix("card ")
    assert whole.startswith("[CREDIT_CARD:1111]" if operator == "last4" else "[CREDIT_CARD:")
    call = [Utterance(text, speaker=speaker) for speaker, text in OVER_TURNS]
    expected = ["the card number please", whole, "okay", whole, "thank you"]
    assert [segment.text for segment in redactor.redact_call(call)] == expected
    assert ["".join(s.text for s in pieces) for pieces in pushed(redactor, call)] == expected


OPERATORS = {
    "last4": Redactor({"entities": {"CREDIT_CARD": "last4"}}),
    "number": Redactor(
        {"entities": {"CREDIT_CARD": "number", "CREDIT_CARD_LAST4": "number", "CREDIT_CARD_EXPIRY": "mask"}}
    ),
}


@pytest.mark.parametrize("lead", ["", "and another card ", "my other card number is "])
def test_two_cards_are_two_entities_with_their_own_last_four_digits(lead: str) -> None:
    said = [("b", f"card number {PAN}"), ("a", "okay"), ("b", lead + OTHER_PAN), ("a", "thanks")]
    call = [Utterance(text, speaker=speaker) for speaker, text in said]
    expected = ["card number [CREDIT_CARD:1111]", "okay", f"{lead}[CREDIT_CARD:4444]", "thanks"]
    assert [segment.text for segment in OPERATORS["last4"].redact_call(call)] == expected
    assert ["".join(s.text for s in pieces) for pieces in pushed(OPERATORS["last4"], call)] == expected


def test_numbers_of_cards_are_the_same_in_a_stream_after_many_entities() -> None:
    codes = [" and ".join(f"security code {code} okay" for code in range(at, at + 30)) for at in (100, 130, 160, 190)]
    said = [f"my card number is {PAN}", *codes, f"it was {PAN}"]
    call = [Utterance(text, speaker="ab"[at % 2]) for at, text in enumerate(said)]
    redactor = OPERATORS["number"]
    finished = redactor.redact_call(call)
    assert sum(len(segment.entities) for segment in finished) > 100
    assert finished[-1].text == "it was [CREDIT_CARD_1]"
    assert ["".join(s.text for s in pieces) for pieces in pushed(redactor, call)] == [s.text for s in finished]


def test_a_call_that_is_cut_off_hides_the_number_that_may_have_gone_on() -> None:
    said = Utterance("i have 4242 4242 4242", speaker="a")
    ended, cut = Redactor("pci").stream(), Redactor("pci").stream()
    text = "".join(segment.text for segment in [*cut.push(said), *cut.close(cut=True)])
    assert text == "i have [NUMBER]"
    assert "".join(segment.text for segment in [*ended.push(said), *ended.close()]) == said.text
