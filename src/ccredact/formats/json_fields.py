"""The other fields of a JSON call: text beside what is said (titles, summaries, other forms of a turn).

Every string, every key of an object and every number of `LONG` digits is examined, behind the turns of the call, so
that what was told in it is known. A field's name goes before its value as a question before an answer: digits behind
"pin" are a PIN. Names of fields that look like ones stay, unless they say what was told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ccredact.formats.json_text import apply, children, edit_string, quoted
from ccredact.formats.plain.stamps import RANGE
from ccredact.reasons import Reason
from ccredact.text.placing import tokens
from ccredact.transcript import Utterance

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from ccredact.formats.base import Edit, Redacted
    from ccredact.formats.json_text import Container, Node

LONG: Final = 7
"""Digits of a number that is examined; what stands behind a decimal point does not count."""
LEAST: Final = 3
"""Letters and digits of a string that is examined."""
_CODE: Final = re.compile(r"[a-z]{2,3}[-_][A-Z]{2,4}")
"""A language, "en-GB"."""
IDS: Final = frozenset({"id", "utterance"})
TIMES: Final = frozenset({"start", "end"})
_TIME: Final = re.compile(rf"\s*(?:{RANGE}|[\d.,:]{{1,20}})?\s*", re.VERBOSE)
_FIELD: Final = re.compile(r"[A-Za-z_$][A-Za-z_$.\-]*\d{0,3}")
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_\W]+")


class _Part(NamedTuple):
    """One literal of the line, `[start, end)`, and where its value stands in the text that is examined."""

    start: int
    end: int
    at: int
    size: int
    kind: str  # "text", "number", "key", or "" for what is only heard and never changed
    siblings: frozenset[str]  # the keys beside a key


@dataclass(frozen=True, slots=True)
class Field:
    """One text that is examined and the literals of the line that it comes from."""

    text: str = field(repr=False)
    parts: tuple[_Part, ...] = field(repr=False)


def is_left(node: Node, leave: Collection[str]) -> bool:
    """Return whether a member of a call, a turn or a word is left: an id, a time, or what the policy leaves."""
    key = node.key or ""
    if key in leave:
        return True
    if key in IDS:
        return not isinstance(node.value, dict | list)
    return is_time(key, node.value)


def is_time(key: str, value: Any) -> bool:
    """Return whether a member is a time by its name and its value."""
    if key not in TIMES and not key.endswith("_at"):
        return False
    return value is None or isinstance(value, int | float) or (isinstance(value, str) and bool(_TIME.fullmatch(value)))


def may_have_fields(members: Mapping[str, Any], known: Collection[str]) -> bool:
    """Return whether an object has anything to examine beside the members `known`: a quick look before a long one."""
    for key, value in members.items():
        if key in known or is_time(key, value) or (key in IDS and not isinstance(value, dict | list)):
            continue
        quiet = (
            value is None
            or isinstance(value, float | bool)
            or (isinstance(value, int) and abs(value) < 10 ** (LONG - 1))
        )
        if not (quiet and _FIELD.fullmatch(key)) or (isinstance(value, float) and abs(value) >= 10 ** (LONG - 1)):
            return True
    return False


class FieldReader:
    """Collects the fields of a line."""

    def __init__(self, text: str, leave: Collection[str]) -> None:
        self._text = text
        self._leave = leave
        self.found: list[Field] = []

    def members(self, container: Container, known: Collection[str]) -> None:
        """Take the members of a call or a turn, but for those `known` and those that are left."""
        for node in container.nodes:
            if node.key not in known and not is_left(node, self._leave):
                self._member(container, node)

    def words(self, words: Container) -> None:
        """Take what the words of a turn say beside their text: the values of one key are one text."""
        columns: dict[str, list[tuple[Node, bool]]] = {}
        for word in words.nodes:
            said = tokens(word.value.get("text", ""))
            if word.value.keys() <= {"text", "start", "end", "id"}:
                continue
            container = children(self._text, word.at)
            for node in container.nodes:
                if node.key in {"text", None} or is_left(node, self._leave):
                    continue
                if isinstance(node.value, str):
                    columns.setdefault(node.key or "", []).append((node, tokens(node.value) != said))
                else:
                    self._member(container, node)
        for nodes in columns.values():
            if any(differs for _, differs in nodes):
                self._column([node for node, _ in nodes])

    def _column(self, nodes: Sequence[Node]) -> None:
        parts, at = [], 0
        for node in nodes:
            parts.append(_Part(node.at, node.end, at, len(node.value), "text", frozenset()))
            at += len(node.value) + 1
        self.found.append(Field(" ".join(node.value for node in nodes), tuple(parts)))

    def _member(self, container: Container, node: Node) -> None:
        before = len(self.found)
        self._value(node)
        key = node.key or ""
        if len(self.found) == before and _FIELD.fullmatch(key):
            return  # nothing to ask for
        inside = self.found[before:]
        del self.found[before:]
        end = node.start + len(_literal(self._text, node.start))
        siblings = frozenset(other.key or "" for other in container.nodes) - {key}
        self._take(key, node.start, end, "key", siblings)
        spoken = " ".join(_HUMP.split(key)).strip()
        if spoken not in (key, ""):
            self._take(spoken, node.start, end, "")
        self.found += inside

    def _value(self, node: Node) -> None:
        value = node.value
        if isinstance(value, str):
            self._take(value, node.at, node.end, "text")
        elif isinstance(value, dict):
            container = children(self._text, node.at)
            for inner in container.nodes:
                if inner.key not in self._leave and not is_time(inner.key or "", inner.value):
                    self._member(container, inner)
        elif isinstance(value, list):
            for inner in children(self._text, node.at).nodes:
                self._value(inner)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            literal = self._text[node.at : node.end]
            whole = re.match(r"-?\d*", literal)
            if whole is not None and sum(map(str.isdigit, whole[0])) >= LONG:
                self._take(literal, node.at, node.end, "number")

    def _take(self, text: str, start: int, end: int, kind: str, siblings: frozenset[str] = frozenset()) -> None:
        if (kind and sum(map(str.isalnum, text)) < LEAST) or _CODE.fullmatch(text):
            return
        if any(map(str.isalnum, text)):
            self.found.append(Field(text, (_Part(start, end, 0, len(text), kind, siblings),)))


def utterances_of(fields: Sequence[Field]) -> Iterator[Utterance]:
    """Yield the fields as utterances, each a turn of its own."""
    for number, found in enumerate(fields):
        yield Utterance(found.text, f"\0{number}", f"field {number}")


def changes_of(
    text: str, fields: Sequence[Field], redacted: Sequence[Redacted], spoken: Sequence[Redacted]
) -> dict[tuple[int, int], str]:
    """Return the new literals of the line by their places, for those that change; `spoken` are the turns."""
    told = {entity.id for turn in spoken for entity in turn.entities}
    changes: dict[tuple[int, int], str] = {}
    taken: dict[frozenset[str], set[str]] = {}
    for found, new in zip(fields, redacted, strict=True):
        for part in found.parts:
            edits = list(_edits_in(part, _allowed(part, found.text, new.edits, told)))
            if not edits or not part.kind:
                continue
            literal = text[part.start : part.end]
            if part.kind == "number":
                changes[part.start, part.end] = quoted(apply(found.text, edits))
                continue
            written = edit_string(literal, edits)
            if part.kind == "key":
                used = taken.setdefault(part.siblings | {found.text}, set(part.siblings | {found.text}))
                written = _unique(written, used)
            changes[part.start, part.end] = written
    return changes


def edited(text: str, changes: Mapping[tuple[int, int], str]) -> str:
    """Return the line with other literals at some places."""
    return apply(text, ((start, end, new) for (start, end), new in sorted(changes.items())))


def _allowed(part: _Part, text: str, edits: Sequence[Edit], told: Collection[int]) -> Iterator[Edit]:
    """Yield the edits that count: a name of a field changes only where it says what was told."""
    for edit in edits:
        entity = edit.entity
        again = entity is not None and (entity.reason == Reason.SAID_AGAIN or entity.id in told)
        if part.kind != "key" or again or not _FIELD.fullmatch(text):
            yield edit


def _edits_in(part: _Part, edits: Iterator[Edit]) -> Iterator[tuple[int, int, str]]:
    """Yield what of the edits lies in a part; the first part that an edit touches gets its text."""
    last = part.at + part.size
    for edit in edits:
        start, end = max(edit.start, part.at), min(edit.end, last)
        if start < end or (edit.start == edit.end and part.at <= start <= last):
            yield start - part.at, end - part.at, edit.text if edit.start >= part.at else ""


def _unique(literal: str, used: set[str]) -> str:
    """Return the literal of a key, with a number where the object has it already."""
    number, new = 1, literal
    while new[1:-1] in used:
        number += 1
        new = f'{literal[:-1]}_{number}"'
    used.add(new[1:-1])
    return new


def _literal(text: str, start: int) -> str:
    """Return the string literal that begins at a place."""
    match = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL).match(text, start)
    return match[0] if match else ""
