"""Pieces of an e-mail address, a user name, a web or network address that was asked for or announced.

"carmen", "mm-hmm", "underscore montague", "montague yeah", "then at yahoo", "and finally dot com": a turn of the reader
that is nothing but such words, behind words that lead into it, is a piece; so is what the other speaker says again. A
candidate (`spoken_email`) takes the words; whether they are a piece is decided when it ends.
"""

from __future__ import annotations

from typing import Final

from ccredact.detectors.identifiers.spoken_email import IN_DOMAIN, IN_ENDING, IN_NAME, SpokenEmail
from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.dialogue.kinds import CONTACT, NONE, TEXT
from ccredact.dialogue.lifetimes import ANSWER_TURNS, MORE_TURNS
from ccredact.dialogue.open_answers import OpenAnswers
from ccredact.dialogue.placement import ends_there, leads
from ccredact.lang.en.emails import (
    ADDRESS_NOUNS,
    ASIDES,
    ASKING_AGAIN,
    ASKING_OTHERWISE,
    AT,
    BEFORE_PIECES,
    DOT,
    DOTS,
    JOINING,
    NO_PIECES,
    PAUSES,
    PIECE_ENDS,
    PIECE_LEADS,
    PROVIDERS,
    REMARKS,
    WEB,
)
from ccredact.lang.en.identifiers import BEHIND_ONE, COPULAS, PRONOUN
from ccredact.lang.en.names import DETERMINERS, POINTING
from ccredact.lang.en.words import CLASSES, FUNCTION, POSSESSIVE
from ccredact.numbers.quantity import is_unit
from ccredact.text import word_class as wc
from ccredact.text.token import Token
from ccredact.transcript import Name

MOST_BEFORE: Final = 6
"""Words of its turn that may lead into a piece."""
MOST_WORDS: Final = 2
"""Words of a piece without a sign, beside numbers and letters."""
MOST_BETWEEN: Final = 6
"""Words of the other speaker between two pieces that say nothing of them."""
MOST_STATING: Final = 4
"""Words between a phrase and an answer that is announced with it: "the email on the account is"."""
_STATEMENT: Final = 3
"""Words of the shortest statement: "the fee is"."""
MOST_TOLD: Final = 24
"""Words of pieces that are known when they are said again."""
_NUMBERS: Final = wc.NUMERIC | wc.MAGNITUDE
_CODE: Final = _NUMBERS | wc.LETTER | wc.ARTICLE | wc.NATO | wc.MIXED
_UNUSUAL: Final = wc.UNCOMMON | wc.MIXED
_NO_BEGINNING: Final = wc.LEADING | wc.LABEL
_STATING: Final = COPULAS | {AT, "as", "to"}
"""Words right before an answer that is announced."""
_JOINTS: Final = JOINING | PAUSES | {AT}
_NEVER_LEAD: Final = frozenset({"it", PRONOUN})
_WRITTEN_JOINTS: Final = frozenset({".", "_", "-"})
"""Between two words of an address that is written: "hal.quimby"."""
_SURE_FORMS: Final = frozenset({"URL", "IP_ADDRESS"})
"""Kinds of answers that are known by their form too."""
_SIGNS: Final = JOINING | {AT}
_WEB_LETTERS: Final = "w"


