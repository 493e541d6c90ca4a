"""Words with which a name is told, and words that are no answer to the question for a name, a town or a street."""

from __future__ import annotations

from typing import Final

from ccredact.lang.en.emails import NO_PIECES
from ccredact.lang.en.names import TITLES
from ccredact.lang.en.words import FUNCTION, REFUSALS

NAME_NOUNS: Final = frozenset("name surname nickname lastname firstname".split())
"""What is told as a name: "my surname is"."""
WHICH_NAMES: Final = frozenset("first last full middle family given".split())
"""Before "name": what follows is one even if nothing leads to it: "last name Bell"."""
NAME_OWNERS: Final = WHICH_NAMES | frozenset(
    """
my his her their our your the a and but so yeah yes yep okay ok sure hi hello well uh um real legal whole proper
""".split()
)
"""Before "name", where it is that of a person: "the name is", and no "street name is"."""
NOT_PEOPLE: Final = frozenset(
    "dog's cat's pet's company's business's street's road's drug's product's hotel's store's mother's".split()
)
"""Before "name": what is named so is nobody, or asked as a secret."""
COPULAS: Final = frozenset("is was be being it's its".split())
"""Between what is told as a name and the name."""
MODALS: Final = frozenset({"would", "will", "should"})
"""Before "be": "my surname would be"."""
UNDER: Final = frozenset({"under", "in", "by", "as"})
"""Before "the name": "it's booked under the name of"."""

CALLS: Final = frozenset({"call", "calls"})
"""Before whoever is called so, and the name: "they call me"."""
CALLERS: Final = frozenset(
    "they people everybody everyone folks friends all mates kids family just can also usually always we".split()
)
"""Before "call": who says the name, or may."""
CALLED_ONES: Final = frozenset({"me", "him", "her"})
"""Behind "call": who is called so."""
LIVES: Final = frozenset("live lives living stay stays staying reside resides".split())
"""Before "in" and where somebody lives."""
HOW: Final = "how"
"""Behind the name of whoever is greeted: "thank you mister so how can i help"."""
IN: Final = "in"
NAME: Final = "name"
NAMED_SO: Final = "named"
THE: Final = "the"
OF: Final = "of"
BE: Final = "be"
FROM: Final = "from"
ARE: Final = frozenset({"is", "was", "are", "am", "be"})
"""Between a person and "called"."""
AM: Final = "'m"
"""Ends a pronoun that is called something: "I'm called"."""
CONTINUOUS: Final = "ing"
PAST: Final = "ed"
"""Endings of verbs."""
ADVERB: Final = "ly"
BEFORE_PLAIN: Final = frozenset({"and", "yeah", "yes", "so", "my"})
"""Before "last name", where a name follows it right away."""
NAMED: Final = frozenset({"called", "named"})
"""Between a person and the name: "my son's called"."""
PEOPLE: Final = frozenset(
    """
son daughter wife husband partner mother mom mum father dad brother sister baby kid child boy girl man woman guy lady
friend gentleman person agent rep representative colleague coworker nurse manager boss neighbor neighbour aunt uncle
cousin nephew niece grandson granddaughter grandmother grandfather fiance fiancee girlfriend boyfriend patient roommate
landlord tenant someone somebody he she i
""".split()
)
"""Nouns of people, who are named."""

