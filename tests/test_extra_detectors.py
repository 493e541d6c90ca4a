"""Detectors that a user brings, and what is said when something else is given in their place."""

from __future__ import annotations

from typing import Any

import pytest

from ccredact import PolicyError, Redactor, Span, StreamError, Utterance
from ccredact.detectors.base import Context, Stateless, Token
from ccredact.normalize.english import MIXED


class Badges(Stateless):
    """Staff badges: "emp4471"."""

    labels = frozenset({"STAFF_BADGE"})
    wake = guards = MIXED
    active = False
    said = "STAFF_BADGE"

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Take one word."""
        if not token.key.startswith("emp"):
            return []
        return [Span(token.index, token.index + 1, self.said, 0.9, ctx.new_entity())]


def test_a_detector_of_the_user_hides_what_it_finds() -> None:
    assert Redactor(detectors=[Badges()]).redact("my badge is EMP44x thanks").text == "my badge is [STAFF_BADGE] thanks"


def test_a_label_that_a_detector_never_announced_is_masked() -> None:
    class Careless(Badges):
        said = "BADGE"

    segment = Redactor(detectors=[Careless()]).redact("my badge is EMP44x thanks")
    assert segment.text == "my badge is [REDACTED] thanks"
    assert segment.fault


def test_what_a_detector_lacks_is_named() -> None:
    class NoLabels(Stateless):
        wake = guards = MIXED
        active = False

    bad: Any = NoLabels()
    with pytest.raises(PolicyError, match="a detector has labels, feed: see"):
        Redactor(detectors=[bad])


@pytest.mark.parametrize("value", [None, 7, b"x", Utterance("hello")])
def test_what_is_no_text_is_refused(value: Any) -> None:
    with pytest.raises(StreamError, match="redact takes a str"):
        Redactor("pci").redact(value)


def test_what_is_no_call_is_refused() -> None:
    nothing: Any = None
    with pytest.raises(StreamError, match="takes the utterances of a call"):
        Redactor("pci").redact_call(nothing)


@pytest.mark.parametrize(("start", "end", "score"), [(4, 3, 0.9), (-1, 4, 0.9), (3, 4, "high")])
def test_what_is_no_span_hides_the_utterance(start: int, end: int, score: Any) -> None:
    class Broken(Badges):
        def feed(self, token: Token, ctx: Context) -> list[Span]:
            del token
            return [Span(start, end, "STAFF_BADGE", score, ctx.new_entity())]

    segment = Redactor(detectors=[Broken()]).redact("my badge is EMP44x thanks")
    assert segment.text == "[REDACTED]"
    assert segment.fault
