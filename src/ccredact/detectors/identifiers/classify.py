"""Classification of a run: by the question that it answers (cued), else by its form (`uncued`)."""

from __future__ import annotations

from typing import Final

from ccredact.detectors.identifiers.age import AGE_DIGITS, introduces_age, is_stated_age
from ccredact.detectors.identifiers.code_run import CodeRun, ends_sentence
from ccredact.detectors.identifiers.phone import LEAST_DIGITS, MOST_DIGITS
from ccredact.detectors.identifiers.postcode import is_postcode, is_zip, may_become_zip
from ccredact.detectors.identifiers.uncued import (
    CODE_DIGITS,
    DATE_DIGITS,
    DAY_DIGITS,
    is_amount,
    is_amount_with_letters,
    uncued_label,
)
from ccredact.detectors.scores import CHECKED_SCORE, CUED_SCORE, UNCUED_SCORE
from ccredact.dialogue.kinds import AGE, CODE, DATE, DIGITS, EMAIL, IDENTIFIER, LABELS, NONE, SPELLED, TEXT
from ccredact.dialogue.known_answers import KnownAnswers
from ccredact.dialogue.open_questions import BESIDE, FAR, MORE_TURNS, NEAR, Question
from ccredact.dialogue.placement import EARLY, begins_sentence, binds, ends_there, leads
from ccredact.entities import NUMBER
from ccredact.lang.en.cardinals import OH
from ccredact.lang.en.dates import AMBIGUOUS_PARTS, BEFORE_DATES, BEFORE_MAY, BEHIND_MAY, MAY
from ccredact.lang.en.identifiers import (
    ARTICLE,
    BEFORE_ONE,
    BEHIND_LETTER,
    BEHIND_ONE,
    BEHIND_ZERO,
    BUILD,
    CONTINUATIONS,
    COPULAS,
    EXTENSIONS,
    GOES_ON_AS_NOUN,
    IT_IS,
    ONE,
    PHONE_PLACES,
    PRONOUN,
)
from ccredact.lang.en.words import CLASSES
from ccredact.numbers.years import is_year
from ccredact.reasons import Reason
from ccredact.text import word_class as wc
from ccredact.text.token import Token

Found = tuple[str, float, Reason]
"""A label, "" for none, its score and its reason."""
NOTHING: Final[Found] = ("", 0.0, Reason.FORM)
LEAST_SIZE: Final = 3
"""Digits and letters of an answer."""
CERTAIN_SIZE: Final = 5
"""Digits and letters from which on a cued run is hidden as it comes."""
_CUED_CODE: Final = frozenset({DIGITS, CODE})
READ_OUT: Final = _CUED_CODE | {DATE}
"""Types of answers that are read out character by character, or in parts."""
_NEVER_CERTAIN: Final = frozenset({NONE, EMAIL, AGE, DATE, SPELLED})
"""Types of answers of which the end must be known."""
_MARKS: Final = frozenset(".,;?!")
_WORDS: Final = frozenset({ARTICLE, PRONOUN})
_WORD_LETTERS: Final = frozenset(ARTICLE + PRONOUN)
RANGE: Final = 2
"""Figures of a range."""
_MORE_WORDS: Final = OH | {ONE}
"""Digits that are words of a sentence too: "one moment", "oh dear"."""
_ROUND: Final = "00"
_NO_KIND: Final = frozenset({"", IDENTIFIER})
_MOST_DATE_DIGITS: Final = 8
_DATE_DIGITS: Final = 5
"""Digits from which on an answer is a date however it was said."""
_DATE_WORDS: Final = 3
"""Words of a date of four digits: "four five eighty"."""
_YEAR_DIGITS: Final = 4
_PIECE_DIGITS: Final = 3
"""Digits, said one by one, that are a piece of a longer number."""


def label_for(kind: str) -> str:
    """Return the label of an answer to a question of this kind."""
    return LABELS.get(kind, kind)


def answer_reason(question: Question, turn: int) -> Reason:
    """Return the reason of an answer in a turn: it is a piece where the answer was begun in an earlier one."""
    return Reason.PIECE if 0 <= question.begun_turn < turn else Reason.CUED


def is_certain(run: CodeRun, question: Question | None) -> bool:
    """Return whether a cued run is certainly an identifier before its end is known."""
    if question is None or run.kind in _NO_KIND or run.answer_type in _NEVER_CERTAIN:
        return False
    if run.size < CERTAIN_SIZE or run.digits < LEAST_SIZE:
        return False
    if run.currency or run.clock or run.point or run.magnitude:
        return False
    if may_become_zip(run) and run.core_start - question.word > BESIDE:
        return False
    return not _is_bound(run, question) and (not question.begun or _continues_answer(run, question))


