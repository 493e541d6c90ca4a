"""A conversation as its user meets it: utterances are pushed, segments come back."""

from __future__ import annotations

import sys
from math import isfinite
from threading import get_ident
from typing import TYPE_CHECKING, Final, NoReturn, TypeVar

from ccredact.core.checks import problem_with
from ccredact.errors import StreamError
from ccredact.transcript import Held

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

    from ccredact.core.state import CallState
    from ccredact.core.transaction import Released
    from ccredact.transcript import Name, Segment, Utterance

Given = TypeVar("Given")
DEADLINE: Final = 1.5
"""Seconds for which words are held, where a call is flushed and nothing else is said."""
_NOTHING_HELD: Final = Held()


class Call:
    """One conversation being redacted.

    It belongs to one thread at a time. Its state is raw text and is never saved, but for `export`, which encrypts it.
    `clock` gives the time in seconds.
    """

    __slots__ = ("_clock", "_export", "_state", "_thread")

    def __init__(
        self, state: CallState, clock: Callable[[], float], export: Callable[[CallState, bytes, Name], bytes]
    ) -> None:
        self._state = state
        self._clock = clock
        self._export = export
        self._thread = 0  # of the push that is under way; an interruption may leave it

    def __reduce__(self) -> NoReturn:
        raise StreamError("a call cannot be pickled: its state is raw text")

    @property
    def pushed(self) -> int:
        """Return how many final utterances the call has taken.

        After a push that was interrupted (Ctrl-C, a signal handler that raises, a lack of memory) it tells whether the
        utterance has been taken: then its words, and all segments that were not returned, come with the next push or
        with `close`, hidden where the interruption left them undecided. If it has not, push it again.
        """
        return self._state.pushed

    def push(self, utterance: Utterance) -> list[Segment]:
        """Take an utterance; return what is decided by it.

        A final may release words of earlier utterances too; all segments of one utterance come in order. An interim
        gives exactly one segment, the whole hypothesis as far as it is decided, or none where the policy withholds
        interims. Raises `StreamError` after `close`,
        for something that is not an `Utterance`, and when another push into this call is under way; the call goes on
        as if it had not been given.
        """
        problem = "the call is closed" if self._state.closed else problem_with(utterance)
        if problem is not None:
            del utterance  # no frame of a traceback may hold it
            raise StreamError(problem)
        if utterance.is_final:
            self._state.now = self._clock()
            return self._deliver(self._state.push, utterance)
        return self._deliver(self._state.interim, utterance, ends=False)

    def aside(self, utterances: Sequence[Utterance]) -> list[Segment]:
        """Return texts that stand beside what is said, as they were shown if the call went on with them and ended.

        What was told in the call is known in them; nothing of them is kept. They are final, whole, each with an id of
        its own. A call may be over. Raises `StreamError` as `push` does.
        """
        problem = next((found for one in utterances if (found := problem_with(one)) is not None), None)
        if problem is not None:
            del utterances  # no frame of a traceback may hold them
            raise StreamError(problem)
        return self._deliver(self._state.aside, utterances, ends=False)

    @property
    def held(self) -> Held:
        """Return how many words are held, and for how long the oldest of them has been by the call's clock."""
        words = self._state.held_words
        return Held(words, max(0.0, self._clock() - self._state.held_since)) if words else _NOTHING_HELD

    def flush(self, *, after: float = DEADLINE) -> list[Segment]:
        """Release what has been held for `after` seconds, 0 for all of it; nothing is flushed by itself.

        Every word of an open candidate is hidden, under its label or else as `NUMBER`, and so is what it goes on with
        later. Words that only wait for what is said behind them are what they would be if the call ended here. An
        utterance is flushed whole. Raises `StreamError` unless `after` is 0 seconds or more.
        """
        return self.tick(self._clock(), after=after)

    def tick(self, now: float, *, after: float = DEADLINE) -> list[Segment]:
        """Do what `flush` does at a time that the caller read from the call's clock. Raises `StreamError`."""
        if not (_is_time(now) and _is_time(after) and after >= 0):
            raise StreamError("times are finite numbers of seconds, and what is flushed has waited 0 or more")
        self._state.now = float(now)
        return self._deliver(self._state.flush, float(after))

    def close(self, *, cut: bool = False) -> list[Segment]:
        """Release all that is held: the call is over. Closing twice is allowed and gives nothing.

        `cut` says that the call broke off (a lost connection, an error): a number that may have gone on is hidden.
        An interrupted close can be repeated. Raises `StreamError` unless `cut` is a bool, and when a push is under way.
        """
        if cut is not True and cut is not False:
            raise StreamError("cut is True or False")
        return self._deliver(self._state.close, cut)

    def export(self, key: bytes, *, id: Name = "") -> bytes:  # noqa: A002 - as in `Utterance`
        """Return the call, encrypted with the key (32, 48 or 64 bytes), for `Redactor.import_call` elsewhere.

        It is over here then, and what it held comes there. `id` must be given there too. Raises `HandoverError`.
        """
        self._state.now = self._clock()
        return self._export(self._state, key, id)

    def _deliver(self, step: Callable[[Given], Released], given: Given, *, ends: bool = True) -> list[Segment]:
        """Return the segments of a step; it `ends` its transaction, when they are on their way to the caller.

        Python looks for signals behind a call and where a loop goes back, not between the end of the transaction and
        the `return` that it belongs to. So that nothing stands between them, it is the last line of `finally`.
        """
        if self._thread and self._is_under_way():
            raise StreamError("another push into this call is under way: a call belongs to one thread at a time")
        self._thread = get_ident()
        try:
            return [segment for _, segment in step(given)]
        except BaseException:
            ends = False
            raise
        finally:
            self._thread = 0
            self._state.transaction = None if ends else self._state.transaction

    def _is_under_way(self) -> bool:
        """Return whether the thread that was here last still is, or this one is here twice."""
        frame: FrameType | None = sys._current_frames().get(self._thread)
        pushes = 0
        while frame is not None:
            pushes += frame.f_code is Call._deliver.__code__ and frame.f_locals["self"] is self
            frame = frame.f_back
        return pushes > (self._thread == get_ident())


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
