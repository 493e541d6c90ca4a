"""Events in, the same events out, as an asynchronous iterator.

It pulls: the next event is asked for when what the last one released has been taken, so that a slow reader slows the
source, and nothing is queued. While no event comes it tells the pool the time.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from ccredact.core.call import DEADLINE
from ccredact.errors import StreamError
from ccredact.live.adapter import Event
from ccredact.live.desk import Desk
from ccredact.live.pool import EVERY, IDLE, CallPool

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator, Callable

    from ccredact.live.adapter import Adapter
    from ccredact.live.limits import Limits
    from ccredact.live.pool import Given, Streams

_END: Final = object()
_NONE_YET: Final = object()


async def redact_live(
    redactor: Streams,
    events: AsyncIterable[Event],
    adapter: Adapter[Event],
    *,
    after: float | None = DEADLINE,
    idle: float | None = IDLE,
    limits: Limits | None = None,
    clock: Callable[[], float] = monotonic,
    every: float = EVERY,
    hook: Callable[[CallPool], object] | None = None,
) -> AsyncIterator[Event]:
    """Give events back redacted, each when its words are decided; in the end close the calls that are still open.

    These are closed as ones that broke off, however it ends: by the end of the events, by an error of theirs, which is
    raised when what was held has been given, or because nobody reads on. Every so many seconds the pool is told the
    time. An event that is none, or that the limits refuse, is counted and not given back. The rest is as in `CallPool`.
    """
    if not isinstance(every, int | float) or not every > 0:
        raise StreamError("every is a number of seconds above 0")
    of_time: deque[Event] = deque()

    def deliver(given: Given) -> None:
        of_time.extend(desk.give(given))

    pool = CallPool(redactor, deliver=deliver, after=after, idle=idle, limits=limits, clock=clock, hook=hook)
    desk = Desk(adapter, pool)
    coming = _Coming(events, every)
    told = clock()
    try:
        async for event in coming:
            if clock() - told >= every:
                told = clock()
                pool.tick(told)
            while of_time:
                yield of_time.popleft()
            for written in () if event is _NONE_YET else desk.take_any(event):
                yield written
    finally:
        await coming.stop()
        of_time.extend(desk.end())
        pool.close(cut=True)
    while of_time:
        yield of_time.popleft()
    if coming.failure is not None:
        event = written = None  # type: ignore[assignment]  # no frame of a traceback may hold text
        raise coming.failure


class _Coming:
    """The events as they come, and `_NONE_YET` where so many seconds none has; it ends where they end or fail.

    One task reads all of them, each when it is asked for: a task for each would cost as much as a tenth of the work.
    """

    def __init__(self, events: AsyncIterable[Any], every: float) -> None:
        self._source = aiter(events)
        self._every = every
        self._task: asyncio.Task[None] | None = None
        self._is_wanted = False  # an event that has not come yet
        self._asked = asyncio.Event()
        self._next: asyncio.Future[Any] | None = None  # for the one who waits
        self._come: list[Any] = []  # the event, where it came and nobody waited
        self.failure: Exception | None = None

    def __aiter__(self) -> _Coming:
        return self

    async def __anext__(self) -> Any:
        event = self._come.pop() if self._come else await self._waited()
        if event is _END:
            raise StopAsyncIteration
        return event

    async def _waited(self) -> Any:
        """Ask for an event; return it when it comes, or `_NONE_YET` if it does not in time."""
        loop = asyncio.get_running_loop()
        if self._task is None:
            self._task = loop.create_task(self._read())
            self._task.add_done_callback(self._is_over)
        if not self._is_wanted:
            self._is_wanted = True
            self._asked.set()
        self._next = loop.create_future()
        late = loop.call_later(self._every, self._give, _NONE_YET)
        try:
            return await self._next
        finally:
            late.cancel()
            self._next = None

    async def _read(self) -> None:
        """Read the events, each when it is asked for."""
        event: Any = None
        while event is not _END:
            await self._asked.wait()
            self._asked.clear()
            try:
                event = await anext(self._source, _END)
            except Exception as error:  # noqa: BLE001 - whatever ends the events is raised when what was held is given
                self.failure, event = error, _END
            self._is_wanted = False
            self._give(event)

    def _give(self, event: Any) -> None:
        """Give an event to the one who waits, or keep it."""
        if self._next is not None and not self._next.done():
            self._next.set_result(event)
        elif event is not _NONE_YET:
            self._come.append(event)

    def _is_over(self, _: asyncio.Task[None]) -> None:
        """Let nobody wait where the source has ended by being cancelled."""
        if self._next is not None and not self._next.done():
            self._next.cancel()

    async def stop(self) -> None:
        """Ask for no more events."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