def classify(run: CodeRun, question: Question | None, token: Token | None, *, numbers: bool) -> Found:
    """Return the label of a run that has ended, "" for none, its score and its reason.

    `question` is what it may answer, `token` the word behind it, None when its turn is over; `numbers`: numbers of
    unknown kind are hidden. A last number that belongs to the word behind it is left out of the run.
    """
    measured = (
        token is not None
        and run.fillers == 0
        and not ends_sentence(token.gap)
        and bool(token.classes & (wc.MEASURE | wc.MONTH))
    )
    apart = run.ends_apart and not (token is None and is_led(run))
    dropped = run.answer_type != DATE and ((measured and run.ends_small) or apart)
    if measured and run.joined and run.digits <= DATE_DIGITS and len(run.figures) == RANGE:
        return NOTHING  # "10-15 minutes"
    if dropped and run.drop_last():  # "4589 | 24 hours", "9844 | 3"
        if _WORD_LETTERS.issuperset(run.text):
            return NOTHING  # "a | 15-inch model"
        token = None
    if token is not None and run.last_key == ONE and token.key in BEHIND_ONE:
        token = None if run.drop_last() else token  # "four nine | one moment"
    if run.counted and _is_item_number(run):
        return NOTHING  # "flight BA 283", "room 4127"
    if is_zip(run) and (question is None or run.core_start - question.word > BESIDE):
        return "POSTCODE", UNCUED_SCORE, Reason.FORM
    if token is not None and token.classes & wc.LABEL and run.prefix and run.digits <= DAY_DIGITS:
        return NOTHING  # what stood there ended it, and it was judged without it
    answers = question is not None and is_whole_answer(run, question)
    amount = is_amount(run, token, named=answers)
    if question is not None and run.answer_type != NONE and _is_answer(run, question, token, amount=amount):
        label = uncued_label(run) if question.kind == IDENTIFIER else ""
        return label or label_for(question.kind), CUED_SCORE, Reason.CUED
    if amount:
        return NOTHING
    label = _classify_uncued(run, token)
    if label == "IBAN_CODE":
        return label, CHECKED_SCORE, Reason.CHECKSUM
    return (label, UNCUED_SCORE, Reason.FORM) if numbers or label != NUMBER else NOTHING


def _classify_uncued(run: CodeRun, token: Token | None) -> str:
    """Return the label of a run that answers nothing, by its form and the words beside it."""
    if is_stated_age(run, token):
        return "AGE"
    if token is not None and token.key in PHONE_PLACES and LEAST_DIGITS <= run.digits <= MOST_DIGITS:
        return NUMBER if run.letters or run.fillers else "PHONE_NUMBER"
    label = NUMBER if run.answer_type == AGE and run.digits >= CODE_DIGITS else uncued_label(run)
    if not label and token is None and run.answer_type != NONE and _is_piece(run):
        label = NUMBER
    return "POSTCODE" if label == NUMBER and is_postcode(run, token) else label


# -- answers -------------------------------------------------------------------------------------------------------


def _is_answer(run: CodeRun, question: Question, token: Token | None, *, amount: bool) -> bool:
    """Return whether a run is an answer to the question; `amount`: by its form it is an amount."""
    form = question.answer_type
    if form == DATE:
        if _is_bound(run, question):
            return False  # "it came in 2021"
        if not question.is_fresh(run.turn) and not is_piece_of_answer(run, question, token):
            return False
        if question.in_parts and question.turn != run.turn and run.digits <= _YEAR_DIGITS and token is None:
            return True
        if not amount and is_piece_of_answer(run, question, token) and run.digits <= _MOST_DATE_DIGITS:
            return not _is_everyday_word(run, token)
        return _is_date(run, question) and not _is_everyday_word(run, token)
    if form == AGE:
        beside = run.core_start - question.word <= BESIDE
        said = question.turn != run.turn or beside or introduces_age(run.led_by)
        return said and 0 < run.digits <= AGE_DIGITS and not run.letters and not amount
    if form == TEXT and question.begun and question.answer_turn != run.turn:
        return is_piece_of_answer(run, question, token)
    if form == EMAIL or (amount and not (run.slash and form in _CUED_CODE) and _is_separate(run, question)):
        return False
    if form == SPELLED:
        return run.letters > 1 and run.digits - run.letter_os <= 1
    return _is_code(run, question, token)


