"""The number of a house that was told by itself ("forty two", "mm-hmm", "maple street"), and said back.

And pieces of a British postcode in the answer to the same question: "in london n w eight", "seven s h".
"""

from __future__ import annotations

import re

from ccredact.detectors.identifiers.code_run import CodeRun
from ccredact.dialogue.open_questions import BESIDE, OpenQuestions
from ccredact.lang.en import words as en
from ccredact.lang.en.addresses import COUNTED, NO_NAMES, SIDES
from ccredact.text import word_class as wc
from ccredact.text.token import Token

SCORE = 0.65
"""Less than the tagger's: what it has found of an address is the whole of it."""
_DIGITS, _SOON, _ALONE = 5, 6, 4
"""Digits of the number of a house at most; words of an answer in which it begins; words before it in a turn that holds
nothing else."""
NO_ZIP, NO_CODE = 4, 3
"""Digits of a number that is no ZIP code, and of one that is no identifier by itself."""
_TURNS = 6
"""Turns after the question, or after a part of the answer, in which a number by itself is it."""
_KEPT = 4
_PIECE = re.compile(r"[a-z]{1,2}\d[a-z\d]?|\d[abd-hjlnp-uw-z]{2}")
"""The outward code, or the inward one, which has no C, I, K, M, O or V (Royal Mail, Programmers' Guide to PAF)."""
_PLACED = frozenset({"at", "on", "address", "house", "door"})
"""Before the number, like what leads into any."""
_NO_STREETS = en.FUNCTION | COUNTED | NO_NAMES
_LEADS = wc.LEAD | wc.FILLER | wc.HESITATION | wc.CORRECTION


class House:
    """Those that were told in a call."""

    __slots__ = ("_said", "_turn")

    def __init__(self, said: tuple[str, ...] = (), turn: int = -9) -> None:
        self._said, self._turn = said, turn

    def fork(self) -> House:
        """An independent copy."""
        return House(self._said, self._turn)

    def told(self, run: CodeRun) -> None:
        """A run is one."""
        self._said, self._turn = (*self._said, run.text)[-_KEPT:], run.turn

    def knows(self, run: CodeRun, token: Token | None, questions: OpenQuestions, *, most: int = _DIGITS) -> bool:
        """Whether a run of `most` digits at most is such a number; `token` is the word behind it."""
        if not 0 < run.digits <= most or not _is_plain(run):
            return False
        asked, word = self._asked(questions), questions.address[1]
        if not (self._is_back(run, token) or self._is_asked(run, token, asked, word, questions.first_word)):
            return False
        self.told(run)
        return True

    def is_piece(self, run: CodeRun, token: Token | None, questions: OpenQuestions) -> bool:
        """Whether a run with which a turn ends is half of a postcode, where an address is told."""
        if token is not None or run.amount or not _PIECE.fullmatch(run.text):
            return False
        asked = self._asked(questions)
        return asked >= 0 and run.turn - max(asked, self._turn) <= _TURNS

    @staticmethod
    def _asked(questions: OpenQuestions) -> int:
        """The turn in which an address was asked for; a negative number when something else was asked for since."""
        asked, word = questions.address
        return -_TURNS - 1 if any(question.word > word for question in questions.open) else asked

    def _is_back(self, run: CodeRun, token: Token | None) -> bool:
        """Whether it was told before."""
        since = run.turn - self._turn
        if run.text not in self._said or since > (_TURNS if run.digits > 1 else 1):
            return False
        return token is None or (run.digits > 1 and not token.classes & (wc.MEASURE | wc.MONTH))

    def _is_asked(self, run: CodeRun, token: Token | None, asked: int, word: int, first: int) -> bool:
        """Whether an address was asked for in the turn `asked`, with this word, and that is all of it."""
        if run.turn == asked:
            return 0 < run.start - word <= BESIDE and _ends(run, token)
        led = not run.led_by or run.led_by in _PLACED or bool(en.CLASSES.get(run.led_by, 0) & _LEADS)
        if not led:
            return False
        if run.turn == asked + 1:
            return run.start - first < _SOON and _ends(run, token)
        alone = token is None and run.start - first < (_ALONE if run.digits > 1 else 1)
        return alone and run.turn - max(asked, self._turn if asked >= 0 else asked) <= _TURNS


def _is_plain(run: CodeRun) -> bool:
    """Whether it is no amount, no time and no date."""
    marked = run.amount or run.clock or run.month or run.slash or run.point
    return not marked and run.letters <= 1 and not (run.letters and run.text[0] == "a")


def _ends(run: CodeRun, token: Token | None) -> bool:
    """Whether the number is all that is said, a street follows it, or it is taken back."""
    if token is None or token.classes & wc.CORRECTION:
        return True
    named = token.key in SIDES or not (token.key in _NO_STREETS or token.classes & (wc.MEASURE | wc.MONTH))
    return named and run.digits > 1 and token.key.isalpha()
