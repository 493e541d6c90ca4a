"""One answer that was asked for or announced, and what has been said of it so far."""

from __future__ import annotations

from typing import Final

from ccredact.dialogue.hold_bounds import HoldBounds
from ccredact.dialogue.kinds import ANSWER_TYPES, CARD_DATA, CODE, COUNTED, EMAIL, READ_OUT, TEXT
from ccredact.dialogue.lifetimes import ANSWER_TURNS, LIFETIMES, MORE_TURNS, OPEN_TURNS, PAUSE_WORDS
from ccredact.numbers.composer import Group
from ccredact.text.forking import filled
from ccredact.transcript import Name

DESCRIBED: Final = 3
"""Digits and letters of an answer from which on one who asks for it has told it."""
_WORD_TYPES: Final = frozenset({TEXT, EMAIL})
_WITH_WORDS: Final = frozenset({"POSTCODE", "USER_ID", "IP_ADDRESS"})


class ExpectedAnswer:
    """Something that was asked for or announced.

    `word`, `turn` and `speaker` are those of the phrase; `answer_word` and `answer_turn` those of the latest part of
    the answer (-1 while there is none); `answer` is its last digits and letters, of data of a card `groups` too, which
    have all their readings; `reader` is who gave the first of it. `entity_start` is (turn, word) of the first part of
    the entity. What is asked for again keeps what has been read of it.

    It is no dataclass: one is made for most phrases, and what a dataclass writes is never compiled.
    """

    __slots__ = (
        "answer", "answer_turn", "answer_type", "answer_word", "asked", "asking", "begun_turn", "cards_only",
        "email_part", "entity", "entity_start", "fulfilled", "given", "goes_on", "groups", "holds_words", "in_parts",
        "is_counted", "is_read_out", "kind", "lifetime", "mine", "of_card", "personal", "reader", "speaker",
        "stated", "taken_back", "time", "turn", "wanted", "weak", "word",
    )  # fmt: skip

    def __init__(
        self,
        kind: str,
        word: int,
        turn: int,
        speaker: Name | None,
        *,
        weak: bool = False,
        time: float | None = None,
        cards_only: bool = False,
    ) -> None:
        self.kind, self.word, self.turn, self.speaker = kind, word, turn, speaker
        self.weak = weak  # a phrase that says little names it: it needs a longer answer right behind
        self.time = time
        self.cards_only = cards_only  # it is a card's, if at all: a number of another form is none
        self.answer = ""
        self.answer_word = self.answer_turn = -1
        self.begun_turn = -1  # that of the first part of the answer
        self.reader: Name | None = None
        self.entity, self.entity_start = 0, (0, 0)
        self.groups: tuple[Group, ...] = ()
        self.email_part = 0  # 0, or one more than the part of an address (`spoken_email`) that is said next
        self.in_parts = False  # single letters and digits are an answer
        self.asked = False  # it was asked for, and not just named: a digit is an answer
        self.personal = False  # it is said whose it is: "your pin"
        self.asking = False  # words before it ask for something
        self.stated = False  # it is only named: "i'll send a confirmation email"
        self.mine = False  # it is the speaker's own: "my pin"
        self.wanted = 0  # digits and letters of a whole answer, 0 where nobody knows
        self.given = 0  # digits and letters that its reader has given
        self.fulfilled = False  # all of it has been read, as its check digit or its form tells
        self.goes_on = False  # of an answer in words: this turn says that it goes on, "and then nutmeg"
        self.taken_back = False  # of an answer in words: this turn takes it back, "no wait, now it's october"
        self.answer_type = answer_type = ANSWER_TYPES[kind]
        self.is_counted, self.is_read_out = answer_type in COUNTED, answer_type in READ_OUT
        self.of_card = kind in CARD_DATA
        self.lifetime = LIFETIMES[kind]
        self.holds_words = answer_type in _WORD_TYPES or kind in _WITH_WORDS  # it may hold everyday words

    def fork(self) -> ExpectedAnswer:
        """Return an independent copy."""
        return filled(ExpectedAnswer(self.kind, self.word, self.turn, self.speaker), self)

    @property
    def is_code(self) -> bool:
        """Return whether it is a code, of which the first letters may have become a short word."""
        return self.answer_type == CODE and not self.holds_words and not self.weak

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
        """Return whether a part of the answer has come since it was asked for."""
        return self.answer_word >= self.word

    @property
    def has_reader(self) -> bool:
        """Return whether a part of the answer has come, before it was asked for once more or since."""
        return self.answer_turn >= 0

    @property
    def is_described(self) -> bool:
        """Return whether all that was said of it is how the one who asks for it describes it: "it starts with nine"."""
        told = self.begun and self.answer_turn == self.turn and self.reader == self.speaker
        return told and (self.personal or self.asking) and self.wanted > 0 and self.given < DESCRIBED

    @property
    def is_complete(self) -> bool:
        """Return whether all of the answer has come, as far as its length tells."""
        return 0 < self.wanted <= self.given

    @property
    def is_expected(self) -> bool:
        """Return whether it was asked for, or is being told."""
        return self.asked or self.begun

    def is_read_on(self, turn: int) -> bool:
        """Return whether more of the answer is to come in a turn: it is short of its length, or comes in pieces."""
        if self.is_complete:
            return False
        if self.wanted or self.given < self.lifetime.enough:
            return turn - self.answer_turn <= OPEN_TURNS
        return self.begun_turn < self.answer_turn and turn - self.answer_turn <= MORE_TURNS

    def is_current(self, turn: int) -> bool:
        """Return whether it was asked for just before a turn, or is being read out."""
        return self.turn >= turn - 1 or (self.given > 0 and self.latest_turn >= turn - MORE_TURNS)

    def may_be_answered_by(self, speaker: Name | None, turn: int, *, led: bool) -> bool:
        """Return whether a number of this speaker may be the answer, and not the talk of the one who asks for it.

        `led`: the number does not stand inside a sentence.
        """
        if self.has_reader:
            return speaker == self.reader
        return speaker != self.speaker or turn == self.turn or led

    def ask_again(self, word: int, turn: int, speaker: Name | None, time: float | None) -> None:
        """Take another phrase for it."""
        self.word, self.turn, self.speaker, self.time = word, turn, speaker, time

    def go_on_from(self, earlier: ExpectedAnswer) -> None:
        """Take what has been read of it before it was asked for once more."""
        self.answer, self.groups, self.given = earlier.answer, earlier.groups, earlier.given
        self.answer_word, self.answer_turn = earlier.answer_word, earlier.answer_turn
        self.begun_turn = earlier.begun_turn
        self.reader, self.entity, self.entity_start = earlier.reader, earlier.entity, earlier.entity_start

    def be_read(self, reader: Name | None, word: int, turn: int, time: float | None) -> None:
        """Take note of a part of it, by which another speaker than its first reader may only say it again."""
        if not self.has_reader:
            self.reader, self.begun_turn = reader, turn
        self.answer_word, self.answer_turn, self.time = word, turn, time

    def is_fresh(self, turn: int) -> bool:
        """Return whether it was asked, or answered in part, so shortly before that a sentence may hold its answer."""
        if self.begun:
            return turn - self.answer_turn <= MORE_TURNS
        return turn - self.turn <= ANSWER_TURNS

    def lives(self, turn: int, word: int, time: float | None, hold: HoldBounds) -> bool:
        """Return whether an answer, or more of it, may still come at a word of the call."""
        lifetime = self.lifetime
        turns = turn - self.latest_turn
        if self.is_complete or self.fulfilled:
            return turns <= (OPEN_TURNS if self.fulfilled else MORE_TURNS)
        if not lifetime.bounded:
            if self.is_fresh(turn) or (self.asked and not self.begun and word - self.word <= PAUSE_WORDS):
                return True
            if self.begun and lifetime.in_words:
                return turn - self.answer_turn <= OPEN_TURNS
            if self.weak or not lifetime.held or not (self.begun or self.asked):
                return False
        if not self.wanted and self.given >= lifetime.enough:
            if turns > OPEN_TURNS:
                return False
            turns = 0
        return not hold.exceeded(turns, word - self.latest_word, self.time, time)
