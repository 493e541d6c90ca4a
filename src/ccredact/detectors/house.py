"""The number of a house that was told by itself ("forty two", "mm-hmm", "maple street"), and said back."""

from __future__ import annotations

from ccredact.detectors.base import Token
from ccredact.detectors.code_run import CodeRun
from ccredact.normalize import english as en
from ccredact.normalize.streets import COUNTED, NO_NAMES, SIDES
from ccredact.questions import BESIDE, Questions

SCORE = 0.65
"""Less than the tagger's: what it has found of an address is the whole of it."""
_DIGITS, _SOON = 5, 6
"""Digits of the number of a house at most; words of an answer in which it begins."""
_NO_STREETS = en.FUNCTION | COUNTED | NO_NAMES


class House:
    """The one that was told last."""

    __slots__ = ("_said", "_turn")

    def __init__(self, said: str = "", turn: int = -9) -> None:
        self._said, self._turn = said, turn

    def fork(self) -> House:
        """An independent copy."""
        return House(self._said, self._turn)

    def knows(self, run: CodeRun, token: Token | None, questions: Questions) -> bool:
        """Whether a run that nothing else is said of is such a number; `token` is the word behind it."""
        back = run.turn - self._turn == 1 and run.text == self._said
        if not back and not _is_house(run, token, questions.address, questions.first_word):
            return False
        self._said, self._turn = run.text, run.turn
        return True


def _is_house(run: CodeRun, token: Token | None, asked: tuple[int, int], first: int) -> bool:
    """Whether a small number is that of a house: all that was said so far of an address that was asked for.

    `token` is the word behind it, `asked` turn and word of the question, `first` the first word of the turn.
    """
    begins = run.start - first < _SOON if asked[0] == run.turn - 1 else 0 < run.start - asked[1] <= BESIDE
    if not begins or asked[0] not in {run.turn, run.turn - 1} or not 0 < run.digits <= _DIGITS or run.letters > 1:
        return False
    if run.amount or run.clock or run.month or run.slash or run.point or (run.letters and run.text[0] == "a"):
        return False
    if token is None:
        return True
    named = token.key in SIDES or not (token.key in _NO_STREETS or token.classes & (en.MEASURE | en.MONTH))
    return named and run.digits > 1 and token.key.isalpha()
