"""Interrupted pushes: a signal handler that raises, or a lack of memory, at any line of ours or any call of a detector.

Whatever is interrupted: nothing is shown that an uninterrupted call hides, no word is lost or comes twice, the call
goes on, and `pushed` tells whether the utterance has to be pushed again. Three ways to interrupt: a trace function
that raises at a line of the package (plain Python only: compiled code has no lines), a user's detector that raises when
it is called for the nth time (in both builds), a timer's signal (in both).
"""

from __future__ import annotations

import gc
import signal
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ccredact.core.state
from ccredact import Redactor, Segment, Span, StreamError, Utterance
from ccredact.detectors.base import Context, Stateless
from ccredact.text.token import Token
from ccredact.text.word_class import NUMERIC

if TYPE_CHECKING:
    from types import FrameType

ROOT = str(Path(ccredact.__file__).parent)
PLAIN = ccredact.core.state.__file__.endswith(".py")
REDACTOR = Redactor()

Turns = list[tuple[str | None, str]]
CALLS: list[Turns] = [
    [
        ("agent", "what's the long number on the card"),
        ("caller", "4111 1111 1111 1111 and the expiry is 03/27 and my name is Zacharias Quimby zquimby@example.com"),
        ("agent", "and the security code"),
        ("caller", "it's 737 thanks"),
        ("agent", "thank you bye"),
    ],
    [
        ("agent", "hi there"),
        ("caller", "my number is four one one one"),
        ("agent", "mm-hmm"),
        ("caller", "one one one one one one one one"),
        ("agent", "go on"),
        ("caller", "one one one one"),
        ("agent", "thanks"),
    ],
    [
        ("agent", "may i have your name"),
        ("caller", "zacharias quimby"),
        ("agent", "and your address"),
        ("caller", "forty two baker street in stroud"),
        ("agent", "lovely"),
    ],
    [("agent", "what's the pin"), ("caller", "nine oh"), ("caller", "two four"), ("agent", "okay"), ("agent", "ok")],
    [
        (None, "my social is 123 45 6789 and i live at 12 quimby lane"),
        (None, "4111111111111111"),
        (None, "thank you"),
    ],
]
SECRETS = ["4111", "1111", "737", "zacharias", "quimby", "6789", "baker", "stroud", "one one", "nine oh", "two four"]
RAISED = [KeyboardInterrupt, MemoryError, TimeoutError]


@dataclass
class Heard:
    """What came out of a call, as its user met it."""

    segments: dict[object, list[Segment]] = field(default_factory=lambda: defaultdict(list))
    interims: list[str] = field(default_factory=list)

    def check(self, turns: Turns) -> None:
        """Every utterance is there once, from its first character to its last, and no secret shows."""
        texts = []
        for number, (_, text) in enumerate(turns):
            pieces = self.segments[number]
            assert pieces, f"utterance {number} is lost"
            assert [piece.start for piece in pieces] == [0, *(piece.end for piece in pieces[:-1])]
            assert pieces[-1].end == len(text)
            texts.append("".join(piece.text for piece in pieces).lower())
        for shown in [*texts, *map(str.lower, self.interims)]:
            assert not [secret for secret in SECRETS if secret in shown], shown


