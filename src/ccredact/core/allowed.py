"""What a policy allows: a hidden piece that lies within an allowed term is shown, whatever it was found to be.

Not so card data, PINs and what is masked after an error; nor a number that was undecided, which may be one of these.
"""

from __future__ import annotations

from collections.abc import Sequence

from ccredact.entities import ALLOWED, NEVER_ALLOWED, NUMBER
from ccredact.reasons import Reason
from ccredact.transcript import Span


def without_allowed(spans: Sequence[Span]) -> list[Span]:
    """Return the spans that hide something: without the marks of allowed terms, and without what lies within one."""
    allowed = [(span.start, span.end) for span in spans if span.label == ALLOWED]
    if not allowed:
        return list(spans)
    return [
        span
        for span in spans
        if span.label != ALLOWED
        and (
            span.label in NEVER_ALLOWED
            or (span.label == NUMBER and span.reason == Reason.HELD_BOUND)
            or not any(start <= span.start and span.end <= end for start, end in allowed)
        )
    ]
