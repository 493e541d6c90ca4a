"""A call in JSON: its turns by a table, every text that repeats them, and its other fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ccredact.formats.base import Fault, Mark, Record
from ccredact.formats.json.align import Stream
from ccredact.formats.json.call import Mirror, Owned, Roots, Said
from ccredact.formats.json.copies import CopyReader
from ccredact.formats.json.fields import Field, FieldReader, nested_in, utterances_of
from ccredact.formats.json.made import TurnMaker
from ccredact.formats.json.plan import Plan, plan
from ccredact.formats.json.render import render
from ccredact.formats.json.scan import end_of, members, opening, parse
from ccredact.formats.json.table import Table, Turns, Words, find, first, found_at, getter
from ccredact.formats.json.words import Listed, is_mark, listed, texts_of
from ccredact.formats.json.write import Path
from ccredact.formats.speakers import Speakers, is_no_label
from ccredact.formats.words import fitted
from ccredact.policy import Policy
from ccredact.text.placing import place
from ccredact.transcript import Utterance, Word


@dataclass(frozen=True, slots=True)
class Ready:
    """A table and its tree."""

    table: Table
    plan: Plan = field(repr=False)


def ready(table: Table) -> Ready:
    """Return a table made ready."""
    return Ready(table, plan(table))


def open_call(
    text: str, roots: Roots, known: Ready, policy: Policy, *, source: str, position: str, name: str | int
) -> Record:
    """Return the call in `roots`, which stand in `text`; raises `Fault`. `name` is its name where it has none."""
    call = Call(text, roots, known, policy)
    call.read()
    utterances = call.utterances()
    return Record(
        call.name(name), source, position, utterances, partial(render, call), names=call.speakers.names,
        fields=len(utterances) - len(call.said), marks=tuple(call.marks()),
    )  # fmt: skip


class Call:
    """What reading finds out and writing needs."""

    def __init__(
        self,
        text: str,
        roots: Roots,
        known: Ready,
        policy: Policy,
        *,
        speakers: Speakers | None = None,
        told: set[int] | None = None,
        is_event: bool = False,
    ) -> None:
        """Begin with documents; of one event of a call every result is said by itself, interims too.

        `speakers` and `told`, the entities of what was said, are those of the call, where there is more of it.
        """
        self.text = text
        self.roots = roots
        self.table = known.table
        self.plan = known.plan
        self.leave = policy.leave
        self.speakers = Speakers(policy) if speakers is None else speakers
        self.told = set() if told is None else told
        self.is_event = is_event
        self.said: list[Said] = []
        self.interims: list[Said] = []
        self.mirrors: list[Mirror] = []
        self.owned: list[Owned] = []
        self.own_texts: list[str] = []
        self.labels: list[tuple[Path, list[tuple[int, int, str]], bool]] = []
        self.fields: list[Field] = []
        self.streams: dict[str, Stream] = {}

    def __repr__(self) -> str:
        return f"Call({self.table.name})"

    def read(self) -> None:
        """Read the call."""
        self._open_nested()
        spec = next((spec for spec in self.table.turns if self._has(spec)), None)
        others = [other for other in (*self.table.turns, *self.table.copies) if other is not spec]
        if spec is not None:
            self.said = self._spoken(spec) if spec.text else list(TurnMaker(self, spec, others).turns())
            if not self.is_event:
                self._set_interims_apart(spec)
            if spec.start and len(self.said) > 1:
                self.said.sort(key=lambda said: -1.0 if said.at_s is None else said.at_s)
        for place_of in self.table.names:
            for path, label in self.at_all(place_of):
                self.name_speaker(path, label)
        self._label()
        self._flow()
        copies = CopyReader(self)
        for number, said in enumerate(self.said):
            copies.beside(said, number)
        for interim in self.interims:
            copies.interim(interim)
        for other in others:
            copies.repeated(other)
        self._name_others()
        reader = FieldReader(self.plan, self.leave, self.literal, self.streams[""])
        for number, (_, root, _) in enumerate(self.roots):
            reader.walk(root, self.plan.tree, (number,))
        self.fields = reader.found

    def _name_others(self) -> None:
        """Take the labels of speakers where nothing is said."""
        taken = {path for path, _, _ in self.labels}
        for spec in (*self.table.turns, *self.table.copies):
            keys = [spec.speaker] if "." in spec.speaker else spec.speaker.split("|")  # both may be there
            for owner, holder in self.at_all(spec.at) if spec.speaker else ():
                for key in keys:
                    for path, label in find(holder, key, owner):
                        if path not in taken:
                            self.name_speaker(path, label)

    def _open_nested(self) -> None:
        """Put what strings say in JSON in their place; what is none is examined as the text that it is."""
        for path, value in [found for place_of in self.table.nested for found in self.at_all(place_of)]:
            inner = nested_in(value) if isinstance(value, str) else None
            if inner is not None and isinstance(path[0], int):
                holder = self.roots[path[0]].value
                for step in path[1:-1]:
                    holder = holder[step]
                holder[path[-1]] = inner

    def name(self, otherwise: str | int) -> str | int:
        """Return the call's own name, or `otherwise` where it has none; raises `Fault` for one that is none."""
        own = first(self.roots[0].value, self.table.call) if self.roots else None
        if own is None:
            return otherwise
        if not isinstance(own, (str, int)) or isinstance(own, bool):
            raise Fault(f"the {self.table.call} must be text or a whole number")
        return own

    def utterances(self) -> tuple[Utterance, ...]:
        """Return the turns, then the texts beside them."""
        made = [
            Utterance(said.text, said.speaker, str(number), said.is_final, words_of(said))
            for number, said in enumerate(self.said)
        ]
        return (*made, *self.beside())

    def beside(self) -> list[Utterance]:
        """Return the texts beside the turns."""
        owns = [Utterance(text, f"\0own {number}", f"own {number}") for number, text in enumerate(self.own_texts)]
        return [*owns, *utterances_of(self.fields)] if self.fields else owns

    def marks(self) -> Iterator[Mark]:
        """Yield what the service says of each turn: which result it is, of which channel, and whether it may change."""
        for said in self.said:
            name = first(said.holder, said.spec.id)
            name = str(name) if isinstance(name, float) else name  # a time
            known = isinstance(name, (str, int)) and not isinstance(name, bool)
            yield Mark(name if known else None, said.channel or None, said.is_final)

    def at_all(self, at: str) -> list[tuple[Path, Any]]:
        """Return the values at a place of each document, with their paths."""
        found: list[tuple[Path, Any]] = []
        for number, (_, root, _) in enumerate(self.roots):
            found += find(root, at, (number,))
        return found

    def is_left(self, path: Path) -> bool:
        """Return whether the policy leaves what is at a path."""
        return bool(self.leave) and any(step in self.leave for step in path)

    def literal(self, path: Path) -> str:
        """Return a value as it is written."""
        text, at = self.text, self.roots[path[0]].at if isinstance(path[0], int) else 0
        for step in path[1:]:
            if text[at] == '"':  # JSON in a string
                text = parse(text[at : end_of(text, at)])
                at = opening(text)
            places = enumerate(members(text, at))
            at = next(place.at for number, place in places if step == (number if place.key is None else place.key))
        return text[at : end_of(text, at)]

    def who(self, spec: Turns, path: Path, holder: Any, position: str = "") -> tuple[str, Any]:
        """Return the channel and the speaker of a turn."""
        place_of, speaker = (found_at(holder, spec.speaker, path) if spec.speaker else None) or (path, None)
        if speaker is not None:
            if not isinstance(speaker, (str, int)) or isinstance(speaker, bool):
                raise Fault("the speaker must be text or a whole number", position)
            self.name_speaker(place_of, speaker)
        return self.channel(spec, path, holder), speaker

    def channel(self, spec: Turns, path: Path, holder: Any) -> str:
        """Return the channel of a turn, "" where there is none."""
        if spec.channel.startswith("@"):
            numbers = [step for step in path[1:] if isinstance(step, int)]
            return str(numbers[int(spec.channel[1:])])
        found = first(holder, spec.channel)
        return str(found) if isinstance(found, (str, int)) else ""

    def name_speaker(self, path: Path, label: Any) -> None:
        """Take the label of a speaker: a name in it is known, and numbered where it stands."""
        if isinstance(label, (str, int)) and not isinstance(label, bool) and not is_no_label(label):
            edits = self.speakers.edits(str(label))
            if edits:
                self.labels.append((path, edits, isinstance(label, str)))

    def list_at(self, shape: Words, path: Path, holder: Any, position: str) -> Listed | None:
        """Return a list of words in an object, None where it has none; raises `Fault` for what is none."""
        at, elements = found_at(holder, shape.at, path) or (path, None)
        if elements is None:
            return None
        if not isinstance(elements, list):
            raise Fault("words must be a list", position)
        if shape.speaker:
            self.name_words(shape, at, elements)
        return listed(shape, at, elements, texts_of(shape, elements, position))

    def name_words(self, shape: Words, path: Path, elements: list[Any]) -> None:
        """Take the labels of the speakers of words."""
        if not shape.speaker:
            return
        get = getter(shape.speaker)
        found = [label for one in elements if type(label := get(one)) is str or type(label) is int]
        labels = dict.fromkeys(found)  # in their order: names are numbered in it
        named = {label for label in labels if self.speakers.shown(str(label)) != str(label)}
        for number, one in enumerate(elements) if named else ():
            for place_of, label in find(one, shape.speaker, (*path, number)):
                if isinstance(label, (str, int)) and label in named:
                    self.name_speaker(place_of, label)

    def _has(self, spec: Turns) -> bool:
        place_of = spec.text or (spec.words.at if spec.words else "")
        holders = [holder for _, holder in self.at_all(spec.at)]
        if spec.when and not any(first(holder, spec.when) is not None for holder in holders):
            return False
        return any(first(holder, place_of) not in (None, []) for holder in holders)

    def _spoken(self, spec: Turns) -> list[Said]:
        found: list[Said] = []
        for number, (path, holder) in enumerate(self.at_all(spec.at), 1):
            position = f"turn {number}"
            place_of, text = found_at(holder, spec.text, path) or (path, None)
            if (text is not None or spec.needs_text) and not isinstance(text, str):
                raise Fault("a turn must be an object with a text", position)
            words = self.list_at(spec.words, path, holder, position) if spec.words else None
            if text is None and words is None and not _has_forms(spec, holder):
                continue
            channel, speaker = self.who(spec, path, holder, position)
            said = Said(
                spec, path, holder, text or "", place_of, speaker=speaker, channel=channel,
                at_s=spec.clock.seconds(first(holder, spec.start)) if spec.start else None,
                is_final=spec.final is None or first(holder, spec.final[0]) == spec.final[1],
            )  # fmt: skip
            if text is None:  # the words are all there is, or other forms of the talk
                said.path, said.text = None, "" if words is None else words.text
            if words is not None:
                _set_words(said, words, strays=words.shape.strays or self.table.live is not None)
            found.append(said)
        return found

    def _set_interims_apart(self, spec: Turns) -> None:
        """Take out the turns that are sent again: what is said is what came last."""
        if len(self.said) < 2 or (spec.final is None and not (spec.id and self.table.live)):
            return
        last: dict[Any, int] = {}
        for number, said in enumerate(self.said):
            name = first(said.holder, spec.id)
            if said.is_final or not spec.final:
                last[number if name is None else (said.channel, name)] = number
        if last:
            kept = set(last.values())
            self.interims = [said for number, said in enumerate(self.said) if number not in kept]
            self.said = [said for number, said in enumerate(self.said) if number in kept]

    def _label(self) -> None:
        """Give each turn its speaker as it is shown, with the channel where there are several."""
        channels = len({said.channel for said in self.said}) > 1
        for said in self.said:
            label = None if said.speaker is None else self.speakers.shown(str(said.speaker))
            if channels and said.channel != label:
                label = " ".join(filter(None, (said.channel, label))) or None
            said.speaker = label

    def _flow(self) -> None:
        """Make the streams of tokens: one of the call in the order of the document, and one of each channel."""
        whole = self.streams[""] = Stream()
        if len(self.said) == 1:
            whole.add(0, self.said[0].text)
            return
        channels = {said.channel for said in self.said}
        for number in sorted(range(len(self.said)), key=lambda number: _document_order(self.said[number])):
            said = self.said[number]
            whole.add(number, said.text)
            if len(channels) > 1:
                self.streams.setdefault(said.channel, Stream()).add(number, said.text)


def _has_forms(spec: Turns, holder: Any) -> bool:
    """Return whether a turn has other forms of its talk."""
    places = (*spec.forms, *(shape.at for shape in spec.more_words))
    return any(first(holder, place_of) is not None for place_of in places)


def _set_words(said: Said, words: Listed, *, strays: bool) -> None:
    said.words = words
    said.says = words.text == said.text or words.text.strip() == said.text.strip()
    if not said.says and strays:
        said.places = place(said.text, words.texts) or ()


def words_of(said: Said) -> tuple[Word, ...]:
    """Return the words of a turn with their times, as its text writes them."""
    if said.words is None:
        return ()
    made = said.words.words()
    if said.says or not made:
        return made
    if not said.places:
        return fitted(said.text, made, place(said.text, [word.text for word in made]))
    shape, pairs = said.words.shape, zip(said.places, said.words.elements, strict=True)
    return fitted(said.text, made, [one for one, element in pairs if not is_mark(shape, element)])


def _document_order(said: Said) -> tuple[int, ...]:
    return (*(step for step in said.owner if isinstance(step, int)), said.first)
