"""Growth: the work per word and the state of a call stay flat, however long it is and whatever is said in it.

Work is counted, not timed: function calls, of Python and of C. What a single call of C or a loop does is bounded by the
sizes of the state, which are counted too.
"""

from __future__ import annotations

import gc
import sys
import tracemalloc
from collections import deque
from collections.abc import Iterator
from functools import cache
from itertools import count, cycle, islice
from types import FrameType
from typing import Any, Self

import pytest

from ccredact import Call, Policy, Redactor, Utterance

EARLY, WINDOW, MOST_CALLS = 2_000, 500, 20_000
LATE = 10_000
WHOLE = (60, 1_000, 4_000)
LATER = (100_000, 1_000_000)
"""Words of a call, and of an utterance, in the profile `thorough` too."""
MOST_ITEMS = 1_000
"""Items in all containers of one call: the memory of its last numbers fills within some thousand words, then stays."""
IDLE, ADVERSARIAL = 10 * 1024, 32 * 1024
PLAIN = Redactor()
NUMBERS = Redactor(tagger=False)
OPERATORS = {
    "replace": NUMBERS,
    "last4": Redactor({"entities": {"CREDIT_CARD": "last4"}}),
    "hash": Redactor({"entities": {"CREDIT_CARD": "hash", "CREDIT_CARD_LAST4": "redact"}}, key=bytes(32)),
}

TEXTS = {
    "quiet talk": "so i was wondering whether you could help us with the garden furniture we ordered",
    "disclosures": "i take lisinopril for my knee pain and my wife has asthma",
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


def new_cards() -> Iterator[str]:
    """Valid cards, each another one, with a word between."""
    for number in count(1):
        digits = f"4{number * 7919:014}"
        doubled = "".join(str(int(char) * (2 - place % 2)) for place, char in enumerate(digits))
        yield from (digits + str(-sum(map(int, doubled)) % 10), "thanks")


def new_names() -> Iterator[str]:
    """Names, each another one, among words."""
    for number in count(1):
        yield from (
            "this",
            "is",
            f"Q{chr(97 + number % 26)}{chr(97 + number // 26 % 26)}o{chr(97 + number // 676 % 26)}a",
        )


def words(text: str) -> Iterator[str]:
    made = {"new cards": new_cards, "names": new_names}.get(text)
    return made() if made else cycle(TEXTS[text].split())


def short_utterances(said: Iterator[str]) -> Iterator[Utterance]:
    while True:
        yield Utterance(" ".join(islice(said, 10)), speaker="a")


def single_words(said: Iterator[str]) -> Iterator[Utterance]:
    for word in said:
        yield Utterance(word, speaker="a")


def two_speakers(said: Iterator[str]) -> Iterator[Utterance]:
    """The other speaker says something after every four words."""
    while True:
        yield Utterance(" ".join(islice(said, 4)), speaker="a")
        yield Utterance("okay", speaker="b")


def echoed(said: Iterator[str]) -> Iterator[Utterance]:
    """The other speaker repeats every four words."""
    while True:
        group = " ".join(islice(said, 4))
        yield Utterance(group, speaker="a")
        yield Utterance(group, speaker="b")


SHAPES = {f.__name__: f for f in (short_utterances, single_words, two_speakers, echoed)}


class TooMuchWork(BaseException):
    """A word costs more than any word may. It passes every `except Exception`."""


class Work:
    """Counts function calls, those of C too, and gives up after `most`: more than any text needs."""

    def __init__(self, most: int) -> None:
        self.calls, self.most = 0, most

    def _count(self, frame: FrameType, event: str, arg: Any) -> None:
        del frame, arg
        if event in {"call", "c_call"}:
            self.calls += 1
            if self.calls > self.most:
                raise TooMuchWork

    def __enter__(self) -> Self:
        self.before = sys.getprofile()
        sys.setprofile(self._count)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(self.before)


def reach(value: object, seen: set[int]) -> Iterator[Any]:
    """Every text and container that can be reached from a value, but what has been seen before."""
    if isinstance(value, str):
        yield value
    if isinstance(value, str | Redactor | Policy | type) or id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, dict | list | tuple | set | frozenset):
        yield value
        parts = [*value, *value.values()] if isinstance(value, dict) else list(value)
    else:
        kinds = type(value).__mro__  # a compiled class lists what it holds in `__mypyc_attrs__`
        slots = [name for kind in kinds for name in getattr(kind, "__mypyc_attrs__", getattr(kind, "__slots__", ()))]
        parts = [getattr(value, name) for name in {*slots, *getattr(value, "__dict__", ())} if hasattr(value, name)]
    for part in parts:
        yield from reach(part, seen)


