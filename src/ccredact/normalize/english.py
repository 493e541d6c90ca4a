"""English number words and the small words around them: data, one line a fact.

A word's classes say what it may be; the detectors say which classes wake them. `VALUES` gives the digits of a
number word. Sources: general English; "zilch", "nought", "treble" from British call-centre usage; "niner", "fife",
"tree", "fower" from the ICAO radiotelephony alphabet (Annex 10, vol. II).
"""

from __future__ import annotations

DIGITS = 1 << 0
"""Figures as the recogniser wrote them."""
UNIT = 1 << 1
"""zero to nine, said."""
TEEN = 1 << 2
TENS = 1 << 3
MULTIPLIER = 1 << 4
"""double, triple: repeats the digit after it."""
MAGNITUDE = 1 << 5
"""hundred, thousand: only after a number."""
HOMOPHONE = 1 << 6
"""A word that sounds like a digit: a digit only between digits."""
FILLER = 1 << 7
"""May stand inside a number without ending it."""
CORRECTION = 1 << 8
"""Announces that what was said is said again."""
MEASURE = 1 << 9
"""After a number: it was an amount, a time, a quantity or a position, and no identifier."""
MONTH = 1 << 10
CUE = 1 << 11
"""The last word of a phrase that announces a number (`ccredact.phrases`)."""
LEAD = 1 << 12
"""Leads into a number: "it is", "number", "that's"."""
HESITATION = 1 << 13
"""A filler that no sentence needs: what stood before it stood alone."""

NUMERIC = DIGITS | UNIT | TEEN | TENS | MULTIPLIER
"""Classes that can begin a number."""

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
}  # fmt: skip

_HESITATIONS = """
uh um uhm er erm ah eh hm hmm mm mmm mhm pause
""".split()
_FILLERS = """
dash hyphen space slash stroke dot point comma and then next followed by again of
let me see so like just well that hang on i a an
""".split()
_CORRECTIONS = """
no nope sorry wait actually rather correction scratch oops whoops mean meant again restart not instead apologies
""".split()
_MEASURES = """
dollar dollars pound pounds euro euros cent cents buck bucks quid pence rupees percent
second seconds minute minutes hour hours day days week weeks month months year years yr yrs night nights
am pm o'clock oclock morning afternoon evening tonight noon midnight
time times people person guests item items piece pieces digit digits number numbers letters characters step steps
mile miles km kilometers kilometres meter meters metres inch inches foot feet ft lb lbs kg mg ml gb mb tb ghz degrees
th st nd rd million billion grand k x star stars bedroom bedrooms a p each per apiece
""".split()
_LEADS = """
is are was it it's its that's thats that number number's no num with ends ending reads says say said first begins starts
then next and so last ones yes yeah yep ok okay sure alright right ready it'll got here
""".split()


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
    ):  # fmt: skip
        for word in plain:
            classes[word] = classes.get(word, 0) | flag
    return classes, values


CLASSES, VALUES = _table()
