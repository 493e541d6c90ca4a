"""The phrases that ask for something: how their files are read, and which phrase decides."""

from __future__ import annotations

import pytest

from ccredact.dialogue.kinds import (
    ANOTHER,
    ASIDE,
    CARD,
    CVV,
    EXPIRY,
    KINDS,
    LAST4,
    MENTION,
    among_cards,
    as_question,
    asks_for_card,
)
from ccredact.dialogue.prompts import Prompts, phrase_lines, prompts
from ccredact.lang.en.prompts import prompt_text
from ccredact.text.phrase_table import Prompt, said


def prompt(words: str, table: Prompts | None = None) -> Prompt | None:
    *before, key = words.split()
    return (table or prompts()).find(key, tuple(before))


def test_a_file_is_sections_of_phrases() -> None:
    text = "# about\n[PIN]\npin number  # the code\n\n~pin\n[AGE]\nhow old"
    assert phrase_lines(text, {"PIN", "AGE"}) == [("PIN", "pin number"), ("PIN", "~pin"), ("AGE", "how old")]


@pytest.mark.parametrize(("text", "line"), [("[PIN]\npin\n[NIP]\nx", 3), ("pin\n[PIN]", 1)])
def test_a_line_in_no_section_is_named_by_its_number_alone(text: str, line: int) -> None:
    with pytest.raises(ValueError, match=rf"^phrases, line {line}: [a-z ]+$"):
        phrase_lines(text, {"PIN"})


def test_the_shipped_file_says_each_phrase_once() -> None:
    lines = phrase_lines(prompt_text(), KINDS)
    phrases = [words for _, line in lines for words in said(line.lstrip("~ "))]
    assert sorted(phrases) == sorted(set(phrases))
    assert len(phrases) > 1_300
    assert all(line == line.lower() for _, line in lines)


def test_the_longest_phrase_wins() -> None:
    table = Prompts("[MENTION]\ncard\n[CARD]\ncard number\n[PIN]\n~number\ngift card number\n~gift")
    before: list[tuple[str, ...]] = [(), ("card",), ("gift", "card"), ("the", "gift", "card")]
    assert [table.find("number", words) for words in before] == [
        Prompt("PIN", weak=True), Prompt("CARD"), Prompt("PIN"), Prompt("PIN"),
    ]  # fmt: skip
    assert table.find("card", ("gift",)) == Prompt("MENTION")
    assert table.find("cards", ()) is None


def test_what_a_detector_brings_decides() -> None:
    table = Prompts("[OTP]\ngate code\nthe gate code\nsent code", ["[BAGGAGE]\ngate code"])
    assert prompt("gate code", table) == Prompt("BAGGAGE")
    assert prompt("the gate code", table) == Prompt("OTP")
    assert prompt("sent code", table) == Prompt("OTP")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("what's the long number", CARD),
        ("the sixteen digits", CARD),
        ("the number on the front", CARD),
        ("when does it expire", EXPIRY),
        ("the three digits on the back", CVV),
        ("the security code", CVV),
        ("the last four digits", LAST4),
        ("the last four of your social", ANOTHER),
        ("my visa", MENTION),
        ("the gift card number", ANOTHER),
        ("your order", ASIDE),
        ("it expires", EXPIRY),
        ("my password", ASIDE),
        ("an email", ASIDE),
        ("how many", ASIDE),
        ("the pin", ANOTHER),
        ("hello there", None),
    ],
)
def test_what_is_said_about_cards(said: str, kind: str | None) -> None:
    found = prompt(said)
    assert (None if found is None else among_cards(found)) == kind


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("your account number", Prompt("BANK_ACCOUNT")),
        ("account", Prompt("BANK_ACCOUNT", weak=True)),
        ("the account's", Prompt("BANK_ACCOUNT", weak=True)),
        ("your customer i d", Prompt("ACCOUNT_NUMBER")),
        ("what is your mother's maiden name", Prompt("SECURITY_ANSWER")),
        ("the card number", None),
        ("the security code", None),
        ("the expiry date", None),
        ("the code", Prompt("IDENTIFIER")),
        ("it expires", None),
        ("it ends", None),
        ("the card", None),
        ("the promo code", None),
        ("hello there", None),
    ],
)
def test_what_is_asked_for(said: str, found: Prompt | None) -> None:
    asked = prompt(said)
    assert (None if asked is None else as_question(asked)) == found


@pytest.mark.parametrize(
    ("said", "asks"),
    [("the card number", True), ("the expiry date", True), ("it expires", False), ("the last four digits", False)],
)
def test_what_surely_asks_for_a_card(said: str, *, asks: bool) -> None:
    asked = prompt(said)
    assert asked is not None
    assert asks_for_card(asked) is asks


def test_a_password_of_the_speaker_is_no_question() -> None:
    table = Prompts("[PASSWORD]\npassword")
    assert prompt("the password", table) == Prompt("PASSWORD")
    assert prompt("my password", table) == Prompt("PASSWORD", weak=True)
