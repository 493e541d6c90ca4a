"""Which of several overlapping spans names a word: one total order, declared here.

Every word is decided alone, by the best-ranked span that covers it, so the answer for a word never depends on how
far the rest has been decided, and one more entity in a policy can rename a word but never show it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial
from itertools import takewhile
from typing import Final

from ccredact.detectors.scores import CHANCE_SCORE, CHECKED_SCORE
from ccredact.entities import ENTITY_TYPES, GROUP_LABELS, MARKS, NUMBER, REDACTED, UNTOLD
from ccredact.reasons import Reason
from ccredact.transcript import Span, make_span

_FIRST: Final = (REDACTED, "CREDIT_CARD_CVV", "PIN")
"""An error masks everything; then what no operator may show: sensitive authentication data."""
_SURE: Final = tuple(takewhile(lambda name: name not in GROUP_LABELS, ENTITY_TYPES))
"""What a value or a name is, before what talk discloses."""
ORDER: Final[dict[str, int]] = {
    label: rank for rank, label in enumerate((*_FIRST, *(name for name in _SURE if name not in _FIRST)))
}
_POLICY: Final = Reason.DENIED
_DENIED: Final = ORDER["PASSWORD"]
"""Terms that the policy denies: behind card data and PINs, before what else is found."""
_OWN: Final = len(ORDER)
"""Labels of a user's own detectors: they say more than what is disclosed, and than that a number is one."""
_REST: Final = [name for name in ENTITY_TYPES if name not in ORDER]
ORDER.update((label, rank) for rank, label in enumerate(_REST, _OWN + 1))
_CHANCE: Final = len(ORDER) + 1
ORDER[NUMBER] = _CHANCE + 1
_KEPT: Final = _CHANCE + 2
"""From here on labels whose words stay: `keep` shows what `off` shows, and reports what is then still nobody's."""


def rank(span: Span, kept: Collection[str] = ()) -> tuple[int, float, int, int, int, str, str]:
    """Return what spans are sorted by, the smaller the better.

    First come labels that are hidden, in their declared order, what the policy denies among them, then those of `kept`;
    then the higher score, the earlier start, the longer span, the older entity. The names of label and reason leave no
    two equal.
    """
    order = ORDER.get(span.label, _OWN)
    if span.label == "CREDIT_CARD" and span.score <= CHANCE_SCORE:
        order = _CHANCE
    elif span.label == "IBAN_CODE" and span.score >= CHECKED_SCORE:
        order = ORDER["CREDIT_CARD"]  # then the score decides: its check digits are of all of it
    if span.reason is _POLICY:
        order = min(order, _DENIED)
    if span.label in kept:
        order += _KEPT
    return (order, -span.score, span.start, -span.end, span.entity, span.label, span.reason)


def resolve(spans: Iterable[Span], start: int, end: int, kept: Collection[str] = ()) -> list[Span]:
    """Return disjoint pieces of `[start, end)`, in order; neighbours of one entity and label are one piece.

    So that a word has its reason whatever is decided with it, only parts of a name or a place may have several: the
    piece has the reason and the score of the surest of them. `kept` are the labels whose words stay. What the tagger
    takes for a disclosure is none at a word of which the lists know better (`UNTOLD`).
    """
    spans = list(spans)
    untold = {(word, span.label) for span in spans if span.label in MARKS for word in range(span.start, span.end)}
    if untold:
        spans = [span for span in spans if span.label not in MARKS]
    elif len(spans) == 1:
        only = spans[0]
        low, high = max(start, only.start), min(end, only.end)
        return [_part(only, low, high)] if low < high else []
    winner = _winners(spans, start, end, kept, untold)
    pieces: list[Span] = []
    low = high = start  # the piece that is being joined: it is made when its last word is known
    surest: Span | None = None  # of its spans
    for word in sorted(winner):
        span = winner[word]
        if surest is not None and word == high and _is_joined(span, surest):
            high += 1
            if span.score > surest.score:
                surest = span
            continue
        if surest is not None:
            pieces.append(_part(surest, low, high))
        surest, low, high = span, word, word + 1
    if surest is not None:
        pieces.append(_part(surest, low, high))
    return pieces


def _part(span: Span, start: int, end: int) -> Span:
    """Return a span over other words: itself, where they are its own."""
    if span.start == start and span.end == end:
        return span
    return make_span(start, end, span.label, span.score, span.entity, span.reason)


def _winners(
    spans: Iterable[Span], start: int, end: int, kept: Collection[str], untold: Collection[tuple[int, str]]
) -> dict[int, Span]:
    """Return the best-ranked span of each word in `[start, end)` that some span covers."""
    winner: dict[int, Span] = {}
    for span in sorted(spans, key=partial(rank, kept=kept), reverse=True):  # the best is written last
        mark = UNTOLD.get(span.label, "") if untold and span.reason is Reason.TAGGER else ""
        for word in range(max(start, span.start), min(end, span.end)):
            if not mark or (word, mark) not in untold:
                winner[word] = span
    return winner


def _is_joined(span: Span, surest: Span) -> bool:
    """Return whether a span goes on with the piece before it, of which this is the surest one."""
    if span.entity != surest.entity or span.label != surest.label:
        return False
    return span.reason is surest.reason or Reason.TAGGER in (span.reason, surest.reason)
