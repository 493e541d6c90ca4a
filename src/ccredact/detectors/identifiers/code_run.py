"""One alphanumeric run: digits, letters, words of a spelling alphabet and parts of a date that are read out in a row.

A run gathers characters and remembers how they were said and written; it knows nothing of what they mean. Which words
it takes is decided by `boundaries`, what it is by `classify`.
"""

from __future__ import annotations

from typing import Final

from ccredact.dialogue.kinds import CODE, DATE
from ccredact.dialogue.open_questions import Question
from ccredact.lang.en.cardinals import VALUES
from ccredact.lang.en.dates import ORDINAL_SUFFIXES
from ccredact.lang.en.identifiers import ARTICLE, LETTER_O, PLUS, PRONOUN, SPELLING_CUES, SPELLING_IN
from ccredact.lang.en.words import FUNCTION
from ccredact.text import word_class as wc
from ccredact.text.forking import filled
from ccredact.text.token import Token
from ccredact.text.words import CLOCK, JOINED, MONEY, PLAIN, SLASH, gap_kind

LETTERS: Final = wc.LETTER | wc.ARTICLE
SMALL_FIGURE: Final = 3
"""Digits of a written figure that may be another number than the run before it: "4589 | 24 hours"."""
MOST_ITEMS: Final = 32
"""Numbers and letters that are kept one by one."""
MOST_TEXT: Final = 48
"""Characters that are kept: more than any identifier has."""
TAIL_DIGITS: Final = 3
MOST_TAIL_DIGITS: Final = 6
"""Digits of a run behind which a short unknown word may be its last letters: "968 ukl"."""

