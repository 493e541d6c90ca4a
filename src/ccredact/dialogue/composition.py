"""A topic and a word for a number are one phrase: "passport ... the number", "number of my booking"."""

from __future__ import annotations

from typing import Final

from ccredact.dialogue.asking import OWNER
from ccredact.dialogue.choice import NEAR
from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.dialogue.kinds import IDENTIFIER, OTHER, SECURITY_CODE
from ccredact.lang.en.prompts import LINKS, MINE, WHICH
from ccredact.text.phrase_table import Prompt
from ccredact.text.token import Token

COMPOSED: Final = 10
"""Words between a topic and a word for a number that are one phrase."""
_NOWHERE: Final = -99


class Composition:
    """The latest topic or weak phrase, and the latest word for a number."""

    __slots__ = ("_number_turn", "_number_word", "_topic", "_topic_turn", "_topic_word")

    def __init__(self) -> None:
        self._topic = ""
        self._topic_word = self._topic_turn = _NOWHERE
        self._number_word = self._number_turn = _NOWHERE

    def fork(self) -> Composition:
        """Return an independent copy."""
        other = Composition()
        other._topic, other._topic_word, other._topic_turn = self._topic, self._topic_word, self._topic_turn
        other._number_word, other._number_turn = self._number_word, self._number_turn
        return other

    def compose(
        self, prompt: Prompt, token: Token, before: tuple[str, ...], last: ExpectedAnswer | None
    ) -> Prompt | None:
        """Return the phrase that a topic and a word for a number are, None for a part of one that asks for nothing.

        `before` are the words before the phrase, `last` is what was asked for last. What is composed in this turn
        already, or asked for by a phrase of its own, is not composed again.
        """
        is_number = prompt.kind == IDENTIFIER
        found = self._with_topic(token, before, last) if is_number else self._with_number(prompt, token)
        return None if found is None or (found.weak and _is_possessor(token, before, last)) else found

    def _with_topic(self, token: Token, before: tuple[str, ...], last: ExpectedAnswer | None) -> Prompt | None:
        """Take a word for a number."""
        word, here = token.index, token.turn
        self._number_word, self._number_turn = word, here
        if self._topic_turn == here and word - self._topic_word <= COMPOSED:
            return Prompt(self._topic)
        if last is not None and last.turn == here and not last.weak and word - last.word <= COMPOSED:
            return None
        waiting = last is not None and last.is_counted and not last.weak and not last.begun
        is_code = token.prompt is not None and token.prompt.kind == SECURITY_CODE
        if last is not None and last.of_card and (waiting or (last.fulfilled and not is_code)):
            return None  # it is that of the card
        kind = last.kind if last is not None and waiting else IDENTIFIER
        named = MINE in before[-OWNER:] or not WHICH.isdisjoint(before[-1:])  # "what reference did they give you"
        return Prompt(kind, weak=kind == IDENTIFIER and not named)

    def _with_number(self, prompt: Prompt, token: Token) -> Prompt | None:
        """Take a topic or a weak phrase."""
        word, here = token.index, token.turn
        self._topic, self._topic_word, self._topic_turn = prompt.kind, word, here
        if self._number_turn == here and word - self._number_word <= COMPOSED:
            return Prompt(prompt.kind)
        return None if prompt.topic else prompt


def _is_possessor(token: Token, before: tuple[str, ...], last: ExpectedAnswer | None) -> bool:
    """Return whether a weak phrase only says whose number was announced: "the policy number of my account"."""
    if last is None or last.weak or last.begun or last.turn != token.turn or last.kind == OTHER:
        return False
    return token.index - last.word < NEAR and not LINKS.isdisjoint(before[-2:])
