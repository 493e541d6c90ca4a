"""Writing a redacted call back into Amazon Transcribe's document.

A hidden run becomes one item, in every list that has its items: the first start, the last end and the
replacement as its only alternative, in the form of Amazon's own redaction. All other bytes stay.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from ccredact.formats.json_text import apply, children, edit_string, opening, quoted
from ccredact.formats.transcribe.items import read_item
from ccredact.formats.words import Run, runs
from ccredact.text.placing import place, says, tokens
from ccredact.text.times import seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ccredact.formats.base import Redacted
    from ccredact.formats.json_text import Container, Node
    from ccredact.formats.transcribe.document import Document, Mirror
    from ccredact.formats.transcribe.items import Owners

Edits = list[tuple[int, int, str]]

_KEPT: Final = frozenset({"id", "start_time", "speaker_label", "channel_label", "language_code", "type"})
"""What a hidden item keeps as it was: its confidence, and what is not known here, may tell what was said."""


def render(document: Document, redacted: Sequence[Redacted]) -> bytes:
    """Return the document's bytes with every utterance as `redacted` has it."""
    text = document.text
    results = children(text, opening(text)).get("results")
    if results is None or not any(new.edits for new in redacted):
        return document.data
    writer = _Writer(document, redacted)
    parts = children(text, results.at).nodes
    return apply(text, [(part.at, part.end, writer.part(part)) for part in parts]).encode()


def _hidden(document: Document, redacted: Sequence[Redacted]) -> Iterator[Run]:
    """Yield the runs of items to hide, by their numbers in the document."""
    made_of_items = zip(document.utterances, document.firsts, document.places, redacted, strict=False)
    for utterance, first, places, new in made_of_items:
        for run in runs(utterance.text, places, new.edits):
            yield Run(first + run.first, first + run.last, run.text, run.entities)


