"""Growth: the work per word and the state of a call stay flat, however long it is and whatever is said in it.

Work is counted, not timed: function calls, of Python and of C. What a single call of C or a loop does is bounded by the
sizes of the state, which are counted too.
"""

from __future__ import annotations

import os
import sys
import tracemalloc
from collections.abc import Iterable, Iterator
from itertools import cycle, islice
from types import FrameType
from typing import Any

import pytest
from hypothesis import settings

from ccredact import Call, Redactor, Utterance

THOROUGH = os.environ.get("CCREDACT_THOROUGH") == "1" or (settings.default or settings()).max_examples > 10_000
SMALL = 2_000
SIZES = (10_000, 100_000, 1_000_000) if THOROUGH else (10_000,)
OPEN_CALLS = 10_000 if THOROUGH else 300
IDLE, ADVERSARIAL = 8 * 1024, 32 * 1024
MOST_ITEMS = 2_000
"""Items in all lists, tuples, dicts and sets of one call: the policy's 800 held words fit, a whole call does not."""
PLAIN = Redactor()
OPERATORS = {
    "replace": PLAIN,
    "last4": Redactor({"entities": {"CREDIT_CARD": "last4"}}),
    "hash": Redactor({"entities": {"CREDIT_CARD": "hash", "CREDIT_CARD_LAST4": "redact"}}, key=bytes(32)),
}

TEXTS = {
    "quiet talk": "so i was wondering whether you could help us with the garden furniture we ordered",
    "digits said": "four one one two three nine zero seven five",
    "one digit said": "four",
    "single figures": "4 1 1 2 3 9 0 7 5",
    "groups of four": "4111 1111 2034 9177",
    "cards": "4111 1111 1111 1111 okay and then",
    "written cards": "4111111111111111 5555555555554444",
    "forty two": "forty two",
    "cues": "card number security code expiry date last four digits",
    "announced digits": "card number is four one one two",
    "fillers after digits": "4111 um uh dash and then so like just well",
    "fillers": "um uh dash and then so like just well",
    "homophones": "for to too ate won for",
    "announced homophones": "card number for to too ate won",
    "doubles": "double triple double oh oh double",
    "magnitudes": "two thousand five hundred and forty",
    "corrections": "four one no sorry wait four two",
    "codes": "security code 123 okay",
    "other numbers": "order number 4111 2222 and phone number 555 0100",
}


def words(text: str, count: int) -> list[str]:
    return list(islice(cycle(text.split()), count))


def one_utterance(text: str, count: int) -> Iterator[Utterance]:
    yield Utterance(" ".join(words(text, count)), speaker="a")


def short_utterances(text: str, count: int) -> Iterator[Utterance]:
    said = words(text, count)
    for at in range(0, count, 10):
        yield Utterance(" ".join(said[at : at + 10]), speaker="a")


def single_words(text: str, count: int) -> Iterator[Utterance]:
    for word in words(text, count):
        yield Utterance(word, speaker="a")


def two_speakers(text: str, count: int) -> Iterator[Utterance]:
    """The other speaker says something after every four words."""
    said = words(text, count)
    for at in range(0, count, 5):
        yield Utterance(" ".join(said[at : at + 4]), speaker="a")
        yield Utterance("okay", speaker="b")


def echoed(text: str, count: int) -> Iterator[Utterance]:
    """The other speaker repeats every four words."""
    said = words(text, count)
    for at in range(0, count, 8):
        yield Utterance(" ".join(said[at : at + 4]), speaker="a")
        yield Utterance(" ".join(said[at : at + 4]), speaker="b")


SHAPES = {f.__name__: f for f in (one_utterance, short_utterances, single_words, two_speakers, echoed)}


class Work:
    """Counts function calls, those of C too."""

    def __init__(self) -> None:
        self.calls = 0

    def _count(self, frame: FrameType, event: str, arg: Any) -> None:
        del frame, arg
        if event in {"call", "c_call"}:
            self.calls += 1

    def __enter__(self) -> Work:
        self.before = sys.getprofile()
        sys.setprofile(self._count)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(self.before)


def items(value: object, seen: set[int]) -> int:
    """Items of the containers and characters of the texts that can be reached from a call, without its redactor."""
    if id(value) in seen or isinstance(value, Redactor | type):
        return 0
    seen.add(id(value))
    if isinstance(value, dict):
        return len(value) + sum(items(part, seen) for pair in value.items() for part in pair)
    if isinstance(value, list | tuple | set | frozenset):
        return len(value) + sum(items(part, seen) for part in value)
    slots = [name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())]
    parts = [getattr(value, name) for name in slots if hasattr(value, name) and name != "vocabulary"]
    return sum(items(part, seen) for part in parts)


def run(redactor: Redactor, utterances: Iterable[Utterance]) -> tuple[int, int, int]:
    """(function calls, most items of the state after a push, segments)."""
    call = redactor.stream()
    work, most, segments = Work(), 0, 0
    for number, utterance in enumerate(utterances):
        with work:
            segments += len(call.push(utterance))
        if number % 97 == 0 or number % 1000 > 990:
            most = max(most, items(call, set()))
    with work:
        segments += len(call.close())
    return work.calls, most, segments


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("text", TEXTS)
def test_work_per_word_and_state_stay_flat(text: str, shape: str) -> None:
    make = SHAPES[shape]
    run(PLAIN, make(TEXTS[text], SMALL))  # so that every cache is as warm as it gets
    small, *_ = run(PLAIN, make(TEXTS[text], SMALL))
    for size in SIZES:
        calls, most, segments = run(PLAIN, make(TEXTS[text], size))
        assert segments >= 1
        assert calls / size <= 1.3 * small / SMALL
        assert most <= MOST_ITEMS or shape == "one_utterance"


