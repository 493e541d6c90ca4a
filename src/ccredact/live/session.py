"""One call as a recogniser tells it: interims that grow, shrink and are revised, finals once, twice or not at all.

An utterance is known by its id. Until it has a final, each interim takes the place of the one before, and changes
nothing in the call. Its first final is pushed; whatever comes of this id after that is counted and dropped, since a
final stays. A *provisional* final is an interim until the recogniser's next final for the id, or until it has been the
last word for so many seconds. Utterances without an id are each their own.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from ccredact.errors import StreamError
from ccredact.live.adapter import OWN, Kind
from ccredact.live.handover import opened, sealed
from ccredact.live.limits import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccredact.core.call import Call
    from ccredact.live.adapter import Heard
    from ccredact.live.limits import Limits
    from ccredact.transcript import Name, Segment, Utterance


_LENGTH: Final = 4
"""Bytes that tell the length of what is known."""
_KNOWN: Final = b"known"


class _Open:
    """The last hypothesis of an utterance; `since` is when it became a provisional final, None while it is none."""

    __slots__ = ("last", "since")

    def __init__(self, last: Utterance, since: float | None) -> None:
        self.last = last
        self.since = since


class Session:
    """What a recogniser has said of one call."""

    __slots__ = ("_after", "_call", "_finals", "_limits", "_open", "_words", "seen", "warned")

    def __init__(self, call: Call, limits: Limits, *, after: float) -> None:
        """Begin with a call; a provisional final is one after so many seconds."""
        self._call = call
        self._limits = limits
        self._after = after
        self._open: dict[Name, _Open] = {}
        self._finals: dict[Name, None] = {}
        self._words = 0
        self.seen = 0.0  # when its last event came
        self.warned: set[Outcome] = set()

    def waiting_since(self, now: float) -> float | None:
        """Return from when on something waits that time alone may release, None where nothing does."""
        held = self._call.held
        since = now - held.seconds if held.words else None
        for item in self._open.values():
            if item.since is not None and (since is None or item.since < since):
                since = item.since
        return since

    @property
    def held(self) -> int:
        """Return how many words are held."""
        return self._call.held.words

    def name_of(self, heard: Heard) -> Name:
        """Return what the segments of an utterance that comes next will call it."""
        named = heard.id if heard.utterance is None else heard.utterance.id
        return str(self._call.pushed) if named is None else named

    def take(self, heard: Heard, now: float) -> tuple[Outcome, list[Segment]]:
        """Take what an event says of this call; return what became of it, and what is released by it."""
        if heard.kind is Kind.PROMOTED:
            return self._promote(heard.id)
        utterance = heard.utterance
        if utterance is None:
            raise StreamError("an event of this kind has an utterance")
        if utterance.id in self._finals:
            return (Outcome.SECOND_FINAL if utterance.is_final else Outcome.LATE_INTERIM), []
        words = utterance.text.count(" ") + 1
        if self._words + words > self._limits.call_words:
            return Outcome.CALL_FULL, []
        if utterance.is_final and (heard.kind is not Kind.PROVISIONAL or utterance.id is None):
            self._words += words
            return Outcome.TAKEN, self._push(utterance)
        if utterance.id is not None:
            if utterance.id not in self._open and len(self._open) >= self._limits.open_utterances:
                return Outcome.CALL_FULL, []
            last = replace(utterance, is_final=False) if utterance.is_final else utterance
            self._open.pop(utterance.id, None)  # provisional finals are pushed in the order in which they came
            self._open[utterance.id] = _Open(last, now if heard.kind is Kind.PROVISIONAL else None)
            return Outcome.TAKEN, self._call.push(last)
        return Outcome.TAKEN, self._call.push(utterance)

    def aside(self, utterances: Sequence[Utterance]) -> list[Segment]:
        """Return texts that stand beside what is said, redacted as if the call ended with them."""
        return self._call.aside(utterances)

    def tick(self, now: float, *, after: float) -> list[Segment]:
        """Take the time: push provisional finals that no other has followed, and flush what is held for so long."""
        out: list[Segment] = []
        for name, item in list(self._open.items()):
            if item.since is not None and now - item.since >= self._after:
                out += self._promote(name)[1]
        return [*out, *self._call.tick(now, after=after)]

    def close(self, *, cut: bool) -> list[Segment]:
        """End the call. What the recogniser has called final is; interims without a final are dropped."""
        return [*self.settle(), *self._call.close(cut=cut)]

    def settle(self) -> list[Segment]:
        """Push what the recogniser has called final, and drop interims without a final."""
        out: list[Segment] = []
        for name, item in list(self._open.items()):
            if item.since is not None:
                out += self._promote(name)[1]
        self._open.clear()
        return out

    def export(self, key: bytes, name: Name) -> bytes:
        """Return the settled call with what is known of its utterances, encrypted; it is over here then."""
        known = sealed(json.dumps({"finals": list(self._finals), "words": self._words}).encode(), key, name, _KNOWN)
        return len(known).to_bytes(_LENGTH) + known + self._call.export(key, id=name)

    @staticmethod
    def parts(data: bytes, key: bytes, name: Name) -> tuple[dict[str, Any], bytes]:
        """Return what was known of an exported call's utterances, and the call. Raises `HandoverError`."""
        end = _LENGTH + int.from_bytes(data[:_LENGTH])
        known: dict[str, Any] = json.loads(opened(data[_LENGTH:end], key, name, _KNOWN))
        return known, data[end:]

    def know(self, known: dict[str, Any]) -> None:
        """Take what was known of the utterances of a call that was exported."""
        self._finals = dict.fromkeys(known["finals"])
        self._words = known["words"]

    def _promote(self, name: Name | None) -> tuple[Outcome, list[Segment]]:
        """Push the last interim of an utterance as its final."""
        if name in self._finals:
            return Outcome.SECOND_FINAL, []
        item = self._open.get(name) if name is not None else None
        if item is None:
            return Outcome.NOTHING_TO_PROMOTE, []
        return Outcome.TAKEN, self._push(replace(item.last, is_final=True))

    def _push(self, utterance: Utterance) -> list[Segment]:
        """Push a final, and know that its utterance has one."""
        segments = self._call.push(utterance)
        name = utterance.id
        if name is not None:
            self._open.pop(name, None)
            if isinstance(name, str) and name.startswith(OWN):
                return segments
            self._finals[name] = None
            if len(self._finals) > self._limits.known_finals:
                del self._finals[next(iter(self._finals))]
        return segments
