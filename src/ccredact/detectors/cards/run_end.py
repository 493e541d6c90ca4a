"""The end of a run without a label: an answer, the data beside a card, more of the candidate, or nothing."""

from __future__ import annotations

from typing import Final

from ccredact.detectors.base import Context
from ccredact.detectors.cards.answers import CARD_LABEL, LABELS, add_detail, classify, count_answer, name_run
from ccredact.detectors.cards.candidate import LEAST
from ccredact.detectors.cards.classify import waiting_for
from ccredact.detectors.cards.digit_run import DigitRun
from ccredact.detectors.cards.expiry_cvv import is_likely_expiry, is_measured, may_be_year, parts_beside_card
from ccredact.detectors.cards.short_answers import (
    begins_announced,
    is_card_like_date,
    is_followed_by_sentence,
    is_part_of_date,
    is_told,
    is_whole,
)
from ccredact.detectors.cards.state import CardState
from ccredact.detectors.cards.unannounced import hide_before, search
from ccredact.detectors.cards.windows import LONG, count_digits, digits_of
from ccredact.detectors.scores import CUED_SCORE
from ccredact.dialogue.kinds import ANOTHER, CARD, CARD_DATA, CVV, EXPIRY, LAST4
from ccredact.dialogue.lifetimes import ENOUGH
from ccredact.dialogue.placement import key_behind, may_be_formatted
from ccredact.lang.en.identifiers import BEHIND_ZERO, OF_READINGS
from ccredact.reasons import Reason
from ccredact.text.token import Token
from ccredact.text.words import PLAIN, SLASH
from ccredact.transcript import Span

_LEAST_FORMATTED: Final = 3
"""Digits written as money that are a code, a date or the last of a card, where one was asked for."""


def end_unnamed(state: CardState, run: DigitRun, ctx: Context, token: Token | None) -> list[Span]:
    """Return what is hidden of a run that nothing has named; `token` is the word of its turn that ends it, or None."""
    if run.only_oh:
        return _end_oh(state, run, ctx, token) if run.groups else []
    if not (run.groups or run.has_month) or _is_no_number(state, run, token):
        return []
    found = _end_pending(state, run, ctx, token) if run.pending else []
    return found or _end_short(state, run, ctx, token) or _end_uncued(state, run, ctx, token)


def _end_oh(state: CardState, run: DigitRun, ctx: Context, token: Token | None) -> list[Span]:
    """End a run that is nothing but "oh".

    It is a zero when it stands alone where a number is being read out, or right behind it.
    """
    if run.pending and run.entity and not run.corrects:
        return [Span(run.start, run.last + 1, CARD_LABEL, CUED_SCORE, ctx.new_entity(), Reason.FORM)]
    kind = classify(state, run, run.last, run.time)
    item = state.dialogue.answers.of_card(kind) if kind is not None else None
    if kind is None or item is None or not item.given:
        return []
    behind = key_behind(token, run.filler_behind)
    over = not behind or behind in BEHIND_ZERO or run.speaker is None
    over = (over and run.stands_alone(token)) or (run.context.before_oh and run.speaker == item.reader)
    return hide_answer(state, run, kind, ctx) if run.context.led and over else []


def _end_pending(state: CardState, run: DigitRun, ctx: Context, token: Token | None) -> list[Span]:
    """Hide digits right after a card, or when expiry and code were asked for at once."""
    context, groups = run.context, run.groups
    continued = run.entity != 0
    wants = frozenset(item.kind for item in waiting_for(run, state.dialogue, run.last, run.time)) & {EXPIRY, CVV}
    if run.has_month and context.led and state.seen.gives_expiry(run.turn):
        wants |= {EXPIRY}  # it takes the place of the date before
    known = wants or continued or context.beside_card or (context.led_by_expiry and may_be_year(groups))
    if run.has_month and not known:
        return []  # "my passport expires in june"
    if is_measured(run, token) and not (continued and groups and groups[0].gap == PLAIN):
        return []
    alone = run.stands_alone(token)
    if context.beside_card and not wants and not (run.has_month or any(g.gap == SLASH for g in groups)):
        if not alone:
            return []
        if not state.seen.has_long_code and count_digits(groups) == 4 and not is_likely_expiry(groups):
            return _hide_more(state, run, ctx) if context.led and state.seen.is_just_before(run.turn) else []
    continued = continued or (context.beside_card and context.led and alone)
    out: list[Span] = []
    parts = parts_beside_card(run, wants=wants, continued=continued)
    if len(parts) == 1 and parts[0][0] in wants and is_part_of_date(run):
        return hide_answer(state, run, parts[0][0], ctx)  # "december", "yes", "twenty thirty"
    for kind, start, end in parts:
        reason = Reason.CUED if kind in wants else Reason.FORM
        out.append(Span(start, end, LABELS[kind], CUED_SCORE, ctx.new_entity(), reason))
        state.seen.extend_to(run.turn, run.last)
        add_detail(state, kind, digits_of([g for g in groups if start <= g.first < end]), run)
        if kind != CARD:
            state.dialogue.answers.fulfil(kind)
    return out


