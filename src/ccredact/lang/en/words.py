"""English number words and the small words around them: data, one line a fact.

A word's classes say what it may be; the detectors say which classes wake them. `VALUES` gives the digits of a
number word. Sources: general English; "zilch", "nought", "treble" from British call-centre usage; "niner", "fife",
"tree", "fower" from the ICAO radiotelephony alphabet (Annex 10, vol. II).
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from string import ascii_lowercase

from ccredact.text.word_class import (
    ARTICLE,
    CORRECTION,
    DAY,
    DIGITS,
    FILLER,
    HESITATION,
    HOMOPHONE,
    LEAD,
    LETTER,
    MAGNITUDE,
    MEASURE,
    MIXED,
    MONTH,
    MULTIPLIER,
    NATO,
    ORDINAL,
    PLUS,
    TEEN,
    TENS,
    UNCOMMON,
    UNIT,
)

_UNITS = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "naught": "0", "zilch": "0", "nil": "0",
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "tree": "3", "fower": "4", "fife": "5", "niner": "9",
}  # fmt: skip
_TEENS = {
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15",
    "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
}  # fmt: skip
_TENS = {
    "twenty": "20", "thirty": "30", "forty": "40", "fourty": "40", "fifty": "50",
    "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
}  # fmt: skip
_MULTIPLIERS = {"double": "2", "triple": "3", "treble": "3", "quadruple": "4"}
_MAGNITUDES = {"hundred": "00", "thousand": "000"}
_HOMOPHONES = {"for": "4", "to": "2", "too": "2", "ate": "8", "won": "1"}
_MONTHS = {
    "january": "01", "february": "02", "march": "03", "april": "04", "may": "05", "june": "06", "july": "07",
    "august": "08", "september": "09", "october": "10", "november": "11", "december": "12",
    "jan": "01", "feb": "02", "mar": "03", "apr": "04", "jun": "06", "jul": "07", "aug": "08",
    "sep": "09", "sept": "09", "oct": "10", "nov": "11", "dec": "12",
    "christmas": "12", "xmas": "12", "halloween": "10", "year's": "01",
}  # fmt: skip

_HESITATIONS = """
uh um uhm er erm ah eh hm hmm mm mmm mhm pause
""".split()
_FILLERS = """
dash hyphen space slash stroke dot point comma colon hash and then next followed by again of
let me see so like just well that hang on i a an
""".split()
_CORRECTIONS = """
no nope sorry wait actually rather correction scratch oops whoops mean meant again restart not instead apologies
""".split()
_MEASURES = """
block blocks dollar dollars usd gbp eur inr pound pounds euro euros cent cents buck bucks quid pence rupees percent
second seconds minute minutes hour hours day days week weeks month months year years yr yrs night nights
am pm o'clock oclock morning afternoon evening tonight noon midnight
time times people person guests item items piece pieces digit digits number numbers letters characters step steps
mile miles km kilometers kilometres meter meters metres inch inches foot feet ft lb lbs kg mg ml gb mb tb ghz degrees
milligram milligrams microgram micrograms milliliters units unit tablet tablets pills percent beats options ways
th st nd rd million billion grand k x star stars bedroom bedrooms a p each per apiece credits points mah
""".split()
_LEADS = """
is are was it it's its that's thats that number number's no num with ends ending reads says say said first begins starts
then next and so last ones yes yeah yep ok okay sure alright right ready it'll got here
""".split()


_NATO = """
alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar papa quebec
romeo sierra tango uniform victor whiskey whisky xray yankee zulu
""".split()
_ORDINALS = """
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
sixteenth seventeenth eighteenth nineteenth twentieth thirtieth
""".split()
_DAYS = """
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat
today tomorrow yesterday tonight noon midnight midday half quarter
""".split()
FUNCTION = frozenset(
    """
a an the this that these those my your his her its our their mine yours i you he she it we they me him us them who
what which when where why how is are was were be been being am do does did have has had can could will would shall
should may might must and or but nor so if then than as of to in on at by for from with about into over under after
before up down out off again not no yes yeah yep yup nope ok okay sure alright right well oh uh um er hmm mm mhm hi hey
hello thanks thank please sorry just only also too very really actually maybe think believe guess know remember forgot
forget remembered recall tell give gave need want like get got say said go going let see look there here now all
any some it's its i'm im that's thats he's she's you're they're we're don't dont can't cant didn't i've i'll i'd let's
mean one number name answer called named spelled hold moment second minute wait would mother's mothers maiden mother pet
question security password username login email address e pin pins account card either both forgotten idea
umm uhh hmmm ahh ohh contact reserve book restaurant born same put repeat told already looking
online asking again wrong incorrect expired case
sensitive
""".split()
)
"""Words that are no answer by themselves: a sentence stands around them."""
MISHEARD = frozenset({"and", "no", "he", "is", "i", "am", "be"})
"""Words that may be misheard letters of a postcode."""
REFUSALS = frozenset(
    """
why what how don't dont can't cant didn't didnt forgot forgotten idea repeat already looking can could told
""".split()
)
"""Words of a turn that is no answer: it refuses one, or asks back."""
_HOUR = re.compile(r"\d{1,2}[ap]m")
_ORDINAL_FIGURE = re.compile(r"\d{1,3}(?:st|nd|rd|th)")
_QUANTITY = re.compile(
    r"\d+(?:s|x|k|m|am|pm|mg|ml|mcg|gb|tb|mb|kg|lb|lbs|oz|cm|mm|km|ft|in|hz|ghz|mp|w|v|hr|hrs|min|mins|yr|yrs|p|d|g|h|"
    r"th|inch|mph|mah|px|pc|ply|way|star|day|hour)"
)


def other_classes(key: str) -> int:
    """The classes of a word that is in no table."""
    if key.isdecimal():
        return DIGITS
    if key.isalpha() or key.endswith("'s"):
        return UNCOMMON
    if "'" in key or not any(map(str.isdecimal, key)):
        return 0
    if _ORDINAL_FIGURE.fullmatch(key):
        return ORDINAL
    if _HOUR.fullmatch(key):
        return DAY
    return 0 if _QUANTITY.fullmatch(key) else MIXED


def _table() -> tuple[dict[str, int], dict[str, str]]:
    classes: dict[str, int] = {}
    values: dict[str, str] = {}
    for words, flag in (
        (_UNITS, UNIT), (_TEENS, TEEN), (_TENS, TENS), (_MULTIPLIERS, MULTIPLIER),
        (_MAGNITUDES, MAGNITUDE), (_HOMOPHONES, HOMOPHONE), (_MONTHS, MONTH),
    ):  # fmt: skip
        for word, value in words.items():
            classes[word] = classes.get(word, 0) | flag
            values[word] = value
    for plain, flag in (
        (_FILLERS, FILLER), (_HESITATIONS, FILLER | HESITATION),
        (_CORRECTIONS, CORRECTION), (_MEASURES, MEASURE), (_LEADS, LEAD),
        (ascii_lowercase.replace("o", ""), LETTER), (_NATO, NATO), (_ORDINALS, ORDINAL), (["plus"], PLUS), (_DAYS, DAY),
    ):  # fmt: skip
        for word in plain:
            classes[word] = classes.get(word, 0) | flag
    for article in "ai":
        classes[article] = classes[article] & ~LETTER | ARTICLE
    return classes, values


CLASSES, VALUES = _table()


@cache
def common_words() -> frozenset[str]:
    """Return the everyday words, one a line in `common_words.txt`."""
    lines = files(__package__).joinpath("common_words.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