def _is_code(run: CodeRun, question: Question, token: Token | None) -> bool:
    """Return whether a run has the digits and letters of an answer."""
    form = question.answer_type
    if is_piece_of_answer(run, question, token):
        return True
    if not (question.is_fresh(run.turn) or is_led(run)):
        return False
    if question.in_parts and question.turn != run.turn:  # "i think it's k", "a new one"
        return run.text not in {ARTICLE, PRONOUN} or token is None or token.key in CONTINUATIONS
    only_letters = form == DIGITS and run.letters > 0 and run.digits == run.letter_os
    if only_letters and (run.last - run.start < LEAST_SIZE or uncued_label(run)):
        return False  # "my pin, my d o b"; a name
    if run.digits == 0 and run.letters < LEAST_SIZE:
        return False
    if run.prefix and run.digits < LEAST_SIZE - 1 and not run.letters:
        return False
    if form == TEXT and run.core_start == question.answer_word + 1:
        return True  # "sunflower nine nine"
    alone = token is None or (run.fillers > 0 and bool(token.classes & wc.HESITATION))
    if _is_bound(run, question):
        return False
    if question.answer_turn >= 0:
        return _continues_answer(run, question) and run.size >= (LEAST_SIZE - 1 if alone else LEAST_SIZE)
    if run.led_by in EXTENSIONS and run.core_start == question.word + 1:
        return run.digits >= LEAST_SIZE - 1
    if question.kind == IDENTIFIER:
        return run.digits >= CODE_DIGITS  # "ipx4", "number 2, pre-op"
    if question.weak:
        return run.size > LEAST_SIZE
    return run.size >= (LEAST_SIZE - 1 if alone and question.turn != run.turn else LEAST_SIZE)


def _is_whole(run: CodeRun, question: Question) -> bool:
    """Return whether a run that nothing leads into may be all of an answer: "here we go, four".

    Where the speakers are not told apart, anything may stand before it.
    """
    if binds(run.led_by):
        return False
    if run.speaker is None:
        return question.begun or question.asked
    return run.position < EARLY and not question.is_complete


def _continues_words(run: CodeRun, question: Question) -> bool:
    """Return whether a number goes on with an answer in words: "kestrel", "yeah", "three six"."""
    return question.begun and run.speaker == question.reader and question.is_fresh(run.turn) and is_led(run)


def is_led(run: CodeRun) -> bool:
    """Return whether a run does not stand inside a sentence: it begins its turn or its clause, or is led into."""
    return (run.behind_mark and run.led_by not in GOES_ON_AS_NOUN) or leads(run.led_by)


def stands_alone(run: CodeRun, token: Token | None) -> bool:
    """Return whether nothing of the same sentence follows the run; `token` is the word behind it."""
    return ends_there(token, run.first_filler if run.fillers else "")


def is_piece_of_answer(run: CodeRun, question: Question, token: Token | None) -> bool:
    """Return whether a run of any size is the answer to an open prompt, or a part of it.

    What was asked for is read out a digit at a time, with a word of the other speaker between. A short run is a part
    of it where it is led into and nothing of the same sentence follows; behind the first part whatever follows.
    """
    if question.answer_type not in READ_OUT or not run.size:
        return question.kind == "PASSWORD" and _continues_words(run, question) and stands_alone(run, token)
    touches = question.turn == run.turn and _touches(run, question)
    if question.weak and (question.kind == IDENTIFIER or not touches):
        return False
    if run.nato and question.turn == run.turn:
        return False  # "the confirmation code for that hotel?"
    if run.listed and run.digits <= DAY_DIGITS and not run.letters:
        return False
    if question.answer_type != CODE and run.letters + len(run.prefix):
        return False
    alone = stands_alone(run, token)
    if not (touches or is_led(run) or (alone and _is_whole(run, question))) or not _may_give(run, question):
        return False
    if alone:
        if run.size == 1 and run.last_key in OH:
            near = run.turn - question.latest_turn <= MORE_TURNS
            behind = run.first_filler if run.fillers else "" if token is None else token.key
            if not (question.begun or question.answer_type == DIGITS):
                return False
            return near and (behind == "" or run.led_by in COPULAS or (question.begun and behind in BEHIND_ZERO))
        if run.text == PRONOUN and run.led_by in COPULAS and run.led_by not in IT_IS:
            return False  # "where was i"
        over = token is None or token.key in BEHIND_LETTER or not _MARKS.isdisjoint(token.gap)
        if run.last_key == ONE and run.size == 1 and (run.led_by in BEFORE_ONE or not (token is None or is_led(run))):
            return False  # "the last one", "can you find me one with a garden"
        return not _WORD_LETTERS.issuperset(run.text) or (
            over and run.size == 1 and (question.begun or question.asked or touches)
        )
    if run.first_filler in GOES_ON_AS_NOUN or token is None or not begins_sentence(token):
        return False  # "i've got two accounts"
    early = touches or run.speaker is None or (run.position < EARLY and run.turn != question.turn)
    expected = touches or (question.asked if not question.begun else run.speaker == question.reader)
    is_word = (run.size == 1 and run.last_key in _MORE_WORDS) or _WORD_LETTERS.issuperset(run.text)
    return expected and early and not is_word


