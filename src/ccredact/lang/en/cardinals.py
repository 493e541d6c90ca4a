"""Number words and the digits that they stand for: data, one table for each kind.

Sources: general English; "zilch", "nought", "treble" from British call-centre usage; "niner", "fife", "tree", "fower"
from the ICAO radiotelephony alphabet (Annex 10, vol. II).
"""

from __future__ import annotations

from typing import Final

UNITS: Final = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "naught": "0", "zilch": "0", "nil": "0",
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "tree": "3", "fower": "4", "fife": "5", "niner": "9",
}  # fmt: skip
TEENS: Final = {
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15",
    "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
}  # fmt: skip
TENS: Final = {
    "twenty": "20", "thirty": "30", "forty": "40", "fourty": "40", "fifty": "50",
    "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
}  # fmt: skip
MULTIPLIERS: Final = {"double": "2", "triple": "3", "treble": "3", "quadruple": "4"}
"""How many times the next digit is said."""
MAGNITUDES: Final = {"hundred": "00", "thousand": "000", "million": "000000", "billion": "000000000"}
"""The zeros that follow a number."""
PLURALS: Final = {
    "zeros": "0", "zeroes": "0", "ohs": "0", "noughts": "0", "naughts": "0",
    "ones": "1", "twos": "2", "threes": "3", "fours": "4", "fives": "5",
    "sixes": "6", "sevens": "7", "eights": "8", "nines": "9",
    **{f"{digit}s": str(digit) for digit in range(10)},
}  # fmt: skip
"""Digits of which the number before them says how many there are: "six zeros", "three 5s"."""
HOMOPHONES: Final = {"for": "4", "to": "2", "too": "2", "ate": "8", "won": "1"}
"""Words that sound like a digit."""
ZEROS: Final = frozenset(word for word, digit in UNITS.items() if digit == "0")
VALUES: Final = {**UNITS, **TEENS, **TENS, **MULTIPLIERS, **MAGNITUDES, **PLURALS, **HOMOPHONES}
"""The digits of every word above."""
OH: Final = frozenset({"oh", "o"})
"""A zero, or an interjection."""
