"""Calls handed over: encrypted, checked, gone on with; a security code and a PIN are never among what is exported."""

from __future__ import annotations

import pickle
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from hypothesis import given
from hypothesis import strategies as st

import cuts
import talk
import talk_answers
from ccredact import Redactor, StreamError, Utterance
from ccredact.errors import CcredactError, HandoverError, MissingExtraError
from ccredact.live import handover
from ccredact.reasons import Reason
from flushes import hidden
from held import Clock
from strategies import RANDOMS, made
from streams import by_utterance

if TYPE_CHECKING:
    import random

    from ccredact import Segment
    from ccredact.core.call import Call

REDACTOR = Redactor(tagger=False)
OTHER = Redactor(tagger=False)
KEY = bytes(range(32))
CALLS = st.one_of(made(talk.turns), made(talk_answers.turns))


def handed_over(call: Call, redactor: Redactor = OTHER, **options: Any) -> Call:
    return redactor.import_call(call.export(KEY, id="c1"), KEY, id="c1", **options)


def text(segments: list[Segment]) -> str:
    return "".join(segment.text for segment in segments)


def test_a_number_goes_on_that_was_blanked_in_its_middle() -> None:
    call = REDACTOR.stream()
    call.push(Utterance("what's the pin and the code on the back", speaker="agent", id="1"))
    call.push(Utterance("ninety", speaker="customer", id="2"))
    call = handed_over(call)
    segments = [*call.push(Utterance("two one one", speaker="customer", id="3")), *call.close()]
    reasons = {entity.reason for segment in segments for entity in segment.entities}
    assert Reason.FAULT not in reasons
    assert "two" not in text(segments)


@given(call=CALLS, rng=RANDOMS)
def test_a_call_goes_on_elsewhere_as_it_would_have_here(call: talk.Turns, rng: random.Random) -> None:
    """The same text; where a security code or a PIN was told, what is hidden is more."""
    utterances = [utterance for _, utterance in cuts.recut(call, rng)]
    at = rng.randrange(len(utterances) + 1)
    stream = REDACTOR.stream()
    segments = [segment for utterance in utterances[:at] for segment in stream.push(utterance)]
    secret = stream._state.may_hold_secrets
    for utterance in utterances[at : at + 1]:
        stream.push(replace(utterance, is_final=False))
    stream = handed_over(stream)
    segments += [segment for utterance in utterances[at:] for segment in stream.push(utterance)]
    got = by_utterance([*segments, *stream.close()])
    for number, (utterance, whole) in enumerate(zip(utterances, REDACTOR.redact_call(utterances), strict=True)):
        pieces = got[str(number)]
        assert secret or text(pieces) == whole.text
        more = zip(hidden(utterance, pieces), hidden(utterance, [whole]), utterance.text.split(), strict=True)
        assert all(now or not was for now, was, word in more if word in talk.UNITS or any(map(str.isdecimal, word)))


def opened(data: bytes) -> bytes:
    return AESSIV(KEY).decrypt(data[16:], [b"str:c1", data[:16]])


SECRETS = [
    ["what's the pin", "four seven nine one", "okay"],
    ["what's the security code on the back", "947", "okay"],
    ["my card number is 4242 4242 4242 4242", "and the cvv", "it's nine four seven"],
    ["what's the pin", "four seven"],
]


@pytest.mark.parametrize("said", SECRETS)
def test_no_digit_of_a_secret_is_exported(said: list[str]) -> None:
    call = Redactor().stream()
    for number, line in enumerate(said):
        call.push(Utterance(line, "ac"[number % 2]))
    plain = opened(call.export(KEY, id="c1"))
    for word in ("four", "seven", "nine", "947", "4791"):
        assert word.encode() not in plain
    assert b"4242" not in plain


@pytest.mark.parametrize("said", SECRETS)
def test_a_call_with_a_secret_hides_its_digits_to_the_end(said: list[str]) -> None:
    call = REDACTOR.stream()
    for number, line in enumerate(said):
        call.push(Utterance(line, "ac"[number % 2]))
    again = handed_over(call)
    lines = ["nothing else", "so that was 9 4 um 7 then", "right", "four thank you seven yes nine one", "fine"]
    out = [segment for n, line in enumerate(lines) for segment in again.push(Utterance(line, "ac"[n % 2], f"new{n}"))]
    shown = text([*out, *again.close()])
    assert not any(map(str.isdecimal, shown))
    assert not {"four", "seven", "nine"} & set(shown.split())


def test_a_hypothesis_that_is_kept_is_not_exported() -> None:
    """It is read anew where the call goes on."""
    redactor = Redactor()
    call = redactor.stream()
    call.push(Utterance("hello this is", "a", "first"))
    call.push(Utterance("my name is gwendolyn", "c", "second", is_final=False))
    data = call.export(KEY, id="c1")
    assert b"gwendolyn" not in opened(data)
    again = redactor.import_call(data, KEY, id="c1")
    shown = text([*again.push(Utterance("my name is gwendolyn smith", "c", "second")), *again.close()])
    assert shown == "my name is [PERSON]"


def test_what_was_held_comes_where_the_call_goes_on() -> None:
    call = REDACTOR.stream(clock=Clock())
    call.push(Utterance("so it is 4242 4242 4242", "c", "first"))
    again = handed_over(call, clock=Clock())
    assert again.held.words == 3
    assert text([*again.push(Utterance("4242", "c")), *again.close()]) == "[CREDIT_CARD][CREDIT_CARD]"
    assert (call.held.words, call.close()) == (0, [])
    with pytest.raises(StreamError):
        call.push(Utterance("more", "c"))


