"""Many open calls: by id, evicted, refused, counted, given back as events."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from ccredact import Redactor, StreamError, Utterance
from ccredact.errors import HandoverError
from ccredact.live.adapter import Heard, Kind
from ccredact.live.desk import Desk
from ccredact.live.limits import OUTCOMES, Limits, Outcome
from ccredact.live.pool import CallPool, Given
from formats_support import leaks
from held import Clock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from ccredact import Segment

REDACTOR = Redactor(tagger=False)
OPEN = "so it is 4242 4242"
CANARY = "thirteen"
KEY = bytes(range(32))


def said(call: str | int, text: str, name: str | None = None, *, is_final: bool = True) -> Heard:
    return Heard(call, Utterance(text, "c", name, is_final))


def texts(given: Given) -> list[str]:
    return [segment.text for segment in given.segments]


def pool(clock: Clock | None = None, **options: Any) -> tuple[CallPool, list[Given]]:
    delivered: list[Given] = []
    clock = Clock() if clock is None else clock
    return CallPool(REDACTOR, deliver=delivered.append, clock=clock, **options), delivered


def test_calls_are_apart() -> None:
    calls, _ = pool()
    assert texts(calls.take(said("a", "my card number is"))) == ["my card number is"]
    assert texts(calls.take(said("b", "at 42 degrees"))) == ["at 42 degrees"]
    assert texts(calls.take(said("a", "4242 4242"))) == ["[CREDIT_CARD]"]
    assert (len(calls), "a" in calls, list(calls)) == (2, True, ["b", "a"])


def test_a_call_goes_on_in_another_pool_and_its_finals_are_known_there() -> None:
    calls, delivered = pool()
    others, _ = pool()
    calls.take(said("a", "my card is", "one"))
    assert texts(calls.take(said("a", OPEN, "two"))) == ["so it is "]
    data = calls.export("a", KEY)
    assert (len(calls), calls.held, delivered) == (0, 0, [Given("a", closed=True)])
    assert calls.take(said("a", "more")).outcome is Outcome.CLOSED_CALL
    assert others.import_call("a", data, KEY) is Outcome.TAKEN
    assert (len(others), others.held) == (1, 2)
    assert others.take(said("a", "my card is", "one")).outcome is Outcome.SECOND_FINAL
    assert others.take(said("a", OPEN, "two", is_final=False)).outcome is Outcome.LATE_INTERIM
    others.take(said("a", "4242 4242", "three"))
    assert texts(others.take(Heard("a", None, Kind.CLOSED))) == ["[CREDIT_CARD]", "[CREDIT_CARD]"]
    assert (calls.counts["closed"], others.counts["begun"]) == (1, 1)


def test_a_provisional_final_is_one_when_its_call_is_handed_over() -> None:
    calls, delivered = pool()
    others, _ = pool()
    calls.take(Heard("a", Utterance("at 42 degrees", "c", "one"), Kind.PROVISIONAL))
    data = calls.export("a", KEY)
    assert [(given.call, texts(given)) for given in delivered] == [("a", ["at 42 degrees"]), ("a", [])]
    others.import_call("a", data, KEY)
    assert others.take(said("a", "at 42 degrees", "one")).outcome is Outcome.SECOND_FINAL


def test_a_call_that_comes_back_is_taken_where_it_was_before() -> None:
    calls, _ = pool()
    others, _ = pool()
    calls.take(said("a", OPEN, "one"))
    others.import_call("a", calls.export("a", KEY), KEY)
    calls.import_call("a", others.export("a", KEY), KEY)
    calls.take(said("a", "4242 4242", "two"))
    assert texts(calls.take(Heard("a", None, Kind.CLOSED))) == ["[CREDIT_CARD]", "[CREDIT_CARD]"]


def test_what_cannot_be_handed_over_is_refused() -> None:
    calls, _ = pool()
    full, _ = pool(limits=Limits(calls=0))
    calls.take(said("a", OPEN))
    with pytest.raises(StreamError, match="no open call"):
        calls.export("b", KEY)
    with pytest.raises(HandoverError, match="a key"):
        calls.export("a", b"short")
    data = calls.export("a", KEY)
    assert full.import_call("a", data, KEY) is Outcome.POOL_FULL
    size = 4 + int.from_bytes(data[:4])
    known, state = data[:size], data[size:]
    for changed in (b"", known, state, data[:4] + bytes(size - 4) + state, known + known[4:]):
        with pytest.raises(HandoverError):
            calls.import_call("a", changed, KEY)
    calls.import_call("a", data, KEY)
    with pytest.raises(StreamError, match="is open"):
        calls.import_call("a", data, KEY)


def test_what_time_releases_is_delivered() -> None:
    clock = Clock()
    calls, delivered = pool(clock)
    assert texts(calls.take(said("a", OPEN))) == ["so it is "]
    assert calls.held == 2
    clock.now = 1.0
    calls.tick()
    assert delivered == []
    clock.now = 1.5
    calls.tick()
    assert [(given.call, texts(given), given.closed) for given in delivered] == [("a", ["[NUMBER]"], False)]
    assert calls.held == 0


def test_each_call_has_its_own_deadline_again_and_again() -> None:
    clock = Clock()
    calls, delivered = pool(clock)
    held = [(0.0, "a"), (1.0, "b"), (1.6, "a")]
    due = {
        1.4: [],
        1.5: ["a"],
        2.4: ["a"],
        2.5: ["a", "b"],
        3.0: ["a", "b"],
        3.1: ["a", "b", "a"],
        9.0: ["a", "b", "a"],
    }
    for now in sorted({*due, *(time for time, _ in held)}):
        clock.now = now
        for number, (time, call) in enumerate(held):
            if time == now:
                calls.take(said(call, OPEN, str(number)))
        calls.tick()
        assert [given.call for given in delivered] == due.get(now, [given.call for given in delivered])
    assert calls.held == 0


def test_whatever_one_delivery_raises_the_other_calls_come_at_the_next_tick() -> None:
    clock, delivered = Clock(), list[Given]()

    def deliver(given: Given) -> None:
        delivered.append(given)
        if len(delivered) == 1:
            raise OSError

    calls = CallPool(REDACTOR, deliver=deliver, clock=clock)
    for call in "abc":
        calls.take(said(call, OPEN))
    clock.now = 1.5
    with pytest.raises(OSError):  # noqa: PT011 - whatever it says
        calls.tick()
    assert len(delivered) == 1
    calls.tick()
    assert sorted(str(given.call) for given in delivered) == ["a", "b", "c"]


def test_without_a_deadline_time_releases_nothing() -> None:
    calls, delivered = pool(after=None, idle=None)
    calls.take(said("a", OPEN))
    calls.tick(1e6)
    assert (delivered, len(calls)) == ([], 1)


def test_an_idle_call_is_closed_as_one_that_broke_off_and_what_comes_late_is_counted() -> None:
    clock = Clock()
    calls, delivered = pool(clock, idle=10.0, after=None)
    calls.take(said("a", OPEN))
    clock.now = 5.0
    calls.take(said("b", "hello"))
    clock.now = 10.0
    calls.tick()
    assert [(given.call, texts(given), given.closed) for given in delivered] == [("a", ["[NUMBER]"], True)]
    assert calls.take(said("a", "4242 4242")) == Given("a", outcome=Outcome.CLOSED_CALL)
    assert calls.counts["evicted"] == calls.counts[Outcome.CLOSED_CALL] == 1
    assert list(calls) == ["b"]


def test_a_closed_call_is_known_for_a_while() -> None:
    calls, _ = pool(limits=Limits(closed_calls=1))
    for name in ("a", "b"):
        calls.take(said(name, OPEN))
        assert texts(calls.take(Heard(name, kind=Kind.CLOSED))) == ["[NUMBER]"]
    assert calls.take(said("b", "hello")).outcome is Outcome.CLOSED_CALL
    assert calls.take(said("a", "hello")).outcome is Outcome.TAKEN


def test_the_end_of_a_call_that_broke_off_hides() -> None:
    calls, _ = pool()
    calls.take(said("a", OPEN))
    given = calls.take(Heard("a", kind=Kind.CUT))
    assert (texts(given), given.closed) == (["[NUMBER]"], True)


@pytest.mark.parametrize(
    ("limits", "heard", "outcome"),
    [
        (Limits(event_words=3), said("a", "one two three four"), Outcome.EVENT_TOO_MANY_WORDS),
        (Limits(event_bytes=7), said("a", "12345678"), Outcome.EVENT_TOO_LARGE),
        (Limits(event_bytes=7), said("a", "\N{EURO SIGN}" * 3), Outcome.EVENT_TOO_LARGE),
        (Limits(call_words=1), said("a", "one two"), Outcome.CALL_FULL),
        (Limits(calls=0), said("a", "one"), Outcome.POOL_FULL),
    ],
)
def test_what_goes_beyond_a_limit_is_refused_and_counted(limits: Limits, heard: Heard, outcome: Outcome) -> None:
    calls, _ = pool(limits=limits)
    given = calls.take(heard)
    assert (given.outcome, given.segments, calls.counts[outcome]) == (outcome, (), 1)


def test_what_is_just_within_a_limit_is_taken() -> None:
    limits = Limits(event_words=2, event_bytes=7, call_words=2, calls=1)
    calls, _ = pool(limits=limits)
    assert calls.take(said("a", "ab cdef")).outcome is Outcome.TAKEN
    assert calls.is_full


@pytest.mark.parametrize("value", [-1, 1.5, True, None])
def test_a_limit_is_a_whole_number(value: Any) -> None:
    with pytest.raises(StreamError):
        Limits(calls=value)


def test_an_event_may_only_be_so_deep_and_so_large() -> None:
    limits = Limits(event_depth=3, event_bytes=20)
    assert limits.of_event({"a": {"b": ["c"]}}) is None
    assert limits.of_event({"a": {"b": [["c"]]}}) is Outcome.EVENT_TOO_DEEP
    assert limits.of_event({"a": ["c" * 30]}) is Outcome.EVENT_TOO_LARGE
    assert limits.of_event(b"c" * 21) is Outcome.EVENT_TOO_LARGE
    loop: list[object] = []
    loop.append(loop)
    assert limits.of_event(loop) is Outcome.EVENT_TOO_DEEP


@pytest.mark.parametrize("options", [{"after": -1}, {"idle": "1"}, {"clock": 3}, {"hook": 3}])
def test_wrong_options_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(StreamError):
        CallPool(REDACTOR, **options)


@pytest.mark.parametrize("name", [None, True, ["a"]])
def test_a_call_has_a_name(name: Any) -> None:
    calls, _ = pool()
    with pytest.raises(StreamError):
        calls.take(said(name, "hello"))


def test_the_hook_reads_the_counters() -> None:
    seen: list[str] = []
    calls, _ = pool(hook=lambda calls: seen.append(calls.metrics()))
    calls.take(said("secret-id", OPEN, "1"))
    calls.take(said("secret-id", OPEN, "1"))
    calls.tick(0.0)
    (text,) = seen
    lines = text.splitlines()
    assert 'ccredact_events_total{outcome="taken"} 1' in lines
    assert 'ccredact_events_total{outcome="second_final"} 1' in lines
    assert {"ccredact_calls_open 1", "ccredact_words_held 2", "ccredact_segments_total 1"} <= set(lines)
    assert "secret" not in text
    assert "4242" not in text


def test_every_outcome_is_explained() -> None:
    assert set(OUTCOMES) == set(Outcome)


# --- events


class Batches:
    """A made-up recogniser: an event is a dict of a call, and texts by utterance; "final" says whether they are."""

    whole = True

    def read(self, event: dict[str, Any]) -> Sequence[Heard]:
        if event.get("over"):
            return (Heard(event["call"], kind=Kind.CLOSED),)
        kind = Kind.PROMOTED if event.get("promote") else Kind.UTTERANCE
        return tuple(
            Heard(event["call"], kind=kind, id=name)
            if kind is Kind.PROMOTED
            else Heard(event["call"], Utterance(text, "c", name, event["final"]))
            for name, text in event.get("said", {}).items()
        )

    def write(
        self, event: dict[str, Any], heard: Sequence[Heard], segments: Sequence[Segment]
    ) -> dict[str, Any] | None:
        assert all(segment.start == 0 for segment in segments)
        if heard and not segments:
            return None
        return event | {"said": {segment.utterance: segment.text for segment in segments}}

    def rest(self) -> Sequence[tuple[dict[str, Any], Sequence[Heard]]]:
        return ()


def event(call: str, final: bool = True, **said: str) -> dict[str, Any]:  # noqa: FBT001, FBT002
    return {"call": call, "final": final, "said": said}


def test_an_event_is_given_back_when_all_of_it_is_whole() -> None:
    calls, _ = pool()
    desk: Desk[dict[str, Any]] = Desk(Batches(), calls)
    assert desk.take(event("a", one="hello", two=OPEN)) == []
    other = event("b", x="hello")
    assert desk.take(other) == [other]
    (first, second) = desk.take(event("a", three="and that is all there was to say about it I think so"))
    assert first == event("a", one="hello", two="so it is [NUMBER]")
    assert second["said"].keys() == {"three"}


def test_what_is_not_taken_of_an_event_is_not_in_it() -> None:
    calls, _ = pool()
    desk: Desk[dict[str, Any]] = Desk(Batches(), calls)
    desk.take(event("a", one="hello"))
    assert desk.take(event("a", one="raw 4242", two="you")) == [event("a", two="you")]
    assert desk.take(event("a", one="raw 4242")) == []


def test_interims_are_events_too_and_the_last_may_be_promoted() -> None:
    calls, _ = pool()
    desk: Desk[dict[str, Any]] = Desk(Batches(), calls)
    shown = desk.take(event("a", final=False, one="my pin is 4"))
    assert shown == [event("a", final=False, one="my pin is \N{HORIZONTAL ELLIPSIS}")]
    assert desk.take({"call": "a", "promote": True, "said": {"one": ""}}) == []
    assert desk.take({"call": "a", "over": True}) == [event("a", final=False, one="my pin is [PIN]")]


def test_an_event_that_says_nothing_is_for_the_adapter() -> None:
    calls, _ = pool()
    desk: Desk[dict[str, Any]] = Desk(Batches(), calls)
    assert desk.take({"call": "a", "metadata": 1}) == [{"call": "a", "metadata": 1, "said": {}}]


# --- the asynchronous loop


async def given(*events: Any, pause: float = 0.0) -> AsyncIterator[Any]:
    for one in events:
        if isinstance(one, Exception):
            raise one
        yield one
        await asyncio.sleep(pause)


def run(redactor: Redactor, source: AsyncIterator[Any], *arguments: Any, **options: Any) -> list[Any]:
    async def collect() -> list[Any]:
        return [one async for one in redactor.live(source, *arguments, **options)]

    return asyncio.run(collect())


def test_plain_events_come_back_as_segments() -> None:
    out = run(REDACTOR, given(("a", Utterance("my pin is", "c")), ("b", Utterance("hi", "c")), ("a", None)))
    assert [(call, segment.text) for call, segment in out] == [("a", "my pin is"), ("b", "hi")]


def test_what_is_held_when_the_events_end_comes_hidden() -> None:
    out = run(REDACTOR, given(("a", Utterance(OPEN, "c"))))
    assert [segment.text for _, segment in out] == ["so it is ", "[NUMBER]"]


def test_what_is_held_comes_before_an_error_of_the_source() -> None:
    out: list[str] = []

    async def collect() -> None:
        async for _, segment in REDACTOR.live(given(("a", Utterance(OPEN, "c")), OSError("gone"))):
            out.append(segment.text)

    with pytest.raises(OSError, match="gone"):
        asyncio.run(collect())
    assert out == ["so it is ", "[NUMBER]"]


def test_while_nothing_comes_the_deadline_is_kept() -> None:
    """The clock jumps by an hour each time that it is read: the pause between the events is longer than any bound."""
    clock = Clock()

    def jumping() -> float:
        clock.now += 3600.0
        return clock.now

    source = given(("a", Utterance(OPEN, "c")), ("b", Utterance("hi", "c")), pause=0.05)
    out = run(REDACTOR, source, clock=jumping, every=0.01, idle=None)
    assert [(call, segment.text) for call, segment in out] == [("a", "so it is "), ("a", "[NUMBER]"), ("b", "hi")]


def test_broken_and_large_events_are_counted_and_the_calls_go_on() -> None:
    seen: list[dict[str, int]] = []
    broken = [{"call": "a", "final": True, "said": 4242}, {"call": "a", "deep": [[[["4242"]]]]}]
    out = run(
        REDACTOR,
        given(event("a", one="hello"), *broken, event("a", two="you")),
        Batches(),
        limits=Limits(event_depth=4),
        hook=lambda calls: seen.append(calls.counts),
    )
    assert out == [event("a", one="hello"), event("a", two="you")]
    assert (seen[-1][Outcome.BROKEN_EVENT], seen[-1][Outcome.EVENT_TOO_DEEP]) == (1, 1)


def test_a_lost_event_is_warned_of_once_for_each_call_and_kind(caplog: pytest.LogCaptureFixture) -> None:
    long = Utterance("four four seven one " * 3, "c")
    broken = [{"call": "a", "final": True, "said": CANARY}] * 2
    calls, _ = pool(limits=Limits(event_words=5))
    for call in ("a", "b", "a"):
        calls.take(said(call, "hello"))
        calls.take(Heard(call, long))
    calls.take(said("a", "hi", "1"))
    calls.take(said("a", "hi", "1"))  # a second final is no loss
    run(REDACTOR, given(*broken), Batches())
    assert [record.name for record in caplog.records] == ["ccredact.live"] * 3
    assert [record.args[0] for record in caplog.records if isinstance(record.args, tuple)] == [
        *["event_too_many_words"] * 2,
        "broken_event",
    ]
    assert not any(word in caplog.text for word in ("seven", CANARY))


class Unwritable(Batches):
    def write(self, event: Any, heard: Any, segments: Any) -> Any:
        del event, heard
        raise KeyError(segments[0].text)


def test_an_event_that_cannot_be_written_is_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    assert run(REDACTOR, given(*(event(call, one="hello") for call in "aab")), Unwritable()) == []
    assert [record.levelname for record in caplog.records] == ["WARNING"] * 2  # the second one of "a" is a second final
    assert "hello" not in caplog.text


@pytest.mark.parametrize("wrong", [("a", CANARY), CANARY, ("a", Utterance("hi"), CANARY), (None, None), [CANARY], 7])
def test_an_event_of_another_type_is_an_error_when_what_is_held_has_come(wrong: Any) -> None:
    out: list[str] = []

    async def collect() -> None:
        async for _, segment in REDACTOR.live(given(("a", Utterance(OPEN, "c")), wrong)):
            out.append(segment.text)

    with pytest.raises(StreamError, match="a pair") as caught:
        asyncio.run(collect())
    assert out == ["so it is ", "[NUMBER]"]
    assert leaks(caught.value, CANARY) == []


def test_a_pool_takes_utterances_alone() -> None:
    calls, _ = pool()
    with pytest.raises(StreamError, match="Utterance"):
        calls.take(Heard("a", CANARY))  # type: ignore[arg-type]
    assert len(calls) == 0


def test_the_source_is_asked_for_no_more_than_is_read() -> None:
    asked: list[int] = []

    async def source() -> AsyncIterator[Any]:
        for number in range(100):
            asked.append(number)
            yield ("a", Utterance("hello", "c"))

    async def read_two() -> None:
        events = REDACTOR.live(source())
        for _ in range(2):
            await anext(events)
        await events.aclose()  # type: ignore[attr-defined]

    asyncio.run(read_two())
    assert asked == [0, 1]


def test_an_event_that_comes_late_is_neither_lost_nor_given_twice() -> None:
    asked: list[str] = []
    said = ["that is fine", "okay then", "thank you", "all good"]

    async def source() -> AsyncIterator[Any]:
        for text in said:
            asked.append(text)
            await asyncio.sleep(0.03)
            yield ("a", Utterance(text, "c"))

    async def read() -> list[tuple[str, int]]:
        out = []
        async for _, segment in REDACTOR.live(source(), every=0.002):
            out.append((segment.text, len(asked)))
            await asyncio.sleep(0.05)  # the next one would have come by now, if it had been asked for
        return out

    assert asyncio.run(read()) == [(text, number) for number, text in enumerate(said, 1)]


def test_who_reads_a_source_that_is_cancelled_does_not_wait_for_ever() -> None:
    async def source() -> AsyncIterator[Any]:
        yield ("a", Utterance("hello", "c"))
        raise asyncio.CancelledError

    async def read() -> None:
        async with asyncio.timeout(5):
            async for _ in REDACTOR.live(source()):
                pass

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(read())


def test_one_task_reads_all_of_a_source() -> None:
    tasks: set[Any] = set()

    async def source() -> AsyncIterator[Any]:
        for _ in range(3):
            tasks.add(asyncio.current_task())
            yield ("a", Utterance("hello", "c"))

    assert len(run(REDACTOR, source())) == 3
    assert len(tasks) == 1
