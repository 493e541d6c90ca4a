"""What was asked for and announced, cards apart, and how long it is waited for.

A question waits for its answer in the turns after it, whoever gives it: who asks is not known on every call. A cue in
the same turn ("my account number is") announces what stands close behind it. Both live for turns and words.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from ccredact.dialogue.kinds import ADDRESS, ANSWER_TYPES, CARD, CODE, DATE, EMAIL, OTHER, SPELLED, TEXT
from ccredact.lang.en.prompts import CHARACTERS, LINKS
from ccredact.text.phrase_table import Prompt
from ccredact.text.token import Token
from ccredact.text.word_class import DIGITS, MONTH, NATO, ORDINAL, TEEN, TENS, UNCOMMON
from ccredact.transcript import Name

NEAR: Final = 7
"""Words between a cue and its answer in the same turn."""
CLOSE: Final = 4
"""The same behind a weak one."""
BESIDE: Final = 2
"""Words behind a cue in which a number is its answer, whatever else is waited for."""
FAR: Final = 20
"""Words between a question and an answer in words where the speakers are not told apart."""
ANSWER_TURNS: Final = 4
"""Turns after a question in which its answer may begin."""
MORE_TURNS: Final = 2
"""Turns after a part of an answer in which it may go on."""
FIRST_WORDS: Final = 40
"""Words of a turn in which an answer may begin."""
GOES_ON: Final = 12
"""Words of a turn in which an answer may go on."""
KEPT_TEXT: Final = 24
"""Characters of an answer that are kept, to know it when it is said back."""
COMPLETE: Final = 7
"""Digits and letters of an answer after which another question of the same turn is answered next."""
_COMPLETE: Final = {"PIN": 4, "POSTCODE": 5, "DATE_OF_BIRTH": 4, "US_SSN": 4}
"""The same for kinds whose answers are shorter."""
KEPT_QUESTIONS: Final = 6
"""Questions that stay open beside a new one."""

_NO_ADDRESS: Final = (-9, -9)
_WORD_TYPES: Final = frozenset({TEXT, EMAIL})
_SHORT: Final = frozenset({"STREET_ADDRESS", "BIRTH_PART"})
"""Answers that may have a digit or two: the number of a house, a year."""
_IN_PARTS: Final = frozenset({"PASSWORD", "PIN"})
"""What is asked for by single characters, for safety."""
_DATED: Final = DIGITS | MONTH | ORDINAL | TEEN | TENS
"""Classes of words with which a date begins, and no spelled name."""


@dataclass(slots=True)
class Question:
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
    reader: Name | None = None
    entity: int = 0
    email_part: int = 0
    """0, or one more than the part of an address (`detectors.identifiers.spoken_email`) that is said next."""
    in_parts: bool = False
    """Single letters and digits are an answer."""
    answer_type: int = field(init=False)
    holds_words: bool = field(init=False)
    """The answer may hold everyday words."""
    is_code: bool = field(init=False)
    """The answer is a code, of which the first letters may have become a short word."""

    def __post_init__(self) -> None:
        self.answer_type = ANSWER_TYPES[self.kind]
        self.holds_words = self.answer_type in _WORD_TYPES or self.kind == "POSTCODE"
        self.is_code = self.answer_type == CODE and not self.holds_words and not self.weak

    @property
    def latest_turn(self) -> int:
        """Return the turn in which it was last talked of."""
        return max(self.turn, self.answer_turn)

    def lives(self, turn: int) -> bool:
        """Return whether an answer, or more of it, may still come in a turn."""
        if self.answer_turn < 0:
            return turn - self.turn <= ANSWER_TURNS
        return turn - self.answer_turn <= MORE_TURNS


class OpenQuestions:
    """The questions that wait for an answer, or for more of it, the latest one last."""

    __slots__ = ("address", "awaits_code", "awaits_words", "counting_word", "first_word", "open", "turn")

    def __init__(self) -> None:
        self.open: list[Question] = []
        self.awaits_words = False  # an answer may hold everyday words: then no word may be left out
        self.awaits_code = False  # a code is waited for that may begin with any short word: "is fly 843"
        self.counting_word = -2  # the last word behind which a small number is none to hide: "room 4127"
        self.address = _NO_ADDRESS  # (turn, word) in which an address was asked for, or announced
        self.turn = -1
        self.first_word = 0  # of this turn, as far as this detector has seen it

    def fork(self) -> OpenQuestions:
        """Return an independent copy."""
        other = OpenQuestions()
        other.open = [replace(item) for item in self.open]
        other.awaits_words, other.awaits_code = self.awaits_words, self.awaits_code
        other.counting_word, other.address = self.counting_word, self.address
        other.turn, other.first_word = self.turn, self.first_word
        return other

    def begin_turn(self, turn: int, first_word: int) -> None:
        """Take the beginning of a turn: what has been waited for too long is forgotten."""
        self.turn, self.first_word = turn, first_word
        if self.open:
            self.open = [item for item in self.open if item.lives(turn)]
            self._update()

    def _update(self) -> None:
        """Look again what is awaited."""
        self.awaits_words = self.awaits_code = False
        for item in self.open:
            begins = item.answer_turn < 0
            if item.answer_type == DATE or (
                item.holds_words and (begins or item.email_part or item.answer_turn == self.turn)
            ):
                self.awaits_words = True
            elif item.is_code and begins and self.turn - item.turn <= 1:
                self.awaits_code = True

    def give_up_code(self, word: int) -> None:
        """Await no code any longer when it has not begun `GOES_ON` words behind its phrase."""
        last = self.open[-1] if self.open else None
        if last is None or word - max(last.word, self.first_word) > GOES_ON:
            self.awaits_code = False

    def take(self, prompt: Prompt, token: Token, before: tuple[str, ...] = ()) -> None:
        """Take a phrase that ended with this word; `before` are the words before it."""
        kind = prompt.kind
        if kind == ADDRESS:
            self.address = (token.turn, token.index)
            return
        if prompt.weak:
            if kind == OTHER:
                self.counting_word = token.index
                return
            if self._is_possessor(token, before):
                return
        if kind == "BIRTH_PART" and self.latest_of("DATE_OF_BIRTH") is None:
            return  # "and the year?" - of the car
        if kind == "DATE_OF_BIRTH" and self._explains_pin(token):
            return  # "it's my cat's birthday so 1402"
        self.open = [item for item in self.open if not (item.kind == kind and item.answer_turn < 0)][-KEPT_QUESTIONS:]
        earlier = next((item for item in self.open if item.kind == kind), None)
        if earlier is not None:  # asked again: the answer is still that entity
            self.open.remove(earlier)
        last = self.open[-1] if self.open else None
        if kind == "US_SSN" and last is not None and last.kind == CARD and token.index - last.word <= CLOSE:
            self.open.pop()  # "the last four of your social"
        question = Question(kind, prompt.weak, token.index, token.turn, token.speaker)
        question.in_parts = kind in _SHORT or (kind in _IN_PARTS and not CHARACTERS.isdisjoint(before))
        self.open.append(question)
        self._update()

    def _explains_pin(self, token: Token) -> bool:
        """Return whether the word stands in the answer to the question for a PIN."""
        last = self.open[-1] if self.open else None
        if last is None or last.kind != "PIN" or last.answer_turn >= 0:
            return False
        return last.turn == token.turn - 1 and token.speaker != last.speaker

    def _is_possessor(self, token: Token, before: tuple[str, ...]) -> bool:
        """Return whether a weak phrase only says whose number was announced: "the policy number of my account"."""
        last = self.open[-1] if self.open else None
        if last is None or last.weak or last.answer_turn >= 0 or last.turn != token.turn or last.kind == OTHER:
            return False
        return token.index - last.word < NEAR and not LINKS.isdisjoint(before[-2:])

    def answered_by(self, token: Token) -> Question | None:
        """Return the question that a number or name beginning with this word answers, or None."""
        beside = here = before = None
        turn, index = token.turn, token.index
        unmarked = token.speaker is None and token.classes & (UNCOMMON | NATO)
        dated = token.classes & _DATED and any(item.answer_type == DATE for item in self.open)
        for item in self.open:
            if dated and item.answer_type == SPELLED:
                continue  # "full name and birthday?" - "june the first"
            if item.turn == turn:
                if index - item.word <= BESIDE:
                    beside = item
                near = CLOSE if item.weak else NEAR
                if item.answer_type == TEXT and not item.weak:
                    if unmarked:
                        near = FAR  # the answer may stand in the same turn
                    elif item.answer_word >= 0:
                        near = CLOSE
                if index - max(item.word, item.answer_word) <= near and (here is None or _goes_first(item, here)):
                    here = item
            elif self._may_be_answered(item, token) and (before is None or _is_next(item, before)):
                before = item
        return beside or here or before

    def _may_be_answered(self, item: Question, token: Token) -> bool:
        """Return whether a word of a later turn may be the answer."""
        if item.answer_type == TEXT and item.answer_turn == token.turn:
            return token.index - self.first_word <= FIRST_WORDS
        if token.index - self.first_word > (FIRST_WORDS if item.answer_turn < 0 else GOES_ON):
            return False
        if not item.lives(token.turn):
            return False
        if item.in_parts and item.answer_turn >= 0:
            return token.speaker == item.reader  # "and the fifth?"
        return item.answer_type != TEXT or not (item.answer_turn >= 0 or item.weak or token.speaker == item.speaker)

    def find(self, key: tuple[str, int] | None) -> Question | None:
        """Return the question of this kind and word, or None when it is no longer open."""
        return next((item for item in self.open if (item.kind, item.word) == key), None)

    def latest_of(self, kind: str) -> Question | None:
        """Return the latest question of a kind, or None."""
        return next((item for item in reversed(self.open) if item.kind == kind), None)

    def is_open(self, entity: int) -> bool:
        """Return whether more of an entity may come."""
        return any(item.entity == entity for item in self.open)

    def close_all(self) -> None:
        """Take all that was asked for as answered: a label of an earlier redaction stands there."""
        self.open = [item for item in self.open if item.kind == OTHER]
        self.address = _NO_ADDRESS
        self._update()

    def record_answer(self, item: Question, text: str, word: int, turn: int, reader: Name | None) -> None:
        """Take a part of an answer, which ends with `word`."""
        if item.answer_turn < 0:
            item.reader = reader
        item.answer = (item.answer + text)[-KEPT_TEXT:]
        item.answer_word, item.answer_turn = word, turn
        self._update()


def _is_next(item: Question, than: Question) -> bool:
    """Return whether `item`, asked after `than` in an earlier turn, is the one that is answered now."""
    unanswered = item if item.answer_turn < 0 else than
    if item.turn == than.turn and (item.answer_turn < 0) != (than.answer_turn < 0) and not unanswered.weak:
        return _goes_first(item, than)  # two things asked at once
    if item.latest_turn != than.latest_turn:
        return item.latest_turn > than.latest_turn
    return _goes_first(item, than)


def _goes_first(item: Question, than: Question) -> bool:
    """Return whether `item`, asked after `than` in the same turn, is the one that is answered now."""
    if (item.answer_turn < 0) == (than.answer_turn < 0):
        return item.answer_turn >= 0 or than.kind == OTHER
    unanswered, begun = (item, than) if item.answer_turn < 0 else (than, item)
    complete = len(begun.answer) >= _COMPLETE.get(begun.kind, COMPLETE)
    return item is (unanswered if unanswered.kind != OTHER and complete else begun)
