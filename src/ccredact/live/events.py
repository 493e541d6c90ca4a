"""Events in, events out: many calls at once over one stream of JSON lines."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from ccredact.core.checks import is_name
from ccredact.errors import FormatError
from ccredact.formats.base import Fault, attempt
from ccredact.formats.json.scan import opening, parse
from ccredact.formats.words import fitted, read_words
from ccredact.text.placing import place
from ccredact.transcript import Utterance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ccredact.core.call import Call
    from ccredact.redactor import Redactor
    from ccredact.transcript import Segment

SOURCE = "standard input"


@dataclass(frozen=True, slots=True)
class Event:
    """A line of input: an utterance of a call, or, without one, the end of the call."""

    call: str | int
    utterance: Utterance | None = field(repr=False)


def redact_events(redactor: Redactor, lines: Iterable[bytes], write: Callable[[bytes], object]) -> None:
    """Push every line's utterance into its call and write what that releases, a JSON line a segment.

    Raises `FormatError` with its number for the first line that is no event: a call that misses a line is no
    longer the call that was spoken. However it ends, all open calls are closed and what they held is written
    first, unless nobody reads it any more; where it was cut off, numbers that may have gone on are hidden.
    """
    calls: dict[str | int, Call] = {}
    cut = True
    try:
        _push(redactor, lines, calls, write)
        cut = False
    except BrokenPipeError:
        calls.clear()
        raise
    finally:
        for name, call in calls.items():
            _write(name, call.close(cut=cut), write)


def _push(
    redactor: Redactor, lines: Iterable[bytes], calls: dict[str | int, Call], write: Callable[[bytes], object]
) -> None:
    for number, line in enumerate(lines, 1):
        position = f"line {number}"
        event = attempt(partial(read_event, line), source=SOURCE, position=position)
        del line  # no frame of a traceback may hold it
        if isinstance(event, FormatError):
            raise event
        if event is None:
            continue
        if event.utterance is None:
            closed = calls.pop(event.call, None)
            _write(event.call, closed.close() if closed else [], write)
            continue
        if event.call not in calls:
            calls[event.call] = redactor.stream()
        segments = attempt(partial(calls[event.call].push, event.utterance), source=SOURCE, position=position)
        if isinstance(segments, FormatError):
            raise segments
        _write(event.call, segments, write)


def read_event(line: bytes) -> Event | None:
    """Return the event in a line, None for a blank one; raises `Fault` for anything else."""
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
        return Event(event["call"], None)
    return Event(event["call"], _utterance(event))


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


def _write(call: str | int, segments: Iterable[Segment], write: Callable[[bytes], object]) -> None:
    for segment in segments:
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
        write(json.dumps(event, ensure_ascii=True).encode() + b"\n")