def run(
    turns: Turns, redactor: Redactor, attempt: Callable[[Callable[[], list[Segment]]], list[Segment] | None]
) -> Heard:
    """Push a call, interims and all; `attempt` runs a step and gives None when it was interrupted."""
    call, heard = redactor.stream(), Heard()

    def arrive(segments: list[Segment] | None) -> None:
        for segment in segments or []:
            heard.segments[segment.utterance].append(segment)

    def pushing(utterance: Utterance) -> Callable[[], list[Segment]]:
        """Return a step in Python: behind a `functools.partial`, which is C, a signal takes what it has returned."""

        def step() -> list[Segment]:
            return call.push(utterance)

        return step

    for number, (speaker, text) in enumerate(turns):
        half = " ".join(text.split()[: len(text.split()) // 2])
        for hypothesis in (half, text):
            interim = Utterance(hypothesis, speaker, number, is_final=False)
            heard.interims += [segment.text for segment in attempt(pushing(interim)) or []]
        final = Utterance(text, speaker, number)
        while call.pushed == number:
            arrive(attempt(pushing(final)))
        assert call.pushed == number + 1
    while (segments := attempt(call.close)) is None:
        pass
    arrive(segments)
    assert call.close() == []
    heard.check(turns)
    return heard


class Tracer:
    """Raises at the nth line of the package, once."""

    def __init__(self, at: int, error: type[BaseException]) -> None:
        self.left, self.error = at, error

    def __call__(self, frame: FrameType, event: str, arg: object) -> Any:
        """Be told of a call or a line."""
        del arg
        if not frame.f_code.co_filename.startswith(ROOT):
            return None
        if event == "line":
            self.left -= 1
            if self.left == 0:
                sys.settrace(None)
                raise self.error
        return self

    def attempt(self, step: Callable[[], list[Segment]]) -> list[Segment] | None:
        """Run a step under the tracer."""
        before = sys.gettrace()
        with suppress(self.error):
            try:
                if self.left > 0:
                    sys.settrace(self)
                return step()
            finally:
                sys.settrace(before)
        return None


def lines_of(turns: Turns) -> int:
    counter = Tracer(10**9, KeyboardInterrupt)
    run(turns, REDACTOR, counter.attempt)
    return 10**9 - counter.left


@pytest.mark.skipif(not PLAIN, reason="compiled code has no lines: the detectors and the timer interrupt it")
@given(call=st.sampled_from(CALLS), share=st.floats(0, 1), error=st.sampled_from(RAISED))
def test_interrupted_at_any_line(call: Turns, share: float, error: type[BaseException]) -> None:
    run(call, REDACTOR, lambda step: step())  # what is read once is read
    run(call, REDACTOR, Tracer(1 + int(share * lines_of(call)), error).attempt)


class Raising(Stateless):
    """A user's detector that raises when it is called for the nth time, whatever for."""

    labels = frozenset({"NOTHING"})
    wake = guards = NUMERIC
    active = True

    def __init__(self, at: int, error: type[BaseException]) -> None:
        self.left, self.error = [at], error

    def count(self) -> None:
        self.left[0] -= 1
        if self.left[0] == 0:
            raise self.error

    def fork(self) -> Raising:
        self.count()
        return self

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        del token, ctx
        self.count()
        return []

    def open_from(self, start: int, end: int) -> int:
        del start
        self.count()
        return end

    def is_open(self, entity: int) -> bool:
        del entity
        self.count()
        return False

    def close(self, ctx: Context, *, cut: bool = False) -> list[Span]:
        del ctx, cut
        self.count()
        return []


@given(call=st.sampled_from(CALLS), at=st.integers(3, 200), stop=st.sampled_from([KeyboardInterrupt, SystemExit]))
def test_interrupted_inside_any_call_of_a_detector(call: Turns, at: int, stop: type[BaseException]) -> None:
    def attempt(step: Callable[[], list[Segment]]) -> list[Segment] | None:
        with suppress(stop):
            return step()
        return None

    with suppress(stop):  # it raises while the redactor or the call is made
        redactor = Redactor(detectors=[Raising(at, stop)])
        run(call, redactor, attempt)


class Alarm(BaseException):
    pass


@contextmanager
def alarms() -> Iterator[None]:
    def ring(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise Alarm

    before = signal.signal(signal.SIGALRM, ring)
    gc.disable()  # what an alarm raises in a callback of the collector is lost
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        gc.enable()


def interrupted_by_a_signal(step: Callable[[], list[Segment]], delay: float) -> list[Segment] | None:
    """Run a step while a timer runs; None when it rang before the segments were here."""
    segments = None
    try:
        signal.setitimer(signal.ITIMER_REAL, delay)
        segments = step()
        signal.setitimer(signal.ITIMER_REAL, 0)
    except Alarm:
        pass
    return segments


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no timers that send signals")
@given(call=st.sampled_from(CALLS), delays=st.lists(st.floats(1e-6, 6e-4), min_size=1, max_size=30))
@settings(derandomize=False)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # it may ring in a callback of Python's
def test_interrupted_by_a_signal(call: Turns, delays: list[float]) -> None:
    left = list(delays)
    run(call, REDACTOR, lambda step: step())

    def attempt(step: Callable[[], list[Segment]]) -> list[Segment] | None:
        return interrupted_by_a_signal(step, left.pop()) if left else step()

    with alarms():
        run(call, REDACTOR, attempt)


def test_two_threads_in_one_call_are_told() -> None:
    inside, leave = threading.Event(), threading.Event()

    class Slow(Stateless):
        labels = frozenset({"NOTHING"})
        wake = guards = NUMERIC
        active = False

        def feed(self, token: Token, ctx: Context) -> list[Span]:
            del token, ctx
            inside.set()
            leave.wait(30)
            return []

    call = Redactor(detectors=[Slow()]).stream()
    first: list[Segment] = []
    worker = threading.Thread(target=lambda: first.extend(call.push(Utterance("my pin is 1234", "a"))))
    worker.start()
    assert inside.wait(30)
    with pytest.raises(StreamError, match="one thread at a time"):
        call.push(Utterance("what is 4444", "b"))
    leave.set()
    worker.join()
    rest = [*call.push(Utterance("thanks", "b")), *call.close()]
    assert "".join(segment.text for segment in [*first, *rest]) == "my pin is [PIN]thanks"


def test_a_detector_that_pushes_into_its_own_call_has_failed() -> None:
    calls: list[ccredact.Call] = []

    class Reentrant(Stateless):
        labels = frozenset({"NOTHING"})
        wake = guards = NUMERIC
        active = False

        def feed(self, token: Token, ctx: Context) -> list[Span]:
            del token, ctx
            calls[0].push(Utterance("hello"))
            return []

    calls.append(Redactor(detectors=[Reentrant()]).stream())
    segments = [*calls[0].push(Utterance("my pin is 1234", "a")), *calls[0].close()]
    assert "1234" not in "".join(segment.text for segment in segments)
    assert calls[0].pushed == 1
