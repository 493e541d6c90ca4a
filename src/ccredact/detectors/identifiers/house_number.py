"""The number of a house that is told by itself ("forty two", "mm-hmm", "maple street"), and said back.

Pieces of a British postcode in the answer to the same question too: "in london n w eight", "seven s h".
"""

from __future__ import annotations

import re
from typing import Final

from ccredact.detectors.identifiers.code_run import CodeRun
from ccredact.dialogue.choice import BESIDE
from ccredact.dialogue.lifetimes import ADDRESS_TURNS
from ccredact.dialogue.placement import begins_sentence, ends_there
from ccredact.dialogue.state import Dialogue
from ccredact.lang.en.addresses import COUNTED_NOUNS, DIRECTIONALS, NOT_STREET_NAMES
from ccredact.lang.en.identifiers import ARTICLE, COPULAS
from ccredact.lang.en.places import BEFORE_HOUSE_NUMBERS, NEVER_BEHIND_HOUSE_NUMBERS
from ccredact.lang.en.words import CLASSES, FUNCTION
from ccredact.numbers.quantity import is_unit
from ccredact.text import word_class as wc
from ccredact.text.token import Token

MOST_DIGITS: Final = 5
"""Digits of the number of a house at most."""
BELOW_ZIP: Final = 4
"""Digits of a number that is no ZIP code."""
BELOW_CODE: Final = 3
"""Digits of a number that is no identifier by itself."""
_FIRST_WORDS: Final = 6
"""Words of the turn behind the question among which the number begins."""
_WORDS_BEFORE: Final = 4
"""Words before the number in a later turn that holds nothing else."""
_KEPT: Final = 4
"""Numbers that are known when they are said again."""
_NEVER: Final = -9
"""The turn of what was never said: no turn of a call is within `ADDRESS_TURNS` of it."""
_HALF_POSTCODE: Final = re.compile(r"[a-z]{1,2}\d[a-z\d]?|\d[abd-hjlnp-uw-z]{2}")
"""The outward code, or the inward one, which has no C, I, K, M, O or V (Royal Mail, Programmers' Guide to PAF)."""
_NO_STREETS: Final = FUNCTION | COUNTED_NOUNS | NOT_STREET_NAMES
_UNMARKED: Final = 4
"""Words between a question and a number where the speakers are not told apart: "address please it's nine"."""


class HouseNumbers:
    """The house numbers that were found in a call, to know them when they are said again."""

    __slots__ = ("_found", "_turn")

    def __init__(self, found: tuple[str, ...] = (), turn: int = _NEVER) -> None:
        self._found, self._turn = found, turn  # the latest last; the turn of the latest

    def fork(self) -> HouseNumbers:
        """Return an independent copy."""
        return HouseNumbers(self._found, self._turn)

    def record(self, run: CodeRun) -> None:
        """Record the run as a house number, so that a repetition is recognised."""
        self._found, self._turn = (*self._found, run.text)[-_KEPT:], run.turn

    def recognises(
        self, run: CodeRun, token: Token | None, dialogue: Dialogue, *, most_digits: int = MOST_DIGITS
    ) -> bool:
        """Return whether a run of at most so many digits is a house number, and record it.

        `token` is the word behind it, None when its turn is over.
        """
        if not 0 < run.digits <= most_digits or not _is_plain(run):
            return False
        if not (self._is_repeated(run, token) or self._is_prompted(run, token, dialogue)):
            return False
        self.record(run)
        dialogue.places = dialogue.places.with_part(run.turn)
        return True

    def is_half_postcode(self, run: CodeRun, token: Token | None, dialogue: Dialogue) -> bool:
        """Return whether a run with which a turn ends is half of a postcode, where an address is told."""
        if token is not None or run.currency or not _HALF_POSTCODE.fullmatch(run.text):
            return False
        prompted = dialogue.address_turn
        return prompted >= 0 and run.turn - max(prompted, self._turn) <= ADDRESS_TURNS

    def _is_repeated(self, run: CodeRun, token: Token | None) -> bool:
        """Return whether the number was found before and is said again."""
        since = run.turn - self._turn
        if run.text not in self._found or since > (ADDRESS_TURNS if run.digits > 1 else 1):
            return False
        return token is None or (run.digits > 1 and not (is_unit(token.classes) or token.classes & wc.MONTH))

    def _is_prompted(self, run: CodeRun, token: Token | None, dialogue: Dialogue) -> bool:
        """Return whether an address was asked for, and the number is all that is told of it here."""
        prompted, first = dialogue.address_turn, dialogue.answers.first_word
        if run.turn == prompted:
            near = _UNMARKED if run.speaker is None else BESIDE
            return 0 < run.start - dialogue.places.address_word <= near and _is_all_or_leads_street(run, token)
        led_by = run.led_by
        if led_by and led_by not in BEFORE_HOUSE_NUMBERS and not CLASSES.get(led_by, 0) & wc.LEADING:
            return False
        if run.turn == prompted + 1:
            return run.start - first < _FIRST_WORDS and _is_all_or_leads_street(run, token)
        alone = token is None and run.start - first < (_WORDS_BEFORE if run.digits > 1 else 1)
        return alone and run.turn - max(prompted, self._turn if prompted >= 0 else prompted) <= ADDRESS_TURNS


def _is_plain(run: CodeRun) -> bool:
    """Return whether a run is no amount, no time and no date."""
    marked = run.currency or run.clock or run.month or run.slash or run.point
    return not marked and run.letters <= 1 and not (run.letters and run.text[0] == ARTICLE)


def _is_all_or_leads_street(run: CodeRun, token: Token | None) -> bool:
    """Return whether the number is all that is said, a street follows it, or it is taken back."""
    if token is None or token.classes & wc.CORRECTION:
        return True
    if token.classes & wc.ORDINAL and not run.ordinal:
        return run.digits > 1  # "three eight one | second avenue"
    over = ends_there(token, run.filler_behind)
    if over or (begins_sentence(token) and token.key not in NEVER_BEHIND_HOUSE_NUMBERS):
        return run.digits > 1 and not is_unit(token.classes)  # "thirty one", "thirty one | i'm on my way"
    other = token.key in _NO_STREETS or is_unit(token.classes) or bool(token.classes & wc.MONTH)
    named = token.key in DIRECTIONALS or not other
    return named and (run.digits > 1 or run.led_by in COPULAS) and token.key.isalpha()
