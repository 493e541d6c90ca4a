"""A voice agent's call: in whatever order things are said, interrupted and flushed, all of it comes back, in order."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ccredact import Redactor, Utterance
from ccredact.integrations.spoken import AGENT, CALLER, SpokenCall

REDACTOR = Redactor("full", tagger=False)
TEXTS = st.lists(
    st.sampled_from("4242 4242 4242 4242 four two okay so it says is my name thanks then and the PIN".split()),
    max_size=6,
).map(" ".join)
STEPS = st.lists(
    st.tuples(st.sampled_from(["final", "final", "interim", "said", "flush"]), TEXTS), min_size=1, max_size=10
)


def played(steps: list[tuple[str, str]]) -> tuple[list[Any], list[str]]:
    """The pieces and the interims of a call."""
    call: SpokenCall[int] = SpokenCall(REDACTOR)
    pieces, interims = [], []
    for number, (kind, text) in enumerate(steps):
        if kind == "final":
            pieces += call.final(number, text)
        elif kind == "interim":
            interims.append(call.interim(text) or "")
        elif kind == "said":
            call.said(text)
        else:
            pieces += call.flush()
            assert not call.is_holding
    pieces += call.end()
    assert not call.is_holding
    return pieces, interims


@given(STEPS)
def test_all_that_is_said_comes_back_in_order(steps: list[tuple[str, str]]) -> None:
    pieces, _ = played(steps)
    sources = [piece.source for piece in pieces]
    assert sources == sorted(sources)
    for number, (kind, text) in enumerate(steps):
        if kind == "final":
            ranges = [(piece.start, piece.end) for piece in pieces if piece.source == number]
            assert [start for start, _ in ranges] == [0, *(end for _, end in ranges[:-1])]
            assert ranges[-1][1] == len(text)


@given(STEPS)
def test_where_nothing_was_flushed_it_is_the_redacted_call(steps: list[tuple[str, str]]) -> None:
    steps = [step for step in steps if step[0] != "flush"]
    pieces, _ = played(steps)
    finals = [(kind, text) for kind, text in steps if kind in {"final", "said"}]
    call = [Utterance(text, CALLER if kind == "final" else AGENT) for kind, text in finals]
    whole = [
        segment.text for segment, (kind, _) in zip(REDACTOR.redact_call(call), finals, strict=True) if kind == "final"
    ]
    texts: dict[int, str] = {number: "" for number, (kind, _) in enumerate(steps) if kind == "final"}
    for piece in pieces:
        texts[piece.source] += piece.text
    assert list(texts.values()) == whole


@given(st.lists(st.sampled_from(["final", "interim", "flush"]), min_size=4, max_size=12))
def test_a_card_in_pieces_is_shown_nowhere(kinds: list[str]) -> None:
    asked = [("said", "what's the card number please")]
    pieces, interims = played([*asked, *((kind, "4242 4242") for kind in kinds)])
    for text in (*interims, "".join(piece.text for piece in pieces)):
        assert not re.search(r"\d", text)
