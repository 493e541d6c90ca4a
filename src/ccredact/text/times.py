"""Times as recognisers write them."""

from __future__ import annotations

from math import isfinite


def seconds(value: object) -> float | None:
    """Return a time as finite seconds, None for what is none.

    A time is a number or, as Amazon Transcribe writes it, a number as text.
    """
    if isinstance(value, float):
        return value if value - value == 0 else None  # an infinite one less itself is no number
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if isfinite(number) else None
