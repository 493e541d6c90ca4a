"""What a run of digits is taken for before its end is known: what was prompted, cued and talked of. Pure functions."""

from __future__ import annotations

from typing import Final

from ccredact.detectors.cards.candidate import Candidate
from ccredact.detectors.cards.digit_run import DigitRun
from ccredact.detectors.cards.seen import SeenCards
from ccredact.detectors.cards.windows import (
    LONG,
    MOST_BESIDE,
    count_digits,
    digits_of,
    is_part_of,
    may_begin_card,
    printed_rows,
    usual_length,
)
from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.dialogue.kinds import ANOTHER, CARD, CARD_DATA, CVV, EXPIRY, LAST4, MENTION
from ccredact.dialogue.state import Dialogue
from ccredact.numbers.composer import Group
from ccredact.reasons import Reason

SURE: Final = 15
"""As many digits are a card where cards are talked of, whatever they begin with."""
PRINTED: Final = frozenset(range(14, 20))
"""Digits of nearly all cards: hidden without a check digit where money is talked of."""
WHOLE: Final = 16
"""Digits of most cards: one that seems to be whole with fewer, since its range was misheard, may go on to as many."""
FEW: Final = 6
"""Fewer digits inside a sentence answer only what was asked in this turn or the one before."""
LEAST_NAMED: Final = 4
"""Digits that are a card behind "my visa", or as the answer to a turn that named cards."""
LEAST_REPEATED: Final = 5
"""Digits by which a card is known again, and an answer of one who was not expected to give it."""
MOST_DATE_DIGITS: Final = 6
"""Digits of an expiry date."""
MOST_CARD_DIGITS: Final = 19
"""Digits of the longest card: a run with more is none, however it goes on."""
_KINDS: Final = (CARD, EXPIRY, CVV, LAST4)


class Verdict:
    """What a run is taken for: a value, of which nothing is changed once it is made.

    `kind` is None while nothing names it. `entity` is the card that it repeats, 0 for none. `pending`: it is data of a
    card, of a kind that its end decides. `by_other`: it is not by the one who is expected to give the number; None
    where that was not looked at. `reason` is the rule that names it.
    """

    __slots__ = ("by_other", "entity", "kind", "pending", "reason")

    def __init__(
        self,
        kind: str | None,
        *,
        entity: int = 0,
        pending: bool = False,
        by_other: bool | None = None,
        reason: Reason = Reason.CUED,
    ) -> None:
        self.kind = kind
        self.entity = entity
        self.pending = pending
        self.by_other = by_other
        self.reason = reason


_UNKNOWN: Final = Verdict(None)
_NAMED: Final = {kind: Verdict(kind) for kind in _KINDS}
_SAID_AGAIN: Final = {kind: Verdict(kind, reason=Reason.SAID_AGAIN) for kind in _KINDS}
_LONG_ENOUGH: Final = Verdict(CARD, reason=Reason.FORM)


def classify_run(run: DigitRun, dialogue: Dialogue, seen: SeenCards, word: int, time: float | None) -> Verdict:
    """Return what a run is taken for at a word of the call, and its time in seconds."""
    context, cue = run.context, run.context.cue
    if cue is not None and cue in CARD_DATA and not (cue == LAST4 and run.has_month):  # "it ends on 14 march"
        return _NAMED[cue]
    groups, count = run.all_groups(), run.digit_count
    unprompted = cue == ANOTHER or (cue is None and not (dialogue.answers.awaits_card or context.cards_named))
    if unprompted and count < LONG and not seen.any_data:
        return _UNKNOWN
    if cue == MENTION and count >= LEAST_NAMED and (context.led or context.cue_touches):
        return _NAMED[CARD]
    repeated = seen.entity_with(groups) if count >= LEAST_REPEATED else None
    if repeated is not None:
        return Verdict(CARD, entity=repeated, reason=Reason.SAID_AGAIN)
    if not context.other_prompted and _is_long_enough(groups[1:] if cue == ANOTHER else groups, dialogue, word):
        return _LONG_ENOUGH  # beside a cue for another number the first one is that, and a card may follow it
    return _UNKNOWN if cue == ANOTHER else _as_answer(run, dialogue, seen, word, time)


def _as_answer(run: DigitRun, dialogue: Dialogue, seen: SeenCards, word: int, time: float | None) -> Verdict:
    """Return what the run is as an answer, or as a repetition of one."""
    context, groups, count = run.context, run.all_groups(), run.digit_count
    repeated = seen.repeated_kind(groups, run.turn, led=context.led or context.early)
    if repeated is not None:
        return _SAID_AGAIN[repeated]
    answers: list[ExpectedAnswer] = []
    by_other = False
    passed = False  # a card is waited for, and this is no more of it
    for item in waiting_for(run, dialogue, word, time):
        if not _takes(item, count, led=context.led):
            passed = passed or item.kind == CARD
            continue
        is_answer = item.may_be_answered_by(run.speaker, run.turn, led=context.led)
        if not is_answer and not is_part_of(groups, digits_of(item.groups)):  # no answer, and no read-back of one
            by_other = True
            read_back = context.led and item.kind == EXPIRY and item.has_reader and run.turn - item.latest_turn <= 1
            if run.has_month and not count and read_back:
                answers.append(item)  # "december" - "december?"
                continue
            if count < LEAST_REPEATED:
                continue
        answers.append(item)
    named = context.cards_named and all(item.kind != CARD for item in answers) and not passed
    if named and (context.invited or count >= LEAST_NAMED or run.number_count >= 3):
        return Verdict(CARD, by_other=by_other)
    if answers and not context.cue and not context.led and count < FEW:
        answers = [item for item in answers if item.is_current(run.turn)]
    both = {item.kind for item in answers[:2]} == {EXPIRY, CVV}
    if both or (not answers and is_beside_card(run, seen) and count <= MOST_BESIDE):
        return Verdict(None, pending=True, by_other=by_other)
    return Verdict(answers[0].kind if answers else None, by_other=by_other)


