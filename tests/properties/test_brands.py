"""Every brand, length and form of a number: hidden with a cue, and without one where it may be."""

from __future__ import annotations

import random
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from brand_table import ROWS, UNCUED, Row, luhn, number_of
from card_numbers import (
    FORMS,
    Pieces,
    Turn,
    dropped,
    plain,
    repeated,
    shown_of,
    substituted,
    utterances,
)  # fmt: skip
from ccredact import Redactor

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
def test_announced_numbers_of_every_brand_and_length_are_hidden_in_every_form(row: Row, examples: int) -> None:
    rng = random.Random(f"cued {row.brand}")
    missed = []
    for number in numbers_of(row, rng, max(10, examples // 50)):
        for name, form in FORMS.items():
            turns = turns_of(rng.choice(CUED), form(number, rng))
            if shown := shown_of(REDACTOR, turns):
                missed.append((name, len(shown), text_of(turns)))
    assert not missed, (len(missed), missed[:5])


@pytest.mark.slow
@pytest.mark.parametrize("row", UNCUED, ids=lambda row: row.brand)
def test_valid_numbers_that_nobody_announced_are_hidden(row: Row, examples: int) -> None:
    rng = random.Random(f"uncued {row.brand}")
    missed = []
    tried = 0
    for number in numbers_of(row, rng, max(8, 24 // len(row.lengths), examples // 50)):
        for name, form in FORMS.items():
            for frame in UNANNOUNCED:
                tried += 1
                turns = turns_of(frame, form(number, rng))
                if shown := shown_of(REDACTOR, turns):
                    missed.append((name, len(shown), text_of(turns)))
    assert tried >= 256
    assert len(missed) <= 0.005 * tried, (len(missed), tried, Counter(name for name, *_ in missed), missed[:5])


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
def test_announced_numbers_with_one_digit_wrong_are_hidden(damage: str, examples: int) -> None:
    rng = random.Random(f"damaged {damage}")
    missed = []
    tried = 0
    for row in ROWS:
        for number in numbers_of(row, rng, max(3, examples // 200)):
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
def test_random_identifiers_are_left_alone(form: str, examples: int, capsys: pytest.CaptureFixture[str]) -> None:
    rng = random.Random(f"identifiers {form}")
    count = max(5_000, examples)
    hidden = []
    for _ in range(count):
        number = "".join(rng.choice("0123456789") for _ in range(rng.randint(12, 19)))
        turns = turns_of(("B: " + rng.choice(NEUTRAL),), FORMS[form](number, rng))
        if REDACTOR.redact_call(utterances(turns))[0].entities:
            hidden.append((luhn(number), text_of(turns)))
    with capsys.disabled():
        sys.stdout.write(f"\nrandom identifiers ({form}): {len(hidden) / count:.2%} hidden of {count}\n")
    assert len(hidden) <= 0.03 * count, hidden[:5]
