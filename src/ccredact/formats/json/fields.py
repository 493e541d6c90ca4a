"""The fields of a JSON call: text beside what is said (titles, summaries, other forms of a turn).

Every string, every key of an object and every number of `LONG` digits is examined, behind the turns of the call, so
that what was told in it is known. A field's name goes before its value as a question before an answer: digits behind
"pin" are a PIN. Names of fields that look like ones stay, unless they say what was told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, NamedTuple

from ccredact.formats.base import Edit, Fault, Redacted
from ccredact.formats.json.align import Stream, tidy
from ccredact.formats.json.plan import Node, Plan, Role, is_time_name, kept, known_inside, passed, word_node
from ccredact.formats.json.scan import apply, opening, parse, quoted
from ccredact.formats.json.table import Words, getter
from ccredact.formats.json.words import is_head
from ccredact.formats.json.write import Change, Edits, Path
from ccredact.formats.plain.stamps import RANGE
from ccredact.formats.speakers import LONGEST, is_no_label
from ccredact.formats.told import is_telling
from ccredact.text.placing import tokens
from ccredact.transcript import Utterance

LONG: Final = 7
"""Digits of a number that is examined; what stands behind a decimal point does not count."""
LEAST: Final = 3
"""Letters and digits of a string that is examined."""
_OPEN: Final = Role.OPEN
"""The roles, looked up once: a member of an enum is looked up by its name in compiled code too."""
_TAKEN: Final = Role.TAKEN
_LABEL: Final = Role.LABEL
_KEPT: Final = Role.KEPT
_COUNT: Final = Role.COUNT
_LEFT: Final = Role.LEFT
_OWN: Final = Role.OURS
_CODE: Final = re.compile(r"[a-z]{2,3}[-_][A-Z]{2,4}")
"""A language, "en-GB"."""
_OURS: Final = frozenset({"label", "start", "end", "score", "reason"})
_TIME: Final = re.compile(rf"\s*(?:{RANGE}|[\d.,:]{{1,20}})?\s*", re.VERBOSE)
_FIELD: Final = re.compile(r"[A-Za-z_$][A-Za-z_$.\-]*\d{0,3}")
_HEAD: Final = re.compile(r"^\s*speaker[ _]?\d{1,3}:", re.IGNORECASE | re.MULTILINE)
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_\W]+")
_NUMBER: Final = re.compile(r"-?(\d*)")
_SECRETS: Final = frozenset({"pin", "cvv", "cvc", "card", "ssn", "password"})
"""Words of a key behind which a number of any length is examined."""


_FEW: Final = 8
"""Values of one key in a list of words that are examined each by itself as well: they may be no words of a sentence."""


_MARKS: Final = {**{at: at for at in range(128)}, **dict.fromkeys(map(ord, ".,?!;:"))}
"""What becomes of the characters of a word that is compared: a character that is not there costs an exception."""
_USUAL: Final = 64
"""Members of a word at most that are remembered: a word with more is none that comes again."""
_MOST: Final = 1_000_000
"""What a number of a word is below, of either sign, that is not examined."""


_Repeats = Callable[[Path, str], Iterable[Edit]]


class _Part(NamedTuple):
    """One value of the document, or the key of one, and where it stands in the text that is examined."""

    path: Path
    at: int
    size: int
    kind: str  # "text", "number", "key", or "" for what is only heard and never changed
    siblings: frozenset[str] = frozenset()  # the keys beside a key


@dataclass(frozen=True, slots=True)
class Field:
    """One text that is examined and the values that it comes from."""

    text: str = field(repr=False)
    parts: tuple[_Part, ...] = field(repr=False)


def is_time(key: str, value: Any) -> bool:
    """Return whether a member is a time by its name and its value."""
    if not is_time_name(key) or asks_for(key, value):
        return False
    return value is None or isinstance(value, (int, float)) or (isinstance(value, str) and bool(_TIME.fullmatch(value)))


def _is_ours(entities: Any) -> bool:
    """Return whether entities that came with a turn are as we write them, without text."""
    return entities is None or (
        isinstance(entities, list) and all(isinstance(e, dict) and e.keys() <= _OURS for e in entities)
    )


def is_quiet(value: Any) -> bool:
    """Return whether a value has nothing to examine: most members of words are such numbers."""
    kind = type(value)
    return kind is bool or value is None or ((kind is float or kind is int) and -999_999 <= value <= 999_999)


class _Looks:
    """What is looked at in a word that has certain members: those that should be small numbers, and those in `scalars`.

    `nested` is the member with a list of one object, of the members `names`.
    """

    __slots__ = ("names", "nested", "quiet", "scalars")

    def __init__(self, quiet: list[str], scalars: list[str], nested: str, names: frozenset[str]) -> None:
        self.quiet = quiet
        self.scalars = scalars
        self.nested = nested
        self.names = names


def _looks_at(shape: Words, keys: tuple[str, ...]) -> _Looks | None:
    """Return what is looked at in a word that has these members, None where the name of one is examined."""
    return _known_looks(shape, keys) if len(keys) <= _USUAL else _new_looks(shape, keys)


@lru_cache(maxsize=4096)
def _known_looks(shape: Words, keys: tuple[str, ...]) -> _Looks | None:
    return _new_looks(shape, keys)


def _new_looks(shape: Words, keys: tuple[str, ...]) -> _Looks | None:
    scalars = kept(shape)
    nested, names = known_inside(shape)
    looked_at = [key for key in keys if key not in passed(shape)]
    rest = [key for key in looked_at if not nested or key != nested]
    quiet = [key for key in rest if key not in scalars]
    if not all(map(_is_field, quiet)):
        return None
    return _Looks(quiet, [key for key in rest if key in scalars], nested if nested in looked_at else "", names)


def _is_small(value: object) -> bool:
    """Return whether a value is a number that is not examined, or none and no text."""
    if isinstance(value, float):
        return -1e6 < value < 1e6
    if isinstance(value, int):
        return -_MOST < value < _MOST
    return value is None


def _is_short(value: object) -> bool:
    """Return whether a value holds no others and is no text that is too long for a label."""
    return len(value) <= LONGEST if isinstance(value, str) else not isinstance(value, (list, dict))


def _is_known(value: Any, names: frozenset[str]) -> bool:
    """Return whether a value is nothing, or one object of known members that hold no others in a list."""
    if value is None:
        return True
    if not isinstance(value, list) or len(value) != 1:
        return False
    inner = value[0]
    if not isinstance(inner, dict):
        return False
    for key, one in inner.items():  # noqa: SIM110 - a loop is compiled, a generator called
        if key not in names or not _is_short(one):
            return False
    return True


def _are_still(words: list[Any], shape: Words) -> bool:
    """Return whether nothing in words is examined. Most have the same members: what to look at is asked for once."""
    keys: tuple[str, ...] | None = None
    looks: _Looks | None = None
    for word in words:
        if not isinstance(word, dict):
            return False
        own = tuple(word)
        if own != keys:
            keys = own
            looks = _looks_at(shape, own)
        if looks is None:
            return False
        for key in looks.quiet:
            if not _is_small(word[key]):
                return False
        for key in looks.scalars:
            value = word[key]
            if not _is_short(value) or (isinstance(value, float) and not _is_small(value)):
                return False
        if looks.nested and not _is_known(word[looks.nested], looks.names):
            return False
    return True


@lru_cache(maxsize=256)
def _other_writings(shape: Words) -> tuple[str, ...]:
    """Return the forms of a word that are not its text."""
    return tuple(form for form in shape.forms if shape.text != form and not shape.text.startswith(f"{form}|"))


def _same_forms(words: Sequence[Any], shape: Words) -> bool:
    """Return whether all forms of the words say the same, but for case and marks: a look at all words at once."""
    text_of = getter(shape.text)
    texts = [text_of(word) for word in words]
    said: str | None = None
    try:
        whole = " ".join(texts)
        for form in _other_writings(shape):
            values: list[Any] = []
            for word, text in zip(words, texts, strict=True):
                if not isinstance(word, dict):
                    return False
                values.append(word.get(form, text))
            value = " ".join(values)
            if value == whole:
                continue
            if said is None:
                said = whole.casefold().translate(_MARKS)
            if value.casefold().translate(_MARKS) != said:
                return False
    except (TypeError, AttributeError):
        return False
    return True


def _other_forms(word: dict[str, Any], shape: Words) -> list[tuple[str, Any]]:
    """Return the forms of a word that say another word."""
    said = getter(shape.text)(word)
    if not isinstance(said, str):
        return []
    bare = said.casefold().strip(".,?!")
    return [
        (form, value)
        for form in shape.forms
        if (value := word.get(form, said)) != said
        and not (isinstance(value, str) and (value.casefold() == bare or tokens(value) == tokens(said)))
    ]


def nested_in(text: str) -> Any:
    """Return the object or list that a string is as JSON, None where it is none: that is a plain text."""
    if text.lstrip()[:1] not in {"{", "["}:
        return None
    try:
        value = parse(text, opening(text))
    except (Fault, RecursionError):
        return None
    return value if isinstance(value, dict | list) else None


def _is_scalar(role: Role) -> bool:
    """Return whether what stands at a place is a scalar that is not examined."""
    return role is _KEPT or role is _COUNT or role is _LABEL


@lru_cache(maxsize=4096)
def _is_field(key: str) -> bool:
    """Return whether a key is the name of a field, and asks for no secret."""
    return bool(_FIELD.fullmatch(key)) and not asks(key)


@lru_cache(maxsize=4096)
def asks(key: str) -> bool:
    """Return whether a key asks for a secret, or for several."""
    return not _SECRETS.isdisjoint(word.removesuffix("s") for word in words_of(key))


def asks_for(key: str, value: Any) -> bool:
    """Return whether a key asks for a secret and a value is too short to be a date or a time since an epoch."""
    return asks(key) and sum(map(str.isdigit, str(value))) < LONG


def least_digits(key: str) -> int:
    """Return how many digits before its point a number has that is examined under a key."""
    return LEAST if asks(key) else LONG


def _key_of(path: Path) -> str:
    """Return the key that is nearest to a value."""
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def words_of(key: str) -> list[str]:
    """Return the words of the name of a field, in lower case."""
    return _HUMP.sub(" ", key).casefold().split()


class FieldReader:
    """Collects the fields of a document; `literal` returns a number as it is written, `said` is what the turns say."""

    def __init__(
        self, plan: Plan, leave: Collection[str], literal: Callable[[Path], str], said: Stream | None = None
    ) -> None:
        self._leave = leave
        self._said = said
        self._said_words: frozenset[str] | None = None
        self._anywhere = plan.anywhere
        self._literal = literal
        self.found: list[Field] = []

    def walk(self, value: Any, node: Node, path: Path) -> None:
        """Take what is examined of a value at a place that the table knows something of."""
        if isinstance(value, dict):
            for key, inner in value.items():
                if self._is_still(key, inner):
                    continue
                below = node.inner.get(key)
                if below is None:
                    if not self._is_passed(key, inner):
                        self._member(value, key, inner, (*path, key))
                elif key not in self._leave and not (isinstance(inner, str) and below.is_passed):
                    self._known_value(inner, below, (*path, key))
        elif isinstance(value, list):
            for number, inner in enumerate(value):
                below = node.element(number)
                if below is None:
                    self._value(inner, (*path, number))
                else:
                    self._known_value(inner, below, (*path, number))
        else:
            self._value(value, path)

    def _is_still(self, key: str, value: Any) -> bool:
        """Return whether there is nothing to examine in a member: most members of words are small numbers."""
        return is_quiet(value) and _is_field(key)

    def _is_passed(self, key: str, value: Any) -> bool:
        """Return whether a member is not examined, by its name."""
        if key in self._leave or is_time(key, value):
            return True
        return key in self._anywhere and not isinstance(value, (dict, list))

    def _known_value(self, value: Any, node: Node, path: Path) -> None:
        if node.words is not None and isinstance(value, list):
            self._words(value, node.words, path)
        elif (
            node.role is _OPEN
            or (_is_scalar(node.role) and isinstance(value, (dict, list)))
            or (node.role is _LABEL and is_no_label(value))
            or (node.role is _TAKEN and not isinstance(value, str))
        ):
            self.walk(value, node, path)
        elif node.role is _OWN and not _is_ours(value):
            self._value(value, path)

    def column(self, values: Sequence[tuple[Path, str]]) -> None:
        """Take values that are one text together."""
        parts, at = [], 0
        for path, text in values:
            parts.append(_Part(path, at, len(text), "text"))
            at += len(text) + 1
        whole = " ".join(text for _, text in values)
        if any(map(str.isalnum, whole)):
            self.found.append(Field(whole, tuple(parts)))

    def _words(self, words: list[Any], shape: Words, path: Path) -> None:
        """Take what the words of a list say beside their text: the values at one place in them are one text."""
        node = word_node(shape)
        columns: dict[Path, list[tuple[Path, str]]] = {}
        differing: set[Path] = set()
        text_of = getter(shape.text)
        same = not shape.forms or _same_forms(words, shape)
        if same and not shape.heads and _are_still(words, shape):
            return
        for number, word in enumerate(words):
            if shape.heads and is_head(shape, word) and is_no_label(text_of(word)):
                self._value(text_of(word), (*path, number, shape.text))  # it is no label, and nobody says it
            if same and _are_still([word], shape):
                continue
            others = _other_forms(word, shape) if not same and isinstance(word, dict) else []
            said = text_of(word)
            found = list(self._inside(word, node, (*path, number)))
            found += [((*path, number, form), value) for form, value in others if isinstance(value, str)]
            for place, value in found:
                kind = place[len(path) + 1 :]
                columns.setdefault(kind, []).append((place, value))
                if not isinstance(said, str) or tokens(value) != tokens(said):
                    differing.add(kind)
        for kind, values in columns.items():
            if kind in differing:
                self.column(values)
                for place, value in values if len(values) <= _FEW else ():
                    self._take(value, place, "text")

    def _inside(self, value: Any, node: Node, path: Path) -> Iterator[tuple[Path, str]]:
        """Yield the strings in a word that its table does not know, and take all else that is examined."""
        if isinstance(value, dict):
            for key, inner in value.items():
                below = node.inner.get(key)
                if below is not None:
                    yield from self._inside_known(inner, below, (*path, key))
                elif isinstance(inner, str) and _FIELD.fullmatch(key) and not self._is_passed(key, inner):
                    if nested_in(inner) is None:
                        yield (*path, key), inner
                    else:
                        self._member(value, key, inner, (*path, key))
                elif not self._is_passed(key, inner) and not self._is_still(key, inner):
                    self._member(value, key, inner, (*path, key))
            return
        for number, inner in enumerate(value if isinstance(value, list) else ()):
            yield from self._inside_known(inner, node.element(number) or Node(), (*path, number))

    def _inside_known(self, value: Any, node: Node, path: Path) -> Iterator[tuple[Path, str]]:
        if node.role is _LEFT or (isinstance(value, str) and node.role is _TAKEN):
            return
        if isinstance(value, (dict, list)):
            yield from self._inside(value, node, path)
        elif not _is_scalar(node.role) or (node.role is _LABEL and is_no_label(value)):
            if isinstance(value, str):
                yield path, value
            else:
                self._value(value, path)

    def _member(self, holder: Mapping[str, Any], key: str, value: Any, path: Path) -> None:
        before = len(self.found)
        self._value(value, path)
        if len(self.found) == before and _FIELD.fullmatch(key):
            return  # nothing to ask for
        inside = self.found[before:]
        del self.found[before:]
        self._take(key, path, "key", frozenset(holder) - {key})
        spoken = " ".join(_HUMP.split(key)).strip()
        if spoken not in (key, ""):
            self._take(spoken, path, "")
        self.found += inside

    def _value(self, value: Any, path: Path) -> None:
        if isinstance(value, str):
            inner = nested_in(value)
            if inner is None:
                self._take(value, path, "text")
            else:
                self._value(inner, path)
        elif isinstance(value, dict):
            for key, inner in value.items():
                if not self._is_passed(key, inner):
                    self._member(value, key, inner, (*path, key))
        elif isinstance(value, list):
            for number, inner in enumerate(value):
                self._value(inner, (*path, number))
        elif not is_quiet(value) or (type(value) is int and asks(_key_of(path))):
            literal = self._literal(path)
            whole = _NUMBER.match(literal)
            if whole is not None and len(whole[1]) >= least_digits(_key_of(path)):
                self._take(literal, path, "number")

    def _is_said(self, text: str) -> bool:
        """Return whether the turns say a word of a text."""
        if self._said_words is None:
            self._said_words = frozenset(() if self._said is None else self._said.tokens)
        return not self._said_words.isdisjoint(tokens(text))

    def _take(self, text: str, path: Path, kind: str, siblings: frozenset[str] = frozenset()) -> None:
        if _CODE.fullmatch(text):
            return
        if kind and sum(map(str.isalnum, text)) < LEAST and (kind == "key" or not self._is_said(text)):
            return
        if any(map(str.isalnum, text)):
            self.found.append(Field(text, (_Part(path, 0, len(text), kind, siblings),)))


def utterances_of(fields: Sequence[Field]) -> Iterator[Utterance]:
    """Yield the fields as utterances, each a turn of its own."""
    for number, found in enumerate(fields):
        yield Utterance(found.text, f"\0{number}", f"field {number}")


def change_fields(
    change: Change,
    fields: Sequence[Field],
    redacted: Sequence[Redacted],
    told: Collection[int],
    repeats: _Repeats,
) -> None:
    """Put into `change` what becomes of the fields.

    `told` are the entities of what is said; `repeats` returns what is hidden in a text at a path because a turn hides
    it.
    """
    if not fields:
        return
    taken: dict[Path, set[str]] = {}
    known = {*told, *(e.id for one, new in zip(fields, redacted, strict=True) for e in new.entities if _is_value(one))}
    for found, new in zip(fields, redacted, strict=True):
        again = [] if _is_name(found) else list(repeats(found.parts[0].path, found.text))
        if not new.edits and not again:
            continue
        own = off_labels(found.text, new.edits)
        whole = tidy(found.text, [*again, *own]) if again else list(own)
        for part in found.parts:
            edits = list(_edits_in(part, _allowed(part, found.text, whole, known, repeats)))
            if not edits or not part.kind:
                continue
            if part.kind == "number":
                change.at(part.path).literal = quoted(apply(found.text, edits))
            elif part.kind == "key":
                used = taken.setdefault(part.path[:-1], {*part.siblings, found.text})
                change.at(part.path).key = renamed(found.text, edits, used)
            else:
                here = change.at(part.path)
                here.edits = united([*here.edits, *edits]) if here.edits else edits


def off_labels(text: str, edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield the edits of a text without what they hide of "Speaker 1:" at the beginning of a line: nobody says it."""
    heads = [match.span() for match in _HEAD.finditer(text)]
    for edit in edits:
        start = max([edit.start, *(end for begin, end in heads if begin <= edit.start < end)])
        if start < edit.end or start == edit.start:
            yield edit.at(start, edit.end)


