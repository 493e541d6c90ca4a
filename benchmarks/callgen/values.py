"""What is told on a call: every kind of entity, the label of its gold, and how its values are made.

Nothing here is anybody's: names and streets are drawn from `wording/values.txt`, numbers from the published
forms, with the check digits of ABA routing numbers, IBAN (ISO 13616), NHS numbers (modulus 11) and VIN (49 CFR
565.15), and telephone numbers from ranges kept for fiction (555; Ofcom's drama numbers).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from callgen import says
from callgen.cards import grouped, new_card, random_digits
from callgen.voice import Part
from callgen.wording import sections

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from callgen.marks import Style

VALUES: Final = sections("values")
LETTERS: Final = "ABCDEFGHJKLMNPRSTUVWXYZ"
COUNTRIES: Final = ("us", "uk")
FORMS: Final = (
    "one_piece", "pieces", "corrected", "restarted", "misheard", "read_back", "again", "tail", "abandoned",
)  # fmt: skip
"""How an answer may be told."""
_PARTS: Final = ("one_piece", "pieces", "corrected", "restarted", "read_back", "again")
_LETTERS: Final = tuple(form for form in FORMS if form != "misheard")
_WORD: Final = ("one_piece", "corrected", "read_back", "again")


@dataclass(frozen=True, slots=True)
class Value:
    """A value: its parts, and in `whole` how else it is said or written in one piece."""

    parts: tuple[Part, ...]
    whole: tuple[str, ...] = ()
    topic: str = ""
    """Which questions ask for it, where the questions of a kind are of several."""


@dataclass(frozen=True, slots=True)
class Maker:
    """What a value is made with: `facts` decides what it is, `ways` how it is said."""

    facts: Random
    ways: Random
    style: Style
    country: str
    zero: str

    def number(self, value: int) -> str:
        """Say or write a number below a thousand."""
        return says.cardinal(value, self.style, self.ways)

    def digits(self, digits: str) -> str:
        """Say digits in one of the usual ways, or write them."""
        if self.style.figures:
            return digits
        way = self.ways.choice((says.one_by_one, says.one_by_one, says.doubled, says.in_groups))
        return way(digits, self.zero)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entity: the label of its gold, how a value is made, how it may be told."""

    name: str
    label: str
    make: Callable[[Maker], Value]
    forms: tuple[str, ...] = FORMS
    countries: tuple[str, ...] = COUNTRIES
    weight: float = 1.0

    @property
    def spelled(self) -> bool:
        """Whether its parts are digits and letters to be read out."""
        return "tail" in self.forms


def groups(*printed: str) -> Value:
    """Take printed groups of digits and letters as a value."""
    return Value(tuple(Part(group) for group in printed))


def like(*patterns: str, us: tuple[str, ...] = (), uk: tuple[str, ...] = ()) -> Callable[[Maker], Value]:
    """Make values like a pattern: `d` a digit, `n` none but 0, `@` a letter, `-` between printed groups."""
    fill = {"d": "0123456789", "n": "123456789", "@": LETTERS}

    def make(maker: Maker) -> Value:
        pattern = maker.facts.choice(patterns + (us if maker.country == "us" else uk))
        text = "".join(maker.facts.choice(fill[char]) if char in fill else char for char in pattern)
        return groups(*text.split("-"))

    return make


def card(maker: Maker) -> Value:
    """Make a card number; one in twenty fails the Luhn test, as misheard ones do."""
    made = new_card(maker.facts)
    number = made.number
    if maker.facts.random() < 0.05:
        number = number[:8] + str((int(number[8]) + maker.facts.randint(1, 9)) % 10) + number[9:]
    return groups(*grouped(number, made.brand.groups))


def routing(maker: Maker) -> Value:
    """Make an ABA routing number: weights 3, 7, 1."""
    body = f"{maker.facts.randint(1, 12):02d}{random_digits(maker.facts, 6)}"
    total = sum(int(digit) * weight for digit, weight in zip(body, (3, 7, 1, 3, 7, 1, 3, 7), strict=True))
    number = body + str(-total % 10)
    return groups(number[:3], number[3:6], number[6:])


def iban(maker: Maker) -> Value:
    """Make a British, Irish or German IBAN: ISO 7064, modulus 97."""
    facts = maker.facts
    country, letters, size = facts.choice((("GB", 4, 14), ("IE", 4, 14), ("DE", 0, 18)))
    body = "".join(facts.choice(LETTERS) for _ in range(letters)) + random_digits(facts, size)
    check = 98 - int("".join(str(int(char, 36)) for char in f"{body}{country}00")) % 97
    number = f"{country}{check:02d}{body}"
    return groups(*(number[at : at + 4] for at in range(0, len(number), 4)))


