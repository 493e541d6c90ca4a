"""Classification of a run: by the question that it answers (cued), else by its form (`uncued`)."""

from __future__ import annotations

from typing import Final

from ccredact.detectors.identifiers.age import AGE_DIGITS, NO_AGE, age_lead, is_stated_age
from ccredact.detectors.identifiers.asked_dates import is_asked_date
from ccredact.detectors.identifiers.assembly import (
    WORD_LETTERS,
    is_formatted_answer,
    is_piece_of_answer,
    is_whole_answer,
    is_word,
    label_for,
)
from ccredact.detectors.identifiers.code_run import CodeRun
from ccredact.detectors.identifiers.phone import LEAST_DIGITS, MOST_DIGITS
from ccredact.detectors.identifiers.postcode import is_postcode, is_zip, may_become_zip
from ccredact.detectors.identifiers.standing import is_bound, is_led, touches
from ccredact.detectors.identifiers.uncued import (
    CODE_DIGITS,
    DATE_DIGITS,
    DAY_DIGITS,
    SURE_DIGITS,
    is_amount,
    is_amount_with_letters,
    is_written_as_amount,
    uncued_label,
)
from ccredact.detectors.scores import CHECKED_SCORE, CUED_SCORE, UNCUED_SCORE
from ccredact.dialogue.choice import BESIDE
from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.dialogue.kinds import AGE, COUNTED, DATE, DIGITS, EMAIL, IDENTIFIER, NONE, SPELLED, TEXT
from ccredact.dialogue.placement import MARKS, binds, key_behind, leads
from ccredact.entities import NUMBER
from ccredact.lang.en.cardinals import OH
from ccredact.lang.en.dates import CLOCK_TIMES, IN_DATES
from ccredact.lang.en.free_text import DETERMINERS
from ccredact.lang.en.identifiers import (
    ARTICLE,
    ARTICLES,
    BEFORE_AMOUNTS,
    BEFORE_COUNTS,
    BEHIND_ONE,
    BUILD,
    CONTINUATIONS,
    DIALLED,
    ENTERED,
    EXTENSIONS,
    ONE,
    OR,
    PHONE_PLACES,
    PREPOSITIONS,
    PRONOUN,
    ROUGHLY,
    THE,
    TO,
)
from ccredact.lang.en.words import CLASSES
from ccredact.numbers.years import YEAR_DIGITS, is_year
from ccredact.reasons import Reason
from ccredact.text import word_class as wc
from ccredact.text.token import Token
from ccredact.text.words import ends_sentence

Found = tuple[str, float, Reason]
"""A label, "" for none, its score and its reason."""
NOTHING: Final[Found] = ("", 0.0, Reason.FORM)
LEAST_SIZE: Final = 3
"""Digits and letters of an answer."""
CERTAIN_SIZE: Final = 5
"""Digits and letters from which on a cued run is hidden as it comes."""
_NEVER_CERTAIN: Final = frozenset({NONE, EMAIL, AGE, DATE, SPELLED})
"""Types of answers of which the end must be known."""
MOST_SENT: Final = 8
"""Digits and letters of a code that is sent."""
RANGE: Final = 2
"""Figures of a range."""
_NO_KIND: Final = frozenset({"", IDENTIFIER})
_MOST_TIMES: Final = 2
"""How many times as long as a whole answer is what may say it again."""
_PIECE_DIGITS: Final = 3
"""Digits, said one by one, that are a piece of a longer number."""


def answer_reason(question: ExpectedAnswer, turn: int) -> Reason:
    """Return the reason of an answer in a turn: it is a piece where the answer was begun in an earlier one."""
    return Reason.PIECE if 0 <= question.begun_turn < turn else Reason.CUED