class _Writer:
    """What must change, and one method for each list of `results` that has text or times of items."""

    def __init__(self, document: Document, redacted: Sequence[Redacted]) -> None:
        self._document = document
        self._redacted = redacted
        self._runs = tuple(_hidden(document, redacted))
        self._run_of = {item: n for n, run in enumerate(self._runs) for item in range(run.first, run.last)}
        self._mirrors = {(mirror.key, mirror.number): mirror for mirror in document.mirrors}

    def part(self, node: Node) -> str:
        """Return the new text of a member of `results`."""
        text = self._document.text
        if text[node.at] not in "[{":
            return text[node.at : node.end]
        part = children(text, node.at)
        new = text[part.start : part.end]
        match node.key:
            case "items":
                new = self._items(part, range(len(part.nodes)))
            case "channel_labels":
                new = self._lists(part, "channels", self._document.copies.channels)
            case "speaker_labels":
                new = self._lists(part, "segments", self._document.copies.speaker_segments)
            case "segments":
                new = _each(part, self._segment)
            case "transcripts" | "audio_segments" | "toxicity_detection" as key:
                new = _each(part, lambda number, element: self._mirror(element, self._mirrors[key, number]))
        return new

    def _lists(self, labels: Container, key: str, owned: Sequence[Owners]) -> str:
        """Return an object with a list at `key` of objects that each have a list of items."""
        lists = labels.get(key)
        if lists is None or not owned:
            return labels.text[labels.start : labels.end]

        def with_items(number: int, holder: Container) -> str:
            items = holder.get("items")
            new = self._items(children(holder.text, items.at), owned[number]) if items and owned[number] else None
            return holder.with_members({} if new is None else {"items": new})

        return labels.with_members({key: _each(children(labels.text, lists.at), with_items)})

    def _segment(self, number: int, segment: Container) -> str:
        """Return one of `results.segments`: where anything is hidden, only its best alternative is left."""
        alternatives = segment.get("alternatives")
        owners = self._document.copies.hypotheses[number]
        if alternatives is None or not self._touched(segment, owners):
            return segment.text[segment.start : segment.end]
        listed = children(segment.text, alternatives.at)
        best = None
        if owners:
            first = children(segment.text, listed.nodes[0].at)
            best = self._alternative(first, owners)
        dropped: dict[int, str | None] = dict.fromkeys(range(len(listed.nodes)))
        return segment.with_members({"alternatives": listed.rewritten(dropped | {0: best})})

    def _alternative(self, alternative: Container, owners: Owners) -> str | None:
        items, transcript = alternative.get("items"), alternative.get("transcript")
        if items is None:
            return None
        new: dict[str | None, str | None] = {"items": self._items(children(alternative.text, items.at), owners)}
        if transcript is not None:
            texts = [read_item(element, 0).text for element in items.value]
            if not isinstance(transcript.value, str) or not says(transcript.value, texts):
                return None
            edits = self._repeated(transcript.value, texts, owners)
            new["transcript"] = edit_string(alternative.raw("transcript") or "", edits)
        return alternative.with_members(new)

    def _touched(self, segment: Container, owners: Owners | None) -> bool:
        if not self._document.items or any(owner in self._run_of for owner in owners or ()):
            return True
        start, end = (seconds(node.value) if node else None for node in map(segment.get, ("start_time", "end_time")))
        if start is None or end is None:
            return bool(self._runs)
        for number in self._run_of:
            item = self._document.items[number]
            at, until = seconds(item.start), seconds(item.end)
            if item.is_word and (at is None or until is None or (at < end and until > start)):
                return True
        return False

    def _mirror(self, element: Container, mirror: Mirror) -> str:
        """Return an element with a text that repeats items, and maybe with a list of their numbers."""
        new: dict[str | None, str | None] = {}
        text, ids = element.raw(mirror.member), element.get("items")
        if text is not None:
            new[mirror.member] = edit_string(text, self._mirror_edits(mirror))
        if ids is not None and mirror.key == "audio_segments" and mirror.items:
            new["items"] = children(element.text, ids.at).rewritten(dict.fromkeys(self._gone(mirror.items)))
        return element.with_members(new)

    def _mirror_edits(self, mirror: Mirror) -> Edits:
        if mirror.utterance is None:
            items = self._document.items
            texts = [items[owner].text for owner in mirror.items if owner is not None]
            return self._repeated(mirror.text, texts, mirror.items) if mirror.text.strip() else []
        own = ((edit.start, edit.end, edit.text) for edit in self._redacted[mirror.utterance].edits)
        return _united([*own, *self._occurrences(mirror.text)])

    def _gone(self, owners: Owners) -> Iterator[int]:
        """Yield the elements that are no longer there, because their run became another one or nothing."""
        for run, base, numbers in self._grouped(owners):
            yield from (number for number in numbers if number != base or not run.text)

    def _repeated(self, text: str, texts: Sequence[str], owners: Owners) -> Edits:
        """Return the edits of a text that says what the items `owners` say."""
        places = place(text, texts)
        edits = []
        for run, _, numbers in self._grouped(owners):
            start, end = places[numbers[0]].start, max(places[number].end for number in numbers)
            if not run.text and text[:start].endswith(" "):
                start -= 1
            edits.append((start, end, run.text))
        return edits

    def _occurrences(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield what of a text in another order than the items' repeats a hidden run."""
        hidden: dict[tuple[str, ...], str] = {}
        for run in self._runs:
            items = self._document.items[run.first : run.last]
            hidden[tuple(token for item in items for token in tokens(item.text))] = run.text
        patterns = [r"\W+".join(map(re.escape, words)) for words in sorted(hidden, key=len, reverse=True) if words]
        if patterns:
            for match in re.finditer(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", text, re.IGNORECASE):
                yield match.start(), match.end(), hidden.get(tuple(tokens(match[0])), "")

    def _items(self, items: Container, owners: Sequence[int | None]) -> str:
        changes: dict[int, str | None] = {}
        for run, base, numbers in self._grouped(owners):
            changes |= dict.fromkeys(numbers)
            if run.text:
                elements = [children(items.text, items.nodes[number].at) for number in numbers]
                ends = [raw for element in elements if (raw := element.raw("end_time")) is not None]
                changes[base] = _item(elements[numbers.index(base)], run, ends[-1] if ends else None)
        return items.rewritten(changes)

    def _grouped(self, owners: Sequence[int | None]) -> Iterator[tuple[Run, int, list[int]]]:
        """Yield each run, the element that it becomes and all its elements, the marks among them as well."""
        groups: dict[int, list[int]] = {}
        marks: list[int] = []
        here = None
        for number, owner in enumerate(owners):
            if owner is None:
                marks.append(number)
                continue
            last, here = here, self._run_of.get(owner)
            if here is not None:
                groups.setdefault(here, []).extend([*(marks if here == last else ()), number])
            marks = []
        items = self._document.items
        for run_number, numbers in groups.items():
            words = (number for number in numbers if (owner := owners[number]) is not None and items[owner].is_word)
            yield self._runs[run_number], next(words, numbers[0]), numbers


def _each(array: Container, change: Callable[[int, Container], str]) -> str:
    return array.rewritten({n: change(n, children(array.text, node.at)) for n, node in enumerate(array.nodes)})


def _item(item: Container, run: Run, end: str | None) -> str:
    """Return `item` as the one item of a hidden run, in the form of Amazon's own redaction."""
    redactions = [{"confidence": f"{e.score:.4f}", "type": e.label, "category": "PII"} for e in run.entities]
    alternatives = [{"content": run.text, "redactions": redactions}]
    new: dict[str | None, str | None] = {key: None for node in item.nodes if (key := node.key) and key not in _KEPT}
    new |= {"end_time": end, "alternatives": json.dumps(alternatives), "content": quoted(run.text)}
    return item.with_members(new)


def _united(edits: Iterable[tuple[int, int, str]]) -> Edits:
    """Return the edits in order, with those that overlap made into one."""
    united: Edits = []
    for start, end, text in sorted(edits, key=lambda edit: (edit[0], -edit[1])):
        if united and start < united[-1][1]:
            before = united[-1]
            if end > before[1]:
                united[-1] = (before[0], end, before[2] if before[2] == text else f"{before[2]} {text}")
        else:
            united.append((start, end, text))
    return united
