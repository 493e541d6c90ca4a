"""One call as Transcribe wrote it: what reading finds out and writing needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccredact.formats.transcribe.items import Item, Owners
    from ccredact.text.placing import Place
    from ccredact.transcript import Utterance


@dataclass(frozen=True, slots=True)
class Mirror:
    """A text elsewhere in the document, `results[key][number][member]`, and the items that it repeats.

    `utterance` is the number of the text's own utterance where it does not say what the items say.
    """

    key: str
    number: int
    member: str
    text: str = field(repr=False)
    items: Owners
    utterance: int | None = None


@dataclass(frozen=True, slots=True)
class Copies:
    """Which items the lists repeat: those of each channel, of each speaker segment, and of `segments`.

    `hypotheses` has the best alternative of each of `results.segments`, None if it is made of other words.
    """

    channels: tuple[Owners, ...]
    speaker_segments: tuple[Owners, ...]
    hypotheses: tuple[Owners | None, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """A call as Transcribe wrote it."""

    data: bytes
    text: str
    items: tuple[Item, ...]
    firsts: tuple[int, ...]
    """The first item of each utterance that is made of items."""
    places: tuple[tuple[Place, ...], ...]
    """Where its items stand in each of these utterances."""
    utterances: tuple[Utterance, ...]
    mirrors: tuple[Mirror, ...]
    copies: Copies
