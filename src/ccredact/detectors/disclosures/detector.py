"""The detector of disclosures: one machine for the lists of health, family, purchases and special categories.

Theory. Words with which a term or a phrase may begin wake it; all others cost nothing. It holds words in two steps. As
long as they are the beginning of a listed term, the term is open (`_held`). What has become a term or another part of
a phrase is kept by its role (`_roles`) as long as the next word may belong to it (`disclosures.grammar`), within a
sentence of a turn. Another word ends the phrase, and it is decided.

A term that says by itself what it tells counts wherever it stands, but for talk about nobody ("people with diabetes",
"our diabetes team"). A weak one ("pain", "father", "jacket") counts where it is somebody's: it was asked for, the talk
is about such things, or an owner stands before it. Where it was asked for ("any medications?"), words that are in no
list are the answer too, and so is a number ("how many kids?").
"""

from __future__ import annotations

from typing import ClassVar, Final

from ccredact.detectors.base import LOOK_BACK, Context, Stateless
from ccredact.detectors.disclosures.families import Family
from ccredact.detectors.disclosures.grammar import (
    BEGINNINGS,
    DETERMINER,
    INSIDE,
    LINK,
    NOTHING,
    NUMBER,
    PRICE,
    TOPIC,
    Disclosure,
    disclosures,
    is_term,
    measured,
)
from ccredact.detectors.scores import BOUND_SCORE, CUED_SCORE, LISTED_SCORE, TAGGED_SCORE
from ccredact.dialogue.choice import FIRST_WORDS, NEAR
from ccredact.lang.en.cardinals import VALUES, ZEROS
from ccredact.lang.en.disclosures import DETERMINERS
from ccredact.lang.en.misheard import MISHEARD_LETTERS
from ccredact.reasons import Reason
from ccredact.text.token import Token
from ccredact.text.word_class import (
    DIGITS,
    HESITATION,
    LABEL,
    MAGNITUDE,
    PROMPTED,
    TEEN,
    TENS,
    UNCOMMON,
    UNIT,
)
from ccredact.text.words import MONEY, gap_kind
from ccredact.transcript import Name, Span

_LONGEST_COUNT: Final = 3
"""Figures of a number that counts something."""
_COUNTED: Final = 2
"""Words of a number with which a phrase begins; of an amount where purchases are talked of, more."""
_LONGEST: Final = 16
"""Parts of a phrase."""
_ANSWER_TURNS: Final = 2
"""Turns after a question in which a bare answer comes."""
_OWNER: Final = 4
"""Words before a phrase among which its owner stands."""
_NUMBERS: Final = DIGITS | UNIT | TEEN | TENS
_COUNTS: Final = _NUMBERS | MAGNITUDE
_IN_PRICES: Final = frozenset({",", "."})
_PAUSES: Final = frozenset(".!?;:\n-\u2013\u2014")
_BREAK: Final = 2
"""Characters between two words that may end a phrase: a mark and a space."""
_COMMA: Final = ","
_FAR: Final = -(10**6)


