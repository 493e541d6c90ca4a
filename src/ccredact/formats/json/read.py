"""A call in JSON: its turns by a table, every text that repeats them, its other fields, and the call written back."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from ccredact.formats.base import Fault, Record
from ccredact.formats.json.align import Stream, tokens_of
from ccredact.formats.json.call import Mirror, Owned, Roots, Said
from ccredact.formats.json.fields import FieldReader, utterances_of
from ccredact.formats.json.plan import Node, plan
from ccredact.formats.json.render import render
from ccredact.formats.json.scan import end_of, members
from ccredact.formats.json.table import Table, Turns, find, first
from ccredact.formats.json.words import Listed, is_mark, listed, texts_of
from ccredact.formats.speakers import Speakers
from ccredact.formats.words import fitted
from ccredact.text.placing import place
from ccredact.transcript import Utterance, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ccredact.formats.json.fields import Field
    from ccredact.formats.json.table import Words
    from ccredact.formats.json.write import Path
    from ccredact.policy import Policy


@dataclass(frozen=True, slots=True)
class Ready:
    """A table and its tree."""

    table: Table
    tree: Node = field(repr=False)


def ready(table: Table) -> Ready:
    """Return a table made ready."""
    return Ready(table, plan(table))


def open_call(
    text: str, roots: Roots, known: Ready, policy: Policy, *, source: str, position: str, name: str | int
) -> Record:
    """Return the call in `roots`, which stand in `text`; raises `Fault`. `name` is its name where it has none."""
    call = Call(text, roots, known, policy)
    call.read()
    own = name if not known.table.call else call.name(name)
    utterances = call.utterances()
    return Record(
        own,
        source,
        position,
        utterances,
        partial(render, call),
        names=call.speakers.names,
        fields=len(utterances) - len(call.said),
    )


class Call:
    """What reading finds out and writing needs."""

    def __init__(self, text: str, roots: Roots, known: Ready, policy: Policy) -> None:
        self.text = text
        self.roots = roots
        self.table = known.table
        self.tree = known.tree
        self.leave = policy.leave
        self.speakers = Speakers(policy)
        self.said: list[Said] = []
        self.mirrors: list[Mirror] = []
        self.owned: list[Owned] = []
        self.own_texts: list[str] = []
        self.labels: list[tuple[Path, list[tuple[int, int, str]], bool]] = []
        self.fields: list[Field] = []
        self._streams: dict[str, Stream] = {}
        self._homes: list[tuple[Stream, int]] = []
        self._elements: list[Any] = []
        self._lists: dict[Path, int] = {}

    def __repr__(self) -> str:
        return f"Call({self.table.name})"

    def read(self) -> None:
        """Read the call."""
        spec = next((spec for spec in self.table.turns if self._has(spec)), None)
        others = [other for other in (*self.table.turns, *self.table.copies) if other is not spec]
        if spec is not None:
            if spec.text:
                self.said = list(self._spoken(spec))
            else:
                self.said = list(self._made(spec, others))
            if spec.start:
                self.said.sort(key=lambda said: -1.0 if said.at_s is None else said.at_s)
            self._label()
        self._flow()
        for number, said in enumerate(self.said):
            self._beside(said, number)
        for other in others:
            self._repeated(other)
        reader = FieldReader(self.leave, self.literal)
        for number, (_, root) in enumerate(self.roots):
            reader.walk(root, self.tree, (number,))
        self.fields = reader.found

    def name(self, otherwise: str | int) -> str | int:
        """Return the call's own name, or `otherwise` where it has none; raises `Fault` for one that is none."""
        own = first(self.roots[0][1], self.table.call)
        if own is None:
            return otherwise
        if not isinstance(own, str | int) or isinstance(own, bool):
            raise Fault(f"the {self.table.call} must be text or a whole number")
        return own

    def utterances(self) -> tuple[Utterance, ...]:
        """Return the turns, then the texts beside them."""
        made = [
            Utterance(said.text, said.speaker, str(number), words=_words_of(said))
            for number, said in enumerate(self.said)
        ]
        owns = [Utterance(text, f"\0own {number}", f"own {number}") for number, text in enumerate(self.own_texts)]
        return (*made, *owns, *utterances_of(self.fields))

    def at_all(self, at: str) -> Iterator[tuple[Path, Any]]:
        """Yield the values at a place of each document, with their paths."""
        for number, (_, root) in enumerate(self.roots):
            yield from find(root, at, (number,))

    def _has(self, spec: Turns) -> bool:
        place_of = spec.text or (spec.words.at if spec.words else "")
        return any(first(holder, place_of) not in (None, []) for _, holder in self.at_all(spec.at))

    def _is_left(self, path: Path) -> bool:
        return bool(self.leave) and any(step in self.leave for step in path)

    def literal(self, path: Path) -> str:
        """Return a value as it is written."""
        at = self.roots[path[0]][0] if isinstance(path[0], int) else 0
        for step in path[1:]:
            places = enumerate(members(self.text, at))
            at = next(place.at for number, place in places if step == (number if place.key is None else place.key))
        return self.text[at : end_of(self.text, at)]

    # --- turns with a text

    def _spoken(self, spec: Turns) -> Iterator[Said]:
        for number, (path, holder) in enumerate(self.at_all(spec.at), 1):
            position = f"turn {number}"
            place_of, text = next(find(holder, spec.text, path), (path, None))
            if not isinstance(text, str):
                if text is not None or spec.needs_text:
                    raise Fault("a turn must be an object with a text", position)
                continue
            channel, speaker = self._who(spec, path, holder, position)
            said = Said(spec, path, holder, text, place_of, speaker=speaker, channel=channel, at_s=_time(spec, holder))
            words = self._list(spec.words, path, holder, position) if spec.words else None
            yield said if words is None else _with_words(said, words)

    def _who(self, spec: Turns, path: Path, holder: Any, position: str = "") -> tuple[str, Any]:
        place_of, speaker = next(find(holder, spec.speaker, path), (path, None)) if spec.speaker else (path, None)
        if speaker is not None:
            if not isinstance(speaker, str | int) or isinstance(speaker, bool):
                raise Fault("the speaker must be text or a whole number", position)
            self._name(place_of, speaker)
        return self._channel(spec, path, holder), speaker

    def _channel(self, spec: Turns, path: Path, holder: Any) -> str:
        if spec.channel.startswith("@"):
            numbers = [step for step in path[1:] if isinstance(step, int)]
            return str(numbers[int(spec.channel[1:])])
        found = first(holder, spec.channel)
        return str(found) if isinstance(found, str | int) else ""

    def _name(self, path: Path, label: str | int) -> None:
        edits = self.speakers.edits(str(label))
        if edits:
            self.labels.append((path, edits, isinstance(label, str)))

    def _list(self, shape: Words, path: Path, holder: Any, position: str) -> Listed | None:
        at, elements = next(find(holder, shape.at, path), (path, None))
        if elements is None:
            return None
        if not isinstance(elements, list):
            raise Fault("words must be a list", position)
        if shape.speaker:
            self._name_words(shape, at, elements)
        return listed(shape, at, elements, texts_of(shape, elements, position))

    def _name_words(self, shape: Words, path: Path, elements: list[Any]) -> None:
        labels = {label for one in elements if isinstance(label := first(one, shape.speaker), str)}
        named = {label for label in labels if self.speakers.shown(label) != label}
        for number, one in enumerate(elements) if named else ():
            for place_of, label in find(one, shape.speaker, (*path, number)):
                if label in named:
                    self._name(place_of, label)

    # --- turns that are made of words

    def _made(self, spec: Turns, others: Iterable[Turns]) -> Iterator[Said]:
        shape = spec.words
        if shape is None:
            return
        rows: list[tuple[float, int, int, Any, str]] = []  # time, list, number in it, element, text
        lists: list[tuple[Path, Any, list[Any], list[str]]] = []
        for path, holder in self.at_all(spec.at):
            at, elements = next(find(holder, shape.at, path), (path, None))
            if elements is None:
                continue
            if not isinstance(elements, list):
                raise Fault("there must be a list of words", _position(at))
            texts = texts_of(shape, elements, _position(at))
            if shape.speaker:
                self._name_words(shape, at, elements)
            here = float("-inf")
            for number, element in enumerate(elements):
                start = None if is_mark(shape, element) else shape.times[0].times(element)[0]
                here = here if start is None else start
                rows.append((here, len(lists), number, element, texts[number]))
            lists.append((at, (path, holder), elements, texts))
        if spec.start and len(lists) > 1:
            rows.sort(key=lambda row: row[0])
        self._elements = [row[3] for row in rows]
        numbers = {(row[1], row[2]): at for at, row in enumerate(rows)}
        self._own(spec, shape, others)
        who = self._speakers_of(spec, shape, [lists[row[1]][1] for row in rows])
        parts = self._parts()
        for begin, end, speaker in _runs(shape, rows, who, parts):
            row = rows[begin]
            at, (path, holder), elements, texts = lists[row[1]]
            low, high = row[2], row[2] + end - begin
            words = listed(shape, at, elements[low:high], texts[low:high], low)
            yield Said(
                spec, path, holder, words.text, None, words, says=True, speaker=speaker,
                channel=self._channel(spec, path, holder), at_s=row[0], first=numbers[row[1], low],
            )  # fmt: skip

    def _own(self, spec: Turns, shape: Words, others: Iterable[Turns]) -> None:
        """Find the lists that repeat the words by their times, or by their numbers."""
        for other in others:
            if other.by_times and other.words is not None:
                finder = _Finder(shape, self._elements, by_text=bool(other.words.text))
                for path, holder in self.at_all(other.at):
                    at, elements = next(find(holder, other.words.at, path), (path, None))
                    if not isinstance(elements, list):
                        if elements is not None:
                            raise Fault("there must be a list of words", _position(at))
                        continue
                    owners = [finder.take(other.words, element) for element in elements]
                    if other.words.text and any(
                        owner is None and not is_mark(other.words, one)
                        for owner, one in zip(owners, elements, strict=True)
                    ):
                        raise Fault("a list repeats words and has one of its own", _position(at))
                    self.owned.append(Owned(other, at, elements, owners))
            elif other.numbers and not spec.text:
                ids = {
                    str(one["id"]): at for at, one in enumerate(self._elements) if isinstance(one, dict) and "id" in one
                }
                for path, holder in self.at_all(other.at):
                    at, elements = next(find(holder, other.numbers, path), (path, None))
                    if isinstance(elements, list):
                        owners = [ids.get(str(one)) for one in elements]
                        self.owned.append(Owned(other, at, elements, owners, is_numbers=True))

    def _speakers_of(self, spec: Turns, shape: Words, holders: Sequence[tuple[Path, Any]]) -> list[str | None]:
        told: dict[str, dict[int, Any]] = {}
        for owned in self.owned:
            if owned.spec.speaker and not owned.is_numbers:
                holder = self._holder(owned)
                label = first(holder, owned.spec.speaker)
                named = told.setdefault(owned.spec.speaker, {})
                named.update((owner, label) for owner in owned.owners if owner is not None)
        who: list[str | None] = []
        shown: dict[Path, Any] = {}
        for number, element in enumerate(self._elements):
            if is_mark(shape, element):
                who.append(who[-1] if who else None)
                continue
            path, holder = holders[number]
            if path not in shown:
                shown[path] = self._who(spec, path, holder)[1]
            labels = [shown[path]]
            own = first(element, shape.speaker) if shape.speaker else None
            for key, named in told.items():
                mine = element.get(key) if isinstance(element, dict) else None
                label = named.get(number) if mine is None else mine
                if key == shape.speaker:
                    own = label
                else:
                    labels.append(label)
            labels.append(own)
            who.append(" ".join(str(one) for one in labels if isinstance(one, str | int) and one != "") or None)
        return who

    def _holder(self, owned: Owned) -> Any:
        value: Any = self.roots[owned.path[0]][1] if isinstance(owned.path[0], int) else None
        for step in owned.path[1:-1]:
            value = value[step]
        return value

    def _parts(self) -> list[dict[int, int]]:
        """Return, for each kind of list that cuts turns, the part in which each word is."""
        found: dict[int, dict[int, int]] = {}
        for number, owned in enumerate(self.owned):
            if owned.spec.cut:
                part = found.setdefault(id(owned.spec), {})
                part.update((owner, number) for owner in owned.owners if owner is not None)
        return list(found.values())

    # --- texts that repeat turns

    def _label(self) -> None:
        """Give each turn its speaker as it is shown, with the channel where there are several."""
        channels = len({said.channel for said in self.said}) > 1
        for number, said in enumerate(self.said):
            label = None if said.speaker is None else self.speakers.shown(str(said.speaker))
            if channels and said.path is not None:
                label = " ".join(filter(None, (said.channel, label))) or None
            self.said[number] = replace(said, speaker=label)

    def _flow(self) -> None:
        """Make the streams of tokens: one of the call in the order of the document, and one of each channel."""
        whole = self._streams[""] = Stream()
        homes: dict[int, tuple[Stream, int]] = {}
        order = sorted(range(len(self.said)), key=lambda number: _document_order(self.said[number]))
        channels = {said.channel for said in self.said}
        for number in order:
            said = self.said[number]
            homes[number] = (whole, len(whole.tokens))
            whole.add(number, said.text)
            if len(channels) > 1:
                self._streams.setdefault(said.channel, Stream()).add(number, said.text)
        self._homes = [homes[number] for number in range(len(self.said))]

    def _beside(self, said: Said, number: int) -> None:
        """Take the texts of a turn that say the same as its text."""
        stream, begin = self._homes[number]
        count = stream.count(number)
        if said.words is not None and not said.says and not said.places:
            self._say(said.words, said.words.text, stream, begin, count)
        self._forms(said.spec, said.owner, said.holder, stream, begin, count)

    def _forms(self, spec: Turns, owner: Path, holder: Any, stream: Stream, begin: int, count: int) -> None:
        for form in spec.forms:
            for path, text in find(holder, form, owner):
                if isinstance(text, str) and not self._is_left(path):
                    self._say(path, text, stream, begin, count)
        for shape in spec.more_words:
            for path, elements in find(holder, shape.at, owner):
                if isinstance(elements, list) and not self._is_left(path):
                    words = listed(shape, path, elements, texts_of(shape, elements, _position(path)))
                    self._say(words, words.text, stream, begin, count)

    def _say(
        self,
        target: Path | Listed,
        text: str,
        stream: Stream,
        begin: int,
        count: int,
        owner: tuple[Turns, Path, Any] | None = None,
    ) -> None:
        """Take a text that says so many tokens of a stream, or says them otherwise."""
        tokens, spans = tokens_of(text)
        if not tokens:
            return
        own = None
        if stream.tokens[begin : begin + count] != tokens:
            own = len(self.own_texts)
            self.own_texts.append(text)
        self.mirrors.append(Mirror(target, text, spans, stream, begin, count, own, owner))

    def _repeated(self, spec: Turns) -> None:
        """Take the texts at a place that repeat turns in their order."""
        expected: defaultdict[int, int] = defaultdict(int)
        for path, holder in self.at_all(spec.at):
            if self._is_left(path):
                continue
            channel = self._channel(spec, path, holder)
            if spec.speaker and not spec.by_times:
                self._who(spec, path, holder)
            targets: list[tuple[Path | Listed, str]] = []
            place_of, text = next(find(holder, spec.text, path), (path, None)) if spec.text else (path, None)
            if isinstance(text, str):
                targets.append((place_of, text))
            if spec.words is not None and not spec.by_times:
                words = self._list(spec.words, path, holder, _position(path))
                if words is not None:
                    targets.append((words, words.text))
            found = [self._where(tokens_of(said)[0], channel, expected) for _, said in targets]
            home = next((one for one in found if one is not None), None)
            if home is None:
                home = self._near(spec, [target for target, _ in targets])
            else:
                expected[id(home[0])] = home[1] + home[2]
            for target, said in targets:
                self._say(target, said, *home, (spec, path, holder))
            self._forms(spec, path, holder, *home)

    def _near(self, spec: Turns, targets: Iterable[Path | Listed]) -> tuple[Stream, int, int]:
        """Return what a text that is nowhere may say otherwise: what is said at its time, or all if it is alone."""
        stream = self._streams[""]
        target = next((one for one in targets if isinstance(one, Listed)), None)
        if target is not None and target.shape.times:
            times = [target.shape.times[0].times(element) for element in target.elements]
            starts, ends = (
                [start for start, _ in times if start is not None],
                [end for _, end in times if end is not None],
            )
            if starts and ends:
                return self._within(min(starts), max(ends))
        if len(list(self.at_all(spec.at))) == 1:
            return stream, 0, len(stream.tokens)
        return stream, 0, 0

    def _within(self, start: float, end: float) -> tuple[Stream, int, int]:
        """Return the tokens of the turns that are said between two times."""
        inside = []
        for number, said in enumerate(self.said):
            if said.words is None or not said.words.shape.times:
                continue
            times = [said.words.shape.times[0].times(element) for element in said.words.elements]
            starts, ends = [one for one, _ in times if one is not None], [one for _, one in times if one is not None]
            if starts and ends and min(starts) < end and max(ends) > start:
                inside.append(number)
        homes = [self._homes[number][1] for number in inside]
        stream = self._streams[""]
        if not homes:
            return stream, 0, 0
        last = max(inside, key=lambda number: self._homes[number][1])
        return stream, min(homes), self._homes[last][1] + stream.count(last) - min(homes)

    def _where(self, tokens: list[str], channel: str, expected: dict[int, int]) -> tuple[Stream, int, int] | None:
        if not tokens:
            return None
        for key in (channel, "") if channel else ("",):
            stream = self._streams.get(key)
            if stream is not None:
                at = stream.where(tokens, expected[id(stream)])
                if at is not None:
                    return stream, at, len(tokens)
        return None


