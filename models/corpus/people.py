"""The people of a call and the ways in which they are named."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from corpus.names import Mixer, Origin, held_out
from corpus.numerals import NATO
from corpus.template import Piece

PERSON = "PERSON"
_TITLES = {"f": ("Mrs", "Miss", "Ms", "Mrs", "Ms", "Dr", "Madam"), "m": ("Mr", "Mr", "Mr", "Mister", "Dr", "Sir")}
_PARTICLES = {
    "f": (
        "Maria de los Angeles", "Maria del Carmen", "Maria Jose", "Ana de la Paz", "So Yun", "In Ah", "Me Sun", "My An",
        "An Thi", "Do Thi", "Le Thi", "Yu In", "Hee So", "Mary of Grace",
    ),
    "m": (
        "Juan de Dios", "Jose de Jesus", "Do Hyun", "So Jun", "In Ho", "An Van", "Le Van", "Do Van", "To Huu", "Min Ho",
        "Yu Sung", "So Ji", "Be Van", "Mohamed el Amine",
    ),
}  # fmt: skip
LETTERS = (
    "MD", "M.D.", "DO", "PhD", "DDS", "DMD", "RN", "NP", "PA", "LCSW", "MSW", "LMFT", "FACOG", "FACS", "FAAD", "PsyD",
    "OD", "DPM", "M. D.", "M. D.", "D. O.", "MPH", "Psy", "Esq", "CPA", "MBBS", "FRCS", "LPC",
)  # fmt: skip
GENERATIONS = ("Jr", "Sr", "II", "III")
_BEFORE_FAMILY = ("de la", "de", "del", "van der", "van", "von", "al", "el", "bin", "da", "dos", "di", "le", "ter")
_WORDS = (
    "apple bravo cat dog egg echo fox freddie golf george hotel harry india igloo juliet john kilo king lima "
    "london mike mother mary november nancy oscar orange papa peter queen quebec romeo robert sierra sam sugar "
    "tango tom tommy uniform umbrella victor vegas whiskey william xray yankee yellow zulu zebra adam boy charlie "
    "david edward frank henry ida lincoln nora ocean paul roger susan thomas union young alpha baker delta easy "
    "able box car door ice jack kite lemon nut pig rabbit sun table van water"
).split()


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who speaks on a call or is spoken of."""

    given: str
    family: str
    gender: str
    middle: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class NamePool:
    """Where people come from: every origin as likely as the next, and every gender."""

    origins: tuple[Origin, ...]
    words_as_given: tuple[str, ...]
    words_as_family: tuple[str, ...]
    odd: tuple[str, ...]
    short: Mapping[str, tuple[str, ...]]
    code_words: Mapping[str, tuple[str, ...]]
    mixer: Mixer
    made_up: float = 0.18
    english: float = 0.15
    crossed: float = 0.1

    def person(self, rng: Random) -> Person:
        """Someone new."""
        origin = self._origin(rng)
        gender = rng.choice("fm")
        given, middle = self._given(rng, origin, gender), ""
        if rng.random() < 0.06:
            middle = self._given(rng, origin, gender) if rng.random() < 0.6 else rng.choice("ABCDEFGHIJKLMNPRSTW")
        family = self._family(rng, self._origin(rng) if rng.random() < self.crossed else origin)
        if rng.random() < 0.04:
            family = f"{family}{rng.choice('- ')}{self._family(rng, origin)}"
        short = rng.choice(self.short[given]) if given in self.short and rng.random() < 0.6 else ""
        return Person(given, family, gender, middle, short)

    def _origin(self, rng: Random) -> Origin:
        # A little more English than one origin's share: most callers of English-speaking centres.
        return self.origins[rng.randrange(3)] if rng.random() < self.english else rng.choice(self.origins)

    def _given(self, rng: Random, origin: Origin, gender: str) -> str:
        known = origin.female if gender == "f" else origin.male
        way = rng.random()
        if way < self.made_up:
            return self.mixer.name(rng, known)
        if way < self.made_up + 0.06:
            return rng.choice(self.words_as_given)
        return rng.choice(known)

    def _family(self, rng: Random, origin: Origin) -> str:
        way = rng.random()
        if way < self.made_up:
            return self.mixer.name(rng, origin.family)
        if way < self.made_up + 0.06:
            return rng.choice(self.words_as_family)
        return rng.choice(origin.family)

    def relative(self, rng: Random, person: Person) -> Person:
        """Someone else with the same family name."""
        return replace(self.person(rng), family=person.family)