def ssn(maker: Maker) -> Value:
    """Make a social security number of an area that may be issued."""
    facts = maker.facts
    area = facts.choice([number for number in range(1, 900) if number != 666])
    return groups(f"{area:03d}", f"{facts.randint(1, 99):02d}", f"{facts.randint(1, 9999):04d}")


def nhs(maker: Maker) -> Value:
    """Make an NHS number with its check digit."""
    while True:
        body = maker.facts.choice("4679") + random_digits(maker.facts, 8)
        check = -sum(int(digit) * weight for digit, weight in zip(body, range(10, 1, -1), strict=True)) % 11
        if check < 10:
            return groups(body[:3], body[3:6], body[6:] + str(check))


def vin(maker: Maker) -> Value:
    """Make a vehicle identification number with its check digit."""
    facts = maker.facts
    text = facts.choice("12345JWS") + "".join(facts.choice(LETTERS + "0123456789") for _ in range(7))
    text += "0" + facts.choice("HJKLMNPRST") + facts.choice(LETTERS) + random_digits(facts, 6)
    values = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)), strict=True))
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    total = sum(weight * (values.get(char) or int(char)) for char, weight in zip(text, weights, strict=True))
    text = f"{text[:8]}{'0123456789X'[total % 11]}{text[9:]}"
    return groups(text[:3], text[3:8], text[8], text[9:11], text[11:])


def phone(maker: Maker) -> Value:
    """Make a telephone number of a range kept for fiction."""
    facts = maker.facts
    if maker.country == "us":
        return groups(facts.choice(("212", "312", "415", "503", "605", "713", "907")), "555", random_digits(facts, 4))
    area = facts.choice(("0113", "0117", "0121", "0131", "0161"))
    return facts.choice((
        groups("07700", f"900{random_digits(facts, 3)}"), groups("07700", "900", random_digits(facts, 3)),
        groups("020", "7946", f"0{random_digits(facts, 3)}"), groups(area, "496", f"0{random_digits(facts, 3)}"),
        groups("01632", f"960{random_digits(facts, 3)}"),
    ))  # fmt: skip


def postcode(maker: Maker) -> Value:
    """Make a British postcode."""
    facts = maker.facts
    area = facts.choice("B BS CF CT EH G HX KT L LE LS M N NE NW OX PL S SE SW YO".split())
    return groups(
        f"{area}{facts.randint(1, 29)}", f"{facts.randint(1, 9)}{''.join(facts.sample('ABDEFGHJLNPQRSTUWXYZ', 2))}"
    )


def spelling(maker: Maker) -> Value:
    """Make a surname letter by letter."""
    return groups(*(char for char in maker.facts.choice(VALUES["last"]).upper() if char.isalpha()))


def _two(items: tuple[str, ...] | list[str], rng: Random) -> tuple[str, str]:
    first, second = rng.sample(items, 2)
    return first, second


def _word(maker: Maker, section: str, topic: str = "") -> Value:
    text, other = _two(VALUES[section], maker.facts)
    return Value((Part(text, other=other),), topic=topic)


def security_answer(maker: Maker) -> Value:
    """Make the answer to a security question."""
    topic = maker.facts.choice(("maiden", "maiden", "pet", "pet", "town", "town", "school", "teacher", "car"))
    return _word(maker, {"maiden": "last", "town": f"town {maker.country}"}.get(topic, topic), topic)


def password(maker: Maker) -> Value:
    """Make a password: a word and figures, two words, a written one with a sign."""
    facts, style = maker.facts, maker.style
    word, second, third = facts.sample(VALUES["password"], 3)
    number = random_digits(facts, facts.choice((2, 2, 4)))
    if facts.random() < 0.3:
        return Value((Part(word, other=third), Part(second, other=third)))
    said, other = maker.digits(number), maker.digits(number[::-1] if number != number[::-1] else number[:-1] + "7")
    parts = (Part(word, other=second), Part(said, other=other))
    return Value(parts, (f"{word.capitalize()}{number}", f"{word}#{number}") if style.figures else ())