class _Finder:
    """Finds words again by their times and, unless told otherwise, their text; each word once."""

    def __init__(self, shape: Words, elements: Sequence[Any], *, by_text: bool) -> None:
        self._by_text = by_text
        self._numbers: defaultdict[tuple[Any, ...], deque[int]] = defaultdict(deque)
        for number, element in enumerate(elements):
            if not is_mark(shape, element):
                self._numbers[self._key(shape, element)].append(number)

    def take(self, shape: Words, element: Any) -> int | None:
        if is_mark(shape, element):
            return None
        numbers = self._numbers.get(self._key(shape, element))
        return numbers.popleft() if numbers else None

    def _key(self, shape: Words, element: Any) -> tuple[Any, ...]:
        clock = shape.times[0]
        return (*map(str, clock.times(element)), first(element, shape.text) if self._by_text else "")


def _with_words(said: Said, words: Listed) -> Said:
    if words.text == said.text or words.text.strip() == said.text.strip():
        return replace(said, words=words, says=True)
    if words.shape.strays:
        return replace(said, words=words, places=place(said.text, words.texts) or ())
    return replace(said, words=words)


def _words_of(said: Said) -> tuple[Word, ...]:
    if said.words is None:
        return ()
    made = said.words.words()
    if said.says or not made:
        return made
    return fitted(said.text, made, said.places or place(said.text, [word.text for word in made]))


