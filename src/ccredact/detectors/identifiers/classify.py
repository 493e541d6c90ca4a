"""What a run is: by the question that it answers, else by its form."""

from __future__ import annotations

from ccredact.detectors.identifiers.code_run import CodeRun
from ccredact.detectors.identifiers.postcode import is_postcode, is_zip, may_be_zip
from ccredact.detectors.identifiers.uncued import DAY, SOME, is_amount, is_plain, is_year, label_of
from ccredact.detectors.scores import CHECKED
from ccredact.dialogue.kinds import AGE, CODE, DATE, DIGITS, EMAIL, LABELS, NONE, SPELLED, TEXT
from ccredact.dialogue.open_questions import BESIDE, Question
from ccredact.entities import NUMBER
from ccredact.lang.en import words as en
from ccredact.text import word_class as wc
from ccredact.text.token import Token

ASKED, FORM = 0.9, 0.6
"""Scores: what was asked for or announced; what was judged by its form."""
LEAST, AT_ONCE = 3, 5
"""Digits and letters of an answer; from `AT_ONCE` on an announced run is hidden as it comes."""
OLDEST = 3
"""Digits of an age."""
_IS_AGED = frozenset("i'm im he's hes she's shes am m turn turned turning aged age".split())
_ALWAYS_AGED = frozenset("turn turned turning aged".split())
_GROWN = "20"
"""What is said so of people is seldom said of things: "i'm seventy three love"."""
_PHONES = frozenset({"office", "mobile", "cell", "fax", "landline", "home"})
"""Said behind a telephone number: "655 437 108 office"."""
PHONE_DIGITS = (7, 15)
_EXTENSIONS = frozenset({"extension", "ext"})
_ASKERS = frozenset({"i", "we", "you", "they"})
_SMALL_WORDS = frozenset({"may", "march", "first", "second", "third"})
_MAY = _ASKERS | {"that", "which", "this", "it", "he", "she", "who"}
_DATED = frozenset({"in", "on", "of", "the", "was", "born", "since", "till", "until", "or"})
_GOES_ON = frozenset({"and", "but", "now", "or"})


def label_for(kind: str) -> str:
    """The label of an answer."""
    return LABELS.get(kind, kind)


def is_sure(run: CodeRun, question: Question | None) -> bool:
    """Whether an announced run is surely an identifier before its end is known."""
    if question is None or not run.kind or run.form in {NONE, EMAIL, AGE, DATE, SPELLED}:
        return False
    if run.size < AT_ONCE or run.digits < LEAST or run.amount or run.clock or run.point or run.magnitude:
        return False
    if may_be_zip(run) and run.core - question.word > BESIDE:
        return False
    return question.answer_turn < 0 or _goes_on_with(run, question)


def judge(run: CodeRun, question: Question | None, token: Token | None, *, numbers: bool) -> tuple[str, float]:
    """The label of a run that has ended, "" for none, and its score.

    `token` is the word behind it, None when its turn is over; `numbers`: hide numbers whose kind is not known.
    """
    measured = token is not None and run.slack == 0 and bool(token.classes & (wc.MEASURE | wc.MONTH))
    dropped = run.form != DATE and ((measured and run.small_last) or run.ends_apart)
    if dropped and run.drop_last():  # "4589 | 24 hours", "9844 | 3"
        token = None
    if run.counted and _is_small(run):
        return "", 0.0  # "flight BA 283", "room 4127"
    if is_zip(run) and (question is None or run.core - question.word > BESIDE):
        return "POSTCODE", FORM
    if token is not None and token.classes & wc.LABEL and run.prefix and run.digits <= DAY:
        return "", 0.0  # what stood there ended it, and it was judged without it
    amount = is_amount(run, token)
    if question is not None and run.form != NONE and _fits(run, question, token, amount=amount):
        return label_for(question.kind), ASKED
    if amount:
        return "", 0.0
    label = _unasked(run, token)
    if label == "IBAN_CODE":
        return label, CHECKED
    return (label, FORM) if numbers or label != NUMBER else ("", 0.0)


def _unasked(run: CodeRun, token: Token | None) -> str:
    """The label of a run that answers nothing, by its form and the words beside it."""
    if 0 < run.digits <= OLDEST and _is_age(run, token):
        return "AGE"
    if PHONE_DIGITS[0] <= run.digits <= PHONE_DIGITS[1] and token is not None and token.key in _PHONES:
        return NUMBER if run.letters or run.slack else "PHONE_NUMBER"
    label = NUMBER if run.form == AGE and run.digits >= SOME else label_of(run)
    if not label and token is None and run.form != NONE and _is_piece(run):
        label = NUMBER
    return "POSTCODE" if label == NUMBER and is_postcode(run, token) else label


