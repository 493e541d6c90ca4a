"""The card brands of the reliability notes, section (b), transcribed by hand: one row a brand and set of lengths.

A second transcription, made without the one in `ccredact.detectors.cards.issuers`, so that a slip in either shows.
Prefixes are "low-high" or single. `uncued` is False where a number of the row is hidden only when it is announced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import random


class Row(NamedTuple):
    """A brand: prefix ranges, lengths, whether it may match without a cue, whether its numbers have a check digit."""

    brand: str
    prefixes: str
    lengths: tuple[int, ...]
    uncued: bool = True
    luhn: bool = True


TWELVE_UP = (12, 13, 14, 15, 16, 17, 18, 19)
FOURTEEN_UP = (14, 15, 16, 17, 18, 19)
SIXTEEN_UP = (16, 17, 18, 19)
ELO = (
    "401178-401179 431274 438935 451416 457393 457631-457632 504175 506699-506778 509000-509999 627780 636297 636368 "
    "650031-650033 650035-650051 650405-650439 650485-650538 650541-650598 650700-650718 650720-650727 "
    "650901-650978 651652-651704 655000-655019 655021-655058"
)

ROWS = (
    Row("Visa", "4 4026 417500 4508 4844 4913 4917", (13, 16, 18, 19)),
    Row("Mastercard", "51-55 2221-2720", (16,)),
    Row("American Express", "34 37", (15,)),
    Row("Discover", "6011 644-649 65", SIXTEEN_UP),
    Row("Discover UnionPay", "622126-622925", SIXTEEN_UP),
    Row("JCB", "3528-3589", SIXTEEN_UP),
    Row("JCB legacy", "1800 2131", (15,)),
    Row("Diners 36", "36", FOURTEEN_UP),
    Row("Diners other", "300-305 3095 38-39", (14, 16, 17, 18, 19)),
    Row("UnionPay", "62 81", FOURTEEN_UP),
    Row("China T-Union", "31", (19,)),
    Row("Maestro", "5018 5020 5038 5893 6304 6759 6761-6763", TWELVE_UP),
    Row("Maestro UK", "6759 676770 676774", TWELVE_UP),
    Row("RuPay", "60 6521-6522 81 82 508 353 356", (16,)),
    Row("Mir", "2200-2204", SIXTEEN_UP),
    Row("Elo", ELO, (16,)),
    Row("Hipercard", "606282", (13, 16, 19)),
    Row("Hiper", "637095 637568 637599 637609 637612 63737423 63743358", (16,)),
    Row("Verve", "506099-506198 507865-507964 650002-650027", (16, 18, 19)),
    Row("Troy", "9792", (16,)),
    Row("Dankort", "5019 4571", (16,)),
    Row("BORICA", "2205", (16,)),
    Row("UzCard", "8600 5614", (16,)),
    Row("Humo", "9860", (16,)),
    Row("Napas", "9704", (16, 19)),
    Row("LankaPay", "357111", (16,)),
    Row("UkrCard", "60400100-60420099", SIXTEEN_UP),
    Row("InterPayment", "636", SIXTEEN_UP),
    Row("InstaPayment", "637-639", (16,)),
    Row("Naranja", "402918 527572 589562", (16,)),
    Row("BC Global", "6541 6556", (16,)),
    Row("Forbrugsforeningen", "600722", (16,)),
    Row("UnionPay without check digit", "62 81", SIXTEEN_UP, uncued=False, luhn=False),
    Row("Maestro catch-all", "50 56-69", TWELVE_UP, uncued=False),
    Row("UATP", "1", (15,), uncued=False),
    Row("GPN", "1946 50 56 58 60-63", (16, 18, 19), uncued=False),
    Row("Korean local", "9", (16,), uncued=False),
    Row("Laser", "6304 6706 6709 6771", SIXTEEN_UP, uncued=False),
    Row("Solo", "6334 6767", (16, 18, 19), uncued=False),
    Row("Switch", "4903 4905 4911 4936 564182 633110 6333", (16, 18, 19), uncued=False),
    Row("Bankcard", "5610 560221-560225", (16,), uncued=False),
    Row("enRoute", "2014 2149", (15,), uncued=False, luhn=False),
)
UNCUED = tuple(row for row in ROWS if row.uncued)


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        doubled = int(char) * (2 if place % 2 else 1)
        total += doubled // 10 + doubled % 10
    return total % 10 == 0


def number_of(row: Row, length: int, rng: random.Random, *, at: int | None = None) -> str:
    """Give a random number of the row; `at` picks the prefix range (any when None)."""
    ranges = row.prefixes.split()
    low, _, high = (rng.choice(ranges) if at is None else ranges[at % len(ranges)]).partition("-")
    head = str(rng.randint(int(low), int(high or low)))
    body = head + "".join(rng.choice("0123456789") for _ in range(length - len(head) - 1))
    if not row.luhn:
        return body + rng.choice("0123456789")
    return body + next(check for check in "0123456789" if luhn(body + check))
