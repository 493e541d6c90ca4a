"""What the talk is about, cards, money or something else, and what the latest prompt is: it tells numbers apart.

The latest prompt decides about the digits right behind it. What a phrase means depends on those before it, and on the
words at which cards and payments were last named: things expire, end in four digits and have codes that are no cards.
"""

from __future__ import annotations

from typing import Final

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
from ccredact.dialogue.open_answers import OpenAnswers
from ccredact.lang.en.prompts import ACCOUNTS, DATE, IS_OVER
from ccredact.text.forking import filled
from ccredact.text.phrase_table import Prompt
from ccredact.text.token import Token

NEAR: Final = 4
"""Words that may stand between a prompt and the digits it announces."""
NEAR_NAME: Final = 2
"""Words beside those between a prompt and the name of what it is about: "the expiry date on my credit card"."""
SUBJECT_WORDS: Final = 1500
"""For how many words a call is about cards after they were named."""
PAYMENT_WORDS: Final = 150
"""For how many words a call is about money after a payment was named."""
GIVEN_WORDS: Final = 150
"""For how many words after a card was given a number of no kind is hardly another."""
INVITED_WORDS: Final = 100
"""For how many words after cards were named "go ahead" asks for one."""
_NOWHERE: Final = -99


class Subject:
    """The words at which cards and payments were last named, and the latest prompt."""

    __slots__ = (
        "_accounts_named", "_aside_turn", "_aside_word", "_card_given", "_cards_named", "_money_named", "_prompt_kind",
        "_prompt_turn", "_prompt_word", "_unconfirmed",
    )  # fmt: skip

    def __init__(self) -> None:
        self._prompt_kind, self._prompt_word, self._prompt_turn = "", _NOWHERE, -1  # the latest one; turn -1: used
        self._aside_word, self._aside_turn = _NOWHERE, -1  # the same for one that decides about nothing else
        self._unconfirmed = ("", _NOWHERE, -1)  # (kind, word, turn) of a prompt that waits for cards to be named
        self._cards_named = self._money_named = self._accounts_named = -SUBJECT_WORDS - 1  # the last words that did
        self._card_given = -SUBJECT_WORDS - 1  # the last word of a card

    def fork(self) -> Subject:
        """Return an independent copy."""
        return filled(Subject(), self)

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
        self._cards_named, self._card_given = max(self._cards_named, word), max(self._card_given, word)

    def is_behind_card(self, word: int) -> bool:
        """Return whether a card was given not long before a word."""
        return 0 < word - self._card_given <= GIVEN_WORDS

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

    # -- prompts -------------------------------------------------------------------------------------------------

    def take(self, prompt: Prompt, token: Token, answers: OpenAnswers) -> str:
        """Take a prompt that ended with `token`; return what it means to the cards, "" for nothing.

        That is data of a card that is asked for, `ANOTHER` number, or `ASIDE`; `answers` are those that are open.
        """
        kind, word = among_cards(prompt), token.index
        if not kind:
            return ""
        if kind == PAYMENT:
            self._money_named = word
            return ""
        if kind in {CARD, MENTION}:
            self._cards_named = word
        if not self._is_about_card(kind, token) and not (kind == EXPIRY and not prompt.weak):
            self._unconfirmed = (kind, word, token.turn)
            if kind == LAST4 and token.key != IS_OVER:
                self._money_named = self._accounts_named = word  # whose they are is known by an account or a card
            return ""
        if self._says_less(kind, token):
            return ""
        kind = self._meaning(kind, token, answers)
        if kind == ASIDE:
            self._aside_word, self._aside_turn = word, token.turn
        else:
            self._prompt_kind, self._prompt_word, self._prompt_turn = kind, word, token.turn
        if kind in {ANOTHER, ASIDE} and token.key in ACCOUNTS:
            self._money_named = self._accounts_named = word
        return kind

    def _is_about_card(self, kind: str, token: Token) -> bool:
        """Return whether the prompt is about a card here: things expire, end in and have codes that are none."""
        word = token.index
        about = self.is_about_cards(word)
        if kind == EXPIRY:
            return about
        if kind == LAST4 and token.key == IS_OVER:  # a contract that is paid for ends too: "it ends on channel four"
            return about or word - self._accounts_named <= PAYMENT_WORDS
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

    def _meaning(self, kind: str, token: Token, answers: OpenAnswers) -> str:
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
        if kind == ASIDE and token.key == DATE and answers.waiting(EXPIRY, token.turn, token.index, token.time):
            return EXPIRY  # "the date is" after the question for it
        if kind == MENTION and self._prompt_kind == INVITE and self._prompt_turn == token.turn:
            return CARD  # "go ahead with your debit or credit card"
        return kind
