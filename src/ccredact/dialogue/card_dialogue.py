"""What was announced and asked for about cards, and what the talk is about: it tells one number from another.

A prompt for data of a card opens an `Expectation`, which the digits that follow answer. It lives as long as the policy
lets something be held, counted from its last digits. Beside that the dialogue keeps the latest prompt, which decides
about the digits right behind it, and the words at which cards and payments were last named.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from ccredact.dialogue.hold_bounds import HoldBounds
from ccredact.dialogue.kinds import (
    ANOTHER,
    ASIDE,
    CARD,
    CARD_DATA,
    CVV,
    EXPIRY,
    INVITE,
    LAST4,
    MENTION,
    PAYMENT,
    SECURITY_CODE,
    among_cards,
)
from ccredact.lang.en.prompts import ACCOUNTS, DATE
from ccredact.numbers.composer import Group
from ccredact.text.forking import filled
from ccredact.text.phrase_table import Prompt
from ccredact.text.token import Token
from ccredact.transcript import Name

NEAR: Final = 4
"""Words that may stand between a prompt and the digits it announces."""
NEAR_NAME: Final = 2
"""Words beside those between a prompt and the name of what it is about: "the expiry date on my credit card"."""
SUBJECT_WORDS: Final = 1500
"""For how many words a call is about cards after they were named."""
PAYMENT_WORDS: Final = 150
"""For how many words a call is about money after a payment was named."""
INVITED_WORDS: Final = 100
"""For how many words after cards were named "go ahead" asks for one."""
ENOUGH: Final = 15
"""Digits after which an announced card is probably complete: from then on it is waited for `MORE_TURNS`."""
MORE_TURNS: Final = 4
_NOWHERE: Final = -99


@dataclass(slots=True)
class Expectation:
    """A number that was announced or asked for, and what has been said of it so far.

    `turn`, `word` and `time` are those of its latest digits, or of the prompt; `prompt_turn`, `prompt_word` and
    `prompter` those of the prompt. `reader` is who gave the first digits, once `begun`; `entity_start` is the
    (turn, word) of the first digits of its entity.
    """

    kind: str
    turn: int
    word: int
    time: float | None
    prompt_turn: int = 0
    prompt_word: int = 0
    prompter: Name | None = None
    begun: bool = False
    reader: Name | None = None
    entity: int = 0
    entity_start: tuple[int, int] = (0, 0)
    digit_count: int = 0
    groups: list[Group] = field(default_factory=list, repr=False)

    def is_current(self, turn: int) -> bool:
        """Return whether it was prompted just before a turn, or is being read out."""
        return self.prompt_turn >= turn - 1 or (self.digit_count > 0 and self.turn >= turn - 2)

    def may_be_answered_by(self, speaker: Name | None, turn: int, *, led: bool) -> bool:
        """Return whether a number of this speaker may be its answer, and not the prompter's own talk.

        `led`: the number does not stand inside a sentence.
        """
        if self.begun:
            return speaker == self.reader
        return speaker != self.prompter or turn == self.prompt_turn or led

    def fork(self) -> Expectation:
        """Return an independent copy."""
        return replace(self, groups=list(self.groups))


class CardDialogue:
    """What is expected now, and what the talk is about."""

    __slots__ = (
        "_aside_turn", "_aside_word", "_cards_named", "_money_named", "_prompt_kind", "_prompt_turn", "_prompt_word",
        "_unconfirmed", "expected", "hold",
    )  # fmt: skip

    def __init__(self, hold: HoldBounds) -> None:
        self.hold = hold
        self.expected: dict[str, Expectation] = {}
        self._prompt_kind, self._prompt_word, self._prompt_turn = "", _NOWHERE, -1  # the latest one; turn -1: used
        self._aside_word, self._aside_turn = _NOWHERE, -1  # the same for one that decides about nothing else
        self._unconfirmed = ("", _NOWHERE, -1)  # (kind, word, turn) of a prompt that waits for cards to be named
        self._cards_named = self._money_named = -SUBJECT_WORDS - 1  # the last words that did

    def fork(self) -> CardDialogue:
        """Return an independent copy."""
        other = filled(CardDialogue(self.hold), self)
        other.expected = {kind: item.fork() for kind, item in self.expected.items()}
        return other

    # -- what the talk is about ----------------------------------------------------------------------------------

    def is_about_cards(self, word: int) -> bool:
        """Return whether cards were named not long before a word."""
        return word - self._cards_named <= SUBJECT_WORDS

    def is_about_money(self, word: int) -> bool:
        """Return whether a payment was talked of just before a word."""
        return word - self._money_named <= PAYMENT_WORDS

    def may_expire(self, turn: int, word: int) -> bool:
        """Return whether something was said to expire right before a word of its turn, nobody said what."""
        kind, at, said_in = self._unconfirmed
        return kind == EXPIRY and said_in == turn and 0 < word - at <= NEAR

    def note_card(self, word: int) -> None:
        """Take a card that was read out: the talk is about cards."""
        self._cards_named = max(self._cards_named, word)

    # -- the latest prompt ---------------------------------------------------------------------------------------

    def cue_of(self, turn: int, word: int) -> str | None:
        """Return the kind of the prompt right before a word of its turn, or None."""
        is_later = self._prompt_turn != turn or self._aside_word > self._prompt_word
        if self._aside_turn == turn and is_later and word - self._aside_word <= NEAR + 1:
            return ANOTHER
        if self._prompt_turn != turn or word - self._prompt_word > NEAR + 1:
            return None
        return self._prompt_kind

    def cue_touches(self, word: int) -> bool:
        """Return whether the latest prompt ends right before the word."""
        return word - max(self._prompt_word, self._aside_word) == 1

    def question_before(self, turn: int) -> str | None:
        """Return the kind of the last prompt of the turn before, if it asks for something."""
        return self._prompt_kind if self._prompt_turn == turn - 1 else None

    def use_cue(self) -> None:
        """Take a number that has followed the latest prompt: the next one is not announced by it."""
        self._prompt_turn = self._aside_turn = -1

    # -- what is expected ----------------------------------------------------------------------------------------

    def waiting(self, kind: str, turn: int, word: int, time: float | None) -> Expectation | None:
        """Return the expectation of this kind, if it still lives at a word of the call."""
        item = self.expected.get(kind)
        if item is None:
            return None
        turns = turn - item.turn
        if item.digit_count >= ENOUGH and turns > MORE_TURNS:
            return None  # it stays in the table: asking must not change the state
        if item.digit_count >= ENOUGH:
            turns = 0
        return None if self.hold.exceeded(turns, word - item.word, item.time, time) else item

    def expect(self, kind: str, turn: int, word: int, time: float | None) -> Expectation:
        """Wait for a number of this kind from now on."""
        item = self.expected[kind] = Expectation(kind, turn, word, time, prompt_turn=turn, prompt_word=word)
        return item

    def fulfil(self, kind: str) -> None:
        """Wait for no more of this kind."""
        self.expected.pop(kind, None)

    def prune(self, turn: int, word: int, time: float | None) -> None:
        """Forget what is not waited for any longer."""
        for kind in [kind for kind in self.expected if self.waiting(kind, turn, word, time) is None]:
            del self.expected[kind]

    # -- prompts -------------------------------------------------------------------------------------------------

    def take(self, prompt: Prompt, token: Token) -> None:
        """Take a prompt that ended with `token`, if it means anything to the cards."""
        kind, word = among_cards(prompt), token.index
        if not kind:
            return
        if kind == PAYMENT:
            self._money_named = word
            return
        if kind in {CARD, MENTION}:
            self._cards_named = word
        if not self._is_about_card(kind, word) and not (kind == EXPIRY and not prompt.weak):
            self._unconfirmed = (kind, word, token.turn)
            if kind == LAST4:
                self._money_named = word  # whose last four are asked for is known here by an account or a card
            return
        if self._says_less(kind, token):
            return
        kind = self._meaning(kind, token)
        if kind == ASIDE:
            self._aside_word, self._aside_turn = word, token.turn
        else:
            self._prompt_kind, self._prompt_word, self._prompt_turn = kind, word, token.turn
        if kind in {ANOTHER, ASIDE}:
            self._take_other(kind, token)
        elif kind in CARD_DATA:
            self._take_prompted(kind, token)

    def _take_prompted(self, kind: str, token: Token) -> None:
        """Wait for data of a card that was asked for or announced with a word, or go on waiting for it."""
        turn, word, time = token.turn, token.index, token.time
        item = self.waiting(kind, turn, word, time) or self.expect(kind, turn, word, time)
        item.turn, item.word, item.time = turn, word, time
        item.prompt_turn, item.prompt_word, item.prompter = turn, word, token.speaker

    def _is_about_card(self, kind: str, word: int) -> bool:
        """Return whether the prompt is about a card here: things expire, end in and have codes that are none."""
        about = self.is_about_cards(word)
        if kind == EXPIRY:
            return about
        if kind == LAST4:
            return about or self.is_about_money(word)
        return about if kind == SECURITY_CODE else True

    def _says_less(self, kind: str, token: Token) -> bool:
        """Return whether a prompt before it says more: "the security code of the card", "card ... go ahead"."""
        cue = self.cue_of(token.turn, token.index)
        if kind == MENTION:
            return cue in CARD_DATA
        if kind == CARD:
            return cue == LAST4  # "the last four digits of my card"
        if kind == INVITE:
            return self._prompt_turn == token.turn or token.index - self._cards_named > INVITED_WORDS
        return False

    def _meaning(self, kind: str, token: Token) -> str:
        """Return the kind that a prompt has behind those before it."""
        before, word, turn = self._unconfirmed
        if (
            turn == token.turn
            and token.index - word <= NEAR + NEAR_NAME
            and (kind == MENTION or (kind, before) == (CARD, LAST4))
        ):
            kind = before  # "the expiry date on my card"
        if kind == SECURITY_CODE:
            return CVV
        if kind == ASIDE and token.key == DATE and self.waiting(EXPIRY, token.turn, token.index, token.time):
            return EXPIRY  # "the date is" after the question for it
        if kind == MENTION and self._prompt_kind == INVITE and self._prompt_turn == token.turn:
            return CARD  # "go ahead with your debit or credit card"
        return kind

    def _take_other(self, kind: str, token: Token) -> None:
        """Take a prompt for a number of another kind: what has been answered is not waited for any longer."""
        if token.key in ACCOUNTS:
            self._money_named = token.index
        last4 = self.expected.get(LAST4)
        if last4 is not None and last4.turn == token.turn and token.index - last4.word <= NEAR + NEAR_NAME:
            del self.expected[LAST4]  # "the last four of your social"
        card = self.expected.get(CARD)
        if kind == ANOTHER and card is not None and card.digit_count >= ENOUGH:
            del self.expected[CARD]