def test_what_was_held_has_waited_as_long_by_the_clock_where_the_call_goes_on() -> None:
    clock, other = Clock(), Clock()
    clock.now, other.now = 1_000.0, 5.0
    call = REDACTOR.stream(clock=clock)
    call.push(Utterance("so it is 4242 4242 4242", "c"))
    clock.now += 1.0
    again = handed_over(call, clock=other)
    assert again.held.seconds == 1.0
    other.now += 0.25
    assert again.flush(after=1.5) == []
    other.now += 0.25
    assert text(again.flush(after=1.5)) == "[NUMBER]"


def test_a_call_whose_secret_is_open_gives_what_it_held_hidden() -> None:
    call = REDACTOR.stream()
    call.push(Utterance("what's the pin", "a"))
    assert text(call.push(Utterance("it's four", "c", "answer"))) == "it's "
    again = handed_over(call)
    first = again.push(Utterance("seven", "c", "more"))
    assert [segment.text for segment in first if segment.utterance == "answer"] == ["[NUMBER]"]
    assert "seven" not in text([*first, *again.close()])


@pytest.mark.parametrize("policy", ["pci", {"stand_in": "-"}])
def test_another_policy_is_refused_unless_the_call_may_be_degraded(policy: Any) -> None:
    other = Redactor(policy, tagger=False)

    def export() -> bytes:
        call = REDACTOR.stream()
        call.push(Utterance("so it is 4242 4242", "c", "held"))
        return call.export(KEY)

    with pytest.raises(HandoverError, match="another policy"):
        other.import_call(export(), KEY)
    again = other.import_call(export(), KEY, degrade=True)
    shown = text([*again.push(Utterance("it was 4 4 7 then I think that is all", "c")), *again.close()])
    assert shown == "[NUMBER]it was [NUMBER] then I think that is all"
    assert again.pushed == 2


def test_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = REDACTOR.stream().export(KEY)
    monkeypatch.setattr("ccredact.live.handover.version", lambda name: f"0 of {name}")
    with pytest.raises(HandoverError, match="another version"):
        REDACTOR.import_call(data, KEY)


@pytest.mark.parametrize(
    ("key", "name", "change"),
    [(bytes(32), "c1", 0), (KEY, "c2", 0), (KEY, 1, 0), (KEY, "c1", 1), (KEY[:-1], "c1", 0), ("key", "c1", 0)],
)
def test_what_is_not_as_it_was_exported_is_refused(key: Any, name: Any, change: int) -> None:
    data = bytearray(REDACTOR.stream().export(KEY, id="c1"))
    data[len(data) // 2] ^= change
    with pytest.raises(HandoverError):
        REDACTOR.import_call(bytes(data), key, id=name)


@pytest.mark.parametrize("data", [b"", b"1234", bytes(100)])
def test_what_was_never_exported_is_refused(data: bytes) -> None:
    with pytest.raises(HandoverError):
        REDACTOR.import_call(data, KEY)


def test_nothing_is_made_of_what_is_no_part_of_a_call() -> None:
    fresh = REDACTOR._state()
    for value in (print, pickle.loads, sys.exit, Redactor.redact):
        with pytest.raises(HandoverError):
            handover._loaded(pickle.dumps(value), fresh)


def test_a_call_is_exported_once_and_not_with_foreign_detectors() -> None:
    call = REDACTOR.stream()
    call.export(KEY)
    with pytest.raises(HandoverError, match="open call"):
        call.export(KEY)


def test_names_that_were_known_before_the_call_are_known_there() -> None:
    call = REDACTOR.stream(names=["Ada Obi"])
    call.push(Utterance("hello", "a"))
    again = handed_over(call)
    assert text([*again.push(Utterance("this is ada obi", "c")), *again.close()]) == "this is [PERSON]"


def test_names_are_known_there_too_where_a_secret_was_told() -> None:
    call = REDACTOR.stream(names=["Ada Obi"])
    call.push(Utterance("what's the pin", "a"))
    call.push(Utterance("four seven nine one", "c"))
    again = handed_over(call)
    shown = text([*again.push(Utterance("thanks this is ada obi and 4 7 9", "c")), *again.close()])
    assert shown == "[NUMBER]thanks this is [PERSON] and [PIN]"


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.ciphers.aead", None)
    with pytest.raises(MissingExtraError, match=r"ccredact\[handover\]"):
        REDACTOR.stream().export(KEY)
    assert issubclass(HandoverError, CcredactError)


@pytest.mark.parametrize("said", SECRETS)
def test_a_call_is_handed_over_again_and_again(said: list[str]) -> None:
    """Before anything is given, and behind more words: the digits stay hidden, and what was held comes once."""
    call = REDACTOR.stream()
    call.push(Utterance("so it is 4242 4242", "c", "held"))
    for number, line in enumerate(said):
        call.push(Utterance(line, "ac"[number % 2]))
    again = handed_over(handed_over(call))
    first = again.push(Utterance("so that was 9 4 um 7 then", "c"))
    again = handed_over(handed_over(again))
    later = [*again.push(Utterance("four thank you seven yes nine one", "c")), *again.close()]
    assert sum(segment.utterance == "held" for segment in [*first, *later]) <= 1
    assert not any(map(str.isdecimal, text([*first, *later])))
    assert not {"four", "seven", "nine"} & set(text(later).split())


def test_what_was_held_comes_once_behind_two_hand_overs() -> None:
    call = REDACTOR.stream()
    call.push(Utterance("what's the pin", "a"))
    call.push(Utterance("it's four", "c", "answer"))
    again = handed_over(handed_over(call))
    first = again.push(Utterance("seven", "c", "more"))
    assert [segment.text for segment in [*first, *again.close()] if segment.utterance == "answer"] == ["[NUMBER]"]
