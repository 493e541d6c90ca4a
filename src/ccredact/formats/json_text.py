"""JSON as text: where its values stand, and how to change some of them and no other byte.

The standard library's decoder does the parsing, value by value, and says where each one ends; only the
objects and arrays on the way to a change are ever opened. `children` and what builds on it want text that
`parse` has accepted.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from ccredact.formats.base import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_CHARACTER: Final = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL
)


class _DuplicateKeyError(Exception):
    """An object has a key twice: readers disagree about which counts, so one copy would go unexamined."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _DuplicateKeyError
    return members


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_unique)


@dataclass(frozen=True, slots=True)
class Node:
    """One member or element: it stands at `[start, end)`, its value at `[at, end)`; an element has no key."""

    key: str | None = field(repr=False)
    start: int
    at: int
    end: int
    value: Any = field(repr=False)


@dataclass(frozen=True, slots=True)
class Container:
    """An object or array at `[start, end)` of `text` with its members or elements."""

    text: str = field(repr=False)
    start: int
    end: int
    nodes: tuple[Node, ...] = field(repr=False)

    def get(self, key: str) -> Node | None:
        """Return the member named `key`, or None."""
        return next((node for node in self.nodes if node.key == key), None)

    def raw(self, key: str) -> str | None:
        """Return the value of `key` as it is written, or None."""
        node = self.get(key)
        return None if node is None else self.text[node.at : node.end]

    def with_members(self, changes: Mapping[str | None, str | None], added: str = "") -> str:
        """Return the object's text with other values for those of the named members that it has."""
        places = {n: changes[node.key] for n, node in enumerate(self.nodes) if node.key in changes}
        return self.rewritten(places, added)

    def rewritten(self, changes: Mapping[int, str | None], added: str = "") -> str:
        """Return the container's text with other values at some places.

        `changes` maps a place to the value's new text or, to take it out, to None; `added` goes behind the
        last member as it is. What stays keeps its bytes and the separator in front of it.
        """
        parts: list[str] = []
        for place, node in enumerate(self.nodes):
            new = changes.get(place, self.text[node.at : node.end])
            if new is not None:
                separator = self.text[self.nodes[place - 1].end : node.start] if parts else ""
                parts.append(separator + self.text[node.start : node.at] + new)
        if not parts:
            return self.text[self.start] + added + self.text[self.end - 1]
        opening = self.text[self.start : self.nodes[0].start]
        return opening + "".join(parts) + added + self.text[self.nodes[-1].end : self.end]


def parse(text: str, at: int = 0) -> Any:
    """Return the one JSON value in `text[at:]`.

    Raises `Fault` where it is broken, has a key twice or is followed by more; `RecursionError` may pass.
    """
    try:
        value, end = _DECODER.raw_decode(text, _skip(text, at))
    except _DuplicateKeyError:
        problem, end = "an object has the same key twice", -1
    except json.JSONDecodeError as error:
        problem, end = "broken JSON", error.pos
    except ValueError:
        problem, end = "a number is too long", -1
    else:
        end = _skip(text, end)
        if end == len(text):
            return value
        problem = "something follows the JSON value"
    raise Fault(problem, f"character {end + 1}" if end >= 0 else "")


def children(text: str, at: int) -> Container:
    """Return the object or array that opens at `text[at]`."""
    start = at
    is_object = text[at] == "{"
    nodes = []
    at = _skip(text, at + 1)
    while text[at] not in "}]":
        node_start, key = at, None
        if is_object:
            key, at = _DECODER.raw_decode(text, at)
            at = _skip(text, _skip(text, at) + 1)
        value, end = _DECODER.raw_decode(text, at)
        nodes.append(Node(key, node_start, at, end, value))
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return Container(text, start, at + 1, tuple(nodes))


def opening(text: str) -> int:
    """Return where the JSON value of `text` begins, behind a byte order mark and white space."""
    return _skip(text, 1 if text.startswith("\ufeff") else 0)


def edit_string(literal: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """Return a JSON string literal with `[start, end)` of its value replaced, for each edit, in order.

    Escapes outside the edits stay as they are written.
    """
    if "\\" in literal:
        places = [match.start() for match in _CHARACTER.finditer(literal, 1, len(literal) - 1)]
        places.append(len(literal) - 1)
    else:
        places = list(range(1, len(literal)))
    return apply(literal, ((places[start], places[end], quoted(new)[1:-1]) for start, end, new in edits))


def apply(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """Return `text` with every `[start, end)` replaced; the edits are in order and do not overlap."""
    parts: list[str] = []
    at = 0
    for start, end, new in edits:
        parts += (text[at:start], new)
        at = end
    return "".join([*parts, text[at:]])


def quoted(text: str) -> str:
    """Return `text` as a JSON string, readable where UTF-8 can hold it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(text)  # a lone surrogate has to stay an escape
    return json.dumps(text, ensure_ascii=False)


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at