BEFORE_NAMES: Final = frozenset("uh um er like just actually it's its that's and with by to for is see".split())
"""Before a title, or inside what leads to a name."""
NOT_TOLD: Final = (
    FUNCTION
    | frozenset(
        """
misspelled misspelt missing optional mandatory
printed listed showing changed incorrect blank required entered pronounced written common
supposed similar visible hidden there public legally officially registered spelling attached linked important yesterday
tomorrow today tonight later earlier back when every constantly daily direct directly anytime ahead first once names
sir madam crazy speaking calling because until during being
""".split()
    )
    | (NO_PIECES - {"love", "sandy", "dear", "bear", "search", "hope", "hunt", "champion", "sun"})
)
"""Behind "my name is", "they call me" and a title: no name."""
NO_ANSWERS: Final = (
    FUNCTION
    | (PEOPLE - {"friend", "guy", "child", "man", "boy", "kid", "lady", "person"})
    | REFUSALS
    | NO_PIECES
    | TITLES
    | frozenset(
        """
excuse gotcha sounds understood alrighty welcome morning afternoon evening speaking calling same ditto none nah ew huh
mine hers ours yours privacy private confidential optional anonymous unknown interesting certainly gracias gosh jeez
whoa damn bless seriously really refund cancel help agent operator representative human person repeat come gladly
happy glad forward thinking checking guess silence hung crosstalk inaudible laughs laughter unclear applause music
""".split()
    )
) - {"happy", "love"}
"""With one of these a short turn is no answer to the question for a name: it refuses one, asks back, or waits."""
BEFORE_BARE_ANSWERS: Final = frozenset(
    """
it's its is that's that would be will in near yes yeah yep sure okay ok well so name name's surname last first
city town county street called this i'm under uh um and just like
""".split()
)
"""Before a name that is all of an answer: "yeah it's"."""
BEHIND_BARE_ANSWERS: Final = frozenset("spelled spelt like as with without that's thanks thank please".split())
"""Behind a name that is an answer: "coffee like the drink"."""
ASKING_NAMES: Final = frozenset(
    "what what's whats which who who's may can could get got have take need give tell please".split()
)
"""Words before the question for a name with which it is asked, and not just talked of."""
RETRIES: Final = frozenset({"no", "sorry", "nope"})
"""Between an answer and another one: "Garlick no Garlic"."""

BEFORE_WEAK_TITLES: Final = frozenset(
    "with is i'm im am for by hi hello hey thank you this to from see saw thanks okay yes dear it's and".split()
)
"""Before "doctor" or "miss" where a name stands behind it: "with doctor wolf"."""
BEFORE_SMALL_NAMES: Final = frozenset("with is i'm im am for by to from see saw it's".split())
"""Before a title, where even a word of every sentence is the name behind it: "with doctor so"."""
WEAK_TITLES: Final = frozenset({"doctor", "professor", "reverend", "miss", "prof", "rev"})
"""Titles that are nouns or verbs of their own, or short for one: "the doctor said"."""
NOT_BEHIND_TITLES: Final = frozenset(
    """
appointment appointments visit visits office offices note notes bill bills order orders referral letter patient word
excel teams paint outlook access windows delay apartment suite unit shortage hours out flight anything something
""".split()
)
"""Behind what looks like a title: it is none."""

BEFORE_COMPANIES: Final = frozenset({"reached", "from", "to", "is", "calling", "at", "with", "for"})
"""Before the name of a company that a noun makes one: "you've reached Marlowe | Insurance"."""
GREETINGS: Final = frozenset({("welcome", "to"), ("for", "calling"), ("you've", "reached"), ("have", "reached")})
"""Before the name of a company, with a noun or without: "welcome to Everest"."""
CONTRACTS: Final = frozenset(
    "insured insurance policy policies cover covered contract membership subscription bank banked banking".split()
)
"""Words before "with" and the name of a company."""
WITH: Final = "with"
"""Between those: "we're insured with | Petplan"."""
COMPANY_NOUNS: Final = frozenset(
    """
bank union credit clinic hospital hotel hotels inn resort insurance dental dentistry pharmacy motors airlines airways
energy power electric water gas wireless mobile telecom broadband communications systems software technologies medical
health healthcare practice surgery centre center group agency associates partners solutions services service support
financial mortgage lending capital trust savings investments realty properties restaurant grill pizza cafe kitchen
salon spa gym fitness travel tours rentals logistics freight shipping courier plumbing heating roofing auto store shop
stores market markets supply foundation college university school academy church library council county company inc
llc ltd corporation corp valley helpdesk
""".split()
)
"""Behind a name: it is one of a company."""
