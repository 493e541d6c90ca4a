"""Changes of a JSON document, collected by the path of each value and written in one pass over its text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from ccredact.formats.json.scan import (
    Member,
    apply,
    edit_string,
    end_of,
    key_at,
    opening,
    parse,
    pass_element,
    pass_elements,
    pass_members,
    quoted,
    skip,
)

Step = str | int
"""The key of a member or the number of an element."""
Path = tuple[Step, ...]
Edits = list[tuple[int, int, str]]
"""`[start, end)` of a value's text and what stands there then, in order."""

_GONE: Final = ""
"""The new literal of an element that is taken out: no value is written as nothing."""


_FEW: Final = 4
"""Members of an object that are looked for by their keys."""
_NO_EDITS: Final[Edits] = []
"""It is never changed, as little as `_NO_CHANGES`: most changes have no edits, or nothing in them."""


class Change:
    """What becomes of one value and of what is in it.

    `literal` is its new text; `edits` are those of a string's value, `key` those of its key; `make` returns
    its new text from the elements of its array from it to the one behind `until`. `added` stands behind the last member
    of an object.
    """

    __slots__ = ("added", "edits", "inner", "key", "literal", "make", "until")

    def __init__(self) -> None:
        self.inner: dict[Step, Change] = _NO_CHANGES
        self.literal: str | None = None
        self.edits: Edits = _NO_EDITS
        self.key: Edits = _NO_EDITS
        self.make: Callable[[str, Sequence[Member]], str] | None = None
        self.until = 0
        self.added = ""

    def at(self, path: Iterable[Step]) -> Change:
        """Return the change of the value at `path` below this one."""
        here = self
        for step in path:
            found = here.inner.get(step)
            if found is None:
                if not here.inner:
                    here.inner = {}
                found = here.inner[step] = Change()
            here = found
        return here

    def take_out(self) -> None:
        """Take an element out of its array."""
        self.literal = _GONE


_NO_CHANGES: Final[dict[Step, Change]] = {}


def written(text: str, at: int, change: Change, *, is_plain: bool = False) -> str:
    """Return `text` with the value that opens at `at` changed."""
    writer = _Writer(text, is_plain=is_plain)
    writer.value(at, change, goes_on=False)
    return apply(text, writer.edits)


class _Writer:
    """Goes once through a text, as far as the last change, and collects its edits in order."""

    def __init__(self, text: str, *, is_plain: bool) -> None:
        self.text = text
        self._is_plain = is_plain
        self._is_literal = "\\u00" not in text  # a key of plain letters is written as such
        self.edits: Edits = []

    def value(self, at: int, change: Change, *, goes_on: bool) -> int:
        """Take the changes of the value at `at`; return where it ends if the caller `goes_on` behind it."""
        text = self.text
        inside = bool(change.inner or change.added) and change.literal is None and text[at] in "{["
        if inside:
            if text[at] == "{":
                return self._object(at, change, goes_on=goes_on)
            return self._array(at, change, goes_on=goes_on)
        end = end_of(text, at, is_plain=self._is_plain)
        if change.literal is not None:
            self.edits.append((at, end, change.literal))
        elif change.inner and text[at] == '"':  # JSON in a string
            inner = parse(text[at:end])
            self.edits.append((at, end, quoted(written(inner, opening(inner), change))))
        elif change.edits and text[at] == '"':
            self.edits.append((at, end, edit_string(text[at:end], change.edits)))
        return end

    def _object(self, at: int, change: Change, *, goes_on: bool) -> int:
        text = self.text
        left = len(change.inner)
        goes_on = goes_on or bool(change.added)
        opening, last = at + 1, -1
        at = skip(text, opening)
        search = _search(text, change, at) if self._is_literal and not change.added else None
        while text[at] != "}":
            if search is not None:
                aim = search.next(at)
                if aim > at:
                    at = pass_members(text, at, aim)
                    if text[at] == "}":
                        break
            start = at
            key, key_end, at = key_at(text, at)
            inner = change.inner.get(key)
            if inner is None:
                last = end_of(text, at, is_plain=self._is_plain)
            else:
                left -= 1
                if search is not None:
                    search.done(key)
                if inner.key:
                    self.edits.append((start, key_end, edit_string(text[start:key_end], inner.key)))
                last = self.value(at, inner, goes_on=goes_on or left > 0)
                if not left and not goes_on:
                    return -1
            at = self._behind(last)
        if change.added:
            self.edits.append(
                (last, last, change.added) if last >= 0 else (opening, opening, change.added.lstrip(", "))
            )
        return at + 1

    def _array(self, at: int, change: Change, *, goes_on: bool) -> int:
        text = self.text
        touched = sorted(number for number in change.inner if isinstance(number, int))
        hole = _Hole()
        at = skip(text, at + 1)
        number = 0
        behind = -1  # where the element before ends
        for place, aim in enumerate(touched, 1):
            while number < aim and text[at] != "]":
                if aim - 1 > number:
                    at, passed = pass_elements(text, at, aim - 1 - number, is_plain=self._is_plain)
                    number += passed
                behind, at = pass_element(text, at, is_plain=self._is_plain)
                number += 1
            if text[at] == "]":
                break
            inner = change.inner[aim]
            if inner.make is None and inner.literal != _GONE:
                if place == len(touched) and not goes_on:
                    return self.value(at, inner, goes_on=False)
                end = self.value(at, inner, goes_on=True)
                following = self._behind(end)
            else:
                end, following = pass_element(text, at, is_plain=self._is_plain)
            hole.take(self, aim, inner, (at, end, behind, following))
            at, behind = following, end
            number += 1
        while goes_on and text[at] != "]":
            at, passed = pass_elements(text, at, 64, is_plain=self._is_plain)
            if not passed:
                _, at = pass_element(text, at, is_plain=self._is_plain)
        return at + 1

    def _behind(self, end: int) -> int:
        """Return where the next member or element begins, or the container closes."""
        at = skip(self.text, end)
        return skip(self.text, at + 1) if self.text[at] == "," else at


