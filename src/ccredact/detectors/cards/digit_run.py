"""One run of digits: what one speaker says or writes in one go, fillers inside it included."""

from __future__ import annotations

from typing import Final

from ccredact.detectors.cards.run_context import BEHIND_CARD, RunContext
from ccredact.dialogue.placement import ends_there
from ccredact.lang.en.cardinals import OH, VALUES
from ccredact.lang.en.cards import AND, BEHIND_INTERJECTION
from ccredact.lang.en.identifiers import TO
from ccredact.numbers.composer import Composer, Group
from ccredact.numbers.quantity import is_unit
from ccredact.reasons import Reason
from ccredact.text.forking import filled
from ccredact.text.token import Token
from ccredact.text.word_class import (
    CORRECTION,
    DIGITS,
    HESITATION,
    HOMOPHONE,
    MAGNITUDE,
    MEASURE,
    MULTIPLIER,
    NUMERIC,
    ORDINAL,
    PLURAL,
)
from ccredact.text.words import BROKEN, MONEY, PLAIN, SLASH, gap_kind

MOST_FILLERS: Final = 4
"""Fillers that may stand between two digits of one run."""
MOST_STUTTERS: Final = 4
"""Multipliers in a row that may stand inside a run, behind the first."""
MOST_HOMOPHONES: Final = 3
"""Homophones that may stand beside each other."""
_CUED: Final = Reason.CUED
SHORTEST_USUAL: Final = 14
"""Digits from which on a cued card may be complete."""
_MORE_THAN_MONEY: Final = 8
"""Digits that no amount has in talk."""
_ALWAYS: Final = ("24", "7")
_LETTERS: Final = "dhnrst"
"""Those of the endings of ordinals: "1st", "2nd", "3rd", "4th"."""
_FIRST_GROUP: Final = 4
"""Digits of a card that was asked for, behind which money is more of it."""
_CENTS: Final = frozenset({".", ","})
"""Between an amount and its cents."""