@cache
def shared(redactor: Redactor) -> tuple[Call, set[int]]:
    """A new call, and the ids of what can be reached from it: what it shares with the other calls of its redactor."""
    call, seen = redactor.stream(), set[int]()
    deque(reach(call, seen), maxlen=0)
    return call, seen


def own(redactor: Redactor, call: Call) -> Iterator[Any]:
    """Every text and container of a call that no other call has."""
    return reach(call, set(shared(redactor)[1]))


def items(redactor: Redactor, call: Call) -> int:
    """Items in all its containers."""
    return sum(len(part) for part in own(redactor, call) if not isinstance(part, str))


def longest(redactor: Redactor, call: Call) -> int:
    """Characters of its longest text."""
    return max(len(part) for part in own(redactor, call) if isinstance(part, str))


def window(redactor: Redactor, call: Call, utterances: Iterator[Utterance]) -> tuple[float, int]:
    """(function calls a word, most items of the state) over the next words."""
    work, most, done, pushed = Work(MOST_CALLS * WINDOW), 0, 0, 0
    while done < WINDOW:
        utterance = next(utterances)
        done += utterance.text.count(" ") + 1
        pushed += 1
        with work:
            call.push(utterance)
        if pushed % 7 == 0:
            most = max(most, items(redactor, call))
    return work.calls / done, most


def check_growth(redactor: Redactor, text: str, shape: str, late: tuple[int, ...], held: int = MOST_ITEMS) -> None:
    call, utterances, done = redactor.stream(), SHAPES[shape](words(text)), WINDOW
    window(redactor, call, utterances)  # gives up at once where the work explodes
    early: float | None = None
    for place in (EARLY, *late):
        while done < place - WINDOW:
            utterance = next(utterances)
            done += utterance.text.count(" ") + 1
            call.push(utterance)
        calls, most = window(redactor, call, utterances)
        done += WINDOW
        early = early or calls
        assert calls <= 1.3 * early + 1
        assert most <= held


@pytest.mark.parametrize(
    "shape",
    [
        "short_utterances",
        *(pytest.param(shape, marks=pytest.mark.slow) for shape in SHAPES if shape != "short_utterances"),
    ],
)
@pytest.mark.parametrize("text", [*TEXTS, "new cards"])
def test_work_per_word_and_state_stay_flat_in_a_call(text: str, shape: str, *, thorough: bool) -> None:
    check_growth(NUMBERS, text, shape, late=(LATE, *LATER) if thorough else (LATE,))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("text", ["quiet talk", "names"])
def test_so_they_do_with_the_tagger(text: str, shape: str) -> None:
    check_growth(PLAIN, text, shape, late=(3_000,))


@pytest.mark.parametrize("operator", ["last4", pytest.param("hash", marks=pytest.mark.slow)])
@pytest.mark.parametrize("shape", ["short_utterances", "two_speakers"])
@pytest.mark.parametrize("text", ["announced digits", "cards", "new cards"])
def test_operators_that_wait_for_the_whole_number_wait_within_bounds(text: str, shape: str, operator: str) -> None:
    check_growth(OPERATORS[operator], text, shape, late=(4_000,), held=4 * MOST_ITEMS)


