"""Every brand, length and form of a number: hidden with a cue, and without one where it may be."""

from __future__ import annotations

import random
import sys
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from brand_table import ROWS, UNCUED, Row, luhn, number_of
from card_numbers import (
    FORMS,
    Pieces,
    Turn,
    covered,
    dropped,
    plain,
    repeated,
    shown_of,
    substituted,
    thorough,
    utterances,
)  # fmt: skip
from ccredact import Redactor, Utterance

if TYPE_CHECKING:
    from collections.abc import Iterator

REDACTOR = Redactor("pci")
CUED = (  # A is the agent, B the customer, {} the number
    ("B: my card number is {} thanks",),
    ("B: the number on my credit card is {}",),
    ("B: you can charge it to my debit card, that's {} okay",),
    ("A: could you read me the long number on your card please", "B: {}"),
    ("A: and what's the card number", "B: yeah sure it's {}"),
    ("A: go ahead with the sixteen digit card number when you are ready", "B: okay it's {} and that's it"),
    ("A: which card would you like to use", "B: my visa", "A: and the number on it", "B: {}"),
)
UNANNOUNCED = (("B: {}",), ("B: so {} thanks",))
DAMAGES = {"substituted": substituted, "dropped": dropped, "doubled": repeated}


def turns_of(frame: tuple[str, ...], number: Pieces) -> list[Turn]:
    out = []
    for line in frame:
        speaker, _, text = line.partition(": ")
        before, mark, after = text.partition("{}")
        out.append(Turn(speaker, plain(before) + (number if mark else []) + plain(after)))
    return out


def text_of(turns: list[Turn]) -> str:
    return " | ".join(turn.text for turn in turns)


def numbers_of(row: Row, rng: random.Random, count: int) -> Iterator[str]:
    """Give for each length of the row `count` numbers, and at least one of every prefix range."""
    for length in row.lengths:
        for at in range(max(count, len(row.prefixes.split()))):
            yield number_of(row, length, rng, at=at)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.brand)
def test_announced_numbers_of_every_brand_and_length_are_hidden_in_every_form(row: Row) -> None:
    rng = random.Random(f"cued {row.brand}")
    missed = []
    for number in numbers_of(row, rng, 1000 if thorough() else 10):
        for name, form in FORMS.items():
            turns = turns_of(rng.choice(CUED), form(number, rng))
            if shown := shown_of(REDACTOR, turns):
                missed.append((name, len(shown), text_of(turns)))
    assert not missed, (len(missed), missed[:5])


@pytest.mark.parametrize("row", UNCUED, ids=lambda row: row.brand)
def test_valid_numbers_that_nobody_announced_are_hidden(row: Row) -> None:
    rng = random.Random(f"uncued {row.brand}")
    missed = []
    tried = 0
    for number in numbers_of(row, rng, 1000 if thorough() else max(8, 24 // len(row.lengths))):
        for name, form in FORMS.items():
            for frame in UNANNOUNCED:
                tried += 1
                turns = turns_of(frame, form(number, rng))
                if shown := shown_of(REDACTOR, turns):
                    missed.append((name, len(shown), text_of(turns)))
    assert tried >= 256
    assert len(missed) <= 0.005 * tried, (len(missed), tried, Counter(name for name, *_ in missed), missed[:5])


@pytest.mark.parametrize("damage", DAMAGES)
def test_announced_numbers_with_one_digit_wrong_are_hidden(damage: str) -> None:
    rng = random.Random(f"damaged {damage}")
    missed = []
    tried = 0
    for row in ROWS:
        for number in numbers_of(row, rng, 250 if thorough() else 3):
            for name, form in FORMS.items():
                tried += 1
                turns = turns_of(rng.choice(CUED), form(DAMAGES[damage](number, rng), rng))
                if shown := shown_of(REDACTOR, turns):
                    missed.append((name, len(shown), text_of(turns)))
    assert tried > 2500
    assert len(missed) <= 0.01 * tried, (len(missed), tried, missed[:5])


NEUTRAL = (
    "the identifier is {}",
    "{} is the identifier",
    "the label says {} on the side",
    "we wrote down {} yesterday",
)


@pytest.mark.parametrize("form", ["solid", "words"])
def test_random_identifiers_are_left_alone(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    rng = random.Random(f"identifiers {form}")
    count = 50_000 if thorough() else 5_000
    hidden = []
    for _ in range(count):
        number = "".join(rng.choice("0123456789") for _ in range(rng.randint(12, 19)))
        turns = turns_of(("B: " + rng.choice(NEUTRAL),), FORMS[form](number, rng))
        if REDACTOR.redact_call(utterances(turns))[0].entities:
            hidden.append((luhn(number), text_of(turns)))
    with capsys.disabled():
        sys.stdout.write(f"\nrandom identifiers ({form}): {len(hidden) / count:.2%} hidden of {count}\n")
    assert len(hidden) <= 0.03 * count, hidden[:5]


# -- Unicode ---------------------------------------------------------------------------------------------------

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
