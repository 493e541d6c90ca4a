"""What was hidden in the turns, hidden wherever else it stands in the document, places that are not examined too.

Texts of turns, their copies, labels of speakers and the times of words are passed over: what becomes of them is known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from ccredact.formats.base import Redacted
from ccredact.formats.json.call import Found
from ccredact.formats.json.fields import nested_in, united, words_of
from ccredact.formats.json.plan import Node, Plan, Role, word_node
from ccredact.formats.json.scan import quoted
from ccredact.formats.json.table import Words
from ccredact.formats.json.write import Change, Edits, Path
from ccredact.formats.speakers import is_no_label
from ccredact.formats.told import LEAST, LONG, Told, bare_of, told_in

_MEASURES: Final = frozenset(
    "at begin confidence count duration end index length millis ms num number offset offsets rate score seconds size "
    "start ticks time timestamp".split()
)
"""Words of the key of what is measured or counted: that it is a short value, too, is chance."""
_BEFORE: Final = re.compile(r"[:\[,]\s*-?\d*\Z")
"""What stands before a digit of a number in a document."""
_SHORT: Final = 64
"""Characters of a text that may be a value alone."""
_OTHERS: Final = frozenset({Role.TAKEN, Role.LABEL, Role.OURS})
"""Strings of which it is known what becomes of them."""


def hide_told(change: Change, call: Found, spoken: Sequence[Redacted]) -> None:
    """Put into `change` what stands in clear of what `spoken` hides."""
    labels = [
        (text[start:end], shown)
        for path, edits, is_text in call.labels
        if is_text and isinstance(text := _value_at(call, path), str)
        for start, end, shown in edits
    ]
    told = told_in([said.text for said in call.said], spoken, labels)
    if told:
        sweep = _Sweep(change, call, told)
        for number, root in enumerate(call.roots):
            sweep.known(root.value, call.plan.tree, (number,), "")


def _value_at(call: Found, path: Path) -> Any:
    value: Any = [root.value for root in call.roots]
    for step in path:
        value = value[step]
    return value


class _Sweep:
    """Goes once through a document."""

    def __init__(self, change: Change, call: Found, told: Told) -> None:
        self._change = change
        self._literal = call.literal
        self._told = told
        self._leave = call.leave
        self._plan: Plan = call.plan
        bare = call.text.replace(".", "")
        self._begins = {value[:LONG] for value in told.values if len(value) >= LONG and _is_in_number(bare, value)}
        self._is_in_numbers = bool(self._begins)
        self._still: set[tuple[str, bool]] = set()  # texts that say nothing: words have the same ones again and again

    def known(self, value: Any, node: Node | None, path: Path, key: str) -> None:
        """Hide what a value at a place of the table says."""
        role = Role.OPEN if node is None else node.role
        if isinstance(value, dict):
            for name, inner in value.items():
                if name not in self._leave:
                    below = node.inner.get(name) if node is not None and role is not Role.LEFT else None
                    self.known(inner, below, (*path, name), name)
        elif isinstance(value, list):
            self._list(value, node, path, key)
        elif role not in _OTHERS or not isinstance(value, str) or (role is Role.LABEL and is_no_label(value)):
            self._scalar(value, path, is_short=role is not Role.COUNT and not _is_measure(key))

    def _list(self, values: list[Any], node: Node | None, path: Path, key: str) -> None:
        if node is not None and node.words is not None:
            self._words(values, node.words, path)
            return
        is_count = _is_measure(key) or (node is not None and node.role is Role.COUNT)
        shown = None if is_count else self._together(values)
        if shown is not None:
            self._change.at(path).literal = f"[{quoted(shown)}]"
            return
        for number, inner in enumerate(values):
            below = node.element(number) if node is not None else None
            self.known(inner, below, (*path, number), key)

    def _together(self, values: list[Any]) -> str | None:
        """Return what stands for a list of characters, or of groups of them, that are a hidden value together."""
        if len(values) < LEAST or len(values) > LONG * LONG:
            return None
        if not all(type(value) is str or type(value) is int for value in values):
            return None
        texts = [str(value) for value in values]
        whole = "".join(texts)
        if len(bare_of(whole)) >= LONG or all(len(text) == 1 for text in texts):
            return self._told.alone(whole)
        return None

    def _words(self, words: list[Any], shape: Words, path: Path) -> None:
        """Hide what words say beside their texts and times; there are many, and most of them say nothing."""
        node = word_node(shape)
        left = {*self._leave, *(step for clock in shape.times for step in (clock.start, clock.end))}
        known = {key for key, below in node.inner.items() if below.role in _OTHERS} | {*shape.forms}
        for number, word in enumerate(words):
            if type(word) is not dict:
                continue
            for key, value in word.items():
                kind = type(value)
                if key in left or kind is bool or value is None or (kind is float and not self._is_in_numbers):
                    continue
                if key not in known or kind is not str:
                    self.known(value, node.inner.get(key), (*path, number, key), key)

    def _scalar(self, value: Any, path: Path, *, is_short: bool) -> None:
        if isinstance(value, str):
            if (value, is_short) in self._still:
                return
            inner = nested_in(value)
            if inner is None:
                self._text(value, path, is_short=is_short)
            else:
                self.known(inner, None, path, "")
        elif type(value) is int or type(value) is float:
            shown = self._told.alone(str(abs(value))) if is_short and type(value) is int else None
            if shown is None and self._is_in_numbers:
                shown = self._in_number(value, path)
            if shown is not None:
                self._put(path, literal=quoted(shown))

    def _in_number(self, value: float, path: Path) -> str | None:
        """Return what stands for a number in which a long value stands."""
        digits = str(value).replace(".", "")
        if not any(begin in digits for begin in self._begins):
            return None
        edits = self._told.inside(self._literal(path).replace(".", ""))  # a float has not all digits that are written
        return edits[0][2] if edits else None

    def _text(self, text: str, path: Path, *, is_short: bool) -> None:
        shown = self._told.alone(text) if is_short and len(text) <= _SHORT else None
        edits = [(0, len(text), shown)] if shown is not None else self._told.inside(text)
        named = self._told.named(text) if shown is None else []
        if named and (" " not in text or self._plan.leaves(path[1:])):  # a sentence was read as one
            edits = united([*edits, *named])
        if edits:
            self._put(path, edits=edits)
        elif not named:
            self._still.add((text, is_short))

    def _put(self, path: Path, *, literal: str | None = None, edits: Edits | None = None) -> None:
        here = self._change.at(path)
        if here.literal is None:
            here.literal = literal
            here.edits = united([*here.edits, *(edits or ())]) if here.edits else edits or []


def _is_in_number(text: str, value: str) -> bool:
    """Return whether a value may stand in a number of a document without its points: most calls have no such number."""
    at = text.find(value)
    while at >= 0:
        if _BEFORE.search(text, max(at - _SHORT, 0), at):
            return True
        at = text.find(value, at + 1)
    return False


@lru_cache(maxsize=4096)
def _is_measure(key: str) -> bool:
    return not _MEASURES.isdisjoint(words_of(key))
