"""What stands around a name and belongs to it: titles and letters, and letters that were misheard.

"Dr. | Ana Diaz | , MD"; "a l l | and | r e a".
"""

from __future__ import annotations

from ccredact.detectors.names.utterance import SCORE, Said
from ccredact.lang.en.words import CLASSES, FUNCTION
from ccredact.text.labels import OPAQUE
from ccredact.text.word_class import CORRECTION, FILLER, HESITATION, LEAD
from ccredact.transcript import Span

TITLES = frozenset("dr doctor mr mister mrs missus ms miss mx prof professor rev reverend".split())
_MISS = frozenset("i we you they they'll we'll i'll you'll do did don't didn't won't to not would will really".split())
"""Before "miss": it is a verb."""
_LETTERS = frozenset("md do phd dds dmd rn np lcsw mph jr sr ii iii iv esq mbbs".split())
"""Behind a name, in capitals or, some of them, with one."""
_SMALL = frozenset({"jr", "sr", "phd", "md", "esq"})
MISHEARD = 2
"""Words in a row among letters that may be letters too."""
_SHORT = 2
"""Letters that a recogniser runs together: "a ND r e w"."""
_LEADS = LEAD | FILLER | HESITATION | CORRECTION


def with_spelled(said: Said, spans: list[Span]) -> list[Span]:
    """With short words between and before the letters of a name: letters that were misheard.

    "a l l and r e a" is one name; "are you s s e l l" begins with the first word.
    """
    keys, word = said.keys, said.word
    out: list[Span] = []
    for span in spans:
        last = out[-1] if out else None
        begins = span.start - word
        if last is not None and last.label == span.label == "PERSON" and 0 < span.start - last.end <= MISHEARD:
            between = keys[last.end - word : begins]
            if len(keys[last.end - 1 - word]) <= _SHORT and len(keys[begins]) <= _SHORT and OPAQUE not in between:
                out[-1] = Span(last.start, span.end, "PERSON", SCORE, last.entity)
                continue
        if last is None and span.label == "PERSON" and 0 < begins <= MISHEARD and span.end - span.start > 1:
            letters = len(keys[begins]) == len(keys[begins + 1]) == 1
            if letters and all(key in FUNCTION and not CLASSES.get(key, 0) & _LEADS for key in keys[:begins]):
                out.append(Span(word, span.end, "PERSON", SCORE, span.entity))
                continue
        out.append(span)
    return out


def with_titles(said: Said, spans: list[Span]) -> list[Span]:
    """With the title, a surname that stands first, and letters behind."""
    out: list[Span] = []
    for number, span in enumerate(spans):
        if span.label != "PERSON":
            out.append(span)
            continue
        start, end = span.start - said.word, span.end - said.word
        floor, ceiling = said.room(spans, number, out)
        while start > floor and said.is_capital(start - 1):
            start -= 1
        if start > floor and _is_title(said, start - 1):
            start -= 1
        while end < ceiling and said.mark(end - 1) in ("", ",", ".") and _is_letters(said, end):
            end += 1
        out.append(said.span(start, end, span))
    return out


def _is_title(said: Said, at: int) -> bool:
    key = said.keys[at]
    if key not in TITLES or said.mark(at) not in ("", "."):
        return False
    return key != "miss" or at == 0 or said.keys[at - 1] not in _MISS


def _is_letters(said: Said, at: int) -> bool:
    """Whether a word is an initial, or a degree, in a text with capitals."""
    form, key = said.forms[at], said.keys[at]
    if not form[0].isupper() or not said.is_cased(at):
        return False
    if len(key) == 1:
        return key != "i" and (said.mark(at - 1) != "." or len(said.keys[at - 1]) == 1)
    return key in _LETTERS and (said.forms[at][: len(key)].isupper() or key in _SMALL)
