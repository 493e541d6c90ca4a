"""Fault injection: whatever raises inside a detector, no planted number is shown."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from ccredact import Call, Redactor, Segment, Utterance
from ccredact.detectors.cards.detector import CardDetector
from ccredact.text.word_class import NUMERIC
from ccredact.transcript import Name
from planted import Months, Plan, Planted, detectors, planted, readable
from strategies import RANDOMS, made

REDACTOR = Redactor()
STAND_IN = REDACTOR.policy.stand_in
LAST4 = {"entities": {"CREDIT_CARD": "last4"}}
PLACES: Final = 6
"""Calls of a detector that raise, one after the other, in an example."""
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


def play(call: Planted, plan: Plan, policy: Any = "full") -> Shown:
    """Push everything, with an interim before every second utterance."""
    with detectors(plan):
        shown = Shown(Redactor(policy).stream())
        for number, utterance in enumerate(call.utterances):
            if number % 2:
                words = utterance.text.split()
                heard = " ".join(words[: 1 + 2 * len(words) // 3])
                shown.interims += shown.call.push(replace(utterance, text=heard, is_final=False))
            shown.finals += shown.call.push(utterance)
        shown.finals += shown.call.close()
    return shown


pytestmark = pytest.mark.usefixtures("silence")


CALL = made(planted)


@given(call=CALL)
def test_every_planted_number_is_hidden_when_nothing_fails(call: Planted) -> None:
    assert len(call.numbers) == 5
    said = readable(" ".join(utterance.text for utterance in call.utterances))
    assert len(said) == sum(map(len, call.numbers))
    shown = play(call, Plan())
    shown.check()
    assert not any(segment.fault for segment in (*shown.finals, *shown.interims))


@pytest.mark.parametrize("method", ["feed", "end_turn", "take_prompt", "close", "fork", "open_from"])
@given(call=CALL, rng=RANDOMS, error=st.sampled_from(ERRORS))
def test_no_planted_number_is_shown_when_any_call_of_a_detector_raises(
    method: str, call: Planted, rng: random.Random, error: type[Exception]
) -> None:
    plain = Plan()
    healthy = play(call, plain)
    for _ in range(PLACES):
        nth = 1 + rng.randrange(plain.counts[method])
        note(f"at {method} {nth}")
        check_fault(call, Plan(method, nth, error("failed at", *call.numbers, call.turns)), healthy)


@pytest.mark.slow
@pytest.mark.parametrize("method", ["feed", "end_turn", "take_prompt", "close", "fork", "open_from"])
def test_no_planted_number_is_shown_wherever_a_detector_raises(method: str, *, thorough: bool) -> None:
    """Every place of a call, one error each; in the profile `thorough` of 200 calls, every error."""
    rng = random.Random(method)
    for _ in range(200 if thorough else 20):
        call, plain = planted(rng), Plan()
        healthy = play(call, plain)
        for nth in range(1, plain.counts[method] + 1):
            for error in ERRORS if thorough else (ERRORS[nth % len(ERRORS)],):
                check_fault(call, Plan(method, nth, error("failed at", *call.numbers, call.turns)), healthy)


def check_fault(call: Planted, plan: Plan, healthy: Shown) -> None:
    """What is shown when the plan is carried out, beside what is shown without."""
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
@given(call=CALL, rng=RANDOMS)
def test_no_planted_number_is_shown_when_what_an_operator_asks_for_raises(
    method: str, call: Planted, rng: random.Random
) -> None:
    plain = Plan()
    play(call, plain, LAST4)
    plan = Plan(method, 1 + rng.randrange(plain.counts[method]), ValueError("failed at", *call.numbers))
    shown = play(call, plan, LAST4)
    assert plan.fired
    out = re.sub(r"\[CREDIT_CARD \d{4}\]", "", "".join(segment.text for segment in shown.finals))
    assert not readable(out)


@given(call=CALL, rng=RANDOMS)
def test_every_segment_that_a_failure_masks_is_marked(call: Planted, rng: random.Random) -> None:
    plain = Plan()
    play(call, plain)
    plan = Plan("feed", 1 + rng.randrange(plain.counts["feed"]), ValueError())
    shown = play(call, plan)
    masked = [s for s in shown.finals if any(entity.label == "REDACTED" for entity in s.entities)]
    assert plan.fired
    assert bool(masked) == (not plan.in_fork)
    assert all(segment.fault for segment in masked)


@given(call=CALL)
def test_an_interim_whose_fork_fails_shows_the_stand_in_alone(call: Planted) -> None:
    plan = Plan("fork", 3, MemoryError(*call.numbers))
    shown = play(call, plan)
    third = shown.interims[2]
    assert (third.text, third.entities, third.fault, third.is_final) == (STAND_IN, (), True, False)
    assert third.utterance == call.utterances[5].id


@given(call=CALL, rng=RANDOMS)
def test_an_interruption_goes_out_and_what_follows_is_masked(call: Planted, rng: random.Random) -> None:
    plain = Plan()
    play(call, plain)
    plan = Plan("feed", 1 + rng.randrange(plain.counts["feed"]), KeyboardInterrupt())
    with detectors(plan):
        shown = Shown(Redactor().stream())
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
        shown = Shown(Redactor().stream())
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
        call = Redactor().stream()
        call.push(Utterance("my card", speaker="a"))
        for text in ("41", "forty two", "double oh", "two", "twelve"):
            (segment,) = call.push(Utterance(text, speaker="a"))
            assert segment.text == " ".join("[REDACTED]" for _ in text.split())
    assert CardDetector.guards & NUMERIC == NUMERIC