class ContactPieces:
    """What was told of an answer, and what the other speaker has said since."""

    __slots__ = ("_again", "_otherwise", "_speaker", "_turn", "_words", "told")

    def __init__(self) -> None:
        self.told: tuple[str, ...] = ()
        self._turn = -1  # the turn of the other speaker that is being read
        self._speaker: Name | None = None
        self._words = 0  # of that turn
        self._otherwise = self._again = False  # it asks for something, for what was said or what follows it

    def fork(self) -> ContactPieces:
        """Return an independent copy."""
        other = ContactPieces()
        other.told, other._turn, other._speaker = self.told, self._turn, self._speaker
        other._words = self._words
        other._otherwise, other._again = self._otherwise, self._again
        return other

    def hear(self, token: Token, questions: OpenAnswers) -> None:
        """Take a word: the other speaker may talk of something else with it."""
        if token.turn == self._turn and token.speaker == self._speaker:
            self._words += 1
        else:
            readers = [item.reader for item in questions.open if item.kind in CONTACT and item.begun]
            if not readers:
                self.told = ()
            if not readers or token.speaker in readers:
                return
            self._turn, self._speaker, self._words = token.turn, token.speaker, 1
            self._otherwise = self._again = False
        self._otherwise = self._otherwise or token.key in ASKING_OTHERWISE
        self._again = self._again or token.key in ASKING_AGAIN or token.key in ASIDES or token.key in self.told

    @property
    def _is_left(self) -> bool:
        """Return whether the other speaker has gone on to something else."""
        return not self._again and (self._otherwise or self._words > MOST_BETWEEN)

    def question_for(self, token: Token, before: tuple[str, ...], questions: OpenAnswers) -> ExpectedAnswer | None:
        """Return the question of which a piece may begin with the word; `before` are the words before it."""
        item = _latest(questions)
        if item is None or not _may_begin(token) or (item.kind == "IP_ADDRESS" and not _may_be_network(token)):
            return None
        position = token.index - questions.first_word
        turn = token.turn
        joint = token.key in JOINING or (token.key == AT and item.kind == "EMAIL_ADDRESS")
        if item.begun and item.answer_turn == turn:
            since = token.index - item.answer_word - 1
            between = before[len(before) - since :]
            if token.key in self.told or any(CLASSES.get(key, 0) & wc.CORRECTION for key in between):
                item.email_part = IN_NAME + 1  # it begins anew
            near = item.email_part <= IN_ENDING and since <= MOST_BEFORE and _all_lead(between)
            return item if near or (joint and token.speaker == item.reader) else None
        if item.turn == turn and not (token.speaker is None and item.asked):
            named = any(other.word > item.word and not (other.weak or other.cards_only) for other in questions.open)
            return item if not named and _is_announced(item, token, before) else None
        if item.begun:
            if turn - item.answer_turn > MORE_TURNS:
                return None
            if token.speaker != item.reader:
                return (
                    item
                    if joint or (token.key in self.told and position <= MOST_BEFORE and _all_lead(before))
                    else None
                )
            if (self._is_left or item.email_part > IN_ENDING) and not (joint or token.key in self.told):
                return None
            return item if joint or (position <= MOST_BEFORE and _all_lead(before)) else None
        if item.weak:  # "send it to carmen", "underscore montague"
            near = turn - item.turn <= MORE_TURNS and token.speaker == item.speaker
            return item if item.kind == "EMAIL_ADDRESS" and near and joint and _all_lead(before) else None
        asked = item.asked and not item.stated and token.speaker != item.speaker and turn - item.turn <= ANSWER_TURNS
        return item if asked and position <= MOST_BEFORE and _all_lead(before) else None

    def stage_of(self, question: ExpectedAnswer, token: Token) -> int:
        """Return the part of the address that begins with the word."""
        if not question.email_part or token.key == AT or token.key in self.told or token.key in {WEB, _WEB_LETTERS}:
            return IN_NAME
        return max(IN_NAME, question.email_part - 1)

    def piece_end(
        self, email: SpokenEmail, question: ExpectedAnswer, behind: Token | None, questions: OpenAnswers
    ) -> int:
        """Return the last word of the piece that a candidate is, -1 for none; `behind` is the word behind it."""
        kept = [token for token, _ in email.kept]
        while kept and _is_loose(kept, behind, email.last):
            behind = kept.pop()
        if not kept or (email.start != kept[0].index and email.kind != "URL"):
            return -1
        token = kept[-1]
        if question.begun and email.speaker != question.reader:
            known = all(item.key in self.told or item.key in _JOINTS for item in kept)
            return token.index if known else -1
        if not _is_piece(kept, question, behind, email, numbered=self._is_numbered(kept[0], question)):
            return -1
        numbers = all(item.classes & _NUMBERS for item in kept)
        return -1 if numbers and question.kind != "IP_ADDRESS" and _has_rival(question, questions) else token.index

    def _is_numbered(self, token: Token, question: ExpectedAnswer) -> bool:
        """Return whether a user name has come to its number: what is not known then is another talk."""
        if not question.begun or not self.told or question.kind == "EMAIL_ADDRESS" or token.key in self.told:
            return False
        last = self.told[-1]
        return last.isdecimal() or bool(CLASSES.get(last, 0) & _NUMBERS)

    def record(self, email: SpokenEmail, question: ExpectedAnswer, end: int, questions: OpenAnswers) -> None:
        """Take a piece, which ends with the word `end`."""
        keys = tuple(token.key for token, _ in email.kept if token.index <= end and token.key not in _JOINTS)
        self.told = (*self.told, *keys)[-MOST_TOLD:]
        repeated = question.begun and email.speaker != question.reader
        if question.kind == "EMAIL_ADDRESS":
            question.email_part = max(question.email_part, email.stage + 1)
        else:
            question.email_part = IN_NAME + 1
        reader = question.reader if repeated else email.speaker
        questions.record_answer(question, "", end, email.turn, reader)


