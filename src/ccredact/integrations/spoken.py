"""A call of a voice agent: what Pipecat and LiveKit Agents share.

What a caller says comes back redacted, in pieces where some of it is held. What is held when nobody speaks on must come
soon, since the agent waits for it: whoever runs the pipeline sets a timer of `after` seconds while `is_holding`, and
calls `flush`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from ccredact.redactor import Redactor
from ccredact.transcript import Entity, Name, Segment, Utterance, Word

Source = TypeVar("Source")

AFTER: Final = 0.3
"""Seconds for which words are held when the recogniser says nothing more: less than agents wait for a turn to end."""
CALLER: Final = "caller"
AGENT: Final = "agent"
"""The speakers' names, where the pipeline has none."""


@dataclass(frozen=True, slots=True)
class Piece(Generic[Source]):
    """Redacted words of what was said: characters `[start, end)` of it. `source` is what it was told with."""

    source: Source
    text: str = field(repr=False)
    start: int
    end: int
    entities: tuple[Entity, ...]


@dataclass(slots=True)
class _Open(Generic[Source]):
    """Something that was said: what it was told with, how long its text is, and what is ready to be given back."""

    source: Source
    length: int
    ready: list[Piece[Source]] = field(default_factory=list)
    is_over: bool = False


class SpokenCall(Generic[Source]):
    """One running call with an agent. It belongs to one task at a time.

    What the caller says is given back in the order in which it was said: where some of it is held, all that follows
    waits too, since the agent would read it in another order.
    """

    def __init__(self, redactor: Redactor, *, names: Sequence[str] = ()) -> None:
        self._call = redactor.stream(names=names)
        self._count = 0
        self._open: dict[Name, _Open[Source]] = {}

    @property
    def is_holding(self) -> bool:
        """Return whether there are words of the caller that have not been given back."""
        return bool(self._open)

    def interim(self, text: str, speaker: Name = CALLER) -> str | None:
        """Return a hypothesis as far as it is decided; None where the policy withholds interims."""
        segments = self._call.push(Utterance(text, speaker, is_final=False))
        return segments[0].text if segments else None

    def final(
        self, source: Source, text: str, speaker: Name = CALLER, words: Sequence[Word] = ()
    ) -> list[Piece[Source]]:
        """Take what the caller has said; return all that can be shown by now, of this and what came before."""
        name = self._next_name()
        self._open[name] = _Open(source, len(text))
        return self._pieces(self._call.push(Utterance(text, speaker, name, words=words)))

    def said(self, text: str, speaker: Name = AGENT) -> None:
        """Take what the agent has said: a question tells what the answer is.

        What it decides of the caller's words comes with what is asked for next.
        """
        self._sort(self._call.push(Utterance(text, speaker, self._next_name())))

    def flush(self) -> list[Piece[Source]]:
        """Return all that is held; what was open is hidden, and so is what it goes on with."""
        return self._pieces(self._call.flush(after=0))

    def end(self, *, cut: bool = False) -> list[Piece[Source]]:
        """End the call; return all that is held."""
        return self._pieces(self._call.close(cut=cut))

    @staticmethod
    def joined(pieces: Sequence[Piece[Source]]) -> list[Piece[Source]]:
        """Return the pieces with those that follow each other in one text made one."""
        out: list[Piece[Source]] = []
        for piece in pieces:
            if out and out[-1].source is piece.source:
                before = out.pop()
                entities = before.entities + piece.entities
                out.append(Piece(piece.source, before.text + piece.text, before.start, piece.end, entities))
            else:
                out.append(piece)
        return out

    def _next_name(self) -> Name:
        self._count += 1
        return self._count

    def _pieces(self, segments: Sequence[Segment]) -> list[Piece[Source]]:
        """Return what is ready, in order."""
        self._sort(segments)
        pieces: list[Piece[Source]] = []
        for name, said in list(self._open.items()):
            pieces += said.ready
            said.ready = []
            if not said.is_over:
                break
            del self._open[name]
        return pieces

    def _sort(self, segments: Sequence[Segment]) -> None:
        for segment in segments:
            said = self._open.get(segment.utterance)
            if said is not None:  # it is none of the agent's own words
                said.is_over = segment.end >= said.length
                said.ready.append(Piece(said.source, segment.text, segment.start, segment.end, segment.entities))
