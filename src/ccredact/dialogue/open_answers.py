"""The answers that are waited for, and those that have been given.

A question waits for its answer in the turns after it, whoever gives it: who asks is not known on every call. A cue in
the same turn ("my account number is") announces what stands close behind it. Both live for turns and words
(`lifetimes`).
"""

from __future__ import annotations

from typing import Final

from ccredact.dialogue.asking import asks
from ccredact.dialogue.choice import BESIDE, GOES_ON, SITE, answer_with
from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.dialogue.hold_bounds import HoldBounds
from ccredact.dialogue.kinds import CARD, CONTACT, DATE, DATE_TIME, IDENTIFIER, OTHER, SPELLED
from ccredact.dialogue.known_answers import NOTHING_KNOWN
from ccredact.dialogue.lifetimes import MORE_TURNS, SPOKEN_IN_PARTS
from ccredact.text.token import Token
from ccredact.transcript import Name

KEPT_TEXT: Final = 24
"""Characters of an answer that are kept, to know it when it is said back."""
KEPT_QUESTIONS: Final = 6
"""Answers that stay open beside a new one."""


class OpenAnswers:
    """The answers that are waited for, or of which more is, the one that was asked for last at the end.

    `known` has those that were given, for the rest of the call; `turn` is this turn, `first_word` its first word.
    """

    __slots__ = (
        "awaits_card", "awaits_code", "awaits_contact", "awaits_digits", "awaits_words", "first_word", "hold", "known",
        "open", "turn",
    )  # fmt: skip

    def __init__(self, hold: HoldBounds) -> None:
        self.hold = hold
        self.known = NOTHING_KNOWN
        self.open: list[ExpectedAnswer] = []
        self.awaits_card = False  # data of a card
        self.awaits_words = False  # an answer may hold everyday words: then no word may be left out
        self.awaits_contact = False  # an address or a user name is waited for, or more of one
        self.awaits_digits = False  # digits, which may begin with a word that sounds like one: "to for ate"
        self.awaits_code = False  # a code, or a spelled name, that may begin with any short word: "is fly 843"
        self.turn = -1
        self.first_word = 0

    def fork(self) -> OpenAnswers:
        """Return an independent copy."""
        other = OpenAnswers(self.hold)
        other.open = [item.fork() for item in self.open]
        other.known = self.known
        other.awaits_card, other.awaits_contact = self.awaits_card, self.awaits_contact
        other.awaits_words, other.awaits_code = self.awaits_words, self.awaits_code
        other.awaits_digits = self.awaits_digits
        other.turn, other.first_word = self.turn, self.first_word
        return other

    # -- what is looked for ----------------------------------------------------------------------------------------

    @property
    def last(self) -> ExpectedAnswer | None:
        """Return what was asked for last, or None."""
        for item in reversed(self.open):
            if not item.cards_only:
                return item
        return None

    def answered_by(self, token: Token, before: tuple[str, ...]) -> ExpectedAnswer | None:
        """Return what a number or name beginning with this word answers, or None; `before` are the words before it."""
        return answer_with(self.open, token, before, self.first_word, self.hold)

    def find(self, key: tuple[str, int] | None) -> ExpectedAnswer | None:
        """Return the one of this kind and word, or None when it is no longer open."""
        if key is not None:
            kind, word = key
            for item in self.open:
                if item.word == word and item.kind == kind:
                    return item
        return None

    def latest_of(self, kind: str) -> ExpectedAnswer | None:
        """Return the latest one of a kind, or None."""
        for item in reversed(self.open):
            if item.kind == kind:
                return item
        return None

    def is_open(self, entity: int) -> bool:
        """Return whether more of an entity may come."""
        for item in self.open:  # noqa: SIM110 - asked for every entity that is out, and a generator costs more
            if item.entity == entity and not item.fulfilled:
                return True
        return False

    # -- turns -----------------------------------------------------------------------------------------------------

    def begin_turn(self, turn: int, first_word: int, time: float | None) -> None:
        """Take the beginning of a turn: what has been waited for too long is forgotten."""
        last = self.last if self.open else None
        for item in self.open:
            if item.turn == self.turn and not item.begun:
                item.asked = asks(item, first_word - item.word - 1)
                item.weak = item.weak and not (item.asked and item is last)
            item.goes_on = item.taken_back = False
        self.turn, self.first_word = turn, first_word
        if self.open:
            self.open = [item for item in self.open if self._is_kept(item, turn, first_word, time)]
            self._update()

    def _is_kept(self, item: ExpectedAnswer, turn: int, word: int, time: float | None) -> bool:
        """Return whether one stays open in a turn: a number of no kind only where it was asked for."""
        named = item.kind != IDENTIFIER or item.asked or item.begun
        return named and item.lives(turn, word, time, self.hold)

    def _update(self) -> None:
        """Look again what is awaited."""
        self.awaits_words = self.awaits_code = self.awaits_digits = self.awaits_contact = self.awaits_card = False
        for item in self.open:
            if item.of_card:
                self.awaits_card = self.awaits_card or not item.fulfilled
                if item.cards_only:
                    continue
            self.awaits_contact = self.awaits_contact or item.kind in CONTACT
            if item.is_counted and not ((item.weak and not item.asking) or item.is_complete):
                self.awaits_digits = self.awaits_digits or self.turn - item.latest_turn <= MORE_TURNS
            if item.answer_type == DATE or item.email_part or (item.holds_words and self._may_hold_words(item)):
                self.awaits_words = True
            elif self._may_begin_code(item):
                self.awaits_code = True

    def _may_begin_code(self, item: ExpectedAnswer) -> bool:
        """Return whether a code, or another piece of one in its turn, may begin with any short word."""
        if not item.begun:
            return (item.is_code or item.answer_type == SPELLED) and self.turn - item.turn <= 1
        return item.answer_turn == self.turn and item.is_code and not item.is_complete

    def _may_hold_words(self, item: ExpectedAnswer) -> bool:
        """Return whether everyday words may be of an answer that may hold some, in this turn."""
        if not item.begun or item.answer_turn == self.turn:
            return True
        return item.kind in SPOKEN_IN_PARTS and self.turn - item.answer_turn <= MORE_TURNS

    def go_on(self, token: Token) -> None:
        """Take the first word of a turn with which an answer in words may go on."""
        for item in self.open:
            if item.kind in SPOKEN_IN_PARTS and item.begun and item.reader == token.speaker:
                item.goes_on = True

    def take_back(self, token: Token) -> None:
        """Take a word with which one who has given an answer in words takes it back."""
        for item in self.open:
            if item.kind in SPOKEN_IN_PARTS and item.begun and item.reader == token.speaker:
                item.taken_back = True

    def give_up_code(self, word: int) -> None:
        """Await no code any longer when it has not begun `GOES_ON` words behind its phrase."""
        last = self.last
        if last is None or word - max(last.word, self.first_word) > GOES_ON:
            self.awaits_code = False

    # -- what is asked for -----------------------------------------------------------------------------------------

    def expect(self, item: ExpectedAnswer, *, weak: bool, compound: bool = False) -> None:
        """Wait for an answer from now on, and no longer for what it takes the place of.

        `weak`: its phrase is; `compound`: a noun stands before its last word: "telephone banking pin".
        """
        last = self.last
        here = compound and last is not None and last.turn == item.turn
        self._make_room(item, weak=weak, nearest=BESIDE if here else 1)
        self.open.insert(0 if item.kind == SITE else len(self.open), item)  # it takes no number from another one
        self._update()

    def _make_room(self, new: ExpectedAnswer, *, weak: bool, nearest: int) -> None:
        """Close what a new one takes the place of; a phrase `nearest` words before it, at most, is part of its own."""
        kept: list[ExpectedAnswer] = []
        for item in self.open:
            unnamed = item.kind == IDENTIFIER or (item.kind == DATE_TIME and new.answer_type == DATE)
            unnamed = unnamed and not item.begun and item.turn == new.turn  # "when were you born"
            if not (item.kind == new.kind or unnamed):
                kept.append(item)
        others = [item for item in kept if not item.of_card]
        self.open = [item for item in kept if item not in others[:-KEPT_QUESTIONS]]
        last = self.last
        named = last is not None and (last.weak or (new.word - last.word <= nearest and not last.of_card))
        if last is not None and named and not (last.begun or weak) and new.word - last.word <= BESIDE:
            self.open.remove(last)  # "your account password", "your telephone pin"

    def ask_for_last(self, turn: int) -> None:
        """Take note that what was named last in a turn is asked for: "there's a number at the top, what is it"."""
        last = self.last
        if last is not None and last.turn == turn and not last.begun:
            last.personal, last.mine = True, False

    def close_all(self) -> None:
        """Take all that was asked for as answered: a label of an earlier redaction stands there."""
        for item in self.open:
            item.cards_only = item.of_card and not item.fulfilled
        self.open = [item for item in self.open if item.cards_only or item.kind == OTHER]
        self._update()

    # -- data of cards ---------------------------------------------------------------------------------------------

    def of_card(self, kind: str) -> ExpectedAnswer | None:
        """Return the one of this kind of which more is expected, or None."""
        for item in self.open:
            if item.kind == kind and not item.fulfilled:
                return item
        return None

    def waiting(self, kind: str, turn: int, word: int, time: float | None) -> ExpectedAnswer | None:
        """Return the same, if it still lives at a word of the call."""
        item = self.of_card(kind) if self.awaits_card else None
        return item if item is not None and item.lives(turn, word, time, self.hold) else None

    def latest_of_card(self) -> ExpectedAnswer | None:
        """Return what was asked for last of a card and has not been given, or None."""
        for item in reversed(self.open):
            if item.of_card and not item.fulfilled:
                return item
        return None

    def expect_of_card(self, kind: str, word: int, turn: int, time: float | None) -> ExpectedAnswer:
        """Wait for data of a card from now on, and for nothing else that the phrase may mean."""
        item = ExpectedAnswer(kind, word, turn, None, time=time, cards_only=True)
        self.open.append(item)
        self.awaits_card = True
        return item

    def fulfil(self, kind: str) -> None:
        """Wait for no more of this kind."""
        item = self.of_card(kind)
        if item is None:
            return
        item.fulfilled = True
        if item.cards_only:
            self.open.remove(item)  # nobody else would know it again
        self._update()

    def prune(self, turn: int, word: int, time: float | None) -> None:
        """Forget the data of cards that is not waited for any longer."""
        for item in self.open:
            if item.of_card and not item.lives(turn, word, time, self.hold):
                break
        else:
            return
        self.open = [item for item in self.open if not item.of_card or item.lives(turn, word, time, self.hold)]
        self._update()

    # -- what is answered ------------------------------------------------------------------------------------------

    def know(self, kind: str, text: str) -> None:
        """Take an answer of this kind, to know it for the rest of the call."""
        self.known = self.known.with_answer(kind, text)

    def record_answer(
        self, item: ExpectedAnswer, text: str, word: int, turn: int, reader: Name | None, time: float | None = None
    ) -> None:
        """Take a part of an answer, which ends with `word`; what is read of a card its own detector counts."""
        if item.of_card:
            if item.kind == CARD or word > item.answer_word:
                self.know(CARD, text)
                self.know(CARD, item.answer)
            return
        if not item.begun or (item.reader != reader and item.is_described):
            item.reader, item.begun_turn = reader, turn
        item.time, item.weak = time, False
        if not item.begun or (item.reader == reader and not item.answer.endswith(text)):
            item.given += len(text)  # what is said once more is no more of it
            item.answer = (item.answer + text)[-KEPT_TEXT:]
        if item.is_counted:
            self.know(item.kind, text)
            if item.answer != text:
                self.know(item.kind, item.answer)
        item.answer_word, item.answer_turn = word, turn
        self._update()
