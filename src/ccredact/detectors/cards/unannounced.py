"""Digits that nobody announced: what becomes of the candidate when a run or a word behind it decides."""

from __future__ import annotations

from ccredact.detectors.base import Context
from ccredact.detectors.cards.answers import CARD_LABEL, complete, count_card, name_run
from ccredact.detectors.cards.candidate import KEPT_GROUPS, stretches
from ccredact.detectors.cards.digit_run import DigitRun
from ccredact.detectors.cards.expiry_cvv import card_before_data
from ccredact.detectors.cards.issuers import SHORTEST
from ccredact.detectors.cards.state import CardState
from ccredact.detectors.cards.windows import Window, count_digits, five_by_four, is_usual_card, most_digits
from ccredact.detectors.scores import BOUND_SCORE, CHANCE_SCORE, CUED_SCORE
from ccredact.dialogue.kinds import ANOTHER, CARD
from ccredact.entities import NUMBER
from ccredact.numbers.composer import Group
from ccredact.reasons import Reason
from ccredact.text.token import Token
from ccredact.transcript import Span


def search(state: CardState, run: DigitRun, ctx: Context, token: Token | None) -> tuple[list[Span], bool]:
    """Add a run to the candidate; hide what is a card now, and tell whether data of it may follow in the run."""
    candidate = state.candidate
    candidate.add(run)
    if candidate.goes_on_with([]) and run.stands_alone(token):
        return _hide_begun(state, run, ctx), False
    if most_digits(candidate.groups) < SHORTEST:
        candidate.prune()
        return [], False  # too few digits for any card
    row, cards = candidate.find()
    if not cards and run.last_oh >= 0 and candidate.groups and candidate.groups[-1] is run.groups[-1]:
        row, cards = candidate.find(without_last=True)  # "oh thanks"
        if cards or token is not None:
            candidate.groups.pop()
            run.drop_oh()
    if not cards and (first := card_before_data(run)) is not None:
        row, cards = run.groups, [first]
    if not cards and run.context.cue != ANOTHER:
        row, cards = run.groups, five_by_four(run.groups)
    if cards:
        return _hide_cards(state, row, cards, run, ctx)
    candidate.prune()
    return [], False


def _hide_cards(
    state: CardState, row: list[Group], cards: list[Window], run: DigitRun, ctx: Context
) -> tuple[list[Span], bool]:
    """Hide every window; tell whether something follows the last one in its run: the card's expiry and code perhaps."""
    out: list[Span] = []
    entity, edge = 0, -1
    chance = _may_be_chance(state, row, cards, run)
    for card in sorted(cards):
        if card.start >= edge:  # a card of its own, not another cut of the same digits
            entity = ctx.new_entity()
        edge = max(edge, card.end)
        score = CHANCE_SCORE if chance else card.score
        ranges = stretches(row[card.start : card.end])
        out += [Span(start, end, CARD_LABEL, score, entity, card.reason) for start, end in ranges]
        if not chance:
            complete(state, entity, card.digits, run.turn, row[card.end - 1].last)
    score = CHANCE_SCORE if chance else CUED_SCORE
    repeats = state.candidate.repeats
    out += [Span(start, end, CARD_LABEL, score, entity, Reason.SAID_AGAIN) for start, end in repeats]
    state.candidate.clear()
    if chance:
        return out, False
    last = row[edge - 1]
    if run.drop_until(last.last) and last.run_id == run.groups[0].run_id:
        state.seen.extend_to(run.turn, last.last)
        return out, True
    return out, False


def _may_be_chance(state: CardState, row: list[Group], cards: list[Window], run: DigitRun) -> bool:
    """Return whether another number was asked for, and this is no card of the usual length as it was said."""
    if not state.candidate.other_prompted or state.dialogue.subject.is_about_cards(run.last):
        return False
    return not any(is_usual_card(row[card.start : card.end]) for card in cards)


def hide_announced(state: CardState, ctx: Context) -> list[Span]:
    """Hide a candidate that is announced behind it: "4123 ... is my card number"."""
    candidate = state.candidate
    item = state.dialogue.answers.of_card(CARD)
    if item is None:
        entity = ctx.new_entity()
    else:
        if not item.entity:
            item.entity, item.entity_start = ctx.new_entity(), candidate.start[:2]
        entity = item.entity
        item.groups = (*item.groups, *candidate.groups)[-KEPT_GROUPS:]
        item.given += count_digits(candidate.groups)
    spans = candidate.spans(CARD_LABEL, CUED_SCORE, entity, Reason.CUED)
    candidate.clear()
    return spans


def _hide_begun(state: CardState, run: DigitRun, ctx: Context) -> list[Span]:
    """Hide a candidate of which "my card is" announces the first digits: what comes is more of the card."""
    state.dialogue.answers.expect_of_card(CARD, run.last, run.turn, run.time)
    name_run(state, run, CARD, run.last, run.time, ctx)
    state.candidate.groups = state.candidate.announced()
    spans = hide_announced(state, ctx)
    item = state.dialogue.answers.of_card(CARD)
    if item is not None:
        count_card(state, item, run)
    return spans


def hide_before(state: CardState, run: DigitRun) -> list[Span]:
    """Hide the first digits that "my card is" announces where a run that goes on with them is known as a card."""
    candidate = state.candidate
    if run.label != CARD_LABEL or not candidate.goes_on_with(run.groups):
        return []
    item = state.dialogue.answers.of_card(CARD)
    candidate.groups = candidate.announced()
    if item is not None and item.entity == run.entity:
        item.groups = (*candidate.groups, *item.groups)[-KEPT_GROUPS:]
        item.given += count_digits(candidate.groups)
    spans = candidate.spans(CARD_LABEL, CUED_SCORE, run.entity, Reason.CUED)
    candidate.clear()
    return spans


def give_up(state: CardState, ctx: Context) -> list[Span]:
    """Hide a candidate that has met the policy's bound, or that the call broke off in."""
    spans = state.candidate.spans(NUMBER, BOUND_SCORE, ctx.new_entity(), Reason.HELD_BOUND)
    state.candidate.clear()
    return spans