def username(maker: Maker) -> Value:
    """Make a user name of a name, another and a number."""
    facts = maker.facts
    first, other = (name.lower() for name in _two(VALUES["first"], facts))
    last, number = facts.choice(VALUES["password"]), random_digits(facts, 2)
    sign, said = facts.choice((("_", "underscore"), (".", "dot"), ("", "")))
    figures = maker.digits(number)
    parts = (
        Part(first, other=other), Part(last, lead=said, other=f"{last}s"), Part(figures, other=maker.digits("17")),
    )[: 3 if facts.random() < 0.6 else 2]  # fmt: skip
    written = f"{first}{sign}{last}{number if len(parts) == 3 else ''}"
    return Value(parts, (written,) if maker.style.figures else ())


def email(maker: Maker) -> Value:
    """Make an e-mail address."""
    facts = maker.facts
    first, other = (name.lower() for name in _two(VALUES["first"], facts))
    last, sign = facts.choice(VALUES["last"]).lower(), facts.choice((".", "_", ""))
    number = facts.choice(("", random_digits(facts, 2)))
    domain, wrong = _two(VALUES["mail"], facts)
    if maker.style.figures:
        local = f"{first}{sign}{last}{number}"
        return Value((Part(local, other=f"{other}{number}"), Part(domain, "at", wrong)), (f"{local}@{domain}",))
    said = {".": "dot", "_": "underscore", "": ""}[sign]
    parts = [Part(first, other=other), Part(last, said, f"{last}s")]
    parts += [Part(maker.digits(number), other=maker.digits(number[::-1] + "1"))] if number else []
    host, *rest = domain.split(".")
    return Value((*parts, Part(host, "at", wrong.split(".")[0]), *(Part(word, "dot", "net") for word in rest)))


def url(maker: Maker) -> Value:
    """Make a web address."""
    domain, wrong = _two(VALUES["site"], maker.facts)
    page = maker.facts.choice(("", "", "help", "login", "track"))
    if maker.style.figures:
        return Value((Part(domain, other=wrong),), (f"www.{domain}{'/' * bool(page)}{page}",))
    words = [word for label in domain.split(".") for word in (label.replace("-", " dash "),)]
    parts = [Part("www" if maker.ways.random() < 0.5 else "w w w", other="http")]
    parts += [Part(word, "dot", wrong.split(".")[0].replace("-", " ")) for word in words]
    return Value((*parts, *([Part(page, "slash", "home")] if page else [])))


def ip(maker: Maker) -> Value:
    """Make an address of the networks kept for documentation (RFC 5737) or of a house."""
    facts = maker.facts
    net = facts.choice(("192.0.2", "198.51.100", "203.0.113", "192.168.1"))
    numbers = [*net.split("."), str(facts.randint(2, 254))]
    if maker.style.figures:
        return Value((Part(".".join(numbers[:2]), other="10.0"), Part(".".join(numbers[2:]), "dot", "1.1")),
                     (".".join(numbers),))  # fmt: skip
    others = [str((int(number) + 7) % 250) for number in numbers]
    return Value(tuple(
        Part(maker.digits(number), "dot", maker.digits(other))
        for number, other in zip(numbers, others, strict=True)
    ))  # fmt: skip


def name(maker: Maker) -> Value:
    """Make a name."""
    first, other = _two(VALUES["first"], maker.facts)
    last, wrong = _two(VALUES["last"], maker.facts)
    return Value((Part(first, other=other), Part(last, other=wrong)))


def address(maker: Maker) -> Value:
    """Make an address: house, street, perhaps a flat and a town."""
    facts, country = maker.facts, maker.country
    street, wrong = _two(VALUES[f"street {country}"], facts)
    town, other = _two(VALUES[f"town {country}"], facts)
    house, unit = facts.choice((facts.randint(2, 99), facts.randint(100, 2999))), facts.randint(2, 30)
    said = says.in_groups(str(house), maker.zero) if not maker.style.figures and house > 99 else maker.number(house)
    flat = "apartment" if country == "us" else "flat"
    parts = [Part(said, other=maker.number(house + 2)), Part(street, other=wrong)]
    parts += [Part(f"{flat} {maker.number(unit)}", other=f"{flat} {maker.number(unit + 1)}")] * (facts.random() < 0.3)
    return Value((*parts, *([Part(town, other=other)] if facts.random() < 0.5 else [])))


