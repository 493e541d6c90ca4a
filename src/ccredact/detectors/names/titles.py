"""What stands beside a name and belongs to it: titles, initials and degrees, and letters that were misheard.

"Dr. | Ana Diaz | , MD"; "a l l | and | r e a".
"""

from __future__ import annotations

from typing import Final

from ccredact.detectors.names.utterance import UtteranceView
from ccredact.lang.en.names import (
    BEFORE_VERB_MISS,
    POST_NOMINALS,
    PRONOUN_I,
    TITLE_CASE_POST_NOMINALS,
    TITLE_OR_VERB,
    TITLES,
)
from ccredact.lang.en.words import CLASSES, FUNCTION
from ccredact.text.labels import OPAQUE
from ccredact.text.word_class import LEADING
from ccredact.transcript import Span

MOST_MISHEARD: Final = 2
"""Words in a row among letters that may be letters too."""
_SHORT: Final = 2
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
        if last is not None and last.label == span.label == "PERSON" and 0 < span.start - last.end <= MOST_MISHEARD:
            between = keys[last.end - word : begins]
            if len(keys[last.end - 1 - word]) <= _SHORT and len(keys[begins]) <= _SHORT and OPAQUE not in between:
                out[-1] = Span(last.start, span.end, "PERSON", max(last.score, span.score), last.entity, last.reason)
                continue
        if last is None and span.label == "PERSON" and 0 < begins <= MOST_MISHEARD and span.end - span.start > 1:
            letters = len(keys[begins]) == len(keys[begins + 1]) == 1
            if letters and all(key in FUNCTION and not CLASSES.get(key, 0) & LEADING for key in keys[:begins]):
                out.append(Span(word, span.end, "PERSON", span.score, span.entity, span.reason))
                continue
        out.append(span)
    return out


def with_titles(view: UtteranceView, spans: list[Span]) -> list[Span]:
    """Return the spans with the title of a name, a surname that stands first, and letters behind."""
    out: list[Span] = []
    for number, span in enumerate(spans):
        if span.label != "PERSON":
            out.append(span)
            continue
        start, end = span.start - view.first_word, span.end - view.first_word
        floor, ceiling = view.room(spans, number, out)
        while start > floor and view.is_name_like(start - 1):
            start -= 1
        if start > floor and _is_title(view, start - 1):
            start -= 1
        while end < ceiling and view.mark(end - 1) in ("", ",", ".") and _is_post_nominal(view, end):
            end += 1
        out.append(view.resized(span, start, end))
    return out


def _is_title(view: UtteranceView, at: int) -> bool:
    """Return whether a word is a title, and no verb ("I miss Anna")."""
    key = view.keys[at]
    if key not in TITLES or view.mark(at) not in ("", "."):
        return False
    return key != TITLE_OR_VERB or at == 0 or view.keys[at - 1] not in BEFORE_VERB_MISS


def _is_post_nominal(view: UtteranceView, at: int) -> bool:
    """Return whether a word is an initial, or a degree, in a text with capitals."""
    form, key = view.forms[at], view.keys[at]
    if not form[0].isupper() or not view.has_case_before(at):
        return False
    if len(key) == 1:
        return key != PRONOUN_I and (view.mark(at - 1) != "." or len(view.keys[at - 1]) == 1)
    return key in POST_NOMINALS and (form[: len(key)].isupper() or key in TITLE_CASE_POST_NOMINALS)