@pytest.mark.parametrize("operator", ["last4", "hash"])
@pytest.mark.parametrize("shape", ["short_utterances", "single_words", "two_speakers"])
@pytest.mark.parametrize("text", ["announced digits", "cards", "cues"])
def test_operators_that_wait_for_the_whole_number_wait_within_bounds(text: str, shape: str, operator: str) -> None:
    make = SHAPES[shape]
    redactor = OPERATORS[operator]
    run(redactor, make(TEXTS[text], SMALL))
    small, *_ = run(redactor, make(TEXTS[text], SMALL))
    size = 5 * SMALL
    calls, most, _ = run(redactor, make(TEXTS[text], size))
    assert calls / size <= 1.3 * small / SMALL
    assert most <= 10 * MOST_ITEMS


@pytest.mark.parametrize("operator", ["replace", "last4"])
def test_digits_without_end_after_a_cue_are_released_within_the_policys_bound(operator: str) -> None:
    call = OPERATORS[operator].stream()
    call.push(Utterance("my card number is", speaker="a"))
    waiting = 0
    for _ in range(1_500):
        waiting += 1 - len(call.push(Utterance("one", speaker="a")))
        assert waiting <= call._redactor.policy.hold.words


def test_an_interim_costs_the_same_late_in_a_call_as_early() -> None:
    def cost(call: Call) -> int:
        work = Work()
        with work:
            call.push(Utterance("it's four one one two three", speaker="a", is_final=False))
        return work.calls

    early, late = PLAIN.stream(), PLAIN.stream()
    for call, count in ((early, 200), (late, 20_000 if THOROUGH else 4_000)):
        for utterance in short_utterances(TEXTS["cards"], count):
            call.push(utterance)
    cost(early)
    assert cost(late) <= 1.3 * cost(early)
    assert items(late, set()) <= 1.3 * items(early, set())


@pytest.mark.parametrize("text", ["...", " ", "\n", "-", "\u2014"])
def test_utterances_without_words_leave_nothing_behind(text: str) -> None:
    call = PLAIN.stream()
    for turn in range(1_000):
        call.push(Utterance("hello" if turn == 0 else text, speaker="a"))
    held = max(len(part) for part in texts(call, set()))
    call.push(Utterance("a" + text * 10_000, speaker="a"))
    held = max(held, *(len(part) for part in texts(call, set())))
    assert held <= 100


def texts(value: object, seen: set[int]) -> list[str]:
    """Every text that can be reached from a call, without its redactor."""
    if isinstance(value, str):
        return [value]
    if id(value) in seen or isinstance(value, Redactor | type):
        return []
    seen.add(id(value))
    if isinstance(value, dict):
        return [text for pair in value.items() for part in pair for text in texts(part, seen)]
    if isinstance(value, list | tuple | set | frozenset):
        return [text for part in value for text in texts(part, seen)]
    slots = [name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())]
    parts = [getattr(value, name) for name in slots if hasattr(value, name) and name != "vocabulary"]
    return [text for part in parts for text in texts(part, seen)]


# --- memory of open calls


def said(*lines: str) -> list[tuple[str, str]]:
    return [(line[0], line[2:]) for line in lines]


SHORT = said("a how can i help", "b hi i have a question about my bill", "a sure go ahead", "b it's about the last one")
HELD: dict[str, list[tuple[str, str]]] = {
    "a candidate in one-word utterances": [("b", str(4000 + n % 10)) for n in range(200)],
    "a candidate of single figures": [("b", str(n % 10)) for n in (4, 1, 1, 1, *range(200))],
    "a candidate over the other speaker's answers": [("b" if n % 2 else "a", f"411{n % 10}") for n in range(60)],
    "all that can be expected": [
        *said("a card number and expiry date and security code and the last four digits of the card"),
        *[("b", "four one one two three nine zero")] * 40,
    ],
    "a run of many digits": [("b", "it's " + "4 1 1 2 3 9 0 7 5 " * 300)],
    "forty two": [("b", "forty two " * 300)],
    "a candidate at the end of a long utterance": [("b", "so i was wondering about that " * 1_000 + "4111 1111")],
    "many cards": [("b", "my card number is 4111 1111 1111 1111 okay")] * 300,
}


def bytes_per_call(lines: list[tuple[str, str]], count: int) -> float:
    """Bytes that a call keeps after these lines, of which no text is shared with another call."""

    def play() -> Call:
        call = PLAIN.stream()
        for speaker, line in lines:
            call.push(Utterance(" ".join(line.split()), speaker=speaker))
        return call

    play()
    calls: list[Call] = []
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        calls.extend(play() for _ in range(count))
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(calls) == count
    return (after - before) / count


def test_an_idle_call_keeps_at_most_8_kib() -> None:
    assert bytes_per_call(SHORT, OPEN_CALLS) <= IDLE


@pytest.mark.parametrize("case", HELD)
def test_an_open_call_keeps_at_most_32_kib_whatever_it_waits_for(case: str) -> None:
    assert bytes_per_call(HELD[case], OPEN_CALLS if case.startswith("all") else OPEN_CALLS // 30) <= ADVERSARIAL