def is_certain(run: CodeRun, question: ExpectedAnswer | None) -> bool:
    """Return whether a cued run is certainly an identifier before its end is known."""
    if question is None or run.kind in _NO_KIND or run.answer_type in _NEVER_CERTAIN:
        return False
    if run.size < CERTAIN_SIZE or run.digits < LEAST_SIZE or run.led_by in DIALLED:
        return False
    if run.currency or run.clock or run.point or run.magnitude or _is_dated_thing(run):
        return False
    if question.is_complete or (run.letters and CLOCK_TIMES.fullmatch(run.text)):
        return False  # another number may follow; "8 a.m. and 12"
    if is_year(run.text[:YEAR_DIGITS]) and run.led_by in IN_DATES:
        return False  # "delivered on 2026 08 14"
    if may_become_zip(run) and run.core_start - question.word > BESIDE:
        return False
    return not is_bound(run, question) and (not question.begun or _continues_answer(run, question))


def classify(run: CodeRun, question: ExpectedAnswer | None, token: Token | None, *, numbers: bool) -> Found:
    """Return the label of a run that has ended, "" for none, its score and its reason.

    `question` is what it may answer, `token` the word behind it, None when its turn is over; `numbers`: numbers of
    unknown kind are hidden. A last number that belongs to the word behind it is left out of the run.
    """
    if _is_of_another(run, question, token):
        return NOTHING
    label = _label_by_verb(run, token)
    if label:
        return label, CUED_SCORE, Reason.CUED
    token, cut = _leave_out_last(run, question, token)
    if (cut and WORD_LETTERS.issuperset(run.text)) or (run.counted and _is_item_number(run)):
        return NOTHING  # "a | 15-inch model", "flight BA 283", "room 4127"
    if is_zip(run) and (question is None or run.core_start - question.word > BESIDE):
        return "POSTCODE", UNCUED_SCORE, Reason.FORM
    if token is not None and token.classes & wc.LABEL and run.prefix and run.digits <= DAY_DIGITS:
        return NOTHING  # what stood there ended it, and it was judged without it
    if _is_age_like_amount(run, question) and is_stated_age(run, token):
        return "AGE", UNCUED_SCORE, Reason.FORM
    answers = question is not None and is_whole_answer(run, question)
    written = question is not None and is_written_as_amount(run)
    formatted = written and question is not None and is_formatted_answer(run, question, token)
    amount = is_amount(run, token, named=answers, formatted=formatted)
    fits = question is not None and run.answer_type != NONE and not _is_too_long(run, question)
    if question is not None and fits and _is_answer(run, question, token, amount=amount):
        label = uncued_label(run) if question.kind == IDENTIFIER else ""
        return label or label_for(question.kind), CUED_SCORE, Reason.CUED
    if amount:
        return NOTHING
    label = _classify_uncued(run, token)
    if label == "IBAN_CODE":
        return label, CHECKED_SCORE, Reason.CHECKSUM
    return (label, UNCUED_SCORE, Reason.FORM) if numbers or label != NUMBER else NOTHING


def _is_dated_thing(run: CodeRun) -> bool:
    """Return whether a run is the year of a thing, with its name: "it's a 2019 F-150"."""
    if run.led_by in ARTICLES and run.letters and is_year(run.text[:YEAR_DIGITS]):
        return True
    return run.text[:1] == ARTICLE and run.start < run.last and is_year(run.text[1 : 1 + YEAR_DIGITS])


def _is_of_another(run: CodeRun, question: ExpectedAnswer | None, token: Token | None) -> bool:
    """Return whether a run is a range, or the year of a thing, whatever was asked for."""
    if _is_range(run, token):
        return True  # "10-15 minutes"
    if _is_dated_thing(run):
        return True
    led = leads(run.led_by) or run.behind_mark
    asked = question is not None and (led or (question.is_counted and touches(run, question)))
    return run.is_range and not asked  # "i work nine to five"


def _label_by_verb(run: CodeRun, token: Token | None) -> str:
    """Return the label of a number that the verb before it names, "" for none: "call 1300 10 4471"."""
    if run.led_by in ENTERED and key_behind(token, run.filler_behind) == TO and CODE_DIGITS <= run.size <= MOST_SENT:
        return "OTP"
    dialled = run.led_by in DIALLED and LEAST_DIGITS <= run.digits <= MOST_DIGITS and not run.letters
    return "PHONE_NUMBER" if dialled else ""


