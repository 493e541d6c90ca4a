"""Segments put together: whole utterances as they are complete, whole turns in the order in which they were said."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccredact.transcript import joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccredact.transcript import Name, Segment, Utterance


class Pieces:
    """The final segments of one utterance, which has so many characters."""

    __slots__ = ("_length", "_pieces")

    def __init__(self, length: int) -> None:
        self._length = length
        self._pieces: list[Segment] | None = None  # most utterances come whole

    def add(self, segment: Segment) -> Segment | None:
        """Take the next one; return the whole utterance when it is complete."""
        is_last = segment.end == self._length
        if self._pieces is None:
            if is_last:
                return segment
            self._pieces = []
        self._pieces.append(segment)
        return joined(self._pieces) if is_last else None


@dataclass(frozen=True, slots=True)
class Turn:
    """All that one speaker said until another one spoke: whole redacted utterances, in order."""

    speaker: Name | None
    utterances: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """Return the utterances, with a blank between two."""
        return " ".join(segment.text.strip() for segment in self.utterances if segment.text.strip())


class _Said:
    """An utterance of a turn that is not yet given: `whole` once it is complete."""

    __slots__ = ("name", "pieces", "speaker", "whole")

    def __init__(self, name: Name, speaker: Name | None, length: int) -> None:
        self.name = name
        self.speaker = speaker
        self.pieces = Pieces(length)
        self.whole: Segment | None = None


class Assembler:
    """The turns of one call: each is given once, whole, when the next speaker has begun and all before it are given.

        turns = Assembler()
        turns.expect(utterance)
        for turn in turns.add(call.push(utterance)):
            print(turn.speaker, turn.text)

    and, when the call is over, `turns.end(call.close())`. Interims pass through it unseen.
    """

    __slots__ = ("_finals", "_open", "_waiting")

    def __init__(self) -> None:
        self._waiting: deque[_Said] = deque()
        self._open: dict[Name, _Said] = {}
        self._finals = 0

    def expect(self, utterance: Utterance) -> None:
        """Be told of an utterance that is pushed next."""
        if not utterance.is_final:
            return
        name = utterance.id if utterance.id is not None else str(self._finals)
        said = _Said(name, utterance.speaker, len(utterance.text))
        self._finals += 1
        self._waiting.append(said)
        self._open[name] = said

    def add(self, segments: Iterable[Segment]) -> list[Turn]:
        """Take what a push has released; return the turns that are over and whole now."""
        for segment in segments:
            said = self._open.get(segment.utterance) if segment.is_final else None
            if said is None:
                continue
            said.whole = said.pieces.add(segment)
            if said.whole is not None:
                del self._open[said.name]
        return self._turns(over=False)

    def end(self, segments: Iterable[Segment] = ()) -> list[Turn]:
        """Take what `close` has released; return the turns that are left."""
        return [*self.add(segments), *self._turns(over=True)]

    def _turns(self, *, over: bool) -> list[Turn]:
        out: list[Turn] = []
        while True:
            turn: list[Segment] = []
            speaker = self._waiting[0].speaker if self._waiting else None
            for said in self._waiting:
                if said.speaker != speaker:
                    break
                if said.whole is None:
                    return out
                turn.append(said.whole)
            else:
                if not over or not turn:
                    return out
            for _ in turn:
                self._waiting.popleft()
            out.append(Turn(speaker, tuple(turn)))
