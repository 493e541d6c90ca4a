"""Utterances with spans marked in braces: "Dr. {Ana Diaz}, MD", "{STREET_ADDRESS:2 Oak Street} in {LOCATION:Leeds}"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count

from ccredact.detectors.names.utterance import UtteranceView
from ccredact.detectors.scores import TAGGED_SCORE
from ccredact.lang.en.noise import NOISE
from ccredact.tagger.features import forms_of
from ccredact.text.words import keys_of, offsets_of
from ccredact.transcript import Span

_MARK = re.compile(r"\{(?:([A-Z_]+):)?([^{}]*)\}")


def view_of(text: str, first_word: int = 0) -> UtteranceView:
    return UtteranceView(text, forms_of(text), keys_of(text, NOISE), first_word)


def read(marked: str, label: str, first_word: int = 0) -> tuple[UtteranceView, list[Span]]:
    """The utterance without its marks, and the marked spans, of this label where none is written."""
    view = view_of(_MARK.sub(r"\2", marked), first_word)
    spans: list[Span] = []
    entities = count(1)
    for mark in _MARK.finditer(marked):
        start = first_word + len(offsets_of(_MARK.sub(r"\2", marked[: mark.start()])))
        end = start + len(offsets_of(mark[2]))
        spans.append(Span(start, end, mark[1] or label, TAGGED_SCORE, next(entities)))
    return view, spans


def shown(view: UtteranceView, spans: Iterable[Span], label: str) -> str:
    """The utterance with its spans marked; a label is written where it is another."""
    offsets, text = offsets_of(view.text), view.text
    for span in sorted(spans, key=lambda span: -span.start):
        start, end = offsets[span.start - view.first_word][0], offsets[span.end - 1 - view.first_word][1]
        name = "" if span.label == label else f"{span.label}:"
        text = f"{text[:start]}{{{name}{text[start:end]}}}{text[end:]}"
    return text
