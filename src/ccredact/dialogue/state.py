"""What a call has asked for and announced: one state, which the scanner owns and every detector may read.

The order within a word: the detectors are fed the word and see the dialogue as it stood before; then the dialogue takes
the phrase that ended with the word, if one did; then the detectors that follow it may act on that. At a change of turns
the detectors end what does not outlive the turn, then the dialogue begins the next one.
"""

from __future__ import annotations

from typing import Final

from ccredact.dialogue.asking import OWNER, answer_to
from ccredact.dialogue.choice import is_being_read
from ccredact.dialogue.composition import Composition
from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.dialogue.hold_bounds import HoldBounds
from ccredact.dialogue.kinds import (
    ADDRESS,
    ANOTHER,
    ASIDE,
    ASKS,
    CARD,
    CARD_DATA,
    DISCLOSURES,
    IDENTIFIER,
    LAST4,
    NAME,
    OTHER,
    SLOTS,
    STREET,
    TOWN,
    as_question,
    asks_for_card,
)
from ccredact.dialogue.lifetimes import ENOUGH
from ccredact.dialogue.open_answers import OpenAnswers
from ccredact.dialogue.places import NO_PLACES, Slot
from ccredact.dialogue.subject import NEAR, NEAR_NAME, Subject
from ccredact.lang.en.name_slots import ASKING_NAMES
from ccredact.lang.en.prompts import ASKING, CODE_WORD, MINE, YOURS
from ccredact.lang.en.words import FUNCTION
from ccredact.text.phrase_table import Prompt
from ccredact.text.token import Token

_NOWHERE: Final = -2
_SPELLED: Final = Prompt("PERSON")
"""What is asked for with a name: its letters."""