def _takes(item: ExpectedAnswer, count: int, *, led: bool) -> bool:
    """Return whether so many digits may be of an answer; `led`: they are not inside a sentence.

    A card that is whole but fails its check still waits for more of it: not for "we pay 120".
    """
    if item.kind == CARD:
        within = item.given < usual_length(digits_of(item.groups)) or item.given + count <= WHOLE
        return led or within or count >= FEW
    return item.kind != EXPIRY or count <= MOST_DATE_DIGITS


def _is_long_enough(groups: list[Group], dialogue: Dialogue, word: int) -> bool:
    """Return whether the talk is about cards or money and the digits are as many as a card has."""
    count = count_digits(groups)
    if count < LONG:
        return False
    if dialogue.subject.is_about_cards(word) and (count >= SURE or may_begin_card(groups, printed=False)):
        return True
    if not dialogue.subject.is_about_money(word):
        return False
    written = [group.readings[0] for group in groups if not group.spoken]
    return count in PRINTED or any(len(w) in PRINTED for w in written) or bool(printed_rows(groups))


def waiting_for(run: DigitRun, dialogue: Dialogue, word: int, time: float | None) -> list[ExpectedAnswer]:
    """Return the data of cards that is waited for at a word, what was prompted last first."""
    if not dialogue.answers.awaits_card:
        return []
    found = [dialogue.answers.waiting(kind, run.turn, word, time) for kind in _KINDS]
    other = run.context.other_prompted
    live = [item for item in found if item is not None and (not other or item.is_current(run.turn))]
    if len(live) > 1:
        live.sort(key=lambda item: -item.word)
    return live


def is_beside_card(run: DigitRun, seen: SeenCards) -> bool:
    """Return whether the run stands where card data goes on."""
    return run.context.beside_card or seen.ends_near(run.turn, run.start)


def is_certain(run: DigitRun) -> bool:
    """Return whether the run is surely an identifier already: not "one moment", not "forty five dollars"."""
    groups = run.all_groups()
    if groups and not groups[0].spoken and len(groups[0].readings[0]) >= 3:
        return True
    numbers = run.number_count
    return numbers >= 3 or (numbers == 2 and all(len(group.readings[0]) == 1 for group in groups[-2:]))


def may_be_named(run: DigitRun, groups: list[Group], dialogue: Dialogue, seen: SeenCards) -> bool:
    """Return whether more digits or the next word could make `classify_run` name the run, of these groups."""
    context, cue = run.context, run.context.cue
    if cue is not None and cue != ANOTHER:
        return True
    if seen.any_data and (
        seen.entity_with(groups) is not None or seen.may_repeat(groups, run.turn, led=context.led or context.early)
    ):
        return True
    subject = dialogue.subject
    if not context.other_prompted and (subject.is_about_cards(run.last) or subject.is_about_money(run.last)):
        return True
    if cue == ANOTHER:
        return False
    if context.cards_named or is_beside_card(run, seen):
        return True
    return bool(waiting_for(run, dialogue, run.last, run.time))


def first_open_word(run: DigitRun, candidate: Candidate, dialogue: Dialogue, seen: SeenCards) -> int:
    """Return the first word of the open run that may still change, the word behind it when there is none."""
    if run.label:
        return run.hidden_to
    if run.is_amount:
        return run.last + 1
    groups, composer = run.all_groups(), run.composer
    if run.pending or not groups or may_be_named(run, groups, dialogue, seen) or candidate.is_repeated_by(run):
        return run.start
    counts = composer.may_count and (run.fillers == 0 or run.hesitates)  # "two" may become "two nines"
    if counts and run.digit_count <= MOST_CARD_DIGITS:
        first = candidate.open_word(groups[:-1], printed=True)  # with more digits nothing else can become a card
        return groups[-1].first if first is None else min(groups[-1].first, max(run.start, first))
    if not (run.homophones or run.last_oh >= 0 or composer.may_grow):  # as most are
        first = candidate.open_word(groups, printed=True)
        return run.last + 1 if first is None else max(run.start, first)
    waits = [group.first for group in run.homophones[:1]]
    if composer.multiplier_word is not None:
        waits.append(composer.multiplier_word)
    if composer.may_grow:  # "forty" may become "forty two": its four is sure, its zero is not
        last = groups[-1]
        groups = [*groups[:-1], last.with_reading(last.readings[0][0])]
    for row in (groups, groups[:-1]) if run.last_oh >= 0 else (groups,):  # "oh" may be no zero
        first = candidate.open_word(row, printed=True)
        if first is not None:
            waits.append(max(run.start, first))
    return min(waits, default=run.last + 1)