class _Search:
    """Where the keys of members that change may stand in an object, so that those before are passed over at once."""

    __slots__ = ("_places", "_text")

    def __init__(self, text: str, keys: list[str], at: int) -> None:
        self._text = text
        self._places = {key: text.find(f'"{key}"', at) for key in keys}

    def next(self, at: int) -> int:
        """Return the next place, from `at` on, where one may stand, -1 where none does."""
        aim = -1
        for key, place in self._places.items():
            here = place
            if 0 <= here < at:  # it was no key of this object
                here = self._places[key] = self._text.find(f'"{key}"', at)
            if here >= 0 and (aim < 0 or here < aim):
                aim = here
        return aim

    def done(self, key: str) -> None:
        """Look for a key no more: an object has none twice."""
        del self._places[key]


def _search(text: str, change: Change, at: int) -> _Search | None:
    """Return a search for the keys of an object that change, None where there are many, or one may be escaped."""
    if len(change.inner) > _FEW:
        return None
    keys: list[str] = []
    for key in change.inner:
        if not isinstance(key, str) or not key.isascii() or not key.isidentifier():
            return None
        keys.append(key)
    return _Search(text, keys, at)


class _Hole:
    """What is taken out of an array, and the elements of a run that become one."""

    def __init__(self) -> None:
        self._making: Change | None = None
        self._run: list[Member] = []
        self._place = 0  # of the edit of the run
        self._kept = False  # whether an element before stays
        self._next = 0

    def take(self, writer: _Writer, number: int, change: Change, place: tuple[int, int, int, int]) -> None:
        """Take an element, which stands at `[at, end)` behind the end of another one and before the next."""
        at, end, behind, following = place
        self._kept = self._kept or number > self._next  # one that is not touched stays
        self._next = number + 1
        if change.make is not None:
            self._making, self._run, self._place = change, [], len(writer.edits)
            writer.edits.append((at, end, ""))
        elif change.literal == _GONE:
            writer.edits.append((behind, end, "") if self._kept else (at, following, ""))
        if self._making is not None and self._making.make is not None:
            self._run.append(_element(at, end))
            if number == self._making.until - 1:
                start, stop, _ = writer.edits[self._place]
                writer.edits[self._place] = (start, stop, self._making.make(writer.text, self._run))
                self._making.make = None  # it holds the change, which would hold itself
                self._making = None
        self._kept = self._kept or change.literal != _GONE


def _element(at: int, end: int) -> Member:
    return Member(None, at, at, end)
