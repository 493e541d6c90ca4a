"""What a table says of a format: where the turns of a call stand in its JSON, their words, and what repeats them.

A *place* is written as in "results.channels[].alternatives[0].transcript": keys with dots between them, `[]` for every
element of an array, `[0]` for one and `[1:]` for all behind it; `a|b` is the first of two keys that is there. Places of
`Turns`, `Copy` and `Words` count from the object that they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from ccredact.formats.json.times import SECONDS, Clock
from ccredact.formats.json.write import Path
from ccredact.transcript import Entity

Steps = tuple["str | int | slice | tuple[str, ...]", ...]
ALL: Final = slice(0, None)
_STEP: Final = re.compile(r"\[(\d*)(:?)\]|([^.\[\]]+)\.?|\.")
Shown = Callable[[str, Sequence[Entity]], Mapping[str, str]]
"""From what stands in the place of a hidden run and its entities to the new literals of some members of its word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A list of words, `at` a place in its turn ("" for the turn itself, where that is the list).

    `text` is the place of a word's text in its element, `forms` the members that say the same word in another form.
    Elements whose member `kind` has one of the values `marks` are punctuation: no space goes before one, and where
    `glued` is true before none; `joins` says of an element whether a space may stand before and behind it. `times`
    are the members with times; a hidden word keeps them, with the first start and the last end, and the members
    `kept`. `speaker` is the member of an element with who says it. `shown` gives a hidden word members that are not
    simply its new text. Where `strays` is true a word that does not say what the text says becomes part of one that
    does; otherwise it is examined as a text of its own.
    """

    at: str = "words"
    text: str = "word"
    forms: tuple[str, ...] = ()
    times: tuple[Clock, ...] = (SECONDS,)
    kept: tuple[str, ...] = ()
    speaker: str = ""
    kind: str = "type"
    marks: frozenset[str] = frozenset()
    glued: bool = False
    joins: Callable[[Any], tuple[bool, bool]] | None = None
    shown: Shown | None = None
    strays: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Offsets:
    """Two members, `start` and `end`, of the objects at `at` in a turn, that count the characters of its text."""

    at: str
    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """Where turns stand, or texts that repeat them. What a turn has beside these places is examined as a field.

    `at` is the place of the objects and `text` that of the text in one; where `text` is "" it is made of the `words`, a
    turn for each run of words with one speaker. `speaker` and `channel` are places of who says it, `id` is that of its
    name, `start` of its first time: with it the turns are put in order. `final` is a place and the value that it has
    when the turn is no interim. `forms` are places of other hearings and writings of the same talk and `more_words`
    other lists of its words.

    `entities` is a member in which ours are written, `blank` are places that are emptied when the text changes,
    `offsets` count its characters, and `numbers` is a list of the `id`s of its words, of which those of a hidden run
    but one go. Where `cut` is true a turn made of words ends where an object at `at` ends. Where `by_times` is true
    the words are found again by their times, and by their text where they have one, and the speaker is that of these
    words.
    """

    at: str
    text: str = ""
    words: Words | None = None
    speaker: str = ""
    channel: str = ""
    id: str = ""
    start: str = ""
    clock: Clock = SECONDS
    final: tuple[str, Any] | None = None
    forms: tuple[str, ...] = ()
    more_words: tuple[Words, ...] = ()
    entities: str = ""
    blank: tuple[str, ...] = ()
    offsets: tuple[Offsets, ...] = ()
    numbers: str = ""
    cut: bool = False
    by_times: bool = False
    needs_text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One format. `matches` says whether a parsed document, or as much of one as the beginning of a file has, is it.

    The first of `turns` that a document has are its turns, the others repeat them, as `copies` do. `kept` are the
    places of ids, times, URLs and words of the format's own, which are not examined: a scalar at the place, or with
    ".*" behind it all that is in it. `plain` are places of what is examined without
    its key before it as a question, `names` are those of speakers' names beside those of turns, `call` is that of
    the call's, `emptied` are those of what is emptied in a call in which anything changes. `live` formats are events,
    many to a call; `is_list` says that a document is an array and not an array of documents, `by_line` that one line
    is a file of lines; `lacks` says what a document has not that is none of this format.
    """

    name: str
    summary: str
    matches: Callable[[Any], bool]
    turns: tuple[Turns, ...]
    copies: tuple[Turns, ...] = ()
    kept: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = (".json",)
    live: bool = False
    call: str = ""
    emptied: tuple[str, ...] = ()
    is_list: bool = False
    by_line: bool = False
    lacks: str = "it is not of this format"


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


def find(value: Any, place: str, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield the values at a place of `value`, which stands at `path`, with their paths; null is nothing."""
    return _find(value, steps(place), path) if place else iter(((path, value),))


def _find(value: Any, rest: Steps, path: Path) -> Iterator[tuple[Path, Any]]:  # noqa: C901  (one branch a kind of step)
    for number, step in enumerate(rest):
        if isinstance(step, slice):
            if isinstance(value, list):
                behind = rest[number + 1 :]
                for at in range(*step.indices(len(value))):
                    if behind:
                        yield from _find(value[at], behind, (*path, at))
                    elif value[at] is not None:
                        yield (*path, at), value[at]
            return
        if isinstance(step, int):
            if not isinstance(value, list) or step >= len(value):
                return
            key: str | int = step
        else:
            if not isinstance(value, dict):
                return
            key = step if isinstance(step, str) else next((one for one in step if one in value), step[0])
            if key not in value:
                return
        value = value[key]
        path = (*path, key)
    if value is not None:
        yield path, value


def first(value: Any, place: str) -> Any:
    """Return the first value at a place, None where there is none."""
    return next((found for _, found in find(value, place)), None) if place else None
