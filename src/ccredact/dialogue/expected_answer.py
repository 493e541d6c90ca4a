"""One answer that was asked for or announced, and what has been said of it so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from ccredact.dialogue.hold_bounds import HoldBounds
from ccredact.dialogue.kinds import ANSWER_TYPES, CODE, EMAIL, TEXT
from ccredact.dialogue.lifetimes import ANSWER_TURNS, LIFETIMES, MORE_TURNS, OPEN_TURNS
from ccredact.transcript import Name

_WORD_TYPES: Final = frozenset({TEXT, EMAIL})
_WITH_WORDS: Final = frozenset({"POSTCODE", "USER_ID", "IP_ADDRESS"})


@dataclass(slots=True)
class ExpectedAnswer:
    """Something that was asked for or announced.

    `word`, `turn` and `speaker` are those of the phrase; `answer_word` and `answer_turn` those of the latest part of
    the answer (-1 while there is none); `answer` is its last digits and letters, `reader` who gave it.
    """

    kind: str
    weak: bool
    word: int
    turn: int
    speaker: Name | None
    answer: str = field(default="", repr=False)
    answer_word: int = -1
    answer_turn: int = -1
    begun_turn: int = -1
    """That of the first part of the answer."""
    reader: Name | None = None
    entity: int = 0
    email_part: int = 0
    """0, or one more than the part of an address (`detectors.identifiers.spoken_email`) that is said next."""
    in_parts: bool = False
    """Single letters and digits are an answer."""
    asked: bool = False
    """It was asked for, and not just named: a digit is an answer."""
    personal: bool = False
    """It is said whose it is: "your pin"."""
    asking: bool = False
    """Words before it ask for something."""
    stated: bool = False
    """It is only named: "i'll send a confirmation email"."""
    mine: bool = False
    """It is the speaker's own: "my pin"."""
    wanted: int = 0
    """Digits and letters of a whole answer, 0 where nobody knows."""
    given: int = 0
    """Digits and letters that its reader has given."""
    time: float | None = None
    goes_on: bool = False
    """Of an answer in words: this turn says that it goes on, "and then nutmeg"."""
    answer_type: int = field(init=False)
    holds_words: bool = field(init=False)
    """The answer may hold everyday words."""
    is_code: bool = field(init=False)
    """The answer is a code, of which the first letters may have become a short word."""

    def __post_init__(self) -> None:
        self.answer_type = ANSWER_TYPES[self.kind]
        self.holds_words = self.answer_type in _WORD_TYPES or self.kind in _WITH_WORDS
        self.is_code = self.answer_type == CODE and not self.holds_words and not self.weak

    @property
    def latest_turn(self) -> int:
        """Return the turn in which it was last talked of."""
        return max(self.turn, self.answer_turn)

    @property
    def latest_word(self) -> int:
        """Return the word at which it was last talked of."""
        return max(self.word, self.answer_word)

    @property
    def begun(self) -> bool:
        """Return whether a part of the answer has come."""
        return self.answer_turn >= 0

    @property
    def is_complete(self) -> bool:
        """Return whether all of the answer has come, as far as its length tells."""
        return 0 < self.wanted <= self.given

    def is_fresh(self, turn: int) -> bool:
        """Return whether it was asked, or answered in part, so shortly before that a sentence may hold its answer."""
        if self.begun:
            return turn - self.answer_turn <= MORE_TURNS
        return turn - self.turn <= ANSWER_TURNS

    def lives(self, turn: int, word: int, time: float | None, hold: HoldBounds) -> bool:
        """Return whether an answer, or more of it, may still come at a word of the call."""
        if self.is_fresh(turn):
            return True
        lifetime = LIFETIMES[self.kind]
        if self.weak or not lifetime.held or self.is_complete or not (self.begun or self.asked):
            return False
        turns = turn - self.latest_turn
        if self.begun and not self.wanted and self.given >= lifetime.enough:
            return turns <= OPEN_TURNS
        return not hold.exceeded(turns, word - self.latest_word, self.time, time)
