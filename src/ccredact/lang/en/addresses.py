"""Words of addresses: data, of the kinds that rules tell apart."""

from __future__ import annotations

SURE = frozenset("street st avenue ave road rd lane ln boulevard blvd terrace crescent parkway pkwy".split())
"""Words for a street, which have no other use."""
KINDS = SURE | frozenset("drive dr court ct way place pl plaza close square circle center centre highway".split())
"""Words for a street; some have other uses."""
SIDES = frozenset("north south east west northeast northwest southeast southwest ne nw se sw".split())
UNITS = frozenset("apartment apt unit suite ste flat floor level lot room number building bldg".split())
"""Before the number of a flat."""
NUMBERED = frozenset("no number flat unit apartment apt house door plot suite block".split())
"""Before the number of a house."""
AREAS = frozenset("colony complex nagar layout enclave estate extension phase sector town".split())
"""Words for a part of a town, behind its name."""
CROSSINGS = frozenset({"corner", "intersection", "junction", "crossing"})
BETWEEN = frozenset("town city zip zipcode postcode pin pincode state district county near opposite opp".split())
"""Between two parts of an address."""
INSIDE = frozenset("of the de la las los el san saint st santa sir".split())
"""Small words between the number of a house and the word for a street."""
LAST = frozenset("of and the at in on to or by near".split())
"""With these no address ends."""
COUNTED = frozenset(
    "bed beds bedroom bedrooms bath baths bathroom bathrooms rooms people guests adults kids children dollars".split()
)
"""Behind a number: it is none of an address."""
MONEY = frozenset("dollars dollar pounds euros bucks cents percent credits".split())
NO_NAMES = frozenset(
    """
way lane lanes dirt back side more other different whole same busy long wrong right left next last hour hours minute
minutes mile miles km am pm times people rooms bedroom bedrooms bed star dollars dollar percent new big small main
story storey hard flash usb google test thumb wheel disk fast slow external portable state cloud backup shared network
gb tb mb gig gigs gigabyte gigabytes terabyte terabytes megabyte megabytes inch foot feet square liter litre speed
""".split()
)
"""Between a number and a word for a street: "a two way street", "ten minute drive"."""
STREETS = (KINDS - {"center", "centre"}) | frozenset(
    """
sq hwy trail alley row mews grove gardens walk hill park path loop ridge view apartment apt suite unit floor flat
building block house cottage tower mansions villas corner intersection box north south east west northeast northwest
southeast southwest
""".split()
)
"""Words of which an address has one."""
