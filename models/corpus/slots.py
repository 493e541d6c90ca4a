"""Fills the grammar's slots for one call: the same customer, agent and address all through it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from random import Random

from corpus.facts import Facts
from corpus.people import NamePool, Naming, Person
from corpus.places import LOCATION, POSTCODE, STREET, Address, Addresses, Gazetteer
from corpus.template import Piece

ORGANIZATION = "ORGANIZATION"

# Sections of the word files whose entries are entities; every other section is plain text.
_LABELLED = {
    "shop": ORGANIZATION, "bank": ORGANIZATION, "telco": ORGANIZATION, "airline": ORGANIZATION,
    "insurer": ORGANIZATION, "restaurant": ORGANIZATION, "hotel": ORGANIZATION, "utility": ORGANIZATION,
    "office": ORGANIZATION, "tech": ORGANIZATION, "courier": ORGANIZATION, "school": ORGANIZATION,
    "hospital": ORGANIZATION,
    "county": LOCATION, "landmark": LOCATION, "us_state": LOCATION, "country_short": LOCATION,
    "condition": "MEDICAL_CONDITION", "diagnosis": "MEDICAL_CONDITION", "symptom": "MEDICAL_CONDITION",
    "drug": "MEDICATION", "procedure": "MEDICAL_PROCEDURE",
    "item": "PURCHASE_ITEM", "dish": "PURCHASE_ITEM", "kin": "FAMILY_RELATION",
}  # fmt: skip
_COUNTRIES = {
    "us": "USA", "uk": "UK", "ca": "Canada", "ie": "Ireland", "au": "Australia", "in": "India", "eu": "Europe"
}  # fmt: skip
_COMPANY_KINDS = ("shop", "bank", "telco", "airline", "insurer", "utility", "tech", "courier", "hospital", "school")


@dataclass(frozen=True, slots=True)
class Stock:
    """What every call draws from."""

    pool: NamePool
    gazetteer: Gazetteer
    words: Mapping[str, tuple[str, ...]]


class CallSlots:
    """The slots of one call. `{who.form}` names a person or an address, `{kind}` anything else."""

    def __init__(self, stock: Stock, rng: Random, *, figures: bool, speech: bool) -> None:
        self._stock = stock
        self._rng = rng
        self._figures = figures
        self._naming = Naming(stock.pool, rng, speech=speech)
        self._addresses = Addresses(stock.gazetteer, rng, figures=figures)
        self._facts = Facts(rng, figures=figures)
        self._people: dict[str, Person] = {}
        self._places: dict[str, Address] = {}
        self._spoken_postcode: dict[str, str] = {}
        self._company = ""
        one, flat = ("1", "Flat 2") if figures else ("one", "Flat two")
        self._address_forms: Mapping[str, Callable[[str, Address], Iterable[Piece]]] = {
            "full": self._one_breath,
            "street": lambda _, address: self._addresses.street_line(address),
            "streetonly": lambda _, address: (Piece(address.street, STREET),),
            "bare": lambda _, address: (Piece(self._addresses.bare(address), STREET),),
            "crossing": lambda _, address: (Piece(self._addresses.crossing(address), STREET),),
            "number": lambda _, address: (Piece(address.number or one, STREET),),
            "unit": lambda _, address: (Piece(address.unit or flat, STREET),),
            "city": lambda _, address: (Piece(address.city, LOCATION),),
            "region": lambda _, address: (Piece(self._region(address), LOCATION),),
            "citystate": self._city_and_region,
            "postcode": lambda who, address: (Piece(self._postcode(who, address), POSTCODE),),
            "otherpostcode": self._other_postcode,
        }
        self._made: Mapping[str, Callable[[], Iterable[Piece]]] = {
            "city": lambda: (Piece(stock.gazetteer.anywhere(rng), LOCATION),),
            "elsewhere": lambda: (Piece(stock.gazetteer.anywhere(rng)),),
            "venue": self._venue,
            "oddtown": self._odd_town,
            "oddstreet": self._odd_street,
            "country": self._country,
            "place": lambda: self.fill(
                rng.choice(("city", "city", "city", "country", "county", "landmark", "us_state"))
            ),
            "org": self._organisation,
            "us": self._own_company,
            "people": lambda: self._people_list(rng.choice((2, 2, 3, 3, 4, 5, 6, 8))),
            "family": self._family_list,
            "email": self._email,
            "spellword": lambda: self._naming.spelled(rng.choice(stock.pool.words_as_family)),
        }

    def fill(self, slot: str) -> Iterable[Piece]:
        """Return the pieces for `{slot}`."""
        who, dot, form = slot.partition(".")
        if dot:
            return self._address(who, form) if who.startswith("addr") else self._naming.form(self._person(who), form)
        made = self._made.get(slot)
        if made is not None:
            return made()
        if slot in self._stock.words:
            return self._word_piece(self._rng.choice(self._stock.words[slot]), _LABELLED.get(slot, ""))
        return (Piece(self._facts.make(slot)),)

    @staticmethod
    def _word_piece(text: str, label: str) -> Iterable[Piece]:
        article, blank, rest = text.partition(" ")
        if label and blank and article in {"a", "an", "the"}:
            return (Piece(f"{article} "), Piece(rest, label))
        return (Piece(text, label),)

    def _person(self, who: str) -> Person:
        if who == "x":
            return self._stock.pool.person(self._rng)
        if who not in self._people:
            if who == "rel":
                me = self._person("me")
                new = self._stock.pool.relative(self._rng, me) if self._rng.random() < 0.6 else self._person("x")
            else:
                new = self._person("x")
            self._people[who] = new
        return self._people[who]

    def _address(self, who: str, form: str) -> Iterable[Piece]:
        if who == "addrx":
            self._places.pop(who, None)
            self._spoken_postcode.pop(who, None)
        if who not in self._places:
            self._places[who] = self._addresses.make()
        address = self._places[who]
        return self._address_forms[form](who, address)

    def _city_and_region(self, _: str, address: Address) -> Iterable[Piece]:
        if not address.region:
            return (Piece(address.city, LOCATION),)
        comma = self._rng.choice((", ", ", ", " ", " in "))
        return (Piece(address.city, LOCATION), Piece(comma), Piece(self._region(address), LOCATION))

    def _other_postcode(self, _: str, address: Address) -> Iterable[Piece]:
        """Return what a clerk misheard."""
        other = self._addresses.new_postcode(address.country)
        return (Piece(self._addresses.say_postcode(other, nato=self._stock.pool.code_words), POSTCODE),)

    def _region(self, address: Address) -> str:
        region = address.region or "England"
        for entry in self._stock.words["state_names"]:
            short, _, name = entry.partition(" ")
            if short == region:
                return region if self._figures and self._rng.random() < 0.6 else name
        return region

    def _postcode(self, who: str, address: Address) -> str:
        if who not in self._spoken_postcode or self._rng.random() < 0.3:
            self._spoken_postcode[who] = self._addresses.say_postcode(
                address.postcode, nato=self._stock.pool.code_words
            )
        return self._spoken_postcode[who]

    def _one_breath(self, who: str, address: Address) -> Iterable[Piece]:
        """Street, town, region and postcode in one go; callers leave parts out."""
        rng = self._rng
        comma = rng.choice((", ", ", ", ", ", " ", " in "))
        pieces = [*self._addresses.street_line(address)]
        if rng.random() < 0.85:
            pieces += [Piece(comma), Piece(address.city, LOCATION)]
            if address.region and rng.random() < 0.65:
                pieces += [Piece(rng.choice((", ", ", ", " "))), Piece(self._region(address), LOCATION)]
        if rng.random() < 0.6:
            link = rng.choice(
                (", ", " ", " ", ", postcode " if address.country in {"uk", "ie", "au"} else ", zip code ")
            )
            pieces += [Piece(link), Piece(self._postcode(who, address), POSTCODE)]
        if rng.random() < 0.06:
            pieces += [Piece(comma if comma != " in " else " "), Piece(_COUNTRIES[address.country], LOCATION)]
        return pieces

    def _country(self) -> Iterable[Piece]:
        name = self._rng.choice(self._stock.words["country"])
        article, _, rest = name.partition(" ")
        return (Piece("the "), Piece(rest, LOCATION)) if article == "the" else (Piece(name, LOCATION),)

    def _venue(self) -> Iterable[Piece]:
        """Return a named hall, house or quarter that is looked for: it places nobody, so it has no label."""
        rng, words = self._rng, self._stock.words
        street, family = rng.choice(words["us_street"]), self._person("x").family
        side, kind = rng.choice(("North", "South", "East", "West")), rng.choice(words["venue_kind"])
        pattern = rng.choice((
            "{street} {kind}", "{side} {street} {kind}", "{side} {kind}", "{family} {kind}", "{side} {street}",
            "One on {street} {kind}", "The {family}", "the {street} {kind}", "{side}side {kind}", "{street}side {kind}",
        ))  # fmt: skip
        return (Piece(pattern.format(street=street, family=family, side=side, kind=kind)),)

    def _odd_town(self) -> Iterable[Piece]:
        """Return a town that is called after things: "Copper Ranch"."""
        words = self._stock.words
        name = f"{self._rng.choice(words['odd_first'])} {self._rng.choice(words['odd_second'])}"
        return (Piece(name, LOCATION),)

    def _odd_street(self) -> Iterable[Piece]:
        """Return a street that is called after a thing, or by its number: "Memory Lane", "Second Avenue"."""
        rng, words = self._rng, self._stock.words
        noun = rng.choice(words["noun"])
        name = noun if rng.random() < 0.6 else self._facts.make("ordinal")
        return (Piece(f"{name.title() if name[0].isalpha() else name} {rng.choice(words['us_suffix'])}", STREET),)

    def _own_company(self) -> Iterable[Piece]:
        if not self._company:
            words = self._stock.words  # of one word, sometimes: "welcome to Everest"
            short = self._rng.choice((words["company_noun"], words["us_street"], words["odd_firm"]))
            made = (Piece(self._rng.choice(short)),) if self._rng.random() < 0.2 else self._organisation()
            self._company = "".join(piece.text for piece in made)
        return (Piece(self._company, ORGANIZATION),)

    def _email(self) -> Iterable[Piece]:
        """Return an e-mail address, often with the caller's name in it: that is not a PERSON of its own."""
        rng = self._rng
        if rng.random() < 0.45:
            return (Piece(self._facts.email()),)
        me = self._person("me")
        given, family = me.given.lower().replace(" ", ""), me.family.lower().replace(" ", "")
        joint = rng.choice((".", "", "_", ".")) if self._figures else rng.choice((" dot ", " ", " underscore ", ""))
        local = rng.choice(
            (f"{given}{joint}{family}", f"{given[0]}{joint}{family}", f"{given}{joint}", f"{family}{given[0]}")
        )
        return (
            Piece(
                self._facts.email(local.rstrip("._ ") + rng.choice(("", "", self._facts.make("n:1-99")))),
            ),
        )

    def company_of(self, kind: str) -> None:
        """Let the call be answered by a company of this kind (a section of the word lists)."""
        if kind in self._stock.words and self._rng.random() < 0.6:
            self._company = self._rng.choice(self._stock.words[kind])

    def _organisation(self) -> Iterable[Piece]:
        """Return a known company, or one made of names, places and trades."""
        rng, words = self._rng, self._stock.words
        if rng.random() < 0.4:
            return (Piece(rng.choice(words[rng.choice(_COMPANY_KINDS)]), ORGANIZATION),)
        family, other = self._person("x").family, self._person("x").family
        given, town = self._person("x").given, self._stock.gazetteer.anywhere(rng)
        trade, noun = rng.choice(words["trade"]), rng.choice(words["company_noun"])
        legal = rng.choice(words["legal"])
        pattern = rng.choice((
            "{family} {trade}", "{family} and Sons", "{family} and {other}", "{family} {legal}",
            "{family} {other} {legal}",
            "{given}'s {trade}", "{town} {trade}", "{noun} {trade}", "{noun} {legal}", "{noun}", "The {noun} {trade}",
            "{given} {family}", "{family}'s", "{town} City Council", "{town} General Hospital", "University of {town}",
            "{town} Credit Union", "First {town} Bank", "{noun} and {family}", "{family} Group",
            "{noun} {trade} {legal}", "{family} Valley {trade}", "{family} Valley Credit Union",
            "{family} Street Clinic", "{street} {trade}", "{noun} Hill", "{family} Federal",
        ))  # fmt: skip
        street = rng.choice(words["us_street"])
        name = pattern.format(
            family=family, other=other, given=given, town=town, trade=trade, noun=noun, legal=legal, street=street
        )
        return (Piece(name, ORGANIZATION),)

    def _people_list(self, count: int) -> Iterable[Piece]:
        rng = self._rng
        form = rng.choice(("full", "full", "first", "given"))
        surname = rng.random() < 0.3
        me = self._person("x")
        numbered = self._figures and rng.random() < 0.1
        comma = rng.choice((", ", ", ", ", ", " and ", " then "))
        pieces: list[Piece] = []
        for index in range(count):
            person = self._stock.pool.relative(rng, me) if surname else self._person("x")
            if index:
                pieces.append(Piece(rng.choice((" and ", ", and ")) if index == count - 1 else comma))
            if numbered:
                pieces.append(Piece(f"{index + 1} "))
            pieces += self._naming.form(person, form)
        return pieces

    def _family_list(self) -> Iterable[Piece]:
        """Given names before one family name, "Anna and Ben Lee"."""
        rng = self._rng
        first, second = self._person("x"), self._person("x")
        last = f"{second.given} {first.family}"
        return (Piece(first.given, "PERSON"), Piece(rng.choice((" and ", " & ", " or "))), Piece(last, "PERSON"))