_MARKS: Final = frozenset(".,:;?!")
_LINE: Final = "\n"
_SENTENCE_ENDS: Final = ".?!"
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
    digits = 0
    letters = 0
    singles = 0
    """Digits that were said one by one."""
    word_count = 0
    letter_os = 0
    """Digits that were said as a letter: "o k a f o r"."""
    nato = False
    """The run is one word of a spelling alphabet."""
    magnitude = False
    """It has a "hundred" or "thousand"."""
    month = False
    ordinal = False
    clock = False
    """It has a colon between figures."""
    slash = False
    point = False
    """It has a "." or "," and nothing else between figures."""
    joined = False
    """It has a dash or the like between figures."""
    position = 0
    """Words of its turn before it."""
    counted = False
    """It stands right behind what is numbered: "room 4127"."""
    immediate = False
    """It begins the turn behind the question: words beside it may be misheard parts of it."""
    overlong = False
    """It is too long for any identifier, and numbers of unknown kind are not hidden."""
    label = ""
    entity = 0
    prefix = ""

    def __init__(self, token: Token, question: Question | None, led_by: str, before: tuple[str, ...] = ()) -> None:
        self._first_token = token
        self.led_by = led_by  # the word before it (`boundaries.word_before`)
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
        self.text = ""
        self.figures: tuple[int, ...] = ()  # lengths of the written figures
        self.last_key = led_by
        self.last_classes = 0
        self.last_seen = token.index
        self._items: list[tuple[int, str, bool]] = []  # (word, characters, written in figures)
        self._times = 1  # how often the next digit or letter counts: behind "double"
        self._after_tens = False
        self._may_have_tail = False  # the first filler may be its last letters: "968 ukl"

    def fork(self) -> CodeRun:
        """Return an independent copy."""
        other = filled(CodeRun(self._first_token, None, self.led_by), self)
        other._items = list(self._items)
        return other

    # -- what it knows of itself -----------------------------------------------------------------------------------

    @property
    def size(self) -> int:
        """Return how many digits and letters it has, with its prefix."""
        return self.digits + self.letters + len(self.prefix)

    @property
    def is_code(self) -> bool:
        """Return whether letters and digits were asked for."""
        return self.answer_type == CODE and self.kind != "POSTCODE"

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
    def ends_small(self) -> bool:
        """Return whether it ends in a small figure behind other numbers, which the next word may make an amount."""
        if len(self._items) < 2:
            return False
        _, text, written = self._items[-1]
        return written and len(text) <= SMALL_FIGURE and text.isdecimal()

    @property
    def ends_apart(self) -> bool:
        """Return whether it is a long figure with a small one behind it, which is another number: "9844 | 3"."""
        if self.kind or self.letters or len(self._items) != 2 or not self.ends_small or self.joined:
            return False
        return len(self._items[-1][1]) < SMALL_FIGURE < len(self._items[-2][1]) and self._items[-2][2]

    @property
    def before_last(self) -> int:
        """Return the word of the number before its last one."""
        return self._items[-2][0]

    @property
    def spoken_only(self) -> bool:
        """Return whether nothing of it was written in figures."""
        return not self.figures

    # -- how it grows ----------------------------------------------------------------------------------------------

    def begin_with(self, word: int, key: str) -> None:
        """Let it begin with the word before it: its prefix, a plus, or a misheard part of it."""
        self.start = self.emitted = word
        if key == PLUS:
            self.plus = True
            return
        if self.answer_type != DATE and self.kind != "POSTCODE":
            self.prefix = self.text = key

    def join(self, words: int) -> None:
        """Let it begin as many words earlier, with those that are written in one with it: "gift_card_77"."""
        self.start = self.emitted = self.core_start = self.start - words

    def pause(self, token: Token) -> None:
        """Take a word that belongs to it only if more of it follows (`boundaries.pauses_run`)."""
        if token.key in SPELLING_CUES and self.may_be_spelled and self.fillers == 0:
            self.spelling = SPELLING_NEXT
        elif token.key == SPELLING_IN and self.spelling == SPELLING_NEXT:
            self.spelling = SPELLING_IN_NEXT
        if self.fillers == 0:
            self.first_filler = token.key
            letters = token.key == PRONOUN or bool(token.classes & wc.UNCOMMON)
            self._may_have_tail = letters and gap_kind(token.gap) == PLAIN
        self.fillers += 1
        self.last_seen = token.index

    def add(self, token: Token) -> None:
        """Take a word that goes on with it (`boundaries.begins_run`, `continues_run`)."""
        key, classes = token.key, token.classes
        spelled = self.spelling > NOT_SPELLING and not classes & (wc.NUMERIC | wc.MIXED | wc.LETTER)
        if self.last != token.index and self.fillers == 0 and token.gap != " ":
            self._note_gap(token.gap)
        if self._may_have_tail and self.fillers == 1 and not spelled and self.digits + _digits_in(key) >= TAIL_DIGITS:
            self._take(self.first_filler, written=False)  # letters inside a code: "8 urt 56"
        self.spelling, self.fillers = NOT_SPELLING, 0
        self.first_filler = ""
        self._may_have_tail = False
        self.last = self.last_seen = token.index
        self.last_key = key
        self.word_count += 1
        if spelled:
            self.last_classes = 0
            return
        self._read(key, classes)
        if classes & wc.MONTH and not classes & wc.NUMERIC:
            self.month = True
        if classes & wc.ORDINAL and self.answer_type == DATE:
            self.ordinal = True
            self.digits += 1
        self._after_tens = bool(classes & wc.TENS)
        self.last_classes = classes

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
            self.last = self.last_seen
            self._take(self.first_filler, written=False)

    def drop_last(self) -> bool:
        """Leave out its last number, which is an amount or another number; return False when nothing would be left."""
        if len(self._items) < 2 or len(self._items) == MOST_ITEMS or not self.text.endswith(self._items[-1][1]):
            return False
        _, text, written = self._items.pop()
        digits = _digits_in(text)
        self.digits, self.letters = self.digits - digits, self.letters - (len(text) - digits)
        self.text = self.text[: len(self.text) - len(text)]
        self.last = self._items[-1][0]
        if written:
            self.figures = self.figures[:-1]
        return True

    def _note_gap(self, text: str) -> None:
        """Remember what stands between two of its words."""
        gap = gap_kind(text)
        self.clock = self.clock or gap == CLOCK
        self.slash = self.slash or gap == SLASH
        self.joined = self.joined or gap == JOINED
        self.point = self.point or text in {".", ","}

    def _read(self, key: str, classes: int) -> None:
        """Take the characters that a word stands for."""
        if classes & wc.MULTIPLIER:
            self.stutters = self.stutters + 1 if self.last_classes & wc.MULTIPLIER else 0
            self._times = int(VALUES[key])
        elif classes & (wc.DIGITS | wc.MIXED):
            self._take(key * self._times if len(key) == 1 else key, written=True)
        elif classes & wc.ORDINAL and key[0].isdecimal() and self.answer_type != DATE:
            self._take(key, written=True)
        elif classes & (wc.UNIT | wc.TEEN | wc.TENS):
            self._read_number(VALUES[key], classes)
        elif classes & wc.MAGNITUDE:
            self.magnitude = True
            self._take(VALUES[key], written=False)
        elif classes & (wc.LETTER | wc.ARTICLE | wc.NATO):
            self.nato = self.word_count == 1 and bool(classes & wc.NATO)
            self._take(key[0] * self._times, written=False)
        elif not classes & (wc.MONTH | wc.ORDINAL) and key not in ORDINAL_SUFFIXES:
            self._take(key, written=not key.isalpha())

    def _read_number(self, value: str, classes: int) -> None:
        """Take a number word: behind tens a digit replaces their zero ("forty two" is 42)."""
        if classes & wc.UNIT:
            self.singles += self._times
            self.letter_os += self.last_key == LETTER_O
            if self._after_tens and value != "0" and self._items:
                self.text = self.text[:-1]
                self.digits -= 1
        self._take(value * self._times, written=False)

    def _take(self, text: str, *, written: bool) -> None:
        """Append characters; `written`: they were written in figures."""
        digits = len(text) if text.isdecimal() else _digits_in(text)
        self.digits += digits
        self.letters += len(text) - digits
        if written:
            self.figures = (*self.figures, len(text))[-MOST_ITEMS:]
        self.text = (self.text + text)[:MOST_TEXT]
        self._items.append((self.last, text, written))
        if len(self._items) > MOST_ITEMS:
            del self._items[0]
        self._times = 1


def ends_sentence(gap: str) -> bool:
    """Return whether a gap between two words holds the end of a sentence."""
    return len(gap) > 1 and any(mark in gap for mark in _SENTENCE_ENDS)


def _digits_in(text: str) -> int:
    """Count the decimal digits of a text."""
    return sum(map(str.isdecimal, text))
