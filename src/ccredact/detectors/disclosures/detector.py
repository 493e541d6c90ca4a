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

from ccredact.detectors.base import LOOK_BACK, Context, Detector, Stateless
from ccredact.detectors.disclosures.amounts import (
    BILL,
    CUE,
    count_paid,
    is_behind_figure,
    is_bill,
    is_due,
    is_figure,
    is_sum,
)
from ccredact.detectors.disclosures.families import Family
from ccredact.detectors.disclosures.grammar import (
    ACT,
    AND,
    BEFORE,
    BEGINS,
    BEHIND,
    DETERMINER,
    GOES_ON,
    IS_TERM,
    IS_TOPIC,
    LINK,
    METER,
    NOTHING,
    NUMBER,
    PRICE,
    READING,
    SITE,
    TAKES,
    TELLS,
    THING,
    UNABLE,
    WEAK,
    WITHIN,
    Disclosure,
    Part,
    clauses,
    complaints,
    disclosures,
    is_term,
    kind_of,
    measured,
    objects,
    reactions,
)
from ccredact.detectors.disclosures.owners import has_person, is_of_all, is_order, is_owned, is_spelled, names_other
from ccredact.detectors.disclosures.terms import FirstWord
from ccredact.detectors.disclosures.told_dates import DATE_WORDS, ToldDates
from ccredact.detectors.scores import BOUND_SCORE, CUED_SCORE, LISTED_SCORE, TAGGED_SCORE
from ccredact.dialogue.choice import FIRST_WORDS, NEAR
from ccredact.entities import UNTOLD
from ccredact.lang.en import cardinals
from ccredact.lang.en.disclosures import (
    BEFORE_NO_ANSWER,
    CLAIMING,
    CONJUNCTIONS,
    DETERMINERS,
    NO_COUNTS,
    OTHERS_HAVE,
    RELATIVES,
    RELATIVES_THINGS,
)
from ccredact.lang.en.misheard import MISHEARD_LETTERS
from ccredact.lang.en.nouns import noun_base
from ccredact.lang.en.words import FUNCTION
from ccredact.reasons import Reason
from ccredact.tagger.prefilter import LONGEST_FIGURES
from ccredact.text.forking import filled
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
from ccredact.transcript import Span, make_span

_LONGEST_COUNT: Final = 3
"""Figures of a number that counts something."""
_COUNTED: Final = 2
"""Words of a number with which a phrase begins; of an amount where purchases are talked of, more."""
_LONGEST: Final = 16
"""Parts of a phrase."""
ANSWER_TURNS: Final = 2
"""Turns after a question in which a bare answer comes."""
_SOON: Final = 8
"""Words after what tells of a purchase that are all looked at, for dates that begin with everyday words."""
_OPENING: Final = 3
"""Words of a turn before a bare answer."""
_NUMBERS: Final = DIGITS | UNIT | TEEN | TENS
_COUNTS: Final = _NUMBERS | MAGNITUDE
_NUMBERS_GO_ON: Final = frozenset({*cardinals.TENS, *cardinals.MAGNITUDES})
"""Words behind which a "one" is a part of a number: "thirty one"."""
_ONE: Final = "one"
"""It counts nothing by itself, and may begin an amount: "one hundred", "one fifty"."""
_IN_PRICES: Final = frozenset({",", "."})
_THINGS: Final = 3
"""Words in no list of what was bought."""
_BEFORE_THINGS: Final = frozenset({DETERMINER, NUMBER, BEFORE, THING})
_OF_OBJECTS: Final = frozenset({DETERMINER, BEFORE, AND, THING})
_TO: Final = "to"
_BEFORE_DETERMINERS: Final = frozenset({TAKES, LINK, DETERMINER, AND, ACT, WEAK + ACT})
_MEASURING: Final = frozenset({METER, WEAK + METER, READING})
_PAUSES: Final = frozenset(".!?;:\n-\u2013\u2014")
_BREAK: Final = 2
"""Characters between two words that may end a phrase: a mark and a space."""
_COMMA: Final = ","
_LEADING: Final = frozenset({BEFORE, SITE, UNABLE, WEAK + UNABLE, METER})
"""Roles of words that tell something with the term that may come behind them."""
_FAR: Final = -(10**6)


