"""Assembly of an answer: which runs are pieces of what was asked for or announced, and which say it again.

What was asked for is read out a digit at a time, over turns, with a word of the other speaker between. An open prompt
makes a number its answer from the first digit on, unless what stands before it in its sentence binds it to another
noun, or a noun behind it counts something. A longer run needs less: `classify` adds what size alone says.
"""

from __future__ import annotations

from typing import Final

from ccredact.detectors.identifiers.code_run import CodeRun
from ccredact.detectors.identifiers.standing import is_announced, is_led, is_led_date, stands_alone, touches
from ccredact.detectors.identifiers.uncued import CODE_DIGITS, DAY_DIGITS, SURE_DIGITS, is_amount, is_written_as_amount
from ccredact.dialogue.answer_lengths import USUAL
from ccredact.dialogue.choice import BESIDE, FAR, NEAR
from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.dialogue.kinds import CARD_DATA, CODE, COUNTED, DATE, DIGITS, IDENTIFIER, LABELS, READ_OUT, SPELLED
from ccredact.dialogue.known_answers import LEAST, KnownAnswers
from ccredact.dialogue.lifetimes import MORE_TURNS
from ccredact.dialogue.placement import (
    EARLY,
    MARKS,
    TOLD,
    TOLD_TURNS,
    UNMARKED,
    begins_sentence,
    binds,
    is_free,
    key_behind,
    may_be_digit_one,
    may_be_formatted,
)
from ccredact.entities import NUMBER
from ccredact.lang.en.cardinals import OH
from ccredact.lang.en.free_text import GOING_ON
from ccredact.lang.en.identifiers import (
    ACKNOWLEDGEMENTS,
    ARTICLE,
    BEFORE_COUNTS,
    BEFORE_DIGIT_ONE,
    BEFORE_OH,
    BEFORE_ONE,
    BEHIND_LETTER,
    BEHIND_ZERO,
    COPULAS,
    GOES_ON_AS_NOUN,
    IT_IS,
    LEAD_INS,
    LEAD_PAIRS,
    MONEY_WORDS,
    NEVER_BEHIND_ARTICLE,
    ONE,
    OR,
    PRONOUN,
    READ_BACK,
    TIME_WORDS,
)
from ccredact.lang.en.words import CLASSES, POSSESSIVE
from ccredact.numbers.years import is_year
from ccredact.text.token import Token
from ccredact.text.word_class import CORRECTION

WORD_LETTERS: Final = frozenset(ARTICLE + PRONOUN)
"""Letters that are words of a sentence too."""
_WORD_DIGITS: Final = OH | {ONE}
"""Digits that are words of a sentence too: "one moment", "oh dear"."""
_ROUND: Final = "00"
_IN_PIECES: Final = READ_OUT | {SPELLED}


def label_for(kind: str) -> str:
    """Return the label of an answer to a question of this kind; data of a card is only a number here."""
    return NUMBER if kind in CARD_DATA else LABELS.get(kind, kind)


# -- where a run stands --------------------------------------------------------------------------------------------


def _is_whole(run: CodeRun, question: ExpectedAnswer) -> bool:
    """Return whether a run that nothing leads into may be all of an answer: "here we go, four".

    Where the speakers are not told apart, anything may stand before it.
    """
    if run.speaker is None:
        return not binds(run.led_by) and (question.begun or question.asked)
    if run.position >= EARLY:
        return False
    if question.begun and not question.is_complete:
        return not binds(run.led_by)  # whatever leads into the next piece
    return run.lead in LEAD_INS


# -- who gives it --------------------------------------------------------------------------------------------------


def _is_read_back(run: CodeRun, question: ExpectedAnswer) -> bool:
    """Return whether the other speaker says the answer again, or its last piece."""
    if _is_said_back(run, question):
        return True
    if run.position >= EARLY or run.text not in question.answer:
        return False
    return run.size > 1 or (question.answer.endswith(run.text) and run.turn - question.answer_turn <= MORE_TURNS)


def _is_said_back(run: CodeRun, question: ExpectedAnswer) -> bool:
    """Return whether the other speaker says what was heard, right or wrong: "i have noted down four nine four"."""
    if run.speaker is None or run.speaker == question.reader or run.turn - question.answer_turn > MORE_TURNS:
        return False
    known = run.size > 1 and (run.text in question.answer or _is_alike(run.text, question.answer))
    return known or not READ_BACK.isdisjoint(run.before)