def _is_age_like_amount(run: CodeRun, question: ExpectedAnswer | None) -> bool:
    """Return whether a run may be an age that is said as amounts are: "a hundred and two", "died at ninety"."""
    asked = question is not None and question.answer_type not in {AGE, NONE}
    return not asked and (run.magnitude or run.led_by in BEFORE_AMOUNTS)


def _is_measured(run: CodeRun, token: Token | None) -> bool:
    """Return whether the word right behind a run is one that counts or dates."""
    if token is None or run.fillers or ends_sentence(token.gap):
        return False
    return bool(token.classes & (wc.MEASURE | wc.MONTH))


def _is_range(run: CodeRun, token: Token | None) -> bool:
    """Return whether a run is two small figures with a dash between, and something is counted by them."""
    two = run.joined and len(run.figures) == RANGE and run.digits <= DATE_DIGITS
    return two and _is_measured(run, token)


def _leave_out_last(run: CodeRun, question: ExpectedAnswer | None, token: Token | None) -> tuple[Token | None, bool]:
    """Leave out a last number that belongs to the word behind the run, or stands apart from the others.

    Return the word behind the run, None where the last number stands there now, and whether that is so.
    """
    apart = run.ends_apart and not (token is None and is_led(run))
    one_figure = run.point and len(run.figures) == RANGE  # "15,154 miles"
    whole = question is not None and 0 < question.wanted == question.given + run.size
    counted = run.ends_small and not (one_figure or whole) and _is_measured(run, token)
    one = token is not None and run.last_key == ONE and token.key in BEHIND_ONE
    one = one and not whole
    if one or (run.answer_type != DATE and (apart or counted)):  # "9844 | 3", "4589 | 24 hours", "four | one moment"
        cut = run.drop_last()
        return (None if cut else token), cut
    return token, False


def _classify_uncued(run: CodeRun, token: Token | None) -> str:
    """Return the label of a run that answers nothing, by its form and the words beside it."""
    if is_stated_age(run, token):
        return "AGE"
    if token is not None and token.key in PHONE_PLACES and LEAST_DIGITS <= run.digits <= MOST_DIGITS:
        return NUMBER if run.letters or run.fillers else "PHONE_NUMBER"
    label = NUMBER if run.answer_type == AGE and run.digits >= CODE_DIGITS else uncued_label(run)
    if not label and token is None and run.answer_type != NONE and _is_piece(run):
        label = NUMBER
    if label == NUMBER and is_postcode(run, token):
        return "POSTCODE"
    return "" if label == NUMBER and _is_inside_talk(run, token) else label


def _is_inside_talk(run: CodeRun, token: Token | None) -> bool:
    """Return whether a short number that nobody asked for stands inside a sentence: "is it still a 737 MAX 8?"."""
    if run.acronym and run.digits < SURE_DIGITS:
        return True  # "ISO 27001"
    if run.size >= SURE_DIGITS or run.singles > CODE_DIGITS or run.plus:
        return False
    if run.led_by in DETERMINERS or run.led_by in ARTICLES:
        return True  # "the AX5400"
    behind = key_behind(token, run.filler_behind)
    return token is not None and MARKS.isdisjoint(token.gap) and behind in PREPOSITIONS and behind != OR  # "84 over 60"


# -- answers -------------------------------------------------------------------------------------------------------


def _is_answer(run: CodeRun, question: ExpectedAnswer, token: Token | None, *, amount: bool) -> bool:
    """Return whether a run is an answer to the question; `amount`: by its form it is an amount."""
    form = question.answer_type
    if form == DATE:
        return is_asked_date(run, question, token, amount=amount)
    if form == AGE:
        beside = run.core_start - question.word <= BESIDE
        said = question.turn != run.turn or beside or age_lead(run.before) > NO_AGE
        roughly = run.led_by in ROUGHLY and not _is_measured(run, token)
        if run.letters or (amount and not roughly) or run.last_key in OH:
            return False
        return said and 0 < run.digits <= AGE_DIGITS
    if form == TEXT and question.begun and question.answer_turn != run.turn:
        return is_piece_of_answer(run, question, token)
    if form == TEXT and _is_in_words(run, question):
        return token is None or run.fillers > 0 or not token.classes & wc.MEASURE
    if form == EMAIL or (amount and not (run.slash and form in COUNTED) and _is_separate(run, question)):
        return False
    if form == SPELLED:
        return _is_spelled(run, question, token)
    return _is_code(run, question, token)


