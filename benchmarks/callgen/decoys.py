"""What looks like card data and is not: amounts, times, phones, parcels, models, a microphone being tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callgen import says
from callgen.cards import check_digit, failing, random_digits
from callgen.marks import mark

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from callgen.marks import Style
    from callgen.wording import Line


def _digits(text: str, style: Style, rng: Random) -> str:
    if style.figures:
        return text
    zero = rng.choice(("oh", "zero"))
    way = rng.choice((0, 0, 1, 2))
    if way == 1:
        return says.doubled(text, zero)
    return says.in_pairs(text, zero, hyphens=style.hyphens) if way == 2 else says.one_by_one(text, zero)


def _amount(rng: Random, style: Style) -> str:
    cents = rng.choice((rng.randint(3, 400) * 100 - 1, rng.randint(500, 90_000), rng.randint(2, 900) * 100))
    return says.money(cents, style, rng, rng.choice("$£"))


def _phone(rng: Random, style: Style) -> str:
    if rng.random() < 0.5:
        area, last = rng.choice(("212", "415", "312", "605", "907")), f"01{rng.randint(10, 99)}"
        if style.figures:
            return rng.choice((f"{area}-555-{last}", f"{area} 555 {last}", f"{area}555{last}"))
        return " ".join(_digits(part, style, rng) for part in (area, "555", last))
    tail = random_digits(rng, 3)
    if style.figures:
        return rng.choice((f"07700 900{tail}", f"07700900{tail}", f"07700 900 {tail}"))
    return _digits(f"07700900{tail}", style, rng)


def _parcel(rng: Random, style: Style) -> str:
    way = rng.randrange(4)
    if way == 0:
        return says.spelled("1Z" + random_digits(rng, 16), style, rng)
    number = failing(rng, (12, 16, 22)[way - 1], ("", rng.choice("4579"), "94")[way - 1])
    return _digits(number, style, rng)


def _order(rng: Random, style: Style) -> str:
    if rng.random() < 0.3 and style.figures:
        return f"{random_digits(rng, 3)}-{random_digits(rng, 7)}-{random_digits(rng, 7)}"
    return _digits(rng.choice("123456789") + random_digits(rng, rng.choice((5, 6, 7, 8, 9))), style, rng)


def _loyalty(rng: Random, style: Style) -> str:
    return _digits(failing(rng, rng.choice((11, 16)), rng.choice(("98", "7", "1"))), style, rng)


def _imei(rng: Random, style: Style) -> str:
    body = "35" + random_digits(rng, 12)
    return _digits(body + check_digit(body), style, rng)


def _flight(rng: Random, style: Style) -> str:
    number = rng.randint(101, 2990)
    code = rng.choice(("BA", "UA", "DL", "AC", "LH"))
    if style.figures:
        return rng.choice((f"{code} {number}", f"{code}{number}"))
    return f"{code[0]} {code[1]} " + _digits(str(number), style, rng)


def _epoch(rng: Random, style: Style) -> str:
    return _digits(failing(rng, 13, "17" + str(rng.randint(0, 9))), style, rng)


def _model(rng: Random, style: Style) -> str:
    if style.figures:
        return rng.choice(("XPS 9320", "WF45T6000", "iPhone 15", "TL-R480T", "RTX 4070", "DCD 771", "HP 2755"))
    return rng.choice(
        (
            "X P S ninety three twenty",
            "iPhone fifteen",
            "R T X forty seventy",
            "series seven",
            "H P two seven five five",
        )
    )


def _minutes(rng: Random, style: Style) -> str:
    return says.cardinal(rng.choice((2, 5, 10, 15, 20, 25, 40, 45, 90)), style, rng)


def _count(rng: Random, style: Style) -> str:
    return says.cardinal(rng.randint(2, 60), style, rng)


def _big(rng: Random, style: Style) -> str:
    return says.cardinal(rng.randint(1_100, 90_000), style, rng)


def _clock(rng: Random, style: Style) -> str:
    return says.clock(rng.randrange(8 * 60, 20 * 60, 5), style, rng)


def _year(rng: Random, style: Style) -> str:
    return says.year(rng.randint(1955, 2026), style, rng)


def _day(rng: Random, style: Style) -> str:
    return f"{rng.choice(says.MONTHS)} {says.ordinal(rng.randint(1, 31), style)}"


def _meter(rng: Random, style: Style) -> str:
    return _digits("0" + random_digits(rng, 4), style, rng)


def _mic(rng: Random, style: Style) -> str:
    if style.figures:
        return rng.choice(("1, 2, 3", "1 2 3", "1, 2, 1, 2"))
    return rng.choice(("one two three", "one two one two", "one two three four"))


def _seat(rng: Random, style: Style) -> str:
    return says.cardinal(rng.randint(1, 38), style, rng) + " " + rng.choice("ABCDEF")


def _zip(rng: Random, style: Style) -> str:
    return _digits(rng.choice(("10021", "60614", "02139", "94110", "30308", "73301")), style, rng)


def _reference(rng: Random, style: Style) -> str:
    return says.spelled(rng.choice("ABCDEFGHKMPRTW") + random_digits(rng, rng.choice((4, 6, 7))), style, rng)


KINDS: dict[str, Callable[[Random, Style], str]] = {
    "amount": _amount, "phone": _phone, "parcel": _parcel, "order": _order, "loyalty": _loyalty,
    "imei": _imei, "flight": _flight, "epoch": _epoch, "model": _model, "minutes": _minutes,
    "count": _count, "big": _big, "clock": _clock, "year": _year, "day": _day, "meter": _meter, "mic": _mic,
    "seat": _seat, "zip": _zip, "reference": _reference,
}  # fmt: skip
"""How to say each kind of thing that must stay."""

EXCHANGES: tuple[tuple[Line, ...], ...] = (
    (("agent", "And a phone number for you?"), ("customer", "It's {phone}."), ("agent", "{phone}, thanks.")),
    (("agent", "What's the best number to reach you on?"), ("customer", "{phone}, that's my cell.")),
    (("customer", "Hello? Testing, {mic}, can you hear me?"), ("agent", "I can hear you now, yes.")),
    (("agent", "{mic}, testing, sorry, new headset."), ("customer", "You're loud and clear.")),
    (("customer", "I've been on hold for {minutes} minutes."), ("agent", "I'm so sorry about the wait.")),
    (
        ("agent", "Your order total comes to {amount}."),
        ("customer", "Oh, that's less than the {amount} it said online."),
    ),
    (
        ("customer", "The tracking number they sent is {parcel}."),
        ("agent", "Thanks, I see it was scanned at {clock}."),
    ),
    (("agent", "Do you have the parcel's barcode number?"), ("customer", "Yeah, {parcel}.")),
    (
        ("agent", "What's the order number?"),
        ("customer", "{order}."),
        ("agent", "Okay, that was placed on {day}."),
    ),
    (
        ("customer", "We're on flight {flight}, leaving at {clock}."),
        ("agent", "And seat {seat}, I see that."),
    ),
    (("agent", "Which model is it?"), ("customer", "The {model}, we bought it in {year}.")),
    (("agent", "Can you read me the IMEI, please?"), ("customer", "It's {imei}.")),
    (("customer", "The log says {epoch}, whatever that means."), ("agent", "That's just a timestamp.")),
    (
        ("agent", "And the meter reading today?"),
        ("customer", "{meter}."),
        ("agent", "It was {meter} last quarter."),
    ),
    (("agent", "Are you a member of our rewards club?"), ("customer", "Yes, the number's {loyalty}.")),
    (("agent", "And the postal code?"), ("customer", "{zip}.")),
    (("customer", "I moved here in {year} and I've never had this."), ("agent", "I understand.")),
    (
        ("agent", "We have {count} in stock, and {count} more coming {day}."),
        ("customer", "I'd take {count} then."),
    ),
    (
        ("agent", "Someone can come on {day}, between {clock} and {clock}."),
        ("customer", "The later one, please."),
    ),
    (
        ("customer", "Is there a case number?"),
        ("agent", "Yes, it's {reference}."),
        ("customer", "{reference}, okay."),
    ),
    (("customer", "It's done {big} miles."), ("agent", "Then the service at {big} is due.")),
    (("agent", "Anything you order before {clock} ships the same day."), ("customer", "Good to know.")),
    (("customer", "I counted {count}, {count}, and then {count} in the last box."), ("agent", "That's odd.")),
    (("agent", "Your booking is {reference}, for {count} people at {clock}."), ("customer", "Lovely.")),
    (("customer", "It says error {order} on the screen."), ("agent", "Could you restart it for me?")),
    (("agent", "That's {amount} a month for {count} months."), ("customer", "And after that it's {amount}?")),
)
"""Small exchanges around them; `{kind}` is replaced."""


def decoy(kind: str, rng: Random, style: Style) -> str:
    """Say one decoy, marked so that it can be counted."""
    text = KINDS[kind](rng, style)
    sign = text[:1] if text[:1] in "$£" else ""
    return sign + mark(kind, text[len(sign) :])
