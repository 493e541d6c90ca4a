"""One alphanumeric run: digits, letters, words of a spelling alphabet and parts of a date that are read out in a row.

A run gathers characters and remembers how they were said and written; it knows nothing of what they mean. Which words
it takes is decided by `beginnings` and `going_on`, what it is by `classify`; `ccredact.numbers.composer` reads numbers.
"""

from __future__ import annotations

from typing import Final

from ccredact.detectors.identifiers.half_day import is_half_day
from ccredact.detectors.identifiers.held_word import HeldWord
from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.dialogue.kinds import CODE, DATE, DIGITS, TEXT
from ccredact.lang.en.cardinals import OH, VALUES
from ccredact.lang.en.dates import ORDINAL_SUFFIXES
from ccredact.lang.en.free_text import LETTER_CASES, SIGN_ENDS, SIGNS
from ccredact.lang.en.identifiers import (
    AND,
    ARTICLE,
    LETTER_O,
    PLUS,
    PRONOUN,
    SPELLING_CUES,
    SPELLING_IN,
    TO,
    X_RAY,
)
from ccredact.lang.en.words import FUNCTION
from ccredact.numbers.composer import READ, THOUSANDS, Composer, combined, readings_of
from ccredact.reasons import Reason
from ccredact.text import word_class as wc
from ccredact.text.forking import filled
from ccredact.text.token import Token
from ccredact.text.words import CLOCK, JOINED, MONEY, PLAIN, SLASH, gap_kind

LETTERS: Final = wc.LETTER | wc.ARTICLE
SMALL_FIGURE: Final = 3
"""Digits of a written figure that may be another number than the run before it: "4589 | 24 hours"."""
_PAIR: Final = 2
"""Figures of a decimal, before the point and behind it, and numbers of a range."""
_THOUSAND: Final = 3
"""Figures between two commas of a large number."""
_RANGE_DIGITS: Final = 2
_FOUR: Final = 4
_SUFFIX: Final = 2
"""Letters of the ending of an ordinal: "7th"."""
MOST_ITEMS: Final = 32
"""Numbers and letters that are kept one by one."""
_MOST_HOMOPHONES: Final = 4
"""Words that sound like a digit, between two numbers, that are kept."""
LEAST_HOMOPHONES: Final = 3
"""Words that sound like a digit which are digits with no other beside them: "for ate too"."""
MOST_TEXT: Final = 48
"""Characters that are kept: more than any identifier has."""
TAIL_DIGITS: Final = 3
MOST_TAIL_DIGITS: Final = 6
"""Digits of a run behind which a short unknown word may be its last letters: "968 ukl"."""

ZERO: Final = "0"
_SHORT_NAME: Final = 2
"""Letters before a dash that may be those of a code: "AB-4471"."""
_MARKS: Final = frozenset(".,:;?!")
_LINE: Final = "\n"
_FORM: Final = Reason.FORM  # looked up once: an enum is slow
Several = tuple[tuple[str, ...], tuple[str, ...], int]
"""(readings, parts, last word but one) of a number that was said in several words, or that has several readings.

The usual reading is the first; each word has its part.
"""
NOT_SPELLING: Final = 0
SPELLING_NEXT: Final = 1
"""Behind "t for" or "t as": the next word stands for the letter."""
SPELLING_IN_NEXT: Final = 2
"""Behind "t as in"."""