def _has_rival(question: ExpectedAnswer, questions: OpenAnswers) -> bool:
    """Return whether a number was asked for in the same turn: "your email and a phone number"."""
    rivals = [item for item in questions.open if item.kind not in CONTACT and item.answer_type not in {TEXT, NONE}]
    return any(item.turn == question.turn and not (item.begun or item.cards_only) for item in rivals)


def _latest(questions: OpenAnswers) -> ExpectedAnswer | None:
    """Return the question of these kinds that is being answered, None when another one is."""
    found = None
    for item in sorted(questions.open, key=lambda item: item.word):
        if item.kind in CONTACT:
            found = item
        elif item.answer_type == NONE or item.weak or item.cards_only or (found is not None and item.begun):
            continue
        elif found is None or (
            item.turn != found.turn and not (found.begun and item.mine and item.speaker == found.reader)
        ):  # "i'm on my phone"
            found = None  # something else was asked since
    return found


def _may_be_network(token: Token) -> bool:
    """Return whether the word may stand in a network address."""
    return bool(token.classes & wc.NUMERIC) or token.key in DOTS


def _is_loose(kept: list[Token], behind: Token | None, last: int) -> bool:
    """Return whether the last word of a candidate belongs to what follows: "yahoo and", "w w w one | moment"."""
    token = kept[-1]
    if token.index > last or token.key in REMARKS:
        return True
    if token.classes & wc.UNIT and token.key in FUNCTION and behind is not None:  # "gmailcom oh | thank you"
        return behind.key in BEHIND_ONE or (
            len(kept) > 1 and not kept[-2].classes & _CODE and kept[-2].key not in _JOINTS
        )
    alone = len(kept) > 1 and not kept[-2].classes & _CODE and kept[-2].key not in JOINING
    return alone and bool(token.classes & wc.ARTICLE) and behind is not None


def _is_announced(item: ExpectedAnswer, token: Token, before: tuple[str, ...]) -> bool:
    """Return whether the word stands where an answer does that is announced in its turn: "my login is"."""
    since = token.index - item.word - 1
    if since > MOST_STATING:
        return False
    last = before[-1] if since else ""
    if item.kind in _SURE_FORMS and since <= 1:
        return True
    if last == AT:
        return True
    between = before[len(before) - since :]
    return last in _STATING and not item.asking and not _is_of_another(between)


def _is_of_another(between: tuple[str, ...]) -> bool:
    """Return whether something else is what it is, behind a phrase: "... by email. the fee is"."""
    if len(between) != _STATEMENT or between[2] not in COPULAS:
        return False  # "the email the bank has is", "email the receipt to"
    return between[0] in DETERMINERS and between[1] not in ADDRESS_NOUNS


