"""What was asked for and announced, cards apart, and how long it is waited for.

A question waits for its answer in the turns after it, whoever gives it: who asks is not known on every call. A cue in
the same turn ("my account number is") announces what stands close behind it. Both live for turns and words.
"""

from __future__ import annotations

from typing import Final

from ccredact.dialogue.hold_bounds import HoldBounds
from ccredact.dialogue.kinds import (
    ADDRESS,
    ANSWER_TYPES,
    ASKS,
    CARD,
    CODE,
    CONTACT,
    COUNTED,
    DATE,
    EMAIL,
    IDENTIFIER,
    OTHER,
    READ_OUT,
    SIZES,
    SPELLED,
    TEXT,
    TOWN,
)
from ccredact.dialogue.known_answers import NOTHING_KNOWN
from ccredact.lang.en.cardinals import VALUES
from ccredact.lang.en.emails import STATEMENTS
from ccredact.lang.en.prompts import ASKING, CHARACTERS, ENDS, IS, LINKS, MINE, WHICH, YOURS
from ccredact.text.forking import filled
from ccredact.text.phrase_table import Prompt
from ccredact.text.token import Token
from ccredact.text.word_class import DIGITS, MIXED, MONTH, NATO, NUMERIC, ORDINAL, TEEN, TENS, UNCOMMON
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
"""Turns after a phrase in which its answer may begin, inside a sentence too."""
MORE_TURNS: Final = 2
"""Turns after an answer that is complete in which it may be said again."""
OPEN_TURNS: Final = 4
"""Turns after a part of an answer, of a kind whose length nobody knows, in which it may go on."""
SHORT_OPEN: Final = 6
"""Digits and letters below which such an answer is waited for as long as the policy lets it be."""
ADDRESS_TURNS: Final = 6
"""Turns after the question for an address, or a part of it, in which more of it may come."""
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
ASKED_BEHIND: Final = 8
"""Words between a phrase and the end of its turn with which it asks for something, and does not just name it."""
COMPOSED: Final = 10
"""Words between a topic and a word for a number that are one phrase."""
_MOST_WANTED: Final = 16
"""No question asks for more digits by their number."""
KEPT_QUESTIONS: Final = 6
"""Questions that stay open beside a new one."""

_OWNER: Final = 3
"""Words before the last one of a phrase among which it is said whose number it is."""
_NO_ADDRESS: Final = (-99, -99)
_NO_TOPIC: Final = ("", -99, -99)
_PLACES: Final = frozenset({ADDRESS, TOWN})
SITE: Final = "URL"
_WORD_TYPES: Final = frozenset({TEXT, EMAIL})
_SHORT: Final = frozenset({"STREET_ADDRESS", "BIRTH_PART"})
"""Answers that may have a digit or two: the number of a house, a year."""
_IN_PARTS: Final = frozenset({"PASSWORD", "PIN"})
"""What is asked for by single characters, for safety."""
_SPOKEN_IN_PARTS: Final = frozenset({"PASSWORD", "USERNAME"})
_DATED: Final = DIGITS | MONTH | ORDINAL | TEEN | TENS
"""Classes of words with which a date begins, and no spelled name."""


