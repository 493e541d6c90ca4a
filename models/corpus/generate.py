"""Calls, one after the other: each is a function of the seed and its number alone."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from corpus.faker_lists import places
from corpus.names import Origin, held_out, training_origins
from corpus.noise import Noise
from corpus.people import name_pool
from corpus.places import Gazetteer
from corpus.romanise import Romaniser
from corpus.slots import CallSlots, Stock
from corpus.style import Style, choose_style
from corpus.template import MARKS, Grammar, load_grammar
from corpus.utterance import Utterance, utterances, written
from corpus.words import load_words

LABELS = ("PERSON", "STREET_ADDRESS", "POSTCODE", "LOCATION", "ORGANIZATION")
LATER_LABELS = tuple(MARKS.values())
_TOWN_LISTS = {
    "in": (("en_IN",), ("cities",)),
    "world": (
        (
            "de_DE",
            "nl_NL",
            "pl_PL",
            "cs_CZ",
            "fi_FI",
            "sv_SE",
            "it_IT",
            "da_DK",
            "pt_PT",
            "ro_RO",
            "hr_HR",
            "id_ID",
            "uk_UA",
        ),
        ("cities", "city_names"),
    ),
}


@dataclass(frozen=True, slots=True)
class Scene:
    """A kind of call: the grammar symbol of its turns and the companies that answer it."""

    domain: str
    company: str
    weight: int

    tells: bool = False
    """Whether what is said of health, family and purchases is marked completely."""


SCENES = (
    Scene("bank", "bank", 14), Scene("insurance", "insurer", 11), Scene("airline", "airline", 9),
    Scene("food", "restaurant", 7), Scene("retail", "shop", 10), Scene("software", "tech", 7),
    Scene("telecom", "telco", 8), Scene("health", "hospital", 10), Scene("booking", "hotel", 8),
    Scene("utility", "utility", 6), Scene("repair", "tech", 5), Scene("office", "office", 5),
)  # fmt: skip
TELLING_SCENES = (
    Scene("consult", "hospital", 26, tells=True), Scene("pharmacy", "shop", 10, tells=True),
    Scene("injury", "insurer", 8, tells=True), Scene("household", "insurer", 10, tells=True),
    Scene("order", "shop", 16, tells=True), Scene("takeaway", "restaurant", 12, tells=True),
    Scene("trip", "airline", 8, tells=True), Scene("plan", "telco", 8, tells=True),
    Scene("expense", "tech", 4, tells=True), Scene("plain", "bank", 12, tells=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a corpus is to contain."""

    seed: int = 1
    labels: tuple[str, ...] = LABELS
    excluded: Collection[str] = ()
    styles: Collection[str] = ()  # only these; () for all
    one_sided: float = 0.42
    single: float = 0.1
    telling: float = 0.0  # share of calls that tell of health, family and purchases


def load_stock(options: Options) -> Stock:
    """Names, places and words, read once."""
    words = dict(load_words())
    words["rare"] = tuple(word for word in words["rare"] if not held_out(word))
    origins = training_origins(excluded=options.excluded)
    return Stock(name_pool(origins, words), _gazetteer(words, origins), words)


def _gazetteer(words: Mapping[str, tuple[str, ...]], origins: tuple[Origin, ...]) -> Gazetteer:
    romaniser = Romaniser()
    # Streets and towns of English-speaking countries are called after American, British and Irish families, mostly.
    families = tuple(name for origin in origins[:3] for name in origin.family if " " not in name)
    towns = {
        key: tuple(town for town in places(locales, lists, romaniser) if not held_out(town) and len(town) < 18)
        for key, (locales, lists) in _TOWN_LISTS.items()
    }
    return Gazetteer(words, families, towns)


class Generator:
    """Makes calls."""

    def __init__(self, options: Options) -> None:
        self._options = options
        # what every call draws from; read only
        self.stock = load_stock(options)
        self._grammar: Grammar = load_grammar()

    def calls(self, count: int, *, first: int = 0) -> Iterator[dict[str, Any]]:
        """Return calls `first` to `first + count`."""
        for number in range(first, first + count):
            yield self.call(number)

    def call(self, number: int) -> dict[str, Any]:
        """One call as a JSON document."""
        options = self._options
        rng = Random(f"{options.seed}/{number}")
        style = self._style(rng)
        slots = CallSlots(self.stock, rng, figures=style.figures, speech=style.speech)
        # no draw where nothing is told: the usual corpus stays as it is
        scenes = TELLING_SCENES if options.telling and rng.random() < options.telling else SCENES
        scene = rng.choices(scenes, [scene.weight for scene in scenes])[0]
        slots.company_of(scene.company)
        way = rng.random()
        symbol = f"single_{scene.domain}" if way < options.single else f"call_{scene.domain}"
        turns: list[Utterance] = []
        while not turns:  # a production may say nothing
            turns = utterances(self._grammar.expand(symbol, rng, slots))
        if options.single <= way < options.single + options.one_sided:
            side = "customer" if rng.random() < 0.9 else "agent"
            turns = [turn for turn in turns if turn.speaker == side] or turns
        noise = Noise(style, rng, self.stock.words)
        return {
            "id": f"made-{options.seed}-{number}",
            "style": style.name,
            "domain": scene.domain,
            "exhaustive": [label for label in options.labels if scene.tells or label in LABELS],
            "turns": [turn for turn in (self._turn(turn, noise) for turn in noise.cut(turns)) if turn["text"]],
        }

    def _style(self, rng: Random) -> Style:
        wanted = self._options.styles
        while True:
            style = choose_style(rng)
            if not wanted or style.name in wanted:
                return style

    def _turn(self, turn: Utterance, noise: Noise) -> dict[str, Any]:
        text, spans = written(noise.dress(turn.words))
        entities = [
            {"start": span.start, "end": span.end, "label": span.label}
            for span in spans
            if span.label in self._options.labels
        ]
        return {"speaker": turn.speaker, "text": text, "entities": entities}