def _is_alike(text: str, answer: str) -> bool:
    """Return whether digits are those of an answer but for some that were misheard."""
    if len(text) != len(answer) or len(text) <= LEAST:
        return False
    return 2 * sum(map(str.__eq__, text, answer)) >= len(text)


def _may_give(run: CodeRun, question: ExpectedAnswer) -> bool:
    """Return whether the speaker of a run may give the answer, or says it again."""
    if question.begun:
        described = question.is_described and run.turn > question.turn and run.size > 1
        return run.speaker == question.reader or described or _is_read_back(run, question)
    if question.turn == run.turn:
        near = FAR if run.speaker is None and question.asked else NEAR
        return run.core_start - question.word <= near
    return question.asked and (run.speaker is None or run.speaker != question.speaker)


# -- pieces --------------------------------------------------------------------------------------------------------


def is_whole_answer(run: CodeRun, question: ExpectedAnswer) -> bool:
    """Return whether a run is long enough for an answer and stands where one does."""
    if question.weak or question.answer_type not in COUNTED or run.size < LEAST or not _may_give(run, question):
        return False
    return is_led(run) or touches(run, question)


def _is_said_of(run: CodeRun, question: ExpectedAnswer) -> bool:
    """Return whether the words before a number say that it is money, a time or another one: "the time is 19:11"."""
    told = touches(run, question)  # what stands before it are words of the phrase: "the one time passcode is 2:29"
    if run.currency and not (told or MONEY_WORDS.isdisjoint(run.before)):
        return True
    if run.clock and not (told or TIME_WORDS.isdisjoint(run.before)):
        return True
    beside = question.turn == run.turn and run.core_start - question.word == 1
    return binds(run.led_by) and not beside and run.before[-2:] not in LEAD_PAIRS  # "leaves by 15:24"


def is_formatted_answer(run: CodeRun, question: ExpectedAnswer, token: Token | None) -> bool:
    """Return whether a run is an answer, or a part of one, however it is written: "it's 17:34", "482,913".

    A recogniser writes digits as money, as a time or with thousands. Where something was asked for they are its digits,
    unless the sentence goes on behind them.
    """
    if question.answer_type not in READ_OUT or run.is_price or _is_said_of(run, question):
        return False
    named = run.led_by in COPULAS or (touches(run, question) and (run.behind_mark or is_announced(run)))
    if question.turn == run.turn and run.size < LEAST and not named:
        return False  # "ph 5.5"
    bare = not run.before and not run.currency and question.asked  # "1,734 is that right"
    if not (bare or may_be_formatted(token, run.filler_behind, begun=question.begun)):
        return False
    if question.weak:
        near = touches(run, question) and run.size >= CODE_DIGITS
        return question.answer_type in COUNTED and (near or (run.size >= SURE_DIGITS and is_led(run)))
    return is_whole_answer(run, question) or is_piece_of_answer(run, question, token)


def is_piece_of_answer(run: CodeRun, question: ExpectedAnswer, token: Token | None) -> bool:
    """Return whether a run of any size is the answer to an open prompt, or a part of it.

    `token` is the word behind it, None when its turn is over. A short run is a part where it is led into and nothing
    of the same sentence follows, or another sentence begins behind it.
    """
    if question.answer_type not in _IN_PIECES or not run.size:
        return question.kind == "PASSWORD" and _continues_words(run, question) and stands_alone(run, token, begun=True)
    if not _fits(run, question):
        return False
    if not _may_give(run, question):
        return _is_alternative(run, question) and question.begun
    if _is_another(run, question):
        return False
    led = touches(run, question) or is_led(run) or is_led_date(run, question) or _is_tail(run, question)
    if _is_told(run, question, token):
        return True
    if question.begun and _is_said_back(run, question):  # "six one nine or ...", "sorry four nine what"
        return _is_no_word(run, question, token) and is_free(run.before, token, run.filler_behind)
    if not stands_alone(run, token, begun=question.begun):
        return led and _is_followed_by_sentence(run, question, token)
    stands = led or _is_whole(run, question) or _goes_on_in_turn(run, question, token)
    stands = stands or _is_alternative(run, question)
    return stands and _is_no_word(run, question, token)