def _fits(run: CodeRun, question: Question, token: Token | None, *, amount: bool) -> bool:
    """Whether it is an answer to the question."""
    form = question.answer_type
    if form == DATE:
        if question.in_parts and question.turn != run.turn and run.digits <= SOME and token is None:
            return True
        return _is_date(run, question) and not _is_small_word(run, token)
    if form == AGE:
        said = question.turn != run.turn or run.led_by in _IS_AGED or run.core - question.word <= BESIDE
        return said and 0 < run.digits <= OLDEST and not run.letters and not amount
    if form == EMAIL or (amount and not (run.slash and form in {DIGITS, CODE}) and _is_apart(run, question)):
        return False
    if form == SPELLED:
        return run.letters > 1 and run.digits - run.ohs <= 1
    return _is_code(run, question, token)


def _is_code(run: CodeRun, question: Question, token: Token | None) -> bool:
    """Whether it has the digits and letters of an answer."""
    form = question.answer_type
    if question.in_parts and question.turn != run.turn:
        return run.text not in {"a", "i"} or token is None or token.key in _GOES_ON  # "i think it's k", "a new one"
    if form == DIGITS and run.letters and run.digits == run.ohs and (run.last - run.start < LEAST or label_of(run)):
        return False  # "my pin, my d o b"; a name
    if (run.digits == 0 and run.letters < LEAST) or (run.prefix and run.digits < LEAST - 1 and not run.letters):
        return False
    if form == TEXT and run.core == question.answer_word + 1:
        return True  # "sunflower nine nine"
    alone = token is None or (run.slack > 0 and bool(token.classes & wc.HESITATION))
    if question.answer_turn >= 0:
        return _goes_on_with(run, question) and run.size >= (LEAST - 1 if alone else LEAST)
    if run.led_by in _EXTENSIONS and run.core == question.word + 1:
        return run.digits >= LEAST - 1
    if question.weak:
        return run.size > LEAST
    return run.size >= (LEAST - 1 if alone and question.turn != run.turn else LEAST)


def _is_apart(run: CodeRun, question: Question) -> bool:
    """Whether an amount is none of the letters and figures that were asked for."""
    beside = question.turn == run.turn and run.core - question.word <= BESIDE
    return not run.letters or (is_plain(run) and not beside)


def _is_small_word(run: CodeRun, token: Token | None) -> bool:
    """Whether a part of a date is another word here: "may I", "that may arise", "a report first", "your second"."""
    if run.words > 1 or run.ordinal + run.month != 1 or run.key not in _SMALL_WORDS:
        return False
    if run.key == "may":
        return (token is not None and token.key in _ASKERS) or run.led_by in _MAY
    return bool(run.led_by) and run.led_by not in _DATED and not en.CLASSES.get(run.led_by, 0) & (wc.LEAD | wc.FILLER)


def _is_small(run: CodeRun) -> bool:
    """Whether it is small enough for a number of things: "room 4127", "build 19045"."""
    return (
        len(run.figures) <= 1
        and run.digits <= (SOME + 1 if run.led_by == "build" else SOME)
        and len(run.prefix) < LEAST
    )


def _is_piece(run: CodeRun) -> bool:
    """Whether three digits, said one by one, with which a turn ends, are a piece of a longer number."""
    if run.led_by and not en.CLASSES.get(run.led_by, 0) & wc.LEAD:
        return False  # "error four oh four"
    return run.spoken_only and run.digits == run.singles == run.words == LEAST


def _is_date(run: CodeRun, question: Question) -> bool:
    """Whether it is a date of birth, or part of one."""
    if run.month or (run.slash and run.digits > 1) or run.digits >= AT_ONCE:
        return True
    if run.ordinal and (run.digits > 1 or question.turn != run.turn):
        return True
    return run.digits == SOME and (run.words >= LEAST or is_year(run.text))


def _goes_on_with(run: CodeRun, question: Question) -> bool:
    """Whether a run behind an answer is more of it, or says it again: the asker's own small numbers are not."""
    if run.turn in {question.answer_turn, question.turn}:
        return run.size >= LEAST
    return run.speaker == question.reader or run.text in question.answer or run.size > AT_ONCE


def _is_age(run: CodeRun, token: Token | None) -> bool:
    """Whether it is an age without a noun behind it: "i'm ninety two", not "i'm two blocks away"."""
    if run.led_by not in _IS_AGED or run.letters:
        return False
    if token is None or run.led_by in _ALWAYS_AGED or run.paused_by in _GOES_ON:
        return True
    if token.classes & wc.ORDINAL:
        return False
    if token.classes & (wc.CORRECTION | wc.LEAD) or token.key in _GOES_ON:
        return True
    said = run.spoken_only and not run.magnitude and run.digits == len(_GROWN) and run.text >= _GROWN
    plain = not token.classes & (wc.MEASURE | wc.NUMERIC | wc.MAGNITUDE | wc.MONTH | wc.ORDINAL)
    return (
        said and plain and (run.words > 1 or token.key in en.FUNCTION)
    )  # "she's seventy one she hurt", "i'm fifty you"
