"""Addresses of six countries as they are spoken and written, and where calls come from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from corpus.numerals import cardinal, digit_words, house_words, ordinal, ordinal_figures, pair_words
from corpus.template import Piece

STREET, POSTCODE, LOCATION = "STREET_ADDRESS", "POSTCODE", "LOCATION"
_SHORT = {
    "Street": "St", "Avenue": "Ave", "Road": "Rd", "Drive": "Dr", "Lane": "Ln", "Court": "Ct", "Boulevard": "Blvd",
    "Place": "Pl", "Circle": "Cir", "Parkway": "Pkwy", "Highway": "Hwy", "Terrace": "Ter", "Square": "Sq",
    "Apartment": "Apt", "Suite": "Ste", "North": "N", "South": "S", "East": "E", "West": "W",
}  # fmt: skip
_BLOCKS = ("Complex", "Shopping Mall", "Towers", "Enclave", "Puram", "Nagar", "Gate", "Post", "Garden", "Residency")
_NEAR = ("School", "Temple", "Bus Stop", "Petrol Station", "Theatre", "Hall", "Mart", "Hospital", "Bank")
_UK_AREAS = (
    "AB B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DH DL DN DT DY E EC EH EN EX FK FY G GL GU "
    "HA HD HG HP HR HU HX IG IP IV KA KT KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO "
    "PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO"
).split()


@dataclass(frozen=True, slots=True)
class Address:
    """Where someone lives, in the parts that are asked for one by one."""

    number: str
    street: str  # without number
    unit: str
    unit_first: bool
    city: str
    region: str
    postcode: str  # written form
    country: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Streets and towns to choose from."""

    words: Mapping[str, tuple[str, ...]]
    families: tuple[str, ...]  # streets and small towns are called after people
    towns: Mapping[str, tuple[str, ...]]

    def town(self, rng: Random, country: str) -> tuple[str, str]:
        """Return a town and its region, or ""."""
        way = rng.random()
        if way < 0.2 and country != "in":
            return self._small_town(rng, country), ""
        if way < 0.3 and self.towns.get(country):
            return rng.choice(self.towns[country]), ""
        city, _, region = rng.choice(self.words[f"{country}_city"]).partition("/")
        return city, region

    def _small_town(self, rng: Random, country: str) -> str:
        base = rng.choice(self.families)
        if country in {"uk", "ie"}:
            way = rng.choice(
                ("{}ton", "{}ham", "{}by", "{}ford", "Great {}", "Little {}", "{}-on-Sea", "Upper {}", "{} Green")
            )
        else:
            way = rng.choice(
                ("{}ville", "{}ton", "{}burg", "Port {}", "North {}", "{} Springs", "Lake {}", "Fort {}", "{} Falls")
            )
        return way.format(base)

    def anywhere(self, rng: Random) -> str:
        """Return a town of the world."""
        way = rng.random()
        if way < 0.35:
            return rng.choice(self.words["world_city"])
        if way < 0.5:
            return rng.choice(self.towns["world"])
        return self.town(rng, rng.choice(("us", "us", "us", "uk", "uk", "ie", "ca", "au", "in")))[0]


_BY_FAMILY = 0.35
"""Share of streets without a word for it that are named after a family."""


