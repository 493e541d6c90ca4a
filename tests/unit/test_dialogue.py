"""The dialogue of a call: one state, which the scanner owns, feeds and forks, whoever sleeps or has failed."""

from __future__ import annotations

import pytest

from ccredact import Redactor, Span, Utterance
from ccredact.detectors.base import Context, OutsideCall, Stateless
from ccredact.text.token import Token
from ccredact.text.word_class import NUMERIC, PROMPTED


class Listener(Stateless):
    """Keeps what is waited for at each number and each phrase."""

    labels: frozenset[str] = frozenset()
    wake = guards = NUMERIC | PROMPTED
    active = False

    def __init__(self) -> None:
        self.heard: list[tuple[str, tuple[str, ...]]] = []

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Take one word."""
        self.heard.append((token.key, ctx.dialogue.open_kinds()))
        return []


class Failing(Stateless):
    """Raises at the first number: its place must not be the end of the dialogue."""

    labels: frozenset[str] = frozenset()
    wake = guards = NUMERIC
    active = False

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Take one word."""
        del token, ctx
        raise ValueError


def heard(policy: str, *turns: str, failing: bool = False) -> list[tuple[str, tuple[str, ...]]]:
    """What a detector is told in a call of two speakers."""
    listener = Listener()
    redactor = Redactor(policy, detectors=[*([Failing()] if failing else []), listener], tagger=False)
    redactor.redact_call([Utterance(text, speaker="ab"[number % 2]) for number, text in enumerate(turns)])
    return listener.heard


@pytest.mark.parametrize("failing", [False, True])
@pytest.mark.parametrize("policy", ["full", "pci"])
def test_a_detector_reads_what_is_waited_for(policy: str, *, failing: bool) -> None:
    told = heard(policy, "what is your pin", "it is 4821 and the card number is 4111", failing=failing)
    assert told[0] == ("pin", ())  # the phrase itself comes first
    assert told[1] == ("4821", ("PIN",))
    assert told[-1] == ("4111", ("PIN", "CARD"))


def test_what_is_waited_for_too_long_is_forgotten_though_detectors_sleep() -> None:
    quiet = ["okay", "so", "well", "right"] * 4
    assert heard("full", "what is your pin", "one moment", "four")[-1] == ("four", ("PIN",))
    assert heard("full", "what is your pin", *quiet, "four")[-1] == ("four", ())


def test_an_interim_changes_nothing() -> None:
    plain, forked = Listener(), Listener()
    for listener, interims in ((plain, False), (forked, True)):
        call = Redactor(detectors=[listener], tagger=False).stream()
        for text in ("what is your pin", "so four"):
            if interims:
                call.push(Utterance("what is the card number", is_final=False))
            call.push(Utterance(text))
    assert [row for row in forked.heard if row[0] not in {"card", "number"}] == plain.heard
    assert ("four", ("PIN",)) in plain.heard


def redacted(*turns: str) -> list[str]:
    """The turns of two speakers, redacted."""
    call = [Utterance(text, speaker="ab"[number % 2]) for number, text in enumerate(turns)]
    return [segment.text for segment in Redactor(tagger=False).redact_call(call)]


def test_a_phrase_inside_an_address_asks_for_nothing() -> None:
    assert redacted("jo at phone dot com", "482139") == ["[EMAIL_ADDRESS]", "[NUMBER]"]
    assert redacted("jo at phone", "482139") == ["jo at phone", "[PHONE_NUMBER]"]


def test_outside_a_call_nothing_is_waited_for() -> None:
    assert OutsideCall().dialogue.open_kinds() == ()
