"""E-mail and web addresses, network addresses and user names that are spoken: the one that is being read.

A candidate (`spoken_email.SpokenEmail`) takes the words that may be of an address. It is one when it is complete, or
when it is a piece of what was asked for (`contact_pieces`); else the detector reads its words again.
"""

from __future__ import annotations

from typing import Final

from ccredact.detectors.base import Context
from ccredact.detectors.identifiers.assembly import label_for
from ccredact.detectors.identifiers.beginnings import NUMBERS, begins_email
from ccredact.detectors.identifiers.classify import answer_reason
from ccredact.detectors.identifiers.contact_pieces import ContactPieces
from ccredact.detectors.identifiers.held_word import HeldWord
from ccredact.detectors.identifiers.spoken_email import IN_NAME, SpokenEmail
from ccredact.detectors.scores import CUED_SCORE
from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.dialogue.kinds import EMAIL
from ccredact.dialogue.open_answers import OpenAnswers
from ccredact.lang.en.emails import DOT, JOINTS, PIECE_LEADS, WEB
from ccredact.reasons import Reason
from ccredact.text import word_class as wc
from ccredact.text.phrase_table import Prompt
from ccredact.text.token import Token
from ccredact.transcript import Span

_RETRIES: Final = NUMBERS | wc.LETTER | wc.UNCOMMON
"""Words of a turn with which an address may begin once another candidate of it was none."""
_NO_WORD: Final = (-1, -1)


class ContactAnswers:
    """The candidate that is open, None for none, and what was told before it."""

    __slots__ = ("_pieces", "_until", "email")

    def __init__(self) -> None:
        self.email: SpokenEmail | None = None
        self._pieces: ContactPieces | None = None  # once something of these kinds was asked for
        self._until = _NO_WORD  # (turn, word) of the end of the last candidate, which was no address

    def fork(self) -> ContactAnswers:
        """Return an independent copy."""
        other = ContactAnswers()
        other.email = None if self.email is None else self.email.fork()
        other._pieces = None if self._pieces is None else self._pieces.fork()
        other._until = self._until
        return other

    def begin(
        self,
        token: Token,
        before: tuple[str, ...],
        held: HeldWord | None,
        question: ExpectedAnswer | None,
        questions: OpenAnswers,
    ) -> bool:
        """Begin a candidate with a word, or with the one `held` before it; return whether it may begin one.

        `question` is what the word may answer; `before` are the words before it.
        """
        if questions.awaits_contact and self._begin_piece(token, before, questions):
            return True
        if question is not None and question.answer_type == EMAIL and self._may_begin(question, token):
            stage = max(IN_NAME, question.email_part - 1)
            self.open(token, before, token.index if held is None else held.word, stage)
            return True
        if held is not None and token.key in JOINTS:
            self.begin_at(token, before, held)
            return True
        return False

    def begin_at(self, token: Token, before: tuple[str, ...], held: HeldWord) -> None:
        """Begin a candidate with the word `held`, behind which "at" or "dot" is said now."""
        self.open(token, before, held.word, kind="URL" if held.key == WEB and token.key == DOT else "")

    def open(self, token: Token, before: tuple[str, ...], start: int, stage: int = IN_NAME, *, kind: str = "") -> None:
        """Begin a candidate at the word `start`; `token` is the word being read."""
        self.email = email = SpokenEmail(token, start, stage, kind)
        if not email.take(token, before):
            email.keep(token, before)

    def _begin_piece(self, token: Token, before: tuple[str, ...], questions: OpenAnswers) -> bool:
        """Begin a candidate for a piece of an address or a user name, if the word may begin one."""
        pieces = self._pieces = self._pieces or ContactPieces()
        pieces.hear(token, questions)
        if self._is_read(token):
            return False
        question = pieces.question_for(token, before, questions)
        if question is None:
            return False
        self.open(token, before, token.index, pieces.stage_of(question, token), kind=question.kind)
        return True

    def _is_read(self, token: Token) -> bool:
        """Return whether a word was of a candidate that was none."""
        turn, word = self._until
        return turn == token.turn and token.index <= word

    def _may_begin(self, question: ExpectedAnswer, token: Token) -> bool:
        """Return whether an address that was asked for may begin with the word."""
        if token.key in PIECE_LEADS or question.begun or not begins_email(token, question):
            return False
        if self._until[0] != token.turn:
            return True
        return not self._is_read(token) and bool(token.classes & _RETRIES)

    def end(
        self, behind: Token | None, questions: OpenAnswers, ctx: Context, *, turn_over: bool
    ) -> tuple[list[Span], int]:
        """End the candidate `email`, with which no word goes on.

        `behind` is the word behind it, `turn_over`: its turn has ended.

        Returns:
            What is hidden of it, and the last of its words that need not be read again, -1 for none.

        """
        email, self.email = self.email, None
        if email is None:
            return [], -1
        self._until = (email.turn, email.kept[-1][0].index)
        piece = self._end_piece(email, behind, questions, ctx) if email.kind else None
        if piece is not None:
            return [piece], piece.end - 1
        question = questions.latest_of("EMAIL_ADDRESS")
        asked = question is not None and (not question.begun or question.email_part > 0)
        is_piece = turn_over and asked and email.signed and not email.kind  # more of it may come in a later turn
        if email.is_complete or is_piece:
            reason = Reason.CUED if asked else Reason.FORM
            if question is not None:
                question.email_part = 0 if email.is_complete else email.stage + 1
                questions.record_answer(question, "", email.last, email.turn, email.speaker)
            found = Span(email.start, email.last + 1, "EMAIL_ADDRESS", CUED_SCORE, ctx.new_entity(), reason)
            return [found], email.kept[-1][0].index
        end = email.site_end
        if end < 0:
            return [], -1
        return [Span(email.start, end + 1, "URL", CUED_SCORE, ctx.new_entity(), Reason.FORM)], end

    def _end_piece(self, email: SpokenEmail, behind: Token | None, questions: OpenAnswers, ctx: Context) -> Span | None:
        """Hide a candidate that is a piece of what was asked for; return None if it is none."""
        question = questions.latest_of(email.kind)
        if question is None and email.kind == "URL" and email.kept[0][0].key == DOT:  # "www dot": nobody asked for it
            ctx.dialogue.ask(Prompt("URL"), *email.kept[0])
            question = questions.latest_of("URL")
        if question is None:
            return None
        pieces = self._pieces = self._pieces or ContactPieces()
        end = pieces.piece_end(email, question, behind, questions)
        if end < 0:
            return None
        label = "EMAIL_ADDRESS" if email.is_complete and email.kind != "URL" else label_for(question.kind)
        question.entity = question.entity or ctx.new_entity()
        pieces.record(email, question, end, questions)
        return Span(email.start, end + 1, label, CUED_SCORE, question.entity, answer_reason(question, email.turn))
