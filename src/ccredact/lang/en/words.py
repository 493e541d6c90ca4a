"""The small words of English, and the table of what each word may be: data, one list for each kind.

A word's classes (`ccredact.text.word_class`) say what it may be; the detectors say which classes wake them.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from string import ascii_lowercase
from sys import intern
from typing import Final

from ccredact.lang.en import cardinals, dates
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
    PLURAL,
    PLUS,
    QUANTITY,
    SPELLER,
    SYMBOL,
    TEEN,
    TENS,
    UNCOMMON,
    UNIT,
)

HESITATIONS: Final = frozenset("uh um uhm er erm ah eh hm hmm mm mmm mhm pause".split())
"""Fillers that no sentence needs."""
FILLERS: Final = frozenset(
    """
dash hyphen space slash stroke dot point comma colon hash and then next followed by again of
let me see so like just well that hang on i a an
""".split()
)
"""Words that may stand inside a number without ending it."""
CORRECTIONS: Final = frozenset(
    """
no nope sorry wait actually rather correction scratch oops whoops mean meant again restart not instead apologies
""".split()
)
"""Words that announce that what was said is said again."""
MEASURES: Final = frozenset(
    """
block blocks dollar dollars usd gbp eur inr pound pounds euro euros cent cents buck bucks quid pence rupees percent
second seconds minute minutes hour hours day days week weeks month months year years yr yrs night nights
am pm o'clock oclock morning afternoon evening tonight noon midnight
time times people person guests item items piece pieces digit digits number numbers letters characters step steps
mile miles km kilometers kilometres meter meters metres inch inches foot feet ft lb lbs kg mg ml gb mb tb ghz degrees
milligram milligrams microgram micrograms milliliters units unit tablet tablets pills percent beats options ways
th st nd rd million billion grand k x star stars bedroom bedrooms a p each per apiece credits points mah
""".split()
)
"""Words behind a number that make it an amount, a time, a quantity or a position."""
COUNTED_THINGS: Final = frozenset(
    """
block blocks second morning afternoon evening tonight noon midnight night nights time times people person guests item
items piece pieces digit digits number numbers letters characters step steps beats options ways th st nd rd x star stars
bedroom bedrooms a p each per apiece credits points
""".split()
)
"""Those of them that may stand behind an identifier too: "it's 3906, people forget it". The others are units."""
LEADS: Final = frozenset(
    """
is are was finishes finish it it's its that's thats that number number's no num with ends ending reads says say said
first begins starts then next finally lastly and so last ones yes yeah yep ok okay sure alright right ready it'll
got here
""".split()
)
"""Words that lead into a number."""
SPELLING_ALPHABET: Final = frozenset(
    """
alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar papa quebec
romeo sierra tango uniform victor whiskey whisky xray yankee zulu
""".split()
)
"""The ICAO alphabet (Annex 10, vol. II), with the ways in which it is written."""
SYMBOLS: Final = frozenset("gb kb mb tb kg mg ml lb ft mm km cm oz hz mp pm".split())
"""Units that two letters of a code look like."""
SPELLERS: Final = frozenset(
    """
able adam apple baker ball banana beer boston boy cat chicago david denver dog edward egg elephant fish fox frank
freddie george harry henry ice ida igloo ink jack jam jig john johnny jug king kite lemon lincoln lion london
lucy mary monkey mother nan nancy nest nora nuts oboe ocean orange paul peter pip queen rabbit ralph robert roger
sam sugar susan thomas tiger toc tom tommy tree umbrella uncle union van vic victory violet walter water william
xylophone yacht yellow yoke yorker young zebra
""".split()
)
"""Words with which letters are spelled by those who do not know that alphabet: those of the older ones of the British
and American forces, of Western Union, and of school."""
LETTERS: Final = frozenset(ascii_lowercase) - {"o", "a", "i"}
"""Letters of their own: "o" is a zero first."""
ARTICLES: Final = frozenset({"a", "i"})
"""Letters that are words."""
PLUS_SIGNS: Final = frozenset({"plus"})
BREAKS_OFF: Final = frozenset(
    """
