"""Numbers, dates, amounts and references: what surrounds the names and is none of them."""

from collections.abc import Callable, Mapping
from random import Random

from corpus.numerals import cardinal, digit_words, ordinal, ordinal_figures, pair_words

_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_HANDLES = (
    "sunshine gamer happy blue rock star lucky moon fish coffee tiger soccer cat dog music travel green fast".split()
)
_DOMAINS = "gmail.com yahoo.com hotmail.com outlook.com icloud.com aol.com mail.com btinternet.com".split()


class Facts:
    """Makes the numbers of one call, in words or in figures."""

    def __init__(self, rng: Random, *, figures: bool) -> None:
        self._rng = rng
        self._figures = figures
        self._kinds: Mapping[str, Callable[[], str]] = {
            "money": self._money, "date": self._date, "dob": self._dob, "time": self._time, "phone": self._phone,
            "ref": self._reference, "year": lambda: self._year(1980, 2030),
            "month": lambda: rng.choice(_MONTHS), "weekday": lambda: rng.choice(_DAYS),
            "ordinal": lambda: self._ordinal(rng.randint(1, 31)), "last4": lambda: self._digits(4),
            "card": lambda: self._digits(16), "username": self._username,
            "clock": self._clock, "decimal": self._decimal, "price": self._price, "three": lambda: self._said(3),
            "four": lambda: self._said(4), "seat": self._seat, "model": self._model, "percent": self._percent,
            "isodate": self._iso_date,
        }  # fmt: skip

    def make(self, slot: str) -> str:
        """Return the text for "money", "n:2-9", "digits:8" and the like."""
        kind, colon, bounds = slot.partition(":")
        if not colon:
            return self._kinds[kind]()
        if kind == "digits":
            return self._digits(int(bounds))
        low, _, high = bounds.partition("-")
        return self._number(self._rng.randint(int(low), int(high)))

    def _number(self, number: int) -> str:
        if self._figures:
            return str(number) if number > 9 or self._rng.random() < 0.6 else cardinal(number)
        return cardinal(number)

    def _digits(self, count: int) -> str:
        digits = "".join(self._rng.choice("0123456789") for _ in range(count))
        if not self._figures:
            return digit_words(digits, self._rng) if self._rng.random() < 0.75 else pair_words(digits, self._rng)
        if count > 8 and self._rng.random() < 0.4:
            return " ".join(digits[i : i + 4] for i in range(0, count, 4))
        return digits

    def _ordinal(self, number: int) -> str:
        return ordinal_figures(number) if self._figures else ordinal(number)

    def _money(self) -> str:
        rng = self._rng
        pounds = rng.choice(
            (rng.randint(1, 99), rng.randint(1, 999), rng.choice((20, 50, 100, 200, 250, 500, 1000, 2500)))
        )
        pence = rng.choice((0, 0, 99, 50, rng.randint(1, 99)))
        if self._figures:
            amount = f"{pounds}.{pence:02d}" if pence else str(pounds)
            return rng.choice(
                (f"${amount}", f"${amount}", f"£{amount}", f"{amount} dollars", f"{amount}", f"{amount} euros")
            )
        unit, small = rng.choice((("dollars", "cents"), ("pounds", "pence"), ("dollars", ""), ("euros", "")))
        words = f"{cardinal(pounds)} {unit}"
        return f"{words} and {cardinal(pence)} {small}" if pence and small else words

    def _year(self, low: int, high: int) -> str:
        year = str(self._rng.randint(low, high))
        return year if self._figures else pair_words(year, self._rng)

    def _date(self) -> str:
        rng = self._rng
        day, month = rng.randint(1, 28), rng.randint(1, 12)
        if self._figures and rng.random() < 0.3:
            return rng.choice((f"{month}/{day}", f"{day}/{month}/{rng.randint(20, 27)}", f"{month:02d}/{day:02d}/2026"))
        name = _MONTHS[month - 1]
        nth = self._ordinal(day)
        return rng.choice((f"{name} {nth}", f"the {nth} of {name}", f"{nth} {name}", f"{name} the {nth}"))

    def _dob(self) -> str:
        rng = self._rng
        day, month = rng.randint(1, 28), rng.randint(1, 12)
        if self._figures and rng.random() < 0.35:
            return rng.choice(
                (f"{month}/{day}/{rng.randint(40, 99)}", f"{day:02d}/{month:02d}/{rng.randint(1940, 2006)}")
            )
        return f"{self._date() if not self._figures else f'{_MONTHS[month - 1]} {day}'}, {self._year(1940, 2006)}"

    def _iso_date(self) -> str:
        year, month, day = self._rng.randint(2017, 2026), self._rng.randint(1, 12), self._rng.randint(1, 28)
        return f"{year}-{month:02d}-{day:02d}" if self._figures else f"{_MONTHS[month - 1]} {self._ordinal(day)}"

    def _time(self) -> str:
        rng = self._rng
        hour, minute = rng.randint(1, 12), rng.choice((0, 0, 15, 30, 45, 5, 20, 50))
        if self._figures:
            half = rng.choice(("am", "pm", " p.m.", " AM", " PM"))
            return f"{hour}:{minute:02d}{half}" if minute else f"{hour}{half}"
        if minute == 30:
            return f"half past {cardinal(hour)}"
        half = rng.choice(("a m", "p m", "o'clock", "in the morning"))
        return f"{cardinal(hour)} {cardinal(minute)}" if minute > 9 else f"{cardinal(hour)} {half}"

    def _clock(self) -> str:
        """Return a time without am or pm, "seven forty"."""
        hour, minute = self._rng.randint(1, 12), self._rng.choice((0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55))
        if self._figures:
            return f"{hour}:{minute:02d}"
        return f"{cardinal(hour)} {f'oh {cardinal(minute)}' if minute == 5 else cardinal(minute) if minute else ''}"

    def _decimal(self) -> str:
        whole, part = self._rng.choice((self._rng.randint(0, 12), self._rng.randint(0, 99))), self._rng.randint(0, 9)
        return f"{whole}.{part}" if self._figures else f"{cardinal(whole)} point {cardinal(part)}"

    def _price(self) -> str:
        """Return a price as it is said, without its currency: "eighty four ninety nine"."""
        whole, part = self._rng.randint(1, 120), self._rng.choice((99, 50, 25, 95, self._rng.randint(10, 99)))
        if self._figures:
            return f"{self._rng.choice(('$', '$', '£', ''))}{whole}.{part:02d}"
        return f"{cardinal(whole)} {cardinal(part)}"

    def _percent(self) -> str:
        number = self._decimal() if self._rng.random() < 0.5 else self._number(self._rng.randint(1, 100))
        return f"{number}%" if self._figures else f"{number} percent"

    def _said(self, count: int) -> str:
        """Return a number of some digits, said without "hundred": "three eighty six", "twelve fifty"."""
        first = self._rng.choice("123456789")
        digits = first + "".join(self._rng.choice("0123456789") for _ in range(count - 1))
        return digits if self._figures else pair_words(digits, self._rng)

    def _seat(self) -> str:
        row, letter = self._rng.randint(1, 48), self._rng.choice("ABCDEFGHJK")
        return f"{row}{letter}" if self._figures else f"{cardinal(row)} {letter}"

    def _model(self) -> str:
        """Return the name of a model: "S24", "x one", "KX 750"."""
        rng = self._rng
        letters = "".join(rng.choice("ABCDEFGHKLMNPQRSTVXZ") for _ in range(rng.choice((1, 1, 1, 2, 2))))
        number = rng.choice((rng.randint(1, 30), rng.randint(30, 999), 10 * rng.randint(1, 99)))
        if self._figures:
            return f"{letters}{rng.choice(('', '-', ' ', ''))}{number}"
        return f"{' '.join(letters)} {cardinal(number) if number < 100 else pair_words(str(number), rng)}"

    def _phone(self) -> str:
        rng = self._rng
        digits = rng.choice(("07", "01", "2", "5", "6", "7", "8")) + "".join(rng.choice("0123456789") for _ in range(9))
        if not self._figures:
            return digit_words(digits, rng)
        way = rng.random()
        if way < 0.4:
            return digits
        joint = rng.choice("- ")
        return (
            f"{digits[:3]}{joint}{digits[3:6]}{joint}{digits[6:]}"
            if way < 0.8
            else f"({digits[:3]}) {digits[3:6]}-{digits[6:]}"
        )

    def _reference(self) -> str:
        rng = self._rng
        marks = [
            rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") if rng.random() < 0.45 else str(rng.randint(0, 9))
            for _ in range(rng.randint(5, 8))
        ]
        if self._figures:
            return rng.choice(
                ("".join(marks), "".join(marks), " ".join(marks), f"{''.join(marks[:3])}-{''.join(marks[3:])}")
            )
        return " ".join(digit_words(mark, rng) if mark.isdigit() else mark for mark in marks)

    def _username(self) -> str:
        first, second = self._rng.choice(_HANDLES), self._rng.choice(_HANDLES)
        return f"{first}{second}{self._rng.randint(1, 99) if self._figures else ''}"

    def email(self, local: str = "") -> str:
        """Return an e-mail address, with this part before the "@" or a made-up one."""
        domain = self._rng.choice(_DOMAINS)
        if self._figures:
            return f"{local or self._username()}@{domain}"
        return f"{local or self._username()} at {domain.replace('.', ' dot ')}"
