"""Numbers as people say and recognisers write them, and what of them is left to see after redaction.

A number is a list of pieces: a piece is one written or spoken word and the digits of the number that it stands for.
A digit is visible when the characters of its word (the character itself where it is written as a figure) are not
inside an entity of the utterance's segment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ccredact import Redactor, Utterance

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Sequence

    from ccredact import Segment

UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
FILLERS = ("uh", "um", "then", "and then", "uh then", "er", "hmm")


class Piece(NamedTuple):
    """A word of a transcript and which digits of the number it stands for; none for what only stands between."""

    text: str
    at: tuple[int, ...] = ()


Pieces = list[Piece]


def plain(text: str) -> Pieces:
    """Give words that stand for no digit."""
    return [Piece(word) for word in text.split()]


# -- forms -----------------------------------------------------------------------------------------------------


def _groups(count: int, start: int = 0) -> list[tuple[int, ...]]:
    """The digit places in the groups that are printed on a card of this length."""
    sizes = {15: (4, 6, 5), 14: (4, 6, 4)}.get(count, (4,) * (count // 4) + ((count % 4,) if count % 4 else ()))
    out = []
    for size in sizes:
        out.append(tuple(range(start, start + size)))
        start += size
    return out


def solid(digits: str, _: random.Random) -> Pieces:
    return [Piece(digits, tuple(range(len(digits))))]


def spaced(digits: str, _: random.Random) -> Pieces:
    return [Piece("".join(digits[at] for at in group), group) for group in _groups(len(digits))]


def dashed(digits: str, _: random.Random) -> Pieces:
    groups = ["".join(digits[at] for at in group) for group in _groups(len(digits))]
    return [Piece("-".join(groups), tuple(range(len(digits))))]


def singles(digits: str, _: random.Random) -> Pieces:
    return [Piece(digit, (at,)) for at, digit in enumerate(digits)]


def unit(digit: str, rng: random.Random) -> str:
    return "oh" if digit == "0" and rng.random() < 0.5 else UNITS[int(digit)]


def words(digits: str, rng: random.Random) -> Pieces:
    return [Piece(unit(digit, rng), (at,)) for at, digit in enumerate(digits)]


def doubled(digits: str, rng: random.Random) -> Pieces:
    out: Pieces = []
    at = 0
    while at < len(digits):
        same = len(digits[at:]) - len(digits[at:].lstrip(digits[at]))
        times = min(same, 3)
        if times > 1:
            out.append(Piece("double" if times == 2 else rng.choice(("triple", "treble"))))
        out.append(Piece(unit(digits[at], rng), tuple(range(at, at + times))))
        at += times
    return out


def pairs(digits: str, rng: random.Random) -> Pieces:
    """Say tens and teens two digits at a time; an odd digit comes first, as in "three seventy-eight"."""
    out = words(digits[:1], rng) if len(digits) % 2 else []
    for at in range(len(digits) % 2, len(digits), 2):
        tens, ones = digits[at], digits[at + 1]
        if tens == "0":
            out += [Piece(unit("0", rng), (at,)), Piece(unit(ones, rng), (at + 1,))]
        elif tens == "1":
            out.append(Piece(TEENS[int(ones)], (at, at + 1)))
        elif ones == "0":
            out.append(Piece(TENS[int(tens)], (at, at + 1)))
        else:
            out += [Piece(TENS[int(tens)], (at,)), Piece(UNITS[int(ones)], (at + 1,))]
    return out


def hesitant(digits: str, rng: random.Random) -> Pieces:
    out: Pieces = []
    for group in _groups(len(digits)):
        if out:
            out += plain(rng.choice(FILLERS))
        for at in group:
            if rng.random() < 0.06 and at != group[0]:
                out += plain(rng.choice(("uh", "um")))
            out.append(Piece(unit(digits[at], rng), (at,)))
    return out


FORMS: dict[str, Callable[[str, random.Random], Pieces]] = {
    "solid": solid,
    "spaced": spaced,
    "dashed": dashed,
    "singles": singles,
    "words": words,
    "doubled": doubled,
    "pairs": pairs,
    "hesitant": hesitant,
}


# -- damage ----------------------------------------------------------------------------------------------------


def substituted(digits: str, rng: random.Random) -> str:
    at = rng.randrange(len(digits))
    return digits[:at] + rng.choice("0123456789".replace(digits[at], "")) + digits[at + 1 :]


def dropped(digits: str, rng: random.Random) -> str:
    at = rng.randrange(len(digits))
    return digits[:at] + digits[at + 1 :]


def repeated(digits: str, rng: random.Random) -> str:
    at = rng.randrange(len(digits))
    return digits[:at] + digits[at] + digits[at:]


# -- calls and what is visible ---------------------------------------------------------------------------------


class Turn(NamedTuple):
    """What one speaker says in one go."""

    speaker: str
    pieces: Pieces

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)


def utterances(turns: Iterable[Turn]) -> list[Utterance]:
    return [Utterance(turn.text, speaker=turn.speaker) for turn in turns]


def covered(segment: Segment, text: str) -> list[bool]:
    """For every character of an utterance's text: whether it is inside an entity."""
    inside = [False] * len(text)
    for entity in segment.entities:
        inside[entity.start : entity.end] = [True] * (entity.end - entity.start)
    return inside


def piece_visible(turn: Turn, segment: Segment) -> list[list[bool]]:
    """For every piece of a turn, for every digit it stands for, whether the digit is visible."""
    inside = covered(segment, turn.text)
    out = []
    start = 0
    for piece in turn.pieces:
        end = start + len(piece.text)
        figures = [at for at in range(start, end) if turn.text[at].isdecimal()]
        if figures and piece.at:
            out.append([not inside[at] for at in figures])
            assert len(figures) == len(piece.at)
        else:
            out.append([not all(inside[start:end])] * len(piece.at))
        start = end + 1
    return out


def visible(turns: Sequence[Turn], segments: Sequence[Segment]) -> set[int]:
    """The places of the number's digits that can be seen in any of the turns."""
    return {
        at
        for turn, segment in zip(turns, segments, strict=True)
        for piece, shown in zip(turn.pieces, piece_visible(turn, segment), strict=True)
        for at, is_shown in zip(piece.at, shown, strict=True)
        if is_shown
    }


def longest_run(places: set[int]) -> int:
    """The most consecutive places."""
    best = 0
    for at in places:
        if at - 1 not in places:
            end = at
            while end in places:
                end += 1
            best = max(best, end - at)
    return best


def shown_of(redactor: Redactor, turns: Sequence[Turn]) -> set[int]:
    """Redact a call and give the places of the number's digits that can be seen."""
    return visible(turns, redactor.redact_call(utterances(turns)))
