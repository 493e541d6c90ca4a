"""What was asked for and announced, and how long it is waited for: the state that tells one answer from another.

A question waits for its answer in the turns after it, whoever gives it: who asks is not known on every call. A cue in
the same turn ("my account number is") announces what stands close behind it. Both live for turns and words.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ccredact.dialogue.kinds import ADDRESS, CARD, CODE, DATE, EMAIL, FORMS, OTHER, SPELLED, TEXT
from ccredact.dialogue.prompts import Phrase
from ccredact.text.token import Token
from ccredact.text.word_class import DIGITS, MONTH, NATO, ORDINAL, TEEN, TENS, UNCOMMON

BESIDE = 2
NEAR = 7
"""Words between a phrase and an answer in the same turn; `CLOSE` behind a weak phrase; `BESIDE`: it is that answer."""
CLOSE = 4
FAR = 20
"""Words between a question and an answer in words where the speakers are not told apart."""
TURNS = 4
"""Turns after a question in which an answer may begin; `MORE` after part of it, in which it may go on."""
MORE = 2
FIRST_WORDS = 40
GOES_ON = 12
"""Words of such a turn in which the answer begins, or goes on."""
KEPT_TEXT = 24
"""Characters of an answer that are kept, to know it when it is said back."""
WHOLE = 7
"""Digits after which another question of the same turn is answered next."""
_WHOLE = {"PIN": 4, "POSTCODE": 5, "DATE_OF_BIRTH": 4, "US_SSN": 4}
_NO_ADDRESS = (-9, -9)
KEPT = 6
"""Questions that are waited for at once."""

_PARTS = frozenset({"character", "characters", "letter", "letters", "digit", "digits"})
"""Said before a password or PIN of which only some are asked for: "the second and fifth character of your"."""
_LINKS = frozenset({"to", "with", "on", "for", "of", "in"})
_WORDY = frozenset({TEXT, EMAIL})
_SHORT = frozenset({"STREET_ADDRESS", "BIRTH_PART"})
"""Answers that may have a digit or two: the number of a house, a year."""
_IN_PARTS = frozenset({"PASSWORD", "PIN"})
_DATED = DIGITS | MONTH | ORDINAL | TEEN | TENS
"""Classes of words with which a date begins, and no spelled name."""


@dataclass(slots=True)
class Question:
    """Something that was asked for or announced.

    `word`, `turn` and `speaker` are those of the phrase, `last` and `last_turn` those of the latest part of the answer
    (-1 when there is none), `said` its last digits and letters, `reader` who gave it, `form` its form,
    `piece` is 0, or one more than the part of an address (`detectors.mail`) that is said next,
    `wordy` says that it may hold everyday words, `coded` that its first letters may have become a short word,
    `parts` that single letters and digits are an answer.
    """

    kind: str
    weak: bool
    word: int
    turn: int
    speaker: str | None
    said: str = field(default="", repr=False)
    last: int = -1
    last_turn: int = -1
    reader: str | None = None
    entity: int = 0
    piece: int = 0
    parts: bool = False
    form: int = field(init=False)
    wordy: bool = field(init=False)
    coded: bool = field(init=False)

    def __post_init__(self) -> None:
        self.form = FORMS[self.kind]
        self.wordy = self.form in _WORDY or self.kind == "POSTCODE"
        self.coded = self.form == CODE and not self.wordy and not self.weak

    @property
    def latest(self) -> int:
        """The turn in which it was last talked of."""
        return max(self.turn, self.last_turn)


class Questions:
    """What is waited for now, the latest last."""

    __slots__ = ("address", "codes", "counted", "first_word", "open", "turn", "wordy")

    def __init__(self) -> None:
        self.open: list[Question] = []
        self.wordy = False  # whether an answer may hold everyday words: then no word may be left out
        self.codes = False  # whether a code is waited for that may begin with any short word: "is fly 843"
        self.counted = -2  # the last word behind which a small number is none to hide: "room 4127"
        self.address = _NO_ADDRESS  # turn and word in which an address was asked for, or announced
        self.turn = -1
        self.first_word = 0  # of this turn, as far as this detector has seen it

    def fork(self) -> Questions:
        """An independent copy."""
        other = Questions()
        other.open = [replace(item) for item in self.open]
        other.wordy, other.codes, other.counted = self.wordy, self.codes, self.counted
        other.turn, other.first_word, other.address = self.turn, self.first_word, self.address
        return other

    def enter(self, turn: int, first_word: int) -> None:
        """A turn has begun."""
        self.turn, self.first_word = turn, first_word
        if self.open:
            self.open = [item for item in self.open if self._lives(item, turn)]
            self._look()

    def _look(self) -> None:
        self.wordy = self.codes = False
        for item in self.open:
            if item.form == DATE or (item.wordy and (item.last_turn < 0 or item.piece or item.last_turn == self.turn)):
                self.wordy = True
            elif item.coded and item.last_turn < 0 and self.turn - item.turn <= 1:
                self.codes = True

    @staticmethod
    def _lives(item: Question, turn: int) -> bool:
        return turn - item.turn <= TURNS if item.last_turn < 0 else turn - item.last_turn <= MORE

    def tire(self, word: int) -> None:
        """Stop looking at every word for a code when it has not begun `GOES_ON` words behind its phrase."""
        last = self.open[-1] if self.open else None
        if last is None or word - max(last.word, self.first_word) > GOES_ON:
            self.codes = False

    def announce(self, phrase: Phrase, token: Token, before: tuple[str, ...] = ()) -> None:
        """Take a phrase that ended with this word; `before` are the words before it."""
        kind = phrase.kind
        if kind == ADDRESS:
            self.address = (token.turn, token.index)
            return
        if phrase.weak:
            if kind == OTHER:
                self.counted = token.index
                return
            if self._belongs(token, before):
                return
        if kind == "BIRTH_PART" and self.latest_of("DATE_OF_BIRTH") is None:
            return  # "and the year?" - of the car
        if kind == "DATE_OF_BIRTH" and self._asked_for_pin(token):
            return  # "it's my cat's birthday so 1402"
        self.open = [item for item in self.open if not (item.kind == kind and item.last_turn < 0)][-KEPT:]
        earlier = next((item for item in self.open if item.kind == kind), None)
        if earlier is not None:  # asked again: the answer is still that entity
            self.open.remove(earlier)
        last = self.open[-1] if self.open else None
        if kind == "US_SSN" and last is not None and last.kind == CARD and token.index - last.word <= CLOSE:
            self.open.pop()  # "the last four of your social"
        question = Question(kind, phrase.weak, token.index, token.turn, token.speaker)
        question.parts = kind in _SHORT or (kind in _IN_PARTS and not _PARTS.isdisjoint(before))
        self.open.append(question)
        self._look()

    def _asked_for_pin(self, token: Token) -> bool:
        """Whether the word stands in the answer to the question for a PIN."""
        last = self.open[-1] if self.open else None
        if last is None or last.kind != "PIN" or last.last_turn >= 0:
            return False
        return last.turn == token.turn - 1 and token.speaker != last.speaker

    def _belongs(self, token: Token, before: tuple[str, ...]) -> bool:
        """Whether a weak phrase only says whose number was announced: "the policy number linked to my account"."""
        last = self.open[-1] if self.open else None
        if last is None or last.weak or last.last_turn >= 0 or last.turn != token.turn or last.kind == OTHER:
            return False
        return token.index - last.word < NEAR and not _LINKS.isdisjoint(before[-2:])

    def waiting(self, token: Token) -> Question | None:
        """What a number or name beginning with this word answers."""
        beside = here = before = None
        turn, index = token.turn, token.index
        unmarked = token.speaker is None and token.classes & (UNCOMMON | NATO)
        dated = token.classes & _DATED and any(item.form == DATE for item in self.open)
        for item in self.open:
            if dated and item.form == SPELLED:
                continue  # "full name and birthday?" - "june the first"
            if item.turn == turn:
                if index - item.word <= BESIDE:
                    beside = item
                near = CLOSE if item.weak else NEAR
                if item.form == TEXT and not item.weak:
                    if unmarked:
                        near = FAR  # the answer may stand in the same turn
                    elif item.last >= 0:
                        near = CLOSE
                if index - max(item.word, item.last) <= near and (here is None or _sooner(item, here)):
                    here = item
            elif self._answers(item, token) and (before is None or _later(item, before)):
                before = item
        return beside or here or before

    def _answers(self, item: Question, token: Token) -> bool:
        """Whether a word of a later turn may be the answer."""
        if item.form == TEXT and item.last_turn == token.turn:
            return token.index - self.first_word <= FIRST_WORDS
        if token.index - self.first_word > (FIRST_WORDS if item.last_turn < 0 else GOES_ON):
            return False
        if not self._lives(item, token.turn):
            return False
        if item.parts and item.last_turn >= 0:
            return token.speaker == item.reader  # "and the fifth?"
        return item.form != TEXT or not (item.last_turn >= 0 or item.weak or token.speaker == item.speaker)

    def find(self, asked: tuple[str, int] | None) -> Question | None:
        """The question of this kind and word, while it is open."""
        return next((item for item in self.open if (item.kind, item.word) == asked), None)

    def latest_of(self, kind: str) -> Question | None:
        """The last one of a kind."""
        return next((item for item in reversed(self.open) if item.kind == kind), None)

    def waits_for(self, entity: int) -> bool:
        """Whether more of an entity may come."""
        return any(item.entity == entity for item in self.open)

    def settle(self) -> None:
        """All that was asked has been answered already: a label stands there."""
        self.open = [item for item in self.open if item.kind == OTHER]
        self.address = _NO_ADDRESS
        self._look()

    def answered(self, item: Question, said: str, last: int, turn: int, reader: str | None) -> None:
        """Part of an answer was given."""
        if item.last_turn < 0:
            item.reader = reader
        item.said = (item.said + said)[-KEPT_TEXT:]
        item.last, item.last_turn = last, turn
        self._look()


def _later(item: Question, than: Question) -> bool:
    """Whether one of two questions of earlier turns is the one that is answered now."""
    asked = item if item.last_turn < 0 else than
    if item.turn == than.turn and (item.last_turn < 0) != (than.last_turn < 0) and not asked.weak:
        return _sooner(item, than)  # two things asked at once
    return item.latest > than.latest or (item.latest == than.latest and _sooner(item, than))


def _sooner(item: Question, than: Question) -> bool:
    """Whether `item`, asked after `than`, is the one that is answered now."""
    if (item.last_turn < 0) == (than.last_turn < 0):
        return item.last_turn >= 0 or than.kind == OTHER
    asked, given = (item, than) if item.last_turn < 0 else (than, item)
    return item is (asked if asked.kind != OTHER and len(given.said) >= _WHOLE.get(given.kind, WHOLE) else given)