def expiry_ways(rng: Random, style: Style, zero: str, month: int, year: int) -> tuple[str, ...]:
    """Give the ways to say or write when a card runs out."""
    short, name_of = year % 100, says.MONTHS[month - 1]
    if style.figures:
        return (f"{month:02d}/{short}", f"{month}/{short}", f"{month:02d}/{year}",
                f"{name_of} {year}", f"{month:02d} {short}", f"{name_of} of {short}")  # fmt: skip
    two = says.below_hundred(short, hyphens=style.hyphens)
    spoken = says.below_hundred(month) if month > 9 else rng.choice((f"{zero} ", "")) + says.DIGITS[month]
    digits = says.one_by_one(f"{month:02d}{short}", zero)
    return (f"{spoken} {two}", digits, f"{name_of} {says.year(year, style, rng)}", f"{name_of} of {two}",
            f"{name_of} {two}", f"{spoken} slash {two}")  # fmt: skip


def expiry(maker: Maker) -> Value:
    """Make the month and year in which a card runs out."""
    month, year = maker.facts.randint(1, 12), maker.facts.randint(2026, 2031)
    ways = expiry_ways(maker.ways, maker.style, maker.zero, month, year)
    named = maker.ways.random() < 0.5

    def parts(month: int, year: int) -> tuple[str, str]:
        if named:
            return says.MONTHS[month - 1], says.year(year, maker.style, maker.ways)
        return maker.digits(f"{month:02d}"), maker.number(year % 100)

    (first, last), (other, wrong) = parts(month, year), parts(month % 12 + 1, year + 1)
    return Value((Part(first, other=other), Part(last, other=wrong)), ways)


def birth_date(maker: Maker) -> Value:
    """Make a date of birth, in the order of the country."""
    facts, ways, style, us = maker.facts, maker.ways, maker.style, maker.country == "us"
    day, month, year = facts.randint(1, 28), facts.randint(1, 12), facts.randint(1935, 2019)
    said = says.year(year, style, ways)
    wrong = says.year(year - 3, style, ways)
    name_of, other = says.MONTHS[month - 1], says.MONTHS[month % 12]
    if ways.random() < 0.35:
        changed = ((month, month % 12 + 1), (day, day + 1))[:: 1 if us else -1]
        both = (tuple(maker.digits(f"{number:02d}") for number in pair) for pair in changed)
        parts = (*(Part(right, other=taken) for right, taken in both), Part(said, other=wrong))
    elif us:
        parts = (Part(name_of, other=other), Part(says.ordinal(day, style), ways.choice(("", "the")),
                 says.ordinal(day + 1, style)), Part(said, other=wrong))  # fmt: skip
    else:
        day_said = says.ordinal(day, style)
        parts = (Part(day_said, ways.choice(("", "the")), says.ordinal(day + 1, style)),
                 Part(name_of, ways.choice(("", "of")), other), Part(said, other=wrong))  # fmt: skip
    first, second = (month, day) if us else (day, month)
    if style.figures:
        short = f"{first}/{second}/{year % 100:02d}", f"{year}-{month:02d}-{day:02d}"
        named = f"{day} {name_of} {year}", f"{name_of} {day}, {year}"
        return Value(parts, (f"{first:02d}/{second:02d}/{year}", f"{first:02d}-{second:02d}-{year}", *short, *named))
    two = says.one_by_one(f"{year % 100:02d}", maker.zero)
    numbers = says.one_by_one(f"{first:02d}{second:02d}", maker.zero)
    whole = f"{maker.number(first)} {maker.number(second)} {said}", f"{numbers} {two}"
    return Value(parts, (*whole, f"{says.ordinal(day, style)} {name_of} {two}"))


def age(maker: Maker) -> Value:
    """Make an age."""
    years = maker.facts.randint(18, 97)
    return Value((Part(maker.number(years), other=maker.number(years - 1)),))


