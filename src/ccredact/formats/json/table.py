"""What a table says of a format: where the turns of a call stand in its JSON, their words, and what repeats them.

A *place* is written as in "results.channels[].alternatives[0].transcript": keys with dots between them, `[]` for every
element of an array, `[0]` for one, `[-1]` for the last and `[1:]` for all behind one; `a|b` is the first of two keys
that is there. Places of `Turns` and `Words` count from the object that they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from ccredact.formats.json.times import SECONDS, Clock
from ccredact.formats.json.write import Path
from ccredact.transcript import Entity

Steps = tuple["str | int | slice | tuple[str, ...]", ...]
ALL: Final = slice(0, None)
_STEP: Final = re.compile(r"\[(-?\d*)(:?)\]|([^.\[\]]+)\.?|\.")
Shown = Callable[[str, Sequence[Entity]], Mapping[str, str]]
"""From what stands in the place of a hidden run and its entities to the new literals of some members of its word."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # what is known of one is asked for at every turn
class Words:
    """A list of words. A hidden run becomes one word: its text and times, and what is `kept`."""

    at: str = "words"
    """The place of the list in its turn."""
    text: str = "word"
    """The place of a word's text in its element; "" where a list has times and no text."""
    forms: tuple[str, ...] = ()
    """Members that say the same word in another form."""
    times: tuple[Clock, ...] = (SECONDS,)
    """The members with times; a hidden word keeps them, with the first start and the last end."""
    kept: tuple[str, ...] = ()
    """Other members that a hidden word keeps, and that are not examined: its speaker, its language."""
    speaker: str = ""
    """The member with who says a word; a name there is hidden as in a turn."""
    kind: str = "type"
    """The member that says what an element is."""
    marks: frozenset[str] = frozenset()
    """The kinds that are punctuation: no space goes before one."""
    heads: frozenset[str] = frozenset()
    """The kinds that are the label of who speaks from there on."""
    glued: bool | Callable[[Sequence[str]], bool] = False
    """Whether the texts have their spaces themselves; it may depend on them."""
    joins: Callable[[Any], tuple[bool, bool]] | None = None
    """Whether a space may stand before and behind an element, where that is more than `marks` say."""
    shown: Shown | None = None
    """The members of a hidden word that are not simply its new text."""
    strays: bool = False
    """Whether a word that does not say what the text says becomes part of one that does, as in every event of a running
    call. Otherwise the words are examined as a text of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offsets:
    """Two members of the objects at `at` in a turn that count the characters of its text, or its `words`."""

    at: str
    start: str
    end: str
    words: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """Where turns stand, or texts that repeat them. What a turn has beside these places is examined as a field."""

    at: str
    """The place of the objects."""
    text: str = ""
    """The place of the text in one; "" where it is made of the `words`, a turn for each run of one speaker's. A copy
    may have several."""
    words: Words | None = None
    when: str = ""
    """A place in the first object that must be there; otherwise these are not the turns of the document."""
    speaker: str = ""
    """The place of who says it."""
    channel: str = ""
    """The place of the channel; "@0" is the number of the first array element on the way to the turn."""
    id: str = ""
    """The place of the name under which a result is sent again."""
    start: str = ""
    """The place of the first time: with it the turns are put in order."""
    clock: Clock = SECONDS
    """How `start` is read."""
    final: tuple[str, Any] | None = None
    """A place and the value that it has when the turn is no interim. In a log an interim is no turn, but a text beside
    the final of its `id`."""
    forms: tuple[str, ...] = ()
    """The places of other writings and hearings of the same talk."""
    more_words: tuple[Words, ...] = ()
    """Other lists of its words."""
    columns: tuple[str, ...] = ()
    """Arrays with a number for each word of the text: of starts and, behind it, of lengths."""
    entities: str = ""
    """A member in which our entities are written."""
    blank: tuple[str, ...] = ()
    """The places of what is emptied when the text changes."""
    offsets: tuple[Offsets, ...] = ()
    """What counts its characters or words: it moves."""
    counts: tuple[str, ...] = ()
    """The places of how many words it has."""
    numbers: str = ""
    """The place of a list of the `id`s of its words, of which those of a hidden run but one go."""
    cut: bool = False
    """Whether a turn that is made of words ends where one of these objects ends."""
    by_times: bool = False
    """Whether the words are found again by their times (and their text where they have one), and who says them here."""
    needs_text: bool = False
    """Whether an object without a text is an error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """What a table says of events of running calls, beside where their turns stand.

    Where turns have no `id`, or `by_place`, the interims of a channel are one utterance until its next final.
    """

    seen: bool = True
    """Whether its events were seen on a wire; otherwise this is built from the recogniser's reference."""
    call: tuple[str, ...] = ()
    """The places of the call's name, of which the first that is there counts."""
    final: Callable[[Any], bool] | None = None
    """Whether the object of a turn is a final, where its table's `final` does not say it."""
    provisional: Callable[[Any], bool] | None = None
    """Whether it is a final that the recogniser will replace or may withdraw."""
    closes: Callable[[Any], bool] | None = None
    """Whether an event ends its call."""
    by_place: bool = False
    """Whether the `id` of turns does not tell which interims a final replaces."""
    id: tuple[str, ...] = ()
    """The places of what names an utterance together, where `id` of turns does not."""
    word_final: str = ""
    """The member of a word that says whether it may still change; a turn ends where that changes."""
    delta: str = ""
    """The member with a text that goes on with those of the events before it; as finals each is said for good."""
    blank: tuple[str, ...] = ()
    """The places of what is emptied in an event with a piece."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One format."""

    name: str
    summary: str
    """A line for help texts, in lower case, without a stop."""
    matches: Callable[[Any], bool]
    """Whether a document, or as much of one as the beginning of a file has, is of this format. It may raise what
    looking for a member raises."""
    turns: tuple[Turns, ...]
    """The first that a document has are its turns; the others repeat them."""
    copies: tuple[Turns, ...] = ()
    """What else repeats them."""
    kept: tuple[str, ...] = ()
    """The places of ids, times, URLs and words of the format's own, which are not examined: a scalar at the place, all
    that is in it with ".*" behind, a member of this name anywhere with "**." before."""
    plain: tuple[str, ...] = ()
    """The places of what is examined without its key before it as a question."""
    names: tuple[str, ...] = ()
    """The places of speakers' names beside those of turns."""
    emptied: tuple[str, ...] = ()
    """The places of what is emptied in a call in which anything changes."""
    suffixes: tuple[str, ...] = (".json", ".jsonl", ".ndjson")
    live: Live | None = None
    """What is said of events, where documents are events of a running call: the lines of a file are one call."""
    group: str = ""
    """The place of what lines that follow each other have in common when they are one call."""
    nested: tuple[str, ...] = ()
    """The places of strings that are JSON themselves."""
    call: str = ""
    """The place of the call's name."""
    is_list: bool = False
    """Whether a document is an array, and not an array of documents."""
    by_line: bool = False
    """Whether one line is a file of lines."""
    lacks: str = "it is not of this format"
    """What a document has not that is none of this format."""