a an the my your our their every each some any i we they he she i'm we're they're you're i'll we'll i'd i've of to in on
at by for from with about into over under than as and or but if because is are was were be been am can could will would
shall should may might must do does did have has had gon wan very really
    """.split()
)
"""With these nobody ends what he says: what comes next goes on with it."""
FUNCTION: Final = frozenset(
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
NOUNS: Final = frozenset(
    """
one number name answer moment minute question password username login email address e pin pins account card mother
mother's mothers maiden pet security contact restaurant idea case thing
""".split()
)
"""Those of them that something may be said to be the first of: "the first name"."""
MISHEARD: Final = frozenset({"and", "no", "he", "is", "i", "am", "be"})
"""Words that may be misheard letters of a postcode."""
GREETINGS: Final = frozenset(
    "hi hey hello hiya morning afternoon evening thanks thank cheers ta please bye goodbye ok okay sir madam mate love "
    "good great lovely perfect brilliant dear there".split()
)
"""Words at the edges of a turn that are no part of what is told in it."""
REFUSALS: Final = frozenset(
    """
why what how don't dont can't cant didn't didnt forgot forgotten idea repeat already looking can could told
""".split()
)
"""Words of a turn that is no answer: it refuses one, or asks back."""
POSSESSIVE: Final = "'s"

_HOUR: Final = re.compile(r"\d{1,2}[ap]m")
_ORDINAL_FIGURE: Final = re.compile(r"\d{1,3}(?:st|nd|rd|th)")
_QUANTITY: Final = re.compile(
    r"\d+(?:s|x|k|m|am|pm|mg|ml|mcg|gb|tb|mb|kg|lb|lbs|oz|cm|mm|km|ft|in|hz|ghz|mp|w|v|hr|hrs|min|mins|yr|yrs|p|d|g|h|"
    r"th|inch|mph|mah|px|pc|ply|way|star|day|hour)"
)


def other_classes(key: str) -> int:
    """Return the classes of a word that is in no table."""
    if key.isdecimal():
        return DIGITS
    if key.isalpha() or key.endswith(POSSESSIVE):
        return UNCOMMON
    if "'" in key or not any(map(str.isdecimal, key)):
        return 0
    if _ORDINAL_FIGURE.fullmatch(key):
        return ORDINAL
    if _HOUR.fullmatch(key):
        return DAY
    return QUANTITY if _QUANTITY.fullmatch(key) else MIXED


def _classes() -> dict[str, int]:
    """Return the classes of every word of the tables."""
    tables: list[tuple[Collection[str], int]] = [
        (cardinals.UNITS, UNIT), (cardinals.TEENS, TEEN), (cardinals.TENS, TENS), (cardinals.MULTIPLIERS, MULTIPLIER),
        (cardinals.MAGNITUDES, MAGNITUDE), (cardinals.PLURALS, PLURAL), (cardinals.HOMOPHONES, HOMOPHONE),
        (dates.MONTHS, MONTH), (dates.ORDINALS, ORDINAL), (dates.DAYS, DAY),
        (FILLERS, FILLER), (HESITATIONS, FILLER | HESITATION), (CORRECTIONS, CORRECTION), (MEASURES, MEASURE),
        (LEADS, LEAD), (LETTERS, LETTER), (ARTICLES, ARTICLE), (SPELLING_ALPHABET, NATO), (PLUS_SIGNS, PLUS),
        (SPELLERS, SPELLER), (SYMBOLS, SYMBOL),
    ]  # fmt: skip
    found: dict[str, int] = {}
    for words, flag in tables:
        for word in words:
            found[word] = found.get(word, 0) | flag
    return found


CLASSES: Final = _classes()
"""The classes of every word of the tables."""


@cache
def common_words() -> frozenset[str]:
    """Return the everyday words, one a line in `common_words.txt`."""
    lines = files(__package__).joinpath("common_words.txt").read_text("utf-8").splitlines()
    return frozenset(intern(line) for line in lines if line and not line.startswith("#"))
