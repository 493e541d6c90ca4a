"""What was just announced or asked for, and what the talk is about: the state that tells one number from another."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ccredact.dialogue.card_prompts import (
    ASIDE,
    CARD,
    CODE,
    CVV,
    EXPIRY,
    INVITE,
    LAST4,
    MENTION,
    OTHER,
    PAYMENT,
    TRIGGERS,
)
from ccredact.numbers.composer import Group
from ccredact.policy import Hold
from ccredact.text.forking import filled
from ccredact.text.token import Token


@dataclass(slots=True)
class Expectation:
    """A number that was announced or asked for, and what has been said of it so far.

    It lives for turns, words and seconds counted from its last digits (or from the phrase), never for utterances.
    `asked` and `asked_in` are word and turn of the phrase; `reader` is who gave the first digits, once `read`;
    `since` are turn and word of the entity's first digits.
    """

    kind: str
    turn: int
    word: int
    time: float | None
    asked: int = 0
    asked_in: int = 0
    asker: str | None = None
    read: bool = False
    reader: str | None = None
    entity: int = 0
    since: tuple[int, int] = (0, 0)
    digits: int = 0
    groups: list[Group] = field(default_factory=list, repr=False)

    def is_current(self, turn: int) -> bool:
        """Whether it was asked for just before, or is being read out."""
        return self.asked_in >= turn - 1 or (self.digits > 0 and self.turn >= turn - 2)

    def answered_by(self, speaker: str | None, turn: int, *, led: bool) -> bool:
        """Whether a number of this speaker is an answer to it, and not the asker's own talk."""
        if self.read:
            return speaker == self.reader
        return speaker != self.asker or turn == self.asked_in or led

    def fork(self) -> Expectation:
        """An independent copy."""
        return replace(self, groups=list(self.groups))


SUBJECT_WORDS = 1500
"""For how many words a call is about cards after they were named."""
PAYMENT_WORDS = 150
"""For how many words a call is about money after a payment was named."""
_ACCOUNTS = frozenset({"account", "ssn", "social", "bank"})
"""Where these are talked of, payments are not far."""
INVITED_WORDS = 100
"""For how many words after cards were named "go ahead" asks for one."""
NEAR = 4
"""Words that may stand between a phrase and the digits it announces."""
ENOUGH = 15
"""Digits after which an announced card is probably complete: from then on it is waited for `SOON` turns."""
SOON = 4


