"""Fault injection: whatever raises inside a detector, and whatever the API refuses, no planted number is shown."""

from __future__ import annotations

import copy
import logging
import os
import pickle
import random
import re
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import pytest
from hypothesis import settings

from ccredact import Call, CcredactError, Redactor, Segment, StreamError, Utterance, Word
from ccredact.detectors.cards.detector import CardDetector
from ccredact.text.word_class import NUMERIC
from ccredact.transcript import Name
from planted import CALLS, PLANTED, Months, Plan, Planted, detectors, readable

THOROUGH = os.environ.get("CCREDACT_THOROUGH") == "1" or (settings.default or settings()).max_examples > 10_000
REDACTOR = Redactor()
STAND_IN = REDACTOR.policy.stand_in
ERRORS: tuple[type[Exception], ...] = (MemoryError, TimeoutError, ValueError)


@dataclass
class Shown:
    """All that a call gave back."""

    call: Call
    finals: list[Segment] = field(default_factory=list)
    interims: list[Segment] = field(default_factory=list)

    def check(self) -> None:
        """No number can be read in it, in any of its forms."""
        assert not readable("".join(segment.text for segment in self.finals))
        for segment in (*self.finals, *self.interims):
            assert not readable(segment.text)
            for value in (segment, *segment.entities, asdict(segment), str(segment)):
                assert not readable(re.sub(r"'(\w+)': [\d.]+", "", repr(value)))
        for value in (self.call, REDACTOR):
            assert not readable(re.sub(r"0x[0-9a-f]+|\d+ entities", "", f"{value!r} {value}"))


