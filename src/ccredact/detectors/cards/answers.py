"""A run of digits that has a label: which answer it is, how much of that is there, what of it is known again."""

from __future__ import annotations

from typing import Final

from ccredact.detectors.base import Context
from ccredact.detectors.cards.candidate import KEPT_GROUPS
from ccredact.detectors.cards.classify import classify_run
from ccredact.detectors.cards.digit_run import SHORTEST_USUAL, DigitRun
from ccredact.detectors.cards.short_answers import MONTH_DIGITS
from ccredact.detectors.cards.state import CardState
from ccredact.detectors.cards.windows import LONG, card_at_end, count_digits, digits_of, may_begin_card, usual_length
from ccredact.detectors.scores import CUED_SCORE
from ccredact.dialogue.answer_lengths import least_length
from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.dialogue.kinds import CARD, CVV, EXPIRY, LAST4, MENTION
from ccredact.dialogue.kinds import LABELS as ANSWER_LABELS
from ccredact.dialogue.open_answers import KEPT_TEXT
from ccredact.reasons import Reason
from ccredact.transcript import Span, make_span

LABELS: Final = {kind: "CREDIT_CARD" if kind == CARD else ANSWER_LABELS[kind] for kind in (CARD, EXPIRY, CVV, LAST4)}
KINDS: Final = {label: kind for kind, label in LABELS.items()}
"""What each label is called in the dialogue."""
CARD_LABEL: Final = LABELS[CARD]
LAST_GROUPS: Final = 24
"""Groups in which the end of a cued card is looked for: more than it has digits."""


def classify(state: CardState, run: DigitRun, word: int, time: float | None) -> str | None:
    """Return the kind that the run is taken for; None while nothing names it, or when it is pending now."""
    verdict = classify_run(run, state.dialogue, state.seen, word, time)
    if verdict.entity:
        run.entity = verdict.entity
    if verdict.pending:
        run.pending = True
    if verdict.by_other is not None:
        run.by_other = verdict.by_other
    run.reason = verdict.reason
    return verdict.kind


def name_run(state: CardState, run: DigitRun, kind: str, word: int, time: float | None, ctx: Context) -> None:
    """Give a run its label and its entity: that of the expectation that it answers, if there is one."""
    run.label, run.score = LABELS[kind], CUED_SCORE
    if run.entity:
        return
    item = state.dialogue.answers.waiting(kind, run.turn, word, time)
    if item is None and kind == CARD and (run.context.cards_named or _begins_card(run)):
        item = state.dialogue.answers.expect_of_card(kind, word, run.turn, time)
    if item is None:
        run.entity = ctx.new_entity()
        return
    turn, first = item.entity_start
    if item.entity and state.dialogue.answers.hold.exceeded(run.turn - turn, word - first, None, None):
        item.entity, item.groups = 0, ()  # it was open as long as the policy lets one be: this is another
    if not item.entity:
        item.entity, item.entity_start = ctx.new_entity(), (run.turn, word)
    elif turn < run.turn and run.reason == Reason.CUED:
        run.reason = Reason.PIECE
    item.be_read(run.speaker, word, run.turn, time)
    run.entity = item.entity


def hidden_span(run: DigitRun) -> Span:
    """Return the span of what is not yet hidden of a named run."""
    return make_span(run.hidden_to, run.last + 1, run.label, run.score, run.entity, run.reason)


def is_complete(state: CardState, run: DigitRun) -> bool:
    """Take a cued card whose digits are all there, by range, length and check digit; return whether they are."""
    if run.composer.may_grow:
        return False
    item = state.dialogue.answers.of_card(CARD)
    earlier = item.groups if item is not None and item.entity == run.entity else ()
    if count_digits(earlier) + run.digit_count < SHORTEST_USUAL:
        return False
    groups = [*earlier, *run.all_groups()][-LAST_GROUPS:]
    if count_digits(groups) < SHORTEST_USUAL:
        return False
    card = card_at_end(groups, usual=True)
    if card is None or not card.digits or len(card.digits) != usual_length(card.digits):
        return False
    complete(state, run.entity, card.digits, run.turn, run.last)
    return True


def complete(state: CardState, entity: int, digits: str | None, turn: int, word: int) -> None:
    """Take a complete card that ends with `word`: no more of it is expected."""
    state.dialogue.answers.fulfil(CARD)
    state.dialogue.subject.note_card(word)
    state.seen.add_card(entity, digits, turn, word)


def count_answer(state: CardState, run: DigitRun) -> None:
    """Count the digits of a named run towards the expectation that it answers."""
    kind = KINDS[run.label]
    item = state.dialogue.answers.of_card(kind)
    if item is None or item.entity != run.entity or run.speaker != item.reader:
        return  # a read-back is no more of it
    told = digits_of(run.groups)
    if kind != CARD and len(told) > 1 and digits_of(item.groups).endswith(told):
        return  # nor is what is said once more
    item.given += count_digits(run.groups) + run.forgotten_digits + (MONTH_DIGITS if run.has_month else 0)
    item.groups = (*item.groups, *run.groups)[-KEPT_GROUPS:]
    item.answer = (item.answer + told)[-KEPT_TEXT:]
    item.answer_word = max(item.answer_word, run.last)
    if kind == CARD:
        count_card(state, item, run)
    elif item.given >= least_length(kind):
        add_detail(state, kind, digits_of(item.groups), run)
        state.dialogue.answers.fulfil(kind)


def count_card(state: CardState, item: ExpectedAnswer, run: DigitRun) -> None:
    """Look whether the card that a run has gone on with is complete."""
    card = card_at_end(item.groups)
    if card is None and run.last_oh >= 0:
        card = card_at_end(item.groups[:-1])
    if card is None:
        if item.given >= LONG:
            state.seen.add_digits(run.turn, run.last)
    elif card.digits and len(card.digits) < usual_length(card.digits):  # and perhaps the beginning of a longer one
        state.seen.add_card(run.entity, card.digits, run.turn, run.last)
    else:
        complete(state, run.entity, card.digits, run.turn, run.last)


def add_detail(state: CardState, kind: str, digits: str, run: DigitRun) -> None:
    """Know a code, a date or four digits again, here and, in any form, for the rest of the call."""
    if kind == EXPIRY:
        state.dialogue.subject.note_card(run.last)
    state.seen.add_detail(kind, digits, run.turn)
    state.dialogue.answers.know(kind, digits)


def _begins_card(run: DigitRun) -> bool:
    """Return whether the digits after "my visa" may be the beginning of a card: then more of it is waited for."""
    if run.context.cue != MENTION or run.digit_count >= LONG:
        return False
    return may_begin_card(run.all_groups(), printed=False)
