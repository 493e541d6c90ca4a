"""Numbers as people say them, in every way that the reader of numbers knows: which words stand for which digits.

`spoken` cuts a string of digits into pieces and says each in a way that fits: one by one, with "double", as so many of
a kind, as teens and tens, hundreds, thousands and millions, in figures, or with a word that sounds like a digit.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Final

from card_numbers import TEENS, TENS, UNITS

PLURALS: Final = ("zeros", "ones", "twos", "threes", "fours", "fives", "sixes", "sevens", "eights", "nines")
HOMOPHONES: Final = {"1": ("won",), "2": ("to", "too"), "4": ("for",), "8": ("ate",)}
MULTIPLIERS: Final = {2: ("double",), 3: ("triple", "treble"), 4: ("quadruple",)}
_ZEROS: Final = ("zero", "oh", "nought")
_BETWEEN: Final = ("", "", "", "uh ", "and ", "then ", "and then ")


def one(digit: str, rng: random.Random) -> str:
    """Say one digit."""
    return rng.choice(_ZEROS) if digit == "0" else UNITS[int(digit)]


def below_hundred(number: int) -> str:
    """Say a number below a hundred as a cardinal."""
    if number < 10:
        return UNITS[number]
    if number < 20:
        return TEENS[number - 10]
    return TENS[number // 10] + (f" {UNITS[number % 10]}" if number % 10 else "")


def cardinal(number: int, rng: random.Random) -> str:
    """Say a number below a thousand million as a cardinal."""
    for scale, name in ((10**6, "million"), (10**3, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = number % scale
            link = rng.choice((" ", " and ")) if 0 < rest < 100 else " "
            return f"{cardinal(number // scale, rng)} {name}" + (f"{link}{cardinal(rest, rng)}" if rest else "")
    return below_hundred(number)


def _singles(digits: str, rng: random.Random) -> str:
    return " ".join(one(digit, rng) for digit in digits)


def _figures(digits: str, _: random.Random) -> str:
    return digits


def _multiplied(digits: str, rng: random.Random) -> str | None:
    if len(digits) not in MULTIPLIERS or len(set(digits)) > 1:
        return None
    return f"{rng.choice(MULTIPLIERS[len(digits)])} {one(digits[0], rng)}"


def _counted(digits: str, rng: random.Random) -> str | None:
    if not 2 <= len(digits) < 20 or len(set(digits)) > 1:
        return None
    times = str(len(digits)) if rng.random() < 0.2 else below_hundred(len(digits))
    return f"{times} {PLURALS[int(digits[0])]}"


def _pairs(digits: str, rng: random.Random) -> str | None:
    """Say two digits at a time, as years are said: "nineteen fifty four", "twenty oh six"."""
    if len(digits) % 2:
        return None
    pairs = [digits[at : at + 2] for at in range(0, len(digits), 2)]
    return " ".join(_singles(pair, rng) if pair[0] == "0" else below_hundred(int(pair)) for pair in pairs)


def _cardinal(digits: str, rng: random.Random) -> str | None:
    return None if digits[0] == "0" or len(digits) > 9 else cardinal(int(digits), rng)


def _hundreds(digits: str, _: random.Random) -> str | None:
    """Say four digits as hundreds: "forty five hundred"."""
    if len(digits) != 4 or digits[0] == "0" or digits[1] == "0" or digits[2:] != "00":
        return None
    return f"{below_hundred(int(digits[:2]))} hundred"


def _homophone(digits: str, rng: random.Random) -> str | None:
    return rng.choice(HOMOPHONES[digits]) if digits in HOMOPHONES else None


WAYS: Final[dict[str, Callable[[str, random.Random], str | None]]] = {
    "singles": _singles,
    "figures": _figures,
    "multiplied": _multiplied,
    "counted": _counted,
    "pairs": _pairs,
    "cardinal": _cardinal,
    "hundreds": _hundreds,
    "homophone": _homophone,
}
PLAIN_WAYS: Final = ("singles", "figures", "multiplied", "counted")
"""Ways whose usual reading is the right one whatever stands beside them."""
_MAGNITUDES: Final = ("hundred", "thousand", "million")
_TENS: Final = TENS[2:]


def spoken(digits: str, rng: random.Random, ways: tuple[str, ...] = tuple(WAYS), *, between: bool = True) -> str:
    """Say all digits, in pieces of one to nine; `between`: with a filler here and there.

    Behind a round number or tens only single digits and numbers without one follow: "eight hundred five five", not
    "eight hundred forty" for 800 40, nor "seventy five thousand" for 70 5000.
    """
    out, at = "", 0
    while at < len(digits):
        size = rng.choice((1, 1, 2, 2, 3, 4, 4, 6, 7, 9))
        piece = digits[at : at + size]
        same = len(digits[at:]) - len(digits[at:].lstrip(digits[at]))
        if same > 1 and rng.random() < 0.6:
            piece = digits[at : at + min(same, 19)]
        said = None if out.endswith(_MAGNITUDES) else WAYS[rng.choice(ways)](piece, rng)
        if said is not None and out.endswith(_TENS) and any(name in said for name in _MAGNITUDES):
            said = None
        if said is None:
            piece = piece[0]
            said = one(piece, rng)
        link = rng.choice(_BETWEEN) if between and out else ""
        out += f" {link}{said}" if out else said
        at += len(piece)
    return out
