"""The lists of disclosures, and the words beside their terms: data."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from ccredact.lang.en.cardinals import ZEROS

DETERMINERS: Final = frozenset("a an the my your his her our their this that these those some any both one".split())
"""Words between a preposition and what it joins: "pain in my knee"."""
HAVING: Final = frozenset("had has have having got suffers suffered suffering".split())
"""Verbs with which a term is that of their subject."""
CLAIMING: Final = HAVING | frozenset("take takes took taking use uses using used need needs".split())
"""Verbs right before what somebody has or takes: what comes behind it may be another sentence."""
OTHERS_HAVE: Final = frozenset("you we they do does did can to don't doesn't didn't".split())
"""Words before such a verb with which it rather speaks of an offer: "do you have", "we have"."""
PLACING: Final = frozenset("in at on of from by behind beside near with for to".split())
"""Prepositions: what stands behind one is no subject."""
TODAY: Final = frozenset({"today", "today's", "now"})
"""Days that tell nothing of a purchase: "thanks for your help today"."""
LASTING: Final = frozenset("ends end ended expires expire expired until till valid".split())
"""Words before a date till which something is for: a contract, an offer."""
CONJUNCTIONS: Final = frozenset({"and", "or"})
"""Words between two parts of the body, two goods or two conditions: no span ends with one."""
ORDER_OPENERS: Final = frozenset(
    "a an some and just also um uh yes yeah yep ok okay sure maybe plus then so hi hello".split()
)
"""Words before goods that are all that is said: "and a coffee please"."""
ORDER_ENDS: Final = frozenset("please and with for thanks to no then plus".split())
"""Words behind them."""
DOSE_ENDS: Final = frozenset("in at a once twice every per each please now of".split())
"""Words behind a number that is the answer to the question for a dose: "twenty in the morning"."""
COUNTS: Final = frozenset("two three four five six seven eight nine ten eleven twelve".split())
"""Numbers with which relatives and goods are counted."""
FIGURES: Final = frozenset("2 3 4 5 6 7 8 9 10 11 12".split())
"""The same as figures: of goods alone, since relatives are seldom counted so."""
NO_COUNTS: Final = ZEROS | {"one"}
"""Numbers that count nothing by themselves: "the last one"."""

BEFORE_NO_ANSWER: Final = frozenset(
    "i'm im am you're youre we're he's she's they're are were was been being be with at by from to not never".split()
)
"""Words behind which a word in no list is no answer to what was asked for: "i'm insured", "my policy is with aviva"."""

WANTING: Final = frozenset(
    "want wants need needs like add provide give please thanks order take it it's it'd its that that's thats "
    "this".split()
)
"""Words of sentences that rather say what is bought: "it's the green shirt", "we want two keyboards"."""
GENERAL_OPENERS: Final = frozenset("the our all every these those".split())
"""Words with which a sentence about goods in general begins."""
QUESTION_OPENERS: Final = frozenset("is are was were does do did can could will would has have what which".split())
"""Words with which a question about goods in general begins: "is lipstick tested on animals"."""
ENDS: Final = frozenset("the my your his her our their of with in at from for by to and or".split())
"""Words with which no disclosure ends: "stent in", "kindle the"."""
OWNERS: Final = frozenset("the my your his her our their".split())
"""Those of them that begin another thing: "kindle | the paperwhite"."""
ARRIVING: Final = frozenset(
    "arrive arrives arrived arriving arrival ready dispatched collect collected collection pickup came post posted "
    "send sent".split()
)
"""Words that tell of a thing that was bought, and are in no list."""
DOSED: Final = frozenset(
    "a an per day days week weeks month once twice times every each morning night evening daily weekly hour hours "
    "unit units half at in the and or".split()
)
"""Words of a dose, beside its numbers."""
QUANTITIES: Final = frozenset(
    "gigabytes gigabyte gigs gig megabytes megs terabytes miles mile kilometers kilometres km mph kilos kilo kilograms "
    "kg grams ounces ounce feet foot inches inch metres meters centimetres centimeters litres liters gallons degrees "
    "percent minutes seconds watts volts pixels members users words points".split()
)
"""What is counted or measured otherwise than in money or doses."""

THINGS: Final = frozenset(
    """
