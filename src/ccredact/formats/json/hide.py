"""What was hidden in the turns, hidden wherever else it stands in the document, places that are not examined too.

Texts of turns, their copies, labels of speakers and the times of words are passed over: what becomes of them is known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Any, Final

from ccredact.formats.base import Redacted
from ccredact.formats.json.call import Found
from ccredact.formats.json.fields import asks, nested_in, renamed, united, words_of
from ccredact.formats.json.plan import Node, Plan, Role, word_node
from ccredact.formats.json.scan import apply, quoted
from ccredact.formats.json.table import Words
from ccredact.formats.json.write import Change, Edits, Path, Step
from ccredact.formats.speakers import is_no_label
from ccredact.formats.told import LEAST, LONG, Told, bare_of, told_in

_MEASURES: Final = frozenset(
    "at begin confidence count duration end index length millis ms num number offset offsets rate score seconds size "
    "start ticks time timestamp".split()
)
"""Words of the key of what is measured or counted: that it is a short value, too, is chance."""
_BEFORE: Final = ":[,"
"""What stands before a number in a document, with white space between."""
_SHORT: Final = 64
"""Characters of a text that may be a value alone."""
_OPEN: Final = Role.OPEN
"""The roles, looked up once: a member of an enum is looked up by its name in compiled code too."""
_TAKEN: Final = Role.TAKEN
_LABEL: Final = Role.LABEL
_COUNT: Final = Role.COUNT
_LEFT: Final = Role.LEFT
_OWN: Final = Role.OURS
_OTHERS: Final = frozenset({_TAKEN, _LABEL, _OWN})
"""Strings of which it is known what becomes of them."""
_WHOLE: Final = re.compile(r"[1-9][0-9]*")
_KINDS: Final = frozenset({str, int})


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
            sweep.root(number, root.value)


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
        self._leave = frozenset(call.leave)
        self._plan: Plan = call.plan
        self._path: list[Step] = []
        self._numbers = {sign * int(value) for value in told.values if _WHOLE.fullmatch(value) for sign in (1, -1)}
        longer = [value for value in told.values if len(value) >= LONG]
        bare = call.text.replace(".", "") if longer else ""
        self._begins = {value[:LONG] for value in longer if _is_in_number(bare, value)}
        self._is_in_numbers = bool(self._begins)
        self._still: set[str] = set()  # texts that say nothing: words have the same ones again and again
        self._still_if_long: set[str] = set()  # that say nothing where short values are chance
        self._still_keys: set[str] = set(call.plan.anywhere)

    def root(self, number: int, value: Any) -> None:
        """Hide what a document says."""
        self._known(value, self._plan.tree, number, "")

    def _known(self, value: Any, node: Node | None, step: Step, key: str) -> None:
        """Hide what a value at a place of the table says; most values say nothing."""
        kind = type(value)
        if kind is str:
            role = _OPEN if node is None else node.role
            if role is _TAKEN or role is _OWN or value in self._still:
                return
            if role is not _LABEL or is_no_label(value):
                self._path.append(step)
                self._string(value, key, is_count=role is _COUNT)
                self._path.pop()
        elif kind is float or kind is int:
            if self._is_in_numbers or (kind is int and value in self._numbers):
                is_short = kind is int and not (is_measure(key) or (node is not None and node.role is _COUNT))
                self._path.append(step)
                self._number(value, is_short=is_short)
                self._path.pop()
        elif kind is dict or kind is list:
            self._path.append(step)
            self._inner(value, node, key)
            self._path.pop()

    def _inner(self, value: Any, node: Node | None, key: str) -> None:
        """Hide what an object or a list at the path says."""
        if type(value) is not dict:
            self._list(value, node, key)
            return
        places = node.inner if node is not None and node.role is not _LEFT else {}
        self._keys(value, places)
        for name, inner in value.items():
            if name not in self._leave:
                self._known(inner, places.get(name), name, name)

    def _keys(self, holder: Mapping[str, Any], places: Mapping[Step, Node]) -> None:
        """Hide what the keys of an object say that are no names of the format's own; no two become the same."""
        if not self._told.may_be_in(tuple(holder)):
            return
        spoken = [key for key in holder if key not in places and not self._is_still_key(key)]
        if not spoken:
            return
        here = self._change.at(self._path)
        used = {*holder, *(apply(key, here.inner[key].key) for key in holder if key in here.inner)}
        for key in spoken:
            member = here.at((key,))
            if not member.key:  # one that was examined has its name
                member.key = renamed(key, self._told.in_key(key), used)

    def _is_still_key(self, key: str) -> bool:
        """Return whether a key says nothing that was told, or may not change."""
        if key in self._still_keys:
            return True
        if key not in self._leave and self._told.in_key(key):
            return False
        self._still_keys.add(key)
        return True

    def _list(self, values: list[Any], node: Node | None, key: str) -> None:
        if node is not None and node.words is not None:
            self._words(values, node.words)
            return
        is_count = is_measure(key) or (node is not None and node.role is _COUNT)
        shown = None if is_count else self._together(values)
        if shown is not None:
            self._change.at(self._path).literal = f"[{quoted(shown)}]"
            return
        for number, inner in enumerate(values):
            self._known(inner, node.element(number) if node is not None else None, number, key)

    def _together(self, values: list[Any]) -> str | None:
        """Return what stands for a list of characters, or of groups of them, that are a hidden value together."""
        if len(values) < LEAST or len(values) > LONG * LONG or not _KINDS.issuperset(map(type, values)):
            return None
        texts = [str(value) for value in values]
        whole = "".join(texts)
        shown = self._told.alone(whole)
        if shown is not None and (len(bare_of(whole)) >= LONG or max(map(len, texts)) == min(map(len, texts)) == 1):
            return shown
        return None

    def _words(self, words: list[Any], shape: Words) -> None:
        """Hide what words say beside their texts and times."""
        node = word_node(shape)
        left, known = _kinds_of(shape, self._leave)
        if self._are_quiet([word for word in words if type(word) is dict], node, left, known):
            return
        for number, word in enumerate(words):
            if type(word) is not dict:
                continue
            self._path.append(number)
            self._keys(word, node.inner)
            for key, value in word.items():
                if key not in left and (key not in known or type(value) is not str):
                    self._known(value, node.inner.get(key), key, key)
            self._path.pop()

    def _are_quiet(
        self, objects: list[dict[str, Any]], node: Node, left: AbstractSet[Step], known: AbstractSet[Step]
    ) -> bool:
        """Return whether it is sure that objects say nothing. Most have the same keys, which are looked at once.

        Members in `left` are passed over, and texts of those in `known`.
        """
        keys: tuple[str, ...] | None = None
        looked_at: list[str] = []
        lists: dict[str, list[list[Any]]] = {}
        for one in objects:
            own = tuple(one)
            if own != keys:
                keys = own
                looked_at = [key for key in own if key not in left]
                for key in own if self._told.may_be_in(own) else ():
                    if key not in node.inner and not self._is_still_key(key):
                        return False
            for key in looked_at:
                value = one[key]
                if isinstance(value, list):
                    lists.setdefault(key, []).append(value)
                elif not (isinstance(value, str) and key in known) and not self._is_quiet(value, key, node):
                    return False
        for key, values in lists.items():
            below = node.inner.get(key)
            if below is None or not self._are_inner_quiet(values, below):
                return False
        return True

    def _is_quiet(self, value: object, key: str, node: Node) -> bool:
        """Return whether it is sure that a member of an object says nothing."""
        if isinstance(value, str):
            return self._is_still(value, is_short=_is_short(key, node))
        if isinstance(value, bool) or value is None:
            return True
        if isinstance(value, float):
            return not self._is_in_numbers
        if isinstance(value, int):
            return not self._is_in_numbers and not (value in self._numbers and _is_short(key, node))
        return False

    def _are_inner_quiet(self, lists: list[list[Any]], node: Node) -> bool:
        """Return whether it is sure that lists of one object each say nothing."""
        below = node.element(0)
        if below is None or below.role is _LEFT or node.words is not None:
            return False
        inner: list[dict[str, Any]] = []
        for one in lists:
            if len(one) != 1 or not isinstance(one[0], dict):
                return False
            inner.append(one[0])
        known = {key for key, place in below.inner.items() if place.role is _TAKEN or place.role is _OWN}
        return self._are_quiet(inner, below, self._leave, known)

    def _is_still(self, text: str, *, is_short: bool) -> bool:
        """Return whether it is sure that a text says nothing."""
        still = self._still if is_short else self._still_if_long
        if text in still:
            return True
        if "{" in text or "[" in text or self._told.inside(text) or self._told.named(text):
            return False
        if is_short and len(text) <= _SHORT and self._told.alone(text) is not None:
            return False
        still.add(text)
        return True

    def _string(self, text: str, key: str, *, is_count: bool) -> None:
        is_short = not is_count and not is_measure(key)
        if self._is_still(text, is_short=is_short):
            return
        inner = nested_in(text)
        if inner is not None:
            self._inner(inner, None, "")
            return
        shown = self._told.alone(text) if is_short and len(text) <= _SHORT else None
        edits = [(0, len(text), shown)] if shown is not None else self._told.inside(text)
        named = self._told.named(text) if shown is None else []
        if named and (" " not in text or self._plan.leaves(self._path[1:])):  # a sentence was read as one
            edits = united([*edits, *named])
        if edits:
            self._put(edits=edits)

    def _number(self, value: Any, *, is_short: bool) -> None:
        shown = self._told.alone(str(abs(value))) if is_short else None
        if shown is None and self._is_in_numbers:
            shown = self._in_number(value)
        if shown is not None:
            self._put(literal=quoted(shown))

    def _in_number(self, value: Any) -> str | None:
        """Return what stands for a number in which a long value stands."""
        digits = str(value).replace(".", "")
        if not any(begin in digits for begin in self._begins):
            return None
        edits = self._told.inside(self._literal(tuple(self._path)).replace(".", ""))  # a float has not all its digits
        return edits[0][2] if edits else None

    def _put(self, *, literal: str | None = None, edits: Edits | None = None) -> None:
        here = self._change.at(self._path)
        if here.literal is None:
            here.literal = literal
            here.edits = united([*here.edits, *(edits or ())]) if here.edits else edits or []