class Question:
    """Something that was asked for or announced.

    `word`, `turn` and `speaker` are those of the phrase; `answer_word` and `answer_turn` those of the latest part of
    the answer (-1 while there is none); `answer` is its last digits and letters, `reader` who gave it.

    It is no dataclass: one is made for most phrases, and what a dataclass writes is never compiled.
    """

    __slots__ = (
        "answer", "answer_turn", "answer_type", "answer_word", "asked", "asking", "begun_turn", "email_part", "entity",
        "given", "goes_on", "holds_words", "in_parts", "is_code", "is_counted", "is_read_out", "kind", "mine",
        "personal", "reader", "speaker", "stated", "time", "turn", "wanted", "weak", "word",
    )  # fmt: skip

    def __init__(self, kind: str, weak: bool, word: int, turn: int, speaker: Name | None) -> None:  # noqa: FBT001
        self.kind = kind
        self.weak = weak
        self.word, self.turn, self.speaker = word, turn, speaker
        self.answer = ""
        self.answer_word = self.answer_turn = -1
        self.begun_turn = -1  # that of the first part of the answer
        self.reader: Name | None = None
        self.entity = 0
        self.email_part = 0  # 0, or one more than the part of an address (`spoken_email`) that is said next
        self.in_parts = False  # single letters and digits are an answer
        self.asked = False  # it was asked for, and not just named: a digit is an answer
        self.personal = False  # it is said whose it is: "your pin"
        self.asking = False  # words before it ask for something
        self.stated = False  # it is only named: "i'll send a confirmation email"
        self.mine = False  # it is the speaker's own: "my pin"
        self.wanted = 0  # digits and letters of a whole answer, 0 where nobody knows
        self.given = 0  # digits and letters that its reader has given
        self.time: float | None = None
        self.goes_on = False  # of an answer in words: this turn says that it goes on, "and then nutmeg"
        self.answer_type = answer_type = ANSWER_TYPES[kind]
        self.is_counted = answer_type in COUNTED
        self.is_read_out = answer_type in READ_OUT
        # the answer may hold everyday words
        self.holds_words = answer_type in _WORD_TYPES or kind in {"POSTCODE", "USER_ID", "IP_ADDRESS"}
        # the answer is a code, of which the first letters may have become a short word
        self.is_code = answer_type == CODE and not self.holds_words and not weak

    def fork(self) -> Question:
        """Return an independent copy."""
        return filled(Question(self.kind, self.weak, self.word, self.turn, self.speaker), self)

    @property
    def latest_turn(self) -> int:
        """Return the turn in which it was last talked of."""
        return max(self.turn, self.answer_turn)

    @property
    def begun(self) -> bool:
        """Return whether a part of the answer has come."""
        return self.answer_turn >= 0

    @property
    def is_complete(self) -> bool:
        """Return whether all of the answer has come, as far as its length tells."""
        return 0 < self.wanted <= self.given

    @property
    def is_expected(self) -> bool:
        """Return whether it was asked for, or is being told."""
        return self.asked or self.begun

    def is_read_on(self, turn: int) -> bool:
        """Return whether more of the answer is to come in a turn: it is short of its length, or comes in pieces."""
        if self.is_complete:
            return False
        if self.wanted or self.given < SHORT_OPEN:
            return turn - self.answer_turn <= OPEN_TURNS
        return self.begun_turn < self.answer_turn and turn - self.answer_turn <= MORE_TURNS

    def is_fresh(self, turn: int) -> bool:
        """Return whether it was asked, or answered in part, so shortly before that a sentence may hold its answer."""
        if self.begun:
            return turn - self.answer_turn <= MORE_TURNS
        return turn - self.turn <= ANSWER_TURNS

    def lives(self, turn: int, word: int, time: float | None, hold: HoldBounds) -> bool:
        """Return whether an answer, or more of it, may still come at a word of the call."""
        if self.is_fresh(turn):
            return True
        if self.begun and (self.answer_type == SPELLED or self.kind in _SPOKEN_IN_PARTS):
            return turn - self.answer_turn <= OPEN_TURNS
        if self.weak or not self.is_read_out or self.is_complete or not (self.begun or self.asked):
            return False
        if self.begun and not self.wanted and self.given >= SHORT_OPEN:
            return turn - self.answer_turn <= OPEN_TURNS
        since = max(self.word, self.answer_word)
        return not hold.exceeded(turn - self.latest_turn, word - since, self.time, time)


