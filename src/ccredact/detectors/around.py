"""What stands around the words that the tagger found, and belongs to the same name or address.

Titles and letters ("Dr. | Ana Diaz | , MD"), letters that were misheard, the number before a street and the flat behind
it, small words between two parts of an address; and a number with a street that the tagger passed over. Everything is a
matter of one utterance: a rule looks `REACH` words ahead at most.
"""

from __future__ import annotations

from collections.abc import Sequence

from ccredact.answers import common_words
from ccredact.detectors.base import Context
from ccredact.normalize.english import CLASSES, CORRECTION, FILLER, FUNCTION, HESITATION, LEAD, ORDINAL, other_classes
from ccredact.normalize.fold import gaps_of
from ccredact.normalize.labels import OPAQUE
from ccredact.tagger.begins import is_number
from ccredact.transcript import Span

SCORE = 0.7
REACH = 4
"""Words that a rule looks ahead."""
TITLES = frozenset("dr doctor mr mister mrs missus ms miss mx prof professor rev reverend".split())
_MISS = frozenset("i we you they they'll we'll i'll you'll do did don't didn't won't to not would will really".split())
"""Before "miss": it is a verb."""
_KIN = frozenset("uncle aunt auntie cousin grandma grandpa nurse officer sergeant vs versus team".split())
"""Before a name, with a capital perhaps, and no part of it."""
LETTERS = frozenset("md do phd dds dmd rn np lcsw mph jr sr ii iii iv esq mbbs".split())
"""Behind a name, in capitals or, some of them, with one."""
_SMALL = frozenset({"jr", "sr", "phd", "md", "esq"})
_MISHEARD = 2
"""Words in a row among letters that may be letters too."""
_SHORT = 2
"""Letters that a recogniser runs together: "a ND r e w"."""
_LEADS = LEAD | FILLER | HESITATION | CORRECTION
_KINDS = frozenset("street st avenue ave road rd lane ln boulevard blvd terrace crescent parkway pkwy".split())
_KINDS_AND_WORDS = frozenset("drive dr court ct way place pl plaza close square circle center centre highway".split())
"""Words for a street that have other uses."""
_SIDES = frozenset("north south east west northeast northwest southeast southwest ne nw se sw".split())
STREET_WORDS = _KINDS | _KINDS_AND_WORDS
_NO_NAMES = frozenset(
    """
way lane lanes dirt back side more other different whole same busy long wrong right left next last hour hours minute
minutes mile miles km am pm times people rooms bedroom bedrooms bed star dollars dollar percent new big small main
story storey hard flash usb google test thumb wheel gb tb disk fast slow
""".split()
)
"""Between a number and a word for a street: "a two way street", "ten minute drive"."""
_OF = frozenset("of the de la las los el san saint st santa sir".split())
_NUMBERED = frozenset("no number flat unit apartment apt house door plot suite block".split())
"""Before the number of a house."""
_UNITS = frozenset("apartment apt unit suite ste flat floor level lot room number building bldg".split())
_BETWEEN = frozenset("town city zip zipcode postcode pin pincode state district county near opposite opp".split())
"""Between two parts of an address."""
_COUNTED = frozenset(
    "bed beds bedroom bedrooms bath baths bathroom bathrooms rooms people guests adults kids children dollars".split()
)
"""Behind a number: it is none of an address."""
_MONEY = frozenset("dollars dollar pounds euros bucks cents percent credits".split())
_LAST = frozenset("of and the at in on to or by near".split())
"""With these no address ends."""
_PLACES = frozenset({"STREET_ADDRESS", "LOCATION", "POSTCODE"})
_NAMED_BY = 3
"""Words between a number and the word for a street, at most."""
_DIGITS = 6
"""Figures, or words, of the number of a house at most."""
_LONGEST_UNIT = 5
_ANY_NUMBER = 2
"""Figures and words from which on a number before an everyday word and a sure word for a street is a house."""


