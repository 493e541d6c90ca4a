"""A table made ready: what each place of a document is, as a tree of keys that is walked beside the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Final

from ccredact.formats.json.table import Steps, Table, Words, steps
from ccredact.formats.json.write import Step

TIMES: Final = frozenset({"start", "end"})


class Role(Enum):
    """What becomes of a value when the fields of a document are collected."""

    OPEN = "examined"
    TAKEN = "a text that the turns or copies of the table have"
    LABEL = "who speaks"
    KEPT = "a scalar that is not examined"
    COUNT = "a time or a number of words, which tells nothing unless a long value stands in it"
    LEFT = "not examined, with all that is in it"
    OURS = "entities as we write them, which hold no text; others are examined"


_TAKEN: Final = Role.TAKEN
"""The roles, looked up once: a member of an enum is looked up by its name in compiled code too."""
_KEPT: Final = Role.KEPT
_COUNT: Final = Role.COUNT
_LEFT: Final = Role.LEFT


@dataclass(slots=True)
class Node:
    """A place of a document."""

    role: Role = Role.OPEN
    words: Words | None = None
    inner: dict[Step, Node] = field(default_factory=dict)
    slices: list[tuple[int, Node]] = field(default_factory=list)
    _elements: dict[int, Node | None] = field(default_factory=dict)
    _alike: int = -1

    @property
    def is_passed(self) -> bool:
        """Return whether a text that stands here is not examined, whatever it is."""
        return self.role is _TAKEN or self.role is _KEPT or self.role is _COUNT or self.role is _LEFT

    def element(self, number: int) -> Node | None:
        """Return the place of an element of an array, None where the table says nothing of it."""
        if self._alike < 0:
            begins = [start for start, _ in self.slices] + [n for n in self.inner if isinstance(n, int)]
            self._alike = 1 + max(begins, default=0)
        number = min(number, self._alike)  # from there on elements are alike
        if number not in self._elements:
            nodes = [node for start, node in self.slices if number >= start]
            if number in self.inner:
                nodes.append(self.inner[number])
            self._elements[number] = _merged(nodes) if nodes else None
        return self._elements[number]

    def add(self, place: Steps, role: Role = Role.OPEN, words: Words | None = None) -> None:
        """Say what stands at a place below this one."""
        for node in self._at(place):
            if role is not Role.OPEN:
                node.role = role
            node.words = words or node.words

    def _at(self, place: Steps) -> list[Node]:
        nodes = [self]
        for step in place:
            nodes = [inner for node in nodes for inner in node._below(step)]
        return nodes

    def _below(self, step: str | int | slice | tuple[str, ...]) -> Iterator[Node]:
        begin = step.start if isinstance(step, slice) else 0
        if isinstance(step, slice) or (isinstance(step, int) and step < 0):
            found = next((node for start, node in self.slices if start == begin), None)
            if found is None:
                found = Node()
                self.slices.append((begin, found))
            yield found
        else:
            for key in step if isinstance(step, tuple) else (step,):
                yield self.inner.setdefault(key, Node())


def _merged(nodes: list[Node]) -> Node:
    if len(nodes) == 1:
        return nodes[0]
    made = Node()
    for node in nodes:
        if node.role is not Role.OPEN:
            made.role = node.role
        made.words = node.words or made.words
        for key, inner in node.inner.items():
            made.inner[key] = _merged([made.inner[key], inner]) if key in made.inner else inner
        made.slices += node.slices
    return made


@lru_cache(maxsize=256)
def word_node(words: Words) -> Node:
    """Return the tree of one word of a list."""
    root = Node()
    if words.text:
        root.add(steps(words.text), Role.TAKEN)
    if words.speaker:
        root.add(steps(words.speaker), Role.LABEL)
    for place in (words.kind, *words.kept):
        root.add(steps(place.removesuffix(".*")), Role.LEFT if place.endswith(".*") else Role.KEPT)
    for clock in words.times:
        root.add((clock.start,), Role.LEFT)
        root.add((clock.end,), Role.LEFT)
    return root


@lru_cache(maxsize=256)
def kept(words: Words) -> frozenset[str]:
    """Return the members of a word that are not examined where they are scalars, and no texts for a label."""
    inner = word_node(words).inner
    roles = {Role.KEPT, Role.LABEL}
    return frozenset(key for key, node in inner.items() if isinstance(key, str) and node.role in roles)


@lru_cache(maxsize=256)
def passed(words: Words) -> frozenset[str]:
    """Return the members of a word in which nothing is examined whatever they are, but for its `forms`."""
    root = word_node(words)
    found = {key for key, node in root.inner.items() if isinstance(key, str) and not node.inner and not node.slices}
    return frozenset(found | {place for place in words.forms if len(steps(place)) == 1}) - kept(words)


@lru_cache(maxsize=256)
def known_inside(words: Words) -> tuple[str, frozenset[str]]:
    """Return the member of a word in which its text stands, in the first object of a list, and what that may have."""
    root = word_node(words)
    where = steps(words.text)
    if len(where) != 3 or not isinstance(where[0], str) or where[1] != 0:
        return "", frozenset()
    node = root.inner[where[0]].element(0)
    inner = node.inner if node else {}
    found = (key for key, below in inner.items() if not below.inner and not below.slices)
    return where[0], frozenset(key for key in found if isinstance(key, str))


@dataclass(frozen=True, slots=True)
class Plan:
    """The tree of a table, and the names of members that are not examined anywhere."""

    tree: Node
    anywhere: frozenset[str] = frozenset()

    def leaves(self, path: Sequence[Step]) -> bool:
        """Return whether what stands at a path of a document is not examined."""
        if path and isinstance(path[-1], str) and (path[-1] in self.anywhere or is_time_name(path[-1])):
            return True
        node: Node | None = self.tree
        for step in path:
            if node is None or node.role is Role.LEFT:
                break
            if node.words is not None and isinstance(step, int):
                node = word_node(node.words)
            else:
                node = node.inner.get(step) if isinstance(step, str) else node.element(step)
        return node is not None and node.role in {Role.KEPT, Role.COUNT, Role.LEFT}


def is_time_name(key: str) -> bool:
    """Return whether a member of this name is a time, where its value is one."""
    return key in TIMES or key.endswith("_at")


def plan(table: Table) -> Plan:  # noqa: C901, PLR0912  (one branch a kind of place)
    """Return the tree of a table."""
    root = Node()
    anywhere = []
    for place in table.kept:
        if place.startswith("**."):
            anywhere.append(place[3:])
        elif place.endswith(".*"):
            root.add(steps(place[:-2]), Role.LEFT)
        else:
            root.add(steps(place), Role.KEPT)
    for place in table.plain:
        root.add(steps(place))
    for place in table.names:
        root.add(steps(place), Role.LABEL)
    for turns in (*table.turns, *table.copies):
        at = steps(turns.at)
        for place in (turns.text, *turns.forms):
            if place:
                root.add(at + steps(place), Role.TAKEN)
        if turns.speaker:
            root.add(at + steps(turns.speaker), Role.LABEL)
        own = (turns.channel, turns.id, turns.final[0] if turns.final else "")
        for place in own:
            if place and not place.startswith("@"):
                root.add(at + steps(place), Role.KEPT)
        for place in (turns.start, turns.numbers, *turns.counts, *(f"{column}[]" for column in turns.columns)):
            if place:
                root.add(at + steps(place), Role.COUNT)
        if turns.entities:
            root.add(at + steps(turns.entities), Role.OURS)
        for place in turns.blank:
            root.add(at + steps(place), Role.LEFT)
        for offsets in turns.offsets:
            for key in (offsets.start, offsets.end):
                root.add(at + steps(offsets.at) + steps(key), Role.COUNT)
        for words in (turns.words, *turns.more_words):
            if words is not None:
                root.add(at + steps(words.at), Role.TAKEN, words)
    return Plan(root, frozenset(anywhere))