def play(call: Planted, plan: Plan, redactor: Redactor = REDACTOR) -> Shown:
    """Push everything, with an interim before every second utterance."""
    with detectors(plan):
        shown = Shown(redactor.stream())
        for number, utterance in enumerate(call.utterances):
            if number % 2:
                words = utterance.text.split()
                heard = " ".join(words[: 1 + 2 * len(words) // 3])
                shown.interims += shown.call.push(replace(utterance, text=heard, is_final=False))
            shown.finals += shown.call.push(utterance)
        shown.finals += shown.call.close()
    return shown


@pytest.fixture(autouse=True)
def _silence(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Nothing is logged at any level, and nothing printed, while the faults happen."""
    caplog.set_level(logging.DEBUG)
    yield
    assert not caplog.records
    assert capfd.readouterr() == ("", "")


def test_every_planted_number_is_hidden_when_nothing_fails() -> None:
    assert sum(len(call.numbers) for call in PLANTED) == 1000
    for call in PLANTED:
        said = readable(" ".join(utterance.text for utterance in call.utterances))
        assert len(said) == sum(map(len, call.numbers))
        shown = play(call, Plan())
        shown.check()
        assert not any(segment.fault for segment in (*shown.finals, *shown.interims))


@pytest.mark.parametrize("method", ["feed", "close", "fork", "open_from"])
def test_no_planted_number_is_shown_when_any_call_of_a_detector_raises(method: str) -> None:
    rng = random.Random(method)
    for at, call in enumerate(PLANTED):
        plain = Plan()
        healthy = play(call, plain)
        count = plain.counts[method]
        assert count
        places = list(range(1, count + 1))
        for nth in places if THOROUGH else rng.sample(places, min(count, 6)):
            for error in ERRORS if THOROUGH else (ERRORS[(at + nth) % 3],):
                plan = Plan(method, nth, error("failed at", *call.numbers, call.utterances))
                shown = play(call, plan)
                assert plan.fired
                shown.check()
                if plan.in_fork:
                    assert shown.finals == healthy.finals
                    assert [segment.fault for segment in shown.interims].count(True) == 1
                else:
                    changed = [s.text for s in shown.finals] != [s.text for s in healthy.finals]
                    assert any(segment.fault for segment in shown.finals) or not changed
                lengths: Counter[Name] = Counter()
                for segment in shown.finals:
                    assert segment.start == lengths[segment.utterance]
                    lengths[segment.utterance] = segment.end
                assert lengths == {utterance.id: len(utterance.text) for utterance in call.utterances}


@pytest.mark.parametrize("method", ["is_open", "value"])
def test_no_planted_number_is_shown_when_what_an_operator_asks_for_raises(method: str) -> None:
    redactor = Redactor({"entities": {"CREDIT_CARD": "last4"}})
    for call in PLANTED[:: 1 if THOROUGH else 10]:
        plain = Plan()
        play(call, plain, redactor)
        assert plain.counts[method]
        plan = Plan(method, 1 + plain.counts[method] // 2, ValueError("failed at", *call.numbers))
        shown = play(call, plan, redactor)
        assert plan.fired
        out = re.sub(r"\[CREDIT_CARD \d{4}\]", "", "".join(segment.text for segment in shown.finals))
        assert not readable(out)


def test_every_segment_that_a_failure_masks_is_marked() -> None:
    for call in PLANTED[: CALLS if THOROUGH else 20]:
        fired = 0
        for nth in range(1, 60):
            plan = Plan("feed", nth, ValueError())
            shown = play(call, plan)
            masked = [s for s in shown.finals if any(entity.label == "REDACTED" for entity in s.entities)]
            fired += plan.fired and not plan.in_fork
            assert bool(masked) == (plan.fired and not plan.in_fork)
            assert all(segment.fault for segment in masked)
        assert fired


def test_an_interim_whose_fork_fails_shows_the_stand_in_alone() -> None:
    for call in PLANTED:
        plan = Plan("fork", 3, MemoryError(*call.numbers))
        shown = play(call, plan)
        third = shown.interims[2]
        assert (third.text, third.entities, third.fault, third.is_final) == (STAND_IN, (), True, False)
        assert third.utterance == call.utterances[5].id


def test_an_interruption_goes_out_and_what_follows_is_masked() -> None:
    rng = random.Random(5)
    for call in PLANTED:
        plain = Plan()
        play(call, plain)
        nth = rng.randrange(1, plain.counts["feed"] + 1)
        plan = Plan("feed", nth, KeyboardInterrupt())
        with detectors(plan):
            shown = Shown(REDACTOR.stream())
            cuts = 0
            for utterance in call.utterances * 2:  # enough to go on after the interruption
                try:
                    shown.finals += shown.call.push(utterance)
                except KeyboardInterrupt:
                    cuts += 1
            shown.finals += shown.call.close()
        assert cuts == plan.fired
        shown.check()


@pytest.mark.parametrize("goes_on", [True, False], ids=["push", "close"])
def test_an_utterance_that_was_interrupted_is_never_released_in_clear(*, goes_on: bool) -> None:
    plan = Plan("feed", 5, KeyboardInterrupt())
    with detectors(plan):
        shown = Shown(REDACTOR.stream())
        with pytest.raises(KeyboardInterrupt):
            shown.call.push(Utterance("my card number is 4111 1111 1111 1111", speaker="customer", id="cut"))
        if goes_on:
            shown.finals += shown.call.push(Utterance("thanks", speaker="agent", id="next"))
        shown.finals += shown.call.close()
    shown.check()


def test_a_second_detector_that_fails_later_still_hides_its_words() -> None:
    plan = Plan("feed", 6, ValueError())
    with detectors(plan, before=(Months(),)):
        call = Redactor().stream()
        finals = call.push(Utterance("in september i think", speaker="a"))
        assert [segment.fault for segment in finals] == [True]
        for text in ("4111 1111", "1111 1111", "4111 1111"):
            finals += call.push(Utterance(text, speaker="a"))
        finals += call.close()
    assert plan.fired
    assert not readable("".join(segment.text for segment in finals))


def test_a_failed_detector_masks_every_number_word_to_the_end_of_the_call() -> None:
    with detectors(Plan("feed", 1, ValueError())):
        call = REDACTOR.stream()
        call.push(Utterance("my card", speaker="a"))
        for text in ("41", "forty two", "double oh", "two", "twelve"):
            (segment,) = call.push(Utterance(text, speaker="a"))
            assert segment.text == " ".join("[REDACTED]" for _ in text.split())
    assert CardDetector.guards & NUMERIC == NUMERIC


# --- what the API refuses

SECRET = "4111222233334444"  # noqa: S105 - planted, for no check to find
REFUSED: dict[str, Callable[[Call], object]] = {
    "a text": lambda call: call.push(f"my card is {SECRET}"),  # type: ignore[arg-type]
    "bytes": lambda call: call.push(Utterance(SECRET.encode())),  # type: ignore[arg-type]
    "a dict": lambda call: call.push({"text": SECRET}),  # type: ignore[arg-type]
    "words that are texts": lambda call: call.push(Utterance(SECRET, words=(SECRET,))),  # type: ignore[arg-type]
    "a word without text": lambda call: call.push(Utterance(SECRET, words=(Word(None),))),  # type: ignore[arg-type]
    "pickling": pickle.dumps,
    "copying": copy.copy,
    "a deep copy": copy.deepcopy,
    "a text in a finished call": lambda _: REDACTOR.redact_call([SECRET]),  # type: ignore[list-item]
    "a text as a finished call": lambda _: REDACTOR.redact_call(SECRET),  # type: ignore[arg-type]
    "bytes as a text": lambda _: REDACTOR.redact(SECRET.encode()),  # type: ignore[arg-type]
}


def own_frames(error: BaseException) -> list[dict[str, Any]]:
    """The locals of ccredact's frames in the traceback."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    return [frame.f_locals for frame in frames if "/ccredact/" in frame.f_code.co_filename]


def check_silent(error: BaseException) -> None:
    chain: list[BaseException | None] = [error, error.__cause__, error.__context__]
    assert chain[1:] == [None, None]
    assert SECRET not in f"{error} {error!r} {error.args!r} {vars(error)!r}"
    for names in own_frames(error):
        for name, value in names.items():
            assert SECRET not in repr(value), name


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_leaves_no_text_in_the_error_or_its_frames(case: str) -> None:
    call = REDACTOR.stream()
    call.push(Utterance(f"it's {SECRET[:8]}", speaker="a"))
    with pytest.raises(CcredactError) as caught:
        REFUSED[case](call)
    check_silent(caught.value)


@pytest.mark.parametrize("is_final", [True, False])
def test_a_push_after_close_leaves_no_text_in_the_error_or_its_frames(*, is_final: bool) -> None:
    call = REDACTOR.stream()
    call.push(Utterance(f"it's {SECRET[:8]}", speaker="a"))
    call.close()
    with pytest.raises(StreamError) as caught:
        call.push(Utterance(SECRET, speaker=SECRET, is_final=is_final, words=(Word(SECRET),)))
    check_silent(caught.value)


def test_what_is_refused_changes_nothing() -> None:
    call, plain = REDACTOR.stream(), REDACTOR.stream()
    for text in ("my card number is 4111 1111", "1111", "1111"):
        with pytest.raises(StreamError):
            call.push(Utterance(text, speaker="a", words=(Word("x"),)))
        assert call.push(Utterance(text, speaker="a")) == plain.push(Utterance(text, speaker="a"))
    assert call.close() == plain.close()