@pytest.mark.parametrize("text", [*TEXTS, "new cards"])
def test_work_per_word_stays_flat_in_one_utterance(text: str, *, thorough: bool) -> None:
    costs = []
    for size in (*WHOLE, *LATER) if thorough else WHOLE:
        work, call = Work(MOST_CALLS * size), NUMBERS.stream()
        utterance = Utterance(" ".join(islice(words(text), size)), speaker="a")
        with work:
            call.push(utterance)
            call.close()
        costs.append(work.calls / size)
    assert max(costs[2:]) <= 1.3 * costs[1] + 1


@pytest.mark.parametrize("operator", ["replace", "last4"])
def test_digits_without_end_after_a_cue_are_released_within_the_policys_bound(operator: str) -> None:
    call = OPERATORS[operator].stream()
    call.push(Utterance("my card number is", speaker="a"))
    waiting = 0
    for _ in range(1_500):
        waiting += 1 - len(call.push(Utterance("one", speaker="a")))
        assert waiting <= PLAIN.policy.hold.words + 1


def test_an_interim_costs_the_same_late_in_a_call_as_early(*, thorough: bool) -> None:
    def cost(call: Call) -> int:
        work = Work(100 * MOST_CALLS)
        with work:
            call.push(Utterance("it's four one one two three", speaker="a", is_final=False))
        return work.calls

    first, early, late = PLAIN.stream(), PLAIN.stream(), PLAIN.stream()
    for call, size in ((first, 20), (early, 20), (late, 2_000 if thorough else 400)):
        for utterance in islice(short_utterances(words("new cards")), size):
            call.push(utterance)
    cost(first)  # what is made once for all calls is made now; a call's own second interim would go on from its first
    assert cost(late) <= 1.3 * cost(early)
    assert items(PLAIN, late) <= MOST_ITEMS


@pytest.mark.parametrize("text", ["...", " ", "\n", "-", "\u2014"])
def test_utterances_without_words_leave_nothing_behind(text: str) -> None:
    call = PLAIN.stream()
    for turn in range(1_000):
        call.push(Utterance("hello" if turn == 0 else text, speaker="a"))
    assert longest(PLAIN, call) <= 100
    call.push(Utterance("so" + text * 10_000, speaker="a"))
    assert longest(PLAIN, call) <= 100


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


def bytes_per_call(lines: list[tuple[str, str]], number: int) -> float:
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
        gc.collect()  # it empties the interpreter's free lists too: they are no part of a call
        before, _ = tracemalloc.get_traced_memory()
        calls.extend(play() for _ in range(number))
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(calls) == number
    return (after - before) / number


def test_an_idle_call_keeps_at_most_10_kib(*, thorough: bool) -> None:
    assert bytes_per_call(SHORT, 10_000 if thorough else 300) <= IDLE


@pytest.mark.slow
@pytest.mark.parametrize("case", HELD)
def test_an_open_call_keeps_at_most_32_kib_whatever_it_waits_for(case: str, *, thorough: bool) -> None:
    assert bytes_per_call(HELD[case], 300 if thorough else 10) <= ADVERSARIAL


def test_a_word_of_marks_without_end_is_one_word_and_takes_no_time() -> None:
    # Every mark once looked for a letter behind all of the others: hours for this text.
    text = "a" + "\u0301" * 300_000
    assert Redactor().redact(text).text == text


@pytest.mark.parametrize("text", ["(" * 300_000, "[noise] " * 100_000, "<so-" * 100_000, "[laughter-" * 50_000])
def test_brackets_without_end_take_no_time(text: str) -> None:
    assert Redactor().redact(f"hello {text}").text == f"hello {text}"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["day", "bill"])
def test_a_name_said_back_without_end_takes_no_time(name: str) -> None:
    call = Redactor().stream()
    call.push(Utterance("what is your last name", speaker="a"))
    assert call.push(Utterance(name, speaker="b")) == []  # it waits for what is said behind it
    said = f"Thanks {name} " * 100_000
    name_told, *segments = [*call.push(Utterance(said, speaker="a")), *call.close()]
    assert name_told.text == "[PERSON]"
    assert not any(segment.fault for segment in segments)
    assert sum(segment.end - segment.start for segment in segments) == len(said)
