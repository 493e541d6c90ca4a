"""A conversation as its user meets it: utterances are pushed, segments come back."""

from __future__ import annotations

import sys
from threading import get_ident
from typing import TYPE_CHECKING, NoReturn

from ccredact.core.checks import problem_with
from ccredact.errors import StreamError

if TYPE_CHECKING:
    from types import FrameType

    from ccredact.core.state import CallState
    from ccredact.transcript import Segment, Utterance


class Call:
    """One conversation being redacted.

    It belongs to one thread at a time. Its state is raw text and is never saved.
    """

    __slots__ = ("_delivery", "_state")

    def __init__(self, state: CallState) -> None:
        self._state = state
        self._delivery = _Delivery(state)

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
        gives exactly one segment, the whole hypothesis as far as it is decided. Raises `StreamError` after `close`,
        for something that is not an `Utterance`, and when another push into this call is under way; the call goes on
        as if it had not been given.
        """
        problem = "the call is closed" if self._state.closed else problem_with(utterance)
        if problem is not None:
            del utterance  # no frame of a traceback may hold it
            raise StreamError(problem)
        self._delivery.is_final = utterance.is_final
        with self._delivery:
            if utterance.is_final:
                return [segment for _, segment in self._state.push(utterance)]
            return [self._state.interim(utterance)]

    def close(self, *, cut: bool = False) -> list[Segment]:
        """Release all that is held: the call is over. Closing twice is allowed and gives nothing.

        `cut` says that the call broke off (a lost connection, an error): a number that may have gone on is hidden.
        An interrupted close can be repeated.
        """
        self._delivery.is_final = True
        with self._delivery:
            return [segment for _, segment in self._state.close(cut=cut)]


class _Delivery:
    """Ends the transaction of a final when its segments are on their way to the caller, and keeps two pushes apart.

    Python looks for signals where a function is called and where a loop goes on, not between the last statement of
    `__exit__` and the `return` around it: the segments of a transaction that is over have been returned.
    """

    __slots__ = ("_state", "_thread", "is_final")

    def __init__(self, state: CallState) -> None:
        self._state = state
        self._thread = 0  # of the push that is under way; an interruption may leave it
        self.is_final = True  # whether that one is a final, or a close

    def __enter__(self) -> None:
        if self._thread and self._is_under_way():
            raise StreamError("another push into this call is under way: a call belongs to one thread at a time")
        self._thread = get_ident()

    def __exit__(self, kind: object, *more: object) -> None:
        self._state.transaction, self._thread = (self._state.transaction if kind or not self.is_final else None), 0

    def _is_under_way(self) -> bool:
        """Return whether the thread that was here last still is, or this one is here twice."""
        frame: FrameType | None = sys._current_frames().get(self._thread)
        pushes = 0
        while frame is not None:
            pushes += frame.f_code in _ENTRIES and frame.f_locals["self"]._delivery is self
            frame = frame.f_back
        return pushes > (self._thread == get_ident())


_ENTRIES = (Call.push.__code__, Call.close.__code__)