class DigitRun:
    """The groups of a run, and what is known of it so far.

    `start` and `last` are its first and last word, `id` what its groups know it by, wherever it begins. It is
    undecided, pending or named (`ccredact.detectors.cards.detector`): `label`, `entity`, `score` and `reason` are those
    of its spans once it is named, and `hidden_to` is the word up to which it is hidden then.
    """

    # What a run begins with: set here, since most runs end before any of it changes.
    label = ""
    entity = 0
    """Of a pending run: the card that it stands behind, 0 for none."""
    score = 0.0
    reason = _CUED
    pending = False
    """It is data of a card, of a kind that its end decides."""
    by_other = False
    """It is not by the one who is expected to give the number."""
    has_month = False
    has_magnitude = False
    """"hundred" or "thousand" was said."""
    ends_in_million = False
    """Its last word says of what comes before that it is an amount."""
    forgotten_digits = 0
    """Digits of groups that are no longer kept."""
    fillers = 0
    """Since the last digit."""
    stutters = 0
    """Multipliers behind another one, without a digit between."""
    first_filler = ""
    hesitates = False
    """The first of them is a hesitation or a correction."""
    corrects = False
    """The first of them is a correction."""
    measures = False
    """The first of them is "a": "ninety nine a month"."""
    last_oh = -1
    """The word of a last "oh", which the next word decides about; -1 for none."""
    last_before_oh = -1
    only_oh = True
    begins_with_oh = False
    _all_groups: list[Group] | None = None
    _digit_count = 0

    def __init__(self, token: Token, context: RunContext) -> None:
        self.context = context
        self.turn = token.turn
        self.speaker = token.speaker
        self.time = token.time
        self.start = self.last = self.hidden_to = self.id = token.index
        self.currency = gap_kind(token.gap) == MONEY  # it stands behind a currency sign
        self.expected = False  # data of a card was asked for: then its marks say little
        self.groups: list[Group] = []
        self.homophones: list[Group] = []  # they wait for a digit
        self.composer = Composer()
        self._token = token  # its first word

    def fork(self) -> DigitRun:
        """Return an independent copy."""
        other = filled(DigitRun(self._token, self.context), self)
        other.groups, other.homophones = list(self.groups), list(self.homophones)
        other.composer = self.composer.fork()
        return other

    # -- what is known of it -------------------------------------------------------------------------------------

    def all_groups(self) -> list[Group]:
        """Return all groups, the open one as it stands."""
        if self._all_groups is None:
            groups = self.groups
            if self.composer.parts:
                groups = [*groups, self.composer.group(self.speaker, self.id)]
            self._all_groups = groups
            self._digit_count = sum([len(group.readings[0]) for group in groups])
        return self._all_groups

    @property
    def digit_count(self) -> int:
        """Return how many digits all groups have, in the usual reading."""
        self.all_groups()
        return self._digit_count

    @property
    def number_count(self) -> int:
        """Return how many separate numbers were said so far.

        A leading "oh" may be an interjection and does not count, nor do one or two homophones ("for two").
        """
        groups = self.all_groups()
        count = sum([group.readings[-1] != "" for group in groups])  # a homophone alone is a word
        if len(groups) >= 3:
            count = len(groups)
        return count - self.begins_with_oh

    @property
    def is_empty(self) -> bool:
        """Return whether no digit has been said yet."""
        return not self.groups and not self.composer.is_open and not self.has_month

    @property
    def is_amount(self) -> bool:
        """Return whether it is surely money."""
        return self.currency and not self.expected

    @property
    def is_always(self) -> bool:
        """Return whether it says that something is open all day: "24/7"."""
        said = tuple(group.readings[0] for group in self.groups)
        return said == _ALWAYS and self.groups[1].gap == SLASH

    @property
    def may_be_amount(self) -> bool:
        """Return whether it may be money: "$4,242" before the rest of a card has come."""
        return self.currency and self.digit_count < _MORE_THAN_MONEY

    @property
    def filler_behind(self) -> str:
        """Return the word right behind it that belongs to it only if more of it follows, "" for none."""
        return self.first_filler if self.fillers else ""

    @property
    def ends_written(self) -> bool:
        """Return whether the last number is a figure of two digits or more: "1000 to 2000", "4512 and 3377" are two."""
        groups = self.all_groups()
        return bool(groups) and not groups[-1].spoken and len(groups[-1].readings[0]) > 1

    @property
    def may_be_words(self) -> bool:
        """Return whether it begins with a homophone and is too short to be more than words: "for that one"."""
        groups = self.all_groups()
        return bool(groups) and groups[0].readings[-1] == "" and len(groups) < 3

    def stands_alone(self, token: Token | None, *, begun: bool = False) -> bool:
        """Return whether nothing of the same sentence follows.

        `token` is the word that ended the run, None when its turn is over.
        """
        return ends_there(token, self.filler_behind, begun=begun)

    # -- which words belong to it --------------------------------------------------------------------------------

    def takes(self, token: Token) -> bool:
        """Return whether a word that cannot begin a number goes on with this one."""
        if token.classes & MAGNITUDE:
            return self.composer.can_extend(MAGNITUDE, VALUES[token.key])
        if token.classes & PLURAL and not token.classes & NUMERIC:
            return not self.is_empty and (self.fillers == 0 or self.hesitates)
        if not token.classes & HOMOPHONE or (self.ends_written and not (self.expected and token.key == TO)):
            return False
        return len(self.homophones) < MOST_HOMOPHONES and self.fillers < MOST_FILLERS

    def ends_before(self, token: Token) -> bool:
        """Return whether a number is another one: money, what follows an amount but its cents.

        A multiplier that comes behind another one ends a run that has no digit yet, or stutters too often: what waits
        for a digit is waited for no longer.
        """
        if token.classes & MULTIPLIER and self.composer.multiplier_word is not None:
            return self.is_empty or self.stutters >= MOST_STUTTERS or not self.digit_count
        if self.is_amount:
            return token.gap not in _CENTS
        least = _FIRST_GROUP if self.expected else _MORE_THAN_MONEY
        inside = self.has_month or least <= self.digit_count < SHORTEST_USUAL  # "5105 1051 0510 $51.00"
        return gap_kind(token.gap) == MONEY and not inside

    def may_pause(self, token: Token) -> bool:
        """Return whether a filler may stand inside the run here."""
        return self.fillers < MOST_FILLERS and not (token.key == AND and self.ends_written)

    # -- words ---------------------------------------------------------------------------------------------------

    def add(self, token: Token) -> None:
        """Take a number word."""
        classes, composer = token.classes, self.composer
        gap = BROKEN if self.fillers else gap_kind(token.gap)
        if gap == MONEY and not self.is_empty:
            gap = PLAIN  # inside a number (`ends_before`) it says nothing
        if classes & MULTIPLIER:
            self.stutters = 0 if composer.multiplier_word is None else self.stutters + 1
            self._close_group(MULTIPLIER)
            composer.multiply(VALUES[token.key], token.index, gap)
            return  # its words count once a digit follows
        if classes & HOMOPHONE:
            self._add_homophone(token)
            return
        self._add_digits(token, gap)
        self.has_magnitude = self.has_magnitude or bool(classes & MAGNITUDE)
        self.ends_in_million = bool(classes & MAGNITUDE and classes & MEASURE)
        self.homophones, self._all_groups = [], None
        self.fillers = 0
        oh = token.key in OH
        self.begins_with_oh = self.begins_with_oh or (oh and not self.groups)
        self.only_oh = self.only_oh and oh
        self.last_oh = token.index if oh and self.groups else -1
        self.last_before_oh = self.last
        self.last = token.index

    def _add_digits(self, token: Token, gap: int) -> None:
        """Go on with the open group, or begin another."""
        classes, composer = token.classes, self.composer
        if classes & ORDINAL:
            classes, value = DIGITS, token.key.rstrip(_LETTERS)  # "7th"
        else:
            value = token.key if classes & DIGITS else VALUES[token.key]
        if composer.can_extend(classes, value):
            composer.extend(classes, value, token.index)
            return
        self._close_group(classes if gap != BROKEN else 0, value)
        if self.homophones:
            self.groups += self.homophones
            gap = BROKEN
        left = self.groups[-1] if self.groups else None
        composer.begin(classes, value, token.index, gap, left=left)

    def _add_homophone(self, token: Token) -> None:
        """Take a homophone: a digit if one follows."""
        group = Group(
            (VALUES[token.key], ""),
            token.index,
            token.index,
            BROKEN,
            spoken=True,
            speaker=self.speaker,
            run_id=self.id,
            is_boundary=True,
        )
        self.homophones.append(group)
        self.fillers += 1

    def _close_group(self, classes: int = 0, value: str = "") -> None:
        """Close the open group, if any; the word that follows it is of these classes and digits, if it is a number."""
        if not self.composer.parts:
            return
        if classes and self.composer.split_before(classes, value):
            self._all_groups = None
        group = self._all_groups[-1] if self._all_groups else self.composer.group(self.speaker, self.id)
        self.composer.close()
        self.groups.append(group)
        self._all_groups = None

    def add_month(self, token: Token) -> None:
        """Take the name of a month: part of an expiry date."""
        self.has_month = True
        self.pending = self.pending or not self.label
        self.fillers, self.last = 0, token.index
        self.only_oh = False

    def pause(self, token: Token) -> None:
        """Take a filler."""
        if self.fillers == 0:
            self.first_filler = token.key
            self.hesitates = bool(token.classes & (HESITATION | CORRECTION))
            self.corrects = bool(token.classes & CORRECTION) or token.key in BEHIND_INTERJECTION
            self.measures = is_unit(token.classes)
        self.fillers += 1

    # -- where it begins -----------------------------------------------------------------------------------------

    def begin_at(self, word: int) -> None:
        """Let the run begin with this word."""
        self.start = self.hidden_to = word
        self.homophones = []
        self.fillers = 0

    def rest(self, token: Token) -> DigitRun:
        """Return the run of what follows a card that is complete with `token`."""
        rest = DigitRun(token, BEHIND_CARD)
        rest.begin_at(self.last + 1)
        rest.id = rest.start
        rest.pending, rest.entity = True, self.entity
        return rest

    def shorten(self, kept: int) -> None:
        """Forget all but the last groups; their digits stay counted."""
        gone = max(0, len(self.groups) - kept)
        self.forgotten_digits += sum([len(group.readings[0]) for group in self.groups[:gone]])
        self.groups = self.groups[gone:]
        self._all_groups = None
        if not self.label:
            left = self.all_groups()
            self.start = self.hidden_to = left[0].first if left else self.last + 1

    def drop_until(self, word: int) -> bool:
        """Leave only the groups after `word`; return False when none is left."""
        self.groups = [group for group in self.groups if group.first > word]
        self._all_groups = None
        if self.groups:
            self.start, self.entity = self.groups[0].first, 0
        return bool(self.groups)

    # -- its end -------------------------------------------------------------------------------------------------

    def take_homophones(self) -> None:
        """Take the last homophones for digits: nothing else was said in the turn."""
        self._close_group()
        self.groups += self.homophones
        self.last = self.homophones[-1].last
        self.homophones, self.fillers, self._all_groups = [], 0, None
        self.last_oh, self.only_oh = -1, False

    def finish(self) -> bool:
        """Close the open group, since the run is over; return whether it ends with an "oh" that is a zero."""
        self._close_group()
        self._all_groups = None
        if self.last_oh >= 0 and self.fillers > 0 and self.corrects:  # "oh sorry"
            self.drop_oh()
        return self.last_oh >= 0

    def drop_oh(self) -> None:
        """Take the last "oh" for an interjection."""
        self.groups.pop()
        self.last, self.last_oh = self.last_before_oh, -1
        self._all_groups = None
