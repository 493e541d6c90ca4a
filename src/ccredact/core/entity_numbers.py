"""The numbers of entities: "[PERSON_2]" is the second person of a call, however often one is named."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

_PERSON: Final = "PERSON"
KEPT: Final = 8
"""Entities of a label of which a later piece still gets their number."""


class EntityNumbers:
    """Count the entities of each label in the order of their decision.

    `pinned` are entities of the label PERSON that are known before the call: the numbers of these are never forgotten.
    """

    __slots__ = ("_counts", "_found", "_latest", "_pinned", "_waiting")

    def __init__(self, pinned: int = 0) -> None:
        self._pinned = pinned
        self._counts: dict[str, int] = {_PERSON: pinned} if pinned else {}
        self._latest: dict[str, dict[int, int]] = {}  # by label and entity, in the order of their last piece
        self._waiting: dict[tuple[int, str], int] = {}  # those of the entities that wait to be written
        self._found: dict[tuple[str, int], int] = {}  # by label and word: what several detectors find there is one

    def admit(self, entity: int, label: str, start: int = 0, end: int = 0) -> None:
        """Take a piece of an entity: one of its label at one of the words `[start, end)` has the same number."""
        if entity <= self._pinned and label == _PERSON:
            self._waiting[entity, label] = entity
            return
        latest = self._latest.setdefault(label, {})
        number = latest.pop(entity, 0)
        for word in range(start, end):
            found = self._found.setdefault((label, word), entity)
            if not number and found != entity:
                number = latest.get(found, 0)
        if not number:
            number = self._counts[label] = self._counts.get(label, 0) + 1
        self._waiting[entity, label] = latest[entity] = number
        if len(latest) > KEPT:
            del latest[next(iter(latest))]

    def of(self, entity: int, label: str) -> int:
        """Return the number of an entity of which a piece waits to be written."""
        return self._waiting[entity, label]

    def keep(self, waiting: Collection[tuple[int, str]], first: int) -> None:
        """Keep only the numbers of these entities, which still have output pending, at the words from `first` on."""
        self._found = {key: entity for key, entity in self._found.items() if key[1] >= first}
        self._waiting = {key: self._waiting[key] for key in waiting if key in self._waiting}

    def fork(self) -> EntityNumbers:
        """Return an independent copy; nothing waits in it."""
        other = EntityNumbers(self._pinned)
        other._counts = dict(self._counts)
        other._latest = {label: dict(latest) for label, latest in self._latest.items()}
        return other