class Dialogue:
    """What is waited for (`answers`), what the talk is about (`subject`) and where an address is told (`places`).

    `disclosure` is the latest question for what is told in words: health, family or a purchase.
    `counting_word` is the last word behind which a small number is none to hide: "room 4127".
    """

    __slots__ = ("_composition", "_put_off", "answers", "counting_word", "disclosure", "places", "subject")

    def __init__(self, hold: HoldBounds) -> None:
        self.answers = OpenAnswers(hold)
        self.places = NO_PLACES
        self.subject = Subject()
        self.disclosure: Slot | None = None
        self.counting_word = _NOWHERE
        self._composition = Composition()
        self._put_off = _NOWHERE  # the last word whose phrase asks for nothing yet

    def fork(self) -> Dialogue:
        """Return an independent copy."""
        other = Dialogue(self.answers.hold)
        other.answers, other.places, other.subject = self.answers.fork(), self.places, self.subject.fork()
        other.counting_word, other._put_off = self.counting_word, self._put_off
        other.disclosure, other._composition = self.disclosure, self._composition.fork()
        return other

    def open_kinds(self) -> tuple[str, ...]:
        """Return the kinds of answers that are waited for (`ccredact.dialogue.kinds`), the latest last."""
        return tuple(item.kind for item in self.answers.open if not item.fulfilled)

    @property
    def address_turn(self) -> int:
        """Return the turn in which an address was asked for; a negative number when something else was since."""
        return self.places.asked_turn(self.answers.open)

    def tells_address(self, turn: int) -> bool:
        """Return whether an address is told: it was asked for, or a part of it said, shortly before."""
        return self.places.tells_address(turn, self.answers.open)

    def begin_turn(self, turn: int, first_word: int, time: float | None) -> bool:
        """Take the beginning of a turn: what has been waited for too long is forgotten.

        Return whether digits may be answered in it: detectors that follow want to see its first words then.
        """
        self.answers.begin_turn(turn, first_word, time)
        return self.answers.awaits_digits

    def take(self, token: Token, before: tuple[str, ...]) -> None:
        """Take the phrase that ended with a word; `before` are the words before it."""
        if token.prompt is None:
            return
        kind = self.subject.take(token.prompt, token, self.answers)
        if kind in CARD_DATA:
            self._ask_for_card(kind, token.prompt, token, before)
        elif kind in {ANOTHER, ASIDE}:
            self._end_card(kind, token)
        if token.index != self._put_off:
            self.take_again(token, before)

    def put_off(self, word: int) -> None:
        """Let the phrase that ends with a word ask for nothing yet: the word is part of an address, as it seems."""
        self._put_off = word

    def take_again(self, token: Token, before: tuple[str, ...]) -> None:
        """Take a phrase that was put off: its words are read again, and are no address."""
        question = None if token.prompt is None else as_question(token.prompt)
        if question is not None:
            self.ask(question, token, before)

    def ask(self, prompt: Prompt, token: Token, before: tuple[str, ...] = ()) -> None:
        """Wait for what is asked for, or announced, with a word; `before` are the words before it."""
        kind = prompt.kind
        if kind in DISCLOSURES:
            self.disclosure = Slot(kind, token.turn, token.index, not ASKING.isdisjoint(before))
            return
        if kind in SLOTS and MINE not in before[-OWNER:]:
            asking = not ASKING_NAMES.isdisjoint(before)
            self.places = self.places.with_slot(Slot(kind, token.turn, token.index, asking))
        if kind == TOWN or (kind == NAME and prompt.weak):
            return
        if kind in {ADDRESS, STREET}:
            self._ask_address(token)
        elif kind == ASKS:
            self.answers.ask_for_last(token.turn)
        elif kind == OTHER and prompt.weak:
            self.counting_word = token.index
        else:
            found: Prompt | None = _SPELLED if kind == NAME else prompt
            if kind == IDENTIFIER and token.key == CODE_WORD and not YOURS.isdisjoint(before[-OWNER:]):
                found = Prompt("OTP")  # "your Harborline code is"
            elif kind == IDENTIFIER or prompt.topic or prompt.weak:
                found = self._composition.compose(prompt, token, before, self.answers.last)
            if found is not None and not self._is_moot(found.kind, token, before):
                compound = bool(before) and before[-1] not in FUNCTION
                item = answer_to(found.kind, token, before, weak=found.weak)
                self.answers.expect(item, weak=found.weak, compound=compound)

    def _ask_for_card(self, kind: str, prompt: Prompt, token: Token, before: tuple[str, ...]) -> None:
        """Wait for data of a card that was asked for or announced with a word, or go on waiting for it."""
        turn, word, time = token.turn, token.index, token.time
        item = self.answers.waiting(kind, turn, word, time)
        if asks_for_card(prompt):
            new = answer_to(kind, token, before, weak=False)
            if item is not None:
                new.go_on_from(item)
            self.answers.expect(new, weak=False)
        else:
            item = item or self.answers.expect_of_card(kind, word, turn, time)
            item.ask_again(word, turn, token.speaker, time)

    def _end_card(self, kind: str, token: Token) -> None:
        """Take a phrase for a number of another kind: what has been answered is not waited for any longer."""
        answers = self.answers
        last4, card = answers.of_card(LAST4), answers.of_card(CARD)
        if (
            last4 is not None
            and last4.latest_turn == token.turn
            and token.index - last4.latest_word <= NEAR + NEAR_NAME
        ):
            answers.fulfil(LAST4)  # "the last four of your social"
        if kind == ANOTHER and card is not None and card.given >= ENOUGH:
            answers.fulfil(CARD)

    def _ask_address(self, token: Token) -> None:
        """Take note that an address was asked for, or announced."""
        last = self.answers.latest_of("EMAIL_ADDRESS") or self.answers.latest_of("IP_ADDRESS")
        if last is None or last.begun or last.turn != token.turn:  # "do you use email what's the address"
            self.places = self.places.with_address(token.turn, token.index)

    def _is_moot(self, kind: str, token: Token, before: tuple[str, ...]) -> bool:
        """Return whether a phrase of this kind asks for nothing here."""
        answers = self.answers
        if kind == "BIRTH_PART":
            return answers.latest_of("DATE_OF_BIRTH") is None  # "and the year?" - of the car
        if kind == "DATE_OF_BIRTH" and _explains_pin(token, answers.last):
            return True  # "it's my cat's birthday so 1402"
        return MINE in before and any(item.kind == kind and is_being_read(item, token) for item in answers.open)

    def close_all(self) -> None:
        """Take all that was asked for as answered: a label of an earlier redaction stands there."""
        self.answers.close_all()
        self.places, self.disclosure = self.places.answered(), None


def _explains_pin(token: Token, last: ExpectedAnswer | None) -> bool:
    """Return whether the word stands in the answer to the question for a PIN."""
    if last is None or last.kind != "PIN" or last.begun:
        return False
    return last.turn == token.turn - 1 and token.speaker != last.speaker