def excepted(table: Table) -> list[str]:
    """Return the places that a table leaves unexamined, for people to read."""
    found = list(table.kept)
    for turns in (*table.turns, *table.copies):
        own = [turns.id, turns.start, turns.numbers, *turns.counts, *turns.blank]
        own += [turns.final[0]] if turns.final else []
        own += [] if turns.channel.startswith("@") else [turns.channel]
        own += [f"{column}[]" for column in turns.columns]
        own += [f"{one.at}.{key}" for one in turns.offsets for key in (one.start, one.end)]
        for words in (turns.words, *turns.more_words):
            if words is not None:
                inner = [*words.kept, words.kind if words.marks or words.heads else ""]
                inner += [str(step) for clock in words.times for step in (clock.start, clock.end)]
                own += [".".join(filter(None, (f"{words.at}[]", one))) for one in inner if one]
        found += [".".join(filter(None, (turns.at, place))) for place in own if place]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def steps(place: str) -> Steps:
    """Return the steps of a place."""
    found: list[str | int | slice | tuple[str, ...]] = []
    for match in _STEP.finditer(place):
        number, behind, key = match.groups()
        if match[0] == ".":
            continue
        if key:
            found.append(tuple(key.split("|")) if "|" in key else key)
        elif behind:
            found.append(slice(int(number), None))
        elif number:
            found.append(int(number))
        else:
            found.append(ALL)
    return tuple(found)


