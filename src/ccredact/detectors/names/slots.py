"""Slots of names: what stands where a name was asked for, told, titled or spelled is one, whatever the tagger says.

- *asked*: words that are all of what is said behind the question ("last name?" - "coffee"), a town and a street too;
- *told*, *titled*: words behind "my name is" or "mister" (`told`);
- *spelled*: the word beside letters that spell it, where a name was asked for ("power p o w e r").

Refusals, fillers and questions are none. An utterance without a slot costs a look at what was asked, and at its words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ccredact.detectors.names import bare_answer, told
from ccredact.detectors.scores import CUED_SCORE
from ccredact.dialogue.kinds import CONTACT, NAME, STREET, TEXT, TOWN
from ccredact.dialogue.lifetimes import ANSWER_TURNS, BEHIND_NAME
from ccredact.lang.en.addresses import PLACE_WORDS
from ccredact.lang.en.words import CLASSES, FUNCTION
from ccredact.reasons import Reason
from ccredact.text.word_class import DAY, MONTH
from ccredact.transcript import Span, make_span

if TYPE_CHECKING:
    from ccredact.detectors.base import Context
    from ccredact.detectors.names.lexicon import NameLexicon
    from ccredact.detectors.names.utterance import UtteranceView
    from ccredact.dialogue.places import Slot

LABELS: Final = {NAME: "PERSON", TOWN: "LOCATION", STREET: "STREET_ADDRESS"}
"""The label of what answers each kind of question."""
TRUSTED: Final = 6
"""Words of an answer, at most, in which the tagger is believed whatever a word is, and passes over none."""
_BEHIND: Final = 2
"""Words between the question for a name and the end of its turn, where no words before say that it is asked."""
_LATE: Final = 3
"""Turns behind the question in which the answer comes, where the one asked has let wait ("hold on" - "sure")."""
_PAUSE: Final = 4
"""Words of the turn between, at most."""
_LEAST_LETTERS: Final = 2
_DATED: Final = 2
"""Words of a name that is all that is said."""
_MOST_TOWN: Final = 4
"""Words of a town before its state."""
_LEAST_NAME: Final = 3
"""Letters of a spelled word that is known again."""
_MOST_BETWEEN: Final = 2
"""Words between a name and its letters: "pike that's p i k e"."""
_NO_NOUNS: Final[frozenset[str]] = frozenset()


class NameSlots:
    """The questions for names that are open in a turn: a value, the same one while nothing is asked (`NO_SLOTS`).

    - `_turn`: this turn; `_open`: the questions that may be answered in it; `_spells`: letters may spell a name in it.
    - `_answered`: kind and word of the latest questions that were answered, and the turns.
    - `_pause`: the first word of the turn behind one in which no answer was given.
    """

    __slots__ = ("_answered", "_open", "_pause", "_spells", "_turn")

    def __init__(
        self,
        turn: int = -1,
        questions: tuple[Slot, ...] = (),
        answered: tuple[tuple[str, int, int], ...] = (),
        pause: int = 0,
        *,
        spells: bool = False,
    ) -> None:
        self._turn, self._open, self._answered = turn, questions, answered
        self._pause, self._spells = pause, spells

    def in_turn(self, turn: int, ctx: Context) -> NameSlots:
        """Return those of a turn that begins."""
        dialogue = ctx.dialogue
        slots = dialogue.places.slots
        item = dialogue.answers.latest_of("PERSON") if dialogue.answers.open else None
        spells = item is not None and 0 <= turn - item.turn <= ANSWER_TURNS
        spells = spells or any(slot.kind == NAME and turn - slot.turn <= ANSWER_TURNS for slot in slots)
        if not (slots or spells):
            return NO_SLOTS
        paused = any(slot.turn == turn - _LATE + 1 for slot in slots)
        pause = ctx.turn_start if paused else self._pause
        questions = tuple(slot for slot in slots if self._is_open(slot, turn, ctx))
        return NameSlots(turn, questions, self._answered, pause, spells=spells)

    def _is_open(self, slot: Slot, turn: int, ctx: Context) -> bool:
        """Return whether a name that was asked for is told in a turn."""
        since = turn - slot.turn
        if any(kind == slot.kind and word == slot.word and told < turn for kind, word, told in self._answered):
            return False
        if since == 1:
            behind = ctx.turn_start - slot.word - 1
            if behind > (BEHIND_NAME if slot.asking else _BEHIND):
                return False
        elif since != _LATE or ctx.turn_start - self._pause > _PAUSE:
            return False
        for item in ctx.dialogue.answers.open:
            worded = item.answer_type == TEXT or item.kind in CONTACT
            if worded and item.word > slot.word and not item.begun:
                return False  # a password was asked for since
        return True

    def may_stand_in(self, keys: list[str]) -> bool:
        """Return whether an utterance has a slot."""
        if self._open or self._spells or not told.TELLING.isdisjoint(keys):
            return True
        return len(keys) == _DATED and bool(CLASSES.get(keys[0], 0) & (DAY | MONTH))

    @property
    def trusted(self) -> int:
        """Return the words of an answer, at most, of which the tagger is asked for every one, and believed."""
        return TRUSTED if self._open else 0

    def found(
        self, view: UtteranceView, spans: list[Span], lexicon: NameLexicon, *, whole: bool
    ) -> list[tuple[int, int, str]]:
        """Return the places `[start, end)` of the names of a text that stand in slots, and the label of each.

        `spans` are those that the tagger found; `whole`: the text may be all of an answer, and no later words of one.
        """
        out: list[tuple[int, int, str]] = []
        if not told.TELLING.isdisjoint(view.keys):
            out = told.told_names(view, lexicon)
        if self._spells:
            out += [(at, at + 1, "PERSON") for at in spelled_words(view.keys)]
        if not whole:
            return sorted(set(out))
        if not out and _is_dated_name(view, lexicon):
            return [(0, 2, "PERSON")]
        for slot in self._open[-1:]:
            if slot.kind == NAME and len(view.keys) <= TRUSTED:
                tagged = [span for span in spans if span.label == "PERSON"]
                out += [(span.start - view.first_word, span.end - view.first_word, span.label) for span in tagged]
            if not out:
                none = PLACE_WORDS if slot.kind == TOWN else _NO_NOUNS
                answers = _before_place(view, spans) if slot.kind == TOWN else []
                answers = answers or bare_answer.bare_answers(view, none)
                out = [(start, end, LABELS[slot.kind]) for start, end in answers]
        return sorted(set(out))

    def spelled_names(self, keys: list[str]) -> list[tuple[int, str]]:
        """Return the words that letters make where a name is spelled, each with the place of its last letter.

        They are known again, and no letter is.
        """
        if not self._spells:
            return []
        return [(end - 1, "".join(keys[start:end])) for start, end in letter_runs(keys) if end - start >= _LEAST_NAME]

    def answered_by(self, spans: list[Span]) -> NameSlots:
        """Return these, with what answers the questions that are open."""
        labels = {span.label for span in spans}
        given = [slot for slot in self._open if LABELS[slot.kind] in labels]
        if not given:
            return self
        rest = [row for row in self._answered if all(row[0] != slot.kind for slot in given)]
        answered = (*rest, *((slot.kind, slot.word, self._turn) for slot in given))
        return NameSlots(self._turn, self._open, answered, self._pause, spells=self._spells)

    def first_open(self, view: UtteranceView, lexicon: NameLexicon, *, whole: bool, is_final: bool) -> int:
        """Return the first place of a text that words to come may make a name in a slot, or none; -1 for none."""
        found = [told.first_open(view, lexicon, is_final=is_final)]
        if self._open and whole:
            found.append(bare_answer.first_open(view.keys))
        if self._spells:
            found.append(_last_word(view.keys))
        return min((at for at in found if at >= 0), default=-1)


NO_SLOTS: Final = NameSlots()
"""Of a call in which no name was asked for."""


def with_slots(spans: list[Span], view: UtteranceView, found: list[tuple[int, int, str]], ctx: Context) -> list[Span]:
    """Return the spans of an utterance with the names that stand in slots, instead of what was found there."""
    for start, end, label in found:
        low, high = start + view.first_word, end + view.first_word
        touched: list[Span] = []
        kept: list[Span] = []
        for span in spans:
            if span.start < high and span.end > low:
                touched.append(span)
            else:
                kept.append(span)
        same = [span for span in touched if span.label == label]
        low, high = min([low, *(span.start for span in same)]), max([high, *(span.end for span in same)])
        entity = same[0].entity if same else ctx.new_entity()
        for span in touched:
            if span.label != label:
                kept += _outside(span, low, high)
        kept.append(make_span(low, high, label, CUED_SCORE, entity, Reason.CUED))
        spans = sorted(kept, key=lambda span: span.start)
    return spans


def _outside(span: Span, low: int, high: int) -> list[Span]:
    """Return what of a span stands outside of the words `[low, high)`."""
    ends = ((span.start, min(span.end, low)), (max(span.start, high), span.end))
    parts = [(start, end) for start, end in ends if start < end]
    return [make_span(start, end, span.label, span.score, span.entity, span.reason) for start, end in parts]


def _is_dated_name(view: UtteranceView, lexicon: NameLexicon) -> bool:
    """Return whether a name whose first half is a month or a day is all that is said: "July Vandersloot"."""
    keys = view.keys
    if len(keys) != _DATED or not CLASSES.get(keys[0], 0) & (DAY | MONTH):
        return False
    return view.is_title_case(0) and view.is_name_like(1) and lexicon.may_be_name(keys[1])


def _before_place(view: UtteranceView, spans: list[Span]) -> list[tuple[int, int]]:
    """Return the places of a town that stands before what was found of it: "truth or consequences | new mexico"."""
    start = bare_answer.behind_leads(view.keys)
    for span in spans[:1]:
        low, high = span.start - view.first_word, span.end - view.first_word
        if span.label != "LOCATION" or high != len(view.keys) or not 0 < low - start <= _MOST_TOWN:
            continue
        if all(bare_answer.may_answer(key) for key in (view.keys[start], view.keys[low - 1])):
            return [(start, high)]
    return []


def letter_runs(keys: list[str]) -> list[tuple[int, int]]:
    """Return the places `[start, end)` of letters in a row that may spell a word."""
    out: list[tuple[int, int]] = []
    start = 0
    while start < len(keys):
        end = start
        while end < len(keys) and len(keys[end]) == 1 and keys[end].isalpha():
            end += 1
        if end - start >= _LEAST_LETTERS:
            out.append((start, end))
        start = max(end, start + 1)
    return out


def spelled_words(keys: list[str]) -> list[int]:
    """Return the places of the words that letters beside them spell."""
    out: list[int] = []
    for start, end in letter_runs(keys):
        word = "".join(keys[start:end])
        between = start
        while between > 0 and start - between < _MOST_BETWEEN and keys[between - 1] in FUNCTION:
            between -= 1
        out += [at for at in {start - 1, between - 1, end} if 0 <= at < len(keys) and keys[at] == word]
    return out


def _last_word(keys: list[str]) -> int:
    """Return the place of the last word of an interim that is no letter, if none but letters are behind it."""
    at = len(keys) - 1
    while at >= 0 and (len(keys[at]) == 1 or (keys[at] in FUNCTION and at > len(keys) - 1 - _MOST_BETWEEN)):
        at -= 1
    return at