def _is_value(found: Field) -> bool:
    return found.parts[0].kind in {"text", "number"}


def _is_name(found: Field) -> bool:
    """Return whether a text is the name of a field, as a programmer writes one."""
    return found.parts[0].kind in {"key", ""} and bool(_FIELD.fullmatch(found.text))


def united(edits: Edits) -> Edits:
    """Return the edits of a text that was examined twice, those that overlap made one."""
    whole = tidy("", [Edit(start, end, new) for start, end, new in edits])
    return [(edit.start, edit.end, edit.text) for edit in whole]


def _allowed(part: _Part, text: str, edits: Sequence[Edit], told: Collection[int], repeats: _Repeats) -> Iterator[Edit]:
    """Yield the edits that count: a name of a field changes only where it says what was told."""
    is_name = part.kind == "key" and bool(_FIELD.fullmatch(text))
    for edit in edits:
        again = edit.entity is not None and edit.entity.id in told
        said = text[edit.start : edit.end]
        if not is_name or ((again or any(repeats(part.path, said))) and any(map(is_telling, tokens(said)))):
            yield edit


def _edits_in(part: _Part, edits: Iterator[Edit]) -> Iterator[tuple[int, int, str]]:
    """Yield what of the edits lies in a part; the first part that an edit touches gets its text."""
    last = part.at + part.size
    for edit in edits:
        start, end = max(edit.start, part.at), min(edit.end, last)
        if start < end or (edit.start == edit.end and part.at <= start <= last):
            yield start - part.at, end - part.at, edit.text if edit.start >= part.at else ""


def renamed(key: str, edits: Edits, used: set[str]) -> Edits:
    """Return the edits of a key, with a number behind it where its object, `used`, has what they make of it."""
    new = apply(key, edits)
    number, more = 1, ""
    while new + more in used:
        number += 1
        more = f"_{number}"
    used.add(new + more)
    return [*edits, (len(key), len(key), more)]
