"""Words of addresses, of the kinds that rules tell apart.

Terms are those of USPS Publication 28: a *suffix* says what kind of street it is, a *directional* stands before or
behind a street's name, a *unit designator* before the number of a flat.
"""

from __future__ import annotations

from typing import Final

from ccredact.lang.en.dates import MERIDIEM

CERTAIN_SUFFIXES: Final = frozenset(
    "street st avenue ave road rd lane ln boulevard blvd terrace crescent parkway pkwy".split()
)
"""Suffixes that have no other use."""
SUFFIXES: Final = CERTAIN_SUFFIXES | frozenset(
    "drive dr court ct way place pl plaza close square circle center centre highway".split()
)
"""All suffixes; some have other uses: "the hard drive"."""
DIRECTIONALS: Final = frozenset("north south east west northeast northwest southeast southwest ne nw se sw".split())
UNIT_DESIGNATORS: Final = frozenset(
    "apartment apt unit suite ste flat floor level lot room number building bldg".split()
)
BEFORE_HOUSE_NUMBERS: Final = frozenset("no number flat unit apartment apt house door plot suite block".split())
DISTRICTS: Final = frozenset("colony complex nagar layout enclave estate extension phase sector town".split())
"""Words for a part of a town, behind its name."""
CROSSINGS: Final = frozenset({"corner", "intersection", "junction", "crossing"})
"""Before `CROSSING_OF` and the streets that meet: "corner of fifth and main"."""
CROSSING_OF: Final = "of"
CONNECTORS: Final = frozenset(
    "town city zip zipcode postcode pin pincode state district county near opposite opp".split()
)
"""Between two parts of an address."""
PARTICLES: Final = frozenset("of the de la las los el san saint st santa sir".split())
"""Function words that may stand between the number of a house and the suffix: "12 avenue of the americas"."""
NEVER_INSIDE: Final = frozenset(
    """
for with is are was has have had that which it i my we you this will would can could so but because from to if when what
""".split()
)
"""Function words that no address has inside."""
NEVER_LAST: Final = frozenset("of and the at in on to or by near".split())
"""With these no address ends."""

COUNTED_NOUNS: Final = frozenset(
    """
bed beds bedroom bedrooms bath baths bathroom bathrooms rooms people guests adults kids children dollars lane lanes
""".split()
)
"""Behind a number: it is none of an address."""
CURRENCIES: Final = frozenset("dollars dollar pounds euros bucks cents percent credits".split())
"""Behind a number: it is an amount."""
NUMBER_AND: Final = "and"
"""Joins the words of one number: "two thousand and fifty"."""
MERIDIEMS: Final = (["a", MERIDIEM], ["p", MERIDIEM])
"""The two halves of the day, written apart: "9 a.m. and close"."""

NOT_STREET_NAMES: Final = frozenset(
    """
way lane lanes dirt back side more other different whole same busy long wrong right left next last hour hours minute
minutes mile miles km am pm times people rooms bedroom bedrooms bed star dollars dollar percent new big small main
story storey hard flash usb google test thumb wheel disk fast slow external portable state cloud backup shared network
gb tb mb gig gigs gigabyte gigabytes terabyte terabytes megabyte megabytes inch foot feet square liter litre speed
""".split()
)
"""Between a number and a suffix: no street is named so ("a two way street", "ten minute drive")."""
AT: Final = "at"
"""Before an address."""
EACH: Final = frozenset({"each", "every", "either"})
"""Before "way" it is no street: "one eighty nine each way"."""
ADDRESS_WORDS: Final = (SUFFIXES - {"center", "centre"}) | frozenset(
    """
sq hwy trail alley row mews grove gardens walk hill park path loop ridge view apartment apt suite unit floor flat
building block house cottage tower mansions villas corner intersection box north south east west northeast northwest
southeast southwest
""".split()
)
"""Words of which an address has one. The tagger's weights were trained with these: other words need other weights."""
POSTCODE_WORDS: Final = frozenset({"zip", "zipcode", "postcode", "postal"})
"""Before a postcode: "the zip code is"."""

FILLER_WORDS: Final = frozenset({"like"})
"""Words that may stand between the parts of an address and say nothing, beside hesitations."""
FILLER_PAIRS: Final = frozenset({("you", "know"), ("i", "mean")})
"""The same of two words."""
DECIMAL_POINT: Final = "point"
"""Between the parts of a number that is none of an address: "seven point two"."""

NEVER_BEHIND_NUMBERS: Final = frozenset(
    """
thanks thank please yes yeah yep no nope ok okay sure right alright is are was were for to but so then that that's this
it it's my your if or what when who how do does did have has can could will would because with by in from sir ma'am
""".split()
)
"""Between the number of a house and its street none of these stands."""
ONE: Final = "one"
"""A number that mostly is a pronoun: the number of a house only behind one of these."""
BEFORE_ONE: Final = frozenset("at no number is it's address house flat".split())
STANDS_AT: Final = frozenset(
    """
located found find situated based live lives lived living reside resides stay stays staying them they're are 're
address apartment apartments condos house home hotel property restaurant store shop office place one
""".split()
)
"""Before "at" and the number of a house, where its final ends with the number."""
GOES_TO: Final = frozenset(
    "cab ride taxi car go going come drive trip deliver delivered send ship shipped reach".split()
)
"""The same before "to"."""
TO: Final = "to"
ADDRESS_IS: Final = frozenset({"address", "address is", "address it's", "street is", "reach"})
"""What stands directly before it."""
PIECE_SUFFIXES: Final = frozenset(
    "mews gardens grove row walk hill crescent trail path loop square park ranch alley bend run".split()
)
"""Last words of a street, beside the suffixes, where an address is told."""
TOWN_LEADS: Final = frozenset({"finally", "lastly", "plus", "bit's", "part's", "end's"})
"""Before the last part of an address, which is a town."""
TITLE_SUFFIXES: Final = frozenset({"dr", "st"})
"""Last words of a street that stand before a name too: "Dr. Anna"."""
UNIT_PIECES: Final = frozenset("apartment apt unit suite ste flat".split())
"""Before the number of a unit, where an address is told and nothing else is said."""
PART_NAMES: Final = (
    BEFORE_HOUSE_NUMBERS
    | CERTAIN_SUFFIXES
    | frozenset("town city county state country building street house flat name postcode zip".split())
)
"""Words for parts of an address that are asked for together: "house and street please"."""
PLACE_WORDS: Final = frozenset("state county country zip postcode street road address city town".split())
"""Words for parts of an address: none of them is the name of a town."""
