"""Inverse text normalisation: an answer as a recogniser writes it that formats numbers, in six styles.

A recogniser hears digits and writes what such digits mostly are: an amount, a time, a date, a count. Each style is what
recognisers were seen to write:

    commas    "4,716", "954 million 857,774", "4, 7, 1"       thousands, and commas between digits
    clock     "47:16", "4:17"                                 times
    currency  "$47.16", "5.6", "415 $555 0182", "85.73.18"    amounts and decimals
    grouped   "415-555-0182", "9/23/1985", "3-8293-84918"     telephone numbers, dates, groups
    ordinals  "4th 716", "41-17", "9 to 5"                    ordinals and ranges
    mixed     "4-7-1-6", "4 seven one 6", "47. One six."      digits one by one, figures and words, a sentence mark

Nothing here is read by, or taken from, the library: `Written.bearers` says where each letter and digit went.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from card_numbers import UNITS
from strategies import chance

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

_RUN: Final = re.compile(r"\d+(?:[-\s,./]+\d+)*")
_ORDINAL: Final = re.compile(r"(?:st|nd|rd|th)\b")
_TO: Final = re.compile(r"\d2\d")
_LONG: Final = 10
"""Digits that are a telephone number, and from which on amounts are written in fours as often as in one."""


class Written(NamedTuple):
    """A text as it is written."""

    text: str
    bearers: tuple[tuple[int, int], ...]
    """For each letter and digit of the plain text, in order, where what bears it stands."""


class Pen:
    """Writes, and remembers what bears which letter or digit."""

    def __init__(self) -> None:
        self.text = ""
        self.bearers: list[tuple[int, int]] = []

    def copy(self, text: str) -> None:
        """Write letters and digits as they are, and signs that bear none."""
        at = len(self.text)
        self.text += text
        self.bearers += [(at + n, at + n + 1) for n, char in enumerate(text) if char.isalnum()]

    def word(self, text: str) -> None:
        """Write a word, or more figures, for one digit."""
        self.bearers.append((len(self.text), len(self.text) + len(text)))
        self.text += text

    def sign(self, text: str) -> None:
        """Write what bears nothing."""
        self.text += text

    def spoken(self, digit: str, rng: random.Random, *, capital: bool = False) -> None:
        """Write a digit as a word."""
        word = rng.choice(("oh", "zero")) if digit == "0" else UNITS[int(digit)]
        self.word(word.capitalize() if capital else word)


def written(plain: str, style: str, rng: random.Random) -> Written:
    """Write the numbers of a plain text in a style; where they allow none, it comes back as it is."""
    pen, at = Pen(), 0
    for run in _RUN.finditer(plain):
        between, behind = plain[at : run.start()], plain[run.end() : run.end() + 1]
        pen.copy(between)
        part = Pen()
        if not _ORDINAL.match(plain, run.end()):
            STYLES[style](part, re.sub(r"\D", "", run[0]), rng)
        if part.text in {"", re.sub(r"\D", "", run[0])}:
            pen.copy(run[0])
        else:
            pen.sign(" " if between[-1:].isalnum() else "")
            start = len(pen.text)
            pen.text += part.text
            pen.bearers += [(begin + start, end + start) for begin, end in part.bearers]
            pen.sign(" " if behind.isalnum() else "")
        at = run.end()
    pen.copy(plain[at:])
    return Written(pen.text, tuple(pen.bearers))


# --- the styles: each writes digits


def _commas(pen: Pen, digits: str, rng: random.Random) -> None:
    number = digits.lstrip("0")
    if len(number) < 4:
        pen.copy(", ".join(digits))
        return
    if len(digits) >= _LONG and chance(rng, 50):
        fours = [digits[at : at + 4] for at in range(0, len(digits), 4)]
        pen.copy(" ".join(f"{int(four):,}" if len(four) == 4 and four[0] != "0" else four for four in fours))
        return
    zeros = digits[: len(digits) - len(number)]
    pen.copy(zeros + " " * bool(zeros))
    first, comma, rest = f"{int(number):,}".partition(",")
    pen.copy(first)
    pen.sign(" million " if 7 <= len(number) <= 9 and chance(rng, 30) else comma)
    pen.copy(rest)


def _clock(pen: Pen, digits: str, rng: random.Random) -> None:
    if len(digits) == 6 and chance(rng, 30):
        pen.copy(f"{digits[:2]}:{digits[2:4]}:{digits[4:]}")
    elif len(digits) >= 8 and chance(rng, 30):
        fours = [digits[at : at + 4] for at in range(0, len(digits), 4)]
        pen.copy(" ".join(_time(four) for four in fours))
    else:
        _one_of_it(pen, digits, _time, rng)


def _time(digits: str) -> str:
    return f"{digits[:-2]}:{digits[-2:]}" if len(digits) in {3, 4} else digits


def _one_of_it(pen: Pen, digits: str, form: Callable[[str], str], rng: random.Random) -> None:
    """Write three or four of the digits in a form, and the rest as they are."""
    size = min(len(digits), 4 - chance(rng, 30))
    at = rng.choice((0, len(digits) - size, (len(digits) - size) // 2))
    parts = digits[:at], form(digits[at : at + size]), digits[at + size :]
    pen.copy(rng.choice((" ", " ", ", ")).join(part for part in parts if part))


def _currency(pen: Pen, digits: str, rng: random.Random) -> None:
    sign = rng.choice(("$", "$", "£", ""))
    way = rng.randrange(4)
    if len(digits) == 2:
        pen.copy(f"{digits[0]}.{digits[1]}")
    elif way == 0 and 5 <= len(digits) <= 7:
        pen.copy(f"{digits[:3]}.{digits[3:]}")
    elif way == 1 and len(digits) >= 6:
        pen.copy(".".join(digits[at : at + 2] for at in range(0, len(digits), 2)))
    elif way == 2 and 4 <= len(digits) <= 8 and digits[0] != "0":
        pen.copy(f"{sign or '$'}{int(digits):,}")
    else:
        _one_of_it(pen, digits, lambda some: f"{sign}{some[:-2]}.{some[-2:]}" if len(some) > 2 else some, rng)


def _grouped(pen: Pen, digits: str, rng: random.Random) -> None:
    size = len(digits)
    joint = rng.choice("-/") if size <= 4 else "-"
    if 5 <= size <= 8 and chance(rng, 40):
        year = 4 if size > 6 else 2
        joint = rng.choice("/-")
        pen.copy(joint.join((digits[: size - year - 2], digits[size - year - 2 : size - year], digits[size - year :])))
    elif size == _LONG and chance(rng, 50):
        pen.copy(rng.choice(("{}-{}-{}", "({}) {}-{}", "{} {}-{}")).format(digits[:3], digits[3:6], digits[6:]))
    else:
        pen.copy(joint.join(_parts(digits, rng)))


def _parts(digits: str, rng: random.Random) -> list[str]:
    """Cut digits into parts of one to five, two at least."""
    out: list[str] = []
    while digits:
        size = 1 + rng.randrange(min(5, len(digits) - (not out) if len(digits) > 1 else 1))
        out.append(digits[:size])
        digits = digits[size:]
    return out


def _ordinals(pen: Pen, digits: str, rng: random.Random) -> None:
    way = rng.randrange(4)
    size = min(len(digits), 1 + rng.randrange(2))
    middle = _TO.search(digits)
    if way == 0 and middle:
        pen.copy(digits[: middle.start() + 1])
        pen.sign(" ")
        pen.word("to")
        pen.sign(" ")
        pen.copy(digits[middle.end() - 1 :])
    elif way == 1 and len(digits) > 1:
        at = len(digits) // 2 if len(digits) <= 4 else len(digits) - 2
        head = digits[:-4] if len(digits) > 4 else ""
        pen.copy(f"{head}{' ' * bool(head)}{digits[len(head) : at]}-{digits[at:]}")
    elif way == 2 and digits[-size] != "0":
        pen.copy(digits[:-size] + " " * (len(digits) > size) + digits[-size:])
        pen.sign(_suffix(digits[-size:]))
    elif digits[0] != "0":
        pen.copy(digits[:size])
        pen.sign(_suffix(digits[:size]))
        pen.copy(rng.choice((" ", " ", ", ")) + digits[size:] if digits[size:] else "")
    else:
        pen.copy("-".join(_parts(digits, rng)))


def _suffix(digits: str) -> str:
    return "th" if digits[-2:-1] == "1" else {"1": "st", "2": "nd", "3": "rd"}.get(digits[-1], "th")


def _mixed(pen: Pen, digits: str, rng: random.Random) -> None:
    way = rng.randrange(5)
    at = 1 + rng.randrange(max(1, len(digits) - 1))
    if way == 0 and len(digits) > 1:
        pen.copy("-".join(digits))
    elif way == 1 and len(digits) > 2:
        pairs = [digits[at : at + 2] for at in range(0, len(digits), 2)]
        pen.copy(", ".join("-".join(pair) for pair in pairs))
    elif way == 2 and len(digits) > 1:
        pen.copy(f"{digits[:at]}. {digits[at:]}")
    elif way == 3 and len(digits) > 1:
        pen.copy(digits[:at])
        for number, digit in enumerate(digits[at:]):
            pen.sign(" " if number else ". ")
            pen.spoken(digit, rng, capital=not number)
    elif len(digits) == 3 and digits[1] == "0" != digits[0] and chance(rng, 50):
        pen.copy(digits[0])
        pen.word("00")
        pen.sign(" and ")
        pen.copy(digits[2])
    else:
        word = rng.randrange(len(digits))
        for number, digit in enumerate(digits):
            pen.sign(" " * bool(number))
            if number == word or chance(rng, 40):
                pen.spoken(digit, rng)
            else:
                pen.copy(digit)


STYLES: Final[dict[str, Callable[[Pen, str, random.Random], None]]] = {
    "commas": _commas,
    "clock": _clock,
    "currency": _currency,
    "grouped": _grouped,
    "ordinals": _ordinals,
    "mixed": _mixed,
}
"""How digits are written, by the style's name."""
