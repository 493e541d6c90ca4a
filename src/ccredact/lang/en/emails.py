"""Words of an e-mail or web address as it is said: data, of the kinds that rules tell apart."""

from __future__ import annotations

from typing import Final

AT: Final = "at"
JOINTS: Final = frozenset({"at", "dot"})
"""Behind the first word of an address that nobody asked for."""
DOTS: Final = frozenset({"dot", "period", "point"})
DASHES: Final = frozenset({"dash", "hyphen"})
SLASH: Final = "slash"
SIGNS: Final = DOTS | DASHES | {"underscore", "minus", "plus"}
SURE_SIGNS: Final = DASHES | {"dot", "underscore"}
"""Signs that little but an address has."""
PROVIDERS: Final = frozenset("gmail googlemail yahoo hotmail outlook aol icloud protonmail msn".split())
REMARKS: Final = frozenset("all lower upper case capital letters word the number with no spaces".split())
"""What is said about an address while it is said: "all lower case"."""
SPOKEN_TLDS: Final = frozenset("com net org edu gov io info biz co uk us ca au in ie nz de fr nl app shop".split())
"""Ends of a web address that is said: "pemberton roofing dot com"."""
NO_DOMAINS: Final = frozenset("of to in on by for and or but so if then the least all your".split())
"""Behind an "at" that belongs to no address: "at least"."""