def known_label(run: CodeRun, token: Token | None, known: KnownAnswers) -> str:
    """Return the label of an answer that was given before and is said again; "" for none.

    What reads as a year, a count or a round number is it only where it does not stand inside a sentence.
    """
    if run.size < LEAST_SIZE or is_amount(run, token):
        return ""
    kind = known.kind_of(run.text)
    if not kind:
        return ""
    counts = run.size == LEAST_SIZE and run.singles < LEAST_SIZE and not run.letters
    everyday = counts or is_year(run.text) or run.text.endswith(_ROUND)
    stands = is_led(run) or (run.position < EARLY and not binds(run.led_by))
    return "" if everyday and not stands else label_for(kind)


def _is_bound(run: CodeRun, question: Question) -> bool:
    """Return whether a number inside a sentence is another than the one that is being read out: "back in 2016"."""
    return question.begun and run.turn != question.turn and not is_led(run)


def is_whole_answer(run: CodeRun, question: Question) -> bool:
    """Return whether a run is long enough for an answer and stands where one does."""
    if question.weak or question.answer_type not in _CUED_CODE or run.size < LEAST_SIZE or not _may_give(run, question):
        return False
    return is_led(run) or (question.turn == run.turn and _touches(run, question))


def _touches(run: CodeRun, question: Question) -> bool:
    """Return whether a run stands right behind the phrase, or behind "is": "it's order 7", "the account is 12"."""
    distance = run.core_start - question.word
    return distance == 1 or (distance == BESIDE and run.led_by in COPULAS)


def _is_read_back(run: CodeRun, question: Question) -> bool:
    """Return whether the other speaker says the answer again, or its last piece."""
    if run.position >= EARLY or run.text not in question.answer:
        return False
    return run.size > 1 or (question.answer.endswith(run.text) and run.turn - question.answer_turn <= MORE_TURNS)


def _may_give(run: CodeRun, question: Question) -> bool:
    """Return whether the speaker of a run may give the answer, or says it again."""
    if question.begun:
        return run.speaker == question.reader or _is_read_back(run, question)
    if question.turn == run.turn:
        near = FAR if run.speaker is None and question.asked else NEAR
        return run.core_start - question.word <= near
    return question.asked and (run.speaker is None or run.speaker != question.speaker)


def _is_separate(run: CodeRun, question: Question) -> bool:
    """Return whether an amount is none of the letters and figures that were asked for."""
    beside = question.turn == run.turn and run.core_start - question.word <= BESIDE
    return not run.letters or (is_amount_with_letters(run) and not beside)


def _is_date(run: CodeRun, question: Question) -> bool:
    """Return whether a run is a date of birth, or part of one."""
    if run.month or (run.slash and run.digits > 1) or run.digits >= _DATE_DIGITS:
        return True
    if run.ordinal and (run.digits > 1 or question.turn != run.turn):
        return True
    return run.digits == _YEAR_DIGITS and (run.word_count >= _DATE_WORDS or is_year(run.text))


def _is_everyday_word(run: CodeRun, token: Token | None) -> bool:
    """Return whether a part of a date is another word here: "may I", "that may arise", "a report first"."""
    if run.word_count > 1 or run.ordinal + run.month != 1 or run.last_key not in AMBIGUOUS_PARTS:
        return False
    led_by = run.led_by
    if run.last_key == MAY:
        return (token is not None and token.key in BEHIND_MAY) or led_by in BEFORE_MAY
    return bool(led_by) and led_by not in BEFORE_DATES and not CLASSES.get(led_by, 0) & (wc.LEAD | wc.FILLER)


def _continues_answer(run: CodeRun, question: Question) -> bool:
    """Return whether a run behind an answer is more of it, or says it again: the asker's own small numbers are not."""
    if run.turn in (question.answer_turn, question.turn):
        return run.size >= LEAST_SIZE
    return run.speaker == question.reader or run.text in question.answer or run.size > CERTAIN_SIZE


# -- numbers of other things ---------------------------------------------------------------------------------------


def _is_item_number(run: CodeRun) -> bool:
    """Return whether a run is small enough for a number of things: "room 4127", "build 19045"."""
    most = CODE_DIGITS + 1 if run.led_by == BUILD else CODE_DIGITS
    return len(run.figures) <= 1 and run.digits <= most and len(run.prefix) < LEAST_SIZE


def _is_piece(run: CodeRun) -> bool:
    """Return whether three digits, said one by one, with which a turn ends, are a piece of a longer number."""
    if run.led_by and not CLASSES.get(run.led_by, 0) & wc.LEAD:
        return False  # "error four oh four"
    return run.spoken_only and run.digits == run.singles == run.word_count == _PIECE_DIGITS