class _Place:
    """A place made ready: `plain` are its first steps, as far as they are keys and numbers only, `rest` the others.

    Where there is no `rest` it is one value's.
    """

    __slots__ = ("plain", "rest")

    def __init__(self, place: str) -> None:
        plain: list[str | int] = []
        whole = steps(place)
        for step in whole:
            if not isinstance(step, str) and not (isinstance(step, int) and step >= 0):
                break
            plain.append(step)
        self.plain: Path = tuple(plain)
        self.rest: Steps = whole[len(plain) :]


@lru_cache(maxsize=4096)
def _ready(place: str) -> _Place:
    return _Place(place)


def find(value: Any, place: str, path: Path = ()) -> list[tuple[Path, Any]]:
    """Return the values at a place of `value`, which stands at `path`, with their paths; null is nothing."""
    if not place:
        return [(path, value)]
    known: _Place = _ready(place)
    inner = _inside(value, known.plain)
    if inner is None:
        return []
    if not known.rest:
        return [(path + known.plain, inner)]
    found: list[tuple[Path, Any]] = []
    _find(inner, known.rest, path + known.plain, found)
    return found


def found_at(value: Any, place: str, path: Path) -> tuple[Path, Any] | None:
    """Return the first value at a place of `value`, which stands at `path`, with its path; null is nothing."""
    if not place:
        return path, value
    known: _Place = _ready(place)
    if not known.rest:
        inner = _inside(value, known.plain)
        return None if inner is None else (path + known.plain, inner)
    found = find(value, place, path)
    return found[0] if found else None


def _inside(value: Any, path: Path) -> Any:
    """Return what stands at a path in a value, None where nothing does."""
    for step in path:
        kind = type(value)
        if kind is dict and isinstance(step, str):
            value = value.get(step)
        elif kind is list and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def _find(value: Any, rest: Steps, path: Path, found: list[tuple[Path, Any]]) -> None:
    for number, step in enumerate(rest):
        if isinstance(step, slice):
            if isinstance(value, list):
                behind = rest[number + 1 :]
                for at in range(*step.indices(len(value))):
                    _find(value[at], behind, (*path, at), found)
            return
        if isinstance(step, int):
            if not isinstance(value, list) or not -len(value) <= step < len(value):
                return
            key: str | int = step % len(value)
        else:
            if not isinstance(value, dict):
                return
            key = step if isinstance(step, str) else next((one for one in step if one in value), step[0])
            if key not in value:
                return
        value = value[key]
        path = (*path, key)
    if value is not None:
        found.append((path, value))


def _first(value: Any, rest: Steps) -> Any:
    """Return the first value at a place, however many there are."""
    for number, step in enumerate(rest):
        if isinstance(step, slice):
            behind = rest[number + 1 :]
            each = (_first(one, behind) for one in (value[step] if isinstance(value, list) else ()))
            return next((one for one in each if one is not None), None)
        if type(value) is dict:
            value = value.get(step) if isinstance(step, str) else _either(value, step)
        elif type(value) is list and isinstance(step, int) and -len(value) <= step < len(value):
            value = value[step]
        else:
            return None
    return value


def first(value: Any, place: str) -> Any:
    """Return the first value at a place, None where there is none."""
    return getter(place)(value) if place else None


@lru_cache(maxsize=4096)
def getter(place: str) -> Callable[[Any], Any]:
    """Return what returns the first value at a place: it is asked for every word."""
    rest = steps(place)
    if len(rest) == 1 and isinstance(rest[0], str):
        key = rest[0]
        return lambda value: value.get(key) if type(value) is dict else None
    if len(rest) == 1 and isinstance(rest[0], tuple) and len(rest[0]) == 2:
        one, other = rest[0]
        return lambda value: (value[one] if one in value else value.get(other)) if type(value) is dict else None
    if len(rest) == 3 and isinstance(rest[0], str) and rest[1] == 0 and isinstance(rest[2], str):
        return _in_first(rest[0], rest[2])
    return lambda value: _first(value, rest)


def _in_first(key: str, member: str) -> Callable[[Any], Any]:
    """Return what returns a member of the first object in a list: the best alternative of a word."""

    def get(value: Any) -> Any:
        try:
            inner = value[key][0]
        except (TypeError, LookupError):
            return None
        return inner.get(member) if type(inner) is dict and type(value) is dict else None

    return get


def _either(value: dict[str, Any], step: object) -> Any:
    keys = step if isinstance(step, tuple) else ()
    return next((value[key] for key in keys if key in value), None)
