"""A conversation as its user meets it: utterances are pushed, segments come back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from ccredact.core.alignment import problem_with
from ccredact.errors import StreamError

if TYPE_CHECKING:
    from ccredact.core.state import CallState
    from ccredact.transcript import Segment, Utterance


class Call:
    """One conversation being redacted. Not for sharing between threads; its state is raw text and is never saved."""

    __slots__ = ("_state",)

    def __init__(self, state: CallState) -> None:
        self._state = state

    def __reduce__(self) -> NoReturn:
        raise StreamError("a call cannot be pickled: its state is raw text")

    def push(self, utterance: Utterance) -> list[Segment]:
        """Take an utterance; return what is decided by it.

        A final may release words of earlier utterances too; all segments of one utterance come in order. An interim
        gives exactly one segment, the whole hypothesis as far as it is decided. Raises `StreamError` after `close`
        or for something that is not an `Utterance`.
        """
        problem = "the call is closed" if self._state.closed else problem_with(utterance)
        if problem is not None:
            del utterance  # no frame of a traceback may hold it
            raise StreamError(problem)
        if not utterance.is_final:
            return [self._state.interim(utterance)]
        return [segment for _, segment in self._state.take(utterance)]

    def close(self, *, cut: bool = False) -> list[Segment]:
        """Release all that is held: the call is over. Closing twice is allowed and gives nothing.

        `cut` says that the call broke off (a lost connection, an error): a number that may have gone on is hidden.
        """
        return [segment for _, segment in self._state.finish(cut=cut)]
