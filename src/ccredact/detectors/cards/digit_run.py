"""One run of digits: what one speaker says or writes in one go, fillers inside it included."""

from __future__ import annotations

from ccredact.lang.en.words import VALUES
from ccredact.numbers.composer import Composer, Group
from ccredact.text.forking import filled
from ccredact.text.token import Token
from ccredact.text.word_class import CORRECTION, DIGITS, HESITATION, HOMOPHONE, MAGNITUDE, MEASURE, MULTIPLIER, UNIT
from ccredact.text.words import BROKEN, MONEY, gap_kind

_OH = frozenset({"oh", "o"})
_AFTER_OH = frozenset({"hang", "i", "let", "well", "that"})
"""Words with which an "oh" before them is no zero, beside corrections ("oh sorry")."""
SLACK = 4
"""Fillers that may stand between two digits of one run."""
MOST_SOUNDS = 3
"""Homophones that may stand beside each other."""


class Run:
    """The groups of a run and how it stands among the other words.

    `emitted` is the word up to which it is hidden, once `label` is set; `must` says that all of it will be hidden
    but its label waits for its end; `amount` that it is money. `adjacent` is the phrase right before it; `led` says
    that it begins its turn or stands after a filler or "it's", not inside a sentence.
    """

    # What a run begins with: set here, since most runs end before any of it changes.
    slack = 0
    """Fillers since the last digit; `paused` when the first of them was a hesitation or a correction."""
    paused = False
    oh = -1
    before_oh = -1
    """The word of a last "oh", which the next word decides about, and the last word before it."""
    only_oh = True
    first_oh = False
    corrected = False
    """The first filler since the last digit was a correction."""
    rated = False
    """The first filler since the last digit is "a": "ninety nine a month"."""
    touching = False
    """The phrase before it ends right before it."""
    apart = False
    """It is not by the one who is expected to give a number."""
    dropped = 0
    """Digits of groups that are not kept."""
    month = False
    magnitude = False
    """"hundred" or "thousand" was said."""
    must = False
    asked = False
    """It answers a turn in which cards were named; `invited`: one that said "go ahead"."""
    invited = False
    elsewhere = False
    """It answers a turn that asked for another number."""
    follows = False
    """It stands where a card's expiry and code are usually given."""
    label = ""
    entity = 0
    score = 0.0
    _seen: list[Group] | None = None
    _size = 0

    def __init__(self, token: Token, *, adjacent: str | None, led: bool) -> None:
        self._token = token  # its first word
        self.turn = token.turn
        self.speaker = token.speaker
        self.start = self.last = self.emitted = token.index
        self.name = token.index  # what its groups know it by, wherever it begins
        self.time = token.time
        self.adjacent = adjacent
        self.led = led
        self.amount = gap_kind(token.gap) == MONEY
        self.groups: list[Group] = []
        self.sounds: list[Group] = []  # homophones that wait for a digit
        self.composer = Composer()

    def fork(self) -> Run:
        """An independent copy."""
        other = filled(Run(self._token, adjacent=self.adjacent, led=self.led), self)
        other.groups, other.sounds = list(self.groups), list(self.sounds)
        other.composer = self.composer.fork()
        return other

    def takes(self, token: Token) -> bool:
        """Whether a word that cannot begin a number goes on with this one."""
        if token.classes & MAGNITUDE:
            return self.composer.extends(MAGNITUDE, VALUES[token.key])
        if not token.classes & HOMOPHONE or self.written:
            return False
        return len(self.sounds) < MOST_SOUNDS and self.slack < SLACK

    def ends_before(self, token: Token) -> bool:
        """Whether a number is another one: money, or what follows an amount but its cents."""
        return gap_kind(token.gap) == MONEY or (self.amount and token.gap not in {".", ","})

    def passes(self, token: Token) -> bool:
        """Whether a filler may stand inside the run here."""
        return self.slack < SLACK and not (token.key == "and" and self.written)

    @property
    def written(self) -> bool:
        """Whether the last number is a figure of two digits or more: "1000 to 2000", "4512 and 3377" are two."""
        groups = self.seen()
        return bool(groups) and not groups[-1].spoken and len(groups[-1].readings[0]) > 1

    def add(self, token: Token) -> None:
        """Take a number word."""
        classes, composer = token.classes, self.composer
        gap = BROKEN if self.slack else gap_kind(token.gap)
        if classes & MAGNITUDE:
            self.magnitude = True
            composer.add(MAGNITUDE, VALUES[token.key], token.index)
        elif classes & MULTIPLIER:
            self._close()
            composer.repeat(VALUES[token.key], token.index, gap)
            return  # its words count once a digit follows
        elif classes & HOMOPHONE:
            self._sound(token)
            return
        else:
            value = token.key if classes & DIGITS else VALUES[token.key]
            kind = classes if not classes & DIGITS or len(value) > 1 else DIGITS | UNIT
            if composer.extends(kind, value):
                composer.add(kind & ~DIGITS, value, token.index)
            else:
                self._close()
                if self.sounds:
                    self.groups += self.sounds
                    gap = BROKEN
                left = self.groups[-1] if self.groups else None
                composer.start(DIGITS if classes & DIGITS else kind, value, token.index, gap, left=left)
        self.sounds, self._seen = [], None
        self.slack = 0
        oh = token.key in _OH
        self.first_oh = self.first_oh or (oh and not self.groups)
        self.only_oh = self.only_oh and oh
        self.oh = token.index if oh and self.groups else -1
        self.before_oh = self.last
        self.last = token.index

    def _sound(self, token: Token) -> None:
        """A homophone: a digit if one follows."""
        at = token.index
        readings = (VALUES[token.key], "")
        self.sounds.append(Group(readings, at, at, BROKEN, True, self.turn, self.speaker, self.name, True))  # noqa: FBT003
        self.slack += 1

    def _close(self) -> None:
        if not self.composer.parts:
            return
        group = self._seen[-1] if self._seen else self.composer.peek(self.turn, self.speaker, self.name)
        self.composer.close()
        self.groups.append(group)
        self._seen = None

    def add_month(self, token: Token) -> None:
        """Take the name of a month: part of an expiry date."""
        self.month = True
        self.must = self.must or not self.label
        self.slack, self.last = 0, token.index
        self.only_oh = False

    def rest(self, token: Token) -> Run:
        """Give the run of what follows a card that is complete with `token`."""
        rest = Run(token, adjacent=None, led=True)
        rest.begin_at(self.last + 1)
        rest.name = rest.start
        rest.must, rest.entity = True, self.entity
        return rest

    @property
    def empty(self) -> bool:
        """Whether no digit has been said yet."""
        return not self.groups and not self.composer.waiting and not self.month

    def begin_at(self, word: int) -> None:
        """Let the run begin with this word."""
        self.start = self.emitted = word
        self.sounds = []
        self.slack = 0

    def shorten(self, kept: int) -> None:
        """Forget all but the last groups; their digits stay counted."""
        gone = max(0, len(self.groups) - kept)
        self.dropped += sum(len(group.readings[0]) for group in self.groups[:gone])
        self.groups = self.groups[gone:]
        self._seen = None
        if not self.label:
            left = self.seen()
            self.start = self.emitted = left[0].first if left else self.last + 1

    def drop_until(self, word: int) -> bool:
        """Leave only the groups after `word`; False when none is left."""
        self.groups = [group for group in self.groups if group.first > word]
        self._seen = None
        if self.groups:
            self.start, self.entity = self.groups[0].first, 0
        return bool(self.groups)

    def stands_alone(self, token: Token | None) -> bool:
        """Whether nothing of the same sentence follows; `token` ended the run, None when its turn is over."""
        return token is None or (self.slack > 0 and self.paused)

    def finish(self) -> bool:
        """The run is over: close the open group. True when it ends with an "oh" that is a zero."""
        self._close()
        self._seen = None
        if self.oh >= 0 and self.slack > 0 and self.corrected:  # "oh sorry"
            self.drop_oh()
        return self.oh >= 0

    def adopt_sounds(self) -> None:
        """Take last homophones for digits: nothing else was said in the turn."""
        self._close()
        self.groups += self.sounds
        self.last = self.sounds[-1].last
        self.sounds, self.slack, self._seen = [], 0, None
        self.oh, self.only_oh = -1, False

    def drop_oh(self) -> None:
        """Take a last "oh" for an interjection."""
        self.groups.pop()
        self.last, self.oh = self.before_oh, -1
        self._seen = None

    def pause(self, token: Token) -> None:
        """Take a filler."""
        if self.slack == 0:
            self.paused = bool(token.classes & (HESITATION | CORRECTION))
            self.corrected = bool(token.classes & CORRECTION) or token.key in _AFTER_OH
            self.rated = bool(token.classes & MEASURE)
        self.slack += 1

    @property
    def sounds_only(self) -> bool:
        """Whether it begins with a homophone and is too short to be more than words: "for that one"."""
        groups = self.seen()
        return bool(groups) and groups[0].readings[-1] == "" and len(groups) < 3

    def seen(self) -> list[Group]:
        """All groups, the open one as it stands."""
        if self._seen is None:
            composer, groups = self.composer, self.groups
            group = composer.peek(self.turn, self.speaker, self.name) if composer.parts else None
            self._seen = [*groups, group] if group is not None else groups
            self._size = sum([len(group.readings[0]) for group in self._seen])
        return self._seen

    @property
    def size(self) -> int:
        """How many digits `seen` has, in the usual reading."""
        self.seen()
        return self._size

    @property
    def number_words(self) -> int:
        """How many separate numbers were said so far.

        A leading "oh" may be an interjection and does not count, nor do one or two homophones ("for two").
        """
        groups = self.seen()
        count = sum(group.readings[-1] != "" for group in groups)  # a homophone alone is a word
        if count and len(groups) >= 3:
            count = len(groups)
        return count - self.first_oh