class DisclosureDetector(Stateless):
    """The state machine of one call.

    `family` says what it looks for; `asks`: it brings the phrases that ask for it. `dates` is a detector of dates that
    has seen nothing: where such things are talked of a copy of it looks for theirs.
    """

    guards: ClassVar[int] = 0
    knows_everyday: ClassVar[bool] = True  # what is in no list is one of it only where it is no everyday word

    __slots__ = (
        "_answer_turn", "_dates", "_family", "_held", "_in_bracket", "_lead", "_parts", "_past", "_topic",
        "_turn", "active", "asks", "wake",
    )  # fmt: skip

    def __init__(self, family: Family, *, asks: bool = True, dates: Detector | None = None) -> None:
        self._family = family
        self._dates = None if dates is None else ToldDates(dates, family.dates)
        self.wake = family.wake | PROMPTED | (0 if self._dates is None else self._dates.wake)
        self.asks = asks
        self.active = False
        self._held: tuple[Token, ...] = ()
        self._past: tuple[str, ...] = ()  # the words before the first one that is held
        self._lead: tuple[str, ...] = ()  # those before the phrase
        self._parts: tuple[Part, ...] = ()  # of the phrase
        self._in_bracket = False  # behind a term: "water bottle (750ml, black)"
        self._turn = self._answer_turn = -1  # the last one in which a bare answer may come; -1 for none
        self._topic = _FAR  # the last word at which such a thing was told, asked or named

    @property
    def wake_words(self) -> frozenset[str]:
        """Return the words that wake it whatever their class."""
        return self._family.wake_words

    @property
    def guard_words(self) -> frozenset[str]:
        """Return the words that are masked where it has failed."""
        return self._family.wake_words

    @property
    def phrases(self) -> str:
        """Return the phrases that ask for what it looks for."""
        return self._family.phrases if self.asks else ""

    def fork(self) -> DisclosureDetector:
        """Return an independent copy: but for the dates nothing that it has can change."""
        other = filled(DisclosureDetector(self._family), self)
        other._dates = None if self._dates is None else self._dates.fork()
        return other

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Take one word; return what is decided by it."""
        out: list[Span] = []
        family, prompt, dates, index, counts = self._family, token.prompt, self._dates, token.index, False
        asks = prompt is not None and prompt.kind in family.kinds
        word = family.terms.first(token.key)
        if not (self.active or word.wakes or asks or (dates is not None and self._is_told(index))):
            counts = self._may_count(token, ctx)
            if not counts:
                return out  # as most words that wake it
        self._take_word(token, word, out, ctx, counts=counts)
        told = self._is_told(index)
        if dates is not None and (told or dates.is_looking) and dates.wants(token.classes):
            out += dates.feed(token, self._topic, ctx, told=told)
        if asks:
            self._topic, self._answer_turn = index, token.turn + ANSWER_TURNS
        elif token.turn > self._answer_turn:
            self._answer_turn = -1
        self.active = self._awaits(index)
        return out

    def _awaits(self, word: int) -> bool:
        """Return whether the word behind this one is looked at, whatever it is."""
        if self._held or self._parts or self._answer_turn >= 0 or self._is_soon(word):
            return True
        return (self._family.mishears and self._is_told(word)) or (self._dates is not None and self._dates.active)

    def close(self, ctx: Context, *, cut: bool = False) -> list[Span]:
        """Decide what is open; `cut`: the call broke off, and what may have become a term is hidden."""
        out: list[Span] = []
        held = self._held
        if cut and held and not self._family.terms.role_of(" ".join([token.key for token in held])):
            last = held[-1].index + 1
            label = self._family.label
            out.append(Span(held[0].index, last, label, BOUND_SCORE, ctx.new_entity(), Reason.HELD_BOUND))
            self._held = ()
        self._settle(out, ctx, over=True)
        parts = self._parts
        self._end_phrase("", out, ctx)
        if cut and parts and (out or parts[-1].role in _LEADING):  # more of it may come
            start, end, label = parts[0].start, parts[-1].end, self._family.label
            out.append(Span(start, end, label, BOUND_SCORE, ctx.new_entity(), Reason.HELD_BOUND))
        if self._dates is not None:
            out += self._dates.close(self._topic, ctx, cut=cut)
        self.active = False
        return out

    def open_from(self, start: int, end: int) -> int:
        """Return the first undecided word in `[start, end)`, `end` when there is none."""
        if self._dates is not None:
            end = self._dates.open_from(start, end)
        if self._parts:
            return min(end, max(start, self._parts[0].start))
        return min(end, max(start, self._held[0].index)) if self._held else end

    def _may_count(self, token: Token, ctx: Context) -> bool:
        """Return whether a phrase may begin with a number: not with digits that are read out."""
        family, key = self._family, token.key
        if not token.classes & _NUMBERS:
            return False
        if key in NO_COUNTS and not (family.pays and key == _ONE):
            return False
        if family.pays and token.gap != " " and gap_kind(token.gap) == MONEY:
            return True
        counts = self._is_told(token.index) or key in family.numbers
        if not (family.pays or counts):
            return False
        before = ctx.before(CUE)
        if family.pays and not key.isdecimal() and not family.bills.isdisjoint(before[-BILL:]):
            return True
        if before and is_figure(before[-1]):
            return False
        due = family.pays and is_due(family, before)
        if not (due or counts) or (ctx.dialogue.answers.awaits_digits and not due):
            return False
        if len(key) <= _LONGEST_COUNT or not key.isdecimal():
            return True
        return is_sum(family, key, before) or is_bill(family, before[-BILL:])

    def _take_word(self, token: Token, word: FirstWord, out: list[Span], ctx: Context, *, counts: bool) -> None:
        """Take a word; `counts`: it is known that a phrase may begin with it, as a number."""
        is_open = bool(self._held or self._parts)
        if is_open and (token.turn != self._turn or token.classes & LABEL or self._is_break(token.gap)):
            self._finish(out, ctx)
            is_open = False
        self._turn = token.turn
        if is_open:
            if not token.classes & HESITATION:
                self._go_on(token, word, out, ctx)
        elif not token.classes & LABEL:
            if counts or self._may_begin(token, word, ctx):
                self._past = ctx.before(LOOK_BACK)
                self._go_on(token, word, out, ctx)
            elif token.classes & UNCOMMON:
                self._take_unknown(token, out, ctx)

    def _may_begin(self, token: Token, word: FirstWord, ctx: Context) -> bool:
        """Return whether a term or a phrase may begin with a word while none is open."""
        begins = word.wakes or (self._is_soon(token.index) and token.key in self._family.date_words)
        if begins and token.classes & _NUMBERS and is_behind_figure(ctx):
            begins = False  # it is read out
        return begins or self._may_count(token, ctx)

    def _go_on(self, token: Token, word: FirstWord, out: list[Span], ctx: Context) -> None:
        """Take a word as a part of a term or a phrase."""
        if self._held or word.grows:
            self._held += (token,)
            self._settle(out, ctx, over=False)
        else:
            self._take_one(token, word, out, ctx)

    # -- terms and phrases -----------------------------------------------------------------------------------------

    def _is_break(self, gap: str) -> bool:
        """Return whether the text between two words ends a phrase."""
        if len(gap) < _BREAK or self._in_bracket:
            return False
        ends = not _PAUSES.isdisjoint(gap)
        return ends or (_COMMA in gap and not self._family.trails)

    def _finish(self, out: list[Span], ctx: Context) -> None:
        """Decide all that is held: no word goes on with it."""
        self._settle(out, ctx, over=True)
        self._end_phrase("", out, ctx)

    def _settle(self, out: list[Span], ctx: Context, *, over: bool) -> None:
        """Decide about the held words as far as that can be done; `over`: no word goes on with them."""
        terms = self._family.terms
        while self._held:
            held = self._held
            first = held[0]
            word = terms.first(first.key)
            size, role, may_grow = word.size, word.role, word.grows
            if may_grow and len(held) > 1:
                size, role, may_grow = terms.longest([token.key for token in held])
            if may_grow and not over:
                return
            if size <= 1:
                self._held = held[1:]
                self._take_one(first, word, out, ctx)
                continue
            words = held[:size]
            self._held = held[size:]
            if self._in_bracket and ")" not in first.gap:
                self._take_alone(first, out, ctx)
            else:
                self._take(first, words[-1], role, kind_of(role), out, ctx)
                if role == NOTHING:
                    self._mark(first.index, words[-1].index + 1, out)
            for token in words:
                self._pass(token.key)

    def _take_one(self, token: Token, word: FirstWord, out: list[Span], ctx: Context) -> None:
        """Take a word with which nothing longer is a term."""
        if word.size and not (self._in_bracket and ")" not in token.gap):
            self._take(token, token, word.role, word.kind, out, ctx)
        else:
            self._take_alone(token, out, ctx)
        self._pass(token.key)

    def _take_alone(self, token: Token, out: list[Span], ctx: Context) -> None:
        """Take a word that is no term."""
        role = self._role_of(token)
        self._take(token, token, role, kind_of(role), out, ctx)
        if role == NOTHING and token.classes & UNCOMMON:
            self._take_unknown(token, out, ctx)

    def _pass(self, key: str) -> None:
        """Note a word that was taken: it stands before the next one."""
        self._past = self._past[1 - LOOK_BACK :] + (key,)  # noqa: RUF005 - compiled, unpacking makes a list first

    def _role_of(self, token: Token) -> str:
        """Return the role of a word that is no term, `NOTHING` for none."""
        family, gap = self._family, token.gap
        last = self._parts[-1].role if self._parts else NOTHING
        if self._in_bracket or (gap != " " and family.trails and "(" in gap and is_term(last)):
            self._in_bracket = ")" not in gap
            if self._in_bracket:
                return BEHIND
        if token.classes & DIGITS and family.pays:
            if gap_kind(gap) == MONEY or (not self._parts and is_bill(family, self._past[-BILL:])):
                return PRICE
            if gap in _IN_PRICES and last == PRICE:
                return PRICE  # "$1,204.56"
        number = self._number_role(token, last)
        if number or (token.classes & _COUNTS and token.key not in NO_COUNTS):
            return number
        is_object = bool(self._parts) and self._takes_object()
        if (last in _BEFORE_DETERMINERS or is_object) and token.key in DETERMINERS:
            return DETERMINER
        joins = last in {SITE, ACT} or (is_object and last == THING)
        if joins and token.key in CONJUNCTIONS:
            return AND
        is_object = is_object or (last in _BEFORE_THINGS and self._parts[0].role == TAKES)
        return THING if is_object and self._is_thing(token) else NOTHING

    def _takes_object(self) -> bool:
        """Return whether the phrase ends with a term that takes an object, and words of it: "allergic to | peanuts"."""
        if self._family.complains:
            for part in reversed(self._parts):
                if part.role not in _OF_OBJECTS:
                    return part.last == _TO and is_term(part.role)
        return False

    def _number_role(self, token: Token, last: str) -> str:
        """Return the role of a number, or of a word in one, `NOTHING` for none; `last` is that of what is before it."""
        key, before = token.key, self._past[-CUE:]
        inside = last == NUMBER and self._parts[-1].last in _NUMBERS_GO_ON
        inside = inside or (last == AND and self._parts[-2].role == NUMBER)
        if key in CONJUNCTIONS and last == NUMBER and self._parts[-1].last in cardinals.MAGNITUDES:
            return AND  # "two hundred and ten"
        if not token.classes & _COUNTS:
            return NOTHING
        begins = key == _ONE and self._family.pays and not self._parts
        if key in NO_COUNTS and not (last in _MEASURING or inside or begins):
            return NOTHING
        is_code = len(key) > _LONGEST_COUNT and key.isdecimal()
        is_code = is_code and not (last == TAKES and len(key) <= LONGEST_FIGURES)  # "ordered 1250 bricks"
        is_code = is_code and not is_sum(self._family, key, before)
        return NOTHING if is_code or self._is_read_out() else NUMBER

    def _is_thing(self, token: Token) -> bool:
        """Return whether a word in no list may be of what was bought or ordered."""
        closing = self._family.closing
        known = sum(part.role == THING for part in self._parts)
        return known < _THINGS and token.key not in closing and token.key not in FUNCTION and token.key.isalpha()

    def _take(self, first: Token, last: Token, role: str, kind: int, out: list[Span], ctx: Context) -> None:
        """Take a part of a phrase, or what ends it."""
        if role == WITHIN:
            role = BEFORE if self._parts else NOTHING
            kind = kind_of(role)
        goes_on = kind & GOES_ON
        if not (goes_on and self._parts) or len(self._parts) >= _LONGEST:
            if self._parts:
                self._end_phrase(first.key, out, ctx)
            goes_on = kind & BEGINS
            self._lead = self._past if goes_on else ()
        if kind & IS_TOPIC:
            self._topic = last.index
        if goes_on:
            self._parts += (Part(role, kind, first.index, last.index + 1, first.key, last.key),)

    def _is_read_out(self) -> bool:
        """Return whether one more number stands behind numbers that are too many to count something."""
        family, parts = self._family, self._parts
        if len(parts) < _COUNTED:
            return False
        told = family.measured and self._is_told(parts[0].start)
        told = told or not family.bills.isdisjoint(self._lead[-BILL:]) or is_due(family, self._lead[-CUE:])
        return len(parts) >= (_LONGEST if told else _COUNTED) and all(part.role == NUMBER for part in parts)

    def _end_phrase(self, behind: str, out: list[Span], ctx: Context) -> None:
        """Decide about the phrase; `behind` is the word that ends it, "" where a sentence ends."""
        if not self._parts:
            return
        family, parts = self._family, self._parts
        asked = self._asked(parts[0].start, ctx)
        if not asked and self._tells_nothing():
            self._parts = self._lead = ()
            self._in_bracket = False
            return
        roles = self._roles(behind)
        found = disclosures(roles, amount=family.measured, counts=family.counts, trails=family.trails)
        for item in found:
            lead = (*self._lead, *[part.key for part in parts[: item.start]])
            first, last = parts[item.start].start, parts[item.end - 1].end
            after = parts[item.end].key if item.end < len(parts) else behind
            named = item.end == len(roles) and names_other(family, parts[-1].last, behind)
            named = named and not (behind in RELATIVES_THINGS and parts[-1].last in RELATIVES and lead[-1:] == ("my",))
            named = named and not self._is_claimed(item, lead, ctx)
            named = named or is_spelled(parts[item.start].key, lead, after)
            owned = False if named else is_owned(family, item, lead)
            if owned is False:
                self._mark(first, last, out)
                continue
            bare = family.trails and is_order(lead, roles[item.start], after)
            told = self._is_dated(first) if item.label == family.dates else self._is_told(first)
            sure = item.sure and has_person(family, lead, parts) and not is_of_all(family, lead, after)
            if owned or asked or bare or told or sure:
                score = LISTED_SCORE if item.sure else TAGGED_SCORE
                out.append(make_span(first, last, item.label, score, ctx.new_entity(), Reason.LEXICON))
                if item.sure or owned or bare:
                    self._topic = last
        is_bare = bool(asked) and not found and parts[0].start - ctx.turn_start <= _OPENING
        whole = family.answers(asked, roles, behind) if is_bare else 0
        if whole:
            out.append(Span(parts[0].start, parts[whole - 1].end, asked, CUED_SCORE, ctx.new_entity(), Reason.CUED))
        self._parts = self._lead = ()
        self._in_bracket = False

    def _tells_nothing(self) -> bool:
        """Return whether a phrase that nobody asked for has neither a term nor an amount, as most have."""
        for part in self._parts:  # compiled, an expression costs more
            if part.kind & TELLS:
                return False
        lead, family = self._lead, self._family
        if not lead or not family.bills.isdisjoint(lead[-BILL:]):
            return not lead
        return not (family.payers and is_due(family, lead[-CUE:]))

    def _roles(self, behind: str) -> list[str]:
        """Return the roles of the phrase: those of its words, and what they make of each other."""
        family, roles = self._family, [part.role for part in self._parts]
        paid = count_paid(family, self._parts, self._lead, roles, behind)
        roles[:paid] = [PRICE] * paid
        if roles[0] == TAKES:
            is_long = self._is_long()
            none = self._is_generic() or (is_long and not self._parts[2].last.endswith("s"))
            roles = objects(roles, "" if none else family.label, is_long=is_long)
        if family.measured:
            over = bool(family.payers) and (not behind or behind in family.paid)
            roles = measured(roles, family.measured, cents=over)
        if family.complains:
            takers = [at for at, part in enumerate(self._parts) if part.last == _TO and part.kind & IS_TERM]
            roles = clauses(complaints(reactions(roles, takers), family.complains), family.complains)
        return roles

    def _mark(self, first: int, last: int, out: list[Span]) -> None:
        """Mark words that disclose nothing where they stand: no tag counts there."""
        mark = UNTOLD.get(self._family.label)
        if mark is not None:
            out.append(Span(first, last, mark, LISTED_SCORE, 0, Reason.LEXICON))

    def _is_claimed(self, item: Disclosure, lead: tuple[str, ...], ctx: Context) -> bool:
        """Return whether a term was said to be somebody's, so that a word behind it begins something else.

        It was bought, it is right behind a verb of having or taking, or it answers the question of the turn before:
        "my husband has diabetes | insurance is with", "any conditions" - "asthma | policy number".
        """
        slot, first = ctx.dialogue.disclosure, self._parts[item.start].start
        if slot is not None and self._turn != slot.turn and first == ctx.turn_start:
            return bool(self._asked(first, ctx))
        if item.start and self._parts[0].role == TAKES:
            return True
        return bool(lead) and lead[-1] in CLAIMING and OTHERS_HAVE.isdisjoint(lead[-2:-1])

    def _is_long(self) -> bool:
        """Return whether a number of many figures stands behind what was done with goods, and more behind it."""
        number = self._parts[1].key if len(self._parts) > 2 else ""
        return number.isdecimal() and len(number) > _LONGEST_COUNT

    def _is_generic(self) -> bool:
        """Return whether the last word of a phrase that is in no list names no goods: "a new card"."""
        things = [part.key for part in self._parts if part.role == THING]
        return bool(things) and any(base in self._family.generic for base in (things[-1], *noun_base(things[-1])))

    def _is_soon(self, word: int) -> bool:
        """Return whether a date may begin here with an everyday word."""
        return bool(self._family.dates) and word - self._topic <= _SOON

    def _is_dated(self, word: int) -> bool:
        """Return whether a date told here is one of such things."""
        return bool(self._family.dates) and word - self._topic <= DATE_WORDS

    def _is_told(self, word: int) -> bool:
        """Return whether such things are talked of."""
        return word - self._topic <= self._family.topic_words

    # -- questions -------------------------------------------------------------------------------------------------

    def _asked(self, word: int, ctx: Context) -> str:
        """Return the label of what was asked for, if a word may be the answer; "" for nothing."""
        slot = ctx.dialogue.disclosure
        if slot is None or slot.kind not in self._family.kinds or self._turn - slot.turn > ANSWER_TURNS:
            return ""
        if self._turn == slot.turn:
            return slot.kind if 0 < word - slot.word <= NEAR else ""
        return slot.kind if word - ctx.turn_start < FIRST_WORDS else ""

    def _take_unknown(self, token: Token, out: list[Span], ctx: Context) -> None:
        """Hide a word that is in no list, if it is an answer, or one of the list as it was heard."""
        label = ""
        if len(token.key) >= MISHEARD_LETTERS and self._is_told(token.index):
            label = self._family.heard(token.key)
        if not label and self._family.takes_unknown and BEFORE_NO_ANSWER.isdisjoint(ctx.before(1)):
            asked = self._asked(token.index, ctx)
            label = asked if asked in self._family.takes_unknown else ""
        if label:
            out.append(Span(token.index, token.index + 1, label, CUED_SCORE, ctx.new_entity(), Reason.CUED))
            self._topic = token.index
