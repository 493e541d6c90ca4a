"""Card numbers of published brand ranges with a valid check digit, and the dates and codes that go with them.

Sources: ISO/IEC 7812-1 (check digit), the card brands' published ranges and the processors' published test
numbers, whose first digits are used for two numbers in five.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random


@dataclass(frozen=True, slots=True)
class Brand:
    """A brand: how it is called, how it begins, how long it is, how it is printed."""

    name: str
    starts: tuple[str, ...]
    tests: tuple[str, ...]
    groups: tuple[int, ...]
    code: int = 3

    @property
    def length(self) -> int:
        """How many digits a number of this brand has."""
        return sum(self.groups)


@dataclass(frozen=True, slots=True)
class Card:
    """A generated card."""

    brand: Brand
    number: str
    month: int
    year: int
    code: str


_FOURS = (4, 4, 4, 4)
BRANDS = (
    (40, Brand("Visa", ("4",), ("411111", "424242", "400000", "401288", "450875"), _FOURS)),
    (
        25,
        Brand("Mastercard", ("51", "52", "53", "54", "55"), ("555555", "510510", "520082", "545454"), _FOURS),
    ),
    (6, Brand("Mastercard", ("2221", "2345", "2520", "2699", "2720"), ("222300", "222240"), _FOURS)),
    (12, Brand("American Express", ("34", "37"), ("378282", "371449", "378734"), (4, 6, 5), 4)),
    (8, Brand("Discover", ("6011", "644", "649", "65"), ("601111", "601100"), _FOURS)),
    (3, Brand("Diners Club", ("300", "305", "36", "38"), ("305693", "385200"), (4, 6, 4))),
    (3, Brand("JCB", ("3528", "3566", "3589"), ("353011", "356600"), _FOURS)),
    (2, Brand("UnionPay", ("62",), ("620000",), _FOURS)),
    (1, Brand("Maestro", ("5018", "6304", "6759"), ("676770",), (4, 4, 4, 4, 3))),
)


def check_digit(body: str) -> str:
    """Give the digit that makes `body` pass the Luhn test."""
    total = 0
    for place, char in enumerate(reversed(body)):
        value = int(char) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def luhn(number: str) -> bool:
    """Say whether the last digit is the check digit."""
    return check_digit(number[:-1]) == number[-1]


def random_digits(rng: Random, count: int) -> str:
    """Give that many digits."""
    return "".join(rng.choice("0123456789") for _ in range(count))


def new_card(rng: Random, *, repeats: bool = False) -> Card:
    """Make a card; `repeats` asks for a number with a digit said twice, for "double four"."""
    (brand,) = rng.choices([brand for _, brand in BRANDS], [weight for weight, _ in BRANDS])
    while True:
        start = rng.choice(brand.tests if rng.random() < 0.4 else brand.starts)
        body = start + random_digits(rng, brand.length - len(start) - 1)
        number = body + check_digit(body)
        if not repeats or any(a == b for a, b in pairwise(number)):
            break
    return Card(brand, number, rng.randint(1, 12), rng.randint(2026, 2031), random_digits(rng, brand.code))


def grouped(number: str, groups: tuple[int, ...]) -> list[str]:
    """Cut a number as it is printed."""
    cut, at = [], 0
    for size in groups:
        cut.append(number[at : at + size])
        at += size
    return cut


def failing(rng: Random, length: int, start: str = "") -> str:
    """Make a number of that length that fails the Luhn test."""
    while True:
        number = start + random_digits(rng, length - len(start))
        if not luhn(number):
            return number
