"""What a call has asked for and announced: one state, which the scanner owns and every detector may read.

The order within a word: the detectors are fed the word and see the dialogue as it stood before; then the dialogue takes
the phrase that ended with the word, if one did; then the detectors that follow it may act on that. At a change of turns
the detectors end what does not outlive the turn, then the dialogue begins the next one.
"""

from __future__ import annotations

from typing import Final

from ccredact.dialogue.card_dialogue import CardDialogue
from ccredact.dialogue.hold_bounds import HoldBounds
from ccredact.dialogue.kinds import as_question
from ccredact.dialogue.open_questions import OpenQuestions
from ccredact.text.token import Token

_NOWHERE: Final = -1


class Dialogue:
    """What is waited for: data of cards (`cards`) and everything else (`questions`)."""

    __slots__ = ("_put_off", "cards", "questions")

    def __init__(self, hold: HoldBounds) -> None:
        self.cards = CardDialogue(hold)
        self.questions = OpenQuestions(hold)
        self._put_off = _NOWHERE  # the last word whose phrase asks for nothing yet

    def fork(self) -> Dialogue:
        """Return an independent copy."""
        other = Dialogue(self.cards.hold)
        other.cards, other.questions, other._put_off = self.cards.fork(), self.questions.fork(), self._put_off
        return other

    def open_kinds(self) -> tuple[str, ...]:
        """Return the kinds of answers that are waited for (`ccredact.dialogue.kinds`), cards' first."""
        return (*self.cards.expected, *(item.kind for item in self.questions.open))

    def begin_turn(self, turn: int, first_word: int, time: float | None) -> bool:
        """Take the beginning of a turn: what has been waited for too long is forgotten.

        Return whether digits may be answered in it: detectors that follow want to see its first words then.
        """
        self.questions.begin_turn(turn, first_word, time)
        return self.questions.awaits_digits

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
            self.questions.take(question, token, before)
