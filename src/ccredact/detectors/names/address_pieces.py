"""Parts of an address that are told by themselves, where one was asked for: "monument avenue", "flat seven".

The tagger needs a number beside a street. Where an address is told, the words with which an utterance begins, behind
those that lead into them, are a street if they end with its suffix, a unit with its number, or the town that is told
last ("and the last bit's green bay"). A town that was asked for is a name in a slot (`slots`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ccredact.detectors.names.addresses import PLACES
from ccredact.detectors.scores import TAGGED_SCORE
from ccredact.lang.en.addresses import (
    DISTRICTS,
    NOT_STREET_NAMES,
    PIECE_SUFFIXES,
    PLACE_WORDS,
    SUFFIXES,
    TITLE_SUFFIXES,
    TOWN_LEADS,
    UNIT_PIECES,
)
from ccredact.lang.en.emails import NO_PIECES, PIECE_LEADS
from ccredact.lang.en.words import CLASSES, FUNCTION
from ccredact.numbers.quantity import is_unit
from ccredact.reasons import Reason
from ccredact.tagger.prefilter import is_number
from ccredact.text.labels import OPAQUE
from ccredact.text.word_class import LEADING, ORDINAL
from ccredact.transcript import Span

if TYPE_CHECKING:
    from ccredact.detectors.base import Context
    from ccredact.detectors.names.utterance import UtteranceView

_MOST_NAMES: Final = 3
"""Words of a street's or a town's name, beside the suffix."""
_MOST_LEADS: Final = 6
"""Words before it in its utterance."""
_NO_TOWNS: Final = NO_PIECES | PLACE_WORDS
_ENDS: Final = SUFFIXES | DISTRICTS | PIECE_SUFFIXES


class AddressPieces:
    """What of an address may be told by itself in a turn, as the dialogue has it."""

    __slots__ = ("_street",)

    def __init__(self, ctx: Context, turn: int) -> None:
        dialogue = ctx.dialogue
        self._street = 0 <= dialogue.places.address_turn < turn and dialogue.tells_address(turn)

    @property
    def awaited(self) -> bool:
        """Return whether any may be."""
        return self._street

    def found(self, view: UtteranceView) -> tuple[int, int, str]:
        """Return the places `[start, end)` of a part of an address in an utterance, and its label, "" for none."""
        if not self._street:
            return 0, 0, ""
        start = _behind_leads(view.keys)
        end = _unit_end(view, start) or _street_end(view, start)
        if end:
            return start, end, "STREET_ADDRESS"
        if not TOWN_LEADS.isdisjoint(view.keys[:start]):  # "and the last bit's green bay"
            end = _town_end(view, start)
            if end:
                return start, end, "LOCATION"
        return 0, 0, ""

    def with_piece(self, spans: list[Span], view: UtteranceView, ctx: Context) -> list[Span]:
        """Return the spans of an utterance with the part of an address that it begins with."""
        start, end, label = self.found(view)
        if not label:
            return spans
        low, high = start + view.first_word, end + view.first_word
        touched = [span for span in spans if span.start < high and span.end > low]
        if label == "LOCATION" and any(
            span.label in PLACES and span.end - span.start >= high - low for span in touched
        ):
            return spans
        if any(span.label == label and span.start <= low and span.end >= high for span in touched):
            return spans
        kept = [span for span in spans if span not in touched]
        low, high = min([low, *(span.start for span in touched)]), max([high, *(span.end for span in touched)])
        kept.append(Span(low, high, label, TAGGED_SCORE, ctx.new_entity(), Reason.FORM))
        return sorted(kept, key=lambda span: span.start)

    def first_open(self, view: UtteranceView, *, is_final: bool) -> int:
        """Return the first place from which on words to come may make it a part of an address, -1 for none.

        An interim may change, so that every word is open there.
        """
        keys = view.keys
        start = _behind_leads(keys)
        if not start < len(keys) <= start + _MOST_NAMES + 2 or (is_final and not all(map(_may_belong, keys[start:]))):
            return -1
        return start if not is_final or view.mark(len(keys) - 1) in ("", ",") else -1


def _behind_leads(keys: list[str]) -> int:
    """Return the place behind the words that lead into a part of an address: "and then", "the last bit's"."""
    at = 0
    while at < min(len(keys), _MOST_LEADS) and (keys[at] in PIECE_LEADS or CLASSES.get(keys[at], 0) & LEADING):
        if at + 1 < len(keys) and keys[at + 1] in _ENDS:
            break  # "first street"
        at += 1
    return at


def _unit_end(view: UtteranceView, start: int) -> int:
    """Return the end of a unit with its number, 0 for none: "apartment three"."""
    keys = view.keys
    if start + 1 >= len(keys) or keys[start] not in UNIT_PIECES:
        return 0
    end = start + 1
    while end < len(keys) and (is_number(keys[end]) or len(keys[end]) == 1) and not view.mark(end - 1):
        end += 1
    return end if end > start + 1 and _is_over(view, end) else 0


def _street_end(view: UtteranceView, start: int) -> int:
    """Return the end of a street, 0 for none."""
    keys = view.keys
    for at in range(start, min(len(keys), start + _MOST_NAMES + 1)):
        key = keys[at]
        if at > start and key in _ENDS and _is_over(view, at + 1) and not _is_title(view, at):
            return at + 1
        named = view.is_title_case(at) or bool(CLASSES.get(key, 0) & ORDINAL)  # "Minute Man Road", "second avenue"
        if view.mark(at) or not (named or (_may_be_name(key) and key not in NOT_STREET_NAMES)):
            return 0
    return 0


def _is_title(view: UtteranceView, at: int) -> bool:
    """Return whether what may end a street stands before a name: "nice day, Dr. Anna"."""
    return view.keys[at] in TITLE_SUFFIXES and at + 1 < len(view.keys) and view.is_title_case(at + 1)


def _town_end(view: UtteranceView, start: int) -> int:
    """Return the end of the name of a town, 0 for none."""
    keys = view.keys
    end = start
    while end < len(keys) and end - start < _MOST_NAMES and _may_be_name(keys[end]) and keys[end] not in _NO_TOWNS:
        end += 1
        if view.mark(end - 1):
            break
    if end == start:
        return 0
    return end if _is_over(view, end) else 0


def _may_belong(key: str) -> bool:
    """Return whether a word may belong to a part of an address."""
    return is_number(key) or len(key) == 1 or (_may_be_name(key) and key not in NO_PIECES)


def _may_be_name(key: str) -> bool:
    return key.isalpha() and key not in FUNCTION and key != OPAQUE and len(key) > 1


def _is_over(view: UtteranceView, end: int) -> bool:
    """Return whether a part of an address may end at a place, by the word behind it."""
    if end == len(view.keys) or view.mark(end - 1):
        return True
    key = view.keys[end]
    classes = CLASSES.get(key, 0)
    return not is_unit(classes) and (key in FUNCTION or key in UNIT_PIECES or bool(classes & LEADING))