class Dialogue:
    """What is expected now, and what the talk is about."""

    __slots__ = ("_cue_at", "_cue_kind", "_cue_turn", "_maybe", "_payment", "_subject", "expected", "hold")

    def __init__(self, hold: Hold) -> None:
        self.hold = hold
        self.expected: dict[str, Expectation] = {}
        self._cue_kind, self._cue_at, self._cue_turn = "", -99, -1
        self._maybe = ("", -99, -1)  # (kind, word, turn) of a phrase that is about cards only if they are named
        self._subject = self._payment = -SUBJECT_WORDS - 1

    def fork(self) -> Dialogue:
        """An independent copy."""
        other = filled(Dialogue(self.hold), self)
        other.expected = {kind: item.fork() for kind, item in self.expected.items()}
        return other

    def about_cards(self, word: int) -> bool:
        """Whether cards were named not long ago."""
        return word - self._subject <= SUBJECT_WORDS

    def about_money(self, word: int) -> bool:
        """Whether a payment was talked of just now."""
        return word - self._payment <= PAYMENT_WORDS

    def question(self, turn: int) -> str | None:
        """The last phrase of the turn before, if it asks for something."""
        return self._cue_kind if self._cue_turn == turn - 1 and self._cue_kind != ASIDE else None

    def prune(self, turn: int, word: int, time: float | None) -> None:
        """Forget what is not waited for any longer."""
        for kind in [kind for kind in self.expected if self.waiting(kind, turn, word, time) is None]:
            del self.expected[kind]

    def cue_used(self) -> None:
        """A number has followed the last phrase: it does not announce the next one beside it."""
        self._cue_turn = -1

    def card_seen(self, word: int) -> None:
        """A card was read out: the talk is about cards."""
        self._subject = max(self._subject, word)

    def near(self, turn: int, word: int) -> str | None:
        """The phrase right before a word of this turn."""
        if self._cue_turn != turn or word - self._cue_at > NEAR + 1:
            return None
        return OTHER if self._cue_kind == ASIDE else self._cue_kind

    def ends_at(self, word: int) -> bool:
        """Whether the last phrase, not yet used, ends with this word."""
        return self._cue_at == word and self._cue_turn >= 0

    def touches(self, word: int) -> bool:
        """Whether the last phrase ends right before the word."""
        return word - self._cue_at == 1

    def announce(self, kind: str, token: Token) -> None:
        """Take a phrase that ended with `token`."""
        word = token.index
        if kind == PAYMENT:
            self._payment = word
            return
        if kind in {CARD, MENTION}:
            self._subject = word
        if not self._belongs(kind, token):
            self._maybe = (kind, word, token.turn)
            if kind == LAST4:
                self._payment = word  # whose last four are asked for is known here by an account or a card
            return
        if self._says_less(kind, token):
            return
        kind = self._meant(kind, token)
        self._cue_kind, self._cue_at, self._cue_turn = kind, word, token.turn
        if kind in {OTHER, ASIDE}:
            self._other(kind, token)
        elif kind in TRIGGERS:
            item = self.waiting(kind, token.turn, word, token.time)
            if item is None:
                self.expect(kind, token.turn, word, token.time).asker = token.speaker
            else:
                item.turn, item.word, item.time = token.turn, word, token.time
                item.asked, item.asked_in, item.asker = word, token.turn, token.speaker

    def _belongs(self, kind: str, token: Token) -> bool:
        """Whether the phrase is about cards here: things expire, end in and have codes that are none."""
        about = self.about_cards(token.index)
        if kind == EXPIRY:
            return about
        if kind == LAST4:
            return about or self.about_money(token.index)
        return about if kind == CODE else True

    def _says_less(self, kind: str, token: Token) -> bool:
        """Whether a phrase before it in the turn says more: "the security code of the card", "card ... go ahead"."""
        near = self.near(token.turn, token.index)
        if kind == MENTION:
            return near in TRIGGERS
        if kind == CARD:
            return near == LAST4  # "the last four digits of my card"
        if kind == INVITE:
            return self._cue_turn == token.turn or token.index - self._subject > INVITED_WORDS
        return False

    def _meant(self, kind: str, token: Token) -> str:
        before, word, turn = self._maybe
        if (
            turn == token.turn
            and token.index - word <= NEAR + 2
            and (kind == MENTION or (kind, before) == (CARD, LAST4))
        ):
            kind = before  # "the expiry date on my card"
        if kind == CODE:
            return CVV
        if kind == ASIDE and token.key == "date" and self.waiting(EXPIRY, token.turn, token.index, token.time):
            return EXPIRY  # "the date is" after the question for it
        if kind == MENTION and self._cue_kind == INVITE and self._cue_turn == token.turn:
            return CARD  # "go ahead with your debit or credit card"
        return kind

    def _other(self, kind: str, token: Token) -> None:
        """Another kind of number is talked of: what has been answered is not waited for any longer."""
        if token.key in _ACCOUNTS:
            self._payment = token.index
        last4 = self.expected.get(LAST4)
        if last4 is not None and last4.turn == token.turn and token.index - last4.word <= NEAR + 2:
            del self.expected[LAST4]  # "the last four of your social"
        card = self.expected.get(CARD)
        if kind == OTHER and card is not None and card.digits >= ENOUGH:
            del self.expected[CARD]

    def waiting(self, kind: str, turn: int, word: int, time: float | None = None) -> Expectation | None:
        """The expectation of this kind, if it still lives."""
        item = self.expected.get(kind)
        if item is None:
            return None
        turns = SOON if item.digits >= ENOUGH else self.hold.turns
        late = item.time is not None and time is not None and time - item.time > self.hold.seconds
        if turn - item.turn > turns or word - item.word > self.hold.words or late:
            return None  # it stays in the table: asking must not change the state
        return item

    def expect(self, kind: str, turn: int, word: int, time: float | None) -> Expectation:
        """Wait for more of a number that nobody asked for in so many words."""
        item = self.expected[kind] = Expectation(kind, turn, word, time, asked=word, asked_in=turn)
        return item

    def answered(self, kind: str) -> None:
        """Nothing of this kind is waited for any more."""
        self.expected.pop(kind, None)
