"""The parts of the body behind what the tagger has found: they belong to it, "pain | in my knee and my left foot"."""

from __future__ import annotations

from typing import Final

from ccredact.detectors.disclosures.families import health
from ccredact.detectors.disclosures.grammar import BEFORE, LINK, SITE, WITHIN
from ccredact.lang.en.disclosures import CONJUNCTIONS, DETERMINERS
from ccredact.transcript import Span

_OF_BODIES: Final = frozenset({"MEDICAL_CONDITION", "MEDICAL_PROCEDURE"})
_LONGEST_SITE: Final = 4
"""Words of a part of the body, or of what leads to one."""


def with_sites(spans: list[Span], keys: list[str], forms: list[str], first: int) -> list[Span]:
    """Return spans with the parts of the body that stand behind them: "pain | in my knee and my left foot".

    `keys` and `forms` are the words of a final, the first of which has the position `first` in the call.
    """
    out: list[Span] = []
    for at, span in enumerate(spans):
        end = span.end - first
        if may_have_sites(span, keys, first):
            most = spans[at + 1].start - first if at + 1 < len(spans) else len(keys)
            end, _ = end_of_sites(keys, forms, end, most)
        if end == span.end - first:
            out.append(span)
        else:
            out.append(Span(span.start, first + end, span.label, span.score, span.entity, span.reason))
    return out


def may_have_sites(span: Span, keys: list[str], first: int) -> bool:
    """Return whether parts of the body behind a span belong to it: not where it is nothing but such a part."""
    words = " ".join(keys[span.start - first : span.end - first])
    return span.label in _OF_BODIES and health().terms.role_of(words) != SITE


def end_of_sites(keys: list[str], forms: list[str], end: int, most: int) -> tuple[int, int]:
    """Return where parts of the body behind a word end, `end` where there are none, and where none can begin any more.

    Both are at `most` or before.
    """
    terms = health().terms
    at = end
    while at < most and not _is_marked(forms[at - 1]):
        key = keys[at]
        if key in DETERMINERS or key in CONJUNCTIONS:
            at += 1
            continue
        size, role, may_grow = terms.longest(keys[at : min(most, at + _LONGEST_SITE)])
        if any(map(_is_marked, forms[at : at + size - 1])):
            break
        if role == SITE:
            end = at + size
        if may_grow and at + _LONGEST_SITE > most:
            return end, most  # more words may make another part of it
        if role not in {SITE, LINK, BEFORE, WITHIN}:
            break
        at += size
    return end, at


def _is_marked(form: str) -> bool:
    """Return whether a mark stands behind a word."""
    return not form[-1].isalnum()
