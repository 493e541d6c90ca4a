"""Pieces of a number that nobody asked for: "three", "got it", "four", "yeah", "nine one".

One short number alone in a turn is none to hide; several in a row, with a word of the other speaker between, are read
out. The first of them waits until the next turn of its speaker has begun.
"""

from __future__ import annotations

from typing import Final

from ccredact.detectors.identifiers.beginnings import NUMBERS
from ccredact.detectors.identifiers.code_run import CodeRun
from ccredact.detectors.identifiers.standing import is_led, stands_alone
from ccredact.detectors.identifiers.uncued import is_amount, is_written_as_amount
from ccredact.dialogue.kinds import NONE
from ccredact.lang.en.cardinals import OH
from ccredact.text import word_class as wc
from ccredact.text.token import Token
from ccredact.transcript import Name

MOST_SIZE: Final = 6
"""Digits and letters of a piece."""
FIRST_WORDS: Final = 3
"""Words of its turn before it."""
LEAST_SINGLES: Final = 3
"""Digits said one by one that are a piece at the end of any sentence."""
MOST_BETWEEN: Final = 6
"""Other words between two pieces, before the next turn of their speaker."""
MOST_WORDS: Final = 40
"""Words for which a piece waits."""
MOST_BEFORE: Final = 3
"""Words with which the next turn of the speaker may begin before its piece."""
TURNS: Final = 2
"""Turns from one piece to the next."""


class UnaskedPieces:
    """The pieces of a number that one speaker is reading out; `waiting` are those that are not hidden yet."""

    def __init__(self) -> None:
        self.waiting: tuple[tuple[int, int], ...] = ()
        self.entity = 0  # of the number, once it is hidden
        self._turn = -TURNS - 1
        self._speaker: Name | None = None
        self._between = 0  # words of the other speaker since the last piece
        self._text = ""

    def fork(self) -> UnaskedPieces:
        """Return an independent copy."""
        other = UnaskedPieces()
        other.waiting, other.entity, other._turn = self.waiting, self.entity, self._turn
        other._speaker, other._between, other._text = self._speaker, self._between, self._text
        return other

    def open_from(self, start: int, end: int) -> int:
        """Find the first undecided word in `[start, end)`."""
        first = end
        for low, high in self.waiting:
            if low < first and high > start:
                first = max(low, start)
        return first

    def continues(self, run: CodeRun) -> bool:
        """Return whether a run stands where the next piece does."""
        return self._speaker is not None and run.speaker == self._speaker and 0 < run.turn - self._turn <= TURNS

    def repeats(self, run: CodeRun) -> bool:
        """Return whether the other speaker says the last piece again."""
        other = self._speaker is not None and run.speaker != self._speaker
        return other and run.turn - self._turn == 1 and run.text == self._text

    def take(self, run: CodeRun, *, hidden: int = 0) -> tuple[tuple[int, int], ...]:
        """Take a piece, of the entity `hidden` if it is hidden already; return what can be hidden now, with it."""
        ready: tuple[tuple[int, int], ...] = ()
        piece = (run.start, run.last + 1)
        if hidden or self.continues(run):
            ready = self.waiting if hidden else (*self.waiting, piece)
            if not self.continues(run):
                ready = ()
            self.waiting, self.entity = (), hidden or self.entity
        else:
            self.waiting, self.entity = (piece,), 0
        self._turn, self._speaker, self._between, self._text = run.turn, run.speaker, 0, run.text
        return ready

    def echo(self, run: CodeRun, *, hidden: int) -> tuple[tuple[int, int], ...]:
        """Take the read-back of the last piece; return it if it is to be hidden now: else it waits with the piece."""
        echo = (run.start, run.last + 1)
        self._between = 0
        if hidden:
            return ()
        if self.waiting:
            self.waiting = (*self.waiting, echo)
            return ()
        return (echo,)

    def pass_word(self, token: Token, position: int) -> None:
        """Take a word, the one at this position of its turn: too many other words, and what waits is no piece."""
        if token.turn - self._turn > TURNS or token.index - self.waiting[0][0] > MOST_WORDS:
            self.drop()
        elif token.classes & NUMBERS:
            return
        elif token.speaker != self._speaker or token.turn == self._turn:
            self._between += 1
            if self._between > MOST_BETWEEN:
                self.drop()
        elif position >= MOST_BEFORE:
            self.drop()

    def drop(self) -> None:
        """Let what waits go."""
        self.waiting, self.entity, self._speaker = (), 0, None


def is_piece(run: CodeRun, token: Token | None, *, named: bool) -> bool:
    """Return whether a run that answers nothing may be a piece; `token` is the word behind it, None when none is.

    `named`: a number was named before, or is being read out, so that its marks say little.
    """
    if run.speaker is None or run.answer_type == NONE or run.digits == 0 or run.size > MOST_SIZE or run.counted:
        return False
    if not stands_alone(run, token) or (token is not None and run.last_key in OH):
        return False
    if token is None:
        if not is_led(run) and run.singles < LEAST_SINGLES:
            return False
    elif run.position >= FIRST_WORDS or not is_led(run):
        return False
    if token is not None and token.classes & wc.MEASURE:
        return False
    if run.month or run.is_price or (is_written_as_amount(run) and not named):
        return False
    return run.magnitude or not is_amount(run, token, formatted=True)
