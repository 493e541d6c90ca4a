"""The phrases that ask for something: how their files are read, and which phrase decides."""

from __future__ import annotations

import pytest

from ccredact.dialogue.card_prompts import CARD, CVV, EXPIRY, KINDS, LAST4, MENTION, OTHER, card_prompts
from ccredact.dialogue.card_prompts import CardPrompts as Cards
from ccredact.dialogue.kinds import ANSWER_TYPES
from ccredact.dialogue.prompt_file import phrase_lines
from ccredact.dialogue.prompts import Prompt, Prompts, prompts
from ccredact.lang.en.prompts import CARD_PROMPTS, PROMPTS, prompt_text
from ccredact.text.word_class import CUE


def card_kind(said: str) -> str | None:
    *before, key = said.split()
    return card_prompts().find(key, tuple(before))


def prompt(said: str, classes: int = 0, table: Prompts | None = None) -> Prompt | None:
    *before, key = said.split()
    return (table or prompts()).find(key, tuple(before), classes)


def test_a_file_is_sections_of_phrases() -> None:
    text = "# about\n[PIN]\npin number  # the code\n\n~pin\n[AGE]\nhow old"
    assert phrase_lines(text, {"PIN", "AGE"}) == [("PIN", "pin number"), ("PIN", "~pin"), ("AGE", "how old")]


@pytest.mark.parametrize(("text", "line"), [("[PIN]\npin\n[NIP]\nx", 3), ("pin\n[PIN]", 1)])
def test_a_line_in_no_section_is_named_by_its_number_alone(text: str, line: int) -> None:
    with pytest.raises(ValueError, match=rf"^phrases, line {line}: [a-z ]+$"):
        phrase_lines(text, {"PIN"})


@pytest.mark.parametrize(("name", "kinds"), [(PROMPTS, ANSWER_TYPES.keys()), (CARD_PROMPTS, KINDS)])
def test_the_shipped_files_say_each_thing_once(name: str, kinds: set[str]) -> None:
    lines = phrase_lines(prompt_text(name), kinds)
    assert len(lines) == len(set(lines)) > 50
    assert all(line == line.lower() for _, line in lines)


def test_the_longest_phrase_wins() -> None:
    cards = Cards("[MENTION]\ncard\n[CARD]\ncard number\n[OTHER]\nnumber\ngift card number\n[ASIDE]\ngift")
    assert [cards.find("number", before) for before in ((), ("card",), ("gift", "card"), ("the", "gift", "card"))] == [
        OTHER, CARD, OTHER, OTHER,
    ]  # fmt: skip
    assert cards.find("card", ("gift",)) == MENTION
    assert cards.find("gift", ()) is not None
    assert cards.find("cards", ()) is None
    assert cards.asides == {"gift"}
    assert cards.last_words & {"card", "number", "gift"} == {"card", "number"}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("what's the long number", CARD),
        ("the sixteen digits", CARD),
        ("the number on the front", CARD),
        ("when does it expire", EXPIRY),
        ("the three digits on the back", CVV),
        ("the last four digits", LAST4),
        ("the last four of your social", OTHER),
        ("my visa", MENTION),
        ("the gift card number", OTHER),
        ("hello there", None),
    ],
)
def test_what_is_said_about_cards(said: str, kind: str | None) -> None:
    assert card_kind(said) == kind


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("your account number", Prompt("BANK_ACCOUNT")),
        ("account", Prompt("BANK_ACCOUNT", weak=True)),
        ("the account's", Prompt("BANK_ACCOUNT", weak=True)),
        ("your customer i d", Prompt("ACCOUNT_NUMBER")),
        ("what is your mother's maiden name", Prompt("SECURITY_ANSWER")),
        ("hello there", None),
    ],
)
def test_what_is_asked_for(said: str, found: Prompt | None) -> None:
    assert prompt(said) == found


def test_a_password_of_the_speaker_is_no_question() -> None:
    table = Prompts("[PASSWORD]\npassword")
    assert prompt("the password", table=table) == Prompt("PASSWORD")
    assert prompt("my password", table=table) == Prompt("PASSWORD", weak=True)


def test_a_phrase_about_a_card_beats_short_ones_alone() -> None:
    table = Prompts("[ORDER_NUMBER]\n~number\nmy shop card number")
    assert prompt("the card number", CUE, table) == Prompt("CARD")
    assert prompt("the card number", 0, table) == Prompt("ORDER_NUMBER", weak=True)
    assert prompt("my shop card number", CUE, table) == Prompt("ORDER_NUMBER")