def _is_too_long(run: CodeRun, question: ExpectedAnswer) -> bool:
    """Return whether a run is no more of an answer that is whole: a card that is read out behind a PIN."""
    return question.is_complete and run.digits > _MOST_TIMES * question.wanted


def _is_in_words(run: CodeRun, question: ExpectedAnswer) -> bool:
    """Return whether a number is part of an answer in words: "sunflower nine nine", "the password is 99 red kites"."""
    if not run.digits:
        return False
    goes_on = question.begun and run.core_start == question.answer_word + 1
    return goes_on or (question.kind == "PASSWORD" and touches(run, question))


def _is_spelled(run: CodeRun, question: ExpectedAnswer, token: Token | None) -> bool:
    """Return whether a run has letters of a name."""
    if is_word(run, question, token):
        return False
    return (run.letters > 1 and run.digits - run.letter_os <= 1) or is_piece_of_answer(run, question, token)


def _is_code(run: CodeRun, question: ExpectedAnswer, token: Token | None) -> bool:
    """Return whether a run has the digits and letters of an answer."""
    form = question.answer_type
    if run.letters and question.is_complete and question.answer.isdecimal():
        return False  # another code, behind one that is whole
    if is_piece_of_answer(run, question, token):
        return True
    if not (question.is_fresh(run.turn) or is_led(run)):
        return False
    if question.in_parts and question.turn != run.turn:  # "i think it's k", "a new one"
        behind = key_behind(token, run.filler_behind)
        return run.text not in {ARTICLE, PRONOUN} or token is None or behind in CONTINUATIONS
    only_letters = form == DIGITS and run.letters > 0 and run.digits == run.letter_os
    if only_letters and (run.last - run.start < LEAST_SIZE or uncued_label(run)):
        return False  # "my pin, my d o b"; a name
    if (run.digits == 0 and run.letters < LEAST_SIZE) or (run.prefix and run.digits < 2 and not run.letters):
        return False
    return not is_bound(run, question) and _is_long_enough(run, question, token)


def _is_long_enough(run: CodeRun, question: ExpectedAnswer, token: Token | None) -> bool:
    """Return whether a run has as many digits and letters as an answer has where it stands."""
    alone = token is None or (run.fillers > 0 and bool(token.classes & wc.HESITATION))
    if question.turn != run.turn and binds(run.led_by) and run.size < SURE_DIGITS:
        return False  # "i bought it in 2021", "error 404"
    if question.turn != run.turn and run.size < CODE_DIGITS and run.led_by in BEFORE_COUNTS:
        return False  # "we have three W-2 employees"
    if question.turn == run.turn and run.led_by == THE and run.size <= LEAST_SIZE:
        return False  # "what national insurance number is on the p60"
    if question.begun:
        return _continues_answer(run, question) and run.size >= (LEAST_SIZE - 1 if alone else LEAST_SIZE)
    if run.led_by in EXTENSIONS and run.core_start == question.word + 1:
        return run.digits >= LEAST_SIZE - 1
    if question.kind == IDENTIFIER:
        return run.digits >= CODE_DIGITS  # "ipx4", "number 2, pre-op"
    if question.weak:
        near = run.size >= SURE_DIGITS or is_led(run) or touches(run, question)
        return run.size > LEAST_SIZE and near
    return run.size >= (LEAST_SIZE - 1 if alone and question.turn != run.turn else LEAST_SIZE)


def _is_separate(run: CodeRun, question: ExpectedAnswer) -> bool:
    """Return whether an amount is none of the letters and figures that were asked for."""
    beside = question.turn == run.turn and run.core_start - question.word <= BESIDE
    return not run.letters or (is_amount_with_letters(run) and not beside)


def _continues_answer(run: CodeRun, question: ExpectedAnswer) -> bool:
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