class OpenQuestions:
    """The questions that wait for an answer, or for more of it, the latest one last."""

    __slots__ = (
        "address", "address_told", "awaits_code", "awaits_contact", "awaits_digits", "awaits_words", "counting_word",
        "first_word", "hold", "identifier", "known", "open", "topic", "town", "turn",
    )  # fmt: skip

    def __init__(self, hold: HoldBounds) -> None:
        self.hold = hold
        self.known = NOTHING_KNOWN
        self.open: list[Question] = []
        self.awaits_words = False  # an answer may hold everyday words: then no word may be left out
        self.awaits_contact = False  # an address or a user name is waited for, or more of one
        self.awaits_digits = False  # digits, which may begin with a word that sounds like one: "to for ate"
        self.awaits_code = False  # a code is waited for that may begin with any short word: "is fly 843"
        self.counting_word = -2  # the last word behind which a small number is none to hide: "room 4127"
        self.address = _NO_ADDRESS  # (turn, word) in which an address was asked for, or announced
        self.address_told = _NO_ADDRESS[0]  # the turn of its latest part
        self.town = _NO_ADDRESS[0]  # the turn in which a town was asked for
        self.topic = _NO_TOPIC  # (kind, word, turn) of the latest topic or weak phrase
        self.identifier = _NO_ADDRESS  # (word, turn) of the latest word for a number
        self.turn = -1
        self.first_word = 0  # of this turn

    def fork(self) -> OpenQuestions:
        """Return an independent copy."""
        other = OpenQuestions(self.hold)
        other.open = [item.fork() for item in self.open]
        other.known = self.known
        other.awaits_contact = self.awaits_contact
        other.awaits_words, other.awaits_code = self.awaits_words, self.awaits_code
        other.awaits_digits = self.awaits_digits
        other.counting_word, other.address = self.counting_word, self.address
        other.address_told, other.town = self.address_told, self.town
        other.turn, other.first_word = self.turn, self.first_word
        other.topic, other.identifier = self.topic, self.identifier
        return other

    def begin_turn(self, turn: int, first_word: int, time: float | None) -> None:
        """Take the beginning of a turn: what has been waited for too long is forgotten."""
        for item in self.open:
            if item.turn == self.turn and not item.begun:
                item.asked = _asks(item, first_word - item.word - 1)
                item.weak = item.weak and not (item.asked and item is self.open[-1])
            item.goes_on = False
        self.turn, self.first_word = turn, first_word
        if self.open:
            self.open = [item for item in self.open if self._is_kept(item, turn, first_word, time)]
            self._update()

    def _is_kept(self, item: Question, turn: int, word: int, time: float | None) -> bool:
        """Return whether a question stays open in a turn: for a number of no kind only where it was asked for."""
        named = item.kind != IDENTIFIER or item.asked or item.begun
        return named and item.lives(turn, word, time, self.hold)

    def _update(self) -> None:
        """Look again what is awaited."""
        self.awaits_words = self.awaits_code = self.awaits_digits = self.awaits_contact = False
        for item in self.open:
            self.awaits_contact = self.awaits_contact or item.kind in CONTACT
            if item.is_counted and not ((item.weak and not item.asking) or item.is_complete):
                self.awaits_digits = self.awaits_digits or self.turn - item.latest_turn <= MORE_TURNS
            if item.answer_type == DATE or item.email_part or (item.holds_words and self._may_hold_words(item)):
                self.awaits_words = True
            elif item.is_code and not item.begun and self.turn - item.turn <= 1:
                self.awaits_code = True

    def _may_hold_words(self, item: Question) -> bool:
        """Return whether everyday words may be of an answer that may hold some, in this turn."""
        if not item.begun or item.answer_turn == self.turn:
            return True
        return item.kind in _SPOKEN_IN_PARTS and self.turn - item.answer_turn <= MORE_TURNS

    def go_on(self, token: Token) -> None:
        """Take the first word of a turn with which an answer in words may go on."""
        for item in self.open:
            if item.kind in _SPOKEN_IN_PARTS and item.begun and item.reader == token.speaker:
                item.goes_on = True

    def give_up_code(self, word: int) -> None:
        """Await no code any longer when it has not begun `GOES_ON` words behind its phrase."""
        last = self.open[-1] if self.open else None
        if last is None or word - max(last.word, self.first_word) > GOES_ON:
            self.awaits_code = False

    def take(self, prompt: Prompt, token: Token, before: tuple[str, ...] = ()) -> None:
        """Take a phrase that ended with this word; `before` are the words before it."""
        kind = prompt.kind
        if kind in _PLACES:
            self._take_place(kind, token)
            return
        if kind == ASKS:
            self._ask_for_named(token)
            return
        if kind == OTHER and prompt.weak:
            self.counting_word = token.index
            return
        if kind == IDENTIFIER or prompt.topic or prompt.weak:
            composed = self._compose(prompt, token, before)
            if composed is None or (composed.weak and self._is_possessor(token, before)):
                return
            kind, prompt = composed.kind, composed
        if not self._is_moot(kind, token, before):
            self._make_room(kind, token, weak=prompt.weak)
            self._ask(kind, token, before, weak=prompt.weak)

    def _is_moot(self, kind: str, token: Token, before: tuple[str, ...]) -> bool:
        """Return whether a phrase of this kind asks for nothing here."""
        if kind == "BIRTH_PART":
            return self.latest_of("DATE_OF_BIRTH") is None  # "and the year?" - of the car
        if kind == "DATE_OF_BIRTH" and self._explains_pin(token):
            return True  # "it's my cat's birthday so 1402"
        if MINE in before:
            for item in self.open:
                if item.kind == kind and self._is_being_read(item, token):
                    return True  # it is only named
        return False

    def _make_room(self, kind: str, token: Token, *, weak: bool) -> None:
        """Close what a question of this kind takes the place of."""
        kept: list[Question] = []
        for item in self.open:
            asked_again = item.kind == kind or (not item.begun and item.kind == IDENTIFIER and item.turn == token.turn)
            if not asked_again:
                kept.append(item)
        self.open = kept[-KEPT_QUESTIONS:]
        last = self.open[-1] if self.open else None
        named = last is not None and (last.weak or (last.kind == "USERNAME" and token.index - last.word == 1))
        if last is not None and named and not (last.begun or weak) and token.index - last.word <= BESIDE:
            self.open.pop()  # "your account password", "your login code"
            last = self.open[-1] if self.open else None
        if kind == "US_SSN" and last is not None and last.kind == CARD and token.index - last.word <= CLOSE:
            self.open.pop()  # "the last four of your social"

    def _ask(self, kind: str, token: Token, before: tuple[str, ...], *, weak: bool) -> None:
        """Open a question."""
        stated = ANSWER_TYPES[kind] == TEXT and before[-2:-1] == (IS,) and len(before) > 2 and WHICH.isdisjoint(before)
        weak = weak or stated  # "velvet comet is the password"
        question = Question(kind, weak, token.index, token.turn, token.speaker)
        owner = before[-_OWNER:]
        question.mine, question.personal = MINE in owner, not YOURS.isdisjoint(owner)
        if kind == IDENTIFIER and not WHICH.isdisjoint(before[-1:]):
            question.personal = True
        question.wanted, question.time = _wanted(kind, before), token.time
        question.asking = not ASKING.isdisjoint(before)
        question.stated = not question.personal and not STATEMENTS.isdisjoint(before)
        question.in_parts = kind in _SHORT or (kind in _IN_PARTS and not CHARACTERS.isdisjoint(before))
        if token.speaker is None:  # no turn will end: what is asked is known by its words alone
            question.asked = not question.mine and not question.weak
        self.open.insert(0 if kind == SITE else len(self.open), question)  # it takes no number from another one
        self._update()

    def _ask_for_named(self, token: Token) -> None:
        """Take note that what was named last in the turn is asked for."""
        last = self.open[-1] if self.open else None
        if last is not None and last.turn == token.turn and not last.begun:
            last.personal, last.mine = True, False

    def _take_place(self, kind: str, token: Token) -> None:
        """Take note that an address or a town was asked for, or announced."""
        if kind == TOWN:
            self.town = token.turn
            return
        last = self.latest_of("EMAIL_ADDRESS") or self.latest_of("IP_ADDRESS")
        if last is None or last.begun or last.turn != token.turn:  # "do you use email what's the address"
            self.address = (token.turn, token.index)

    def _is_being_read(self, item: Question, token: Token) -> bool:
        """Return whether the speaker of a word has given a part of the answer, and more of it is to come."""
        if not (item.begun and item.is_read_out) or token.turn - item.answer_turn > MORE_TURNS:
            return False
        return not item.is_complete and item.reader == token.speaker

    def _compose(self, prompt: Prompt, token: Token, before: tuple[str, ...]) -> Prompt | None:
        """Put a topic and a word for a number together; return the phrase that they are, or None for a topic alone.

        What is composed in this turn already, or asked for by a phrase of its own, is not composed again.
        """
        here = token.turn
        if prompt.kind == IDENTIFIER:
            kind, word, turn = self.topic
            self.identifier = (token.index, here)
            if turn == here and token.index - word <= COMPOSED:
                return Prompt(kind)
            last = self.open[-1] if self.open else None
            asked = last is not None and last.turn == here and not last.weak and token.index - last.word <= COMPOSED
            if asked:
                return None
            waiting = last is not None and last.is_counted and not last.weak and not last.begun
            kind = last.kind if last is not None and waiting else IDENTIFIER
            named = MINE in before[-_OWNER:] or not WHICH.isdisjoint(before[-1:])  # "what reference did they give you"
            return Prompt(kind, weak=kind == IDENTIFIER and not named)
        word, turn = self.identifier
        self.topic = (prompt.kind, token.index, here)
        if turn == here and token.index - word <= COMPOSED:
            return Prompt(prompt.kind)
        return None if prompt.topic else prompt

    def _explains_pin(self, token: Token) -> bool:
        """Return whether the word stands in the answer to the question for a PIN."""
        last = self.open[-1] if self.open else None
        if last is None or last.kind != "PIN" or last.begun:
            return False
        return last.turn == token.turn - 1 and token.speaker != last.speaker

    def _is_possessor(self, token: Token, before: tuple[str, ...]) -> bool:
        """Return whether a weak phrase only says whose number was announced: "the policy number of my account"."""
        last = self.open[-1] if self.open else None
        if last is None or last.weak or last.begun or last.turn != token.turn or last.kind == OTHER:
            return False
        return token.index - last.word < NEAR and not LINKS.isdisjoint(before[-2:])

    def answered_by(self, token: Token) -> Question | None:
        """Return the question that a number or name beginning with this word answers, or None."""
        beside = here = before = None
        dated = bool(token.classes & _DATED) and self._awaits_date()
        for item in self.open:
            if self._is_passed_over(item, token, dated=dated):
                continue
            if item.turn == token.turn:
                distance = token.index - item.word
                if item.mine and not item.begun and distance > BESIDE and self._is_read_by(token):
                    continue  # "i'm doing this off my phone, sorry"
                if distance <= BESIDE:
                    beside = item
                since = token.index - max(item.word, item.answer_word)
                if since <= _reach(item, token) and (here is None or _goes_first(item, here)):
                    here = item
            elif not (item.begun or item.asked) and self._is_read_by(token):
                continue
            elif self._may_be_answered(item, token) and (before is None or _is_next(item, before)):
                before = item
        if here is not None and here.kind == OTHER and before is not None and not before.begun:
            here = None  # "so many people ask me for it, it's 3906"
        return beside or here or before

    def _is_passed_over(self, item: Question, token: Token, *, dated: bool) -> bool:
        """Return whether a word answers another question than this one; `dated`: a date may begin with it."""
        if item.kind == OTHER:  # "four four" - "how many more are there" - "and eight"
            return item.turn != token.turn and self._is_surely_read_by(token)
        return item.kind == SITE or (dated and item.answer_type == SPELLED)  # "name and birthday?" - "june the first"

    def _awaits_date(self) -> bool:
        """Return whether a date was asked for."""
        for item in self.open:  # noqa: SIM110 - asked for every number, and a generator costs more than the rest
            if item.answer_type == DATE:
                return True
        return False

    def _is_read_by(self, token: Token) -> bool:
        """Return whether the speaker of a word is in the middle of an answer."""
        for item in self.open:  # noqa: SIM110 - as above
            if self._is_being_read(item, token):
                return True
        return False

    def _is_surely_read_by(self, token: Token) -> bool:
        """Return whether the same, and more of the answer must come."""
        return any(self._is_being_read(item, token) and item.is_read_on(token.turn) for item in self.open)

    def _may_be_answered(self, item: Question, token: Token) -> bool:
        """Return whether a word of a later turn may be the answer."""
        if item.answer_type == TEXT and item.answer_turn == token.turn:
            return token.index - self.first_word <= FIRST_WORDS
        if token.index - self.first_word > (GOES_ON if item.begun else FIRST_WORDS):
            return False
        if not item.lives(token.turn, token.index, token.time, self.hold):
            return False
        if item.in_parts and item.begun:
            return token.speaker == item.reader  # "and the fifth?"
        if item.answer_type != TEXT:
            return True
        if item.begun:
            return token.speaker == item.reader and (item.goes_on or self._goes_on_without(item, token))
        return not (item.weak or token.speaker == item.speaker)

    def _goes_on_without(self, item: Question, token: Token) -> bool:
        """Return whether an answer in words goes on though nothing says so: with a number, or an unusual word."""
        if item.kind not in _SPOKEN_IN_PARTS or token.turn - item.answer_turn > OPEN_TURNS:
            return False
        first = token.index == self.first_word and token.classes & UNCOMMON
        return bool(first or token.classes & (NUMERIC | MIXED))

    @property
    def address_turn(self) -> int:
        """Return the turn in which an address was asked for; a negative number when something else was since."""
        turn, word = self.address
        for item in self.open:
            if item.word > word and not item.weak and not item.mine:
                return _NO_ADDRESS[0]
        return turn

    def tells_address(self, turn: int) -> bool:
        """Return whether an address is told: it was asked for, or a part of it said, shortly before."""
        prompted = self.address_turn
        return prompted >= 0 and turn - max(prompted, self.address_told) <= ADDRESS_TURNS

    def find(self, key: tuple[str, int] | None) -> Question | None:
        """Return the question of this kind and word, or None when it is no longer open."""
        if key is not None:
            kind, word = key
            for item in self.open:
                if item.word == word and item.kind == kind:
                    return item
        return None

    def latest_of(self, kind: str) -> Question | None:
        """Return the latest question of a kind, or None."""
        for item in reversed(self.open):
            if item.kind == kind:
                return item
        return None

    def know(self, kind: str, text: str) -> None:
        """Take an answer of this kind, to know it for the rest of the call."""
        self.known = self.known.with_answer(kind, text)

    def is_open(self, entity: int) -> bool:
        """Return whether more of an entity may come."""
        for item in self.open:  # noqa: SIM110 - as above
            if item.entity == entity:
                return True
        return False

    def close_all(self) -> None:
        """Take all that was asked for as answered: a label of an earlier redaction stands there."""
        self.open = [item for item in self.open if item.kind == OTHER]
        self.address = _NO_ADDRESS
        self._update()

    def record_answer(
        self, item: Question, text: str, word: int, turn: int, reader: Name | None, time: float | None = None
    ) -> None:
        """Take a part of an answer, which ends with `word`."""
        if not item.begun:
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


