"""Where a number stands in an address: behind a state of the US, behind or before a town, by a country's own form."""

from __future__ import annotations

import re

from ccredact.detectors.identifiers.code_run import CodeRun
from ccredact.lang.en.words import CLASSES, common_words
from ccredact.text.token import Token

STATES = frozenset(
    """
al ak az ar ca co ct de dc fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri
sc sd tn tx ut vt va wa wv wi wy
alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana
iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska
nevada hampshire jersey mexico york carolina dakota ohio oklahoma oregon pennsylvania island tennessee texas utah
vermont virginia washington wisconsin wyoming
""".split()
)
"""Two letters, or the last word of a name."""
_SPOKEN = frozenset({"in", "me", "or", "hi", "ok", "oh", "la", "de", "id", "co", "ma", "pa"})
"""Those that are words: only written figures of five digits behind them are a ZIP code."""
ZIP, ZIP4 = (5,), (5, 4)
_LIVES = frozenset({"live", "lives", "living", "reside", "resides", "residing"})
_NAMED = frozenset({"plz", "cp", "cap", "npa", "postnr", "postnummer", "eircode"})
"""Postcodes are called so on letters elsewhere."""
_IN = frozenset({"in", "near"})
_IN_NAMES = frozenset("de di da do del der den am an im sur la le las los el san st".split())
"""Small words inside the name of a town; a letter too: "in København K 1421"."""
_WRITTEN = frozenset({(4,), (5,), (6,), (3, 2), (3, 3), (4, 3), (5, 3)})
"""Lengths of the figures of a postcode: 6091, 43015, 101000, 840 24, 110 001, 3610-114, 01310-100."""
_STREET = re.compile(
    r".+(?:str|strasse|straße|gasse|weg|platz|allee|damm|straat|laan|plein|gracht|vej|gade|gata|gatan|gaten|vägen|veien|"
    r"stien|katu|utca)"
)
_STREETS = frozenset("rue via viale piazza calle avenida plaza rua chemin boulevard quai carrer ulica".split())
"""A street by the end of its name, or by its first word."""
_HOUSE = 4
"""Digits of the number of a house."""
_COUNTRY = 2
"""Letters of a country or a state."""
_MOST_BETWEEN = 3
"""Words between it and the postcode: the town."""
_SPOKEN_FORM = range(4, 6)
_CODES = re.compile(
    r"[abceghj-nprstvxy]\d[a-ceghj-nprstv-z]\d[a-ceghj-nprstv-z]\d"  # Canada
    r"|(?:[ac-fhknprtvwxy]\d\d|d6w)(?=.{0,3}[ac-fhknprtv-y])[ac-fhknprtv-y\d]{4}"  # Ireland
)
_PREFIXED = re.compile(r"[a-z]\d{4,5}")
"""The country before the code, as on letters, or a letter of the code: "D-80331"."""
_COUNTRIES = frozenset("abdfhilns")
_YEAR = re.compile(r"19\d\d|20[0-3]\d")
_DUTCH = re.compile(r"\d{0,4}[1-9]\d{3}[a-z]{2}")
"""A house before it: "Stationsplein 4, 1012 AB"."""


def is_zip(run: CodeRun) -> bool:
    """Whether a run is five digits, or five and four, behind a state or "live in"."""
    if run.letters or run.plus or run.amount:
        return False
    state = run.prefix or run.led_by
    if state not in STATES:
        return False
    if run.figures in {ZIP, ZIP4}:
        return True
    if run.digits != 5:
        return False
    return state not in _SPOKEN or (state == "in" and not _LIVES.isdisjoint(run.before[-2:-1]))


def may_be_zip(run: CodeRun) -> bool:
    """Whether it is one, or the beginning of one: all of it must be heard first."""
    state = run.prefix or run.led_by
    return is_zip(run) or (state in STATES - _SPOKEN and run.digits < 5 and not (run.letters or run.plus or run.amount))


def is_postcode(run: CodeRun, token: Token | None) -> bool:
    """Whether a number that is hidden in any case is a postcode of any country; `token` is the word behind it."""
    if run.plus or run.amount or run.magnitude:
        return False
    if run.letters:
        return _is_code(run, token)
    if run.led_by in _NAMED:
        return run.figures in _WRITTEN
    if run.figures in _WRITTEN:
        if _behind_town(run.before) or not _STREETS.isdisjoint(run.before):
            return True
        return _behind_house(run.before) and not _YEAR.fullmatch(run.text)
    if run.spoken_only:
        return run.digits in _SPOKEN_FORM and _behind_town(run.before)
    house, *code = run.figures  # "Hauptstr. 12, 80331 München"
    return house < _HOUSE and tuple(code) in _WRITTEN and _is_street(run.before)


def _is_code(run: CodeRun, token: Token | None) -> bool:
    text = run.text
    if _CODES.fullmatch(text):
        return len(run.figures) == 2 or _behind_town(run.before)
    if _PREFIXED.fullmatch(text):
        return _behind_town(run.before) or (text[0] in _COUNTRIES and _is_town(token))
    if not _DUTCH.fullmatch(text):
        return False
    return _is_street(run.before) or _behind_town(run.before)


def word_before(run: CodeRun) -> bool:
    """Whether the word that a postcode begins with is none of it: "york 10001"; two letters may be of a code."""
    return len(run.prefix) > _COUNTRY and run.prefix in STATES | _NAMED


def _is_rare(key: str) -> bool:
    """Whether a word may be the name of a place: no table has it."""
    return len(key) > 1 and key.isalpha() and key not in CLASSES and key not in common_words()


def _is_town(token: Token | None) -> bool:
    return token is not None and _is_rare(token.key)


def _is_street(before: tuple[str, ...]) -> bool:
    return bool(before) and (_STREET.fullmatch(before[-1]) is not None or not _STREETS.isdisjoint(before[-3:]))


def _behind_town(before: tuple[str, ...]) -> bool:
    """Whether a town stands before it: "in Quinta de São Tiago", "in Bjert"."""
    rare = False
    for key in reversed(before):
        if key in _IN:
            return rare
        if _is_rare(key):
            rare = True
        elif not (key in _IN_NAMES or len(key) == 1) or key.isdecimal():
            return False
    return False


def _behind_house(before: tuple[str, ...]) -> bool:
    """Whether street, house and town stand before it: "Mellemvej 32 Aalborg"."""
    rare = False
    for distance, key in enumerate(reversed(before)):
        if key.isdecimal():
            street = before[-distance - 2] if len(before) > distance + 1 else ""
            return rare and len(key) <= _HOUSE and _is_rare(street)
        if distance == _MOST_BETWEEN:
            return False
        if _is_rare(key):
            rare = True
        elif not (key in _IN_NAMES or len(key) <= _COUNTRY):
            return False
    return False