account accounts aeroplane alarm app application auction bag bags battery bicycle bike bill bills boat boiler
box boxes brakes brand broadband browser budget building bulb bus cable camera campaign car card cards cars
cart chair channel charger clock clutch code company computer computers connection console contract copier
database deadline deal delivery deposit desk desktop device directory display door doors download drive drone
economy elevator email emails engine error exhaust feature fence file files fleet flight folder forecast form
forms fridge fuse gate gearbox guarantee handle hardware headphones headset heating internet invoice invoices
ipad iphone kettle keyboard keys lamp laptop laptops lawnmower lens letters lift loan lorry luggage machine
mailbox market markets meeting memory message meter mirror modem monitor mouse mug network offer offers orders
page pages paper paperwork parcel password phone phones photo pipe pipes plane plate plug portal price prices
printer printers process program project queue radio receipt refund remote report road roof router sale sales
scanner schedule scooter screen server servers service shipment shop signal site socket sofa software speaker
spreadsheet statement stock store suitcase supplier switch system systems tablet tank tap timer tire toaster
tractor traffic trailer train tram transfer truck tv tyre update updates van vase vehicle version video watch
website wifi window windows windscreen wiring workload
""".split()
)
"""Things that neither ail nor have relatives: "the deadline has been killing me"."""
THING_OWNERS: Final = frozenset("the a an my your our their its this that these those his her any new old".split())
"""Words before a thing that is a subject."""
CLAUSE_ENDS: Final = frozenset("and but or so because if when then while since".split())
"""Words with which a clause begins: what stands before one is no subject of it."""
OBJECT_PREPOSITIONS: Final = frozenset("of on to".split())
"""Prepositions between what is done and the thing: "x ray of my luggage"."""

NUMBERED: Final = frozenset("room id gate terminal platform door unit apartment suite channel chapter line".split())
"""Words before a number that names one of them, and counts and costs nothing."""
UNNAMED: Final = frozenset(
    """
appointment appointments booking bookings calendar delivery event item items order orders package packages
parcel payment product products purchase query refund requirement reservation reservations visit
""".split()
)
"""Words that say that something is bought or booked, and not what."""

ONES: Final = frozenset("one ones the a of them".split())
"""Words beside an attribute that stands for a thing: "the blue one"."""

RELATIVES: Final = frozenset(
    "husband husbands wife wifes son sons daughter daughters mother mothers father fathers mom moms mum mums dad dads "
    "brother brothers sister sisters".split()
)
"""Whose things may be named without a possessive: "my husband account"."""
RELATIVES_THINGS: Final = frozenset("account accounts card number phone address email policy".split())
"""What they have."""
OF_ALL: Final = frozenset("has have can cost costs come comes".split())
"""Words behind goods with which something is said of all of them: "kindles can read them"."""
ALL_OPENERS: Final = frozenset("the all a an so well and but most every".split())
"""Words before goods of which something is said in general."""
DOING: Final = frozenset(
    "ran runs needs broke breaks leaks leaked works worked stopped stops sags sagged came comes went goes keeps "
    "kept started starts arrived arrives isn't wasn't won't doesn't didn't".split()
)
"""Verbs behind a thing that are no part of it: "my pacemaker needs a new battery"."""

GOING_ON: Final = frozenset("i i'm i've i'll it it's he she we they you went go came got lay then now that".split())
"""Words behind a conjunction with which another clause begins: "two aspirin and | lay down"."""

PERSONS: Final = frozenset(
    "i i'm i've i'll i'd im ive my me mine myself you you're you've you'll you'd your yours yourself he he's him his "
    "she she's her hers".split()
)
"""Words for somebody who is spoken to or spoken of."""
STATING: Final = frozenset(
    "is are was were be been isn't aren't wasn't weren't it's there's they're has have had hasn't haven't does do did "
    "doesn't don't didn't can can't could will won't would may might must should cost costs go goes get gets "
    "we we're we've our us they them their".split()
)
"""Words of sentences that say how things are: "roses cost double", "we have no family rooms"."""


def disclosure_list(name: str) -> str:
    """Return the text of a list: "health", "family", "purchases", "special"."""
    return files(__package__).joinpath(f"{name}.txt").read_text("utf-8")
