"""Words of an e-mail or web address as it is said: data, of the kinds that rules tell apart."""

from __future__ import annotations

from typing import Final

AT: Final = "at"
JOINTS: Final = frozenset({"at", "dot"})
"""Behind the first word of an address that nobody asked for."""
POINT: Final = "point"
"""A dot only before an ending that is known."""
DOTS: Final = frozenset({"dot", "period", POINT})
DASHES: Final = frozenset({"dash", "hyphen"})
SLASH: Final = "slash"
DOT: Final = "dot"
SIGNS: Final = DOTS | DASHES | {"underscore", "minus", "plus"}
SURE_SIGNS: Final = DASHES | {"dot", "underscore"}
"""Signs that little but an address has."""
PROVIDERS: Final = frozenset("gmail googlemail yahoo hotmail outlook aol icloud protonmail msn".split())
REMARKS: Final = frozenset("all lower upper case capital letters word the number with no spaces".split())
"""What is said about an address while it is said: "all lower case"."""
SPOKEN_TLDS: Final = frozenset("com net org edu gov io info biz co uk us ca au in ie nz de fr nl app shop".split())
"""Ends of a web address that is said: "pemberton roofing dot com"."""
NO_DOMAINS: Final = frozenset("of to in on by for and or but so if then the this that my least all your".split())
"""Behind an "at" that belongs to no address: "at least"."""

WEB: Final = "www"
"""First label of a web address, said as a word or as three letters."""
JOINING: Final = frozenset({"dot", "underscore", "slash", "dash", "hyphen"})
"""Signs with which a piece of an address may begin: "underscore montague", "dot com"."""
PIECE_LEADS: Final = frozenset(
    """
plus finally lastly bit bit's part part's end end's ending beginning followed there there's the i think believe said
would should be going gonna to have i've here after sure course let me see not well em yeah's it'll
""".split()
)
"""Words before a piece, beside those that lead into any number: "and the last bit's", "plus"."""
ADDRESS_NOUNS: Final = frozenset("address one name username user login handle domain id email spelling site".split())
"""Nouns for the whole of an address or a part of it: "my email the address is"."""
BEFORE_PIECES: Final = frozenset(
    {
        "plus",
        "finally",
        "lastly",
        "to",
        "be",
        "said",
        "there's",
        "bit's",
        "part's",
        "end's",
        "have",
        "i've",
        "believe",
        "think",
    }
)
"""Those of them that stand right before it."""
PIECE_ENDS: Final = frozenset("or of for with which because if when than but".split())
"""Words behind everyday words that make them part of a sentence, and no piece."""
NO_PIECES: Final = frozenset(
    """
ooh ah aha oops wow gosh boy lovely perfect great good fine cool brilliant super nice fab awesome excellent wonderful
fantastic absolutely definitely certainly exactly correct true fair enough indeed agreed noted ji ma'am madam sir mate
love dear bye goodbye cheers ta welcome apologies pardon sec secs tick ticks moment minute second seconds minutes hold
hang bear wait carry keep go take grab fetch open find check try work works working home house office somewhere
nowhere anything something nothing everything everybody somebody anybody nobody anyone someone everyone whatever
whichever personal business company private usual usually normal different separate previous old new current both
neither none unfortunately basically obviously honestly probably possibly perhaps hopefully literally totally not
never always often sometimes pleasure problem problems worries trouble rush hurry today tomorrow yesterday later soon
ready done finished yet still find found walking looking thinking putting getting going coming trying recorded safe
people thing things stuff time times way capital lowercase uppercase lower upper caps letter letters word words space
spaces sign symbol dollars percent bit part last next rest end left right wrong broken weird strange funny hard easy
difficult tricky long short simple
""".split()
)
"""Everyday words that are no piece of an address, a user name or the like: reactions, remarks, what is said of one."""
ASKING_OTHERWISE: Final = frozenset("what what's which when where how who why anything".split())
"""Words of a turn that asks for something."""
ASKING_AGAIN: Final = frozenset(
    "again repeat last next rest more after bit part end was catch missed come then".split()
)
"""Words of one that asks for what was said, or for what follows it."""
ASIDES: Final = frozenset("sorry bear hang hold wait second sec moment minute typing screen line page".split())
"""Words of a turn that says why nobody is listening yet."""
PAUSES: Final = frozenset({"and", "then"})
"""Words between two parts of an address, beside hesitations."""
STATEMENTS: Final = frozenset("i'll we'll you'll it'll they'll i've we've you've".split())
"""Before what is only named: "I'll send a confirmation email"."""
