"""Events in, events out: many calls at once over one stream of JSON lines."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from ccredact.core.call import DEADLINE
from ccredact.core.checks import is_name
from ccredact.errors import FormatError
from ccredact.formats.base import Fault, attempt
from ccredact.formats.json.scan import opening, parse
from ccredact.formats.words import fitted, read_words
from ccredact.live.adapter import Heard, Kind
from ccredact.live.desk import Desk
from ccredact.live.limits import Limits, Outcome
from ccredact.live.pool import EVERY, CallPool
from ccredact.text.placing import place
from ccredact.transcript import Utterance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ccredact.live.adapter import Adapter
    from ccredact.live.pool import Given, Streams
    from ccredact.transcript import Segment

SOURCE: Final = "standard input"
_ANY: Final = 2**60
"""More than can come: a pipe has one source, which is trusted to end its calls."""
UNBOUNDED: Final = Limits(
    event_bytes=_ANY, event_words=_ANY, call_words=_ANY, open_utterances=_ANY, calls=_ANY, closed_calls=0
)


class JsonEvents:
    """The adapter of `ccredact stream`: a line of JSON in, a line of JSON for each segment out."""

    whole = False

    def read(self, event: bytes) -> Sequence[Heard]:
        """Return what a line says, nothing for a blank one; raises `Fault` for anything else."""
        heard = read_event(event)
        return () if heard is None else (heard,)

    def write(self, event: bytes, heard: Sequence[Heard], segments: Sequence[Segment]) -> bytes | None:
        """Return the line of a segment."""
        del event
        return _line(heard[0].call, segments[0]) if segments else None

    def rest(self) -> Sequence[tuple[bytes, Sequence[Heard]]]:
        """Return nothing: a line says all of its words."""
        return ()


@dataclass(frozen=True, slots=True)
class Streamed:
    """What became of a stream: how many events were not taken, by their outcome.

    `is_read` is False where events hold text and none has a turn: the adapter is another recogniser's.
    """

    refused: dict[str, int]
    is_read: bool


def redact_events(
    redactor: Streams,
    lines: Iterable[bytes | None],
    write: Callable[[bytes], object],
    adapter: Adapter[bytes] | None = None,
    *,
    after: float | None = DEADLINE,
    clock: Callable[[], float] = monotonic,
) -> Streamed:
    """Push every line's utterance into its call and write what that releases, a JSON line a segment.

    With the `adapter` of a recogniser lines are its events, and so is what is written. Return what was not taken.
    Raises `FormatError` with its number for the first line that is no event: a call that misses a line is no longer the
    call that was spoken. However it ends, all open calls are closed and what they held is written first, unless nobody
    reads it any more; where it was cut off, numbers that may have gone on are hidden.

    None among the lines says that no line has come yet: then the pool is told the time, so that words are held for
    `after` seconds, as in `CallPool`. As long as there are lines it is not: a file is redacted alike at any pace.
    """

    def deliver(given: Given) -> None:
        for line in desk.give(given):
            write(_ended(line))

    pool = CallPool(redactor, deliver=deliver, after=after, idle=None, limits=UNBOUNDED, clock=clock)
    desk = Desk(JsonEvents() if adapter is None else adapter, pool)
    cut = is_read = True
    try:
        _take(desk, _while_waiting(lines, pool, clock), write)
        cut = False
    except BrokenPipeError:
        is_read = False
        pool.drop()
        raise
    finally:
        for event in desk.end() if is_read else ():
            write(_ended(event))
        pool.close(cut=cut)
    refused = {name: count for name, count in pool.counts.items() if name in _REFUSED}
    return Streamed(refused, is_read=desk.has_turns or Outcome.UNREAD_EVENT not in refused)


_REFUSED: Final = frozenset(Outcome) - {Outcome.TAKEN}


def _while_waiting(lines: Iterable[bytes | None], pool: CallPool, clock: Callable[[], float]) -> Iterator[bytes]:
    """Give the lines; tell the pool the time while none comes."""
    told = clock()
    for line in lines:
        if line is not None:
            yield line
        elif (now := clock()) - told >= EVERY:
            told = now
            pool.tick(now)


def _take(desk: Desk[bytes], lines: Iterable[bytes], write: Callable[[bytes], object]) -> None:
    for number, line in enumerate(lines, 1):
        written = attempt(partial(desk.take, line), source=SOURCE, position=f"line {number}")
        del line  # no frame of a traceback may hold it
        if isinstance(written, FormatError):
            raise written
        for event in written:
            write(_ended(event))


def _ended(line: bytes) -> bytes:
    """Return a line with its end, which the last one that came may lack."""
    return line if line.endswith(b"\n") else line + b"\n"


def read_event(line: bytes) -> Heard | None:
    """Return what a line says, None for a blank one; raises `Fault` for anything else."""
    if not line.strip():
        return None
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        raise Fault("it is not UTF-8", f"byte {error.start + 1}") from None
    event = parse(text, opening(text))
    if not isinstance(event, dict) or not is_name(event.get("call")):
        raise Fault('an event must be an object with a "call", text or a whole number')
    if event.get("close") is True:
        if "text" in event:
            raise Fault('an event has a "text" or "close": true, not both')
        return Heard(event["call"], kind=Kind.CLOSED)
    return Heard(event["call"], _utterance(event))


def _utterance(event: dict[str, Any]) -> Utterance:
    text = _typed(event, "text", str)
    if text is None:
        raise Fault('an event must have a "text", or "close": true')
    name, speaker = event.get("utterance"), event.get("speaker")
    if not all(value is None or is_name(value) for value in (name, speaker)):
        raise Fault('"utterance" and "speaker" are text or whole numbers')
    is_final = _typed(event, "is_final", bool)
    words = read_words(event["words"]) if event.get("words") is not None else ()
    return Utterance(
        text,
        speaker,
        name,
        is_final is not False,
        fitted(text, words, place(text, [word.text for word in words])),
    )


def _typed(event: dict[str, Any], key: str, kind: Any) -> Any:
    value = event.get(key)
    if value is not None and not isinstance(value, kind):
        raise Fault(f'"{key}" is of the wrong type')
    return value


def _line(call: str | int, segment: Segment) -> bytes:
    event: dict[str, Any] = {
        "call": call,
        "utterance": segment.utterance,
        "speaker": segment.speaker,
        "text": segment.text,
        "is_final": segment.is_final,
        "entities": [asdict(entity) for entity in segment.entities],
    }
    if segment.fault:
        event["fault"] = True
    return json.dumps(event, ensure_ascii=True).encode() + b"\n"