def _is_told(run: CodeRun, question: ExpectedAnswer, token: Token | None) -> bool:
    """Return whether a run stands where who is asked tells it, and belongs to no other noun: "next up is four"."""
    if question.weak or question.answer_type == DATE or not _is_in_reach(run, question):
        return False
    if WORD_LETTERS.issuperset(run.text) or _is_everyday_word(run) or is_year(run.text):
        return False
    if run.size == 1 and run.last_key in OH and not (question.begun and run.led_by in BEFORE_OH):
        return False  # "oh", but not "and oh"
    misheard = run.kind == "POSTCODE" and run.start < run.core_start
    if not question.begun and (run.letters or misheard or run.led_by in BEFORE_COUNTS):
        return False  # "there are four different ones"
    behind = key_behind(token, run.filler_behind)
    if behind == OR and not (question.begun or run.led_by):
        return False  # "two or three weeks ago"
    is_one = run.digits == run.word_count == 1 and run.last_key == ONE and run.led_by != ARTICLE  # "there's a one"
    if is_one and not (question.begun and may_be_digit_one(behind) and not _is_counting_one(run)):
        return False
    return is_free(run.before, token, run.filler_behind)


def is_word(run: CodeRun, question: ExpectedAnswer, token: Token | None) -> bool:
    """Return whether an "i" or "a" is a word, and no letter of a name: "i i was worried", "i meant Edie"."""
    if not WORD_LETTERS.issuperset(run.text):
        return False
    return run.size > 1 or not _is_letter(run, question, token)


def _is_in_reach(run: CodeRun, question: ExpectedAnswer) -> bool:
    """Return whether a run stands early in a turn of who is asked, or is reading, and more of the answer is to come.

    Where the speakers are not told apart it stands few words behind the question, or the last piece.
    """
    if question.begun and not question.is_read_on(run.turn):
        return False
    if run.speaker is None:
        since = run.core_start - max(question.word, question.answer_word)
        return question.is_expected and since <= UNMARKED
    if run.turn == question.turn:
        return False
    if question.begun:
        return run.speaker == question.reader and run.position < TOLD
    asked = question.asked and run.speaker != question.speaker and run.turn - question.turn <= TOLD_TURNS
    return asked and run.position < EARLY


def _is_another(run: CodeRun, question: ExpectedAnswer) -> bool:
    """Return whether a short run comes after the whole answer, and says none of it again: "one or two?" - "two"."""
    if not question.is_complete or run.turn == question.answer_turn or (run.size >= LEAST and not is_year(run.text)):
        return False
    goes_on = run.led_by in GOING_ON or bool(CLASSES.get(run.led_by, 0) & CORRECTION)
    return not goes_on and (run.size == 1 or run.text not in question.answer)


def _is_tail(run: CodeRun, question: ExpectedAnswer) -> bool:
    """Return whether a run is the last piece of an answer, with an article: "and a nine at the end"."""
    return question.begun and run.led_by == ARTICLE and run.speaker == question.reader


def _goes_on_in_turn(run: CodeRun, question: ExpectedAnswer, token: Token | None) -> bool:
    """Return whether an answer goes on behind a remark in its turn: "four four sorry the dog is barking one two"."""
    begun_here = question.answer_turn == run.turn and run.speaker == question.reader and not question.is_complete
    read_out = run.singles == run.digits and (run.size > 1 or token is None)
    return begun_here and read_out and not binds(run.led_by)


def _is_alternative(run: CodeRun, question: ExpectedAnswer) -> bool:
    """Return whether a run is another try right behind an answer: "it's either 3100 or | 9431"."""
    beside = question.answer_turn == run.turn and run.core_start - question.answer_word <= BESIDE
    return beside and run.led_by == OR and (run.size >= LEAST or run.speaker != question.reader)


def _fits(run: CodeRun, question: ExpectedAnswer) -> bool:
    """Return whether a run has what is asked for, and a phrase as weak as this one asks for it."""
    if question.weak and (question.kind == IDENTIFIER or not touches(run, question)):
        return False
    if question.turn == run.turn and run.nato:
        return False  # "the confirmation code for that hotel?"
    is_asker = run.speaker is not None and question.turn == run.turn and not question.begun
    if is_asker and question.personal and run.size < LEAST:
        return run.led_by in COPULAS  # "your licence, number five on the card"
    if question.answer_type == SPELLED:
        return run.digits == run.letter_os and not run.prefix
    letters = run.letters + len(run.prefix)
    if letters and question.answer_type != CODE and not (question.answer_type == DIGITS and letters <= run.digits):
        return False  # a letter may be a misheard digit: "m4"
    return not run.listed or run.digits > DAY_DIGITS or run.letters > 0  # "1. order ..."