def name_pool(origins: tuple[Origin, ...], words: Mapping[str, tuple[str, ...]]) -> NamePool:
    """Return the pool for these origins; words that are names too and short names come from the word lists."""
    short: dict[str, tuple[str, ...]] = {}
    for line in words["short_names"]:
        name, *others = line.split()
        short[name] = tuple(other for other in others if not held_out(other)) or (name,)
    code: dict[str, list[str]] = {}
    for word in (*NATO, *_WORDS):
        if not held_out(word):
            code.setdefault(word[0], []).append(word)
    return NamePool(
        origins,
        tuple(name for name in words["word_given"] if not held_out(name)),
        tuple(name for name in words["word_family"] if not held_out(name)),
        tuple(word for word in words["noun"] if word.isalpha() and len(word) > 2 and not held_out(word)),
        short,
        {letter: tuple(options) for letter, options in code.items()},
        Mixer(),
    )


class Naming:
    """The forms of a name: `{me.full}` is `form(me, "full")`."""

    def __init__(self, pool: NamePool, rng: Random, *, speech: bool) -> None:
        self._pool = pool
        self._rng = rng
        self._speech = speech
        self._odd_names: dict[Person, str] = {}
        self._forms: Mapping[str, Callable[[Person], Iterable[Piece]]] = {
            "full": self._full,
            "first": lambda person: (Piece(self._first(person), PERSON),),
            "given": lambda person: (Piece(person.given, PERSON),),
            "last": lambda person: (Piece(person.family, PERSON),),
            "any": self._any,
            "titled": self._titled,
            "lastfirst": self._last_first,
            "initials": self._initials,
            "particles": self._particles,
            "lettered": self._lettered,
            "odd": lambda person: (Piece(self._odd(person), PERSON),),
            "titledodd": self._titled_odd,
            "spellodd": lambda person: self.spelled(self._odd(person)),
            "initial": lambda person: (Piece(f"{person.given[0]} {person.family}", PERSON),),
            "spellfirst": lambda person: self.spelled(person.given),
            "spelllast": lambda person: self.spelled(person.family.split()[-1]),
            "spell": lambda person: self.spelled(f"{person.given} {person.family}"),
            "wrongfirst": lambda person: (Piece(self._wrong(person.given), PERSON),),
            "wronglast": lambda person: (Piece(self._wrong(person.family), PERSON),),
            "letter": lambda person: self.spelled(rng.choice(person.family.replace("-", "").replace("'", "")[:4])),
            "barletter": lambda person: (Piece(f"{rng.choice(person.family[:4]).upper()}"),),
            "he": lambda person: (Piece("she" if person.gender == "f" else "he"),),
            "him": lambda person: (Piece("her" if person.gender == "f" else "him"),),
            "his": lambda person: (Piece("her" if person.gender == "f" else "his"),),
        }

    def form(self, person: Person, form: str) -> Iterable[Piece]:
        """Return the pieces of one way to name a person."""
        return self._forms[form](person)

    def _first(self, person: Person) -> str:
        return person.short or person.given

    def _full(self, person: Person) -> Iterable[Piece]:
        rng = self._rng
        middle = f" {person.middle}" if person.middle and rng.random() < 0.6 else ""
        behind = f" {rng.choice(GENERATIONS)}" if rng.random() < 0.01 else ""
        given = person.given if rng.random() < 0.8 else self._first(person)
        return (Piece(f"{given}{middle} {person.family}{behind}", PERSON),)

    def _any(self, person: Person) -> Iterable[Piece]:
        return self.form(person, self._rng.choice(("full", "full", "first", "first", "last", "titled")))

    def _titled(self, person: Person) -> Iterable[Piece]:
        title = self._rng.choice(_TITLES[person.gender])
        name = person.family if self._rng.random() < 0.75 else f"{person.given} {person.family}"
        dot = "." if not self._speech and title in {"Mr", "Mrs", "Ms", "Dr"} and self._rng.random() < 0.5 else ""
        return (Piece(f"{title}{dot} "), Piece(name, PERSON))

    def _titled_odd(self, person: Person) -> Iterable[Piece]:
        return (Piece(f"{self._rng.choice(_TITLES[person.gender])} "), Piece(self._odd(person), PERSON))

    def _odd(self, person: Person) -> str:
        """Return an everyday word that somebody is called: it is a name where it is told as one, and only there."""
        if person not in self._odd_names:
            self._odd_names[person] = self._rng.choice(self._pool.odd).capitalize()
        return self._odd_names[person]

    def _lettered(self, person: Person) -> Iterable[Piece]:
        """Return a name with letters behind it, which are no part of it: "Ana Diaz, MD, FACOG"."""
        rng = self._rng
        letters = rng.sample(LETTERS, rng.choice((1, 1, 1, 2, 2, 3)))
        comma = rng.choice((",", ",", ""))
        full = "".join(piece.text for piece in self._full(person))
        if rng.random() < 0.3:
            full = f"{person.family} {person.given}{rng.choice(('', ' ' + rng.choice('ABCDEGHJKLMNPRSTVW')))}"
        elif rng.random() < 0.3:
            full = f"{person.given} {rng.choice('ABCDEGHJKLMNPRSTVW')}{rng.choice(('', '.'))} {person.family}"
        return (Piece(full, PERSON), Piece(f"{comma} " + f"{comma} ".join(letters)))

    def _last_first(self, person: Person) -> Iterable[Piece]:
        if self._rng.random() < 0.5:
            return (Piece(f"{person.family}, {person.given}", PERSON),)
        return (Piece(person.family, PERSON), Piece(", first name "), Piece(person.given, PERSON))

    def _initials(self, person: Person) -> Iterable[Piece]:
        """Letters for some of the names: "J P McDonagh", "Linda L. Banner"."""
        rng = self._rng
        dot = rng.choice(("", "", "."))
        first = person.given[0] + dot
        second = f" {rng.choice('ABCDEGHJKLMNPRSTVW')}{dot}" if rng.random() < 0.5 else ""
        way = rng.random()
        if way < 0.2:
            return (Piece(f"{person.given} {person.family[0]}{dot}", PERSON),)
        if way < 0.6:
            middle = f" {rng.choice('ABCDEGHJKLMNPRSTVW')}{dot}"
            given = f"{person.given}{middle}"
            return (Piece(f"{given} {person.family}" if way < 0.45 else f"{person.family} {given}", PERSON),)
        return (Piece(f"{first}{second} {person.family}", PERSON),)

    def _particles(self, person: Person) -> Iterable[Piece]:
        """Return a name with small words in it, or one that begins with a syllable that is one."""
        rng = self._rng
        joined = rng.choice([name for name in _PARTICLES[person.gender] if not held_out(name)])
        if rng.random() < 0.5:
            other = f" {self._pool.person(rng).family}" if rng.random() < 0.5 else ""
            return (Piece(f"{person.given} {rng.choice(_BEFORE_FAMILY)} {person.family}{other}", PERSON),)
        return (Piece(f"{joined} {person.family}", PERSON),)

    def _wrong(self, name: str) -> str:
        """Return what a clerk hears instead of a name."""
        rng = self._rng
        swaps = (
            ("ph", "f"),
            ("c", "k"),
            ("y", "i"),
            ("ie", "y"),
            ("s", "z"),
            ("n", "m"),
            ("b", "d"),
            ("v", "b"),
            ("a", "e"),
        )
        options = [name.replace(a, b, 1) for a, b in swaps if a in name[1:]] + [
            name.replace(b, a, 1) for a, b in swaps if b in name[1:]
        ]
        options += [f"{name[:-1]}", f"{name}s", f"{name}a"]
        return next(
            (option for option in rng.sample(options, len(options)) if not held_out(option) and len(option) > 1), name
        )

    def spelled(self, name: str) -> Iterable[Piece]:
        """Return a name letter by letter, in one of the ways of the telephone."""
        rng = self._rng
        letters = [letter for letter in name.upper() if letter.isalpha() or letter == " "]
        way = rng.random()
        words: list[str] = []
        joiner = " "
        if way < 0.12:
            joiner = "-"
        elif way < 0.2:
            joiner = ", "
        elif way < 0.25 and not self._speech:
            joiner = ". "
        doubles = joiner == " " and rng.random() < 0.4
        as_in = 0.0 if joiner == "-" else rng.choice((0.0, 0.0, 0.0, 0.15, 0.35, 1.0))
        link = rng.choice(("as in", "as in", "as in", "for", "for", "for", "like", "like", "is for", "as in the word"))
        bare = rng.random() < 0.12 and joiner == " "
        index = 0
        while index < len(letters):
            letter = letters[index]
            if letter == " ":
                index += 1
                continue
            word = self._code_word(letter)
            if doubles and letters[index : index + 2] == [letter, letter]:
                words.append(f"double {letter}")
                index += 1
            elif bare and word:
                words.append(word)
            elif word and rng.random() < as_in:
                words.append(f"{letter} {link} {word}")
            else:
                words.append(letter)
            index += 1
        if self._speech and joiner == " " and rng.random() < 0.2 and max(map(len, words), default=0) == 1:
            words = list(self._chunks(words))
        return (Piece(joiner.join(words), PERSON),)

    def _chunks(self, letters: Sequence[str]) -> Iterator[str]:
        """Letters as a recogniser runs them together: "a ND ER e w"."""
        at = 0
        while at < len(letters):
            size = self._rng.choice((1, 1, 1, 2, 2, 3))
            chunk = "".join(letters[at : at + size])
            yield chunk if self._rng.random() < 0.5 else chunk.lower()
            at += size

    def _code_word(self, letter: str) -> str:
        options = self._pool.code_words.get(letter.lower(), ())
        return self._rng.choice(options) if options else ""