class Around:
    """One utterance: its text, the forms and keys of its words, the place of the first one among those of the call."""

    __slots__ = ("_cased", "_context", "_forms", "_gaps", "_keys", "_passed", "_text", "_word")

    def __init__(self, text: str, forms: Sequence[str], keys: Sequence[str], word: int, context: Context) -> None:
        self._text, self._forms, self._keys = text, forms, keys
        self._word, self._context = word, context
        self._cased = -1  # the first word that is not all capitals, once that is needed
        self._gaps: list[str] = []  # between the words, once that is needed
        self._passed: list[tuple[int, int]] = []  # places of the spans that are no addresses, unless they go on

    def __call__(self, spans: list[Span]) -> list[Span]:
        """The spans, in order and apart, and what belongs to them."""
        labels = {span.label for span in spans}
        if "PERSON" in labels:
            spans = self._named(self._spelled(spans))
        if not STREET_WORDS.isdisjoint(self._keys):
            spans = self._houses(spans)
            labels = {span.label for span in spans}
        if not _PLACES.isdisjoint(labels):
            spans = self._addressed(spans)
            spans = self._joined(spans) if len(spans) > 1 else spans
        return spans

    def first_open(self, spans: Sequence[Span], late: int, undecided: int) -> int:
        """The first place that words to come may say something of.

        `late` is the first place that has fewer than `REACH` words behind it, `undecided` the first word there that
        the tagger may tell otherwise (-1: none).
        """
        numbers = [at for at in range(late, len(self._keys)) if is_number(self._keys[at])]
        places = [max(late, span.start - self._word) for span in spans if span.label in _PLACES][:1]
        places += [start for start, end in self._passed if end >= late]
        first = min([undecided, *numbers[:1], *places] if undecided >= 0 else [*numbers[:1], *places], default=-1)
        if 0 < first <= _MISHEARD and len(self._keys[first]) == 1:
            return 0  # letters of a name that were misheard
        while first > 0 and self._leads(first - 1):
            first -= 1
        return first

    def _leads(self, at: int) -> bool:
        """Whether a word may belong to what stands behind it."""
        key = self._keys[at]
        return key in TITLES or key in _NUMBERED or is_number(key) or self._is_capital(at)

    def _span(self, start: int, end: int, like: Span) -> Span:
        """The span from one place to another, mostly as it was."""
        if start + self._word == like.start and end + self._word == like.end:
            return like
        return Span(start + self._word, end + self._word, like.label, SCORE, like.entity)

    def _room(self, spans: Sequence[Span], number: int, before: Sequence[Span]) -> tuple[int, int]:
        """Between which places a span may grow: those `before` it are what they will be, those behind as they were."""
        floor = before[-1].end - self._word if before else 0
        return floor, spans[number + 1].start - self._word if number + 1 < len(spans) else len(self._keys)

    def _mark(self, at: int) -> str:
        """The mark behind a word."""
        last = self._forms[at][-1]
        return "" if last.isalnum() else last

    def _is_capital(self, at: int) -> bool:
        """Whether a word has a capital that no sentence gives it, and is no everyday word."""
        form = self._forms[at]
        if not form[0].isupper() or form.isupper() or at == 0 or self._mark(at - 1) in tuple(".?!:"):
            return False
        key = self._keys[at]
        return self._mark(at) == "" and key.isalpha() and key not in common_words() and key not in _KIN

    def _is_titled(self, at: int) -> bool:
        """Whether a word has one capital: "Citizens Bank Way"."""
        form = self._forms[at]
        return form[0].isupper() and not form.isupper()

    def _is_cased(self, at: int) -> bool:
        """Whether the words before are no capitals all over."""
        if self._cased < 0:
            self._cased = next(
                (place for place, form in enumerate(self._forms) if form != form.upper()), len(self._forms)
            )
        return self._cased < at

    def _spelled(self, spans: list[Span]) -> list[Span]:
        """With short words between and before the letters of a name: letters that were misheard.

        "a l l and r e a" is one name; "are you s s e l l" begins with the first word.
        """
        keys, word = self._keys, self._word
        out: list[Span] = []
        for span in spans:
            last = out[-1] if out else None
            begins = span.start - word
            if last is not None and last.label == span.label == "PERSON" and 0 < span.start - last.end <= _MISHEARD:
                between = keys[last.end - word : begins]
                if len(keys[last.end - 1 - word]) <= _SHORT and len(keys[begins]) <= _SHORT and OPAQUE not in between:
                    out[-1] = Span(last.start, span.end, "PERSON", SCORE, last.entity)
                    continue
            if last is None and span.label == "PERSON" and 0 < begins <= _MISHEARD and span.end - span.start > 1:
                letters = len(keys[begins]) == len(keys[begins + 1]) == 1
                if letters and all(key in FUNCTION and not CLASSES.get(key, 0) & _LEADS for key in keys[:begins]):
                    out.append(Span(word, span.end, "PERSON", SCORE, span.entity))
                    continue
            out.append(span)
        return out

    def _named(self, spans: list[Span]) -> list[Span]:
        """With the title, a surname that stands first, and letters behind."""
        out: list[Span] = []
        for number, span in enumerate(spans):
            if span.label != "PERSON":
                out.append(span)
                continue
            start, end = span.start - self._word, span.end - self._word
            floor, ceiling = self._room(spans, number, out)
            while start > floor and self._is_capital(start - 1):
                start -= 1
            if start > floor and self._is_title(start - 1):
                start -= 1
            while end < ceiling and self._mark(end - 1) in ("", ",", ".") and self._is_letters(end):
                end += 1
            out.append(self._span(start, end, span))
        return out

    def _is_title(self, at: int) -> bool:
        key = self._keys[at]
        if key not in TITLES or self._mark(at) not in ("", "."):
            return False
        return key != "miss" or at == 0 or self._keys[at - 1] not in _MISS

    def _is_letters(self, at: int) -> bool:
        """Whether a word is an initial, or a degree, in a text with capitals."""
        form, key = self._forms[at], self._keys[at]
        if not form[0].isupper() or not self._is_cased(at):
            return False
        if len(key) == 1:
            return key != "i" and (self._mark(at - 1) != "." or len(self._keys[at - 1]) == 1)
        return key in LETTERS and (self._forms[at][: len(key)].isupper() or key in _SMALL)

    def _houses(self, spans: list[Span]) -> list[Span]:
        """With numbers and streets that were passed over, or found in part."""
        found = [house for at, key in enumerate(self._keys) if key in STREET_WORDS and (house := self._house(at))]
        out: list[Span] = []
        waiting = [*spans[::-1]]
        for start, end in found:
            low, high = start + self._word, end + self._word
            while waiting and waiting[-1].end <= low:
                out.append(waiting.pop())
            touched = []
            while out and out[-1].end > low:
                touched.append(out.pop())
            while waiting and waiting[-1].start < high:
                touched.append(waiting.pop())
            low = min([low, *(span.start for span in touched)])
            high = max([high, *(span.end for span in touched)])
            streets = [span.entity for span in touched if span.label == "STREET_ADDRESS"]
            entity = streets[0] if streets else self._context.new_entity()
            out.append(Span(low, high, "STREET_ADDRESS", SCORE, entity))
        return [*out, *waiting[::-1]]

    def _house(self, kind: int) -> tuple[int, int] | None:
        """The number and the street that end with this word for a street."""
        keys = self._keys
        at, names = kind - 1, 0
        sure = keys[kind] in _KINDS
        rare = self._is_titled(kind) and self._is_titled(kind - 1)
        while at >= 0 and names <= _NAMED_BY and not is_number(keys[at]):
            key = keys[at]
            if key in _NO_NAMES or key == OPAQUE or self._mark(at) or (key in FUNCTION and key not in _OF):
                return None
            numbered = bool((CLASSES.get(key, 0) or other_classes(key)) & ORDINAL)
            rare = rare or numbered or (key.isalpha() and key not in common_words() and key not in _SIDES)
            names += 1
            at -= 1
        if at < 0 or not 0 < names <= _NAMED_BY or self._mark(at) not in ("", ","):
            return None
        first = at
        while first > 0 and (is_number(keys[first - 1]) and not self._mark(first - 1)):
            first -= 1
        figures = sum(len(key) if key.isdecimal() else 1 for key in keys[first : at + 1])
        if figures > _DIGITS or not (rare or (sure and figures >= _ANY_NUMBER)):
            return None
        return first, kind + 1

    def _addressed(self, spans: list[Span]) -> list[Span]:
        """With the number before a street, and the rest of the street and the flat behind it."""
        keys = self._keys
        out: list[Span] = []
        for number, span in enumerate(spans):
            if span.label != "STREET_ADDRESS":
                out.append(span)
                continue
            start, end = span.start - self._word, span.end - self._word
            floor, ceiling = self._room(spans, number, out)
            low = start
            while low > floor and is_number(keys[low - 1]) and self._mark(low - 1) in ("", ","):
                low -= 1
            start = low if start - low <= _DIGITS else start
            if self._is_amount(start, end):
                self._passed.append((start, end))
                continue
            if start > floor and is_number(keys[start]) and keys[start - 1] in _NUMBERED and not self._mark(start - 1):
                start -= 1
            while end < ceiling and self._mark(end - 1) == "" and (keys[end] in STREET_WORDS or keys[end] in _SIDES):
                end += 1
            end = self._counted(start, self._unit(end, ceiling))
            if end - start > 1 or keys[start] not in STREET_WORDS:
                out.append(self._span(start, end, span))
            else:  # "my hard drive"
                self._passed.append((start, end))
        return out

    def _is_amount(self, start: int, end: int) -> bool:
        """Whether it is a number that counts something: "4 bed", "two thousand six hundred | and fifty dollars"."""
        keys = self._keys
        at = start
        while at < min(len(keys), end + REACH) and (is_number(keys[at]) or (at >= end and keys[at] == "and")):
            at += 1
        if at == start or at == len(keys):
            return False
        return keys[at] in _COUNTED or (at >= end and keys[at] in _MONEY)

    def _counted(self, start: int, end: int) -> int:
        """The end of an address without a number behind it that counts something: "12 High Street | 4 bedrooms"."""
        keys = self._keys
        while end - 1 > start and keys[end - 1] in _LAST:
            end -= 1
        last = end
        while last > start and keys[last - 1] in _COUNTED:
            last -= 1
        if last == end and (last == len(keys) or keys[last] not in _COUNTED):
            return end
        while last > start and is_number(keys[last - 1]):
            last -= 1
        return last if last > start and not STREET_WORDS.isdisjoint(keys[start:last]) else end

    def _unit(self, end: int, ceiling: int) -> int:
        """The end of an address with the flat behind it: "# C", "suite 350", "number a two"."""
        keys = self._keys
        at = end
        if at < ceiling and keys[at] in _UNITS and self._mark(at - 1) in ("", ","):
            at += 1
        elif at >= ceiling or not self._is_unit(at):
            return end
        begins = at
        while at < min(ceiling, begins + _NAMED_BY) and (
            is_number(keys[at]) or len(keys[at]) == 1 or _is_mixed(keys[at])
        ):
            at += 1
            if self._mark(at - 1):
                break
        return at if at > begins else end

    def _is_unit(self, at: int) -> bool:
        """Whether a word by itself is a flat: "# 12", "C", "4B"."""
        key = self._keys[at]
        if "#" in self._text:
            self._gaps = self._gaps or gaps_of(self._text)
            if "#" in self._gaps[at]:
                return True
        if self._mark(at - 1) or key.isdecimal():
            return False
        return _is_mixed(key) or (len(key) == 1 and self._forms[at][0].isupper() and key != "i" and self._is_cased(at))

    def _joined(self, spans: list[Span]) -> list[Span]:
        """With the small words between two parts of an address."""
        out: list[Span] = []
        for span in spans:
            last = out[-1] if out else None
            if last is not None and last.label in _PLACES and span.label in _PLACES:
                between = self._keys[last.end - self._word : span.start - self._word]
                if 0 < len(between) <= _MISHEARD and _BETWEEN.issuperset(between):
                    out[-1] = Span(last.start, span.start, last.label, SCORE, last.entity)
            out.append(span)
        return out


def _is_mixed(key: str) -> bool:
    """Whether it is the number of a flat with its letter."""
    return len(key) <= _LONGEST_UNIT and any(map(str.isdecimal, key))
