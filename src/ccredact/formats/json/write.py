"""Changes of a JSON document, collected by the path of each value and written in one pass over its text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ccredact.formats.json.scan import apply, edit_string, end_of, members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ccredact.formats.json.scan import Member

Step = str | int
"""The key of a member or the number of an element."""
Path = tuple[Step, ...]
Edits = list[tuple[int, int, str]]
"""`[start, end)` of a value's text and what stands there then, in order."""

_GONE: Final = ""
"""The new literal of an element that is taken out: no value is written as nothing."""


@dataclass(slots=True)
class Change:
    """What becomes of one value and of what is in it.

    `literal` is its new text; `edits` are those of a string's value, `key` those of its key; `make` returns
    its new text from the elements of its array from it to the one behind `until`. `added` stands behind the last member
    of an object.
    """

    inner: dict[Step, Change] = field(default_factory=dict, repr=False)
    literal: str | None = field(default=None, repr=False)
    edits: Edits = field(default_factory=list, repr=False)
    key: Edits = field(default_factory=list, repr=False)
    make: Callable[[str, Sequence[Member]], str] | None = field(default=None, repr=False)
    until: int = 0
    added: str = field(default="", repr=False)

    def at(self, path: Iterable[Step]) -> Change:
        """Return the change of the value at `path` below this one."""
        here = self
        for step in path:
            found = here.inner.get(step)
            if found is None:
                found = here.inner[step] = Change()
            here = found
        return here

    def take_out(self) -> None:
        """Take an element out of its array."""
        self.literal = _GONE


def written(text: str, at: int, change: Change) -> str:
    """Return `text` with the value that opens at `at` changed."""
    edits: Edits = []
    _value(text, at, change, edits)
    return apply(text, edits)


def _value(text: str, at: int, change: Change, edits: Edits) -> None:
    if change.literal is not None:
        end = end_of(text, at)
        edits.append((at, end, change.literal))
    elif change.edits and text[at] == '"':
        end = end_of(text, at)
        edits.append((at, end, edit_string(text[at:end], change.edits)))
    elif not (change.inner or change.added):
        return
    elif text[at] == "{":
        _object(text, at, change, edits)
    elif text[at] == "[":
        _array(text, at, change, edits)


def _object(text: str, at: int, change: Change, edits: Edits) -> None:
    left = len(change.inner)
    last = -1
    for member in members(text, at):
        last = member.end
        inner = change.inner.get(member.key or "")
        if inner is None:
            continue
        if inner.key:
            end = end_of(text, member.start)
            edits.append((member.start, end, edit_string(text[member.start : end], inner.key)))
        _value(text, member.at, inner, edits)
        left -= 1
        if not left and not change.added:
            return
    if change.added:
        edits.append((last, last, change.added) if last >= 0 else (at + 1, at + 1, change.added.lstrip(", ")))


def _array(text: str, at: int, change: Change, edits: Edits) -> None:  # noqa: C901, PLR0912
    last = max(max(number, inner.until - 1) for number, inner in change.inner.items() if isinstance(number, int))
    kept = behind = -1  # whether an element before stays, and where the element before ends
    run: list[Member] = []
    making: Change | None = None
    out = -1  # where what is taken out at the beginning of the array starts
    for number, element in enumerate(members(text, at)):
        inner = change.inner.get(number)
        if out >= 0 and (inner is None or inner.literal != _GONE):
            edits.append((out, element.start, ""))
            out = -1
        if inner is not None and inner.make is not None:
            making, run = inner, []
            hole = len(edits)
            edits.append((element.at, element.end, ""))
        if making is not None:
            run.append(element)
            if number == making.until - 1:
                start, end, _ = edits[hole]
                edits[hole] = (start, end, making.make(text, run) if making.make else "")
                making = None
        if inner is None:
            kept = number
        elif inner.literal == _GONE:
            if kept >= 0:
                edits.append((behind, element.end, ""))
            elif out < 0:
                out = element.start
        else:
            if inner.make is None:
                _value(text, element.at, inner, edits)
            kept = number
        behind = element.end
        if number >= last and out < 0:
            return
    if out >= 0:
        edits.append((out, behind, ""))


def literals(text: str, at: int) -> dict[Step, str]:
    """Return the members of a small object, or the elements of a small array, as they are written."""
    found: dict[Step, str] = {}
    for number, member in enumerate(members(text, at)):
        found[number if member.key is None else member.key] = text[member.at : member.end]
    return found
