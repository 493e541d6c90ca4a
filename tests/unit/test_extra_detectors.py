"""Detectors that a user brings, and what is said when something else is given in their place."""

from __future__ import annotations

import pickle
from typing import Any, cast

import pytest

from ccredact import PolicyError, Redactor, Span, StreamError, Utterance
from ccredact.core.resolve import rank
from ccredact.detectors.base import Context, Detector, ExtraDetector, Stateless
from ccredact.text.token import Token
from ccredact.text.word_class import MIXED, PROMPTED


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


class Lockers(Stateless):
    """The word behind a phrase of its own: "my locker is blue"."""

    labels = frozenset({"LOCKER"})
    phrases = "[LOCKER]\nmy locker is"
    wake = guards = PROMPTED
    active = False

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Take one word."""
        asked, self.active = self.active, token.prompt is not None and token.prompt.kind == "LOCKER"
        return [Span(token.index, token.index + 1, "LOCKER", 0.9, ctx.new_entity())] if asked else []

    def fork(self) -> Lockers:
        """Return an independent copy."""
        other = Lockers()
        other.active = self.active
        return other


def test_a_detector_of_the_user_brings_phrases_of_its_own() -> None:
    redactor = Redactor(detectors=[Lockers()])
    assert (
        redactor.redact("my locker is blue and the line is busy").text == "my locker is [LOCKER] and the line is busy"
    )


def test_a_label_of_the_users_own_says_more_than_a_disclosure_and_less_than_a_value() -> None:
    ranked = sorted(
        [Span(0, 1, label, 0.9, 1) for label in ("MEDICAL_CONDITION", "PURCHASE_ITEM", "LOCKER", "PERSON", "AGE")],
        key=rank,
    )
    assert [span.label for span in ranked] == ["PERSON", "AGE", "LOCKER", "MEDICAL_CONDITION", "PURCHASE_ITEM"]


class Prefixed(Badges):
    """Badges of one company: it holds what they begin with."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Take one word."""
        return [] if token.key.startswith(self.prefix) else super().feed(token, ctx)


def test_a_redactor_is_pickled_with_what_its_detectors_hold() -> None:
    redactor = pickle.loads(pickle.dumps(Redactor(detectors=[Prefixed("emp9")])))  # noqa: S301
    assert redactor.redact("EMP44x and EMP91x").text == "[STAFF_BADGE] and [NUMBER]"


def test_a_detector_may_inherit_from_the_protocols() -> None:
    class Explicit(Badges, ExtraDetector):
        pass

    class Found(Stateless, Detector):
        wake = guards = MIXED
        active = False

        def feed(self, token: Token, ctx: Context) -> list[Span]:
            del token, ctx
            return []

    assert Redactor(detectors=[Explicit()]).redact("EMP44x").text == "[STAFF_BADGE]"
    assert Found().open_from(3, 5) == 5


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


NO_SPANS: list[Any] = [
    [Span(4, 3, "STAFF_BADGE", 0.9, 1)],
    [Span(-1, 4, "STAFF_BADGE", 0.9, 1)],
    [Span(3, 6, "STAFF_BADGE", 0.9, 1)],  # a word that nobody has said
    [Span(3, 2**70, "STAFF_BADGE", 0.9, 1)],
    [Span(3, 4, "STAFF_BADGE", cast("Any", "high"), 1)],
    [Span(3, 4, "STAFF_BADGE", 10**400, 1)],
    [Span(3, 4, "STAFF_BADGE", float("nan"), 1)],
    [Span(3, 4, "STAFF_BADGE", 0.9, cast("Any", None))],
    [Span(3, 4, "STAFF_BADGE", 0.9, 2**80)],
    [Span(3, 4, cast("Any", 7), 0.9, 1)],
    [Span(3, 4, "STAFF_BADGE", 0.9, 1, cast("Any", "emp44x"))],  # text is no reason
    [None],
    (),
    7,
    "STAFF_BADGE",
]


@pytest.mark.parametrize("wrong", NO_SPANS, ids=repr)
def test_what_is_no_span_hides_the_utterance(wrong: Any) -> None:
    class Broken(Badges):
        def feed(self, token: Token, ctx: Context) -> list[Span]:
            del token, ctx
            given: list[Span] = wrong
            return given

    redactor = Redactor(detectors=[Broken()])
    said = Utterance("my badge is EMP44x thanks")
    segment = redactor.redact_call([said])[0]
    if wrong != ():  # which finds nothing, in any case
        assert (segment.text, segment.fault) == ("[REDACTED]", True)
    call = redactor.stream()
    shown = call.push(Utterance(said.text, is_final=False))[0].text
    assert "EMP44x" not in shown or wrong == ()
    assert [piece.text for piece in (*call.push(said), *call.close())] == [segment.text]


@pytest.mark.parametrize(
    ("name", "value"), [("labels", "ABC"), ("labels", None), ("labels", {3}), ("wake", None), ("active", "yes")]
)
def test_what_a_detector_says_of_itself_is_checked(name: str, value: Any) -> None:
    wrong = Badges()
    setattr(wrong, name, value)
    with pytest.raises(PolicyError, match=f"a detector's .*{name}"):
        Redactor(detectors=[wrong])
