"""The seam to recognisers: what an event says, and how an event is given back redacted.

An adapter reads events of one recogniser and writes the same events with redacted text. It knows nothing of calls that
are open: which events come when is the session's work (`ccredact.live.session`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccredact.transcript import Name, Segment, Utterance

Event = TypeVar("Event")
OWN: Final = "\0"
"""What a name begins with that an adapter has made, where the recogniser gives none: it never comes a second time."""


class Kind(Enum):
    """What an event says of its call.

    `UTTERANCE`: an interim or a final. `PROVISIONAL`: a final that the recogniser says it will replace or may withdraw,
    which is an interim until then. `PROMOTED`: the last interim of this id is what was said. `CLOSED`: the call is
    over. `CUT`: it broke off. `ASIDE`: a text of the event that nobody says, a summary or another field; it is examined
    when the words of the event are decided, with what was told in the call, and nothing is kept of it. `EMPTY`: a turn
    without a word. `UNREAD`: the event holds text, and no turn that the adapter knows.
    """

    UTTERANCE = "utterance"
    PROVISIONAL = "provisional"
    PROMOTED = "promoted"
    CLOSED = "closed"
    CUT = "cut"
    ASIDE = "aside"
    EMPTY = "empty"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that an event says: of which call, and for `UTTERANCE`, `PROVISIONAL` and `ASIDE` the words.

    `id` names the utterance that is `PROMOTED`. Events with finals of one `order` are given back in the order in which
    they came, where the adapter gives whole events.
    """

    call: Name
    utterance: Utterance | None = field(default=None, repr=False)
    kind: Kind = Kind.UTTERANCE
    id: Name | None = None
    order: str | None = None


class Adapter(Protocol[Event]):
    """A recogniser's events, read and written. Its ids must be of one call: of two channels they are two."""

    @property
    def whole(self) -> bool:
        """Return whether an event is written once, when all its utterances are whole; else with every segment."""

    def read(self, event: Event) -> Sequence[Heard]:
        """Return what an event says, nothing where it says nothing of what was said.

        Raises `ccredact.formats.base.Fault` for what is no event.
        """

    def write(self, event: Event, heard: Sequence[Heard], segments: Sequence[Segment]) -> Event | None:
        """Return the event with the text of these segments, None where nothing of it may be given back.

        `heard` is what `read` has said of it. With `whole` the segments are those of its utterances, in order and each
        from end to end, then those of its asides, which may be in pieces; of one that was withheld or not taken there
        is none. Without `whole` it is one segment. What of the event cannot be redacted is left out.
        """

    def rest(self) -> Sequence[tuple[Event, Sequence[Heard]]]:
        """Return, as events of their own, the words that waited for more events: none come any more.

        Of most recognisers there are none; of pieces of text it is each last word, which might have gone on.
        """