_ROWS: Final = (
    Kind("card", "CARD_NUMBER", card, weight=1.5),
    Kind("expiry", "CARD_EXPIRY", expiry, _PARTS),
    Kind("cvv", "CVV", like(*["ddd"] * 6, "dddd")),
    Kind("last_four", "CARD_NUMBER", like("dddd")),
    Kind("pin", "PIN", like(*["dddd"] * 4, "dddddd")),
    Kind("password", "PASSWORD", password, _PARTS),
    Kind("otp", "OTP", like("dddddd", "ddd-ddd", "dddd", "ddddd")),
    Kind("security_answer", "SECURITY_ANSWER", security_answer, _WORD),
    Kind("bank_account", "BANK_ACCOUNT", like(us=("nddddddddd", "nddd-ddd-ddd", "ndd-ddd-dddd", "nddddddd"),
                                              uk=("dddddddd", "dddd-dddd"))),
    Kind("routing", "ABA_ROUTING_NUMBER", routing, countries=("us",)),
    Kind("sort_code", "UK_SORT_CODE", like("dd-dd-dd"), countries=("uk",)),
    Kind("iban", "IBAN_CODE", iban, countries=("uk",)),
    Kind("ssn", "US_SSN", ssn, countries=("us",)),
    Kind("ssn_last_four", "US_SSN", like("dddd"), countries=("us",)),
    Kind("itin", "US_ITIN", like("9dd-7d-dddd", "9dd-8d-dddd"), countries=("us",)),
    Kind("passport", "US_PASSPORT", like("ddddddddd", "ddd-ddd-ddd", us=("@dddddddd",), uk=("ddddddddd",))),
    Kind("licence", "US_DRIVER_LICENSE", like(us=("@-ddd-dddd", "@ddd-dddd-dddd", "dddd-dddd", "@ddddddd"),
                                              uk=("@@@@@-dddddd-@@d@@", "@@@@@-dddddd-@9d@@"))),
    Kind("nhs", "UK_NHS", nhs, countries=("uk",)),
    Kind("nino", "UK_NINO", like("AB-dd-dd-dd-A", "JC-dd-dd-dd-B", "NR-dd-dd-dd-C", "ST-dd-dd-dd-D", "PXddddddA"),
         countries=("uk",)),
    Kind("mrn", "MEDICAL_RECORD_NUMBER", like("dddddd", "ddd-dddd", "@dddddd", "dddd-dddd", "nddddddd")),
    Kind("health_plan", "HEALTH_PLAN_ID", like("@@@-ddd-ddd-ddd", "@dddddddd", "ndd-ddd-ddd", us=("n@dd-@dd-@@dd",),
                                               uk=("dddd-dddd",))),
    Kind("plate", "VEHICLE_ID", like(us=("d@@@ddd", "@@@-dddd", "@@d-d@@"), uk=("@@dd-@@@", "@ddd-@@@"))),
    Kind("vin", "VEHICLE_ID", vin, weight=0.5),
    Kind("account", "ACCOUNT_NUMBER", like("dddd-dddd", "ndddddddd", "nddd-ddd-ddd", "@@-dddddd", "nddddddd")),
    Kind("member", "MEMBER_ID", like("@@-dddd-ddd", "dddd-ddd-ddd", "@@@dddddd", "nddddddd")),
    Kind("policy", "POLICY_NUMBER", like("@@@-dddddd", "@@-dddd-dddd", "dddd-ddd-ddd", "POL-dddddd", "H@-ddddd")),
    Kind("claim", "CLAIM_NUMBER", like("CL-dddddd", "dddd-dddd-dd", "@@-dddddddd", "@dddd-dddd")),
    Kind("order", "ORDER_NUMBER", like("nddddd", "nddddddd", "ddd-ddddddd-ddddddd", "@@-dddddd", "nddd-dddd")),
    Kind("booking", "BOOKING_REFERENCE", like("@@@-@@@", "@d@-@@d", "@@d-d@@", "nddd-dddd", "@@@@@@")),
    Kind("tracking", "TRACKING_NUMBER", like("1Z-ddd-ddd-dd-dddd-dddd", "dddd-dddd-dddd", "@@-ddd-ddd-ddd-GB",
                                             "JD-dddd-dddd-dddd", "9ddd-dddd-dddd-dddd-dddd-dd")),
    Kind("case", "CASE_NUMBER", like("INC-ddddddd", "nddddddd", "@@@-dddd-ddd", "nddd-ddd", "CAS-ddddd")),
    Kind("username", "USERNAME", username, _PARTS),
    Kind("phone", "PHONE_NUMBER", phone, weight=1.5),
    Kind("email", "EMAIL_ADDRESS", email, _PARTS),
    Kind("url", "URL", url, _PARTS, weight=0.3),
    Kind("ip", "IP_ADDRESS", ip, _PARTS, weight=0.3),
    Kind("name", "PERSON", name, _PARTS),
    Kind("spelling", "PERSON", spelling, _LETTERS),
    Kind("address", "STREET_ADDRESS", address, _PARTS),
    Kind("zip", "POSTCODE", like(*["ddddd"] * 6, "ddddd-dddd"), countries=("us",)),
    Kind("postcode", "POSTCODE", postcode, countries=("uk",)),
    Kind("birth_date", "DATE_OF_BIRTH", birth_date, _PARTS, weight=1.5),
    Kind("age", "AGE", age, _WORD[:-1]),
)  # fmt: skip
KINDS: Final = {kind.name: kind for kind in _ROWS}
"""Every kind that is spoken, by name."""
