"""Random calls with names and addresses of generated people among talk and numbers, for the tagger's properties."""

from __future__ import annotations

import random

from ccredact import Utterance

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
    "my husband's name|who is it for"
).split("|")
TITLES = ["Dr.", "Dr", "Mr", "Miss", "doctor", "I miss", "Uncle"]
LETTERS = ["MD", "M.D.", "B", "A", "Jr", ", DO"]
NUMBERS = "no 5|twelve twenty|two five two zero zero|# 4|No. 12|flat 3 40|1".split("|")
UNITS = (
    "with 4 bed room|for 2,650 dollars|, 4 bedrooms|and 3 baths|is two thousand dollars|# C|#288|level 2|"
    "suite three fifty|number a two|A2|Northeast|town|B"
).split("|")
FILLERS = "um uh so well okay , . ... - and [noise] <unk> (laughs) [laughter-yes]".split()


def some(rng: random.Random, items: list[str], odds: float) -> list[str]:
    return [rng.choice(items)] if rng.random() < odds else []


def name(rng: random.Random) -> str:
    family = some(rng, FAMILY, 0.6)
    return " ".join([*some(rng, TITLES, 0.2), rng.choice(GIVEN), *family, *some(rng, LETTERS, 0.2)])


def address(rng: random.Random) -> str:
    number = [str(rng.randrange(1, 999)) if rng.random() < 0.7 else rng.choice(NUMBERS)]
    street = [*some(rng, STREETS + FAMILY, 0.9), *some(rng, STREETS, 0.2), *some(rng, KINDS, 0.9)]
    return " ".join([*number, *street, *some(rng, UNITS, 0.3), *some(rng, PLACES, 0.7)])


def sentence(rng: random.Random) -> str:
    parts = []
    if rng.random() < 0.15:  # an answer, or what is said back
        said = [*some(rng, ["okay", "it's", "thanks", "no"], 0.4), rng.choice(GIVEN + FAMILY)]
        return " ".join([*said, *some(rng, [*FAMILY, "is that right", "please"], 0.4)]).lower()
    for _ in range(rng.randrange(1, 5)):
        made = rng.choice([name(rng), address(rng), rng.choice(TALK), rng.choice(TALK)])
        parts += [made, *([rng.choice(FILLERS)] if rng.random() < 0.3 else [])]
    text = " ".join(parts)
    return rng.choice([text, text.lower(), text.lower().replace(",", ""), text.upper()])


def call(rng: random.Random) -> list[Utterance]:
    """Finals of up to three speakers, or of none that is known; some begin in the middle of a sentence."""
    speakers: list[str | None] = rng.choice([["agent", "customer"], ["a", "b", "c"], [None]])
    out = []
    for _ in range(rng.randrange(1, 9)):
        words = sentence(rng).split()
        speaker = rng.choice(speakers)
        at = rng.randrange(len(words)) if rng.random() < 0.3 else 0
        out += [Utterance(" ".join(part), speaker=speaker) for part in (words[:at], words[at:]) if part]
    return out
