"""JSON as text: its values parsed once, and where some of them stand, so that no other byte changes.

The standard library's decoder parses. Where a value stands is looked for only when it changes: what lies before it is
passed over by one regular expression a value. `end_of`, `members` and `elements` want text that `parse` has accepted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, NamedTuple

from ccredact.formats.base import Fault

_BLANKS: Final = " \t\n\r"
_SPACE: Final = re.compile(r"[ \t\n\r]*+")
_CHARACTER: Final = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL
)
_STRING: Final = r'"(?:[^"\\]++|\\.)*+"'
_FLAT: Final = rf'[{{\[](?:[^{{}}\[\]"]++|{_STRING})*+[}}\]]'
_NESTED: Final = rf'[{{\[](?:[^{{}}\[\]"]++|{_STRING}|{_FLAT})*+[}}\]]'
_ANY: Final = rf'(?:{_STRING}|[^\s,\]}}{{\["]++|[{{\[](?:[^{{}}\[\]"]++|{_STRING}|{_NESTED})*+[}}\]])'
_VALUE: Final = re.compile(_ANY, re.DOTALL)
"""A scalar, or a container with two levels in it: what is nested deeper is left to the decoder."""
_PLAIN: Final = r"\{(?:[^{}]++|\{(?:[^{}]++|\{[^{}]*+\})*+\})*+\}"
"""An object with two levels in it, where no string has a brace."""
_COMMA: Final = r"[ \t\n\r]*+,[ \t\n\r]*+"
_OBJECT: Final = re.compile(_PLAIN)
_OBJECTS: Final = re.compile(rf"\[[ \t\n\r]*+(?:{_PLAIN}(?:{_COMMA})?+)*+[ \t\n\r]*+\]")
_SKIPS: Final = tuple((n, re.compile(rf"(?:{_PLAIN}{_COMMA}){{{n}}}")) for n in (64, 8, 1))
_OTHER_SKIPS: Final = tuple((n, re.compile(rf"(?:{_ANY}{_COMMA}){{{n}}}", re.DOTALL)) for n in (16, 4, 1))
_MEMBER: Final = re.compile(rf"({_STRING})[ \t\n\r]*+:[ \t\n\r]*+({_ANY})(?:{_COMMA}|[ \t\n\r]*+)", re.DOTALL)
_EACH: Final = re.compile(rf"({_STRING})([ \t\n\r]*+:[ \t\n\r]*+)({_ANY})({_COMMA}|[ \t\n\r]*+)", re.DOTALL)
_MEMBERS: Final = re.compile(rf"(?:{_STRING}[ \t\n\r]*+:[ \t\n\r]*+{_ANY}{_COMMA})*+", re.DOTALL)
_PLAIN_ELEMENT: Final = re.compile(rf"({_PLAIN})(?:{_COMMA}|[ \t\n\r]*+)")
_ELEMENT: Final = re.compile(rf"({_ANY})(?:{_COMMA}|[ \t\n\r]*+)", re.DOTALL)
_KEY: Final = re.compile(rf"({_STRING})[ \t\n\r]*+:[ \t\n\r]*+", re.DOTALL)


_COLONS: Final = ('":', " :", "\t:", "\n:", "\r:")
"""How the colon of a member may stand behind its key."""


class _DuplicateKeyError(Exception):
    """An object has a key twice: readers disagree about which counts, so one copy would go unexamined."""


def _counted(value: Any) -> tuple[int, int]:
    """Return how many objects are in a value, and how many members they have together."""
    objects = members = 0
    holders = [value]
    while holders:
        holder = holders.pop()
        if isinstance(holder, dict):
            objects += 1
            members += len(holder)
            for inner in holder.values():  # a list is not made for each: most have nothing in it
                if isinstance(inner, (dict, list)):
                    holders.append(inner)  # noqa: PERF401
        elif isinstance(holder, list):
            for inner in holder:
                if isinstance(inner, (dict, list)):
                    holders.append(inner)  # noqa: PERF401
    return objects, members


def _is_unique(text: str, at: int, end: int, members: int) -> bool:
    """Return whether it is sure that no key is there twice: there are not more colons than members."""
    if text.count(":", at, end) == members:
        return True
    return sum([text.count(colon, at, end) for colon in _COLONS]) == members


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _DuplicateKeyError
    return members


_READABLE: Final = json.JSONEncoder(ensure_ascii=False)
_DECODER: Final = json.JSONDecoder()
_SCAN: Final[Callable[[str, int], tuple[Any, int]]] = _DECODER.scan_once  # type: ignore[attr-defined]
"""What `raw_decode` calls: it raises `StopIteration` where no value begins."""
_STRICT: Final = json.JSONDecoder(object_pairs_hook=_unique)
"""A decoder that refuses a key that is there twice; it takes twice the time."""


class Parsed(NamedTuple):
    """A value, where it ends, and how many objects are in it."""

    value: Any
    end: int
    objects: int


class Member:
    """One member or element: it stands at `[start, end)`, its value at `[at, end)`; an element has no key."""

    __slots__ = ("at", "end", "key", "start")

    def __init__(self, key: str | None, start: int, at: int, end: int) -> None:
        self.key = key
        self.start = start
        self.at = at
        self.end = end


def parse(text: str, at: int = 0) -> Any:
    """Return the one JSON value in `text[at:]`.

    Raises `Fault` where it is broken, has a key twice or is followed by more; `RecursionError` may pass.
    """
    return parse_all(text, at).value


def parse_all(text: str, at: int = 0) -> Parsed:
    """Return the one JSON value in `text[at:]`; raises as `parse`."""
    parsed = parse_first(text, at)
    end = skip(text, parsed.end)
    if end != len(text):
        raise Fault("something follows the JSON value", f"character {end + 1}")
    return parsed


def parse_first(text: str, at: int = 0) -> Parsed:
    """Return the JSON value that begins at `text[at:]`; raises as `parse`."""
    at = skip(text, at)
    try:
        value, end = _SCAN(text, at)
        objects, members = _counted(value)
        if not _is_unique(text, at, end, members):
            _STRICT.raw_decode(text, at)
    except _DuplicateKeyError:
        problem, end = "an object has the same key twice", -1
    except json.JSONDecodeError as error:
        problem, end = "broken JSON", error.pos
    except StopIteration as stop:  # no value begins where one should
        problem, end = "broken JSON", stop.value
    except ValueError:
        problem, end = "a number is too long", -1
    else:
        return Parsed(value, end, objects)
    raise Fault(problem, f"character {end + 1}" if end >= 0 else "")


def is_plain_text(text: str, objects: int) -> bool:
    """Return whether no string of a text with so many objects has a brace: then they are passed over quickly."""
    return objects == text.count("{") == text.count("}")


def skip(text: str, at: int) -> int:
    """Return where the white space that may stand at `at` ends."""
    if at < len(text) and text[at] == " ":
        at += 1
    if at < len(text) and text[at] not in _BLANKS:
        return at
    match = _SPACE.match(text, at)
    return match.end() if match else at


def opening(text: str) -> int:
    """Return where the JSON value of `text` begins, behind a byte order mark and white space."""
    return skip(text, 1 if text.startswith("\ufeff") else 0)


def end_of(text: str, at: int, *, is_plain: bool = False) -> int:
    """Return where the value that begins at `at` ends."""
    match = None
    if is_plain and text[at] == "{":
        end = _flat_end(text, at)
        if end >= 0:
            return end
    if is_plain and text[at] in "{[":
        match = _OBJECT.match(text, at) if text[at] == "{" else _OBJECTS.match(text, at)
    match = match or _VALUE.match(text, at)
    return match.end() if match else _DECODER.raw_decode(text, at)[1]


def _flat_end(text: str, at: int) -> int:
    """Return where the object that begins at `at` ends, -1 where another is in it; no string may have a brace."""
    end = text.find("}", at)
    return end + 1 if end >= 0 and text.find("{", at + 1, end) < 0 else -1


def pass_element(text: str, at: int, *, is_plain: bool) -> tuple[int, int]:
    """Return where the element of an array that begins at `at` ends, and where the next begins or the array closes."""
    if is_plain and text[at] == "{":
        end = _flat_end(text, at)
        if end >= 0:
            behind = skip(text, end)
            return end, skip(text, behind + 1) if text[behind] == "," else behind
    match = _PLAIN_ELEMENT.match(text, at) if is_plain and text[at] == "{" else None
    match = match or _ELEMENT.match(text, at)
    if match:
        return match.end(1), match.end()
    end = _DECODER.raw_decode(text, at)[1]
    behind = skip(text, end)
    return end, skip(text, behind + 1) if text[behind] == "," else behind


def pass_elements(text: str, at: int, number: int, *, is_plain: bool) -> tuple[int, int]:
    """Pass over up to `number` elements of an array from `at` on, but never the last; return where and how many."""
    passed = 0
    while is_plain and passed < number and text[at] == "{":  # most are objects with nothing in them
        end = _flat_end(text, at)
        behind = skip(text, end) if end >= 0 else -1
        if behind < 0 or text[behind] != ",":
            break
        at = skip(text, behind + 1)
        passed += 1
    for size, pattern in _SKIPS if is_plain and text[at] == "{" else _OTHER_SKIPS:
        while number - passed >= size:
            match = pattern.match(text, at)
            if match is None:
                break
            at = match.end()
            passed += size
    return at, passed


def key_at(text: str, at: int) -> tuple[str, int, int]:
    """Return the key that stands at `at`, where its literal ends and where its value begins."""
    match = _KEY.match(text, at)
    if match is None:
        raise Fault("broken JSON", f"character {at + 1}")
    return _key(match[1]), match.end(1), match.end()


def members(text: str, at: int) -> Iterator[Member]:
    """Yield the members of the object, or the elements of the array, that opens at `at`; the caller may stop early."""
    is_object = text[at] == "{"
    pattern = _MEMBER if is_object else _ELEMENT
    at = skip(text, at + 1)
    key = None
    while text[at] not in "}]":
        match = pattern.match(text, at)
        if match is None:  # it is nested deeper
            start = at
            if is_object:
                key, _, at = key_at(text, at)
            end = end_of(text, at)
            yield Member(key, start, at, end)
            at = skip(text, end)
            at = skip(text, at + 1) if text[at] == "," else at
        elif is_object:
            yield Member(_key(match[1]), at, match.start(2), match.end(2))
            at = match.end()
        else:
            yield Member(None, at, at, match.end(1))
            at = match.end()


def pass_members(text: str, at: int, stop: int) -> int:
    """Return where the members of an object from `at` on end that stand whole before `stop`, each with its comma."""
    match = _MEMBERS.match(text, at, stop)
    return match.end() if match else at


def members_of(text: str, at: int, end: int) -> list[Member]:
    """Return the members of the object, or the elements of the array, at `[at, end)`."""
    if text[at] == "{":
        found: list[Member] = []
        begin = place = skip(text, at + 1)
        for key, colon, value, behind in _EACH.findall(text, begin, end - 1):
            start = place
            place += len(key) + len(colon)
            found.append(Member(_key(key), start, place, place + len(value)))
            place += len(value) + len(behind)
        if place == end - 1:  # nothing is nested too deep, which is passed over
            return found
    return list(members(text, at))


def _key(literal: str) -> str:
    key: str = json.loads(literal) if "\\" in literal else literal[1:-1]
    return key


def edit_string(literal: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """Return a JSON string literal with `[start, end)` of its value replaced, for each edit, in order.

    Escapes outside the edits stay as they are written.
    """
    if "\\" in literal:
        places = [match.start() for match in _CHARACTER.finditer(literal, 1, len(literal) - 1)]
        places.append(len(literal) - 1)
        edits = ((places[start], places[end], new) for start, end, new in edits)
    else:
        edits = ((start + 1, end + 1, new) for start, end, new in edits)
    return apply(literal, ((start, end, quoted(new)[1:-1]) for start, end, new in edits))


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
    return _READABLE.encode(text)