class Addresses:
    """Makes addresses and says them."""

    def __init__(self, gazetteer: Gazetteer, rng: Random, *, figures: bool) -> None:
        self._all = gazetteer
        self._rng = rng
        self._figures = figures
        self._short = figures and rng.random() < 0.35

    def make(self) -> Address:
        """Return a new address of one of the countries."""
        rng = self._rng
        country = rng.choices(("us", "uk", "ca", "ie", "au", "in", "eu"), (42, 26, 6, 6, 7, 11, 3))[0]
        city, region = self._all.town(rng, country if country != "eu" else "uk")
        if country == "eu":
            city, region = rng.choice(self._all.words["world_city"]), ""
        number, street = self._number(country), self._street(country)
        if country == "in" and rng.random() < 0.5:
            number = f"{rng.choice(('No', 'No', 'No', 'Door No', 'Plot', 'House No', 'Number'))} {number}"
        unit, unit_first = ("", False)
        if rng.random() < 0.3:
            unit, unit_first = self._unit(country), country in {"uk", "ie", "in"} and rng.random() < 0.6
        if country in {"uk", "ie"} and rng.random() < 0.07:
            number = rng.choice(self._all.words["house_name"])
        way = rng.random()
        if way < 0.03:
            number, street, unit = "", f"PO Box {self._count(rng.randint(1, 9999))}", ""
        elif way < 0.05 and country == "us":
            number, street = "", f"Rural Route {self._count(rng.randint(1, 9))} Box {self._count(rng.randint(2, 400))}"
        elif way < 0.08:
            number, unit, street = "", "", f"corner of {self._crossing(country)}"
        return Address(number, street, unit, unit_first, city, region, self.new_postcode(country), country)

    def bare(self, address: Address) -> str:
        """Return a street of that country as those who live there call it: "Kenmore"."""
        return self._bare(address.country)

    def crossing(self, address: Address) -> str:
        """Where two of them meet: "Slauson and Figueroa"."""
        return self._crossing(address.country)

    def _crossing(self, country: str) -> str:
        return f"{self._bare(country)} {self._rng.choice(('and', 'and', 'and', '&', 'at'))} {self._bare(country)}"

    def _count(self, number: int) -> str:
        return str(number) if self._figures else house_words(number, self._rng)

    def _number(self, country: str) -> str:
        rng = self._rng
        top = 10 ** rng.choice((2, 3, 3, 4, 4, 5)) if country in {"us", "ca"} else rng.choice((30, 100, 100, 250, 500))
        number = self._count(rng.randint(1, top))
        if rng.random() < (0.12 if country != "us" else 0.04):
            letter = rng.choice("ABCDE")
            number = f"{number}{letter}" if self._figures and rng.random() < 0.8 else f"{number} {letter}"
        elif rng.random() < 0.02:
            number += rng.choice((" and a half", " bis")) if not self._figures else rng.choice((" 1/2", "/2", "-3"))
        return number

    def _bare(self, country: str) -> str:
        rng = self._rng
        if country in {"us", "ca"} and rng.random() < 0.4:
            return self._ordinal(rng.randint(1, 60))
        if rng.random() < _BY_FAMILY:
            return rng.choice(self._all.families)
        return rng.choice(self._all.words["uk_street" if country in {"uk", "ie", "au"} else "us_street"])

    def _ordinal(self, number: int) -> str:
        words = ordinal(number).title()
        return (ordinal_figures(number) if self._rng.random() < 0.7 else words) if self._figures else words

    def _street(self, country: str) -> str:
        rng, words = self._rng, self._all.words
        if country == "eu":
            return rng.choice(words["eu_street"])
        if country == "in" and rng.random() < 0.2:
            near = rng.choice(("", "", "", " opposite", " near", " opp", " behind"))
            place = f"{near} {rng.choice(words['in_street'])} {rng.choice(_NEAR)}" if near else ""
            return f"{rng.choice(words['in_street'])} {rng.choice(_BLOCKS)}{place}"
        kind = {"us": "us", "ca": "us", "in": "in"}.get(country, "uk")
        way = rng.random()
        if way < 0.22:
            base = rng.choice(self._all.families)
        elif way < 0.34 and kind == "us":
            base = self._ordinal(rng.randint(1, 190))
        elif way < 0.37 and kind == "us":
            kind_of_road = rng.choice(("Highway", "Route", "County Road", "State Road", "FM"))
            return f"{kind_of_road} {self._count(rng.randint(2, 999))}"
        else:
            base = rng.choice(words[f"{kind}_street"])
        if base == "Broadway" or (way > 0.95 and kind != "in"):
            suffix = ""  # people leave "street" out
        else:
            suffix = f" {self._abbreviated(rng.choice(words[f'{kind}_suffix']))}"
        if kind == "us" and rng.random() < 0.22:
            base = f"{self._abbreviated(rng.choice(('North', 'South', 'East', 'West')))} {base}"
        if base == "The Crescent":
            suffix = ""
        area = f", {rng.choice(words['in_area'])}" if kind == "in" and rng.random() < 0.5 else ""
        return f"{base}{suffix}{area}"

    def _abbreviated(self, word: str) -> str:
        return _SHORT.get(word, word) if self._short else word

    def _unit(self, country: str) -> str:
        rng = self._rng
        name = str(rng.randint(1, 40)) if rng.random() < 0.6 else str(rng.randint(100, 2400))
        name = name if self._figures else house_words(int(name), rng)
        if rng.random() < 0.3:
            letter = rng.choice("ABCDEFG")
            name = letter if rng.random() < 0.5 else (f"{name}{letter}" if self._figures else f"{name} {letter}")
        if self._figures and country in {"us", "ca", "au"} and rng.random() < 0.2:
            return f"#{rng.choice(('', ' '))}{name}"
        if country in {"uk", "ie", "in", "au"}:
            kind = rng.choice(
                ("Flat", "Flat", "Flat", "Unit", "Apartment", "Room", "Block", "Floor", "Door number", "House number")
            )
            if rng.random() < 0.3:
                return f"{kind} {name}, {rng.choice(self._all.words['building'])}"
            if kind == "Floor":
                return f"{ordinal(rng.randint(1, 12))} floor"
            return f"{kind} {name}"
        kind = rng.choice(
            ("Apartment", "Apartment", "Apt", "Unit", "Suite", "Number", "Lot", "Trailer", "Floor", "Building")
        )
        if kind == "Floor":
            return f"{self._ordinal(rng.randint(2, 30)).lower()} floor"
        return f"{self._abbreviated(kind)} {name}"

    def new_postcode(self, country: str) -> str:
        """Return a postcode of that country, as written."""
        rng = self._rng
        letters = "ABDEFGHJLNPQRSTUWXYZ"

        def pick(pattern: str) -> str:
            return "".join(
                rng.choice(letters) if mark == "?" else str(rng.randint(mark == "1", 9)) if mark in "19" else mark
                for mark in pattern
            )

        if country == "uk":
            return pick(f"{rng.choice(_UK_AREAS)}{rng.choice(('1', '1', '19', '19', '1?'))} 9??")
        if country == "ca":
            return pick("?9? 9?9")
        if country == "ie":
            return pick(rng.choice(("?99 ?9?9", "?99 ??99", "?99 ?999")))
        if country == "us":
            return pick("99999-9999") if rng.random() < 0.04 else pick("99999")
        return pick({"in": "199999", "au": "1999"}.get(country, "99999"))

    def street_line(self, address: Address) -> Sequence[Piece]:
        """Return number, street and unit: one span."""
        return (Piece(self.line(address), STREET),)

    def line(self, address: Address) -> str:
        """Return number, street and unit as text."""
        comma = ", " if self._rng.random() < 0.6 else " "
        core = address.street
        if address.number:
            named = " " in address.number and address.number[0].isupper() and address.number[-1].islower()
            core = f"{address.number}{comma if named else ' '}{core}"
        if address.country == "eu" and self._rng.random() < 0.6:
            core = f"{address.street} {address.number}"
        if not address.unit:
            return core
        return f"{address.unit}{comma}{core}" if address.unit_first else f"{core}{comma}{address.unit}"

    def say_postcode(self, written: str, *, nato: Mapping[str, tuple[str, ...]]) -> str:
        """Return the postcode as this call's recogniser or typist has it."""
        rng = self._rng
        if self._figures:
            way = rng.random()
            if way < 0.15:
                return written.replace(" ", "")
            if way < 0.3 and not written[0].isdigit():
                return " ".join(written.replace(" ", ""))
            if way < 0.36 and not written[0].isdigit():
                return " ".join(self._coded(letter, nato) for letter in written.replace(" ", ""))
            return written
        if written.replace("-", "").isdigit():
            digits = written.replace("-", "")
            if len(digits) in {4, 6} and rng.random() < 0.5:
                return pair_words(digits, rng)
            if rng.random() < 0.15:
                return f"{digit_words(digits[:3], rng)} {pair_words(digits[3:], rng)}"
            return digit_words(digits, rng)
        return self._say_letters(written, nato)

    def _say_letters(self, written: str, nato: Mapping[str, tuple[str, ...]]) -> str:
        rng = self._rng
        coded = rng.random() < 0.3
        parts: list[str] = []
        outward = written.split(maxsplit=1)[0]
        teens = len(outward) > 2 and outward[-2:].isdigit() and outward[-2] != "0" and rng.random() < 0.6
        letters = list(written.replace(" ", ""))
        skip = False
        for index, letter in enumerate(letters):
            if skip:
                skip = False
            elif teens and index == len(outward) - 2:
                parts.append(cardinal(int(outward[-2:])))
                skip = True
            elif letter.isdigit():
                parts.append(digit_words(letter, rng))
            else:
                parts.append(self._coded(letter, nato) if coded and rng.random() < 0.8 else letter)
        return " ".join(parts)

    def _coded(self, letter: str, nato: Mapping[str, tuple[str, ...]]) -> str:
        if letter.isdigit() or not nato.get(letter.lower()):
            return letter
        word = self._rng.choice(nato[letter.lower()])
        return self._rng.choice((f"{letter} for {word}", word, f"{letter} {word}", f"{letter} as in {word}"))
