"""Companies whose name the tagger took for a person's or a place's: "this is | carter | valley credit union".

In the greeting of a call the company says its own name, or the caller is somebody "from" one; a contract is with one,
where nobody has that name. It is ORGANIZATION there, which a policy shows unless it asks for more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ccredact.lang.en.name_slots import BEFORE_COMPANIES, COMPANY_NOUNS, CONTRACTS, FROM, GREETINGS, WITH
from ccredact.lang.en.words import FUNCTION
from ccredact.reasons import Reason
from ccredact.transcript import Span, make_span

if TYPE_CHECKING:
    from ccredact.detectors.names.lexicon import NameLexicon
    from ccredact.detectors.names.utterance import UtteranceView

_MOST_BEHIND: Final = 3
"""Words between a name and the noun that makes it a company's."""
_LABEL: Final = "ORGANIZATION"


def with_companies(view: UtteranceView, spans: list[Span], lexicon: NameLexicon) -> list[Span]:
    """Return the spans of an utterance with companies where people or places were found."""
    out: list[Span] = []
    for number, span in enumerate(spans):
        if out and span.end <= out[-1].end:
            continue  # the rest of a company's name
        start, end = span.start - view.first_word, span.end - view.first_word
        if span.label != "PERSON" or span.reason is Reason.CUED or not start:
            out.append(span)
            continue
        noun_end = _noun_end(view, end, _ceiling(view, spans, number))
        before = view.keys[start - 1]
        greeted = tuple(view.keys[max(0, start - 2) : start]) in GREETINGS and not view.mark(start - 1)
        sent = before == FROM and bool(out) and out[-1].label == "PERSON" and out[-1].end == span.start - 1
        if noun_end and before in BEFORE_COMPANIES:
            end = noun_end
        elif ((greeted or sent) and not (end - start == 1 and lexicon.is_often_given(view.keys[start]))) or (
            end - start == 1 and _is_party(view.keys, start) and not lexicon.is_named(view.keys[start])
        ):
            end = noun_end or end
        else:
            out.append(span)
            continue
        out.append(make_span(span.start, end + view.first_word, _LABEL, span.score, span.entity, span.reason))
    return out


def _is_party(keys: list[str], at: int) -> bool:
    """Return whether a word stands where the other party of a contract does: "a policy with | petplan"."""
    return at > 1 and keys[at - 1] == WITH and keys[at - 2] in CONTRACTS


def _ceiling(view: UtteranceView, spans: list[Span], number: int) -> int:
    """Return the place up to which a company's name may go on: over the rest of it, which was found as one."""
    behind = next((span for span in spans[number + 1 :] if span.label != _LABEL), None)
    return len(view.keys) if behind is None else behind.start - view.first_word


def _noun_end(view: UtteranceView, start: int, ceiling: int) -> int:
    """Return the end of the noun of a company that stands from a place on, 0 for none."""
    last = 0
    for at in range(start, min(ceiling, start + _MOST_BEHIND)):
        if view.mark(at - 1) or view.keys[at] in FUNCTION:
            break
        if view.keys[at] in COMPANY_NOUNS:
            last = at + 1
    return last