def _continues_words(run: CodeRun, question: ExpectedAnswer) -> bool:
    """Return whether a number goes on with an answer in words: "kestrel", "yeah", "three six"."""
    if not question.begun or run.speaker != question.reader or not is_free(run.before, None, ""):
        return False
    return is_led(run) or (run.speaker is not None and run.position < TOLD)


def _is_no_word(run: CodeRun, question: ExpectedAnswer, token: Token | None) -> bool:
    """Return whether a run that stands alone is no word of a sentence: "oh", "one", "a", "i"."""
    if WORD_LETTERS.issuperset(run.text):
        return run.size == 1 and _is_letter(run, question, token)
    if run.size > 1 or run.last_key not in _WORD_DIGITS:
        return True
    if run.last_key == ONE:  # "the last one", "can you find me one with a garden"
        return not _is_counting_one(run) and (token is None or is_led(run))
    if run.turn - question.latest_turn > MORE_TURNS:
        return False
    if run.led_by in COPULAS or run.led_by.endswith(POSSESSIVE):
        return True
    behind = key_behind(token, run.filler_behind)
    if not behind:
        if question.begun:
            return question.is_read_on(run.turn)
        return question.answer_type == DIGITS or question.kind in USUAL
    return (question.begun and behind in BEHIND_ZERO) or (run.speaker is None and behind in ACKNOWLEDGEMENTS)


def _is_everyday_word(run: CodeRun) -> bool:
    """Return whether a run is one word that spells a letter: "that hotel is ..."."""
    return run.nato and run.letters == 1 and not run.digits


def _is_counting_one(run: CodeRun) -> bool:
    """Return whether the words before "one" make it a word of a sentence: "the last one", not "after that one"."""
    return run.led_by in BEFORE_ONE and run.before[-2:] not in BEFORE_DIGIT_ONE


def _is_letter(run: CodeRun, question: ExpectedAnswer, token: Token | None) -> bool:
    """Return whether an "a" or "i" is a letter of a code: "it's a", "then i", no "where was i"."""
    if run.text == PRONOUN and run.led_by in COPULAS and run.led_by not in IT_IS:
        return False
    behind = key_behind(token, run.filler_behind)
    over = not behind or behind in BEHIND_LETTER or (run.text == ARTICLE and behind in NEVER_BEHIND_ARTICLE)
    over = over or (token is not None and not MARKS.isdisjoint(token.gap))
    return over and (question.begun or question.asked or touches(run, question))


def _is_followed_by_sentence(run: CodeRun, question: ExpectedAnswer, token: Token | None) -> bool:
    """Return whether another sentence begins behind a piece: "four | my glasses are ...", not "two accounts"."""
    if run.first_filler in GOES_ON_AS_NOUN or token is None or not begins_sentence(token):
        return False
    if _is_everyday_word(run):
        return False
    if WORD_LETTERS.issuperset(run.text):  # "the last one's a | i've been waiting", not "a cup"
        behind_letter = run.text == ARTICLE and token.key in NEVER_BEHIND_ARTICLE
        return behind_letter and question.begun and run.speaker == question.reader
    if run.size == 1 and run.last_key in _WORD_DIGITS:
        over = token.key in BEHIND_ZERO or (run.last_key == ONE and token.key in NEVER_BEHIND_ARTICLE)
        return question.begun and run.speaker == question.reader and over
    told = question.turn == run.turn and run.led_by in COPULAS and run.core_start - question.word <= NEAR
    if told or touches(run, question):
        return True  # "the pin on the account should be 6 | i'm reading it off my phone"
    early = run.speaker is None or (run.position < EARLY and run.turn != question.turn)
    return early and (question.asked if not question.begun else run.speaker == question.reader)


# -- what is said again --------------------------------------------------------------------------------------------


def known_label(run: CodeRun, token: Token | None, known: KnownAnswers) -> str:
    """Return the label of an answer that was given before and is said again, in any reading; "" for none.

    What reads as a year, a count or a round number is it only where it does not stand inside a sentence.
    """
    if run.size < LEAST or is_amount(run, token, formatted=True):
        return ""
    for text in run.readings():
        kind = known.kind_of(text)
        if kind:
            everyday = is_year(text) or text.endswith(_ROUND) or is_written_as_amount(run)
            stands = is_led(run) or (run.position < EARLY and not binds(run.led_by))
            counted = len(text) == LEAST and binds(run.led_by)
            return LABELS.get(kind, kind) if stands or not (everyday or counted) else ""
    return ""
