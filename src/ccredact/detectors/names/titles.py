"""What stands beside a name and belongs to it: half of it, initials, and letters that were misheard.

"July | Vandersloot"; "a l l | and | r e a". Titles and degrees do not: "Dr. | Ana Diaz |, MD".
"""

from __future__ import annotations

from typing import Final

from ccredact.detectors.names.utterance import UtteranceView
from ccredact.lang.en.names import (
    BESIDE_NAMES,
    DEGREES,
    GENERATIONS,
    NOT_FIRST_NAMES,
    PRONOUN_I,
    TITLES,
)
from ccredact.lang.en.words import CLASSES, FUNCTION
from ccredact.tagger.prefilter import is_number
from ccredact.text.labels import OPAQUE
from ccredact.text.word_class import LEADING
from ccredact.transcript import Span, make_span

MOST_MISHEARD: Final = 2
"""Words in a row among letters that may be letters too."""
_MOST_HALVES: Final = 6
"""Words of an utterance, at most, in which an everyday word with a capital is half of the name behind it."""
_DOTTED: Final = 2
"""Letters of a degree that are written apart: "M.D."."""
SHORT: Final = 2
"""Letters that a recogniser runs together: "a ND r e w"."""


def with_misheard_letters(view: UtteranceView, spans: list[Span]) -> list[Span]:
    """Return the spans with short words between and before the letters of a name: letters that were misheard.

    "a l l and r e a" is one name; "he s s e l l" begins with the first word.
    """
    keys, word = view.keys, view.first_word
    out: list[Span] = []
    for span in spans:
        last = out[-1] if out else None
        begins = span.start - word
        if last is not None and last.label == span.label == "PERSON" and _are_misheard(keys, last.end - word, begins):
            out[-1] = make_span(last.start, span.end, "PERSON", max(last.score, span.score), last.entity, last.reason)
            continue
        if last is None and span.label == "PERSON" and 0 < begins <= MOST_MISHEARD and span.end - span.start > 1:
            letters = len(keys[begins]) == len(keys[begins + 1]) == 1
            if letters and may_lead(keys[:begins]):
                out.append(make_span(word, span.end, "PERSON", span.score, span.entity, span.reason))
                continue
        out.append(span)
    return out


def may_lead(keys: list[str]) -> bool:
    """Return whether the words before the letters of a name may be its first letters: "he | s s e l l"."""
    return all(key in FUNCTION and not CLASSES.get(key, 0) & LEADING for key in keys)


def behind_letters(view: UtteranceView, spans: list[Span], at: int) -> int:
    """Return where the letters of a name end with which a letter at a place may go on, the place for none."""
    ends = [span.end - view.first_word for span in spans if span.label == "PERSON"]
    return next((end for end in ends if _are_misheard(view.keys, end, at)), at)


def _are_misheard(keys: list[str], end: int, begins: int) -> bool:
    """Return whether the words between the end of letters and others may be letters too."""
    if not 0 < begins - end <= MOST_MISHEARD or OPAQUE in keys[end:begins]:
        return False
    return len(keys[end - 1]) <= SHORT and len(keys[begins]) <= SHORT


def with_whole_names(view: UtteranceView, spans: list[Span]) -> list[Span]:
    """Return the spans with all of a name: a surname or an everyday word that stands first, initials behind.

    Titles and degrees stay outside: they name nobody. What was taken for a name and is only a title is none.
    """
    out: list[Span] = []
    for number, span in enumerate(spans):
        if span.label != "PERSON":
            out.append(span)
            continue
        start, end = span.start - view.first_word, span.end - view.first_word
        floor, ceiling = view.room(spans, number, out)
        start, end = _without_titles(view, start, end)
        if all(map(is_number, view.keys[start:end])):
            continue  # "dr 12"
        while start > floor and view.is_name_like(start - 1):
            start -= 1
        if end - start == 1 and start > floor and _is_first_half(view, start - 1):
            start -= 1
        while end < ceiling and view.mark(end - 1) in ("", ",", ".") and _is_post_nominal(view, end):
            end += 1
        out.append(view.resized(span, start, end))
    return out


def _without_titles(view: UtteranceView, start: int, end: int) -> tuple[int, int]:
    """Return the places of a name without the titles before it and the degrees behind it."""
    keys = view.keys
    while start < end and keys[start] in TITLES:
        start += 1
    while end - 1 > start and keys[end - 1] in DEGREES and _is_degree(view, end - 1):
        end -= 1
    if end - _DOTTED > start and len(keys[end - 1]) == 1 and "".join(keys[end - _DOTTED : end]) in DEGREES:
        end -= _DOTTED  # "M.D."
    return start, end


def _is_degree(view: UtteranceView, at: int) -> bool:
    """Return whether letters behind a name are a degree, by a comma or their capitals."""
    return view.mark(at - 1) == "," or view.forms[at][:2].isupper()


def _is_first_half(view: UtteranceView, at: int) -> bool:
    """Return whether an everyday word with a capital is the given name before a name: "July Vandersloot"."""
    return may_be_half(view.keys, at) and is_half(view, at)


def may_be_half(keys: list[str], at: int) -> bool:
    """Return whether a word, if it has a capital, may be the given name before a name."""
    if len(keys) > _MOST_HALVES or not (at == 0 or keys[at - 1] in FUNCTION):
        return False
    key = keys[at]
    return not (key in NOT_FIRST_NAMES or key in FUNCTION or key in TITLES or key in BESIDE_NAMES)


def is_half(view: UtteranceView, at: int) -> bool:
    """Return whether a word has a capital, and what follows if it is there: it may be the given name before a name."""
    if not view.is_title_case(at) or view.mark(at):
        return False
    return at + 1 == len(view.forms) or not view.forms[at + 1].islower()


def _is_post_nominal(view: UtteranceView, at: int) -> bool:
    """Return whether a word is an initial, or "Jr", in a text with capitals."""
    form, key = view.forms[at], view.keys[at]
    if not form[0].isupper() or not view.has_case_before(at):
        return False
    if len(key) == 1:
        degree = at + 1 < len(view.keys) and key + view.keys[at + 1] in DEGREES  # "M.D"
        return not degree and key != PRONOUN_I and (view.mark(at - 1) != "." or len(view.keys[at - 1]) == 1)
    return key in GENERATIONS