def _hide_more(state: CardState, run: DigitRun, ctx: Context) -> list[Span]:
    """Hide four digits that are no code of the card just given: more of it, or the beginning of another."""
    item = state.dialogue.answers.expect_of_card(CARD, run.last, run.turn, run.time)
    item.given, run.reason = ENOUGH, Reason.PIECE
    return hide_answer(state, run, CARD, ctx)


def _end_short(state: CardState, run: DigitRun, ctx: Context, token: Token | None) -> list[Span]:
    """Hide a short number where one is expected, if it stands alone."""
    kind = classify(state, run, run.last, run.time)
    if kind is None or run.number_count < 1 or run.may_be_words or is_measured(run, token):
        return []
    item = state.dialogue.answers.of_card(kind)
    begun = item is not None and item.has_reader
    alone = run.stands_alone(token, begun=begun)
    led = run.context.led or run.context.cue in CARD_DATA
    over = alone or is_followed_by_sentence(run, item, token)
    whole = over and (led or is_whole(run, token, begun=begun))
    whole = whole or (item is not None and is_told(run, item, token))
    enough = count_digits(run.groups) > 1 and not run.by_other and (alone or led)
    if not (whole or enough):
        return []
    return hide_answer(state, run, kind, ctx, counts=not is_of_reading(token))


def _end_uncued(state: CardState, run: DigitRun, ctx: Context, token: Token | None) -> list[Span]:
    """End a run that nothing names: it is said again, or may be part of the candidate."""
    groups, candidate = run.groups, state.candidate
    out: list[Span] = []
    if is_card_like_date(run) and state.dialogue.subject.may_expire(run.turn, run.start):
        state.dialogue.subject.note_card(run.last)
        return [Span(run.start, run.last + 1, LABELS[EXPIRY], CUED_SCORE, ctx.new_entity(), Reason.FORM)]
    count = count_digits(groups)
    if candidate.begun < 0 and count < LEAST and begins_announced(run, token):
        candidate.begin(run)
        return []
    if not groups or (not candidate.groups and count < LEAST):
        return []  # too little to wait for
    if count < LONG and (is_measured(run, token) or (not run.context.led and not candidate.groups)):
        return []  # an amount, a time, a number inside a sentence
    repeated = state.seen.entity_with(groups) if count >= LEAST else None
    if repeated is not None:
        last4 = state.seen.ends_with(groups)
        label, entity = (LABELS[LAST4], ctx.new_entity()) if last4 else (CARD_LABEL, repeated)
        out.append(Span(run.start, run.last + 1, label, CUED_SCORE, entity, Reason.SAID_AGAIN))
        if not state.seen.begins_with(groups):
            return out  # else it may begin another card of the same issuer
    few = candidate.begun >= 0 and run.stands_alone(token)
    if (count >= 3 or few) and candidate.is_repeated_by(run):
        candidate.repeats.append((run.start, run.last + 1))
        return []
    if run.context.cue == ANOTHER and candidate.groups and candidate.groups[-1].speaker != run.speaker:
        return out  # "your balance is nine four eight one" is no more of what the caller has read out
    cards, goes_on = search(state, run, ctx, token)
    out += cards
    return out + _end_pending(state, run, ctx, None) if goes_on else out


def hide_answer(state: CardState, run: DigitRun, kind: str, ctx: Context, *, counts: bool = True) -> list[Span]:
    """Hide all of a run that has ended, as an answer of this kind; unless it `counts`, that is still waited for."""
    name_run(state, run, kind, run.last, run.time, ctx)
    before = hide_before(state, run)
    if counts:
        count_answer(state, run)
    return [*before, Span(run.start, run.last + 1, run.label, run.score, run.entity, run.reason)]


def _is_no_number(state: CardState, run: DigitRun, token: Token | None) -> bool:
    """Return whether a run is money, or says that something is open all day."""
    return run.is_always or (run.may_be_amount and not _is_formatted(state, run, token))


def _is_formatted(state: CardState, run: DigitRun, token: Token | None) -> bool:
    """Return whether a run is data of a card that a recogniser wrote as money: "it's $4.17"."""
    waiting = waiting_for(run, state.dialogue, run.last, run.time) if run.expected else []
    if not may_be_formatted(token, run.filler_behind):
        return False
    if not waiting:
        led = run.context.led or run.context.early
        return run.expected and state.seen.repeated_kind(run.groups, run.turn, led=led) is not None
    return waiting[0].given > 0 or run.digit_count >= _LEAST_FORMATTED


def is_of_reading(token: Token | None) -> bool:
    """Return whether the word behind a number makes it a part of a reading: what was asked for may still come."""
    return token is not None and token.key in OF_READINGS