def _asks(item: Question, behind: int) -> bool:
    """Return whether a phrase asks, and does not just name, with `behind` words between it and the end of its turn."""
    if item.weak:
        return not item.mine and item.asking and behind <= CLOSE and item.kind != OTHER
    return item.personal or (behind <= ASKED_BEHIND and not (item.mine and behind != 1))


def _reach(item: Question, token: Token) -> int:
    """Return how many words behind a phrase, or a part of its answer, a word of the same turn may answer it."""
    if item.answer_type == TEXT and not item.weak:
        if token.speaker is None and token.classes & (UNCOMMON | NATO):
            return FAR  # the answer may stand in the same turn
        return CLOSE if item.begun else NEAR
    if token.speaker is None and (item.begun or item.asked) and item.is_read_out:
        return FAR  # where no turns are told apart, words of the other speaker stand between
    return CLOSE if item.weak else NEAR


def _wanted(kind: str, before: tuple[str, ...]) -> int:
    """Return how many digits and letters the answer has: as many as were asked for, or as its kind has."""
    for place in range(len(before) - 1, -1, -1):
        said = VALUES.get(before[place], before[place])
        if not said.isdecimal() or not 1 < int(said[:3]) <= _MOST_WANTED:
            continue
        ending = place > 0 and before[place - 1] in ENDS  # "the last four of your"
        if ending or not CHARACTERS.isdisjoint(before[place + 1 : place + 2]):  # "the six digit code"
            return int(said[:3])
    return SIZES.get(kind, 0)


def _is_next(item: Question, than: Question) -> bool:
    """Return whether `item`, asked after `than` in an earlier turn, is the one that is answered now."""
    unanswered = than if item.begun else item
    if item.turn == than.turn and item.begun != than.begun and not unanswered.weak:
        return _goes_first(item, than)  # two things asked at once
    if item.latest_turn != than.latest_turn:
        return item.latest_turn > than.latest_turn
    return _goes_first(item, than)


def _goes_first(item: Question, than: Question) -> bool:
    """Return whether `item`, asked after `than` in the same turn, is the one that is answered now."""
    if item.begun == than.begun:
        return item.begun or than.kind == OTHER
    unanswered, begun = (than, item) if item.begun else (item, than)
    complete = len(begun.answer) >= _COMPLETE.get(begun.kind, COMPLETE)
    return item is (unanswered if unanswered.kind != OTHER and complete else begun)