class CodeRun:
    """What has been read out so far, without its meaning.

    All places are word indices of the call. `start` is the first word of the run; `core_start` the first one behind
    `prefix`, a word that the run begins with and that is no code by itself ("bery 45"); `last` the last word taken,
    `last_seen` the last one looked at. `emitted` is the word up to which the run is hidden once it has a `label`.
    """

    spelling = NOT_SPELLING
    stutters = 0
    """Multipliers behind another one, without a digit between."""
    fillers = 0
    """Words since the last one taken, which belong to the run only if more of it follows."""
    first_filler = ""
    last_filler = ""
    digits = 0
    letters = 0
    singles = 0
    """Digits that were said one by one."""
    word_count = 0
    letter_os = 0
    """Digits that were said as a letter: "o k a f o r"."""
    nato = False
    """The run is one word of a spelling alphabet."""
    spells = False
    """It has a letter that was said as a word: "dog"."""
    magnitude = False
    """It has a "hundred" or "thousand"."""
    million = False
    """It has a "million" or "billion"."""
    month = False
    ordinal = False
    clock = False
    """It has a colon between figures."""
    slash = False
    point = False
    """It has a "." or "," and nothing else between figures."""
    only_point = False
    """It has a "." between its first two figures."""
    joined = False
    """It has a dash or the like between figures."""
    position = 0
    """Words of its turn before it."""
    behind_age = False
    """It stands behind the age of another: "four and | eleven"."""
    counted = False
    """It stands right behind what is numbered: "room 4127"."""
    immediate = False
    """It begins the turn behind the question: words beside it may be misheard parts of it."""
    overlong = False
    """It is too long for any identifier, and numbers of unknown kind are not hidden."""
    label = ""
    entity = 0
    reason = _FORM
    prefix = ""
    acronym = False
    """Its prefix is written in capitals, apart from its number: "ISO 27001"."""
    signs = 0
    """Fillers, from the first on, that name a mark: "dollar sign"."""
    _is_behind_comma = False
    """The last mark between its words was a comma alone."""
    front = ""
    """Digits that the words with which it begins sound like: digits where it is an answer."""
    _edge = ""
    """Digits that the words behind these sound like, before its first number."""
    _may_have_tail = False
    """The first filler may be its last letters: "968 ukl"."""
    _several: dict[int, Several] | None = None
    """The numbers of several words or readings, by their last word."""
    _heard: dict[int, str] | None = None
    """Digits that words between its numbers sound like, by the last word of the number before."""

    def __init__(
        self, token: Token, question: ExpectedAnswer | None, led_by: str, before: tuple[str, ...] = ()
    ) -> None:
        self._first_token = token
        self.led_by = self.lead = led_by  # the word before it (`beginnings.word_before`); `lead`: before its prefix too
        self.before = before  # the words before it
        self.turn = token.turn
        self.speaker = token.speaker
        self.time = token.time
        self.behind_mark = not _MARKS.isdisjoint(token.gap)  # it stands behind a comma or the end of a sentence
        self.listed = _LINE in token.gap  # it begins a line: "1. order ..."
        self.start = self.last = self.emitted = self.core_start = token.index
        self.email_start = -1  # a word before it that may belong to an e-mail address
        self.prompt = None if question is None else (question.kind, question.word)  # what it answers
        self.kind = "" if question is None else question.kind
        self.answer_type = None if question is None else question.answer_type
        gap = gap_kind(token.gap)
        self.currency = gap == MONEY  # it stands behind a currency sign
        self.plus = "+" in token.gap
        self.inside_name = token.gap == "-" and len(led_by) > _SHORT_NAME and led_by.isalpha()  # "batch-2025"
        self.text = ""
        self.figures: tuple[int, ...] = ()  # lengths of the written figures
        self.last_key = led_by
        self.last_classes = 0
        self.last_seen = token.index
        self._items: list[tuple[int, str, bool]] = []  # (last word, characters, written in figures)
        self._composer = Composer()  # the last of them, while the next word may go on with it

    def fork(self) -> CodeRun:
        """Return an independent copy."""
        other = filled(CodeRun(self._first_token, None, self.led_by), self)
        other._items = list(self._items)
        other._several = None if self._several is None else dict(self._several)
        other._heard = None if self._heard is None else dict(self._heard)
        other._composer = self._composer.fork()
        return other

    # -- what it knows of itself -----------------------------------------------------------------------------------

    @property
    def size(self) -> int:
        """Return how many digits and letters it has, with its prefix."""
        return self.digits + self.letters + len(self.prefix)

    @property
    def filler_behind(self) -> str:
        """Return the word right behind it that belongs to it only if more of it follows, "" for none."""
        return self.first_filler if self.fillers else ""

    @property
    def is_code(self) -> bool:
        """Return whether letters and digits were asked for."""
        return self.answer_type == CODE and self.kind != "POSTCODE"

    @property
    def is_dictated(self) -> bool:
        """Return whether capitals and marks may be named inside it: "capital b slash zero nine"."""
        return self.is_code or self.answer_type == TEXT

    @property
    def may_be_spelled(self) -> bool:
        """Return whether a word may spell its last letter: "t for tommy", misheard "4 freddy" too."""
        one_character = bool(self.last_classes & (LETTERS | wc.UNIT | wc.DIGITS))
        return one_character and (len(self.last_key) == 1 or not self.ends_written)

    @property
    def is_split(self) -> bool:
        """Return whether it is a code that was cut between letters and figures, and ends in a figure now: "4 x 9"."""
        if self.last_classes & wc.UNIT:
            return self.is_code and self.letters > 0
        return bool(self.last_classes & wc.DIGITS and (self.is_code or self.letters or self.prefix))

    @property
    def has_article(self) -> bool:
        """Return whether its one letter is an article before a number: "a 60 year old"."""
        return self.letters == 1 and self.text[0] == ARTICLE and self.start < self.last

    @property
    def ends_written(self) -> bool:
        """Return whether its last number is a figure of two digits or more: "1000 to 2000" are two numbers."""
        return bool(self._items) and self._items[-1][2] and len(self._items[-1][1]) > 1

    @property
    def ends_in_four(self) -> bool:
        """Return whether its last number is a figure of four digits, as many are that are told one "to" another."""
        return self.ends_written and len(self._items[-1][1]) == _FOUR

    @property
    def ends_small(self) -> bool:
        """Return whether it ends in a small figure behind other numbers, which the next word may make an amount."""
        if len(self._items) < 2:
            return False
        _, text, written = self._items[-1]
        return written and len(text) <= SMALL_FIGURE and text.isdecimal() and text[0] != "0"

    @property
    def ends_apart(self) -> bool:
        """Return whether it is a long figure with a small one behind it, which is another number: "9844 | 3"."""
        if self.kind or self.letters or len(self._items) != 2 or not self.ends_small or self.joined:
            return False
        return len(self._items[-1][1]) < SMALL_FIGURE < len(self._items[-2][1]) and self._items[-2][2]

    @property
    def is_one_number(self) -> bool:
        """Return whether it is one number and nothing else, however many words that takes."""
        return len(self._items) == 1 and self.text.isdecimal()

    @property
    def before_last(self) -> int:
        """Return the word of the number before its last one."""
        return self._items[-2][0]

    @property
    def is_price(self) -> bool:
        """Return whether it is money with thousands and cents: "$13,314.25"; shorter ones may be anything."""
        thousands = self.figures[1:-1]
        return self.currency and self.figures[-1:] == (_PAIR,) and bool(thousands) and set(thousands) == {_THOUSAND}

    @property
    def is_range(self) -> bool:
        """Return whether it is two small numbers from the one "to" the other: "nine to five"."""
        if len(self._items) != _PAIR or self._heard is None or self.letters:
            return False
        (word, low, _), (_, high, _) = self._items
        return self._heard.get(word, "") == VALUES[TO] and max(len(low), len(high)) <= _RANGE_DIGITS

    @property
    def is_hour(self) -> bool:
        """Return whether an "a" behind it may be that of "a.m.", and no letter of a code."""
        return self.fillers > 0 and self.first_filler == ARTICLE and self.answer_type not in {CODE, DIGITS}

    @property
    def is_decimal(self) -> bool:
        """Return whether it is one number with more decimals than money has: "0.3182649"."""
        return self.only_point and len(self.figures) == _PAIR and self.figures[0] <= SMALL_FIGURE and not self.letters

    @property
    def spoken_only(self) -> bool:
        """Return whether nothing of it was written in figures."""
        return not self.figures

    @property
    def counts_only(self) -> bool:
        """Return whether it says nothing but how many digits there are of a kind, or a round number: "six zeros"."""
        if self._several is None:
            return False
        counts = [len(parts) > 1 and not parts[-1].isdecimal() for _, parts, _ in self._several.values()]
        return any(counts) and (sum(counts) == len(self._items) or len(self.text.rstrip("0")) <= 1)

    def may_be_multiplied(self, token: Token) -> bool:
        """Return whether a magnitude or a plural goes on with it: "thousand", "zeros"; "5s" may be seconds."""
        if self.word_count == 0 or self.fillers:
            return False
        return self.answer_type == CODE or not self._is_quantity(token.key)

    def may_end_with(self, key: str) -> bool:
        """Return whether an article stands before its last number: "two nines and | a | seven"."""
        behind_and = self.fillers == 1 and self.first_filler == AND
        return key == ARTICLE and behind_and and self.kind != "" and self.spoken_only

    @property
    def may_end_in_article(self) -> bool:
        """Return whether the one word behind it is "a", which may be its last letter."""
        return self.is_code and self.fillers == 1 and self.first_filler == ARTICLE

    def readings(self) -> tuple[str, ...]:
        """Return its digits and letters in every reading, the usual one (`text`) first, at most `MOST_READINGS`.

        Words inside it and behind it that sound like a digit may be one.
        """
        if len(self._items) == MOST_ITEMS or len(self.text) == MOST_TEXT:
            return (self.text,)
        groups: list[tuple[str, ...]] = [(self.prefix,)] if self.prefix else []
        several, heard = self._several or {}, self._heard or {}
        for word, text, _ in self._items:
            number = several.get(word)
            groups.append((text,) if number is None else number[0])
            if word in heard:
                groups.append(("", heard[word]))
        return combined(groups)

    # -- how it grows ----------------------------------------------------------------------------------------------

    def begin_with(self, held: HeldWord) -> None:
        """Let it begin with the word before it: its prefix, a plus, or a misheard part of it."""
        words = self.core_start - held.word
        self.start = self.emitted = held.word
        if held.key == PLUS:
            self.plus = True
            return
        if self.answer_type != DATE:
            self.lead = self.before[-1 - words] if len(self.before) > words else ""
            self.behind_mark = held.behind_mark
        if self.answer_type != DATE and self.kind != "POSTCODE" and held.key not in LETTER_CASES:
            self.prefix = self.text = held.key

    def join(self, words: int) -> None:
        """Let it begin as many words earlier, with those that are written in one with it: "gift_card_77".

        The word before it may be its prefix already.
        """
        self.start = self.emitted = self.core_start = min(self.start, self.core_start - words)

    def pause(self, token: Token) -> None:
        """Take a word that belongs to it only if more of it follows (`going_on.pauses_run`)."""
        if token.key in SPELLING_CUES and self.may_end_in_article:
            self.take_article()  # "five seven a | as in apple"
        if token.key in SPELLING_CUES and self.may_be_spelled and self.fillers == 0:
            self.spelling = SPELLING_NEXT
        elif token.key == SPELLING_IN and self.spelling == SPELLING_NEXT:
            self.spelling = SPELLING_IN_NEXT
        if self.fillers == 0:
            self.first_filler = token.key
            letters = token.key == PRONOUN or bool(token.classes & wc.UNCOMMON)
            self._may_have_tail = letters and gap_kind(token.gap) == PLAIN
        if token.classes & wc.HOMOPHONE:
            self._hear(VALUES[token.key])
        self.signs = self.signs + 1 if token.key in SIGNS and self.signs == self.fillers else self.signs
        self.last_filler = token.key
        self.fillers += 1
        self.last_seen = token.index

    def add(self, token: Token) -> None:
        """Take a word that goes on with it (`beginnings.begins_run`, `going_on.continues_run`)."""
        key, classes = token.key, token.classes
        spelled = self.spelling > NOT_SPELLING and not classes & (wc.NUMERIC | wc.MIXED | wc.LETTER)
        spelled = spelled or (self.spelling == SPELLING_IN_NEXT and key == X_RAY[0] == self.text[-1:])
        if self.last != token.index and self.fillers == 0 and token.gap != " ":
            self._note_gap(token.gap)
        self._settle_before(token)
        if self.fillers == 1 and not spelled and self._may_take_filler(key):
            self._take(self.first_filler, written=False)
        follows = self.fillers == 0
        self.spelling, self.fillers, self.signs = NOT_SPELLING, 0, 0
        self.first_filler = self.last_filler = ""
        if self._may_have_tail:
            self._may_have_tail = False
        self.last = self.last_seen = token.index
        x_ray = (self.last_key, key) == X_RAY
        self.last_key = key
        if classes & wc.HOMOPHONE and self.word_count == 0:
            self.front += VALUES[key]
            self.core_start = token.index + 1
            return
        if x_ray:
            return
        self.word_count += 1
        if spelled:
            self.last_classes = 0
            self._composer.close()
            if self._heard is not None:
                self._heard.pop(self._items[-1][0], None)
            return
        self._read(key, classes, follows=follows)
        if classes & wc.MONTH and not classes & wc.NUMERIC and (self.answer_type == DATE or not classes & wc.NATO):
            self.month = True  # "november" is a letter too
        if classes & wc.ORDINAL and self.answer_type == DATE:
            self.ordinal = True
            self.digits += 1
        self.last_classes = classes

    def _settle_before(self, token: Token) -> None:
        """Leave out an "oh" that is no zero before the word: "oh | october the ninth"."""
        dated = self.answer_type == DATE and token.classes & (wc.MONTH | wc.ORDINAL)
        if dated and self.text == ZERO and self.last_key in OH:
            self.start = self.emitted = self.core_start = token.index
            self.text, self.digits, self.singles, self.word_count = "", 0, 0, 0
            self._items = []
            self._composer = Composer()

    def _may_take_filler(self, key: str) -> bool:
        """Return whether the word before `key` is letters of it: "8 urt 56", "9 a.m."."""
        if self._may_have_tail:
            return self.digits + _digits_in(key) >= TAIL_DIGITS
        return is_half_day(self.first_filler, key)

    def take_tail(self, turn_start: int, behind: str) -> None:
        """Take its last letters, if what stood behind its last number may be some.

        `turn_start` is the first word of the turn, `behind` the word behind the run, "" when the turn is over.
        """
        right_behind = self.fillers == 1 and self._may_have_tail and self.last_seen == self.last + 1
        if not right_behind or not self.last_classes & wc.DIGITS:
            return
        letters = self.first_filler != PRONOUN or behind == ""
        over = behind in FUNCTION or behind == ""  # nothing goes on behind them
        few = TAIL_DIGITS <= self.digits <= MOST_TAIL_DIGITS or (self.start == turn_start and self.digits > 1)
        if letters and (self.is_code or (over and few)):
            self.last, tail = self.last_seen, self.first_filler
            self.fillers, self.first_filler = 0, ""
            self._take(tail, written=False)

    def take_edges(self, *, is_over: bool, answers: bool, goes_on: bool) -> None:
        """Take the words at its edges that sound like a digit for digits, if it `answers`, or leave them out.

        Those behind it are digits only where its turn `is_over` with them. Where the answer `goes_on`, one of them that
        is all of the turn is a digit.
        """
        least = 1 if goes_on and is_over and self.position < self.fillers + 2 else LEAST_HOMOPHONES
        behind = self._heard_behind()
        if not is_over or self.fillers != len(behind):
            behind = ""
        if not (answers and (self.digits or len(self.front + behind) >= least)):
            self.start, self.emitted = max(self.start, self.core_start if self.front else 0), max(self.emitted, 0)
            self.front = ""
            return
        if self.front:
            self.text, self.core_start = self.front + self.text, self.start
        if behind:
            self.text, self.last, self.fillers = self.text + behind, self.last_seen, 0
        self.digits += len(self.front + behind)
        self.singles += len(self.front + behind)
        self.front = self._edge = ""

    def take_signs(self) -> None:
        """Take the marks that are named behind it: "four hash"."""
        if self.is_dictated and 0 < self.signs == self.fillers and self.last_filler in SIGN_ENDS:
            self.last, self.fillers, self.signs, self.first_filler = self.last_seen, 0, 0, ""

    def take_article(self) -> None:
        """Take the "a" behind it for a letter."""
        self.last, self.fillers, self.first_filler = self.last_seen, 0, ""
        self.last_key, self.last_classes = ARTICLE, wc.ARTICLE
        self._take(ARTICLE, written=False)

    def drop_article(self) -> None:
        """Leave out the article before its digits, where it can be no letter: "there's a | two"."""
        if self.has_article and not self.label:
            self.text, self.letters, self.led_by, self.lead = self.text[1:], 0, ARTICLE, ARTICLE
            self.start = self.emitted = self.core_start = self.start + 1

    def drop_prefix(self) -> None:
        """Leave out the word that it begins with."""
        self.text, self.prefix, self.lead = self.text[len(self.prefix) :], "", self.led_by
        self.start = self.emitted = self.core_start

    def drop_last(self) -> bool:
        """Leave out its last number, which is an amount or another number; return False when nothing would be left."""
        if not self._items or len(self._items) == MOST_ITEMS or not self.text.endswith(self._items[-1][1]):
            return False
        word, last, written = self._items[-1]
        number = None if self._several is None else self._several.pop(word, None)
        text = self.text[: len(self.text) - len(last)]
        if number is not None and len(number[1]) > 1:  # "forty one | moment"
            _, parts, before = number
            readings = readings_of(parts[:-1])
            self._items[-1] = (before, readings[0], False)
            self._keep(readings, parts[:-1], before, before - 1)
            text += readings[0]
        elif len(self._items) > 1:
            self._items.pop()
            if written:
                self.figures = self.figures[:-1]
        else:
            return False
        digits = _digits_in(self.text) - _digits_in(text)
        self.digits, self.letters = self.digits - digits, self.letters - (len(self.text) - len(text) - digits)
        self.text, self.last, self.last_key = text, self._items[-1][0], ""
        self._composer.close()
        return True

    def _note_gap(self, text: str) -> None:
        """Remember what stands between two of its words."""
        gap = gap_kind(text)
        self.clock = self.clock or gap == CLOCK
        self.slash = self.slash or gap == SLASH
        self.joined = self.joined or gap == JOINED
        self.point = self.point or text in {".", ","}
        self._is_behind_comma = text == ","
        self.only_point = self.only_point or (text == "." and len(self._items) == 1)

    def _read(self, key: str, classes: int, *, follows: bool) -> None:
        """Take the characters that a word stands for; `follows`: it does so directly behind the word before."""
        if classes & wc.MULTIPLIER:
            self.stutters = self.stutters + 1 if self.last_classes & wc.MULTIPLIER else 0
            if follows:
                self._split_before(classes, "")
            self._composer.close()
            self._composer.multiply(VALUES[key], self.last, PLAIN)
        elif classes & READ and not (classes & wc.PLURAL and self._is_quantity(key)):
            self._read_number(key if classes & wc.DIGITS else VALUES[key], classes, follows=follows)
        elif classes & wc.MIXED or (classes & wc.ORDINAL and key[0].isdecimal() and self.answer_type != DATE):
            self._take(key if classes & wc.MIXED or self.kind == "POSTCODE" else key[:-_SUFFIX], written=True)
        elif classes & (wc.LETTER | wc.ARTICLE | wc.NATO | wc.SPELLER):
            spells = bool(classes & (wc.NATO | wc.SPELLER))
            self.nato = self.word_count == 1 and spells
            self.spells = self.spells or spells
            self._take(key[0] * self._composer.take_times(), written=False)
        elif classes & (wc.MONTH | wc.ORDINAL) or key in ORDINAL_SUFFIXES:
            self._composer.close()
        else:
            self._take(key, written=not key.isalpha())

    def _read_number(self, value: str, classes: int, *, follows: bool) -> None:
        """Take digits: they go on with the last number, as English says it, or begin another."""
        composer = self._composer
        if classes & wc.UNIT:
            self.singles += composer.times
            if self.last_key == LETTER_O:
                self.letter_os += 1
        elif classes & wc.MAGNITUDE:
            self.magnitude = True
            if classes & wc.MEASURE:
                self.million = True
        elif classes & wc.PLURAL:
            self.singles += int(composer.parts[-1]) - bool(self.last_classes & wc.UNIT) if composer.may_count else 1
        if self._is_behind_comma and len(value) == len(THOUSANDS) and composer.ends_in_thousands:
            composer.join(value)
            self._replace(self.last)
            return
        if composer.can_extend(classes, value):
            composer.extend(classes, value, self.last)
            self._replace(self.last)
            return
        if follows and len(composer.parts) > 1:
            self._split_before(classes, value)
        composer.start(classes, value)
        readings = composer.readings
        if len(readings) > 1:
            self._keep(readings, composer.parts, self.last, self.last - 1)
        self._append(readings[0], written=bool(classes & wc.DIGITS))

    def _split_before(self, classes: int, value: str) -> None:
        """Read the last number anew if the word that follows it, of these classes and digits, says how."""
        if self._composer.split_before(classes, value):
            self._replace(self._items[-1][0])

    def _take(self, text: str, *, written: bool) -> None:
        """Append characters that are no number; `written`: not as letters."""
        self._composer.close()
        self._composer.take_times()
        self._append(text, written=written)

    def _append(self, text: str, *, written: bool) -> None:
        """Append a number or letters; `written`: they were written in figures."""
        digits = len(text) if text.isdecimal() else _digits_in(text)
        self.digits += digits
        self.letters += len(text) - digits
        if written:
            self.figures = (*self.figures, len(text))[-MOST_ITEMS:]
        self.text = (self.text + text)[:MOST_TEXT]
        self._items.append((self.last, text, written))
        if len(self._items) > MOST_ITEMS:
            word = self._items.pop(0)[0]
            if self._several is not None:
                self._several.pop(word, None)
            if self._heard is not None:
                self._heard.pop(word, None)

    def _replace(self, word: int) -> None:
        """Read the last number again, which ends with the word now: a word has changed it."""
        readings, parts = self._composer.readings, self._composer.parts
        last, old, _ = self._items[-1]
        text = readings[0]
        number = None if self._several is None else self._several.pop(last, None)
        before = last if word != last or number is None else number[2]
        self._keep(readings, parts, word, before)
        self._items[-1] = (word, text, False)
        self.digits += len(text) - len(old)
        if self.text.endswith(old):  # else it is longer than what is kept
            self.text = (self.text[: len(self.text) - len(old)] + text)[:MOST_TEXT]

    def _keep(self, readings: tuple[str, ...], parts: tuple[str, ...], word: int, before: int) -> None:
        """Keep the readings of a number, which ends with the word."""
        if self._several is None:
            self._several = {}
        self._several[word] = (readings, parts, before)

    def _hear(self, digit: str) -> None:
        """Keep what a word behind the last number sounds like."""
        if not self._items:
            self._edge += digit
            return
        if self._heard is None:
            self._heard = {}
        word = self._items[-1][0]
        heard = self._heard.get(word, "")
        if len(heard) < _MOST_HOMOPHONES:
            self._heard[word] = heard + digit

    def _heard_behind(self) -> str:
        """Return the digits that the words behind its last number sound like."""
        if not self._items:
            return self._edge
        return "" if self._heard is None else self._heard.get(self._items[-1][0], "")

    def _is_quantity(self, key: str) -> bool:
        """Return whether a plural in figures counts nothing here: "5s" may be seconds."""
        return not key.isalpha() and not self._composer.may_count


def _digits_in(text: str) -> int:
    """Count the decimal digits of a text."""
    return sum(map(str.isdecimal, text))
