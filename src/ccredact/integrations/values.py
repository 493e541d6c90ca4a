"""Texts and values that stand by themselves: a log line, an attribute of a span. What every edge of that kind shares.

Each text is taken for a piece of a call that broke off: digits that may be the end or the beginning of a number are
hidden, whether they are one or not. A last word that may only begin a term ("priority is high") is shown. Nothing here
raises; what cannot be redacted is `[REDACTED]`.
"""

from __future__ import annotations

import json
import threading
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date, time, timedelta
from itertools import accumulate
from typing import Any, Final

from ccredact.entities import FAIL_SAFE, GROUP_LABELS, NUMBER, REDACTED
from ccredact.reasons import Reason
from ccredact.redactor import Redactor
from ccredact.transcript import Segment, Utterance

MASK: Final = f"[{REDACTED}]"
"""What stands for all that could not be redacted."""
REMEMBERED: Final = 4096
LONGEST_CLEAN: Final = 500
"""Characters of the longest text that is remembered to have nothing in it."""
DEEPEST: Final = 16
"""Levels of containers within each other that are looked into."""
_SHORTEST_NUMBER: Final = 10**11
"""A whole number from which on it may be a card: time stamps apart, counts and durations are smaller."""
_PLAIN: Final = (bool, float, date, time, timedelta, type(None))


class TextRedactor:
    """Redacts texts by themselves; threads may share it.

    Texts in which nothing was found are remembered by their hashes, since logs repeat themselves: such a one costs a
    look-up.
    """

    def __init__(self, redactor: Redactor | None = None) -> None:
        self._redactor = redactor if redactor is not None else Redactor()
        self._clean: dict[int, None] = {}
        self._busy = threading.local()

    def text(self, text: str) -> str:
        """Return a text redacted."""
        try:
            return self._text(text)
        except Exception:  # noqa: BLE001  (whatever it is, the text must not be shown)
            return MASK

    def _text(self, text: str) -> str:
        mark = hash(text)
        if mark in self._clean:
            return text
        segments = self._segments(text)
        if segments is None:
            return MASK
        if any(segment.entities or segment.fault for segment in segments):
            return "".join(segment.text for segment in segments)
        if len(text) <= LONGEST_CLEAN:
            if len(self._clean) >= REMEMBERED:
                self._clean.clear()
            self._clean[mark] = None
        return text

    def _segments(self, text: str) -> list[Segment] | None:
        """Return a text's segments; None while another is at work here: a user's detector writes to a log."""
        if getattr(self._busy, "is_busy", False):
            return None
        self._busy.is_busy = True
        try:
            call = self._redactor.stream()
            segments = [*call.push(Utterance(text)), *call.close(cut=True)]
            return self._redactor.redact_call((Utterance(text),)) if _ends_in_a_word(segments) else segments
        finally:
            self._busy.is_busy = False

    def value(self, value: object) -> Any:
        """Return a value with every text in it redacted, containers as plain ones; of any other object, its `str`.

        Text that is a JSON object or list stays JSON. Numbers stay, but for long ones that are a card or the like.
        """
        try:
            return self._value(value, 0)
        except Exception:  # noqa: BLE001  (as in `text`)
            return MASK

    def _value(self, value: object, depth: int) -> Any:
        if isinstance(value, _PLAIN):
            return value
        if depth > DEEPEST:
            return MASK
        if isinstance(value, str):
            return self._json(value, depth) if value[:1] in {"{", "["} else self.text(value)
        if isinstance(value, int):
            return self._number(value)
        if isinstance(value, bytes | bytearray | memoryview):
            return MASK
        if isinstance(value, Mapping):
            return {self._key(key): self._value(item, depth + 1) for key, item in value.items()}
        if isinstance(value, list | tuple | AbstractSet):
            items = [self._value(item, depth + 1) for item in self._words(list(value))]
            return tuple(items) if isinstance(value, tuple) else items
        return self.text(str(value))

    def _words(self, items: list[Any]) -> list[Any]:
        """Return the items; where all are texts, those that are part of something together are its label."""
        if len(items) < 2 or not all(isinstance(item, str) for item in items):
            return items
        segments = self._segments(" ".join(items))
        if segments is None:
            return [MASK] * len(items)
        ends = list(accumulate(len(item) + 1 for item in items))  # with the blank behind it
        out: list[str] = list(items)
        whole: set[int] = set()
        for entity in reversed([entity for segment in segments for entity in segment.entities]):
            first, last = bisect_right(ends, entity.start), bisect_left(ends, entity.end)
            label = f"[{entity.label}]"
            if last > first:
                out[first : last + 1] = [label] * (last + 1 - first)
                whole.update(range(first, last + 1))
            elif first not in whole:
                base = ends[first] - len(items[first]) - 1
                out[first] = f"{out[first][: entity.start - base]}{label}{out[first][entity.end - base :]}"
        return out

    def _key(self, key: object) -> Any:
        return self.text(key) if isinstance(key, str) else self._value(key, DEEPEST)

    def _json(self, text: str, depth: int) -> str:
        try:
            document = json.loads(text)
        except (ValueError, RecursionError):
            return self.text(text)
        redacted = self._value(document, depth + 1)
        return text if redacted == document else json.dumps(redacted, ensure_ascii=False)

    def _number(self, value: int) -> int | str:
        if abs(value) < _SHORTEST_NUMBER:
            return value
        entities = self._redactor.redact(str(value)).entities
        return MASK if any(entity.label != NUMBER for entity in entities) else value


def _ends_in_a_word(segments: list[Segment]) -> bool:
    """Return whether all that is hidden because the text ends there is a word that may begin a term, and no number."""
    found = [entity for segment in segments for entity in segment.entities]
    held = [entity for entity in found if entity.reason is Reason.HELD_BOUND]
    return (
        bool(held)
        and all(one.label in GROUP_LABELS for one in held)
        and not any(entity.label in FAIL_SAFE for entity in found)
    )
