"""What a call has asked for and announced: one state, which the scanner owns and every detector may read.

The order within a word: the detectors are fed the word and see the dialogue as it stood before; then the dialogue takes
the phrase that ended with the word, if one did; then the detectors that follow it may act on that. At a change of turns
the detectors end what does not outlive the turn, then the dialogue begins the next one.
"""

from __future__ import annotations

from typing import Final

from ccredact.dialogue.asking import answer_to
from ccredact.dialogue.card_dialogue import CardDialogue
from ccredact.dialogue.choice import is_being_read
from ccredact.dialogue.composition import Composition
from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.dialogue.hold_bounds import HoldBounds
from ccredact.dialogue.kinds import ADDRESS, IDENTIFIER, OTHER, TOWN, as_question
from ccredact.dialogue.open_answers import OpenAnswers
from ccredact.dialogue.places import Places
from ccredact.lang.en.prompts import MINE
from ccredact.text.phrase_table import Prompt
from ccredact.text.token import Token

_NOWHERE: Final = -2


class Dialogue:
    """What is waited for (`answers`), and what the talk is about.

    `counting_word` is the last word behind which a small number is none to hide: "room 4127".
    """

    __slots__ = ("_composition", "_put_off", "answers", "cards", "counting_word", "places")

    def __init__(self, hold: HoldBounds) -> None:
        self.cards = CardDialogue(hold)
        self.answers = OpenAnswers(hold)
        self.places = Places()
        self.counting_word = _NOWHERE
        self._composition = Composition()
        self._put_off = _NOWHERE  # the last word whose phrase asks for nothing yet

    def fork(self) -> Dialogue:
        """Return an independent copy."""
        other = Dialogue(self.cards.hold)
        other.cards, other.answers, other.places = self.cards.fork(), self.answers.fork(), self.places.fork()
        other.counting_word, other._put_off = self.counting_word, self._put_off
        other._composition = self._composition.fork()
        return other

    def open_kinds(self) -> tuple[str, ...]:
        """Return the kinds of answers that are waited for (`ccredact.dialogue.kinds`), cards' first."""
        return (*self.cards.expected, *(item.kind for item in self.answers.open))

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
        self.cards.take(token.prompt, token)
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
        if kind == TOWN:
            self.places.town_turn = token.turn
        elif kind == ADDRESS:
            self._ask_address(token)
        elif kind == OTHER and prompt.weak:
            self.counting_word = token.index
        else:
            found: Prompt | None = prompt
            if kind == IDENTIFIER or prompt.topic or prompt.weak:
                found = self._composition.compose(prompt, token, before, self.answers.last)
            if found is not None and not self._is_moot(found.kind, token, before):
                self.answers.expect(answer_to(found.kind, token, before, weak=found.weak), weak=found.weak)

    def _ask_address(self, token: Token) -> None:
        """Take note that an address was asked for, or announced."""
        last = self.answers.latest_of("EMAIL_ADDRESS") or self.answers.latest_of("IP_ADDRESS")
        if last is None or last.begun or last.turn != token.turn:  # "do you use email what's the address"
            self.places.address_turn, self.places.address_word = token.turn, token.index

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
        self.places.forget_address()


def _explains_pin(token: Token, last: ExpectedAnswer | None) -> bool:
    """Return whether the word stands in the answer to the question for a PIN."""
    if last is None or last.kind != "PIN" or last.begun:
        return False
    return last.turn == token.turn - 1 and token.speaker != last.speaker
