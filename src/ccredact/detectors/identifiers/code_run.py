"""One run of what is read out: digits, letters, words of a spelling alphabet, the parts of a date."""

from __future__ import annotations

from ccredact.dialogue.kinds import CODE, DATE
from ccredact.dialogue.open_questions import Question
from ccredact.lang.en import words as en
from ccredact.lang.en.cardinals import VALUES
from ccredact.text import word_class as wc
from ccredact.text.forking import filled
from ccredact.text.token import Token
from ccredact.text.words import CLOCK, JOINED, MONEY, PLAIN, SLASH, gap_kind

SMALL = 3
KEPT_ITEMS = 32
KEPT_TEXT = 48
"""Characters of it that are kept: more than any identifier has."""
NUMBERS = wc.DIGITS | wc.UNIT | wc.TEEN | wc.TENS | wc.MULTIPLIER
LETTERS = wc.LETTER | wc.ARTICLE
ALPHABET = frozenset({"for", "as", "like"})
SUFFIXES = frozenset({"st", "nd", "rd", "th"})
DATE_DIGITS = 6
SHORT = 3
"""Letters of a word that may be part of a code: "de 54 d 4"."""


class CodeRun:
    """What has been read out so far, without its meaning.

    `emitted` is the word up to which it is hidden once `label` is set; `prefix` is a word that it begins with and that
    is no code by itself ("bery 45"); `core` is the first word behind it.
    """

    alphabet = 0
    """After a letter: 1 behind "for" or "as", 2 behind "as in": the next word stands for the letter."""
    slack = 0
    paused_by = ""
    """The first of the fillers since the last number."""
    digits = 0
    letters = 0
    singles = 0
    words = 0
    ohs = 0
    """Of its digits those that were said as a letter: "o k a f o r"."""
    nato = False
    magnitude = False
    month = False
    ordinal = False
    clock = False
    slash = False
    point = False
    joined = False
    counted = False
    """It stands right behind what is numbered: "room 4127"."""
    misheard = False
    """It answers the turn before: words beside it may be parts of it that were misheard."""
    void = False
    """It is too long for anything, and such numbers are not hidden."""
    label = ""
    entity = 0
    prefix = ""

    def __init__(self, token: Token, question: Question | None, led_by: str, before: tuple[str, ...] = ()) -> None:
        self._token = token  # its first word
        self.led_by = led_by
        self.before = before  # the words before it
        self.turn = token.turn
        self.speaker = token.speaker
        self.start = self.last = self.emitted = self.core = token.index
        self.mail_start = -1  # a word before it that may belong to an address
        self.asked = None if question is None else (question.kind, question.word)
        self.kind = "" if question is None else question.kind
        self.form = None if question is None else question.answer_type
        gap = gap_kind(token.gap)
        self.amount = gap == MONEY
        self.plus = "+" in token.gap
        self.text = ""
        self.figures: tuple[int, ...] = ()  # lengths of the written figures
        self.key = led_by  # the last word taken
        self.seen = token.index  # the last word looked at
        self._items: list[tuple[int, str, bool]] = []  # (word, characters, written in figures)
        self._times = 1
        self._tens = False
        self._tail = False  # the first of the fillers may be its last letters: "968 ukl"
        self.classes = 0  # classes of the last word taken

    def lead_with(self, word: int, key: str) -> None:
        """Let it begin with the word before it."""
        self.start = self.emitted = word
        if key == "plus":
            self.plus = True
            return
        if self.form != DATE and self.kind != "POSTCODE":
            self.prefix = self.text = key

    def join(self, words: int) -> None:
        """Let it begin with words before it that are written in one with it."""
        self.start = self.emitted = self.core = self.start - words

    def fork(self) -> CodeRun:
        """An independent copy."""
        other = filled(CodeRun(self._token, None, self.led_by), self)
        other._items = list(self._items)
        return other

    @property
    def size(self) -> int:
        """How many digits and letters it has."""
        return self.digits + self.letters + len(self.prefix)

    @property
    def may_be_spelled(self) -> bool:
        """Whether a word of an alphabet may stand for its last letter: "t for tommy", misheard "4 freddy" too."""
        return bool(self.classes & (LETTERS | wc.UNIT | wc.DIGITS)) and (len(self.key) == 1 or not self.ends_written)

    @property
    def is_split(self) -> bool:
        """Whether it is a code that was cut between letters and figures, and ends in a figure now: "4 x 9"."""
        if self.classes & wc.UNIT:
            return self.is_code and self.letters > 0
        return bool(self.classes & wc.DIGITS and (self.is_code or self.letters or self.prefix))

    @property
    def ends_written(self) -> bool:
        """Whether its last number is a figure of two digits or more: "1000 to 2000" are two."""
        return bool(self._items) and self._items[-1][2] and len(self._items[-1][1]) > 1

    def pause(self, token: Token) -> None:
        """Take a word that belongs to it only if more of it follows."""
        if token.key in ALPHABET and self.may_be_spelled and self.slack == 0:
            self.alphabet = 1
        elif token.key == "in" and self.alphabet == 1:
            self.alphabet = 2
        if self.slack == 0:
            self.paused_by = token.key
            self._tail = gap_kind(token.gap) == PLAIN and (token.key == "i" or bool(token.classes & wc.UNCOMMON))
        self.slack += 1
        self.seen = token.index

    def add(self, token: Token) -> None:
        """Take a word that `takes`."""
        key, classes = token.key, token.classes
        spelled = self.alphabet > 0 and not classes & (NUMBERS | wc.MIXED | wc.LETTER)
        if self.last != token.index and self.slack == 0 and token.gap != " ":
            gap = gap_kind(token.gap)
            self.clock = self.clock or gap == CLOCK
            self.slash = self.slash or gap == SLASH
            self.joined = self.joined or gap == JOINED
            self.point = self.point or token.gap in {".", ","}
        if self._tail and self.slack == 1 and not spelled and self.digits + sum(map(str.isdecimal, key)) >= SMALL:
            self._take(self.paused_by, written=False)  # letters inside a code: "8 urt 56"
        self.alphabet = self.slack = 0
        self.paused_by = ""
        self._tail = False
        self.last = self.seen = token.index
        self.key = key
        self.words += 1
        if spelled:
            self.classes = 0
            return
        self._digest(key, classes)
        if classes & wc.MONTH and not classes & NUMBERS:
            self.month = True
        if classes & wc.ORDINAL and self.form == DATE:
            self.ordinal = True
            self.digits += 1
        self._tens = bool(classes & wc.TENS)
        self.classes = classes

    def _digest(self, key: str, classes: int) -> None:
        """Take the characters of a word."""
        if classes & wc.MULTIPLIER:
            self._times = int(VALUES[key])
        elif classes & (wc.DIGITS | wc.MIXED):
            self._take(key * self._times if len(key) == 1 else key, written=True)
        elif classes & wc.ORDINAL and key[0].isdecimal() and self.form != DATE:
            self._take(key, written=True)
        elif classes & (wc.UNIT | wc.TEEN | wc.TENS):
            self._number(VALUES[key], classes)
        elif classes & wc.MAGNITUDE:
            self.magnitude = True
            self._take(VALUES[key], written=False)
        elif classes & (wc.LETTER | wc.ARTICLE | wc.NATO):
            self.nato = self.words == 1 and bool(classes & wc.NATO)
            self._take(key[0] * self._times, written=False)
        elif not classes & (wc.MONTH | wc.ORDINAL) and key not in SUFFIXES:
            self._take(key, written=not key.isalpha())

    def _number(self, value: str, classes: int) -> None:
        if classes & wc.UNIT:
            self.singles += self._times
            self.ohs += self.key == "o"
            if self._tens and value != "0" and self._items:
                self.text = self.text[:-1]
                self.digits -= 1
        self._take(value * self._times, written=False)

    def _take(self, text: str, *, written: bool) -> None:
        digits = len(text) if text.isdecimal() else sum(map(str.isdecimal, text))
        self.digits += digits
        self.letters += len(text) - digits
        if written:
            self.figures = (*self.figures, len(text))[-KEPT_ITEMS:]
        self.text = (self.text + text)[:KEPT_TEXT]
        self._items.append((self.last, text, written))
        if len(self._items) > KEPT_ITEMS:
            del self._items[0]
        self._times = 1

    @property
    def is_code(self) -> bool:
        """Whether letters and figures were asked for."""
        return self.form == CODE and self.kind != "POSTCODE"

    def take_tail(self, first: int, behind: str) -> None:
        """Take letters that were no word of it; `first` is the turn's first word, `behind` stands after the run."""
        if self.slack != 1 or not self._tail or not self.classes & wc.DIGITS or self.seen != self.last + 1:
            return
        letters = self.paused_by != "i" or behind == ""
        over = behind in en.FUNCTION or behind == ""  # nothing goes on behind them
        few = SHORT <= self.digits <= DATE_DIGITS or (self.start == first and self.digits > 1)
        if letters and (self.is_code or (over and few)):
            self.last = self.seen
            self._take(self.paused_by, written=False)

    def drop_last(self) -> bool:
        """Leave out the last number: what stands behind it says that it is an amount. False when nothing is left."""
        if len(self._items) < 2 or len(self._items) == KEPT_ITEMS or not self.text.endswith(self._items[-1][1]):
            return False
        _, text, written = self._items.pop()
        digits = sum(map(str.isdecimal, text))
        self.digits, self.letters = self.digits - digits, self.letters - (len(text) - digits)
        self.text = self.text[: len(self.text) - len(text)]
        self.last = self._items[-1][0]
        if written:
            self.figures = self.figures[:-1]
        return True

    @property
    def small_last(self) -> bool:
        """Whether it ends with a small figure, which the next word may make an amount."""
        if len(self._items) < 2:
            return False
        _, text, written = self._items[-1]
        return written and len(text) <= SMALL and text.isdecimal()

    @property
    def ends_apart(self) -> bool:
        """Whether a small figure stands behind a long one: it is another number."""
        if self.kind or self.letters or len(self._items) != 2 or not self.small_last or self.joined:
            return False
        return len(self._items[-1][1]) < SMALL and len(self._items[-2][1]) > SMALL and self._items[-2][2]

    @property
    def before_last(self) -> int:
        """The word before its last number."""
        return self._items[-2][0]

    @property
    def spoken_only(self) -> bool:
        """Whether nothing of it was written in figures."""
        return not self.figures
