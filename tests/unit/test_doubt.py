"""When a call is in doubt it hides more, never less; and `keep` shows no more than it says."""

from __future__ import annotations

from typing import Any

import pytest

from ccredact import Redactor, Span, Utterance
from ccredact.detectors.base import Context, Stateless
from ccredact.text.token import Token
from ccredact.text.word_class import NUMERIC


class Interrupting(Stateless):
    """A user's detector that interrupts the first push in which it is fed."""

    labels = frozenset({"NOTHING"})
    wake = guards = NUMERIC
    active = False

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        del token, ctx
        raise KeyboardInterrupt


@pytest.mark.parametrize("answer", ["it's sunshine", "london bridge", "it was the blue door"])
def test_after_an_interruption_answers_in_everyday_words_are_hidden(answer: str) -> None:
    call = Redactor("pci", detectors=[Interrupting()]).stream()
    with pytest.raises(KeyboardInterrupt):
        call.push(Utterance("that is 12 pounds", "agent"))
    call.push(Utterance("what's the password", "agent"))
    (interim,) = call.push(Utterance(answer, "caller", is_final=False))
    segments = [*call.push(Utterance(answer, "caller", "a")), *call.close()]
    shown = "".join(segment.text for segment in segments if segment.utterance == "a")
    for word in answer.split():
        assert word not in shown.split()
        assert word not in interim.text.split()


KEPT = Redactor({"entities": {"CREDIT_CARD_LAST4": "keep"}}, tagger=False)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("four two four two", True),
        ("double four double two", True),
        ("forty two forty two", True),
        ("4242", True),
        ("triple four triple two", False),
        ("sixteen seventeen eighteen nineteen", False),
        ("forty fifty sixty", False),
        ("quadruple four quadruple two", False),
        ("double forty double fifty", False),
    ],
)
def test_the_last_four_digits_that_are_kept_are_four(said: str, *, kept: bool) -> None:
    text = f"my card ending in {said}"
    assert (KEPT.redact(text).text == text) is kept


@pytest.mark.parametrize("nothing", [None, (), "", 0])
def test_a_detector_that_returns_no_list_has_failed_in_both_builds(nothing: Any) -> None:
    class Forgets(Stateless):
        labels = frozenset({"NOTHING"})
        wake = guards = NUMERIC
        active = False

        def feed(self, token: Token, ctx: Context) -> list[Span]:
            del token, ctx
            return nothing  # type: ignore[no-any-return]

    segment = Redactor(detectors=[Forgets()]).redact("we sell 12 of them")
    assert segment.fault
    assert "12" not in segment.text
