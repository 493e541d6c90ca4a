"""What reading a call in JSON finds out and writing it needs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from ccredact.formats.json.align import Stream
from ccredact.formats.json.fields import Field
from ccredact.formats.json.plan import Plan
from ccredact.formats.json.table import Table, Turns, Words
from ccredact.formats.json.words import Listed
from ccredact.formats.json.write import Path
from ccredact.text.placing import Place


class Root(NamedTuple):
    """A JSON value of a call: where it begins in the text, what it is, and its objects, -1 where they are not known."""

    at: int
    value: Any
    objects: int = -1


Roots = list[Root]


class Said:
    """One turn: its text at `path`, or made of `words`, in the object at `owner`; `places` are those of stray words.

    `says` tells whether the words say the text character by character, `first` the number of its first word among those
    that turns are made of. It is no dataclass, as `Edit`.
    """

    __slots__ = (
        "at_s", "channel", "first", "holder", "is_final", "owner", "path", "places", "says", "speaker", "spec", "text",
        "words",
    )  # fmt: skip

    def __init__(
        self,
        spec: Turns,
        owner: Path,
        holder: Any,
        text: str,
        path: Path | None,
        words: Listed | None = None,
        *,
        says: bool = False,
        speaker: Any = None,
        channel: str = "",
        at_s: float | None = None,
        is_final: bool = True,
        first: int = 0,
    ) -> None:
        self.spec = spec
        self.owner = owner
        self.holder = holder
        self.text = text
        self.path = path
        self.words = words
        self.says = says
        self.places: Sequence[Place] = ()
        self.speaker = speaker
        self.channel = channel
        self.at_s = at_s
        self.is_final = is_final
        self.first = first


class Mirror:
    """A text, at a path or a list of words, that says `count` tokens of a stream from `first` on.

    Where it does not say them exactly, `own` are its texts of its own: the number of each and where it begins.
    `is_writing` tells whether it is what a turn says, written otherwise, and no other hearing of it. It is never
    changed, and no dataclass, as `Edit`.
    """

    __slots__ = ("count", "exact", "first", "is_writing", "own", "owner", "stream", "target", "text")

    def __init__(
        self,
        target: Path | Listed,
        text: str,
        stream: Stream,
        first: int,
        count: int,
        own: Sequence[tuple[int, int]],
        owner: tuple[Turns, Path, Any] | None,
        *,
        exact: bool,
        is_writing: bool,
    ) -> None:
        self.target = target
        self.text = text
        self.stream = stream
        self.first = first
        self.count = count
        self.own = own
        self.owner = owner
        self.exact = exact
        self.is_writing = is_writing


@dataclass(frozen=True, slots=True)
class Owned:
    """A list of words, or of their numbers, each of which is one of those that turns are made of, or None."""

    spec: Turns = field(repr=False)
    path: Path
    elements: Sequence[Any] = field(repr=False)
    owners: Sequence[int | None]
    is_numbers: bool = False


def position_of(path: Path) -> str:
    """Return a place of the document in words; its keys are those of the table."""
    return ".".join(str(step) if isinstance(step, str) else str(step + 1) for step in path[1:])


class Found(Protocol):
    """A call as it was read."""

    text: str
    roots: Roots
    table: Table
    plan: Plan
    leave: Collection[str]
    said: list[Said]
    mirrors: list[Mirror]
    owned: list[Owned]
    own_texts: list[str]
    labels: list[tuple[Path, list[tuple[int, int, str]], bool]]
    fields: list[Field]
    is_event: bool
    streams: dict[str, Stream]
    told: set[int]

    def at_all(self, at: str) -> list[tuple[Path, Any]]:
        """Return the values at a place of each document."""

    def literal(self, path: Path) -> str:
        """Return a value as it is written."""


class Reading(Found, Protocol):
    """A call while it is read."""

    def is_left(self, path: Path) -> bool:
        """Return whether the policy leaves what is at a path."""

    def channel(self, spec: Turns, path: Path, holder: Any) -> str:
        """Return the channel of a turn, "" where there is none."""

    def who(self, spec: Turns, path: Path, holder: Any, position: str = "") -> tuple[str, Any]:
        """Return the channel and the speaker of a turn."""

    def name_speaker(self, path: Path, label: Any) -> None:
        """Take the label of a speaker."""

    def name_words(self, shape: Words, path: Path, elements: list[Any]) -> None:
        """Take the labels of the speakers of words."""

    def list_at(self, shape: Words, path: Path, holder: Any, position: str) -> Listed | None:
        """Return a list of words in an object, None where it has none."""