def _may_begin(token: Token) -> bool:
    key, classes = token.key, token.classes
    if key in PIECE_LEADS:
        return False
    if key in PROVIDERS:  # "gmail" asks for an address too
        return True
    if key in JOINING or key == AT or classes & wc.NUMERIC:
        return True
    if token.prompt is not None:
        return False
    if classes & (_CODE | wc.UNCOMMON):
        return key not in FUNCTION or bool(classes & wc.ARTICLE)
    return key.isalpha() and key not in FUNCTION and not classes & (_NO_BEGINNING | wc.PROMPT_END)


def _all_lead(before: tuple[str, ...]) -> bool:
    """Return whether words lead into a piece: "and then there's", "it's", "the last bit is"."""
    if not before:
        return True
    last = before[-1]
    if last in _NEVER_LEAD:
        return False
    if not (
        last in BEFORE_PIECES or last in {AT, DOT} or (leads(last) and not last.endswith(POSSESSIVE)) or _is_lead(last)
    ):
        return False
    return all(key in PIECE_LEADS or _is_lead(key) for key in before)


def _is_lead(key: str) -> bool:
    return bool(CLASSES.get(key, 0) & wc.LEADING)


def _is_piece(
    kept: list[Token], question: ExpectedAnswer, behind: Token | None, email: SpokenEmail, *, numbered: bool
) -> bool:
    """Return whether the words of a candidate are a piece of the answer."""
    if _is_counted(kept, behind):
        return False
    if kept[-1].key == AT and behind is not None and behind.key in POINTING:
        return False  # "honestly at | this point"
    signed = email.signed or any(token.key in JOINING or token.gap in _WRITTEN_JOINTS for token in kept)
    signed = signed or any(token.key == AT for token in kept[1:])
    if question.weak and question.kind == "EMAIL_ADDRESS" and not any(token.key in _SIGNS for token in kept):
        return False  # "send it to | the office"
    if question.kind == "IP_ADDRESS":
        has_number = any(token.classes & _NUMBERS for token in kept)
        return has_number and (signed or ends_there(behind, "") or any(token.gap == "." for token in kept))
    if signed and len(kept) > 1:
        return any(token.key not in _JOINTS and token.key not in {WEB, _WEB_LETTERS} for token in kept)
    if kept[0].classes & wc.ARTICLE and (len(kept) == 1 or not kept[1].classes & _CODE):
        return False  # "i moved"
    words = [token for token in kept if not token.classes & (_CODE | wc.HESITATION) and token.key not in _JOINTS]
    if question.kind == "URL" and not question.begun:
        return kept[0].key == WEB or [token.key for token in kept[:3]] == [_WEB_LETTERS] * 3
    if not words:
        return ends_there(behind, "") and (question.begun or not all(token.classes & _NUMBERS for token in kept))
    return not numbered and _are_piece(words, kept, question, behind)


def _is_counted(kept: list[Token], behind: Token | None) -> bool:
    """Return whether the word behind a candidate makes another thing of it: "two hundred", "oh dear", "nine kilos"."""
    if behind is None:
        return False
    if behind.classes & wc.MAGNITUDE or (len(kept) == 1 and kept[0].key in FUNCTION):
        return True
    return bool(kept[-1].classes & _NUMBERS) and is_unit(behind.classes) and not ends_there(behind, "")


def _are_piece(words: list[Token], kept: list[Token], question: ExpectedAnswer, behind: Token | None) -> bool:
    """Return whether plain words, without a sign, are a piece; `kept` are they with numbers and letters."""
    if len(words) > MOST_WORDS or any(token.key in NO_PIECES for token in words):
        return False
    if kept[0].key == AT:
        return len(words) == 1 and (question.begun or words[0].key in PROVIDERS)
    over = ends_there(behind, "")
    if any(token.classes & _UNUSUAL for token in words):
        return behind is None or over or behind.key not in PIECE_ENDS
    if question.turn == kept[0].turn and not question.begun:
        return False  # "my email is full"
    return over and not (question.kind == "URL" or question.email_part > IN_DOMAIN)
