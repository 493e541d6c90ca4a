"""Cards in every script's digits, with every dash, space and format character between: hidden to the character."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from card_numbers import covered
from ccredact import Redactor, Utterance

REDACTOR = Redactor("pci")
EVERY = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
DIGIT_SETS = [char for char in EVERY if unicodedata.category(char) == "Nd" and unicodedata.decimal(char) == 0]
DASHES = [char for char in EVERY if unicodedata.category(char) == "Pd"]
SPACES = [char for char in EVERY if unicodedata.category(char) == "Zs"]
ZERO_WIDTH = [*"\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e"]
FORMAT = [char for char in EVERY if unicodedata.category(char) == "Cf"]
CARDS = ("4111111111111111", "5555555555554444", "2223003122003222", "378282246310005", "30569309025904")
CARRIERS = ("my card number is {} thanks", "so {} thanks", "{}")


def in_groups(card: str, between: str) -> str:
    return between.join((card[:4], card[4:8], card[8:12], card[12:]))


def unhidden(written: str) -> list[str]:
    """Give the carriers in which any character of the number is not hidden, or anything else is changed."""
    out = []
    for carrier in CARRIERS:
        text = carrier.format(written)
        segment = REDACTOR.redact_call([Utterance(text, speaker="B")])[0]
        start = carrier.index("{}")
        inside = covered(segment, text)
        wanted = [start <= at < start + len(written) for at in range(len(text))]
        pieces = []
        at = 0
        for entity in segment.entities:
            pieces += [text[at : entity.start], f"[{entity.label}]"]
            at = entity.end
        if inside != wanted or segment.text != "".join([*pieces, text[at:]]):
            out.append(carrier)
    return out


def name_of(char: str) -> str:
    return f"{ord(char):04X}"


def test_unicode_has_the_digits_dashes_and_spaces_that_are_tested() -> None:
    assert len(DIGIT_SETS) >= 66
    assert len(DASHES) >= 26
    assert len(SPACES) >= 17
    assert set(ZERO_WIDTH) <= set(FORMAT)


@pytest.mark.parametrize("zero", DIGIT_SETS, ids=name_of)
def test_cards_in_every_set_of_decimal_digits_are_hidden_exactly(zero: str) -> None:
    for card in CARDS:
        foreign = "".join(chr(ord(zero) + int(digit)) for digit in card)
        assert all(unicodedata.decimal(char) == int(digit) for char, digit in zip(foreign, card, strict=True))
        assert not unhidden(foreign)
        assert not unhidden(in_groups(foreign, " "))


@pytest.mark.parametrize("between", DASHES + SPACES + FORMAT, ids=name_of)
def test_cards_with_any_dash_space_or_format_character_between_groups_are_hidden_exactly(between: str) -> None:
    for card in CARDS:
        assert not unhidden(in_groups(card, between))
        assert not unhidden(between.join(card))
        assert not unhidden(in_groups(card, f" {between} "))


@pytest.mark.parametrize("zero", DIGIT_SETS, ids=name_of)
def test_a_card_may_mix_two_sets_of_decimal_digits(zero: str) -> None:
    for card in CARDS:
        mixed = "".join(chr(ord(zero) + int(d)) if at % 2 else d for at, d in enumerate(card))
        assert not unhidden(mixed)


@pytest.mark.parametrize("other", ["①", "⓪", "¹", "²", "⁴", "₁", "½", "Ⅳ", "❶", "㊀", "〡", "一"])
@pytest.mark.parametrize("carrier", ["so {} thanks", "{}"])
def test_figures_that_are_no_decimal_digits_do_not_complete_a_card(other: str, carrier: str) -> None:
    assert unicodedata.category(other) != "Nd"
    for text in (other * 16, f"411111111111111{other}", f"4111 1111 1111 111{other}", f"{other}111111111111111"):
        sentence = carrier.format(text)
        segment = REDACTOR.redact_call([Utterance(sentence, speaker="B")])[0]
        assert (segment.text, segment.entities) == (sentence, ())
