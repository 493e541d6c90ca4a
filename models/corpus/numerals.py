"""Numbers as they are spoken and as they are written."""

from random import Random

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
NATO = (
    "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo "
    "sierra tango uniform victor whiskey xray yankee zulu"
).split()


def cardinal(number: int, *, british: bool = False) -> str:
    """Return a number under a million in words."""
    if number < 20:
        return _UNITS[number]
    if number < 100:
        return _TENS[number // 10] + (f" {_UNITS[number % 10]}" if number % 10 else "")
    for size, name in ((1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            link = " and " if british and 0 < rest < 100 else " "
            tail = link + cardinal(rest, british=british) if rest else ""
            return f"{cardinal(number // size, british=british)} {name}{tail}"
    raise AssertionError


def ordinal(number: int) -> str:
    """Return an ordinal in words, "twenty second"."""
    *front, last = cardinal(number).split()
    if last in _ORDINALS:
        last = _ORDINALS[last]
    elif last.endswith("y"):
        last = f"{last[:-1]}ieth"
    else:
        last = f"{last}th"
    return " ".join((*front, last))


def ordinal_figures(number: int) -> str:
    """Return an ordinal in figures, "22nd"."""
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def digit_words(digits: str, rng: Random) -> str:
    """Digits read out one by one, with "oh" and "double" as the caller likes."""
    zero = rng.choice(("zero", "oh", "oh", "o"))
    doubles = rng.random() < 0.3
    words: list[str] = []
    index = 0
    while index < len(digits):
        word = zero if digits[index] == "0" else _UNITS[int(digits[index])]
        if doubles and digits[index : index + 2] == digits[index] * 2:
            words.append(f"double {word}")
            index += 1
        else:
            words.append(word)
        index += 1
    return " ".join(words)


def pair_words(digits: str, rng: Random) -> str:
    """Digits read out two by two ("twelve thirty four"), as house numbers and years are."""
    if len(digits) % 2:
        return (
            f"{digit_words(digits[0], rng)} {pair_words(digits[1:], rng)}"
            if len(digits) > 1
            else digit_words(digits, rng)
        )
    words: list[str] = []
    for pair in (digits[i : i + 2] for i in range(0, len(digits), 2)):
        if pair == "00":
            words.append("hundred")
        elif pair[0] == "0":
            words.append(f"{rng.choice(('oh', 'zero'))} {_UNITS[int(pair[1])]}")
        else:
            words.append(cardinal(int(pair)))
    return " ".join(words)


def house_words(number: int, rng: Random) -> str:
    """Return a house number as callers say it."""
    digits = str(number)
    way = rng.random()
    if len(digits) <= 2:
        return cardinal(number) if way < 0.85 else digit_words(digits, rng)
    if way < 0.4:
        return pair_words(digits, rng)
    if way < 0.7:
        return digit_words(digits, rng)
    return cardinal(number, british=way < 0.85)
