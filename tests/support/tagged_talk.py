"""Random calls with names and addresses of generated people among talk and numbers, for the tagger's properties."""

from __future__ import annotations

import random

from ccredact import Utterance
from strategies import chance

Final = tuple[str | None, str]
"""Speaker and text."""

GIVEN = "Anna Okoro Liam Mehmet Priya José Zoë Will Grace Tomasz Nguyen O'Neil Mary-Ann Bogdan Ayesha Hope".split()
FAMILY = (
    "Smith Abernathy Adeyemi Kowalczyk Park Banks Li Fitzgerald D'Souza Ramirez-Lopez Müller Young Day White".split()
)
STREETS = "Oak Elm Baker Church Station Martin Luther".split()
KINDS = "Street Avenue Road Lane Drive Court".split()
PLACES = "Leeds Springfield Ohio Paris Kent Cork Toronto".split()
TALK = (
    "yes please|thank you for calling|may I have your full name|and your address please|one moment|I'd like to change "
    "my booking|the number is four two one nine|is that right?|have a nice day|your last name|it will cost 45 dollars|"
    "my husband's name|who is it for|my left knee hurts when I walk|I take ibuprofen twice a day|any chest pain?|"
    "my wife and two kids|two large pepperoni pizzas|I paid forty dollars for the grey jacket last week|do you smoke"
).split("|")
TITLES = ["Dr.", "Dr", "Mr", "Miss", "doctor", "I miss", "Uncle"]
LETTERS = ["MD", "M.D.", "B", "A", "Jr", ", DO"]
NUMBERS = "no 5|twelve twenty|two five two zero zero|# 4|No. 12|flat 3 40|1".split("|")
UNITS = (
    "with 4 bed room|for 2,650 dollars|, 4 bedrooms|and 3 baths|is two thousand dollars|# C|#288|level 2|"
    "suite three fifty|number a two|A2|Northeast|town|B"
).split("|")
FILLERS = "um uh so well okay , . ... - and [noise] <unk> (laughs) [laughter-yes]".split()


def some(rng: random.Random, items: list[str], percent: int) -> list[str]:
    return [rng.choice(items)] if chance(rng, percent) else []


def name(rng: random.Random) -> str:
    family = some(rng, FAMILY, 60)
    return " ".join([*some(rng, TITLES, 20), rng.choice(GIVEN), *family, *some(rng, LETTERS, 20)])


def address(rng: random.Random) -> str:
    number = [rng.choice(NUMBERS) if chance(rng, 30) else str(rng.randrange(1, 999))]
    street = [*some(rng, STREETS + FAMILY, 90), *some(rng, STREETS, 20), *some(rng, KINDS, 90)]
    return " ".join([*number, *street, *some(rng, UNITS, 30), *some(rng, PLACES, 70)])


def sentence(rng: random.Random) -> str:
    parts = []
    if chance(rng, 15):  # an answer, or what is said back
        said = [*some(rng, ["okay", "it's", "thanks", "no"], 40), rng.choice(GIVEN + FAMILY)]
        return " ".join([*said, *some(rng, [*FAMILY, "is that right", "please"], 40)]).lower()
    for _ in range(rng.randrange(1, 5)):
        sort = rng.randrange(4)
        parts += [rng.choice(TALK) if sort < 2 else name(rng) if sort == 2 else address(rng), *some(rng, FILLERS, 30)]
    text = " ".join(parts)
    return rng.choice([text, text.lower(), text.lower().replace(",", ""), text.upper()])


def finals(rng: random.Random) -> list[Final]:
    """Those of a call of up to three speakers, or of none that is known; some begin in the middle of a sentence."""
    speakers: list[str | None] = rng.choice([["agent", "customer"], ["a", "b", "c"], [None]])
    out = []
    for _ in range(rng.randrange(1, 9)):
        words = sentence(rng).split()
        speaker = rng.choice(speakers)
        at = rng.randrange(len(words)) if chance(rng, 30) else 0
        out += [(speaker, " ".join(part)) for part in (words[:at], words[at:]) if part]
    return out


def utterances(call: list[Final]) -> list[Utterance]:
    return [Utterance(text, speaker=speaker, id=str(number)) for number, (speaker, text) in enumerate(call)]
