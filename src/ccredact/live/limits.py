"""What the events of a pool may be, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ccredact.errors import StreamError

if TYPE_CHECKING:
    from ccredact.transcript import Utterance

_BYTES_A_CHARACTER: Final = 4


class Outcome(StrEnum):
    """What became of an event; whatever is not `TAKEN` has changed nothing and shows nothing.

    But for `UNREAD_EVENT`, which is given back: its texts are redacted as fields, as nothing that was said.
    """

    TAKEN = "taken"
    SECOND_FINAL = "second_final"
    LATE_INTERIM = "late_interim"
    NOTHING_TO_PROMOTE = "nothing_to_promote"
    CLOSED_CALL = "closed_call"
    BROKEN_EVENT = "broken_event"
    UNREAD_EVENT = "unread_event"
    EVENT_TOO_LARGE = "event_too_large"
    EVENT_TOO_MANY_WORDS = "event_too_many_words"
    EVENT_TOO_DEEP = "event_too_deep"
    CALL_FULL = "call_full"
    POOL_FULL = "pool_full"
    HANDED_OVER = "handed_over"


OUTCOMES: Final = {
    Outcome.TAKEN: "it was taken",
    Outcome.SECOND_FINAL: "its utterance has a final already",
    Outcome.LATE_INTERIM: "an interim of an utterance that has a final already",
    Outcome.NOTHING_TO_PROMOTE: "no interim of this utterance is known",
    Outcome.CLOSED_CALL: "its call is closed, or was evicted",
    Outcome.BROKEN_EVENT: "it is no event of this kind, or cannot be handled",
    Outcome.UNREAD_EVENT: "it holds text, and no turn that the adapter knows",
    Outcome.EVENT_TOO_LARGE: "it has more bytes than an event may",
    Outcome.EVENT_TOO_MANY_WORDS: "it has more words than an event may",
    Outcome.EVENT_TOO_DEEP: "it is nested more deeply than an event may",
    Outcome.CALL_FULL: "its call has as many words, or as many open utterances, as one may",
    Outcome.POOL_FULL: "it begins a call, and as many are open as may be",
    Outcome.HANDED_OVER: "words of it were held when its call was handed over",
}
"""What each outcome means."""
LOST: Final = frozenset(Outcome) - {
    Outcome.TAKEN,
    Outcome.SECOND_FINAL,
    Outcome.LATE_INTERIM,
    Outcome.NOTHING_TO_PROMOTE,
    Outcome.CLOSED_CALL,
    Outcome.UNREAD_EVENT,
}
"""Those of which words are missing, and that no recogniser that works brings about: each is warned of."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is taken: of an event, of a call, of a pool. Raises `StreamError` unless all are whole numbers, 0 or more.

    `open_utterances` are those of a call that have interims and no final yet, `known_finals` how many utterances of a
    call are known to have one, `closed_calls` how many calls are known to be over: an event of one that is not is the
    first of a new call.
    """

    event_bytes: int = 1_000_000
    event_words: int = 20_000
    event_depth: int = 64
    call_words: int = 10_000_000
    open_utterances: int = 64
    known_finals: int = 200
    calls: int = 20_000
    closed_calls: int = 100_000

    def __post_init__(self) -> None:
        for limit in fields(self):
            value = getattr(self, limit.name)
            if not isinstance(value, int) or isinstance(value, bool) or value < 0:
                raise StreamError(f"{limit.name} is a whole number, 0 or more")

    def of_utterance(self, utterance: Utterance) -> Outcome | None:
        """Return what is wrong with the size of an utterance, None for nothing."""
        text = utterance.text
        if len(text) * _BYTES_A_CHARACTER > self.event_bytes and len(text.encode(errors="replace")) > self.event_bytes:
            return Outcome.EVENT_TOO_LARGE
        many = len(text) > self.event_words and len(text.split()) > self.event_words
        return Outcome.EVENT_TOO_MANY_WORDS if many or len(utterance.words) > self.event_words else None

    def of_event(self, event: object) -> Outcome | None:
        """Return what is wrong with the size of an event as it came: text, bytes, or values of JSON."""
        size, level = 0, [event]
        for _ in range(self.event_depth + 1):
            inside: list[object] = []
            for value in level:
                if isinstance(value, str | bytes):
                    size += len(value)
                elif isinstance(value, dict):
                    inside += value.keys()
                    inside += value.values()
                elif isinstance(value, list | tuple):
                    inside += value
            if size + len(inside) > self.event_bytes:
                return Outcome.EVENT_TOO_LARGE
            if not inside:
                return None
            level = inside
        return Outcome.EVENT_TOO_DEEP
