"""What is held, for how long, and what a flush makes of it; what interims show under each policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

from ccredact import Redactor, StreamError, Utterance
from ccredact.transcript import Held
from held import Clock

if TYPE_CHECKING:
    from ccredact import Segment

REDACTOR = Redactor(tagger=False)
OPEN = "so it is 4242 4242"


def texts(segments: list[Segment]) -> list[str]:
    return [segment.text for segment in segments]


def test_held_counts_words_and_the_seconds_of_the_oldest() -> None:
    clock = Clock()
    call = REDACTOR.stream(clock=clock)
    assert call.held == Held(0, 0.0)
    call.push(Utterance(OPEN, "c"))
    clock.now = 2.0
    call.push(Utterance("4242", "c"))
    assert call.held == Held(3, 2.0)
    call.push(Utterance("is a nice number thank you for that and what else is there", "c"))
    assert call.held == Held(0, 0.0)


def test_a_flush_takes_what_has_waited_long_enough_and_no_more() -> None:
    clock = Clock()
    call = REDACTOR.stream(clock=clock)
    call.push(Utterance(OPEN, "c"))
    clock.now = 1.0
    call.push(Utterance("4242", "c"))
    assert call.flush() == []
    assert texts(call.tick(1.5)) == ["[NUMBER]"]
    assert call.held.words == 1
    assert texts(call.tick(2.5)) == ["[NUMBER]"]
    assert call.flush(after=0) == []


def test_what_a_flushed_candidate_goes_on_with_is_hidden_in_an_interim_too() -> None:
    call = REDACTOR.stream()
    call.push(Utterance("so it is 4242 4242 4242", "c"))
    call.flush(after=0)
    (shown,) = call.push(Utterance("42 thanks that was all I had to say here", "c", is_final=False))
    assert shown.text == "[NUMBER] thanks that was all I had to say here"


def test_an_answer_has_its_label_at_a_flush_however_short_it_is() -> None:
    call = REDACTOR.stream()
    call.push(Utterance("what's the pin", "a"))
    call.push(Utterance("four", "c"))
    assert texts(call.flush(after=0)) == ["[PIN]"]


@pytest.mark.parametrize("said", ["so i", "we stayed at that hotel", "see you in may", "about 27 people"])
def test_everyday_words_that_only_wait_are_shown_at_a_flush(said: str) -> None:
    call = REDACTOR.stream()
    assert "".join(texts(call.push(Utterance(said, "c")) + call.flush(after=0))) == said


def test_a_phrase_of_which_more_may_come_is_hidden_at_a_flush() -> None:
    call = REDACTOR.stream()
    assert texts(call.push(Utterance("i have severe", "c")) + call.flush(after=0)) == ["i have ", "[MEDICAL_CONDITION]"]


@pytest.mark.parametrize(
    ("said", "hidden"),
    [("we moved to 27 station", "27 station"), ("she lives at twenty seven mill", "twenty seven mill")],
)
def test_a_number_that_may_be_a_house_is_hidden_at_a_flush_with_what_may_be_its_street(said: str, hidden: str) -> None:
    call = Redactor().stream()
    assert "".join(texts(call.push(Utterance(said, "c")) + call.flush(after=0))) == said.replace(
        hidden, "[STREET_ADDRESS]"
    )


@pytest.mark.parametrize("said", ["we were at quillmere", "hello vandersloot"])
def test_a_word_that_may_be_a_name_is_hidden_at_a_flush(said: str) -> None:
    shown = []
    for end in (False, True):
        call = Redactor().stream()
        segments = call.push(Utterance(said, "c"))
        shown.append("".join(texts(segments + (call.close(cut=True) if end else call.flush(after=0)))))
    lead = said.rpartition(" ")[0]
    assert all(text.startswith(lead) and said not in text for text in shown)


def test_a_flush_after_the_end_gives_nothing() -> None:
    call = REDACTOR.stream()
    call.push(Utterance(OPEN, "c"))
    call.close(cut=True)
    assert call.flush(after=0) == []
    assert call.held == Held(0, 0.0)


@pytest.mark.parametrize("after", [-1, float("nan"), float("inf"), "1", None, True])
def test_what_is_no_time_is_refused(after: Any) -> None:
    call = REDACTOR.stream()
    with pytest.raises(StreamError):
        call.flush(after=after)
    with pytest.raises(StreamError):
        call.tick(cast("Any", "now") if after == -1 else after)


class Failing:
    """A detector that fails when the call ends, which a flush must ask."""

    labels = frozenset({"MINE"})
    wake = 0
    guards = 0
    active = True

    def feed(self, token: object, ctx: object) -> list[object]:
        del token, ctx
        return []

    def __init__(self, failure: type[BaseException] = ValueError) -> None:
        self.failure = failure

    def close(self, ctx: object, *, cut: bool = False) -> list[object]:
        del ctx, cut
        raise self.failure

    def fork(self) -> Failing:
        return Failing(self.failure)

    def open_from(self, start: int, end: int) -> int:
        del end
        return start

    def is_open(self, entity: int) -> bool:
        del entity
        return False

    def value(self, entity: int) -> None:
        del entity


def test_a_detector_that_fails_at_a_flush_hides_what_is_held() -> None:
    call = Redactor(tagger=False, detectors=[Failing()]).stream()  # type: ignore[list-item]
    call.push(Utterance("held by it", "c"))
    (segment,) = call.flush(after=0)
    assert (segment.text, segment.fault) == ("[REDACTED]", True)


def test_an_interrupted_flush_hides_what_it_would_have_released() -> None:
    call = Redactor(tagger=False, detectors=[Failing(KeyboardInterrupt)]).stream()  # type: ignore[list-item]
    call.push(Utterance("held by it", "c", "1"))
    with pytest.raises(KeyboardInterrupt):
        call.flush(after=0)
    segments = call.push(Utterance("more", "c", "2"))
    assert [(segment.utterance, segment.text) for segment in segments] == [("1", "[REDACTED]"), ("2", "[REDACTED]")]


@pytest.mark.parametrize(
    ("interim", "shown"), [("stand_in", ["so it is \u2026"]), ("last_safe", ["so it is "]), ("withhold", [])]
)
def test_the_policy_says_what_an_interim_shows_of_undecided_words(interim: str, shown: list[str]) -> None:
    call = Redactor({"interim": interim}, tagger=False).stream()
    assert texts(call.push(Utterance(OPEN, "c", is_final=False))) == shown