def _is_in_number(text: str, value: str) -> bool:
    """Return whether a value may stand in a number of a document without its points: most calls have no such number."""
    at = text.find(value)
    while at >= 0:
        if _is_number_before(text, at):
            return True
        at = text.find(value, at + 1)
    return False


def _is_number_before(text: str, at: int) -> bool:
    """Return whether what stands before a digit of a document may be the beginning of a number."""
    least = max(at - _SHORT, 0)
    while at > least and text[at - 1].isdecimal():
        at -= 1
    if at > least and text[at - 1] == "-":
        at -= 1
    while at > least and text[at - 1].isspace():
        at -= 1
    return at > least and text[at - 1] in _BEFORE


@lru_cache(maxsize=256)
def _kinds_of(shape: Words, leave: frozenset[str]) -> tuple[frozenset[Step], frozenset[Step]]:
    """Return the members of words that are passed over, and those whose texts are."""
    left = {*leave, *(step for clock in shape.times for step in (clock.start, clock.end))}
    known = {key for key, below in word_node(shape).inner.items() if below.role in _OTHERS} | {*shape.forms}
    return frozenset(left), frozenset(known)


def _is_short(key: str, node: Node) -> bool:
    """Return whether a short value counts in a member of an object: it is neither measured nor counted."""
    below = node.inner.get(key)
    return not (is_measure(key) or (below is not None and below.role is _COUNT))


@lru_cache(maxsize=4096)
def is_measure(key: str) -> bool:
    """Return whether a key names what is measured or counted."""
    return not (_MEASURES.isdisjoint(words_of(key)) or asks(key))
