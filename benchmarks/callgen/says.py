"""How numbers are said and written: digits, doubles, pairs, amounts, times, years."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from callgen.marks import Style

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = (
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth",
)  # fmt: skip
_HEARD = {"two": ("to", "too"), "four": ("for",), "eight": ("ate",), "one": ("won",)}
_REPEATS = {2: "double", 3: "triple"}


def below_hundred(number: int, *, hyphens: bool = False) -> str:
    """Say 0 to 99: "forty one"."""
    if number < 10:
        return DIGITS[number]
    if number < 20:
        return TEENS[number - 10]
    tens, ones = divmod(number, 10)
    return TENS[tens] + (("-" if hyphens else " ") + DIGITS[ones] if ones else "")


def cardinal(number: int, style: Style, rng: Random) -> str:
    """Say a whole number up to 999 999, or write it where the style has figures."""
    if style.figures:
        return f"{number:,}" if number >= 10_000 else str(number)
    return _cardinal(number, rng.choice((" and ", " ")), hyphens=style.hyphens)


def _cardinal(number: int, link: str, *, hyphens: bool) -> str:
    thousands, rest = divmod(number, 1000)
    hundreds, small = divmod(rest, 100)
    parts = []
    if thousands:
        parts.append(f"{_cardinal(thousands, link, hyphens=hyphens)} thousand")
    if hundreds:
        parts.append(f"{DIGITS[hundreds]} hundred")
    head = " ".join(parts)
    if not small and head:
        return head
    return (head + link if head else "") + below_hundred(small, hyphens=hyphens)


def one_by_one(digits: str, zero: str) -> str:
    """Say digits one by one: "four oh two"."""
    return " ".join(zero if digit == "0" else DIGITS[int(digit)] for digit in digits)


def doubled(digits: str, zero: str, *, triples: bool = True) -> str:
    """Say repeats as "double four" and "triple two"."""
    said = []
    for match in re.finditer(r"(\d)\1*", digits):
        word, count = (zero if match[1] == "0" else DIGITS[int(match[1])]), len(match[0])
        while count:
            size = min(count, 3 if triples else 2)
            said.append(f"{_REPEATS[size]} {word}" if size > 1 else word)
            count -= size
    return " ".join(said)


def in_pairs(digits: str, zero: str, *, hyphens: bool = False) -> str:
    """Say digits two by two: "forty one eleven", "oh five", "forty one hundred", "two thousand"."""
    said = []
    for at in range(0, len(digits), 4):
        four = digits[at : at + 4]
        if re.fullmatch(r"[1-9]000", four):
            said.append(f"{DIGITS[int(four[0])]} thousand")
        elif re.fullmatch(r"[1-9]{2}00", four):
            said.append(f"{below_hundred(int(four[:2]), hyphens=hyphens)} hundred")
        else:
            said += [_pair(four[two : two + 2], zero, hyphens=hyphens) for two in range(0, len(four), 2)]
    return " ".join(said)


def in_groups(digits: str, zero: str, *, hyphens: bool = False) -> str:
    """Say digits two by two; of an odd number the first alone ("four fifteen"), and "nine hundred"."""
    if re.fullmatch(r"[1-9]00", digits):
        return f"{DIGITS[int(digits[0])]} hundred"
    odd = len(digits) % 2
    return f"{one_by_one(digits[:odd], zero)} {in_pairs(digits[odd:], zero, hyphens=hyphens)}".strip()


def in_one_go(digits: str, manner: str) -> list[str]:
    """Cut digits into what the manner says in one go: "44" of "double four", "900" of "nine hundred"."""
    if manner == "double-triple":
        return [match[0] for match in re.finditer(r"(\d)\1{0,2}", digits)]
    if manner != "pairs and hundreds":
        return list(digits)
    if re.fullmatch(r"[1-9]00", digits):
        return [digits]
    odd = len(digits) % 2
    fours = [digits[at : at + 4] for at in range(odd, len(digits), 4)]
    twos = [two for four in fours for two in ([four] if re.fullmatch(r"[1-9]\d?00+", four) else _twos(four))]
    return [digits[0], *twos] if odd else twos


def _twos(four: str) -> list[str]:
    return [four[at : at + 2] for at in range(0, len(four), 2)]


def _pair(two: str, zero: str, *, hyphens: bool) -> str:
    if len(two) == 1:
        return zero if two == "0" else DIGITS[int(two)]
    if two == "00":
        return f"double {zero}"
    if two[0] == "0":
        return f"{zero} {DIGITS[int(two[1])]}"
    return below_hundred(int(two), hyphens=hyphens)


def misheard(words: str, rng: Random) -> str:
    """Write some digit words as a recogniser does that expects prose: "for", "to", "ate"."""
    return " ".join(
        rng.choice(_HEARD[word]) if word in _HEARD and rng.random() < 0.3 else word for word in words.split(" ")
    )


def spelled(text: str, style: Style, rng: Random) -> str:
    """Say letters and digits one by one: "b a four nine"."""
    if style.figures:
        return text
    zero = rng.choice(("zero", "oh"))
    said = " ".join(
        (zero if char == "0" else DIGITS[int(char)]) if char.isdigit() else char.upper()
        for char in text
        if char.isalnum()
    )
    return said.lower() if not style.cased else said


def money(cents: int, style: Style, rng: Random, unit: str) -> str:
    """Say an amount in dollars or pounds."""
    whole, part = divmod(cents, 100)
    sign, one, small = ("$", "dollars", "cents") if unit == "$" else ("£", "pounds", "pence")
    if style.figures:
        return f"{sign}{whole:,}.{part:02d}" if part else f"{sign}{whole:,}"
    said = cardinal(whole, style, rng)
    if not part:
        return f"{said} {one}"
    tail = below_hundred(part, hyphens=style.hyphens)
    short = f"{said} {tail}" if part >= 10 else f"{said} oh {tail}"
    return rng.choice((f"{said} {one} and {tail} {small}", short, f"{said} {one} {tail}"))


def clock(minutes: int, style: Style, rng: Random) -> str:
    """Say a time of day."""
    hour, minute = divmod(minutes, 60)
    twelve, half = (hour - 1) % 12 + 1, "am" if hour < 12 else "pm"
    if style.figures:
        return rng.choice((f"{twelve}:{minute:02d} {half}", f"{hour:02d}:{minute:02d}", f"{twelve}:{minute:02d}"))
    if minute == 0:
        return f"{DIGITS[twelve] if twelve < 10 else TEENS[twelve - 10]} o'clock"
    middle = f"oh {DIGITS[minute]}" if minute < 10 else below_hundred(minute, hyphens=style.hyphens)
    return f"{below_hundred(twelve)} {middle}" + rng.choice(("", f" {half[0]} m"))


def year(number: int, style: Style, rng: Random) -> str:
    """Say a year: "nineteen eighty seven", "twenty twenty six"."""
    if style.figures:
        return str(number)
    century, rest = divmod(number, 100)
    if rest == 0:
        return "two thousand" if number == 2000 else f"{below_hundred(century)} hundred"
    tail = f"oh {DIGITS[rest]}" if rest < 10 else below_hundred(rest, hyphens=style.hyphens)
    if 2000 < number < 2010 or (number > 2000 and rng.random() < 0.2):
        return f"two thousand and {below_hundred(rest, hyphens=style.hyphens)}"
    return f"{below_hundred(century)} {tail}"


def ordinal(day: int, style: Style) -> str:
    """Say a day of the month: "the 21st" is written "21st"."""
    if style.figures:
        tail = "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
        return f"{day}{tail}"
    if day < 20:
        return ORDINALS[day - 1]
    if day % 10 == 0:
        return {20: "twentieth", 30: "thirtieth"}[day]
    return f"{TENS[day // 10]} {ORDINALS[day % 10 - 1]}"