class DisclosureDetector(Stateless):
    """The state machine of one call.

    `family` says what it looks for; `asks`: it brings the phrases that ask for it.
    """

    guards: ClassVar[int] = 0

    __slots__ = (
        "_ends", "_family", "_held", "_keys", "_lead", "_past", "_roles", "_speaker", "_starts", "_topic", "_turn",
        "active", "guard_words", "phrases", "wake", "wake_words",
    )  # fmt: skip

    def __init__(self, family: Family, *, asks: bool = True) -> None:
        self._family = family
        self.wake = family.wake | PROMPTED | UNCOMMON
        self.wake_words = self.guard_words = family.terms.wake_words
        self.phrases = family.phrases if asks else ""
        self.active = False
        self._held: list[Token] = []
        self._past: tuple[str, ...] = ()  # the words before the first one that is held
        self._lead: tuple[str, ...] = ()  # those before the phrase
        self._roles: list[str] = []  # of the parts of the phrase, with the word of each, and the one after it
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._keys: list[str] = []
        self._turn = -1
        self._speaker: Name | None = None
        self._topic = _FAR  # the last word at which such a thing was told, asked or named

    def fork(self) -> DisclosureDetector:
        """Return an independent copy."""
        other = DisclosureDetector(self._family, asks=bool(self.phrases))
        other.active, other._held = self.active, list(self._held)
        other._past, other._lead, other._roles = self._past, self._lead, list(self._roles)
        other._starts, other._ends, other._keys = list(self._starts), list(self._ends), list(self._keys)
        other._turn, other._speaker, other._topic = self._turn, self._speaker, self._topic
        return other

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Take one word; return what is decided by it."""
        out: list[Span] = []
        if self.active:
            if token.turn != self._turn or token.classes & LABEL or self._is_break(token.gap):
                self._finish(out, ctx)
            elif token.classes & HESITATION:
                return out
        if token.turn != self._turn:
            self._turn, self._speaker = token.turn, token.speaker
        if token.classes & LABEL:
            pass
        elif self.active or token.key in self._family.terms.wake_words or self._may_count(token, ctx):
            if not (self._held or self._roles):
                self._past = ctx.before(LOOK_BACK)
            self._held.append(token)
            self._settle(out, ctx, over=False)
        elif token.classes & UNCOMMON:
            self._take_unknown(token, out, ctx)
        if token.prompt is not None and token.prompt.kind in self._family.kinds:
            self._topic = token.index
        self.active = bool(self._held or self._roles)
        return out

    def close(self, ctx: Context, *, cut: bool = False) -> list[Span]:
        """Decide what is open; `cut`: the call broke off, and what may have become a term is hidden."""
        out: list[Span] = []
        held = self._held
        if cut and held and not self._family.terms.role_of(" ".join([token.key for token in held])):
            last = held[-1].index + 1
            label = self._family.label
            out.append(Span(held[0].index, last, label, BOUND_SCORE, ctx.new_entity(), Reason.HELD_BOUND))
            self._held = []
        self._finish(out, ctx)
        self.active = False
        return out

    def open_from(self, start: int, end: int) -> int:
        """Return the first undecided word in `[start, end)`, `end` when there is none."""
        if self._starts:
            return min(end, max(start, self._starts[0]))
        return min(end, max(start, self._held[0].index)) if self._held else end

    def _may_count(self, token: Token, ctx: Context) -> bool:
        """Return whether a phrase may begin with a number: not with digits that are read out."""
        family = self._family
        if not token.classes & family.wake or token.key in ZEROS:
            return False
        if len(token.key) > _LONGEST_COUNT and token.key.isdecimal() and gap_kind(token.gap) != MONEY:
            return False
        if not (family.counts or self._is_told(token.index)) or ctx.dialogue.answers.awaits_digits:
            return False
        return not any(is_figure(key) for key in ctx.before(1))

    # -- terms and phrases -----------------------------------------------------------------------------------------

    def _is_break(self, gap: str) -> bool:
        """Return whether the text between two words ends a phrase."""
        if len(gap) < _BREAK:
            return False
        ends = not _PAUSES.isdisjoint(gap)
        return ends or (_COMMA in gap and not self._family.trails)

    def _finish(self, out: list[Span], ctx: Context) -> None:
        """Decide all that is held: no word goes on with it."""
        self._settle(out, ctx, over=True)
        self._end_phrase("", out, ctx)

    def _settle(self, out: list[Span], ctx: Context, *, over: bool) -> None:
        """Decide about the held words as far as that can be done; `over`: no word goes on with them."""
        held, terms = self._held, self._family.terms
        while held:
            if len(held) == 1 and held[0].key not in terms.first_words:
                size, role, may_grow = 0, "", False
            else:
                size, role, may_grow = terms.longest([token.key for token in held])
            if may_grow and not over:
                return
            if not size:
                size, role = 1, self._role_of(held[0])
                known = role != NOTHING
            else:
                known = True
            self._take(held[:size], role, known, out, ctx)
            del held[:size]

    def _role_of(self, token: Token) -> str:
        """Return the role of a word that is no term, `NOTHING` for none."""
        if token.classes & DIGITS and self._family.payers:
            if gap_kind(token.gap) == MONEY:
                return PRICE
            if token.gap in _IN_PRICES and self._roles and self._roles[-1] == PRICE:
                return PRICE  # "$1,204.56"
        if token.classes & _COUNTS and token.key not in ZEROS:
            return NUMBER
        if self._roles and self._roles[-1] in {LINK, DETERMINER} and token.key in DETERMINERS:
            return DETERMINER
        if token.classes & UNCOMMON and self._is_told(token.index):
            return self._family.terms.misheard(token.key) or NOTHING
        return NOTHING

    def _take(self, tokens: list[Token], role: str, known: bool, out: list[Span], ctx: Context) -> None:  # noqa: FBT001
        """Take a part of a phrase, or what ends it."""
        first = tokens[0]
        if role == NUMBER and self._is_read_out():
            role = NOTHING
        if not self._roles or not (is_term(role) or role in INSIDE) or len(self._roles) >= _LONGEST:
            self._end_phrase(first.key, out, ctx)
            if is_term(role) or role in BEGINNINGS:
                self._lead = self._past
        if role == TOPIC:
            self._topic = tokens[-1].index
        elif is_term(role) or (role in BEGINNINGS) or (self._roles and role in INSIDE):
            self._roles.append(role)
            self._starts.append(first.index)
            self._ends.append(tokens[-1].index + 1)
            self._keys.append(first.key)
        elif not known and first.classes & UNCOMMON:
            self._take_unknown(first, out, ctx)
        self._past = (*self._past, *[token.key for token in tokens])[-LOOK_BACK:]

    def _is_read_out(self) -> bool:
        """Return whether one more number stands behind numbers that are too many to count something."""
        most = _LONGEST if self._family.measured and self._is_told(self._starts[0] if self._starts else 0) else _COUNTED
        return len(self._roles) >= most and all(role == NUMBER for role in self._roles)

    def _end_phrase(self, behind: str, out: list[Span], ctx: Context) -> None:
        """Decide about the phrase; `behind` is the word that ends it, "" where a sentence ends."""
        if not self._roles:
            return
        family = self._family
        roles = measured(self._roles, family.measured) if family.measured else self._roles
        asked = self._asked(self._starts[0], ctx)
        found = disclosures(roles, amount=family.measured, counts=family.counts, trails=family.trails)
        for item in found:
            lead = (*self._lead, *self._keys[: item.start])
            first, last = self._starts[item.start], self._ends[item.end - 1]
            named = item.end == len(roles) and behind in family.others
            if named or _is_spelled(self._keys[item.start], lead, behind):
                continue
            owned = self._is_paid(lead) if item.label == family.measured else self._is_owned(lead)
            if self._counts(item, lead, first, owned=owned, asked=bool(asked)):
                score = LISTED_SCORE if item.sure else TAGGED_SCORE
                out.append(Span(first, last, item.label, score, ctx.new_entity(), Reason.LEXICON))
                if item.sure or owned:
                    self._topic = last
        whole = family.answers(asked, roles) if asked and not found else 0
        if whole:
            out.append(Span(self._starts[0], self._ends[whole - 1], asked, CUED_SCORE, ctx.new_entity(), Reason.CUED))
        self._roles, self._starts, self._ends, self._keys = [], [], [], []

    # -- whose it is -----------------------------------------------------------------------------------------------

    def _counts(self, item: Disclosure, lead: tuple[str, ...], word: int, *, owned: bool, asked: bool) -> bool:
        """Return whether what is told behind the words `lead` is told of somebody."""
        if item.label == self._family.measured and not self._family.banking.isdisjoint(lead):
            return False
        if owned:
            return True
        return (item.sure or asked or self._is_told(word)) and not self._is_nobodys(lead)

    def _is_owned(self, lead: tuple[str, ...]) -> bool:
        """Return whether a word shortly before a phrase says whose it is."""
        return not self._family.owners.isdisjoint(lead[-_OWNER:])

    def _is_paid(self, lead: tuple[str, ...]) -> bool:
        """Return whether a word shortly before an amount says that it was paid."""
        return not self._family.payers.isdisjoint(lead[-_OWNER:])

    def _is_nobodys(self, lead: tuple[str, ...]) -> bool:
        """Return whether a word shortly before a phrase says that it is of nobody in particular."""
        return not self._family.nobody.isdisjoint(lead[-_OWNER:])

    def _is_told(self, word: int) -> bool:
        """Return whether such things are talked of."""
        return word - self._topic <= self._family.topic_words

    # -- questions -------------------------------------------------------------------------------------------------

    def _asked(self, word: int, ctx: Context) -> str:
        """Return the label of what was asked for, if a word may be the answer; "" for nothing."""
        slot = ctx.dialogue.disclosure
        if slot is None or slot.kind not in self._family.kinds or self._turn - slot.turn > _ANSWER_TURNS:
            return ""
        if self._turn == slot.turn:
            return slot.kind if 0 < word - slot.word <= NEAR else ""
        return slot.kind if word - ctx.turn_start < FIRST_WORDS else ""

    def _take_unknown(self, token: Token, out: list[Span], ctx: Context) -> None:
        """Hide a word that is in no list, if it is an answer, or one of the list as it was heard."""
        label = ""
        if len(token.key) >= MISHEARD_LETTERS and (self._is_told(token.index) or self._is_owned(ctx.before(_OWNER))):
            label = self._family.terms.misheard(token.key) or ""
        if not label and self._family.takes_unknown:
            asked = self._asked(token.index, ctx)
            label = asked if asked in self._family.takes_unknown else ""
        if label:
            out.append(Span(token.index, token.index + 1, label, CUED_SCORE, ctx.new_entity(), Reason.CUED))
            self._topic = token.index


def is_figure(key: str) -> bool:
    """Return whether a word is a number."""
    return key in VALUES or key.isdecimal()


def _is_spelled(key: str, lead: tuple[str, ...], behind: str) -> bool:
    """Return whether letters that are a term stand among other letters: "k o w a l s k i"."""
    return len(key) == 1 and key.isalpha() and (len(behind) == 1 or (len("".join(lead[-1:])) == 1 and lead[-1] != "a"))
