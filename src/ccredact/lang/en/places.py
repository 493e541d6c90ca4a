"""Words of places beside a postcode: data, of the kinds that rules tell apart."""

from __future__ import annotations

from typing import Final

STATES: Final = frozenset(
    """
al ak az ar ca co ct de dc fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri
sc sd tn tx ut vt va wa wv wi wy
alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana
iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska
nevada hampshire jersey mexico york carolina dakota ohio oklahoma oregon pennsylvania island tennessee texas utah
vermont virginia washington wisconsin wyoming
""".split()
)
"""States of the US: two letters, or the last word of a name."""
AMBIGUOUS_STATES: Final = frozenset({"in", "me", "or", "hi", "ok", "oh", "la", "de", "id", "co", "ma", "pa"})
"""States that are everyday words too."""
IN: Final = "in"
RESIDE: Final = frozenset({"live", "lives", "living", "reside", "resides", "residing"})
POSTCODE_NAMES: Final = frozenset({"plz", "cp", "cap", "npa", "postnr", "postnummer", "eircode"})
"""What postcodes are called elsewhere, as letters have it."""
BEFORE_TOWNS: Final = frozenset({"in", "near"})
INSIDE_TOWNS: Final = frozenset("de di da do del der den am an im sur la le las los el san st".split())
"""Small words inside the name of a town."""
STREET_ENDINGS: Final = tuple(
    """
str strasse straße gasse weg platz allee damm straat laan plein gracht vej gade gata gatan gaten vägen veien stien katu
utca
""".split()
)
"""Ends of the names of streets, written in one word."""
STREET_WORDS: Final = frozenset(
    "rue via viale piazza calle avenida plaza rua chemin boulevard quai carrer ulica".split()
)
"""First words of the names of streets."""
BEFORE_HOUSE_NUMBERS: Final = frozenset({"at", "on", "address", "house", "door"})
NEVER_BEHIND_HOUSE_NUMBERS: Final = frozenset({"at", "on", "before", "after"})
"""With these the sentence of another number goes on: "nine on tuesday"."""
UK_AREAS: Final = frozenset(
    """
ab al b ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy e ec eh en ex fk fy g gl gu
gy ha hd hg hp hr hs hu hx ig im ip iv je ka kt kw ky l la ld le ll ln ls lu m me mk ml n ne ng nn np nr nw ol ox pa pe
ph pl po pr rg rh rm s sa se sg sk sl sm sn so sp sr ss st sw sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv
yo ze
""".split()
)
"""Areas of British postcodes, the letters with which one begins (Royal Mail, Programmers' Guide to PAF)."""
