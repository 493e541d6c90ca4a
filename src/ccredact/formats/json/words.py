"""Lists of words in a document: the text that they make, and a hidden run as one word."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any

from ccredact.formats.base import Edit, Fault
from ccredact.formats.json.quick import make_words
from ccredact.formats.json.scan import Member, apply, members_of, quoted
from ccredact.formats.json.table import Steps, Words, first, getter, steps
from ccredact.formats.json.write import Change, Path, Step, written
from ccredact.formats.words import Run, composed, merged
from ccredact.transcript import Entity, Word


class Listed:
    """Some elements of a list of words, those from `first` on, and the text that they make.

    Element `n` stands at `[starts[n], starts[n] + len(texts[n]))` of it. It is never changed, and no dataclass, as
    `Edit`.
    """

    __slots__ = ("elements", "first", "path", "shape", "starts", "text", "texts")

    def __init__(
        self,
        shape: Words,
        path: Path,
        elements: list[Any],
        texts: list[str],
        text: str,
        starts: list[int],
        first: int = 0,
    ) -> None:
        self.shape = shape
        self.path = path
        self.elements = elements
        self.texts = texts
        self.text = text
        self.starts = starts
        self.first = first

    def words(self) -> tuple[Word, ...]:
        """Return the words with their times."""
        shape = self.shape
        if not shape.times:
            return ()
        times = shape.times[0].each(self.elements)
        if shape.marks:
            spoken = [number for number, element in enumerate(self.elements) if not is_mark(shape, element)]
            return make_words([self.texts[number] for number in spoken], [times[number] for number in spoken])
        return make_words([text.strip() for text in self.texts], times)

    def span(self) -> tuple[float | None, float | None]:
        """Return when the words begin and end, None where that is not known."""
        if not self.shape.times:
            return None, None
        times = self.shape.times[0].each(self.elements)
        starts, ends = [one for one, _ in times if one is not None], [one for _, one in times if one is not None]
        return min(starts, default=None), max(ends, default=None)

    def runs(self, edits: Sequence[Edit]) -> list[Run]:
        """Return the runs of elements to hide, by the edits of the text that they make."""
        found = []
        begins, ends = [edit.start for edit in edits], list(accumulate((edit.end for edit in edits), max))
        for first_one, last_one in merged(self._range(edit) for edit in edits if edit.entity is not None):
            start, end = self.starts[first_one], self.starts[last_one - 1] + len(self.texts[last_one - 1])
            near = edits[bisect_right(ends, start) : bisect_left(begins, end)]
            inside = [edit for edit in near if edit.start < end and edit.end > start]
            entities = tuple(edit.entity for edit in inside if edit.entity is not None)
            found.append(Run(first_one, last_one, composed(self.text, start, end, inside).strip(), entities))
        return found

    def _range(self, edit: Edit) -> tuple[int, int]:
        begin = max(bisect_right(self.starts, edit.start) - 1, 0)
        while begin < len(self.starts) and self.starts[begin] + len(self.texts[begin]) <= edit.start:
            begin += 1
        return begin, bisect_left(self.starts, edit.end)

    def hide(self, change: Change, found: Sequence[Run]) -> None:
        """Put into `change` what becomes of the list when the runs are hidden."""
        here = change.at(self.path) if found else change
        for run in found:
            begin, end = self.first + run.first, self.first + run.last
            for number in range(begin, end):
                here.at((number,)).take_out()
            if run.text:
                one = here.at((begin,))
                one.literal, one.until = None, end
                base = next(
                    (n for n in range(run.first, run.last) if not is_mark(self.shape, self.elements[n])), run.first
                )
                lead = self.texts[run.first]
                text = lead[: len(lead) - len(lead.lstrip())] + run.text
                own = here.at((self.first + base,))
                new = _shown(self.shape, text, run.entities, self.elements[base], own)
                one.make = _Maker(self.shape, new, base - run.first, own).make


def is_mark(shape: Words, element: Any) -> bool:
    """Return whether an element is punctuation."""
    return bool(shape.marks) and isinstance(element, dict) and element.get(shape.kind) in shape.marks


def is_head(shape: Words, element: Any) -> bool:
    """Return whether an element is the label of who speaks from there on."""
    return isinstance(element, dict) and element.get(shape.kind) in shape.heads


def texts_of(shape: Words, elements: list[Any], position: str) -> list[str]:
    """Return the texts of a list of words; raises `Fault` with the number of one that has none."""
    get = getter(shape.text)
    texts = [get(element) for element in elements]
    if not all(type(text) is str for text in texts):
        number = next(number for number, text in enumerate(texts, 1) if not isinstance(text, str))
        raise Fault("a word must be an object with a text", f"{position}, word {number}".lstrip(", "))
    return texts


def listed(shape: Words, path: Path, elements: list[Any], texts: list[str], begin: int = 0) -> Listed:
    """Return words with the text that they make."""
    starts = []
    at = 0
    if shape.glued is True or (shape.glued and shape.glued(texts)):
        for text in texts:
            starts.append(at)
            at += len(text)
        return Listed(shape, path, elements, texts, "".join(texts), starts, begin)
    if not shape.marks and shape.joins is None:
        starts = [0, *accumulate([len(text) + 1 for text in texts])][:-1] if texts else []
        return Listed(shape, path, elements, texts, " ".join(texts), starts, begin)
    parts: list[str] = []
    loose = False
    for element, text in zip(elements, texts, strict=True):
        before, behind = shape.joins(element) if shape.joins else (not is_mark(shape, element), True)
        space = " " if at and loose and before and text else ""
        parts += (space, text)
        starts.append(at + len(space))
        at += len(space) + len(text)
        loose = behind
    return Listed(shape, path, elements, texts, "".join(parts), starts, begin)


class _Maker:
    """Makes the one word of a hidden run out of its elements, of which `base` is the first word.

    `own` is what becomes of that word beside: its speaker may be a name. It is no closure, which would hold itself.
    """

    __slots__ = ("_base", "_new", "_own", "_shape")

    def __init__(self, shape: Words, new: Mapping[Step, str], base: int, own: Change) -> None:
        self._shape = shape
        self._new = new
        self._base = base
        self._own = own

    def make(self, document: str, run: Sequence[Member]) -> str:
        """Return the literal of the word."""
        return _one(document, run, self._shape, self._base, dict(self._new), self._own)


def _shown(shape: Words, text: str, entities: Sequence[Entity], element: Any, own: Change) -> dict[Step, str]:
    """Return the new members of a hidden run with the first word `element`, whose speaker may stand inside of one."""
    new: dict[Step, str] = {}
    label = first(element, shape.speaker)
    if isinstance(label, str):
        label = apply(label, own.at(step for step in steps(shape.speaker) if isinstance(step, (str, int))).edits)
    literal = quoted(text)
    for key, rest, is_beside in _text_places(shape):
        if rest:
            beside = {steps(shape.speaker)[-1]: label} if is_beside and label is not None else {}
            new[key] = _nested(rest, literal, beside)
        else:
            new[key] = literal
    if shape.shown is not None:
        new.update(shape.shown(text, entities))
    return new


@lru_cache(maxsize=256)
def _text_places(shape: Words) -> tuple[tuple[Step, Steps, bool], ...]:
    """Return where the text of a word stands: the member, the steps in it, and whether its speaker stands beside it."""
    found: dict[tuple[Step, Steps, bool], None] = {}
    parent = steps(shape.speaker)[:-1] if shape.speaker else ()
    for place in (shape.text, *shape.forms):
        if place:
            key, *rest = steps(place)
            is_beside = bool(shape.speaker and rest) and (key, *rest[:-1]) == parent
            for one in key if isinstance(key, tuple) else (key,):
                if isinstance(one, (str, int)):
                    found[one, tuple(rest), is_beside] = None
    return tuple(found)


def _nested(rest: Sequence[object], literal: str, beside: Mapping[Any, Any]) -> str:
    more = "".join(f', "{key}": {json.dumps(value)}' for key, value in beside.items())
    for step in reversed(rest):
        literal = f'{{"{step}": {literal}{more}}}' if isinstance(step, str) else f"[{literal}]"
        more = "" if isinstance(step, str) else more
    return literal


def _one(document: str, run: Sequence[Member], shape: Words, base: int, new: dict[Step, str], own: Change) -> str:
    """Return one word over the time of all elements: no other member of theirs is known to be harmless."""
    parts_of = _Parts(document)
    kept: set[Step] = {shape.kind, shape.speaker, *shape.kept}
    for clock in shape.times:
        kept.add(clock.start)
        begin = parts_of.first_with(run, clock.start)
        stop = parts_of.first_with(reversed(run), clock.end)
        if begin is not None and stop is not None:
            new[clock.start] = begin[clock.start]
            end = clock.over(begin, stop)
            if end is not None:
                new[clock.end] = end
    first_word = run[base]
    at = first_word.at
    is_list = document[at] == "["
    written_parts: list[str] = []
    opening, behind = document[at], at + 1
    for number, member in enumerate(parts_of.members(first_word)):
        key: Step = number if member.key is None else member.key
        literal = new.get(key)
        if literal is None and (key in kept or is_list):
            literal = document[member.at : member.end]
            literal = written(literal, 0, own.inner[key]) if key in own.inner else literal
        if not number:
            opening = document[at : member.start]
        if literal is not None:
            separator = document[behind : member.start] if written_parts else ""
            written_parts.append(separator + document[member.start : member.at] + literal)
        behind = member.end
    return opening + "".join(written_parts) + document[behind : first_word.end]


class _Parts:
    """The members of the elements of a run, found once."""

    def __init__(self, document: str) -> None:
        self._document = document
        self._members: dict[int, list[Member]] = {}
        self._literals: dict[int, dict[Step, str]] = {}

    def members(self, element: Member) -> list[Member]:
        """Return the members of an element."""
        found = self._members.get(element.at)
        if found is None:
            found = self._members[element.at] = members_of(self._document, element.at, element.end)
        return found

    def literals(self, element: Member) -> dict[Step, str]:
        """Return the members of an element as they are written."""
        found = self._literals.get(element.at)
        if found is None:
            found = self._literals[element.at] = {
                number if member.key is None else member.key: self._document[member.at : member.end]
                for number, member in enumerate(self.members(element))
            }
        return found

    def first_with(self, run: Iterable[Member], step: Step) -> dict[Step, str] | None:
        """Return the literals of the first element that has a member, None where none has it."""
        for element in run:
            literals = self.literals(element)
            if literals.get(step, "null") != "null":
                return literals
        return None
