"""A call in JSON written back, with every utterance redacted."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from ccredact.formats.base import Edit, Redacted
from ccredact.formats.json.align import tidy, within
from ccredact.formats.json.call import Found, Mirror, Owned, Said
from ccredact.formats.json.fields import change_fields, off_labels
from ccredact.formats.json.hide import hide_told
from ccredact.formats.json.scan import apply, is_plain_text, quoted
from ccredact.formats.json.table import Offsets, Turns, find
from ccredact.formats.json.words import Listed, is_mark
from ccredact.formats.json.write import Change, Path, written
from ccredact.formats.words import Run, merged, runs

Owner = tuple["Turns", "Path", Any]
_WORD: Final = re.compile(r"\S+")


def render(call: Found, redacted: Sequence[Redacted]) -> bytes:
    """Return the bytes of the call with every utterance as `redacted` has it."""
    if not call.labels and all(not new.edits and not new.entities for new in redacted) and not _has_strays(call):
        return call.text.encode()
    return _changed(call, redacted)


def _has_strays(call: Found) -> bool:
    """Return whether words of a turn are not what its text says: they become part of one that is."""
    return any(said.places for said in call.said)


def _changed(call: Found, redacted: Sequence[Redacted]) -> bytes:  # noqa: C901
    turns, owns, others = len(call.said), len(call.own_texts), len(call.fields)
    spoken, own, fields = redacted[:turns], redacted[turns : turns + owns], redacted[-others:] if others else ()
    spoken = _agreed(call, spoken, own)
    change = Change()
    for path, edits, is_text in call.labels:
        _set_label(call, change, path, edits, is_text=is_text)
    call.told.update(entity.id for new in spoken for entity in new.entities if entity.id >= 0)  # none is undecided
    # Before the words: the label of a hidden one may be a field.
    change_fields(change, call.fields, fields, call.told, _repeats(call, spoken))
    hidden: dict[int, tuple[Run, int]] = {}
    for said, new in zip(call.said, spoken, strict=True):
        if new.edits or said.places:
            _turn(change, said, new, hidden)
    for mirror in call.mirrors:
        _mirror(change, mirror, spoken, own)
    for owned in call.owned:
        _owned(change, owned, hidden)
    hide_told(change, call, spoken)
    if change.inner or any(new.entities for new in spoken):
        for said, new in zip(call.said, spoken, strict=True):
            _entities(change, said, new)
    if not change.inner:
        return call.text.encode()
    for emptied in call.table.emptied:
        for path, value in call.at_all(emptied):
            change.at(path).literal = _empty(value)
    parts, behind = [], 0
    for number, (at, _, objects) in enumerate(call.roots):
        inner = change.inner.get(number)
        if inner is not None:
            end = call.roots[number + 1].at if number + 1 < len(call.roots) else len(call.text)
            document = call.text[at:end]
            other = written(document, 0, inner, is_plain=is_plain_text(document, objects))
            parts += [call.text[behind:at], other]
            behind = end
    return "".join([*parts, call.text[behind:]]).encode()


def _agreed(call: Found, spoken: Sequence[Redacted], own: Sequence[Redacted]) -> Sequence[Redacted]:
    """Return the turns with what only another writing of theirs hides hidden as well: "seven three one" is "731"."""
    more: dict[int, list[Edit]] = {}
    for mirror in call.mirrors:
        for number, begin in mirror.own if mirror.is_writing and mirror.count else ():
            for edit in own[number].edits:
                moved = edit.at(edit.start + begin, edit.end + begin)
                found = mirror.stream.counterpart(mirror.text, mirror.first, mirror.count, moved)
                if found is not None and edit.entity is not None:
                    turn, start, end = found
                    if not any(one.start < end and one.end > start for one in spoken[turn].edits):
                        more.setdefault(turn, []).append(edit.at(start, end))
    if not more:
        return spoken
    return [
        Redacted(new.text, tuple(tidy(call.said[number].text, [*new.edits, *more[number]])), new.entities)
        if number in more
        else new
        for number, new in enumerate(spoken)
    ]


def _repeats(call: Found, spoken: Sequence[Redacted]) -> Callable[[Path, str], Iterator[Edit]]:
    """Return what finds the words that the turns hide in the text at a path."""
    whole = call.streams[""]
    scopes = _scopes(call) if call.fields and not call.is_event else {}

    def find_in(path: Path, text: str) -> Iterator[Edit]:
        if call.is_event:
            near: tuple[int, int] | None = (0, len(whole.tokens))
        else:
            near = next((scopes[path[:end]] for end in range(len(path), 0, -1) if path[:end] in scopes), None)
        return whole.repeats(text, spoken, near)

    return find_in


def _scopes(call: Found) -> dict[Path, tuple[int, int]]:
    """Return the tokens of each turn that stands alone in its object."""
    whole = call.streams[""]
    scopes: dict[Path, tuple[int, int]] = {}
    counts = Counter([said.owner for said in call.said])
    for number, said in enumerate(call.said):
        if counts[said.owner] == 1 and (len(said.owner) > 1 or len(call.roots) > 1):
            told = whole.told(number)
            scopes[said.owner] = told.first, told.first + told.count
    return scopes


def _set_label(call: Found, change: Change, path: Path, edits: list[tuple[int, int, str]], *, is_text: bool) -> None:
    here = change.at(path)
    if is_text:
        here.edits = edits
    else:
        here.literal = quoted(apply(call.literal(path), edits))


def _turn(change: Change, said: Said, new: Redacted, hidden: dict[int, tuple[Run, int]]) -> None:
    if said.path is not None and new.edits:
        change.at(said.path).edits = [(edit.start, edit.end, edit.text) for edit in new.edits]
    words = said.words
    found: list[Run] = []
    if words is not None and (said.says or said.places):
        if said.says:
            shift = _lead(words.text) - _lead(said.text)
            found = words.runs([e.at(e.start + shift, e.end + shift) for e in new.edits] if shift else new.edits)
        else:
            found = runs(said.text, said.places, new.edits)
        words.hide(change, found)
        if said.path is None:
            for run in found:
                inside = range(run.first, run.last)
                base = next((n for n in inside if not is_mark(words.shape, words.elements[n])), run.first)
                hidden.update((said.first + number, (run, said.first + base)) for number in inside)
    if new.edits:
        _about(change, (said.spec, said.owner, said.holder), said.text, new.edits, found)


def _about(change: Change, owner: Owner, text: str, edits: Sequence[Edit], found: Sequence[Run]) -> None:
    """Empty what tells a text that has changed once more, and move what counts its characters and words."""
    spec, path, holder = owner
    for blank in spec.blank:
        for place_of, value in find(holder, blank, path):
            change.at(place_of).literal = _empty(value)
    for offsets in spec.offsets:
        _move(change, owner, offsets, edits, found)
    for count in spec.counts:
        for place_of, value in find(holder, count, path):
            if isinstance(value, int):
                here = change.at(place_of)
                more = sum(len(edit.text.split()) - len(text[edit.start : edit.end].split()) for edit in edits)
                here.literal = str(int(here.literal or value) + more)
    if spec.columns:
        _columns(change, owner, text, edits)


def _move(change: Change, owner: Owner, offsets: Offsets, edits: Sequence[Edit], found: Sequence[Run]) -> None:
    for place_of, one in find(owner[2], offsets.at, owner[1]):
        for key, is_end in ((offsets.start, False), (offsets.end, True)):
            for at, value in find(one, key, place_of):
                if isinstance(value, int):
                    moved = _moved_word(value, found) if offsets.words else _moved(value, edits, is_end=is_end)
                    change.at(at).literal = str(moved)


def _columns(change: Change, owner: Owner, text: str, edits: Sequence[Edit]) -> None:
    """Make the numbers of the words of each hidden run those of one word."""
    spec, path, holder = owner
    spans = [match.span() for match in _WORD.finditer(text)]
    lists = [(at, value) for column in spec.columns for at, value in find(holder, column, path)]
    ranges = [(*within(spans, edit.start, edit.end), edit.text) for edit in edits if edit.entity is not None]
    if not all(_are_numbers(value, len(spans)) for _, value in lists):
        for at, value in lists:  # they are not those of these words
            change.at(at).literal = _empty(value)
        return
    for first, last in merged((low, high) for low, high, _ in ranges):
        keeps = any(new for low, high, new in ranges if low < last and high > first)
        for at, _ in lists:
            for number in range(first + 1 if keeps else first, last):
                change.at((*at, number)).take_out()
        if keeps and len(lists) > 1:
            starts, lengths = lists[0][1], lists[1][1]
            change.at((*lists[1][0], first)).literal = str(starts[last - 1] + lengths[last - 1] - starts[first])


def _are_numbers(value: object, count: int) -> bool:
    """Return whether a value is a list of so many numbers."""
    return isinstance(value, list) and len(value) == count and all(type(one) in {int, float} for one in value)


def _moved(at: int, edits: Sequence[Edit], *, is_end: bool) -> int:
    """Return where a place in a text is behind its edits: one inside an edit is at its beginning or its end."""
    shift = 0
    for edit in edits:
        if edit.end <= at:
            shift += len(edit.text) - (edit.end - edit.start)
        elif edit.start < at:
            return edit.start + shift + (len(edit.text) if is_end else 0)
    return at + shift


def _moved_word(at: int, found: Sequence[Run]) -> int:
    """Return the number of a word, or of the one behind the last, when runs have become one word each."""
    gone = 0
    for run in found:
        inside = min(max(at - run.first, 0), run.last - run.first)
        gone += max(inside - bool(run.text), 0)
    return at - gone


def _lead(text: str) -> int:
    return len(text) - len(text.lstrip())


def _mirror(change: Change, mirror: Mirror, spoken: Sequence[Redacted], own: Sequence[Redacted]) -> None:
    if mirror.exact:
        edits = mirror.stream.edits_of(mirror.text, mirror.first, mirror.count, spoken)
    else:
        edits = mirror.stream.heard(mirror.text, mirror.first, mirror.count, spoken)
        edits += mirror.stream.repeats(mirror.text, spoken)
        more: list[Edit] = []
        for number, begin in mirror.own:
            more += [edit.at(edit.start + begin, edit.end + begin) for edit in own[number].edits]
        edits = tidy(mirror.text, [*edits, *off_labels(mirror.text, more)])
    if not edits:
        return
    found: list[Run] = []
    if isinstance(mirror.target, Listed):
        found = mirror.target.runs(edits)
        mirror.target.hide(change, found)
    else:
        change.at(mirror.target).edits = [(edit.start, edit.end, edit.text) for edit in edits]
    if mirror.owner is not None:
        _about(change, mirror.owner, mirror.text, edits, found)


def _owned(change: Change, owned: Owned, hidden: dict[int, tuple[Run, int]]) -> None:
    """Hide the words of a list that repeats words by their times, or take their numbers out of it."""
    if hidden.keys().isdisjoint(owned.owners):
        return
    groups: dict[int, list[int]] = {}
    found: dict[int, Run] = {}
    marks: list[int] = []
    here: int | None = None
    for number, owner in enumerate(owned.owners):
        if owner is None:
            marks.append(number)
            continue
        last = here
        here = hidden[owner][1] if owner in hidden else None
        if here is not None:
            found[here] = hidden[owner][0]
            groups.setdefault(here, []).extend([*(marks if here == last else ()), number])
        marks = []
    for base, numbers in groups.items():
        run = found[base]
        if owned.is_numbers:
            for number in numbers:
                if owned.owners[number] != base or not run.text:
                    change.at((*owned.path, number)).take_out()
        elif owned.spec.words is not None:
            part = Listed(owned.spec.words, owned.path, list(owned.elements), [""] * len(owned.elements), "", [])
            part.hide(change, [Run(numbers[0], numbers[-1] + 1, run.text, run.entities)])


def _entities(change: Change, said: Said, new: Redacted) -> None:
    """Write our entities into a turn where its table says so."""
    if not said.spec.entities:
        return
    found = [
        {"label": e.label, "start": e.out_start, "end": e.out_end, "score": e.score, "reason": e.reason}
        for e in new.entities
    ]
    here = change.at(said.owner)
    if said.spec.entities in said.holder:
        here.at((said.spec.entities,)).literal = json.dumps(found)
    elif found:
        here.added = f', "{said.spec.entities}": {json.dumps(found)}'


def _empty(value: object) -> str:
    """Return the literal of nothing of a value's kind."""
    if isinstance(value, list):
        return "[]"
    return '""' if isinstance(value, str) else "null"
