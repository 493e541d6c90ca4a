"""Issuer identification numbers, lengths and the check digit: which digit strings may be a payment card.

One row a range. Sources: gLuhn 1.0 (2026), braintree/credit-card-type (2026-06), apache/commons-validator,
d-edge/Cardizer (2023, from Wikipedia), zendesk/credit_card_sanitizer (2026-01). None is a scheme's own publication,
so the ranges are wide on purpose: they decide only whether a number that *nobody announced* may be a card. Under a
cue nothing here is asked. ISO/IEC 7812-1: at most 19 digits; the last one is the Luhn check digit of the others.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

SHORTEST: Final = 12
LONGEST: Final = 19
"""Digits of a card."""


class Issuer(NamedTuple):
    """A row: ranges "low-high" or single prefixes, lengths, and whether it may match without a cue."""

    brand: str
    prefixes: str
    lengths: tuple[int, ...]
    uncued: bool = True


_16_19: Final = (16, 17, 18, 19)

ISSUERS: Final[tuple[Issuer, ...]] = (
    Issuer("Visa", "4", (13, 16, 18, 19)),
    Issuer("Mastercard", "51-55 2221-2720", (16,)),
    Issuer("American Express", "34 37", (15,)),
    Issuer("Discover", "6011 644-649 65", _16_19),
    Issuer("Discover/UnionPay", "622126-622925", _16_19),
    Issuer("JCB", "3528-3589", _16_19),
    Issuer("JCB (before 1990)", "1800 2131", (15,)),
    Issuer("Diners Club", "36", (14, 15, 16, 17, 18, 19)),
    Issuer("Diners Club", "300-305 3095 38-39", (14, 16, 17, 18, 19)),
    Issuer("UnionPay", "62 81", (14, 15, 16, 17, 18, 19)),  # older ones have no check digit: those need a cue
    Issuer("China T-Union", "31", (19,)),
    Issuer("Maestro", "5018 5020 5038 5893 6304 6759 6761-6763", tuple(range(12, 20))),
    Issuer("Maestro UK", "676770 676774", tuple(range(12, 20))),
    Issuer("RuPay", "60 6521-6522 81 82 508 353 356", (16,)),
    Issuer("Mir", "2200-2204", _16_19),
    Issuer(
        "Elo",
        "401178-401179 431274 438935 451416 457393 457631-457632 504175 506699-506778 509000-509999 627780 636297 "
        "636368 650031-650033 650035-650051 650405-650439 650485-650538 650541-650598 650700-650718 650720-650727 "
        "650901-650978 651652-651704 655000-655019 655021-655058",
        (16,),
    ),
    Issuer("Hipercard", "606282", (13, 16, 19)),
    Issuer("Hiper", "637095 637568 637599 637609 637612 63737423 63743358", (16,)),
    Issuer("Verve", "506099-506198 507865-507964 650002-650027", (16, 18, 19)),
    Issuer("Troy", "9792", (16,)),
    Issuer("Dankort", "5019 4571", (16,)),
    Issuer("BORICA", "2205", (16,)),
    Issuer("UzCard", "8600 5614", (16,)),
    Issuer("Humo", "9860", (16,)),
    Issuer("Napas", "9704", (16, 19)),
    Issuer("LankaPay", "357111", (16,)),
    Issuer("UkrCard", "60400100-60420099", _16_19),
    Issuer("InterPayment", "636", _16_19),
    Issuer("InstaPayment", "637-639", (16,)),
    Issuer("Naranja", "402918 527572 589562", (16,)),
    Issuer("Forbrugsforeningen", "600722", (16,)),
    Issuer("BC Global", "6541 6556", (16,)),
    Issuer("Maestro (catch-all)", "50 56-69", tuple(range(12, 20)), uncued=False),
    Issuer("UATP", "1", (15,), uncued=False),
    Issuer("GPN", "1946 50 56 58 60-63", (16, 18, 19), uncued=False),
    Issuer("Korean local", "9", (16,), uncued=False),
    Issuer("Laser", "6304 6706 6709 6771", _16_19, uncued=False),
    Issuer("Solo", "6334 6767", (16, 18, 19), uncued=False),
    Issuer("Switch", "4903 4905 4911 4936 564182 633110 6333", (16, 18, 19), uncued=False),
    Issuer("Bankcard", "5610 560221-560225", (16,), uncued=False),
    Issuer("enRoute", "2014 2149", (15,), uncued=False),
)


def ranges_of(issuer: Issuer) -> list[tuple[str, str]]:
    """Return the (low, high) prefixes of a row, both ends included and of one length."""
    pairs = (item.split("-") for item in issuer.prefixes.split())
    return [(pair[0], pair[-1]) for pair in pairs]


def _uncued_intervals() -> list[tuple[int, int, frozenset[int]]]:
    """Return disjoint intervals of 8-digit prefixes with every length some row allows there, in order."""
    rows = [
        (int(low.ljust(8, "0")), int(high.ljust(8, "9")), issuer.lengths)
        for issuer in ISSUERS if issuer.uncued for low, high in ranges_of(issuer)
    ]  # fmt: skip
    edges = sorted({edge for low, high, _ in rows for edge in (low, high + 1)})
    out = []
    for low, after in pairwise(edges):
        lengths = frozenset(n for a, b, row in rows if a <= low and after - 1 <= b for n in row)
        if lengths:
            out.append((low, after - 1, lengths))
    return out


_INTERVALS: Final = _uncued_intervals()
_LOWS: Final = [low for low, _, _ in _INTERVALS]
_HIGHS: Final = [high for _, high, _ in _INTERVALS]
_MOST: Final = [max(lengths) for _, _, lengths in _INTERVALS]
"""The longest card of each interval."""


def longest_from(prefix: str) -> int:
    """Return the most digits that a card with these first (at most 8) digits may have without a cue; 0 for none."""
    most = _longest_from(prefix[:4])
    return _longest(prefix) if most and len(prefix) > 4 else most  # most figures are ruled out by their first four


def _longest(prefix: str) -> int:
    """Return the same, looked up among the intervals."""
    if not prefix:
        return LONGEST
    low, high = int(prefix.ljust(8, "0")), int(prefix.ljust(8, "9"))
    at = max(0, bisect_right(_LOWS, low) - 1)
    longest = 0
    while at < len(_LOWS) and _LOWS[at] <= high:
        if _HIGHS[at] >= low:
            longest = max(longest, _MOST[at])
        at += 1
    return longest


_longest_from: Final = lru_cache(maxsize=16384)(_longest)
"""The same, remembered for beginnings of at most four digits: nothing longer of what was said stays in memory."""


def _fits(prefix8: str, length: int) -> bool:
    """Return whether a card of this length may have these first eight digits, without a cue."""
    value = int(prefix8)
    at = bisect_right(_LOWS, value) - 1
    return at >= 0 and value <= _HIGHS[at] and length in _INTERVALS[at][2]


_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def luhn(digits: str) -> bool:
    """Return whether the last digit is the Luhn check digit of the others (ISO/IEC 7812-1, annex B)."""
    total = sum(int(d) for d in digits[-1::-2]) + sum(_DOUBLED[int(d)] for d in digits[-2::-2])
    return total % 10 == 0


def card_like(digits: str) -> bool:
    """Return whether `digits` is a card that needs no cue: issuer range, length and check digit."""
    return SHORTEST <= len(digits) <= LONGEST and _fits(digits[:8], len(digits)) and luhn(digits)


def _sums(reading: str) -> tuple[int, int]:
    """Return the digit sums of a reading, every second digit doubled: from its first on, from its second on."""
    return _short_sums(reading) if len(reading) <= 4 else _digit_sums(reading)


def _digit_sums(reading: str) -> tuple[int, int]:
    """Return the same, added up."""
    digits = [int(char) for char in reading]
    first = sum(_DOUBLED[d] for d in digits[::2]) + sum(digits[1::2])
    second = sum(digits[::2]) + sum(_DOUBLED[d] for d in digits[1::2])
    return first % 10, second % 10


_short_sums: Final = lru_cache(maxsize=16384)(_digit_sums)
"""The same, remembered for short readings alone."""


MOST_STATES: Final = 128
"""Readings that are followed at once."""


class Readings:
    """All digit strings that a run of groups may stand for and that may be a card that needs no cue.

    They are folded to what decides: length, prefix, check sums. The check sum is kept for both parities, since it is
    counted from the end. Growing by one group costs a few steps a state; there are at most `MOST_STATES`, whatever was
    said.
    """

    __slots__ = ("_states",)

    def __init__(self) -> None:
        self._states: dict[tuple[int, int, int, str], str | None] = {(0, 0, 0, ""): ""}

    def grow(self, readings: Sequence[str]) -> None:
        """Append one group."""
        grown: dict[tuple[int, int, int, str], str | None] = {}
        for (count, even, odd, prefix), digits in self._states.items():
            for reading in readings:
                length = count + len(reading)
                if length > LONGEST:
                    continue
                first, second = _sums(reading)
                if count % 2:
                    first, second = second, first
                begins = (prefix + reading)[:8]
                if longest_from(begins) < length:
                    continue
                state = (length, (even + first) % 10, (odd + second) % 10, begins)
                whole = None if digits is None else digits + reading
                grown[state] = whole if grown.get(state, whole) == whole else None
            if len(grown) >= MOST_STATES:
                break
        self._states = grown

    @property
    def alive(self) -> bool:
        """Return whether any reading could still grow into a card that needs no cue, or is one."""
        return bool(self._states)

    def cards(self) -> list[tuple[int, str | None]]:
        """Return (length, digits) of the readings that are cards without a cue; digits None where several fit."""
        return [
            (count, digits) for (count, even, odd, prefix), digits in self._states.items()
            if count >= SHORTEST and (even if count % 2 == 0 else odd) == 0 and _fits(prefix, count)
        ]  # fmt: skip