def _time(spec: Turns, holder: Any) -> float | None:
    return spec.clock.read(first(holder, spec.start)) if spec.start else None


def _document_order(said: Said) -> tuple[object, ...]:
    steps = [step for step in said.owner if isinstance(step, int)]
    return (*steps, said.first)


def _position(path: Path) -> str:
    """Return a place of the document in words; its keys are those of the table."""
    return ".".join(str(step) if isinstance(step, str) else str(step + 1) for step in path[1:])


def _runs(
    shape: Words,
    rows: Sequence[tuple[float, int, int, Any, str]],
    who: Sequence[str | None],
    parts: Sequence[dict[int, int]],
) -> Iterator[tuple[int, int, str | None]]:
    """Yield the first word, the one behind the last and the speaker of each turn."""
    begin = 0
    here: tuple[object, ...] | None = None
    for number, row in enumerate(rows):
        jumps = number > begin and (row[1] != rows[number - 1][1] or row[2] != rows[number - 1][2] + 1)
        if is_mark(shape, row[3]) and not jumps:
            continue
        last, here = here, (row[1], who[number], *(part.get(number) for part in parts))
        if jumps or (last is not None and last != here):
            yield begin, number, who[begin]
            begin = number
    if rows:
        yield begin, len(rows), who[-1]
